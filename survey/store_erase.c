/* What stays of a wave's invitations: numbers. */
#include "survey/store_private.h"

static enum status run_on(struct store *store, enum sql sql, int64_t wave, struct fail *fail)
{
    struct query query;
    query_open(&query, store, sql, fail);
    query_bind(&query, 1, wave);
    return query_run(&query);
}

enum status store_turnout(struct store *store, int64_t wave, uint64_t *invited, uint64_t *drawn, struct fail *fail)
{
    static const enum sql places[] = { SQL_turnout_live, SQL_turnout_kept };
    uint64_t numbers[2] = { 0, 0 };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < COUNT(places) && status == STATUS_OK && numbers[0] == 0; i++) {
        struct query query;
        query_open(&query, store, places[i], fail);
        query_bind(&query, 1, wave);
        if (query_row(&query))
            for (int k = 0; k < 2; k++)
                numbers[k] = (uint64_t)query_number(&query, k);
        status = query_close(&query);
    }
    if (status == STATUS_OK) {
        *invited = numbers[0];
        *drawn = numbers[1];
    }
    return status;
}

enum status store_erase(struct store *store, const struct wave *wave, const char *day, const char *person,
                        struct fail *fail)
{
    struct query query;
    int64_t changed = 0;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_wave_erased, fail);
        query_bind(&query, 1, wave->id);
        query_bind(&query, 2, day);
        status = query_single(&query, &changed);
        if (status == STATUS_MISSING) /* erased before */
            return store_end(store, STATUS_OK, fail);
    }
    /* The count has kept them already; an uncounted wave would lose its response rate. */
    if (status == STATUS_OK && wave->state != WAVE_COUNTED)
        status = run_on(store, SQL_participation_clear, wave->id, fail);
    if (status == STATUS_OK && wave->state != WAVE_COUNTED)
        status = run_on(store, SQL_participation_keep, wave->id, fail);
    if (status == STATUS_OK)
        status = run_on(store, SQL_invitations_erase, wave->id, fail);
    if (status == STATUS_OK)
        status = run_on(store, SQL_recipients_forget, wave->id, fail);
    if (status == STATUS_OK)
        status = store_audit_add(store, person, "erase", wave->name, fail);
    return store_end(store, status, fail);
}

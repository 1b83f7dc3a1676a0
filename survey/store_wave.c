/* Waves, invitations, counted answers. Not responsible for codes and keys (wave.c) or for ballots (slotbox.c).
 */
#include <string.h>

#include "survey/store_private.h"

static void read_wave(const struct query *query, struct wave *wave)
{
    memset(wave, 0, sizeof *wave);
    wave->id = query_number(query, 0);
    snprintf(wave->name, sizeof wave->name, "%s", query_text(query, 1));
    wave->year = (int)query_number(query, 2);
    wave->state = (enum wave_state)query_number(query, 3);
    wave->rehearsal = query_number(query, 4) != 0;
    snprintf(wave->closes, sizeof wave->closes, "%s", query_text(query, 5));
    snprintf(wave->erased, sizeof wave->erased, "%s", query_text(query, 6));
}

enum status store_wave_add(struct store *store, const struct wave *wave, int64_t *id, struct fail *fail)
{
    struct query query;
    struct wave known;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK && store_wave_find(store, wave->name, &known, NULL) == STATUS_OK)
        status = FAIL(fail, STATUS_CONFLICT, "there is a wave %s already", wave->name);
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_wave_add, fail);
        query_bind(&query, 1, wave->name);
        query_bind(&query, 2, wave->year);
        query_bind(&query, 3, (int64_t)wave->state);
        query_bind(&query, 4, (int64_t)wave->rehearsal);
        query_bind(&query, 5, wave->closes);
        status = query_single(&query, id);
    }
    return store_end(store, status, fail);
}

enum status store_wave_find(struct store *store, const char *name, struct wave *wave, struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_wave_find, fail);
    query_bind(&query, 1, name);
    bool found = query_row(&query);
    if (found)
        read_wave(&query, wave);
    enum status status = query_close(&query);
    return status == STATUS_OK && !found ? FAIL(fail, STATUS_MISSING, "there is no wave %s", name) : status;
}

enum status store_waves(struct store *store, struct arena *arena, const struct wave **waves, size_t *count,
                        struct fail *fail)
{
    enum { WAVE_MAX = 10000 };
    struct wave *list = ARENA_NEW(arena, struct wave, 16);
    size_t room = 16;
    size_t used = 0;
    struct query query;
    query_open(&query, store, SQL_wave_all, fail);
    while (list != NULL && used < WAVE_MAX && query_row(&query)) {
        if (used == room) {
            struct wave *larger = ARENA_NEW(arena, struct wave, room * 2);
            if (larger != NULL)
                memcpy(larger, list, room * sizeof *list);
            list = larger;
            room *= 2;
        }
        if (list != NULL)
            read_wave(&query, &list[used++]);
    }
    enum status status = query_close(&query);
    if (list == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the list of waves");
    if (status == STATUS_OK) {
        *waves = list;
        *count = used;
    }
    return status;
}

enum status store_wave_state(struct store *store, int64_t wave, enum wave_state state, struct fail *fail)
{
    struct query query;
    int64_t changed = 0;
    query_open(&query, store, SQL_wave_state, fail);
    query_bind(&query, 1, wave);
    query_bind(&query, 2, (int64_t)state);
    enum status status = query_single(&query, &changed);
    return status == STATUS_MISSING ? FAIL(fail, STATUS_CONFLICT, "a wave never goes back to an earlier state")
                                    : status;
}

enum status store_invite(struct store *store, int64_t wave, const struct invitation invitations[], size_t count,
                         struct fail *fail)
{
    enum status status = store_begin(store, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct query query;
        query_open(&query, store, SQL_invite, fail);
        query_bind(&query, 1, invitations[i].code_hash);
        query_bind(&query, 2, wave);
        query_bind(&query, 3, invitations[i].unit);
        query_bind(&query, 4, (int64_t)invitations[i].card);
        status = query_run(&query);
    }
    return store_end(store, status, fail);
}

enum status store_count(struct store *store, int64_t wave, const struct counted lines[], size_t count,
                        const char *result_json, struct fail *fail)
{
    static const enum sql clears[] = { SQL_counted_clear, SQL_participation_clear, SQL_participation_keep };
    struct query query;
    enum status status = store_begin(store, fail);
    for (size_t i = 0; i < COUNT(clears) && status == STATUS_OK; i++) {
        query_open(&query, store, clears[i], fail);
        query_bind(&query, 1, wave);
        status = query_run(&query);
    }
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        query_open(&query, store, SQL_counted_add, fail);
        query_bind(&query, 1, wave);
        query_bind(&query, 2, lines[i].item == NULL ? "" : lines[i].item);
        query_bind(&query, 3, (int64_t)i);
        query_bind(&query, 4, lines[i].line);
        status = query_run(&query);
    }
    if (status == STATUS_OK) {
        int64_t changed = 0;
        query_open(&query, store, SQL_wave_result, fail);
        query_bind(&query, 1, wave);
        query_bind(&query, 2, result_json);
        status = query_single(&query, &changed);
        if (status == STATUS_MISSING)
            status = FAIL(fail, STATUS_MISSING, "there is no wave number %lld", (long long)wave);
    }
    return store_end(store, status, fail);
}

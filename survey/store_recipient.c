/* People invited by name. Their codes are never here: only which hash is valid for whom. */
#include <string.h>

#include "survey/store_private.h"

enum { ROOM_FIRST = 256 };

static enum status run_on(struct store *store, enum sql sql, int64_t wave, struct fail *fail)
{
    struct query query;
    query_open(&query, store, sql, fail);
    query_bind(&query, 1, wave);
    return query_run(&query);
}

enum status store_recipients_add(struct store *store, int64_t wave, const struct recipient recipients[], size_t count,
                                 struct fail *fail)
{
    enum status status = store_begin(store, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const struct recipient *recipient = &recipients[i];
        struct query query;
        query_open(&query, store, SQL_recipient_add, fail);
        query_bind(&query, 1, (const unsigned char *)recipient->id);
        query_bind(&query, 2, wave);
        query_bind(&query, 3, (int64_t)recipient->line);
        query_bind(&query, 4, recipient->unit);
        query_bind(&query, 5, recipient->language);
        query_bind(&query, 6, recipient->email);
        query_bind(&query, 7, recipient->address);
        status = query_run(&query);
    }
    return store_end(store, status, fail);
}

static enum status count_on(struct store *store, enum sql sql, int64_t wave, uint64_t *count, struct fail *fail)
{
    struct query query;
    int64_t number = 0;
    query_open(&query, store, sql, fail);
    query_bind(&query, 1, wave);
    enum status status = query_single(&query, &number);
    *count = (uint64_t)number;
    return status;
}

enum status store_recipient_count(struct store *store, int64_t wave, uint64_t *count, struct fail *fail)
{
    return count_on(store, SQL_recipient_count, wave, count, fail);
}

enum status store_expected(struct store *store, int64_t wave, uint64_t *codes, struct fail *fail)
{
    return count_on(store, SQL_codes_expected, wave, codes, fail);
}

enum status store_personal(struct store *store, int64_t wave, uint64_t *codes, struct fail *fail)
{
    return count_on(store, SQL_codes_personal, wave, codes, fail);
}

enum status store_recipients_kept(struct store *store, const char *wave, bool *kept, struct fail *fail)
{
    struct query query;
    int64_t number = 0;
    query_open(&query, store, SQL_recipient_kept, fail);
    query_bind(&query, 1, wave);
    enum status status = query_single(&query, &number);
    *kept = number != 0;
    return status;
}

static bool read_recipient(const struct query *query, struct arena *arena, struct recipient *recipient)
{
    recipient->line = (uint32_t)query_number(query, 1);
    recipient->unit = arena_string(arena, query_text(query, 2));
    recipient->language = arena_string(arena, query_text(query, 3));
    recipient->email = arena_string(arena, query_text(query, 4));
    recipient->address = arena_string(arena, query_text(query, 5));
    return query_hash(query, 0, recipient->id) && recipient->unit != NULL && recipient->language != NULL &&
           recipient->email != NULL && recipient->address != NULL;
}

enum status store_recipients_due(struct store *store, struct arena *arena, int64_t wave,
                                 const struct recipient **recipients, size_t *count, struct fail *fail)
{
    struct query query;
    size_t room = ROOM_FIRST;
    size_t used = 0;
    struct recipient *list = ARENA_NEW(arena, struct recipient, room);
    query_open(&query, store, SQL_recipients_unsent, fail);
    query_bind(&query, 1, wave);
    while (list != NULL && query_row(&query)) {
        if (used == room) {
            struct recipient *larger = ARENA_NEW(arena, struct recipient, room * 2);
            if (larger != NULL)
                memcpy(larger, list, room * sizeof *list);
            list = larger;
            room *= 2;
        }
        if (list != NULL && !read_recipient(&query, arena, &list[used++]))
            list = NULL;
    }
    enum status status = query_close(&query);
    if (status == STATUS_OK && list == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the list of recipients");
    *recipients = list;
    *count = status == STATUS_OK ? used : 0;
    return status;
}

enum status store_recipients_again(struct store *store, int64_t wave, struct fail *fail)
{
    return run_on(store, SQL_recipients_again, wave, fail);
}

static enum status old_code(struct store *store, const struct recipient *recipient, unsigned char code_hash[32],
                            struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_recipient_code, fail);
    query_bind(&query, 1, (const unsigned char *)recipient->id);
    bool found = query_row(&query) && query_hash(&query, 0, code_hash);
    enum status status = query_close(&query);
    return status == STATUS_OK && !found ? FAIL(fail, STATUS_MISSING, "the list of recipients was deleted meanwhile")
                                         : status;
}

enum status store_recipient_code(struct store *store, int64_t wave, const struct recipient *recipient,
                                 const unsigned char code_hash[32], bool *given, struct fail *fail)
{
    static const unsigned char none[32];
    unsigned char before[32] = { 0 };
    struct query query;
    bool renewable = true;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK)
        status = old_code(store, recipient, before, fail);
    if (status == STATUS_OK && memcmp(before, none, sizeof none) != 0) {
        query_open(&query, store, SQL_invitation_drop, fail);
        query_bind(&query, 1, (const unsigned char *)before);
        renewable = query_row(&query);
        status = query_close(&query);
    }
    if (status == STATUS_OK && renewable) {
        struct invitation fresh = { .unit = recipient->unit };
        memcpy(fresh.code_hash, code_hash, sizeof fresh.code_hash);
        status = store_invite(store, wave, &fresh, 1, fail);
    }
    if (status == STATUS_OK && renewable) {
        query_open(&query, store, SQL_recipient_renew, fail);
        query_bind(&query, 1, (const unsigned char *)recipient->id);
        query_bind(&query, 2, code_hash);
        status = query_run(&query);
    }
    *given = status == STATUS_OK && renewable;
    return store_end(store, status, fail);
}

enum status store_recipient_sent(struct store *store, const struct recipient *recipient, struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_recipient_sent, fail);
    query_bind(&query, 1, (const unsigned char *)recipient->id);
    return query_run(&query);
}

enum status store_recipients_forget(struct store *store, int64_t wave, struct fail *fail)
{
    return run_on(store, SQL_recipients_forget, wave, fail);
}

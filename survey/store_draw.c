/* Draws that share a transaction: one journal and one sync for all that wait, which is what a busy morning needs. */
#include "survey/store_private.h"

enum status store_draw_many(struct store *store, struct draw *const draws[], size_t count, struct fail *fail)
{
    enum status status = store_begin(store, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = store_draw(store, draws[i]->wave, draws[i]->code_hash, draws[i]->blinded_hash, &draws[i]->result,
                            draws[i]->unit, fail);
    return store_end(store, status, fail);
}

enum status store_drawn(struct store *store, struct arena *arena, int64_t wave, uint64_t *invited,
                        unsigned char (**code_hashes)[32], size_t *count, struct fail *fail)
{
    struct query query;
    int64_t all = 0;
    size_t used = 0;
    enum status status = store_begin(store, fail); /* both questions see the same state */
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_turnout_live, fail);
        query_bind(&query, 1, wave);
        status = query_single(&query, &all);
    }
    unsigned char(*list)[32] = status == STATUS_OK ? arena_get(arena, (size_t)all + 1, sizeof *list) : NULL;
    if (status == STATUS_OK && list == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %lld invitations", (long long)all);
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_drawn_codes, fail);
        query_bind(&query, 1, wave);
        while (used < (size_t)all && query_row(&query))
            used += query_hash(&query, 0, list[used]) ? 1 : 0;
        status = query_close(&query);
    }
    status = store_end(store, status, fail);
    if (status != STATUS_OK)
        return status;
    *invited = (uint64_t)all;
    *code_hashes = list;
    *count = used;
    return STATUS_OK;
}

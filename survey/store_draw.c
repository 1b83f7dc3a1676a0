/* Draws, several in one transaction: one journal and one sync for all that wait, which is what a busy morning needs. And what
 * becomes of a personal code when its person takes a card instead. */
#include <string.h>

#include "survey/store_private.h"

/* What the code's row says about this blinded message; DRAW_NEW when the row is still unused. */
static enum status look(struct store *store, const struct draw *draw, enum draw_result *result, char unit[64],
                        struct fail *fail)
{
    struct query query;
    unsigned char before[32];
    query_open(&query, store, SQL_draw_look, fail);
    query_bind(&query, 1, (const unsigned char *)draw->code_hash);
    query_bind(&query, 2, draw->wave);
    *result = DRAW_UNKNOWN;
    if (query_row(&query)) {
        bool same = query_hash(&query, 1, before) && memcmp(before, draw->blinded_hash, sizeof before) == 0;
        bool drawn = query_number(&query, 0) != 0;
        bool card = query_number(&query, 3) != 0;
        bool taken = query_number(&query, 4) != 0;
        *result = draw->card_only && !card ? DRAW_PERSONAL
                  : taken                  ? DRAW_TAKEN
                  : !drawn                 ? DRAW_NEW
                  : same                   ? DRAW_REPEAT
                                           : DRAW_CONFLICT;
        snprintf(unit, 64, "%s", query_text(&query, 2));
    }
    return query_close(&query);
}

enum status store_draw(struct store *store, struct draw *draw, struct fail *fail)
{
    struct query query;
    char unit[64] = "";
    enum draw_result seen = DRAW_UNKNOWN;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK)
        status = look(store, draw, &seen, unit, fail);
    if (status == STATUS_OK && seen == DRAW_NEW) {
        query_open(&query, store, SQL_draw_mark, fail);
        query_bind(&query, 1, (const unsigned char *)draw->code_hash);
        query_bind(&query, 2, (const unsigned char *)draw->blinded_hash);
        status = query_run(&query);
    }
    status = store_end(store, status, fail);
    if (status != STATUS_OK)
        return status;
    draw->result = seen;
    if (seen == DRAW_NEW || seen == DRAW_REPEAT)
        memcpy(draw->unit, unit, sizeof unit);
    return STATUS_OK;
}

enum status store_draw_many(struct store *store, struct draw *const draws[], size_t count, struct fail *fail)
{
    enum status status = store_begin(store, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = store_draw(store, draws[i], fail);
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

/* Whether the statement, which returns a row when it changed one, did. */
static enum status changed(struct store *store, enum sql sql, int64_t wave, const unsigned char code_hash[32],
                           bool *done, struct fail *fail)
{
    struct query query;
    query_open(&query, store, sql, fail);
    query_bind(&query, 1, code_hash);
    query_bind(&query, 2, wave);
    *done = query_row(&query);
    return query_close(&query);
}

/* Why no card can be handed out for the code; for an unused one the only reason is that none is left. */
static enum status reason(struct store *store, int64_t wave, const unsigned char code_hash[32],
                          enum card_result *result, struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_card_look, fail);
    query_bind(&query, 1, code_hash);
    query_bind(&query, 2, wave);
    *result = CARD_UNKNOWN;
    if (query_row(&query) && query_number(&query, 1) == 0)
        *result = query_number(&query, 2) != 0   ? CARD_BEFORE
                  : query_number(&query, 0) != 0 ? CARD_DRAWN
                                                 : CARD_NONE_LEFT;
    return query_close(&query);
}

enum status store_card_take(struct store *store, int64_t wave, const unsigned char code_hash[32],
                            enum card_result *result, struct fail *fail)
{
    struct cards cards = { 0 };
    bool done = false;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK)
        status = reason(store, wave, code_hash, result, fail);
    if (status == STATUS_OK)
        status = store_cards(store, wave, &cards, fail);
    if (status == STATUS_OK && cards.handed_out < cards.made)
        status = changed(store, SQL_card_take, wave, code_hash, &done, fail);
    if (status == STATUS_OK && done)
        *result = CARD_TAKEN;
    return store_end(store, status, fail);
}

enum status store_card_back(struct store *store, int64_t wave, const unsigned char code_hash[32],
                            enum card_result *result, struct fail *fail)
{
    struct cards cards = { 0 };
    bool done = false;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK)
        status = reason(store, wave, code_hash, result, fail);
    bool taken = status == STATUS_OK && *result == CARD_BEFORE;
    if (status == STATUS_OK)
        status = store_cards(store, wave, &cards, fail);
    if (status == STATUS_OK && taken && cards.used < cards.handed_out)
        status = changed(store, SQL_card_back, wave, code_hash, &done, fail);
    if (status == STATUS_OK)
        *result = done ? CARD_TAKEN : taken ? CARD_ALL_USED : CARD_UNKNOWN;
    return store_end(store, status, fail);
}

enum status store_cards(struct store *store, int64_t wave, struct cards *cards, struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_card_count, fail);
    query_bind(&query, 1, wave);
    if (query_row(&query))
        *cards = (struct cards){ .made = (uint64_t)query_number(&query, 0),
                                 .handed_out = (uint64_t)query_number(&query, 1),
                                 .used = (uint64_t)query_number(&query, 2) };
    return query_close(&query);
}

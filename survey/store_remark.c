/* What the administration writes into a report. Nothing changes any more once the wave's texts are frozen. */
#include <string.h>

#include "survey/store_private.h"

/* "" while texts may change. */
static enum status frozen_day(struct store *store, struct arena *arena, const char *wave, const char **day,
                              struct fail *fail)
{
    struct query query;
    const char *found = NULL;
    bool exists = false;
    query_open(&query, store, SQL_remarks_frozen, fail);
    query_bind(&query, 1, wave);
    if (query_row(&query)) {
        exists = true;
        found = arena_string(arena, query_text(&query, 0));
    }
    enum status status = query_close(&query);
    if (status == STATUS_OK && !exists)
        return FAIL(fail, STATUS_MISSING, "there is no wave %s", wave);
    if (status == STATUS_OK && found == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the texts of the report");
    *day = found;
    return status;
}

static enum status check_open(struct store *store, const char *wave, struct fail *fail)
{
    struct arena arena;
    const char *day = NULL;
    arena_init(&arena, 4096);
    enum status status = frozen_day(store, &arena, wave, &day, fail);
    if (status == STATUS_OK && day[0] != '\0')
        status = FAIL(fail, STATUS_CONFLICT, "the texts of this report are frozen since %s and no longer change", day);
    arena_free(&arena);
    return status;
}

enum status store_remarks(struct store *store, struct arena *arena, const char *wave, struct remarks *remarks,
                          struct fail *fail)
{
    struct query query;
    int64_t rows = 0;
    struct remarks read = { .frozen = "" };
    enum status status = frozen_day(store, arena, wave, &read.frozen, fail);
    if (status != STATUS_OK)
        return status;
    query_open(&query, store, SQL_remark_number, fail);
    query_bind(&query, 1, wave);
    status = query_single(&query, &rows);
    struct remark *list = status == STATUS_OK ? ARENA_NEW(arena, struct remark, (size_t)rows + 1) : NULL;
    if (status == STATUS_OK && list == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the texts of the report");
    if (status != STATUS_OK)
        return status;
    query_open(&query, store, SQL_remark_all, fail);
    query_bind(&query, 1, wave);
    while (read.count < (size_t)rows && query_row(&query)) {
        struct remark *remark = &list[read.count];
        remark->place = arena_string(arena, query_text(&query, 0));
        remark->language = arena_string(arena, query_text(&query, 1));
        remark->text = arena_string(arena, query_text(&query, 2));
        if (remark->place == NULL || remark->language == NULL || remark->text == NULL) {
            query.status = FAIL(fail, STATUS_MEMORY, "not enough memory for the texts of the report");
            break;
        }
        read.count++;
    }
    status = query_close(&query);
    read.rows = list;
    if (status == STATUS_OK)
        *remarks = read;
    return status;
}

static void open_on(struct query *query, struct store *store, enum sql sql, const char *wave,
                    const struct remark *remark, struct fail *fail)
{
    query_open(query, store, sql, fail);
    query_bind(query, 1, wave);
    query_bind(query, 2, remark->place);
    query_bind(query, 3, remark->language);
}

/* One change of an open text; text NULL: the statement has none. */
static enum status change(struct store *store, enum sql sql, const char *wave, const struct remark *remark,
                          const char *text, struct fail *fail)
{
    struct query query;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK)
        status = check_open(store, wave, fail);
    if (status == STATUS_OK) {
        open_on(&query, store, sql, wave, remark, fail);
        if (text != NULL)
            query_bind(&query, 4, text);
        status = query_run(&query);
    }
    return store_end(store, status, fail);
}

enum status store_remark_put(struct store *store, const char *wave, const struct remark *remark, struct fail *fail)
{
    return change(store, SQL_remark_put, wave, remark, remark->text, fail);
}

enum status store_remark_undo(struct store *store, const char *wave, const struct remark *remark, struct fail *fail)
{
    return change(store, SQL_remark_undo, wave, remark, NULL, fail);
}

enum status store_remark_before(struct store *store, const char *wave, const struct remark *remark, bool *before,
                                struct fail *fail)
{
    struct query query;
    int64_t count = 0;
    open_on(&query, store, SQL_remark_before, wave, remark, fail);
    enum status status = query_single(&query, &count);
    *before = count > 0;
    return status;
}

enum status store_remarks_freeze(struct store *store, const char *wave, const char *day, struct fail *fail)
{
    struct query query;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK)
        status = check_open(store, wave, fail);
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_remarks_freeze, fail);
        query_bind(&query, 1, wave);
        query_bind(&query, 2, day);
        status = query_run(&query);
    }
    return store_end(store, status, fail);
}

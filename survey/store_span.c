/* How long units are valid and which follow them, so that figures of earlier years find their way after a
 * reorganisation (schema.md 3.1). Stored beside the delivery of the units; a unit without dates has no line. Not
 * responsible for the units of today (store_hr.c) or for checking a file (import_units.c). */
#include <jansson.h>
#include <string.h>

#include "survey/store_private.h"

static enum status add_line(struct store *store, int64_t delivery, size_t position, json_t *line, struct fail *fail)
{
    struct query query;
    char *text = json_dumps(line, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(line);
    if (text == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the list of units");
    query_open(&query, store, SQL_register_add, fail);
    query_bind(&query, 1, delivery);
    query_bind(&query, 2, (int64_t)position);
    query_bind(&query, 3, "");
    query_bind(&query, 4, text);
    enum status status = query_run(&query);
    free(text);
    return status;
}

enum status store_spans(struct store *store, const struct unit_span spans[], size_t count, struct fail *fail)
{
    struct query query;
    int64_t delivery = 0;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_delivery_last, fail); /* the one being stored */
        status = query_single(&query, &delivery);
    }
    if (status == STATUS_OK) /* one line always, so that this delivery stands before the one before */
        status = add_line(store, delivery, 0, json_object(), fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = add_line(store, delivery, i + 1,
                          json_pack("{s:s, s:i, s:i, s:s}", "id", spans[i].id, "from", spans[i].from, "until",
                                    spans[i].until, "next", spans[i].next),
                          fail);
    return store_end(store, status, fail);
}

static bool read_line(struct arena *arena, const char *line, struct unit_span *span)
{
    json_t *object = json_loads(line, 0, NULL);
    const char *id = json_string_value(json_object_get(object, "id"));
    const char *next = json_string_value(json_object_get(object, "next"));
    *span = (struct unit_span){ .id = id == NULL ? "" : arena_string(arena, id),
                                .next = next == NULL ? "" : arena_string(arena, next),
                                .from = (int)json_integer_value(json_object_get(object, "from")),
                                .until = (int)json_integer_value(json_object_get(object, "until")) };
    json_decref(object);
    return span->id != NULL && span->next != NULL;
}

enum status store_span_list(struct store *store, struct arena *arena, struct unit_spans *spans, struct fail *fail)
{
    struct query query;
    int64_t number = 0;
    query_open(&query, store, SQL_register_number, fail);
    query_bind(&query, 1, "units");
    enum status status = query_single(&query, &number);
    struct unit_span *rows = status == STATUS_OK ? ARENA_NEW(arena, struct unit_span, (size_t)number + 1) : NULL;
    if (status == STATUS_OK && rows == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the list of units");
    if (status != STATUS_OK)
        return status;
    size_t used = 0;
    query_open(&query, store, SQL_register_lines, fail);
    query_bind(&query, 1, "units");
    while (used < (size_t)number && query_row(&query)) {
        if (!read_line(arena, query_text(&query, 0), &rows[used]))
            query.status = FAIL(fail, STATUS_MEMORY, "not enough memory for the list of units");
        used += rows[used].id != NULL && rows[used].id[0] != '\0';
    }
    status = query_close(&query);
    if (status == STATUS_OK)
        *spans = (struct unit_spans){ rows, used };
    return status;
}

const char *unit_follow(const struct unit_spans *spans, const char *id)
{
    for (size_t steps = 0; steps <= spans->count; steps++) {
        const char *next = NULL;
        for (size_t i = 0; i < spans->count; i++)
            if (spans->rows[i].next[0] != '\0' && strcmp(spans->rows[i].id, id) == 0)
                next = spans->rows[i].next;
        if (next == NULL)
            return id;
        id = next;
    }
    return id;
}

bool unit_valid(const struct unit_spans *spans, const char *id, int day)
{
    bool dated = false;
    for (size_t i = 0; i < spans->count; i++) {
        if (strcmp(spans->rows[i].id, id) != 0)
            continue;
        dated = true;
        if (spans->rows[i].from <= day && day <= spans->rows[i].until)
            return true;
    }
    return !dated;
}

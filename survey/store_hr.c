/* HR's figures: units, the workforce cube, population references. Only counts, never persons. Not responsible for
 * checking files (import_*.c) or for the analysis (store_inputs.c). */
#include <string.h>

#include "survey/store_private.h"

enum status store_units(struct store *store, const struct unit units[], const char *const parents[], size_t count,
                        struct fail *fail)
{
    struct query query;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_unit_keep, fail);
        status = query_run(&query);
    }
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_unit_clear, fail);
        status = query_run(&query);
    }
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        query_open(&query, store, SQL_unit_add, fail);
        query_bind(&query, 1, units[i].id);
        query_bind(&query, 2, units[i].name);
        query_bind(&query, 3, (int64_t)units[i].level);
        query_bind(&query, 4, parents[i] == NULL ? "" : parents[i]);
        query_bind(&query, 5, (int64_t)units[i].contact);
        query_bind(&query, 6, (int64_t)units[i].reported);
        query_bind(&query, 7, (int64_t)i);
        status = query_run(&query);
    }
    return store_end(store, status, fail);
}

static int position_of(const struct unit *units, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(units[i].id, id) == 0)
            return (int)i;
    return -1;
}

enum status store_unit_list(struct store *store, struct arena *arena, const struct unit **units, size_t *count,
                            struct fail *fail)
{
    struct query query;
    int64_t rows = 0;
    query_open(&query, store, SQL_unit_count, fail);
    enum status status = query_single(&query, &rows);
    struct unit *list = status == STATUS_OK ? ARENA_NEW(arena, struct unit, (size_t)rows + 1) : NULL;
    if (status == STATUS_OK && list == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the list of units");
    if (status != STATUS_OK)
        return status;
    size_t used = 0;
    query_open(&query, store, SQL_unit_all, fail);
    while (used < (size_t)rows && query_row(&query)) {
        struct unit *unit = &list[used];
        unit->id = arena_string(arena, query_text(&query, 0));
        unit->name = arena_string(arena, query_text(&query, 1));
        if (unit->id == NULL || unit->name == NULL) {
            query.status = FAIL(fail, STATUS_MEMORY, "not enough memory for the list of units");
            break;
        }
        unit->level = (enum unit_level)query_number(&query, 2);
        unit->parent = position_of(list, used, query_text(&query, 3)); /* parents come first: levels descend */
        unit->contact = query_number(&query, 4) != 0;
        unit->reported = query_number(&query, 5) != 0;
        used++;
    }
    status = query_close(&query);
    if (status == STATUS_OK) {
        *units = list;
        *count = used;
    }
    return status;
}

static enum status cube_add(struct store *store, const char *day, size_t position, const struct cube_row *row,
                            const char *unit, struct fail *fail)
{
    const char employment[2] = { row->employment, '\0' };
    const char sex[2] = { row->sex, '\0' };
    struct query query;
    query_open(&query, store, SQL_cube_add, fail);
    query_bind(&query, 1, day);
    query_bind(&query, 2, (int64_t)position);
    query_bind(&query, 3, unit);
    query_bind(&query, 4, row->band);
    query_bind(&query, 5, employment);
    query_bind(&query, 6, row->leadership);
    query_bind(&query, 7, sex);
    query_bind(&query, 8, row->age);
    query_bind(&query, 9, row->fixed_term);
    query_bind(&query, 10, row->part_time);
    query_bind(&query, 11, row->german);
    query_bind(&query, 12, row->heads);
    query_bind(&query, 13, row->fte);
    query_bind(&query, 14, (int64_t)row->suppressed);
    query_bind(&query, 15, (int64_t)row->rounded);
    return query_run(&query);
}

enum status store_cube(struct store *store, const struct cube *cube, const char *const unit_ids[], struct fail *fail)
{
    static const enum sql before[] = { SQL_cube_keep, SQL_delivery_scope };
    char day[32];
    struct query query;
    snprintf(day, sizeof day, "%04d-%02d-%02d", cube->year, cube->month, cube->day);
    enum status status = store_begin(store, fail);
    for (size_t i = 0; i < COUNT(before) && status == STATUS_OK; i++) {
        query_open(&query, store, before[i], fail);
        query_bind(&query, 1, day);
        status = query_run(&query);
    }
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_cube_clear, fail);
        query_bind(&query, 1, day);
        status = query_run(&query);
    }
    for (size_t i = 0; i < cube->row_count && status == STATUS_OK; i++)
        status = cube_add(store, day, i, &cube->rows[i], unit_ids[i], fail);
    return store_end(store, status, fail);
}

static void bind_reference(struct query *query, const struct reference *row, const char *day)
{
    query_bind(query, 1, (int64_t)row->definition);
    query_bind(query, 2, row->place);
    query_bind(query, 3, row->source);
    query_bind(query, 4, row->scope);
    query_bind(query, 5, day);
}

enum status store_references(struct store *store, const struct reference rows[], size_t count, struct fail *fail)
{
    char day[32];
    struct query query;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_reference_keep, fail);
        status = query_run(&query);
    }
    /* First everything of the same deliveries goes, then the new rows come: a delivery has several rows. */
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        snprintf(day, sizeof day, "%04d-%02d-%02d", rows[i].year, rows[i].month, rows[i].day);
        query_open(&query, store, SQL_reference_clear, fail);
        bind_reference(&query, &rows[i], day);
        status = query_run(&query);
    }
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        const char sex[2] = { rows[i].sex == '\0' ? '*' : rows[i].sex, '\0' };
        snprintf(day, sizeof day, "%04d-%02d-%02d", rows[i].year, rows[i].month, rows[i].day);
        query_open(&query, store, SQL_reference_add, fail);
        bind_reference(&query, &rows[i], day);
        query_bind(&query, 6, rows[i].age_low);
        query_bind(&query, 7, rows[i].age_high);
        query_bind(&query, 8, rows[i].total);
        query_bind(&query, 9, rows[i].group);
        query_bind(&query, 10, rows[i].relative_error);
        query_bind(&query, 11, sex);
        query_bind(&query, 12, rows[i].education == NULL ? "*" : rows[i].education);
        status = query_run(&query);
    }
    return store_end(store, status, fail);
}

/* Reads "unit, number[, number]" rows into the positions of units; what belongs to no unit goes to the city. */
static enum status read_by_unit(struct query *query, struct arena *arena, const struct unit *units, size_t unit_count,
                                bool drawn, struct participation **rows, struct fail *fail)
{
    struct unit_spans spans = { .count = 0 };
    struct participation *all = ARENA_NEW(arena, struct participation, unit_count + 1);
    if (query->status == STATUS_OK)
        query->status = store_span_list(query->store, arena, &spans, fail);
    int city = -1;
    for (size_t i = 0; i < unit_count && city < 0; i++)
        if (units[i].parent < 0)
            city = (int)i;
    while (all != NULL && query_row(query)) {
        int unit = position_of(units, unit_count, query_text(query, 0));
        if (unit < 0)
            unit = position_of(units, unit_count, unit_follow(&spans, query_text(query, 0)));
        if (unit < 0)
            unit = city;
        if (unit < 0)
            continue;
        all[unit].invited += (uint32_t)query_number(query, 1);
        all[unit].drawn += drawn ? (uint32_t)query_number(query, 2) : 0;
    }
    enum status status = query_close(query);
    if (all == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu units", unit_count);
    for (size_t i = 0; i < unit_count; i++)
        all[i].unit = (int)i;
    *rows = all;
    return status;
}

static size_t keep_filled(struct participation *rows, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (rows[i].invited > 0)
            rows[kept++] = rows[i];
    return kept;
}

enum status store_participation(struct store *store, struct arena *arena, int64_t wave, const struct unit *units,
                                size_t unit_count, const struct participation **rows, size_t *count, struct fail *fail)
{
    struct query query;
    struct participation *all = NULL;
    /* The analysis sees the figures kept at the count; the office the living ones. */
    query_open(&query, store, store->access == STORE_WRITE ? SQL_participation_live : SQL_participation_kept, fail);
    query_bind(&query, 1, wave);
    enum status status = read_by_unit(&query, arena, units, unit_count, true, &all, fail);
    if (status == STATUS_OK) {
        *count = keep_filled(all, unit_count);
        *rows = all;
    }
    return status;
}

/* A row with at least the heads of everything below it is their sum; one with fewer holds the unit's own staff. Every
 * head counts once. */
static size_t keep_own(struct participation *rows, const struct unit *units, size_t count, uint64_t *below)
{
    for (size_t i = 0; i < count; i++) {
        int above = units[i].parent;
        for (size_t guard = 0; above >= 0 && guard < count; guard++) {
            below[above] += rows[i].invited;
            above = units[above].parent;
        }
    }
    for (size_t i = count; i > 0; i--) { /* children stand behind their parents: from below upward */
        struct participation *row = &rows[i - 1];
        if (below[i - 1] == 0 || row->invited < below[i - 1])
            continue;
        int above = units[i - 1].parent;
        for (size_t guard = 0; above >= 0 && guard < count; guard++) {
            below[above] -= row->invited;
            above = units[above].parent;
        }
        row->invited = 0;
    }
    return keep_filled(rows, count);
}

enum status store_heads(struct store *store, struct arena *arena, const struct unit *units, size_t unit_count,
                        const struct participation **rows, size_t *count, struct fail *fail)
{
    static const enum sql margins[] = { SQL_heads_margin, SQL_heads_frame };
    uint64_t *below = ARENA_NEW(arena, uint64_t, unit_count + 1);
    struct query query;
    char day[11] = "";
    query_open(&query, store, SQL_cube_newest, fail);
    query_bind(&query, 1, "9999-12-31");
    if (query_row(&query))
        snprintf(day, sizeof day, "%s", query_text(&query, 0));
    enum status status = query_close(&query);
    *count = 0;
    if (status == STATUS_OK && below == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu units", unit_count);
    for (size_t i = 0; i < COUNT(margins) && status == STATUS_OK && *count == 0 && day[0] != '\0'; i++) {
        struct participation *all = NULL;
        query_open(&query, store, margins[i], fail);
        query_bind(&query, 1, day);
        status = read_by_unit(&query, arena, units, unit_count, false, &all, fail);
        if (status == STATUS_OK) {
            *count = keep_own(all, units, unit_count, below);
            *rows = all;
        }
    }
    return status;
}

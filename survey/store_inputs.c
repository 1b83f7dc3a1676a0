/* Everything the analysis needs, read from the store into one struct inputs: facts, units, references, and per counted
 * wave its form, frame, participation and cube. Works on the connection that cannot see invitations and accounts.
 * Not responsible for statistics, nor for what may be published. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "forms/qtype.h"
#include "survey/publication.h"
#include "survey/store_private.h"
#include "survey/table.h"
#include "survey/wave.h"

enum { LINE_MEMORY = 4 << 20, FACT_ROOM = 256 };

static enum status no_memory(struct fail *fail)
{
    return FAIL(fail, STATUS_MEMORY, "not enough memory for the answers");
}

static void split_day(const char *text, int *year, int *month, int *day)
{
    if (sscanf(text, "%4d-%2d-%2d", year, month, day) != 3)
        *year = *month = *day = 0;
}

/* Columns of one detached item while its lines are read. */
struct detached {
    const struct item *item;
    const struct item *with; /* NULL when the answer stands alone */
    uint32_t *set;
    uint8_t *choice;
    uint8_t *companion;
};

/* {"D8":["1","3"],"D1":"51"}: the item, and the item it is kept with. */
static enum status read_detached_line(const char *line, struct detached *columns, size_t row, struct fail *fail)
{
    struct arena scratch;
    arena_init(&scratch, LINE_MEMORY);
    json_t *object = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
    enum status status =
        json_is_object(object) ? STATUS_OK : FAIL(fail, STATUS_INPUT, "a line of detached answers is no JSON object");
    struct answer answer = { .choice = ANSWER_NONE };
    struct answer with = { .choice = ANSWER_NONE };
    const json_t *value = json_object_get(object, columns->item->id);
    if (status == STATUS_OK && value != NULL)
        status = columns->item->type->parse(&scratch, columns->item, value, &answer, fail);
    const json_t *beside = columns->with == NULL ? NULL : json_object_get(object, columns->with->id);
    if (status == STATUS_OK && beside != NULL)
        status = columns->with->type->parse(&scratch, columns->with, beside, &with, fail);
    if (status == STATUS_OK) {
        columns->set[row] = answer.set;
        columns->choice[row] = answer.choice;
        columns->companion[row] = with.choice;
    }
    json_decref(object);
    arena_free(&scratch);
    return status;
}

static enum status read_detached(struct store *store, struct arena *arena, int64_t wave, const char *id,
                                 struct frame *frame, struct fail *fail)
{
    struct query query;
    struct detached columns = { .item = form_item(frame->form, id) };
    size_t rows = 0;
    size_t row = 0;
    if (columns.item == NULL || (columns.item->type->kind != QTYPE_CHOICE && columns.item->type->kind != QTYPE_SET))
        return STATUS_OK; /* free text is read by people (count writes it), never by the analysis */
    if (columns.item->detached_with != NULL)
        columns.with = form_item(frame->form, columns.item->detached_with);
    enum status status = store_counted_lines(store, wave, id, &rows, fail);
    if (status != STATUS_OK)
        return status;
    columns.set = ARENA_NEW(arena, uint32_t, rows + 1);
    columns.choice = ARENA_NEW(arena, uint8_t, rows + 1);
    columns.companion = ARENA_NEW(arena, uint8_t, rows + 1);
    if (columns.set == NULL || columns.choice == NULL || columns.companion == NULL)
        return no_memory(fail);
    query_open(&query, store, SQL_counted_lines, fail);
    query_bind(&query, 1, wave);
    query_bind(&query, 2, id);
    while (row < rows && query_row(&query))
        query.status = read_detached_line(query_text(&query, 0), &columns, row++, fail);
    status = query_close(&query);
    bool several = columns.item->type->kind == QTYPE_SET;
    if (status == STATUS_OK)
        status =
            frame_detach(arena, frame, (size_t)(columns.item - frame->form->items), several ? columns.set : NULL,
                         several ? NULL : columns.choice, columns.with == NULL ? NULL : columns.companion, row, fail);
    return status;
}

static enum status read_all_detached(struct store *store, struct arena *arena, int64_t wave, struct frame *frame,
                                     struct fail *fail)
{
    enum { DETACHED_MAX = 256 };
    const char *items[DETACHED_MAX];
    size_t count = 0;
    struct query query;
    query_open(&query, store, SQL_counted_items, fail);
    query_bind(&query, 1, wave);
    while (count < DETACHED_MAX && query_row(&query)) {
        items[count] = arena_string(arena, query_text(&query, 0));
        if (items[count++] == NULL)
            query.status = no_memory(fail);
    }
    enum status status = query_close(&query);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = read_detached(store, arena, wave, items[i], frame, fail);
    return status;
}

static int unit_position(const struct inputs *inputs, const char *id)
{
    for (size_t i = 0; i < inputs->unit_count; i++)
        if (strcmp(inputs->units[i].id, id) == 0)
            return (int)i;
    return -1;
}

static void read_cube_row(const struct query *query, const struct inputs *inputs, const struct unit_spans *spans,
                          struct cube_row *row)
{
    const char *unit = query_text(query, 0);
    int position = unit_position(inputs, unit);
    *row = (struct cube_row){
        .unit = position >= 0 ? position : unit_position(inputs, unit_follow(spans, unit)),
        .band = (uint8_t)query_number(query, 1),
        .employment = query_text(query, 2)[0],
        .leadership = (uint8_t)query_number(query, 3),
        .sex = query_text(query, 4)[0],
        .age = (uint8_t)query_number(query, 5),
        .fixed_term = (uint8_t)query_number(query, 6),
        .part_time = (uint8_t)query_number(query, 7),
        .german = (uint8_t)query_number(query, 8),
        .heads = (uint32_t)query_number(query, 9),
        .fte = query_real(query, 10),
        .suppressed = query_number(query, 11) != 0,
        .rounded = query_number(query, 12) != 0,
    };
}

/* The cube of the year, else the nearest one before it; an empty cube when there is none. */
static enum status read_cube(struct store *store, struct arena *arena, const struct inputs *inputs, int year,
                             struct cube *cube, struct fail *fail)
{
    struct query query;
    struct unit_spans spans;
    char day[16] = "";
    char end[16];
    snprintf(end, sizeof end, "%04d-01-01", (year + 1) % 10000);
    *cube = (struct cube){ 0 };
    query_open(&query, store, SQL_cube_newest, fail);
    query_bind(&query, 1, end);
    if (query_row(&query))
        snprintf(day, sizeof day, "%s", query_text(&query, 0));
    enum status status = query_close(&query);
    if (status != STATUS_OK || day[0] == '\0')
        return status;
    int64_t number = 0;
    query_open(&query, store, SQL_cube_count, fail);
    query_bind(&query, 1, day);
    status = query_single(&query, &number);
    if (status == STATUS_OK)
        status = store_span_list(store, arena, &spans, fail);
    struct cube_row *rows = status == STATUS_OK ? ARENA_NEW(arena, struct cube_row, (size_t)number + 1) : NULL;
    if (rows == NULL)
        return status == STATUS_OK ? no_memory(fail) : status;
    size_t used = 0;
    query_open(&query, store, SQL_cube_rows, fail);
    query_bind(&query, 1, day);
    while (used < (size_t)number && query_row(&query))
        read_cube_row(&query, inputs, &spans, &rows[used++]);
    split_day(day, &cube->year, &cube->month, &cube->day);
    cube->rows = rows;
    cube->row_count = used;
    return query_close(&query);
}

static enum status read_references(struct store *store, struct arena *arena, struct inputs *inputs, struct fail *fail)
{
    struct query query;
    int64_t number = 0;
    query_open(&query, store, SQL_reference_count, fail);
    enum status status = query_single(&query, &number);
    struct reference *rows = status == STATUS_OK ? ARENA_NEW(arena, struct reference, (size_t)number + 1) : NULL;
    if (rows == NULL)
        return status == STATUS_OK ? no_memory(fail) : status;
    size_t used = 0;
    query_open(&query, store, SQL_reference_all, fail);
    while (used < (size_t)number && query_row(&query)) {
        struct reference *row = &rows[used++];
        row->definition = (enum definition)query_number(&query, 0);
        row->place = arena_string(arena, query_text(&query, 1));
        row->source = arena_string(arena, query_text(&query, 2));
        row->scope = arena_string(arena, query_text(&query, 3));
        split_day(query_text(&query, 4), &row->year, &row->month, &row->day);
        row->age_low = (int)query_number(&query, 5);
        row->age_high = (int)query_number(&query, 6);
        row->total = query_real(&query, 7);
        row->group = query_real(&query, 8);
        row->relative_error = query_real(&query, 9);
        row->sex = query_text(&query, 10)[0];
        row->education = arena_string(arena, query_text(&query, 11));
        if (row->place == NULL || row->source == NULL || row->scope == NULL || row->education == NULL)
            query.status = no_memory(fail);
    }
    inputs->references = rows;
    inputs->reference_count = used;
    return query_close(&query);
}

static enum status read_facts(struct store *store, struct arena *arena, struct inputs *inputs, struct fail *fail)
{
    char value[FACT_ROOM] = "";
    enum status status = store_fact(store, "city", value, sizeof value, NULL);
    if (status != STATUS_OK && status != STATUS_MISSING)
        return FAIL(fail, status, "the facts of the instance cannot be read");
    inputs->city = arena_string(arena, value);
    if (inputs->city == NULL)
        return no_memory(fail);
    inputs->demo = store_fact(store, "demo", value, sizeof value, NULL) == STATUS_OK && strcmp(value, "1") == 0;
    inputs->seed = store_fact(store, "seed", value, sizeof value, NULL) == STATUS_OK ? strtoull(value, NULL, 10) : 1;
    return STATUS_OK;
}

static int date_of(const char *iso)
{
    int day[3];
    split_day(iso, &day[0], &day[1], &day[2]);
    return day[0] * 10000 + day[1] * 100 + day[2];
}

static enum status read_publication(struct store *store, const struct wave *wave, struct wave_inputs *out, struct fail *fail)
{
    struct publication publication;
    enum status status = publication_read(store, wave->name, &publication, fail);
    if (status != STATUS_OK)
        return status;
    out->to_staff = date_of(publication.staff);
    out->to_council = date_of(publication.council);
    return STATUS_OK;
}

static enum status read_wave(struct store *store, struct arena *arena, const struct wave *wave,
                             const struct inputs *inputs, struct wave_inputs *out, struct fail *fail)
{
    out->name = wave->name;
    out->year = wave->year;
    out->closed = date_of(wave->closes);
    enum status status = read_publication(store, wave, out, fail);
    if (status == STATUS_OK)
        status = wave_form(arena, store->dir, wave->name, &out->form, fail);
    if (status == STATUS_OK)
        status = store_frame(store, arena, wave->id, out->form, &out->frame, fail);
    if (status == STATUS_OK)
        status = read_all_detached(store, arena, wave->id, &out->frame, fail);
    if (status == STATUS_OK)
        status = store_participation(store, arena, wave->id, inputs->units, inputs->unit_count, &out->participation,
                                     &out->participation_count, fail);
    if (status == STATUS_OK)
        status = read_cube(store, arena, inputs, wave->year, &out->cube, fail);
    return status;
}

static bool counts(const struct wave *wave)
{
    return wave->state == WAVE_COUNTED && !wave->rehearsal;
}

/* Counted waves up to the named one (NULL: all); 0 when the named one is not among them. */
static size_t reported_waves(const struct wave *waves, size_t count, const char *name)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!counts(&waves[i]))
            continue;
        kept = i + 1;
        if (name != NULL && strcmp(waves[i].name, name) == 0)
            return kept;
    }
    return name == NULL ? kept : 0;
}

/* Marks the units that the question on the unit of the reported wave offers. */
static enum status mark_offered(struct arena *arena, const struct form *form, struct inputs *read, struct fail *fail)
{
    struct unit *units = ARENA_NEW(arena, struct unit, read->unit_count + 1);
    if (units == NULL)
        return no_memory(fail);
    for (size_t i = 0; i < read->unit_count; i++)
        units[i] = read->units[i];
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        if (item->options_from == NULL || strcmp(item->options_from, "units") != 0)
            continue;
        read->units_offered = true;
        for (size_t u = 0; u < read->unit_count; u++)
            units[u].offered = item_option(item, units[u].id) >= 0;
    }
    read->units = units;
    return STATUS_OK;
}

enum status store_inputs(struct store *store, struct arena *arena, const char *wave, struct inputs *inputs,
                         struct fail *fail)
{
    struct inputs read = { 0 };
    const struct wave *waves = NULL;
    size_t count = 0;
    enum status status = store_begin(store, fail); /* one snapshot, whatever is imported meanwhile */
    if (status == STATUS_OK)
        status = store_waves(store, arena, &waves, &count, fail);
    size_t last = status == STATUS_OK ? reported_waves(waves, count, wave) : 0;
    if (status == STATUS_OK && last == 0)
        status = wave == NULL ? FAIL(fail, STATUS_MISSING, "no wave has been counted yet")
                              : FAIL(fail, STATUS_MISSING, "there is no counted wave %s", wave);
    if (status == STATUS_OK)
        status = read_facts(store, arena, &read, fail);
    if (status == STATUS_OK)
        status = store_unit_list(store, arena, &read.units, &read.unit_count, fail);
    if (status == STATUS_OK)
        status = read_references(store, arena, &read, fail);
    if (status == STATUS_OK)
        status = table_load(store, arena, read.units, read.unit_count, &read.registers, fail);
    struct wave_inputs *list = status == STATUS_OK ? ARENA_NEW(arena, struct wave_inputs, last) : NULL;
    if (status == STATUS_OK && list == NULL)
        status = no_memory(fail);
    for (size_t i = 0; i < last && status == STATUS_OK; i++)
        if (counts(&waves[i]))
            status = read_wave(store, arena, &waves[i], &read, &list[read.wave_count++], fail);
    status = store_end(store, status, fail);
    if (status == STATUS_OK && read.wave_count > 0)
        status = mark_offered(arena, list[read.wave_count - 1].form, &read, fail);
    if (status == STATUS_OK) {
        read.waves = list;
        *inputs = read;
    }
    return status;
}

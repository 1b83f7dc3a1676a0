/* Writes keys in one order and numbers with all their digits; reads only what it wrote: whatever is missing or of another
 * kind makes the whole document wrong, and the fingerprint is computed again. */
#include "survey/release_json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/fingerprint.h"
#include "survey/document_json.h"

enum { FORMAT = 1, ROWS_MAX = 100000, COLUMNS_MAX = 1000, REGISTER_MAX = 1000000 };

/* --- writing --- */

static json_t *number(double value)
{
    return !isfinite(value) ? json_null() : json_real(value);
}

static json_t *label_json(const struct release_label *label)
{
    if (label->name != NULL)
        return json_pack("{s:s}", "name", label->name);
    if (label->text == NULL)
        return label->key == NULL ? json_object() : json_pack("{s:s}", "key", label->key);
    json_t *list = json_array();
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++)
        list = document_add(list, label->text->in[i] == NULL ? json_null() : json_string(label->text->in[i]));
    return json_pack("{s:o}", "text", list);
}

static json_t *cell_json(const struct released *cell)
{
    return json_pack("[i,o,o,o,i,i,i,i]", (int)cell->sign, number(cell->value), number(cell->low), number(cell->high),
                     (int)cell->base, (int)cell->decimals, (int)cell->word, (int)cell->cap);
}

static json_t *table_json(const struct release_table *table)
{
    json_t *columns = json_array();
    json_t *rows = json_array();
    json_t *cells = json_array();
    for (size_t c = 0; c < table->column_count; c++)
        columns = document_add(columns, json_pack("{s:o,s:i}", "label", label_json(&table->columns[c].label), "unit",
                                                 (int)table->columns[c].unit));
    for (size_t r = 0; r < table->row_count; r++)
        rows = document_add(rows, json_pack("{s:s,s:o,s:b}", "id", table->rows[r].id, "label",
                                              label_json(&table->rows[r].label), "total", (int)table->rows[r].total));
    for (size_t i = 0; i < table->row_count * table->column_count; i++)
        cells = document_add(cells, cell_json(&table->cells[i]));
    return json_pack("{s:s,s:o,s:s,s:o,s:o,s:o}", "id", table->id, "title", label_json(&table->title), "wave", table->wave,
                     "columns", columns, "rows", rows, "cells", cells);
}

static json_t *tables_json(const struct release *release)
{
    json_t *list = json_array();
    for (size_t i = 0; i < release->table_count; i++)
        list = document_add(list, table_json(&release->tables[i]));
    return list;
}

static json_t *recommendations_json(const struct release *release)
{
    json_t *list = json_array();
    for (size_t i = 0; i < release->recommendation_count; i++) {
        const struct recommendation *of = &release->recommendations[i];
        list = document_add(list, json_pack("[s,s,i,s]", of->id, of->title, of->decided, of->paper));
    }
    return list;
}

static json_t *measures_json(const struct release *release)
{
    json_t *list = json_array();
    for (size_t i = 0; i < release->measure_count; i++) {
        const struct measure *of = &release->measures[i];
        list = document_add(list, json_pack("[s,i,s,i,i,i,o,s,o,s]", of->id, of->recommendation, of->title, of->unit,
                                              of->begins, of->ends, number(of->budget), of->indicator,
                                              number(of->target), of->target_reason));
    }
    return list;
}

static json_t *statuses_json(const struct release *release)
{
    json_t *list = json_array();
    for (size_t i = 0; i < release->status_count; i++) {
        const struct measure_status *of = &release->statuses[i];
        list = document_add(list, json_pack("[i,i,i,s,o,s]", of->measure, of->year, (int)of->state, of->evidence,
                                              number(of->spent), of->reason));
    }
    return list;
}

enum status release_json_write(const struct release *release, struct buf *out, struct fail *fail)
{
    char seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)release->seed);
    json_t *document = json_pack(
        "{s:i,s:s,s:b,s:s,s:i,s:[i,i,i],s:i,s:i,s:s,s:o,s:o,s:o,s:o,s:s}", "format", (int)FORMAT, "city", release->city,
        "demo", (int)release->demo, "wave", release->wave, "year", release->year, "cube", release->cube_year,
        release->cube_month, release->cube_day, "answers_min", (int)release->answers_min, "heads_min",
        (int)release->heads_min, "seed", seed, "tables", tables_json(release), "recommendations",
        recommendations_json(release), "measures", measures_json(release), "statuses", statuses_json(release),
        "fingerprint", release->fingerprint);
    return document_write(document, out, fail);
}

/* --- reading --- */

static void *room(struct document_reader *reader, size_t count, size_t size, size_t most)
{
    void *bytes = count > most ? NULL : arena_get(reader->arena, count + 1, size);
    if (bytes == NULL)
        reader->wrong = true;
    return bytes;
}

static int whole(struct document_reader *reader, const json_t *value, int low, int high)
{
    return (int)document_whole(reader, value, low, high);
}

static double real(struct document_reader *reader, const json_t *value)
{
    reader->wrong = reader->wrong || !(json_is_null(value) || json_is_number(value));
    return json_is_number(value) ? json_number_value(value) : (double)NAN;
}

static struct release_label label_of(struct document_reader *reader, const json_t *value)
{
    struct release_label label = { 0 };
    const json_t *name = json_object_get(value, "name");
    const json_t *key = json_object_get(value, "key");
    const json_t *list = json_object_get(value, "text");
    if (name != NULL)
        label.name = document_text(reader, name);
    else if (key != NULL)
        label.key = document_text(reader, key);
    if (!json_is_array(list))
        return label;
    struct text *text = room(reader, 1, sizeof *text, 1);
    if (text == NULL)
        return label;
    *text = (struct text){ { 0 } };
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++)
        if (json_is_string(json_array_get(list, i)))
            text->in[i] = document_text(reader, json_array_get(list, i));
    label.text = text;
    return label;
}

static struct released cell_of(struct document_reader *reader, const json_t *value)
{
    struct released cell = {
        .sign = (enum release_sign)whole(reader, json_array_get(value, 0), SIGN_SHOWN, SIGN_PENDING),
        .value = real(reader, json_array_get(value, 1)),
        .low = real(reader, json_array_get(value, 2)),
        .high = real(reader, json_array_get(value, 3)),
        .base = (uint32_t)whole(reader, json_array_get(value, 4), 0, INT32_MAX),
        .decimals = (uint8_t)whole(reader, json_array_get(value, 5), 0, 9),
        .word = (enum release_word)whole(reader, json_array_get(value, 6), WORD_NONE, WORD_TOO_FEW),
        .cap = (enum release_cap)whole(reader, json_array_get(value, 7), CAP_NONE, CAP_BELOW),
    };
    cell.ranged = !isnan(cell.low) && !isnan(cell.high);
    return cell;
}

static void read_table(struct document_reader *reader, const json_t *value, struct release_table *table)
{
    const json_t *columns = json_object_get(value, "columns");
    const json_t *rows = json_object_get(value, "rows");
    const json_t *cells = json_object_get(value, "cells");
    const size_t row_count = json_array_size(rows), column_count = json_array_size(columns);
    struct release_column *heads = room(reader, column_count, sizeof *heads, COLUMNS_MAX);
    struct release_row *lines = room(reader, row_count, sizeof *lines, ROWS_MAX);
    if (heads == NULL || lines == NULL || json_array_size(cells) != row_count * column_count) {
        reader->wrong = true;
        return;
    }
    struct released *shown = room(reader, row_count * column_count, sizeof *shown, (size_t)ROWS_MAX * COLUMNS_MAX);
    if (shown == NULL)
        return;
    *table = (struct release_table){ .id = document_text(reader, json_object_get(value, "id")),
                                     .title = label_of(reader, json_object_get(value, "title")),
                                     .wave = document_text(reader, json_object_get(value, "wave")),
                                     .rows = lines, .row_count = row_count, .columns = heads,
                                     .column_count = column_count, .cells = shown };
    for (size_t c = 0; c < column_count; c++) {
        const json_t *head = json_array_get(columns, c);
        heads[c].label = label_of(reader, json_object_get(head, "label"));
        heads[c].unit = (enum release_unit)whole(reader, json_object_get(head, "unit"), RELEASE_COUNT, RELEASE_INDEX);
    }
    for (size_t r = 0; r < row_count; r++) {
        const json_t *line = json_array_get(rows, r);
        lines[r] = (struct release_row){ .id = document_text(reader, json_object_get(line, "id")),
                                         .label = label_of(reader, json_object_get(line, "label")),
                                         .total = json_is_true(json_object_get(line, "total")) };
    }
    for (size_t i = 0; i < row_count * column_count; i++) {
        shown[i] = cell_of(reader, json_array_get(cells, i));
        table->suppressed += shown[i].sign == SIGN_SECRET;
    }
}

static void read_tables(struct document_reader *reader, const json_t *list, struct release *release)
{
    struct release_table *tables = room(reader, json_array_size(list), sizeof *tables, COLUMNS_MAX);
    release->table_count = tables == NULL ? 0 : json_array_size(list);
    for (size_t i = 0; i < release->table_count && !reader->wrong; i++) {
        read_table(reader, json_array_get(list, i), &tables[i]);
        release->suppressed += tables[i].suppressed;
        release->planned += tables[i].row_count * tables[i].column_count;
    }
    release->tables = tables;
}

static void read_recommendations(struct document_reader *reader, const json_t *list, struct release *release)
{
    struct recommendation *rows = room(reader, json_array_size(list), sizeof *rows, REGISTER_MAX);
    for (size_t i = 0; rows != NULL && i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        rows[i] = (struct recommendation){ document_text(reader, json_array_get(row, 0)), document_text(reader, json_array_get(row, 1)),
                                           whole(reader, json_array_get(row, 2), 0, INT32_MAX),
                                           document_text(reader, json_array_get(row, 3)) };
    }
    release->recommendations = rows;
    release->recommendation_count = json_array_size(list);
}

static void read_measures(struct document_reader *reader, const json_t *list, struct release *release)
{
    struct measure *rows = room(reader, json_array_size(list), sizeof *rows, REGISTER_MAX);
    const int last = (int)release->recommendation_count - 1;
    for (size_t i = 0; rows != NULL && i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        rows[i] = (struct measure){ document_text(reader, json_array_get(row, 0)),
                                    whole(reader, json_array_get(row, 1), -1, last),
                                    document_text(reader, json_array_get(row, 2)),
                                    whole(reader, json_array_get(row, 3), -1, INT32_MAX),
                                    whole(reader, json_array_get(row, 4), 0, INT32_MAX),
                                    whole(reader, json_array_get(row, 5), 0, INT32_MAX),
                                    real(reader, json_array_get(row, 6)), document_text(reader, json_array_get(row, 7)),
                                    real(reader, json_array_get(row, 8)), document_text(reader, json_array_get(row, 9)) };
    }
    release->measures = rows;
    release->measure_count = json_array_size(list);
}

static void read_statuses(struct document_reader *reader, const json_t *list, struct release *release)
{
    struct measure_status *rows = room(reader, json_array_size(list), sizeof *rows, REGISTER_MAX);
    const int last = (int)release->measure_count - 1;
    for (size_t i = 0; rows != NULL && i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        rows[i] = (struct measure_status){
            whole(reader, json_array_get(row, 0), -1, last), whole(reader, json_array_get(row, 1), 0, INT32_MAX),
            (enum measure_state)whole(reader, json_array_get(row, 2), MEASURE_PLANNED, MEASURE_DROPPED),
            document_text(reader, json_array_get(row, 3)), real(reader, json_array_get(row, 4)),
            document_text(reader, json_array_get(row, 5)) };
    }
    release->statuses = rows;
    release->status_count = json_array_size(list);
}

static void read_release(struct document_reader *reader, const json_t *root, struct release *release)
{
    const json_t *cube = json_object_get(root, "cube");
    whole(reader, json_object_get(root, "format"), FORMAT, FORMAT);
    release->city = document_text(reader, json_object_get(root, "city"));
    release->demo = json_is_true(json_object_get(root, "demo"));
    release->wave = document_text(reader, json_object_get(root, "wave"));
    release->year = whole(reader, json_object_get(root, "year"), 0, 9999);
    release->cube_year = whole(reader, json_array_get(cube, 0), 0, 9999);
    release->cube_month = whole(reader, json_array_get(cube, 1), 0, 12);
    release->cube_day = whole(reader, json_array_get(cube, 2), 0, 31);
    release->answers_min = (unsigned)whole(reader, json_object_get(root, "answers_min"), 1, INT32_MAX);
    release->heads_min = (unsigned)whole(reader, json_object_get(root, "heads_min"), 1, INT32_MAX);
    release->seed = strtoull(document_text(reader, json_object_get(root, "seed")), NULL, 10);
    read_tables(reader, json_object_get(root, "tables"), release);
    read_recommendations(reader, json_object_get(root, "recommendations"), release);
    read_measures(reader, json_object_get(root, "measures"), release);
    read_statuses(reader, json_object_get(root, "statuses"), release);
}

enum status release_json_read(struct arena *arena, const char *bytes, const struct form *form,
                              const struct release **release, struct fail *fail)
{
    struct document_reader reader = { .arena = arena };
    struct release *made = ARENA_NEW(arena, struct release, 1);
    if (made == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the release");
    *made = (struct release){ .form = form };
    json_t *root = json_loads(bytes, JSON_REJECT_DUPLICATES, NULL);
    read_release(&reader, root, made);
    const char *fingerprint = document_text(&reader, json_object_get(root, "fingerprint"));
    json_decref(root);
    enum status status = document_status(&reader, fail);
    if (status == STATUS_OK)
        status = release_fingerprint(made, made->fingerprint, fail);
    reader.wrong = status == STATUS_OK && strcmp(fingerprint, made->fingerprint) != 0;
    if (status == STATUS_OK)
        status = document_status(&reader, fail);
    if (status == STATUS_OK)
        *release = made;
    return status;
}

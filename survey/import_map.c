#include "survey/import_map.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/asset.h"
#include "base/buf.h"
#include "base/day.h"
#include "survey/import.h"

enum { LINE_MAX_CHARACTERS = 10000, DIGITS_MAX = 64, TEXT_MAX = 400, MADE_MAX = 80 };
#define SHIPPED "survey/maps/"

/* --- reading --- */

static bool known_keys(const json_t *object, const char *const keys[])
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        size_t i = 0;
        while (keys[i] != NULL && strcmp(keys[i], key) != 0)
            i++;
        if (keys[i] == NULL)
            return false;
    }
    return true;
}

/* Copy of a text member; NULL when it is missing, no text or too long. */
static const char *text_of(struct arena *arena, const json_t *value)
{
    const char *text = json_string_value(value);
    return text == NULL || strlen(text) > TEXT_MAX ? NULL : arena_string(arena, text);
}

static bool read_codes(struct arena *arena, const json_t *codes, struct map_column *column)
{
    const char *key;
    json_t *value;
    size_t count = json_object_size(codes);
    if (codes == NULL)
        return true;
    struct map_code *made = count <= IMPORT_MAP_CODES ? ARENA_NEW(arena, struct map_code, count + 1) : NULL;
    if (!json_is_object(codes) || made == NULL)
        return false;
    json_object_foreach((json_t *)(uintptr_t)codes, key, value)
    {
        struct map_code code = { arena_string(arena, key), text_of(arena, value) };
        if (code.from == NULL || code.to == NULL)
            return false;
        made[column->code_count++] = code;
    }
    column->codes = made;
    return true;
}

/* [12, 15]: characters of the line. */
static bool read_range(struct arena *arena, const json_t *from, struct map_column *column)
{
    const json_int_t first = json_integer_value(json_array_get(from, 0)), last = json_integer_value(json_array_get(from, 1));
    if (json_array_size(from) != 2 || first < 1 || last < first || last > LINE_MAX_CHARACTERS)
        return false;
    column->first = (unsigned)first;
    column->last = (unsigned)last;
    column->from = arena_format(arena, "%u-%u", column->first, column->last);
    return column->from != NULL;
}

static bool read_column(struct arena *arena, const json_t *entry, const struct import_map *map, struct map_column *column)
{
    static const char *const keys[] = { "to", "from", "value", "row", "ask", "percent", "codes", "else", "note", NULL };
    const json_t *from = json_object_get(entry, "from"), *row = json_object_get(entry, "row");
    const json_t *value = json_object_get(entry, "value"), *otherwise = json_object_get(entry, "else");
    const char *ask = json_string_value(json_object_get(entry, "ask"));
    const bool headless = map->headless && !map->fixed;
    int sources = (from != NULL) + (value != NULL) + (row != NULL) + (json_object_get(entry, "ask") != NULL);
    if (!json_is_object(entry) || !known_keys(entry, keys) || sources != 1)
        return false;
    *column = (struct map_column){ .to = text_of(arena, json_object_get(entry, "to")),
                                   .value = text_of(arena, value),
                                   .otherwise = text_of(arena, otherwise),
                                   .asked = ask != NULL && strcmp(ask, "date") == 0,
                                   .percent = json_is_true(json_object_get(entry, "percent")) };
    json_int_t number = json_integer_value(from != NULL ? from : row);
    if (headless && json_is_integer(from) && number >= 1 && number <= CSV_COLUMN_MAX)
        column->position = (unsigned)number;
    else if (map->fixed && from != NULL && !read_range(arena, from, column))
        return false;
    else if (from != NULL && !map->fixed)
        column->from = headless ? NULL : text_of(arena, from);
    if (json_is_integer(row) && number >= 1 && number <= DIGITS_MAX)
        column->row_digits = (unsigned)number;
    bool found = column->position > 0 || column->from != NULL || column->value != NULL || column->row_digits > 0 || column->asked;
    return column->to != NULL && found && (otherwise == NULL || column->otherwise != NULL) &&
           read_codes(arena, json_object_get(entry, "codes"), column);
}

static enum status read_columns(struct arena *arena, const json_t *root, struct import_map *map, struct fail *fail)
{
    const json_t *columns = json_object_get(root, "columns");
    size_t count = json_array_size(columns);
    if (count == 0 || count > IMPORT_MAP_COLUMNS)
        return FAIL(fail, STATUS_INPUT, "a map has \"columns\", a list of 1 to %d of them", (int)IMPORT_MAP_COLUMNS);
    struct map_column *made = ARENA_NEW(arena, struct map_column, count);
    if (made == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the map");
    for (size_t i = 0; i < count; i++) {
        if (!read_column(arena, json_array_get(columns, i), map, &made[i]))
            return FAIL(fail, STATUS_INPUT,
                        "entry %zu of \"columns\" is wrong: it has \"to\", one of \"from\" (a name; without a header a "
                        "number; of fixed widths the first and the last character), "
                        "\"value\", \"row\" or \"ask\", and may have \"codes\", \"else\", \"percent\" (docs/imports.md)",
                        i + 1);
        map->asks = map->asks || made[i].asked;
        for (size_t k = 0; k < i; k++) {
            if (strcmp(made[k].to, made[i].to) == 0)
                return FAIL(fail, STATUS_INPUT, "entry %zu of \"columns\": the column %s is made twice", i + 1,
                            made[i].to);
            const bool same = made[k].first == made[i].first && made[k].last == made[i].last;
            if (!same && made[k].first > 0 && made[k].first <= made[i].last && made[i].first <= made[k].last)
                return FAIL(fail, STATUS_INPUT, "entry %zu of \"columns\": its characters overlap those of the column %s", i + 1,
                            made[k].to);
        }
    }
    map->columns = made;
    map->column_count = count;
    return STATUS_OK;
}

enum status import_map_read(struct arena *arena, const char *bytes, size_t length, struct import_map *map,
                            struct fail *fail)
{
    static const char *const keys[] = { "map", "version", "kind", "header", "fixed", "note", "columns", NULL };
    json_error_t error;
    *map = (struct import_map){ 0 };
    if (length > IMPORT_MAP_BYTES)
        return FAIL(fail, STATUS_LIMIT, "a map has at most %d bytes", (int)IMPORT_MAP_BYTES);
    json_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        return FAIL(fail, STATUS_INPUT, "the map is no JSON: line %d, column %d", error.line, error.column);
    map->name = text_of(arena, json_object_get(root, "map"));
    map->version = text_of(arena, json_object_get(root, "version"));
    map->kind = text_of(arena, json_object_get(root, "kind"));
    map->fixed = json_is_true(json_object_get(root, "fixed"));
    map->headless = map->fixed || json_is_false(json_object_get(root, "header"));
    enum status status = STATUS_OK;
    if (!json_is_object(root) || !known_keys(root, keys) || map->name == NULL || map->version == NULL ||
        map->kind == NULL)
        status = FAIL(fail, STATUS_INPUT,
                      "a map has \"map\" (its name), \"version\", \"kind\" and \"columns\", and may have "
                      "\"header\", \"fixed\" and \"note\"; the first three are texts");
    if (status == STATUS_OK)
        status = read_columns(arena, root, map, fail);
    json_decref(root);
    return status;
}

const char *import_map_shipped(size_t i)
{
    size_t found = 0;
    for (size_t k = 0; k < asset_count; k++)
        if (strncmp(assets[k].name, SHIPPED, sizeof SHIPPED - 1) == 0 && found++ == i)
            return assets[k].name + sizeof SHIPPED - 1;
    return NULL;
}

enum status import_map_open(struct arena *arena, const char *path, struct import_map *map, struct fail *fail)
{
    char name[128];
    struct buf bytes;
    snprintf(name, sizeof name, SHIPPED "%s.json", path);
    const struct asset *asset = asset_find(name);
    if (asset != NULL)
        return import_map_read(arena, (const char *)asset->bytes, asset->length, map, fail);
    buf_init(&bytes, IMPORT_MAP_BYTES);
    enum status status = buf_read_file(&bytes, path, fail);
    if (status == STATUS_OK)
        status = import_map_read(arena, bytes.bytes == NULL ? "" : bytes.bytes, bytes.length, map, fail);
    buf_free(&bytes);
    return status;
}

/* --- using --- */

enum status import_map_date(struct import_map *map, const char *date, struct fail *fail)
{
    int64_t day = 0;
    if (date == NULL || date[0] == '\0')
        return STATUS_OK;
    if (map == NULL || !map->asks)
        return FAIL(fail, STATUS_INPUT, "a day was given, but the file has no map that asks for one; leave it out");
    if (!day_read(date, &day))
        return FAIL(fail, STATUS_INPUT, "“%s” is no day like 2026-06-30", date);
    map->date = date;
    return STATUS_OK;
}

enum status import_map_names(const char *bytes, size_t length, struct buf *line, struct fail *fail)
{
    size_t mark = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, counts[3] = { 0 };
    static const char delimiters[3] = { ';', '\t', ',' };
    if (length >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return FAIL(fail, STATUS_INPUT,
                    "a file without names of columns is read as UTF-8 or Windows-1252, not as UTF-16");
    for (size_t i = mark; i < length && bytes[i] != '\n'; i++)
        for (size_t k = 0; k < COUNT(delimiters); k++)
            counts[k] += bytes[i] == delimiters[k] ? 1 : 0;
    size_t best = counts[0] > 0 ? 0 : counts[1] > 0 ? 1 : 2;
    if (counts[best] >= CSV_COLUMN_MAX)
        return FAIL(fail, STATUS_LIMIT, "the file has more than %d columns", (int)CSV_COLUMN_MAX);
    for (size_t i = 0; i <= counts[best]; i++)
        buf_format(line, "%s#%zu", i == 0 ? "" : (char[2]){ delimiters[best], '\0' }, i + 1);
    buf_add_string(line, "\n");
    return buf_status(line, "the file", fail);
}

struct mapping {
    const struct import_map *map;
    const struct csv *from;
    int place[IMPORT_MAP_COLUMNS];
    char made[IMPORT_MAP_COLUMNS][MADE_MAX]; /* fields that stand nowhere in the file; of the row opened last … */
    struct arena *keep;                      /* … unless they must last as long as the others; NULL if not */
    struct csv_cursor cursor;
};

static const char *keep_made(struct mapping *mapping, size_t column)
{
    const char *kept = mapping->keep == NULL ? mapping->made[column]
                                             : arena_string(mapping->keep, mapping->made[column]);
    mapping->cursor.failed |= kept == NULL;
    return kept == NULL ? "" : kept;
}

static const char *percent(struct mapping *mapping, size_t column, const char *text)
{
    char plain[32];
    char *end = NULL;
    size_t length = strlen(text);
    if (length == 0 || length >= sizeof plain)
        return text;
    for (size_t i = 0; i <= length; i++)
        plain[i] = text[i] == ',' ? '.' : text[i];
    double value = strtod(plain, &end);
    if (*end != '\0')
        return text;
    snprintf(mapping->made[column], MADE_MAX, "%.6g", value / 100);
    return keep_made(mapping, column);
}

static const char *field_of(struct mapping *mapping, size_t c, size_t row)
{
    const struct map_column *column = &mapping->map->columns[c];
    if (column->value != NULL || column->asked)
        return column->asked ? mapping->map->date : column->value;
    if (column->row_digits > 0) {
        snprintf(mapping->made[c], MADE_MAX, "%0*zu", (int)column->row_digits, row + 1);
        return keep_made(mapping, c);
    }
    const char *text = csv_field(mapping->from, row, (size_t)mapping->place[c]);
    for (size_t i = 0; i < column->code_count; i++)
        if (strcmp(column->codes[i].from, text) == 0)
            return column->codes[i].to;
    if (column->otherwise != NULL)
        return column->otherwise;
    return column->percent ? percent(mapping, c, text) : text;
}

static void make_row(void *context, const struct csv *csv, size_t row, const char *fields[])
{
    struct mapping *mapping = context;
    for (size_t c = 0; c < csv->column_count; c++)
        fields[c] = field_of(mapping, c, row);
    if (mapping->from->cursor != NULL) /* a row made of one that could not be made is worth nothing either */
        mapping->cursor.failed |= mapping->from->cursor->failed;
}

int import_map_place(const struct map_column *column, const struct csv *csv)
{
    if (column->position > 0)
        return column->position <= csv->column_count ? (int)column->position - 1 : -1;
    return column->from == NULL ? 0 : csv_column(csv, column->from);
}

enum status import_map_apply(struct arena *arena, const struct import_map *map, const struct csv *csv,
                             struct csv *mapped, const char **missing, struct fail *fail)
{
    struct mapping *mapping = ARENA_NEW(arena, struct mapping, 1);
    struct csv *from = ARENA_NEW(arena, struct csv, 1);
    const char **header = ARENA_NEW(arena, const char *, map->column_count);
    struct import_kind kind;
    *missing = NULL;
    if (mapping == NULL || from == NULL || header == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the file");
    enum status status = import_kind_find(map->kind, &kind, fail);
    if (status == STATUS_OK && map->asks && map->date == NULL)
        status = FAIL(fail, STATUS_INPUT,
                      "the map %s asks for the day of reference: give it with --date 2026-06-30, in the office in the field for it",
                      map->name);
    if (status != STATUS_OK)
        return status;
    *from = *csv;
    *mapping = (struct mapping){ .map = map, .from = from };
    if (kind.importer == NULL || !kind.importer->persons)
        mapping->keep = arena; /* counts are stored when all rows are read; persons are counted row by row */
    for (size_t c = 0; c < map->column_count; c++) {
        const struct map_column *column = &map->columns[c];
        header[c] = column->to;
        mapping->place[c] = import_map_place(column, csv);
        if (mapping->place[c] < 0 && *missing == NULL)
            *missing = column->from != NULL ? column->from : arena_format(arena, "%u", column->position);
    }
    if (*missing != NULL)
        return FAIL(fail, STATUS_INPUT, "the map %s takes the column %s, which the file does not have", map->name,
                    *missing);
    *mapped = *csv;
    mapped->column_count = map->column_count;
    mapped->header = header;
    mapped->fields = NULL;
    mapped->make = make_row;
    mapped->make_context = mapping;
    mapped->cursor = &mapping->cursor;
    return STATUS_OK;
}

/* Data sets and how a case chooses from them. Numbers are read by strtod in the C locale: correctly rounded. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "conformance.h"

enum { FILE_MAX = 256 << 20 };

static const char *data_folder;
static struct arena *data_arena;

/* RFC 4180: fields in quotes may hold commas, quotes and line breaks. Cuts the text in place. */
static size_t cut(char *text, const char **fields, size_t room)
{
    size_t count = 0;
    char *read = text;
    while (*read != '\0') {
        char *write = read;
        const char *start = read;
        if (*read == '"') {
            read++;
            start = write = read;
            while (*read != '\0' && (*read != '"' || read[1] == '"')) {
                read += *read == '"';
                *write++ = *read++;
            }
            read += *read == '"';
        } else {
            while (*read != '\0' && *read != ',' && *read != '\n' && *read != '\r')
                read++;
            write = read;
        }
        char end = *read;
        if (end == '\r' && read[1] == '\n')
            read++;
        read += *read != '\0';
        *write = '\0';
        if (count < room)
            fields[count] = start;
        count++;
        if (end == ',' && *read == '\0' && count < room)
            fields[count++] = "";
    }
    return count;
}

const struct table *table_read(struct arena *arena, const char *folder, const char *dataset)
{
    char path[4096];
    struct buf bytes;
    struct fail fail = { 0 };
    data_folder = folder;
    data_arena = arena;
    buf_init(&bytes, FILE_MAX);
    snprintf(path, sizeof path, "%s/%s%s", folder, dataset, strstr(dataset, ".csv") == NULL ? ".csv" : "");
    struct table *table = NULL;
    if (buf_read_file(&bytes, path, &fail) == STATUS_OK && bytes.length > 0) {
        char *header = arena_copy(arena, bytes.bytes, bytes.length);
        char *body = header == NULL ? NULL : strchr(header, '\n');
        size_t room = 1;
        for (size_t i = 0; i < bytes.length; i++)
            room += bytes.bytes[i] == ',' || bytes.bytes[i] == '\n';
        table = ARENA_NEW(arena, struct table, 1);
        if (table != NULL && body != NULL) {
            *body++ = '\0';
            table->names = ARENA_NEW(arena, const char *, room);
            table->fields = ARENA_NEW(arena, const char *, room);
            table->columns = cut(header, table->names, room);
            table->rows = table->columns == 0 ? 0 : cut(body, table->fields, room) / table->columns;
        }
    } else {
        fprintf(stderr, "%s\n", fail.what);
    }
    buf_free(&bytes);
    return table;
}

const struct table *table_other(const char *dataset)
{
    return table_read(data_arena, data_folder, dataset);
}

size_t column_of(const struct problem *problem, const char *name)
{
    size_t column = position_of(problem->table->names, problem->table->columns, name);
    if (column == problem->table->columns) {
        fprintf(stderr, "%s: the data have no column %s\n", problem->id, name);
        exit(1);
    }
    return column;
}

const char *variable(const struct problem *problem, const char *key)
{
    return json_string_value(json_object_get(problem->variables, key));
}

/* Strings as they are, numbers as they would stand in a file. */
static const char **texts_of(const struct problem *problem, const json_t *list, size_t *count)
{
    *count = json_is_array(list) ? json_array_size(list) : 1;
    const char **texts = ARENA_NEW(problem->arena, const char *, *count + 1);
    for (size_t i = 0; i < *count && texts != NULL; i++) {
        const json_t *entry = json_is_array(list) ? json_array_get(list, i) : list;
        texts[i] = json_is_string(entry) ? json_string_value(entry)
                                         : arena_format(problem->arena, "%.15g", json_number_value(entry));
    }
    return texts;
}

const char **variable_list(const struct problem *problem, const char *key, size_t *count)
{
    const json_t *list = json_object_get(problem->variables, key);
    *count = 0;
    return list == NULL ? NULL : texts_of(problem, list, count);
}

const char **option_list(const struct problem *problem, const char *key, size_t *count)
{
    const json_t *list = json_object_get(problem->options, key);
    *count = 0;
    return list == NULL ? NULL : texts_of(problem, list, count);
}

double option_number(const struct problem *problem, const char *key, double fallback)
{
    const json_t *number = json_object_get(problem->options, key);
    return json_is_number(number) ? json_number_value(number) : fallback;
}

size_t position_of(const char *const list[], size_t count, const char *text)
{
    size_t i = 0;
    while (i < count && strcmp(list[i], text) != 0)
        i++;
    return i;
}

const char *text_at(const struct problem *problem, size_t row, size_t column)
{
    return problem->table->fields[row * problem->table->columns + column];
}

double number_at(const struct problem *problem, size_t row, size_t column)
{
    const char *text = text_at(problem, row, column);
    const json_t *reverse = json_object_get(problem->options, "reverse");
    char *end = NULL;
    double number = strtod(text, &end);
    if (*text == '\0' || *end != '\0')
        return (double)NAN;
    size_t count = 0;
    const char **items = reverse == NULL ? NULL : texts_of(problem, json_object_get(reverse, "items"), &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(items[i], problem->table->names[column]) == 0)
            return json_number_value(json_object_get(reverse, "min_plus_max")) - number;
    return number;
}

size_t *complete_rows(const struct problem *problem, const char *const names[], size_t name_count, size_t *count)
{
    size_t *rows = ARENA_NEW(problem->arena, size_t, problem->row_count + 1);
    size_t columns[256];
    *count = 0;
    for (size_t k = 0; k < name_count; k++)
        columns[k] = column_of(problem, names[k]);
    for (size_t i = 0; i < problem->row_count && rows != NULL; i++) {
        size_t k = 0;
        while (k < name_count && *text_at(problem, problem->rows[i], columns[k]) != '\0')
            k++;
        if (k == name_count)
            rows[(*count)++] = problem->rows[i];
    }
    return rows;
}

double *complete_values(const struct problem *problem, const char *const names[], size_t name_count, size_t *persons)
{
    size_t *rows = complete_rows(problem, names, name_count, persons);
    double *values = ARENA_NEW(problem->arena, double, *persons * name_count + 1);
    for (size_t k = 0; k < name_count && values != NULL; k++) {
        size_t column = column_of(problem, names[k]);
        for (size_t i = 0; i < *persons; i++)
            values[i * name_count + k] = number_at(problem, rows[i], column);
    }
    return values;
}

double *gapped_values(const struct problem *problem, const char *const names[], size_t name_count)
{
    double *values = ARENA_NEW(problem->arena, double, problem->row_count * name_count + 1);
    for (size_t k = 0; k < name_count && values != NULL; k++) {
        size_t column = column_of(problem, names[k]);
        for (size_t i = 0; i < problem->row_count; i++)
            values[i * name_count + k] = number_at(problem, problem->rows[i], column);
    }
    return values;
}

static bool numeric(const char *text, double *number)
{
    char *end = NULL;
    *number = strtod(text, &end);
    return *text != '\0' && *end == '\0';
}

static int by_level(const void *left, const void *right)
{
    const char *a = *(const char *const *)left;
    const char *b = *(const char *const *)right;
    double x = 0;
    double y = 0;
    if (numeric(a, &x) && numeric(b, &y))
        return (x > y) - (x < y);
    return strcmp(a, b);
}

const char **levels_of(const struct problem *problem, const char *name, const size_t rows[], size_t row_count,
                       size_t *count)
{
    size_t column = column_of(problem, name);
    const char **levels = ARENA_NEW(problem->arena, const char *, row_count + 1);
    size_t used = 0;
    for (size_t i = 0; i < row_count && levels != NULL; i++)
        levels[used++] = text_at(problem, rows[i], column);
    qsort(levels, used, sizeof *levels, by_level);
    *count = 0;
    for (size_t i = 0; i < used; i++)
        if (*levels[i] != '\0' && (*count == 0 || strcmp(levels[*count - 1], levels[i]) != 0))
            levels[(*count)++] = levels[i];
    return levels;
}

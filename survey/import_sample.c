/* What the reader made of a file, to look at before it is stored: its columns and first rows, anything about persons
 * masked. */
#include <string.h>
#include <strings.h>

#include "survey/import_private.h"
#include "survey/personal.h"

#define MASK "•••"

/* Columns of records that are about one person. */
static bool is_about_person(const char *name)
{
    static const char *const columns[] = { "pers_hash", "vertrag_nr", "geburtsjahr", "eintritt_jahr" };
    for (size_t i = 0; i < COUNT(columns); i++)
        if (strcasecmp(name, columns[i]) == 0)
            return true;
    return import_personal_column(name);
}

void import_sample(const struct csv *csv, struct import_report *report, struct arena *arena)
{
    struct import_sample *sample = &report->sample;
    size_t rows = csv->row_count < IMPORT_SAMPLE_ROWS ? csv->row_count : IMPORT_SAMPLE_ROWS;
    const char **cells = ARENA_NEW(arena, const char *, (rows + 1) * csv->column_count + 1);
    if (cells == NULL || csv->header == NULL)
        return;
    for (size_t column = 0; column < csv->column_count; column++) {
        bool masked = is_about_person(csv->header[column]);
        cells[column] = arena_string(arena, csv->header[column]);
        for (size_t row = 0; row < rows && !masked; row++)
            masked = personal_looks(csv_field(csv, row, column), PERSONAL_CODES);
        for (size_t row = 0; row < rows; row++)
            cells[(row + 1) * csv->column_count + column] =
                masked ? MASK : arena_string(arena, csv_field(csv, row, column));
    }
    for (size_t i = 0; i < (rows + 1) * csv->column_count; i++)
        if (cells[i] == NULL)
            return; /* only a look: the import itself says that memory is short */
    *sample = (struct import_sample){ .columns = csv->column_count, .rows = rows, .cells = cells };
}

const char *import_delimiter(char delimiter)
{
    switch (delimiter) {
    case ';': return N_("semicolons");
    case ',': return N_("commas");
    case '\t': return N_("tabs");
    default: return N_("cells of a sheet");
    }
}

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
    return false;
}

/* Of a file about persons only columns are shown that the kind knows; what stands in the others is not known. */
static bool is_masked(const struct csv *csv, size_t column, const struct import_file *file, const struct import_kind *kind)
{
    const bool persons = kind->importer != NULL && kind->importer->persons;
    const char *name = csv->header[column];
    if (import_personal_column(name) || is_about_person(name))
        return true;
    for (size_t i = 0; file->map != NULL && i < file->map->column_count; i++)
        if (import_map_takes(&file->map->columns[i], csv, column) && is_about_person(file->map->columns[i].to))
            return true;
    return persons && !import_known_column(csv, column, file, kind);
}

void import_sample(const struct csv *csv, const struct import_file *file, const struct import_kind *kind,
                   struct import_report *report, struct arena *arena)
{
    struct import_sample *sample = &report->sample;
    size_t rows = csv->row_count < IMPORT_SAMPLE_ROWS ? csv->row_count : IMPORT_SAMPLE_ROWS;
    const char **cells = ARENA_NEW(arena, const char *, (rows + 1) * csv->column_count + 1);
    if (cells == NULL || csv->header == NULL)
        return;
    for (size_t column = 0; column < csv->column_count; column++) {
        bool masked = is_masked(csv, column, file, kind);
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
    case ' ': return N_("fixed widths");
    default: return N_("cells of a sheet");
    }
}

/* Import of the workforce cube (schema.md 3.3): counts of heads by unit, band, contract, leadership, sex, age,
 * citizenship.
 * '*' is "all". Checks that deliveries that tell the same margin tell the same number (V12, import_margins.c).
 * Not responsible for single persons: there are none in a cube. */
#include <stdlib.h>
#include <string.h>

#include "survey/import_cube.h"
#include "survey/table.h"

enum {
    DAY,
    UNIT,
    BAND,
    EMPLOYMENT,
    LEADERSHIP,
    SEX,
    AGE,
    FIXED_TERM,
    PART_TIME,
    GERMAN,
    HEADS,
    FTE,
    SUPPRESSED,
    ROUNDED,
    COLUMN_COUNT
};
enum { HEADS_MAX = 1000000, SMALL_CELL = 5 };

static const struct wanted wanted[COLUMN_COUNT] = {
    [DAY] = { "stichtag", false, N_("day like 2025-06-30") },
    [UNIT] = { "org_id", false, N_("id of a unit; * for all") },
    [BAND] = { "band", false, "0, 1, 2, 3, 4, 9, *" },
    [EMPLOYMENT] = { "besch_art", false, "B, T, A, P, AT, W, *" },
    [LEADERSHIP] = { "fuehrung", false, "0, 1, 2, 3, *" },
    [SEX] = { "geschlecht", false, "w, m, d, x, *" },
    [AGE] = { "altersband", false, "1, 2, 3, 4, 5, 9, *" },
    [FIXED_TERM] = { "befristet", false, "0, 1, *" },
    [PART_TIME] = { "teilzeit", false, "0, 1, *" },
    [GERMAN] = { "deutsch", false, "0, 1, 9, *" },
    [HEADS] = { "koepfe", false, N_("whole number") },
    [FTE] = { "vzae", false, N_("number") },
    [SUPPRESSED] = { "sperre", true, "0, 1" },
    [ROUNDED] = { "rund5", true, "0, 1" },
};

/* Codes as in the file, and what each is in struct cube_row; the last one is "all". */
static uint8_t read_code(struct import *import, int column, const char *const codes[], const uint8_t values[])
{
    int at = import_code(import, column, codes);
    return at < 0 ? CUBE_ALL : values[at];
}

static void read_dimensions(struct import *import, struct cube_row *row)
{
    static const char *const employments[] = { "B", "T", "A", "P", "AT", "W", "*", NULL };
    static const char *const leaderships[] = { "0", "1", "2", "3", "*", NULL };
    static const uint8_t leadership_values[] = { 0, 1, 2, 3, CUBE_ALL };
    static const char *const flags[] = { "0", "1", "*", NULL };
    static const uint8_t flag_values[] = { 0, 1, CUBE_ALL };
    row->band = read_code(import, BAND, table_bands, table_band_values);
    int employment = import_code(import, EMPLOYMENT, employments);
    row->employment = employment < 0 ? '*' : "BTAPXW*"[employment];
    row->leadership = read_code(import, LEADERSHIP, leaderships, leadership_values);
    int sex = import_code(import, SEX, table_sexes);
    row->sex = sex < 0 ? '*' : "wmdx*"[sex];
    row->age = read_code(import, AGE, table_ages, table_age_values);
    row->fixed_term = read_code(import, FIXED_TERM, flags, flag_values);
    row->part_time = read_code(import, PART_TIME, flags, flag_values);
    row->german = read_code(import, GERMAN, table_germans, table_german_values);
}

static bool read_flag(struct import *import, int column)
{
    static const char *const flags[] = { "0", "1", "", NULL };
    return import->columns[column] >= 0 && import_code(import, column, flags) == 1;
}

static void read_counts(struct import *import, struct cube_row *row)
{
    row->suppressed = read_flag(import, SUPPRESSED);
    row->rounded = read_flag(import, ROUNDED);
    if (row->suppressed) {
        if (import_cell(import, HEADS)[0] != '\0')
            IMPORT_ERROR(import, "CODE", HEADS, N_("a cell with sperre=1 stays empty here"));
        return;
    }
    bool counted = import_whole(import, HEADS, HEADS_MAX, &row->heads);
    if (import_decimal(import, FTE, HEADS_MAX, &row->fte) && counted && row->fte > (double)row->heads + 0.005)
        IMPORT_NOTE(import, SEVERITY_WARNING, "V08", import->csv->lines[import->row],
                    N_("more full-time equivalents than heads; please check"));
}

/* Rows of one unit stand together in every export: look at the last one first. */
static int find_unit(const struct unit *units, size_t count, const char *id, int last)
{
    if (last >= 0 && strcmp(units[last].id, id) == 0)
        return last;
    for (size_t i = 0; i < count; i++)
        if (strcmp(units[i].id, id) == 0)
            return (int)i;
    return -1;
}

static void check_day(struct import *import, struct cube *cube)
{
    int day[3] = { cube->year, cube->month, cube->day };
    import_one_day(import, DAY, day);
    cube->year = day[0];
    cube->month = day[1];
    cube->day = day[2];
}

struct keyed {
    const struct cube_row *row;
    uint32_t line;
};

static int compare_keyed(const void *first, const void *second)
{
    const struct keyed *a = first;
    const struct keyed *b = second;
    int order = cube_row_compare(a->row, b->row);
    return order != 0 ? order : a->line < b->line ? -1 : a->line > b->line;
}

/* faulty rows are left out: what could not be read counts as "all" in them. */
static enum status check_duplicates(struct import *import, const struct cube *cube, const bool faulty[],
                                    struct fail *fail)
{
    struct keyed *keyed = ARENA_NEW(import->arena, struct keyed, cube->row_count + 1);
    size_t count = 0;
    if (keyed == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu rows", cube->row_count);
    for (size_t i = 0; i < cube->row_count; i++)
        if (!faulty[i])
            keyed[count++] = (struct keyed){ &cube->rows[i], import->csv->lines[i] };
    qsort(keyed, count, sizeof *keyed, compare_keyed);
    for (size_t i = 1; i < count; i++)
        if (cube_row_compare(keyed[i - 1].row, keyed[i].row) == 0)
            IMPORT_NOTE(import, SEVERITY_ERROR, "V19", keyed[i].line,
                        N_("this row says the same as line %u; every combination stands once"),
                        (unsigned)keyed[i - 1].line);
    return STATUS_OK;
}

static void check_small(struct import *import, const struct cube *cube)
{
    size_t small = 0;
    for (size_t i = 0; i < cube->row_count; i++)
        small += !cube->rows[i].suppressed && !cube->rows[i].rounded && cube->rows[i].heads > 0 &&
                 cube->rows[i].heads < SMALL_CELL;
    if (small > 0)
        IMPORT_NOTE(import, SEVERITY_WARNING, "V21", 0,
                    N_("%zu cells are below 5 and not rounded; ask the personnel office to round or merge them"),
                    small);
}

/* Reads all rows; faulty[row] when a dimension cannot be read. Returns how many are. A row whose counts alone are wrong
 * is unknown to the margins, like a suppressed cell. */
static size_t read_rows(struct import *import, const struct unit *units, size_t unit_count, struct cube *cube,
                        struct cube_row *rows, const char **ids, bool faulty[])
{
    int last = -1;
    size_t faults = 0;
    for (import->row = 0; import->row < import->csv->row_count && IMPORT_ROWS_GO(import); import->row++) {
        struct cube_row *row = &rows[import->row];
        const char *id = import_cell(import, UNIT);
        size_t errors = import->report->errors;
        row->unit = -1;
        if (strcmp(id, "*") != 0) {
            row->unit = last = find_unit(units, unit_count, id, last);
            if (row->unit < 0)
                IMPORT_ERROR(import, "V05", UNIT,
                             N_("there is no unit with this id; import the units first or correct it"));
        }
        ids[import->row] = id;
        check_day(import, cube);
        read_dimensions(import, row);
        faulty[import->row] = import->report->errors > errors;
        faults += faulty[import->row];
        errors = import->report->errors;
        read_counts(import, row);
        row->suppressed = row->suppressed || import->report->errors > errors;
    }
    cube->rows = rows;
    cube->row_count = import->csv->row_count;
    return faults;
}

/* The units of today, and behind them those that have ended: an earlier day of reference may still name them. */
static enum status list_units(struct import *import, const struct unit **units, size_t *count, struct unit_spans *spans,
                              struct fail *fail)
{
    const struct unit *today = NULL;
    size_t used = 0;
    enum status status = store_unit_list(import->store, import->arena, &today, &used, fail);
    if (status == STATUS_OK)
        status = store_span_list(import->store, import->arena, spans, fail);
    struct unit *all = status == STATUS_OK ? ARENA_NEW(import->arena, struct unit, used + spans->count + 1) : NULL;
    if (all == NULL)
        return status == STATUS_OK ? FAIL(fail, STATUS_MEMORY, "not enough memory for the list of units") : status;
    for (size_t i = 0; i < used; i++)
        all[i] = today[i];
    for (size_t i = 0; i < spans->count; i++)
        if (find_unit(all, used, spans->rows[i].id, -1) < 0)
            all[used++] = (struct unit){ .id = spans->rows[i].id, .name = "", .level = UNIT_TEAM, .parent = -1 };
    *units = all;
    *count = used;
    return STATUS_OK;
}

static enum status check_spans(struct import *import, const struct cube *cube, size_t unit_count,
                               const struct unit_spans *spans, struct fail *fail)
{
    int day = cube->year * 10000 + cube->month * 100 + cube->day;
    bool *valid = ARENA_NEW(import->arena, bool, unit_count + 1); /* once looked up */
    if (valid == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the list of units");
    for (import->row = 0; import->row < cube->row_count && day != 0 && spans->count > 0; import->row++) {
        int unit = cube->rows[import->row].unit;
        if (unit < 0 || valid[unit])
            continue;
        valid[unit] = unit_valid(spans, import_cell(import, UNIT), day);
        if (!valid[unit])
            IMPORT_ERROR(
                import, "V05", UNIT,
                N_("this unit is not valid on the day of reference; see gueltig_von and gueltig_bis of the units"));
    }
    return STATUS_OK;
}

static enum status import_workforce(struct store *store, struct arena *arena, const struct csv *csv,
                                  const struct import_file *file, struct import_report *report, struct fail *fail)
{
    const char *names[COLUMN_COUNT];
    struct import import = { .store = store, .arena = arena, .csv = csv, .report = report,
                             .language = file->language, .steps = file->steps };
    struct cube cube = { 0 };
    const struct unit *units = NULL;
    struct unit_spans spans;
    size_t unit_count = 0;
    if (!import_columns(&import, wanted, names, COLUMN_COUNT))
        return STATUS_OK; /* the findings say it */
    enum status status = list_units(&import, &units, &unit_count, &spans, fail);
    if (status != STATUS_OK)
        return status;
    struct cube_row *rows = ARENA_NEW(arena, struct cube_row, csv->row_count + 1);
    const char **ids = ARENA_NEW(arena, const char *, csv->row_count + 1);
    bool *faulty = ARENA_NEW(arena, bool, csv->row_count + 1);
    if (rows == NULL || ids == NULL || faulty == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu rows", csv->row_count);
    size_t faults = read_rows(&import, units, unit_count, &cube, rows, ids, faulty);
    if (report->stopped)
        return STATUS_OK; /* import.c says it */
    status = check_spans(&import, &cube, unit_count, &spans, fail);
    if (status == STATUS_OK)
        status = check_duplicates(&import, &cube, faulty, fail);
    if (status == STATUS_OK && faults == 0)
        status = import_check_margins(&import, &cube, units, unit_count, fail);
    check_small(&import, &cube);
    import_check_unknown(&import, &cube);
    if (status == STATUS_OK && report->errors == 0)
        status = import_check_change(&import, &cube, units, unit_count, fail);
    if (status != STATUS_OK || report->errors > 0 || file->dry_run)
        return status;
    return store_cube(store, &cube, ids, fail);
}

extern const struct importer importer_workforce;
const struct importer importer_workforce = { .kind = "workforce",
                                             .file = "workforce_cube",
                                             .title = N_("Workforce"),
                                             .columns = wanted,
                                             .column_count = COLUMN_COUNT,
                                             .run = import_workforce };

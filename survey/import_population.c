/* Import of reference figures about the population (schema.md 3.8). Every row carries the definition it was counted
 * under (V-REF); age bands of one source are without gaps and overlaps (V16). Not responsible for choosing a reference.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/recode.h"
#include "survey/import_private.h"

enum {
    AGS,
    PLACE,
    DAY,
    DEFINITION,
    SOURCE,
    AGE_LOW,
    AGE_HIGH,
    SEX,
    EDUCATION,
    TOTAL,
    GROUP,
    ERROR_SHARE,
    SCOPE,
    UNIT,
    COLUMN_COUNT
};
enum { AGE_MAX = 120, EDUCATION_MAX = 100, UNUSED_DEFINITION = -1 };

static const struct wanted wanted[COLUMN_COUNT] = {
    [AGS] = { "ags", false, N_("8 digits") },
    [PLACE] = { "gebiet_name", false, N_("text") },
    [DAY] = { "stichtag", false, N_("day like 2025-06-30") },
    [DEFINITION] = { "definition", false,
                     "STAATSANG, ZENSUS_EINGEWANDERT, ZENSUS_EG_U19, MELDEREGISTER, MH_DESTATIS, EG_DESTATIS, "
                     "EG_EINSEITIG, TINTG_2012, TINTG_2021" },
    [SOURCE] = { "quelle", false, N_("source, for example ZENSUS2022 or MELDEREGISTER") },
    [AGE_LOW] = { "alter_von", false, N_("whole number; * for all") },
    [AGE_HIGH] = { "alter_bis", false, N_("whole number; * for all") },
    [SEX] = { "geschlecht", true, "w, m, *" },
    [EDUCATION] = { "bildung", true, N_("text; * for all") },
    [TOTAL] = { "anzahl_gesamt", false, N_("number") },
    [GROUP] = { "anzahl_gruppe", false, N_("number") },
    [ERROR_SHARE] = { "stdfehler_rel", true, N_("standard error divided by the value; empty for a full count") },
    [SCOPE] = { "bezug", false, "WOHNBEV, ERWERBSFAEHIG_15_64, ERWERBSPERSONEN, EINPENDELREGION" },
    [UNIT] = { "einheit", true, "1, 1000" },
};

static void check_ags(struct import *import)
{
    const char *ags = import_cell(import, AGS);
    size_t digits = strspn(ags, "0123456789");
    if (digits == 7 && ags[digits] == '\0')
        import_finding(import->report, import->arena, import->language, SEVERITY_WARNING, "V18",
                       import->csv->lines[import->row], import->names[AGS],
                       N_("an AGS has 8 digits; the leading zero was lost (spreadsheets drop it) and is put back"));
    else if (digits != 8 || ags[digits] != '\0')
        IMPORT_ERROR(import, "V18", AGS, N_("an AGS has 8 digits, like 05916000"));
}

/* The definition, or UNUSED_DEFINITION for one that is known but not computed from the questionnaire. */
static int read_definition(struct import *import)
{
    const char *text = import_cell(import, DEFINITION);
    for (int i = 0; i < DEFINITION_COUNT; i++)
        if (strcmp(text, definition_code((enum definition)i)) == 0)
            return i;
    if (strcmp(text, "ZENSUS_EG_U19") == 0) {
        IMPORT_NOTE(import, SEVERITY_INFO, "V17", import->csv->lines[import->row],
                    N_("ZENSUS_EG_U19 counts descendants under 19 only, so that no figure of the staff compares with it; the row "
                       "is not used. Compare adults under ZENSUS_EINGEWANDERT"));
        return UNUSED_DEFINITION;
    }
    IMPORT_ERROR(import, "V17", DEFINITION,
                 N_("name the definition the figure was counted under: STAATSANG, ZENSUS_EINGEWANDERT, MELDEREGISTER, "
                    "MH_DESTATIS, EG_DESTATIS, EG_EINSEITIG, TINTG_2012 or TINTG_2021"));
    return UNUSED_DEFINITION;
}

static int read_age(struct import *import, int column)
{
    uint32_t age = 0;
    if (strcmp(import_cell(import, column), "*") == 0)
        return -1;
    return import_whole(import, column, AGE_MAX, &age) ? (int)age : -1;
}

static bool is_all(const char *text)
{
    return text[0] == '\0' || strcmp(text, "*") == 0;
}

static void read_numbers(struct import *import, struct reference *row)
{
    static const double highest = 100e6;
    bool total = import_decimal(import, TOTAL, highest, &row->total);
    bool group = import_decimal(import, GROUP, highest, &row->group);
    if (total && group && row->group > row->total)
        IMPORT_ERROR(import, "V16", GROUP, N_("the group is larger than the total it is part of"));
    if (!is_all(import_cell(import, UNIT)) && strcmp(import_cell(import, UNIT), "1") != 0 &&
        strcmp(import_cell(import, UNIT), "1000") != 0)
        IMPORT_ERROR(import, "CODE", UNIT, N_("one of these codes belongs here: %s"), "1, 1000");
    if (strcmp(import_cell(import, UNIT), "1000") == 0) {
        row->total *= 1000;
        row->group *= 1000;
    }
    if (import_cell(import, ERROR_SHARE)[0] != '\0')
        (void)import_decimal(import, ERROR_SHARE, 1, &row->relative_error);
}

/* false: the row is not used (its findings say why). */
static bool read_row(struct import *import, struct reference *row)
{
    static const char *const scopes[] = { "WOHNBEV", "ERWERBSFAEHIG_15_64", "ERWERBSPERSONEN", "EINPENDELREGION",
                                          NULL };
    static const char *const sexes[] = { "*", "w", "m", NULL };
    int day[3] = { 0 };
    size_t errors = import->report->errors;
    check_ags(import);
    row->place = import_cell(import, PLACE);
    row->source = import_cell(import, SOURCE);
    if (row->place[0] == '\0')
        IMPORT_ERROR(import, "CODE", PLACE, N_("name the place"));
    if (row->source[0] == '\0')
        IMPORT_ERROR(import, "CODE", SOURCE, N_("name the source, for example ZENSUS2022 or MELDEREGISTER"));
    if (import_date(import, DAY, day)) {
        row->year = day[0];
        row->month = day[1];
        row->day = day[2];
    }
    int scope = import_code(import, SCOPE, scopes);
    row->scope = scope < 0 ? "" : scopes[scope];
    row->age_low = read_age(import, AGE_LOW);
    row->age_high = read_age(import, AGE_HIGH);
    if (row->age_low >= 0 && row->age_high >= 0 && row->age_low > row->age_high)
        IMPORT_ERROR(import, "V16", AGE_HIGH, N_("the band ends before it begins"));
    read_numbers(import, row);
    int definition = read_definition(import);
    row->definition = definition < 0 ? DEFINITION_STAATSANG : (enum definition)definition;
    int sex = is_all(import_cell(import, SEX)) ? 0 : import_code(import, SEX, sexes);
    row->sex = sexes[sex < 0 ? 0 : sex][0];
    row->education = is_all(import_cell(import, EDUCATION)) ? "*" : import_cell(import, EDUCATION);
    if (strlen(row->education) > EDUCATION_MAX)
        IMPORT_ERROR(import, "CODE", EDUCATION, N_("this text is longer than %d bytes"), (int)EDUCATION_MAX);
    return definition >= 0 && import->report->errors == errors;
}

struct placed {
    const struct reference *row;
    uint32_t line;
};

static int compare_series(const struct reference *a, const struct reference *b)
{
    const char *const left[] = { a->place, a->source, a->scope, a->education };
    const char *const right[] = { b->place, b->source, b->scope, b->education };
    const int numbers[] = { (int)a->definition - (int)b->definition, a->year - b->year, a->month - b->month,
                            a->day - b->day, a->sex - b->sex };
    for (size_t i = 0; i < COUNT(numbers); i++)
        if (numbers[i] != 0)
            return numbers[i];
    for (size_t i = 0; i < COUNT(left); i++)
        if (strcmp(left[i], right[i]) != 0)
            return strcmp(left[i], right[i]);
    return 0;
}

static int compare_placed(const void *first, const void *second)
{
    const struct placed *a = first;
    const struct placed *b = second;
    int order = compare_series(a->row, b->row);
    if (order == 0)
        order = a->row->age_low - b->row->age_low;
    return order != 0 ? order : a->row->age_high - b->row->age_high;
}

/* Bands of one series follow one another; the row for all ages stands apart (age_low -1 sorts first). */
static void check_bands(struct import *import, struct placed *placed, size_t count)
{
    if (count > 0)
        qsort(placed, count, sizeof *placed, compare_placed);
    for (size_t i = 1; i < count; i++) {
        const struct reference *before = placed[i - 1].row;
        const struct reference *row = placed[i].row;
        if (compare_series(before, row) != 0)
            continue;
        if (before->age_low == row->age_low && before->age_high == row->age_high)
            IMPORT_NOTE(import, SEVERITY_ERROR, "V19", placed[i].line,
                        N_("this row says the same as line %u; every combination stands once"),
                        (unsigned)placed[i - 1].line);
        else if (before->age_low >= 0 && (before->age_high < 0 || row->age_low != before->age_high + 1))
            IMPORT_NOTE(import, SEVERITY_ERROR, "V16", placed[i].line,
                        N_("the age bands overlap or leave a gap between line %u and this one"),
                        (unsigned)placed[i - 1].line);
    }
}

static enum status import_population(struct store *store, struct arena *arena, const struct csv *csv,
                                  const struct import_file *file, struct import_report *report, struct fail *fail)
{
    const char *names[COLUMN_COUNT];
    struct import import = { .store = store, .arena = arena, .csv = csv, .report = report,
                             .language = file->language, .steps = file->steps };
    if (!import_columns(&import, wanted, names, COLUMN_COUNT))
        return STATUS_OK; /* the findings say it */
    struct reference *rows = ARENA_NEW(arena, struct reference, csv->row_count + 1);
    struct placed *placed = ARENA_NEW(arena, struct placed, csv->row_count + 1);
    if (rows == NULL || placed == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu rows", csv->row_count);
    size_t count = 0;
    for (import.row = 0; import.row < csv->row_count; import.row++) {
        rows[count] = (struct reference){ 0 };
        if (!read_row(&import, &rows[count]))
            continue;
        placed[count] = (struct placed){ &rows[count], csv->lines[import.row] };
        count++;
    }
    check_bands(&import, placed, count);
    if (report->errors > 0 || file->dry_run)
        return STATUS_OK;
    return store_references(store, rows, count, fail);
}

extern const struct importer importer_population;
const struct importer importer_population = { .kind = "population",
                                              .file = "bevoelkerung_referenz",
                                              .title = N_("Population figures to compare with"),
                                              .columns = wanted,
                                              .column_count = COLUMN_COUNT,
                                              .run = import_population };

/* Import of personnel records without names (schema.md 3.2, modes B and C): one row a contract, checked, counted into
 * the workforce cube, wiped. No record is stored, and no finding repeats a value. Not responsible for counting
 * (import_records_cube.c), sorting and looking up (import_records_sort.c, import_records_find.c). */
#include "survey/import_records.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "survey/import_cube.h"

enum {
    DAY,
    PERSON,
    CONTRACT,
    UNIT,
    EMPLOYMENT,
    GRADE,
    LEADERSHIP,
    FTE,
    FIXED_TERM,
    STATE,
    ENTRY,
    BIRTH,
    SEX,
    GERMAN,
    CONTACT,
    CAREER,
    COLUMN_COUNT
};
enum { CONTRACT_MAX = 1000, FTE_MAX = 2, HASH_DIGITS_MIN = 32, HASH_DIGITS_MAX = 64, PATTERN_MAX = 20, GRADE_TEXT = 24 };

static const struct wanted wanted[COLUMN_COUNT] = {
    [DAY] = { "stichtag", false, N_("day like 2025-06-30") },
    [PERSON] = { "pers_hash", false,
                 N_("keyed hash made by the personnel office, 32 to 64 hex digits; no number of a person") },
    [CONTRACT] = { "vertrag_nr", false, N_("whole number") },
    [UNIT] = { "org_id", false, N_("id of a unit") },
    [EMPLOYMENT] = { "besch_art", false, "B, T, A, P, AT, W" },
    [GRADE] = { "einstufung_roh", false, N_("pay grade like E 9b, S 8b, A 13") },
    [LEADERSHIP] = { "fuehrung", false, "0, 1, 2, 3" },
    [FTE] = { "vzae", false, N_("share of full time, 0 to 1") },
    [FIXED_TERM] = { "befristet", false, "0, 1" },
    [STATE] = { "status", false, "aktiv, elternzeit, beurlaubt, atz_frei, mutterschutz" },
    [ENTRY] = { "eintritt_jahr", false, N_("year like 2025") },
    [BIRTH] = { "geburtsjahr", false, N_("year like 1985") },
    [SEX] = { "geschlecht", false, "w, m, d, x" },
    [GERMAN] = { "deutsch", false, "0, 1, 9" },
    [CONTACT] = { "publikum", true, "0, 1" },
    [CAREER] = { "laufbahn", true, "1.1, 1.2, 2.1, 2.2" },
};

/* Grades that were not understood, by their shape: letters as a, digits as 9. The text itself could be anything. */
struct shape {
    char text[GRADE_TEXT];
    uint32_t line; /* of the first one */
    uint32_t count;
};

struct records {
    struct import import;
    const struct unit *units;
    size_t unit_count;
    struct finder *finder;
    const char *day_text; /* of the first row with a day: the same on every row */
    int day[3];
    struct contract *contracts;
    size_t count;
    struct shape shapes[PATTERN_MAX];
    size_t shape_count, unparsed, open;
};

static void read_day(struct records *records)
{
    const char *text = import_cell(&records->import, DAY);
    if (records->day_text != NULL && strcmp(text, records->day_text) == 0)
        return; /* read already, a million times */
    import_one_day(&records->import, DAY, records->day);
    if (records->day_text == NULL && records->day[0] != 0)
        records->day_text = text;
}

/* 32 to 64 hex digits; the first 32 as two numbers. */
static bool read_hash(const char *text, uint64_t hash[2])
{
    size_t length = 0;
    for (; text[length] != '\0' && length <= HASH_DIGITS_MAX; length++) {
        const char c = text[length];
        const unsigned letter = (unsigned)(c | 0x20) - 'a';
        const unsigned digit = (unsigned)c - '0';
        if (digit > 9 && letter > 5)
            return false;
        if (length < HASH_DIGITS_MIN)
            hash[length / 16] = hash[length / 16] << 4 | (digit > 9 ? letter + 10 : digit);
    }
    return length >= HASH_DIGITS_MIN && length <= HASH_DIGITS_MAX;
}

static void read_person(struct records *records, struct contract *contract)
{
    struct import *import = &records->import;
    if (!read_hash(import_cell(import, PERSON), contract->person))
        IMPORT_ERROR(import, "V03", PERSON,
                     N_("a keyed hash of 32 to 64 hex digits belongs here, made by the personnel office; names and "
                        "numbers of persons have no place in the file"));
    if (import_whole(import, CONTRACT, CONTRACT_MAX, &contract->number) && contract->number == 0)
        IMPORT_ERROR(import, "CODE", CONTRACT, N_("contracts are numbered from 1"));
}

static void note_shape(struct records *records, const char *text)
{
    struct shape shape = { .line = records->import.csv->lines[records->import.row], .count = 1 };
    size_t length = 0;
    for (; *text != '\0' && length + 1 < sizeof shape.text; text++) {
        unsigned char byte = (unsigned char)*text;
        bool digit = byte >= '0' && byte <= '9';
        bool letter = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte >= 0xC0;
        if (byte < 0x80 || byte >= 0xC0)
            shape.text[length++] = digit ? '9' : letter ? 'a' : byte < 0x20 ? ' ' : (char)byte;
    }
    for (size_t i = 0; i < records->shape_count; i++)
        if (strcmp(records->shapes[i].text, shape.text) == 0) {
            records->shapes[i].count++;
            return;
        }
    if (records->shape_count < PATTERN_MAX)
        records->shapes[records->shape_count++] = shape;
}

static void read_grade(struct records *records, struct contract *contract)
{
    static const uint8_t without_grade[] = { 9, 9, 0, 0, 4, 4 }; /* B T A P AT W */
    const char *text = import_cell(&records->import, GRADE);
    const struct grade grade = finder_grade(records->finder, text, import_cell(&records->import, CAREER));
    contract->band = grade.band;
    records->open += grade.open;
    if (contract->employment == 2 || contract->employment == 3) /* whatever they are paid, they learn */
        contract->band = BAND_JUNIOR;
    else if (grade.family == 0 && text[0] == '\0')
        contract->band = without_grade[contract->employment];
    if (contract->band != BAND_UNKNOWN)
        return;
    records->unparsed++;
    note_shape(records, text);
}

static void read_job(struct records *records, struct contract *contract)
{
    static const char *const employments[] = { "B", "T", "A", "P", "AT", "W", NULL };
    static const char *const leaderships[] = { "0", "1", "2", "3", NULL };
    static const char *const flags[] = { "0", "1", NULL };
    static const char *const states[] = { "aktiv", "elternzeit", "beurlaubt", "atz_frei", "mutterschutz", NULL };
    struct import *import = &records->import;
    contract->unit = finder_unit(records->finder, import_cell(import, UNIT));
    if (contract->unit < 0)
        IMPORT_ERROR(import, "V05", UNIT, N_("there is no unit with this id; import the units first or correct it"));
    int employment = import_code(import, EMPLOYMENT, employments);
    int leadership = import_code(import, LEADERSHIP, leaderships);
    int fixed = import_code(import, FIXED_TERM, flags);
    (void)import_code(import, STATE, states);
    if (import->columns[CONTACT] >= 0)
        (void)import_code(import, CONTACT, flags);
    contract->employment = employment < 0 ? 0 : (uint8_t)employment;
    contract->leadership = leadership < 0 ? 0 : (uint8_t)leadership;
    contract->fixed_term = fixed == 1;
    if (import_decimal(import, FTE, FTE_MAX, &contract->fte) && contract->fte > 1)
        IMPORT_NOTE(import, SEVERITY_WARNING, "V08", contract->line,
                    N_("more than full time in one contract; the share of full time belongs here, not hours"));
    if (employment >= 0)
        read_grade(records, contract);
}

static void read_self(struct records *records, struct contract *contract)
{
    static const char *const sexes[] = { "w", "m", "d", "x", NULL };
    static const char *const germans[] = { "0", "1", "9", NULL };
    static const uint8_t german_values[] = { 0, 1, 9 };
    struct import *import = &records->import;
    uint32_t birth = 0;
    uint32_t entry = 0;
    int sex = import_code(import, SEX, sexes);
    int german = import_code(import, GERMAN, germans);
    bool known = import_whole(import, BIRTH, 2999, &birth);
    int age = records->day[0] - (int)birth;
    contract->sex = sex < 0 ? 0 : (uint8_t)sex;
    contract->german = german < 0 ? 9 : german_values[german];
    contract->age = (uint8_t)(age < 30 ? 1 : age < 40 ? 2 : age < 50 ? 3 : age < 60 ? 4 : 5);
    if (records->day_text == NULL)
        return; /* the day of reference is wrong already */
    if (known && (age < 14 || age > 75))
        IMPORT_ERROR(import, "V09", BIRTH,
                     N_("this year gives an age below 14 or above 75; correct it, or leave the contract out"));
    if (!import_whole(import, ENTRY, 2999, &entry))
        return;
    if (entry < 1950 || (int)entry > records->day[0])
        IMPORT_ERROR(import, "V09", ENTRY, N_("a year from 1950 to the day of reference belongs here"));
    else if (known && entry < birth + 14)
        IMPORT_NOTE(import, SEVERITY_WARNING, "V09", contract->line,
                    N_("entered before the age of 14; please check both years"));
}

static void read_rows(struct records *records)
{
    struct import *import = &records->import;
    for (import->row = 0; import->row < import->csv->row_count && IMPORT_ROWS_GO(import); import->row++) {
        struct contract *contract = &records->contracts[records->count++];
        contract->line = import->csv->lines[import->row];
        read_day(records);
        read_person(records, contract);
        read_job(records, contract);
        read_self(records, contract);
    }
}

static void check_pair(struct records *records, const struct contract *main, const struct contract *other,
                       size_t before)
{
    struct import *import = &records->import;
    for (size_t i = 0; i < before; i++)
        if (main[i].number == other->number) {
            IMPORT_NOTE(import, SEVERITY_ERROR, "V19", other->line,
                        N_("the same person and number of contract as in line %u; every contract stands once"),
                        (unsigned)main[i].line);
            return;
        }
    if (main->sex != other->sex || main->german != other->german || main->age != other->age)
        IMPORT_NOTE(import, SEVERITY_ERROR, "V19", other->line,
                    N_("sex, citizenship or age differ from line %u, which is about the same person; correct one of "
                       "them"),
                    (unsigned)main->line);
}

/* One person's contracts together: V08, V19. */
static void check_persons(struct records *records)
{
    const struct contract *all = records->contracts;
    for (size_t i = 0; i < records->count;) {
        const struct contract *main = &all[i];
        double fte = main->fte;
        size_t k = 1;
        for (; i + k < records->count && same_person(&main[k], main); k++) {
            fte += main[k].fte;
            if (k < 16) /* nobody has more; a file of one hash would take forever */
                check_pair(records, main, &main[k], k);
            else if (k == 16)
                IMPORT_NOTE(&records->import, SEVERITY_ERROR, "V19", main[k].line,
                            N_("more than 16 contracts of one person; the hash must differ from person to person"));
        }
        if (fte > 1.2 && k > 1)
            IMPORT_NOTE(&records->import, SEVERITY_WARNING, "V08", main->line,
                        N_("the contracts of this person add up to more than 1.2 of full time; please check"));
        i += k;
    }
}

static void check_grades(struct records *records)
{
    struct import *import = &records->import;
    for (size_t i = 0; i < records->shape_count; i++)
        IMPORT_NOTE(import, SEVERITY_WARNING, "V07", records->shapes[i].line,
                    N_("pay grade not understood, %u rows look like this one (a letter is a, a digit 9): “%s”; correct "
                       "it in the "
                       "export"),
                    (unsigned)records->shapes[i].count, records->shapes[i].text);
    if (records->unparsed * 50 > records->count)
        IMPORT_NOTE(import, SEVERITY_ERROR, "V07", 0,
                    N_("%zu of %zu pay grades are not understood; more than 2 in 100 are too many"), records->unparsed,
                    records->count);
    if (records->open > 0)
        IMPORT_NOTE(import, SEVERITY_INFO, "V07", 0,
                    N_("%zu rows with A 9, A 13 or E 9 have no career (column laufbahn); they count in the higher of "
                       "their two bands"),
                    records->open);
}

static enum status count_records(struct records *records, bool dry_run, struct fail *fail)
{
    struct import *import = &records->import;
    struct cube cube = { .year = records->day[0], .month = records->day[1], .day = records->day[2] };
    const char *const *ids = NULL;
    size_t broken = import->report->errors;
    check_grades(records);
    if (broken > 0)
        return STATUS_OK; /* people with half-read rows cannot be told apart */
    records_sort(records->contracts, records->count);
    check_persons(records);
    enum status status = records_cube(import->arena, records->contracts, records->count, records->units,
                                      records->unit_count, &cube, &ids, fail);
    if (status == STATUS_OK) {
        import_check_unknown(import, &cube);
        status = import_check_change(import, &cube, records->units, records->unit_count, fail);
    }
    if (status != STATUS_OK || import->report->errors > 0 || dry_run)
        return status;
    return store_cube(import->store, &cube, ids, fail);
}

static enum status import_records(struct store *store, struct arena *arena, const struct csv *csv,
                                  const struct import_file *file, struct import_report *report, struct fail *fail)
{
    const char *names[COLUMN_COUNT];
    struct records records = {
        .import = { .store = store, .arena = arena, .csv = csv, .report = report, .language = file->language, .steps = file->steps }
    };
    if (!import_columns(&records.import, wanted, names, COLUMN_COUNT))
        return STATUS_OK; /* the findings say it */
    enum status status = store_unit_list(store, arena, &records.units, &records.unit_count, fail);
    if (status != STATUS_OK)
        return status;
    records.finder = finder_create(arena, records.units, records.unit_count);
    records.contracts = ARENA_NEW(arena, struct contract, csv->row_count + 1);
    if (records.finder == NULL || records.contracts == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu rows", csv->row_count);
    read_rows(&records);
    if (!report->stopped)
        status = count_records(&records, file->dry_run, fail);
    sodium_memzero(records.contracts, (csv->row_count + 1) * sizeof *records.contracts);
    finder_wipe(records.finder);
    return status;
}

extern const struct importer importer_records;
const struct importer importer_records = { .kind = "records",
                                           .file = "workforce_record",
                                           .title = N_("Personnel records without names (only counted, never stored)"),
                                           .columns = wanted,
                                           .column_count = COLUMN_COUNT,
                                           .persons = true,
                                           .run = import_records };

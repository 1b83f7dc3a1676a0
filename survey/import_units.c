/* Import of the city's units (schema.md 3.1): a tree with one root whose levels descend (V06), ids once (V19).
 * Not responsible for the file's shape (csv.c) or for storing figures about units (import_workforce.c). */
#include <string.h>

#include "survey/import_private.h"

enum { ORG_ID, NAME, LEVEL, PARENT, CONTACT, REPORTED, FROM, UNTIL, SUCCESSOR, COLUMN_COUNT };
enum { ORG_ID_MAX = 20, NAME_MAX_BYTES = 200 };

static const struct wanted wanted[COLUMN_COUNT] = {
    [ORG_ID] = { "org_id", false, N_("id of the unit, the same every year") },
    [NAME] = { "bezeichnung", false, N_("text") },
    [LEVEL] = { "ebene", false, "STADT, DEZ, FB, ABT, TEAM, EB" },
    [PARENT] = { "ober_id", false, N_("id of the unit above; empty for the city") },
    [CONTACT] = { "publikum", false, "0, 1" },
    [REPORTED] = { "im_bericht", false, "0, 1" },
    [FROM] = { "gueltig_von", true, N_("day like 2025-06-30") },
    [UNTIL] = { "gueltig_bis", true, N_("day like 2025-06-30") },
    [SUCCESSOR] = { "nachfolger_id", true, N_("id of the unit that follows when this one ends") },
};

struct unit_rows {
    struct unit *units;
    const char **parents;
    size_t count;
};

static void read_row(struct import *import, struct unit *unit, const char **parent)
{
    static const char *const levels[] = { "STADT", "DEZ", "FB", "ABT", "TEAM", "EB", NULL };
    static const char *const yes_no[] = { "0", "1", NULL };
    int date[3];
    unit->id = import_cell(import, ORG_ID);
    unit->name = import_cell(import, NAME);
    *parent = import_cell(import, PARENT);
    size_t length = strlen(unit->id);
    if (length == 0 || length > ORG_ID_MAX || strspn(unit->id, FORM_CODE_CHARACTERS) != length)
        IMPORT_ERROR(import, "CODE", ORG_ID, N_("an id has 1 to %d letters, digits, dots, dashes or underscores"),
                     (int)ORG_ID_MAX);
    if (unit->name[0] == '\0' || strlen(unit->name) > NAME_MAX_BYTES)
        IMPORT_ERROR(import, "CODE", NAME, N_("every unit needs a name of at most %d bytes"), (int)NAME_MAX_BYTES);
    int level = import_code(import, LEVEL, levels);
    unit->level = level < 0 ? UNIT_TEAM : (enum unit_level)level;
    unit->contact = import_code(import, CONTACT, yes_no) == 1;
    unit->reported = import_code(import, REPORTED, yes_no) == 1;
    if (import_cell(import, FROM)[0] != '\0')
        (void)import_date(import, FROM, date);
    if (import_cell(import, UNTIL)[0] != '\0')
        (void)import_date(import, UNTIL, date);
}

static int find(const struct unit_rows *rows, const char *id, size_t before)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(rows->units[i].id, id) == 0)
            return (int)i;
    return -1;
}

/* Levels that descend from parent to child make a cycle impossible. */
static void check_tree(struct import *import, struct unit_rows *rows)
{
    size_t roots = 0;
    for (size_t i = 0; i < rows->count; i++) {
        import->row = i;
        if (rows->units[i].id[0] != '\0' && find(rows, rows->units[i].id, i) >= 0)
            IMPORT_ERROR(import, "V19", ORG_ID, N_("this id stands in an earlier row already; every unit has one row"));
        if (rows->parents[i][0] == '\0') {
            roots++;
            if (roots > 1)
                IMPORT_ERROR(import, "V06", PARENT, N_("only one unit, the city, may have no unit above it"));
            else if (rows->units[i].level != UNIT_CITY)
                IMPORT_ERROR(import, "V06", LEVEL, N_("the unit without a unit above it is the city: STADT"));
            continue;
        }
        int above = find(rows, rows->parents[i], rows->count);
        rows->units[i].parent = above;
        if (above < 0)
            IMPORT_ERROR(import, "V06", PARENT, N_("the file has no unit with this id; add it or correct the id"));
        else if (rows->units[above].level >= rows->units[i].level || rows->units[above].level == UNIT_ENTERPRISE)
            IMPORT_ERROR(import, "V06", LEVEL,
                         N_("a unit stands below a higher level: STADT, DEZ, FB, ABT, TEAM; EB below STADT or DEZ"));
    }
    if (roots == 0 && rows->count > 0)
        IMPORT_NOTE(import, SEVERITY_ERROR, "V06", 0, N_("no unit is the city: one row needs an empty ober_id"));
}

static enum status import_units(struct store *store, struct arena *arena, const struct csv *csv,
                                struct import_report *report, bool dry_run, const struct language *language,
                                struct fail *fail)
{
    enum { UNIT_MAX = 5000 };
    const char *names[COLUMN_COUNT];
    struct import import = { .store = store, .arena = arena, .csv = csv, .report = report, .language = language };
    struct unit_rows rows = { .count = csv->row_count };
    if (!import_columns(&import, wanted, names, COLUMN_COUNT))
        return STATUS_OK; /* the findings say it */
    if (rows.count > UNIT_MAX)
        return FAIL(fail, STATUS_LIMIT, "a city has at most %d units here", (int)UNIT_MAX);
    rows.units = ARENA_NEW(arena, struct unit, rows.count + 1);
    rows.parents = ARENA_NEW(arena, const char *, rows.count + 1);
    if (rows.units == NULL || rows.parents == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu rows", rows.count);
    for (import.row = 0; import.row < rows.count; import.row++) {
        rows.units[import.row].parent = -1;
        read_row(&import, &rows.units[import.row], &rows.parents[import.row]);
    }
    check_tree(&import, &rows);
    if (report->errors > 0 || dry_run)
        return STATUS_OK;
    return store_units(store, rows.units, rows.parents, rows.count, fail);
}

extern const struct importer importer_units;
const struct importer importer_units = { .kind = "units",
                                         .file = "org_einheit",
                                         .title = N_("Units of the administration"),
                                         .columns = wanted,
                                         .column_count = COLUMN_COUNT,
                                         .run = import_units };

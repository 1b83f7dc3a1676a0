/* Import of the city's units (schema.md 3.1): on the day of the import a tree with one root whose levels descend (V06),
 * ids once (V19) or at different times. Units that have ended name the one that follows. Not responsible for the file's
 * shape (csv.c) or for storing figures about units (import_workforce.c). */
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
    struct unit *units; /* those of today */
    const char **parents;
    size_t *at; /* row in the file of each */
    size_t count;
    struct unit_span *spans; /* of every row of the file */
    size_t span_count;
};

static int read_day(struct import *import, int column, int none)
{
    int date[3];
    if (import_cell(import, column)[0] == '\0' || !import_date(import, column, date))
        return none;
    return date[0] * 10000 + date[1] * 100 + date[2];
}

static void read_row(struct import *import, struct unit *unit, const char **parent, struct unit_span *span)
{
    static const char *const levels[] = { "STADT", "DEZ", "FB", "ABT", "TEAM", "EB", NULL };
    static const char *const yes_no[] = { "0", "1", NULL };
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
    *span = (struct unit_span){ .id = unit->id,
                                .next = import_cell(import, SUCCESSOR),
                                .from = read_day(import, FROM, 0),
                                .until = read_day(import, UNTIL, SPAN_OPEN) };
    if (span->until < span->from)
        IMPORT_ERROR(import, "V06", UNTIL, N_("the unit ends before it begins"));
}

static int find(const struct unit_rows *rows, const char *id)
{
    for (size_t i = 0; i < rows->count; i++)
        if (strcmp(rows->units[i].id, id) == 0)
            return (int)i;
    return -1;
}

static bool has_span(const struct unit_rows *rows, const char *id)
{
    for (size_t i = 0; i < rows->span_count; i++)
        if (strcmp(rows->spans[i].id, id) == 0)
            return true;
    return false;
}

/* Where following ends, nothing follows; else it would never end. */
static bool runs_in_circle(const struct unit_rows *rows, const char *id)
{
    const struct unit_spans all = { rows->spans, rows->span_count };
    const char *last = unit_follow(&all, id);
    for (size_t i = 0; i < rows->span_count; i++)
        if (strcmp(rows->spans[i].id, last) == 0 && rows->spans[i].next[0] != '\0')
            return true;
    return false;
}

static void check_follower(struct import *import, const struct unit_rows *rows, const struct unit_span *span)
{
    if (span->next[0] == '\0') {
        if (span->until != SPAN_OPEN && find(rows, span->id) < 0)
            import_finding(import->report, import->arena, import->language, SEVERITY_WARNING, "V06",
                           import->csv->lines[import->row], import->names[SUCCESSOR],
                           N_("this unit has ended and none follows it; its earlier figures count for the city only"));
        return;
    }
    if (!has_span(rows, span->next) || strcmp(span->next, span->id) == 0)
        IMPORT_ERROR(import, "V06", SUCCESSOR, N_("the file has no other unit with this id; add it or correct the id"));
    else if (span->until == SPAN_OPEN)
        IMPORT_ERROR(import, "V06", UNTIL, N_("a unit that another one follows needs the day on which it ends"));
    else if (runs_in_circle(rows, span->next))
        IMPORT_ERROR(import, "V06", SUCCESSOR, N_("these units follow each other in a circle"));
}

/* One id stands for one unit at a time. */
static void check_times(struct import *import, const struct unit_rows *rows)
{
    for (import->row = 0; import->row < rows->span_count; import->row++) {
        const struct unit_span *span = &rows->spans[import->row];
        check_follower(import, rows, span);
        for (size_t i = 0; i < import->row && span->id[0] != '\0'; i++) {
            const struct unit_span *other = &rows->spans[i];
            if (strcmp(other->id, span->id) != 0 || other->until < span->from || span->until < other->from)
                continue;
            IMPORT_ERROR(import, "V19", ORG_ID,
                         N_("this id stands in an earlier row already; a second row needs another time "
                            "(gueltig_von, gueltig_bis)"));
            break;
        }
    }
}

/* Levels that descend from parent to child make a cycle impossible. */
static void check_tree(struct import *import, struct unit_rows *rows)
{
    size_t roots = 0;
    for (size_t i = 0; i < rows->count; i++) {
        import->row = rows->at[i];
        if (rows->parents[i][0] == '\0') {
            roots++;
            if (roots > 1)
                IMPORT_ERROR(import, "V06", PARENT, N_("only one unit, the city, may have no unit above it"));
            else if (rows->units[i].level != UNIT_CITY)
                IMPORT_ERROR(import, "V06", LEVEL, N_("the unit without a unit above it is the city: STADT"));
            continue;
        }
        int above = find(rows, rows->parents[i]);
        rows->units[i].parent = above;
        if (above < 0 && has_span(rows, rows->parents[i]))
            IMPORT_ERROR(import, "V06", PARENT,
                         N_("the unit above is not valid today; see gueltig_von and gueltig_bis"));
        else if (above < 0)
            IMPORT_ERROR(import, "V06", PARENT, N_("the file has no unit with this id; add it or correct the id"));
        else if (rows->units[above].level >= rows->units[i].level || rows->units[above].level == UNIT_ENTERPRISE)
            IMPORT_ERROR(import, "V06", LEVEL,
                         N_("a unit stands below a higher level: STADT, DEZ, FB, ABT, TEAM; EB below STADT or DEZ"));
    }
    if (roots == 0 && rows->span_count > 0)
        IMPORT_NOTE(import, SEVERITY_ERROR, "V06", 0, N_("no unit is the city: one row needs an empty ober_id"));
}

static enum status import_units(struct store *store, struct arena *arena, const struct csv *csv,
                                  const struct import_file *file, struct import_report *report, struct fail *fail)
{
    enum { UNIT_MAX = 5000 };
    const char *names[COLUMN_COUNT];
    int date[3];
    struct import import = { .store = store, .arena = arena, .csv = csv, .report = report,
                             .language = file->language, .steps = file->steps };
    struct unit_rows rows = { .span_count = csv->row_count };
    if (!import_columns(&import, wanted, names, COLUMN_COUNT))
        return STATUS_OK; /* the findings say it */
    if (csv->row_count > UNIT_MAX)
        return FAIL(fail, STATUS_LIMIT, "a city has at most %d units here", (int)UNIT_MAX);
    rows.units = ARENA_NEW(arena, struct unit, csv->row_count + 1);
    rows.parents = ARENA_NEW(arena, const char *, csv->row_count + 1);
    rows.at = ARENA_NEW(arena, size_t, csv->row_count + 1);
    rows.spans = ARENA_NEW(arena, struct unit_span, csv->row_count + 1);
    if (rows.units == NULL || rows.parents == NULL || rows.at == NULL || rows.spans == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu rows", csv->row_count);
    import_today(date);
    int today = date[0] * 10000 + date[1] * 100 + date[2];
    for (import.row = 0; import.row < csv->row_count; import.row++) {
        struct unit_span *span = &rows.spans[import.row];
        rows.units[rows.count].parent = -1;
        read_row(&import, &rows.units[rows.count], &rows.parents[rows.count], span);
        rows.at[rows.count] = import.row;
        rows.count += span->from <= today && today <= span->until;
    }
    check_times(&import, &rows);
    check_tree(&import, &rows);
    if (report->errors > 0 || file->dry_run)
        return STATUS_OK;
    enum status status = store_units(store, rows.units, rows.parents, rows.count, fail);
    size_t dated = 0;
    for (size_t i = 0; i < rows.span_count; i++)
        if (rows.spans[i].from != 0 || rows.spans[i].until != SPAN_OPEN) {
            rows.spans[dated] = rows.spans[i];
            if (rows.spans[dated].until >= today) /* a unit that is still there stands for itself */
                rows.spans[dated].next = "";
            dated++;
        }
    return status == STATUS_OK ? store_spans(store, rows.spans, dated, fail) : status;
}

extern const struct importer importer_units;
const struct importer importer_units = { .kind = "units",
                                         .file = "org_einheit",
                                         .title = N_("Units of the administration"),
                                         .columns = wanted,
                                         .column_count = COLUMN_COUNT,
                                         .run = import_units };

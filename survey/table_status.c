/* What was reported of the measures, year after year (schema.md 3.9). Rows are added and never replaced. */
#include "survey/table.h"

extern const struct table table_measures;
static const char *const states[] = { "GEPLANT",    "BEGONNEN",     "UMGESETZT", "VERSTETIGT",
                                      "AUSGESETZT", "BEENDET_OHNE", NULL };
enum { EVIDENCE = 3, REASON = 5 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_LINK, "mass_id", measure_status, measure, COLUMN_KEY, .link = &table_measures),
    TABLE_COLUMN(COLUMN_YEAR, "jahr", measure_status, year, COLUMN_KEY),
    TABLE_COLUMN(COLUMN_CODE, "status", measure_status, state, COLUMN_KEY, .codes = states),
    TABLE_COLUMN(COLUMN_TEXT, "nachweis", measure_status, evidence, COLUMN_MAY_EMPTY, .highest = 1000),
    TABLE_COLUMN(COLUMN_NUMBER, "ausgaben_eur", measure_status, spent, COLUMN_MAY_EMPTY, .highest = 1e9),
    TABLE_COLUMN(COLUMN_TEXT, "begruendung", measure_status, reason, COLUMN_MAY_EMPTY, .highest = 1000),
};

static bool is_settled(const struct measure_status *rows, size_t count, size_t measure)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].measure == (int)measure && rows[i].state >= MEASURE_DONE)
            return true;
    return false;
}

/* Measures whose planned end has passed without word of what became of them. */
static void check_late(struct import *import, const struct registers *before, const struct measure_status *rows,
                       size_t count)
{
    int date[3];
    import_today(date);
    int today = date[0] * 10000 + date[1] * 100 + date[2];
    for (size_t i = 0; i < before->measure_count; i++) {
        const struct measure *measure = &before->measures[i];
        if (measure->ends == 0 || measure->ends >= today || is_settled(rows, count, i) ||
            is_settled(before->statuses, before->status_count, i))
            continue;
        IMPORT_NOTE(import, SEVERITY_WARNING, "V22", 0,
                    N_("the planned end of measure %s has passed and no row says what became of it"), measure->id);
    }
}

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    const struct measure_status *statuses = rows;
    check_late(import, before, statuses, count);
    for (size_t i = 0; i < count; i++) {
        enum measure_state state = statuses[i].state;
        if ((state == MEASURE_PAUSED || state == MEASURE_DROPPED) && statuses[i].reason[0] == '\0')
            TABLE_FINDING(import, SEVERITY_ERROR, "V22", i, REASON,
                          N_("a measure that is paused or ends without result needs a reason"));
        if ((state == MEASURE_DONE || state == MEASURE_KEPT) && statuses[i].evidence[0] == '\0')
            TABLE_FINDING(import, SEVERITY_WARNING, "V22", i, EVIDENCE,
                          N_("without evidence the report says: reported, not proven"));
    }
}

extern const struct table table_status;
const struct table table_status = { .kind = "status",
                                    .file = "massnahme_status",
                                    .title = N_("State of the measures"),
                                    .columns = columns,
                                    .column_count = COUNT(columns),
                                    TABLE_ROWS(measure_status, statuses, status_count),
                                    .appends = true,
                                    .check = check };

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

static void check(struct import *import, const void *rows, size_t count)
{
    const struct measure_status *statuses = rows;
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

/* Measures of the recommendations (schema.md 3.9). The list is replaced as a whole; a status refers to a measure. */
#include <math.h>

#include "survey/table.h"

extern const struct table table_recommendations;
enum { ENDS = 5, REASON = 9 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_TEXT, "mass_id", measure, id, COLUMN_KEY, .highest = 20),
    TABLE_COLUMN(COLUMN_LINK, "emp_id", measure, recommendation, 0, .link = &table_recommendations),
    TABLE_COLUMN(COLUMN_TEXT, "titel", measure, title, 0, .highest = 400),
    TABLE_COLUMN(COLUMN_UNIT, "org_id", measure, unit, COLUMN_MAY_EMPTY),
    TABLE_COLUMN(COLUMN_DAY, "beginn_soll", measure, begins, COLUMN_MAY_EMPTY),
    TABLE_COLUMN(COLUMN_DAY, "ende_soll", measure, ends, COLUMN_MAY_EMPTY),
    TABLE_COLUMN(COLUMN_NUMBER, "budget_eur", measure, budget, COLUMN_MAY_EMPTY, .highest = 1e9),
    TABLE_COLUMN(COLUMN_TEXT, "indikator_id", measure, indicator, COLUMN_MAY_EMPTY, .highest = 20),
    TABLE_COLUMN(COLUMN_NUMBER, "zielwert", measure, target, COLUMN_MAY_EMPTY, .highest = 1e9),
    TABLE_COLUMN(COLUMN_TEXT, "zielwert_begruendung", measure, target_reason, COLUMN_MAY_EMPTY, .highest = 1000),
};

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    (void)before;
    const struct measure *measures = rows;
    for (size_t i = 0; i < count; i++) {
        if (measures[i].ends != 0 && measures[i].ends < measures[i].begins)
            TABLE_FINDING(import, SEVERITY_ERROR, "V04", i, ENDS, N_("the measure ends before it begins"));
        if (!isnan(measures[i].target) && measures[i].target_reason[0] == '\0')
            TABLE_FINDING(import, SEVERITY_WARNING, "V22", i, REASON,
                          N_("a target without a reason: the report prints the target only with its reason"));
    }
}

extern const struct table table_measures;
const struct table table_measures = { .kind = "measures",
                                      .file = "massnahme",
                                      .title = N_("Measures"),
                                      .columns = columns,
                                      .column_count = COUNT(columns),
                                      TABLE_ROWS(measure, measures, measure_count),
                                      .check = check };

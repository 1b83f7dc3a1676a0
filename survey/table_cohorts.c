/* Trainees who began, finished and were taken over, by the year in which the training was to end. */
#include "survey/table.h"

enum { COMPLETED = 4, TAKEN_OVER = 5 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_YEAR, "jahr", trainee_cohort, year, COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_CODE, "gruppe_merkmal", trainee_cohort, trait, COLUMN_KEY, .codes = table_traits),
    TABLE_COLUMN(COLUMN_BYTE, "gruppe", trainee_cohort, group, COLUMN_KEY, .codes = table_groups,
                 .values = table_group_values),
    TABLE_COLUMN(COLUMN_WHOLE, "begonnen", trainee_cohort, started, 0, .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "abgeschlossen", trainee_cohort, completed, 0, .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "uebernommen", trainee_cohort, taken_over, 0, .highest = TABLE_HEADS_MAX),
};

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    (void)before;
    const struct trainee_cohort *cohorts = rows;
    for (size_t i = 0; i < count; i++) {
        if (cohorts[i].completed > cohorts[i].started)
            TABLE_FINDING(import, SEVERITY_ERROR, "V15", i, COMPLETED,
                          N_("this part is larger than the whole it belongs to"));
        if (cohorts[i].taken_over > cohorts[i].completed)
            TABLE_FINDING(import, SEVERITY_ERROR, "V15", i, TAKEN_OVER,
                          N_("this part is larger than the whole it belongs to"));
    }
}

extern const struct table table_cohorts;
const struct table table_cohorts = { .kind = "cohorts",
                                     .file = "ausbildungsjahrgang",
                                     .title = N_("Trainees by year of their end"),
                                     .columns = columns,
                                     .column_count = COUNT(columns),
                                     TABLE_ROWS(trainee_cohort, cohorts, cohort_count),
                                     .check = check };

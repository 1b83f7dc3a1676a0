/* Hires of a year by how long they stayed: counts, from which the share still there after two years is made. */
#include "survey/table.h"

enum { MONTHS = 2, MONTHS_MAX = 720, YEAR_MONTHS = 12 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_YEAR, "jahr", hire_fate, year, COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_BYTE, "deutsch", hire_fate, german, COLUMN_KEY | COLUMN_MAY_EMPTY, .codes = table_germans,
                 .values = table_german_values),
    TABLE_COLUMN(COLUMN_WHOLE_OR_NONE, "monate", hire_fate, months, COLUMN_KEY, .highest = MONTHS_MAX),
    TABLE_COLUMN(COLUMN_CODE, "grund", hire_fate, reason, COLUMN_KEY | COLUMN_MAY_EMPTY, .codes = table_reasons,
                 .first = FLOW_VOLUNTARY),
    TABLE_COLUMN(COLUMN_WHOLE, "anzahl", hire_fate, count, 0, .highest = TABLE_HEADS_MAX),
};

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    const struct hire_fate *hires = rows;
    int today[3];
    (void)before;
    import_today(today);
    for (size_t i = 0; i < count; i++)
        if (hires[i].year > 0 && hires[i].months >= (today[0] - hires[i].year + 1) * YEAR_MONTHS)
            TABLE_FINDING(
                import, SEVERITY_ERROR, "V04", i, MONTHS,
                N_("more months than have passed since that year; months between entry and exit belong here"));
}

extern const struct table table_hires;
const struct table table_hires = { .kind = "hires",
                                   .file = "einstellungsjahrgang",
                                   .title = N_("Hires of a year by how long they stayed"),
                                   .columns = columns,
                                   .column_count = COUNT(columns),
                                   TABLE_ROWS(hire_fate, hires, hire_count),
                                   .check = check };

/* Complaints that the office under section 13 AGG counted in a year. */
#include "survey/table.h"

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_YEAR, "jahr", complaint, year, COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_WHOLE, "anzahl", complaint, count, 0, .highest = TABLE_HEADS_MAX),
};

extern const struct table table_complaints;
const struct table table_complaints = {
    .kind = "complaints",
    .file = "beschwerde",
    .title = N_("Complaints under section 13 AGG"),
    .columns = columns,
    .column_count = COUNT(columns),
    TABLE_ROWS(complaint, complaints, complaint_count),
};

/* The recommendations that measures belong to (schema.md 3.9). The list is replaced as a whole. */
#include "survey/table.h"

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_TEXT, "emp_id", recommendation, id, COLUMN_KEY, .highest = 20),
    TABLE_COLUMN(COLUMN_TEXT, "titel", recommendation, title, 0, .highest = 400),
    TABLE_COLUMN(COLUMN_DAY, "beschluss_datum", recommendation, decided, COLUMN_PAST | COLUMN_MAY_EMPTY),
    TABLE_COLUMN(COLUMN_TEXT, "vorlage_nr", recommendation, paper, COLUMN_MAY_EMPTY, .highest = 64),
};

/* Ten recommendations were decided. Two are named where the indicators come from: the networks (indicator O4) and the
 * criterion in concepts (P6). The others stand in the council's paper: their slots stay empty until the city fills them in,
 * and an empty title is refused. */
static const char *const slots[] = {
    "E01;Vernetzung nach innen und außen;;",
    "E02;;;",
    "E03;;;",
    "E04;;;",
    "E05;Interkulturelle Kompetenz als Kriterium in grundlegenden Konzepten verankern;;",
    "E06;;;",
    "E07;;;",
    "E08;;;",
    "E09;;;",
    "E10;;;",
    NULL,
};

extern const struct table table_recommendations;
const struct table table_recommendations = {
    .slots = slots,
    .kind = "recommendations",
    .file = "empfehlung",
    .title = N_("Recommendations of the council"),
    .columns = columns,
    .column_count = COUNT(columns),
    TABLE_ROWS(recommendation, recommendations, recommendation_count),
};

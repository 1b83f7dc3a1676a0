/* Advertisements that name and assess intercultural competence: counts of a year. */
#include "survey/table.h"

enum { NAMED = 4, ASSESSED = 5 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_YEAR, "jahr", advert, year, COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_UNIT, "org_id", advert, unit, COLUMN_KEY | COLUMN_MAY_EMPTY),
    TABLE_COLUMN(COLUMN_FLAG, "publikum", advert, contact, COLUMN_KEY),
    TABLE_COLUMN(COLUMN_WHOLE, "anzahl", advert, count, 0, .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "davon_genannt", advert, named, 0, .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "davon_geprueft", advert, assessed, 0, .highest = TABLE_HEADS_MAX),
};

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    (void)before;
    const struct advert *adverts = rows;
    for (size_t i = 0; i < count; i++) {
        if (adverts[i].named > adverts[i].count)
            TABLE_FINDING(import, SEVERITY_ERROR, "V15", i, NAMED,
                          N_("this part is larger than the whole it belongs to"));
        if (adverts[i].assessed > adverts[i].named)
            TABLE_FINDING(import, SEVERITY_ERROR, "V15", i, ASSESSED,
                          N_("this part is larger than the whole it belongs to"));
    }
}

extern const struct table table_adverts;
const struct table table_adverts = { .kind = "adverts",
                                     .file = "ausschreibung",
                                     .title = N_("Job advertisements"),
                                     .columns = columns,
                                     .column_count = COUNT(columns),
                                     TABLE_ROWS(advert, adverts, advert_count),
                                     .check = check };

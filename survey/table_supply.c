/* Languages that staff speak and would use (schema.md 3.7). */
#include "survey/table.h"

static const char *const sources[] = { "BEFRAGUNG", "POOL", NULL };
enum { WILLING = 4 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_DAY, "stichtag", supply, day, COLUMN_PAST | COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_UNIT, "org_id", supply, unit, COLUMN_KEY),
    TABLE_COLUMN(COLUMN_TONGUE, "sprache", supply, tongue, COLUMN_KEY),
    TABLE_COLUMN(COLUMN_WHOLE, "personen", supply, people, 0, .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "davon_bereit", supply, willing, 0, .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_NUMBER, "stunden_monat", supply, hours, COLUMN_MAY_EMPTY, .highest = 1000000),
    TABLE_COLUMN(COLUMN_FLAG, "quelle", supply, pool, COLUMN_KEY, .codes = sources),
};

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    (void)before;
    const struct supply *supplies = rows;
    for (size_t i = 0; i < count; i++)
        if (supplies[i].willing > supplies[i].people)
            TABLE_FINDING(import, SEVERITY_ERROR, "V15", i, WILLING,
                          N_("more people are willing than speak the language"));
}

extern const struct table table_supply;
const struct table table_supply = { .kind = "supply",
                                    .file = "sprachangebot",
                                    .title = N_("Languages that staff speak"),
                                    .columns = columns,
                                    .column_count = COUNT(columns),
                                    TABLE_ROWS(supply, supplies, supply_count),
                                    .check = check };

/* Fairs, schools, campaigns (schema.md 3.10). */
#include "survey/table.h"

static const char *const kinds[] = { "MESSE", "SCHULE", "MSO", "KAMPAGNE", "BERATUNG", "INFOABEND", NULL };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_DAY, "datum", outreach, day, COLUMN_PAST | COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_UNIT, "org_id", outreach, unit, COLUMN_KEY | COLUMN_MAY_EMPTY),
    TABLE_COLUMN(COLUMN_CODE, "art", outreach, kind, COLUMN_KEY, .codes = kinds),
    TABLE_COLUMN(COLUMN_TEXT, "partner_art", outreach, partner, COLUMN_KEY | COLUMN_MAY_EMPTY, .highest = 200),
    TABLE_COLUMN(COLUMN_TEXT, "zielgruppe", outreach, audience, COLUMN_KEY | COLUMN_MAY_EMPTY, .highest = 200),
    TABLE_COLUMN(COLUMN_TONGUE, "sprache", outreach, tongue, COLUMN_KEY | COLUMN_MAY_EMPTY),
    TABLE_COLUMN(COLUMN_WHOLE, "personen_erreicht", outreach, reached, 0, .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE_OR_NONE, "folge_bewerbungen", outreach, applications, COLUMN_MAY_EMPTY,
                 .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_NUMBER, "kosten_eur", outreach, cost, COLUMN_MAY_EMPTY, .highest = 1e9),
};

extern const struct table table_outreach;
const struct table table_outreach = {
    .kind = "outreach",
    .file = "outreach",
    .title = N_("Contacts with future applicants"),
    .columns = columns,
    .column_count = COUNT(columns),
    TABLE_ROWS(outreach, outreaches, outreach_count),
};

/* Voluntary cards of new staff, counted (schema.md 3.4). */
#include "survey/table.h"

/* In the order of enum definition. */
static const char *const definitions[] = { "STAATSANG",   "ZENSUS_EINGEWANDERT", "MELDEREGISTER",
                                           "MH_DESTATIS", "EG_DESTATIS",         "EG_EINSEITIG",
                                           "TINTG_2012",  "TINTG_2021",          NULL };
enum { HANDED_OUT = 5 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_YEAR, "jahr", entry_card, year, COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_BYTE, "band", entry_card, band, COLUMN_KEY | COLUMN_MAY_EMPTY, .codes = table_bands,
                 .values = table_band_values),
    TABLE_COLUMN(COLUMN_CODE, "definition", entry_card, definition, COLUMN_KEY, .codes = definitions),
    TABLE_COLUMN(COLUMN_BYTE, "gruppe", entry_card, group, COLUMN_KEY, .codes = table_groups,
                 .values = table_group_values),
    TABLE_COLUMN(COLUMN_WHOLE, "anzahl", entry_card, count, 0, .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "ausgegeben", entry_card, handed_out, 0, .highest = TABLE_HEADS_MAX),
};

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    (void)before;
    const struct entry_card *cards = rows;
    for (size_t i = 0; i < count; i++) {
        uint64_t sum = 0;
        for (size_t k = 0; k < count; k++)
            if (cards[k].year == cards[i].year && cards[k].band == cards[i].band &&
                cards[k].definition == cards[i].definition)
                sum += cards[k].count;
        if (sum > cards[i].handed_out)
            TABLE_FINDING(import, SEVERITY_ERROR, "V15", i, HANDED_OUT,
                          N_("more cards came back than were handed out"));
    }
}

extern const struct table table_cards;
const struct table table_cards = { .kind = "cards",
                                   .file = "einstiegskarte",
                                   .title = N_("Entry cards of new staff"),
                                   .columns = columns,
                                   .column_count = COUNT(columns),
                                   TABLE_ROWS(entry_card, entry_cards, entry_card_count),
                                   .check = check };

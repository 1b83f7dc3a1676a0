/* Contacts with clients and their language needs (schema.md 3.6). */
#include "survey/table.h"

static const char *const sources[] = { "ZAEHLWOCHE", "TERMINSYSTEM", "SCHAETZUNG", NULL };
enum { UNTIL = 1, IN_NEED = 5, CHILDREN = 10, CONTACTS_MAX = 10000000 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_DAY, "zeitraum_von", demand, from, COLUMN_PAST | COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_DAY, "zeitraum_bis", demand, until, COLUMN_PAST | COLUMN_KEY),
    TABLE_COLUMN(COLUMN_UNIT, "org_id", demand, unit, COLUMN_KEY),
    TABLE_COLUMN(COLUMN_TONGUE, "sprache", demand, tongue, COLUMN_KEY),
    TABLE_COLUMN(COLUMN_WHOLE, "kontakte", demand, contacts, 0, .highest = CONTACTS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "kontakte_mit_bedarf", demand, in_need, 0, .highest = CONTACTS_MAX),
    TABLE_COLUMN(COLUMN_NUMBER, "minuten_mittel", demand, minutes, COLUMN_MAY_EMPTY, .highest = 1000),
    TABLE_COLUMN(COLUMN_WHOLE, "geloest_intern", demand, solved_inside, COLUMN_MAY_EMPTY, .highest = CONTACTS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "geloest_sprachmittlung", demand, solved_interpreter, COLUMN_MAY_EMPTY,
                 .highest = CONTACTS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "geloest_angehoerige", demand, solved_relatives, COLUMN_MAY_EMPTY,
                 .highest = CONTACTS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "davon_kinder", demand, of_them_children, COLUMN_MAY_EMPTY, .highest = CONTACTS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "geloest_app", demand, solved_app, COLUMN_MAY_EMPTY, .highest = CONTACTS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE, "nicht_geloest", demand, unsolved, COLUMN_MAY_EMPTY, .highest = CONTACTS_MAX),
    TABLE_COLUMN(COLUMN_NUMBER, "wartezeit_median_tage", demand, wait_days, COLUMN_MAY_EMPTY | COLUMN_MAY_MISS,
                 .highest = 3650),
    TABLE_COLUMN(COLUMN_CODE, "quelle", demand, source, 0, .codes = sources),
};

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    (void)before;
    const struct demand *demands = rows;
    for (size_t i = 0; i < count; i++) {
        const struct demand *row = &demands[i];
        uint64_t sum = (uint64_t)row->solved_inside + row->solved_interpreter + row->solved_relatives +
                       row->solved_app + row->unsolved;
        if (row->until < row->from)
            TABLE_FINDING(import, SEVERITY_ERROR, "V04", i, UNTIL, N_("the period ends before it begins"));
        if (row->in_need > row->contacts)
            TABLE_FINDING(import, SEVERITY_ERROR, "V15", i, IN_NEED,
                          N_("more contacts with a need than contacts at all"));
        if (sum != row->in_need)
            TABLE_FINDING(
                import, SEVERITY_ERROR, "V15", i, IN_NEED,
                N_("the ways of solving and the unsolved contacts do not add up to the contacts with a need"));
        if (row->of_them_children > row->solved_relatives)
            TABLE_FINDING(import, SEVERITY_ERROR, "V15", i, CHILDREN,
                          N_("more children than relatives who interpreted"));
    }
}

extern const struct table table_demand;
const struct table table_demand = { .kind = "demand",
                                    .file = "kundenbedarf",
                                    .title = N_("Language needs at the counters"),
                                    .columns = columns,
                                    .column_count = COUNT(columns),
                                    TABLE_ROWS(demand, demands, demand_count),
                                    .check = check };

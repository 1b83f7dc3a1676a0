/* Movements of staff in a year (schema.md 3.4). */
#include "survey/table.h"

static const char *const kinds[] = { "EINTRITT", "AUSTRITT", "BEFOERDERUNG", "HOEHERGRUPPIERUNG", "UEBERNAHME", NULL };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_YEAR, "jahr", flow, year, COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_CODE, "art", flow, kind, COLUMN_KEY, .codes = kinds),
    TABLE_COLUMN(COLUMN_CODE, "grund", flow, reason, COLUMN_KEY | COLUMN_MAY_EMPTY, .codes = table_reasons,
                 .first = FLOW_VOLUNTARY),
    TABLE_COLUMN(COLUMN_UNIT, "org_id", flow, unit, COLUMN_KEY | COLUMN_MAY_EMPTY),
    TABLE_COLUMN(COLUMN_BYTE, "band", flow, band, COLUMN_KEY | COLUMN_MAY_EMPTY, .codes = table_bands,
                 .values = table_band_values),
    TABLE_COLUMN(COLUMN_BYTE, "altersband", flow, age, COLUMN_KEY | COLUMN_MAY_EMPTY, .codes = table_ages,
                 .values = table_age_values),
    TABLE_COLUMN(COLUMN_LETTER, "geschlecht", flow, sex, COLUMN_KEY | COLUMN_MAY_EMPTY, .codes = table_sexes),
    TABLE_COLUMN(COLUMN_BYTE, "deutsch", flow, german, COLUMN_KEY | COLUMN_MAY_EMPTY, .codes = table_germans,
                 .values = table_german_values),
    TABLE_COLUMN(COLUMN_WHOLE, "anzahl", flow, count, 0, .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE_OR_NONE, "betriebszugehoerigkeit_monate", flow, tenure_months,
                 COLUMN_KEY | COLUMN_MAY_MISS | COLUMN_MAY_EMPTY, .highest = 720),
};

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    (void)before;
    enum { REASON = 2, TENURE = 9 };
    const struct flow *flows = rows;
    for (size_t i = 0; i < count; i++) {
        bool leaves = flows[i].kind == FLOW_EXIT;
        if (leaves && flows[i].reason == FLOW_NO_REASON)
            TABLE_FINDING(import, SEVERITY_WARNING, "V02", i, REASON,
                          N_("an exit without a reason: it counts neither as voluntary nor as retirement"));
        if (!leaves && flows[i].reason != FLOW_NO_REASON)
            TABLE_FINDING(import, SEVERITY_ERROR, "CODE", i, REASON, N_("only an exit (AUSTRITT) has a reason"));
        if (flows[i].tenure_months >= 0 && flows[i].count > 1 && !leaves)
            TABLE_FINDING(import, SEVERITY_WARNING, "CODE", i, TENURE, N_("months of service belong to exits"));
    }
}

extern const struct table table_flows;
const struct table table_flows = { .kind = "flows",
                                   .file = "personal_ereignis",
                                   .title = N_("Entries, exits and promotions"),
                                   .columns = columns,
                                   .column_count = COUNT(columns),
                                   TABLE_ROWS(flow, flows, flow_count),
                                   .check = check };

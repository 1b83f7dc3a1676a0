/* Applicants by stage and group (schema.md 3.5). */
#include <stdlib.h>
#include <string.h>

#include "survey/table.h"

static const char *const kinds[] = { "EXT", "INT", "AUSB", "STUD", NULL };
static const char *const stages[] = { "1", "2", "3", "4", "5", "6", NULL };
enum { COUNT_COLUMN = 8, QUALIFIED = 9, UNKNOWN_PERCENT = 40 };

static const struct table_column columns[] = {
    TABLE_COLUMN(COLUMN_TEXT, "verfahren_id", funnel, procedure, COLUMN_KEY | COLUMN_MAY_EMPTY | COLUMN_MAY_MISS,
                 .highest = 64),
    TABLE_COLUMN(COLUMN_YEAR, "jahr", funnel, year, COLUMN_KEY | COLUMN_PERIOD),
    TABLE_COLUMN(COLUMN_UNIT, "org_id", funnel, unit, COLUMN_KEY | COLUMN_MAY_EMPTY),
    TABLE_COLUMN(COLUMN_BYTE, "band", funnel, band, COLUMN_KEY | COLUMN_MAY_EMPTY, .codes = table_bands,
                 .values = table_band_values),
    TABLE_COLUMN(COLUMN_CODE, "art", funnel, kind, COLUMN_KEY, .codes = kinds),
    TABLE_COLUMN(COLUMN_CODE, "stufe", funnel, stage, COLUMN_KEY, .codes = stages, .first = FUNNEL_APPLIED),
    TABLE_COLUMN(COLUMN_CODE, "gruppe_merkmal", funnel, trait, COLUMN_KEY, .codes = table_traits),
    TABLE_COLUMN(COLUMN_BYTE, "gruppe", funnel, group, COLUMN_KEY, .codes = table_groups, .values = table_group_values),
    TABLE_COLUMN(COLUMN_WHOLE, "anzahl", funnel, count, 0, .highest = TABLE_HEADS_MAX),
    TABLE_COLUMN(COLUMN_WHOLE_OR_NONE, "kriterien_erfuellt", funnel, qualified, COLUMN_MAY_MISS | COLUMN_MAY_EMPTY,
                 .highest = TABLE_HEADS_MAX),
};

static int compare_series(const struct funnel *a, const struct funnel *b)
{
    const int left[] = { a->year, a->unit, a->band, (int)a->kind, (int)a->trait, a->group };
    const int right[] = { b->year, b->unit, b->band, (int)b->kind, (int)b->trait, b->group };
    int order = strcmp(a->procedure, b->procedure);
    for (size_t i = 0; i < COUNT(left) && order == 0; i++)
        order = (left[i] > right[i]) - (left[i] < right[i]);
    return order;
}

static int compare(const void *first, const void *second)
{
    const struct funnel *a = *(const struct funnel *const *)first;
    const struct funnel *b = *(const struct funnel *const *)second;
    int order = compare_series(a, b);
    return order != 0 ? order : (int)a->stage - (int)b->stage;
}

/* Nobody comes in on the way: a later stage holds no more people of a group than an earlier one (V13). */
static void check_monotone(struct import *import, const struct funnel *rows, const struct funnel *const *sorted,
                           size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (compare_series(sorted[i - 1], sorted[i]) == 0 && sorted[i]->count > sorted[i - 1]->count)
            TABLE_FINDING(import, SEVERITY_ERROR, "V13", (size_t)(sorted[i] - rows), COUNT_COLUMN,
                          N_("more people than at the stage before, in line %u: of one group nobody joins on the way"),
                          (unsigned)import->csv->lines[sorted[i - 1] - rows]);
}

/* Applicants whose group is not known, over all procedures of the file, by trait (V14). */
static void check_unknown(struct import *import, const struct funnel *rows, size_t count)
{
    for (int trait = 0; trait < TRAIT_COUNT; trait++) {
        double all = 0;
        double unknown = 0;
        for (size_t i = 0; i < count; i++) {
            if ((int)rows[i].trait != trait || rows[i].stage != FUNNEL_APPLIED)
                continue;
            all += rows[i].count;
            unknown += rows[i].group == 9 ? rows[i].count : 0;
        }
        if (all > 0 && unknown * 100 > all * UNKNOWN_PERCENT)
            IMPORT_NOTE(import, SEVERITY_WARNING, "V14", 0,
                        N_("%s: the group of more than %d per cent of the applicants is not known; no ratios are made"),
                        table_traits[trait], (int)UNKNOWN_PERCENT);
    }
}

static void check(struct import *import, const struct registers *before, const void *rows, size_t count)
{
    (void)before;
    const struct funnel *funnels = rows;
    const struct funnel **sorted = ARENA_NEW(import->arena, const struct funnel *, count + 1);
    for (size_t i = 0; i < count; i++)
        if (funnels[i].qualified >= 0 && (uint32_t)funnels[i].qualified > funnels[i].count)
            TABLE_FINDING(import, SEVERITY_ERROR, "V13", i, QUALIFIED,
                          N_("more people meet the requirements than there are at this stage"));
    check_unknown(import, funnels, count);
    if (sorted == NULL) {
        IMPORT_NOTE(import, SEVERITY_ERROR, "V13", 0, N_("the file is too large to be checked"));
        return;
    }
    for (size_t i = 0; i < count; i++)
        sorted[i] = &funnels[i];
    qsort(sorted, count, sizeof *sorted, compare);
    check_monotone(import, funnels, sorted, count);
}

extern const struct table table_funnel;
const struct table table_funnel = { .kind = "funnel",
                                    .file = "bewerbung_trichter",
                                    .title = N_("Applications and hires"),
                                    .columns = columns,
                                    .column_count = COUNT(columns),
                                    TABLE_ROWS(funnel, funnels, funnel_count),
                                    .check = check };

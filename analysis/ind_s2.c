/* S2: hours that staff who speak a language could help, beside the hours needed: min(S, N) over N. */
#include <string.h>

#include "analysis/inputs.h"
#include "analysis/need.h"

/* WILLING_LEAST: fewer people who would help are nobody's business, not even as hours. */
enum { WILLING_LEAST = 5, TONGUES = 40, WEEKS_LEAST = 2 };
static const double weeks_a_month = 52.0 / 12;

enum source { SOURCE_POOL, SOURCE_SURVEY };

struct offer {
    uint32_t willing;
    double hours; /* a month; 0 for fewer than WILLING_LEAST people */
    bool found;
};

/* Day of the newest delivery of that source up to the end of the reported year; 0: none. */
static int newest(const struct sample *sample, enum source source)
{
    const struct registers *registers = &sample->inputs->registers;
    int best = 0;
    for (size_t i = 0; i < registers->supply_count; i++) {
        const struct supply *row = &registers->supplies[i];
        if (row->pool == (source == SOURCE_POOL) && row->day / 10000 <= counted_year(sample->inputs) && row->day > best)
            best = row->day;
    }
    return best;
}

/* department -1: the city. tongue NULL: whether anything was delivered, in any language. */
static struct offer offer_of(const struct sample *sample, enum source source, int department, const char *tongue)
{
    const struct registers *registers = &sample->inputs->registers;
    struct offer offer = { 0 };
    int day = newest(sample, source);
    for (size_t i = 0; i < registers->supply_count && day > 0; i++) {
        const struct supply *row = &registers->supplies[i];
        if (row->pool != (source == SOURCE_POOL) || row->day != day)
            continue;
        offer.found = true;
        if (tongue == NULL || strcmp(row->tongue, tongue) != 0 ||
            (department >= 0 && counted_department(sample, row->unit) != department))
            continue;
        offer.willing += row->willing;
        offer.hours += isnan(row->hours) ? 0 : row->hours;
    }
    if (offer.willing < WILLING_LEAST)
        offer.hours = 0;
    return offer;
}

struct cover {
    double needed, covered[2]; /* hours a month */
};

static struct cover cover_of(const struct needs *needs, int department, const char *const tongues[], size_t count)
{
    struct cover cover = { 0 };
    for (size_t t = 0; t < count; t++) {
        double needed = need_load(needs, department, tongues[t]).hours * weeks_a_month;
        if (isnan(needed))
            continue;
        cover.needed += needed;
        for (int source = 0; source < 2; source++)
            cover.covered[source] +=
                fmin(needed, offer_of(needs->sample, (enum source)source, department, tongues[t]).hours);
    }
    return cover;
}

static void hours_cell(struct raw_cell *cell, double hours, uint32_t people)
{
    cell_heads(cell, hours, people > 0 && people < WILLING_LEAST);
    if (cell != NULL)
        cell->base = people;
}

static void share_cell(struct raw_cell *cell, const struct cover *cover, enum source source, bool found)
{
    if (found && cover->needed > 0)
        cell_open(cell, 100 * cover->covered[source] / cover->needed);
}

static void by_tongue(struct result *result, const struct needs *needs, const char *const tongues[], size_t count)
{
    const struct sample *sample = needs->sample;
    struct raw_table *table =
        result_table(result, "s2.tongue", N_("Hours a month, by language: needed and offered"), count, 3);
    table_column(table, 0, N_("staff who would help"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("needed"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 2, N_("language pool"), RELEASE_COUNT, FOLLOWS_NONE);
    for (size_t t = 0; t < count; t++) {
        size_t row = shared_row_format(result, table, "tongue.", tongues[t], need_tongue_label(sample, tongues[t]));
        struct load load = need_load(needs, -1, tongues[t]);
        struct offer pool = offer_of(sample, SOURCE_POOL, -1, tongues[t]);
        struct offer survey = offer_of(sample, SOURCE_SURVEY, -1, tongues[t]);
        if (!isnan(load.hours))
            hours_cell(table_cell(table, row, 1), load.hours * weeks_a_month, load.asked);
        if (survey.found)
            hours_cell(table_cell(table, row, 0), survey.hours, survey.willing);
        if (pool.found)
            hours_cell(table_cell(table, row, 2), pool.hours, pool.willing);
    }
}

static void by_department(struct result *result, const struct needs *needs, const char *const tongues[], size_t count)
{
    const struct sample *sample = needs->sample;
    bool found = offer_of(sample, SOURCE_SURVEY, -1, NULL).found;
    struct raw_table *table = result_table(result, "s2.unit", N_("Language needs covered within the department"),
                                           sample->department_count, 2);
    table_column(table, 0, N_("Hours needed a month"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("covered by own staff who would help"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t d = 0; d < sample->department_count; d++) {
        struct load load = need_load(needs, (int)d, "*");
        struct cover cover = cover_of(needs, (int)d, tongues, count);
        if (!load.found)
            continue;
        size_t row = shared_unit_row(result, table, sample, d);
        if (load.weeks < WEEKS_LEAST) {
            cell_sign(table_cell(table, row, 0), SIGN_UNSAFE);
            cell_sign(table_cell(table, row, 1), SIGN_UNSAFE);
            continue;
        }
        hours_cell(table_cell(table, row, 0), cover.needed, load.asked);
        share_cell(table_cell(table, row, 1), &cover, SOURCE_SURVEY, found);
    }
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    const char *tongues[TONGUES];
    struct sample sample;
    struct needs needs;
    enum status status = needs_open(result, &sample, &needs, fail);
    if (status != STATUS_OK)
        return status;
    (void)inputs;
    size_t count = need_tongues(&needs, tongues, TONGUES);
    struct cover all = cover_of(&needs, -1, tongues, count);
    struct raw_table *table = result_table(result, "s2", N_("Language needs covered by staff"), 1, 3);
    table_column(table, 0, N_("covered by the language pool"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 1, N_("covered if all who would help did"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 2, N_("Hours needed a month"), RELEASE_COUNT, FOLLOWS_NONE);
    size_t row = table_total(result, table);
    share_cell(table_cell(table, row, 0), &all, SOURCE_POOL, offer_of(&sample, SOURCE_POOL, -1, NULL).found);
    share_cell(table_cell(table, row, 1), &all, SOURCE_SURVEY, offer_of(&sample, SOURCE_SURVEY, -1, NULL).found);
    if (all.needed > 0)
        hours_cell(table_cell(table, row, 2), all.needed, need_load(&needs, -1, "*").asked);
    by_tongue(result, &needs, tongues, count);
    by_department(result, &needs, tongues, count);
    return STATUS_OK;
}

const struct indicator ind_s2 = {
    .id = "s2",
    .title = N_("Language coverage"),
    .definition = N_("Hours a month that staff who speak a language could help, at most the hours needed in this "
                     "language, divided by the "
                     "hours needed in all languages."),
    .misreading = N_(
        "Speaking a language at home is not interpreting at the office, and decisions about rights need professional "
        "interpreters. German stays the official language."),
    .method = N_("Needs: contacts with a need times minutes, from the count weeks, as a month. The pool and everybody "
                 "who would help are "
                 "the ends of a range. A language that fewer than five people would help with counts as not covered."),
    .source = N_("Count weeks of the departments; language pool; survey"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = 10,
    .compute = compute,
};

/* S2: hours that staff who speak a language could help, beside the hours needed: min(S, N) over N. */
#include <string.h>

#include "analysis/inputs.h"
#include "analysis/need.h"

static const double weeks_a_month = 52.0 / 12;

enum source { SOURCE_POOL, SOURCE_SURVEY, SOURCES };

struct offer {
    uint32_t willing;
    double hours; /* a month; 0 for fewer than NEED_PEOPLE_LEAST people */
};

/* What the tables are made of. */
struct supplies {
    struct result *result;
    const struct needs *needs;
    int day[SOURCES]; /* of the newest delivery up to the end of the reported year; 0: none */
    const char *tongues[NEED_TONGUES];
    size_t tongue_count;
};

static void find_newest(struct supplies *supplies)
{
    const struct inputs *inputs = supplies->needs->sample->inputs;
    for (size_t i = 0; i < inputs->registers.supply_count; i++) {
        const struct supply *row = &inputs->registers.supplies[i];
        int *day = &supplies->day[row->pool ? SOURCE_POOL : SOURCE_SURVEY];
        if (row->day / 10000 <= counted_year(inputs) && row->day > *day)
            *day = row->day;
    }
}

/* department -1: the city. */
static struct offer offer_of(const struct supplies *supplies, enum source source, int department, const char *tongue)
{
    const struct sample *sample = supplies->needs->sample;
    const struct registers *registers = &sample->inputs->registers;
    struct offer offer = { 0 };
    for (size_t i = 0; i < registers->supply_count && supplies->day[source] > 0; i++) {
        const struct supply *row = &registers->supplies[i];
        if (row->pool != (source == SOURCE_POOL) || row->day != supplies->day[source] || strcmp(row->tongue, tongue) != 0 ||
            (department >= 0 && counted_department(sample, row->unit) != department))
            continue;
        offer.willing += row->willing;
        offer.hours += isnan(row->hours) ? 0 : row->hours;
    }
    if (offer.willing < NEED_PEOPLE_LEAST)
        offer.hours = 0;
    return offer;
}

struct cover {
    double needed, covered[SOURCES]; /* hours a month */
    uint32_t asked;                  /* contacts in need behind them */
};

static struct cover cover_of(const struct supplies *supplies, int department)
{
    struct cover cover = { 0 };
    for (size_t t = 0; t < supplies->tongue_count; t++) {
        const struct load load = need_load(supplies->needs, department, supplies->tongues[t]);
        const double needed = load.hours * weeks_a_month;
        if (isnan(needed))
            continue;
        cover.needed += needed;
        cover.asked += load.asked;
        for (int source = 0; source < SOURCES; source++)
            cover.covered[source] +=
                fmin(needed, offer_of(supplies, (enum source)source, department, supplies->tongues[t]).hours);
    }
    return cover;
}

/* Hours needed by the rows of one table, which add up to a number that is published elsewhere. */
struct row {
    double hours;
    uint32_t asked; /* contacts behind them */
    bool listed;    /* has a row */
    bool secret;
};

static bool too_small(double hours, uint32_t asked)
{
    return (asked > 0 && asked < NEED_PEOPLE_LEAST) || (hours > 0 && hours < NEED_PEOPLE_LEAST);
}

static struct row *smallest_shown(struct row rows[], size_t count)
{
    struct row *found = NULL;
    for (size_t i = 0; i < count; i++)
        if (rows[i].listed && !rows[i].secret && rows[i].hours > 0 && (found == NULL || rows[i].asked < found->asked))
            found = &rows[i];
    return found;
}

/* What is in none of the shown rows is the total minus what is shown: hides further rows until that is nothing, or of two rows at
 * least and large enough. total: hours and contacts of all. */
static void hide_rows(struct row rows[], size_t count, const struct row *total)
{
    for (;;) {
        struct row rest = *total;
        size_t hidden = 0;
        for (size_t i = 0; i < count; i++) {
            rows[i].secret = rows[i].secret || (rows[i].listed && too_small(rows[i].hours, rows[i].asked));
            hidden += rows[i].secret;
            if (rows[i].listed && !rows[i].secret) {
                rest.hours -= rows[i].hours;
                rest.asked -= smaller(rows[i].asked, rest.asked);
            }
        }
        struct row *next = smallest_shown(rows, count);
        const bool open = hidden == 1 || (rest.hours > 1e-9 && too_small(rest.hours, rest.asked));
        if (!open || next == NULL)
            return;
        next->secret = true;
    }
}

static void hours_cell(struct raw_cell *cell, double hours, uint32_t people, bool secret)
{
    cell_heads(cell, hours, secret);
    if (cell != NULL)
        cell->base = people;
}

static void offer_cell(struct raw_cell *cell, const struct supplies *supplies, enum source source, const char *tongue)
{
    const struct offer offer = offer_of(supplies, source, -1, tongue);
    if (supplies->day[source] > 0)
        hours_cell(cell, offer.hours, offer.willing, offer.willing > 0 && offer.willing < NEED_PEOPLE_LEAST);
}

static void share_cell(struct raw_cell *cell, const struct supplies *supplies, const struct cover *cover, enum source source)
{
    if (supplies->day[source] > 0 && cover->needed > 0)
        cell_open(cell, 100 * cover->covered[source] / cover->needed);
}

static void by_tongue(const struct supplies *supplies, const struct row *total)
{
    const size_t count = supplies->tongue_count;
    struct row rows[NEED_TONGUES] = { { 0 } };
    struct raw_table *table =
        result_table(supplies->result, "s2.tongue", N_("Hours a month, by language: needed and offered"), count, 3);
    table_column(table, 0, N_("staff who would help"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("needed"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 2, N_("language pool"), RELEASE_COUNT, FOLLOWS_NONE);
    for (size_t t = 0; t < count; t++) {
        const struct load load = need_load(supplies->needs, -1, supplies->tongues[t]);
        rows[t] = (struct row){ load.hours * weeks_a_month, load.asked, !isnan(load.hours), false };
    }
    hide_rows(rows, count, total);
    for (size_t t = 0; t < count; t++) {
        const char *tongue = supplies->tongues[t];
        size_t row = shared_row_format(supplies->result, table, "tongue.", tongue,
                                       need_tongue_label(supplies->needs->sample, tongue));
        if (rows[t].listed)
            hours_cell(table_cell(table, row, 1), rows[t].hours, rows[t].asked, rows[t].secret);
        offer_cell(table_cell(table, row, 0), supplies, SOURCE_SURVEY, tongue);
        offer_cell(table_cell(table, row, 2), supplies, SOURCE_POOL, tongue);
    }
}

/* Where one language alone is covered, needed hours times share are the hours its people offered; the city's hours of this language
 * minus those are the hours of all others. Fewer than NEED_PEOPLE_LEAST others: the smallest of those departments is not told. */
static void hide_covers(const struct supplies *supplies, bool secret[])
{
    const size_t departments = supplies->needs->sample->department_count;
    for (size_t t = 0; t < supplies->tongue_count; t++)
        for (;;) {
            uint32_t others = offer_of(supplies, SOURCE_SURVEY, -1, supplies->tongues[t]).willing, fewest = UINT32_MAX;
            size_t found = departments;
            for (size_t d = 0; d < departments; d++) {
                uint32_t willing = offer_of(supplies, SOURCE_SURVEY, (int)d, supplies->tongues[t]).willing;
                if (secret[d] || willing < NEED_PEOPLE_LEAST)
                    continue;
                others -= smaller(willing, others);
                if (willing < fewest) {
                    fewest = willing;
                    found = d;
                }
            }
            if (others == 0 || others >= NEED_PEOPLE_LEAST || found == departments)
                break;
            secret[found] = true;
        }
}

static void fill_department(const struct supplies *supplies, struct raw_table *table, size_t d, const struct cover *cover,
                            const struct row *hours, bool secret)
{
    size_t row = shared_unit_row(supplies->result, table, supplies->needs->sample, d);
    if (!hours->listed) {
        cell_sign(table_cell(table, row, 0), SIGN_UNSAFE);
        cell_sign(table_cell(table, row, 1), SIGN_UNSAFE);
        return;
    }
    hours_cell(table_cell(table, row, 0), hours->hours, hours->asked, hours->secret);
    share_cell(table_cell(table, row, 1), supplies, cover, SOURCE_SURVEY);
    if (secret && supplies->day[SOURCE_SURVEY] > 0)
        cell_sign(table_cell(table, row, 1), SIGN_SECRET);
}

static enum status by_department(const struct supplies *supplies, const struct row *total, struct fail *fail)
{
    const struct sample *sample = supplies->needs->sample;
    const size_t count = sample->department_count;
    struct arena *arena = supplies->result->arena;
    struct cover *covers = ARENA_NEW(arena, struct cover, count + 1);
    struct row *rows = ARENA_NEW(arena, struct row, count + 1);
    bool *secret = ARENA_NEW(arena, bool, count + 1);
    if (covers == NULL || rows == NULL || secret == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    struct raw_table *table =
        result_table(supplies->result, "s2.unit", N_("Language needs covered within the department"), count, 2);
    table_column(table, 0, N_("Hours needed a month"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("covered by own staff who would help"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t d = 0; d < count; d++) {
        const struct load load = need_load(supplies->needs, (int)d, "*");
        covers[d] = cover_of(supplies, (int)d);
        rows[d] = (struct row){ covers[d].needed, covers[d].asked, load.found && load.weeks >= NEED_WEEKS_LEAST, false };
    }
    hide_rows(rows, count, total);
    hide_covers(supplies, secret);
    for (size_t d = 0; d < count; d++)
        if (need_load(supplies->needs, (int)d, "*").found)
            fill_department(supplies, table, d, &covers[d], &rows[d], secret[d]);
    return STATUS_OK;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    struct needs needs;
    struct supplies supplies = { .result = result, .needs = &needs };
    enum status status = needs_open(result, &sample, &needs, fail);
    if (status != STATUS_OK)
        return status;
    (void)inputs;
    supplies.tongue_count = need_tongues(&needs, supplies.tongues, NEED_TONGUES);
    find_newest(&supplies);
    const struct cover all = cover_of(&supplies, -1);
    const struct row total = { all.needed, all.asked, true, false };
    struct raw_table *table = result_table(result, "s2", N_("Language needs covered by staff"), 1, 3);
    table_column(table, 0, N_("covered by the language pool"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 1, N_("covered if all who would help did"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 2, N_("Hours needed a month"), RELEASE_COUNT, FOLLOWS_NONE);
    size_t row = table_total(result, table);
    share_cell(table_cell(table, row, 0), &supplies, &all, SOURCE_POOL);
    share_cell(table_cell(table, row, 1), &supplies, &all, SOURCE_SURVEY);
    if (all.needed > 0)
        hours_cell(table_cell(table, row, 2), all.needed, total.asked, too_small(0, total.asked));
    by_tongue(&supplies, &total);
    return by_department(&supplies, &total, fail);
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

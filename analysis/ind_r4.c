/* R4: the share of staff beside the one expected if every age had the residents' share of that age. */
#include <string.h>

#include "analysis/indicator.h"
#include "analysis/shared.h"

enum { LEAST = 50, AGES = 5, WIDEST = 20 };
static const double z95 = 1.959963984540054;

/* Years of age the codes of D5 stand for. */
static const struct {
    int low, high;
} age_years[AGES] = { { 15, 29 }, { 30, 39 }, { 40, 49 }, { 50, 59 }, { 60, 66 } };

/* The residents of each age code: persons of the reference rows, spread evenly over the years of their band. */
struct by_age {
    const struct reference *rows; /* inputs.references */
    size_t count;
    double *years;            /* [row * AGES + age]: years of the age that the row covers */
    double share[AGES];       /* NaN: less than half of its years are covered */
    double persons[AGES];
};

static bool usable(const struct reference *row)
{
    bool band = row->age_low >= 0 && row->age_high >= row->age_low && row->age_high - row->age_low < WIDEST;
    return row->definition == DEFINITION_TINTG_2021 && band && shared_residents(row);
}

/* Of one delivery: the same place, source, scope and day. */
static bool together(const struct reference *a, const struct reference *b)
{
    return shared_reference_day(a) == shared_reference_day(b) && strcmp(a->source, b->source) == 0 &&
           strcmp(a->place, b->place) == 0 && strcmp(a->scope, b->scope) == 0;
}

static const struct reference *newest(const struct inputs *inputs)
{
    const struct reference *best = NULL;
    for (size_t i = 0; i < inputs->reference_count; i++)
        if (usable(&inputs->references[i]) &&
            (best == NULL || shared_reference_day(&inputs->references[i]) > shared_reference_day(best)))
            best = &inputs->references[i];
    return best;
}

static double width(const struct reference *row)
{
    return row->age_high - row->age_low + 1;
}

/* Position of the narrowest band of the delivery with that year; the count of rows when there is none. */
static size_t row_of_year(const struct by_age *ages, const struct reference *like, int year)
{
    size_t best = ages->count;
    for (size_t i = 0; i < ages->count; i++) {
        const struct reference *row = &ages->rows[i];
        if (usable(row) && together(row, like) && year >= row->age_low && year <= row->age_high &&
            (best == ages->count || width(row) < width(&ages->rows[best])))
            best = i;
    }
    return best;
}

static void share_of_age(struct by_age *ages, const struct reference *like, size_t age)
{
    double covered = 0, with = 0;
    ages->persons[age] = 0;
    for (int year = age_years[age].low; year <= age_years[age].high; year++) {
        size_t row = row_of_year(ages, like, year);
        if (row == ages->count)
            continue;
        ages->years[row * AGES + age]++;
        covered++;
        with += ages->rows[row].group / width(&ages->rows[row]);
        ages->persons[age] += ages->rows[row].total / width(&ages->rows[row]);
    }
    bool enough = 2 * covered >= age_years[age].high - age_years[age].low + 1;
    ages->share[age] = enough ? with / ages->persons[age] : NOT_A_NUMBER;
}

/* Share expected of people of these ages, mix adding up to 1. One reference row may stand behind two ages. */
static struct range expected(const struct by_age *ages, const double mix[AGES])
{
    double value = 0, variance = 0;
    for (size_t age = 0; age < AGES; age++)
        value += mix[age] > 0 ? mix[age] * ages->share[age] : 0;
    for (size_t i = 0; i < ages->count; i++) {
        double slope = 0;
        for (size_t age = 0; age < AGES; age++)
            slope +=
                mix[age] > 0 ? mix[age] * ages->years[i * AGES + age] / width(&ages->rows[i]) / ages->persons[age] : 0;
        double error = slope * ages->rows[i].group * ages->rows[i].relative_error;
        variance += error * error;
    }
    double half = z95 * sqrt(variance);
    return (struct range){ value, fmax(0, value - half), fmin(1, value + half) };
}

/* band CUBE_ANY: all. truth is known only where the age is. */
static void mix_of(const struct sample *sample, const uint8_t truth[], uint8_t band, double mix[AGES])
{
    double all = 0;
    memset(mix, 0, AGES * sizeof *mix);
    for (size_t i = 0; i < sample->count; i++)
        if (truth[i] <= 1 && (band == CUBE_ANY || sample->band[i] == band)) {
            mix[sample->age[i] - 1] += sample->weights.weight[i];
            all += sample->weights.weight[i];
        }
    for (size_t age = 0; age < AGES && all > 0; age++)
        mix[age] /= all;
}

static void fill(struct raw_table *table, size_t row, const struct share *share, struct range residents)
{
    shared_share(table_cell(table, row, 0), share, LEAST);
    if (isnan(residents.value) || share->base == 0)
        return;
    cell_answers(table_cell(table, row, 1), range_times(residents, 100), share->base,
                 smaller(share->yes, share->base - share->yes), LEAST);
    shared_gap(table_cell(table, row, 2), share, residents, LEAST);
    shared_ratio(table_cell(table, row, 3), share, residents, LEAST);
}

static void by_band(struct result *result, const struct sample *sample, const struct by_age *ages,
                    const uint8_t truth[])
{
    struct raw_table *table =
        result_table(result, "r4", N_("Share of staff and the share expected at their ages"), 6, 4);
    table_column(table, 0, N_("Share of staff"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 1, N_("Share expected"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("Gap in points"), RELEASE_POINTS, 0);
    table_column(table, 3, N_("Ratio"), RELEASE_RATIO, 0);
    double mix[AGES];
    struct share all = sample_share(sample, truth, NULL, 0, sample->population), rest = all;
    mix_of(sample, truth, CUBE_ANY, mix);
    fill(table, table_total(result, table), &all, expected(ages, mix));
    for (uint8_t band = 0; band < COUNT(band_names); band++) {
        struct share share = shared_band_share(sample, truth, band);
        mix_of(sample, truth, band, mix);
        fill(table, shared_band_row(result, table, band), &share, expected(ages, mix));
        rest.base -= share.base;
        rest.yes -= share.yes;
    }
    table_partition(table, 0, rest.base, smaller(rest.yes, rest.base - rest.yes));
}

static void by_age(struct result *result, const struct sample *sample, const struct by_age *ages, const uint8_t truth[])
{
    struct raw_table *table = result_table(result, "r4.age", N_("Staff and residents of the same age"), AGES + 1, 2);
    table_column(table, 0, N_("Share of staff"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 1, N_("Residents of that age"), RELEASE_PERCENT, FOLLOWS_NONE);
    struct share all = sample_share(sample, truth, NULL, 0, sample->population);
    const struct reference *residents = shared_working_age(result->inputs, DEFINITION_TINTG_2021);
    size_t row = table_total(result, table);
    shared_share(table_cell(table, row, 0), &all, LEAST);
    if (residents != NULL)
        cell_open(table_cell(table, row, 1), 100 * shared_reference(residents).value);
    for (uint8_t age = 1; age <= AGES; age++) {
        struct share share = sample_share(sample, truth, sample->age, age, 0);
        row = shared_age_row(result, table, age);
        shared_share(table_cell(table, row, 0), &share, LEAST);
        if (!isnan(ages->share[age - 1]))
            cell_open(table_cell(table, row, 1), 100 * ages->share[age - 1]);
    }
    table_partition(table, 0, 0, 0);
}

/* All residents of these ages, from the rows of one delivery. The table is there without one, too: it is on the list that is
 * fixed before the survey (plan.h). */
static void name_source(struct result *result, const struct by_age *ages, const struct reference *like)
{
    struct raw_table *sources = shared_sources(result, "r4.reference", 1);
    if (like == NULL)
        return;
    struct reference all = *like;
    all.total = all.group = 0;
    for (size_t age = 0; age < AGES; age++)
        if (!isnan(ages->share[age])) {
            all.total += ages->persons[age];
            all.group += ages->share[age] * ages->persons[age];
        }
    if (all.total > 0)
        shared_source_row(result, sources, "total", &all);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    const struct reference *like = newest(inputs);
    struct by_age ages = { .rows = inputs->references, .count = like == NULL ? 0 : inputs->reference_count };
    uint8_t *truth = ARENA_NEW(result->arena, uint8_t, sample.count + 1);
    ages.years = ARENA_NEW(result->arena, double, (ages.count + 1) * AGES);
    if (truth == NULL || ages.years == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t age = 0; age < AGES; age++)
        share_of_age(&ages, like, age);
    for (size_t i = 0; i < sample.count; i++)
        truth[i] = sample.age[i] >= 1 && sample.age[i] <= AGES ? sample.history[DEFINITION_TINTG_2021][i] : NOT_KNOWN;
    by_band(result, &sample, &ages, truth);
    by_age(result, &sample, &ages, truth);
    name_source(result, &ages, like);
    return STATUS_OK;
}

const struct indicator ind_r4 = {
    .id = "r4",
    .title = N_("Representation at the age of the staff"),
    .definition =
        N_("Share of staff with immigration history beside the share expected if every age group of the staff had the "
           "share of the residents of that age; both under the same definition."),
    .misreading = N_("It separates an older staff from a closed door: what the ages explain is the distance between "
                     "the share expected "
                     "and the share of all residents."),
    .method = N_(
        "Indirect standardisation by five age groups; residents spread evenly over the years of a band of the "
        "population table. "
        "Newcombe range of the difference, log-normal range of the ratio; the error of a sample source is included."),
    .source = N_("Survey; population figures by age"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};

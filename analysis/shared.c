/* Shared pieces of the indicators. */
#include "analysis/shared.h"

#include <string.h>

#include "analysis/source_label.h"
#include "analysis/stat_diff.h"

const char *const band_names[5] = {
    N_("Band 0: in training"),
    N_("Band 1: E 1 to E 4"),
    N_("Band 2: E 5 to E 9a, S 2 to S 8b, A 5 to A 9"),
    N_("Band 3: E 9b to E 12, S 9 to S 18, A 9 to A 13"),
    N_("Band 4: from E 13, from A 13"),
};

const char *const age_names[5] = { N_("up to 29"), N_("30 to 39"), N_("40 to 49"), N_("50 to 59"), N_("60 or older") };

enum status shared_sample(struct result *result, size_t back, struct sample *sample, struct fail *fail)
{
    return sample_build(result->arena, result->inputs, result->inputs->wave_count - 1 - back, sample, fail);
}

size_t shared_row_format(struct result *result, struct raw_table *table, const char *prefix, const char *id,
                         struct release_label label)
{
    const char *full = arena_format(result->arena, "%s%s", prefix, id);
    if (full == NULL)
        result->status = STATUS_MEMORY;
    return table_row(result, table, full == NULL ? "" : full, label);
}

size_t shared_unit_row(struct result *result, struct raw_table *table, const struct sample *sample, size_t d)
{
    const struct unit *unit = &sample->inputs->units[sample->departments[d]];
    return shared_row_format(result, table, "unit.", unit->id, LABEL_NAME(unit->name));
}

size_t shared_band_row(struct result *result, struct raw_table *table, uint8_t band)
{
    char id[] = { (char)('0' + band), '\0' };
    return shared_row_format(result, table, "band.", id, LABEL_KEY(band_names[band]));
}

size_t shared_age_row(struct result *result, struct raw_table *table, uint8_t age)
{
    char id[] = { (char)('0' + age), '\0' };
    return shared_row_format(result, table, "age.", id, LABEL_KEY(age_names[age - 1]));
}

struct share shared_band_share(const struct sample *sample, const uint8_t truth[], uint8_t band)
{
    double heads = sample_staff(sample, -1, band);
    struct share share = sample_share(sample, truth, sample->band, band, 0);
    return heads >= share.base ? sample_share(sample, truth, sample->band, band, heads) : share;
}

static void compare(struct raw_cell *cell, const struct share *share, struct range range, uint32_t answers_min)
{
    cell_answers(cell, range, share->base, smaller(share->yes, share->base - share->yes), answers_min);
}

void shared_share(struct raw_cell *cell, const struct share *share, uint32_t answers_min)
{
    compare(cell, share, range_times(share->range, 100), answers_min);
}

void shared_gap(struct raw_cell *cell, const struct share *share, struct range residents, uint32_t answers_min)
{
    struct range gap = range_times(difference(share->range, residents), 100);
    compare(cell, share, gap, answers_min);
    if (cell != NULL)
        cell->word = share->base < answers_min ? WORD_TOO_FEW : difference_word(gap, 3);
}

void shared_ratio(struct raw_cell *cell, const struct share *share, struct range residents, uint32_t answers_min)
{
    compare(cell, share, ratio(share->range, residents), answers_min);
}

const char *shared_education(const struct reference *reference)
{
    return reference->education == NULL ? "*" : reference->education;
}

bool shared_both_sexes(const struct reference *reference)
{
    return reference->sex == '*' || reference->sex == '\0';
}

bool shared_residents(const struct reference *reference)
{
    bool scope = strcmp(reference->scope, "ERWERBSFAEHIG_15_64") == 0 || strcmp(reference->scope, "WOHNBEV") == 0;
    bool everybody = shared_both_sexes(reference) && strcmp(shared_education(reference), "*") == 0;
    return scope && everybody && reference->total > 0;
}

struct range shared_reference(const struct reference *reference)
{
    double share = reference->group / reference->total;
    double half = 1.959963984540054 * reference->relative_error * share;
    return (struct range){ share, fmax(0, share - half), fmin(1, share + half) };
}

/* Working age before all residents, then the latest. */
static bool better(const struct reference *a, const struct reference *b)
{
    bool age_a = strcmp(a->scope, "ERWERBSFAEHIG_15_64") == 0, age_b = strcmp(b->scope, "ERWERBSFAEHIG_15_64") == 0;
    if (age_a != age_b)
        return age_a;
    return shared_reference_day(a) > shared_reference_day(b);
}

int shared_reference_day(const struct reference *reference)
{
    return reference->year * 400 + reference->month * 31 + reference->day;
}

const struct reference *shared_working_age(const struct inputs *inputs, enum definition definition)
{
    const struct reference *best = NULL;
    for (size_t i = 0; i < inputs->reference_count; i++) {
        const struct reference *one = &inputs->references[i];
        bool ages = (one->age_low == -1 && one->age_high == -1) || (one->age_low == 15 && one->age_high == 64);
        if (one->definition == definition && ages && shared_residents(one) && (best == NULL || better(one, best)))
            best = one;
    }
    return best;
}

struct raw_table *shared_sources(struct result *result, const char *id, size_t rows)
{
    struct raw_table *sources = result_table(result, id, N_("Sources of the comparison"), rows, 3);
    table_column(sources, 0, N_("Share"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(sources, 1, N_("Persons in the group"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(sources, 2, N_("Persons"), RELEASE_COUNT, FOLLOWS_NONE);
    return sources;
}

void shared_source_row(struct result *result, struct raw_table *sources, const char *id,
                       const struct reference *reference)
{
    const struct form *form = result->inputs->waves[result->inputs->wave_count - 1].form;
    const struct text *label = source_label(result->arena, form, reference);
    if (label == NULL)
        result->status = STATUS_MEMORY;
    size_t row = table_row(result, sources, id, LABEL_TEXT(label));
    cell_open(table_cell(sources, row, 0), 100 * reference->group / reference->total);
    cell_open(table_cell(sources, row, 1), reference->group);
    cell_open(table_cell(sources, row, 2), reference->total);
}

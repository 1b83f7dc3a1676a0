/* Shared pieces of the indicators. */
#include "analysis/shared.h"

#include <string.h>

const char *const band_names[5] = {
    N_("Band 0: in training"),
    N_("Band 1: E 1 to E 4"),
    N_("Band 2: E 5 to E 9a, S 2 to S 8b, A 5 to A 9"),
    N_("Band 3: E 9b to E 12, S 9 to S 18, A 9 to A 13"),
    N_("Band 4: from E 13, from A 13"),
};

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

double shared_heads(const struct sample *sample, int department, uint8_t band)
{
    struct cube_query query = CUBE_CITY;
    query.department = department;
    query.band = band;
    return cube_sum(sample->inputs, &sample->wave->cube, &query).heads;
}

void shared_share(struct raw_cell *cell, const struct share *share, uint32_t answers_min)
{
    cell_answers(cell, range_times(share->range, 100), share->base, smaller(share->yes, share->base - share->yes),
                 answers_min);
}

bool shared_residents(const struct reference *reference)
{
    bool scope = strcmp(reference->scope, "ERWERBSFAEHIG_15_64") == 0 || strcmp(reference->scope, "WOHNBEV") == 0;
    bool everybody = (reference->sex == '*' || reference->sex == '\0') &&
                     (reference->education == NULL || strcmp(reference->education, "*") == 0);
    return scope && everybody && reference->total > 0;
}

struct range shared_reference(const struct reference *reference)
{
    double share = reference->group / reference->total;
    double half = 1.959963984540054 * reference->relative_error * share;
    return (struct range){ share, fmax(0, share - half), fmin(1, share + half) };
}

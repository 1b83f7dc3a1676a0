/* R11: uneven spread over departments, less what chance alone gives. */
#include "analysis/indicator.h"
#include "analysis/shared.h"
#include "analysis/stat_dissimilarity.h"

enum { UNIT_LEAST = 30, UNITS_LEAST = 10 };

static enum status fill(struct result *result, const struct sample *sample, struct raw_table *table, size_t row,
                        struct fail *fail)
{
    uint32_t *with = ARENA_NEW(result->arena, uint32_t, sample->department_count + 1);
    uint32_t *without = ARENA_NEW(result->arena, uint32_t, sample->department_count + 1);
    if (with == NULL || without == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    const uint8_t *history = sample->history[DEFINITION_TINTG_2021];
    for (size_t i = 0; i < sample->count; i++)
        if (sample->department[i] != WEIGHTS_NONE && history[i] <= 1)
            (history[i] == 1 ? with : without)[sample->department[i]]++;
    size_t units = 0;
    uint32_t yes = 0, no = 0;
    for (size_t d = 0; d < sample->department_count; d++) {
        if (with[d] + without[d] < UNIT_LEAST)
            continue;
        with[units] = with[d];
        without[units++] = without[d];
        yes += with[units - 1];
        no += without[units - 1];
    }
    if (units < UNITS_LEAST || yes == 0 || no == 0) {
        for (size_t c = 0; c < 3; c++)
            cell_sign(table_cell(table, row, c), SIGN_UNSAFE);
        return STATUS_OK;
    }
    struct dissimilarity index;
    enum status status = dissimilarity_compute(result->arena, with, without, units, result->inputs->seed, &index, fail);
    if (status != STATUS_OK)
        return status;
    uint32_t outside = smaller(yes, no);
    cell_answers_value(table_cell(table, row, 0), 100 * index.corrected, yes + no, outside, 0);
    cell_answers_value(table_cell(table, row, 1), 100 * index.chance_95, yes + no, outside, 0);
    cell_open(table_cell(table, row, 2), (double)units);
    return STATUS_OK;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    (void)inputs;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    struct raw_table *table = result_table(result, "r11", N_("Uneven spread over departments"), 1, 3);
    table_column(table, 0, N_("Dissimilarity beyond chance"), RELEASE_SCORE, FOLLOWS_NONE);
    table_column(table, 1, N_("Chance alone stays below (95 %)"), RELEASE_SCORE, FOLLOWS_NONE);
    table_column(table, 2, N_("Departments counted"), RELEASE_COUNT, FOLLOWS_NONE);
    return fill(result, &sample, table, table_total(result, table), fail);
}

const struct indicator ind_r11 = {
    .id = "r11",
    .title = N_("Uneven spread over departments"),
    .definition = N_("Share of one group (0 to 100) that would have to change the department for an even spread, "
                     "less the mean under chance."),
    .misreading = N_("High values can be wanted (posts that need a language) or show niches; the index does not "
                     "tell which."),
    .method = N_("Duncan index minus the mean of 1,000 random permutations; departments with 30 answers, at "
                 "least ten of them."),
    .source = N_("Survey; Duncan and Duncan (1955), American Sociological Review 20"),
    .unit = RELEASE_SCORE,
    .lowest = -100,
    .highest = 100,
    .answers_min = 300,
    .compute = compute,
};

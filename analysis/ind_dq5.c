/* DQ5: how well the scales measure: alpha, item-rest correlations, same answer to everything, tendency to agree. */
#include "analysis/indicator.h"
#include "analysis/shared.h"
#include "analysis/stat_bootstrap.h"
#include "analysis/stat_reliability.h"

enum { LEAST = 200, ITEMS_MAX = 16 };

struct complete {
    double *values; /* after reversal, row-major, complete cases */
    size_t persons;
    uint32_t straight; /* same answer to every item, before reversal */
    double raw_mean;   /* of the answers before reversal */
};

static enum status complete_cases(struct arena *arena, const struct sample *sample, const struct scale *scale,
                                  struct complete *complete, struct fail *fail)
{
    struct column columns[ITEMS_MAX];
    *complete = (struct complete){ .values = ARENA_NEW(arena, double, sample->count * scale->item_count + 1) };
    if (complete->values == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t k = 0; k < scale->item_count; k++)
        column_open(&columns[k], &sample->wave->frame, sample->wave->form->items[scale->items[k]].id);
    double sum = 0;
    for (size_t i = 0; i < sample->count; i++) {
        double *row = complete->values + complete->persons * scale->item_count, raw = 0;
        bool good = true, same = true;
        uint8_t first = column_code(&columns[0], i);
        for (size_t k = 0; k < scale->item_count; k++) {
            uint8_t code = column_code(&columns[k], i);
            good = good && code >= 1 && code <= 5;
            same = same && code == first;
            raw += code;
            row[k] = scale->reversed[k] ? 6 - code : code;
        }
        if (!good)
            continue;
        complete->persons++;
        complete->straight += same;
        sum += raw;
    }
    complete->raw_mean = sum / (double)(complete->persons * scale->item_count);
    return STATUS_OK;
}

static void value(struct raw_cell *cell, double number, const struct complete *complete)
{
    cell_answers_value(cell, number, (uint32_t)complete->persons, OUTSIDE_NONE, LEAST);
}

static void fill(struct result *result, const struct form *form, struct raw_table *scales, struct raw_table *items,
                 const struct scale *scale, const struct complete *complete, const struct reliability *found,
                 const struct range *omega)
{
    double lowest = NOT_A_NUMBER;
    size_t row = shared_row_format(result, scales, "scale.", scale->id, LABEL_TEXT(&scale->title));
    for (size_t k = 0; k < scale->item_count; k++) {
        const struct item *item = &form->items[scale->items[k]];
        size_t at = shared_row_format(result, items, "item.", item->id, LABEL_TEXT(&item->label));
        lowest = fmin(lowest, found->item_rest[k]);
        value(table_cell(items, at, 0), found->item_rest[k], complete);
        value(table_cell(items, at, 1), found->alpha_without[k], complete);
    }
    cell_answers(table_cell(scales, row, 0), found->alpha, (uint32_t)complete->persons, OUTSIDE_NONE, LEAST);
    value(table_cell(scales, row, 1), lowest, complete);
    value(table_cell(scales, row, 2), 100.0 * complete->straight / (double)complete->persons, complete);
    value(table_cell(scales, row, 3), (complete->raw_mean - 1) * 25, complete);
    cell_answers(table_cell(scales, row, 4), *omega, (uint32_t)complete->persons, OUTSIDE_NONE, LEAST);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    static const char *const ids[] = { "HM", "WI", "RE", "VH", "ST", "IK" };
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    const struct form *form = sample.wave->form;
    struct raw_table *scales = result_table(result, "dq5", N_("Measurement quality of the scales"), COUNT(ids), 5);
    table_column(scales, 0, N_("Cronbach's alpha"), RELEASE_INDEX, FOLLOWS_NONE);
    table_column(scales, 1, N_("Lowest item-rest correlation"), RELEASE_INDEX, FOLLOWS_NONE);
    table_column(scales, 2, N_("Same answer to every statement"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(scales, 3, N_("Mean before reversal"), RELEASE_SCORE, FOLLOWS_NONE);
    table_column(scales, 4, N_("McDonald's omega"), RELEASE_INDEX, FOLLOWS_NONE);
    struct raw_table *items = result_table(result, "dq5.items", N_("Measurement quality of the statements"),
                                           COUNT(ids) * ITEMS_MAX, 2);
    table_column(items, 0, N_("Item-rest correlation"), RELEASE_INDEX, FOLLOWS_NONE);
    table_column(items, 1, N_("Alpha without the statement"), RELEASE_INDEX, FOLLOWS_NONE);
    for (size_t s = 0; s < COUNT(ids); s++) {
        const struct scale *scale = form_scale(form, ids[s]);
        struct complete complete;
        struct reliability found;
        if (scale == NULL || scale->item_count < 2 || scale->item_count > ITEMS_MAX)
            continue;
        status = complete_cases(result->arena, &sample, scale, &complete, fail);
        if (status != STATUS_OK)
            return status;
        struct range omega;
        enum status found_status =
            reliability_compute(result->arena, complete.values, complete.persons, scale->item_count, &found, NULL);
        if (found_status == STATUS_OK) /* replaces Feldt's range: answers of five steps are not normal */
            found_status = reliability_bootstrap(result->arena, complete.values, complete.persons, scale->item_count,
                                                 inputs->seed, &found.alpha, &omega, NULL);
        if (found_status == STATUS_MEMORY)
            return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
        if (found_status == STATUS_OK) {
            fill(result, form, scales, items, scale, &complete, &found, &omega);
            continue;
        }
        size_t row = shared_row_format(result, scales, "scale.", scale->id, LABEL_TEXT(&scale->title));
        for (size_t c = 0; c < 5; c++)
            cell_sign(table_cell(scales, row, c), SIGN_UNSAFE);
    }
    return STATUS_OK;
}

const struct indicator ind_dq5 = {
    .id = "dq5",
    .title = N_("Measurement quality of the scales"),
    .definition = N_("Cronbach's alpha, McDonald's omega, correlation of each statement with the others, share with "
                     "the same answer to all statements, mean before reversal (50 is the middle)."),
    .misreading = N_("Alpha grows with the number of statements: four statements correlated at 0.3 give 0.63. No "
                     "answers are deleted because they look careless."),
    .method = N_("Complete cases; omega from one common factor; ranges from 500 seeded bootstrap samples."),
    .source = N_("Cronbach (1951), Psychometrika 16; McDonald (1999), Test Theory; Efron and Tibshirani (1993), "
                 "Bootstrap"),
    .unit = RELEASE_INDEX,
    .lowest = -1,
    .highest = 1,
    .answers_min = LEAST,
    .compute = compute,
};

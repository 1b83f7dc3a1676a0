/* A cell has one column of each factor at most, so the model matrix is kept as positions of ones: the work of a step
 * grows with the cells, not with cells × columns. */
#include "analysis/stat_response.h"

#include <string.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_gram.h"
#include "analysis/stat_newton.h"
#include "analysis/stat_rank.h"
#include "base/env.h"

enum { ONES = RESPONSE_FACTORS + 1, CENTRE_ROUNDS = 50, DRAW_STEPS = 3 };

struct model {
    const struct response_cells *cells;
    size_t columns;
    size_t *ones;      /* cells × ONES: columns of a cell, the constant first */
    size_t *one_count; /* per cell */
    double people, answered;
    double *propensity, *eta, *leverage; /* per cell: of the present coefficients; x'Vx */
};

/* --- joining of levels --- */

static void count_levels(const struct response_cells *cells, size_t factor, uint64_t answered[], uint64_t silent[])
{
    memset(answered, 0, cells->level_count[factor] * sizeof *answered);
    memset(silent, 0, cells->level_count[factor] * sizeof *silent);
    for (size_t i = 0; i < cells->count; i++) {
        const struct response_cell *cell = &cells->cells[i];
        answered[cell->level[factor]] += cell->answered;
        silent[cell->level[factor]] += cell->people - cell->answered;
    }
}

/* Marks one level more: the smallest of those not marked. False when there is none. */
static bool mark_smallest(size_t count, const uint64_t answered[], const uint64_t silent[], bool joined[])
{
    size_t smallest = count;
    for (size_t l = 0; l < count; l++)
        if (!joined[l] && answered[l] + silent[l] > 0 &&
            (smallest == count || answered[l] + silent[l] < answered[smallest] + silent[smallest]))
            smallest = l;
    if (smallest < count)
        joined[smallest] = true;
    return smallest < count;
}

static void join_factor(struct response_cells *cells, size_t factor, uint32_t least, uint64_t answered[],
                        uint64_t silent[], bool joined[], uint16_t place[])
{
    const size_t count = cells->level_count[factor];
    uint64_t yes = 0;
    uint64_t no = 0;
    count_levels(cells, factor, answered, silent);
    for (size_t l = 0; l < count; l++)
        joined[l] = answered[l] < least || silent[l] < least;
    for (bool more = true; more;) {
        yes = no = 0;
        for (size_t l = 0; l < count; l++) {
            yes += joined[l] ? answered[l] : 0;
            no += joined[l] ? silent[l] : 0;
        }
        more = yes + no > 0 && (yes < least || no < least) && mark_smallest(count, answered, silent, joined);
    }
    size_t next = yes + no > 0; /* level 0 is the joined one */
    for (size_t l = 0; l < count; l++)
        place[l] = joined[l] ? 0 : (uint16_t)next++;
    for (size_t i = 0; i < cells->count; i++)
        cells->cells[i].level[factor] = place[cells->cells[i].level[factor]];
    cells->level_count[factor] = next > 0 ? next : 1;
}

enum status response_join(struct arena *arena, struct response_cells *cells, uint32_t least, struct fail *fail)
{
    size_t most = 1;
    for (size_t f = 0; f < cells->factor_count; f++)
        most = cells->level_count[f] > most ? cells->level_count[f] : most;
    uint64_t *answered = ARENA_NEW(arena, uint64_t, most);
    uint64_t *silent = ARENA_NEW(arena, uint64_t, most);
    bool *joined = ARENA_NEW(arena, bool, most);
    uint16_t *place = ARENA_NEW(arena, uint16_t, most);
    if (answered == NULL || silent == NULL || joined == NULL || place == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t f = 0; f < cells->factor_count; f++)
        join_factor(cells, f, least, answered, silent, joined, place);
    return STATUS_OK;
}

/* --- the model --- */

static double eta_of(const struct model *model, const double b[], size_t cell)
{
    double sum = 0;
    for (size_t k = 0; k < model->one_count[cell]; k++)
        sum += b[model->ones[cell * ONES + k]];
    return sum;
}

/* Adds weight · x x' of the cell to the lower triangle. */
static void add_information(const struct model *model, size_t cell, double weight, struct wide information[])
{
    const size_t *ones = &model->ones[cell * ONES];
    for (size_t k = 0; k < model->one_count[cell]; k++)
        for (size_t l = 0; l < model->one_count[cell]; l++)
            if (ones[l] <= ones[k])
                information[ones[k] * model->columns + ones[l]] =
                    wide_add_number(information[ones[k] * model->columns + ones[l]], weight);
}

static double likelihood_at(const void *of, const double b[], struct wide score[], struct wide information[])
{
    const struct model *model = of;
    struct wide sum = { 0, 0 };
    if (score != NULL) {
        memset(score, 0, model->columns * sizeof *score);
        memset(information, 0, model->columns * model->columns * sizeof *information);
    }
    for (size_t i = 0; i < model->cells->count; i++) {
        const struct response_cell *cell = &model->cells->cells[i];
        const double eta = eta_of(model, b, i);
        const double p = expit(eta);
        sum = wide_add_number(sum, cell->answered * log_expit(eta));
        sum = wide_add_number(sum, (cell->people - cell->answered) * log_expit(-eta));
        for (size_t k = 0; score != NULL && k < model->one_count[i]; k++)
            score[model->ones[i * ONES + k]] =
                wide_add_number(score[model->ones[i * ONES + k]], cell->answered - cell->people * p);
        if (score != NULL)
            add_information(model, i, cell->people * p * (1 - p), information);
    }
    return wide_value(sum);
}

static enum status open_model(struct arena *arena, const struct response_cells *cells, struct model *model,
                              struct fail *fail)
{
    size_t first[RESPONSE_FACTORS]; /* column of level 1; level 0 is the reference */
    *model = (struct model){ .cells = cells, .columns = 1 };
    for (size_t f = 0; f < cells->factor_count; f++) {
        first[f] = model->columns;
        model->columns += cells->level_count[f] > 0 ? cells->level_count[f] - 1 : 0;
    }
    if (cells->factor_count == 0 || cells->factor_count > RESPONSE_FACTORS || model->columns > GRAM_COLUMNS)
        return FAIL(fail, STATUS_INPUT, "the model of the response has too many levels: join small ones");
    model->ones = ARENA_NEW(arena, size_t, cells->count * ONES + 1);
    model->one_count = ARENA_NEW(arena, size_t, cells->count + 1);
    model->propensity = ARENA_NEW(arena, double, cells->count + 1);
    model->eta = ARENA_NEW(arena, double, cells->count + 1);
    model->leverage = ARENA_NEW(arena, double, cells->count + 1);
    if (model->ones == NULL || model->one_count == NULL || model->propensity == NULL || model->eta == NULL ||
        model->leverage == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < cells->count; i++) {
        const struct response_cell *cell = &cells->cells[i];
        size_t *ones = &model->ones[i * ONES];
        ones[model->one_count[i]++] = 0;
        for (size_t f = 0; f < cells->factor_count; f++) {
            if (cell->level[f] >= cells->level_count[f])
                return FAIL(fail, STATUS_INPUT, "a cell of the response lies outside its levels");
            if (cell->level[f] > 0)
                ones[model->one_count[i]++] = first[f] + cell->level[f] - 1;
        }
        if (cell->answered > cell->people)
            return FAIL(fail, STATUS_INPUT, "more people answered than there are");
        model->people += cell->people;
        model->answered += cell->answered;
    }
    if (!(model->people > 1))
        return FAIL(fail, STATUS_INPUT, "there is nobody who could have answered");
    if (!(model->answered > 0) || model->answered >= model->people)
        return FAIL(fail, STATUS_DENIED, "nobody answered, or everybody did: there is nothing to compare");
    return STATUS_OK;
}

/* x'Vx per cell. */
static void set_leverage(struct model *model, const double covariance[])
{
    for (size_t i = 0; i < model->cells->count; i++) {
        model->leverage[i] = 0;
        for (size_t k = 0; k < model->one_count[i]; k++)
            for (size_t l = 0; l < model->one_count[i]; l++)
                model->leverage[i] +=
                    covariance[model->ones[i * ONES + k] * model->columns + model->ones[i * ONES + l]];
    }
}

/* Variance of the propensities, and less what their errors add to it. */
static double variance_of(const struct model *model, const double propensity[], double *corrected)
{
    double mean = 0;
    double sum = 0;
    double errors = 0;
    for (size_t i = 0; i < model->cells->count; i++)
        mean += model->cells->cells[i].people * propensity[i] / model->people;
    for (size_t i = 0; i < model->cells->count; i++) {
        const double people = model->cells->cells[i].people;
        const double slope = propensity[i] * (1 - propensity[i]);
        sum += people * (propensity[i] - mean) * (propensity[i] - mean);
        errors += people * slope * slope * model->leverage[i];
    }
    *corrected = fmax(0, sum / (model->people - 1) - errors / model->people);
    return sum / (model->people - 1);
}

static double indicator_of(double variance)
{
    return fmax(0, 1 - 2 * sqrt(variance));
}

/* Between the levels of a factor the fitted rates are the observed ones: no model is needed. */
static enum status set_parts(struct arena *arena, const struct model *model, struct response *response,
                             struct fail *fail)
{
    for (size_t f = 0; f < model->cells->factor_count; f++) {
        const size_t levels = model->cells->level_count[f];
        uint64_t *answered = ARENA_NEW(arena, uint64_t, levels);
        uint64_t *silent = ARENA_NEW(arena, uint64_t, levels);
        double variance = 0;
        if (answered == NULL || silent == NULL)
            return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
        count_levels(model->cells, f, answered, silent);
        for (size_t l = 0; l < levels; l++) {
            const double people = (double)(answered[l] + silent[l]);
            if (!(people > 0))
                continue;
            const double rate = (double)answered[l] / people;
            const double apart = rate - response->rate;
            variance += people / model->people * apart * apart; /* less the error of the rate, its own part left out */
            variance -= rate * (1 - rate) / model->people * (1 - people / model->people);
        }
        response->part[f] = sqrt(fmax(0, variance));
    }
    return STATUS_OK;
}

/* --- the bootstrap --- */

/* Slopes times factor, constant so that the mean of the propensities stays what it is. */
static void draw_together(struct model *model, double b[], double factor)
{
    for (size_t k = 1; k < model->columns; k++)
        b[k] *= factor;
    for (int round = 0; round < CENTRE_ROUNDS; round++) {
        double gap = model->answered;
        double slope = 0;
        for (size_t i = 0; i < model->cells->count; i++) {
            const double p = expit(eta_of(model, b, i));
            gap -= model->cells->cells[i].people * p;
            slope += model->cells->cells[i].people * p * (1 - p);
        }
        b[0] += gap / slope;
        if (fabs(gap) < 1e-9 * model->people)
            break;
    }
    for (size_t i = 0; i < model->cells->count; i++) {
        model->eta[i] = eta_of(model, b, i);
        model->propensity[i] = expit(model->eta[i]);
    }
}

static enum status invert(struct arena *arena, const struct model *model, double covariance[], struct fail *fail)
{
    const size_t all = model->columns * model->columns;
    struct gram gram;
    struct wide *information = ARENA_NEW(arena, struct wide, all);
    if (information == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < model->cells->count; i++)
        add_information(model, i, model->cells->cells[i].people * model->propensity[i] * (1 - model->propensity[i]),
                        information);
    enum status status = gram_room(arena, model->columns, &gram, fail);
    if (status == STATUS_OK)
        status = gram_factor(information, &gram, fail);
    for (size_t k = 0; status == STATUS_OK && k < all; k++)
        covariance[k] = wide_value(gram.inverse[k]);
    return status;
}

/* One step towards the estimates of the drawn answers, with the information of the model they were drawn from. step:
 * from its coefficients; drawn: the propensities there. */
static void improve(const struct model *model, const double covariance[], const double answered[], double score[],
                    double step[], double drawn[])
{
    memset(score, 0, model->columns * sizeof *score);
    for (size_t i = 0; i < model->cells->count; i++)
        for (size_t k = 0; k < model->one_count[i]; k++)
            score[model->ones[i * ONES + k]] += answered[i] - model->cells->cells[i].people * drawn[i];
    for (size_t k = 0; k < model->columns; k++)
        for (size_t l = 0; l < model->columns; l++)
            step[k] += covariance[k * model->columns + l] * score[l];
    for (size_t i = 0; i < model->cells->count; i++)
        drawn[i] = expit(model->eta[i] + eta_of(model, step, i));
}

static enum status bootstrap(struct arena *arena, struct model *model, const double covariance[], uint64_t seed,
                             struct range *range, struct fail *fail)
{
    double *draws = ARENA_NEW(arena, double, RESPONSE_SAMPLES);
    double *score = ARENA_NEW(arena, double, model->columns);
    double *step = ARENA_NEW(arena, double, model->columns);
    double *drawn = ARENA_NEW(arena, double, model->cells->count + 1);
    double *answered = ARENA_NEW(arena, double, model->cells->count + 1);
    if (draws == NULL || score == NULL || step == NULL || drawn == NULL || answered == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    struct seeded seeded;
    seeded_init(&seeded, seed);
    for (size_t s = 0; s < RESPONSE_SAMPLES; s++) {
        for (size_t i = 0; i < model->cells->count; i++) {
            answered[i] = 0;
            for (uint32_t k = 0; k < model->cells->cells[i].people; k++)
                answered[i] += seeded_unit(&seeded) < model->propensity[i];
            drawn[i] = model->propensity[i];
        }
        memset(step, 0, model->columns * sizeof *step);
        for (int round = 0; round < DRAW_STEPS; round++)
            improve(model, covariance, answered, score, step, drawn);
        double corrected = 0;
        (void)variance_of(model, drawn, &corrected);
        draws[s] = indicator_of(corrected);
    }
    sort_numbers(draws, RESPONSE_SAMPLES);
    range->low = fmin(range->value, quantile_sorted(draws, RESPONSE_SAMPLES, 0.025));
    range->high = fmax(range->value, quantile_sorted(draws, RESPONSE_SAMPLES, 0.975));
    return STATUS_OK;
}

enum status response_fit(struct arena *arena, const struct response_cells *cells, uint64_t seed,
                         struct response *response, struct fail *fail)
{
    struct model model;
    struct newton newton = { .to_limit = false };
    enum status status = open_model(arena, cells, &model, fail);
    if (status != STATUS_OK)
        return status;
    struct response made = { .rate = model.answered / model.people };
    double *b = ARENA_NEW(arena, double, model.columns);
    if (b == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    b[0] = log(model.answered / (model.people - model.answered));
    status = newton_maximise(arena, likelihood_at, &model, model.columns, b, &newton, fail);
    if (status != STATUS_OK)
        return status;
    double corrected = 0;
    draw_together(&model, b, 1);
    set_leverage(&model, newton.covariance);
    const double variance = variance_of(&model, model.propensity, &corrected);
    made.raw = indicator_of(variance);
    made.spread = sqrt(corrected);
    made.indicator.value = indicator_of(corrected);
    status = set_parts(arena, &model, &made, fail);
    if (status != STATUS_OK)
        return status;
    draw_together(&model, b, variance > 0 ? sqrt(corrected / variance) : 0);
    status = invert(arena, &model, newton.covariance, fail);
    if (status != STATUS_OK)
        return status;
    set_leverage(&model, newton.covariance);
    status = bootstrap(arena, &model, newton.covariance, seed, &made.indicator, fail);
    if (status == STATUS_OK)
        *response = made;
    return status;
}

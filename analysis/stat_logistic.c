/* The likelihood with an offset, so that the profile of a coefficient is the same model with this column held fixed. */
#include "analysis/stat_logistic.h"

#include <gsl/gsl_cdf.h>
#include <stdint.h>
#include <string.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_gram.h"
#include "analysis/stat_newton.h"
#include "analysis/stat_rank.h"

enum { PROFILE_ROUNDS = 60, WIDENINGS = 40 };

struct outcome { /* what the likelihood looks at */
    const struct design *design;
    const bool *event;
    const double *weight; /* or NULL */
    const double *offset; /* or NULL */
};

static double linear(const struct outcome *outcome, const double b[], size_t row)
{
    const struct design *design = outcome->design;
    double sum = outcome->offset == NULL ? 0 : outcome->offset[row];
    for (size_t k = 0; k < design->columns; k++)
        sum += b[k] * design->x[row * design->columns + k];
    return sum;
}

static double likelihood_at(const void *model, const double b[], struct wide score[], struct wide information[])
{
    const struct outcome *outcome = model;
    size_t columns = outcome->design->columns;
    struct wide sum = { 0, 0 };
    if (score != NULL) {
        memset(score, 0, columns * sizeof *score);
        memset(information, 0, columns * columns * sizeof *information);
    }
    for (size_t i = 0; i < outcome->design->rows; i++) {
        double eta = linear(outcome, b, i);
        double weight = outcome->weight == NULL ? 1 : outcome->weight[i];
        sum = wide_add_number(sum, weight * log_expit(outcome->event[i] ? eta : -eta));
        if (score == NULL)
            continue;
        const double *row = outcome->design->x + i * columns;
        double other = expit(outcome->event[i] ? -eta : eta); /* probability of what did not happen */
        gram_add(information, row, weight * other * (1 - other), columns);
        double push = weight * (outcome->event[i] ? other : -other);
        for (size_t k = 0; k < columns; k++)
            score[k] = wide_add(score[k], wide_product(push, row[k]));
    }
    return wide_value(sum);
}

struct profile { /* one coefficient held fixed, the others at their best */
    struct arena *arena;
    struct outcome outcome; /* of the other columns */
    const double *column;
    const double *covariance; /* of all columns */
    const double *all;        /* estimates of all columns */
    double *offset, *b;
    size_t columns, fixed;
    double maximum;
};

/* Starts where the normal approximation has the others when the coefficient moves to value. */
static void start_at(struct profile *profile, double value)
{
    size_t whole = profile->columns + 1;
    double variance = profile->covariance[profile->fixed * whole + profile->fixed];
    for (size_t k = 0, l = 0; k < whole; k++)
        if (k != profile->fixed)
            profile->b[l++] = profile->all[k] + (value - profile->all[profile->fixed]) / variance *
                                                    profile->covariance[k * whole + profile->fixed];
}

/* Signed root of twice the loss against the maximum: nearly linear in the value. NaN if it cannot be had. */
static double profile_root(struct profile *profile, double value, double estimate)
{
    struct newton newton = { .to_limit = false };
    struct arena scratch;
    double loss = NOT_A_NUMBER;
    for (size_t i = 0; i < profile->outcome.design->rows; i++)
        profile->offset[i] = value * profile->column[i];
    start_at(profile, value);
    if (profile->columns == 0)
        loss = profile->maximum - likelihood_at(&profile->outcome, NULL, NULL, NULL);
    arena_init(&scratch, profile->arena->limit);
    if (profile->columns > 0 && newton_maximise(&scratch, likelihood_at, &profile->outcome, profile->columns, profile->b,
                                                &newton, NULL) == STATUS_OK)
        loss = profile->maximum - newton.log_likelihood;
    arena_free(&scratch);
    return isnan(loss) ? loss : copysign(sqrt(fmax(0, 2 * loss)), value - estimate);
}

/* Where the root is side·z: brackets from the Wald range outwards, then the secant rule held inside the bracket. */
static double profile_limit(struct profile *profile, const struct coefficient *one, double z, double side)
{
    double near = one->estimate;
    double near_root = 0;
    double far = one->estimate + side * z * one->se;
    double far_root = profile_root(profile, far, one->estimate);
    for (int i = 0; i < WIDENINGS && fabs(far_root) < z; i++) {
        near = far;
        near_root = far_root;
        far = one->estimate + (far - one->estimate) * 1.5;
        far_root = profile_root(profile, far, one->estimate);
    }
    if (isnan(far_root))
        return NOT_A_NUMBER;
    if (fabs(far_root) < z)
        return side * (double)INFINITY;
    double found = far;
    for (int i = 0; i < PROFILE_ROUNDS; i++) {
        double share = (z - fabs(near_root)) / (fabs(far_root) - fabs(near_root));
        if (i % 4 == 3)
            share = 0.5; /* a bracket that shrinks from one side only */
        found = near + share * (far - near);
        double root = profile_root(profile, found, one->estimate);
        if (isnan(root) || fabs(fabs(root) - z) < 1e-12 || fabs(far - near) < 1e-14 * fabs(one->se))
            return isnan(root) ? NOT_A_NUMBER : found;
        if (fabs(root) < z) {
            near = found;
            near_root = root;
        } else {
            far = found;
            far_root = root;
        }
    }
    return found;
}

static enum status profile_of(struct arena *scratch, const struct outcome *whole, size_t k, const double b[],
                              const double covariance[], double z, double maximum, const struct coefficient *one,
                              struct range *range, struct fail *fail)
{
    const struct design *design = whole->design;
    size_t columns = design->columns;
    double *x = ARENA_NEW(scratch, double, design->rows * columns);
    double *column = ARENA_NEW(scratch, double, 2 * design->rows + columns);
    if (x == NULL || column == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    struct design others = { .rows = design->rows, .columns = columns - 1, .x = x };
    for (size_t i = 0; i < design->rows; i++) {
        const double *row = design->x + i * columns;
        memcpy(x + i * (columns - 1), row, k * sizeof *x);
        memcpy(x + i * (columns - 1) + k, row + k + 1, (columns - 1 - k) * sizeof *x);
        column[i] = row[k];
    }
    struct profile profile = { .arena = scratch,
                               .outcome = { &others, whole->event, whole->weight, column + design->rows },
                               .column = column,
                               .covariance = covariance,
                               .all = b,
                               .offset = column + design->rows,
                               .b = column + 2 * design->rows,
                               .columns = columns - 1,
                               .fixed = k,
                               .maximum = maximum };
    double low = profile_limit(&profile, one, z, -1);
    *range = (struct range){ one->estimate, low, profile_limit(&profile, one, z, 1) };
    return STATUS_OK;
}

/* AUC: probability that an event has the higher prediction, ties half; with frequencies by sorting the predictions. */
static enum status area_of(struct arena *arena, const struct outcome *outcome, const double fitted[],
                           struct logistic *logistic, struct fail *fail)
{
    size_t rows = outcome->design->rows;
    double *ranks = ARENA_NEW(arena, double, rows);
    size_t *order = ARENA_NEW(arena, size_t, rows);
    if (ranks == NULL || order == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    enum status status = ranks_make(arena, fitted, rows, ranks, order, NULL, fail);
    double below = 0;
    double won = 0;
    for (size_t i = 0; i < rows && status == STATUS_OK;) {
        double events = 0;
        double others = 0;
        for (double rank = ranks[order[i]]; i < rows && !(ranks[order[i]] > rank); i++) {
            double weight = outcome->weight == NULL ? 1 : outcome->weight[order[i]];
            events += outcome->event[order[i]] ? weight : 0;
            others += outcome->event[order[i]] ? 0 : weight;
        }
        won += events * (below + others / 2);
        below += others;
    }
    logistic->auc = won / (logistic->events * (logistic->n - logistic->events));
    return status;
}

static void summarise(struct logistic *fit)
{
    double share = fit->events / fit->n;
    fit->log_likelihood_null = fit->events * log(share) + (fit->n - fit->events) * log(1 - share);
    fit->deviance = -2 * fit->log_likelihood;
    fit->deviance_null = -2 * fit->log_likelihood_null;
    fit->aic = fit->deviance + 2 * (double)fit->rank;
    fit->bic = fit->deviance + log(fit->n) * (double)fit->rank;
    fit->chi_square = fmax(0, fit->deviance_null - fit->deviance);
    fit->degrees = (double)fit->rank - 1;
    fit->p = fit->degrees > 0 ? gsl_cdf_chisq_Q(fit->chi_square, fit->degrees) : NOT_A_NUMBER;
    fit->mcfadden = 1 - fit->log_likelihood / fit->log_likelihood_null;
    fit->cox_snell = -expm1(-fit->chi_square / fit->n);
    fit->nagelkerke = fit->cox_snell / -expm1(-fit->deviance_null / fit->n);
}

/* Sandwich, effects and predictions of the columns that are in. */
static enum status describe(struct arena *arena, const struct outcome *outcome, const double b[],
                            const double covariance[], double z, struct coefficient *found, double *effect,
                            struct logistic *fit, struct fail *fail)
{
    const struct design *design = outcome->design;
    size_t columns = design->columns;
    double *fitted = ARENA_NEW(arena, double, design->rows);
    if (fitted == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    double slope = 0;
    for (size_t i = 0; i < design->rows; i++) {
        double weight = outcome->weight == NULL ? 1 : outcome->weight[i];
        fitted[i] = expit(linear(outcome, b, i));
        double residual = outcome->event[i] - fitted[i];
        fit->brier += weight * residual * residual / fit->n;
        slope += weight * fitted[i] * (1 - fitted[i]) / fit->n;
        for (size_t k = 0; k < columns; k++) {
            double influence = 0;
            for (size_t l = 0; l < columns; l++)
                influence += covariance[k * columns + l] * design->x[i * columns + l];
            found[k].robust += weight * residual * residual * influence * influence;
        }
    }
    for (size_t k = 0; k < columns; k++) {
        double se = sqrt(covariance[k * columns + k]);
        found[k] = (struct coefficient){ .estimate = b[k],
                                         .se = se,
                                         .statistic = b[k] / se,
                                         .p = normal_both_tails(b[k] / se),
                                         .low = b[k] - z * se,
                                         .high = b[k] + z * se,
                                         .robust = sqrt(found[k].robust),
                                         .robust_hc1 = NOT_A_NUMBER };
        effect[k] = b[k] * slope;
    }
    return area_of(arena, outcome, fitted, fit, fail);
}

/* Fits the columns that are in and puts their results where the whole design has them. */
static enum status fit_kept(struct arena *arena, const struct outcome *outcome, const bool left_out[], double confidence,
                            struct logistic *fit, struct fail *fail)
{
    size_t columns = outcome->design->columns;
    double z = normal_quantile(0.5 + confidence / 2);
    struct newton newton = { .to_limit = false };
    double *b = ARENA_NEW(arena, double, columns);
    double *effect = ARENA_NEW(arena, double, columns);
    struct coefficient *found = ARENA_NEW(arena, struct coefficient, columns);
    if (b == NULL || found == NULL || effect == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    b[0] = log(fit->events / (fit->n - fit->events));
    enum status status = newton_maximise(arena, likelihood_at, outcome, columns, b, &newton, fail);
    if (status != STATUS_OK)
        return status;
    fit->log_likelihood = newton.log_likelihood;
    status = describe(arena, outcome, b, newton.covariance, z, found, effect, fit, fail);
    size_t k = 0;
    for (size_t column = 0; column < fit->columns && status == STATUS_OK; column++) {
        if (left_out[column])
            continue;
        fit->coefficients[column] = found[k];
        fit->effect[column] = effect[k];
        for (size_t other = 0, l = 0; other < fit->columns; other++)
            if (!left_out[other])
                fit->covariance[column * fit->columns + other] = newton.covariance[k * columns + l++];
        struct arena scratch;
        arena_init(&scratch, arena->limit);
        status = profile_of(&scratch, outcome, k, b, newton.covariance, z, fit->log_likelihood, &found[k],
                            &fit->profile[column], fail);
        arena_free(&scratch);
        k++;
    }
    summarise(fit);
    return status;
}

static enum status check(const struct design *design, const bool event[], const double weight[], double confidence,
                         struct logistic *fit, struct fail *fail)
{
    if (!design->constant)
        return FAIL(fail, STATUS_INPUT, "the model has no constant");
    if (!(confidence > 0 && confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence of a range lies between 0 and 1");
    for (size_t i = 0; i < design->rows; i++) {
        double here = weight == NULL ? 1 : weight[i];
        if (!(here >= 0) || !isfinite(here))
            return FAIL(fail, STATUS_INPUT, "the weight of row %zu is negative or no number", i + 1);
        fit->n += here;
        fit->events += event[i] ? here : 0;
    }
    if (!(fit->events > 0 && fit->events < fit->n))
        return FAIL(fail, STATUS_DENIED, "the outcome is the same for everybody: there is nothing to explain");
    return STATUS_OK;
}

enum status logistic_fit(struct arena *arena, const struct design *design, const bool event[], const double weight[],
                         double confidence, struct logistic *logistic, struct fail *fail)
{
    size_t columns = design->columns;
    struct logistic fit = { .columns = columns };
    struct gram gram;
    struct design kept;
    enum status status = check(design, event, weight, confidence, &fit, fail);
    if (status == STATUS_OK)
        status = gram_build(arena, design->x, design->rows, columns, weight, &gram, fail);
    if (status != STATUS_OK)
        return status;
    fit.rank = gram.rank;
    fit.coefficients = ARENA_NEW(arena, struct coefficient, columns);
    fit.profile = ARENA_NEW(arena, struct range, columns);
    fit.effect = ARENA_NEW(arena, double, columns);
    fit.covariance = ARENA_NEW(arena, double, columns * columns);
    bool *keep = ARENA_NEW(arena, bool, columns);
    if (fit.coefficients == NULL || fit.profile == NULL || fit.effect == NULL || fit.covariance == NULL || keep == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t k = 0; k < columns; k++) {
        keep[k] = !gram.left_out[k];
        fit.coefficients[k] = COEFFICIENT_NONE;
        fit.profile[k] = RANGE_NONE;
        fit.effect[k] = NOT_A_NUMBER;
        for (size_t l = 0; l < columns; l++)
            fit.covariance[k * columns + l] = NOT_A_NUMBER;
    }
    status = design_choose(arena, design, keep, &kept, fail);
    const struct outcome outcome = { .design = &kept, .event = event, .weight = weight };
    if (status == STATUS_OK)
        status = fit_kept(arena, &outcome, gram.left_out, confidence, &fit, fail);
    if (status == STATUS_OK)
        *logistic = fit;
    return status;
}

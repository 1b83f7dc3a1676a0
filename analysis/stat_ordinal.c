/* With upper and lower cut u > l the probability of a category is F(u)·F(−l)·(1 − e^(l − u)), F the logistic function: no
 * difference of two close numbers, and its logarithm is concave term by term. Each row adds three squares to the
 * information. Columns are proportional (one coefficient) or nominal (one for each threshold); the constant is nominal. */
#include "analysis/stat_ordinal.h"

#include <gsl/gsl_cdf.h>
#include <string.h>

#include "analysis/range.h"
#include "analysis/stat_distribution.h"
#include "analysis/stat_gram.h"
#include "analysis/stat_newton.h"

struct cumulative {
    const struct ordinal_data *data;
    const bool *nominal;   /* per column */
    const bool *left_out;  /* per column */
    size_t cuts, nominal_count, parameters;
    double *upper, *lower, *apart; /* scratch: derivatives of the cuts after the parameters */
};

/* Derivative of one cut of one row after the parameters. */
static void spread_cut(const struct cumulative *model, const double *row, size_t cut, double *derivative)
{
    size_t nominal = 0;
    size_t proportional = model->cuts * model->nominal_count;
    memset(derivative, 0, model->parameters * sizeof *derivative);
    for (size_t k = 0; k < model->data->design->columns; k++) {
        if (model->left_out[k])
            continue;
        if (model->nominal[k])
            derivative[cut * model->nominal_count + nominal++] = row[k];
        else
            derivative[proportional++] = -row[k];
    }
}

static double inner(const double *a, const double *b, size_t count)
{
    double sum = 0;
    for (size_t k = 0; k < count; k++)
        sum += a[k] * b[k];
    return sum;
}

static void push(struct wide score[], const double *derivative, double factor, size_t count)
{
    for (size_t k = 0; k < count; k++)
        score[k] = wide_add(score[k], wide_product(factor, derivative[k]));
}

static double add_row(const struct cumulative *model, size_t i, const double b[], struct wide score[],
                      struct wide information[])
{
    const struct ordinal_data *data = model->data;
    const double *row = data->design->x + i * data->design->columns;
    size_t category = data->category[i];
    size_t count = model->parameters;
    double weight = data->weight == NULL ? 1 : data->weight[i];
    bool has_upper = category < model->cuts;
    bool has_lower = category > 0;
    double upper = 0;
    double lower = 0;
    double sum = 0;
    if (has_upper) {
        spread_cut(model, row, category, model->upper);
        upper = inner(model->upper, b, count);
        sum += log_expit(upper);
    }
    if (has_lower) {
        spread_cut(model, row, category - 1, model->lower);
        lower = inner(model->lower, b, count);
        sum += log_expit(-lower);
    }
    double width = upper - lower;
    if (has_upper && has_lower) {
        if (!(width > 0))
            return weight > 0 ? -(double)INFINITY : 0;
        sum += log(-expm1(-width));
    }
    if (score == NULL || !(weight > 0))
        return weight > 0 ? weight * sum : 0;
    double pull = has_upper && has_lower ? 1 / expm1(width) : 0;
    if (has_upper) {
        push(score, model->upper, weight * (expit(-upper) + pull), count);
        gram_add(information, model->upper, weight * expit(upper) * expit(-upper), count);
    }
    if (has_lower) {
        push(score, model->lower, -weight * (expit(lower) + pull), count);
        gram_add(information, model->lower, weight * expit(lower) * expit(-lower), count);
    }
    if (has_upper && has_lower) {
        for (size_t k = 0; k < count; k++)
            model->apart[k] = model->upper[k] - model->lower[k];
        gram_add(information, model->apart, weight * pull / -expm1(-width), count);
    }
    return weight * sum;
}

static double likelihood_at(const void *given, const double b[], struct wide score[], struct wide information[])
{
    const struct cumulative *model = given;
    struct wide sum = { 0, 0 };
    if (score != NULL) {
        memset(score, 0, model->parameters * sizeof *score);
        memset(information, 0, model->parameters * model->parameters * sizeof *information);
    }
    for (size_t i = 0; i < model->data->design->rows; i++) {
        double here = add_row(model, i, b, score, information);
        if (isinf(here))
            return here;
        sum = wide_add_number(sum, here);
    }
    return wide_value(sum);
}

static enum status check(const struct ordinal_data *data, double heads[], struct fail *fail)
{
    if (!data->design->constant)
        return FAIL(fail, STATUS_INPUT, "the model has no constant");
    if (data->category_count < 2 || data->category_count > ORDINAL_CATEGORIES)
        return FAIL(fail, STATUS_INPUT, "an ordered outcome has 2 to %d categories", ORDINAL_CATEGORIES);
    for (size_t i = 0; i < data->design->rows; i++) {
        double weight = data->weight == NULL ? 1 : data->weight[i];
        if (!(weight >= 0) || !isfinite(weight))
            return FAIL(fail, STATUS_INPUT, "the weight of row %zu is negative or no number", i + 1);
        if (data->category[i] >= data->category_count)
            return FAIL(fail, STATUS_INPUT, "row %zu has a category that does not exist", i + 1);
        heads[data->category[i]] += weight;
    }
    for (size_t c = 0; c < data->category_count; c++)
        if (!(heads[c] > 0))
            return FAIL(fail, STATUS_DENIED, "category %zu of the outcome has no answers: leave it out", c + 1);
    return STATUS_OK;
}

/* Fits with the given nominal columns. Parameters: cuts × nominal columns, then the proportional ones. */
static enum status maximise(struct arena *arena, struct cumulative *model, const double heads[], double **b,
                            struct newton *newton, struct fail *fail)
{
    const struct design *design = model->data->design;
    double total = 0;
    double below = 0;
    model->cuts = model->data->category_count - 1;
    model->nominal_count = 0;
    size_t proportional = 0;
    for (size_t k = 0; k < design->columns; k++) {
        model->nominal_count += model->nominal[k] && !model->left_out[k];
        proportional += !model->nominal[k] && !model->left_out[k];
    }
    model->parameters = model->cuts * model->nominal_count + proportional;
    model->upper = ARENA_NEW(arena, double, model->parameters);
    model->lower = ARENA_NEW(arena, double, model->parameters);
    model->apart = ARENA_NEW(arena, double, model->parameters);
    *b = ARENA_NEW(arena, double, model->parameters);
    if (model->upper == NULL || model->lower == NULL || model->apart == NULL || *b == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t c = 0; c <= model->cuts; c++)
        total += heads[c];
    for (size_t c = 0; c < model->cuts; c++) {
        below += heads[c];
        (*b)[c * model->nominal_count] = log(below / (total - below));
    }
    return newton_maximise(arena, likelihood_at, model, model->parameters, *b, newton, fail);
}

static void summarise(const struct ordinal_data *data, const double heads[], size_t rank, struct ordinal *fit)
{
    fit->n = 0;
    for (size_t c = 0; c < data->category_count; c++)
        fit->n += heads[c];
    fit->log_likelihood_null = 0;
    for (size_t c = 0; c < data->category_count; c++)
        fit->log_likelihood_null += heads[c] * log(heads[c] / fit->n);
    fit->deviance = -2 * fit->log_likelihood;
    fit->degrees = (double)rank - 1;
    fit->aic = fit->deviance + 2 * (double)(rank + data->category_count - 2);
    fit->chi_square = fmax(0, 2 * (fit->log_likelihood - fit->log_likelihood_null));
    fit->p = fit->degrees > 0 ? gsl_cdf_chisq_Q(fit->chi_square, fit->degrees) : NOT_A_NUMBER;
}

static enum status describe(struct arena *arena, const struct cumulative *model, const double b[],
                            const double covariance[], double z, struct ordinal *fit, struct fail *fail)
{
    size_t columns = fit->columns;
    size_t count = model->parameters;
    fit->coefficients = ARENA_NEW(arena, struct coefficient, columns);
    fit->covariance = ARENA_NEW(arena, double, columns * columns);
    fit->threshold = ARENA_NEW(arena, double, 2 * model->cuts);
    size_t *place = ARENA_NEW(arena, size_t, columns);
    if (fit->coefficients == NULL || fit->covariance == NULL || fit->threshold == NULL || place == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    fit->threshold_se = fit->threshold + model->cuts;
    for (size_t c = 0; c < model->cuts; c++) {
        fit->threshold[c] = b[c];
        fit->threshold_se[c] = sqrt(covariance[c * count + c]);
    }
    size_t next = model->cuts;
    for (size_t k = 0; k < columns; k++)
        place[k] = k == 0 || model->left_out[k] ? count : next++;
    for (size_t k = 0; k < columns; k++) {
        for (size_t l = 0; l < columns; l++)
            fit->covariance[k * columns + l] =
                place[k] < count && place[l] < count ? covariance[place[k] * count + place[l]] : NOT_A_NUMBER;
        struct coefficient one = COEFFICIENT_NONE;
        if (place[k] < count) {
            one.estimate = b[place[k]];
            one.se = sqrt(fit->covariance[k * columns + k]);
            one.statistic = one.estimate / one.se;
            one.p = normal_both_tails(one.statistic);
            one.low = one.estimate - z * one.se;
            one.high = one.estimate + z * one.se;
        }
        fit->coefficients[k] = one;
    }
    return STATUS_OK;
}

enum status ordinal_fit(struct arena *arena, const struct ordinal_data *data, double confidence,
                        struct ordinal *ordinal, struct fail *fail)
{
    size_t columns = data->design->columns;
    double heads[ORDINAL_CATEGORIES] = { 0 };
    double *b = NULL;
    struct ordinal fit = { .columns = columns };
    struct gram gram;
    struct newton newton = { .to_limit = false };
    if (!(confidence > 0 && confidence < 1))
        return FAIL(fail, STATUS_INPUT, "the confidence of a range lies between 0 and 1");
    enum status status = check(data, heads, fail);
    if (status == STATUS_OK)
        status = gram_build(arena, data->design->x, data->design->rows, columns, data->weight, &gram, fail);
    bool *nominal = ARENA_NEW(arena, bool, columns);
    if (status == STATUS_OK && nominal == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (status != STATUS_OK)
        return status;
    nominal[0] = true;
    struct cumulative model = { .data = data, .nominal = nominal, .left_out = gram.left_out };
    status = maximise(arena, &model, heads, &b, &newton, fail);
    if (status == STATUS_OK)
        status = describe(arena, &model, b, newton.covariance, normal_quantile(0.5 + confidence / 2), &fit, fail);
    if (status != STATUS_OK)
        return status;
    fit.log_likelihood = newton.log_likelihood;
    fit.gradient = newton.gradient;
    summarise(data, heads, gram.rank, &fit);
    *ordinal = fit;
    return STATUS_OK;
}

enum status ordinal_test_term(struct arena *arena, const struct ordinal_data *data, const struct ordinal *fit,
                              size_t term, struct ordinal_test *test, struct fail *fail)
{
    const struct design *design = data->design;
    double heads[ORDINAL_CATEGORIES] = { 0 };
    double *b = NULL;
    struct newton newton = { .to_limit = true }; /* the likelihood has a limit where the coefficients have none */
    size_t count = 0;
    enum status status = check(data, heads, fail);
    bool *nominal = ARENA_NEW(arena, bool, design->columns);
    bool *left_out = ARENA_NEW(arena, bool, design->columns);
    if (status == STATUS_OK && (nominal == NULL || left_out == NULL))
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (status != STATUS_OK)
        return status;
    for (size_t k = 0; k < design->columns; k++) {
        left_out[k] = k > 0 && isnan(fit->coefficients[k].estimate);
        nominal[k] = k == 0 || (design->term[k] == term && !left_out[k]);
        count += k > 0 && nominal[k];
    }
    *test = (struct ordinal_test){ 0, (double)(count * (data->category_count - 2)), NOT_A_NUMBER };
    if (!(test->degrees > 0))
        return STATUS_OK;
    struct cumulative model = { .data = data, .nominal = nominal, .left_out = left_out };
    status = maximise(arena, &model, heads, &b, &newton, fail);
    if (status != STATUS_OK)
        return status;
    test->statistic = fmax(0, 2 * (newton.log_likelihood - fit->log_likelihood));
    test->p = gsl_cdf_chisq_Q(test->statistic, test->degrees);
    return STATUS_OK;
}

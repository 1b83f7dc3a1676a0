/* Fisher scoring with halved steps. Each free element of the model knows its parameter; equality is sharing a parameter. */
#include "analysis/stat_cfa.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "analysis/stat_cfa_index.h"
#include "analysis/stat_matrix.h"

enum { STEPS_MAX = 2000, HALVINGS = 40, FREE_MAX = 1000 };

enum element { PATH, FACTOR, ERROR, INTERCEPT, FACTOR_MEAN };

struct entry { /* a free element of a group's model */
    enum element element;
    size_t a, b;
    size_t parameter;
};

struct state {
    const struct cfa_model *model;
    const struct cfa_sample *samples;
    struct cfa_group *group;
    struct entry *entries;           /* group g: entries[g * room .. + entry_count[g]) */
    size_t *entry_count, room, parameters;
    double *x, *trial, *gradient, *information, *lower, *step;
    double *inverse, *weighted;      /* items × items */
    double *slope, *slope_mean;      /* per entry: Σ⁻¹dΣ, dμ */
    double *work, *rest;             /* items × items, items */
};

static size_t add_entry(struct state *state, size_t g, struct entry entry, size_t *next, size_t *shared)
{
    if (shared != NULL && *shared != SIZE_MAX)
        entry.parameter = *shared;
    else
        entry.parameter = (*next)++;
    if (shared != NULL)
        *shared = entry.parameter;
    state->entries[g * state->room + state->entry_count[g]++] = entry;
    return entry.parameter;
}

/* Which elements are free, and which share a parameter over the groups. */
static void lay_out(struct state *state, size_t shared[])
{
    const struct cfa_model *model = state->model;
    size_t next = 0, paths = model->path_count, items = model->items;
    for (size_t i = 0; i < paths + 2 * items; i++)
        shared[i] = SIZE_MAX;
    for (size_t g = 0; g < model->groups; g++) {
        for (size_t e = 0; e < paths; e++) {
            bool first = e == 0 || model->path_factor[e] != model->path_factor[e - 1];
            if (!(first && model->marker))
                add_entry(state, g, (struct entry){ PATH, model->path_item[e], model->path_factor[e], 0 }, &next,
                          model->equal >= CFA_METRIC ? &shared[e] : NULL);
        }
        for (size_t a = 0; a < model->factors; a++)
            for (size_t b = 0; b <= a; b++)
                if (a != b || model->marker)
                    add_entry(state, g, (struct entry){ FACTOR, a, b, 0 }, &next, NULL);
        for (size_t i = 0; i < items; i++)
            add_entry(state, g, (struct entry){ ERROR, i, i, 0 }, &next,
                      model->equal >= CFA_STRICT ? &shared[paths + i] : NULL);
        for (size_t i = 0; i < items && model->means; i++)
            add_entry(state, g, (struct entry){ INTERCEPT, i, i, 0 }, &next,
                      model->equal >= CFA_SCALAR ? &shared[paths + items + i] : NULL);
        for (size_t f = 0; f < model->factors && model->means && model->equal >= CFA_SCALAR && g > 0; f++)
            add_entry(state, g, (struct entry){ FACTOR_MEAN, f, f, 0 }, &next, NULL);
    }
    state->parameters = next;
}

static double *place(const struct cfa_model *model, struct cfa_group *group, const struct entry *entry)
{
    switch (entry->element) {
    case PATH: return &group->loading[entry->a * model->factors + entry->b];
    case FACTOR: return &group->phi[entry->a * model->factors + entry->b];
    case ERROR: return &group->error[entry->a];
    case INTERCEPT: return &group->intercept[entry->a];
    case FACTOR_MEAN: break;
    }
    return &group->factor_mean[entry->a];
}

/* Moments the parameters imply. */
static void imply(struct state *state, const double x[])
{
    const struct cfa_model *model = state->model;
    const size_t p = model->items, k = model->factors;
    for (size_t g = 0; g < model->groups; g++) {
        struct cfa_group *group = &state->group[g];
        for (size_t e = 0; e < state->entry_count[g]; e++) {
            const struct entry *entry = &state->entries[g * state->room + e];
            *place(model, group, entry) = x[entry->parameter];
            if (entry->element == FACTOR)
                group->phi[entry->b * k + entry->a] = x[entry->parameter];
        }
        for (size_t i = 0; i < p; i++) {
            group->implied_mean[i] = group->intercept[i];
            for (size_t a = 0; a < k; a++)
                group->implied_mean[i] += group->loading[i * k + a] * group->factor_mean[a];
            for (size_t j = 0; j < p; j++) {
                double sum = i == j ? group->error[i] : 0;
                for (size_t a = 0; a < k; a++)
                    for (size_t b = 0; b < k; b++)
                        sum += group->loading[i * k + a] * group->phi[a * k + b] * group->loading[j * k + b];
                group->implied[i * p + j] = sum;
            }
        }
    }
}

/* Σ⁻¹ into state->inverse and the group's log |Σ| + tr(Σ⁻¹S*), S* around the implied means; false when not positive definite. */
static bool group_value(struct state *state, size_t g, double *value)
{
    const size_t p = state->model->items;
    const struct cfa_group *group = &state->group[g];
    const struct cfa_sample *sample = &state->samples[g];
    if (!cholesky_factor(group->implied, p, state->work))
        return false;
    *value = 0;
    for (size_t i = 0; i < p; i++) {
        *value += 2 * log(state->work[i * p + i]);
        for (size_t j = 0; j < p; j++)
            state->rest[j] = i == j ? 1 : 0;
        cholesky_solve(state->work, p, state->rest, state->rest);
        for (size_t j = 0; j < p; j++)
            state->inverse[i * p + j] = state->rest[j];
    }
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            double mean = state->model->means ? (sample->mean[i] - group->implied_mean[i]) *
                                                    (sample->mean[j] - group->implied_mean[j])
                                              : 0;
            *value += state->inverse[i * p + j] * (sample->covariance[i * p + j] + mean);
        }
    return true;
}

/* Σ n_g / n · (log |Σ| + tr …): the discrepancy but for what the data alone decide. */
static bool value_at(struct state *state, const double x[], double persons, double *value)
{
    *value = 0;
    imply(state, x);
    for (size_t g = 0; g < state->model->groups; g++) {
        double one = 0;
        if (!group_value(state, g, &one))
            return false;
        *value += state->samples[g].persons / persons * one;
    }
    return isfinite(*value);
}

/* dΣ of an entry into out, dμ into mean. */
static void derive(const struct cfa_model *model, const struct cfa_group *group, const struct entry *entry, double out[],
                   double mean[])
{
    const size_t p = model->items, k = model->factors;
    memset(out, 0, p * p * sizeof *out);
    memset(mean, 0, p * sizeof *mean);
    if (entry->element == PATH) {
        for (size_t j = 0; j < p; j++) {
            double sum = 0;
            for (size_t a = 0; a < k; a++)
                sum += group->loading[j * k + a] * group->phi[a * k + entry->b];
            out[entry->a * p + j] += sum;
            out[j * p + entry->a] += sum;
        }
        mean[entry->a] = group->factor_mean[entry->b];
    } else if (entry->element == FACTOR) {
        for (size_t i = 0; i < p; i++)
            for (size_t j = 0; j < p; j++) {
                double one = group->loading[i * k + entry->a] * group->loading[j * k + entry->b];
                double two = group->loading[i * k + entry->b] * group->loading[j * k + entry->a];
                out[i * p + j] = entry->a == entry->b ? one : one + two;
            }
    } else if (entry->element == ERROR) {
        out[entry->a * p + entry->a] = 1;
    } else if (entry->element == INTERCEPT) {
        mean[entry->a] = 1;
    } else {
        for (size_t i = 0; i < p; i++)
            mean[i] = group->loading[i * k + entry->a];
    }
}

static void multiply(const double left[], const double right[], size_t p, double out[])
{
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++) {
            double sum = 0;
            for (size_t m = 0; m < p; m++)
                sum += left[i * p + m] * right[m * p + j];
            out[i * p + j] = sum;
        }
}

/* Adds a group's share of the score and of the expected information. */
static void add_group(struct state *state, size_t g)
{
    const struct cfa_model *model = state->model;
    const size_t p = model->items, count = state->entry_count[g];
    const struct cfa_group *group = &state->group[g];
    const struct cfa_sample *sample = &state->samples[g];
    const struct entry *entries = state->entries + g * state->room;
    for (size_t i = 0; i < p; i++)
        state->rest[i] = model->means ? sample->mean[i] - group->implied_mean[i] : 0;
    for (size_t i = 0; i < p; i++)
        for (size_t j = 0; j < p; j++)
            state->work[i * p + j] =
                sample->covariance[i * p + j] + state->rest[i] * state->rest[j] - group->implied[i * p + j];
    multiply(state->inverse, state->work, p, state->weighted); /* Σ⁻¹(S* − Σ) */
    for (size_t e = 0; e < count; e++) {
        double *slope = state->slope + e * p * p, *mean = state->slope_mean + e * p, score = 0;
        derive(model, group, &entries[e], state->work, mean);
        multiply(state->inverse, state->work, p, slope);
        for (size_t i = 0; i < p; i++)
            for (size_t j = 0; j < p; j++) {
                score += slope[i * p + j] * state->weighted[j * p + i] / 2;
                score += mean[i] * state->inverse[i * p + j] * state->rest[j];
            }
        state->gradient[entries[e].parameter] += sample->persons * score;
    }
    for (size_t e = 0; e < count; e++)
        for (size_t f = 0; f <= e; f++) {
            const double *one = state->slope + e * p * p, *two = state->slope + f * p * p;
            double sum = 0;
            for (size_t i = 0; i < p; i++)
                for (size_t j = 0; j < p; j++) {
                    sum += one[i * p + j] * two[j * p + i] / 2;
                    sum += state->slope_mean[e * p + i] * state->inverse[i * p + j] * state->slope_mean[f * p + j];
                }
            size_t row = entries[e].parameter, column = entries[f].parameter;
            state->information[row * state->parameters + column] += sample->persons * sum;
            if (e != f)
                state->information[column * state->parameters + row] += sample->persons * sum;
        }
}

/* Score and information at state->x, factored into state->lower. */
static bool information_at(struct state *state)
{
    const size_t q = state->parameters;
    double value = 0;
    memset(state->gradient, 0, q * sizeof *state->gradient);
    memset(state->information, 0, q * q * sizeof *state->information);
    imply(state, state->x);
    for (size_t g = 0; g < state->model->groups; g++) {
        if (!group_value(state, g, &value))
            return false;
        add_group(state, g);
    }
    return cholesky_factor(state->information, q, state->lower);
}

static void start_at(struct state *state)
{
    const struct cfa_model *model = state->model;
    const size_t p = model->items;
    for (size_t g = 0; g < model->groups; g++) {
        const double *s = state->samples[g].covariance;
        for (size_t e = 0; e < model->path_count && model->marker; e++)
            if (e == 0 || model->path_factor[e] != model->path_factor[e - 1])
                state->group[g].loading[model->path_item[e] * model->factors + model->path_factor[e]] = 1;
        for (size_t f = 0; f < model->factors && !model->marker; f++)
            state->group[g].phi[f * model->factors + f] = 1;
        for (size_t e = 0; e < state->entry_count[g]; e++) {
            const struct entry *entry = &state->entries[g * state->room + e];
            size_t first = 0, factor = entry->element == FACTOR ? entry->a : entry->b;
            while (entry->element <= FACTOR && model->path_factor[first] != factor)
                first++;
            size_t lead = model->path_item[first];
            double own = s[entry->a % p * p + entry->a % p], leading = s[lead * p + lead];
            double sign = s[entry->a % p * p + lead] < 0 ? -1 : 1, x = 0;
            switch (entry->element) {
            case PATH: x = sign * sqrt(model->marker ? own / leading : own / 2); break;
            case FACTOR: x = entry->a == entry->b ? leading / 2 : 0; break;
            case ERROR: x = own / 2; break;
            case INTERCEPT: x = state->samples[g].mean[entry->a]; break;
            case FACTOR_MEAN: break;
            }
            state->x[entry->parameter] = x;
        }
    }
}

static enum status climb(struct state *state, double persons, double *value, struct fail *fail)
{
    const size_t q = state->parameters;
    if (!value_at(state, state->x, persons, value))
        return FAIL(fail, STATUS_DENIED, "the factors did not converge");
    for (int count = 0; count < STEPS_MAX; count++) {
        double length = 1, trial = 0, largest = 0;
        if (!information_at(state))
            return FAIL(fail, STATUS_DENIED, "the factors did not converge");
        cholesky_solve(state->lower, q, state->gradient, state->step);
        for (size_t i = 0; i < q; i++)
            largest = fmax(largest, fabs(state->step[i]) / (1 + fabs(state->x[i])));
        if (largest < 1e-11)
            return STATUS_OK;
        bool better = false;
        for (int half = 0; half < HALVINGS && !better; half++, length /= 2) {
            for (size_t i = 0; i < q; i++)
                state->trial[i] = state->x[i] + length * state->step[i];
            better = value_at(state, state->trial, persons, &trial) &&
                     trial <= *value + (largest < 1e-5 ? 1e-12 * (1 + fabs(*value)) : 0);
        }
        if (!better)
            return largest < 1e-7 ? STATUS_OK : FAIL(fail, STATUS_DENIED, "the factors did not converge");
        memcpy(state->x, state->trial, q * sizeof *state->x);
        *value = trial;
    }
    return FAIL(fail, STATUS_DENIED, "the factors did not converge");
}

/* A factor whose first loading came out negative is turned; loadings belong to the first group's entries. */
static void turn_factors(struct state *state)
{
    const struct cfa_model *model = state->model;
    for (size_t f = 0; f < model->factors && !model->marker; f++) {
        size_t first = 0;
        while (model->path_factor[first] != f)
            first++;
        for (size_t g = 0; g < model->groups; g++)
            if (state->group[g].loading[model->path_item[first] * model->factors + f] < 0)
                for (size_t e = 0; e < state->entry_count[g]; e++) {
                    const struct entry *entry = &state->entries[g * state->room + e];
                    bool turned = (entry->element == PATH && entry->b == f) ||
                                  (entry->element == FACTOR && (entry->a == f) != (entry->b == f));
                    state->x[entry->parameter] *= turned ? -1 : 1;
                }
    }
}

/* Standard errors of the first group's loadings, raw and fully standardised (delta method), and of the factor means. */
static void errors_of(struct state *state, struct cfa_fit *fit)
{
    const struct cfa_model *model = state->model;
    const size_t p = model->items, k = model->factors, q = state->parameters;
    for (size_t e = 0; e < model->path_count; e++) {
        size_t item = model->path_item[e], factor = model->path_factor[e];
        const struct cfa_group *group = &state->group[0];
        double variance = group->implied[item * p + item], phi = group->phi[factor * k + factor];
        double loading = group->loading[item * k + factor], standard = loading * sqrt(phi / variance);
        double raw = 0, scaled = 0;
        fit->standard[e] = standard;
        memset(state->gradient, 0, q * sizeof *state->gradient);
        memset(state->trial, 0, q * sizeof *state->trial);
        for (size_t i = 0; i < state->entry_count[0]; i++) {
            const struct entry *entry = &state->entries[i];
            derive(model, group, entry, state->work, state->rest);
            double slope = -standard / (2 * variance) * state->work[item * p + item];
            bool own = entry->element == PATH && entry->a == item && entry->b == factor;
            bool spread = entry->element == FACTOR && entry->a == factor && entry->b == factor;
            slope += own ? sqrt(phi / variance) : spread ? standard / (2 * phi) : 0;
            state->gradient[entry->parameter] += slope;
            state->trial[entry->parameter] += own ? 1 : 0;
        }
        cholesky_solve(state->lower, q, state->gradient, state->step);
        for (size_t i = 0; i < q; i++)
            scaled += state->gradient[i] * state->step[i];
        cholesky_solve(state->lower, q, state->trial, state->step);
        for (size_t i = 0; i < q; i++)
            raw += state->trial[i] * state->step[i];
        fit->standard_error[e] = sqrt(scaled);
        fit->path_error[e] = sqrt(raw);
    }
    for (size_t g = 0; g < model->groups; g++)
        for (size_t e = 0; e < state->entry_count[g]; e++) {
            const struct entry *entry = &state->entries[g * state->room + e];
            if (entry->element != FACTOR_MEAN)
                continue;
            memset(state->trial, 0, q * sizeof *state->trial);
            state->trial[entry->parameter] = 1;
            cholesky_solve(state->lower, q, state->trial, state->step);
            fit->factor_mean_error[g * k + entry->a] = sqrt(state->step[entry->parameter]);
        }
}

static enum status make(struct arena *arena, struct state *state, struct cfa_fit *fit, struct fail *fail)
{
    const struct cfa_model *model = state->model;
    const size_t p = model->items, k = model->factors, groups = model->groups, paths = model->path_count;
    state->room = paths + k * (k + 1) / 2 + 2 * p + k;
    const size_t most = state->room * groups, each = p * k + k * k + 3 * p + k + p * p;
    if (most > FREE_MAX)
        return FAIL(fail, STATUS_INPUT, "these statements cannot determine so many factors");
    double *memory = ARENA_NEW(arena, double, groups * each + 3 * paths + groups * k + 4 * most + 2 * most * most +
                                                  3 * p * p + p + state->room * (p * p + p));
    size_t *shared = ARENA_NEW(arena, size_t, paths + 2 * p + groups);
    state->group = ARENA_NEW(arena, struct cfa_group, groups);
    state->entries = ARENA_NEW(arena, struct entry, most);
    if (memory == NULL || shared == NULL || state->group == NULL || state->entries == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    state->entry_count = shared + paths + 2 * p;
    for (size_t g = 0; g < groups; g++, memory += each)
        state->group[g] = (struct cfa_group){ .loading = memory, .phi = memory + p * k, .error = memory + p * k + k * k,
                                              .intercept = memory + p * k + k * k + p,
                                              .implied_mean = memory + p * k + k * k + 2 * p,
                                              .factor_mean = memory + p * k + k * k + 3 * p,
                                              .implied = memory + p * k + k * k + 3 * p + k };
    *fit = (struct cfa_fit){ .group = state->group, .path_error = memory, .standard = memory + paths,
                             .standard_error = memory + 2 * paths, .factor_mean_error = memory + 3 * paths };
    memory += 3 * paths + groups * k;
    double **vectors[] = { &state->x, &state->trial, &state->gradient, &state->step };
    for (size_t i = 0; i < COUNT(vectors); i++, memory += most)
        *vectors[i] = memory;
    state->information = memory;
    state->lower = memory + most * most;
    state->inverse = memory + 2 * most * most;
    state->weighted = state->inverse + p * p;
    state->work = state->weighted + p * p;
    state->rest = state->work + p * p;
    state->slope = state->rest + p;
    state->slope_mean = state->slope + state->room * p * p;
    lay_out(state, shared);
    return STATUS_OK;
}

enum status cfa_compute(struct arena *arena, const struct cfa_model *model, const struct cfa_sample samples[],
                        struct cfa_fit *fit, struct fail *fail)
{
    struct state state = { .model = model, .samples = samples };
    struct cfa_fit result;
    double persons = 0, value = 0;
    bool fits = model->items > 0 && model->factors > 0 && model->groups > 0 && model->path_count >= model->factors;
    for (size_t e = 0; e < model->path_count && fits; e++)
        fits = model->path_item[e] < model->items && model->path_factor[e] < model->factors;
    for (size_t f = 0, e = 0; f < model->factors && fits; f++) {
        for (e = 0; e < model->path_count && model->path_factor[e] != f;)
            e++;
        fits = e < model->path_count;
    }
    if (!fits)
        return FAIL(fail, STATUS_INPUT, "these statements cannot determine so many factors");
    for (size_t g = 0; g < model->groups; g++)
        persons += samples[g].persons;
    enum status status = make(arena, &state, &result, fail);
    if (status != STATUS_OK)
        return status;
    double p = (double)model->items, moments = p * (p + 1) / 2 + (model->means ? p : 0);
    if ((double)state.parameters > (double)model->groups * moments)
        return FAIL(fail, STATUS_INPUT, "these statements cannot determine so many factors");
    start_at(&state);
    status = climb(&state, persons, &value, fail);
    if (status != STATUS_OK)
        return status;
    turn_factors(&state);
    if (!information_at(&state))
        return FAIL(fail, STATUS_DENIED, "the factors did not converge");
    for (size_t i = 0; i < state.parameters; i++)
        result.gradient = fmax(result.gradient, fabs(state.gradient[i]) / persons);
    errors_of(&state, &result);
    result.parameters = state.parameters;
    result.persons = persons;
    status = cfa_indices(arena, model, samples, value, &result, fail);
    if (status == STATUS_OK)
        *fit = result;
    return status;
}

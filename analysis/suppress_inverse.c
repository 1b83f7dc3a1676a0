#include "analysis/suppress_inverse.h"

#include <math.h>
#include <stdlib.h>

static const double tiny = 1e-12;

bool sparse_open(struct sparse *sparse, struct arena *arena, size_t rows)
{
    *sparse = (struct sparse){ .x = ARENA_NEW(arena, double, rows + 1), .listed = ARENA_NEW(arena, bool, rows + 1),
                               .rows = ARENA_NEW(arena, uint32_t, rows + 1) };
    return sparse->x != NULL && sparse->listed != NULL && sparse->rows != NULL;
}

void sparse_clear(struct sparse *sparse)
{
    for (size_t k = 0; k < sparse->count; k++) {
        sparse->x[sparse->rows[k]] = 0;
        sparse->listed[sparse->rows[k]] = false;
    }
    sparse->count = 0;
}

void inverse_free(struct inverse *inverse)
{
    free(inverse->steps);
    free(inverse->factors);
    *inverse = (struct inverse){ 0 };
}

void inverse_clear(struct inverse *inverse)
{
    inverse->step_count = inverse->factor_count = 0;
}

void inverse_forward(struct inverse *inverse, struct sparse *x)
{
    for (size_t s = 0; s < inverse->step_count; s++) {
        const struct inverse_step *step = &inverse->steps[s];
        double times = x->x[step->row];
        if (!(fabs(times) > tiny))
            continue;
        times /= step->pivot;
        x->x[step->row] = times;
        for (size_t k = step->first; k < step->end; k++)
            sparse_add(x, inverse->factors[k].row, -times * inverse->factors[k].factor);
        inverse->work += step->end - step->first;
    }
    inverse->work += inverse->step_count / 2;
}

void inverse_backward(struct inverse *inverse, struct sparse *y)
{
    for (size_t s = inverse->step_count; s-- > 0;) {
        const struct inverse_step *step = &inverse->steps[s];
        double sum = y->x[step->row];
        for (size_t k = step->first; k < step->end; k++)
            sum -= y->x[inverse->factors[k].row] * inverse->factors[k].factor;
        if (fabs(sum) > tiny)
            sparse_add(y, step->row, sum / step->pivot - y->x[step->row]);
        else
            y->x[step->row] = 0;
    }
    inverse->work += inverse->factor_count / 2 + inverse->step_count;
}

static bool reserve(struct inverse *inverse, size_t factors)
{
    if (inverse->step_count == inverse->step_room) {
        size_t room = 2 * inverse->step_room + 256;
        struct inverse_step *steps = realloc(inverse->steps, room * sizeof *steps);
        if (steps == NULL)
            return false;
        inverse->steps = steps;
        inverse->step_room = room;
    }
    if (inverse->factor_count + factors > inverse->factor_room) {
        size_t room = 2 * (inverse->factor_count + factors) + 1024;
        struct inverse_factor *more = realloc(inverse->factors, room * sizeof *more);
        if (more == NULL)
            return false;
        inverse->factors = more;
        inverse->factor_room = room;
    }
    return true;
}

bool inverse_add(struct inverse *inverse, uint32_t row, const struct sparse *x)
{
    if (!reserve(inverse, x->count))
        return false;
    struct inverse_step *step = &inverse->steps[inverse->step_count++];
    *step = (struct inverse_step){ .row = row, .first = inverse->factor_count, .pivot = x->x[row] };
    for (size_t k = 0; k < x->count; k++)
        if (x->rows[k] != row && fabs(x->x[x->rows[k]]) > tiny)
            inverse->factors[inverse->factor_count++] = (struct inverse_factor){ x->rows[k], x->x[x->rows[k]] };
    step->end = inverse->factor_count;
    inverse->work += x->count;
    return true;
}

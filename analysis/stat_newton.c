/* The length of a step is measured in standard errors (squared: twice the gain to be expected). Near a maximum it falls
 * quadratically. Under separation every step moves the coefficients by about as much as the one before, while its length
 * only falls by a constant factor: three such steps in a row tell the two apart. */
#include "analysis/stat_newton.h"

#include "analysis/stat_gram.h"

#define LENGTH_LAST 1e-12 /* one more step makes it exact */
#define LENGTH_NEAR 1e-4  /* from here on the convergence must be quadratic */
#define FALL_LEAST 0.05
#define SLOW_MAX 3

struct work {
    struct wide *score, *information, *step;
    double *trial;
    size_t columns;
};

/* Halves the step until the likelihood does not fall; false if it always does. */
static bool walk(likelihood *function, const void *model, const struct work *work, double *b, double before)
{
    double part = 1;
    for (int i = 0; i < NEWTON_HALVINGS; i++, part /= 2) {
        for (size_t k = 0; k < work->columns; k++)
            work->trial[k] = b[k] + part * wide_value(work->step[k]);
        if (function(model, work->trial, NULL, NULL) >= before - 1e-11 * (1 + fabs(before))) {
            for (size_t k = 0; k < work->columns; k++)
                b[k] = work->trial[k];
            return true;
        }
    }
    return false;
}

static enum status refuse(struct newton *newton, bool separated, struct fail *fail)
{
    newton->separated = separated;
    if (separated)
        return FAIL(fail, STATUS_DENIED, "the variables predict an outcome without any error (separation): join "
                                         "categories or leave a variable out");
    return FAIL(fail, STATUS_DENIED, "the model did not converge: join rare categories or leave a variable out");
}

static void fill(const struct gram *gram, const struct work *work, struct newton *newton)
{
    newton->gradient = 0;
    for (size_t k = 0; k < work->columns; k++)
        newton->gradient = fmax(newton->gradient, fabs(wide_value(work->score[k])));
    for (size_t k = 0; k < work->columns * work->columns; k++)
        newton->covariance[k] = wide_value(gram->inverse[k]);
}

static enum status climb(struct arena *arena, likelihood *function, const void *model, struct work *work, double b[],
                         struct newton *newton, struct fail *fail)
{
    struct gram gram;
    double length = (double)INFINITY;
    unsigned slow = 0;
    bool last = false;
    enum status status = gram_room(arena, work->columns, &gram, fail);
    while (status == STATUS_OK && newton->rounds++ < NEWTON_ROUNDS) {
        double before = length;
        newton->log_likelihood = function(model, b, work->score, work->information);
        status = gram_factor(work->information, &gram, fail);
        if (status != STATUS_OK)
            return status;
        gram_solve(&gram, work->score, work->step);
        length = 0;
        for (size_t k = 0; k < work->columns; k++)
            length += wide_value(work->step[k]) * wide_value(work->score[k]);
        if (gram.rank < work->columns && newton->to_limit && before < LENGTH_NEAR) {
            newton->separated = true;
            return STATUS_OK; /* as far as numbers carry */
        }
        if (gram.rank < work->columns)
            return refuse(newton, newton->rounds > 1, fail); /* the information vanished on the way */
        if (last) {
            fill(&gram, work, newton);
            return STATUS_OK;
        }
        slow = before < LENGTH_NEAR && length > FALL_LEAST * before ? slow + 1 : 0;
        newton->separated |= slow == SLOW_MAX;
        if (newton->separated && !newton->to_limit)
            return refuse(newton, true, fail);
        last = length < LENGTH_LAST;
        if (!walk(function, model, work, b, newton->log_likelihood) && !last)
            return refuse(newton, false, fail);
    }
    return status != STATUS_OK ? status : refuse(newton, false, fail);
}

enum status newton_maximise(struct arena *arena, likelihood *function, const void *model, size_t columns, double b[],
                            struct newton *newton, struct fail *fail)
{
    struct work work = { .score = ARENA_NEW(arena, struct wide, columns),
                         .information = ARENA_NEW(arena, struct wide, columns * columns),
                         .step = ARENA_NEW(arena, struct wide, columns),
                         .trial = ARENA_NEW(arena, double, columns),
                         .columns = columns };
    *newton = (struct newton){ .to_limit = newton->to_limit, .covariance = ARENA_NEW(arena, double, columns * columns) };
    if (work.score == NULL || work.information == NULL || work.step == NULL || work.trial == NULL ||
        newton->covariance == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    return climb(arena, function, model, &work, b, newton, fail);
}

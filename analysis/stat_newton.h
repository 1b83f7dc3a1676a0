/* Maximum of a concave log likelihood by Newton's method with halved steps. The one loop of the logistic and the ordinal
 * model. Scratch memory from the arena; pure. */
#ifndef ANALYSIS_STAT_NEWTON_H
#define ANALYSIS_STAT_NEWTON_H

#include <stdbool.h>

#include "analysis/stat_wide.h"
#include "base/arena.h"

enum { NEWTON_ROUNDS = 100, NEWTON_HALVINGS = 40 };

/* Log likelihood at b; −INFINITY outside its domain. If score is not NULL also the score (columns) and the information,
 * minus the matrix of second derivatives (columns × columns; the lower triangle is enough). */
typedef double likelihood(const void *model, const double b[], struct wide score[], struct wide information[]);

struct newton {
    bool to_limit; /* asked for: under separation go on until the likelihood rises no more; all else but it is worth nothing then */
    double log_likelihood, gradient; /* largest absolute score at the maximum */
    double *covariance;              /* inverse of the information, columns × columns */
    unsigned rounds;
    bool separated;                  /* there is no maximum: set with STATUS_DENIED, or the limit was asked for */
};

/* b: start, inside the domain; on success the maximum. newton: to_limit is set by the caller.
 *
 * STATUS_DENIED  separation: some combination of the columns tells categories of the outcome apart without error, so the
 *                likelihood rises forever; or no convergence in NEWTON_ROUNDS
 * Source: Albert and Anderson (1984), Biometrika 71: a maximum exists exactly if there is no separation. */
MUST_USE enum status newton_maximise(struct arena *arena, likelihood *function, const void *model, size_t columns,
                                     double b[], struct newton *newton, struct fail *fail);

#endif

/* Normal equations X'WX b = X'Wy in doubled precision: as good as the data even for polynomials of degree ten or columns
 * with an offset of 10⁹. Linearly dependent columns are found and left out, the later ones first. Scratch and result live
 * in the arena; pure. Not responsible for the meaning of the columns (stat_design.h).
 * Sources: Golub and Van Loan (2013), Matrix Computations, 4.2; van der Sluis (1969), Numerische Mathematik 14: scaling of
 * the columns does not change the quality of a Cholesky factor, so none is done. */
#ifndef ANALYSIS_STAT_GRAM_H
#define ANALYSIS_STAT_GRAM_H

#include <stdbool.h>

#include "analysis/stat_wide.h"
#include "base/arena.h"

enum { GRAM_COLUMNS = 512 };

struct gram {
    size_t columns, rank;
    struct wide *factor;  /* lower triangle L with LL' = X'WX, columns × columns, row-major */
    struct wide *inverse; /* of X'WX, symmetric; rows and columns of left-out columns are 0 */
    bool *left_out;       /* per column: depends on the columns before it */
    struct wide *unit;    /* scratch, columns */
};

/* x: rows × columns, row-major, finite; weight: per row, ≥ 0, or NULL for 1. A column is left out when less than 1e-13 of
 * its length remains after the columns before it.
 *
 * STATUS_INPUT  no columns or more than GRAM_COLUMNS, a value that is not finite
 * STATUS_MEMORY */
MUST_USE enum status gram_build(struct arena *arena, const double x[], size_t rows, size_t columns,
                                const double weight[], struct gram *gram, struct fail *fail);
/* The same in two steps from X'WX itself, columns × columns, row-major; its lower triangle is enough. gram_factor may be
 * repeated with the same room. */
MUST_USE enum status gram_room(struct arena *arena, size_t columns, struct gram *gram, struct fail *fail);
MUST_USE enum status gram_factor(const struct wide products[], struct gram *gram, struct fail *fail);
/* Adds weight · row row' to the lower triangle. */
void gram_add(struct wide products[], const double row[], double weight, size_t columns);

/* right = X'Wy, columns numbers. */
void gram_moments(const double x[], size_t rows, size_t columns, const double weight[], const double y[],
                  struct wide right[]);
/* solution = (X'WX)⁻¹ right; 0 for left-out columns. */
void gram_solve(const struct gram *gram, const struct wide right[], struct wide solution[]);
/* x'b of one row. */
struct wide gram_row(const double row[], const struct wide b[], size_t columns);
/* influence = (X'WX)⁻¹ row, returns row'(X'WX)⁻¹row (with weight 1 the leverage). */
double gram_influence(const struct gram *gram, const double row[], double influence[]);

#endif

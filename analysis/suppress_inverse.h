/* Sparse columns and the inverse of a basis as a list of elementary columns (product form). Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_INVERSE_H
#define ANALYSIS_SUPPRESS_INVERSE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers by row; those not listed are 0 (a listed one may be 0 as well). */
struct sparse {
    double *x;
    bool *listed;
    uint32_t *rows;
    size_t count;
};

MUST_USE bool sparse_open(struct sparse *sparse, struct arena *arena, size_t rows);
void sparse_clear(struct sparse *sparse);

static inline void sparse_add(struct sparse *sparse, uint32_t row, double by)
{
    if (!sparse->listed[row]) {
        sparse->listed[row] = true;
        sparse->rows[sparse->count++] = row;
    }
    sparse->x[row] += by;
}

struct inverse_factor {
    uint32_t row;
    double factor;
};
struct inverse_step {
    uint32_t row;
    size_t first, end; /* of the factors beside the pivot */
    double pivot;
};

/* All zero to begin with; freed by inverse_free. work: numbers touched. */
struct inverse {
    struct inverse_step *steps;
    size_t step_count, step_room;
    struct inverse_factor *factors;
    size_t factor_count, factor_room;
    uint64_t work;
};

void inverse_free(struct inverse *inverse);

/* Nothing multiplied yet: the inverse of the unit basis. */
void inverse_clear(struct inverse *inverse);
/* x := inverse · x and y := y · inverse. */
void inverse_forward(struct inverse *inverse, struct sparse *x);
void inverse_backward(struct inverse *inverse, struct sparse *y);
/* The column x (already in terms of the basis) takes the place of row. false: no memory. */
MUST_USE bool inverse_add(struct inverse *inverse, uint32_t row, const struct sparse *x);

#endif

/* Cells that can only move together: a relation with two moving cells ties them, and so on. Makes the local programs several
 * times smaller. Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_CLASSES_H
#define ANALYSIS_SUPPRESS_CLASSES_H

#include "analysis/suppress_plan.h"

/* Positions i are those of the cells handed over. Deviation of cell i = ratio[i] × deviation of root[i]. */
struct classes {
    uint32_t *root;
    double *ratio;
    uint32_t *first, *next; /* members of the class of a root, class_end at its end */
    uint32_t *last, *size;
    bool *dead;             /* per root: stands still */
    size_t *row_first;      /* the moving members of each row: position and factor */
    uint32_t *member;
    double *factor;
    bool *row_done;         /* says nothing more */
    double *sum;            /* per root, scratch of classes_row */
    uint32_t *touched, *mark, stamp;
    uint32_t *place;        /* per cell of the lattice: its position + 1, 0 between calls */
};

static const uint32_t class_end = UINT32_MAX;

MUST_USE bool classes_open(struct classes *classes, struct arena *arena, const struct lattice *lattice);

/* alone[i]: the cell must not be tied to others (its price has steps). */
void classes_tie(struct classes *classes, const struct lattice *lattice, const uint32_t cells[], size_t cell_count,
                 const uint32_t rows[], size_t row_count, const bool alone[]);

/* Roots with a factor in a row, in touched[0 .. count); factors in sum[root]. The caller sets these sums back to 0. */
size_t classes_row(struct classes *classes, size_t row);

#endif

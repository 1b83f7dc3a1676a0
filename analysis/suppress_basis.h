/* The basis of suppress_simplex.c: which column owns which row, and the inverse made anew in an order that keeps it sparse.
 * Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_BASIS_H
#define ANALYSIS_SUPPRESS_BASIS_H

#include "analysis/suppress_inverse.h"
#include "analysis/suppress_rank.h"
#include "analysis/suppress_simplex.h"

static const double basis_pivot_least = 1e-7;
enum { BASIS_NOBODY = -1 };

struct column {
    uint32_t stamp;
    uint8_t at; /* knot it stands at, or the piece it is in while in the basis */
    bool inside, priced, ordered;
    uint32_t left, place, pivot; /* while the inverse is made anew */
    double dual, alpha;
    struct simplex_column shape;
};

struct row {
    uint32_t stamp;
    int column;
    bool waiting;        /* listed in simplex.waiting */
    bool counted, owned; /* while the inverse is made anew: waits for its column, … */
    uint32_t left; /* … one of so many */
    double value, edge; /* squared length of its row of the inverse */
};

/* There the reduced price of a column changes its sign: it moves from one knot to the next. */
struct crossing {
    double ratio, alpha;
    uint32_t column;
    uint8_t from, to;
};

/* A row or a column that meets a single one of the others. */
struct order {
    uint32_t id;
    bool row;
};

struct simplex {
    const struct lattice_index *whole; /* every relation of the lattice */
    struct lattice_index index;        /* those of the program: the places of each cell */
    size_t *row_first; /* of members: the cells of each relation that can move at all */
    struct lattice_member *members;
    const struct simplex_task *task;
    struct column *columns;
    struct row *rows;
    uint32_t stamp;
    uint32_t *touched_columns, *touched_rows, *priced;
    uint32_t *waiting; /* rows whose value or piece has changed: others miss nothing */
    size_t column_count, row_count, priced_count, waiting_count;
    struct inverse inverse;
    struct sparse pivot_row, enter, turn;
    struct crossing *crossings, *passed; /* crossings: a heap, the smallest ratio on top */
    size_t crossing_count, passed_count;
    struct row *old;     /* the basis while the inverse is made anew */
    struct order *queue;
    struct ranked *nucleus;
    uint32_t *order;
    size_t renewed;      /* steps of the inverse when it was last made anew */
    double price;
    struct simplex_move *moves;
    size_t move_count;
    uint64_t work;
};

/* A column or row of the program in hand, set up when it is first touched. */
struct column *basis_column(struct simplex *simplex, uint32_t j);
struct row *basis_row(struct simplex *simplex, uint32_t i);
/* The value or the piece of a row has changed: it may miss something now. */
void basis_wait(struct simplex *simplex, uint32_t i);
/* Price of the piece the column of a row is in; 0 for nobody. */
double basis_slope(const struct simplex *simplex, const struct row *row);
/* x += times · column, in the relations of that index. */
void basis_add(struct simplex *simplex, const struct lattice_index *index, uint32_t j, double times, struct sparse *x);
/* Values of the rows from the columns that stand at a knot. */
void basis_values(struct simplex *simplex);
/* The inverse made anew, with it all values and prices. false: numbers or memory do not allow it. */
MUST_USE bool basis_renew(struct simplex *simplex);

#endif

/* Bounded dual simplex. Position i of the basis belongs to relation i: at first to nobody, whose value (what the relation
 * misses) must become 0, later to a column. Rows and columns are set up when they are first touched. */
#include "analysis/suppress_simplex.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/suppress_inverse.h"

enum { INVERSE_STEPS = 60, NOBODY = -1 };

static const double feasible = 1e-9, pivot_least = 1e-7, tiny = 1e-12;

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

struct ranked {
    uint32_t rank, id;
};

struct simplex {
    const struct lattice_index *index;
    size_t *row_first; /* of members: the cells of each relation that can move at all */
    struct lattice_member *members;
    const struct simplex_task *task;
    struct column *columns;
    struct row *rows;
    uint32_t stamp;
    uint32_t *touched_columns, *touched_rows, *priced;
    size_t column_count, row_count, priced_count;
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

static bool copy_rows(struct simplex *simplex, struct arena *arena, const struct lattice *lattice, const bool usable[])
{
    size_t count = 0, rows = lattice->relation_count;
    for (size_t r = 0; r < rows; r++)
        count += lattice->relations[r].count;
    simplex->row_first = ARENA_NEW(arena, size_t, rows + 1);
    simplex->members = ARENA_NEW(arena, struct lattice_member, count + 1);
    if (simplex->row_first == NULL || simplex->members == NULL)
        return false;
    count = 0;
    for (size_t r = 0; r < rows; r++) {
        simplex->row_first[r] = count;
        for (size_t k = 0; k < lattice->relations[r].count; k++) {
            const struct lattice_member *member = &lattice->members[lattice->relations[r].first + k];
            if (usable[member->cell])
                simplex->members[count++] = *member;
        }
    }
    simplex->row_first[rows] = count;
    return true;
}

struct simplex *simplex_open(struct arena *arena, const struct lattice *lattice, const struct lattice_index *index,
                             const bool usable[])
{
    size_t columns = lattice->cell_count + 1, rows = lattice->relation_count + 1;
    struct simplex *simplex = ARENA_NEW(arena, struct simplex, 1);
    if (simplex == NULL)
        return NULL;
    *simplex = (struct simplex){
        .index = index, .columns = ARENA_NEW(arena, struct column, columns),
        .rows = ARENA_NEW(arena, struct row, rows), .touched_columns = ARENA_NEW(arena, uint32_t, columns),
        .touched_rows = ARENA_NEW(arena, uint32_t, rows), .priced = ARENA_NEW(arena, uint32_t, columns),
        .crossings = ARENA_NEW(arena, struct crossing, SIMPLEX_PIECES * columns),
        .passed = ARENA_NEW(arena, struct crossing, SIMPLEX_PIECES * columns), .old = ARENA_NEW(arena, struct row, rows),
        .queue = ARENA_NEW(arena, struct order, columns + rows), .order = ARENA_NEW(arena, uint32_t, rows),
        .nucleus = ARENA_NEW(arena, struct ranked, rows), .moves = ARENA_NEW(arena, struct simplex_move, columns) };
    bool all = simplex->columns != NULL && simplex->rows != NULL && simplex->touched_columns != NULL &&
               simplex->touched_rows != NULL && simplex->priced != NULL && simplex->crossings != NULL &&
               simplex->passed != NULL && simplex->old != NULL && simplex->queue != NULL && simplex->order != NULL && simplex->nucleus != NULL && simplex->moves != NULL &&
               sparse_open(&simplex->pivot_row, arena, rows) && sparse_open(&simplex->enter, arena, rows) &&
               sparse_open(&simplex->turn, arena, rows) && copy_rows(simplex, arena, lattice, usable);
    return all ? simplex : NULL;
}

void simplex_close(struct simplex *simplex)
{
    if (simplex != NULL)
        inverse_free(&simplex->inverse);
}

const struct simplex_move *simplex_moves(const struct simplex *simplex, size_t *count)
{
    *count = simplex->move_count;
    return simplex->moves;
}

uint64_t simplex_work(const struct simplex *simplex)
{
    return simplex->work + simplex->inverse.work;
}

static struct column *column_of(struct simplex *simplex, uint32_t j)
{
    struct column *column = &simplex->columns[j];
    if (column->stamp == simplex->stamp)
        return column;
    *column = (struct column){ .stamp = simplex->stamp };
    if (j != simplex->task->cell)
        simplex->task->describe(simplex->task->context, j, &column->shape);
    column->at = column->shape.zero;
    simplex->touched_columns[simplex->column_count++] = j;
    simplex->work += 4;
    return column;
}

static struct row *row_of(struct simplex *simplex, uint32_t i)
{
    struct row *row = &simplex->rows[i];
    if (row->stamp == simplex->stamp)
        return row;
    *row = (struct row){ .stamp = simplex->stamp, .column = NOBODY, .edge = 1 };
    simplex->touched_rows[simplex->row_count++] = i;
    return row;
}

static double low(const struct simplex *simplex, const struct row *row)
{
    const struct column *column = row->column == NOBODY ? NULL : &simplex->columns[row->column];
    return column == NULL ? 0 : column->shape.knot[column->at];
}

static double high(const struct simplex *simplex, const struct row *row)
{
    const struct column *column = row->column == NOBODY ? NULL : &simplex->columns[row->column];
    return column == NULL ? 0 : column->shape.knot[column->at + 1];
}

static double slope(const struct simplex *simplex, const struct row *row)
{
    const struct column *column = row->column == NOBODY ? NULL : &simplex->columns[row->column];
    return column == NULL ? 0 : column->shape.slope[column->at];
}

static void add_column(struct simplex *simplex, uint32_t j, double times, struct sparse *x)
{
    const struct lattice_index *index = simplex->index;
    for (size_t k = index->cell_first[j]; k < index->cell_first[j + 1]; k++)
        sparse_add(x, index->places[k].relation, times * index->places[k].factor);
    simplex->work += index->cell_first[j + 1] - index->cell_first[j];
}

/* Values of the rows from the columns that stand at a knot. */
static void set_values(struct simplex *simplex)
{
    struct sparse *x = &simplex->turn;
    sparse_clear(x);
    add_column(simplex, simplex->task->cell, -simplex->task->move, x);
    for (size_t t = 0; t < simplex->column_count; t++) {
        const struct column *column = &simplex->columns[simplex->touched_columns[t]];
        if (!column->inside && column->at != column->shape.zero)
            add_column(simplex, simplex->touched_columns[t], -column->shape.knot[column->at], x);
    }
    inverse_forward(&simplex->inverse, x);
    for (size_t t = 0; t < simplex->row_count; t++)
        simplex->rows[simplex->touched_rows[t]].value = 0;
    for (size_t k = 0; k < x->count; k++)
        row_of(simplex, x->rows[k])->value = x->x[x->rows[k]];
}

/* Prices of the rows from the columns of the basis, and from these the dual value of every column touched. */
static void set_duals(struct simplex *simplex)
{
    const struct lattice_index *index = simplex->index;
    struct sparse *y = &simplex->pivot_row;
    sparse_clear(y);
    for (size_t t = 0; t < simplex->row_count; t++) {
        const struct row *row = &simplex->rows[simplex->touched_rows[t]];
        if (row->column != NOBODY)
            sparse_add(y, simplex->touched_rows[t], slope(simplex, row));
    }
    inverse_backward(&simplex->inverse, y);
    for (size_t t = 0; t < simplex->column_count; t++) {
        uint32_t j = simplex->touched_columns[t];
        double sum = 0;
        for (size_t k = index->cell_first[j]; k < index->cell_first[j + 1]; k++)
            sum += y->x[index->places[k].relation] * index->places[k].factor;
        simplex->columns[j].dual = sum;
        simplex->work += index->cell_first[j + 1] - index->cell_first[j];
    }
}

/* Collects the basis and frees its rows; left[i], for rows and columns: how many others of the basis it meets. */
static size_t collect(struct simplex *simplex)
{
    const struct lattice_index *index = simplex->index;
    size_t count = 0;
    for (size_t t = 0; t < simplex->row_count; t++) {
        struct row *row = &simplex->rows[simplex->touched_rows[t]];
        row->left = 0;
        row->counted = row->owned = row->column != NOBODY;
        if (row->owned)
            simplex->old[count++] = *row;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t j = (uint32_t)simplex->old[i].column;
        simplex->columns[j].left = 0;
        simplex->columns[j].place = (uint32_t)i;
        for (size_t k = index->cell_first[j]; k < index->cell_first[j + 1]; k++) {
            struct row *row = row_of(simplex, index->places[k].relation);
            row->left++;
            simplex->columns[j].left += row->owned;
        }
        simplex->work += index->cell_first[j + 1] - index->cell_first[j];
    }
    return count;
}

/* Takes a column and the row it is to own out of the count; rows and columns that become single are queued. */
static void take(struct simplex *simplex, uint32_t j, uint32_t i, size_t *tail)
{
    const struct lattice_index *index = simplex->index;
    size_t end = simplex->row_first[i + 1];
    simplex->columns[j].ordered = true;
    simplex->rows[i].counted = false;
    for (size_t k = index->cell_first[j]; k < index->cell_first[j + 1]; k++) {
        struct row *row = &simplex->rows[index->places[k].relation];
        if (--row->left == 1 && row->counted)
            simplex->queue[(*tail)++] = (struct order){ index->places[k].relation, true };
    }
    for (size_t m = simplex->row_first[i]; m < end; m++) {
        struct column *column = &simplex->columns[simplex->members[m].cell];
        if (column->stamp == simplex->stamp && column->inside && !column->ordered && --column->left == 1)
            simplex->queue[(*tail)++] = (struct order){ simplex->members[m].cell, false };
    }
    simplex->work += end - simplex->row_first[i];
}

/* The row of a single column, the column of a single row; false when it is taken by now. */
static bool partner(const struct simplex *simplex, const struct order *single, uint32_t *j, uint32_t *i)
{
    const struct lattice_index *index = simplex->index;
    if (single->row) {
        *i = single->id;
        for (size_t m = simplex->row_first[*i]; m < simplex->row_first[*i + 1]; m++) {
            *j = simplex->members[m].cell;
            const struct column *column = &simplex->columns[*j];
            if (column->stamp == simplex->stamp && column->inside && !column->ordered)
                return simplex->rows[*i].counted;
        }
        return false;
    }
    *j = single->id;
    for (size_t k = index->cell_first[*j]; k < index->cell_first[*j + 1]; k++) {
        *i = index->places[k].relation;
        if (simplex->rows[*i].counted)
            return !simplex->columns[*j].ordered;
    }
    return false;
}

static int by_rank(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static uint32_t shortest_row(const struct simplex *simplex, uint32_t j)
{
    const struct lattice_index *index = simplex->index;
    uint32_t best = UINT32_MAX;
    for (size_t k = index->cell_first[j]; k < index->cell_first[j + 1]; k++) {
        uint32_t i = index->places[k].relation;
        if (simplex->rows[i].counted && (best == UINT32_MAX || simplex->rows[i].left < simplex->rows[best].left))
            best = i;
    }
    return best;
}

/* Order in which the columns give short elementary columns: rows with a single column first, columns with a single row
 * last, between them the rest. order[k].row: pivot known. */
static void arrange(struct simplex *simplex, size_t count, uint32_t order[])
{
    size_t head = 0, tail = 0, first = 0, last = count;
    for (size_t i = 0; i < count; i++)
        simplex->columns[simplex->old[i].column].ordered = false;
    for (size_t i = 0; i < count; i++)
        if (simplex->columns[simplex->old[i].column].left == 1)
            simplex->queue[tail++] = (struct order){ (uint32_t)simplex->old[i].column, false };
    for (size_t t = 0; t < simplex->row_count; t++)
        if (simplex->rows[simplex->touched_rows[t]].owned && simplex->rows[simplex->touched_rows[t]].left == 1)
            simplex->queue[tail++] = (struct order){ simplex->touched_rows[t], true };
    size_t rest = 0, next = 0;
    bool sorted = false;
    while (first < last) {
        for (; head < tail; head++) {
            uint32_t j = 0, i = 0;
            struct order single = simplex->queue[head];
            if (!partner(simplex, &single, &j, &i))
                continue;
            order[single.row ? first++ : --last] = j;
            simplex->columns[j].pivot = i;
            take(simplex, j, i, &tail);
        }
        if (first == last)
            break;
        if (!sorted) {
            sorted = true;
            for (size_t i = 0; i < count; i++)
                if (!simplex->columns[simplex->old[i].column].ordered)
                    simplex->nucleus[rest++] = (struct ranked){ simplex->columns[simplex->old[i].column].left, (uint32_t)simplex->old[i].column };
            qsort(simplex->nucleus, rest, sizeof *simplex->nucleus, by_rank);
        }
        while (next < rest && simplex->columns[simplex->nucleus[next].id].ordered)
            next++;
        if (next == rest)
            break;
        uint32_t j = simplex->nucleus[next].id, i = shortest_row(simplex, j);
        order[first++] = j;
        simplex->columns[j].pivot = i;
        if (i == UINT32_MAX) {
            simplex->columns[j].ordered = true;
            continue;
        }
        take(simplex, j, i, &tail);
    }
}

/* Where the column in hand is largest among the rows still owned by nobody else, if its place is not known. */
static uint32_t place_of(const struct simplex *simplex, const struct column *column, const struct sparse *x)
{
    double most = pivot_least;
    uint32_t best = UINT32_MAX;
    if (column->pivot != UINT32_MAX && simplex->rows[column->pivot].owned && fabs(x->x[column->pivot]) > 0.01)
        return column->pivot;
    for (size_t k = 0; k < x->count; k++)
        if (simplex->rows[x->rows[k]].stamp == simplex->stamp && simplex->rows[x->rows[k]].owned &&
            fabs(x->x[x->rows[k]]) > most) {
            most = fabs(x->x[x->rows[k]]);
            best = x->rows[k];
        }
    return best;
}

static bool renew(struct simplex *simplex)
{
    struct sparse *x = &simplex->enter;
    size_t count = collect(simplex);
    arrange(simplex, count, simplex->order);
    inverse_clear(&simplex->inverse);
    for (size_t n = 0; n < count; n++) {
        struct column *column = &simplex->columns[simplex->order[n]];
        sparse_clear(x);
        add_column(simplex, simplex->order[n], 1, x);
        inverse_forward(&simplex->inverse, x);
        uint32_t best = place_of(simplex, column, x);
        if (best == UINT32_MAX || !inverse_add(&simplex->inverse, best, x))
            return false;
        simplex->rows[best] = simplex->old[column->place];
        simplex->rows[best].owned = false;
    }
    simplex->renewed = simplex->inverse.step_count;
    set_values(simplex);
    set_duals(simplex);
    return true;
}

/* By how much the column of a row is beyond its piece; negative below. */
static double excess(const struct simplex *simplex, const struct row *row)
{
    double slack = feasible * (1 + fabs(row->value)), top = high(simplex, row), bottom = low(simplex, row);
    if (row->value > top + slack)
        return row->value - top;
    return row->value < bottom - slack ? row->value - bottom : 0;
}

static uint32_t choose_row(struct simplex *simplex)
{
    uint32_t best = UINT32_MAX;
    double most = 0;
    for (size_t t = 0; t < simplex->row_count; t++) {
        const struct row *row = &simplex->rows[simplex->touched_rows[t]];
        double beyond = excess(simplex, row);
        if (beyond * beyond > most * row->edge) {
            most = beyond * beyond / row->edge;
            best = simplex->touched_rows[t];
        }
    }
    simplex->work += simplex->row_count / 2;
    return best;
}

/* The row in terms of all columns: alpha of those listed in priced. */
static void price_row(struct simplex *simplex, uint32_t i)
{
    struct sparse *y = &simplex->pivot_row;
    sparse_clear(y);
    sparse_add(y, i, 1);
    inverse_backward(&simplex->inverse, y);
    simplex->priced_count = 0;
    for (size_t k = 0; k < y->count; k++) {
        double times = y->x[y->rows[k]];
        if (!(fabs(times) > tiny))
            continue;
        size_t end = simplex->row_first[y->rows[k] + 1];
        for (size_t m = simplex->row_first[y->rows[k]]; m < end; m++) {
            const struct lattice_member *member = &simplex->members[m];
            struct column *column = column_of(simplex, member->cell);
            if (!column->priced) {
                column->priced = true;
                column->alpha = 0;
                simplex->priced[simplex->priced_count++] = member->cell;
            }
            column->alpha += times * member->factor;
        }
        simplex->work += end - simplex->row_first[y->rows[k]];
    }
    for (size_t p = 0; p < simplex->priced_count; p++)
        simplex->columns[simplex->priced[p]].priced = false;
}

/* Smaller ratios first, then the surer pivot, then the number. */
static bool before(const struct crossing *a, const struct crossing *b)
{
    double size = fabs(a->alpha), other = fabs(b->alpha);
    if (a->ratio < b->ratio || a->ratio > b->ratio)
        return a->ratio < b->ratio;
    if (size > other || size < other)
        return size > other;
    return a->column < b->column;
}

static void sink(struct crossing heap[], size_t count, size_t at)
{
    struct crossing moved = heap[at];
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && before(&heap[child + 1], &heap[child]))
            child++;
        if (!before(&heap[child], &moved))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

/* The knots ahead of a column that stands at one, while its dual value changes with this speed. */
static void add_crossings(struct simplex *simplex, uint32_t j, uint8_t at, double speed, double alpha)
{
    const struct column *column = &simplex->columns[j];
    struct crossing *end = &simplex->crossings[simplex->crossing_count];
    double size = fabs(speed);
    for (uint8_t k = at; speed > 0 && k < column->shape.pieces; k++)
        *end++ = (struct crossing){ fmax(0, column->shape.slope[k] - column->dual) / size, alpha, j, k, (uint8_t)(k + 1) };
    for (uint8_t k = at; speed < 0 && k > 0; k--)
        *end++ = (struct crossing){ fmax(0, column->dual - column->shape.slope[k - 1]) / size, alpha, j, k,
                                    (uint8_t)(k - 1) };
    simplex->crossing_count = (size_t)(end - simplex->crossings);
}

static void find_crossings(struct simplex *simplex, uint32_t i, double sign)
{
    const struct row *row = &simplex->rows[i];
    simplex->crossing_count = 0;
    for (size_t p = 0; p < simplex->priced_count; p++) {
        const struct column *column = &simplex->columns[simplex->priced[p]];
        if (!column->inside && fabs(column->alpha) > 1e-9)
            add_crossings(simplex, simplex->priced[p], column->at, sign * column->alpha, column->alpha);
    }
    if (row->column != NOBODY) { /* the leaving column itself may go on to its next piece */
        uint8_t piece = simplex->columns[row->column].at;
        add_crossings(simplex, (uint32_t)row->column, sign > 0 ? (uint8_t)(piece + 1) : piece, sign, 1);
    }
    for (size_t k = simplex->crossing_count / 2; k-- > 0;)
        sink(simplex->crossings, simplex->crossing_count, k);
    simplex->work += simplex->priced_count + 2 * simplex->crossing_count;
}

static double knot(const struct simplex *simplex, uint32_t column, uint8_t at)
{
    return simplex->columns[column].shape.knot[at];
}

/* Passes crossing after crossing as long as the row still misses something; *entering is the one it stops at. false: all
 * together do not make up for it. */
static bool pass_crossings(struct simplex *simplex, double missing, struct crossing *entering)
{
    struct crossing *heap = simplex->crossings;
    double ratio = 0;
    simplex->passed_count = 0;
    while (simplex->crossing_count > 0) {
        struct crossing top = heap[0];
        heap[0] = heap[--simplex->crossing_count];
        sink(heap, simplex->crossing_count, 0);
        simplex->work += 8;
        simplex->price += missing * (top.ratio - ratio);
        ratio = top.ratio;
        missing -= fabs(top.alpha) * fabs(knot(simplex, top.column, top.to) - knot(simplex, top.column, top.from));
        *entering = top;
        if (missing <= feasible)
            return true;
        simplex->passed[simplex->passed_count++] = top;
    }
    return false;
}

/* What was passed moves to its next knot; the leaving column to its next piece. */
static void flip_passed(struct simplex *simplex, const struct row *leaving)
{
    struct sparse *x = &simplex->turn;
    sparse_clear(x);
    for (size_t k = 0; k < simplex->passed_count; k++) {
        const struct crossing *passed = &simplex->passed[k];
        struct column *column = &simplex->columns[passed->column];
        column->at = passed->to;
        if (leaving->column == (int)passed->column)
            column->at = passed->to > passed->from ? passed->from : passed->to;
        else
            add_column(simplex, passed->column, column->shape.knot[passed->to] - column->shape.knot[passed->from], x);
    }
    if (x->count == 0)
        return;
    inverse_forward(&simplex->inverse, x);
    for (size_t k = 0; k < x->count; k++)
        row_of(simplex, x->rows[k])->value -= x->x[x->rows[k]];
}

/* Steepest edge: lengths of the rows of the inverse after the exchange; enter and pivot_row still belong to the old one. */
static void update_edges(struct simplex *simplex, uint32_t i)
{
    struct sparse *turn = &simplex->turn;
    const struct sparse *enter = &simplex->enter, *y = &simplex->pivot_row;
    double length = 0, pivot = enter->x[i];
    sparse_clear(turn);
    for (size_t k = 0; k < y->count; k++) {
        double part = y->x[y->rows[k]];
        length += part * part;
        sparse_add(turn, y->rows[k], part);
    }
    inverse_forward(&simplex->inverse, turn);
    for (size_t k = 0; k < enter->count; k++) {
        struct row *row = row_of(simplex, enter->rows[k]);
        double times = enter->x[enter->rows[k]] / pivot;
        row->edge = fmax(1e-4, row->edge - 2 * times * turn->x[enter->rows[k]] + times * times * length);
    }
    simplex->rows[i].edge = fmax(1e-4, length / (pivot * pivot));
    simplex->work += y->count + enter->count;
}

static bool exchange(struct simplex *simplex, uint32_t i, double sign, const struct crossing *entering)
{
    struct row *leaving = &simplex->rows[i];
    struct column *column = &simplex->columns[entering->column];
    double bound = sign > 0 ? high(simplex, leaving) : low(simplex, leaving);
    double by = (leaving->value - bound) / simplex->enter.x[i];
    update_edges(simplex, i);
    for (size_t k = 0; k < simplex->enter.count; k++)
        row_of(simplex, simplex->enter.rows[k])->value -= by * simplex->enter.x[simplex->enter.rows[k]];
    if (leaving->column != NOBODY) {
        struct column *old = &simplex->columns[leaving->column];
        old->inside = false;
        old->at = sign > 0 ? (uint8_t)(old->at + 1) : old->at;
    }
    leaving->column = (int)entering->column;
    leaving->value = column->shape.knot[entering->from] + by;
    column->inside = true;
    column->at = entering->from < entering->to ? entering->from : entering->to;
    column->dual = column->shape.slope[column->at];
    return inverse_add(&simplex->inverse, i, &simplex->enter);
}

enum progress { GOES_ON, IS_BEST, HAS_NONE, IS_LOST };

static enum progress distrust(struct simplex *simplex)
{
    return simplex->inverse.step_count > simplex->renewed && renew(simplex) ? GOES_ON : IS_LOST;
}

static enum progress step(struct simplex *simplex)
{
    struct crossing entering = { 0 };
    uint32_t i = choose_row(simplex);
    if (i == UINT32_MAX)
        return IS_BEST;
    struct row *leaving = &simplex->rows[i];
    double beyond = excess(simplex, leaving), sign = beyond > 0 ? 1 : -1;
    price_row(simplex, i);
    find_crossings(simplex, i, sign);
    if (!pass_crossings(simplex, fabs(beyond), &entering))
        return HAS_NONE;
    bool same = leaving->column == (int)entering.column;
    sparse_clear(&simplex->enter);
    add_column(simplex, entering.column, 1, &simplex->enter);
    inverse_forward(&simplex->inverse, &simplex->enter);
    double pivot = simplex->enter.x[i];
    if (fabs(pivot) < pivot_least || fabs(pivot - entering.alpha) > 1e-6 * (1 + fabs(pivot)))
        return distrust(simplex);
    flip_passed(simplex, leaving);
    for (size_t p = 0; p < simplex->priced_count; p++) {
        struct column *column = &simplex->columns[simplex->priced[p]];
        column->dual += sign * entering.ratio * column->alpha;
    }
    if (same) {
        struct column *column = &simplex->columns[entering.column];
        column->at = entering.from < entering.to ? entering.from : entering.to;
        column->dual = column->shape.slope[column->at];
        return GOES_ON;
    }
    if (!exchange(simplex, i, sign, &entering))
        return IS_LOST;
    if (simplex->inverse.step_count >= simplex->renewed + INVERSE_STEPS && !renew(simplex))
        return IS_LOST;
    return GOES_ON;
}

/* Collects the answer and adds every relation up, whatever happened on the way. */
static bool holds(struct simplex *simplex)
{
    struct sparse *sum = &simplex->turn;
    double largest = fabs(simplex->task->move);
    bool good = true;
    simplex->move_count = 0;
    sparse_clear(sum);
    add_column(simplex, simplex->task->cell, simplex->task->move, sum);
    for (size_t t = 0; t < simplex->row_count; t++) {
        const struct row *row = &simplex->rows[simplex->touched_rows[t]];
        if (row->column != NOBODY && fabs(row->value) > feasible)
            simplex->moves[simplex->move_count++] = (struct simplex_move){ (uint32_t)row->column, row->value };
    }
    for (size_t t = 0; t < simplex->column_count; t++) {
        const struct column *column = &simplex->columns[simplex->touched_columns[t]];
        if (!column->inside && column->at != column->shape.zero)
            simplex->moves[simplex->move_count++] =
                (struct simplex_move){ simplex->touched_columns[t], column->shape.knot[column->at] };
    }
    for (size_t m = 0; m < simplex->move_count; m++) {
        const struct simplex_move *move = &simplex->moves[m];
        const struct simplex_column *shape = &simplex->columns[move->cell].shape;
        double slack = 1e-8 * (1 + fabs(move->by));
        add_column(simplex, move->cell, move->by, sum);
        largest = fmax(largest, fabs(move->by));
        good = good && move->by <= shape->knot[shape->pieces] + slack && move->by >= shape->knot[0] - slack;
    }
    for (size_t k = 0; k < sum->count && good; k++)
        good = fabs(sum->x[sum->rows[k]]) <= 1e-8 * (1 + largest);
    return good;
}

static void start(struct simplex *simplex, const struct simplex_task *task)
{
    simplex->task = task;
    simplex->stamp++;
    simplex->column_count = simplex->row_count = simplex->move_count = 0;
    simplex->price = 0;
    simplex->renewed = 0;
    inverse_clear(&simplex->inverse);
    set_values(simplex);
}

enum simplex_state simplex_solve(struct simplex *simplex, const struct simplex_task *task)
{
    start(simplex, task);
    for (size_t s = 0; s < task->steps_most; s++) {
        enum progress progress = step(simplex);
        if (progress == HAS_NONE)
            return SIMPLEX_NONE;
        if (progress == IS_BEST && holds(simplex))
            return SIMPLEX_BEST;
        if (progress == IS_LOST || (progress == IS_BEST && distrust(simplex) == IS_LOST))
            return SIMPLEX_LOST;
        if (simplex->price > task->price_most)
            return SIMPLEX_DEAR;
    }
    return SIMPLEX_LOST;
}

/* Bounded dual simplex. Position i of the basis belongs to relation i: at first to nobody, whose value (what the relation
 * misses) must become 0, later to a column. Rows and columns are set up when they are first touched. */
#include "analysis/suppress_simplex.h"

#include <math.h>

#include "analysis/suppress_basis.h"

enum { INVERSE_STEPS = 40 };

static const double feasible = 1e-9, tiny = 1e-12;

const struct simplex_move *simplex_moves(const struct simplex *simplex, size_t *count)
{
    *count = simplex->move_count;
    return simplex->moves;
}

uint64_t simplex_work(const struct simplex *simplex)
{
    return simplex->work + simplex->inverse.work;
}

static double low(const struct simplex *simplex, const struct row *row)
{
    const struct column *column = row->column == BASIS_NOBODY ? NULL : &simplex->columns[row->column];
    return column == NULL ? 0 : column->shape.knot[column->at];
}

static double high(const struct simplex *simplex, const struct row *row)
{
    const struct column *column = row->column == BASIS_NOBODY ? NULL : &simplex->columns[row->column];
    return column == NULL ? 0 : column->shape.knot[column->at + 1];
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
    size_t left = 0;
    simplex->work += simplex->waiting_count / 2;
    for (size_t w = 0; w < simplex->waiting_count; w++) {
        uint32_t i = simplex->waiting[w];
        struct row *row = &simplex->rows[i];
        double beyond = excess(simplex, row), square = beyond * beyond;
        row->waiting = square > 0;
        simplex->waiting[left] = i;
        left += row->waiting;
        if (square > most * row->edge) {
            most = square / row->edge;
            best = i;
        }
    }
    simplex->waiting_count = left;
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
            struct column *column = basis_column(simplex, member->cell);
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
    if (row->column != BASIS_NOBODY) { /* the leaving column itself may go on to its next piece */
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
            basis_add(simplex, &simplex->index, passed->column,
                      column->shape.knot[passed->to] - column->shape.knot[passed->from], x);
    }
    if (x->count == 0)
        return;
    inverse_forward(&simplex->inverse, x);
    for (size_t k = 0; k < x->count; k++) {
        basis_row(simplex, x->rows[k])->value -= x->x[x->rows[k]];
        basis_wait(simplex, x->rows[k]);
    }
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
        struct row *row = basis_row(simplex, enter->rows[k]);
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
    for (size_t k = 0; k < simplex->enter.count; k++) {
        basis_row(simplex, simplex->enter.rows[k])->value -= by * simplex->enter.x[simplex->enter.rows[k]];
        basis_wait(simplex, simplex->enter.rows[k]);
    }
    if (leaving->column != BASIS_NOBODY) {
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
    return simplex->inverse.step_count > simplex->renewed && basis_renew(simplex) ? GOES_ON : IS_LOST;
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
    basis_add(simplex, &simplex->index, entering.column, 1, &simplex->enter);
    inverse_forward(&simplex->inverse, &simplex->enter);
    double pivot = simplex->enter.x[i];
    if (fabs(pivot) < basis_pivot_least || fabs(pivot - entering.alpha) > 1e-6 * (1 + fabs(pivot)))
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
        basis_wait(simplex, i);
        return GOES_ON;
    }
    if (!exchange(simplex, i, sign, &entering))
        return IS_LOST;
    if (simplex->inverse.step_count >= simplex->renewed + INVERSE_STEPS && !basis_renew(simplex))
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
    basis_add(simplex, simplex->whole, simplex->task->cell, simplex->task->move, sum);
    for (size_t t = 0; t < simplex->row_count; t++) {
        const struct row *row = &simplex->rows[simplex->touched_rows[t]];
        if (row->column != BASIS_NOBODY && fabs(row->value) > feasible)
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
        basis_add(simplex, simplex->whole, move->cell, move->by, sum);
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
    basis_values(simplex);
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

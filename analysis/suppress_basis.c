#include "analysis/suppress_basis.h"

#include <math.h>

struct column *basis_column(struct simplex *simplex, uint32_t j)
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

struct row *basis_row(struct simplex *simplex, uint32_t i)
{
    struct row *row = &simplex->rows[i];
    if (row->stamp == simplex->stamp)
        return row;
    *row = (struct row){ .stamp = simplex->stamp, .column = BASIS_NOBODY, .edge = 1 };
    simplex->touched_rows[simplex->row_count++] = i;
    return row;
}

void basis_wait(struct simplex *simplex, uint32_t i)
{
    if (!simplex->rows[i].waiting)
        simplex->waiting[simplex->waiting_count++] = i;
    simplex->rows[i].waiting = true;
}

double basis_slope(const struct simplex *simplex, const struct row *row)
{
    const struct column *column = row->column == BASIS_NOBODY ? NULL : &simplex->columns[row->column];
    return column == NULL ? 0 : column->shape.slope[column->at];
}

void basis_add(struct simplex *simplex, const struct lattice_index *index, uint32_t j, double times, struct sparse *x)
{
    for (size_t k = index->cell_first[j]; k < index->cell_first[j + 1]; k++)
        sparse_add(x, index->places[k].relation, times * index->places[k].factor);
    simplex->work += index->cell_first[j + 1] - index->cell_first[j];
}

/* Values of the rows from the columns that stand at a knot. */
void basis_values(struct simplex *simplex)
{
    struct sparse *x = &simplex->turn;
    sparse_clear(x);
    basis_add(simplex, &simplex->index, simplex->task->cell, -simplex->task->move, x);
    for (size_t t = 0; t < simplex->column_count; t++) {
        const struct column *column = &simplex->columns[simplex->touched_columns[t]];
        if (!column->inside && column->at != column->shape.zero)
            basis_add(simplex, &simplex->index, simplex->touched_columns[t], -column->shape.knot[column->at], x);
    }
    inverse_forward(&simplex->inverse, x);
    for (size_t k = 0; k < x->count; k++)
        basis_row(simplex, x->rows[k]);
    for (size_t t = 0; t < simplex->row_count; t++) {
        uint32_t i = simplex->touched_rows[t];
        simplex->rows[i].value = x->listed[i] ? x->x[i] : 0;
        simplex->rows[i].waiting = true;
        simplex->waiting[t] = i;
    }
    simplex->waiting_count = simplex->row_count;
}

/* Prices of the rows from the columns of the basis, and from these the dual value of every column touched. */
static void set_duals(struct simplex *simplex)
{
    const struct lattice_index *index = &simplex->index;
    struct sparse *y = &simplex->pivot_row;
    sparse_clear(y);
    for (size_t t = 0; t < simplex->row_count; t++) {
        const struct row *row = &simplex->rows[simplex->touched_rows[t]];
        if (row->column != BASIS_NOBODY)
            sparse_add(y, simplex->touched_rows[t], basis_slope(simplex, row));
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
    const struct lattice_index *index = &simplex->index;
    size_t count = 0;
    for (size_t t = 0; t < simplex->row_count; t++) {
        struct row *row = &simplex->rows[simplex->touched_rows[t]];
        row->left = 0;
        row->counted = row->owned = row->column != BASIS_NOBODY;
        if (row->owned)
            simplex->old[count++] = *row;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t j = (uint32_t)simplex->old[i].column;
        simplex->columns[j].left = 0;
        simplex->columns[j].place = (uint32_t)i;
        for (size_t k = index->cell_first[j]; k < index->cell_first[j + 1]; k++) {
            struct row *row = basis_row(simplex, index->places[k].relation);
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
    const struct lattice_index *index = &simplex->index;
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
    const struct lattice_index *index = &simplex->index;
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

static uint32_t shortest_row(const struct simplex *simplex, uint32_t j)
{
    const struct lattice_index *index = &simplex->index;
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
            for (size_t i = 0; i < count; i++) {
                uint32_t j = (uint32_t)simplex->old[i].column;
                if (!simplex->columns[j].ordered)
                    simplex->nucleus[rest++] = (struct ranked){ simplex->columns[j].left, j };
            }
            rank_sort(simplex->nucleus, rest);
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
    double most = basis_pivot_least;
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

bool basis_renew(struct simplex *simplex)
{
    struct sparse *x = &simplex->enter;
    size_t count = collect(simplex);
    arrange(simplex, count, simplex->order);
    inverse_clear(&simplex->inverse);
    for (size_t n = 0; n < count; n++) {
        struct column *column = &simplex->columns[simplex->order[n]];
        sparse_clear(x);
        basis_add(simplex, &simplex->index, simplex->order[n], 1, x);
        inverse_forward(&simplex->inverse, x);
        uint32_t best = place_of(simplex, column, x);
        if (best == UINT32_MAX || !inverse_add(&simplex->inverse, best, x))
            return false;
        simplex->rows[best] = simplex->old[column->place];
        simplex->rows[best].owned = false;
    }
    simplex->renewed = simplex->inverse.step_count;
    basis_values(simplex);
    set_duals(simplex);
    return true;
}


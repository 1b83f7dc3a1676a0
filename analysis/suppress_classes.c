/* Passes over the rows until nothing changes: a row with one class stops it, a row with two ties them. The smaller class
 * is renamed, so that every cell knows its root at once. */
#include "analysis/suppress_classes.h"

#include <math.h>

enum { PASSES_MAX = 30 };

bool classes_open(struct classes *classes, struct arena *arena, const struct lattice *lattice)
{
    size_t cells = lattice->cell_count + 1, rows = lattice->relation_count + 1, members = 1;
    for (size_t r = 0; r < lattice->relation_count; r++)
        members += lattice->relations[r].count;
    *classes = (struct classes){
        .root = ARENA_NEW(arena, uint32_t, cells), .ratio = ARENA_NEW(arena, double, cells),
        .first = ARENA_NEW(arena, uint32_t, cells), .next = ARENA_NEW(arena, uint32_t, cells),
        .last = ARENA_NEW(arena, uint32_t, cells), .size = ARENA_NEW(arena, uint32_t, cells),
        .dead = ARENA_NEW(arena, bool, cells), .row_first = ARENA_NEW(arena, size_t, rows),
        .member = ARENA_NEW(arena, uint32_t, members), .factor = ARENA_NEW(arena, double, members),
        .row_done = ARENA_NEW(arena, bool, rows), .sum = ARENA_NEW(arena, double, cells),
        .touched = ARENA_NEW(arena, uint32_t, cells), .mark = ARENA_NEW(arena, uint32_t, cells),
        .place = ARENA_NEW(arena, uint32_t, cells),
    };
    return classes->root != NULL && classes->ratio != NULL && classes->first != NULL && classes->next != NULL &&
           classes->last != NULL && classes->size != NULL && classes->dead != NULL && classes->row_first != NULL &&
           classes->member != NULL && classes->factor != NULL && classes->row_done != NULL && classes->sum != NULL &&
           classes->touched != NULL && classes->mark != NULL && classes->place != NULL;
}

size_t classes_row(struct classes *classes, size_t row)
{
    size_t count = 0, kept = 0;
    classes->stamp++;
    for (size_t k = classes->row_first[row]; k < classes->row_first[row + 1]; k++) {
        uint32_t root = classes->root[classes->member[k]];
        if (classes->dead[root])
            continue;
        if (classes->mark[root] != classes->stamp)
            classes->touched[count++] = root;
        classes->mark[root] = classes->stamp;
        classes->sum[root] += classes->factor[k] * classes->ratio[classes->member[k]];
    }
    for (size_t j = 0; j < count; j++) {
        uint32_t root = classes->touched[j];
        if (fabs(classes->sum[root]) > 1e-9)
            classes->touched[kept++] = root;
        else
            classes->sum[root] = 0;
    }
    return kept;
}

/* D_small = times × D_large. */
static void tie(struct classes *classes, uint32_t large, uint32_t small, double times)
{
    for (uint32_t i = classes->first[small]; i != class_end; i = classes->next[i]) {
        classes->root[i] = large;
        classes->ratio[i] *= times;
    }
    classes->next[classes->last[large]] = classes->first[small];
    classes->last[large] = classes->last[small];
    classes->size[large] += classes->size[small];
}

static bool tie_row(struct classes *classes, size_t row, const bool alone[])
{
    size_t count = classes_row(classes, row);
    uint32_t a = count > 0 ? classes->touched[0] : 0, b = count > 1 ? classes->touched[1] : 0;
    double factor_a = classes->sum[a], factor_b = classes->sum[b];
    for (size_t j = 0; j < count; j++)
        classes->sum[classes->touched[j]] = 0;
    if (count > 2 || (count == 2 && (alone[a] || alone[b])))
        return false;
    classes->row_done[row] = true;
    if (count == 0)
        return false;
    if (count == 1)
        classes->dead[a] = true;
    else if (classes->size[a] >= classes->size[b])
        tie(classes, a, b, -factor_a / factor_b);
    else
        tie(classes, b, a, -factor_b / factor_a);
    return true;
}

void classes_tie(struct classes *classes, const struct lattice *lattice, const uint32_t cells[], size_t cell_count,
                 const uint32_t rows[], size_t row_count, const bool alone[])
{
    size_t at = 0;
    for (size_t i = 0; i < cell_count; i++) {
        classes->place[cells[i]] = (uint32_t)i + 1;
        classes->root[i] = classes->first[i] = classes->last[i] = (uint32_t)i;
        classes->ratio[i] = classes->size[i] = 1;
        classes->next[i] = class_end;
        classes->dead[i] = false;
    }
    for (size_t r = 0; r < row_count; r++) {
        const struct lattice_relation *relation = &lattice->relations[rows[r]];
        classes->row_first[r] = at;
        classes->row_done[r] = false;
        for (size_t k = 0; k < relation->count; k++) {
            const struct lattice_member *member = &lattice->members[relation->first + k];
            if (classes->place[member->cell] == 0)
                continue;
            classes->member[at] = classes->place[member->cell] - 1;
            classes->factor[at++] = member->factor;
        }
    }
    classes->row_first[row_count] = at;
    for (size_t i = 0; i < cell_count; i++)
        classes->place[cells[i]] = 0;
    bool again = true;
    for (int pass = 0; pass < PASSES_MAX && again; pass++) {
        again = false;
        for (size_t r = 0; r < row_count; r++)
            again = (!classes->row_done[r] && tie_row(classes, r, alone)) || again;
    }
}

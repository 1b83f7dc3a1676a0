/* Gaussian elimination, relation after relation. A cell that stands in few relations is the pivot: it fills up the least. */
#include "analysis/suppress_independent.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/suppress_rank.h"

enum { FILL_MOST = 8, WORK_MOST = 200, UNOWNED = -1 }; /* times the places of the lattice */

static const double tiny = 1e-9;

/* What is left of a relation when the cells that the ones before give are taken out of it; factor 1 at the pivot. */
struct reduced {
    size_t first, end;
    uint32_t pivot;
};

struct elimination {
    const struct lattice_index *index;
    int *owner;     /* per cell: the reduced relation whose pivot it is */
    double *factor; /* per cell, of the relation in hand */
    bool *listed;
    uint32_t *cells;
    size_t cell_count;
    uint32_t *queue; /* a heap of reduced relations to take off, the oldest on top: later ones do not bring its pivot back */
    size_t queue_count;
    struct reduced *rows;
    size_t row_count;
    struct lattice_member *members;
    size_t member_count, room, work, work_most;
};

static bool elimination_open(struct elimination *made, struct arena *arena, const struct lattice *lattice,
                             const struct lattice_index *index)
{
    size_t cells = lattice->cell_count + 1, places = index->cell_first[lattice->cell_count] + 1;
    *made = (struct elimination){
        .index = index, .owner = ARENA_NEW(arena, int, cells), .factor = ARENA_NEW(arena, double, cells),
        .listed = ARENA_NEW(arena, bool, cells), .cells = ARENA_NEW(arena, uint32_t, cells),
        .queue = ARENA_NEW(arena, uint32_t, cells), .rows = ARENA_NEW(arena, struct reduced, lattice->relation_count + 1),
        .room = FILL_MOST * places, .work_most = WORK_MOST * places,
        .members = malloc(FILL_MOST * places * sizeof *made->members) };
    for (size_t c = 0; c < cells && made->owner != NULL; c++)
        made->owner[c] = UNOWNED;
    return made->owner != NULL && made->factor != NULL && made->listed != NULL && made->cells != NULL &&
           made->queue != NULL && made->rows != NULL && made->members != NULL;
}

static void enqueue(struct elimination *made, uint32_t row)
{
    size_t at = made->queue_count++;
    for (; at > 0 && made->queue[(at - 1) / 2] > row; at = (at - 1) / 2)
        made->queue[at] = made->queue[(at - 1) / 2];
    made->queue[at] = row;
}

static uint32_t dequeue(struct elimination *made)
{
    uint32_t top = made->queue[0], moved = made->queue[--made->queue_count];
    size_t at = 0;
    for (size_t child = 1; child < made->queue_count; child = 2 * at + 1) {
        if (child + 1 < made->queue_count && made->queue[child + 1] < made->queue[child])
            child++;
        if (made->queue[child] >= moved)
            break;
        made->queue[at] = made->queue[child];
        at = child;
    }
    made->queue[at] = moved;
    return top;
}

static void add(struct elimination *made, uint32_t cell, double by)
{
    made->work++;
    if (!made->listed[cell]) {
        made->listed[cell] = true;
        made->factor[cell] = 0;
        made->cells[made->cell_count++] = cell;
        if (made->owner[cell] != UNOWNED)
            enqueue(made, (uint32_t)made->owner[cell]);
    }
    made->factor[cell] += by;
}

static void reduce(struct elimination *made)
{
    while (made->queue_count > 0) {
        const struct reduced *row = &made->rows[dequeue(made)];
        double times = made->factor[row->pivot];
        for (size_t k = row->first; k < row->end && fabs(times) > tiny; k++)
            add(made, made->members[k].cell, -times * made->members[k].factor);
    }
}

/* LATTICE_FIXED: nothing is left. */
static int pivot_of(const struct elimination *made)
{
    int best = LATTICE_FIXED;
    size_t least = SIZE_MAX;
    for (size_t k = 0; k < made->cell_count; k++) {
        uint32_t cell = made->cells[k];
        size_t places = made->index->cell_first[cell + 1] - made->index->cell_first[cell];
        if (fabs(made->factor[cell]) <= tiny || places > least || (places == least && (int)cell > best))
            continue;
        least = places;
        best = (int)cell;
    }
    return best;
}

static void keep(struct elimination *made, uint32_t pivot)
{
    struct reduced *row = &made->rows[made->row_count];
    double divisor = made->factor[pivot];
    *row = (struct reduced){ .first = made->member_count, .pivot = pivot };
    for (size_t k = 0; k < made->cell_count; k++)
        if (fabs(made->factor[made->cells[k]]) > tiny)
            made->members[made->member_count++] =
                (struct lattice_member){ made->cells[k], made->factor[made->cells[k]] / divisor };
    row->end = made->member_count;
    made->owner[pivot] = (int)made->row_count++;
}

/* Whether the relation says something new. */
static bool take(struct elimination *made, const struct lattice *lattice, uint32_t relation, const bool usable[])
{
    const struct lattice_relation *asked = &lattice->relations[relation];
    if (made->member_count + lattice->cell_count > made->room || made->work > made->work_most)
        return true;
    made->cell_count = 0;
    for (size_t k = 0; k < asked->count; k++) {
        const struct lattice_member *member = &lattice->members[asked->first + k];
        if (usable[member->cell])
            add(made, member->cell, member->factor);
    }
    reduce(made);
    int pivot = pivot_of(made);
    if (pivot != LATTICE_FIXED)
        keep(made, (uint32_t)pivot);
    for (size_t k = 0; k < made->cell_count; k++)
        made->listed[made->cells[k]] = false;
    return pivot != LATTICE_FIXED;
}

enum status independent_relations(struct arena *arena, const struct lattice *lattice, const struct lattice_index *index,
                                  const bool usable[], bool kept[], struct fail *fail)
{
    struct elimination made;
    struct ranked *order = ARENA_NEW(arena, struct ranked, lattice->relation_count + 1);
    bool room = elimination_open(&made, arena, lattice, index) && order != NULL;
    for (size_t r = 0; r < lattice->relation_count && room; r++)
        order[r] = (struct ranked){ (double)lattice->relations[r].count, (uint32_t)r };
    if (room)
        rank_sort(order, lattice->relation_count);
    for (size_t r = 0; r < lattice->relation_count && room; r++)
        kept[order[r].id] = take(&made, lattice, order[r].id, usable);
    free(made.members);
    return room ? STATUS_OK : FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
}

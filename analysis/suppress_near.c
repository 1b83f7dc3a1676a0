#include "analysis/suppress_near.h"

#include <math.h>

#include "analysis/suppress_rank.h"

struct near {
    struct plan *plan;
    uint32_t *cells;
    size_t count;
    uint32_t *cell_seen, *row_seen, stamp;
    struct ranked *priced;
    uint32_t *by_price; /* the cells of each relation, the cheapest first; like the lattice's members */
};

/* Whether the cell may move at all, its group hidden for it if need be. */
static bool usable(const struct plan *plan, uint32_t cell)
{
    int group = plan->lattice->cells[cell].group;
    if (plan->open_low[cell] < 0 || plan->open_high[cell] > 0)
        return true;
    if (!(plan->low[cell] < 0 || plan->high[cell] > 0) || group == LATTICE_FIXED || plan->tabu[group])
        return false;
    return plan->hidden[group] || plan->lattice->groups[group].movable;
}

/* Only by hiding its group can the cell move. */
static bool candidate(const struct plan *plan, uint32_t cell)
{
    int group = plan->lattice->cells[cell].group;
    return group != LATTICE_FIXED && !plan->hidden[group];
}

static void visit(struct near *near, uint32_t cell)
{
    near->cell_seen[cell] = near->stamp;
    near->cells[near->count++] = cell;
}

/* Of a relation everything that moves already, and the cheapest candidates: a few, and as many as half of that which carry
 * the whole need upwards, and downwards. */
static void visit_row(struct near *near, uint32_t row, size_t most, double need)
{
    const struct plan *plan = near->plan;
    const struct lattice_relation *relation = &plan->lattice->relations[row];
    const uint32_t *cells = &near->by_price[relation->first];
    size_t taken = 0, up = 0, down = 0, half = most == SIZE_MAX ? most : (most + 1) / 2;
    for (size_t j = 0; j < relation->count; j++) {
        uint32_t cell = cells[j];
        bool seen = near->cell_seen[cell] == near->stamp;
        if (!seen && !usable(plan, cell))
            continue;
        if (!candidate(plan, cell)) {
            if (!seen)
                visit(near, cell);
            continue;
        }
        bool carries_up = plan->high[cell] >= need, carries_down = -plan->low[cell] >= need;
        if (taken >= most && (!carries_up || up >= half) && (!carries_down || down >= half))
            continue;
        taken++;
        up += carries_up;
        down += carries_down;
        if (!seen)
            visit(near, cell);
    }
}

static void spread(struct near *near, const struct target *target, const struct reach *reach)
{
    const struct plan *plan = near->plan;
    size_t head = 0;
    near->stamp++;
    near->count = 0;
    visit(near, target->cell);
    for (size_t step = 0; step < reach->steps && head < near->count; step++)
        for (size_t end = near->count; head < end; head++) {
            uint32_t cell = near->cells[head];
            for (size_t k = plan->index->cell_first[cell]; k < plan->index->cell_first[cell + 1]; k++) {
                uint32_t row = plan->index->places[k].relation;
                if (near->row_seen[row] == near->stamp)
                    continue;
                near->row_seen[row] = near->stamp;
                visit_row(near, row, reach->per_relation, fabs(target->need));
            }
        }
}

/* Keeps the cheapest candidates and everything else. */
static void narrow(struct near *near, size_t most)
{
    const struct plan *plan = near->plan;
    size_t count = 0, kept = 1; /* the target itself stands first and stays */
    for (size_t i = 1; i < near->count; i++)
        if (candidate(plan, near->cells[i]))
            near->priced[count++] = (struct ranked){
                plan->weight[plan->lattice->cells[near->cells[i]].group], near->cells[i] };
    if (count <= most)
        return;
    rank_sort(near->priced, count);
    for (size_t i = most; i < count; i++)
        near->cell_seen[near->priced[i].id] = 0;
    for (size_t i = 1; i < near->count; i++)
        if (near->cell_seen[near->cells[i]] == near->stamp)
            near->cells[kept++] = near->cells[i];
    near->count = kept;
}

static bool sort_members(struct near *near)
{
    const struct lattice *lattice = near->plan->lattice;
    size_t longest = 0;
    for (size_t r = 0; r < lattice->relation_count; r++)
        longest = lattice->relations[r].count > longest ? lattice->relations[r].count : longest;
    struct ranked *priced = ARENA_NEW(near->plan->arena, struct ranked, longest + 1);
    for (size_t r = 0; r < lattice->relation_count && priced != NULL; r++) {
        const struct lattice_relation *relation = &lattice->relations[r];
        for (size_t k = 0; k < relation->count; k++) {
            uint32_t cell = lattice->members[relation->first + k].cell;
            int group = lattice->cells[cell].group;
            priced[k] = (struct ranked){ group != LATTICE_FIXED ? near->plan->weight[group] : 0, cell };
        }
        rank_sort(priced, relation->count);
        for (size_t k = 0; k < relation->count; k++)
            near->by_price[relation->first + k] = priced[k].id;
    }
    return priced != NULL;
}

struct near *near_open(struct plan *plan)
{
    struct arena *arena = plan->arena;
    size_t cells = plan->lattice->cell_count + 1, rows = plan->lattice->relation_count + 1;
    struct near *near = ARENA_NEW(arena, struct near, 1);
    if (near == NULL)
        return NULL;
    *near = (struct near){ .plan = plan, .cells = ARENA_NEW(arena, uint32_t, cells),
                           .cell_seen = ARENA_NEW(arena, uint32_t, cells), .row_seen = ARENA_NEW(arena, uint32_t, rows),
                           .priced = ARENA_NEW(arena, struct ranked, cells),
                           .by_price = ARENA_NEW(arena, uint32_t, plan->index->cell_first[cells - 1] + 1) };
    bool all = near->cells != NULL && near->cell_seen != NULL && near->row_seen != NULL && near->priced != NULL &&
               near->by_price != NULL && sort_members(near);
    return all ? near : NULL;
}

void near_choose(struct near *near, const struct target *target, const struct reach *reach, uint64_t *work)
{
    spread(near, target, reach);
    *work += near->count / 3;
    if (reach->cheapest > 0)
        narrow(near, reach->cheapest);
}

uint32_t *near_cells(struct near *near, size_t *count)
{
    *count = near->count;
    return near->cells;
}

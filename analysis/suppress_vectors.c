/* Keeps count: which target is covered by how many vectors, which group is needed by which. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/suppress_plan.h"

void ids_add(struct plan *plan, struct ids *ids, uint32_t item)
{
    if (ids->count == ids->room) {
        size_t room = ids->room > 0 ? ids->room * 2 : 4;
        uint32_t *items = realloc(ids->items, room * sizeof *items);
        if (items == NULL) {
            plan->failed = true;
            return;
        }
        ids->items = items;
        ids->room = room;
    }
    ids->items[ids->count++] = item;
}

static void use_add(struct plan *plan, struct uses *uses, struct use item)
{
    if (uses->count == uses->room) {
        size_t room = uses->room > 0 ? uses->room * 2 : 4;
        struct use *items = realloc(uses->items, room * sizeof *items);
        if (items == NULL) {
            plan->failed = true;
            return;
        }
        uses->items = items;
        uses->room = room;
    }
    uses->items[uses->count++] = item;
}

/* The last one takes its place; it is returned, so that its vector can be told. */
static struct use use_remove(struct uses *uses, uint32_t at)
{
    struct use moved = uses->items[--uses->count];
    uses->items[at] = moved;
    return moved;
}

static bool has_targets(const struct plan *plan, uint32_t cell)
{
    return plan->first_target[cell + 1] > plan->first_target[cell];
}

static bool reserve(struct plan *plan, struct arena *arena)
{
    size_t cells = plan->lattice->cell_count, groups = plan->lattice->group_count;
    plan->first_target = ARENA_NEW(arena, uint32_t, cells + 1);
    plan->targets = ARENA_NEW(arena, struct target, 2 * cells + 1);
    plan->low = ARENA_NEW(arena, double, cells + 1);
    plan->high = ARENA_NEW(arena, double, cells + 1);
    plan->open_low = ARENA_NEW(arena, double, cells + 1);
    plan->open_high = ARENA_NEW(arena, double, cells + 1);
    plan->weight = ARENA_NEW(arena, double, groups + 1);
    plan->primary = ARENA_NEW(arena, bool, groups + 1);
    plan->hidden = ARENA_NEW(arena, bool, groups + 1);
    plan->tabu = ARENA_NEW(arena, bool, groups + 1);
    plan->covers = ARENA_NEW(arena, uint32_t, 2 * cells + 1);
    plan->uses = ARENA_NEW(arena, struct uses, groups + 1);
    plan->movers = ARENA_NEW(arena, struct uses, cells + 1);
    plan->secondary_place = ARENA_NEW(arena, uint32_t, groups + 1);
    return plan->first_target != NULL && plan->targets != NULL && plan->low != NULL && plan->high != NULL &&
           plan->open_low != NULL && plan->open_high != NULL && plan->weight != NULL && plan->primary != NULL &&
           plan->hidden != NULL && plan->tabu != NULL && plan->covers != NULL && plan->uses != NULL && plan->movers != NULL &&
           plan->secondary_place != NULL;
}

/* Logarithms weigh thousands and millions alike; a thousandth of the mean is added so that nothing is quite free. */
static void set_weights(struct plan *plan)
{
    double sum = 0, counted = 0;
    for (size_t g = 0; g < plan->lattice->group_count; g++)
        if (plan->lattice->groups[g].cost > 0) {
            sum += log(plan->lattice->groups[g].cost);
            counted++;
        }
    plan->mean = counted > 0 ? exp(sum / counted) : 1;
    for (size_t g = 0; g < plan->lattice->group_count; g++)
        plan->weight[g] = plan->lattice->groups[g].cost / plan->mean + 1e-3;
}

static double deviation(double end, double value)
{
    double off = end - value;
    return fabs(off) > 1e-9 * fmax(1, fabs(value)) ? off : 0;
}

static void set_cell(struct plan *plan, size_t c)
{
    const struct lattice_cell *cell = &plan->lattice->cells[c];
    plan->open_low[c] = fmin(0, deviation(cell->open_low, cell->value));
    plan->open_high[c] = fmax(0, deviation(cell->open_high, cell->value));
    plan->low[c] = plan->open_low[c];
    plan->high[c] = plan->open_high[c];
    plan->first_target[c] = (uint32_t)plan->target_count;
    if (cell->group == LATTICE_FIXED)
        return;
    plan->low[c] = fmin(plan->low[c], deviation(cell->least, cell->value));
    plan->high[c] = fmax(plan->high[c], deviation(cell->most, cell->value));
    if (!cell->protect || !plan->primary[cell->group])
        return;
    if (cell->reach_high > cell->value)
        plan->targets[plan->target_count++] = (struct target){ (uint32_t)c, cell->reach_high - cell->value };
    if (cell->reach_low < cell->value)
        plan->targets[plan->target_count++] = (struct target){ (uint32_t)c, cell->reach_low - cell->value };
}

enum status plan_open(struct plan *plan, struct arena *arena, const struct lattice *lattice,
                      const struct lattice_index *index, struct fail *fail)
{
    *plan = (struct plan){ .lattice = lattice, .index = index, .arena = arena };
    if (!reserve(plan, arena))
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t g = 0; g < lattice->group_count; g++)
        plan->primary[g] = plan->hidden[g] = lattice->groups[g].hidden;
    for (size_t c = 0; c < lattice->cell_count; c++)
        set_cell(plan, c);
    plan->first_target[lattice->cell_count] = (uint32_t)plan->target_count;
    set_weights(plan);
    return STATUS_OK;
}

void plan_close(struct plan *plan)
{
    for (size_t v = 0; v < plan->vector_count; v++)
        free(plan->vectors[v]);
    free(plan->vectors);
    for (size_t g = 0; plan->uses != NULL && g < plan->lattice->group_count; g++)
        free(plan->uses[g].items);
    for (size_t c = 0; plan->movers != NULL && c < plan->lattice->cell_count; c++)
        free(plan->movers[c].items);
    free(plan->spare.items);
    free(plan->uncovered.items);
    free(plan->secondary.items);
    *plan = (struct plan){ .failed = plan->failed };
}

static bool covers(const struct target *target, double move)
{
    double slack = 1e-9 * fmax(1, fabs(target->need));
    return target->need > 0 ? move >= target->need - slack : move <= target->need + slack;
}

static bool needs_hidden(const struct plan *plan, uint32_t cell, double move)
{
    int group = plan->lattice->cells[cell].group;
    double slack = 1e-9 * fmax(1, fabs(move));
    return group != LATTICE_FIXED && !plan->primary[group] &&
           (move > plan->open_high[cell] + slack || move < plan->open_low[cell] - slack);
}

/* One block of memory: counts first, then filled. */
static struct vector *vector_new(struct plan *plan, const uint32_t cells[], const double moves[], size_t count)
{
    size_t targets = 0, groups = 0, moved = 0;
    for (size_t i = 0; i < count; i++) {
        targets += plan->first_target[cells[i] + 1] - plan->first_target[cells[i]];
        moved += has_targets(plan, cells[i]);
        groups += needs_hidden(plan, cells[i], moves[i]);
    }
    struct vector *vector =
        malloc(sizeof *vector + count * (sizeof *moves + sizeof *cells) + (2 * groups + targets + 2 * moved) * sizeof *cells);
    if (vector == NULL)
        return NULL;
    *vector = (struct vector){ .cell_count = (uint32_t)count, .born = plan->step };
    vector->moves = (double *)(void *)(vector + 1);
    vector->cells = (uint32_t *)(void *)(vector->moves + count);
    vector->groups = vector->cells + count;
    vector->places = vector->groups + groups;
    vector->targets = vector->places + groups;
    vector->moved = vector->targets + targets;
    vector->moved_places = vector->moved + moved;
    memcpy(vector->moves, moves, count * sizeof *moves);
    memcpy(vector->cells, cells, count * sizeof *cells);
    for (size_t i = 0; i < count; i++) {
        for (uint32_t t = plan->first_target[cells[i]]; t < plan->first_target[cells[i] + 1]; t++)
            if (covers(&plan->targets[t], moves[i]))
                vector->targets[vector->target_count++] = t;
        if (has_targets(plan, cells[i]) && fabs(moves[i]) > 1e-9)
            vector->moved[vector->moved_count++] = (uint32_t)i;
        if (!needs_hidden(plan, cells[i], moves[i]))
            continue;
        uint32_t group = (uint32_t)plan->lattice->cells[cells[i]].group, k = 0;
        bool alone = plan->index->group_first[group + 1] - plan->index->group_first[group] == 1;
        while (k < vector->group_count && (alone || vector->groups[k] != group))
            k++;
        if (k == vector->group_count)
            vector->groups[vector->group_count++] = group;
    }
    return vector;
}

uint32_t plan_vector(struct plan *plan, const uint32_t cells[], const double moves[], size_t count)
{
    if (plan->spare.count == 0 && plan->vector_count == plan->vector_room) {
        size_t room = plan->vector_room > 0 ? plan->vector_room * 2 : 1024;
        struct vector **vectors = realloc(plan->vectors, room * sizeof(struct vector *));
        plan->failed = plan->failed || vectors == NULL;
        if (vectors == NULL)
            return 0;
        plan->vectors = vectors;
        plan->vector_room = room;
    }
    uint32_t place =
        plan->spare.count > 0 ? plan->spare.items[--plan->spare.count] : (uint32_t)plan->vector_count++;
    plan->vectors[place] = vector_new(plan, cells, moves, count);
    plan->failed = plan->failed || plan->vectors[place] == NULL;
    return place;
}

void plan_drop(struct plan *plan, uint32_t vector)
{
    free(plan->vectors[vector]);
    plan->vectors[vector] = NULL;
    ids_add(plan, &plan->spare, vector);
}

static void set_hidden(struct plan *plan, uint32_t group, bool hidden)
{
    double cost = plan->lattice->groups[group].cost;
    plan->hidden[group] = hidden;
    plan->cost += hidden ? cost : -cost;
    if (!(cost > 0))
        return;
    if (hidden) {
        plan->secondary_place[group] = (uint32_t)plan->secondary.count;
        ids_add(plan, &plan->secondary, group);
        return;
    }
    uint32_t last = plan->secondary.items[--plan->secondary.count];
    plan->secondary.items[plan->secondary_place[group]] = last;
    plan->secondary_place[last] = plan->secondary_place[group];
}

void plan_link(struct plan *plan, uint32_t place)
{
    struct vector *vector = plan->vectors[place];
    if (vector == NULL || plan->failed)
        return;
    for (uint32_t k = 0; k < vector->group_count; k++) {
        uint32_t group = vector->groups[k];
        if (!plan->hidden[group])
            set_hidden(plan, group, true);
        vector->places[k] = (uint32_t)plan->uses[group].count;
        use_add(plan, &plan->uses[group], (struct use){ place, k });
    }
    for (uint32_t k = 0; k < vector->moved_count; k++) {
        struct uses *movers = &plan->movers[vector->cells[vector->moved[k]]];
        vector->moved_places[k] = (uint32_t)movers->count;
        use_add(plan, movers, (struct use){ place, k });
    }
    for (uint32_t k = 0; k < vector->target_count; k++)
        plan->covers[vector->targets[k]]++;
    vector->alive = true;
}

static void unuse(struct plan *plan, uint32_t group, uint32_t at)
{
    struct uses *uses = &plan->uses[group];
    struct use moved = use_remove(uses, at);
    plan->vectors[moved.vector]->places[moved.at] = at;
    if (uses->count == 0)
        set_hidden(plan, group, false);
}

void plan_unlink(struct plan *plan, uint32_t place)
{
    struct vector *vector = plan->vectors[place];
    if (vector == NULL || plan->failed)
        return;
    for (uint32_t k = 0; k < vector->group_count; k++)
        unuse(plan, vector->groups[k], vector->places[k]);
    for (uint32_t k = 0; k < vector->moved_count; k++) {
        struct use moved = use_remove(&plan->movers[vector->cells[vector->moved[k]]], vector->moved_places[k]);
        plan->vectors[moved.vector]->moved_places[moved.at] = vector->moved_places[k];
    }
    for (uint32_t k = 0; k < vector->target_count; k++)
        if (--plan->covers[vector->targets[k]] == 0)
            ids_add(plan, &plan->uncovered, vector->targets[k]);
    vector->alive = false;
}

bool plan_spare(const struct plan *plan, uint32_t place)
{
    const struct vector *vector = plan->vectors[place];
    for (uint32_t k = 0; k < vector->target_count; k++)
        if (plan->covers[vector->targets[k]] < 2)
            return false;
    return true;
}

void plan_release(struct plan *plan, uint32_t group, struct ids *removed)
{
    while (plan->uses[group].count > 0 && !plan->failed) {
        uint32_t vector = plan->uses[group].items[plan->uses[group].count - 1].vector;
        plan_unlink(plan, vector);
        ids_add(plan, removed, vector);
    }
}

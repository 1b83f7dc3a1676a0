#include "analysis/suppress_move.h"

/* A dear group that few vectors need, by tournament. */
static uint32_t choose(const struct plan *plan, struct seeded *seeded)
{
    uint32_t best = plan->secondary.items[seeded_below(seeded, (uint32_t)plan->secondary.count)];
    for (int i = 0; i < 2; i++) {
        uint32_t other = plan->secondary.items[seeded_below(seeded, (uint32_t)plan->secondary.count)];
        double mine = plan->lattice->groups[best].cost / ((double)plan->uses[best].count + 1);
        double its = plan->lattice->groups[other].cost / ((double)plan->uses[other].count + 1);
        best = its > mine ? other : best;
    }
    return best;
}

/* A relation one of the group's cells stands in; relation_count when there is none. */
static size_t relation_of(const struct plan *plan, struct seeded *seeded, uint32_t group)
{
    const struct lattice_index *index = plan->index;
    size_t first = index->group_first[group], count = index->group_first[group + 1] - first;
    if (count == 0)
        return plan->lattice->relation_count;
    uint32_t cell = index->members[first + seeded_below(seeded, (uint32_t)count)];
    size_t places = index->cell_first[cell + 1] - index->cell_first[cell];
    if (places == 0)
        return plan->lattice->relation_count;
    return index->places[index->cell_first[cell] + seeded_below(seeded, (uint32_t)places)].relation;
}

bool move_partner(const struct plan *plan, size_t relation, size_t k, uint32_t *group)
{
    int found = plan->lattice->cells[plan->lattice->members[plan->lattice->relations[relation].first + k].cell].group;
    if (found == LATTICE_FIXED || !plan->hidden[found] || plan->primary[found] || !(plan->lattice->groups[found].cost > 0))
        return false;
    *group = (uint32_t)found;
    return true;
}

static void release_relation(struct plan *plan, size_t relation, struct ids *removed)
{
    if (relation == plan->lattice->relation_count)
        return;
    for (size_t k = 0; k < plan->lattice->relations[relation].count; k++) {
        uint32_t group = 0;
        if (move_partner(plan, relation, k, &group) && plan->uses[group].count < MOVE_USES_MAX)
            plan_release(plan, group, removed);
    }
}

void move_take_out(struct plan *plan, struct seeded *seeded, struct ids *removed, struct move *move)
{
    *move = (struct move){ .taken_count = 1, .wide = seeded_unit(seeded) < 0.7 };
    move->taken[0] = choose(plan, seeded);
    size_t extra = seeded_below(seeded, MOVE_TAKEN_MAX), relation = relation_of(plan, seeded, move->taken[0]);
    for (size_t i = 0; i < extra && relation < plan->lattice->relation_count; i++) {
        uint32_t group = 0;
        if (move_partner(plan, relation, seeded_below(seeded, (uint32_t)plan->lattice->relations[relation].count), &group) &&
            group != move->taken[0])
            move->taken[move->taken_count++] = group;
        relation = relation_of(plan, seeded, move->taken[0]);
    }
    if (move->wide) {
        release_relation(plan, relation, removed);
        if (relation < plan->lattice->relation_count && seeded_unit(seeded) < 0.3) {
            int other = plan->lattice->cells[plan->lattice->members[plan->lattice->relations[relation].first].cell].group;
            if (other != LATTICE_FIXED)
                release_relation(plan, relation_of(plan, seeded, (uint32_t)other), removed);
        }
    }
    for (size_t i = 0; i < move->taken_count; i++)
        plan_release(plan, move->taken[i], removed);
    bool soft = seeded_unit(seeded) < 0.5; /* the others may come back */
    for (size_t i = 0; i < move->taken_count; i++)
        plan->tabu[move->taken[i]] = i == 0 || !soft;
    if (seeded_unit(seeded) >= 0.4)
        move->noise.amplitude = move->wide ? 1.2 : 0.4;
    move->noise.key = seeded_next(seeded);
}

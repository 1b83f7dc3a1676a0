/* Cleaning up: shows hidden groups again whose proofs can be led through others. */
#include "analysis/suppress_clean.h"

#include <math.h>
#include <stdlib.h>

#include "analysis/suppress_move.h"
#include "analysis/suppress_rank.h"

enum { CLEAN_MAX = 12, CLEAN_STEPS = 150, AROUND_MAX = 4000 };

double search_done(const struct search *search)
{
    uint64_t done = local_work(search->local) + derive_work(search->derive), all = search->order->work;
    return done >= all ? 1 : (double)done / (double)all;
}

bool search_goes_on(const struct search *search, double share)
{
    return search->order->go == NULL || search->order->go(search->order->context, share);
}

void search_sort(struct search *search, uint32_t ids[], size_t count, double (*rank)(const struct plan *, uint32_t))
{
    struct ranked *ranked = malloc((count + 1) * sizeof *ranked);
    if (ranked == NULL) {
        search->plan.failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){ -rank(&search->plan, ids[i]), ids[i] };
    rank_sort(ranked, count);
    for (size_t i = 0; i < count; i++)
        ids[i] = ranked[i].id;
    free(ranked);
}

static double rank_cost(const struct plan *plan, uint32_t group)
{
    return plan->lattice->groups[group].cost;
}

bool search_prove(struct search *search, uint32_t target, const struct noise *noise, const struct limits *limits)
{
    uint32_t vector = 0;
    bool made = false;
    if (search->plan.covers[target] > 0)
        return true;
    if (!derive_proof(search->derive, target, &search->removed, &made, &vector)) {
        made = noise == NULL ? local_recertify(search->local, target, limits->steps, &vector)
                             : local_certify(search->local, target, noise, limits, &vector);
        if (!made)
            return false;
        derive_learn(search->derive, target, &search->removed, vector);
    }
    if (made)
        ids_add(&search->plan, &search->added, vector);
    return true;
}

/* Tries to show a group again with hidden groups only; what it did is added to removed and added, or undone. */
static bool clean(struct search *search, uint32_t group)
{
    struct plan *plan = &search->plan;
    size_t removed = search->removed.count, added = search->added.count, first = search->open.count;
    bool good = true;
    plan->uncovered.count = 0;
    plan->tabu[group] = true;
    derive_forget(search->derive);
    plan_release(plan, group, &search->removed);
    for (size_t i = 0; i < plan->uncovered.count; i++)
        ids_add(plan, &search->open, plan->uncovered.items[i]);
    for (size_t i = first; i < search->open.count && good && !plan->failed; i++) {
        const struct limits limits = { CLEAN_STEPS, HUGE_VAL };
        good = search_prove(search, search->open.items[i], NULL, &limits);
    }
    plan->tabu[group] = false;
    search->open.count = first;
    if (good || plan->failed)
        return good;
    while (search->added.count > added) {
        uint32_t vector = search->added.items[--search->added.count];
        plan_unlink(plan, vector);
        plan_drop(plan, vector);
    }
    while (search->removed.count > removed) {
        uint32_t vector = search->removed.items[--search->removed.count];
        if (!plan->vectors[vector]->alive)
            plan_link(plan, vector);
    }
    return false;
}

void search_forget(struct search *search)
{
    for (size_t i = 0; i < search->removed.count; i++) {
        const struct vector *vector = search->plan.vectors[search->removed.items[i]];
        if (vector != NULL && !vector->alive) /* one put back and removed again is listed twice */
            plan_drop(&search->plan, search->removed.items[i]);
    }
    search->removed.count = search->added.count = 0;
}

void search_sweep(struct search *search, double until)
{
    struct plan *plan = &search->plan;
    search->around.count = 0;
    for (size_t i = 0; i < plan->secondary.count; i++)
        ids_add(plan, &search->around, plan->secondary.items[i]);
    if (!plan->failed)
        search_sort(search, search->around.items, search->around.count, rank_cost);
    for (size_t i = 0; i < search->around.count && !plan->failed && search_done(search) < until; i++) {
        if (plan->hidden[search->around.items[i]])
            clean(search, search->around.items[i]);
        search_forget(search);
        if (i % 64 == 0 && !search_goes_on(search, search_done(search)))
            return;
    }
}

static void look_around(struct search *search, uint32_t cell)
{
    const struct plan *plan = &search->plan;
    for (size_t k = plan->index->cell_first[cell]; k < plan->index->cell_first[cell + 1]; k++) {
        size_t relation = plan->index->places[k].relation;
        for (size_t j = 0; j < plan->lattice->relations[relation].count; j++) {
            uint32_t group = 0;
            if (!move_partner(plan, relation, j, &group) || search->group_seen[group] == search->stamp)
                continue;
            search->group_seen[group] = search->stamp;
            ids_add(&search->plan, &search->around, group);
        }
    }
}

void search_clean_around(struct search *search)
{
    struct plan *plan = &search->plan;
    search->around.count = 0;
    search->stamp++;
    for (size_t i = 0; i < search->added.count && search->around.count < AROUND_MAX; i++) {
        const struct vector *vector = plan->vectors[search->added.items[i]];
        for (uint32_t k = 0; k < vector->cell_count; k++)
            look_around(search, vector->cells[k]);
    }
    if (search->around.count > 0 && !plan->failed)
        search_sort(search, search->around.items, search->around.count, rank_cost);
    for (size_t i = 0; i < search->around.count && i < CLEAN_MAX && !plan->failed; i++)
        if (plan->hidden[search->around.items[i]])
            clean(search, search->around.items[i]);
}

void search_prune_around(struct search *search)
{
    struct plan *plan = &search->plan;
    for (size_t i = 0; i < search->added.count; i++) {
        const struct vector *vector = plan->vectors[search->added.items[i]];
        for (uint32_t k = 0; k < vector->group_count && vector->alive; k++) {
            struct uses *uses = &plan->uses[vector->groups[k]];
            for (size_t u = 0; u < uses->count && uses->count < MOVE_USES_MAX; u++) {
                uint32_t other = uses->items[u].vector;
                if (other == search->added.items[i] || !plan_spare(plan, other))
                    continue;
                plan_unlink(plan, other);
                ids_add(plan, &search->removed, other);
                u--;
            }
        }
    }
}

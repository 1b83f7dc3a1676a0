/* Large-neighbourhood search over vectors: takes one or a few hidden groups out, proves their targets another way, cleans
 * up around, keeps the result if it is cheaper (early on also if it is a little dearer), else undoes it.
 * Sources: Shaw (1998) for the neighbourhoods, Kirkpatrick, Gelatt & Vecchi (1983) for the cooling. */
#include "analysis/suppress_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/suppress_derive.h"
#include "analysis/suppress_local.h"
#include "analysis/suppress_move.h"
#include "analysis/suppress_proofs.h"

enum { CLEAN_MAX = 12, CLEAN_STEPS = 150, SEARCH_STEPS = 600, STEPS_A_CELL = 1000, IDLE_STEPS = 25, SMALL_MAX = 5000 };
enum { AROUND_MAX = 4000 };

static const double hope = 1; /* cells of typical cost that cleaning up may take out again */

struct search {
    struct plan plan;
    struct local *local;
    struct derive *derive;
    struct seeded seeded;
    const struct search_order *order;
    struct ids removed, added; /* vectors unlinked and linked in this step */
    struct ids open;           /* targets to prove again */
    struct ids around;         /* groups to clean up */
    uint32_t *group_seen, stamp;
    bool *best;
    double best_cost;
    size_t idle, shaken; /* steps since something better was found; steps that are taken whatever they cost */
    double begun;        /* share of the work at which this round began */
};

static double share_done(const struct search *search)
{
    uint64_t done = local_work(search->local) + derive_work(search->derive), all = search->order->work;
    return done >= all ? 1 : (double)done / (double)all;
}

static bool go_on(const struct search *search, double share)
{
    return search->order->go == NULL || search->order->go(search->order->context, share);
}

struct ranked {
    double rank;
    uint32_t id;
};

static int by_rank(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;
    if (a->rank < b->rank || a->rank > b->rank)
        return a->rank > b->rank ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* Sorts ids downwards by rank; equal ones by number, so that no sorting library matters. */
static void sort_ids(struct search *search, uint32_t ids[], size_t count, double (*rank)(const struct plan *, uint32_t))
{
    struct ranked *ranked = malloc((count + 1) * sizeof *ranked);
    if (ranked == NULL) {
        search->plan.failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){ rank(&search->plan, ids[i]), ids[i] };
    qsort(ranked, count, sizeof *ranked, by_rank);
    for (size_t i = 0; i < count; i++)
        ids[i] = ranked[i].id;
    free(ranked);
}

static double rank_need(const struct plan *plan, uint32_t target)
{
    return fabs(plan->targets[target].need);
}

static double rank_cost(const struct plan *plan, uint32_t group)
{
    return plan->lattice->groups[group].cost;
}

/* Largest needs first: their vectors cover most others. */
static enum status first_pattern(struct search *search, struct fail *fail)
{
    static const struct limits none = { 100000, HUGE_VAL };
    struct plan *plan = &search->plan;
    bool large = plan->lattice->cell_count > SMALL_MAX;
    search->open.count = 0;
    for (uint32_t t = 0; t < plan->target_count; t++)
        ids_add(plan, &search->open, t);
    if (!plan->failed)
        sort_ids(search, search->open.items, search->open.count, rank_need);
    for (size_t i = 0; i < search->open.count && !plan->failed; i++) {
        uint32_t vector = 0, target = search->open.items[i];
        bool proven = plan->covers[target] > 0 || (!large && local_certify(search->local, target, NULL, &none, &vector)) ||
                      local_certify_near(search->local, target, &vector);
        if (!proven && !plan->failed)
            return FAIL(fail, STATUS_DENIED, "cell %u cannot be protected: nothing that may be hidden moves it far enough",
                        plan->targets[target].cell);
        if (i % 64 == 0 && !go_on(search, 0))
            return FAIL(fail, STATUS_LIMIT, "stopped before the end; nothing was written");
    }
    for (uint32_t v = 0; v < plan->vector_count && !plan->failed; v++)
        if (plan_spare(plan, v)) {
            plan_unlink(plan, v);
            plan_drop(plan, v);
        }
    return STATUS_OK;
}

/* From the proofs at hand, else by a program; noise NULL: with hidden groups only. */
static bool prove(struct search *search, uint32_t target, const struct noise *noise, const struct limits *limits)
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
        good = prove(search, search->open.items[i], NULL, &limits);
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

static void forget_removed(struct search *search)
{
    for (size_t i = 0; i < search->removed.count; i++) {
        const struct vector *vector = search->plan.vectors[search->removed.items[i]];
        if (vector != NULL && !vector->alive) /* one put back and removed again is listed twice */
            plan_drop(&search->plan, search->removed.items[i]);
    }
    search->removed.count = search->added.count = 0;
}

/* Every hidden group once, the dearest first. */
static void sweep(struct search *search, double until)
{
    struct plan *plan = &search->plan;
    search->around.count = 0;
    for (size_t i = 0; i < plan->secondary.count; i++)
        ids_add(plan, &search->around, plan->secondary.items[i]);
    if (!plan->failed)
        sort_ids(search, search->around.items, search->around.count, rank_cost);
    for (size_t i = 0; i < search->around.count && !plan->failed && share_done(search) < until; i++) {
        if (plan->hidden[search->around.items[i]])
            clean(search, search->around.items[i]);
        forget_removed(search);
        if (i % 64 == 0 && !go_on(search, share_done(search)))
            return;
    }
}

/* most: a plan dearer than that is not worth going on with. */
static bool prove_again(struct search *search, const struct move *move, double most)
{
    struct plan *plan = &search->plan;
    bool good = true;
    search->open.count = 0;
    for (size_t i = 0; i < plan->uncovered.count; i++)
        ids_add(plan, &search->open, plan->uncovered.items[i]);
    uint32_t *open = search->open.items;
    for (size_t i = 0; i < search->open.count && !plan->failed; i++) {
        size_t other = i + seeded_below(&search->seeded, (uint32_t)(search->open.count - i));
        uint32_t target = open[i];
        open[i] = open[other];
        open[other] = target;
    }
    if (seeded_unit(&search->seeded) < (move->wide ? 0.3 : 0.7) && search->open.count > 0)
        sort_ids(search, open, search->open.count, rank_need);
    for (size_t i = 0; i < search->open.count && good && !plan->failed; i++) {
        const struct limits limits = { SEARCH_STEPS, 2 * (most - plan->cost) / plan->mean };
        good = plan->cost <= most && prove(search, open[i], &move->noise, &limits);
    }
    for (size_t i = 0; i < move->taken_count; i++)
        plan->tabu[move->taken[i]] = false;
    search->open.count = 0;
    return good && !plan->failed;
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

static void clean_around(struct search *search)
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
        sort_ids(search, search->around.items, search->around.count, rank_cost);
    for (size_t i = 0; i < search->around.count && i < CLEAN_MAX && !plan->failed; i++)
        if (plan->hidden[search->around.items[i]])
            clean(search, search->around.items[i]);
}

/* Older vectors whose targets the new ones cover as well. */
static void prune_around(struct search *search)
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

static void undo(struct search *search)
{
    struct plan *plan = &search->plan;
    for (size_t i = search->added.count; i-- > 0;)
        if (plan->vectors[search->added.items[i]]->alive)
            plan_unlink(plan, search->added.items[i]);
    for (size_t i = search->removed.count; i-- > 0;) {
        const struct vector *vector = plan->vectors[search->removed.items[i]];
        if (vector->born != plan->step && !vector->alive)
            plan_link(plan, search->removed.items[i]);
    }
    for (size_t i = 0; i < search->added.count; i++)
        plan_drop(plan, search->added.items[i]);
    search->removed.count = search->added.count = 0;
}

static void keep_best(struct search *search)
{
    struct plan *plan = &search->plan;
    if (plan->cost >= search->best_cost - 1e-9 * fmax(1, search->best_cost) && isfinite(search->best_cost))
        return;
    search->best_cost = plan->cost;
    search->idle = 0;
    memcpy(search->best, plan->hidden, plan->lattice->group_count * sizeof *search->best);
}

/* How much dearer a step may be: less and less in the course of a round. A round that has found nothing for long ends with
 * steps that are taken whatever they cost. */
static double heat_of(struct search *search, double share)
{
    const struct plan *plan = &search->plan;
    double done = (share - search->begun) / (1 - search->begun), groups = (double)plan->secondary.count + 1;
    if (search->shaken > 0) {
        search->shaken--;
        return plan->cost;
    }
    if (++search->idle > IDLE_STEPS * (plan->secondary.count + 1) && share < 0.8) {
        search->idle = 0;
        search->shaken = plan->secondary.count + 5;
        search->begun = share;
    }
    return done > 0.9 ? 0 : search->order->heat * plan->cost / groups * (1 - done) * (1 - done);
}

static void improve(struct search *search)
{
    struct plan *plan = &search->plan;
    struct move move;
    double before = plan->cost, heat = heat_of(search, share_done(search));
    plan->step++;
    plan->uncovered.count = search->removed.count = search->added.count = 0;
    derive_forget(search->derive);
    move_take_out(plan, &search->seeded, &search->removed, &move);
    double typical = before / (double)(plan->secondary.count + search->removed.count + 1);
    bool good = prove_again(search, &move, before + hope * typical + 3 * heat);
    if (good)
        clean_around(search);
    if (good && !plan->failed)
        prune_around(search);
    if (plan->failed)
        return;
    double bar = before + 1e-9 * fmax(1, before) - heat * log(seeded_unit(&search->seeded) + 1e-300);
    if (good && plan->cost <= bar) {
        forget_removed(search);
        keep_best(search);
    } else {
        undo(search);
    }
}

static enum status run(struct search *search, struct fail *fail)
{
    struct plan *plan = &search->plan;
    enum status status = first_pattern(search, fail);
    if (status != STATUS_OK || plan->failed)
        return status;
    keep_best(search);
    if (search->order->work > 0)
        sweep(search, 0.5);
    keep_best(search);
    /* Work is counted in parts of a program: on a table of ten cells a step is nothing of it, and the search would never end. */
    const size_t most = STEPS_A_CELL * plan->lattice->cell_count;
    for (size_t i = 0; i < most && share_done(search) < 1 && plan->secondary.count > 0 && !plan->failed; i++) {
        improve(search);
        if (i % 4 == 0 && !go_on(search, share_done(search)))
            return FAIL(fail, STATUS_LIMIT, "stopped before the end; nothing was written");
    }
    return STATUS_OK;
}

enum status search_run(struct arena *arena, const struct lattice *lattice, const struct lattice_index *index,
                       const struct search_order *order, struct search_result *result, struct fail *fail)
{
    struct search search = { .order = order, .best_cost = HUGE_VAL };
    seeded_init(&search.seeded, order->seed);
    search.group_seen = ARENA_NEW(arena, uint32_t, lattice->group_count + 1);
    search.best = ARENA_NEW(arena, bool, lattice->group_count + 1);
    enum status status = STATUS_OK;
    if (search.group_seen == NULL || search.best == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    status = plan_open(&search.plan, arena, lattice, index, fail);
    if (status == STATUS_OK)
        status = local_open(&search.local, &search.plan, fail);
    if (status == STATUS_OK)
        search.derive = derive_open(&search.plan);
    if (status == STATUS_OK && search.derive == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (status == STATUS_OK)
        status = run(&search, fail);
    if (search.plan.failed)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (status == STATUS_OK) {
        memcpy(result->hidden, search.best, lattice->group_count * sizeof *result->hidden);
        result->cost = search.best_cost;
        result->targets = search.plan.target_count;
        result->programs = local_programs(search.local);
        if (order->proofs)
            status = proofs_collect(arena, &search.plan, search.local, search.best, &result->proofs, fail);
    }
    local_close(search.local);
    plan_close(&search.plan);
    free(search.removed.items);
    free(search.added.items);
    free(search.open.items);
    free(search.around.items);
    return status;
}

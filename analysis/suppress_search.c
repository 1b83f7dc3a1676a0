/* Large-neighbourhood search over vectors: takes one or a few hidden groups out, proves their targets another way, cleans
 * up around, keeps the result if it is cheaper (early on also if it is a little dearer), else undoes it.
 * Sources: Shaw (1998) for the neighbourhoods, Kirkpatrick, Gelatt & Vecchi (1983) for the cooling. */
#include "analysis/suppress_search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/suppress_clean.h"
#include "analysis/suppress_move.h"
#include "analysis/suppress_proofs.h"

enum { SEARCH_STEPS = 600, STEPS_A_CELL = 1000, IDLE_STEPS = 25, SMALL_MAX = 5000 };

static const double hope = 1; /* cells of typical cost that cleaning up may take out again */

static double rank_need(const struct plan *plan, uint32_t target)
{
    return fabs(plan->targets[target].need);
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
        search_sort(search, search->open.items, search->open.count, rank_need);
    for (size_t i = 0; i < search->open.count && !plan->failed; i++) {
        uint32_t vector = 0, target = search->open.items[i];
        bool proven = plan->covers[target] > 0 || (!large && local_certify(search->local, target, NULL, &none, &vector)) ||
                      local_certify_near(search->local, target, &vector);
        if (!proven && !plan->failed)
            return FAIL(fail, STATUS_DENIED, "cell %u cannot be protected: nothing that may be hidden moves it far enough",
                        plan->targets[target].cell);
        if (i % 64 == 0 && !search_goes_on(search, 0))
            return FAIL(fail, STATUS_LIMIT, "stopped before the end; nothing was written");
    }
    for (uint32_t v = 0; v < plan->vector_count && !plan->failed; v++)
        if (plan_spare(plan, v)) {
            plan_unlink(plan, v);
            plan_drop(plan, v);
        }
    return STATUS_OK;
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
        search_sort(search, open, search->open.count, rank_need);
    for (size_t i = 0; i < search->open.count && good && !plan->failed; i++) {
        const struct limits limits = { SEARCH_STEPS, 2 * (most - plan->cost) / plan->mean };
        good = plan->cost <= most && search_prove(search, open[i], &move->noise, &limits);
    }
    for (size_t i = 0; i < move->taken_count; i++)
        plan->tabu[move->taken[i]] = false;
    search->open.count = 0;
    return good && !plan->failed;
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
    double before = plan->cost, heat = heat_of(search, search_done(search));
    plan->step++;
    plan->uncovered.count = search->removed.count = search->added.count = 0;
    derive_forget(search->derive);
    move_take_out(plan, &search->seeded, &search->removed, &move);
    double typical = before / (double)(plan->secondary.count + search->removed.count + 1);
    bool good = prove_again(search, &move, before + hope * typical + 3 * heat);
    if (good)
        search_clean_around(search);
    if (good && !plan->failed)
        search_prune_around(search);
    if (plan->failed)
        return;
    double bar = before + 1e-9 * fmax(1, before) - heat * log(seeded_unit(&search->seeded) + 1e-300);
    if (good && plan->cost <= bar) {
        search_forget(search);
        keep_best(search);
    } else {
        undo(search);
    }
}

/* A first pattern, cleaned up. */
static enum status begin(struct search *search, struct fail *fail)
{
    enum status status = first_pattern(search, fail);
    if (status != STATUS_OK || search->plan.failed)
        return status;
    keep_best(search);
    if (search->order->work > 0)
        search_sweep(search, 0.5);
    keep_best(search);
    return STATUS_OK;
}

enum status search_go(struct search *search, double until, struct fail *fail)
{
    struct plan *plan = &search->plan;
    enum status status = search->started ? STATUS_OK : begin(search, fail);
    search->started = true;
    /* Work is counted in parts of a program: on a table of ten cells a step is nothing of it, and the search would never end. */
    const double most = until * STEPS_A_CELL * (double)plan->lattice->cell_count;
    for (; status == STATUS_OK && (double)search->steps < most && search_done(search) < until &&
           plan->secondary.count > 0 && !plan->failed; search->steps++) {
        improve(search);
        if (search->steps % 4 == 0 && !search_goes_on(search, search_done(search)))
            status = FAIL(fail, STATUS_LIMIT, "stopped before the end; nothing was written");
    }
    return plan->failed ? FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis") : status;
}

double search_cost(const struct search *search)
{
    return search->best_cost;
}

bool search_is_slow(const struct search *search)
{
    return search->steps < search->plan.secondary.count;
}

enum status search_follow(struct search *search, const struct search *other, struct fail *fail)
{
    struct plan *plan = &search->plan;
    for (uint32_t v = 0; v < plan->vector_count; v++)
        if (plan->vectors[v] != NULL) {
            plan_unlink(plan, v);
            plan_drop(plan, v);
        }
    for (size_t v = 0; v < other->plan.vector_count && !plan->failed; v++) {
        const struct vector *vector = other->plan.vectors[v];
        if (vector != NULL && vector->alive)
            plan_link(plan, plan_vector(plan, vector->cells, vector->moves, vector->cell_count));
    }
    plan->uncovered.count = 0;
    memcpy(search->best, other->best, plan->lattice->group_count * sizeof *search->best);
    search->best_cost = other->best_cost;
    return plan->failed ? FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis") : STATUS_OK;
}

static enum status make_parts(struct search *search, struct arena *arena, const struct lattice *lattice,
                              const struct lattice_index *index, struct fail *fail)
{
    search->group_seen = ARENA_NEW(arena, uint32_t, lattice->group_count + 1);
    search->best = ARENA_NEW(arena, bool, lattice->group_count + 1);
    if (search->group_seen == NULL || search->best == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    enum status status = plan_open(&search->plan, arena, lattice, index, fail);
    if (status == STATUS_OK)
        status = local_open(&search->local, &search->plan, fail);
    if (status != STATUS_OK)
        return status;
    search->derive = derive_open(&search->plan);
    return search->derive != NULL ? STATUS_OK : FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
}

enum status search_open(struct search **made, struct arena *arena, const struct lattice *lattice,
                        const struct lattice_index *index, const struct search_order *order, struct fail *fail)
{
    struct search *search = ARENA_NEW(arena, struct search, 1);
    *made = NULL;
    if (search == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *search = (struct search){ .order = order, .best_cost = HUGE_VAL };
    seeded_init(&search->seeded, order->seed);
    *made = search;
    return make_parts(search, arena, lattice, index, fail);
}

enum status search_answer(struct search *search, struct arena *arena, struct search_result *result, struct fail *fail)
{
    struct plan *plan = &search->plan;
    memcpy(result->hidden, search->best, plan->lattice->group_count * sizeof *result->hidden);
    result->cost = search->best_cost;
    result->targets = plan->target_count;
    result->programs = local_programs(search->local);
    if (!search->order->proofs)
        return STATUS_OK;
    return proofs_collect(arena, plan, search->local, search->best, &result->proofs, fail);
}

void search_close(struct search *search)
{
    if (search == NULL)
        return;
    local_close(search->local);
    plan_close(&search->plan);
    free(search->removed.items);
    free(search->added.items);
    free(search->open.items);
    free(search->around.items);
}

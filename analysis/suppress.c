/* Runs the searches, keeps the cheapest pattern, proves or improves it exactly where the lattice is small. */
#include "analysis/suppress.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "analysis/suppress_exact.h"
#include "analysis/suppress_search.h"

struct start {
    struct arena arena;
    struct search *search;
    struct search_result result;
    struct search_order order;
    struct fail fail;
    enum status status;
};

struct portfolio {
    const struct lattice *lattice;
    const struct suppress_options *options;
    struct lattice_index index;
    struct start starts[SUPPRESS_STARTS_MAX];
    size_t count;
    double until;
    atomic_bool stopped;
};

/* A cool and a hot start: tables differ in which does better. */
static const double heats[] = { 0.1, 0.5 };

enum { WORK_UNIT = 1000000, ARENA_MOST = 2047, PARTS = 4 };

uint64_t suppress_work(const struct lattice *lattice)
{
    uint64_t cells = lattice->cell_count;
    if (cells <= 4000) /* below 10 s on two cores; more for the search where nothing follows it */
        return (exact_fits(lattice) ? 9 : 11) * (uint64_t)WORK_UNIT;
    uint64_t work = (9 + (cells - 4000) / 300) * WORK_UNIT; /* 50 s at 16,000 cells, at most 5 minutes */
    return work < 300 * (uint64_t)WORK_UNIT ? work : 300 * (uint64_t)WORK_UNIT;
}

static bool follow(void *context, double share)
{
    struct portfolio *portfolio = context;
    const struct suppress_options *options = portfolio->options;
    if (options->step != NULL && !options->step(options->context, (size_t)(share * 1000), 1000))
        atomic_store(&portfolio->stopped, true);
    return !atomic_load(&portfolio->stopped);
}

static bool obey(void *context, double share)
{
    struct portfolio *portfolio = context;
    (void)share;
    return !atomic_load(&portfolio->stopped);
}

static void run_start(void *context, size_t i)
{
    struct portfolio *portfolio = context;
    struct start *start = &portfolio->starts[i];
    if (start->search == NULL)
        start->status = search_open(&start->search, &start->arena, portfolio->lattice, &portfolio->index, &start->order,
                                    &start->fail);
    if (start->status == STATUS_OK)
        start->status = search_go(start->search, portfolio->until, &start->fail);
    if (start->status == STATUS_OK && !(portfolio->until < 1))
        start->status = search_answer(start->search, &start->arena, &start->result, &start->fail);
}

static enum status prepare(struct portfolio *portfolio, struct arena *arena, struct fail *fail)
{
    const struct suppress_options *options = portfolio->options;
    portfolio->count = options->starts > 0 ? options->starts : 1;
    portfolio->count = portfolio->count < SUPPRESS_STARTS_MAX ? portfolio->count : SUPPRESS_STARTS_MAX;
    for (size_t i = 0; i < portfolio->count; i++) {
        struct start *start = &portfolio->starts[i];
        arena_init(&start->arena, (size_t)ARENA_MOST << 20);
        start->order = (struct search_order){
            .seed = options->seed + i, .work = options->work, .heat = heats[i % COUNT(heats)],
            .proofs = options->arena != NULL, .context = portfolio,
            .go = i == 0 ? follow : obey };
        start->fail.language = fail != NULL ? fail->language : NULL;
        start->result.hidden = ARENA_NEW(arena, bool, portfolio->lattice->group_count + 1);
        if (start->result.hidden == NULL)
            return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    }
    return lattice_index(arena, portfolio->lattice, &portfolio->index, fail);
}

static enum status run_all(struct portfolio *portfolio, double until, size_t *best, struct fail *fail)
{
    portfolio->until = until;
    if (portfolio->options->both != NULL && portfolio->count > 1)
        portfolio->options->both(portfolio->count, run_start, portfolio);
    else
        for (size_t i = 0; i < portfolio->count; i++)
            run_start(portfolio, i);
    *best = 0;
    for (size_t i = 0; i < portfolio->count; i++) {
        if (portfolio->starts[i].status != STATUS_OK)
            return FAIL(fail, portfolio->starts[i].status, "%s", portfolio->starts[i].fail.what);
        if (search_cost(portfolio->starts[i].search) < search_cost(portfolio->starts[*best].search))
            *best = i;
    }
    return STATUS_OK;
}

/* Where steps are so dear that a search comes down slowly, all go on from the cheapest, each its own way. Searches that have
 * come down find more when they stay apart. */
static enum status search_all(struct portfolio *portfolio, size_t *best, struct fail *fail)
{
    for (int part = 1; part < PARTS && portfolio->count > 1 && portfolio->options->work > 0; part++) {
        enum status status = run_all(portfolio, (double)part / PARTS, best, fail);
        for (size_t i = 0; i < portfolio->count && status == STATUS_OK; i++)
            if (i != *best && search_is_slow(portfolio->starts[*best].search))
                status = search_follow(portfolio->starts[i].search, portfolio->starts[*best].search, fail);
        if (status != STATUS_OK)
            return status;
    }
    return run_all(portfolio, 1, best, fail);
}

/* Out of the memory of the search, into that of the caller. */
static enum status copy_proofs(struct arena *arena, const struct lattice_proofs *from, struct lattice_proofs *to,
                               struct fail *fail)
{
    if (arena == NULL || from->count == 0)
        return STATUS_OK;
    size_t *first = ARENA_NEW(arena, size_t, from->count + 1);
    struct lattice_member *moves = ARENA_NEW(arena, struct lattice_member, from->first[from->count] + 1);
    if (first == NULL || moves == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    memcpy(first, from->first, (from->count + 1) * sizeof *first);
    memcpy(moves, from->moves, from->first[from->count] * sizeof *moves);
    *to = (struct lattice_proofs){ from->count, first, moves };
    return STATUS_OK;
}

static void adopt(struct lattice *lattice, const bool hidden[], struct suppress_result *result)
{
    for (size_t g = 0; g < lattice->group_count; g++) {
        if (!hidden[g] || lattice->groups[g].hidden)
            continue;
        lattice->groups[g].hidden = true;
        result->added++;
        result->cost += lattice->groups[g].cost;
    }
}

enum status suppress(struct lattice *lattice, const struct suppress_options *options, struct suppress_result *result,
                     struct fail *fail)
{
    static const struct suppress_options plain = { .seed = 1 };
    struct arena arena;
    struct suppress_result counted = { .unasked = lattice_unasked(lattice) };
    size_t best = 0;
    enum status status = lattice_check(lattice, NULL, fail);
    if (status != STATUS_OK)
        return status;
    arena_init(&arena, (size_t)ARENA_MOST << 20);
    struct portfolio *portfolio = ARENA_NEW(&arena, struct portfolio, 1);
    if (portfolio == NULL) {
        arena_free(&arena);
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    }
    portfolio->lattice = lattice;
    portfolio->options = options != NULL ? options : &plain;
    status = prepare(portfolio, &arena, fail);
    if (status == STATUS_OK)
        status = search_all(portfolio, &best, fail);
    if (status == STATUS_OK && portfolio->options->work > 0)
        status = exact_finish(&arena, lattice, &portfolio->index, portfolio->options->work / 3,
                              &portfolio->starts[best].result, &counted.optimal, fail);
    if (status == STATUS_OK)
        status = copy_proofs(portfolio->options->arena, &portfolio->starts[best].result.proofs, &counted.proofs, fail);
    if (status == STATUS_OK) {
        counted.targets = portfolio->starts[best].result.targets;
        for (size_t i = 0; i < portfolio->count; i++)
            counted.programs += portfolio->starts[i].result.programs;
        adopt(lattice, portfolio->starts[best].result.hidden, &counted);
        if (result != NULL)
            *result = counted;
    }
    for (size_t i = 0; i < portfolio->count; i++) {
        search_close(portfolio->starts[i].search);
        arena_free(&portfolio->starts[i].arena);
    }
    arena_free(&arena);
    return status;
}

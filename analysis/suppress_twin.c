#include "analysis/suppress_twin.h"

#include <math.h>

#include "analysis/suppress_independent.h"

/* So many programs are dealt out in turn; later the dearer way gets a 24th of the work, in case that changes. */
enum { BOTH_FIRST = 16, SPENT_ON_OTHER = 24 };

static const double memory = 1.0 / 64; /* weight of the last program in the mean */

struct twin {
    struct simplex *all, *lean; /* lean NULL: no relation follows from the others */
    double mean_all, mean_lean; /* work a program */
    size_t solved;
    const struct simplex *last;
};

enum status twin_open(struct twin **made, struct arena *arena, const struct lattice *lattice,
                      const struct lattice_index *index, const bool usable[], struct fail *fail)
{
    struct twin *twin = ARENA_NEW(arena, struct twin, 1);
    bool *kept = ARENA_NEW(arena, bool, lattice->relation_count + 1);
    size_t kept_count = 0;
    *made = NULL;
    if (twin == NULL || kept == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *twin = (struct twin){ .all = simplex_open(arena, lattice, index, usable, NULL) };
    enum status status = independent_relations(arena, lattice, index, usable, kept, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t r = 0; r < lattice->relation_count; r++)
        kept_count += kept[r];
    if (kept_count < lattice->relation_count)
        twin->lean = simplex_open(arena, lattice, index, usable, kept);
    if (twin->all == NULL || (twin->lean == NULL && kept_count < lattice->relation_count))
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *made = twin;
    return STATUS_OK;
}

void twin_close(struct twin *twin)
{
    if (twin == NULL)
        return;
    simplex_close(twin->all);
    simplex_close(twin->lean);
}

static bool choose_lean(const struct twin *twin)
{
    if (twin->lean == NULL || twin->solved < BOTH_FIRST)
        return twin->lean != NULL && twin->solved % 2 == 1;
    uint64_t all = simplex_work(twin->all), lean = simplex_work(twin->lean);
    if (twin->mean_lean < twin->mean_all)
        return all * SPENT_ON_OTHER >= lean;
    return lean * SPENT_ON_OTHER < all;
}

enum simplex_state twin_solve(struct twin *twin, const struct simplex_task *task)
{
    bool lean = choose_lean(twin);
    struct simplex *simplex = lean ? twin->lean : twin->all;
    double *mean = lean ? &twin->mean_lean : &twin->mean_all;
    uint64_t before = simplex_work(simplex);
    enum simplex_state state = simplex_solve(simplex, task);
    double share = fmax(memory, 1.0 / (double)(twin->solved / 2 + 1));
    *mean += share * ((double)(simplex_work(simplex) - before) - *mean);
    twin->solved++;
    twin->last = simplex;
    return state;
}

const struct simplex_move *twin_moves(const struct twin *twin, size_t *count)
{
    return simplex_moves(twin->last, count);
}

uint64_t twin_work(const struct twin *twin)
{
    return simplex_work(twin->all) + (twin->lean != NULL ? simplex_work(twin->lean) : 0);
}

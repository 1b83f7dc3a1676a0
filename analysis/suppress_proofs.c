/* Hands the vectors of the best pattern out as proofs, for a reader who checks each of them himself. */
#include "analysis/suppress_proofs.h"

#include <string.h>

static bool within(const struct vector *vector, const bool hidden[])
{
    bool good = vector != NULL && vector->alive;
    for (uint32_t k = 0; good && k < vector->group_count; k++)
        good = hidden[vector->groups[k]];
    return good;
}

/* The search may have gone on from the best pattern: what its vectors no longer prove there is proven once more. */
static void prove_rest(struct plan *plan, struct local *local, const bool hidden[])
{
    for (size_t g = 0; g < plan->lattice->group_count; g++)
        plan->hidden[g] = plan->primary[g] || hidden[g];
    memset(plan->covers, 0, plan->target_count * sizeof *plan->covers);
    for (size_t v = 0; v < plan->vector_count; v++)
        for (uint32_t k = 0; within(plan->vectors[v], hidden) && k < plan->vectors[v]->target_count; k++)
            plan->covers[plan->vectors[v]->targets[k]]++;
    for (uint32_t t = 0; t < plan->target_count && !plan->failed; t++) {
        uint32_t vector = 0;
        if (plan->covers[t] == 0 && !local_recertify(local, t, PROOF_STEPS, &vector))
            continue; /* the reader has to find it himself */
    }
}

enum status proofs_collect(struct arena *arena, struct plan *plan, struct local *local, const bool hidden[],
                           struct lattice_proofs *proofs, struct fail *fail)
{
    size_t moves = 0;
    prove_rest(plan, local, hidden);
    for (size_t v = 0; v < plan->vector_count; v++)
        moves += within(plan->vectors[v], hidden) ? plan->vectors[v]->cell_count : 0;
    size_t *first = ARENA_NEW(arena, size_t, plan->vector_count + 1);
    struct lattice_member *all = ARENA_NEW(arena, struct lattice_member, moves + 1);
    if (first == NULL || all == NULL || plan->failed)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *proofs = (struct lattice_proofs){ .first = first, .moves = all };
    moves = 0;
    for (size_t v = 0; v < plan->vector_count; v++) {
        const struct vector *vector = plan->vectors[v];
        if (!within(vector, hidden))
            continue;
        first[proofs->count++] = moves;
        for (uint32_t i = 0; i < vector->cell_count; i++)
            all[moves++] = (struct lattice_member){ vector->cells[i], vector->moves[i] };
    }
    first[proofs->count] = moves;
    return STATUS_OK;
}

/* Whether the numbers of a lattice agree with each other. */
#include "analysis/lattice.h"

#include <math.h>

static bool within(const struct lattice_cell *cell, bool hideable)
{
    double slack = 1e-6 * fmax(1, fabs(cell->value));
    if (!isfinite(cell->value) || isnan(cell->open_low) || isnan(cell->open_high))
        return false;
    if (cell->value < cell->open_low - slack || cell->value > cell->open_high + slack)
        return false;
    return !hideable || (cell->value >= cell->least - slack && cell->value <= cell->most + slack);
}

enum status lattice_check(const struct lattice *lattice, struct lattice_fault *fault, struct fail *fail)
{
    struct lattice_fault found = { .kind = LATTICE_SOUND };
    for (size_t c = 0; c < lattice->cell_count && found.kind == LATTICE_SOUND; c++)
        if (!within(&lattice->cells[c], lattice->cells[c].group != LATTICE_FIXED))
            found = (struct lattice_fault){ .kind = LATTICE_BOUNDS, .at = c };
    for (size_t r = 0; r < lattice->relation_count && found.kind == LATTICE_SOUND; r++) {
        const struct lattice_relation *relation = &lattice->relations[r];
        double sum = -relation->sum, largest = fabs(relation->sum);
        for (size_t k = 0; k < relation->count; k++) {
            const struct lattice_member *member = &lattice->members[relation->first + k];
            sum += member->factor * lattice->cells[member->cell].value;
            largest = fmax(largest, fabs(member->factor * lattice->cells[member->cell].value));
        }
        if (!(fabs(sum) <= 1e-6 * fmax(1, largest)))
            found = (struct lattice_fault){ .kind = LATTICE_SUM, .at = r, .off_by = sum };
    }
    if (fault != NULL)
        *fault = found;
    if (found.kind == LATTICE_BOUNDS)
        return FAIL(fail, STATUS_CONFLICT, "cell %zu: the value lies outside of its own bounds", found.at);
    if (found.kind == LATTICE_SUM)
        return FAIL(fail, STATUS_CONFLICT, "relation %zu does not add up: it misses by %g", found.at, found.off_by);
    return STATUS_OK;
}

size_t lattice_unasked(const struct lattice *lattice)
{
    size_t count = 0;
    for (size_t c = 0; c < lattice->cell_count; c++) {
        const struct lattice_cell *cell = &lattice->cells[c];
        count += cell->protect && cell->reach_low >= cell->value && cell->reach_high <= cell->value;
    }
    return count;
}

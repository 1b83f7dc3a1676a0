/* The part of the item analysis the report prints. */
#include "analysis/stat_reliability.h"

#include "analysis/stat_consistency.h"

enum status reliability_compute(struct arena *arena, const double values[], size_t persons, size_t items,
                                struct reliability *reliability, struct fail *fail)
{
    if (persons < 3 || items < 2)
        return FAIL(fail, STATUS_INPUT, "too few answers for a reliability");
    struct consistency scale;
    enum status status = consistency_compute(arena, values, persons, items, &scale, fail);
    if (status != STATUS_OK)
        return status;
    double *rest = ARENA_NEW(arena, double, items);
    double *without = ARENA_NEW(arena, double, items);
    if (rest == NULL || without == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < items; i++) {
        rest[i] = scale.item[i].rest_r;
        without[i] = scale.item[i].alpha_without;
    }
    reliability->alpha = alpha_feldt(scale.alpha, (double)persons, items, 0.95);
    reliability->item_rest = rest;
    reliability->alpha_without = without;
    return STATUS_OK;
}

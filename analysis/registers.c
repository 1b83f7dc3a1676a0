#include "analysis/registers.h"

const struct measure_status *measure_newest(const struct measure_status statuses[], size_t count, size_t measure, int year)
{
    const struct measure_status *found = NULL;
    for (size_t i = 0; i < count; i++)
        if (statuses[i].measure == (int)measure && statuses[i].year <= year && (found == NULL || statuses[i].year >= found->year))
            found = &statuses[i];
    return found;
}

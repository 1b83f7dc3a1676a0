#include "analysis/movement.h"

#include "analysis/cube.h"

double movement_sum(const struct inputs *inputs, const struct movement_query *query, bool *found)
{
    double sum = 0;
    if (found != NULL)
        *found = false;
    for (size_t i = 0; i < inputs->registers.flow_count; i++) {
        const struct flow *flow = &inputs->registers.flows[i];
        if (flow->year > query->last || flow->year <= query->last - query->years ||
            (query->kind != MOVEMENT_ANY && (int)flow->kind != query->kind))
            continue;
        if (found != NULL)
            *found = true;
        if ((query->reason == MOVEMENT_ANY || (int)flow->reason == query->reason) &&
            (query->german == CUBE_ALL || flow->german == query->german) &&
            (query->age == CUBE_ALL || flow->age == query->age))
            sum += flow->count;
    }
    return sum;
}

double movement_staff(const struct inputs *inputs, uint8_t german)
{
    double sum = 0;
    size_t waves = 0;
    struct cube_query query = CUBE_CITY;
    query.german = german;
    for (size_t w = inputs->wave_count < 2 ? 0 : inputs->wave_count - 2; w < inputs->wave_count; w++) {
        struct cube_sum heads = cube_sum(inputs, &inputs->waves[w].cube, &query);
        if (!heads.found || heads.hidden)
            continue;
        sum += heads.heads;
        waves++;
    }
    return waves == 0 ? 0 : sum / (double)waves;
}

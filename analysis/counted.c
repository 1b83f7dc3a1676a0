#include "analysis/counted.h"

#include "analysis/cube.h"
#include "analysis/stat_proportion.h"

int counted_year(const struct inputs *inputs)
{
    return inputs->wave_count == 0 ? 0 : inputs->waves[inputs->wave_count - 1].year;
}

int counted_department(const struct sample *sample, int unit)
{
    int department = unit < 0 ? -1 : unit_department(sample->inputs, unit);
    for (size_t d = 0; d < sample->department_count && department >= 0; d++)
        if (sample->departments[d] == department)
            return (int)d;
    return -1;
}

void counted_share(struct raw_cell *cell, double part, double whole, double least)
{
    if (whole < least)
        cell_sign(cell, whole > 0 ? SIGN_UNSAFE : SIGN_PENDING);
    else
        cell_open(cell, 100 * part / whole);
}

void counted_people(struct raw_cell *cell, uint32_t people)
{
    cell_heads(cell, people, false);
}

void counted_flow(struct raw_cell *cell, uint32_t people)
{
    cell_heads(cell, people, false);
    if (cell != NULL)
        cell->heads_least = COUNTED_FLOW;
}

void counted_rate(struct raw_cell *cell, uint32_t part, uint32_t whole, uint32_t least)
{
    if (whole == 0) {
        cell_sign(cell, SIGN_PENDING);
        return;
    }
    struct range range = proportion_wilson((double)part / whole, whole, whole, 0);
    cell_answers(cell, range_times(range, 100), whole, smaller(part, whole - part), least);
    if (cell != NULL)
        cell->no_base = true;
}

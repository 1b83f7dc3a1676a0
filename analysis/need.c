#include "analysis/need.h"

#include <string.h>

#include "analysis/inputs.h"

static bool counts(const struct sample *sample, const struct demand *row, int department)
{
    return row->from / 10000 == counted_year(sample->inputs) &&
           (department < 0 || counted_department(sample, row->unit) == department);
}

/* Whether the unit and period of this row has a row for all languages. */
static bool summed(const struct registers *registers, const struct demand *row)
{
    for (size_t i = 0; i < registers->demand_count; i++) {
        const struct demand *other = &registers->demands[i];
        if (other->unit == row->unit && other->from == row->from && other->until == row->until &&
            strcmp(other->tongue, "*") == 0)
            return true;
    }
    return false;
}

struct need need_of(const struct sample *sample, int department, const char *tongue)
{
    const struct registers *registers = &sample->inputs->registers;
    struct need need = { 0 };
    bool all = strcmp(tongue, "*") == 0;
    for (size_t i = 0; i < registers->demand_count; i++) {
        const struct demand *row = &registers->demands[i];
        if (!counts(sample, row, department) || (strcmp(row->tongue, tongue) != 0 && (!all || summed(registers, row))))
            continue;
        need.found = true;
        need.estimated = need.estimated || row->source == DEMAND_ESTIMATED;
        need.contacts += row->contacts;
        need.in_need += row->in_need;
        need.inside += row->solved_inside;
        need.interpreter += row->solved_interpreter;
        need.relatives += row->solved_relatives;
        need.children += row->of_them_children;
        need.app += row->solved_app;
        need.unsolved += row->unsolved;
    }
    return need;
}

size_t need_tongues(const struct sample *sample, const char *tongues[], size_t most)
{
    const struct registers *registers = &sample->inputs->registers;
    size_t count = 0;
    for (size_t i = 0; i < registers->demand_count && count < most; i++) {
        const struct demand *row = &registers->demands[i];
        bool known = strcmp(row->tongue, "*") == 0 || !counts(sample, row, -1);
        for (size_t k = 0; k < count && !known; k++)
            known = strcmp(tongues[k], row->tongue) == 0;
        if (!known)
            tongues[count++] = row->tongue;
    }
    for (size_t i = 1; i < count; i++) /* few: by need, largest first, then by code */
        for (size_t k = i; k > 0; k--) {
            double here = need_of(sample, -1, tongues[k]).in_need;
            double above = need_of(sample, -1, tongues[k - 1]).in_need;
            if (here < above || (here == above && strcmp(tongues[k], tongues[k - 1]) >= 0))
                break;
            const char *swap = tongues[k];
            tongues[k] = tongues[k - 1];
            tongues[k - 1] = swap;
        }
    return count;
}

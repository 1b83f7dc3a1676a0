#include "analysis/funnel.h"

#include "analysis/inputs.h"

const struct funnel_group funnel_groups[FUNNEL_GROUP_COUNT] = {
    { "trainees", N_("Training places"), FUNNEL_TRAINEE, FUNNEL_ANY },
    { "band.1", N_("Posts for unskilled and semi-skilled staff"), FUNNEL_EXTERNAL, 1 },
    { "band.2", N_("Posts for skilled staff, intermediate service"), FUNNEL_EXTERNAL, 2 },
    { "band.3", N_("Posts of the upper intermediate service"), FUNNEL_EXTERNAL, 3 },
    { "band.4", N_("Posts of the higher service"), FUNNEL_EXTERNAL, 4 },
    { "internal", N_("Internal applications"), FUNNEL_INTERNAL, FUNNEL_ANY },
};

struct funnel_sum funnel_sum(const struct inputs *inputs, int last, int years, int kind, int band)
{
    struct funnel_sum sum = { 0 };
    for (size_t stage = 0; stage < FUNNEL_STAGES; stage++)
        sum.rated[stage] = true;
    for (size_t i = 0; i < inputs->registers.funnel_count; i++) {
        const struct funnel *row = &inputs->registers.funnels[i];
        if (row->trait != TRAIT_SELF || row->year > last || row->year <= last - years ||
            (kind != FUNNEL_ANY && (int)row->kind != kind) || (band != FUNNEL_ANY && (int)row->band != band))
            continue;
        if (row->group > 1) {
            sum.unknown += row->stage == FUNNEL_APPLIED ? row->count : 0;
            continue;
        }
        sum.delivered[row->stage] = true;
        sum.people[row->stage][row->group] += row->count;
        sum.rated[row->stage] = sum.rated[row->stage] && row->qualified >= 0;
        sum.qualified[row->stage][row->group] += row->qualified > 0 ? row->qualified : 0;
    }
    return sum;
}

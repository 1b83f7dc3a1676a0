/* K4: behaviour in conversations, scale VH. The tables are those of every scale. */
#include "analysis/indicator.h"
#include "analysis/scale_result.h"

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    (void)inputs;
    return scale_tables(result, "k4", "VH", fail);
}

const struct indicator ind_k4 = {
    .id = "k4",
    .title = N_("Behaviour in conversations"),
    .definition = N_("Mean of five statements on how often one acts in a certain way, as 0 to 100; and the mean "
                     "share of positive answers."),
    .misreading = N_("Asked only of staff with contact to residents; a frequency scale that cannot be compared "
                     "with the other three."),
    .method = N_("Mean with t range and finite population correction; a person counts who answered at least 60 % "
                 "of the statements."),
    .source = N_("Survey; own instrument, not yet validated"),
    .unit = RELEASE_SCORE,
    .lowest = 0,
    .highest = 100,
    .answers_min = 10,
    .compute = compute,
};

/* C1: inclusion index, scale IK. The tables are those of every scale. */
#include "analysis/indicator.h"
#include "analysis/scale_result.h"

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    (void)inputs;
    return scale_tables(result, "c1", "IK", fail);
}

const struct indicator ind_c1 = {
    .id = "c1",
    .title = N_("Inclusion index"),
    .definition = N_("Mean of six statements on belonging, being oneself, being heard, fairness and disparaging "
                     "remarks, as 0 to 100; and the mean share of positive answers."),
    .misreading = N_("Not the index of another survey: own wording, so no comparison with published figures."),
    .method = N_("Mean with t range and finite population correction; a person counts who answered at least 60 % "
                 "of the statements."),
    .source = N_("Survey; own instrument, not yet validated"),
    .unit = RELEASE_SCORE,
    .lowest = 0,
    .highest = 100,
    .answers_min = 10,
    .compute = compute,
};

/* K1: attitude and motivation, scale HM. The tables are those of every scale. */
#include "analysis/indicator.h"
#include "analysis/scale_result.h"

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    (void)inputs;
    return scale_tables(result, "k1", "HM", fail);
}

const struct indicator ind_k1 = {
    .id = "k1",
    .title = N_("Attitude and motivation"),
    .definition = N_("Mean of five statements on attitude and motivation, reversed ones turned, as 0 to 100; and "
                     "the mean share of positive answers."),
    .misreading = N_("Self-reports flatter. Use it for change and for comparing areas of the same city, not as a "
                     "mark; never for a person."),
    .method = N_("Mean with t range and finite population correction; a person counts who answered at least 60 % "
                 "of the statements."),
    .source = N_("Survey; own instrument, not yet validated"),
    .unit = RELEASE_SCORE,
    .lowest = 0,
    .highest = 100,
    .answers_min = 10,
    .compute = compute,
};

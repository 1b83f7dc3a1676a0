/* O1: structural readiness, scale ST. The tables are those of every scale. */
#include "analysis/indicator.h"
#include "analysis/scale_result.h"

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    (void)inputs;
    return scale_tables(result, "o1", "ST", fail);
}

const struct indicator ind_o1 = {
    .id = "o1",
    .title = N_("Structural readiness"),
    .definition = N_("Mean of seven statements on letters, interpreting, leadership, planning, responsibility, "
                     "staffing and explanation, as 0 to 100."),
    .misreading = N_("The share of \"cannot judge\" is a result of its own: people do not know. Read the single "
                     "statements, not only the mean."),
    .method = N_("Mean with t range and finite population correction; a person counts who answered at least 60 % "
                 "of the statements."),
    .source = N_("Survey; own instrument, not yet validated"),
    .unit = RELEASE_SCORE,
    .lowest = 0,
    .highest = 100,
    .answers_min = 10,
    .compute = compute,
};

/* K3: reflection, scale RE. The tables are those of every scale. */
#include "analysis/indicator.h"
#include "analysis/scale_result.h"

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    (void)inputs;
    return scale_tables(result, "k3", "RE", fail);
}

const struct indicator ind_k3 = {
    .id = "k3",
    .title = N_("Reflection"),
    .definition = N_("Mean of four statements on thinking about one's own actions, as 0 to 100; and the mean "
                     "share of positive answers."),
    .misreading = N_("Expect the lowest reliability of all scales; read the single statements too. Never for a "
                     "person."),
    .method = N_("Mean with t range and finite population correction; a person counts who answered at least 60 % "
                 "of the statements."),
    .source = N_("Survey; own instrument, not yet validated"),
    .unit = RELEASE_SCORE,
    .lowest = 0,
    .highest = 100,
    .answers_min = 10,
    .compute = compute,
};

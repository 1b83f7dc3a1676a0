/* K2: knowledge, scale WI. The tables are those of every scale. */
#include "analysis/indicator.h"
#include "analysis/scale_result.h"

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    (void)inputs;
    return scale_tables(result, "k2", "WI", fail);
}

const struct indicator ind_k2 = {
    .id = "k2",
    .title = N_("Knowledge"),
    .definition = N_("Mean of four statements on knowing whom to ask and what applies, as 0 to 100; and the mean "
                     "share of positive answers."),
    .misreading = N_("A low value on a single statement is often mended by a leaflet, not by a seminar; never "
                     "for a person."),
    .method = N_("Mean with t range and finite population correction; a person counts who answered at least 60 % "
                 "of the statements."),
    .source = N_("Survey; own instrument, not yet validated"),
    .unit = RELEASE_SCORE,
    .lowest = 0,
    .highest = 100,
    .answers_min = 10,
    .compute = compute,
};

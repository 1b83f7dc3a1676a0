/* S5: language skills that staff have, use and would use; of those who speak a further language (SP2 tells them apart). */
#include "analysis/answered.h"
#include "analysis/indicator.h"

enum { LEAST = 10 };
#define CODE(code) ANSWERED_CODE(code)
#define SPEAKERS (CODE(1) | CODE(2) | CODE(3))

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    static const struct answered shares[] = {
        { "SP1", "SP2", CODE(1) | CODE(2), CODE(1) | CODE(2) | CODE(3) | CODE(4), SPEAKERS },
        { "SP2", NULL, CODE(1) | CODE(2), SPEAKERS, 0 },
        { "SP2", NULL, CODE(2), SPEAKERS, 0 },
        { "SP3", "SP2", CODE(4) | CODE(5), CODE(1) | CODE(2) | CODE(3) | CODE(4) | CODE(5), SPEAKERS },
    };
    static const char *const heads[] = { N_("use it every month"), N_("would help"), N_("of all: if given time"),
                                         N_("too little time or recognition") };
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    (void)inputs;
    answered_units(result, &sample, "s5.unit", N_("Staff who speak a further language"), shares, heads, COUNT(shares), LEAST);
    return STATUS_OK;
}

const struct indicator ind_s5 = {
    .id = "s5",
    .title = N_("Use of existing language skills"),
    .definition = N_("Of staff who speak a further language: share who use it every month, who would help when asked, who would if given "
                     "time, and who find too little time or recognition for it."),
    .misreading = N_("Speaking a language at home is not interpreting at the office; legal decisions need professional interpreters."),
    .method = N_("Shares of the answers without weights, Wilson's range with the staff as population. Single languages are stored apart and "
                 "are never joined with these answers."),
    .source = N_("Survey"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};

/* Builds the release: runs every indicator, applies the primary rules, protects tables against subtraction, rounds HR
 * counts, writes signs. DISCLOSURE decisions: survey results from 10 answers, HR counts from 5 heads. */
#ifndef ANALYSIS_DISCLOSE_H
#define ANALYSIS_DISCLOSE_H

#include "analysis/plan.h"
#include "analysis/result.h"

struct policy {
    unsigned answers_min;  /* ≥ 10 */
    unsigned heads_min;    /* ≥ 5 */
    unsigned percent_base; /* ≥ 20: no percentage below */
    unsigned decimal_base; /* ≥ 200: one decimal from here */
    const struct plan *plan; /* tables that may be published, no other one; NULL: every one (no list was fixed) */
    bool no_partners;      /* only for the negative control of the tests: nobody else may set it */
};
extern const struct policy policy_default;

/* STATUS_INPUT when the policy is below the floor. *release lives in the arena. */
MUST_USE enum status release_build(struct arena *arena, const struct inputs *inputs, const struct policy *policy,
                                   const struct release **release, struct fail *fail);
/* The same when releases of other waves (known; NULL: none) have been given out. *made borrows from the arena; it never leaves the instance. */
MUST_USE enum status release_build_beside(struct arena *arena, const struct inputs *inputs, const struct policy *policy,
                                          const struct basis *known, const struct release **release, struct basis *made,
                                          struct fail *fail);

#endif

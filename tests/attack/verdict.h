/* The table of a profile or a control. */
#ifndef ATTACK_VERDICT_H
#define ATTACK_VERDICT_H

#include "adversary.h"

/* Prints every adversary and returns how many recognised an order (each at FAMILY_ERROR / (3 × adversaries)). */
unsigned verdict_table(const char *profile, const struct bench *bench);
/* The strongest adversary's p (log10), for a store that must be recognised. */
double verdict_strongest(const struct bench *bench, const char **name, struct score *best);
/* Thresholds of PRIVACY: 200 runs of 30 ballots and 20 adversaries. */
unsigned verdict_self_check(void);

#endif

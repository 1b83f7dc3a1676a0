/* The end of a wave: after the objection period ballots, keys and codes go, numbers and counted answers stay, and a
 * protocol says so. Killed half-way it is repeated and goes on; repeated afterwards it does nothing. */
#ifndef SURVEY_ERASE_H
#define SURVEY_ERASE_H

#include "survey/wave.h"

#define DELETION_PROTOCOL "deletion.txt"

struct erase_order {
    const char *wave;
    const char *person;  /* who orders it: stands in protocol and audit log */
    const char *today;   /* ISO */
    bool uncounted;      /* the person knows that the ballots were never counted */
};

/* STATUS_DENIED: the day has not come, or the wave was never counted. STATUS_CONFLICT: it is open.
 * store NULL: a collector without database; only its files go. */
MUST_USE enum status wave_erase(struct store *store, const char *dir, const struct erase_order *order,
                                struct fail *fail);

#endif

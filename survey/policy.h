/* The thresholds of disclosure control that hold in this instance: the defaults, or what was set above them (`config`). */
#ifndef SURVEY_POLICY_H
#define SURVEY_POLICY_H

#include "analysis/disclose.h"
#include "survey/store.h"

enum { POLICY_TEXT = 128, POLICY_MOST = 10000 };

MUST_USE enum status policy_read(struct store *store, struct policy *policy, struct fail *fail);
/* "min_answers=10 min_heads=5 …": stored with each release. */
void policy_print(const struct policy *policy, char text[POLICY_TEXT]);

/* Back from that text; STATUS_INPUT unless it is canonical and not below the defaults. The plan of the policy is NULL. */
MUST_USE enum status policy_scan(const char *text, struct policy *policy, struct fail *fail);
/* Raises what is lower than in least. */
void policy_at_least(struct policy *policy, const struct policy *least);

bool policy_is(const char *setting); /* the name of a threshold */
/* STATUS_INPUT: no whole number, or lower than what holds now: staff were promised at least that. */
MUST_USE enum status policy_raise(struct store *store, const char *setting, const char *value, struct fail *fail);

#endif

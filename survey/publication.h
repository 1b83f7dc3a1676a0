/* When the results of a wave are given to staff and to the council: two days that HR enters. */
#ifndef SURVEY_PUBLICATION_H
#define SURVEY_PUBLICATION_H

#include "base/day.h"
#include "survey/store.h"

struct publication {
    char staff[DAY_ROOM], council[DAY_ROOM]; /* ISO dates; "" is not known */
};

MUST_USE enum status publication_read(struct store *store, const char *wave, struct publication *publication,
                                      struct fail *fail);
/* Stores and audits both; "" takes a day back. STATUS_INPUT: no date, before the end of the survey, or too far from it. */
MUST_USE enum status publication_write(struct store *store, const struct wave *wave, const struct publication *publication,
                                       const char *user, struct fail *fail);

#endif

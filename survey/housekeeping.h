/* What has to happen without anybody asking: waves close at the end of their last day, due deletions are announced, the
 * times of ballot boxes are blunted. Runs in every server, at start and then once a minute. Nothing is ever deleted by
 * itself. */
#ifndef SURVEY_HOUSEKEEPING_H
#define SURVEY_HOUSEKEEPING_H

#include "survey/service.h"

enum {
    HOUSE_GRACE = 10 * 60,   /* seconds after midnight (and after the wave's delay) in which ballots are still taken */
    HOUSE_JUMP = 30 * 60,    /* a clock that moves so far from one round to the next is not believed at once */
    HOUSE_DISTRUST = 10      /* rounds without closing after such a jump */
};

struct housekeeping; /* its thread */

/* One round, then the thread. Needs service->store (NULL on a collector) and service->env. */
MUST_USE enum status housekeeping_start(struct service *service, struct fail *fail);
void housekeeping_stop(struct service *service); /* accepts a service without */
/* What the thread does each minute; for the tests. */
void housekeeping_round(struct service *service);

/* Closes every wave whose last day (plus grace) lies before now, finishes closings that were interrupted, writes audit
 * rows for deletions that have become due. Goes on after a failure and returns the first. */
MUST_USE enum status housekeeping_close(struct store *store, const char *dir, int64_t now, struct fail *fail);

#endif

/* The collector's face: knows what arrived, not who sent it, and cannot read it. No clock, no log, no database. */
#ifndef SURVEY_COLLECT_H
#define SURVEY_COLLECT_H

#include "survey/service.h"

/* Boxes of waves are opened with the first submission, or at once for waves that are open already. */
MUST_USE enum status collect_open(struct service *service, struct fail *fail);
void collect_close(struct service *service);

handler collect_submit; /* POST /w/{}/submit */

#endif

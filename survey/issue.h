/* The issuer's face: knows who draws, signs blindly, never sees a credential or an answer. */
#ifndef SURVEY_ISSUE_H
#define SURVEY_ISSUE_H

#include "survey/service.h"

/* Keys of waves are read when the first draw of the wave arrives, so a wave opened later needs no restart. */
MUST_USE enum status issue_open(struct service *service, struct fail *fail);
void issue_close(struct service *service);

/* Locked: drops the keys of waves that are not open any more. Accepts a service without issuer. */
void issue_forget(struct service *service);

handler issue_draw;       /* POST /w/{}/draw */

#endif

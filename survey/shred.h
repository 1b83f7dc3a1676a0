/* Overwrites a file before removing it. On flash memory and on file systems that copy on write old blocks may survive:
 * the disk should be encrypted (docs/privacy.md). */
#ifndef SURVEY_SHRED_H
#define SURVEY_SHRED_H

#include "base/status.h"

/* STATUS_OK also when there is no such file, so that it can be repeated after a kill. Refuses links. */
MUST_USE enum status shred(const char *path, struct fail *fail);

#endif

/* The demo's folder: emptied only when a demo made it. */
#ifndef SURVEY_COMMANDS_FOLDER_H
#define SURVEY_COMMANDS_FOLDER_H

#include "base/status.h"

/* Removes what an earlier demo left in dir. STATUS_CONFLICT when dir holds something and no demo's mark: it is left
 * alone. A missing or empty folder is fine. */
MUST_USE enum status folder_renew(const char *dir, struct fail *fail);
/* Leaves the mark. */
MUST_USE enum status folder_mark(const char *dir, struct fail *fail);

#endif

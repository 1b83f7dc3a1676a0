/* The questionnaires an instance has: the shipped ones, and its own in DIR/forms as native files.
 *
 * One step back is kept of each own questionnaire: a file that is replaced or removed can be brought back. Nothing here
 * touches a wave; a wave has its own copy since it was frozen. */
#ifndef SURVEY_SHELF_H
#define SURVEY_SHELF_H

#include "base/buf.h"
#include "forms/form_yaml.h"

enum { SHELF_FORM_MAX = 200, SHELF_PATH_ROOM = 512 };

struct shelf_entry {
    const char *name; /* of the file without ".yaml": the form's id */
    bool shipped;     /* read-only */
    bool present;     /* false: removed, and can be brought back */
    bool before;      /* there is an earlier version */
};

/* Shipped ones first, then by name. At most SHELF_FORM_MAX own ones are looked at. */
MUST_USE enum status shelf_list(struct arena *arena, const char *dir, const struct shelf_entry **entries, size_t *count,
                                struct fail *fail);

/* What form_read and `wave freeze --form` take for it: a shipped name or a path. STATUS_MISSING: no such one. */
MUST_USE enum status shelf_path(const char *dir, const char *name, char path[SHELF_PATH_ROOM], struct fail *fail);

/* Stores native text under the name; what stood there becomes the version before. STATUS_CONFLICT: a shipped one has
 * this name, or there is one already and replace is false. STATUS_LIMIT: the shelf is full. */
MUST_USE enum status shelf_keep(const char *dir, const char *name, const struct buf *text, bool replace,
                                struct fail *fail);

/* Changes places with the version before; a removed one comes back. STATUS_MISSING: there is none. */
MUST_USE enum status shelf_undo(const char *dir, const char *name, struct fail *fail);

/* Removes; it becomes the version before. */
MUST_USE enum status shelf_remove(const char *dir, const char *name, struct fail *fail);

#endif

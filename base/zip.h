/* Writes a ZIP archive in memory, by libzip. The same entries give the same bytes. */
#ifndef BASE_ZIP_H
#define BASE_ZIP_H

#include "base/buf.h"

struct zip_entry {
    const char *name; /* in the archive */
    const char *bytes; /* borrowed until zip_write returns */
    size_t length;
    bool stored; /* as it is: OpenDocument wants its first entry so */
};

/* Appends the archive to out. STATUS_MEMORY; STATUS_LIMIT when it does not fit. */
MUST_USE enum status zip_write(const struct zip_entry entries[], size_t count, struct buf *out, struct fail *fail);

#endif

/* Reads a ZIP archive that is in memory, by libzip, with every bound that a stranger's file needs: number of entries,
 * inflated bytes altogether, rate of compression. Names of entries are only compared, never used as paths; an archive
 * inside the archive is just bytes. Encrypted entries and ZIP64 are refused. */
#ifndef BASE_UNZIP_H
#define BASE_UNZIP_H

#include "base/buf.h"

enum {
    UNZIP_ENTRY_MAX = 4096,
    UNZIP_RATE_MAX = 250,          /* inflated bytes per packed byte; spreadsheets stay below 50 */
    UNZIP_RATE_FREE = 1024 * 1024, /* so many bytes of an entry may be inflated at any rate */
    UNZIP_DIRECTORY_MAX = 2 << 20, /* bytes of the list of entries */
};

struct unzip;

/* name: of the file, for messages. bytes are borrowed until unzip_close. limit: inflated bytes of all entries that are
 * read, altogether. STATUS_INPUT not a ZIP archive or damaged; STATUS_LIMIT; STATUS_MEMORY. */
MUST_USE enum status unzip_open(const char *name, const char *bytes, size_t length, size_t limit, struct unzip **unzip,
                                struct fail *fail);
void unzip_close(struct unzip *unzip); /* accepts NULL */

bool unzip_has(const struct unzip *unzip, const char *entry);

/* Called with one portion after the other; a status other than STATUS_OK ends the reading. */
typedef enum status unzip_portion(void *context, const char *bytes, size_t length, struct fail *fail);

/* Inflates one entry. STATUS_MISSING no such entry; STATUS_INPUT damaged or encrypted; STATUS_LIMIT. */
MUST_USE enum status unzip_stream(struct unzip *unzip, const char *entry, unzip_portion *portion, void *context,
                                  struct fail *fail);

/* The same, appended to out. */
MUST_USE enum status unzip_read(struct unzip *unzip, const char *entry, struct buf *out, struct fail *fail);

#endif

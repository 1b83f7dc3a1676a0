/* Bytes that grow up to a limit. A failure sticks: add as much as you like, look at failed once at the end.
 * bytes always ends with a NUL that length does not count (bytes is NULL only before the first add). */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct buf {
    char *bytes;
    size_t length;
    size_t room;
    size_t limit;
    bool failed; /* limit or memory; everything added after it is dropped */
};

void buf_init(struct buf *buf, size_t limit);
void buf_free(struct buf *buf); /* accepts a zeroed struct */
void buf_clear(struct buf *buf);

void buf_add(struct buf *buf, const void *bytes, size_t length);
void buf_add_string(struct buf *buf, const char *string);
void buf_add_byte(struct buf *buf, char byte);
void buf_format(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* STATUS_OK, or STATUS_LIMIT when something did not fit. what names the thing that was built. */
MUST_USE enum status buf_status(const struct buf *buf, const char *what, struct fail *fail);

/* Adds all of part to buf or, when one of them has failed, nothing; frees part either way. */
MUST_USE enum status buf_move(struct buf *buf, struct buf *part, const char *what, struct fail *fail);

/* Whole file, at most buf->limit bytes. STATUS_MISSING no such file, STATUS_IO, STATUS_LIMIT. */
MUST_USE enum status buf_read_file(struct buf *buf, const char *path, struct fail *fail);

/* Writes path.new, syncs, renames: readers see the old or the whole new file. mode like 0600. */
MUST_USE enum status buf_write_file(const struct buf *buf, const char *path, unsigned mode, struct fail *fail);

#endif

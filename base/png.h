/* Pictures as PNG (ISO/IEC 15948): plain RGB, each line stored as its difference to the line above. Charts have large even areas
 * and sharp edges: so they are packed several times faster than by a library that tries every filter, at nearly the same size. */
#ifndef BASE_PNG_H
#define BASE_PNG_H

#include <stdint.h>

#include "base/buf.h"

enum { PNG_SIDE_MAX = 32767 };

/* Appends to out. pixels: height rows of stride numbers 0xRRGGBB each, of which the first width are read.
 * STATUS_INPUT a side of 0 or over PNG_SIDE_MAX · STATUS_MEMORY · STATUS_LIMIT as of buf_status. */
MUST_USE enum status png_write(const uint32_t *pixels, size_t width, size_t height, size_t stride, struct buf *out,
                               struct fail *fail);

#endif

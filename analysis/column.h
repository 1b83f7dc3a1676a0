/* One item of a frame read by its codes: 1..n for steps and options, COLUMN_MISSING for everything that is missing
 * for statistics (not answered, "cannot judge", "prefer not to say"). */
#ifndef ANALYSIS_COLUMN_H
#define ANALYSIS_COLUMN_H

#include "analysis/frame.h"

enum { COLUMN_MISSING = 255, COLUMN_REFUSED = 254 /* ticked an option that counts as missing */ };

struct column {
    const struct item *item;
    const uint8_t *choice; /* NULL: the form lacks the item */
    uint8_t code[256];     /* by position: number of the code, or COLUMN_REFUSED */
    bool can_refuse;       /* an option counts as missing */
};

/* Codes are the numbers the option codes spell (0..250); other spellings count by position + 1. */
void column_open(struct column *column, const struct frame *frame, const char *id);
/* Code, COLUMN_REFUSED or COLUMN_MISSING. */
uint8_t column_raw(const struct column *column, size_t row);
/* Code or COLUMN_MISSING. */
uint8_t column_code(const struct column *column, size_t row);

#endif

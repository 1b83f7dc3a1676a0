/* What the documents stored as JSON share: lists that fail as a whole, one way to write, a reader whose fault sticks. */
#ifndef SURVEY_DOCUMENT_JSON_H
#define SURVEY_DOCUMENT_JSON_H

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"

/* Takes both; returns the list, or NULL when anything failed before or now: json_pack passes that on. */
json_t *document_add(json_t *list, json_t *item);
/* Takes the document (NULL: memory ran out while it was made). Keys in one order, numbers with all their digits. */
MUST_USE enum status document_write(json_t *document, struct buf *out, struct fail *fail);

struct document_reader {
    struct arena *arena;
    bool wrong; /* sticks */
};
/* low when it is no whole number in low..high. */
json_int_t document_whole(struct document_reader *reader, const json_t *value, json_int_t low, json_int_t high);
/* In the arena; "" when it is none. */
const char *document_text(struct document_reader *reader, const json_t *value);
/* STATUS_INPUT with its sentence when the reader met a fault. */
MUST_USE enum status document_status(const struct document_reader *reader, struct fail *fail);

#endif

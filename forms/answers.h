/* One person's answers as codes, and their canonical text.
 *
 * Canonical text (what the browser seals, what count sorts): JSON without blanks, items in form order, answered items
 * only:  {"form":"HEX SHA-256 of the form","answers":{"KP1":"1","DI2":["1","3"],"OF1":"…"}}
 * Multiple choice is an array in option order; single choice and scales are strings. Every error is kept, not only
 * the first. */
#ifndef FORMS_ANSWERS_H
#define FORMS_ANSWERS_H

#include "base/buf.h"
#include "forms/answer.h"
#include "forms/form.h"

struct answers {
    const struct form *form;
    struct answer *items; /* form->item_count of them */
};

MUST_USE enum status answers_create(struct arena *arena, const struct form *form, struct answers *answers,
                                    struct fail *fail);

/* Called for each fault with the item's id (or NULL) and a sentence. */
typedef void answers_fault(void *context, const char *item, const char *message);

/* Reads canonical or merely valid JSON of that shape; bounded to length ≤ 64 KiB. Unknown items, unknown codes, too
 * many choices, answers to hidden items are faults. STATUS_INPUT when there was at least one fault. */
MUST_USE enum status answers_parse(struct arena *arena, const struct form *form, const char *json, size_t length,
                                   struct answers *answers, answers_fault *fault, void *context, struct fail *fail);

/* Appends the canonical text. */
void answers_write(const struct answers *answers, struct buf *out);

/* ANSWERS_ATTACHED leaves out the detached items: what count keeps as a person's line. */
enum answers_part { ANSWERS_ALL, ANSWERS_ATTACHED };
void answers_write_part(const struct answers *answers, enum answers_part part, struct buf *out);

/* The line of a detached item: {"D8":["ara","tur"],"D1":"u07"}; the second field only when the item is kept with
 * another (detached_with) that was answered. False, and nothing appended, when the item is not detached or not
 * answered. */
bool answers_write_detached(const struct answers *answers, size_t item, struct buf *out);

/* Whether the item is shown to a person with these answers (conditions on hidden items see them as not answered).
 * Rotation is not part of it. */
bool answers_shown(const struct answers *answers, size_t item);
/* The same for the first count items at once. Items that are switched off are not shown. */
void answers_shown_all(const struct answers *answers, bool shown[], size_t count);
/* The same, with the values of the calculated items (expression.h; room for CALCULATED_MAX), by item->calculated. */
struct value;
void answers_shown_values(const struct answers *answers, bool shown[], struct value *calculated, size_t count);
/* Whether the answer meets the item's own condition (valid_if). */
bool answers_valid(const struct answers *answers, size_t item);

/* Largest canonical text any person can produce with this form, in bytes: the slot size follows from it. */
size_t answers_length_max(const struct form *form);

#endif

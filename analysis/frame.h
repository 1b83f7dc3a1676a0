/* Answers as columns of bytes: no identity, no order that means anything, no time.
 * Column i belongs to form->items[i]. Detached items (languages, by whom, free text) have rows of their own. */
#ifndef ANALYSIS_FRAME_H
#define ANALYSIS_FRAME_H

#include "forms/answers.h"

struct frame {
    const struct form *form;
    size_t row_count;
    /* choice[i][row]: position of the chosen option, ANSWER_NONE when not answered; NULL for other kinds of items */
    uint8_t **choice;
    /* set[i][row]: bits of the chosen options; NULL for other kinds. A detached item has detached_count[i] rows. */
    uint32_t **set;
    size_t *attached, attached_count; /* items whose column frame_set writes */
    size_t *detached_count;  /* per item; 0 unless detached */
    uint8_t **detached_with; /* per detached item: choice of item->detached_with in the same row; NULL if none */
};

/* room rows; all answers missing; STATUS_MEMORY. Lives in the arena. */
MUST_USE enum status frame_create(struct arena *arena, const struct form *form, size_t rows, struct frame *frame,
                                  struct fail *fail);
/* Writes one person's answers into row (detached items are left out: see frame_detach). */
void frame_set(struct frame *frame, size_t row, const struct answers *answers);
/* Rows of one detached item. with may be NULL. Copied. */
MUST_USE enum status frame_detach(struct arena *arena, struct frame *frame, size_t item, const uint32_t set[],
                                  const uint8_t choice[], const uint8_t with[], size_t rows, struct fail *fail);

/* Column of an item by its id; NULL when the form has no such item. */
const uint8_t *frame_choice(const struct frame *frame, const char *item);
/* Position of option code of that item, ANSWER_NONE when there is none. */
uint8_t frame_code(const struct frame *frame, const char *item, const char *code);

#endif

/* Numbers of questions and options as they stand on paper. The printed questionnaire and the screen on which a clerk
 * types it count with the same functions: questions from 1 over the whole form; options from 1 in order of display, those
 * of "0 to 10" by what they say. Not counted: what is switched off or calculated, and notes. The text that goes with an
 * option ("elsewhere: ...") stands below that option and shares the number of its question. */
#ifndef FORMS_PAPER_ORDER_H
#define FORMS_PAPER_ORDER_H

#include "forms/form.h"

/* Whether it is on the paper at all. */
bool paper_printed(const struct item *item);
/* Whether a clerk types an answer to it. */
bool paper_asked(const struct item *item);
/* The question with the option that the text belongs to; NULL when the item is no such text. option: may be NULL. */
const struct item *paper_owner(const struct form *form, const struct item *item, size_t *option);
/* The text that belongs to an option; NULL when there is none. */
const struct item *paper_write_in(const struct form *form, const struct item *item, size_t option);

/* 0: it has no number. */
unsigned paper_number(const struct form *form, const struct item *item);
unsigned paper_option_number(const struct item *item, size_t option);
/* The other way: NULL / -1 when there is no such number. */
const struct item *paper_item(const struct form *form, unsigned number);
int paper_option(const struct item *item, unsigned number);

#endif

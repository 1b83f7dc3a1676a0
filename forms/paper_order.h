/* Numbers of questions and options as they stand on paper. The printed questionnaire and the screen on which a clerk
 * types it count with the same functions: questions from 1 over the whole form, without those that are switched off;
 * options from 1 in order of display. */
#ifndef FORMS_PAPER_ORDER_H
#define FORMS_PAPER_ORDER_H

#include "forms/form.h"

/* 0: the question is switched off and not printed. */
unsigned paper_number(const struct form *form, const struct item *item);
unsigned paper_option_number(size_t option);
/* The other way: NULL / -1 when there is no such number. */
const struct item *paper_item(const struct form *form, unsigned number);
int paper_option(const struct item *item, unsigned number);

#endif

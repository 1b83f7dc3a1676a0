/* Private to limesurvey_items.c and limesurvey_rows.c: what the types of LimeSurvey's questions share. */
#ifndef FORMS_LIMESURVEY_TYPES_H
#define FORMS_LIMESURVEY_TYPES_H

#include "forms/limesurvey_map.h"

/* A new item with the code, text, help and condition of the question. NULL: no memory. */
struct lime_item *lime_ask(struct lime *lime, const struct lime_question *question, const char *type);
/* Required, off and detached. */
void lime_mark(struct lime *lime, const struct lime_question *question, struct lime_item *item);
/* LimeSurvey's own name of an answer: "123X4X56SQ001". */
const char *lime_sgqa(struct lime *lime, const struct lime_question *question, const char *row);
/* Takes back the item that was added last. */
void lime_drop(struct lime *lime);
/* A one-line text behind an item: "other", "comment". Moves the items: earlier pointers to them are void. */
void lime_companion(struct lime *lime, size_t of, const char *suffix, const struct text *label, const char *show_if);
/* A whole number from 1 to most; 0 when it is not set or not such a number (reported). */
unsigned lime_count(struct lime *lime, const struct lime_question *question, const char *name, size_t most);
/* Names of the boxes of a multiple choice; default answers of them. */
void lime_boxes(struct lime *lime, const struct lime_question *question, size_t number);
void lime_boxes_initial(struct lime *lime, const struct lime_question *question, struct item *item);
/* valid_if and valid_text from "em_validation_q" or "em_validation_sq". */
void lime_validate(struct lime *lime, const struct lime_question *question, const char *name, struct lime_item *item);

/* limesurvey_rows.c */
void lime_read_array(struct lime *lime, const struct lime_question *question);
void lime_read_dual(struct lime *lime, const struct lime_question *question);
void lime_read_grid(struct lime *lime, const struct lime_question *question);
void lime_read_numbers(struct lime *lime, const struct lime_question *question);
void lime_read_texts(struct lime *lime, const struct lime_question *question);

/* How many items a question with rows becomes. */
size_t lime_row_count(const struct lime_question *question);

/* limesurvey_pages.c: a new page of the group that is being read, with the same title. */
void lime_page_open(struct lime *lime);

#endif

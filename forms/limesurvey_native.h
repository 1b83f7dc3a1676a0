/* What the program writes into a LimeSurvey file because LimeSurvey has no place for it, and reads back: attributes of
 * questions whose names begin with "querschnitt_", each a JSON document. LimeSurvey keeps attributes it does not know.
 *
 *   querschnitt_items  on every question: a list with an object for the question or for each of its rows:
 *     {"code":"KP1","id":"KP_1","type":"scale","show_if":["KP0 = 1","KP0.NAOK == \"1\""], …}
 *   querschnitt_page   on the first question of a group: {"id":"A","rotate":2,"show_if":[…],…}
 *   querschnitt_form   on the first question of all: {"id":"canteen","version":"3","notices":[…],"scales":[…],…}
 *
 * Expressions stand there with what was written for LimeSurvey: when somebody has changed that, ours no longer holds
 * and the changed one is translated. */
#ifndef FORMS_LIMESURVEY_NATIVE_H
#define FORMS_LIMESURVEY_NATIVE_H

#include "forms/limesurvey_map.h"

/* The document of the attribute; NULL when there is none or it is damaged (reported). The caller frees it. */
json_t *lime_native_load(struct lime *lime, const struct lime_question *question, const char *name);

/* The object for that code in lime->native; NULL. */
const json_t *lime_native_item(const struct lime *lime, const char *code);
/* A string of it, else otherwise. Lives as long as lime->native. */
const char *lime_native_string(const json_t *object, const char *key, const char *otherwise);
/* ["ours", "theirs"] under that key: ours, copied, when theirs is what stands in the file; else NULL. */
const char *lime_native_expression(struct lime *lime, const json_t *object, const char *key, const char *theirs);
void lime_native_text(struct lime *lime, const json_t *object, const char *key, struct text *text);

/* What is left once the item is there: flags, bounds, texts. */
void lime_native_finish(struct lime *lime, const struct lime_question *question, struct lime_item *item);
void lime_native_page(struct lime *lime, const json_t *object, struct lime_page *page);
/* Before the pages: id, version, drafts, free texts, notices. Behind them: scales. */
void lime_native_form(struct lime *lime, const json_t *object);
void lime_native_scales(struct lime *lime, const json_t *object, struct form *form);

#endif

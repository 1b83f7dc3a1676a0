/* Earlier answers in later texts: {ID} in the text of a question, a hint, a page title or an introduction stands for
 * the person's answer to the question of that id; {{ is a brace. A mark that names no question is plain text. */
#ifndef FORMS_PIPING_H
#define FORMS_PIPING_H

#include "base/html.h"
#include "forms/form.h"

/* Length of the mark at this place, and the item it names; 0 when there is none. */
size_t pipe_mark(const struct form *form, const char *at, const struct item **item);

/* Text with <span class="pipe" data-pipe="ID">…</span> for every mark; the browser fills it in. */
void pipe_render(const struct form *form, const char *text, struct html *html);

/* Called for each mark of a text that names no question, or one at or behind `before`; word: what stands in the braces.
 */
typedef void pipe_fault(void *context, const char *word, bool known);
void pipe_check(const struct form *form, const char *text, size_t before, pipe_fault *fault, void *context);

#endif

/* The questionnaire as HTML: the contract between the form and the browser client (survey/client).
 *
 * No style, no script, no handler is ever written here (the CSP forbids them); everything is XML-parsable. Not
 * responsible for the page around it (survey/page_*.c), nor for showing, hiding and sealing (the client).
 *
 *   <section class="page" data-page="A" id="page-A" data-rotate="2">     data-rotate: only when the page rotates
 *     <h2 id="title-A" tabindex="-1">Title</h2>                          target of the focus when the page opens
 *     <div class="intro"><p>…</p></div>                                  only when there is an intro
 *     <div class="items">                                                "items matrix columns-6": items share options
 *       <div class="matrix-head" aria-hidden="true"><span class="corner"></span><span>label</span>…</div>
 *                                                                        matrix only: headings of wide screens
 *       <fieldset class="item" id="item-KP1" data-item="KP1" data-type="single" aria-describedby="…">
 *         <legend id="legend-KP1">Text of the question</legend>
 *         <p class="hint" id="hint-KP1">…</p>                            only when there is one
 *         <p class="note" id="note-KP1">You can skip this question.</p>  sensitive items and free text
 *         <div class="options">
 *           <div class="option"><input type="radio" id="KP1-1" name="KP1" value="1"/>
 *                               <label for="KP1-1">every day</label></div> …
 *         </div>
 *         <button type="button" class="clear" data-clear="KP1" aria-describedby="legend-KP1" hidden="hidden">…</button>
 *       </fieldset>
 *     </div>
 *   </section>
 *
 * data-type    "single", "scale", "situation": radio buttons. "multiple": checkboxes, also named by the item's id.
 *              "text": <textarea id="OF1-text" name="OF1" maxlength="2000" rows="5" aria-labelledby="legend-OF1">
 *              instead of <div class="options">; no clear button.
 * data-if      on the fieldset: when to show the item, in prefix JSON. ["and",A,B,…] ["or",A,B,…] ["not",A]
 *              ["eq","KP1","5"] ["ne","KP1","5"] ["in","DI1",["2","3"]] ["answered","KP1"]. An item that is hidden, not
 *              drawn by the rotation or not answered counts as not answered: ne is true; eq, in and answered are false.
 * For multiple choice eq and in mean "chosen among others". Conditions look only at earlier items, so one pass in
 *              document order is enough. Answers of hidden items must not be sent.
 * data-max     on the fieldset of a "multiple": at most so many boxes.
 * data-exclusive="1"  on the <input>: excludes every other box of the item.
 * data-missing="1"    on the <div class="option">: "cannot judge", "prefer not to say" (to be set apart in style).
 * data-sensitive="1"  on the fieldset of a sensitive item.
 * data-list="units"   on the fieldset: the options come from the city's list of that name.
 * data-detached="1"   on the fieldset: stored apart from the other answers.
 * hidden="hidden"     is written on clear buttons only. Pages and items come visible; the client hides.
 * lang         on any element whose text exists only in the form's base language.
 *
 * Ids are stable: page-ID, title-ID, item-ID, legend-ID, hint-ID, note-ID, ITEM-CODE. Items that are switched off are
 * not written; a page without items is not written at all.
 *
 * Canonical answers = JSON.stringify({form: hash, answers: {…}}) with the items in document order. */
#ifndef FORMS_RENDER_H
#define FORMS_RENDER_H

#include "base/html.h"
#include "base/i18n.h"
#include "forms/form.h"

/* language: code of the questionnaire's texts; ui: language of the fixed texts around them. */
void form_render_page(const struct form *form, const struct page *page, const char *language, const struct language *ui,
                      struct html *html);

/* All pages with at least one item that is switched on. */
void form_render_pages(const struct form *form, const char *language, const struct language *ui, struct html *html);

/* How many pages form_render_pages writes. */
size_t form_page_shown_count(const struct form *form);

/* What stands for {name} in a notice. */
struct placeholder {
    const char *name;
    const char *value;
};

/* Takes the next paragraph of a text (paragraphs are separated by an empty line): appends it to out, **bold** kept and
 * {name} replaced, and moves *at behind it. A paragraph with a placeholder that is not given, or given as NULL or "", is
 * passed over: no empty promise is ever printed. False at the end of the text. */
bool form_paragraph(const char **at, const struct placeholder placeholders[], size_t placeholder_count,
                    struct buf *out);

/* Paragraphs (separated by an empty line) as <p>, **bold** as <strong>, {name} replaced, as above. */
void form_render_text(const struct form *form, const struct text *text, const char *language,
                      const struct placeholder placeholders[], size_t placeholder_count, struct html *html);

/* <section class="notice" id="notice-welcome"><h2>…</h2><p>…</p></section> */
void form_render_notice(const struct form *form, const struct notice *notice, const char *language,
                        const struct placeholder placeholders[], size_t placeholder_count, struct html *html);

/* Building block of the question types: text in the language, wrapped in nothing; lang="…" is the caller's. */
const char *form_text_language(const struct form *form, const struct text *text, const char *language);

#endif

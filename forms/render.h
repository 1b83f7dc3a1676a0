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
 * Between legend and field, each only when there is one and named in aria-describedby: hint-ID, ends-ID (what the ends
 * of a slider or of 0 to 10 mean), range-ID ("From 0 to 60"), note-ID.
 *
 * data-type: what stands in place of <div class="options">, and which JSON the client makes of it.
 *
 *   single scale situation yesno nps
 *                radio buttons ITEM-CODE → "CODE"
 *   multiple     checkboxes, also named by the item's id → ["CODE", …] in their order
 *   consent      one checkbox; not ticked is not answered; no clear button → "CODE"
 *   text         <textarea id="ITEM-text" name="ITEM" maxlength="…"> or, for one line, <input type="text" …>; no clear
 *                button → "…"
 *   number       <span class="field"><input type="text" inputmode="…" id="ITEM-value" name="ITEM"/>
 *                <span class="unit" id="unit-ITEM">…</span></span>; no clear button → number. Decimal comma and point
 *                are both taken.
 *   slider       <div class="slider"><input type="range" id="ITEM-range" min max step/> and the same field beside it;
 *                the range alone says nothing: an untouched one is not answered → number
 *   date         <div class="date"> with <select id="ITEM-part"> (month 1–12 or quarter 1–4; not for years) and
 *                <select id="ITEM-year">; both are needed → "2024", "2024-Q2", "2024-05"
 *   ranking      per option <div class="option"><select id="ITEM-CODE" data-code="CODE"> with the places; every place
 *                once, from the first on without a gap → ["CODE of the first place", …]
 *   sum          per option <input type="text" inputmode="numeric" id="ITEM-CODE" data-code="CODE"/>, and
 *                <output id="rest-ITEM"> → {"CODE": amount, …} without zeros, only when they add up to data-total
 *   note         <div class="item"> instead of the fieldset: paragraphs, no field
 *   calculated   <div class="item" hidden="hidden">: no field, never sent
 *
 * Other attributes of the fieldset, each only when it applies:
 *
 *   data-if      when to show the item (on the section: the page); data-valid: which answers are good; data-value:
 *                what a calculated item is worth. Prefix JSON of expression.h: "KP1" an answer, ["n","5"] a number,
 *                ["t","a"] a text, ["value"] the answer itself, ["ne",A,B] … as expressions.def names them. An item
 *                that is hidden, not drawn by the rotation or not answered is missing. Only earlier items are named,
 *                so one pass in document order is enough. Answers of hidden items, and answers that break
 *                data-valid, must not be sent.
 *   data-max data-least
 *                of a "multiple" or "ranking": at most, at least so many, when answered at all (an exclusive or
 *                missing option needs no second one)
 *   data-min data-max data-step data-decimals
 *                of a "number" or "slider", with a decimal point; steps are counted from data-min
 *   data-grain data-min data-max
 *                of a "date"
 *   data-total   of a "sum"
 *   data-required="1"   asked once more when it is left out; it can still be skipped
 *   data-shuffle="1"    options in random order, except exclusive and missing ones, which stay last; on the section:
 *                its items in random order. Drawn once a visit; what is sent keeps the form's order.
 *   data-follows="A1"   the write-in text of an option of that item: it is drawn with its item and stays right behind
 *                it. A rotating page counts neither these nor notes and calculated values: they are never drawn, and
 *                never left out by the rotation for their own sake.
 *   data-initial JSON of the answer that stands there at first
 *   data-invalid the form's own sentence for an answer that breaks data-valid
 *   data-sensitive="1"  a sensitive item
 *   data-list="units"   the options come from the city's list of that name
 *   data-detached="1"   stored apart from the other answers
 *
 * On <input> of a "multiple": data-exclusive="1" excludes every other box of the item; data-not-with="a b" excludes
 * these. On <div class="option">: data-missing="1" for "cannot judge", "prefer not to say" (to be set apart in style).
 *
 * <span class="pipe" data-pipe="Q1">…</span> in a title, introduction, question or hint: the answer to that question
 * in words. The client adds <p class="fault" id="fault-ITEM"> behind the legend of an item with a fault.
 *
 * hidden="hidden" is written on clear buttons and calculated items only. Pages and items come visible; the client
 * hides. lang stands on any element whose text exists only in the form's base language.
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
 * {name} replaced, and moves *at behind it. A paragraph with a placeholder that is not given, or given as NULL or "",
 * is passed over: no empty promise is ever printed. False at the end of the text. */
bool form_paragraph(const char **at, const struct placeholder placeholders[], size_t placeholder_count,
                    struct buf *out);

/* Paragraphs (separated by an empty line) as <p>, **bold** as <strong>, {name} replaced, as above. */
void form_render_text(const struct form *form, const struct text *text, const char *language,
                      const struct placeholder placeholders[], size_t placeholder_count, struct html *html);

/* The same paragraphs between the questions: {ID} stands for an earlier answer (piping.h). */
void form_render_piped(const struct form *form, const struct text *text, const char *language, struct html *html);

/* <section class="notice" id="notice-welcome"><h2>…</h2><p>…</p></section> */
void form_render_notice(const struct form *form, const struct notice *notice, const char *language,
                        const struct placeholder placeholders[], size_t placeholder_count, struct html *html);

/* Building block of the question types: text in the language, wrapped in nothing; lang="…" is the caller's. */
const char *form_text_language(const struct form *form, const struct text *text, const char *language);

#endif

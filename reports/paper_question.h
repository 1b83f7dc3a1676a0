/* The parts of a questionnaire on paper. How a type of question looks is a row of the table in paper_question.c;
 * matrices are paper_matrix.c, pages and running texts paper_flow.c, first and last words paper_cover.c, sections
 * paper_form.c. */
#ifndef REPORTS_PAPER_QUESTION_H
#define REPORTS_PAPER_QUESTION_H

#include "reports/paper_sheet.h"

#define FORM_LEFT MILLIMETRE(20.0)
#define FORM_WIDTH MILLIMETRE(170.0)
#define FORM_INDENT MILLIMETRE(9.0) /* column of the question numbers */

struct questionnaire {
    struct sheet sheet;
    const struct form *form;
    const char *language; /* of the form's texts */
    struct pdf_tag *section;
    const struct condition *known; /* stands above the whole section already; NULL */
    struct pdf_slot **slots;       /* one a page, for its number; filled when the last page is known */
    size_t slot_count, slot_room;
};

enum { SECTION_GAP = 20, QUESTION_GAP = 10 }; /* points */

extern const struct pdf_style style_furniture, style_cover, style_part, style_answer, style_remark, style_only_if;

void flow_furnish(struct press *press); /* header and footer; the owner of the press is the questionnaire */
void flow_numbers(struct questionnaire *paper); /* "Page 3 of 8", when the last page is set */
/* A heading or paragraph, own: the text of the form it comes from, or NULL. Nothing for no text. */
void flow_text(struct questionnaire *paper, const char *type, const struct pdf_style *style, const struct text *own,
               const char *text, double above);
void flow_paragraphs(struct questionnaire *paper, const struct text *text, const struct pdf_style *style);
/* Heading and paragraphs; nothing when there is no such notice. */
void flow_notice(struct questionnaire *paper, const char *id, const struct pdf_style *style, double above);
void cover_set(struct questionnaire *paper);
void closing_set(struct questionnaire *paper);

/* A text of the form under an element that says its language when it is not the document's. NULL tag: no memory. */
struct pdf_tag *question_tag(struct questionnaire *paper, struct pdf_tag *parent, const char *type,
                             const struct text *text);
const char *question_text(const struct questionnaire *paper, const struct text *text);

/* "Only if …" of an item, NULL when everybody answers it or the section says it already. */
const char *question_condition(const struct questionnaire *paper, const struct item *item);
/* The sentence itself. */
const char *paper_condition(const struct questionnaire *paper, const struct condition *condition);

/* Box with its printed number at a centre; square when several may be crossed. The number is the Lbl or TD `tag`. */
void question_box(struct questionnaire *paper, struct pdf_tag *tag, bool square, unsigned number, double x, double y);

struct question; /* measured, not yet set */

/* In the arena of the press; NULL when the press has failed. */
const struct question *question_measure(struct questionnaire *paper, const struct item *item);
double question_height(const struct question *question);
/* At y of the press; a question higher than a page goes on over as many as it needs. */
void question_set(struct questionnaire *paper, const struct question *question);

/* A page of the form as one table: items with the same options. False when it does not fit the width. */
bool matrix_fits(struct questionnaire *paper, const struct page *page);
double matrix_start(struct questionnaire *paper, const struct page *page); /* height of head and first rows */
void matrix_set(struct questionnaire *paper, const struct page *page);

#endif

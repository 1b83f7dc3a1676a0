/* The parts of a questionnaire on paper. How a type of question looks is a row of the table in paper_question.c, on
 * paper_options.c (boxes to cross) and paper_fields.c (boxes to write in); matrices are paper_matrix.c, texts with the
 * answers of earlier questions paper_text.c, pages and running texts paper_flow.c, first and last words paper_cover.c,
 * sections paper_form.c. */
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
    const struct expression *known; /* stands above the whole section already; NULL */
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

/* What to do with a question, in words ("You can cross several boxes."); NULL when nothing needs saying. */
const char *question_note(const struct questionnaire *paper, const struct item *item);

/* A text of the form under an element that says its language when it is not the document's. NULL tag: no memory. */
struct pdf_tag *question_tag(struct questionnaire *paper, struct pdf_tag *parent, const char *type,
                             const struct text *text);
/* "{Q3}" becomes "(your answer to question 3)", as paper cannot repeat it. */
const char *question_text(const struct questionnaire *paper, const struct text *text);

/* "Only if …" of an item, NULL when everybody answers it or the section says it already. */
const char *question_condition(const struct questionnaire *paper, const struct item *item);
/* The sentence itself. */
const char *paper_condition(const struct questionnaire *paper, const struct expression *condition);

enum { QUESTION_PARTS_MAX = 8, QUESTION_COLUMNS_MAX = 3 };

/* A text above the boxes of a question. */
struct question_part {
    const struct pdf_style *style;
    const struct text *text; /* NULL: not a text of the form */
    struct layout layout;
};

struct paper_type;

/* A question, measured and not yet set. */
struct question {
    const struct item *item;
    const struct paper_type *type;
    struct question_part parts[QUESTION_PARTS_MAX];
    size_t part_count;
    double head; /* height of the parts */
    size_t columns, rows;
    double left[QUESTION_COLUMNS_MAX], width[QUESTION_COLUMNS_MAX]; /* of the columns, from the indent */
    struct layout *labels;                                          /* by option */
    const struct item **write_ins;                                  /* by option; NULL: no text belongs to it */
    struct layout *write_in_labels;
    double *heights; /* by row */
    double height;
};

enum paper_box { BOX_ROUND, BOX_SQUARE, BOX_PLACE, BOX_AMOUNT };

struct paper_type {
    const char *id;     /* of forms/qtypes.def */
    enum paper_box box; /* one answer, several, a place to write in, an amount to write in */
    void (*measure)(struct questionnaire *paper, struct question *question);
    void (*set)(struct questionnaire *paper, const struct question *question);
};

/* Distance between the texts of a question and its boxes; of lines to write on. */
#define QUESTION_BELOW 4.0
#define QUESTION_WRITE MILLIMETRE(9.0)

void question_part(struct questionnaire *paper, struct question *question, const struct pdf_style *style,
                   const struct text *own, const char *text);
void question_memory(struct press *press); /* sets the press's failure */

/* Box with its printed number at a centre; square when several may be crossed. The number is the Lbl or TD `tag`. */
void question_box(struct questionnaire *paper, struct pdf_tag *tag, bool square, unsigned number, double x, double y);

/* A row of boxes for figures. */
struct digits {
    bool sign;
    unsigned whole, decimals;
};

double digits_width(const struct digits *digits);
void digits_draw(struct questionnaire *paper, const struct digits *digits, double x, double top);
#define DIGITS_HEIGHT MILLIMETRE(7.0)

/* Whether "0 to 10" or a slider has a box for each step. */
bool steps_fit(const struct item *item);

/* Types of questions: measure (height into question->height, below the parts) and set (y of the press moves down). */
void options_measure(struct questionnaire *paper, struct question *question);
void options_set(struct questionnaire *paper, const struct question *question);
void steps_measure(struct questionnaire *paper, struct question *question); /* "0 to 10" and sliders: boxes in a row */
void steps_set(struct questionnaire *paper, const struct question *question);
void lines_measure(struct questionnaire *paper, struct question *question);
void lines_set(struct questionnaire *paper, const struct question *question);
void number_measure(struct questionnaire *paper, struct question *question);
void number_set(struct questionnaire *paper, const struct question *question);
void date_measure(struct questionnaire *paper, struct question *question);
void date_set(struct questionnaire *paper, const struct question *question);
void amounts_measure(struct questionnaire *paper, struct question *question);
void amounts_set(struct questionnaire *paper, const struct question *question);
void note_measure(struct questionnaire *paper, struct question *question);
void note_set(struct questionnaire *paper, const struct question *question);

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

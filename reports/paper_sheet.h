/* What cards, letters and questionnaires share: a press for paper, texts at a place, QR codes, codes in one line. */
#ifndef REPORTS_PAPER_SHEET_H
#define REPORTS_PAPER_SHEET_H

#include "reports/paper.h"
#include "reports/pdf_press.h"

struct sheet {
    struct press press;
    struct doc doc;
    const struct paper_wave *wave;
};

/* Whether everything that cards and letters print is there. */
MUST_USE enum status sheet_check(const struct paper_wave *wave, struct fail *fail);
/* title: of the file. Headings for bookmarks are added to sheet->doc before it is opened. */
void sheet_init(struct sheet *sheet, struct arena *arena, const struct paper_wave *wave, const char *title);
/* Must be closed, even when opening failed. */
MUST_USE enum status sheet_open(struct sheet *sheet, struct fail *fail);
void sheet_close(struct sheet *sheet);

/* Turns the pages round for a language from right to left, and back for any other; code may be of a form. */
void sheet_turn(struct press *press, const char *language_code);

/* Lines for short texts: a word is divided only when it is wider than the measure. */
struct layout sheet_layout(struct press *press, const struct pdf_style *style, const char *text, double width);
/* Text in lines below top, under an element of its own; returns the height. No text: no element, 0. */
double sheet_text(struct press *press, struct pdf_tag *parent, const char *type, const struct pdf_style *style,
                  const char *text, double x, double top, double width);
double sheet_height(struct press *press, const struct pdf_style *style, const char *text, double width);

/* One line that is never broken: the type becomes smaller until it fits, down to `least`. The size that fits; 0 and
 * STATUS_LIMIT in the press when none does (what names the thing, in the reader's language). */
double sheet_fit(struct press *press, const struct pdf_style *style, const char *text, double width, double least,
                 const char *what);

/* QR code as a Figure; alternative says what it opens. The quiet zone is the caller's. */
void sheet_qr(struct press *press, struct pdf_tag *parent, const char *link, const char *alternative, double x,
              double top, double size);

/* "30. Juni 2026"; NULL when there is no such date. */
const char *sheet_date(struct arena *arena, const struct language *language, const char *iso);

#endif

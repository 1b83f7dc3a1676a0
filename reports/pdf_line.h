/* One line of text as words in the order of sight, when words of both directions meet: levels by UAX 9, faces by what
 * the fonts have. Lines that run only from left to right do not need it. */
#ifndef REPORTS_PDF_LINE_H
#define REPORTS_PDF_LINE_H

#include "reports/pdf_text.h"

/* A part of the line in the order of reading. */
struct pdf_part {
    const char *text;
    size_t length;
    enum pdf_face face;
    bool blank;  /* a blank stands before it */
    bool hyphen; /* a hyphen of a divided word behind it */
};

struct pdf_sight {
    const struct pdf_word *word; /* never NULL */
    bool hyphen;                 /* this is the hyphen of a divided word */
};

struct pdf_line {
    struct pdf_sight *sights; /* from left to right; in the arena of the texts */
    size_t count;
    int64_t width; /* PDF_EM */
};

/* rtl: direction of the paragraph. False: no memory; the texts know it. */
MUST_USE bool pdf_line(struct pdf_texts *texts, const struct pdf_part parts[], size_t count, bool tabular, bool rtl,
                       struct pdf_line *line);

#endif

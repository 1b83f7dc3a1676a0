/* Words in fonts: shaped once by HarfBuzz and kept, because a report says the same words many times.
 * Knows nothing of lines and pages. Left-to-right scripts only; a character without a glyph is remembered. */
#ifndef REPORTS_PDF_TEXT_H
#define REPORTS_PDF_TEXT_H

#include "reports/pdf_font.h"

/* PDF_CODE: for codes that people type, semibold with a slashed zero. */
enum pdf_face { PDF_REGULAR, PDF_SEMIBOLD, PDF_BOLD, PDF_ITALIC, PDF_CODE, PDF_FACE_COUNT };

struct pdf_glyph {
    uint16_t id;
    int32_t adjust; /* added after the glyph's own width, in PDF_EM: kerning */
};

/* A run of characters without U+0020, shaped. Lives in the arena of the texts. */
struct pdf_word {
    struct pdf_word *next; /* same slot of the cache */
    const char *text;
    size_t length;
    enum pdf_face face;
    bool tabular;
    bool actual; /* extraction would not give the text back: needs ActualText */
    uint16_t count;
    struct pdf_glyph *glyphs;
    int32_t width; /* PDF_EM */
};

struct pdf_texts {
    struct arena *arena;
    struct pdf_font fonts[PDF_FACE_COUNT];
    hb_buffer_t *buffer;
    struct pdf_word **slots;
    size_t word_count;
    int32_t missing; /* first character no font has; 0 = none */
    bool failed;     /* memory */
};

MUST_USE enum status pdf_texts_open(struct arena *arena, struct pdf_texts *texts, struct fail *fail);
void pdf_texts_close(struct pdf_texts *texts); /* accepts a zeroed struct */

/* NULL after a failure of memory. A missing character gives a word all the same and is reported at the end. */
const struct pdf_word *pdf_word(struct pdf_texts *texts, enum pdf_face face, bool tabular, const char *text,
                                size_t length);
int32_t pdf_space(struct pdf_texts *texts, enum pdf_face face); /* width of a blank, PDF_EM */
double pdf_points(int64_t em, double size);                     /* PDF_EM at a size → points */

/* Operators that show the word, without font and position; a blank before it when asked. */
void pdf_word_show(struct pdf_texts *texts, struct buf *out, const struct pdf_word *word, bool blank);
/* Blank alone, so that extraction keeps the words of two lines apart. */
void pdf_blank_show(struct pdf_texts *texts, struct buf *out, enum pdf_face face);

/* The hyphen of a divided word: U+00AD for readers, so that the word stays whole. */
void pdf_hyphen_show(struct pdf_texts *texts, struct buf *out, enum pdf_face face);

MUST_USE enum status pdf_texts_status(const struct pdf_texts *texts, struct fail *fail);

#endif

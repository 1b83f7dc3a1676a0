/* Words in fonts: shaped once by HarfBuzz and kept, because a report says the same words many times. What Inter lacks is
 * looked for in Noto Naskh Arabic; a character without a glyph is remembered. Knows nothing of lines and pages; how words
 * of both directions stand in a line is pdf_line.h. */
#ifndef REPORTS_PDF_TEXT_H
#define REPORTS_PDF_TEXT_H

#include "reports/pdf_font.h"

/* PDF_CODE: for codes that people type, semibold with a slashed zero. The Arabic faces stand in for the others, never in a
 * style. */
enum pdf_face {
    PDF_REGULAR,
    PDF_SEMIBOLD,
    PDF_BOLD,
    PDF_ITALIC,
    PDF_CODE,
    PDF_ARABIC,
    PDF_ARABIC_BOLD,
    PDF_FACE_COUNT
};

struct pdf_glyph {
    uint16_t id;
    uint16_t cluster, span; /* bytes of the word it stands for; span 0: it belongs to the glyph before */
    bool actual;            /* extraction would not give them back */
    int32_t adjust;         /* added after the glyph's own width, in PDF_EM: kerning */
    int32_t shift, rise;    /* where a mark stands, in PDF_EM */
};

/* A run of characters without U+0020 in one face and one direction, shaped; glyphs in the order of sight. Lives in the
 * arena of the texts. */
struct pdf_word {
    struct pdf_word *next; /* same slot of the cache */
    const char *text;
    size_t length;
    enum pdf_face face;
    bool tabular;
    bool rtl;
    bool actual; /* extraction would not give the text back: needs ActualText */
    bool placed; /* glyphs with shift, rise or an ActualText of their own */
    uint16_t count;
    struct pdf_glyph *glyphs;
    int32_t width; /* PDF_EM of the style's size */
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
const struct pdf_word *pdf_word(struct pdf_texts *texts, enum pdf_face face, bool tabular, bool rtl, const char *text,
                                size_t length);
/* The face that has the character: the wanted one, or the Arabic one of its weight. */
enum pdf_face pdf_face_of(const struct pdf_texts *texts, enum pdf_face wanted, int32_t point);
/* Naskh letters are small for their size: set this much larger to stand well beside Inter. */
double pdf_face_scale(enum pdf_face face);
/* Width of a text without blanks, in as many faces and directions as it needs, PDF_EM. */
int32_t pdf_text_em(struct pdf_texts *texts, enum pdf_face face, bool tabular, const char *text, size_t length);
int32_t pdf_space(struct pdf_texts *texts, enum pdf_face face); /* width of a blank, PDF_EM */
double pdf_points(int64_t em, double size);                     /* PDF_EM at a size → points */

/* Operators that show the word, without font and position; a blank before it when asked (not for placed words).
 * size: of the style, in points. */
void pdf_word_show(struct pdf_texts *texts, struct buf *out, const struct pdf_word *word, bool blank, double size);
/* Blank alone, so that extraction keeps the words of two lines apart. */
void pdf_blank_show(struct pdf_texts *texts, struct buf *out, enum pdf_face face);

/* The hyphen of a divided word: U+00AD for readers, so that the word stays whole. */
void pdf_hyphen_show(struct pdf_texts *texts, struct buf *out, enum pdf_face face);

MUST_USE enum status pdf_texts_status(const struct pdf_texts *texts, struct fail *fail);

#endif

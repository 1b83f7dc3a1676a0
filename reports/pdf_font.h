/* One font of the report: measures glyphs, remembers which were used and for which character, and writes the subset
 * with its widths and its way back to Unicode into the file. Fonts are OpenType with CFF outlines
 * (Inter) or TrueType outlines (Noto Naskh Arabic). */
#ifndef REPORTS_PDF_FONT_H
#define REPORTS_PDF_FONT_H

#include <hb.h>
#include <stdbool.h>
#include <stdint.h>

#include "reports/pdf_file.h"

/* Widths are counted in 1/10000 of the type size: a whole number, so that pen positions and the file's W agree. */
enum { PDF_EM = 10000 };

struct pdf_font {
    hb_face_t *face;
    hb_font_t *font;
    unsigned upem;
    unsigned glyph_count;
    int32_t *point; /* per glyph: the first character it stood for, 0 = unused */
    const char *name; /* "Inter-Regular" */
    double slant;     /* degrees, for ItalicAngle */
};

/* asset is like "fonts/Inter-Regular.otf". STATUS_MISSING when it is not built in. */
MUST_USE enum status pdf_font_open(struct arena *arena, struct pdf_font *font, const char *asset, struct fail *fail);
void pdf_font_close(struct pdf_font *font); /* accepts a zeroed struct */

int32_t pdf_font_width(const struct pdf_font *font, uint32_t glyph); /* in PDF_EM */
int32_t pdf_font_scale(const struct pdf_font *font, int32_t design); /* design units → PDF_EM */

bool pdf_font_used(const struct pdf_font *font);

/* Writes the Type 0 font with everything below it; *object is what the resources refer to. */
MUST_USE enum status pdf_font_write(const struct pdf_font *font, struct pdf_file *file, struct pdf_object **object,
                                    struct fail *fail);

#endif

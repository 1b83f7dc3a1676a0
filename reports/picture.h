/* A drawing as a picture of its own, for slides and web pages: SVG, and PNG of a given width. Letters are outlines, so
 * that a picture looks the same where the fonts of the report are missing. Drawn by cairo. */
#ifndef REPORTS_PICTURE_H
#define REPORTS_PICTURE_H

#include "reports/chart.h"
#include "reports/pdf_text.h"

/* Width of a text as it will be drawn; context: struct pdf_texts. */
double picture_measure(void *context, const char *text, double size, bool strong);

/* Appends to out. STATUS_MEMORY, STATUS_LIMIT: cairo's. */
MUST_USE enum status picture_svg(struct pdf_texts *texts, const struct drawing *drawing, const char *title,
                                 const char *description, struct buf *out, struct fail *fail);
/* pixels: width of the picture, 1 to 8000; the height follows. On white. */
MUST_USE enum status picture_png(struct pdf_texts *texts, const struct drawing *drawing, unsigned pixels,
                                 struct buf *out, struct fail *fail);

#endif

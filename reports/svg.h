/* A chart as inline SVG: presentation attributes only, so a strict Content-Security-Policy lets it pass. */
#ifndef REPORTS_SVG_H
#define REPORTS_SVG_H

#include "base/html.h"
#include "reports/chart.h"

/* Width of a text in Inter or a similar sans serif, rather too wide than too narrow: the reader's font is not known.
 * context is ignored. */
double svg_measure(void *context, const char *text, double size, bool strong);

/* <svg role="img"> with title and desc; id must be unique on the page. */
void svg_write(struct html *page, const struct drawing *drawing, const char *id, const char *title,
               const char *description);

#endif

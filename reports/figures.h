/* Every figure of the report as a picture for slides: one SVG and one PNG each, with caption, base, signs and source. */
#ifndef REPORTS_FIGURES_H
#define REPORTS_FIGURES_H

#include "analysis/release.h"
#include "base/buf.h"

/* A ZIP archive with NAME.svg, NAME.png (1,920 pixels wide) of each figure and index.txt, which names them with their
 * captions. Names come from the tables of the release, so that they stay the same from year to year. The same release
 * gives the same bytes. STATUS_MISSING: the report has no figure. */
MUST_USE enum status figures_write(const struct release *release, const struct language *language, struct buf *out,
                                   struct fail *fail);

#endif

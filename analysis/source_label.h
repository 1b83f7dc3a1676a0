/* What a population figure is of, in the words of every language the questionnaire has: place, source, group, day. The
 * codes are those of the import bevoelkerung_referenz; a source or education that is not known stands as delivered. */
#ifndef ANALYSIS_SOURCE_LABEL_H
#define ANALYSIS_SOURCE_LABEL_H

#include "analysis/inputs.h"
#include "base/arena.h"

/* In the arena; NULL: no memory. form may not be NULL. */
const struct text *source_label(struct arena *arena, const struct form *form, const struct reference *reference);

#endif

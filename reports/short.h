/* The short version: four pages in plain language, of the same release as the report. */
#ifndef REPORTS_SHORT_H
#define REPORTS_SHORT_H

#include "reports/section.h"

/* remarks may be NULL: then, as with texts that are not frozen, it is marked as a draft when any text is written. */
void short_build(const struct release *release, const struct remarks *remarks, struct doc *doc);

#endif

/* The cover paper with which a report goes to the council (Vorlage): fields, course of consultation, proposed decision, facts.
 * A text to go on working with; the report is its annex. */
#ifndef REPORTS_COVER_H
#define REPORTS_COVER_H

#include "reports/section.h"

/* remarks may be NULL: fields that nobody has written yet ask to be filled in. */
void cover_build(const struct release *release, const struct remarks *remarks, struct doc *doc);

#endif

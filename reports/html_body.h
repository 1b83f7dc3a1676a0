/* The report's sections as HTML, for whoever writes the page around them: the office (doc_write_html) or the edition in
 * one file (doc_write_page). */
#ifndef REPORTS_HTML_BODY_H
#define REPORTS_HTML_BODY_H

#include "base/html.h"
#include "reports/doc.h"

/* whole: the title is the page's h1, the contents go down to level 2, and each figure has a table of its numbers. */
MUST_USE enum status html_body(struct html *page, const struct doc *doc, bool whole, struct fail *fail);

/* What a chart says, as a table: hidden values as their sign. id: of the figure. */
void html_numbers(struct html *page, const struct doc *doc, const struct chart *chart, const char *id);

#endif

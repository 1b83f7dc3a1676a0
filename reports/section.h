/* Sections of the report: each reads a release and adds blocks to a document. Adding one: a line in sections.def and
 * sec_NAME.c. Sections never see raw answers. */
#ifndef REPORTS_SECTION_H
#define REPORTS_SECTION_H

#include "analysis/indicator.h"
#include "reports/remark.h"

struct section {
    const char *id;    /* "summary" */
    const char *title; /* English, N_() */
    const char *hint;  /* English, N_(): the chapter is written in the office, and this is what belongs there; else NULL */
    bool listing; /* nothing to comment on */
    void (*build)(const struct release *release, struct doc *doc);
};

extern const struct section *const sections[]; /* order of sections.def; NULL at the end */
const struct section *section_find(const char *id);

/* Title, city, footer, demo mark, date: of the report and of what goes with it. */
void report_front(const struct release *release, struct doc *doc);

struct tell;
/* Marks the document as a draft as long as texts are written that are not frozen. */
void report_mark_draft(const struct tell *tell, const struct remarks *remarks);

/* The whole report: cover lines, contents, every section with the city's comment. remarks may be NULL. */
void report_build(const struct release *release, const struct remarks *remarks, struct doc *doc);

#endif

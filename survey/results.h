/* From the instance to a release, and from a release to files: what the commands report, indicators and demo share with
 * the office. */
#ifndef SURVEY_RESULTS_H
#define SURVEY_RESULTS_H

#include <stdio.h>

#include "analysis/release.h"
#include "reports/remark.h"

struct results {
    struct arena arena;
    const struct release *release;
    struct remarks remarks; /* what the administration wrote on the wave of the release */
    int64_t version;  /* of the release */
    char created[11]; /* ISO date on which its tables were protected */
    bool late;        /* data have come since: they are not in it (release_make.h) */
};

/* The stored release; at the first time it is protected and stored, which takes a while. Reads with the connection that cannot
 * see invitations and accounts. wave: NULL for the newest. STATUS_MISSING: no counted wave. */
MUST_USE enum status results_open(struct results *results, const char *dir, const char *wave, struct fail *fail);
void results_close(struct results *results);

struct report_facts {
    size_t pages;
    size_t bytes;
    double seconds;
    char sha256[65];
};
/* As HTML when path ends in .html (pages is 0 then), else as PDF. Same release and texts, same language, same version:
 * same bytes. */
MUST_USE enum status results_report(const struct results *results, const struct language *language, const char *path,
                                    struct report_facts *facts, struct fail *fail);

/* The same into memory; the short version is four pages in plain language. */
enum edition { EDITION_REPORT, EDITION_SHORT, EDITION_COUNT };
MUST_USE enum status report_write(const struct release *release, const struct remarks *remarks,
                                  const struct language *language, enum edition edition, bool html, struct buf *out,
                                  size_t *pages, struct fail *fail);

enum verdict {
    VERDICT_SAME,    /* to the last byte: the report of this release, with these texts, by this version */
    VERDICT_FIGURES, /* names the figures of this release, but is another file: other texts or version, or changed */
    VERDICT_OTHER,   /* a report of other figures */
    VERDICT_FOREIGN, /* no report of this program */
};
/* language: of the report when it is the same, else NULL. */
MUST_USE enum status results_verify(const struct results *results, const char *path, enum verdict *verdict,
                                    const struct language **language, struct fail *fail);

/* The cover paper as OpenDocument or Markdown, by the ending of name. STATUS_USAGE: another ending. */
MUST_USE enum status cover_write(const struct release *release, const struct remarks *remarks,
                                 const struct language *language, const char *name, struct buf *out, struct fail *fail);
/* Every released table, by the ending of name: .xlsx a workbook, .zip open data. STATUS_USAGE: another ending. */
MUST_USE enum status tables_write(const struct release *release, const struct language *language, const char *name,
                                  struct buf *out, struct fail *fail);
/* One of them into a file. The short version as HTML when path ends in .html, else as PDF. */
enum export_kind { EXPORT_COVER, EXPORT_TABLES, EXPORT_SHORT, EXPORT_FIGURES };
MUST_USE enum status results_export(const struct results *results, enum export_kind kind, const struct language *language,
                                    const char *path, struct fail *fail);

/* All tables as one JSON document, or as text for people. Hidden cells show their sign. */
MUST_USE enum status results_json(const struct release *release, FILE *out, struct fail *fail);
void results_print(const struct release *release, const struct language *language, FILE *out);

#endif

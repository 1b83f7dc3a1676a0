/* The document model: what a report says, free of how it looks. Sections build it, backends write it; the office pages
 * and the council's PDF come from the same document.
 *
 * It is impossible to build a figure without alternative text or a table without heads: the functions ask for them.
 * All strings are copied into the document's arena. A failure sticks (doc_status). */
#ifndef REPORTS_DOC_H
#define REPORTS_DOC_H

#include "base/arena.h"
#include "base/i18n.h"
#include "reports/chart.h"

enum doc_kind {
    DOC_HEADING,   /* level 1..3 */
    DOC_PARAGRAPH,
    DOC_LIST,      /* items: one block of DOC_PARAGRAPH each */
    DOC_TABLE,
    DOC_FIGURE,
    DOC_NOTE,      /* small print below a table or figure */
    DOC_STATEMENT, /* summary line: big figure, sentence */
    DOC_BREAK,     /* a new page starts (PDF), the first of the annex when annex is set; nothing in HTML */
    DOC_CONTENTS,  /* where to find what: listed says of what */
};

enum doc_listed {
    LISTED_HEADINGS, /* of level 1 and 2 */
    LISTED_FIGURES,
    LISTED_TABLES,
    LISTED_KINDS
};

/* Inline markup inside any text: **strong**; everything else is literal. Non-breaking blanks are U+00A0. */

struct doc_cell {
    const char *text;   /* never empty: a sign when there is no value */
    const char *spoken; /* for a screen reader ("kept secret"), NULL when text can be read out */
};

struct doc_table {
    const char *caption;     /* without number: backends number tables and figures */
    const char **heads;      /* column_count texts; heads[0] is the head of the row heads */
    const bool *numeric;     /* column_count; numbers are set flush right */
    size_t column_count;
    const struct doc_cell *cells; /* row-major; cells[row * column_count] is the row's head */
    const bool *total;       /* row_count; bold row */
    size_t row_count;
};

struct doc_figure {
    const char *caption;
    const char *alternative; /* type, subject, message, values: REPORT section 5 */
    const struct chart *chart;
    bool half; /* half the measure wide: two half figures stand side by side */
    const char *name; /* of its own file when it leaves the report: ASCII, stays the same over the years */
    const char *base; /* how many cases it rests on, in words; NULL: not told */
};

struct doc_block {
    enum doc_kind kind;
    struct doc_block *next;
    unsigned level;    /* heading */
    const char *text;  /* heading, paragraph, note, statement */
    const char *figure_text; /* statement: the big figure, e.g. "17,8 %" */
    const char *anchor; /* heading: id for links, ASCII */
    const char **items; /* list */
    size_t item_count;
    bool small; /* list: reference to look up, set smaller than what is to be read */
    bool annex; /* break: from here on pages count as A1, A2 … */
    enum doc_listed listed; /* contents */
    const struct doc_table *table;
    const struct doc_figure *figure;
};

struct doc {
    struct arena *arena;
    const struct language *language;
    const char *title; /* NULL: a part of a document; HTML then has no front */
    const char *subtitle;
    const char *author;   /* the city */
    const char *footer;   /* left part of the footer */
    const char *identifier; /* fingerprint of the figures, in the file's description; NULL when there is none */
    const char *banner;   /* demo mark on every page, NULL when not a demo */
    int year, month, day; /* date of the document, given by the caller (reproducible) */
    struct doc_block *first, *last;
    size_t table_count, figure_count, annex_count;
    enum status status; /* first failure, sticky */
};

void doc_init(struct doc *doc, struct arena *arena, const struct language *language);
void doc_heading(struct doc *doc, unsigned level, const char *anchor, const char *text);
void doc_paragraph(struct doc *doc, const char *text);
void doc_list(struct doc *doc, const char *const items[], size_t count);
void doc_small_list(struct doc *doc, const char *const items[], size_t count);
/* A part of the annex: "Annex A: text" as a heading of level 1; the first one starts a page and pages of their own count. */
void doc_annex(struct doc *doc, const char *anchor, const char *text);
void doc_note(struct doc *doc, const char *text);
void doc_statement(struct doc *doc, const char *figure, const char *text);
void doc_table(struct doc *doc, const struct doc_table *table); /* deep copy */
void doc_figure(struct doc *doc, const char *caption, const char *alternative, const struct chart *chart, bool half);
/* Of the figure added last. name: letters, digits, dots and hyphens; base may be NULL. */
void doc_figure_about(struct doc *doc, const char *name, const char *base);
void doc_break(struct doc *doc);
void doc_contents(struct doc *doc, enum doc_listed listed);
/* Whether the block is listed there: a heading of a chapter, a figure, a table. */
bool doc_lists(const struct doc_block *block, enum doc_listed listed);
MUST_USE enum status doc_status(const struct doc *doc, struct fail *fail);

/* Parts of a text by its inline markup: moves *rest behind the next one; false at the end. */
struct doc_run {
    const char *text;
    size_t length;
    bool strong;
};
bool doc_next_run(const char **rest, struct doc_run *run);

/* "Table 3: caption" or "Figure 2: caption", in the language of the document and in its arena; never NULL. */
const char *doc_caption(const struct doc *doc, bool figure, size_t number, const char *caption);

/* Backends. The same document gives the same bytes. */
MUST_USE enum status doc_write_pdf(const struct doc *doc, struct buf *out, size_t *pages, struct fail *fail);
/* Body only (from <section> to </section>), for the office's page frame; charts as inline SVG. */
MUST_USE enum status doc_write_html(const struct doc *doc, struct buf *out, struct fail *fail);
/* The whole page in one file that needs no other: style inside, each figure with a table of its numbers. */
MUST_USE enum status doc_write_page(const struct doc *doc, struct buf *out, struct fail *fail);
/* Texts to go on working with: OpenDocument, and Markdown as GitHub and Pandoc read it. */
MUST_USE enum status doc_write_odt(const struct doc *doc, struct buf *out, struct fail *fail);
MUST_USE enum status doc_write_markdown(const struct doc *doc, struct buf *out, struct fail *fail);

#endif

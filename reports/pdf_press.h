/* Sets a document on pages: what stands where. Shared by the files that set one kind of block each; drawing is
 * pdf_canvas, lines are layout. */
#ifndef REPORTS_PDF_PRESS_H
#define REPORTS_PDF_PRESS_H

#include "reports/doc.h"
#include "reports/hyphen.h"
#include "reports/pdf_canvas.h"
#include "reports/pdf_meta.h"

#define MILLIMETRE(length) ((length) * 72.0 / 25.4)

/* Grid of the design brief: A4, left 25, right 20, top 28, bottom 24 mm. */
#define PAGE_WIDTH MILLIMETRE(210.0)
#define PAGE_HEIGHT MILLIMETRE(297.0)
#define PAGE_LEFT MILLIMETRE(25.0)
#define PAGE_TOP MILLIMETRE(28.0)
#define PAGE_LIMIT (PAGE_HEIGHT - MILLIMETRE(24.0))
#define MEASURE MILLIMETRE(165.0)
#define HALF MILLIMETRE(78.0)
#define PLATE_ABOVE 13.0 /* gap above a figure or table, and right below a heading */
#define PLATE_BELOW_HEADING 4.0
#define EMPTY_MOST (0.20 * (PAGE_LIMIT - PAGE_TOP)) /* more of a page is not left empty when something can fill it */
#define ANNOUNCED_EMPTY_MOST (0.32 * (PAGE_LIMIT - PAGE_TOP)) /* nor when a heading and its sentence wait for what they announce */

enum { INK = 0x1A1A1A, GREY = 0x595959, BLUE = 0x0072B2, WARNING = 0xB34700, PALE = 0xD9D9D9 };

struct press_entry; /* a line of the contents */

struct press {
    const struct doc *doc;
    struct arena arena;
    struct pdf_file *file;
    struct pdf_texts texts;
    struct pdf_tags tags;
    struct pdf_canvas canvas;
    struct hyphen hyphen;
    struct pdf_tag *document, *section;
    struct pdf_place *places[LISTED_KINDS], *placed[LISTED_KINDS]; /* all of the document; the last one placed */
    struct press_entry *first_entry, *last_entry;
    size_t table_count, figure_count;
    size_t annex; /* index of the annex's first page; 0: none */
    double y; /* top of the free room */
    double top, limit; /* where the room of every page begins and ends */
    void (*furnish)(struct press *press); /* draws what stands on every page: header, footer */
    void *owner; /* for furnish */
    enum doc_kind before; /* kind of the block above; DOC_BREAK at the start */
    enum status status;   /* first failure, sticky */
    struct fail *fail;
};

extern const struct pdf_style style_body, style_note, style_caption;

/* Baseline of a line whose box begins at top: capitals stand in the middle of the leading. */
double press_baseline(const struct pdf_style *style, double top);
/* A press that is opened must be closed, even when opening failed. doc gives title, author, language and date; its
 * blocks give the bookmarks. */
MUST_USE enum status press_open(struct press *press, const struct doc *doc, struct fail *fail);
MUST_USE enum status press_write(struct press *press, struct buf *out);
void press_close(struct press *press);
bool press_at_top(const struct press *press);
const char *press_page_label(struct press *press, size_t index); /* "12", "A3"; lives in the press */
void press_page(struct press *press);    /* new page, furnished */
void press_furnish(struct press *press); /* footer and banner of a document */
/* Room for height below a gap: on this page, or at the top of the next (without the gap). */
void press_room(struct press *press, double gap, double height);
void press_place(struct press *press, enum doc_listed kind); /* the next one of the document stands at y */
struct layout press_layout(struct press *press, const struct pdf_style *style, const char *text, double width,
                           bool hyphenate);
/* Headings: as many lines as needed, all about as long, no word divided. */
struct layout press_balanced(struct press *press, const struct pdf_style *style, const char *text, double width);
double press_widest(struct press *press, const struct pdf_style *style, const char *text);
double press_natural(struct press *press, const struct pdf_style *style, const char *text);
/* Lines below one another under one element, over as many pages as needed, never one line alone. */
void press_lines(struct press *press, struct pdf_tag *tag, double x, const struct pdf_style *style,
                 const struct layout *layout);
/* Height of the part of lines that must stand together at the start of a block. */
double press_start(const struct pdf_style *style, const struct layout *layout);

/* Blocks. Each sets itself and leaves y below it. */
void press_title(struct press *press);
void press_contents(struct press *press, enum doc_listed listed);
void press_contents_numbers(struct press *press); /* when all headings are placed, before pages are written */
void press_contents_links(struct press *press);   /* when the tags have their keys, before pages are written */
void press_heading(struct press *press, const struct doc_block *block);
void press_paragraph(struct press *press, const struct doc_block *block);
void press_list(struct press *press, const struct doc_block *block);
void press_note(struct press *press, const struct doc_block *block);
void press_statement(struct press *press, const struct doc_block *block);
void press_table(struct press *press, const struct doc_block *block);
/* Sets one figure, or two half ones side by side; returns the last block set. */
const struct doc_block *press_figure(struct press *press, const struct doc_block *block);

/* Gap above and least height of a block that a heading or caption above wants to stand with. */
double press_ahead(struct press *press, const struct doc_block *block);
/* Height of the notes that follow a table or figure: they stay on its page. */
double press_notes(struct press *press, const struct doc_block *block);
double press_table_start(struct press *press, const struct doc_block *block);
double press_figure_height(struct press *press, const struct doc_block *block);

#endif

/* What a PDF says about itself: XMP, output intent, catalogue entries, bookmarks. */
#ifndef REPORTS_PDF_META_H
#define REPORTS_PDF_META_H

#include "reports/doc.h"
#include "reports/pdf_file.h"

/* Where a heading, figure or table came to stand. */
struct pdf_place {
    struct pdf_place *next;
    const struct doc_block *block;
    const char *text; /* as lists name it */
    const struct pdf_object *page; /* NULL until it is placed */
    size_t page_index;
    double y; /* of the PDF: upward from the bottom */
};

/* "[12 0 R /XYZ x y null]": null keeps the reader's zoom. */
void pdf_destination(struct buf *text, const struct pdf_place *heading);

/* annex: index of the page from which on labels are A1, A2 …; 0: none. */
MUST_USE enum status pdf_meta_write(struct pdf_file *file, struct arena *arena, const struct doc *doc,
                                    const struct pdf_place *headings, const struct pdf_object *tree, size_t annex,
                                    struct fail *fail);

#endif

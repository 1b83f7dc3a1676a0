/* A PDF file as numbered objects. The wall between this program and libharu: only pdf_file.c and pdf_save.c
 * include hpdf.h.
 *
 * Objects are written as text by their owners; libharu numbers them and compresses streams; pdf_save.c writes the file. libharu's own text, font, PDF/A and page functions are not used, because their output is not PDF/A-2.
 * A failure sticks and is reported by pdf_file_save. */
#ifndef REPORTS_PDF_FILE_H
#define REPORTS_PDF_FILE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

struct pdf_file;
struct pdf_object; /* lives as long as the file */

MUST_USE enum status pdf_file_open(struct arena *arena, struct pdf_file **file, struct fail *fail);
void pdf_file_close(struct pdf_file *file); /* accepts NULL */

/* NULL only when the file has failed already; every function here accepts a NULL object. */
struct pdf_object *pdf_object_new(struct pdf_file *file);
struct pdf_object *pdf_stream_new(struct pdf_file *file, const void *bytes, size_t length, bool compress);
/* A page with its content stream; resources is the object of the shared resource dictionary. */
struct pdf_object *pdf_page_new(struct pdf_file *file, double width, double height, const struct pdf_object *resources);
void pdf_page_content(struct pdf_file *file, struct pdf_object *page, const struct buf *content);
uint32_t pdf_object_id(const struct pdf_object *object); /* number for "12 0 R" */

/* Adds entries to the object's dictionary: "/Type /StructElem /S /P". */
void pdf_object_add(struct pdf_file *file, struct pdf_object *object, const char *entries, size_t length);
/* The same; a text that could not be built fails the file. */
void pdf_object_add_text(struct pdf_file *file, struct pdf_object *object, const struct buf *text);
void pdf_catalog_add(struct pdf_file *file, const struct buf *text);
void pdf_info_add(struct pdf_file *file, const struct buf *text);
void pdf_file_fail(struct pdf_file *file); /* something that belongs into the file could not be built */

/* MD5, the hash of /ID and subset tags; not for secrets. */
void pdf_digest(const void *bytes, size_t length, uint8_t digest[16]);
/* UTF-8 → "<FEFF…>", a text string in any language; marks of **strong** text are dropped. */
void pdf_text_string(struct buf *buf, const char *text);
/* At most three decimals, no exponent, no locale. */
void pdf_number(struct buf *buf, double number);

/* Writes the whole file; /ID comes from the bytes of all objects, so that the same document has the same name. */
MUST_USE enum status pdf_file_save(struct pdf_file *file, struct buf *out, struct fail *fail);

#endif

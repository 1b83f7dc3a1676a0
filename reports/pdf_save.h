/* Writes libharu's objects as a PDF 1.7 file with object streams: everything that is no stream is compressed in bundles,
 * which libharu itself cannot do and which makes a tagged report half as large. Only for pdf_file.c. */
#ifndef REPORTS_PDF_SAVE_H
#define REPORTS_PDF_SAVE_H

#include <stdint.h>

#include "base/buf.h"

struct _HPDF_Doc_Rec;

/* id: the 16 bytes of /ID. Appends to out; nothing is appended on failure. STATUS_MEMORY, STATUS_LIMIT, STATUS_IO. */
MUST_USE enum status pdf_save(struct _HPDF_Doc_Rec *doc, const uint8_t id[16], struct buf *out, struct fail *fail);

#endif

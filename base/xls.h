/* Old .xls files (Excel 5 to 2003) by libfreexl, which was not written for strangers' files: a child process with
 * little memory and time and without the files and connections of this one runs it and hands back plain rows, so that
 * a file that breaks libfreexl (fuzzing finds some) breaks nothing else.
 * Texts that formulas made are empty (libfreexl does not read them). */
#ifndef BASE_XLS_H
#define BASE_XLS_H

#include "base/sheet.h"

enum { XLS_LENGTH_MAX = 8 << 20, XLS_MEMORY_MAX = 128 << 20, XLS_SECONDS_MAX = 2 };

struct xls;

/* Whether the bytes begin like an OLE file, as every .xls does. */
bool xls_fits(const char *bytes, size_t length);

/* As spreadsheet_open (spreadsheet.h). limit: bytes of all cells. STATUS_INPUT also for a file that breaks the reader.
 */
MUST_USE enum status xls_open(const char *name, const char *bytes, size_t length, size_t limit, struct xls **xls,
                              struct fail *fail);
void xls_close(struct xls *xls); /* accepts NULL */

size_t xls_sheet_count(const struct xls *xls);
const char *xls_sheet_name(const struct xls *xls, size_t sheet);

MUST_USE enum status xls_rows(struct xls *xls, size_t sheet, sheet_row_read *row, void *context, struct fail *fail);

#endif

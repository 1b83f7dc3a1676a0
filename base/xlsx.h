/* .xlsx files: sheets by name, rows by a callback, never a whole sheet in memory. On unzip.h and xml.h; strings shared
 * between cells are kept, all else streams. Formatting counts only where it makes a number a date.
 * Formulas, macros, links, pictures and comments are not looked at. */
#ifndef BASE_XLSX_H
#define BASE_XLSX_H

#include "base/sheet.h"

enum { XLSX_STYLE_MAX = 65536, XLSX_STRING_MAX = 4 << 20 };

struct xlsx;

/* As spreadsheet_open (spreadsheet.h). */
MUST_USE enum status xlsx_open(const char *name, const char *bytes, size_t length, size_t limit, struct xlsx **xlsx,
                               struct fail *fail);
void xlsx_close(struct xlsx *xlsx); /* accepts NULL */

size_t xlsx_sheet_count(const struct xlsx *xlsx);
const char *xlsx_sheet_name(const struct xlsx *xlsx, size_t sheet);

MUST_USE enum status xlsx_rows(struct xlsx *xlsx, size_t sheet, sheet_row_read *row, void *context, struct fail *fail);

#endif

/* A spreadsheet file in memory, .xlsx or old .xls (told by its first bytes), as rows of UTF-8 strings.
 *
 * Bounded for strangers' files, see sheet.h, xlsx.h, xls.h. Formulas give the value that was saved with them; numbers
 * are written as short as they can be ("5", "0.1"), booleans "TRUE" or "FALSE" (in .xls "1", "0"), dates as ISO
 * ("2026-06-30", "2026-06-30T14:05:00", "14:05:00"). Not responsible for what the cells mean. */
#ifndef BASE_WORKBOOK_H
#define BASE_WORKBOOK_H

#include "base/sheet.h"

struct workbook;

/* name: of the file, for messages; name and bytes are borrowed until workbook_close. limit: bytes it may hold unpacked.
 * STATUS_INPUT not a spreadsheet, damaged, protected; STATUS_LIMIT; STATUS_MEMORY; STATUS_IO. */
MUST_USE enum status workbook_open(const char *name, const char *bytes, size_t length, size_t limit,
                                   struct workbook **workbook, struct fail *fail);
void workbook_close(struct workbook *workbook); /* accepts NULL */

size_t workbook_sheet_count(const struct workbook *workbook);
const char *workbook_sheet_name(const struct workbook *workbook, size_t sheet);

MUST_USE enum status workbook_rows(struct workbook *workbook, size_t sheet, sheet_row_read *row, void *context,
                                   struct fail *fail);

#endif

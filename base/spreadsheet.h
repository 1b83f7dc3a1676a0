/* A spreadsheet file in memory, .xlsx or old .xls (told by its first bytes), as rows of UTF-8 strings.
 *
 * Bounded for strangers' files, see sheet.h, xlsx.h, xls.h. Formulas give the value that was saved with them; numbers
 * are written as short as they can be ("5", "0.1"), booleans "TRUE" or "FALSE" (in .xls "1", "0"), dates as ISO
 * ("2026-06-30", "2026-06-30T14:05:00", "14:05:00"). Not responsible for what the cells mean. */
#ifndef BASE_SPREADSHEET_H
#define BASE_SPREADSHEET_H

#include "base/sheet.h"

struct spreadsheet;

/* name: of the file, for messages; name and bytes are borrowed until spreadsheet_close. limit: bytes it may hold unpacked.
 * STATUS_INPUT not a spreadsheet, damaged, protected; STATUS_LIMIT; STATUS_MEMORY; STATUS_IO. */
MUST_USE enum status spreadsheet_open(const char *name, const char *bytes, size_t length, size_t limit,
                                   struct spreadsheet **spreadsheet, struct fail *fail);
void spreadsheet_close(struct spreadsheet *spreadsheet); /* accepts NULL */

size_t spreadsheet_sheet_count(const struct spreadsheet *spreadsheet);
const char *spreadsheet_sheet_name(const struct spreadsheet *spreadsheet, size_t sheet);

MUST_USE enum status spreadsheet_rows(struct spreadsheet *spreadsheet, size_t sheet, sheet_row_read *row, void *context,
                                   struct fail *fail);

#endif

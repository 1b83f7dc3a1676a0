/* Writes .xlsx files of plain texts and numbers, by libxlsxwriter: sheets of cells below a head that stays in view. The same cells
 * give the same bytes. Not responsible for formulas: a text that begins with "=" stays a text. */
#ifndef BASE_XLSX_WRITE_H
#define BASE_XLSX_WRITE_H

#include <stdint.h>

#include "base/buf.h"

enum { XLSX_CELL_MAX = 32767 /* characters; more does not fit into a cell of a spreadsheet */ };

struct xlsx_write;

/* STATUS_MEMORY, STATUS_IO. */
MUST_USE enum status xlsx_write_create(struct xlsx_write **write, struct fail *fail);

/* A new sheet; texts that follow stand in it. name: 1 to 31 characters, none of []:*?/\ in it. */
void xlsx_write_sheet(struct xlsx_write *write, const char *name);
/* row and column from 0; row 0 is the head. The first failure is kept for xlsx_write_end. */
void xlsx_write_text(struct xlsx_write *write, uint32_t row, uint16_t column, const char *text);
/* Shown with so many decimals (at most 3); not finite: nothing is written. */
void xlsx_write_number(struct xlsx_write *write, uint32_t row, uint16_t column, double number, unsigned decimals);
void xlsx_write_width(struct xlsx_write *write, uint16_t column, double characters);

/* Appends the file to out and frees everything, also on failure. write may be NULL (nothing happens then).
 * STATUS_LIMIT a text is too long or out is full; STATUS_IO. */
MUST_USE enum status xlsx_write_end(struct xlsx_write *write, struct buf *out, struct fail *fail);

#endif

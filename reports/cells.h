/* Every table of a release as data for machines and spreadsheets: what was released and nothing else, hidden cells with
 * their sign. */
#ifndef REPORTS_CELLS_H
#define REPORTS_CELLS_H

#include "analysis/release.h"

/* A workbook: a sheet of contents with the meaning of the signs, then a sheet a table, numbers as numbers. */
MUST_USE enum status cells_xlsx(const struct release *release, const struct language *language, struct buf *out,
                                struct fail *fail);
/* Open data, a ZIP archive: tables.csv (RFC 4180, UTF-8, a line a cell, points as decimal signs) and its description
 * tables.csv-metadata.json (W3C CSV on the Web). Appends to out, as cells_xlsx. */
MUST_USE enum status cells_open_data(const struct release *release, const struct language *language, struct buf *out,
                                     struct fail *fail);

/* "percent": stable, for machines. */
const char *cells_unit(enum release_unit unit);
/* Decimals that the value of this cell has been rounded to. */
unsigned cells_decimals(const struct released *cell, enum release_unit unit);

#endif

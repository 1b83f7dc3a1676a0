/* Decimals and coarse dates as whole numbers, and how they are written. */
#ifndef FORMS_MEASURE_H
#define FORMS_MEASURE_H

#include "base/buf.h"
#include "base/i18n.h"
#include "forms/form.h"

enum { NUMBER_TEXT_ROOM = 24, NUMBER_MAX = 1000000000 };

int64_t decimal_units(unsigned decimals); /* 10^decimals */

/* As the canonical JSON writes it: the shortest decimal. */
void number_write(int64_t number, unsigned decimals, struct buf *out);
/* The same as people of the language write it. */
void number_print(const struct language *ui, int64_t number, unsigned decimals, struct buf *out);
/* "12.5" in units of 10^-decimals; false when it is no such number or beyond NUMBER_MAX. */
bool number_read(const char *text, unsigned decimals, int64_t *number);

int64_t date_parts(enum date_grain grain); /* of a year: 1, 4, 12 */
/* "2024", "2024-Q2", "2024-05" as years, quarters or months since year 0; false when it is none from 1900 to 2199. */
bool date_read(const char *text, enum date_grain grain, int64_t *number);
void date_write(int64_t number, enum date_grain grain, struct buf *out);

#endif

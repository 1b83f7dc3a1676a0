/* Numbers, percentages and dates as the language writes them. */
#ifndef BASE_I18N_H
#define BASE_I18N_H

#include <stdint.h>

#include "base/buf.h"
#include "base/language.h"

/* 1234.5 → "1.234,5" (de) or "1,234.5" (en); minus is U+2212. decimals 0..9. room at least 64 bytes. */
void number_format(const struct language *language, double number, int decimals, char *out, size_t room);
void buf_number(struct buf *buf, const struct language *language, double number, int decimals);
/* 17.8 → "17,8 %" (U+00A0 before the sign in German) or "17.8%". */
void buf_percent(struct buf *buf, const struct language *language, double percent, int decimals);
/* year 2025, month 1..12, day 1..31 → "31. Dezember 2025" or "31 December 2025". */
void buf_date(struct buf *buf, const struct language *language, int year, int month, int day);

#endif

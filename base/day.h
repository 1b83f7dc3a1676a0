/* Calendar days as numbers, without clock, time zone or locale. */
#ifndef BASE_DAY_H
#define BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

enum { DAY_ROOM = 11, DAY_SECONDS = 86400 };

/* Reads an ISO date like 2026-06-30 of the years 1900 to 2999; *day is the number of days since 1970-01-01.
 * false for anything else, a 31st of June included. */
bool day_read(const char *iso, int64_t *day);
/* The same for a date as one number, year * 10000 + month * 100 + day, that was checked before. */
int64_t day_of(int date);
void day_write(int64_t day, char iso[DAY_ROOM]);

#endif

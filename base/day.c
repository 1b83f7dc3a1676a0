/* Days from civil dates after H. Hinnant, "chrono-compatible low-level date algorithms" (formulas, proleptic Gregorian). */
#include "base/day.h"

#include <stdio.h>
#include <string.h>

static int64_t from_civil(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = year / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int64_t day_of(int date)
{
    return from_civil(date / 10000, date / 100 % 100, date % 100);
}

void day_write(int64_t day, char iso[DAY_ROOM])
{
    int64_t shifted = day + 719468;
    int64_t era = shifted / 146097;
    int64_t of_era = shifted - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * of_year + 2) / 153;
    int date = (int)(of_year - (153 * shifted_month + 2) / 5 + 1);
    int month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    int year = (int)(year_of_era + era * 400 + (month <= 2));
    char text[64];
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, date);
    memcpy(iso, text, DAY_ROOM - 1);
    iso[DAY_ROOM - 1] = '\0';
}

bool day_read(const char *iso, int64_t *day)
{
    int parts[3] = { 0 };
    char again[DAY_ROOM];
    if (strlen(iso) != DAY_ROOM - 1 || sscanf(iso, "%4d-%2d-%2d", &parts[0], &parts[1], &parts[2]) != 3 ||
        parts[0] < 1900 || parts[0] > 2999 || parts[1] < 1 || parts[1] > 12 || parts[2] < 1 || parts[2] > 31)
        return false;
    int64_t read = from_civil(parts[0], parts[1], parts[2]);
    day_write(read, again);
    if (strcmp(again, iso) != 0)
        return false;
    *day = read;
    return true;
}

#include "analysis/registers.h"

const struct measure_status *measure_newest(const struct measure_status statuses[], size_t count, size_t measure, int year)
{
    const struct measure_status *found = NULL;
    for (size_t i = 0; i < count; i++)
        if (statuses[i].measure == (int)measure && statuses[i].year <= year && (found == NULL || statuses[i].year >= found->year))
            found = &statuses[i];
    return found;
}

/* Days since 1 March of year 0, which puts the leap day last (proleptic Gregorian calendar). */
static int day_number(int day)
{
    int month = day / 100 % 100;
    int year = day / 10000 - (month <= 2);
    int shifted = (month + 9) % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * shifted + 2) / 5 + day % 100 - 1;
}

int register_days(int from, int until)
{
    return day_number(until) - day_number(from);
}

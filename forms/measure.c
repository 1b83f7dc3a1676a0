/* Whole numbers all the way: what was typed is what is stored, compared and printed. */
#include "forms/measure.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_FIRST = 1900, YEAR_LAST = 2199 };

static const int64_t powers[NUMBER_DECIMALS_MAX + 1] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

void number_write(int64_t number, unsigned decimals, struct buf *out)
{
    const int64_t size = number < 0 ? -number : number;
    char fraction[NUMBER_TEXT_ROOM];
    buf_format(out, "%s%lld", number < 0 ? "-" : "", (long long)(size / powers[decimals]));
    int length = snprintf(fraction, sizeof fraction, "%0*lld", (int)decimals, (long long)(size % powers[decimals]));
    while (length > 0 && fraction[length - 1] == '0')
        length--;
    if (decimals > 0 && length > 0)
        buf_format(out, ".%.*s", length, fraction);
}

void number_print(const struct language *ui, int64_t number, unsigned decimals, struct buf *out)
{
    unsigned shown = decimals;
    while (shown > 0 && number % powers[decimals - shown + 1] == 0)
        shown--;
    buf_number(out, ui, (double)number / (double)powers[decimals], (int)shown);
}

bool number_read(const char *text, unsigned decimals, int64_t *number)
{
    const char *digits = text + (*text == '-' ? 1 : 0);
    const size_t whole = strspn(digits, "0123456789");
    const char *fraction = digits[whole] == '.' ? digits + whole + 1 : digits + whole;
    const size_t part = strspn(fraction, "0123456789");
    if (whole == 0 || whole > 10 || part > decimals || fraction[part] != '\0' || (digits[whole] == '.' && part == 0))
        return false;
    int64_t value = 0;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (digits[i] - '0');
    for (size_t i = 0; i < decimals; i++)
        value = value * 10 + (i < part ? fraction[i] - '0' : 0);
    if (value > NUMBER_MAX * powers[decimals])
        return false;
    *number = *text == '-' ? -value : value;
    return true;
}

int64_t decimal_units(unsigned decimals)
{
    return powers[decimals];
}

int64_t date_parts(enum date_grain grain)
{
    return grain == DATE_MONTH ? 12 : grain == DATE_QUARTER ? 4 : 1;
}

bool date_read(const char *text, enum date_grain grain, int64_t *number)
{
    int year = 0;
    int part = 1;
    int end = 0;
    int read = grain == DATE_MONTH     ? sscanf(text, "%4d-%2d%n", &year, &part, &end)
               : grain == DATE_QUARTER ? sscanf(text, "%4d-Q%1d%n", &year, &part, &end)
                                       : sscanf(text, "%4d%n", &year, &end);
    struct buf again;
    if (read != (grain == DATE_YEAR ? 1 : 2) || year < YEAR_FIRST || year > YEAR_LAST || part < 1 ||
        part > date_parts(grain))
        return false;
    const int64_t found = year * date_parts(grain) + part - 1;
    buf_init(&again, NUMBER_TEXT_ROOM);
    date_write(found, grain, &again); /* one way of writing only: " 2024-5" is none */
    const bool same = again.bytes != NULL && strcmp(again.bytes, text) == 0;
    buf_free(&again);
    if (same)
        *number = found;
    return same;
}

void date_write(int64_t number, enum date_grain grain, struct buf *out)
{
    const int year = (int)(number / date_parts(grain));
    const int part = (int)(number % date_parts(grain)) + 1;
    switch (grain) {
    case DATE_YEAR: buf_format(out, "%04d", year); break;
    case DATE_QUARTER: buf_format(out, "%04d-Q%d", year, part); break;
    case DATE_MONTH: buf_format(out, "%04d-%02d", year, part); break;
    }
}

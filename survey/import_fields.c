/* Fields of a row: columns by name, codes, numbers, dates; each fault becomes a finding with rule, line and column.
 * Not responsible for what a number means (import_units.c, import_workforce.c, import_population.c). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/env.h"
#include "survey/import_private.h"

bool import_columns(struct import *import, const struct wanted wanted[], const char *names[], size_t count)
{
    bool complete = true;
    import->names = names;
    for (size_t i = 0; i < count; i++) {
        names[i] = wanted[i].name;
        import->columns[i] = csv_column(import->csv, wanted[i].name);
        if (import->columns[i] >= 0 || wanted[i].optional)
            continue;
        complete = false;
        import_finding(import->report, import->arena, import->language, SEVERITY_ERROR, "V02", 1, wanted[i].name,
                       N_("the column %s is missing; add it to the export or rename the one that holds it"),
                       wanted[i].name);
    }
    for (size_t column = 0; column < import->csv->column_count; column++) {
        bool known = false;
        for (size_t i = 0; i < count; i++)
            known = known || import->columns[i] == (int)column;
        if (!known)
            import_finding(import->report, import->arena, import->language, SEVERITY_INFO, "V02", 1,
                           import->csv->header[column], N_("this column is not used"));
    }
    return complete;
}

const char *import_cell(const struct import *import, int column)
{
    int at = import->columns[column];
    return at < 0 ? "" : csv_field(import->csv, import->row, (size_t)at);
}

int import_code(struct import *import, int column, const char *const codes[])
{
    char list[200] = "";
    const char *text = import_cell(import, column);
    for (int i = 0; codes[i] != NULL; i++)
        if (strcmp(text, codes[i]) == 0)
            return i;
    for (size_t i = 0, used = 0; codes[i] != NULL && used < sizeof list; i++, used = strlen(list))
        snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : ", ", codes[i]);
    IMPORT_ERROR(import, "CODE", column, N_("one of these codes belongs here: %s"), list);
    return -1;
}

/* Digits with a comma or point among them. No exponent: 1,2E+07 is what a spreadsheet makes of a long number, and no longer
 * the number. */
static bool read_decimal(const char *text, double *number)
{
    enum { EXACT = 15 }; /* digits a double holds: up to there one division gives what strtod gives */
    static const double powers[EXACT + 1] = { 1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                              1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    char plain[40];
    size_t length = 0, digits = 0, after = 0;
    uint64_t value = 0;
    bool point = false;
    for (; *text != '\0'; text++) {
        const bool digit = *text >= '0' && *text <= '9';
        if ((!digit && (point || (*text != '.' && *text != ','))) || length == sizeof plain - 1)
            return false; /* 1.234,5 stays what it is: no number */
        plain[length++] = digit ? *text : '.';
        point = point || !digit;
        digits += digit;
        after += digit && point;
        value = digit ? value * 10 + (uint64_t)(*text - '0') : value;
    }
    plain[length] = '\0';
    *number = digits <= EXACT ? (double)value / powers[after] : strtod(plain, NULL);
    return digits > 0;
}

bool import_decimal(struct import *import, int column, double highest, double *number)
{
    double value = 0;
    if (!read_decimal(import_cell(import, column), &value) || value > highest) {
        IMPORT_ERROR(
            import, "CODE", column,
            N_("a number from 0 to %.0f belongs here, with decimal comma or point, without thousands separator"),
            highest);
        return false;
    }
    *number = value;
    return true;
}

bool import_whole(struct import *import, int column, uint32_t highest, uint32_t *number)
{
    const char *text = import_cell(import, column);
    const char *end = text;
    uint64_t value = 0;
    for (; *end >= '0' && *end <= '9'; end++)
        value = value > highest ? value : value * 10 + (uint64_t)(*end - '0');
    bool whole = end > text && value <= highest;
    if (whole && (*end == ',' || *end == '.')) { /* 12,0 is what a spreadsheet makes of 12 */
        whole = end[1] == '0' && strspn(end + 1, "0") == strlen(end + 1) && strlen(end + 1) < 3;
        end += strlen(end);
    }
    if (!whole || *end != '\0') {
        IMPORT_ERROR(import, "CODE", column,
                     N_("a whole number from 0 to %u belongs here, without thousands separator"), (unsigned)highest);
        return false;
    }
    *number = (uint32_t)value;
    return true;
}

static bool exists(const int date[3])
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (date[0] < 1900 || date[0] > 2999 || date[1] < 1 || date[1] > 12 || date[2] < 1)
        return false;
    bool leap = (date[0] % 4 == 0 && date[0] % 100 != 0) || date[0] % 400 == 0;
    return date[2] <= days[date[1] - 1] + (date[1] == 2 && leap ? 1 : 0);
}

static bool read_numbers(const char *text, const char *sign, int numbers[3])
{
    for (size_t i = 0; i < 3; i++) {
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > 4)
            return false;
        numbers[i] = atoi(text); /* at most four digits */
        text += digits;
        if (i < 2 && *text++ != *sign)
            return false;
    }
    return *text == '\0';
}

bool import_date(struct import *import, int column, int date[3])
{
    const char *text = import_cell(import, column);
    int read[3];
    bool good = read_numbers(text, "-", read);
    if (!good && read_numbers(text, ".", read)) {
        int day = read[0];
        read[0] = read[2];
        read[2] = day;
        good = true;
    }
    if (!good || !exists(read)) {
        IMPORT_ERROR(import, "V04", column, N_("a date like 30.06.2025 or 2025-06-30 belongs here"));
        return false;
    }
    memcpy(date, read, sizeof read);
    return true;
}

void import_today(int date[3])
{
    struct tm today = { .tm_year = 70, .tm_mday = 1 };
    time_t now = (time_t)env_system.now(env_system.state);
    (void)gmtime_r(&now, &today);
    date[0] = today.tm_year + 1900;
    date[1] = today.tm_mon + 1;
    date[2] = today.tm_mday;
}

int import_compare_dates(const int a[3], const int b[3])
{
    for (size_t i = 0; i < 3; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

void import_one_day(struct import *import, int column, int day[3])
{
    enum { OLD_MONTHS = 24 };
    int read[3];
    int today[3];
    if (!import_date(import, column, read))
        return;
    if (day[0] != 0) {
        if (import_compare_dates(read, day) != 0)
            IMPORT_ERROR(import, "V04", column, N_("a file has one day of reference; this row has another one"));
        return;
    }
    memcpy(day, read, sizeof read);
    import_today(today);
    if (import_compare_dates(day, today) > 0)
        IMPORT_ERROR(import, "V04", column, N_("the day of reference lies in the future"));
    else if ((today[0] - day[0]) * 12 + today[1] - day[1] > OLD_MONTHS)
        IMPORT_NOTE(import, SEVERITY_WARNING, "V04", import->csv->lines[import->row],
                    N_("the day of reference is more than 24 months ago"));
}

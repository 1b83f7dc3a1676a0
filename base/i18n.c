/* Numbers with the signs of the language, percentages, dates. */
#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Without an allocation that could fail: a number that vanished from a report would not be missed. */
static void add_digits(char *out, size_t room, size_t *length, const char *text, size_t count)
{
    for (size_t i = 0; i < count && text[i] != '\0' && *length + 1 < room; i++)
        out[(*length)++] = text[i];
    out[*length] = '\0';
}

void number_format(const struct language *language, double number, int decimals, char *out, size_t room)
{
    const struct language *style = language == NULL ? languages[0] : language;
    char digits[400];
    size_t length = 0;
    snprintf(digits, sizeof digits, "%.*f", decimals, fabs(number));
    size_t whole = strcspn(digits, ".");
    out[0] = '\0';
    if (number < 0 && strpbrk(digits, "123456789") != NULL)
        add_digits(out, room, &length, "\xE2\x88\x92", 3);
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            add_digits(out, room, &length, style->grouping, room);
        add_digits(out, room, &length, digits + i, 1);
    }
    if (digits[whole] == '.') {
        add_digits(out, room, &length, style->decimal, room);
        add_digits(out, room, &length, digits + whole + 1, room);
    }
}

void buf_number(struct buf *buf, const struct language *language, double number, int decimals)
{
    char digits[450];
    number_format(language, number, decimals, digits, sizeof digits);
    buf_add_string(buf, digits);
}

void buf_percent(struct buf *buf, const struct language *language, double percent, int decimals)
{
    const struct language *style = language == NULL ? languages[0] : language;
    buf_add_string(buf, style->percent_before);
    buf_number(buf, language, percent, decimals);
    buf_add_string(buf, style->percent_after);
}

/* A whole date is one text: languages inflect the month in it (Polish “5 maja 2026”, but “maj” in a list of months). */
void buf_date(struct buf *buf, const struct language *language, int year, int month, int day)
{
    static const char *const dates[] = { N_("{day} January {year}"),   N_("{day} February {year}"),
                                         N_("{day} March {year}"),     N_("{day} April {year}"),
                                         N_("{day} May {year}"),       N_("{day} June {year}"),
                                         N_("{day} July {year}"),      N_("{day} August {year}"),
                                         N_("{day} September {year}"), N_("{day} October {year}"),
                                         N_("{day} November {year}"),  N_("{day} December {year}") };
    const char *text = month >= 1 && month <= 12 ? tr(language, dates[month - 1]) : "{day} ? {year}";
    for (; *text != '\0'; text++)
        if (strncmp(text, "{day}", 5) == 0) {
            buf_format(buf, "%d", day);
            text += 4;
        } else if (strncmp(text, "{year}", 6) == 0) {
            buf_format(buf, "%d", year);
            text += 5;
        } else {
            buf_add_byte(buf, *text);
        }
}

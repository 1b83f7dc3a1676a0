/* Numbers with the signs of the language, percentages, dates. */
#include "base/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void number_format(const struct language *language, double number, int decimals, char *out, size_t room)
{
    const struct language *style = language == NULL ? languages[0] : language;
    struct buf buf;
    buf_init(&buf, room - 1);
    char digits[400];
    snprintf(digits, sizeof digits, "%.*f", decimals, fabs(number));
    size_t whole = strcspn(digits, ".");
    if (number < 0 && strpbrk(digits, "123456789") != NULL)
        buf_add_string(&buf, "\xE2\x88\x92");
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            buf_add_string(&buf, style->grouping);
        buf_add_byte(&buf, digits[i]);
    }
    if (digits[whole] == '.') {
        buf_add_string(&buf, style->decimal);
        buf_add_string(&buf, digits + whole + 1);
    }
    snprintf(out, room, "%s", buf.bytes == NULL ? "" : buf.bytes);
    buf_free(&buf);
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

void buf_date(struct buf *buf, const struct language *language, int year, int month, int day)
{
    static const char *const months[] = { N_("January"), N_("February"), N_("March"),     N_("April"),
                                          N_("May"),     N_("June"),     N_("July"),      N_("August"),
                                          N_("September"), N_("October"), N_("November"), N_("December") };
    const struct language *style = language == NULL ? languages[0] : language;
    const char *name = month >= 1 && month <= 12 ? tr(language, months[month - 1]) : "?";
    buf_format(buf, "%d%s %s %d", day, style->day_sign, name, year);
}

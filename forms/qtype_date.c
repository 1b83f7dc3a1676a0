/* A coarse date: a year, a quarter or a month. Whole dates are not asked: a day of birth or of entry names a person. */
#include "forms/qtype.h"

#include <stdio.h>
#include <string.h>

enum { YEAR_FIRST = 1900, YEAR_LAST = 2199 };

extern const struct qtype qtype_date;

static int64_t parts_of(enum date_grain grain)
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
        part > parts_of(grain))
        return false;
    const int64_t found = year * parts_of(grain) + part - 1;
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
    const int year = (int)(number / parts_of(grain));
    const int part = (int)(number % parts_of(grain)) + 1;
    switch (grain) {
    case DATE_YEAR: buf_format(out, "%04d", year); break;
    case DATE_QUARTER: buf_format(out, "%04d-Q%d", year, part); break;
    case DATE_MONTH: buf_format(out, "%04d-%02d", year, part); break;
    }
}

static enum status parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail)
{
    int64_t number = 0;
    (void)arena; /* a date needs no memory */
    if (!json_is_string(value) || !date_read(json_string_value(value), item->grain, &number))
        return FAIL(fail, STATUS_INPUT, "the answer must be a date such as %s",
                    item->grain == DATE_YEAR      ? "“2024”"
                    : item->grain == DATE_QUARTER ? "“2024-Q2”"
                                                  : "“2024-05”");
    if (number < item->min || number > item->max)
        return FAIL(fail, STATUS_INPUT, "the date is outside its range");
    answer->given = true;
    answer->number = number;
    return STATUS_OK;
}

static void write(const struct item *item, const struct answer *answer, struct buf *out)
{
    buf_add_byte(out, '"');
    date_write(answer->number, item->grain, out);
    buf_add_byte(out, '"');
}

static size_t length_max(const struct item *item)
{
    return 2 + (item->grain == DATE_YEAR ? 4 : 7);
}

static enum status complete(struct arena *arena, const struct form *form, struct item *item, struct fail *fail)
{
    enum { FIRST = 1930, LAST = 2040 }; /* for people at work today */
    (void)arena, (void)form, (void)fail;
    if (item->min == 0)
        item->min = FIRST * parts_of(item->grain);
    if (item->max == 0)
        item->max = (LAST + 1) * parts_of(item->grain) - 1;
    return STATUS_OK;
}

static const char *fault(const struct item *item)
{
    return item->min <= item->max ? NULL : N_("“min” must not be later than “max”");
}

static const char *const months[] = { N_("January"),   N_("February"), N_("March"),    N_("April"),
                                      N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                      N_("September"), N_("October"),  N_("November"), N_("December") };

static void open_select(const struct item *item, const char *part, const char *label, const struct language *ui,
                        struct html *html)
{
    buf_format(&html->out, "<label for=\"%s-%s\">", item->id, part);
    html_text(html, tr(ui, label));
    buf_format(&html->out, "</label> <select id=\"%s-%s\" name=\"%s\"><option value=\"\">–</option>", item->id, part,
               item->id);
}

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    item_render_open(form, item, language, ui, NULL, html);
    HTML(html, "<div class=\"date\"");
    item_render_ui(ui, language, html);
    HTML(html, ">");
    if (item->grain != DATE_YEAR) {
        open_select(item, "part", item->grain == DATE_MONTH ? N_("Month") : N_("Quarter"), ui, html);
        for (int64_t i = 0; i < parts_of(item->grain); i++) {
            buf_format(&html->out, "<option value=\"%lld\">", (long long)i + 1);
            if (item->grain == DATE_MONTH)
                html_text(html, tr(ui, months[i]));
            else
                html_number(html, i + 1);
            HTML(html, "</option>");
        }
        HTML(html, "</select> ");
    }
    open_select(item, "year", N_("Year"), ui, html);
    for (int64_t year = item->max / parts_of(item->grain); year >= item->min / parts_of(item->grain); year--)
        buf_format(&html->out, "<option value=\"%lld\">%lld</option>", (long long)year, (long long)year);
    HTML(html, "</select></div>");
    item_render_close(item, ui, true, html);
}

const struct qtype qtype_date = {
    .id = "date",
    .title = N_("year, quarter or month"),
    .kind = QTYPE_DATE,
    .seconds = 8.0,
    .complete = complete,
    .fault = fault,
    .parse = parse,
    .write = write,
    .length_max = length_max,
    .render = render,
};

/* A coarse date: a year, a quarter or a month. Whole dates are not asked: a day of birth or of entry names a person. */
#include "forms/measure.h"
#include "forms/qtype.h"

extern const struct qtype qtype_date;

static enum status parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail)
{
    int64_t number = 0;
    if (!json_is_string(value) || !date_read(json_string_value(value), item->grain, &number))
        return FAIL(fail, STATUS_INPUT, "the answer must be a date such as %s",
                    item->grain == DATE_YEAR      ? "“2024”"
                    : item->grain == DATE_QUARTER ? "“2024-Q2”"
                                                  : "“2024-05”");
    if (number < item->min || number > item->max)
        return FAIL(fail, STATUS_INPUT, "the date is outside its range");
    const char *text = arena_string(arena, json_string_value(value));
    if (text == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    *answer = (struct answer){ .choice = ANSWER_NONE, .text = text, .given = true, .number = number };
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
        item->min = FIRST * date_parts(item->grain);
    if (item->max == 0)
        item->max = (LAST + 1) * date_parts(item->grain) - 1;
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
        for (int64_t i = 0; i < date_parts(item->grain); i++) {
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
    for (int64_t year = item->max / date_parts(item->grain); year >= item->min / date_parts(item->grain); year--)
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

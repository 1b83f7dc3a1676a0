/* A number chosen by moving a slider, with a field beside it for those who would rather type. Untouched it is no
 * answer: a slider that starts in the middle would answer for people. */
#include "forms/measure.h"
#include "forms/qtype.h"

extern const struct qtype qtype_slider;

static void write_number(const char *name, int64_t number, unsigned decimals, struct html *html)
{
    buf_format(&html->out, " %s=\"", name);
    number_write(number, decimals, &html->out);
    HTML(html, "\"");
}

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    item_render_open(form, item, language, ui, NULL, html);
    buf_format(&html->out, "<div class=\"slider\"><input type=\"range\" id=\"%s-range\"", item->id);
    write_number("min", item->min, item->decimals, html);
    write_number("max", item->max, item->decimals, html);
    write_number("step", item->step > 0 ? item->step : 1, item->decimals, html);
    buf_format(&html->out, " aria-labelledby=\"legend-%s\"/>", item->id);
    number_render_field(form, item, language, html);
    HTML(html, "</div>");
    item_render_close(item, ui, true, html);
}

const struct qtype qtype_slider = {
    .id = "slider",
    .title = N_("slider"),
    .kind = QTYPE_NUMBER,
    .seconds = 6.0,
    .fault = number_fault,
    .parse = number_parse,
    .write = number_answer_write,
    .length_max = number_length_max,
    .render = render,
};

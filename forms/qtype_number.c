/* A number between two bounds, with a unit. Stored exactly as whole units of 10^-decimals. The bounds are needed: a
 * number without them has no longest form, and an odd one would name its sender. */
#include "forms/measure.h"
#include "forms/qtype.h"

#include <math.h>
#include <string.h>

extern const struct qtype qtype_number;

enum status number_parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail)
{
    (void)arena; /* a number needs no memory */
    if (!json_is_number(value))
        return FAIL(fail, STATUS_INPUT, "the answer must be a number");
    const double given = json_number_value(value);
    if (!(fabs(given) <= NUMBER_MAX))
        return FAIL(fail, STATUS_INPUT, "the number is outside its range");
    const int64_t number = llround(given * (double)decimal_units(item->decimals));
    if ((double)number / (double)decimal_units(item->decimals) != given)
        return FAIL(fail, STATUS_INPUT, "the number has more than %u decimal places", item->decimals);
    if (number < item->min || number > item->max)
        return FAIL(fail, STATUS_INPUT, "the number is outside its range");
    if (item->step > 0 && (number - item->min) % item->step != 0)
        return FAIL(fail, STATUS_INPUT, "the number is not one of the steps");
    answer->given = true;
    answer->number = number;
    return STATUS_OK;
}

void number_answer_write(const struct item *item, const struct answer *answer, struct buf *out)
{
    number_write(answer->number, item->decimals, out);
}

static size_t digits_of(int64_t number)
{
    size_t digits = 1;
    for (int64_t rest = number < 0 ? -number : number; rest >= 10; rest /= 10)
        digits++;
    return digits;
}

size_t number_length_max(const struct item *item)
{
    const size_t low = digits_of(item->min / decimal_units(item->decimals)) + (item->min < 0 ? 1 : 0);
    const size_t high = digits_of(item->max / decimal_units(item->decimals));
    return (low > high ? low : high) + (item->decimals > 0 ? 1 + item->decimals : 0);
}

const char *number_fault(const struct item *item)
{
    if (item->min >= item->max)
        return N_("a number needs “min” and “max”, the first smaller than the second");
    if (item->step > 0 && (item->max - item->min) % item->step != 0)
        return N_("from “min” to “max” must be whole steps");
    return NULL;
}

void number_render_field(const struct form *form, const struct item *item, const char *language, struct html *html)
{
    const char *unit = form_text(form, &item->unit, language);
    buf_format(&html->out,
               "<span class=\"field\"><input type=\"text\" inputmode=\"%s\" id=\"%s-value\" name=\"%s\" "
               "autocomplete=\"off\" size=\"%zu\" aria-labelledby=\"legend-%s%s%s\"/>",
               item->min < 0        ? "text"
               : item->decimals > 0 ? "decimal"
                                    : "numeric",
               item->id, item->id, number_length_max(item) + 2, item->id, unit[0] != '\0' ? " unit-" : "",
               unit[0] != '\0' ? item->id : "");
    if (unit[0] != '\0') {
        buf_format(&html->out, " <span class=\"unit\" id=\"unit-%s\"", item->id);
        item_render_language(form, &item->unit, language, html);
        HTML(html, ">");
        html_text(html, unit);
        HTML(html, "</span>");
    }
    HTML(html, "</span>");
}

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    item_render_open(form, item, language, ui, NULL, html);
    number_render_field(form, item, language, html);
    item_render_close(item, ui, false, html);
}

const struct qtype qtype_number = {
    .id = "number",
    .title = N_("number"),
    .kind = QTYPE_NUMBER,
    .seconds = 6.0,
    .fault = number_fault,
    .parse = number_parse,
    .write = number_answer_write,
    .length_max = number_length_max,
    .render = render,
};

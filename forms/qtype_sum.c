/* Constant sum: a total is shared out among the options in whole amounts. Only a complete answer counts. */
#include "forms/measure.h"
#include "forms/qtype.h"

#include <string.h>

extern const struct qtype qtype_sum;

static enum status parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail)
{
    if (!json_is_object(value) || json_object_size(value) > item->option_count)
        return FAIL(fail, STATUS_INPUT, "the answer must be an amount for each code");
    int64_t *amounts = ARENA_NEW(arena, int64_t, item->option_count);
    if (amounts == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    int64_t total = 0;
    size_t known = 0;
    for (size_t i = 0; i < item->option_count; i++) {
        const json_t *amount = json_object_get(value, item->options[i].code);
        if (amount == NULL)
            continue;
        if (!json_is_integer(amount) || json_integer_value(amount) < 1 || json_integer_value(amount) > item->max)
            return FAIL(fail, STATUS_INPUT, "an amount must be a whole number from 1 to the total");
        amounts[i] = json_integer_value(amount);
        total += amounts[i];
        known++;
    }
    if (known != json_object_size(value))
        return FAIL(fail, STATUS_INPUT, "the answer has an amount for an unknown code");
    if (total != item->max)
        return FAIL(fail, STATUS_INPUT, "the amounts do not add up to the total");
    answer->amounts = amounts;
    return STATUS_OK;
}

static void write(const struct item *item, const struct answer *answer, struct buf *out)
{
    char between = '{';
    for (size_t i = 0; i < item->option_count; i++) {
        if (answer->amounts[i] == 0)
            continue;
        buf_add_byte(out, between);
        json_write_string(out, item->options[i].code);
        buf_format(out, ":%lld", (long long)answer->amounts[i]);
        between = ',';
    }
    buf_add_byte(out, '}');
}

static size_t length_max(const struct item *item)
{
    struct buf total;
    buf_init(&total, NUMBER_TEXT_ROOM);
    number_write(item->max, 0, &total);
    const size_t digits = total.length;
    buf_free(&total);
    size_t length = 2; /* braces; a quoted code, a colon, an amount and a comma for each */
    for (size_t i = 0; i < item->option_count; i++)
        length += strlen(item->options[i].code) + 4 + digits;
    return length;
}

static const char *fault(const struct item *item)
{
    return item->max >= 1 && item->max <= 1000000 ? NULL : N_("a constant sum needs a “total” from 1 to 1000000");
}

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    item_render_open(form, item, language, ui, NULL, html);
    HTML(html, "<div class=\"options sum\">");
    for (size_t i = 0; i < item->option_count; i++) {
        const struct option *option = &item->options[i];
        buf_format(&html->out,
                   "<div class=\"option\"><input type=\"text\" inputmode=\"numeric\" size=\"7\" "
                   "autocomplete=\"off\" id=\"%s-%s\" name=\"%s\" data-code=\"%s\"/>",
                   item->id, option->code, item->id, option->code);
        item_render_label(form, item, option, language, html);
        HTML(html, "</div>");
    }
    HTML(html, "</div><p class=\"rest\"");
    item_render_ui(ui, language, html);
    HTML(html, ">");
    html_text(html, tr(ui, N_("Left to share out:")));
    buf_format(&html->out, " <output id=\"rest-%s\">%lld</output></p>", item->id, (long long)item->max);
    item_render_close(item, ui, true, html);
}

const struct qtype qtype_sum = {
    .id = "sum",
    .title = N_("constant sum"),
    .kind = QTYPE_AMOUNTS,
    .seconds = 20.0,
    .fault = fault,
    .parse = parse,
    .write = write,
    .length_max = length_max,
    .render = render,
};

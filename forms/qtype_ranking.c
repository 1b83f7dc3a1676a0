/* Options put in order: every option has a list of places to choose from. Nothing has to be dragged, so it works with a
 * keyboard, a screen reader and a thumb alike. */
#include "forms/qtype.h"

#include <stdio.h>
#include <string.h>

extern const struct qtype qtype_ranking;

static size_t places(const struct item *item)
{
    return item->choose_max > 0 && item->choose_max < item->option_count ? item->choose_max : item->option_count;
}

static enum status parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail)
{
    const size_t count = json_is_array(value) ? json_array_size(value) : 0;
    if (count == 0)
        return FAIL(fail, STATUS_INPUT, "the answer must be a list of codes, the first place first");
    if (count > places(item))
        return FAIL(fail, STATUS_INPUT, "%zu options are chosen; at most %zu may be", count, places(item));
    if (count < item->choose_min)
        return FAIL(fail, STATUS_INPUT, "%zu options are chosen; at least %u must be", count, item->choose_min);
    uint8_t *order = ARENA_NEW(arena, uint8_t, count);
    if (order == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    for (size_t i = 0; i < count; i++) {
        const char *code = json_string_value(json_array_get(value, i));
        const int option = code != NULL ? item_option(item, code) : -1;
        if (option < 0)
            return FAIL(fail, STATUS_INPUT, "there is no option with the code “%.40s”", code != NULL ? code : "");
        if (memchr(order, option, i) != NULL)
            return FAIL(fail, STATUS_INPUT, "option “%s” is chosen twice", code);
        order[i] = (uint8_t)option;
    }
    answer->order = order;
    answer->order_count = count;
    return STATUS_OK;
}

static void write(const struct item *item, const struct answer *answer, struct buf *out)
{
    for (size_t i = 0; i < answer->order_count; i++) {
        buf_add_byte(out, i == 0 ? '[' : ',');
        json_write_string(out, item->options[answer->order[i]].code);
    }
    buf_add_byte(out, ']');
}

static size_t length_max(const struct item *item)
{
    return options_length_max(item, places(item));
}

static const char *fault(const struct item *item)
{
    return item->choose_min <= places(item) ? NULL : N_("“choose_min” is more than can be chosen");
}

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    item_render_open(form, item, language, ui, NULL, html);
    HTML(html, "<div class=\"options ranking\">");
    for (size_t i = 0; i < item->option_count; i++) {
        const struct option *option = &item->options[i];
        buf_format(&html->out,
                   "<div class=\"option\"><select id=\"%s-%s\" name=\"%s\" data-code=\"%s\"><option value=\"\">–"
                   "</option>",
                   item->id, option->code, item->id, option->code);
        for (size_t place = 1; place <= places(item); place++)
            buf_format(&html->out, "<option value=\"%zu\">%zu</option>", place, place);
        HTML(html, "</select>");
        item_render_label(form, item, option, language, html);
        HTML(html, "</div>");
    }
    HTML(html, "</div>");
    item_render_close(item, ui, true, html);
}

const struct qtype qtype_ranking = {
    .id = "ranking",
    .title = N_("ranking"),
    .kind = QTYPE_ORDER,
    .seconds = 15.0,
    .fault = fault,
    .parse = parse,
    .write = write,
    .length_max = length_max,
    .render = render,
};

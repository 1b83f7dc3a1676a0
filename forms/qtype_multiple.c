/* Several options of a list, stored as bits: checkboxes, an upper limit, options that exclude every other. */
#include "forms/qtype.h"

#include <string.h>

extern const struct qtype qtype_multiple;

static enum status check_set(const struct item *item, uint32_t set, size_t chosen, struct fail *fail)
{
    if (item->choose_max > 0 && chosen > item->choose_max)
        return FAIL(fail, STATUS_INPUT, "%zu options are chosen; at most %zu may be", chosen, (size_t)item->choose_max);
    bool alone = false; /* "none of these" needs no second choice */
    for (size_t i = 0; i < item->option_count && i < FORM_SET_MAX; i++) {
        const struct option *option = &item->options[i];
        if ((set & (UINT32_C(1) << i)) == 0)
            continue;
        if (option->exclusive && chosen > 1)
            return FAIL(fail, STATUS_INPUT, "option “%s” cannot be combined with another", option->code);
        if ((set & option->not_with) != 0)
            return FAIL(fail, STATUS_INPUT, "option “%s” cannot be combined with one that is chosen too", option->code);
        alone = alone || option->exclusive || option->missing;
    }
    if (chosen < item->choose_min && !alone)
        return FAIL(fail, STATUS_INPUT, "%zu options are chosen; at least %u must be", chosen, item->choose_min);
    return STATUS_OK;
}

static enum status parse(struct arena *arena, const struct item *item, const json_t *value, struct answer *answer,
                         struct fail *fail)
{
    (void)arena; /* bits need no memory */
    if (!json_is_array(value) || json_array_size(value) == 0 || json_array_size(value) > FORM_SET_MAX)
        return FAIL(fail, STATUS_INPUT, "the answer must be a list of 1 to %d codes", (int)FORM_SET_MAX);
    uint32_t set = 0;
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *code = json_string_value(json_array_get(value, i));
        if (code == NULL)
            return FAIL(fail, STATUS_INPUT, "the answer must be a list of codes as strings");
        int option = item_option(item, code);
        if (option < 0 || option >= FORM_SET_MAX)
            return FAIL(fail, STATUS_INPUT, "there is no option with the code “%.40s”", code);
        if ((set & (UINT32_C(1) << option)) != 0)
            return FAIL(fail, STATUS_INPUT, "option “%s” is chosen twice", code);
        set |= UINT32_C(1) << option;
    }
    enum status status = check_set(item, set, json_array_size(value), fail);
    if (status == STATUS_OK)
        answer->set = set;
    return status;
}

static void write(const struct item *item, const struct answer *answer, struct buf *out)
{
    const char *between = "[";
    for (size_t i = 0; i < item->option_count && i < FORM_SET_MAX; i++) {
        if ((answer->set & (UINT32_C(1) << i)) == 0)
            continue;
        buf_add_string(out, between);
        json_write_string(out, item->options[i].code);
        between = ",";
    }
    buf_add_byte(out, ']');
}

static size_t length_max(const struct item *item)
{
    return options_length_max(item, item->choose_max > 0 ? item->choose_max : item->option_count);
}

static const char *fault(const struct item *item)
{
    const size_t most = item->choose_max > 0 ? item->choose_max : item->option_count;
    return item->choose_min <= most ? NULL : N_("“choose_min” is more than can be chosen");
}

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    item_render_open(form, item, language, ui, NULL, html);
    item_render_options(form, item, language, true, html);
    item_render_close(item, ui, true, html);
}

const struct qtype qtype_multiple = {
    .id = "multiple",
    .title = N_("several answers"),
    .kind = QTYPE_SET,
    .fault = fault,
    .seconds = 8.0,
    .parse = parse,
    .write = write,
    .length_max = length_max,
    .render = render,
};

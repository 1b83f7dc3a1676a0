/* One box to tick: "I have read this". Not ticked is not answered; nobody can be asked to untick it. */
#include "forms/qtype.h"

extern const struct qtype qtype_consent;

static enum status complete(struct arena *arena, const struct form *form, struct item *item, struct fail *fail)
{
    static const char *const labels[] = { N_("I agree") };
    return choice_supply(arena, form, item, labels, COUNT(labels), fail);
}

static const char *fault(const struct item *item)
{
    return item->option_count == 1 ? NULL : N_("a consent has one option");
}

static void render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    item_render_open(form, item, language, ui, NULL, html);
    item_render_options(form, item, language, true, html);
    item_render_close(item, ui, false, html); /* a box is cleared by a second click */
}

const struct qtype qtype_consent = {
    .id = "consent",
    .title = N_("consent"),
    .kind = QTYPE_CHOICE,
    .seconds = 4.0,
    .complete = complete,
    .fault = fault,
    .parse = choice_parse,
    .write = choice_write,
    .length_max = choice_length_max,
    .render = render,
};

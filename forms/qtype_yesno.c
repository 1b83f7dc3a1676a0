/* Yes or no; the program brings the two words, unless the form has its own. */
#include "forms/qtype.h"

extern const struct qtype qtype_yesno;

static enum status complete(struct arena *arena, const struct form *form, struct item *item, struct fail *fail)
{
    static const char *const labels[] = { N_("yes"), N_("no") };
    return choice_supply(arena, form, item, labels, COUNT(labels), fail);
}

const struct qtype qtype_yesno = {
    .id = "yesno",
    .title = N_("yes or no"),
    .kind = QTYPE_CHOICE,
    .seconds = 3.0,
    .complete = complete,
    .parse = choice_parse,
    .write = choice_write,
    .length_max = choice_length_max,
    .render = choice_render,
};

/* Net promoter: eleven steps from 0 to 10, of which only the ends have words.
 * Source: Reichheld (2003), The One Number You Need to Grow, Harvard Business Review 81(12). */
#include "forms/qtype.h"

enum { STEPS = 11 };

extern const struct qtype qtype_nps;

static enum status complete(struct arena *arena, const struct form *form, struct item *item, struct fail *fail)
{
    if (item->option_count > 0)
        return STATUS_OK;
    struct option *options = ARENA_NEW(arena, struct option, STEPS);
    if (options == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    for (size_t i = 0; i < STEPS; i++) {
        options[i] = (struct option){ .code = arena_format(arena, "%zu", i), .points = -1 };
        if (options[i].code == NULL)
            return FAIL(fail, STATUS_MEMORY, "out of memory");
        for (size_t k = 0; k < form->language_count; k++)
            options[i].label.in[k] = options[i].code;
    }
    item->options = options;
    item->option_count = STEPS;
    return STATUS_OK;
}

const struct qtype qtype_nps = {
    .id = "nps",
    .title = N_("from 0 to 10 (net promoter)"),
    .kind = QTYPE_CHOICE,
    .seconds = 4.0,
    .complete = complete,
    .parse = choice_parse,
    .write = choice_write,
    .length_max = choice_length_max,
    .render = choice_render,
};

/* One option of a list: radio buttons. */
#include "forms/qtype.h"

extern const struct qtype qtype_single;

const struct qtype qtype_single = {
    .id = "single",
    .title = N_("one answer"),
    .kind = QTYPE_CHOICE,
    .seconds = 4.0,
    .points = false,
    .parse = choice_parse,
    .write = choice_write,
    .length_max = choice_length_max,
    .render = choice_render,
};

/* A step of a labelled scale (Likert): radio buttons; options shared by many items; keyed by struct scale. */
#include "forms/qtype.h"

extern const struct qtype qtype_scale;

const struct qtype qtype_scale = {
    .id = "scale",
    .title = N_("step of a scale"),
    .kind = QTYPE_CHOICE,
    .seconds = 3.0,
    .points = false,
    .parse = choice_parse,
    .write = choice_write,
    .length_max = choice_length_max,
    .render = choice_render,
};

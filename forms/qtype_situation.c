/* Situational judgement: one reaction of several; each has points that are never sent to the browser. */
#include "forms/qtype.h"

extern const struct qtype qtype_situation;

const struct qtype qtype_situation = {
    .id = "situation",
    .title = N_("situation"),
    .kind = QTYPE_CHOICE,
    .seconds = 8.0,
    .points = true,
    .parse = choice_parse,
    .write = choice_write,
    .length_max = choice_length_max,
    .render = choice_render,
};

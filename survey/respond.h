/* One respondent as the browser client plays it: draw, unblind, seal, submit, check the receipt. */
#ifndef SURVEY_RESPOND_H
#define SURVEY_RESPOND_H

#include "forms/answers.h"
#include "survey/blind.h"
#include "survey/http_client.h"
#include "survey/simulate.h"
#include "survey/wave.h"

/* What all respondents share. */
struct respond {
    const struct simulate_options *options;
    struct manifest manifest;
    struct blind_key *key;
    char collector[160];
};

/* One thread's connections. */
struct respond_line {
    struct http_client issuer, collector;
};

/* Canonical answers a person could give: seeded, valid, some questions skipped. */
MUST_USE enum status respond_random(const struct form *form, uint64_t seed, struct buf *json, struct fail *fail);

/* What one respondent does: sends json; with later, sends that as a change; withdraws in the end. */
struct respond_wish {
    const char *code;
    const char *json, *later; /* later: NULL for no change */
    size_t length, later_length;
    bool withdraw;
};

/* leaf (of the last request) and the two durations (milliseconds; of the first submission) are written on STATUS_OK. */
MUST_USE enum status respond_once(const struct respond *shared, struct respond_line *line,
                                  const struct respond_wish *wish, unsigned char leaf[32], double *draw_ms,
                                  double *submit_ms, struct fail *fail);

/* http_ask, repeated with the same bytes while options->retry and the server is away. */
MUST_USE enum status respond_ask(const struct simulate_options *options, struct http_client *client,
                                 const struct http_question *question, unsigned *status, struct buf *answer,
                                 struct fail *fail);

double respond_clock(void); /* milliseconds of a clock that never jumps */

#endif

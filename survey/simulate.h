/* Plays respondents against a running server with the real client protocol: draw, unblind, seal, submit, check the receipt. */
#ifndef SURVEY_SIMULATE_H
#define SURVEY_SIMULATE_H

#include "forms/answers.h"

struct respondent {
    const char *code;      /* invitation code as printed */
    const char *json;      /* canonical answers; NULL: random valid answers */
    size_t length;
};
struct simulate_options {
    const char *issue_origin; /* "http://127.0.0.1:8700" */
    const char *wave;
    const unsigned char *fingerprint; /* 32 bytes; NULL: trust the first manifest (rehearsal) */
    const struct form *form;  /* for random answers */
    unsigned clients;         /* parallel, 1..256 */
    uint64_t seed;            /* of random answers; the protocol's secrets come from the system */
    unsigned change, withdraw; /* percent of the respondents who change or withdraw afterwards, chosen by the seed */
    bool retry;               /* repeat identical requests when the server goes away (up to 60 s) */
    void (*progress)(void *context, size_t done, size_t total);
    void *context;
};
struct simulate_result {
    uint64_t respondents, completed, lost;
    double seconds;
    double draw_p50, draw_p99, submit_p50, submit_p99; /* milliseconds */
    unsigned char (*leaves)[32]; /* caller frees; respondents of them, zero for one that did not complete */
};
MUST_USE enum status simulate(const struct respondent respondents[], size_t count,
                              const struct simulate_options *options, struct simulate_result *result,
                              struct fail *fail);

#endif

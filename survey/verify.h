/* Public verification of a counted wave: from the published files alone, without instance, network, key or trust in the
 * people who counted. What each check means is said in docs/verify.md. */
#ifndef SURVEY_VERIFY_H
#define SURVEY_VERIFY_H

#include "survey/count.h"

enum found { FOUND_NOT_ASKED, FOUND_COUNTED, FOUND_WITHDRAWN, FOUND_ABSENT };

struct verify {
    const char *folder;    /* manifest, tables.txt, issuer.pem, result.json, leaves.txt, withdrawn.txt, credentials.txt, drawn.txt */
    const char *receipt;   /* 64 hexadecimal digits, blanks allowed; NULL: not asked */
    const char *code;      /* invitation code; NULL: not asked */
    bool tables;           /* tables.txt too, if the manifest names it; a count elsewhere has no use for it */
    bool answers;          /* whoever has answers.txt may hold it against the published hash too */
    unsigned threads;      /* 0: as many as the machine has processors */
    const struct steps *steps;
    /* A sentence for every check that held, in the language of fail. NULL: silent. */
    void (*say)(void *context, const char *sentence);
    void *context;
};

struct verified {
    struct manifest manifest;
    struct count_result result;
    enum found receipt;
    enum found code; /* FOUND_COUNTED: a ballot was drawn with it */
};

/* Stops at the first fault: STATUS_INPUT or STATUS_CRYPTO with file, line and what is wrong. */
MUST_USE enum status verify_files(const struct verify *verify, struct verified *verified, struct fail *fail);

#endif

/* What a wave prints on paper: cards, letters, questionnaires, each PDF/UA-1 and PDF/A-2a. The same input gives the
 * same bytes. Texts are UTF-8; a character without a glyph (emoji, Hebrew) is refused and named.
 * Codes come from the caller, in the order in which they are printed: for cards it must say nothing. */
#ifndef REPORTS_PAPER_H
#define REPORTS_PAPER_H

#include "base/arena.h"
#include "base/i18n.h"
#include "forms/form.h"

enum { PAPER_CARDS_MAX = 20000, PAPER_LETTERS_MAX = 10000, PAPER_RECIPIENT_LINES = 6 };

struct paper_wave {
    const struct language *language; /* of the fixed texts */
    const char *city, *wave, *title; /* title of the survey in that language */
    const char *check;               /* check code: 8 groups of 4 */
    const char *closes;              /* ISO date */
    const char *address;             /* https://survey.example/w/2026/ as people type it */
    const char *staff_council;       /* whom to ask, NULL */
    const char *demo;                /* NULL, or the mark of a demo */
    /* For the closing words of the questionnaire; a paragraph whose fact is NULL is left out. */
    const char *results_date, *complaints_office, *equality_office;
};

struct paper_code {
    const char *code; /* as printed */
    const char *link; /* with #CODE.FP: goes into the QR code */
};

struct paper_letter {
    struct paper_code code;
    const char *recipient[PAPER_RECIPIENT_LINES]; /* address lines, ended by NULL or full */
    const struct language *language;              /* of this letter */
    const char *title;                            /* of the survey in this language; NULL: the wave's */
};

/* Each appends to out. arena: until the call returns.
 * STATUS_INPUT a character without a glyph · STATUS_LIMIT more than the bounds above, or a text that does not fit. */
MUST_USE enum status paper_cards(struct arena *arena, const struct paper_wave *wave, const struct paper_code codes[],
                                 size_t count, struct buf *out, struct fail *fail);
MUST_USE enum status paper_letters(struct arena *arena, const struct paper_wave *wave,
                                   const struct paper_letter letters[], size_t count, struct buf *out,
                                   struct fail *fail);
/* The whole questionnaire. wave->language speaks the fixed texts and form_language (a code of the form) the questions;
 * everything of the wave but the language may be NULL: such a questionnaire belongs to no wave yet. */
MUST_USE enum status paper_form(struct arena *arena, const struct paper_wave *wave, const struct form *form,
                                const char *form_language, struct buf *out, struct fail *fail);

/* A condition as the questionnaire prints it: "Answer only if in question 7 you crossed “yes”." NULL: no memory. */
const char *paper_only_if(struct arena *arena, const struct form *form, const char *form_language,
                          const struct language *language, const struct expression *condition);

#endif

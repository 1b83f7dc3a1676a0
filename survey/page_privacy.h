/* The privacy notice, written from the configuration in force: every sentence is bound to a field of the manifest or a
 * property of the form, so that the notice never says more than is true (docs/privacy.md). Shown to respondents (short
 * on the start page, in full on its own page) and to the staff council before it decides. */
#ifndef SURVEY_PAGE_PRIVACY_H
#define SURVEY_PAGE_PRIVACY_H

#include "reports/doc.h"
#include "survey/page_survey.h"

handler page_privacy; /* GET /w/{}/privacy, both faces */

/* What the notice is written from. */
struct privacy {
    const struct manifest *manifest; /* place of the key, days, delay, smallest group */
    bool free_text;                  /* the form asks for free text */
    bool text_apart;                 /* … and all of it is stored apart from the other answers */
    bool detached;                   /* answers to some questions are stored apart from all others */
    bool cards;                      /* cards are given out, a kiosk may stand somewhere */
    bool email;                      /* invitations or reminders go out by e-mail */
};

/* Reads the form, whether cards were made (fact "cards.WAVE") and whether addresses are stored now. The caller holds the
 * service's lock. store NULL: a face without database knows of neither. */
void privacy_read(struct store *store, const struct manifest *manifest, const struct form *form,
                  struct privacy *privacy);
/* Promise, assumptions and limit in three paragraphs, headed h2. */
void privacy_write_short(const struct privacy *privacy, const struct language *language, struct html *html);
/* Everything, in sections headed h2 (heading 2) or h3 (heading 3). */
void privacy_write(const struct privacy *privacy, const struct language *language, unsigned heading, struct html *html);
/* The same as chapters of a document, in its language, with headings of that level. */
void privacy_build(const struct privacy *privacy, unsigned level, struct doc *doc);

/* "2026-06-30" as the language writes it; the characters themselves when they are no date. */
enum { DATE_ROOM = 64 };
void privacy_date(const struct language *language, const char *iso, char out[DATE_ROOM]);

#endif

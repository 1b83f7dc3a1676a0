/* Pages a respondent sees: start page and questionnaire (one document), check of a receipt, list of open waves, and the
 * style sheet and script they use. They carry no secret and store nothing: the browser does the rest (client.js).
 * Not responsible for drawing, submitting, or the pages of the office. */
#ifndef SURVEY_PAGE_SURVEY_H
#define SURVEY_PAGE_SURVEY_H

#include "forms/render.h"
#include "survey/service.h"
#include "survey/wave_cache.h"

handler page_waves;   /* GET / : open waves */
handler page_survey;  /* GET /w/{}/ */
handler page_kiosk;   /* GET /w/{}/kiosk: for a shared tablet, takes cards only */
handler page_entry;   /* GET /w/{}/entry: for the clerk who types paper questionnaires, takes cards only */
handler page_receipt; /* GET /w/{}/receipt, both faces */
handler page_asset;   /* GET /assets/{} */

/* --- shared by page_survey*.c and page_receipt.c only --- */

/* What a page of one wave is written from. */
struct survey_page {
    const struct language *language; /* of the fixed texts */
    const char *form_language;       /* of the questions: wished for with ?lang=, if the form has it */
    const struct form *form;
    const struct manifest *manifest;
    const char *city;
    const char *demo; /* fact "demo": not NULL in a demo city, and every page says so */
    const char *kind; /* "survey", "kiosk", "entry", "receipt", "closed", "privacy", "waves": read by the client */
    bool kiosk;       /* nothing leads away from the page, nothing is kept */
    bool over;        /* the wave is closed for good */
    struct html *html;
};

/* A fixed text in the page's language, escaped. */
void survey_page_text(const struct survey_page *page, const char *text);
/* A button for the client; style is its class, or NULL. */
void survey_page_button(const struct survey_page *page, const char *id, const char *style, const char *text);
/* From doctype to the open <main>; form and manifest may be NULL. */
void survey_page_open(const struct survey_page *page, const char *title);
/* A link to a page beside this one ("privacy", "receipt", "./"), in the same language. */
void survey_page_link(const struct survey_page *page, const char *to, const char *text);
/* Language links; the client adds the fragment to them. */
void survey_page_languages(const struct survey_page *page);
void survey_page_close(const struct survey_page *page);

struct privacy; /* page_privacy.h */
/* What the survey is, the form for code and device, drafts, and what to do without JavaScript. */
void survey_page_start(const struct survey_page *page, const struct privacy *privacy);
/* Waiting, receipt and dialogs; placeholders of the form's closing notice. */
void survey_page_end(const struct survey_page *page, const struct placeholder placeholders[], size_t count);
/* The whole screen for the clerk, behind survey_page_open. */
void survey_page_entry(const struct survey_page *page, struct arena *arena);
/* Where the client says what went wrong. */
void survey_page_problem(const struct survey_page *page);
/* A fact of the instance ("city"); NULL when there is none or this face has no database. */
const char *survey_page_fact(struct service *service, struct arena *arena, const char *name);
/* Manifest and form of the wave in the request's path, which live as long as the request. */
MUST_USE enum status survey_page_wave(struct service *service, const struct request *request,
                                      const struct frozen **frozen, struct fail *fail);
/* The manifest alone, for a collector that has no form; it lives in the request's arena. */
MUST_USE enum status survey_page_manifest(struct service *service, const struct request *request,
                                          struct manifest **manifest, struct fail *fail);
/* Texts the client needs, as <template id="texts">. */
void survey_page_texts(const struct survey_page *page);
/* The same for any table of texts under any id. */
struct client_text {
    const char *key, *text;
};
void survey_page_template(const struct survey_page *page, const char *id, const struct client_text texts[],
                          size_t count);

#endif

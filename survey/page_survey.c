/* Questionnaire and review of a wave, and the document they stand in: one for the whole visit, so that taking part needs
 * few requests and the server cannot see how far a person got. Start: page_survey_start.c; receipt: page_survey_end.c. */
#include "survey/page_survey.h"

#include <stdio.h>
#include <string.h>

#include "survey/page_privacy.h"
#include "survey/reply.h"

/* --- questions and review --- */

/* What can be done at any time beside answering. */
static void write_side(const struct survey_page *page)
{
    HTML(page->html, "<button type=\"button\" class=\"link recovery-open\">");
    survey_page_text(page, N_("Continue on another device, or keep a recovery code"));
    HTML(page->html, "</button> <button type=\"button\" class=\"link discard\">");
    survey_page_text(page, N_("Delete everything"));
    HTML(page->html, "</button>");
}

/* What is to be looked at before the next page, each a link to its question; the way on without it is always there. */
static void write_summary(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<section id=\"summary\" class=\"problem summary\" aria-labelledby=\"summary-title\" hidden=\"hidden\">"
               "<h2 id=\"summary-title\" tabindex=\"-1\">");
    survey_page_text(page, N_("Please look at this again"));
    HTML(html, "</h2><ul id=\"summary-list\"></ul><p class=\"buttons\">");
    survey_page_button(page, "summary-skip", "plain", N_("Go on without these answers"));
    HTML(html, "</p></section>");
}

static void write_questions(const struct survey_page *page)
{
    struct html *html = page->html;
    const struct language *language = page->language;
    HTML(html, "<form id=\"survey\" novalidate=\"novalidate\" autocomplete=\"off\" hidden=\"hidden\">"
               "<p id=\"storage-note\" class=\"problem\" role=\"status\" hidden=\"hidden\">");
    survey_page_text(
        page, N_("Your browser cannot keep a draft: its storage is switched off or full. Please leave this window open "
                 "until you have sent your answers."));
    HTML(html, "</p><div class=\"progress\"><p id=\"progress\" aria-live=\"polite\"></p>"
               "<progress id=\"progress-bar\" aria-labelledby=\"progress\"></progress></div>");
    write_summary(page);
    HTML(html, "<div id=\"questions\"");
    if (strcmp(language_code(language), page->form_language) != 0) {
        HTML_ATTR(html, "lang", page->form_language);
        HTML_ATTR(html, "dir", language_direction(page->form_language));
    }
    /* As text: a slow phone shows the start before it has built some hundred fields. The client lays them out. */
    HTML(html, "><script type=\"text/html\">");
    form_render_pages(page->form, page->form_language, language, html);
    HTML(html,
         "</script></div><p id=\"notice\" class=\"fault\" role=\"status\"></p><div class=\"steps\"><button type=\"button\" "
         "class=\"plain\" id=\"back\">");
    survey_page_text(page, N_("Back"));
    HTML(html, "</button><button type=\"submit\" id=\"next\">");
    survey_page_text(page, N_("Next"));
    HTML(html, "</button><button type=\"button\" class=\"plain\" id=\"to-review\" hidden=\"hidden\">");
    survey_page_text(page, N_("To the overview"));
    HTML(html, "</button></div><p class=\"hint\">");
    survey_page_text(page, N_("You can skip every question. Nothing is sent before you press “Send” at the end."));
    HTML(html, "</p><p class=\"ways\">");
    write_side(page);
    HTML(html, "</p></form>");
}

static void write_review(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<section id=\"review\" hidden=\"hidden\"><h2 id=\"review-title\" tabindex=\"-1\">");
    survey_page_text(page, N_("Your answers"));
    HTML(html, "</h2><p id=\"review-count\"></p><div id=\"review-list\"></div><div class=\"steps\">"
               "<button type=\"button\" class=\"plain\" id=\"review-back\">");
    survey_page_text(page, N_("Back"));
    HTML(html, "</button><button type=\"button\" id=\"send\">");
    survey_page_text(page, N_("Send"));
    HTML(html, "</button></div><p class=\"hint\">");
    survey_page_text(page,
                     N_("Your answers are sealed on this device and then sent. Until the survey closes you can change "
                        "or withdraw them with your code and the recovery code."));
    HTML(html, "</p><p class=\"ways\">");
    write_side(page);
    HTML(html, "</p></section>");
}

/* --- handlers --- */

/* Texts of the form in a language it has; the fixed texts may be in another. */
static const char *choose_language(const struct request *request, const struct form *form)
{
    const char *wish = request_field(request, "lang");
    for (size_t i = 0; wish != NULL && i < form->language_count; i++)
        if (strcmp(form->languages[i], wish) == 0)
            return form->languages[i];
    return language_code(request->language);
}

static void write_shut(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<section class=\"notice\"><h2>");
    survey_page_text(page, page->over ? N_("This survey is closed") : N_("This survey is not open yet"));
    HTML(html, "</h2><p>");
    if (page->over) {
        survey_page_text(page, N_("Answers can no longer be sent. Thank you for your interest."));
        if (!page->kiosk) {
            HTML(html, " ");
            survey_page_link(page, "receipt", N_("Check a receipt"));
        }
        HTML(html, "</p><p id=\"closed-dropped\" role=\"status\" hidden=\"hidden\">");
        survey_page_text(page, N_("What this device had kept of the survey was deleted just now."));
    } else {
        survey_page_text(page, N_("Please come back later with the same code."));
    }
    HTML(html, "</p></section>");
}

static void write_survey(struct service *service, const struct request *request, const struct survey_page *page)
{
    struct arena *arena = request->arena;
    const char *council = survey_page_fact(service, arena, "staff_council");
    const struct placeholder placeholders[] = {
        { "date", survey_page_fact(service, arena, "results_date") },
        { "complaints_office", survey_page_fact(service, arena, "complaints_office") },
        { "staff_council", council != NULL ? council : tr(page->language, N_("see the intranet")) },
        { "equality_office", survey_page_fact(service, arena, "equality_office") },
    };
    struct privacy privacy;
    service_lock(service);
    privacy_read(service->store, page->manifest, page->form, &privacy);
    service_unlock(service);
    survey_page_problem(page);
    survey_page_start(page, &privacy);
    write_questions(page);
    write_review(page);
    survey_page_end(page, placeholders, COUNT(placeholders));
    survey_page_texts(page);
}

/* What the bytes of the page depend on: manifest (and with it form and units), state, languages, and the database as the
 * command line left it (facts). "" when this request cannot have a kept page. */
static void name_page(const struct service *service, const struct request *request, const struct survey_page *page,
                      enum wave_state state, int64_t version, char name[PAGE_KEY_ROOM])
{
    char printed[48];
    bool gzip = request->accept_encoding != NULL && strstr(request->accept_encoding, "gzip") != NULL;
    name[0] = '\0';
    if (service->waves == NULL || !gzip || request->session != NULL)
        return;
    manifest_print(page->manifest, printed);
    /* kiosk: a closed wave looks different there */
    snprintf(name, PAGE_KEY_ROOM, "%s %s %s %d %s %s %d %lld", page->manifest->wave, printed, page->kind,
             (int)page->kiosk, language_code(page->language), page->form_language, (int)state, (long long)version);
}

/* Compresses the page that was just written, for this answer and the next ones. */
static void keep_page(struct service *service, const char *name, struct response *response)
{
    struct buf *page = &response->page.out;
    struct buf small;
    buf_init(&small, page->limit);
    if (!page->failed && reply_gzip(page->bytes, page->length, 9, &small)) {
        wave_cache_keep_page(service->waves, name, &small);
        buf_clear(page);
        buf_add(page, small.bytes, small.length);
        response->packed = true;
    }
    buf_free(&small);
}

static enum status show(struct service *service, const struct request *request, const char *kind,
                        struct response *response, struct fail *fail)
{
    struct wave wave = { 0 };
    const struct frozen *frozen = NULL;
    int64_t version = 0;
    service_lock(service);
    enum status status = store_wave_find(service->store, request->parts[0], &wave, fail);
    if (status == STATUS_OK)
        status = store_version(service->store, &version, fail);
    service_unlock(service);
    if (status == STATUS_OK && wave.state == WAVE_NEW)
        status = FAIL(fail, STATUS_MISSING, "this survey is still being prepared");
    if (status == STATUS_OK)
        status = survey_page_wave(service, request, &frozen, fail);
    if (status != STATUS_OK)
        return status;
    struct survey_page page = {
        .language = request->language,
        .form_language = choose_language(request, frozen->form),
        .form = frozen->form,
        .manifest = &frozen->manifest,
        .kind = wave.state != WAVE_OPEN ? "closed" : kind,
        .kiosk = strcmp(kind, "survey") != 0,
        .over = wave.state == WAVE_CLOSED || wave.state == WAVE_COUNTED,
        .html = &response->page,
    };
    char name[PAGE_KEY_ROOM];
    response->connect_to = frozen->manifest.collector;
    name_page(service, request, &page, wave.state, version, name);
    if (name[0] != '\0' && wave_cache_page(service->waves, name, &response->page.out)) {
        response->packed = true;
        return STATUS_OK;
    }
    page.city = survey_page_fact(service, request->arena, "city");
    page.demo = survey_page_fact(service, request->arena, "demo");
    survey_page_open(&page, form_text(page.form, &page.form->title, page.form_language));
    if (wave.state != WAVE_OPEN)
        write_shut(&page);
    else if (strcmp(kind, "entry") == 0)
        survey_page_entry(&page, request->arena);
    else
        write_survey(service, request, &page);
    survey_page_close(&page);
    if (name[0] != '\0')
        keep_page(service, name, response);
    return STATUS_OK;
}

enum status page_survey(struct service *service, const struct request *request, struct response *response,
                        struct fail *fail)
{
    return show(service, request, "survey", response, fail);
}

enum status page_kiosk(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    return show(service, request, "kiosk", response, fail);
}

/* Anybody may open it, like the kiosk: what counts a sheet is the card, and whoever holds a card may use it anywhere.
 * A login would tell the server who types and when, and would protect nothing. */
enum status page_entry(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    return show(service, request, "entry", response, fail);
}

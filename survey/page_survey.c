/* Start page, questionnaire, review and receipt of a wave: one document, so that taking part needs few requests and the
 * server cannot see how far a person got. */
#include "survey/page_survey.h"

#include <stdio.h>
#include <string.h>

#include "forms/render.h"

static void write_text(struct html *html, const struct language *language, const char *text)
{
    html_text(html, tr(language, text));
}

/* --- start --- */

static void write_check(struct html *html, const struct language *language)
{
    HTML(html, "<div id=\"check\" class=\"check\" hidden=\"hidden\"><h3>");
    write_text(html, language, N_("Check code of this survey"));
    HTML(html, "</h3><p><code id=\"check-code\"></code></p><p>");
    write_text(html, language, N_("The same characters must stand on the notice board of the staff council."));
    HTML(html, "</p></div>");
}

static void write_compare(struct html *html, const struct language *language)
{
    HTML(html, "<div id=\"compare\" class=\"panel\" tabindex=\"-1\" role=\"group\" aria-labelledby=\"compare-title\" "
               "hidden=\"hidden\"><h3 id=\"compare-title\">");
    write_text(html, language, N_("Please compare the check code"));
    HTML(html, "</h3><p>");
    write_text(html, language,
               N_("You typed the code yourself, so your browser cannot compare it for you. Are the "
                  "characters above the same as on the notice board?"));
    HTML(html, "</p><p class=\"buttons\"><button type=\"button\" id=\"compare-yes\">");
    write_text(html, language, N_("Yes, they are the same"));
    HTML(html, "</button> <button type=\"button\" class=\"plain\" id=\"compare-no\">");
    write_text(html, language, N_("No"));
    HTML(html, "</button></p></div>");
}

static void write_join(struct html *html, const struct language *language)
{
    HTML(html,
         "<form id=\"join\" class=\"panel\" novalidate=\"novalidate\" autocomplete=\"off\" hidden=\"hidden\"><h2>");
    write_text(html, language, N_("Take part"));
    HTML(html, "</h2><label for=\"code\">");
    write_text(html, language, N_("Your code"));
    HTML(html, "</label><input id=\"code\" type=\"text\" autocapitalize=\"characters\" spellcheck=\"false\" "
               "autocomplete=\"off\" maxlength=\"60\" aria-describedby=\"code-fault code-hint\"/>"
               "<p id=\"code-fault\" class=\"fault\" aria-live=\"polite\"></p><p id=\"code-hint\" class=\"hint\">");
    write_text(html, language, N_("It stands in your letter and works once."));
    HTML(html, "</p><div class=\"option\"><input type=\"checkbox\" id=\"keep\" aria-describedby=\"keep-hint\"/>"
               "<label for=\"keep\">");
    write_text(html, language, N_("This is my own device: keep a draft here"));
    HTML(html, "</label></div><p id=\"keep-hint\" class=\"hint\">");
    write_text(html, language,
               N_("Otherwise keep this window open until you have sent your answers: they exist "
                  "nowhere else, and your code cannot be used a second time."));
    HTML(html, "</p>");
    write_check(html, language);
    HTML(html, "<p class=\"buttons\"><button type=\"submit\" id=\"join-go\">");
    write_text(html, language, N_("Begin"));
    HTML(html, "</button></p></form>");
}

static void write_resume(struct html *html, const struct language *language)
{
    HTML(html, "<div id=\"resume\" class=\"panel\" hidden=\"hidden\"><h2>");
    write_text(html, language, N_("There is a draft on this device"));
    HTML(html, "</h2><p>");
    write_text(html, language, N_("You began to answer and can go on where you stopped."));
    HTML(html, "</p><p class=\"buttons\"><button type=\"button\" id=\"resume-go\">");
    write_text(html, language, N_("Go on"));
    HTML(html, "</button> <button type=\"button\" class=\"plain\" id=\"resume-drop\">");
    write_text(html, language, N_("Delete the draft"));
    HTML(html, "</button></p></div>");
}

static void write_notice(const struct survey_page *page, const char *id)
{
    const struct notice *notice = form_notice(page->form, id);
    if (notice != NULL)
        form_render_notice(page->form, notice, page->form_language, NULL, 0, page->html);
}

static void write_start(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<section id=\"start\"><div class=\"about\">");
    write_notice(page, "welcome");
    survey_page_privacy(page);
    write_notice(page, "terms");
    HTML(html, "</div><div class=\"entry\"><noscript><p class=\"panel\">");
    write_text(html, page->language,
               N_("This page needs JavaScript, because your own device seals the answers. Without JavaScript, please "
                  "ask the staff council for a card or the questionnaire on paper."));
    HTML(html, "</p></noscript>");
    write_resume(html, page->language);
    write_join(html, page->language);
    write_compare(html, page->language);
    HTML(html, "</div></section>");
}

/* --- questions, review, receipt --- */

static void write_discard(const struct survey_page *page)
{
    HTML(page->html, "<button type=\"button\" class=\"link discard\">");
    write_text(page->html, page->language, N_("Delete everything"));
    HTML(page->html, "</button>");
}

static void write_questions(const struct survey_page *page)
{
    struct html *html = page->html;
    const struct language *language = page->language;
    HTML(html, "<form id=\"survey\" novalidate=\"novalidate\" autocomplete=\"off\" hidden=\"hidden\">"
               "<div class=\"progress\"><p id=\"progress\" aria-live=\"polite\"></p>"
               "<progress id=\"progress-bar\" aria-labelledby=\"progress\"></progress></div><div");
    if (strcmp(language_code(language), page->form_language) != 0)
        HTML_ATTR(html, "lang", page->form_language);
    HTML(html, ">");
    form_render_pages(page->form, page->form_language, language, html);
    HTML(html,
         "</div><p id=\"notice\" class=\"fault\" role=\"status\"></p><div class=\"steps\"><button type=\"button\" "
         "class=\"plain\" id=\"back\">");
    write_text(html, language, N_("Back"));
    HTML(html, "</button><button type=\"submit\" id=\"next\">");
    write_text(html, language, N_("Next"));
    HTML(html, "</button><button type=\"button\" class=\"plain\" id=\"to-review\" hidden=\"hidden\">");
    write_text(html, language, N_("To the overview"));
    HTML(html, "</button></div><p class=\"hint\">");
    write_text(html, language, N_("You can skip every question. Nothing is sent before you press “Send” at the end."));
    HTML(html, " ");
    write_discard(page);
    HTML(html, "</p></form>");
}

static void write_review(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<section id=\"review\" hidden=\"hidden\"><h2 id=\"review-title\" tabindex=\"-1\">");
    write_text(html, page->language, N_("Your answers"));
    HTML(html, "</h2><p id=\"review-count\"></p><div id=\"review-list\"></div><div class=\"steps\">"
               "<button type=\"button\" class=\"plain\" id=\"review-back\">");
    write_text(html, page->language, N_("Back"));
    HTML(html, "</button><button type=\"button\" id=\"send\">");
    write_text(html, page->language, N_("Send"));
    HTML(html, "</button></div><p class=\"hint\">");
    write_text(html, page->language,
               N_("Your answers are sealed on this device and then sent. After that nobody can "
                  "find or change them."));
    HTML(html, " ");
    write_discard(page);
    HTML(html, "</p></section>");
}

static void write_receipt(const struct survey_page *page, const struct placeholder placeholders[], size_t count)
{
    struct html *html = page->html;
    const struct language *language = page->language;
    HTML(html, "<section id=\"receipt\" hidden=\"hidden\"><h2 id=\"receipt-title\" tabindex=\"-1\">");
    write_text(html, language, N_("Your questionnaire has arrived"));
    HTML(html, "</h2><div class=\"panel\"><h3>");
    write_text(html, language, N_("Receipt"));
    HTML(html, "</h3><p><code id=\"receipt-code\"></code></p><p id=\"receipt-signed\"></p><p class=\"buttons\">"
               "<button type=\"button\" id=\"receipt-copy\">");
    write_text(html, language, N_("Copy"));
    HTML(html, "</button> <button type=\"button\" class=\"plain\" id=\"receipt-print\">");
    write_text(html, language, N_("Print"));
    HTML(html, "</button></p><p id=\"receipt-status\" role=\"status\"></p><p>");
    write_text(html, language,
               N_("After the count you can see with it that your questionnaire was counted. It does not "
                  "tell what you answered."));
    HTML(html, " <a href=\"receipt\">");
    write_text(html, language, N_("Check a receipt"));
    HTML(html, "</a></p></div>");
    const struct notice *closing = form_notice(page->form, "closing");
    if (closing != NULL)
        form_render_notice(page->form, closing, page->form_language, placeholders, count, html);
    HTML(html, "<p>");
    write_text(html, language, N_("Your answers are no longer on this page. You can close the window."));
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

static void write_shut(const struct survey_page *page, enum wave_state state)
{
    struct html *html = page->html;
    bool over = state == WAVE_CLOSED || state == WAVE_COUNTED;
    HTML(html, "<section class=\"notice\"><h2>");
    write_text(html, page->language, over ? N_("This survey is closed") : N_("This survey is not open yet"));
    HTML(html, "</h2><p>");
    if (over) {
        write_text(html, page->language, N_("Answers can no longer be sent. Thank you for your interest."));
        HTML(html, " <a href=\"receipt\">");
        write_text(html, page->language, N_("Check a receipt"));
        HTML(html, "</a>");
    } else {
        write_text(html, page->language, N_("Please come back later with the same code."));
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
    survey_page_problem(page);
    write_start(page);
    write_questions(page);
    write_review(page);
    write_receipt(page, placeholders, COUNT(placeholders));
    survey_page_texts(page);
}

enum status page_survey(struct service *service, const struct request *request, struct response *response,
                        struct fail *fail)
{
    struct wave wave = { 0 };
    struct manifest *manifest = NULL;
    const struct form *form = NULL;
    service_lock(service);
    enum status status = store_wave_find(service->store, request->parts[0], &wave, fail);
    service_unlock(service);
    if (status == STATUS_OK && wave.state == WAVE_NEW)
        status = FAIL(fail, STATUS_MISSING, "this survey is still being prepared");
    if (status == STATUS_OK)
        status = survey_page_manifest(service, request, &manifest, fail);
    if (status == STATUS_OK)
        status = wave_form(request->arena, service->dir, wave.name, &form, fail);
    if (status != STATUS_OK)
        return status;
    struct survey_page page = {
        .language = request->language,
        .form_language = choose_language(request, form),
        .form = form,
        .manifest = manifest,
        .city = survey_page_fact(service, request->arena, "city"),
        .demo = survey_page_fact(service, request->arena, "demo"),
        .kind = wave.state == WAVE_OPEN ? "survey" : "closed",
        .html = &response->page,
    };
    survey_page_open(&page, form_text(form, &form->title, page.form_language));
    if (wave.state == WAVE_OPEN)
        write_survey(service, request, &page);
    else
        write_shut(&page, wave.state);
    survey_page_close(&page);
    response->connect_to = manifest->collector;
    return STATUS_OK;
}

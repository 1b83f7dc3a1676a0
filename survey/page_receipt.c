/* The small pages beside the questionnaire: check of a receipt, list of open waves, style sheet and script. */
#include <stdio.h>

#include "survey/page_survey.h"

static void write_text(struct html *html, const struct language *language, const char *text)
{
    html_text(html, tr(language, text));
}

enum status page_receipt(struct service *service, const struct request *request, struct response *response,
                         struct fail *fail)
{
    struct manifest *manifest = NULL;
    enum status status = survey_page_manifest(service, request, &manifest, fail);
    if (status != STATUS_OK)
        return status;
    const struct language *language = request->language;
    struct html *html = &response->page;
    struct survey_page page = {
        .language = language,
        .form_language = language_code(language),
        .manifest = manifest,
        .city = survey_page_fact(service, request->arena, "city"),
        .demo = survey_page_fact(service, request->arena, "demo"),
        .kind = "receipt",
        .html = html,
    };
    survey_page_open(&page, tr(language, N_("Check a receipt")));
    survey_page_problem(&page);
    HTML(html, "<section class=\"notice\"><h2>");
    write_text(html, language, N_("Was my questionnaire counted?"));
    HTML(html, "</h2><p>");
    write_text(html, language,
               N_("Your browser fetches the whole published list and looks for your receipt itself. "
                  "Nobody learns which receipt you looked for."));
    HTML(html, "</p><noscript><p>");
    write_text(html, language, N_("Without JavaScript you can download the list and search it yourself:"));
    HTML(html, " <a href=\"leaves.txt\">leaves.txt</a></p></noscript>"
               "<form id=\"receipt-form\" class=\"panel\" novalidate=\"novalidate\" autocomplete=\"off\" "
               "hidden=\"hidden\"><label for=\"receipt-input\">");
    write_text(html, language, N_("Your receipt (64 characters)"));
    HTML(html, "</label><textarea id=\"receipt-input\" rows=\"3\" spellcheck=\"false\" autocomplete=\"off\"></textarea>"
               "<p class=\"buttons\"><button type=\"submit\" id=\"receipt-go\">");
    write_text(html, language, N_("Look it up"));
    HTML(html, "</button></p><div id=\"receipt-result\" role=\"status\"></div></form></section>");
    survey_page_texts(&page);
    survey_page_close(&page);
    return STATUS_OK;
}

enum status page_waves(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    const struct wave *waves = NULL;
    size_t count = 0, shown = 0;
    service_lock(service);
    enum status status = store_waves(service->store, request->arena, &waves, &count, fail);
    service_unlock(service);
    if (status != STATUS_OK)
        return status;
    const struct language *language = request->language;
    struct html *html = &response->page;
    struct survey_page page = {
        .language = language,
        .form_language = language_code(language),
        .city = survey_page_fact(service, request->arena, "city"),
        .demo = survey_page_fact(service, request->arena, "demo"),
        .kind = "waves",
        .html = html,
    };
    survey_page_open(&page, tr(language, N_("Staff survey")));
    HTML(html, "<section class=\"notice\"><h2>");
    write_text(html, language, N_("Open surveys"));
    HTML(html, "</h2><ul class=\"waves\">");
    for (size_t i = 0; i < count; i++) {
        if (waves[i].state != WAVE_OPEN || waves[i].rehearsal)
            continue;
        shown++;
        HTML(html, "<li><a href=\"/w/");
        html_text(html, waves[i].name);
        HTML(html, "/\">");
        html_text(html, waves[i].name);
        HTML(html, "</a></li>");
    }
    HTML(html, "</ul>");
    if (shown == 0) {
        HTML(html, "<p>");
        write_text(html, language, N_("No survey is open at the moment."));
        HTML(html, "</p>");
    }
    HTML(html, "</section>");
    survey_page_close(&page);
    return STATUS_OK;
}

enum status page_asset(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    (void)service; /* files are part of the program */
    char name[256];
    snprintf(name, sizeof name, "survey/assets/%s", request->parts[0]);
    response->asset = asset_find(name);
    response->cache = true;
    if (response->asset == NULL)
        return FAIL(fail, STATUS_MISSING, "there is no file of this name");
    return STATUS_OK;
}

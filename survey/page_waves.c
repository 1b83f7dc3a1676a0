/* The small pages beside the questionnaire: list of open waves, style sheet and script. */
#include <stdio.h>

#include "survey/page_survey.h"

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
    survey_page_text(&page, N_("Open surveys"));
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
        survey_page_text(&page, N_("No survey is open at the moment."));
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

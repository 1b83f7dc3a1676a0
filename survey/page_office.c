/* Frame of the office's pages and the dashboard. Plain HTML without scripts; every page has a skip link, landmarks and
 * one h1. Not responsible for who may see what (routes.c) or for figures (page_office_results.c). */
#include <stdio.h>
#include <string.h>

#include "survey/office.h"

struct tab {
    const char *path, *title;
    unsigned roles;
};

static const struct tab tabs[] = {
    { "/", N_("Overview"), ROLE_ADMIN | ROLE_ANALYST | ROLE_COUNCIL },
    { "/results", N_("Results"), ROLE_ADMIN | ROLE_ANALYST | ROLE_COUNCIL },
    { "/texts", N_("Texts"), ROLE_ADMIN | ROLE_ANALYST },
    { "/imports", N_("Imports"), ROLE_ADMIN | ROLE_ANALYST },
    { "/forms", N_("Questionnaires"), ROLE_ADMIN | ROLE_ANALYST | ROLE_COUNCIL },
    { "/package", N_("Staff council"), ROLE_ADMIN | ROLE_COUNCIL },
    { "/cards", N_("Cards"), ROLE_ADMIN | ROLE_COUNCIL },
    { "/users", N_("Accounts"), ROLE_ADMIN },
    { "/audit", N_("Audit log"), ROLE_ADMIN | ROLE_COUNCIL },
};

void office_text(struct response *response, const struct request *request, const char *text)
{
    html_text(&response->page, tr(request->language, text));
}

void office_hidden(struct response *response, const char *name, const char *value)
{
    HTML(&response->page, "<input type=\"hidden\"");
    HTML_ATTR(&response->page, "name", name);
    HTML_ATTR(&response->page, "value", value);
    HTML(&response->page, "/>");
}

void office_csrf(struct response *response, const struct request *request)
{
    office_hidden(response, "csrf", request->csrf == NULL ? "" : request->csrf);
}

void office_checkbox(struct response *response, const char *name, const char *value, const char *label, bool checked)
{
    struct html *page = &response->page;
    HTML(page, "<label class=\"check\"><input type=\"checkbox\"");
    HTML_ATTR(page, "name", name);
    HTML_ATTR(page, "value", value);
    if (checked)
        HTML(page, " checked=\"checked\"");
    HTML(page, "/> ");
    html_text(page, label);
    HTML(page, "</label> ");
}

void office_upload_open(struct response *response, const struct request *request, const char *action, const char *id,
                        const char *title)
{
    struct html *page = &response->page;
    HTML(page, "<form class=\"panel\" method=\"post\" enctype=\"multipart/form-data\"");
    HTML_ATTR(page, "action", action);
    HTML_ATTR(page, "aria-labelledby", id);
    HTML(page, "><h2");
    HTML_ATTR(page, "id", id);
    HTML(page, ">");
    office_text(response, request, title);
    HTML(page, "</h2>");
    office_csrf(response, request);
}

void office_upload_close(struct response *response, const struct request *request, bool only_check)
{
    struct html *page = &response->page;
    HTML(page, "<p>");
    office_checkbox(response, "dry_run", "1", tr(request->language, N_("Only check, store nothing")), only_check);
    HTML(page, "</p><p><button type=\"submit\">");
    office_text(response, request, N_("Send"));
    HTML(page, "</button></p></form>");
}

void office_head(struct response *response, const struct request *request, const char *text)
{
    HTML(&response->page, "<th scope=\"col\">");
    office_text(response, request, text);
    HTML(&response->page, "</th>");
}

void office_cell(struct response *response, const char *text)
{
    HTML(&response->page, "<td>");
    html_text(&response->page, text[0] == '\0' ? "–" : text);
    HTML(&response->page, "</td>");
}

void office_table_open(struct response *response, const struct request *request, const char *id, const char *caption,
                       const char *const heads[], size_t count)
{
    struct html *page = &response->page;
    HTML(page, "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\"");
    HTML_ATTR(page, "aria-labelledby", id);
    HTML(page, "><table><caption");
    HTML_ATTR(page, "id", id);
    HTML(page, ">");
    office_text(response, request, caption);
    HTML(page, "</caption><thead><tr>");
    for (size_t i = 0; i < count; i++)
        office_head(response, request, heads[i]);
    HTML(page, "</tr></thead><tbody>");
}

void office_table_close(struct response *response)
{
    HTML(&response->page, "</tbody></table></div>");
}

void office_day(struct response *response, const struct request *request, const char *day)
{
    int parts[3] = { 0 };
    HTML(&response->page, "<td class=\"day\">");
    if (sscanf(day, "%4d-%2d-%2d", &parts[0], &parts[1], &parts[2]) == 3)
        buf_date(&response->page.out, request->language, parts[0], parts[1], parts[2]);
    else
        html_text(&response->page, day);
    HTML(&response->page, "</td>");
}

const char *office_state(enum wave_state state)
{
    switch (state) {
    case WAVE_NEW: return N_("being prepared");
    case WAVE_FROZEN: return N_("frozen, not open yet");
    case WAVE_OPEN: return N_("open");
    case WAVE_CLOSED: return N_("closed, not counted yet");
    case WAVE_COUNTED: return N_("counted");
    }
    return "";
}

static void write_navigation(const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    HTML(page, "<nav class=\"tabs\"");
    HTML_ATTR(page, "aria-label", tr(request->language, N_("Main navigation")));
    HTML(page, "><ul>");
    for (size_t i = 0; i < COUNT(tabs); i++) {
        if ((tabs[i].roles & request->roles) == 0)
            continue;
        HTML(page, "<li><a");
        HTML_ATTR(page, "href", tabs[i].path);
        if (strcmp(tabs[i].path, request->path) == 0)
            HTML(page, " aria-current=\"page\"");
        HTML(page, ">");
        office_text(response, request, tabs[i].title);
        HTML(page, "</a></li>");
    }
    HTML(page, "</ul></nav>");
}

static void write_user(const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    HTML(page, "<form class=\"user\" method=\"post\" action=\"/logout\"><span>");
    html_text(page, request->user);
    HTML(page, "</span> ");
    office_csrf(response, request);
    HTML(page, "<button type=\"submit\">");
    office_text(response, request, N_("Sign out"));
    HTML(page, "</button></form>");
}

void office_page_begin(struct service *service, const struct request *request, struct response *response,
                       const char *title)
{
    struct html *page = &response->page;
    char city[200] = "";
    (void)!store_fact(service->store, "city", city, sizeof city, NULL);
    if (request_field(request, "lang") != NULL && response->set_cookie == NULL) /* the choice lasts */
        response->set_cookie =
            arena_format(request->arena, "language=%s; SameSite=Lax; Path=/", language_code(request->language));
    HTML(page, "<!DOCTYPE html>\n<html");
    HTML_ATTR(page, "lang", language_code(request->language));
    HTML(page, "><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width, "
               "initial-scale=1\"/><title>");
    html_text(page, title);
    HTML(page, " – Querschnitt</title><link rel=\"stylesheet\" href=\"/assets/office.css\"/></head><body>"
               "<a class=\"skip\" href=\"#main\">");
    office_text(response, request, N_("Skip to the content"));
    HTML(page, "</a><header class=\"top\"><p class=\"brand\">Querschnitt");
    if (city[0] != '\0') {
        HTML(page, " <span>");
        html_text(page, city);
        HTML(page, "</span>");
    }
    HTML(page, "</p>");
    if (request->user != NULL) {
        write_user(request, response);
        write_navigation(request, response);
    }
    HTML(page, "</header><main id=\"main\" tabindex=\"-1\"><h1>");
    html_text(page, title);
    HTML(page, "</h1>");
}

void office_page_end(struct service *service, const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    char demo[8] = "";
    bool is_demo = store_fact(service->store, "demo", demo, sizeof demo, NULL) == STATUS_OK && strcmp(demo, "1") == 0;
    HTML(page, "</main><footer>");
    if (is_demo) {
        HTML(page, "<p class=\"demo\">");
        office_text(response, request, N_("Demo data: nothing here describes a real city."));
        HTML(page, "</p>");
    }
    HTML(page, "<p");
    HTML_ATTR(page, "aria-label", tr(request->language, N_("Language")));
    HTML(page, ">");
    for (const struct language *language = language_staff_next(NULL); language != NULL;
         language = language_staff_next(language)) {
        const char *code = language_code(language);
        HTML(page, "<a");
        char address[300];
        const char *wave = request_field(request, "wave");
        snprintf(address, sizeof address, "%.100s?lang=%s%s%.64s", request->path, code,
                 wave == NULL ? "" : "&wave=", wave == NULL ? "" : wave);
        HTML_ATTR(page, "href", address);
        HTML_ATTR(page, "lang", code);
        HTML_ATTR(page, "hreflang", code);
        HTML(page, ">");
        html_text(page, language_name(language));
        HTML(page, "</a> ");
    }
    HTML(page, "</p></footer></body></html>\n");
}

/* A figure that moves with each person would tell who watches it that somebody takes part just now. So while a wave is open
 * it moves in steps of five points, and a wave of a handful has none. */
static void write_live(const struct request *request, struct response *response, uint64_t invited, uint64_t drawn)
{
    enum { STEP = 5, LEAST = 10, MOST = 95, PEOPLE_MIN = 100 };
    struct buf *out = &response->page.out;
    unsigned percent = invited == 0 ? 0 : (unsigned)(100 * drawn / invited) / STEP * STEP;
    if (invited < PEOPLE_MIN) {
        office_text(response, request, N_("after closing"));
        return;
    }
    office_text(response, request, percent < LEAST ? N_("below") : N_("at least"));
    HTML(&response->page, " ");
    buf_percent(out, request->language, percent < LEAST ? LEAST : percent > MOST ? MOST : percent, 0);
}

/* While a wave is open only the whole city's figure is shown: departments would be watched day by day. */
static enum status write_response(struct service *service, const struct request *request, struct response *response,
                                  const struct wave *wave, struct fail *fail)
{
    const struct unit *units = NULL;
    const struct participation *rows = NULL;
    size_t unit_count = 0;
    size_t count = 0;
    uint64_t invited = 0;
    uint64_t drawn = 0;
    enum status status = store_unit_list(service->store, request->arena, &units, &unit_count, fail);
    if (status == STATUS_OK)
        status = store_participation(service->store, request->arena, wave->id, units, unit_count, &rows, &count, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        invited += rows[i].invited;
        drawn += rows[i].drawn;
    }
    struct buf *out = &response->page.out;
    HTML(&response->page, "<td class=\"numeric\">");
    buf_number(out, request->language, (double)invited, 0);
    HTML(&response->page, "</td><td class=\"numeric\">");
    if (wave->state == WAVE_OPEN)
        write_live(request, response, invited, drawn);
    else if (invited > 0)
        buf_percent(out, request->language, 100.0 * (double)drawn / (double)invited, 0);
    else
        HTML(&response->page, "–");
    HTML(&response->page, "</td>");
    return STATUS_OK;
}

static enum status write_wave(struct service *service, const struct request *request, struct response *response,
                              const struct wave *wave, struct fail *fail)
{
    struct html *page = &response->page;
    HTML(page, "<tr><th scope=\"row\">");
    html_text(page, wave->name);
    HTML(page, "</th>");
    office_cell(response, tr(request->language, office_state(wave->state)));
    enum status status = write_response(service, request, response, wave, fail);
    office_day(response, request, wave->closes);
    HTML(page, "<td>");
    if (wave->state == WAVE_COUNTED) {
        HTML(page, "<a href=\"/results?wave=");
        html_text(page, wave->name);
        HTML(page, "\">");
        office_text(response, request, N_("Results"));
        HTML(page, " ");
        html_text(page, wave->name);
        HTML(page, "</a>");
    } else {
        HTML(page, "–");
    }
    HTML(page, "</td></tr>");
    return status;
}

enum status page_dashboard(struct service *service, const struct request *request, struct response *response,
                           struct fail *fail)
{
    const struct wave *waves = NULL;
    size_t count = 0;
    size_t shown = 0;
    struct html *page = &response->page;
    enum status status = store_waves(service->store, request->arena, &waves, &count, fail);
    office_page_begin(service, request, response, tr(request->language, N_("Overview")));
    HTML(page, "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"waves\"><table>"
               "<caption id=\"waves\">");
    office_text(response, request, N_("Survey waves"));
    HTML(page, "</caption><thead><tr>");
    static const char *const heads[] = { N_("Wave"),      N_("State"),  N_("Invited"),
                                         N_("Took part"), N_("Closes"), N_("Figures") };
    for (size_t i = 0; i < COUNT(heads); i++) {
        if (i == 2 || i == 3) {
            HTML(page, "<th scope=\"col\" class=\"numeric\">");
            office_text(response, request, heads[i]);
            HTML(page, "</th>");
        } else {
            office_head(response, request, heads[i]);
        }
    }
    HTML(page, "</tr></thead><tbody>");
    for (size_t i = count; i > 0 && status == STATUS_OK; i--)
        if (!waves[i - 1].rehearsal) {
            shown++;
            status = write_wave(service, request, response, &waves[i - 1], fail);
        }
    if (shown == 0) {
        HTML(page, "<tr><td colspan=\"6\">");
        office_text(response, request, N_("There is no wave yet. querschnitt wave freeze begins one."));
        HTML(page, "</td></tr>");
    }
    HTML(page, "</tbody></table></div><p class=\"note\">");
    office_text(response, request,
                N_("Who has taken part is known only as a number for the whole city while a wave is open. "
                   "What anybody answered is known to nobody until the count, and without a name "
                   "afterwards."));
    HTML(page, "</p>");
    office_page_end(service, request, response);
    return status;
}

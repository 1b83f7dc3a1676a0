/* What every page a respondent sees has in common: head, header with the languages, footer, the place for problems, and
 * the facts it is written from. */
#include <string.h>

#include "survey/page_survey.h"

enum { MANIFEST_BYTES_MAX = 16 * 1024, FACT_ROOM = 256 };

void survey_page_text(const struct survey_page *page, const char *text)
{
    html_text(page->html, tr(page->language, text));
}

void survey_page_button(const struct survey_page *page, const char *id, const char *style, const char *text)
{
    HTML(page->html, "<button type=\"button\"");
    HTML_ATTR(page->html, "id", id);
    if (style != NULL)
        HTML_ATTR(page->html, "class", style);
    HTML(page->html, ">");
    survey_page_text(page, text);
    HTML(page->html, "</button> ");
}

/* Own name of a language of the interface; its code for one that only the questionnaire speaks. */
static const char *own_name(const char *code)
{
    const struct language *language = language_exact(code);
    return language == NULL ? code : language_name(language);
}

/* A translation that only its authors have read says so, and leads to the text it was made from. */
static void write_draft(const struct survey_page *page)
{
    struct html *html = page->html;
    const bool drafted = page->form != NULL ? form_language_draft(page->form, page->form_language) : false;
    const char *original = page->form != NULL ? page->form->languages[0] : language_code(language_default);
    if ((!drafted && (page->language == NULL || !page->language->draft)) || strcmp(original, page->form_language) == 0)
        return;
    HTML(html, "<p class=\"draft\" id=\"draft\">");
    html_text(html, tr(page->language, N_("This translation is a draft: no native speaker has checked it yet.")));
    HTML(html, " <a");
    HTML_ATTR(html, "lang", original);
    HTML_ATTR(html, "dir", language_direction(original));
    HTML_ATTR(html, "hreflang", original);
    HTML(html, " href=\"?lang=");
    html_text(html, original);
    HTML(html, "\">");
    html_text(html, own_name(original));
    HTML(html, "</a></p>");
}

void survey_page_open(const struct survey_page *page, const char *title)
{
    struct html *html = page->html;
    HTML(html, "<!DOCTYPE html>\n<html");
    HTML_ATTR(html, "lang", language_code(page->language));
    HTML_ATTR(html, "dir", language_direction(language_code(page->language)));
    HTML(html,
         "><head><meta charset=\"utf-8\"/>"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
         "<meta name=\"robots\" content=\"noindex\"/><meta name=\"color-scheme\" content=\"light dark\"/><title>");
    html_text(html, title);
    HTML(html, "</title><link rel=\"icon\" href=\"data:,\"/><link rel=\"stylesheet\" href=\"/assets/survey.css\"/>");
    if (strcmp(page->kind, "entry") == 0)
        HTML(html, "<link rel=\"stylesheet\" href=\"/assets/entry.css\"/>"
                   "<script type=\"module\" src=\"/assets/entry.js\"></script>"); /* which loads client.js */
    else if (page->manifest != NULL)
        HTML(html, "<script type=\"module\" src=\"/assets/client.js\"></script>");
    HTML(html, "</head><body");
    HTML_ATTR(html, "data-page", page->kind);
    if (page->manifest != NULL) {
        HTML_ATTR(html, "data-wave", page->manifest->wave);
        HTML_ATTR(html, "data-form", page->manifest->form);
        HTML_ATTR(html, "data-over", page->over ? "1" : "0");
    }
    HTML(html, "><a class=\"skip\" href=\"#main\">");
    html_text(html, tr(page->language, N_("Skip to the content")));
    HTML(html, "</a><header class=\"top\"><div class=\"brand\"><h1>");
    html_text(html, title);
    HTML(html, "</h1>");
    if (page->city != NULL && page->city[0] != '\0') {
        HTML(html, "<p>");
        html_text(html, page->city);
        HTML(html, "</p>");
    }
    HTML(html, "</div>");
    survey_page_languages(page);
    write_draft(page);
    if (page->demo != NULL) {
        HTML(html, "<p class=\"demo\">");
        html_text(html, tr(page->language, N_("Demo data: nothing here describes a real city.")));
        HTML(html, "</p>");
    }
    HTML(html, "</header><main id=\"main\">");
}

static void language_link(const struct survey_page *page, const char *code)
{
    struct html *html = page->html;
    bool here = strcmp(code, page->form_language) == 0;
    HTML(html, "<li>");
    if (here)
        HTML(html, "<strong");
    else
        HTML(html, "<a");
    HTML_ATTR(html, "lang", code);
    HTML_ATTR(html, "dir", language_direction(code));
    if (!here) {
        HTML_ATTR(html, "hreflang", code);
        buf_add_string(&html->out, " href=\"?lang=");
        html_text(html, code);
        HTML(html, "\"");
    }
    HTML(html, ">");
    html_text(html, own_name(code));
    if (here)
        HTML(html, "</strong></li>");
    else
        HTML(html, "</a></li>");
}

void survey_page_link(const struct survey_page *page, const char *to, const char *text)
{
    HTML(page->html, "<a href=\"");
    html_text(page->html, to);
    HTML(page->html, "?lang=");
    html_text(page->html, page->form_language);
    HTML(page->html, "\">");
    html_text(page->html, tr(page->language, text));
    HTML(page->html, "</a>");
}

void survey_page_languages(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "<nav id=\"languages\"");
    HTML_ATTR(html, "aria-label", tr(page->language, N_("Language")));
    HTML(html, "><ul>");
    if (page->form != NULL) {
        for (size_t i = 0; i < page->form->language_count; i++)
            language_link(page, page->form->languages[i]);
    } else {
        language_link(page, language_code(language_default));
        for (size_t i = 0; languages[i] != NULL; i++)
            if (languages[i] != language_default)
                language_link(page, language_code(languages[i]));
    }
    HTML(html, "</ul></nav>");
}

void survey_page_close(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(html, "</main><footer class=\"bottom\"><p>");
    html_text(html, tr(page->language, N_("Made with Querschnitt, free software. This page sets no cookies and loads "
                                          "nothing from other places.")));
    HTML(html, "</p></footer></body></html>\n");
}

void survey_page_problem(const struct survey_page *page)
{
    struct html *html = page->html;
    HTML(
        html,
        "<div id=\"problem\" class=\"problem\" role=\"alert\" tabindex=\"-1\" hidden=\"hidden\">"
        "<p id=\"problem-text\"></p><p id=\"problem-ways\" class=\"buttons\"></p>"
        "<p id=\"problem-status\" role=\"status\"></p><button type=\"button\" id=\"problem-retry\" hidden=\"hidden\">");
    html_text(html, tr(page->language, N_("Try again")));
    HTML(html, "</button></div>");
}

const char *survey_page_fact(struct service *service, struct arena *arena, const char *name)
{
    char value[FACT_ROOM] = "";
    enum status status = STATUS_MISSING;
    if (service->store != NULL) {
        service_lock(service);
        status = store_fact(service->store, name, value, sizeof value, NULL);
        service_unlock(service);
    }
    return status == STATUS_OK && value[0] != '\0' ? arena_string(arena, value) : NULL;
}

enum status survey_page_wave(struct service *service, const struct request *request, const struct frozen **frozen,
                             struct fail *fail)
{
    struct fail reason = { 0 };
    enum status status =
        wave_cache_find(service->waves, request->arena, service->dir, request->parts[0], frozen, &reason);
    if (status == STATUS_MISSING) /* its sentence would show a path of the server */
        return FAIL(fail, status, "there is no survey of this name");
    return status == STATUS_OK ? status : FAIL(fail, status, "%s", reason.what);
}

enum status survey_page_manifest(struct service *service, const struct request *request, struct manifest **manifest,
                                 struct fail *fail)
{
    struct buf bytes;
    buf_init(&bytes, MANIFEST_BYTES_MAX);
    *manifest = ARENA_NEW(request->arena, struct manifest, 1);
    const char *path = arena_format(request->arena, "%s/waves/%s/manifest", service->dir, request->parts[0]);
    enum status status = STATUS_OK;
    if (*manifest == NULL || path == NULL)
        status = FAIL(fail, STATUS_MEMORY, "out of memory");
    if (status == STATUS_OK)
        status = buf_read_file(&bytes, path, NULL); /* its sentence would show a path of the server */
    if (status == STATUS_MISSING)
        (void)FAIL(fail, status, "there is no survey of this name");
    if (status == STATUS_OK)
        status = manifest_read(bytes.bytes, bytes.length, *manifest, fail);
    buf_free(&bytes);
    return status;
}

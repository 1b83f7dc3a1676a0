/* The frame of every page a respondent sees: head, header with the languages, footer. */
#include <string.h>

#include "survey/page_survey.h"

void survey_page_open(const struct survey_page *page, const char *title)
{
    struct html *html = page->html;
    HTML(html, "<!DOCTYPE html>\n<html");
    HTML_ATTR(html, "lang", language_code(page->language));
    HTML(html, "><head><meta charset=\"utf-8\"/>"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
               "<meta name=\"robots\" content=\"noindex\"/><meta name=\"color-scheme\" content=\"light dark\"/><title>");
    html_text(html, title);
    HTML(html, "</title><link rel=\"icon\" href=\"data:,\"/><link rel=\"stylesheet\" href=\"/assets/survey.css\"/>");
    if (page->manifest != NULL)
        HTML(html, "<script type=\"module\" src=\"/assets/client.js\"></script>");
    HTML(html, "</head><body");
    HTML_ATTR(html, "data-page", page->kind);
    if (page->manifest != NULL) {
        HTML_ATTR(html, "data-wave", page->manifest->wave);
        HTML_ATTR(html, "data-form", page->manifest->form);
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
    HTML(html, "</header><main id=\"main\">");
}

/* Own name of a language of the interface; its code for one that only the questionnaire speaks. */
static const char *own_name(const char *code)
{
    for (size_t i = 0; languages[i] != NULL; i++)
        if (strcmp(language_code(languages[i]), code) == 0)
            return language_name(languages[i]);
    return code;
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
        for (size_t i = 0; languages[i] != NULL; i++)
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

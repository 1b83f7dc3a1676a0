/* The preview of a questionnaire, language × width × way side by side, and the way to the sheets for interviews. What a
 * frame shows is page_form_frame.c. */
#include <stdio.h>
#include <string.h>

#include "survey/page_form.h"

enum { FRAMES_MAX = 12 };

static const unsigned widths[] = { 360, 768, 1280 };

/* A field may be given several times: language=de&language=ar. */
static bool wished(const struct request *request, const char *name, const char *value)
{
    for (size_t i = 0; i < request->field_count; i++)
        if (strcmp(request->fields[i].name, name) == 0 && strcmp(request->fields[i].value, value) == 0)
            return true;
    return false;
}

static void begin_choices(const struct request *request, struct response *response, const char *legend)
{
    HTML(&response->page, "<fieldset><legend>");
    office_text(response, request, legend);
    HTML(&response->page, "</legend>");
}

struct wishes {
    bool language[FORM_LANGUAGE_MAX], width[COUNT(widths)], path[PATH_MAX_KEPT];
};

/* Without a wish: the first language, on a phone and on a desk, on the longest way. */
static void read_wishes(const struct form_view *view, const struct request *request, struct wishes *wishes)
{
    char number[24];
    bool any = false;
    *wishes = (struct wishes){ 0 };
    for (size_t i = 0; i < view->form->language_count; i++)
        any = (wishes->language[i] = wished(request, "language", view->form->languages[i])) || any;
    wishes->language[0] = wishes->language[0] || !any;
    any = false;
    for (size_t i = 0; i < COUNT(widths); i++) {
        snprintf(number, sizeof number, "%u", widths[i]);
        any = (wishes->width[i] = wished(request, "width", number)) || any;
    }
    if (!any)
        wishes->width[0] = wishes->width[COUNT(widths) - 1] = true;
    any = false;
    for (size_t i = 0; i < view->paths->count; i++) {
        snprintf(number, sizeof number, "%zu", i + 1);
        any = (wishes->path[i] = wished(request, "path", number)) || any;
    }
    wishes->path[0] = wishes->path[0] || !any;
}

static void write_choices(const struct form_view *view, const struct wishes *wishes, const struct request *request,
                          struct response *response)
{
    struct html *page = &response->page;
    char number[24];
    HTML(page, "<form class=\"preview-choices\" method=\"get\" action=\"#preview\">");
    begin_choices(request, response, N_("Languages"));
    for (size_t i = 0; i < view->form->language_count; i++)
        office_checkbox(response, "language", view->form->languages[i], form_language_title(view->form->languages[i]),
                 wishes->language[i]);
    HTML(page, "</fieldset>");
    begin_choices(request, response, N_("Widths"));
    for (size_t i = 0; i < COUNT(widths); i++) {
        snprintf(number, sizeof number, "%u", widths[i]);
        office_checkbox(response, "width", number, number, wishes->width[i]);
    }
    HTML(page, "</fieldset>");
    begin_choices(request, response, N_("Ways"));
    for (size_t i = 0; i < view->paths->count; i++) {
        snprintf(number, sizeof number, "%zu", i + 1);
        office_checkbox(response, "path", number, number, wishes->path[i]);
    }
    HTML(page, "</fieldset><p><button type=\"submit\">");
    office_text(response, request, N_("Show"));
    HTML(page, "</button></p></form>");
}

static void write_frame(const struct form_view *view, size_t language, size_t width, size_t path,
                        const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    const char *code = view->form->languages[language];
    const char *title = arena_format(request->arena, tr(request->language, N_("%s, %u pixels wide, way %zu")),
                                     form_language_title(code), widths[width], path + 1);
    HTML(page, "<figure><figcaption>");
    html_text(page, title);
    buf_format(&page->out, "</figcaption><iframe loading=\"lazy\" class=\"width-%u\"", widths[width]);
    HTML_ATTR(page, "title", title);
    HTML_ATTR(page, "src",
              arena_format(request->arena, "/forms/%s/frame?language=%s&path=%zu", view->name, code, path + 1));
    HTML(page, "></iframe></figure>");
}

static void write_preview(const struct form_view *view, const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    struct wishes wishes;
    size_t count = 0;
    bool cut = false;
    read_wishes(view, request, &wishes);
    HTML(page, "<h2 id=\"preview\">");
    office_text(response, request, N_("Preview side by side"));
    HTML(page, "</h2>");
    write_choices(view, &wishes, request, response);
    HTML(page, "<div class=\"frames\" role=\"region\" tabindex=\"0\" aria-labelledby=\"preview\">");
    for (size_t path = 0; path < view->paths->count; path++)
        for (size_t language = 0; language < view->form->language_count; language++)
            for (size_t width = 0; width < COUNT(widths); width++) {
                if (!wishes.path[path] || !wishes.language[language] || !wishes.width[width])
                    continue;
                if (count < FRAMES_MAX)
                    write_frame(view, language, width, path, request, response);
                cut = cut || count >= FRAMES_MAX;
                count++;
            }
    HTML(page, "</div>");
    if (cut)
        form_sentence(request, response, N_("Only the first 12 are shown: please choose fewer."));
}

static void write_interviews(const struct form_view *view, const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    HTML(page, "<h2>");
    office_text(response, request, N_("Cognitive interviews"));
    HTML(page, "</h2>");
    form_sentence(
        request, response,
        N_("A few people answer aloud before the survey starts: what do they understand, what do they remember, how do "
           "they decide? The sheet shows every question with room for notes. Nothing is stored here; the notes come "
           "back as a file."));
    HTML(page, "<ul>");
    for (size_t i = 0; i < view->form->language_count; i++) {
        HTML(page, "<li><a");
        HTML_ATTR(
            page, "href",
            arena_format(request->arena, "/forms/%s/interview?language=%s", view->name, view->form->languages[i]));
        HTML(page, ">");
        html_text(page, form_language_title(view->form->languages[i]));
        HTML(page, "</a></li>");
    }
    HTML(page, "</ul>");
}

void form_preview(const struct form_view *view, const struct request *request, struct response *response)
{
    write_preview(view, request, response);
    write_interviews(view, request, response);
}

/* A questionnaire as a respondent sees it on one way through, all its pages below each other: what the frames of the
 * preview show. Not responsible for the page around the frames (page_form.c). */
#include <string.h>

#include "forms/render.h"
#include "survey/page_form.h"

static enum status render_path(const struct form *form, const bool shown[], const char *language,
                               const struct language *ui, struct arena *arena, struct html *html, struct fail *fail)
{
    struct form part = *form;
    struct item *items = ARENA_NEW(arena, struct item, form->item_count);
    if (items == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    memcpy(items, form->items, form->item_count * sizeof *items);
    for (size_t i = 0; i < form->item_count; i++)
        items[i].off = !shown[i];
    part.items = items;
    form_render_pages(&part, language, ui, html);
    return STATUS_OK;
}

enum status page_form_frame(struct service *service, const struct request *request, struct response *response,
                            struct fail *fail)
{
    struct html *html = &response->page;
    struct form_view view;
    enum status status = form_view(service, request, &view, fail);
    if (status != STATUS_OK)
        return status;
    const struct form *form = view.form;
    const char *language = form->languages[form_view_language(&view, request_field(request, "language"))];
    const struct path *path = &view.paths->all[form_view_path(&view, request_field(request, "path"))];
    const struct language *ui = language_find(language, request->language);
    response->framed = true;
    HTML(html, "<!DOCTYPE html>\n<html");
    HTML_ATTR(html, "lang", language);
    HTML_ATTR(html, "dir", language_direction(language));
    HTML(html, "><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width, "
               "initial-scale=1\"/><meta name=\"color-scheme\" content=\"light dark\"/><title>");
    html_text(html, form_text(form, &form->title, language));
    HTML(html, "</title><link rel=\"stylesheet\" href=\"/assets/survey.css\"/></head><body data-page=\"preview\">"
               "<main id=\"main\"><h1>");
    html_text(html, form_text(form, &form->title, language));
    HTML(html, "</h1>");
    status = render_path(form, path->shown, language, ui, request->arena, html, fail);
    HTML(html, "</main></body></html>\n");
    return status;
}

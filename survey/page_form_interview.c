/* The sheet for cognitive interviews (Willis 2005, Cognitive Interviewing): every question as the person sees it, the
 * four things to ask about, and room for notes. The notes are not stored: they come back as a text file. */
#include <stdio.h>
#include <string.h>

#include "survey/page_form.h"

enum { NOTE_MAX = 4000, FILE_MAX = 1 << 20, QUESTIONS_MAX = FIELD_MAX - 8 };

static const char *const probes[] = {
    N_("Understanding: what does the question mean, in your own words?"),
    N_("Remembering: what did you think of to answer it?"),
    N_("Deciding: how sure are you of the answer?"),
    N_("Answering: did your answer fit one of the options?"),
};

static bool is_asked(const struct item *item)
{
    return !item->off && item->label.in[0] != NULL;
}

/* A sheet holds one page of the questionnaire: as many notes as a form can post. */
static size_t page_of(const struct form_view *view, const struct request *request)
{
    const char *wish = request_field(request, "page");
    for (size_t i = 0; wish != NULL && i < view->form->page_count; i++)
        if (strcmp(view->form->pages[i].id, wish) == 0)
            return i;
    return 0;
}

static void write_pages(const struct form_view *view, size_t here, const char *language, const struct request *request,
                        struct response *response)
{
    struct html *page = &response->page;
    HTML(page, "<nav");
    HTML_ATTR(page, "aria-label", tr(request->language, N_("Pages of the questionnaire")));
    HTML(page, "><ul>");
    for (size_t i = 0; i < view->form->page_count; i++) {
        HTML(page, "<li><a");
        HTML_ATTR(page, "href",
                  arena_format(request->arena, "/forms/%s/interview?language=%s&page=%s", view->name, language,
                               view->form->pages[i].id));
        if (i == here)
            HTML(page, " aria-current=\"page\"");
        HTML_ATTR(page, "lang", language);
        HTML(page, ">");
        html_text(page, form_text(view->form, &view->form->pages[i].title, language));
        HTML(page, "</a></li>");
    }
    HTML(page, "</ul></nav>");
}

static void write_question(const struct form_view *view, const struct item *item, const char *language,
                           const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    const char *id = arena_format(request->arena, "note-%s", item->id);
    HTML(page, "<section class=\"panel interview\"><h3");
    HTML_ATTR(page, "lang", language);
    HTML_ATTR(page, "dir", language_direction(language));
    HTML(page, ">");
    html_text(page, form_text(view->form, &item->label, language));
    HTML(page, "</h3><p class=\"options\"");
    HTML_ATTR(page, "lang", language);
    HTML_ATTR(page, "dir", language_direction(language));
    HTML(page, ">");
    for (size_t i = 0; i < item->option_count; i++) {
        if (i > 0)
            HTML(page, " · ");
        html_text(page, form_text(view->form, &item->options[i].label, language));
    }
    HTML(page, "</p><p><label");
    HTML_ATTR(page, "for", id);
    HTML(page, ">");
    html_text(page, arena_format(request->arena, tr(request->language, N_("Notes on %s")), item->id));
    buf_format(&page->out, "</label> <textarea rows=\"4\" maxlength=\"%d\"", (int)NOTE_MAX);
    HTML_ATTR(page, "id", id);
    HTML_ATTR(page, "name", id);
    HTML(page, "></textarea></p></section>");
}

enum status page_form_interview(struct service *service, const struct request *request, struct response *response,
                                struct fail *fail)
{
    struct html *page = &response->page;
    struct form_view view;
    enum status status = form_view(service, request, &view, fail);
    if (status != STATUS_OK)
        return status;
    const char *language = view.form->languages[form_view_language(&view, request_field(request, "language"))];
    const size_t here = page_of(&view, request);
    const struct page *part = &view.form->pages[here];
    office_page_begin(service, request, response, tr(request->language, N_("Cognitive interview")));
    HTML(page, "<p><a");
    HTML_ATTR(page, "href", arena_format(request->arena, "/forms/%s", view.name));
    HTML(page, ">");
    office_text(response, request, N_("Back to the questionnaire"));
    HTML(page, "</a></p>");
    write_pages(&view, here, language, request, response);
    HTML(page, "<h2>");
    office_text(response, request, N_("What to ask about every question"));
    HTML(page, "</h2><ul>");
    for (size_t i = 0; i < COUNT(probes); i++) {
        HTML(page, "<li>");
        office_text(response, request, probes[i]);
        HTML(page, "</li>");
    }
    HTML(page, "</ul><form method=\"post\"");
    HTML_ATTR(page, "action", arena_format(request->arena, "/forms/%s/interview", view.name));
    HTML(page, ">");
    office_csrf(response, request);
    office_hidden(response, "language", language);
    office_hidden(response, "page", part->id);
    size_t count = 0;
    for (size_t i = part->item_first; i < part->item_first + part->item_count && count < QUESTIONS_MAX; i++)
        if (is_asked(&view.form->items[i])) {
            write_question(&view, &view.form->items[i], language, request, response);
            count++;
        }
    HTML(page, "<p><button type=\"submit\">");
    office_text(response, request, N_("Notes as a file"));
    HTML(page, "</button></p></form>");
    office_page_end(service, request, response);
    return STATUS_OK;
}

enum status page_form_interview_post(struct service *service, const struct request *request, struct response *response,
                                     struct fail *fail)
{
    struct form_view view;
    struct buf *out = &response->page.out;
    enum status status = form_view(service, request, &view, fail);
    if (status != STATUS_OK)
        return status;
    const char *language = view.form->languages[form_view_language(&view, request_field(request, "language"))];
    const struct page *part = &view.form->pages[page_of(&view, request)];
    buf_format(out, "%s\n%s %s, %s\n", tr(request->language, N_("Cognitive interview")), view.form->id,
               view.form->version, language);
    buf_format(out, "%s\n", form_text(view.form, &part->title, language));
    for (size_t i = part->item_first; i < part->item_first + part->item_count; i++) {
        const struct item *item = &view.form->items[i];
        const char *note = request_field(request, arena_format(request->arena, "note-%s", item->id));
        if (note != NULL && note[0] != '\0')
            buf_format(out, "\n%s  %s\n%s\n", item->id, form_text(view.form, &item->label, language), note);
    }
    response->content_type = "text/plain; charset=utf-8";
    response->download = arena_format(request->arena, "interview-%s-%s.txt", view.name, part->id);
    return buf_status(out, "the notes", fail);
}

/* One questionnaire under the magnifying glass: how long it takes in every language, which ways lead through it, what
 * nobody ever sees, which sentences are hard, and a preview of language × width × way side by side. */
#include "survey/page_form.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/duration.h"
#include "forms/form_check.h"
#include "forms/format.h"
#include "forms/qtype.h"
#include "forms/readability.h"

enum { FRAMES_MAX = 12, ANSWERS_SHOWN_MAX = 4 };

static const unsigned widths[] = { 360, 768, 1280 };

enum status form_view(struct service *service, const struct request *request, struct form_view *view, struct fail *fail)
{
    char path[SHELF_PATH_ROOM];
    struct paths *paths = ARENA_NEW(request->arena, struct paths, 1);
    *view = (struct form_view){ .name = request->parts[0], .paths = paths };
    if (paths == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    enum status status = shelf_path(service->dir, view->name, path, fail);
    if (status == STATUS_OK)
        status = form_read(request->arena, path, &view->form, NULL, NULL, fail);
    return status == STATUS_OK ? paths_find(request->arena, view->form, paths, fail) : status;
}

size_t form_view_language(const struct form_view *view, const char *code)
{
    for (size_t i = 0; code != NULL && i < view->form->language_count; i++)
        if (strcmp(view->form->languages[i], code) == 0)
            return i;
    return 0;
}

size_t form_view_path(const struct form_view *view, const char *number)
{
    unsigned long wish = number != NULL ? strtoul(number, NULL, 10) : 0;
    return wish >= 1 && wish <= view->paths->count ? wish - 1 : 0;
}

/* --- pieces --- */

static void open_table(const struct request *request, struct response *response, const char *id, const char *caption,
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

static void close_table(struct response *response)
{
    HTML(&response->page, "</tbody></table></div>");
}

static void number_cell(struct response *response, const struct request *request, double number, int decimals)
{
    HTML(&response->page, "<td class=\"numeric\">");
    if (isnan(number))
        HTML(&response->page, "–");
    else
        buf_number(&response->page.out, request->language, number, decimals);
    HTML(&response->page, "</td>");
}

static void sentence(const struct request *request, struct response *response, const char *text)
{
    HTML(&response->page, "<p>");
    office_text(response, request, text);
    HTML(&response->page, "</p>");
}

static const char *language_title(const char *code)
{
    const struct language *known = language_exact(code);
    return known != NULL ? language_name(known) : code;
}

/* --- languages and minutes --- */

static size_t texts_missing(const struct form *form, size_t language)
{
    size_t count = 0;
    const size_t l = language;
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        const struct text *texts[] = { &item->label, &item->hint, &item->valid_text,
                                       &item->unit,  &item->low,  &item->high };
        for (size_t k = 0; k < COUNT(texts); k++)
            count += texts[k]->in[0] != NULL && texts[k]->in[l] == NULL ? 1 : 0;
        for (size_t k = 0; k < item->option_count; k++)
            count += item->options[k].label.in[0] != NULL && item->options[k].label.in[l] == NULL ? 1 : 0;
    }
    for (size_t i = 0; i < form->page_count; i++) {
        const struct text *texts[] = { &form->pages[i].title, &form->pages[i].intro };
        for (size_t k = 0; k < COUNT(texts); k++)
            count += texts[k]->in[0] != NULL && texts[k]->in[l] == NULL ? 1 : 0;
    }
    return count;
}

static void write_languages(const struct form_view *view, const struct request *request, struct response *response)
{
    static const char *const heads[] = { N_("Language"), N_("State"),   N_("Texts missing"),
                                         N_("Words"),    N_("Minutes"), N_("Minutes, slow readers") };
    const struct form *form = view->form;
    const bool *longest = view->paths->all[0].shown;
    open_table(request, response, "languages-of-form", N_("Languages and time on the longest way"), heads,
               COUNT(heads));
    for (size_t i = 0; i < form->language_count; i++) {
        struct duration median = duration_estimate(form, longest, i, &reader_median);
        struct duration slow = duration_estimate(form, longest, i, &reader_slow);
        HTML(&response->page, "<tr><th scope=\"row\"");
        HTML_ATTR(&response->page, "lang", form->languages[i]);
        HTML(&response->page, ">");
        html_text(&response->page, language_title(form->languages[i]));
        HTML(&response->page, "</th>");
        office_cell(response, tr(request->language, form_language_draft(form, form->languages[i])
                                                        ? N_("draft: not checked by a native speaker")
                                                        : N_("checked")));
        number_cell(response, request, (double)texts_missing(form, i), 0);
        number_cell(response, request, median.words, 0);
        number_cell(response, request, median.seconds / 60.0, 1);
        number_cell(response, request, slow.seconds / 60.0, 1);
        HTML(&response->page, "</tr>");
    }
    close_table(response);
    sentence(
        request, response,
        N_("A model, not a measurement: 180 words a minute and a few seconds for each answer; slow readers 130 words "
           "and 30 % more for answering. The pilot measures."));
}

/* --- findings --- */

struct found {
    const struct request *request;
    struct response *response;
};

static void write_finding(void *context, const struct form_finding *finding)
{
    const struct found *found = context;
    HTML(&found->response->page, "<tr>");
    office_cell(found->response,
                tr(found->request->language, finding->kind == FINDING_FAULT ? N_("Error") : N_("Warning")));
    office_cell(found->response, finding->where);
    office_cell(found->response, finding->message);
    HTML(&found->response->page, "</tr>");
}

static void write_findings(const struct form_view *view, const struct request *request, struct response *response)
{
    static const char *const heads[] = { N_("Kind"), N_("Where"), N_("What") };
    struct form_counts counts;
    struct found found = { request, response };
    form_check(view->form, NULL, NULL, request->language, &counts);
    if (counts.faults + counts.warnings == 0) {
        sentence(request, response, N_("The check found nothing."));
        return;
    }
    open_table(request, response, "findings", N_("What the check found"), heads, COUNT(heads));
    form_check(view->form, write_finding, &found, request->language, NULL);
    close_table(response);
}

static void write_unreachable(const struct form_view *view, const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    size_t count = 0;
    HTML(page, "<h2>");
    office_text(response, request, N_("Questions nobody sees"));
    HTML(page, "</h2><ul>");
    for (size_t i = 0; i < view->form->item_count; i++) {
        const struct item *item = &view->form->items[i];
        if (view->paths->reached[i])
            continue;
        count++;
        HTML(page, "<li><strong>");
        html_text(page, item->id);
        HTML(page, "</strong> ");
        html_text(page, form_text(view->form, &item->label, language_code(request->language)));
        HTML(page, " – ");
        office_text(response, request, item->off ? N_("switched off") : N_("no answers were found that lead to it"));
        HTML(page, "</li>");
    }
    if (count == 0) {
        HTML(page, "<li>");
        office_text(response, request, N_("none"));
        HTML(page, "</li>");
    }
    HTML(page, "</ul>");
}

/* --- ways through --- */

static void write_leads(const struct form_view *view, const struct path *path, const struct request *request,
                        struct html *page)
{
    size_t given = 0;
    HTML(page, "<td>");
    for (size_t i = 0; i < view->form->item_count; i++) {
        const struct item *item = &view->form->items[i];
        struct buf json;
        if (!answer_given(item, &path->leads.items[i]))
            continue;
        if (given++ > 0)
            HTML(page, ", ");
        buf_init(&json, 4096);
        item->type->write(item, &path->leads.items[i], &json);
        html_text(page, item->id);
        HTML(page, " = ");
        html_text(page, json.bytes != NULL ? json.bytes : "");
        buf_free(&json);
    }
    if (given == 0)
        html_text(page, tr(request->language, N_("nothing answered")));
    HTML(page, "</td>");
}

static void write_paths(const struct form_view *view, const struct request *request, struct response *response)
{
    static const char *const heads[] = { N_("Way"), N_("Answers that lead there"), N_("Questions"), N_("Minutes") };
    open_table(request, response, "paths", N_("Ways through the questionnaire"), heads, COUNT(heads));
    for (size_t i = 0; i < view->paths->count; i++) {
        const struct path *path = &view->paths->all[i];
        struct duration duration = duration_estimate(view->form, path->shown, 0, &reader_median);
        HTML(&response->page, "<tr><th scope=\"row\">");
        html_number(&response->page, (long long)i + 1);
        HTML(&response->page, "</th>");
        write_leads(view, path, request, &response->page);
        number_cell(response, request, (double)path->shown_count, 0);
        number_cell(response, request, duration.seconds / 60.0, 1);
        HTML(&response->page, "</tr>");
    }
    close_table(response);
    if (!view->paths->complete)
        sentence(
            request, response,
            N_("There are too many combinations to try them all: these ways were found by trying 20,000 of them."));
}

/* --- readability --- */

static void write_readability(const struct form_view *view, size_t language, const struct request *request,
                              struct response *response)
{
    static const char *const heads[] = { N_("Question"), N_("Words"), N_("Longest sentence"), N_("Value"), N_("Hard") };
    const struct form *form = view->form;
    const char *code = form->languages[language];
    const enum readability_formula formula = readability_formula(code);
    HTML(&response->page, "<h2 id=\"readability\">");
    office_text(response, request, N_("How hard it is to read"));
    HTML(&response->page, "</h2>");
    sentence(request, response,
             formula == READABILITY_WSTF
                 ? N_("Value: first Wiener Sachtextformel, about the school grade. A formula sees "
                      "lengths, not meaning; it only says where to look.")
             : formula == READABILITY_LIX ? N_("Value: LIX, below 40 easy, above 60 hard. A formula sees lengths, not "
                                               "meaning; it only says where to look.")
                                          : N_("For this language there is no formula, only the lengths."));
    open_table(request, response, "readability-table", language_title(code), heads, COUNT(heads));
    for (size_t i = 0; i < form->item_count; i++) {
        struct readability counts = { 0 };
        const char *text = form_text(form, &form->items[i].label, code);
        if (form->items[i].off || text[0] == '\0')
            continue;
        readability_add(&counts, text);
        readability_add(&counts, form_text(form, &form->items[i].hint, code));
        HTML(&response->page, "<tr><th scope=\"row\">");
        html_text(&response->page, form->items[i].id);
        HTML(&response->page, " <span class=\"note\"");
        HTML_ATTR(&response->page, "lang", code);
        HTML_ATTR(&response->page, "dir", language_direction(code));
        HTML(&response->page, ">");
        html_text(&response->page, text);
        HTML(&response->page, "</span></th>");
        number_cell(response, request, (double)counts.words, 0);
        number_cell(response, request, (double)counts.longest, 0);
        number_cell(response, request,
                    formula == READABILITY_WSTF  ? readability_wstf(&counts)
                    : formula == READABILITY_LIX ? readability_lix(&counts)
                                                 : (double)NAN,
                    1);
        office_cell(response, readability_hard(&counts, code) ? tr(request->language, N_("hard")) : "");
        HTML(&response->page, "</tr>");
    }
    close_table(response);
}

/* --- preview --- */

/* A field may be given several times: language=de&language=ar. */
static bool wished(const struct request *request, const char *name, const char *value)
{
    for (size_t i = 0; i < request->field_count; i++)
        if (strcmp(request->fields[i].name, name) == 0 && strcmp(request->fields[i].value, value) == 0)
            return true;
    return false;
}

static void checkbox(struct response *response, const char *name, const char *value, const char *label, bool checked)
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
        checkbox(response, "language", view->form->languages[i], language_title(view->form->languages[i]),
                 wishes->language[i]);
    HTML(page, "</fieldset>");
    begin_choices(request, response, N_("Widths"));
    for (size_t i = 0; i < COUNT(widths); i++) {
        snprintf(number, sizeof number, "%u", widths[i]);
        checkbox(response, "width", number, number, wishes->width[i]);
    }
    HTML(page, "</fieldset>");
    begin_choices(request, response, N_("Ways"));
    for (size_t i = 0; i < view->paths->count; i++) {
        snprintf(number, sizeof number, "%zu", i + 1);
        checkbox(response, "path", number, number, wishes->path[i]);
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
                                     language_title(code), widths[width], path + 1);
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
        sentence(request, response, N_("Only the first 12 are shown: please choose fewer."));
}

static void write_interviews(const struct form_view *view, const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    HTML(page, "<h2>");
    office_text(response, request, N_("Cognitive interviews"));
    HTML(page, "</h2>");
    sentence(
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
        html_text(page, language_title(view->form->languages[i]));
        HTML(page, "</a></li>");
    }
    HTML(page, "</ul>");
}

enum status page_form(struct service *service, const struct request *request, struct response *response,
                      struct fail *fail)
{
    struct form_view view;
    enum status status = form_view(service, request, &view, fail);
    if (status != STATUS_OK)
        return status;
    const char *language = request_field(request, "language");
    office_page_begin(service, request, response,
                      form_text(view.form, &view.form->title, language_code(request->language)));
    HTML(&response->page, "<p><a href=\"/forms\">");
    office_text(response, request, N_("All questionnaires"));
    HTML(&response->page, "</a></p>");
    write_languages(&view, request, response);
    write_findings(&view, request, response);
    write_unreachable(&view, request, response);
    write_paths(&view, request, response);
    write_preview(&view, request, response);
    write_interviews(&view, request, response);
    write_readability(&view, form_view_language(&view, language), request, response);
    office_page_end(service, request, response);
    return STATUS_OK;
}

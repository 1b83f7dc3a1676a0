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

/* --- pieces --- */

static void number_cell(struct response *response, const struct request *request, double number, int decimals)
{
    HTML(&response->page, "<td class=\"numeric\">");
    if (isnan(number))
        HTML(&response->page, "–");
    else
        buf_number(&response->page.out, request->language, number, decimals);
    HTML(&response->page, "</td>");
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
    office_table_open(response, request, "languages-of-form", N_("Languages and time on the longest way"), heads,
               COUNT(heads));
    for (size_t i = 0; i < form->language_count; i++) {
        struct duration median = duration_estimate(form, longest, i, &reader_median);
        struct duration slow = duration_estimate(form, longest, i, &reader_slow);
        HTML(&response->page, "<tr><th scope=\"row\"");
        HTML_ATTR(&response->page, "lang", form->languages[i]);
        HTML(&response->page, ">");
        html_text(&response->page, form_language_title(form->languages[i]));
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
    office_table_close(response);
    form_sentence(
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
        form_sentence(request, response, N_("The check found nothing."));
        return;
    }
    office_table_open(response, request, "findings", N_("What the check found"), heads, COUNT(heads));
    form_check(view->form, write_finding, &found, request->language, NULL);
    office_table_close(response);
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
    office_table_open(response, request, "paths", N_("Ways through the questionnaire"), heads, COUNT(heads));
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
    office_table_close(response);
    if (!view->paths->complete)
        form_sentence(
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
    form_sentence(
        request, response,
        formula == READABILITY_WSTF  ? N_("Value: first Wiener Sachtextformel, about the school grade. A formula sees "
                                           "lengths, not meaning; it only says where to look.")
        : formula == READABILITY_LIX ? N_("Value: LIX, below 40 easy, above 60 hard. A formula sees lengths, not "
                                          "meaning; it only says where to look.")
                                     : N_("For this language there is no formula, only the lengths."));
    office_table_open(response, request, "readability-table", form_language_title(code), heads, COUNT(heads));
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
    office_table_close(response);
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
    form_preview(&view, request, response);
    write_readability(&view, form_view_language(&view, language), request, response);
    office_page_end(service, request, response);
    return STATUS_OK;
}

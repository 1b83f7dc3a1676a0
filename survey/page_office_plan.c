/* The list of tables of the next survey: the personnel office leaves some out and looks what that changes, before the survey is
 * frozen and the staff council gets the list. Not responsible for the list of a frozen survey (package.c). */
#include <stdio.h>
#include <string.h>

#include "forms/format.h"
#include "survey/office.h"
#include "survey/package.h"
#include "survey/tables_trial.h"

static void write_paragraph(const struct request *request, struct response *response, const char *text)
{
    HTML(&response->page, "<p>");
    office_text(response, request, text);
    HTML(&response->page, "</p>");
}

/* The questionnaire of the newest survey; the shipped one where there is none yet. */
static enum status find_form(struct service *service, const struct request *request, const struct form **form,
                             struct fail *fail)
{
    const struct wave *newest = NULL;
    enum status status = package_wave(service->store, request->arena, NULL, &newest, NULL);
    if (status != STATUS_OK && status != STATUS_MISSING)
        return FAIL(fail, status, "the surveys cannot be read");
    return newest == NULL ? format_read(request->arena, "open_administration", form, NULL, NULL, fail)
                          : wave_form(request->arena, service->dir, newest->name, form, fail);
}

static void write_form(const struct request *request, struct response *response, const char *leave_out)
{
    struct html *page = &response->page;
    HTML(page, "<form method=\"post\" action=\"/plan\" class=\"panel\">");
    office_csrf(response, request);
    HTML(page, "<p><label for=\"leave_out\">");
    office_text(response, request, N_("Tables to leave out: their names, with blanks between them; * stands for any part of a name, "
                                      "as in *.contact"));
    HTML(page, "</label><input type=\"text\" id=\"leave_out\" name=\"leave_out\" maxlength=\"1000\"");
    HTML_ATTR(page, "value", leave_out);
    HTML(page, "/></p><p><button type=\"submit\">");
    office_text(response, request, N_("Save, and try it with the figures of the last survey"));
    HTML(page, "</button></p></form>");
}

static void write_trial(const struct request *request, struct response *response, const struct trial *trial)
{
    struct html *page = &response->page;
    if (trial->release == NULL) {
        write_paragraph(request, response, N_("No survey has been counted yet: there are no figures to try the list with."));
        return;
    }
    const struct {
        const char *label;
        double number;
        int decimals;
    } facts[] = {
        { N_("Cells shown"), (double)trial->signs.shown, 0 },
        { N_("kept secret (g)"), (double)trial->signs.secret, 0 },
        { N_("without a value"), (double)trial->signs.other, 0 },
        { N_("seconds"), trial->seconds, 1 },
    };
    HTML(page, "<p role=\"status\">");
    office_text(response, request, N_("Tried with the figures of this survey; nothing of it was stored:"));
    HTML(page, " ");
    html_text(page, trial->wave);
    for (size_t i = 0; i < COUNT(facts); i++) {
        HTML(page, " · ");
        office_text(response, request, facts[i].label);
        HTML(page, " ");
        buf_number(&page->out, request->language, facts[i].number, facts[i].decimals);
    }
    HTML(page, "</p>");
}

static void write_number(const struct request *request, struct response *response, size_t number)
{
    HTML(&response->page, "<td class=\"numeric\">");
    buf_number(&response->page.out, request->language, (double)number, 0);
    HTML(&response->page, "</td>");
}

static void write_tables(const struct request *request, struct response *response, const struct plan *plan,
                         const struct trial *trial)
{
    static const char *const heads[] = { N_("Table"), N_("What is counted"), N_("Cells shown"), N_("kept secret (g)"),
                                         N_("without a value") };
    office_table_open(response, request, "plan", N_("The tables the next survey will publish"), heads,
                      trial->release == NULL ? 2 : COUNT(heads));
    for (size_t i = 0; i < plan->count; i++) {
        struct signs signs;
        HTML(&response->page, "<tr><th scope=\"row\">");
        html_text(&response->page, plan->tables[i].id);
        HTML(&response->page, "</th><td>");
        office_text(response, request, plan->tables[i].indicator);
        HTML(&response->page, ": ");
        office_text(response, request, plan->tables[i].title);
        HTML(&response->page, "</td>");
        if (trial->release != NULL) {
            (void)trial_signs(trial, plan->tables[i].id, &signs);
            write_number(request, response, signs.shown);
            write_number(request, response, signs.secret);
            write_number(request, response, signs.other);
        }
        HTML(&response->page, "</tr>");
    }
    office_table_close(response);
}

enum status page_plan(struct service *service, const struct request *request, struct response *response, struct fail *fail)
{
    char leave_out[LEAVE_OUT_ROOM] = "";
    const struct form *form = NULL;
    struct wave_tables tables = { .fixed = false };
    struct trial trial = { .release = NULL };
    enum status status = find_form(service, request, &form, fail);
    if (status == STATUS_OK)
        status = tables_next(service->store, request->arena, form, &tables, fail);
    if (status == STATUS_OK && request_field(request, "try") != NULL)
        status = tables_try(request->arena, service->dir, &tables, &trial, fail);
    if (status != STATUS_OK)
        return status;
    (void)!store_fact(service->store, "leave_out", leave_out, sizeof leave_out, NULL);
    office_page_begin(service, request, response, tr(request->language, N_("Tables of the next survey")));
    write_paragraph(request, response,
                    N_("All tables of a survey are protected together. A table nobody needs can cost figures in others: leave it out. "
                       "The list is fixed when the survey is frozen; from then on it stands in the staff council's package and "
                       "nothing can be added. Differences between groups (.compare) need the table of these groups."));
    write_form(request, response, leave_out);
    if (request_field(request, "try") != NULL)
        write_trial(request, response, &trial);
    write_tables(request, response, &tables.plan, &trial);
    office_page_end(service, request, response);
    return STATUS_OK;
}

enum status page_plan_post(struct service *service, const struct request *request, struct response *response,
                           struct fail *fail)
{
    const char *leave_out = request_field(request, "leave_out");
    const struct form *form = NULL;
    struct wave_tables tables;
    if (leave_out == NULL || !leave_out_ok(leave_out))
        return FAIL(fail, STATUS_INPUT, "the names of tables have small letters, digits, dots, and * for any part: go back and mend it");
    enum status status = find_form(service, request, &form, fail);
    if (status == STATUS_OK)
        status = tables_without(service->store, request->arena, form, leave_out, &tables, fail);
    if (status == STATUS_OK)
        status = store_fact_set(service->store, "leave_out", leave_out, fail);
    if (status == STATUS_OK)
        status = store_audit_add(service->store, request->user, "tables of the next survey", leave_out, fail);
    if (status != STATUS_OK)
        return status;
    response->status = 303;
    response->location = "/plan?try=1";
    return STATUS_OK;
}

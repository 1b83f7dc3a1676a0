/* What the staff council needs for its decision (co-determination): the state of the survey, and the package (package.h) as a
 * page and as a PDF. */
#include <stdio.h>

#include "base/env.h"
#include "survey/office.h"
#include "survey/package.h"
#include "survey/wave_view.h"

enum { BODY_MAX = 32 << 20 };

static void write_row(const struct request *request, struct response *response, const char *label, const char *value)
{
    HTML(&response->page, "<tr><th scope=\"row\">");
    office_text(response, request, label);
    HTML(&response->page, "</th>");
    office_cell(response, value);
    HTML(&response->page, "</tr>");
}

static void write_day(const struct request *request, struct response *response, const char *label, const char *day)
{
    HTML(&response->page, "<tr><th scope=\"row\">");
    office_text(response, request, label);
    HTML(&response->page, "</th>");
    office_day(response, request, day);
    HTML(&response->page, "</tr>");
}

/* What the staff council compares with the notice board and holds the administration to. */
static enum status write_wave(struct service *service, const struct wave *wave, const struct request *request,
                              struct response *response, struct fail *fail)
{
    const struct language *language = request->language;
    char today[11];
    struct wave_view view;
    struct buf next;
    env_local_day(service->env->now(service->env->state), today);
    enum status status = wave_view(service->store, service->dir, wave, today, &view, fail);
    if (status != STATUS_OK)
        return status;
    buf_init(&next, 1024);
    wave_view_next(&view, language, &next);
    HTML(&response->page, "<section aria-labelledby=\"wave\"><h2 id=\"wave\">");
    office_text(response, request, N_("Wave"));
    HTML(&response->page, " ");
    html_text(&response->page, wave->name);
    HTML(&response->page, "</h2><table><tbody>");
    write_row(request, response, N_("State"), tr(language, office_state(wave->state)));
    write_row(request, response, N_("Check code"), view.check_code);
    write_row(request, response, N_("Key of the ballot box"), tr(language, wave_key_place(&view.manifest)));
    if (view.rehearsal.done)
        write_day(request, response, N_("Rehearsed"), view.rehearsal.day);
    else
        write_row(request, response, N_("Rehearsed"), tr(language, N_("no")));
    write_day(request, response, N_("Last day for answers"), wave->closes);
    if (wave->erased[0] != '\0')
        write_day(request, response, N_("Deleted"), wave->erased);
    else
        write_day(request, response, N_("To be deleted from"), view.manifest.deletes);
    write_row(request, response, N_("Next"), next.bytes);
    HTML(&response->page, "</tbody></table></section>");
    buf_free(&next);
    return STATUS_OK;
}

/* The chapters of the PDF. */
static enum status write_chapters(struct service *service, const struct wave *wave, const struct request *request,
                                  struct response *response, struct fail *fail)
{
    struct html *page = &response->page;
    struct doc doc;
    struct buf body;
    doc_init(&doc, request->arena, request->language);
    enum status status = package_add(service->store, service->dir, wave, &doc, fail);
    buf_init(&body, BODY_MAX);
    if (status == STATUS_OK)
        status = doc_write_html(&doc, &body, fail);
    if (status == STATUS_OK) {
        HTML(page, "<p><a class=\"download\" href=\"/package.pdf\">");
        office_text(response, request, N_("All of this as a file to print and to keep (PDF)"));
        HTML(page, "</a></p>");
        buf_add(&page->out, body.bytes, body.length); /* made by the HTML backend: escaped already */
    }
    buf_free(&body);
    return status;
}

enum status page_wave(struct service *service, const struct request *request, struct response *response,
                      struct fail *fail)
{
    const struct wave *newest = NULL;
    enum status status = package_wave(service->store, request->arena, NULL, &newest, NULL);
    office_page_begin(service, request, response, tr(request->language, N_("For the staff council")));
    if (status == STATUS_MISSING) {
        HTML(&response->page, "<p>");
        office_text(response, request, N_("No survey has been frozen yet. Here stands what the staff council decides on, as soon as one is."));
        HTML(&response->page, "</p>");
        status = STATUS_OK;
    } else if (status == STATUS_OK) {
        status = write_wave(service, newest, request, response, fail);
        if (status == STATUS_OK)
            status = write_chapters(service, newest, request, response, fail);
    } else {
        status = FAIL(fail, status, "the surveys cannot be read");
    }
    office_page_end(service, request, response);
    return status;
}

enum status page_package(struct service *service, const struct request *request, struct response *response,
                         struct fail *fail)
{
    enum status status = package_pdf(service->store, service->dir, NULL, request->language, &response->page.out, fail);
    if (status == STATUS_OK) {
        response->content_type = "application/pdf";
        response->download = "querschnitt-staff-council.pdf";
    }
    return status;
}

/* The days on which staff and the council get the results: a form below the texts of the report. */
#include <stdio.h>
#include <string.h>

#include "survey/office.h"
#include "survey/publication.h"

static void write_field(const struct request *request, struct response *response, const char *name, const char *label,
                        const char *day)
{
    struct html *page = &response->page;
    HTML(page, "<p><label");
    HTML_ATTR(page, "for", name);
    HTML(page, ">");
    office_text(response, request, label);
    HTML(page, "</label><input type=\"date\"");
    HTML_ATTR(page, "id", name);
    HTML_ATTR(page, "name", name);
    HTML_ATTR(page, "value", day);
    HTML(page, "/></p>");
}

enum status office_publication(struct service *service, const struct request *request, struct response *response,
                               const char *wave, struct fail *fail)
{
    struct html *page = &response->page;
    struct publication publication;
    enum status status = publication_read(service->store, wave, &publication, fail);
    HTML(page, "<form method=\"post\" action=\"/publication\" class=\"panel\"><h2>");
    office_text(response, request, N_("Days of publication"));
    HTML(page, "</h2><p>");
    office_text(response, request,
                N_("Planned days count, too. Staff should have the results within 60 days, and not after the council."));
    HTML(page, "</p>");
    office_csrf(response, request);
    office_hidden(response, "wave", wave);
    write_field(request, response, "to_staff", N_("Results given to staff on"), publication.staff);
    write_field(request, response, "to_council", N_("Session of the council on"), publication.council);
    HTML(page, "<p><button type=\"submit\">");
    office_text(response, request, N_("Save"));
    HTML(page, "</button></p></form>");
    return status;
}

enum status page_publication_post(struct service *service, const struct request *request, struct response *response,
                                  struct fail *fail)
{
    const char *name = request_field(request, "wave");
    const char *staff = request_field(request, "to_staff");
    const char *council = request_field(request, "to_council");
    struct publication publication;
    struct wave wave;
    if (name == NULL || staff == NULL || council == NULL || strlen(staff) >= DAY_ROOM || strlen(council) >= DAY_ROOM)
        return FAIL(fail, STATUS_INPUT, "the form is not complete: go back and enter both days like 2026-06-30, or leave them empty");
    snprintf(publication.staff, DAY_ROOM, "%s", staff);
    snprintf(publication.council, DAY_ROOM, "%s", council);
    enum status status = store_wave_find(service->store, name, &wave, fail);
    if (status == STATUS_OK)
        status = publication_write(service->store, &wave, &publication, request->user, fail);
    if (status != STATUS_OK)
        return status;
    office_forget_release(service);
    response->status = 303;
    response->location = arena_format(request->arena, "/texts?wave=%s&told=days", wave.name);
    return STATUS_OK;
}

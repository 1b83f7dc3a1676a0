/* Which release the results page shows, and protecting again after late data. Not responsible for making one
 * (release_make.c). */
#include <inttypes.h>
#include <stdio.h>

#include "survey/office.h"
#include "survey/release_make.h"

enum { FINGERPRINT_SHOWN = 16 };

static void write_late(const struct request *request, struct response *response, const char *wave, bool finished)
{
    struct html *page = &response->page;
    HTML(page, "<section class=\"panel\" aria-labelledby=\"late\"><h2 id=\"late\">");
    office_text(response, request, N_("Data came in after these figures were protected"));
    HTML(page, "</h2><p>");
    if (finished || (request->roles & (ROLE_ADMIN | ROLE_ANALYST)) == 0) {
        office_text(response, request, N_("They are not in the figures below."));
        HTML(page, " ");
        office_text(response, request,
                    finished ? N_("The report is finished: its figures have been given out and stay as they are. From the "
                                  "difference of two versions one could read who came late.")
                             : N_("The personnel office can have all tables protected again."));
        HTML(page, "</p></section>");
        return;
    }
    office_text(response, request, N_("They are not in the figures below. You can have all tables protected again, as a whole. "
                                      "Then other cells may be hidden than before. Do so only as long as nobody outside the "
                                      "personnel office has seen the figures: two versions side by side can show who came "
                                      "late."));
    HTML(page, "</p><form method=\"post\" action=\"/release\">");
    office_csrf(response, request);
    office_hidden(response, "wave", wave);
    HTML(page, "<p><button type=\"submit\">");
    office_text(response, request, N_("Protect all tables again"));
    HTML(page, "</button></p></form></section>");
}

void office_release_note(struct service *service, const struct request *request, struct response *response)
{
    const struct results *results = &service->office->results;
    struct html *page = &response->page;
    char day[32], version[24];
    snprintf(version, sizeof version, "%" PRId64, results->version);
    snprintf(day, sizeof day, "%s", results->created);
    HTML(page, "<p class=\"release\">");
    office_text(response, request, N_("All tables were protected together and stored:"));
    HTML(page, " <time");
    HTML_ATTR(page, "datetime", day);
    HTML(page, ">");
    html_text(page, day);
    HTML(page, "</time>, ");
    office_text(response, request, N_("version"));
    HTML(page, " ");
    html_text(page, version);
    HTML(page, ", ");
    office_text(response, request, N_("fingerprint"));
    HTML(page, " <span class=\"hash\">");
    html_text(page, arena_format(request->arena, "%.*s…", (int)FINGERPRINT_SHOWN, results->release->fingerprint));
    HTML(page, "</span></p>");
    if (results->late)
        write_late(request, response, results->release->wave, results->remarks.frozen[0] != '\0');
}

enum status page_release_post(struct service *service, const struct request *request, struct response *response,
                              struct fail *fail)
{
    const char *name = request_field(request, "wave");
    struct wave wave;
    if (name == NULL)
        return FAIL(fail, STATUS_INPUT, "the form is not complete: go back to the results and try again");
    enum status status = store_wave_find(service->store, name, &wave, fail);
    if (status == STATUS_OK)
        status = release_renew(service->dir, wave.name, request->user, fail);
    if (status != STATUS_OK)
        return status;
    office_forget_release(service);
    response->status = 303;
    response->location = arena_format(request->arena, "/results?wave=%s", wave.name);
    return STATUS_OK;
}

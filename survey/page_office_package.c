/* What the staff council needs for its decision (co-determination): what is stored, the thresholds, the questionnaire
 * in full. Everything is read from what is in force, not written by hand. */
#include <stdio.h>

#include "analysis/disclose.h"
#include "base/env.h"
#include "survey/office.h"
#include "survey/policy.h"
#include "survey/page_privacy.h"
#include "survey/wave_view.h"

static void write_stored(const struct request *request, struct response *response)
{
    static const char *const stored[] = {
        N_("Per invitation: the hash of the code, the unit, whether a ballot was drawn, and whether a card was handed out "
           "for it. No time, no name."),
        N_("Where invitations go out by letter or e-mail, until the survey closes: the list of recipients with name and "
           "address or e-mail address, unit, language, and which hash is valid for whom. So reminders reach only those "
           "who have not taken part. When the survey closes, the list is deleted."),
        N_("Per ballot: sealed bytes in a random place of a file of fixed size. No time, no address, no order."),
        N_("After the count: the answers without names, sorted by their content; languages and free text apart from "
           "all "
           "other answers."),
        N_("From the personnel office: counts of heads, never persons."),
        N_("Per account of this office: login name, role, hash of the password."),
        N_("What administrators did, with the day."),
    };
    HTML(&response->page, "<section aria-labelledby=\"stored\"><h2 id=\"stored\">");
    office_text(response, request, N_("What is stored"));
    HTML(&response->page, "</h2><ul>");
    for (size_t i = 0; i < COUNT(stored); i++) {
        HTML(&response->page, "<li>");
        office_text(response, request, stored[i]);
        HTML(&response->page, "</li>");
    }
    HTML(&response->page, "</ul></section>");
}

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

static enum status write_thresholds(struct service *service, const struct request *request, struct response *response,
                                    struct fail *fail)
{
    struct policy policy;
    enum status status = policy_read(service->store, &policy, fail);
    if (status != STATUS_OK)
        return status;
    HTML(&response->page, "<section aria-labelledby=\"thresholds\"><h2 id=\"thresholds\">");
    office_text(response, request, N_("Thresholds in force"));
    HTML(&response->page, "</h2>");
    office_thresholds(request, response, &policy);
    HTML(&response->page, "</section>");
    return STATUS_OK;
}

static void write_item(const struct form *form, const struct item *item, const char *language, struct html *page)
{
    HTML(page, "<li><p><strong>");
    html_text(page, item->id);
    HTML(page, "</strong> ");
    html_text(page, form_text(form, &item->label, language));
    HTML(page, "</p>");
    if (item->option_count > 0 && item->option_count <= 12) {
        HTML(page, "<p class=\"options\">");
        for (size_t i = 0; i < item->option_count; i++) {
            if (i > 0)
                HTML(page, " · ");
            html_text(page, form_text(form, &item->options[i].label, language));
        }
        HTML(page, "</p>");
    }
    HTML(page, "</li>");
}

static void write_form(const struct form *form, const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    const char *language = language_code(request->language);
    HTML(page, "<section aria-labelledby=\"questionnaire\"><h2 id=\"questionnaire\">");
    office_text(response, request, N_("The questionnaire in full"));
    HTML(page, "</h2><p>");
    html_text(page, form_text(form, &form->title, language));
    HTML(page, " (");
    html_text(page, form->version == NULL ? "" : form->version);
    HTML(page, ")<br/><span class=\"hash\">SHA-256 ");
    html_text(page, form->sha256);
    HTML(page, "</span></p>");
    for (size_t i = 0; i < form->page_count; i++) {
        const struct page *part = &form->pages[i];
        HTML(page, "<h3>");
        html_text(page, form_text(form, &part->title, language));
        HTML(page, "</h3><ul class=\"items\">");
        for (size_t k = part->item_first; k < part->item_first + part->item_count; k++)
            if (!form->items[k].off)
                write_item(form, &form->items[k], language, page);
        HTML(page, "</ul>");
    }
    HTML(page, "</section>");
}

/* The same text respondents get, from the same settings. */
static enum status write_notice(struct service *service, const struct wave *wave, const struct form *form,
                                const struct request *request, struct response *response, struct fail *fail)
{
    struct manifest manifest;
    struct privacy privacy;
    enum status status = wave_manifest(service->dir, wave->name, &manifest, fail);
    if (status != STATUS_OK)
        return status;
    privacy_read(service->store, &manifest, form, &privacy);
    HTML(&response->page, "<section aria-labelledby=\"notice\"><h2 id=\"notice\">");
    office_text(response, request, N_("The privacy notice respondents read"));
    HTML(&response->page, "</h2>");
    privacy_write(&privacy, request->language, 3, &response->page);
    HTML(&response->page, "</section>");
    return STATUS_OK;
}

enum status page_wave(struct service *service, const struct request *request, struct response *response,
                      struct fail *fail)
{
    const struct wave *waves = NULL;
    size_t count = 0;
    const struct wave *newest = NULL;
    enum status status = store_waves(service->store, request->arena, &waves, &count, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (!waves[i].rehearsal && waves[i].state != WAVE_NEW)
            newest = &waves[i];
    office_page_begin(service, request, response, tr(request->language, N_("For the staff council")));
    if (status == STATUS_OK && newest != NULL)
        status = write_wave(service, newest, request, response, fail);
    write_stored(request, response);
    if (status == STATUS_OK)
        status = write_thresholds(service, request, response, fail);
    const struct form *form = NULL;
    if (status == STATUS_OK && newest != NULL)
        status = wave_form(request->arena, service->dir, newest->name, &form, fail);
    if (status == STATUS_OK && form != NULL)
        status = office_tables(service, newest, form, request, response, fail);
    if (status == STATUS_OK && form != NULL)
        status = write_notice(service, newest, form, request, response, fail);
    if (status == STATUS_OK && form != NULL)
        write_form(form, request, response);
    office_page_end(service, request, response);
    return status;
}

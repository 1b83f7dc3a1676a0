/* The shelf of questionnaires: what there is, taking in a file of any format with everything that was lost on the way,
 * and one step back. Not responsible for looking into one (page_form.c). */
#include <stdio.h>
#include <string.h>

#include "forms/format.h"
#include "survey/page_form.h"

enum { MESSAGE_MAX = 500, YAML_MAX = 16 << 20 };

struct message {
    const char *where, *what, *instead; /* instead: NULL for a fault */
    bool fault;
};

struct messages {
    struct arena *arena;
    struct message all[MESSAGE_MAX];
    size_t count;
};

static void keep(struct messages *messages, bool fault, const char *where, const char *what, const char *instead)
{
    if (messages->count == MESSAGE_MAX)
        return;
    struct message *message = &messages->all[messages->count];
    *message = (struct message){ arena_string(messages->arena, where), arena_string(messages->arena, what),
                                 instead != NULL ? arena_string(messages->arena, instead) : NULL, fault };
    if (message->where != NULL && message->what != NULL)
        messages->count++;
}

static void keep_fault(void *context, const char *where, const char *message)
{
    keep(context, true, where, message, NULL);
}

static void keep_lost(void *context, const char *where, const char *what, const char *instead)
{
    keep(context, false, where, what, instead);
}

/* --- the page --- */

static void button(const struct request *request, struct response *response, const char *name, const char *action,
                   const char *text)
{
    struct html *page = &response->page;
    HTML(page, "<form class=\"inline\" method=\"post\" action=\"/forms\">");
    office_csrf(response, request);
    office_hidden(response, "name", name);
    HTML(page, "<button type=\"submit\" class=\"plain\" name=\"action\"");
    HTML_ATTR(page, "value", action);
    HTML_ATTR(page, "aria-label", arena_format(request->arena, "%s: %s", name, tr(request->language, text)));
    HTML(page, ">");
    office_text(response, request, text);
    HTML(page, "</button></form> ");
}

static void write_entry(const struct request *request, struct response *response, const struct shelf_entry *entry)
{
    struct html *page = &response->page;
    bool may = (request->roles & FORM_EDITORS) != 0;
    HTML(page, "<tr><th scope=\"row\">");
    if (entry->present) {
        HTML(page, "<a");
        HTML_ATTR(page, "href", arena_format(request->arena, "/forms/%s", entry->name));
        HTML(page, ">");
        html_text(page, entry->name);
        HTML(page, "</a></th>");
    } else {
        html_text(page, entry->name);
        HTML(page, "</th>");
    }
    office_cell(response, tr(request->language, entry->shipped   ? N_("shipped with the program")
                                                : entry->present ? N_("your own")
                                                                 : N_("removed")));
    HTML(page, "<td>");
    if (may && entry->before)
        button(request, response, entry->name, "undo",
               entry->present ? N_("Back to the version before") : N_("Bring back"));
    if (may && entry->present && !entry->shipped)
        button(request, response, entry->name, "remove", N_("Remove"));
    HTML(page, "</td></tr>");
}

static enum status write_shelf(struct service *service, const struct request *request, struct response *response,
                               struct fail *fail)
{
    static const char *const heads[] = { N_("Name"), N_("Origin"), N_("Change") };
    const struct shelf_entry *entries = NULL;
    size_t count = 0;
    enum status status = shelf_list(request->arena, service->dir, &entries, &count, fail);
    office_table_open(response, request, "shelf", N_("Questionnaires"), heads, COUNT(heads));
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        write_entry(request, response, &entries[i]);
    office_table_close(response);
    return status;
}

static void write_upload(const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    office_upload_open(response, request, "/forms", "take-in", N_("Take in a questionnaire"));
    HTML(page, "<p class=\"note\">");
    office_text(
        response, request,
        N_("LimeSurvey (.lss, .lsg, .lsq), XLSForm (.xlsx, .xls, .csv) or our own format (.yaml). You see first "
           "what could not be taken over. A wave that is frozen keeps its questionnaire."));
    HTML(page, "</p><p><label>");
    office_text(response, request, N_("File"));
    HTML(page,
         " <input type=\"file\" name=\"file\" required=\"required\" "
         "accept=\".yaml,.yml,.lss,.lsg,.lsq,.xlsx,.xls,.csv,.md\"/></label></p><p>");
    office_checkbox(response, "replace", "1", tr(request->language, N_("Replace a questionnaire of the same name")), false);
    HTML(page, "</p>");
    office_upload_close(response, request, true);
}

static enum status write_page(struct service *service, const struct request *request, struct response *response,
                              struct fail *fail)
{
    enum status status = write_shelf(service, request, response, fail);
    if ((request->roles & FORM_EDITORS) != 0)
        write_upload(request, response);
    return status;
}

enum status page_forms(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    office_page_begin(service, request, response, tr(request->language, N_("Questionnaires")));
    enum status status = write_page(service, request, response, fail);
    office_page_end(service, request, response);
    return status;
}

/* --- taking in --- */

static void write_messages(const struct request *request, struct response *response, const struct messages *messages)
{
    static const char *const heads[] = { N_("Kind"), N_("Where"), N_("What"), N_("Instead") };
    if (messages->count == 0)
        return;
    office_table_open(response, request, "lost", N_("What was not taken over, and what stands in its place"), heads,
                      COUNT(heads));
    for (size_t i = 0; i < messages->count; i++) {
        const struct message *message = &messages->all[i];
        HTML(&response->page, "<tr>");
        office_cell(response, tr(request->language, message->fault ? N_("Error") : N_("Loss")));
        office_cell(response, message->where);
        office_cell(response, message->what);
        office_cell(response, message->instead != NULL ? message->instead : "");
        HTML(&response->page, "</tr>");
    }
    office_table_close(response);
}

static void write_outcome(const struct request *request, struct response *response, const struct form *form,
                          bool stored, const char *why)
{
    struct html *page = &response->page;
    if (why != NULL)
        HTML(page, "<div class=\"problem\" role=\"alert\"><h2>");
    else
        HTML(page, "<div class=\"success\" role=\"status\"><h2>");
    office_text(response, request,
                why != NULL ? N_("Nothing was stored")
                : stored    ? N_("The questionnaire is stored")
                            : N_("The file is good; nothing was stored"));
    HTML(page, "</h2><p>");
    if (why != NULL)
        html_text(page, why);
    else
        html_text(page,
                  arena_format(request->arena, tr(request->language, N_("%s: %zu pages, %zu questions, %zu languages")),
                               form->id, form->page_count, form->item_count, form->language_count));
    HTML(page, "</p></div>");
}

static enum status take_in(struct service *service, const struct request *request, struct response *response,
                           struct fail *fail)
{
    const struct upload *file = request_upload(request, "file");
    if (file == NULL || file->length == 0)
        return FAIL(fail, STATUS_INPUT, "choose a file first");
    struct messages *messages = ARENA_NEW(request->arena, struct messages, 1);
    if (messages == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    messages->arena = request->arena;
    const struct form_hooks hooks = { keep_fault, keep_lost, messages };
    const struct form *form = NULL;
    struct fail why = { .language = request->language };
    struct buf yaml;
    bool store = request_field(request, "dry_run") == NULL;
    buf_init(&yaml, YAML_MAX);
    enum status status =
        format_read_bytes(request->arena, file->name, file->bytes, file->length, &form, &yaml, &hooks, &why);
    if (status == STATUS_OK && store)
        status = shelf_keep(service->dir, form->id, &yaml, request_field(request, "replace") != NULL, &why);
    if (status == STATUS_OK && store)
        status = store_audit_add(service->store, request->user, "questionnaire", form->id, &why);
    buf_free(&yaml);
    if (status == STATUS_MEMORY || status == STATUS_IO)
        return FAIL(fail, status, "%s", why.what);
    response->status = status == STATUS_OK ? 200 : 422;
    office_page_begin(service, request, response, tr(request->language, N_("Questionnaires")));
    write_outcome(request, response, form, store, status == STATUS_OK ? NULL : why.what);
    write_messages(request, response, messages);
    status = write_page(service, request, response, fail);
    office_page_end(service, request, response);
    return status;
}

enum status page_forms_post(struct service *service, const struct request *request, struct response *response,
                            struct fail *fail)
{
    const char *action = request_field(request, "action");
    const char *name = request_field(request, "name");
    if (action == NULL || name == NULL)
        return take_in(service, request, response, fail);
    enum status status = strcmp(action, "undo") == 0     ? shelf_undo(service->dir, name, fail)
                         : strcmp(action, "remove") == 0 ? shelf_remove(service->dir, name, fail)
                                                         : FAIL(fail, STATUS_INPUT, "unknown action");
    if (status == STATUS_OK)
        status = store_audit_add(service->store, request->user, "questionnaire", name, fail);
    response->status = 303;
    response->location = "/forms";
    return status;
}

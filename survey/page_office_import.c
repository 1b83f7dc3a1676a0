/* Uploading HR's files: a try without storing, every finding in a table, warnings to accept, the last import to take
 * back. Not responsible for checking (import.c) nor for what belongs in which file (page_office_templates.c). */
#include <stdio.h>
#include <string.h>

#include "survey/import.h"
#include "survey/office.h"

static void write_kinds(const struct request *request, struct response *response, const char *chosen)
{
    struct html *page = &response->page;
    struct import_kind kind;
    HTML(page, "<p><label>");
    office_text(response, request, N_("What the file holds"));
    HTML(page, " <select name=\"kind\" required=\"required\">");
    for (size_t i = 0; import_kind_at(i, &kind); i++) {
        HTML(page, "<option");
        HTML_ATTR(page, "value", kind.kind);
        if (chosen != NULL && strcmp(chosen, kind.kind) == 0)
            HTML(page, " selected=\"selected\"");
        HTML(page, ">");
        office_text(response, request, kind.title);
        HTML(page, " (");
        html_text(page, kind.file);
        HTML(page, ")</option>");
    }
    HTML(page, "</select></label></p>");
}

/* A file is checked first; when that went well, the same form is ready to store it. */
static void write_form(const struct request *request, struct response *response, const struct import_report *report)
{
    struct html *page = &response->page;
    bool checked = report != NULL && report->errors == 0 && !report->stored;
    office_upload_open(response, request, "/imports", "deliver", N_("Deliver a file"));
    write_kinds(request, response, report == NULL ? NULL : report->kind);
    HTML(page, "<p><label>");
    office_text(response, request, N_("File (CSV or spreadsheet)"));
    HTML(page, " <input type=\"file\" name=\"file\" accept=\".csv,.txt,.xlsx,.xls\" required=\"required\"/></label></p><p><label>");
    office_text(response, request, N_("Map of its columns (JSON), when they have other names"));
    HTML(page, " <input type=\"file\" name=\"map\" accept=\".json\"/></label></p>");
    office_maps(request, response);
    HTML(page, "<p><label>");
    office_text(response, request, N_("Day of reference, when the map asks for it"));
    HTML(page, " <input type=\"date\" name=\"date\"/></label></p>");
    if (checked && report->warnings > 0) {
        HTML(page, "<p>");
        office_checkbox(response, "accept", "1", tr(request->language, N_("I have read the warnings; the figures are right")), false);
        HTML(page, "</p>");
    }
    office_upload_close(response, request, !checked);
}

static const char *day_text(const struct request *request, const char *day)
{
    int parts[3] = { 0 };
    struct buf text;
    buf_init(&text, 64);
    if (sscanf(day, "%4d-%2d-%2d", &parts[0], &parts[1], &parts[2]) == 3)
        buf_date(&text, request->language, parts[0], parts[1], parts[2]);
    const char *own = text.failed || text.length == 0 ? NULL : arena_copy(request->arena, text.bytes, text.length);
    buf_free(&text);
    return own == NULL ? day : own;
}

static enum status write_undo(struct service *service, const struct request *request, struct response *response,
                              struct fail *fail)
{
    struct html *page = &response->page;
    struct delivery last;
    char line[300];
    struct import_kind kind = { .title = "" };
    enum status status = import_last(service->store, &last, NULL);
    if (status == STATUS_OK)
        status = import_kind_find(last.kind, &kind, NULL);
    if (status == STATUS_MISSING)
        return STATUS_OK;
    if (status != STATUS_OK)
        return FAIL(fail, status, "the last import cannot be read");
    HTML(page, "<form class=\"panel\" method=\"post\" action=\"/imports/undo\" aria-labelledby=\"undo\"><h2 "
               "id=\"undo\">");
    office_text(response, request, N_("Last import"));
    HTML(page, "</h2>");
    office_csrf(response, request);
    HTML(page, "<p>");
    snprintf(line, sizeof line, tr(request->language, N_("%s: %zu rows, stored on %s.")),
             tr(request->language, kind.title), last.rows, day_text(request, last.day));
    html_text(page, line);
    HTML(page, "</p><p>");
    if (last.locked) {
        office_text(response, request,
                    N_("A finished report rests on it, so it stays. Import a corrected file instead."));
        HTML(page, "</p></form>");
        return STATUS_OK;
    }
    office_text(response, request, N_("Undoing brings back what was there before. Earlier imports can follow."));
    HTML(page, "</p>");
    snprintf(line, sizeof line, "%lld", (long long)last.id);
    office_hidden(response, "delivery", line);
    HTML(page, "<p><button type=\"submit\">");
    office_text(response, request, N_("Undo the last import"));
    HTML(page, "</button></p></form>");
    return STATUS_OK;
}

static enum status write_history(struct service *service, const struct request *request, struct response *response,
                                 struct fail *fail)
{
    static const char *const heads[] = { N_("Day"), N_("By"), N_("File") };
    struct html *page = &response->page;
    const struct audit_row *rows = NULL;
    size_t count = 0;
    bool intact = false;
    enum status status = store_audit(service->store, request->arena, &rows, &count, &intact, fail);
    office_table_open(response, request, "history", N_("Files stored so far"), heads, COUNT(heads));
    for (size_t i = count; i > 0 && status == STATUS_OK; i--) {
        bool undone = strcmp(rows[i - 1].action, "import undone") == 0;
        if (!undone && strcmp(rows[i - 1].action, "import") != 0)
            continue;
        HTML(page, "<tr>");
        office_day(response, request, rows[i - 1].day);
        office_cell(response, rows[i - 1].user);
        HTML(page, "<td>");
        if (undone) {
            office_text(response, request, N_("Undone"));
            HTML(page, ": ");
        }
        html_text(page, rows[i - 1].detail);
        HTML(page, "</td></tr>");
    }
    office_table_close(response);
    return status;
}

static enum status write_page(struct service *service, const struct request *request, struct response *response,
                              const struct import_report *report, struct fail *fail)
{
    HTML(&response->page, "<p>");
    office_text(response, request,
                N_("A file is checked as a whole. When one row is wrong, every fault is shown and nothing is "
                   "stored. Files hold counts, never names."));
    HTML(&response->page, "</p><div class=\"panels\">");
    write_form(request, response, report);
    enum status status = write_undo(service, request, response, fail);
    HTML(&response->page, "</div>");
    office_templates(request, response);
    return status == STATUS_OK ? write_history(service, request, response, fail) : status;
}

enum status page_imports(struct service *service, const struct request *request, struct response *response,
                         struct fail *fail)
{
    office_page_begin(service, request, response, tr(request->language, N_("Imports")));
    enum status status = write_page(service, request, response, NULL, fail);
    office_page_end(service, request, response);
    return status;
}

/* The page names the delivery it showed: what somebody else imported meanwhile is not taken back by mistake. */
enum status page_imports_undo(struct service *service, const struct request *request, struct response *response,
                              struct fail *fail)
{
    struct delivery last;
    char shown[24];
    const char *wanted = request_field(request, "delivery");
    enum status status = import_last(service->store, &last, fail);
    if (status != STATUS_OK)
        return status;
    snprintf(shown, sizeof shown, "%lld", (long long)last.id);
    if (wanted == NULL || strcmp(wanted, shown) != 0)
        return FAIL(fail, STATUS_CONFLICT, "another file was imported meanwhile; look at the page again");
    status = import_undo(service->store, request->user, &last, fail);
    if (status != STATUS_OK)
        return status;
    office_forget_release(service);
    response->status = 303;
    response->location = "/imports";
    return STATUS_OK;
}

static const char *severity_text(enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR: return N_("Error");
    case SEVERITY_WARNING: return N_("Warning");
    case SEVERITY_INFO: return N_("Note");
    }
    return "";
}

static void write_findings(const struct request *request, struct response *response, const struct import_report *report)
{
    static const char *const heads[] = { N_("Kind"), N_("Rule"), N_("Line"), N_("Column"), N_("What to do") };
    struct html *page = &response->page;
    office_table_open(response, request, "findings", N_("Findings"), heads, COUNT(heads));
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct finding *finding = &report->findings[i];
        HTML(page, "<tr>");
        office_cell(response, tr(request->language, severity_text(finding->severity)));
        office_cell(response, finding->rule);
        HTML(page, "<td class=\"numeric\">");
        if (finding->line > 0)
            html_number(page, finding->line);
        else
            HTML(page, "–");
        HTML(page, "</td>");
        office_cell(response, finding->column == NULL ? "" : finding->column);
        const char *like = finding->more == 0 ? NULL
                                              : arena_format(request->arena, tr(request->language, N_("%s (and %zu more like this)")),
                                                             finding->message, finding->more);
        office_cell(response, like == NULL ? finding->message : like);
        HTML(page, "</tr>");
    }
    office_table_close(response);
}

/* How the file was read: encoding and umlauts can be judged before it is stored. */
static void write_sample(const struct request *request, struct response *response, const struct import_report *report)
{
    const struct import_sample *sample = &report->sample;
    struct html *page = &response->page;
    if (sample->columns == 0)
        return;
    HTML(page, "<details open=\"open\"><summary>");
    office_text(response, request, N_("How the file was read"));
    HTML(page, "</summary><p>");
    const char *divided = tr(request->language, import_delimiter(report->delimiter));
    const char *text =
        report->header_line == 0
            ? arena_format(request->arena, tr(request->language, N_("Encoding %s; columns divided by %s; without names of the columns.")),
                           encoding_name(report->encoding), divided)
            : arena_format(request->arena, tr(request->language, N_("Encoding %s; columns divided by %s; names of the columns in line %u.")),
                           encoding_name(report->encoding), divided, (unsigned)report->header_line);
    html_text(page, text == NULL ? "" : text);
    HTML(page, "</p>");
    office_table_open(response, request, "sample", N_("The first rows; what may be about a person is masked"), sample->cells,
                      sample->columns);
    for (size_t row = 1; row <= sample->rows; row++) {
        HTML(page, "<tr>");
        for (size_t column = 0; column < sample->columns; column++)
            office_cell(response, sample->cells[row * sample->columns + column]);
        HTML(page, "</tr>");
    }
    office_table_close(response);
    HTML(page, "</details>");
}

static void write_outcome(const struct request *request, struct response *response, const struct import_report *report,
                          enum status status, const char *why)
{
    struct html *page = &response->page;
    bool good = status == STATUS_OK;
    char line[200];
    if (good)
        HTML(page, "<div class=\"success\" role=\"status\"><h2>");
    else
        HTML(page, "<div class=\"problem\" role=\"alert\"><h2>");
    office_text(response, request,
                !good            ? N_("Nothing was stored")
                : report->stored ? N_("The file is stored")
                                 : N_("The file is good; nothing was stored"));
    HTML(page, "</h2><p>");
    if (!good) {
        html_text(page, why);
        HTML(page, "</p><p>");
    }
    snprintf(line, sizeof line, tr(request->language, N_("%zu rows, %zu errors, %zu warnings; encoding %s")),
             report->rows, report->errors, report->warnings, encoding_name(report->encoding));
    html_text(page, line);
    HTML(page, "</p></div>");
    if (!report->stored)
        write_sample(request, response, report);
    if (report->finding_count > 0)
        write_findings(request, response, report);
}

enum status page_imports_post(struct service *service, const struct request *request, struct response *response,
                              struct fail *fail)
{
    struct import_report report = { 0 };
    struct fail why = { .language = request->language };
    const char *kind = request_field(request, "kind");
    const struct upload *file = request_upload(request, "file");
    if (file == NULL || kind == NULL)
        return FAIL(fail, STATUS_INPUT, "choose a file first");
    const struct upload *drawn = request_upload(request, "map");
    struct import_map map;
    enum status status = STATUS_OK;
    if (drawn != NULL && drawn->length > 0)
        status = import_map_read(request->arena, drawn->bytes, drawn->length, &map, fail);
    if (status == STATUS_OK)
        status = import_map_date(drawn != NULL && drawn->length > 0 ? &map : NULL, request_field(request, "date"), fail);
    if (status != STATUS_OK)
        return status;
    status =
        import_bytes(service->store, request->arena,
                     &(const struct import_file){ .kind = kind,
                                                  .bytes = file->bytes,
                                                  .length = file->length,
                                                  .user = request->user,
                                                  .map = drawn != NULL && drawn->length > 0 ? &map : NULL,
                                                  .dry_run = request_field(request, "dry_run") != NULL,
                                                  .accept_warnings = request_field(request, "accept") != NULL,
                                                  .language = request->language },
                     &report, &why);
    if (status != STATUS_OK && status != STATUS_INPUT)
        return FAIL(fail, status, "%s", why.what);
    if (report.stored)
        office_forget_release(service);
    response->status = status == STATUS_OK ? 200 : 422;
    office_page_begin(service, request, response, tr(request->language, N_("Imports")));
    write_outcome(request, response, &report, status, why.what);
    status = write_page(service, request, response, &report, fail);
    office_page_end(service, request, response);
    return status;
}

/* Uploading HR's files: one form a kind, a try without storing, and every finding in a table. */
#include <stdio.h>
#include <string.h>

#include "survey/import.h"
#include "survey/office.h"

static void write_form(const struct request *request, struct response *response, const struct import_kind *importer)
{
    struct html *page = &response->page;
    HTML(page, "<form class=\"panel\" method=\"post\" action=\"/imports\" enctype=\"multipart/form-data\"");
    HTML_ATTR(page, "aria-labelledby", importer->kind);
    HTML(page, "><h2");
    HTML_ATTR(page, "id", importer->kind);
    HTML(page, ">");
    office_text(response, request, importer->title);
    HTML(page, "</h2>");
    office_csrf(response, request);
    HTML(page, "<input type=\"hidden\" name=\"kind\"");
    HTML_ATTR(page, "value", importer->kind);
    HTML(page, "/><p><label>");
    office_text(response, request, N_("File (CSV)"));
    HTML(page,
         " <input type=\"file\" name=\"file\" accept=\".csv,.txt\" required=\"required\"/></label></p>"
         "<p><label class=\"check\"><input type=\"checkbox\" name=\"dry_run\" value=\"1\" checked=\"checked\"/> ");
    office_text(response, request, N_("Only check, store nothing"));
    HTML(page, "</label></p><p><button type=\"submit\">");
    office_text(response, request, N_("Send"));
    HTML(page, "</button></p></form>");
}

static enum status write_history(struct service *service, const struct request *request, struct response *response,
                                 struct fail *fail)
{
    struct html *page = &response->page;
    const struct audit_row *rows = NULL;
    size_t count = 0;
    bool intact = false;
    enum status status = store_audit(service->store, request->arena, &rows, &count, &intact, fail);
    HTML(page, "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"history\"><table><caption "
               "id=\"history\">");
    office_text(response, request, N_("Files stored so far"));
    HTML(page, "</caption><thead><tr>");
    office_head(response, request, N_("Day"));
    office_head(response, request, N_("By"));
    office_head(response, request, N_("File"));
    HTML(page, "</tr></thead><tbody>");
    for (size_t i = count; i > 0 && status == STATUS_OK; i--) {
        if (strcmp(rows[i - 1].action, "import") != 0)
            continue;
        HTML(page, "<tr>");
        office_day(response, request, rows[i - 1].day);
        office_cell(response, rows[i - 1].user);
        office_cell(response, rows[i - 1].detail);
        HTML(page, "</tr>");
    }
    HTML(page, "</tbody></table></div>");
    return status;
}

static enum status write_page(struct service *service, const struct request *request, struct response *response,
                              struct fail *fail)
{
    HTML(&response->page, "<p>");
    office_text(response, request,
                N_("A file is checked as a whole. When one row is wrong, every fault is shown and nothing is "
                   "stored. Files hold counts, never names."));
    HTML(&response->page, "</p><div class=\"panels\">");
    struct import_kind kind;
    for (size_t i = 0; import_kind_at(i, &kind); i++)
        write_form(request, response, &kind);
    HTML(&response->page, "</div>");
    return write_history(service, request, response, fail);
}

enum status page_imports(struct service *service, const struct request *request, struct response *response,
                         struct fail *fail)
{
    office_page_begin(service, request, response, tr(request->language, N_("Imports")));
    enum status status = write_page(service, request, response, fail);
    office_page_end(service, request, response);
    return status;
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
    HTML(page,
         "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"findings\"><table><caption "
         "id=\"findings\">");
    office_text(response, request, N_("Findings"));
    HTML(page, "</caption><thead><tr>");
    for (size_t i = 0; i < COUNT(heads); i++)
        office_head(response, request, heads[i]);
    HTML(page, "</tr></thead><tbody>");
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
        office_cell(response, finding->message);
        HTML(page, "</tr>");
    }
    HTML(page, "</tbody></table></div>");
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
    enum status status =
        import_bytes(service->store, request->arena, kind, file->bytes, file->length,
                     request_field(request, "dry_run") != NULL, request->user, request->language, &report, &why);
    if (status != STATUS_OK && status != STATUS_INPUT)
        return FAIL(fail, status, "%s", why.what);
    if (report.stored)
        office_forget_release(service);
    response->status = status == STATUS_OK ? 200 : 422;
    office_page_begin(service, request, response, tr(request->language, N_("Imports")));
    write_outcome(request, response, &report, status, why.what);
    status = write_page(service, request, response, fail);
    office_page_end(service, request, response);
    return status;
}

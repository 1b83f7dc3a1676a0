/* Results of a wave: the same sections as the council's PDF, through the HTML backend. Sees a release only, never an
 * answer. */
#include <stdio.h>
#include <string.h>

#include "reports/section.h"
#include "survey/office.h"

/* The wave named in the address, NULL for the newest; the address may say anything, so it is looked up, not trusted. */
static enum status find_release(struct service *service, const struct request *request, const struct release **release,
                                struct fail *fail)
{
    const char *wave = request_field(request, "wave");
    return office_release(service, wave == NULL || wave[0] == '\0' ? NULL : wave, release, fail);
}

static enum status build(struct service *service, const struct release *release, const struct request *request,
                         struct doc *doc, struct fail *fail)
{
    struct remarks remarks;
    enum status status = store_remarks(service->store, request->arena, release->wave, &remarks, fail);
    if (status != STATUS_OK)
        return status;
    doc_init(doc, request->arena, request->language);
    report_build(release, &remarks, doc);
    return doc_status(doc, fail);
}

static void write_nothing_yet(struct response *response, const struct request *request)
{
    HTML(&response->page, "<p>");
    office_text(response, request, N_("No wave has been counted yet. Figures appear here after the count."));
    HTML(&response->page, "</p>");
}

static void write_downloads(const struct request *request, struct response *response, const char *wave)
{
    static const struct {
        const char *path, *text;
    } files[] = { { "/report.pdf", N_("Report for the council (PDF)") },
                  { "/report.html", N_("Report as a web page in one file (HTML)") },
                  { "/tables.xlsx", N_("All tables (XLSX)") },
                  { "/tables.zip", N_("Open data (CSV with description)") },
                  { "/cover.odt", N_("Cover paper to go on writing (ODT)") },
                  { "/cover.md", N_("Cover paper (Markdown)") } };
    struct html *page = &response->page;
    HTML(page, "<p>");
    for (size_t i = 0; i < COUNT(files); i++) {
        HTML(page, "<a class=\"download\"");
        HTML_ATTR(page, "href", arena_format(request->arena, "%s?wave=%s", files[i].path, wave));
        HTML(page, ">");
        office_text(response, request, files[i].text);
        HTML(page, "</a> ");
    }
    HTML(page, "</p><p><a");
    HTML_ATTR(page, "href", arena_format(request->arena, "/missing?wave=%s", wave));
    HTML(page, ">");
    office_text(response, request, N_("Why figures are missing"));
    HTML(page, "</a></p>");
}

enum status page_results(struct service *service, const struct request *request, struct response *response,
                         struct fail *fail)
{
    const struct release *release = NULL;
    struct html *page = &response->page;
    struct fail found = { .language = request->language };
    enum status status = find_release(service, request, &release, &found);
    if (status == STATUS_MISSING && request_field(request, "wave") == NULL) {
        office_page_begin(service, request, response, tr(request->language, N_("Results")));
        write_nothing_yet(response, request);
        office_page_end(service, request, response);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return FAIL(fail, status, "%s", found.what);
    struct doc doc;
    struct buf body;
    status = build(service, release, request, &doc, fail);
    buf_init(&body, 32 << 20);
    if (status == STATUS_OK)
        status = doc_write_html(&doc, &body, fail);
    if (status == STATUS_OK) {
        char title[128];
        snprintf(title, sizeof title, "%s %s", tr(request->language, N_("Results")), release->wave);
        office_page_begin(service, request, response, title);
        write_downloads(request, response, release->wave);
        buf_add(&page->out, body.bytes, body.length); /* made by the HTML backend: escaped already */
        office_page_end(service, request, response);
    }
    buf_free(&body);
    return status;
}

enum status page_report_file(struct service *service, const struct request *request, struct response *response,
                             struct fail *fail)
{
    bool html = strcmp(request->path, "/report.html") == 0;
    const struct release *release = NULL;
    struct doc doc;
    size_t pages = 0;
    enum status status = find_release(service, request, &release, fail);
    if (status != STATUS_OK)
        return status;
    status = build(service, release, request, &doc, fail);
    if (status == STATUS_OK && html)
        status = doc_write_page(&doc, &response->page.out, fail);
    else if (status == STATUS_OK)
        status = doc_write_pdf(&doc, &response->page.out, &pages, fail);
    response->content_type = html ? "text/html; charset=utf-8" : "application/pdf";
    response->download = arena_format(request->arena, html ? "querschnitt-%s.html" : "querschnitt-%s.pdf",
                                      release->wave);
    return status;
}

enum status page_cover(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    bool odt = strcmp(request->path, "/cover.odt") == 0;
    const struct release *release = NULL;
    struct remarks remarks;
    enum status status = find_release(service, request, &release, fail);
    if (status == STATUS_OK)
        status = store_remarks(service->store, request->arena, release->wave, &remarks, fail);
    if (status == STATUS_OK)
        status = cover_write(release, &remarks, request->language, request->path, &response->page.out, fail);
    if (status == STATUS_OK) {
        response->content_type = odt ? "application/vnd.oasis.opendocument.text" : "text/markdown; charset=utf-8";
        response->download = arena_format(request->arena, odt ? "querschnitt-%s.odt" : "querschnitt-%s.md", release->wave);
    }
    return status;
}

enum status page_tables(struct service *service, const struct request *request, struct response *response,
                        struct fail *fail)
{
    bool xlsx = strcmp(request->path, "/tables.xlsx") == 0;
    const struct release *release = NULL;
    enum status status = find_release(service, request, &release, fail);
    if (status == STATUS_OK)
        status = tables_write(release, request->language, request->path, &response->page.out, fail);
    if (status == STATUS_OK) {
        response->content_type = xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                      : "application/zip";
        response->download = arena_format(request->arena, xlsx ? "querschnitt-%s.xlsx" : "querschnitt-%s-open.zip",
                                          release->wave);
    }
    return status;
}

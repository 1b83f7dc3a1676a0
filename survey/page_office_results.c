/* Results of a wave: the same sections as the council's PDF, through the HTML backend. Sees a release only, never an
 * answer. */
#include <stdio.h>
#include <string.h>

#include "reports/figures.h"
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

/* What can be had of a wave. ending: of the file, behind the name of the wave. */
static const struct download {
    const char *path, *text, *type, *ending;
} downloads[] = {
    { "/report.pdf", N_("Report for the council (PDF)"), "application/pdf", ".pdf" },
    { "/short.pdf", N_("Short version in plain language (PDF)"), "application/pdf", "-short.pdf" },
    { "/short.html", N_("Short version as a web page in one file (HTML)"), "text/html; charset=utf-8", "-short.html" },
    { "/report.html", N_("Report as a web page in one file (HTML)"), "text/html; charset=utf-8", ".html" },
    { "/tables.xlsx", N_("All tables (XLSX)"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      ".xlsx" },
    { "/tables.zip", N_("Open data (CSV with description)"), "application/zip", "-open.zip" },
    { "/figures.zip", N_("Figures for slides (SVG and PNG)"), "application/zip", "-figures.zip" },
    { "/cover.odt", N_("Cover paper to go on writing (ODT)"), "application/vnd.oasis.opendocument.text", ".odt" },
    { "/cover.md", N_("Cover paper (Markdown)"), "text/markdown; charset=utf-8", ".md" },
};

static void write_downloads(const struct request *request, struct response *response, const char *wave)
{
    struct html *page = &response->page;
    HTML(page, "<p>");
    for (size_t i = 0; i < COUNT(downloads); i++) {
        HTML(page, "<a class=\"download\"");
        HTML_ATTR(page, "href", arena_format(request->arena, "%s?wave=%s", downloads[i].path, wave));
        HTML(page, ">");
        office_text(response, request, downloads[i].text);
        HTML(page, "</a> ");
    }
    HTML(page, "</p><p><a");
    HTML_ATTR(page, "href", arena_format(request->arena, "/missing?wave=%s", wave));
    HTML(page, ">");
    office_text(response, request, N_("Why figures are missing"));
    HTML(page, "</a> <a");
    HTML_ATTR(page, "href", arena_format(request->arena, "/figures?wave=%s", wave));
    HTML(page, ">");
    office_text(response, request, N_("Look up a figure"));
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
        office_release_note(service, request, response);
        buf_add(&page->out, body.bytes, body.length); /* made by the HTML backend: escaped already */
        office_page_end(service, request, response);
    }
    buf_free(&body);
    return status;
}

static enum status write_file(const struct release *release, const struct remarks *remarks, const struct request *request,
                              struct buf *out, struct fail *fail)
{
    size_t pages = 0;
    if (strcmp(request->path, "/figures.zip") == 0)
        return figures_write(release, request->language, out, fail);
    if (strncmp(request->path, "/tables.", 8) == 0)
        return tables_write(release, request->language, request->path, out, fail);
    if (strncmp(request->path, "/cover.", 7) == 0)
        return cover_write(release, remarks, request->language, request->path, out, fail);
    const enum edition edition = strncmp(request->path, "/short.", 7) == 0 ? EDITION_SHORT : EDITION_REPORT;
    const bool html = strcmp(strrchr(request->path, '.'), ".html") == 0;
    return report_write(release, remarks, request->language, edition, html, out, &pages, fail);
}

enum status page_download(struct service *service, const struct request *request, struct response *response,
                          struct fail *fail)
{
    const struct release *release = NULL;
    struct remarks remarks;
    enum status status = find_release(service, request, &release, fail);
    if (status == STATUS_OK)
        status = store_remarks(service->store, request->arena, release->wave, &remarks, fail);
    if (status == STATUS_OK)
        status = write_file(release, &remarks, request, &response->page.out, fail);
    for (size_t i = 0; status == STATUS_OK && i < COUNT(downloads); i++)
        if (strcmp(downloads[i].path, request->path) == 0) {
            response->content_type = downloads[i].type;
            response->download = arena_format(request->arena, "querschnitt-%s%s", release->wave, downloads[i].ending);
        }
    return status;
}

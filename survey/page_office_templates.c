/* What belongs in which file of the personnel office: columns, templates, shipped column maps. */
#include <stdio.h>
#include <string.h>

#include "base/asset.h"
#include "survey/import.h"
#include "survey/office.h"

/* The shipped maps, to take as they are or to begin with. */
void office_maps(const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    char path[128];
    HTML(page, "<p class=\"note\">");
    office_text(response, request, N_("Maps to begin with:"));
    for (size_t i = 0; import_map_shipped(i) != NULL; i++) {
        HTML(page, " <a download=\"download\"");
        snprintf(path, sizeof path, "/imports/map/%s", import_map_shipped(i));
        HTML_ATTR(page, "href", path);
        HTML(page, ">");
        html_text(page, import_map_shipped(i));
        HTML(page, "</a>");
    }
    HTML(page, "</p>");
}

/* What each file holds, with a header line to begin with. */
void office_templates(const struct request *request, struct response *response)
{
    struct html *page = &response->page;
    struct import_kind kind;
    char path[64];
    HTML(page, "<h2>");
    office_text(response, request, N_("What belongs in which file"));
    HTML(page, "</h2><p>");
    office_text(response, request,
                N_("Each file has one header line; a template holds it. Figures of one row never "
                   "stand in another row again."));
    HTML(page, "</p>");
    for (size_t i = 0; import_kind_at(i, &kind); i++) {
        struct import_column column;
        HTML(page, "<details><summary>");
        office_text(response, request, kind.title);
        HTML(page, "</summary><p><a");
        snprintf(path, sizeof path, "/imports/template/%s", kind.kind);
        HTML_ATTR(page, "href", path);
        HTML(page, ">");
        office_text(response, request, N_("Template"));
        HTML(page, " ");
        html_text(page, kind.file);
        HTML(page, ".csv</a></p><div class=\"table-scroll\" role=\"region\" tabindex=\"0\"");
        HTML_ATTR(page, "aria-label", tr(request->language, kind.title));
        HTML(page, "><table><thead><tr>");
        office_head(response, request, N_("Column"));
        office_head(response, request, N_("What belongs there"));
        HTML(page, "</tr></thead><tbody>");
        for (size_t k = 0; import_column_at(&kind, k, request->language, &column); k++) {
            HTML(page, "<tr>");
            office_cell(response, column.name);
            HTML(page, "<td>");
            html_text(page, column.what);
            if (column.optional)
                office_text(response, request, N_(" (may be missing)"));
            HTML(page, "</td></tr>");
        }
        HTML(page, "</tbody></table></div></details>");
    }
}

enum status page_imports_template(struct service *service, const struct request *request, struct response *response,
                                  struct fail *fail)
{
    (void)service;
    struct import_kind kind;
    enum status status = import_kind_find(request->parts[0], &kind, fail);
    if (status != STATUS_OK)
        return status;
    const char *name = arena_format(request->arena, "%s.csv", kind.file);
    import_template(&kind, &response->page.out);
    response->content_type = "text/csv; charset=utf-8";
    response->download = name;
    return STATUS_OK;
}

enum status page_imports_map(struct service *service, const struct request *request, struct response *response, struct fail *fail)
{
    (void)service;
    const struct asset *asset = NULL;
    char path[128];
    for (size_t i = 0; import_map_shipped(i) != NULL; i++)
        if (strcmp(import_map_shipped(i), request->parts[0]) == 0) { /* nothing else is looked for */
            snprintf(path, sizeof path, "survey/maps/%s", import_map_shipped(i));
            asset = asset_find(path);
        }
    if (asset == NULL)
        return FAIL(fail, STATUS_MISSING, "there is no such map");
    buf_add(&response->page.out, asset->bytes, asset->length);
    response->content_type = "application/json";
    response->download = request->parts[0];
    return STATUS_OK;
}

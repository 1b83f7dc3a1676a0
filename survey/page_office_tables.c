/* The list of tables of a survey in the staff council's package, and what this version could publish but must not. Not
 * responsible for the list (wave_tables.h). */
#include <stdio.h>
#include <string.h>

#include "survey/office.h"
#include "survey/wave_tables.h"

static void write_paragraph(const struct request *request, struct response *response, const char *text)
{
    HTML(&response->page, "<p>");
    office_text(response, request, text);
    HTML(&response->page, "</p>");
}

static void write_columns(const struct request *request, struct response *response, const struct planned_table *table)
{
    HTML(&response->page, "<td>");
    for (size_t c = 0; c < table->column_count; c++) {
        if (c > 0)
            HTML(&response->page, " · ");
        office_text(response, request, table->columns[c]);
    }
    HTML(&response->page, "</td>");
}

static void write_list(const struct request *request, struct response *response, const struct plan *plan)
{
    static const char *const heads[] = { N_("Table"), N_("What is counted"), N_("Columns") };
    office_table_open(response, request, "tables", N_("Every table the survey publishes"), heads, COUNT(heads));
    for (size_t i = 0; i < plan->count; i++) {
        const struct planned_table *table = &plan->tables[i];
        HTML(&response->page, "<tr><th scope=\"row\">");
        html_text(&response->page, table->id);
        HTML(&response->page, "</th><td>");
        office_text(response, request, table->indicator);
        if (strcmp(table->indicator, table->title) != 0) {
            HTML(&response->page, ": ");
            office_text(response, request, table->title);
        }
        HTML(&response->page, "</td>");
        write_columns(request, response, table);
        HTML(&response->page, "</tr>");
    }
    office_table_close(response);
}

void office_thresholds(const struct request *request, struct response *response, const struct policy *policy)
{
    const struct {
        const char *text;
        unsigned value;
    } rows[] = {
        { N_("Answers behind every published figure, at least"), policy->answers_min },
        { N_("Heads behind every published figure of the personnel office, at least"), policy->heads_min },
        { N_("Answers for a percentage, at least"), policy->percent_base },
        { N_("Answers for a decimal place, at least"), policy->decimal_base },
    };
    HTML(&response->page, "<ul>");
    for (size_t i = 0; i < COUNT(rows); i++) {
        HTML(&response->page, "<li>");
        office_text(response, request, rows[i].text);
        HTML(&response->page, ": ");
        html_number(&response->page, rows[i].value);
        HTML(&response->page, "</li>");
    }
    HTML(&response->page, "</ul>");
}

enum status office_beyond(struct service *service, const char *wave, const struct form *form,
                          const struct request *request, struct response *response, struct fail *fail)
{
    struct wave_tables tables;
    struct plan beyond = { 0 };
    enum status status = wave_tables(request->arena, service->dir, wave, &tables, fail);
    if (status == STATUS_OK)
        status = tables_beyond(request->arena, form, &tables, &beyond, fail);
    if (status != STATUS_OK || beyond.count == 0)
        return status;
    HTML(&response->page, "<p>");
    office_text(response, request, N_("The program could make further tables of this questionnaire. They are not on the list that was "
                                      "fixed before the survey opened and are therefore not published, whoever asks; the next "
                                      "survey can have them:"));
    for (size_t i = 0; i < beyond.count; i++) {
        HTML(&response->page, " ");
        html_text(&response->page, beyond.tables[i].id);
    }
    HTML(&response->page, "</p>");
    return STATUS_OK;
}

enum status office_tables(struct service *service, const struct wave *wave, const struct form *form,
                          const struct request *request, struct response *response, struct fail *fail)
{
    struct wave_tables tables;
    struct manifest manifest;
    enum status status = wave_manifest(service->dir, wave->name, &manifest, fail);
    if (status == STATUS_OK)
        status = wave_tables(request->arena, service->dir, wave->name, &tables, fail);
    if (status != STATUS_OK)
        return status;
    HTML(&response->page, "<section aria-labelledby=\"list\"><h2 id=\"list\">");
    office_text(response, request, N_("What is published"));
    HTML(&response->page, "</h2>");
    if (tables.fixed) {
        write_paragraph(request, response,
                        N_("These tables, and no other ones, are made of the answers and of the personnel office's counts. The list was "
                           "fixed when the survey was frozen; its check sum stands in the manifest and so in the check code. The "
                           "personnel office, the staff council, the council and the public get the same tables: nobody gets finer "
                           "ones. All of them are protected together. These thresholds were promised with the list and can only "
                           "rise:"));
        office_thresholds(request, response, &tables.least);
        HTML(&response->page, "<p><span class=\"hash\">SHA-256 ");
        html_text(&response->page, manifest.tables);
        HTML(&response->page, "</span></p>");
        write_list(request, response, &tables.plan);
    } else {
        write_paragraph(request, response, N_("This survey was frozen before such lists were fixed: every table of the program is "
                                              "published, protected together with all others."));
    }
    status = office_beyond(service, wave->name, form, request, response, fail);
    HTML(&response->page, "</section>");
    return status;
}

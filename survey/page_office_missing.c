/* Why figures of a wave are missing and what would bring them back, table by table. Sees a release only: it cannot tell
 * which hidden figure is a small group and which one protects it, and so nobody learns it here. */
#include <stdio.h>
#include <string.h>

#include "survey/office.h"
#include "survey/package.h"

struct missing {
    size_t secret, unsafe, pending;
    bool units; /* the rows are departments */
    bool heads; /* counts of the personnel office: nobody can win more answers */
    bool whole; /* the figure of the whole city is shown */
};

static struct missing count(const struct release_table *table)
{
    struct missing missing = { 0 };
    for (size_t r = 0; r < table->row_count; r++) {
        missing.units = missing.units || strncmp(table->rows[r].id, "unit.", 5) == 0;
        for (size_t c = 0; c < table->column_count; c++) {
            enum release_sign sign = table->cells[r * table->column_count + c].sign;
            bool ballots = strncmp(table->id, "dq1.", 4) == 0;
            missing.heads = missing.heads || (table->columns[c].unit == RELEASE_COUNT && !ballots);
            missing.secret += sign == SIGN_SECRET;
            missing.unsafe += sign == SIGN_UNSAFE;
            missing.pending += sign == SIGN_PENDING;
            missing.whole = missing.whole || (table->rows[r].total && sign == SIGN_SHOWN);
        }
    }
    return missing;
}

static const char *remedy(const struct missing *missing)
{
    if (missing->secret > 0 && missing->heads)
        return N_("Fewer and larger groups: these are counts of the personnel office, more answers do not help.");
    if (missing->secret > 0 && missing->units)
        return N_("Join small departments in the list of units before the next survey, and win more people there to "
                  "take part.");
    if (missing->secret > 0)
        return N_("More answers from the small groups in the next survey, or fewer and larger groups.");
    if (missing->unsafe > 0)
        return N_("More answers in the next survey.");
    return N_("Import the missing table of the personnel office.");
}

static void write_introduction(const struct request *request, struct response *response)
{
    static const char *const texts[] = {
        N_("A figure is kept secret (g) when it says too much about few people. Then further figures must often "
           "be hidden, because the first one could be calculated from the sum and the others. All tables of a survey "
           "are protected together: the same people stand in several of them."),
        N_("The program does not tell which of the hidden figures is the small group. Whoever knew that would know "
           "half of the secret."),
        N_("A hidden figure cannot be seen in the report, in the workbook or in the open data: "
           "all of them are made from the same protected tables."),
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        HTML(&response->page, "<p>");
        office_text(response, request, texts[i]);
        HTML(&response->page, "</p>");
    }
}

static void write_table(const struct request *request, struct response *response, const struct release *release,
                        const struct release_table *table, const struct missing *missing)
{
    struct html *page = &response->page;
    const size_t numbers[] = { missing->secret, missing->unsafe, missing->pending };
    HTML(page, "<tr><th scope=\"row\">");
    html_text(page, table->id);
    HTML(page, " – ");
    html_text(page, release_label(release, &table->title, request->language));
    HTML(page, "</th>");
    for (size_t i = 0; i < COUNT(numbers); i++) {
        HTML(page, "<td class=\"numeric\">");
        buf_number(&page->out, request->language, (double)numbers[i], 0);
        HTML(page, "</td>");
    }
    HTML(page, "<td>");
    office_text(response, request, missing->whole ? N_("the city administration as a whole") : N_("nothing coarser"));
    HTML(page, "</td><td>");
    office_text(response, request, remedy(missing));
    HTML(page, "</td></tr>");
}

static void write_tables(const struct request *request, struct response *response, const struct release *release)
{
    static const char *const heads[] = { N_("Table"), N_("kept secret (g)"), N_("too few answers (u)"),
                                         N_("not delivered (…)"), N_("Shown instead"), N_("What would help") };
    office_table_open(response, request, "missing", N_("Tables with missing figures"), heads, COUNT(heads));
    for (size_t t = 0; t < release->table_count; t++) {
        struct missing missing = count(&release->tables[t]);
        if (missing.secret + missing.unsafe + missing.pending > 0)
            write_table(request, response, release, &release->tables[t], &missing);
    }
    office_table_close(response);
}

static void write_plan_link(const struct request *request, struct response *response)
{
    if ((request->roles & (ROLE_ADMIN | ROLE_ANALYST)) == 0)
        return;
    HTML(&response->page, "<p><a href=\"/plan\">");
    office_text(response, request, N_("Choose the tables of the next survey and try the choice with these figures"));
    HTML(&response->page, "</a></p>");
}

static enum status write_beyond(struct service *service, const struct release *release, const struct request *request,
                                struct response *response, struct fail *fail)
{
    const char *text = NULL;
    struct wave_tables tables;
    enum status status = wave_tables(request->arena, service->dir, release->wave, &tables, fail);
    if (status == STATUS_OK)
        status = package_beyond(request->arena, &tables, release->form, request->language, &text, fail);
    if (status != STATUS_OK || text == NULL)
        return status;
    HTML(&response->page, "<p>");
    html_text(&response->page, text);
    HTML(&response->page, "</p>");
    return STATUS_OK;
}

enum status page_missing(struct service *service, const struct request *request, struct response *response,
                         struct fail *fail)
{
    const struct release *release = NULL;
    const char *wave = request_field(request, "wave");
    char title[160];
    struct fail found = { .language = request->language };
    enum status status = office_release(service, wave == NULL || wave[0] == '\0' ? NULL : wave, &release, &found);
    if (status != STATUS_OK && (status != STATUS_MISSING || wave != NULL))
        return FAIL(fail, status, "%s", found.what);
    snprintf(title, sizeof title, "%s%s%s", tr(request->language, N_("Why figures are missing")),
             release == NULL ? "" : ": ", release == NULL ? "" : release->wave);
    office_page_begin(service, request, response, title);
    write_introduction(request, response);
    status = STATUS_OK;
    if (release != NULL) {
        write_tables(request, response, release);
        status = write_beyond(service, release, request, response, fail);
        write_plan_link(request, response);
    }
    office_page_end(service, request, response);
    return status;
}

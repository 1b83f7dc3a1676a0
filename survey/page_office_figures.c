/* Looking a figure up: indicator, survey, and by what. What stands in the release is shown; every other combination is refused
 * with the same words, whatever stands behind it, and with the nearest coarser tables there are. Sees a release only. */
#include <stdio.h>
#include <string.h>

#include "analysis/indicator.h"
#include "reports/tell.h"
#include "survey/office.h"

enum { ID_ROOM = 96, WORD_MAX = 24 };

/* The end of a table's id, behind the indicator's. */
static const struct by {
    const char *word, *text;
} bys[] = {
    { "", N_("the city administration as a whole") },
    { "unit", N_("departments") },
    { "band", N_("pay bands") },
    { "age", N_("age groups") },
    { "sex", N_("women and men") },
    { "contact", N_("with and without client contact") },
    { "wave", N_("years") },
    { "change", N_("change since the previous survey") },
    { "items", N_("questions") },
};

struct question {
    const char *about, *by, *and; /* never NULL; anything at all may stand in them */
};

static const char *word_of(const struct request *request, const char *name)
{
    const char *word = request_field(request, name);
    return word == NULL || strlen(word) > WORD_MAX ? "" : word;
}

static const struct release_table *table_of(const struct release *release, const char *about, const char *by)
{
    char id[ID_ROOM];
    snprintf(id, sizeof id, "%.24s%s%.60s", about, by[0] == '\0' ? "" : ".", by);
    return about[0] == '\0' ? NULL : release_table(release, id);
}

/* Crossed tables would be named ABOUT.BY.AND; in whichever order they are asked for. */
static const struct release_table *answer(const struct release *release, const struct question *question)
{
    char both[ID_ROOM];
    if (question->and[0] == '\0' || strcmp(question->by, question->and) == 0)
        return table_of(release, question->about, question->by);
    snprintf(both, sizeof both, "%.24s.%.24s", question->by, question->and);
    const struct release_table *found = table_of(release, question->about, both);
    snprintf(both, sizeof both, "%.24s.%.24s", question->and, question->by);
    return found != NULL ? found : table_of(release, question->about, both);
}

static void write_choice(struct html *page, const char *value, const char *text, const char *chosen)
{
    HTML(page, "<option");
    HTML_ATTR(page, "value", value);
    if (strcmp(value, chosen) == 0)
        HTML(page, " selected=\"selected\"");
    HTML(page, ">");
    html_text(page, text);
    HTML(page, "</option>");
}

static void open_select(const struct request *request, struct response *response, const char *name, const char *label)
{
    struct html *page = &response->page;
    HTML(page, "<p><label");
    HTML_ATTR(page, "for", name);
    HTML(page, ">");
    office_text(response, request, label);
    HTML(page, "</label><select");
    HTML_ATTR(page, "id", name);
    HTML_ATTR(page, "name", name);
    HTML(page, ">");
}

static void write_bys(const struct request *request, struct response *response, const char *name, const char *label,
                      const char *chosen)
{
    open_select(request, response, name, label);
    for (size_t i = 0; i < COUNT(bys); i++)
        write_choice(&response->page, bys[i].word, tr(request->language, bys[i].text), chosen);
    HTML(&response->page, "</select></p>");
}

static void write_form(const struct request *request, struct response *response, const struct release *release,
                       const struct question *question)
{
    struct html *page = &response->page;
    HTML(page, "<form method=\"get\" action=\"/figures\" class=\"panel\">");
    office_hidden(response, "wave", release->wave);
    open_select(request, response, "about", N_("Indicator"));
    for (size_t i = 0; indicators[i] != NULL; i++)
        write_choice(page, indicators[i]->id,
                     arena_format(request->arena, "%s – %s", indicators[i]->id, tr(request->language, indicators[i]->title)),
                     question->about);
    HTML(page, "</select></p>");
    write_bys(request, response, "by", N_("by"), question->by);
    write_bys(request, response, "and", N_("and at the same time by"), question->and);
    HTML(page, "<p><button type=\"submit\">");
    office_text(response, request, N_("Look up"));
    HTML(page, "</button></p></form>");
}

/* What the signs mean that stand in the table, before it. */
static void write_signs(const struct request *request, struct response *response, const struct release *release,
                        const struct release_table *table)
{
    static const enum release_sign signs[] = { SIGN_SECRET, SIGN_UNSAFE, SIGN_VOID, SIGN_PENDING };
    struct html *page = &response->page;
    bool some = false;
    for (size_t i = 0; i < COUNT(signs); i++) {
        size_t count = 0;
        for (size_t c = 0; c < table->row_count * table->column_count; c++)
            count += table->cells[c].sign == signs[i];
        if (count == 0)
            continue;
        if (some)
            HTML(page, " · ");
        else
            HTML(page, "<p class=\"signs\">");
        HTML(page, "<strong>");
        html_text(page, release_sign(signs[i]));
        HTML(page, "</strong> ");
        html_text(page, release_sign_text(signs[i], request->language));
        some = true;
    }
    if (!some)
        return;
    HTML(page, ". <a");
    HTML_ATTR(page, "href", arena_format(request->arena, "/missing?wave=%s", release->wave));
    HTML(page, ">");
    office_text(response, request, N_("Why figures are missing"));
    HTML(page, "</a></p>");
}

static enum status write_answer(const struct request *request, struct response *response, const struct release *release,
                                const struct release_table *table, struct fail *fail)
{
    struct doc doc;
    struct buf body;
    buf_init(&body, 8 << 20);
    doc_init(&doc, request->arena, request->language);
    struct tell tell = tell_open(release, &doc);
    tell_table(&tell, &(struct tell_table){ .id = table->id, .head = tr(request->language, N_("Group")) });
    enum status status = doc_status(&doc, fail);
    if (status == STATUS_OK)
        status = doc_write_html(&doc, &body, fail);
    if (status == STATUS_OK)
        write_signs(request, response, release, table);
    if (status == STATUS_OK)
        buf_add(&response->page.out, body.bytes, body.length); /* made by the HTML backend: escaped already */
    buf_free(&body);
    return status;
}

static void write_coarser(const struct request *request, struct response *response, const struct release *release,
                          const struct question *question)
{
    struct html *page = &response->page;
    const char *const steps[] = { question->by, question->and, "" };
    size_t found = 0;
    for (size_t i = 0; i < COUNT(steps); i++) {
        const struct release_table *table = table_of(release, question->about, steps[i]);
        if (table == NULL || (i > 0 && strcmp(steps[i], steps[i - 1]) == 0) || (i == 2 && steps[0][0] == '\0'))
            continue;
        if (found++ == 0) {
            HTML(page, "<p>");
            office_text(response, request, N_("The nearest coarser tables there are:"));
            HTML(page, "</p><ul>");
        }
        HTML(page, "<li><a");
        HTML_ATTR(page, "href", arena_format(request->arena, "/figures?wave=%s&about=%s&by=%s", release->wave,
                                             question->about, steps[i]));
        HTML(page, ">");
        const struct indicator *indicator = indicator_find(question->about);
        html_text(page, arena_format(request->arena, "%s – %s", tr(request->language, indicator == NULL ? "" : indicator->title),
                                     release_label(release, &table->title, request->language)));
        HTML(page, "</a></li>");
    }
    if (found > 0) {
        HTML(page, "</ul>");
        return;
    }
    HTML(page, "<p>");
    office_text(response, request, N_("There is no coarser table of this indicator either."));
    HTML(page, "</p>");
}

static void write_refusal(const struct request *request, struct response *response, const struct release *release,
                          const struct question *question)
{
    struct html *page = &response->page;
    response->status = 404;
    HTML(page, "<section aria-labelledby=\"refused\"><h2 id=\"refused\">");
    office_text(response, request, N_("This table is not published"));
    HTML(page, "</h2><p>");
    office_text(response, request, N_("Which tables a survey publishes was fixed before it opened; the staff council has the "
                                      "list. They were protected together, all at once. Every further table, however "
                                      "harmless it looks, could give away a hidden figure: by the difference to another one. "
                                      "That is why the program does not count anew, for nobody."));
    HTML(page, "</p>");
    write_coarser(request, response, release, question);
    HTML(page, "</section>");
}

enum status page_figures(struct service *service, const struct request *request, struct response *response,
                         struct fail *fail)
{
    const struct release *release = NULL;
    const char *wave = request_field(request, "wave");
    const struct question question = { word_of(request, "about"), word_of(request, "by"), word_of(request, "and") };
    struct fail found = { .language = request->language };
    enum status status = office_release(service, wave == NULL || wave[0] == '\0' ? NULL : wave, &release, &found);
    if (status != STATUS_OK && (status != STATUS_MISSING || wave != NULL))
        return FAIL(fail, status, "%s", found.what);
    office_page_begin(service, request, response, tr(request->language, N_("Look up a figure")));
    if (release == NULL) {
        HTML(&response->page, "<p>");
        office_text(response, request, N_("No wave has been counted yet. Figures appear here after the count."));
        HTML(&response->page, "</p>");
        office_page_end(service, request, response);
        return STATUS_OK;
    }
    const struct release_table *table = answer(release, &question);
    write_form(request, response, release, &question);
    status = STATUS_OK;
    if (table != NULL)
        status = write_answer(request, response, release, table, fail);
    else if (request_field(request, "about") != NULL)
        write_refusal(request, response, release, &question);
    office_page_end(service, request, response);
    return status;
}

/* Texts of the report, written by the personnel office: what there is, an editor with a preview, one step back, and freezing.
 * Not responsible for where they stand in the report (reports/section.c). */
#include <stdio.h>
#include <string.h>

#include "base/env.h"
#include "reports/place.h"
#include "survey/office.h"

/* What the address or the form names, looked up. */
struct editor {
    struct wave wave;
    struct remarks remarks;
    struct place place_room;
    const struct place *place;       /* NULL: the list */
    const struct language *language; /* of the text */
};

static enum status find_wave(struct service *service, const struct request *request, struct wave *wave,
                             struct fail *fail)
{
    const char *name = request_field(request, "wave");
    const struct wave *waves = NULL;
    size_t count = 0;
    bool found = false;
    enum status status = store_waves(service->store, request->arena, &waves, &count, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        if (!waves[i].rehearsal && (name == NULL || strcmp(waves[i].name, name) == 0)) {
            *wave = waves[i]; /* without a name: the newest */
            found = true;
        }
    if (status == STATUS_OK && !found)
        return FAIL(fail, STATUS_MISSING, "there is no such wave yet: the texts belong to the report on a wave");
    return status;
}

static enum status open_editor(struct service *service, const struct request *request, struct editor *editor,
                               struct fail *fail)
{
    const char *place = request_field(request, "place");
    const char *language = request_field(request, "text_language");
    *editor = (struct editor){ .language = language_default };
    enum status status = find_wave(service, request, &editor->wave, fail);
    if (status == STATUS_OK)
        status = store_remarks(service->store, request->arena, editor->wave.name, &editor->remarks, fail);
    if (status != STATUS_OK || place == NULL)
        return status;
    editor->place = place_find(place, &editor->place_room);
    if (language != NULL)
        editor->language = language_exact(language);
    if (editor->place == NULL || editor->language == NULL || language_staff(editor->language) != editor->language)
        return FAIL(fail, STATUS_MISSING, "there is no such text in a report: go back to the list of texts");
    return STATUS_OK;
}

static const char *list_address(const struct request *request, const struct editor *editor, const char *told)
{
    return arena_format(request->arena, "/texts?wave=%s%s%s", editor->wave.name, told == NULL ? "" : "&told=",
                        told == NULL ? "" : told);
}

static void begin_form(const struct request *request, struct response *response, const struct editor *editor)
{
    HTML(&response->page, "<form method=\"post\" action=\"/texts\" class=\"writing\">");
    office_csrf(response, request);
    office_hidden(response, "wave", editor->wave.name);
}

static void button(const struct request *request, struct response *response, const char *action, const char *text)
{
    HTML(&response->page, "<button name=\"action\"");
    HTML_ATTR(&response->page, "value", action);
    HTML(&response->page, ">");
    office_text(response, request, text);
    HTML(&response->page, "</button> ");
}

/* --- the list --- */

static void write_link(const struct request *request, struct response *response, const struct editor *editor,
                       const struct place *place, const struct language *language)
{
    struct html *page = &response->page;
    bool written = remark_text(&editor->remarks, place->id, language) != NULL;
    bool frozen = editor->remarks.frozen[0] != '\0';
    const char *text = tr(request->language, frozen ? N_("Read") : written ? N_("Change") : N_("Write"));
    HTML(page, "<td>");
    if (frozen && !written) {
        HTML(page, "–</td>");
        return;
    }
    HTML(page, "<a");
    HTML_ATTR(page, "href", arena_format(request->arena, "/texts?wave=%s&place=%s&text_language=%s", editor->wave.name,
                                         place->id, language_code(language)));
    HTML_ATTR(page, "aria-label", arena_format(request->arena, "%s: %s, %s", text, tr(request->language, place->title),
                                               language_name(language)));
    HTML(page, ">");
    html_text(page, text);
    HTML(page, "</a></td>");
}

enum { COLUMNS_MAX = 8 }; /* languages of the office side by side */

static void write_list(const struct request *request, struct response *response, const struct editor *editor,
                       enum place_group group, const char *caption)
{
    struct html *page = &response->page;
    struct place room;
    const char *id = group == PLACE_COVER ? "fields" : "chapters";
    const char *heads[1 + COLUMNS_MAX] = { group == PLACE_COVER ? N_("Field") : N_("Chapter") };
    size_t count = 1;
    for (const struct language *language = language_staff_next(NULL); language != NULL && count < COUNT(heads);
         language = language_staff_next(language))
        heads[count++] = language_name(language);
    office_table_open(response, request, id, caption, heads, count);
    for (size_t i = 0; place_at(i, &room) != NULL; i++) {
        const struct place *place = place_at(i, &room);
        if (place->group != group)
            continue;
        HTML(page, "<tr><th scope=\"row\">");
        office_text(response, request, place->title);
        HTML(page, "</th>");
        for (const struct language *language = language_staff_next(NULL); language != NULL;
             language = language_staff_next(language))
            write_link(request, response, editor, place, language);
        HTML(page, "</tr>");
    }
    office_table_close(response);
}

static void write_freeze(const struct request *request, struct response *response, const struct editor *editor)
{
    struct html *page = &response->page;
    begin_form(request, response, editor);
    HTML(page, "<h2>");
    office_text(response, request, N_("Freeze the texts"));
    HTML(page, "</h2><p>");
    office_text(response, request,
                N_("Before the report goes to the council. From then on nobody can change a text of this report, and the mark "
                   "“draft” disappears. This cannot be undone."));
    HTML(page, "</p><p><label class=\"check\"><input type=\"checkbox\" name=\"sure\" value=\"1\" required=\"required\"/> ");
    office_text(response, request, N_("All texts are final"));
    HTML(page, "</label></p><p>");
    button(request, response, "freeze", N_("Freeze"));
    HTML(page, "</p></form>");
}

static void write_told(const struct request *request, struct response *response)
{
    static const struct {
        const char *word, *text;
    } told[] = {
        { "saved", N_("The text is saved. It stands in the results and in the report from now on.") },
        { "removed", N_("The text is taken out. “Back to the text before” in the editor brings it back.") },
        { "undone", N_("The text before is back.") },
        { "frozen", N_("The texts are frozen.") },
        { "days", N_("The days are saved.") },
    };
    const char *word = request_field(request, "told");
    for (size_t i = 0; i < COUNT(told) && word != NULL; i++)
        if (strcmp(told[i].word, word) == 0) {
            HTML(&response->page, "<p class=\"success\" role=\"status\">");
            office_text(response, request, told[i].text);
            HTML(&response->page, "</p>");
        }
}

static enum status write_all(struct service *service, const struct request *request, struct response *response,
                             const struct editor *editor, struct fail *fail)
{
    struct html *page = &response->page;
    office_page_begin(service, request, response,
                      arena_format(request->arena, "%s %s", tr(request->language, N_("Texts of the report")),
                                   editor->wave.name));
    write_told(request, response);
    HTML(page, "<p>");
    if (editor->remarks.frozen[0] != '\0') {
        int day[3] = { 0 };
        office_text(response, request, N_("These texts are frozen and no longer change, since"));
        HTML(page, " ");
        if (sscanf(editor->remarks.frozen, "%4d-%2d-%2d", &day[0], &day[1], &day[2]) == 3)
            buf_date(&page->out, request->language, day[0], day[1], day[2]);
        HTML(page, ".");
    } else {
        office_text(response, request,
                    N_("Here you write what stands beside the figures: a comment on each chapter, what became of earlier "
                       "proposals, recommendations to the council, and the fields of the cover paper. As long as the "
                       "texts are not frozen the report is marked as a draft."));
    }
    HTML(page, "</p>");
    write_list(request, response, editor, PLACE_CHAPTER, N_("Chapters of the report"));
    write_list(request, response, editor, PLACE_COVER, N_("Cover paper"));
    if (editor->remarks.frozen[0] == '\0')
        write_freeze(request, response, editor);
    enum status status = office_publication(service, request, response, editor->wave.name, fail);
    office_page_end(service, request, response);
    return status;
}

/* --- one text --- */

static enum status write_preview(const struct request *request, struct response *response, const struct editor *editor,
                                 const char *text, struct fail *fail)
{
    struct doc doc;
    struct html *page = &response->page;
    HTML(page, "<section class=\"panel preview\" aria-labelledby=\"preview\"><h2 id=\"preview\">");
    office_text(response, request, N_("Preview"));
    HTML(page, "</h2><p class=\"note\">");
    office_text(response, request, N_("As it will look; nothing is saved yet."));
    HTML(page, "</p>");
    doc_init(&doc, request->arena, editor->language);
    doc_heading(&doc, 1, editor->place->id, tr(editor->language, editor->place->title));
    remark_write(&doc, 2, "preview-text", text);
    enum status status = doc_status(&doc, fail);
    if (status == STATUS_OK)
        status = doc_write_html(&doc, &page->out, fail);
    HTML(page, "</section>");
    return status;
}

static enum status write_editor(struct service *service, const struct request *request, struct response *response,
                                const struct editor *editor, const char *text, struct fail *fail)
{
    struct html *page = &response->page;
    struct remark remark = { editor->place->id, language_code(editor->language), text };
    bool before = false;
    enum status status = store_remark_before(service->store, editor->wave.name, &remark, &before, fail);
    begin_form(request, response, editor);
    office_hidden(response, "place", remark.place);
    office_hidden(response, "text_language", remark.language);
    HTML(page, "<p id=\"hint\">");
    office_text(response, request, editor->place->hint);
    HTML(page, "</p><p><label for=\"text\">");
    html_text(page, arena_format(request->arena, "%s (%s)", tr(request->language, N_("Text")),
                                 language_name(editor->language)));
    HTML(page, "</label><textarea id=\"text\" name=\"text\" rows=\"14\" aria-describedby=\"hint signs\"");
    HTML_ATTR(page, "lang", remark.language);
    if (editor->remarks.frozen[0] != '\0')
        HTML(page, " readonly=\"readonly\"");
    HTML(page, ">\n");
    html_text(page, text);
    HTML(page, "</textarea></p><p id=\"signs\" class=\"note\">");
    office_text(response, request,
                N_("An empty line begins a new paragraph. A line that begins with “- ” is a point of a list, one that begins "
                   "with “# ” a heading. **Between double asterisks** stands what is important. Name no person."));
    HTML(page, "</p>");
    if (editor->remarks.frozen[0] == '\0') {
        HTML(page, "<p>");
        button(request, response, "preview", N_("Preview"));
        button(request, response, "save", N_("Save"));
        if (before)
            button(request, response, "undo", N_("Back to the text before"));
        HTML(page, "</p>");
    }
    HTML(page, "</form><p><a");
    HTML_ATTR(page, "href", list_address(request, editor, NULL));
    HTML(page, ">");
    office_text(response, request, N_("All texts"));
    HTML(page, "</a></p>");
    return status;
}

/* typed: NULL shows what is stored; wrong: why it was not saved, NULL. */
static enum status write_text(struct service *service, const struct request *request, struct response *response,
                              const struct editor *editor, const char *typed, const char *wrong, struct fail *fail)
{
    const char *stored = remark_text(&editor->remarks, editor->place->id, editor->language);
    enum status status = STATUS_OK;
    office_page_begin(service, request, response, tr(request->language, editor->place->title));
    if (wrong != NULL) {
        HTML(&response->page, "<div class=\"problem\" role=\"alert\"><h2>");
        office_text(response, request, N_("The text is not saved"));
        HTML(&response->page, "</h2><p>");
        html_text(&response->page, wrong);
        HTML(&response->page, "</p></div>");
    } else if (typed != NULL && typed[0] != '\0') {
        status = write_preview(request, response, editor, typed, fail);
    }
    if (status == STATUS_OK)
        status = write_editor(service, request, response, editor, typed != NULL ? typed : stored != NULL ? stored : "",
                              fail);
    office_page_end(service, request, response);
    return status;
}

enum status page_texts(struct service *service, const struct request *request, struct response *response,
                       struct fail *fail)
{
    struct editor editor;
    enum status status = open_editor(service, request, &editor, fail);
    if (status == STATUS_MISSING && request_field(request, "wave") == NULL) {
        office_page_begin(service, request, response, tr(request->language, N_("Texts of the report")));
        HTML(&response->page, "<p>");
        office_text(response, request, N_("There is no wave yet. querschnitt wave freeze begins one."));
        HTML(&response->page, "</p>");
        office_page_end(service, request, response);
        return STATUS_OK;
    }
    if (status == STATUS_OK && editor.place != NULL)
        status = write_text(service, request, response, &editor, NULL, NULL, fail);
    else if (status == STATUS_OK)
        status = write_all(service, request, response, &editor, fail);
    return status;
}

/* --- changing --- */

static enum status freeze(struct service *service, const struct request *request, const struct editor *editor,
                          struct fail *fail)
{
    char today[11];
    if (request_field(request, "sure") == NULL)
        return FAIL(fail, STATUS_INPUT, "tick the box that all texts are final, then freeze them");
    env_local_day(service->env->now(service->env->state), today);
    enum status status = store_remarks_freeze(service->store, editor->wave.name, today, fail);
    if (status == STATUS_OK)
        status = store_audit_add(service->store, request->user, "texts frozen", editor->wave.name, fail);
    return status;
}

static enum status change(struct service *service, const struct request *request, const struct editor *editor,
                          const char *text, struct fail *fail)
{
    struct remark remark = { editor->place->id, language_code(editor->language), text };
    enum status status = text != NULL ? store_remark_put(service->store, editor->wave.name, &remark, fail)
                                      : store_remark_undo(service->store, editor->wave.name, &remark, fail);
    if (status != STATUS_OK)
        return status;
    return store_audit_add(service->store, request->user, text == NULL ? "text undone" : "text changed",
                           arena_format(request->arena, "%s %s %s", editor->wave.name, remark.place, remark.language),
                           fail);
}

enum status page_texts_post(struct service *service, const struct request *request, struct response *response,
                            struct fail *fail)
{
    struct editor editor;
    const char *action = request_field(request, "action");
    const char *typed = request_field(request, "text");
    const char *text = NULL;
    const char *told = "frozen";
    enum status status = open_editor(service, request, &editor, fail);
    if (status != STATUS_OK)
        return status;
    if (action == NULL || (strcmp(action, "freeze") != 0 && (editor.place == NULL || typed == NULL)))
        return FAIL(fail, STATUS_INPUT, "the form is not complete: go back to the list of texts and open the text again");
    if (strcmp(action, "freeze") == 0) {
        status = freeze(service, request, &editor, fail);
    } else if (strcmp(action, "undo") == 0) {
        told = "undone";
        status = change(service, request, &editor, NULL, fail);
    } else {
        struct fail wrong = { .language = request->language };
        status = remark_check(request->arena, typed, &text, &wrong);
        bool refused = status == STATUS_INPUT || status == STATUS_LIMIT;
        if (refused)
            response->status = 422;
        if (refused || (status == STATUS_OK && strcmp(action, "preview") == 0))
            return write_text(service, request, response, &editor, refused ? typed : text, refused ? wrong.what : NULL, fail);
        if (status != STATUS_OK)
            return FAIL(fail, status, "%s", wrong.what);
        told = text[0] == '\0' ? "removed" : "saved";
        status = change(service, request, &editor, text, fail);
    }
    response->status = 303;
    response->location = list_address(request, &editor, told);
    return status;
}

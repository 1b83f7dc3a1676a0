/* Groups of LimeSurvey to pages, its fixed texts to notices.
 *
 * A question with rows gets a page of its own with the title of its group: its heading stands above the rows, and rows
 * with the same options are a matrix. Questions before and after it are pages too, so that the order stays. */
#include <string.h>

#include "forms/limesurvey_native.h"
#include "forms/limesurvey_types.h"

/* A page for one question with rows. */
static void open_rows(struct lime *lime, const struct lime_question *question, const struct lime_type *type)
{
    struct text heading;
    struct text help;
    lime_text(lime, &question->text, MARKUP_PARAGRAPHS, true, NULL, &heading);
    lime_text(lime, &question->help, MARKUP_PARAGRAPHS, true, NULL, &help);
    struct lime_page *page = &lime->pages[lime->page_count - 1];
    lime_join(lime, &heading, &help, "\n\n", &heading);
    lime_join(lime, &page->page.intro, &heading, "\n\n", &page->page.intro);
    page->page.matrix = type->matrix;
    page->page.shuffle =
        lime_flag(question, "random_order") || strcmp(lime_attribute(question, "subquestion_order"), "random") == 0;
    page->show_if = lime_and(lime, page->show_if, lime_relevance(lime, question));
}

static bool is_first_of_group(const struct lime *lime)
{
    return strchr(lime->pages[lime->page_count - 1].page.id, '_') == NULL;
}

static void describe(struct lime *lime)
{
    struct lime_page *page = &lime->pages[lime->page_count - 1];
    if (is_first_of_group(lime))
        lime_text(lime, &lime->group->description, MARKUP_PARAGRAPHS, true, NULL, &page->page.intro);
}

static void stand_at(struct lime *lime, const char *where)
{
    lime->where = where;
    lime->said_count = 0;
}

static void read_question(struct lime *lime, const struct lime_question *question, bool *alone)
{
    const struct lime_type *type = lime_type(question->type);
    stand_at(lime, question->code);
    lime->question = question;
    if (type == NULL) {
        lime_lose(lime, NULL, N_("A question of the unknown type “%c” is left out."), question->type);
        return;
    }
    bool rows = type->rows && lime_row_count(question) > 1;
    if (*alone || (rows && lime->pages[lime->page_count - 1].page.item_count > 0)) {
        lime_page_open(lime);
        *alone = false;
    }
    if (lime->status != STATUS_OK)
        return;
    size_t page = lime->page_count - 1;
    size_t before = lime->item_count;
    const struct lime_page empty = lime->pages[page];
    if (rows)
        open_rows(lime, question, type);
    lime->native = lime_native_load(lime, question, "querschnitt_items");
    type->read(lime, question);
    for (size_t i = before; i < lime->item_count && lime->status == STATUS_OK; i++)
        lime_native_finish(lime, question, &lime->items[i]);
    json_decref(lime->native);
    lime->native = NULL;
    lime->native_item = NULL;
    if (type->rows && question->subquestion_count == 0)
        lime_lose(lime, NULL, N_("The question has no rows: it is left out."));
    if (rows && lime->item_count == before)
        lime->pages[page] = empty;
    lime_attributes_left(lime, question, type);
    *alone = rows && lime->item_count > before;
}

/* All questions of the page drawn from the same group of random order: the page is shuffled. */
static void read_random(struct lime *lime)
{
    const struct lime_group *group = lime->group;
    const char *name = group->question_count > 0 ? lime_attribute(&group->questions[0], "random_group") : "";
    bool same = true;
    bool any = false;
    for (size_t i = 0; i < group->question_count; i++) {
        const char *other = lime_attribute(&group->questions[i], "random_group");
        same = same && strcmp(name, other) == 0;
        any = any || other[0] != '\0';
    }
    if (any && same && is_first_of_group(lime))
        lime->pages[lime->page_count - 1].page.shuffle = true;
    else if (any)
        lime_lose(lime, N_("the order of the file"), N_("Questions in random order."));
    if (group->random[0] != '\0')
        lime_lose(lime, N_("the order of the file"), N_("Groups in random order."));
}

/* The document of that name on any question of the group: LimeSurvey may have moved them. The caller frees it. */
static json_t *find_native(struct lime *lime, const struct lime_group *group, const char *name)
{
    json_t *found = NULL;
    for (size_t i = 0; i < group->question_count && found == NULL; i++)
        found = lime_native_load(lime, &group->questions[i], name);
    return found;
}

static void read_group(struct lime *lime, const struct lime_group *group)
{
    bool alone = false;
    const char *name = group->name.in[0] != NULL ? group->name.in[0] : group->gid;
    lime->group = group;
    stand_at(lime, name);
    size_t before = lime->item_count;
    json_t *native = find_native(lime, group, "querschnitt_page");
    lime->group_show_if = lime_native_expression(lime, native, "show_if", group->relevance);
    if (lime->group_show_if == NULL)
        lime->group_show_if = lime_expression(lime, NULL, group->relevance, N_("shown always"));
    lime_page_open(lime);
    size_t first = lime->page_count - 1;
    if (lime->status == STATUS_OK)
        describe(lime);
    for (size_t i = 0; i < group->question_count && lime->status == STATUS_OK; i++)
        read_question(lime, &group->questions[i], &alone);
    stand_at(lime, name);
    if (lime->status == STATUS_OK && lime->item_count == before)
        lime_lose(lime, NULL, N_("The group has no questions that can be asked: it is left out."));
    else if (lime->status == STATUS_OK)
        read_random(lime);
    if (lime->status == STATUS_OK && native != NULL && first == lime->page_count - 1)
        lime_native_page(lime, native, &lime->pages[first]);
    json_decref(native);
}

static void add_notice(struct lime *lime, struct notice notices[], const char *id, const char *title,
                       const struct text *html)
{
    struct notice *notice = &notices[lime->form->notice_count];
    lime_text(lime, html, MARKUP_PARAGRAPHS, false, NULL, &notice->body);
    if (!lime_has_text(&notice->body))
        return;
    notice->id = id;
    lime_word(lime, title, &notice->title);
    lime->form->notice_count++;
}

static void read_notices(struct lime *lime)
{
    const struct lime_survey *survey = lime->survey;
    struct notice *notices = lime_new(lime, 3, sizeof *notices);
    if (notices == NULL)
        return;
    struct text welcome;
    lime_join(lime, &survey->description, &survey->welcome, "<p></p>", &welcome);
    add_notice(lime, notices, "welcome", N_("Welcome"), &welcome);
    add_notice(lime, notices, "privacy", N_("Data protection"), &survey->policy);
    add_notice(lime, notices, "closing", N_("Thank you"), &survey->end);
    lime->form->notices = notices;
}

void lime_pages(struct lime *lime)
{
    const struct lime_survey *survey = lime->survey;
    stand_at(lime, "survey");
    json_t *native = NULL;
    lime_text(lime, &survey->title, MARKUP_LINE, false, "LimeSurvey", &lime->form->title);
    read_notices(lime);
    for (size_t i = 0; i < survey->group_count && native == NULL; i++)
        native = find_native(lime, &survey->groups[i], "querschnitt_form");
    if (native != NULL)
        lime_native_form(lime, native);
    for (size_t i = 0; i < survey->group_count && lime->status == STATUS_OK; i++)
        read_group(lime, &survey->groups[i]);
    if (lime->page_count > 0 && lime->pages[lime->page_count - 1].page.item_count == 0)
        lime->page_count--;
    stand_at(lime, "survey");
    lime_settings_left(lime);
    if (lime->status == STATUS_OK)
        lime_finish(lime);
    if (lime->status == STATUS_OK && native != NULL)
        lime_native_scales(lime, native, lime->form);
    json_decref(native);
}

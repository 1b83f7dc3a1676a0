/* The rows of the sheet survey in order: groups become pages, questions become items.
 *
 * A group with a title is a page. Questions behind the end of an inner group stand on a further page with the title of
 * the outer one. Groups without a title belong to the page they are in. A table of questions has a page of its own. */
#include <stdio.h>
#include <string.h>

#include "forms/xlsform.h"

static const char *cell(const struct xlsform *form, enum xlsform_key key)
{
    return xlsform_cell(&form->survey, form->row, key);
}

static bool looks(const struct xlsform *form, const char *word)
{
    const char *found = strstr(cell(form, KEY_APPEARANCE), word);
    size_t length = strlen(word);
    return found != NULL && (found == cell(form, KEY_APPEARANCE) || strchr(" ,", found[-1]) != NULL) &&
           strchr(" ,", found[length]) != NULL;
}

static const char *both(struct xlsform *form, const char *left, const char *right)
{
    if (left == NULL || left[0] == '\0')
        return right != NULL && right[0] != '\0' ? right : NULL;
    if (right == NULL || right[0] == '\0')
        return left;
    const char *joined = arena_format(form->arena, "(%s) and (%s)", left, right);
    if (joined == NULL)
        xlsform_full(form);
    return joined;
}

/* Depth of the innermost group that has a title; 0: none. */
static size_t titled_depth(const struct xlsform *form)
{
    size_t depth = form->depth;
    while (depth > 0 && !form->groups[depth - 1].titled)
        depth--;
    return depth;
}

static struct xlsform_page *new_page(struct xlsform *form, const char *name)
{
    if (form->page_count == FORM_ITEM_MAX) {
        xlsform_full(form);
        return NULL;
    }
    struct xlsform_page *page = &form->pages[form->page_count];
    *page = (struct xlsform_page){ .page = { .item_first = form->item_count } };
    page->page.id = xlsform_page_id(form, name);
    form->page_count++;
    return page;
}

/* The page for the next question; a new one when the group or the table changes. fresh: in any case. */
static struct xlsform_page *open_page(struct xlsform *form, bool table, bool fresh)
{
    size_t depth = titled_depth(form);
    struct xlsform_group *group = depth > 0 ? &form->groups[depth - 1] : NULL;
    size_t serial = group != NULL ? group->serial : 0;
    struct xlsform_page *last = form->page_count > 0 ? &form->pages[form->page_count - 1] : NULL;
    if (last != NULL && !fresh && last->group == serial && last->table == table)
        return last;
    struct xlsform_page *page = new_page(form, group != NULL ? group->name : "page");
    if (page == NULL)
        return NULL;
    page->group = serial;
    page->table = table;
    page->page.title = group != NULL ? group->title : form->form->title;
    for (size_t i = 0; i < depth; i++)
        page->show_if = both(form, page->show_if, form->groups[i].relevant);
    if (group != NULL) {
        group->shown = true;
        if (form->native) {
            const struct table_row *row = form->row;
            form->row = group->row;
            xlsform_read_native_page(form, page);
            form->row = row;
        }
    }
    return page;
}

static void begin_group(struct xlsform *form, const struct xlsform_type *type, const char *name)
{
    if (form->depth == XLSFORM_DEPTH_MAX) {
        xlsform_fault(form, N_("more than %d groups inside one another"), (int)XLSFORM_DEPTH_MAX);
        xlsform_full(form);
        return;
    }
    struct xlsform_group *group = &form->groups[form->depth++];
    *group = (struct xlsform_group){ .row = form->row, .name = name, .serial = ++form->serial };
    group->titled = xlsform_text(form, &form->survey, form->row, KEY_LABEL, NULL, &group->title);
    group->relevant = cell(form, KEY_RELEVANT);
    group->table = looks(form, "table-list") && !form->native;
    if (!group->titled && form->depth == 1) { /* a group is a page even when it has no title */
        group->titled = true;
        group->title = form->form->title;
    }
    if (type->kind == KIND_BEGIN_REPEAT)
        xlsform_lose(form, N_("the questions are asked once"), N_("questions that are repeated"));
    else if (type->kind == KIND_BEGIN_LOOP)
        xlsform_lose(form, N_("the questions are asked once"), N_("questions repeated for each choice of “%.60s”"),
                     type->list);
}

static void end_group(struct xlsform *form)
{
    if (form->depth == 0) {
        xlsform_fault(form, N_("a group ends here that never began"));
        return;
    }
    const struct xlsform_group *group = &form->groups[--form->depth];
    if (group->titled && !group->shown && form->depth > 0) /* its inner groups have titles of their own */
        xlsform_lose(form, NULL, N_("the title “%.60s”: no question stands directly below it"),
                     group->title.in[0] != NULL ? group->title.in[0] : "");
}

/* A row that only carries the heads of the columns of a table. */
static void read_table_head(struct xlsform *form)
{
    struct xlsform_page *page = open_page(form, true, true);
    if (page == NULL)
        return;
    if (xlsform_text(form, &form->survey, form->row, KEY_LABEL, NULL, &page->page.intro))
        xlsform_lose(form, N_("the introduction of the page"), N_("a row with the heads of a table"));
}

static bool in_table(const struct xlsform *form)
{
    for (size_t i = 0; i < form->depth; i++)
        if (form->groups[i].table)
            return true;
    return looks(form, "list-nolabel");
}

static void read_question(struct xlsform *form, const struct xlsform_type *type, const char *name)
{
    bool select = type->kind == KIND_SELECT_ONE || type->kind == KIND_SELECT_MULTIPLE;
    if (select && looks(form, "label") && !form->native) {
        read_table_head(form);
        return;
    }
    if (form->native && strcmp(xlsform_native(&form->survey, form->row, "role"), "intro") == 0) {
        struct xlsform_page *page = open_page(form, false, false);
        if (page != NULL)
            (void)xlsform_text(form, &form->survey, form->row, KEY_LABEL, NULL, &page->page.intro);
        return;
    }
    if (open_page(form, select && in_table(form), false) == NULL)
        return;
    size_t first = form->item_count;
    xlsform_read_item(form, type, name);
    if (form->item_count == first)
        return;
    for (size_t i = titled_depth(form); i < form->depth; i++)
        form->items[first]->show_if[0] = both(form, form->items[first]->show_if[0], form->groups[i].relevant);
}

static void read_row(struct xlsform *form)
{
    const char *cell_type = cell(form, KEY_TYPE);
    const char *name = cell(form, KEY_NAME);
    xlsform_stand_at(form, &form->survey, form->row, name);
    if (cell_type[0] == '\0') {
        if (name[0] != '\0')
            xlsform_lose(form, NULL, N_("a row without a type"));
        return;
    }
    struct xlsform_type type = xlsform_type(form, cell_type);
    if (type.kind == KIND_END) {
        end_group(form);
        return;
    }
    if (type.kind == KIND_UNKNOWN || type.kind == KIND_INCLUDE) {
        xlsform_fault(form,
                      type.kind == KIND_INCLUDE ? N_("“%.60s” asks for another file; put its rows here instead")
                                                : N_("the type “%.60s” is not known"),
                      cell_type);
        return;
    }
    if (name[0] == '\0' && type.kind == KIND_NOTE)
        name = arena_format(form->arena, "note_%u", (unsigned)form->row->number);
    if (name == NULL || name[0] == '\0')
        xlsform_fault(form, N_("a question or group needs a name"));
    else if (type.kind == KIND_BEGIN_GROUP || type.kind == KIND_BEGIN_REPEAT || type.kind == KIND_BEGIN_LOOP)
        begin_group(form, &type, name);
    else if (type.kind == KIND_LEFT_OUT)
        xlsform_lose(form, NULL, N_("“%.60s”: %s"), cell_type, tr(form->ui, type.reason));
    else
        read_question(form, &type, name);
}

/* Whether the questions of a page can be a table: all of one list. */
static bool fits_table(const struct xlsform *form, const struct page *page)
{
    const struct item *first = page->item_count > 0 ? &form->items[page->item_first]->item : NULL;
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &form->items[page->item_first + i]->item;
        if (item->type->kind != QTYPE_CHOICE || item->options != first->options || item->type != first->type)
            return false;
    }
    return page->item_count > 0;
}

static void finish_tables(struct xlsform *form)
{
    for (size_t i = 0; i < form->page_count; i++) {
        struct xlsform_page *page = &form->pages[i];
        if (!page->table || page->page.item_count == 0)
            continue;
        page->page.matrix = fits_table(form, &page->page);
        xlsform_stand_at(form, &form->survey, form->items[page->page.item_first]->row, page->page.id);
        if (!page->page.matrix)
            xlsform_lose(form, N_("the questions stand below each other"),
                         N_("a table of questions that have different choices or several answers"));
    }
}

void xlsform_read_survey(struct xlsform *form)
{
    const struct table *table = form->survey.table;
    form->items = xlsform_new(form, FORM_ITEM_MAX, sizeof(struct xlsform_item *));
    form->pages = xlsform_new(form, FORM_ITEM_MAX, sizeof *form->pages);
    for (size_t i = 0; i < table->row_count && !xlsform_stopped(form); i++) {
        form->row = &table->rows[i];
        if (!form->row->beyond)
            read_row(form);
    }
    if (xlsform_stopped(form))
        return;
    if (form->depth > 0) {
        xlsform_stand_at(form, &form->survey, form->groups[form->depth - 1].row, form->groups[form->depth - 1].name);
        xlsform_fault(form, N_("the group that begins here never ends"));
    }
    finish_tables(form);
}

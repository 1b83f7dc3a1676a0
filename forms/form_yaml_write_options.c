/* Options for the YAML writer: which lists items share, what they are called, and how they are written. */
#include <stdio.h>
#include <string.h>

#include "forms/expression.h"
#include "forms/qtype.h"
#include "forms/write.h"

enum { NONE = -1 };

static bool same_text(const struct text *left, const struct text *right)
{
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++) {
        const char *one = left->in[i] != NULL ? left->in[i] : "";
        const char *other = right->in[i] != NULL ? right->in[i] : "";
        if (strcmp(one, other) != 0)
            return false;
    }
    return true;
}

/* Whether the reader would make exactly this item of a write_in at that option. */
static bool is_write_in(const struct write *write, const struct item *item, const struct option *option,
                        const struct item *text)
{
    char id[FORM_ID_MAX + FORM_CODE_MAX + 2];
    char shown[FORM_ID_MAX + FORM_CODE_MAX + 10];
    struct buf condition;
    if (text->type->kind != QTYPE_TEXT || text->page != item->page || text->show_if == NULL || text->lines != 1 ||
        !text->detached || text->detached_with != NULL || write_has(&text->hint) || text->sensitive || text->required ||
        text->length_max != 0 || text->initial != NULL || text->valid_if != NULL ||
        text->off != !write->form->free_text)
        return false;
    snprintf(id, sizeof id, "%s_%s", item->id, option->code);
    if (strcmp(text->id, id) != 0)
        return false;
    buf_init(&condition, sizeof shown);
    expression_write_text(text->show_if, &condition);
    snprintf(shown, sizeof shown, "%s = \"%s\"", item->id, option->code);
    const bool same = condition.bytes != NULL && strcmp(condition.bytes, shown) == 0;
    buf_free(&condition);
    return same;
}

/* Position of the item that is the write_in of an option, NONE when it has none. They follow the item in the order of
 * its options. */
static int find_write_in(const struct write *write, const struct item *item, size_t option)
{
    size_t position = (size_t)(item - write->form->items) + 1;
    for (size_t i = 0; i <= option && position < write->form->item_count; i++) {
        const bool found = is_write_in(write, item, &item->options[i], &write->form->items[position]);
        if (found && i == option)
            return (int)position;
        position += found ? 1 : 0;
    }
    return NONE;
}

static bool same_choice(const struct option *one, const struct option *other)
{
    return strcmp(one->code, other->code) == 0 && one->points == other->points && one->missing == other->missing &&
           one->exclusive == other->exclusive && one->not_with == other->not_with &&
           same_text(&one->label, &other->label);
}

static bool same_option(const struct write *write, const struct item *left, const struct item *right, size_t i)
{
    if (!same_choice(&left->options[i], &right->options[i]))
        return false;
    const int here = find_write_in(write, left, i);
    const int there = find_write_in(write, right, i);
    return (here == NONE && there == NONE) ||
           (here != NONE && there != NONE &&
            same_text(&write->form->items[here].label, &write->form->items[there].label));
}

/* Whether the first options of both are the same, as many as the left one has. */
static bool begins_with(const struct write *write, const struct item *left, const struct item *right)
{
    for (size_t i = 0; i < left->option_count; i++)
        if (i >= right->option_count || !same_option(write, left, right, i))
            return false;
    return true;
}

/* Yes and no, 0 to 10: the reader makes them again. */
static bool is_supplied(const struct write *write, const struct item *item)
{
    struct item bare;
    write_bare(write, item, &bare);
    for (size_t i = 0; i < item->option_count; i++)
        if (i >= bare.option_count || !same_choice(&bare.options[i], &item->options[i]) ||
            find_write_in(write, item, i) != NONE)
            return false;
    return item->options_list == NULL && bare.option_count == item->option_count;
}

static bool name_taken(const struct write *write, const char *name)
{
    for (size_t i = 0; i < write->list_count; i++)
        if (write->lists[i].name != NULL && strcmp(write->lists[i].name, name) == 0)
            return true;
    return false;
}

static void name_list(struct write *write, struct written_list *list)
{
    char name[FORM_ID_MAX + 32];
    const char *wish = list->item->options_list;
    if (list->uses < 2 && wish == NULL)
        return;
    snprintf(name, sizeof name, "%s", wish != NULL && form_id_fits(wish) ? wish : "list");
    for (unsigned i = 1; name_taken(write, name); i++)
        snprintf(name, sizeof name, "%.40s_%u", wish != NULL && form_id_fits(wish) ? wish : "list", i);
    list->name = arena_string(write->arena, name);
}

enum status write_find_lists(struct write *write, struct fail *fail)
{
    const struct form *form = write->form;
    write->lists = ARENA_NEW(write->arena, struct written_list, form->item_count + 1);
    write->list_of = ARENA_NEW(write->arena, size_t, form->item_count + 1);
    write->is_companion = ARENA_NEW(write->arena, bool, form->item_count + 1);
    if (write->lists == NULL || write->list_of == NULL || write->is_companion == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        write->list_of[i] = SIZE_MAX;
        for (size_t k = 0; k < item->option_count; k++) {
            const int position = find_write_in(write, item, k);
            if (position != NONE)
                write->is_companion[position] = true;
        }
        if (item->option_count == 0 || is_supplied(write, item))
            continue;
        size_t list = 0;
        while (list < write->list_count && (write->lists[list].item->option_count != item->option_count ||
                                            !begins_with(write, write->lists[list].item, item)))
            list++;
        if (list == write->list_count)
            write->lists[write->list_count++] = (struct written_list){ .item = item };
        write->lists[list].uses++;
        write->list_of[i] = list;
    }
    for (size_t i = 0; i < write->list_count; i++)
        name_list(write, &write->lists[i]);
    return STATUS_OK;
}

/* The shortest named list that this one begins with; it contains no other, so lists are never more than two deep. */
static const struct written_list *find_beginning(const struct write *write, const struct written_list *list)
{
    const struct written_list *found = NULL;
    for (size_t i = 0; i < write->list_count; i++) {
        const struct written_list *other = &write->lists[i];
        if (other->name != NULL && other->item->option_count > 1 &&
            other->item->option_count < (found != NULL ? found->item : list->item)->option_count &&
            begins_with(write, other->item, list->item))
            found = other;
    }
    return found;
}

static void write_option(struct write *write, const struct item *item, size_t position)
{
    struct yaml_writer *yaml = &write->yaml;
    const struct option *option = &item->options[position];
    const int text = find_write_in(write, item, position);
    bool pairs = false;
    yaml_write_entry(yaml);
    yaml_write_string(yaml, "code", option->code);
    yaml_write_flag(yaml, "missing", option->missing);
    yaml_write_flag(yaml, "exclusive", option->exclusive);
    if (option->points >= 0) {
        char points[8];
        snprintf(points, sizeof points, "%d", option->points);
        yaml_write_word(yaml, "points", points);
    }
    for (size_t i = 0; i < position && i < FORM_SET_MAX && position < FORM_SET_MAX; i++) {
        if (((option->not_with >> i) & 1) == 0 && ((item->options[i].not_with >> position) & 1) == 0)
            continue;
        if (!pairs)
            yaml_write_open(yaml, "not_with");
        pairs = true;
        yaml_write_entry(yaml);
        yaml_write_string(yaml, NULL, item->options[i].code);
        yaml_write_end(yaml);
    }
    if (pairs)
        yaml_write_end(yaml);
    for (size_t i = 0; i < write->form->language_count; i++)
        yaml_write_string(yaml, write->form->languages[i], option->label.in[i]);
    if (text != NONE)
        write_text(write, "write_in", &write->form->items[text].label);
    yaml_write_end(yaml);
}

static void write_entries(struct write *write, const struct written_list *list)
{
    const struct written_list *beginning = find_beginning(write, list);
    if (beginning != NULL) {
        yaml_write_entry(&write->yaml);
        yaml_write_string(&write->yaml, NULL, beginning->name);
        yaml_write_end(&write->yaml);
    }
    for (size_t i = beginning != NULL ? beginning->item->option_count : 0; i < list->item->option_count; i++)
        write_option(write, list->item, i);
}

void write_lists(struct write *write)
{
    bool begun = false;
    for (size_t i = 0; i < write->list_count; i++) {
        if (write->lists[i].name == NULL)
            continue;
        if (!begun)
            yaml_write_open(&write->yaml, "options");
        begun = true;
        yaml_write_open(&write->yaml, write->lists[i].name);
        write_entries(write, &write->lists[i]);
        yaml_write_end(&write->yaml);
    }
    if (begun)
        yaml_write_end(&write->yaml);
}

void write_options(struct write *write, const struct item *item)
{
    const size_t position = write->list_of[item - write->form->items];
    if (position == SIZE_MAX)
        return;
    const struct written_list *list = &write->lists[position];
    if (list->name != NULL) {
        yaml_write_string(&write->yaml, "options", list->name);
        return;
    }
    yaml_write_open(&write->yaml, "options");
    write_entries(write, list);
    yaml_write_end(&write->yaml);
}

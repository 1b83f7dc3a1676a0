/* The sheet choices: lists that several questions share stand there once. */
#include <stdio.h>
#include <string.h>

#include "forms/xlsform_write.h"

static bool same_text(const struct form *form, const struct text *left, const struct text *right)
{
    for (size_t i = 0; i < form->language_count; i++)
        if ((left->in[i] == NULL) != (right->in[i] == NULL) ||
            (left->in[i] != NULL && left->in[i] != right->in[i] && strcmp(left->in[i], right->in[i]) != 0))
            return false;
    return true;
}

static bool same_list(const struct form *form, const struct item *left, const struct item *right)
{
    if (left->option_count != right->option_count)
        return false;
    for (size_t i = 0; i < left->option_count && left->options != right->options; i++) {
        const struct option *a = &left->options[i];
        const struct option *b = &right->options[i];
        if (strcmp(a->code, b->code) != 0 || a->points != b->points || a->missing != b->missing ||
            a->exclusive != b->exclusive || a->not_with != b->not_with || !same_text(form, &a->label, &b->label))
            return false;
    }
    return true;
}

static const char *codes_of(struct xlsform_out *out, const struct item *item, uint32_t bits)
{
    struct buf codes;
    buf_init(&codes, 4096);
    for (size_t i = 0; i < item->option_count && i < FORM_SET_MAX; i++)
        if ((bits >> i & 1) != 0)
            buf_format(&codes, "%s%s", codes.length > 0 ? " " : "", item->options[i].code);
    const char *copy = codes.bytes != NULL ? arena_string(&out->arena, codes.bytes) : "";
    buf_free(&codes);
    return copy;
}

static void write_list(struct xlsform_out *out, const char *name, const struct item *item)
{
    struct grid *grid = &out->choices;
    for (size_t i = 0; i < item->option_count; i++) {
        const struct option *option = &item->options[i];
        grid_row(grid);
        grid_set(grid, "list_name", name);
        grid_set(grid, "name", option->code);
        xlsform_set_text(out, grid, "label", &option->label);
        if (option->points >= 0)
            xlsform_set_number(out, grid, "querschnitt::points", option->points, 0);
        xlsform_set_flag(grid, "querschnitt::missing", option->missing);
        xlsform_set_flag(grid, "querschnitt::exclusive", option->exclusive);
        grid_set(grid, "querschnitt::not_with", codes_of(out, item, option->not_with));
    }
}

/* The name the list has in the form, unless another list took it already. */
static const char *name_list(struct xlsform_out *out, size_t position)
{
    const char *name = out->form->items[position].options_list;
    for (size_t i = 0; i < position && name != NULL; i++)
        if (out->lists[i] != NULL && strcmp(out->lists[i], name) == 0)
            name = NULL;
    return name != NULL ? name : arena_format(&out->arena, "%s_choices", out->form->items[position].id);
}

void xlsform_write_choices(struct xlsform_out *out)
{
    const struct form *form = out->form;
    static const char *const own[] = { "querschnitt::points", "querschnitt::missing", "querschnitt::exclusive",
                                       "querschnitt::not_with" };
    grid_init(&out->choices, &out->arena);
    grid_column(&out->choices, "list_name", true);
    grid_column(&out->choices, "name", true);
    xlsform_text_columns(out, &out->choices, "label");
    for (size_t i = 0; i < COUNT(own); i++)
        grid_column(&out->choices, own[i], false);
    out->lists = ARENA_NEW(&out->arena, const char *, form->item_count);
    if (out->lists == NULL) {
        out->choices.full = true;
        return;
    }
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        out->where = item->id;
        for (size_t j = 0; j < i && out->lists[i] == NULL && item->option_count > 0; j++)
            if (same_list(form, item, &form->items[j]))
                out->lists[i] = out->lists[j];
        if (item->option_count == 0 || out->lists[i] != NULL)
            continue;
        out->lists[i] = name_list(out, i);
        out->choices.full = out->choices.full || out->lists[i] == NULL;
        write_list(out, out->lists[i], item);
    }
}

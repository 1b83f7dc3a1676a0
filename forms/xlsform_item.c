/* One row of the sheet survey that asks, tells or computes something: an item, or a loss. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/xlsform.h"

enum { LINES_LONG = 6 };

#define STAYS_OFF N_("a text that is switched off")

static const char *cell(const struct xlsform *form, enum xlsform_key key)
{
    return xlsform_cell(&form->survey, form->row, key);
}

static const char *native(const struct xlsform *form, const char *key)
{
    return xlsform_native(&form->survey, form->row, key);
}

static const char *filled(const char *text)
{
    return text[0] != '\0' ? text : NULL;
}

/* Whether one of the words of "appearance" is this one. */
static bool looks(const struct xlsform *form, const char *word)
{
    const char *list = cell(form, KEY_APPEARANCE);
    size_t length = strlen(word);
    for (; *list != '\0'; list += strspn(list, " ,")) {
        size_t end = strcspn(list, " ,");
        if (end == length && strncmp(list, word, length) == 0)
            return true;
        list += end;
    }
    return false;
}

/* What cannot be asked stays visible for whoever edits the form, but nobody will ever see it. */
static void keep(struct xlsform *form, struct xlsform_item *made, const char *reason)
{
    xlsform_lose(form, STAYS_OFF, N_("“%.60s” cannot be asked: %s"), cell(form, KEY_TYPE), tr(form->ui, reason));
    made->item.type = qtype_find("note");
    made->item.options = NULL;
    made->item.option_count = 0;
    made->item.off = true;
    made->kept = true;
}

static void set_type(struct xlsform_item *made, const char *type)
{
    made->item.type = qtype_find(type);
}

/* "or_other": one more choice, and a text of its own behind the question. */
static void add_other(struct xlsform *form, struct xlsform_item *made)
{
    struct item *item = &made->item;
    struct option *options = xlsform_new(form, item->option_count + 1, sizeof *options);
    if (options == NULL)
        return;
    const char *code = item_option(item, "other") < 0 ? "other" : "other_2";
    memcpy(options, item->options, item->option_count * sizeof *options);
    options[item->option_count] = (struct option){ .code = code, .points = -1 };
    xlsform_word(form, N_("Something else"), &options[item->option_count].label);
    item->options = options;
    item->option_count++;
    made->other = code;
}

static void take_options(struct xlsform *form, struct xlsform_item *made, const struct xlsform_list *list,
                         const struct xlsform_type *type)
{
    struct item *item = &made->item;
    item->options = list->options;
    item->option_count = list->option_count;
    const char *end = strstr(list->name, "_choices"); /* named by this program after the question */
    bool named = form_id_fits(list->name) && !type->or_other && (end == NULL || end[strlen("_choices")] != '\0');
    item->options_list = named ? list->name : NULL;
    size_t most = item->type->kind == QTYPE_CHOICE ? FORM_OPTION_MAX : FORM_SET_MAX;
    if (item->option_count + (type->or_other ? 1 : 0) > most) {
        xlsform_lose(form, STAYS_OFF, N_("%zu choices; the type “%s” can have at most %zu"), item->option_count,
                     item->type->id, most);
        keep(form, made, N_("it has too many choices"));
        return;
    }
    if (type->or_other && item->type->kind == QTYPE_ORDER)
        xlsform_lose(form, NULL, N_("“or_other” in a ranking"));
    else if (type->or_other)
        add_other(form, made);
    if (item->option_count == 1 && item->type->kind != QTYPE_ORDER) {
        xlsform_lose(form, N_("a box to tick"), N_("a question with a single choice"));
        set_type(made, "consent");
    } else if (item->option_count == 1)
        keep(form, made, N_("there is only one thing to rank"));
}

static void read_select(struct xlsform *form, struct xlsform_item *made, const struct xlsform_type *type,
                        const struct xlsform_list **list)
{
    const char *id = type->kind == KIND_SELECT_MULTIPLE ? "multiple"
                     : type->kind == KIND_RANK          ? "ranking"
                     : looks(form, "likert")            ? "scale"
                                                        : "single";
    set_type(made, id);
    *list = xlsform_list(form, type->list, type->external);
    if (*list == NULL && (type->external || strchr(type->list, '.') != NULL || strncmp(type->list, "${", 2) == 0))
        keep(form, made, N_("its choices stand in another file or in earlier answers"));
    else if (*list == NULL)
        xlsform_fault(form, N_("there are no choices of the list “%.60s” in the sheet “choices”"), type->list);
    else
        take_options(form, made, *list, type);
    if (cell(form, KEY_CHOICE_FILTER)[0] != '\0' && !made->kept)
        xlsform_lose(form, N_("all choices are shown"), N_("choice_filter: %.200s"), cell(form, KEY_CHOICE_FILTER));
}

static void read_text_type(struct xlsform *form, struct xlsform_item *made)
{
    struct item *item = &made->item;
    if (xlsform_yes(cell(form, KEY_READ_ONLY))) {
        xlsform_lose(form, N_("a text without a question"), N_("a field that cannot be filled in"));
        set_type(made, "note");
        return;
    }
    set_type(made, "text");
    item->detached = true;
    item->off = !form->form->free_text;
    item->lines = looks(form, "multiline") ? LINES_LONG : 1;
    form->texts_off += item->off ? 1 : 0;
}

static void read_date_type(struct xlsform *form, struct xlsform_item *made)
{
    set_type(made, "date");
    made->item.grain = looks(form, "year") ? DATE_YEAR : DATE_MONTH;
    if (looks(form, "year") || looks(form, "month-year") || (form->native && native(form, "grain")[0] != '\0'))
        return;
    xlsform_lose(form, N_("year and month"), N_("a whole date could tell who the person is"));
}

static void read_number_type(struct xlsform *form, struct xlsform_item *made, const struct xlsform_type *type)
{
    const char *constraint = cell(form, KEY_CONSTRAINT);
    set_type(made, type->kind == KIND_RANGE ? "slider" : "number");
    if (form->native && native(form, "decimals")[0] != '\0')
        return; /* the exact ones stand in columns of their own */
    bool simple = xlsform_bounds(form, type->kind, constraint, cell(form, KEY_PARAMETERS), &made->item);
    made->valid_if = simple && type->kind != KIND_RANGE ? NULL : filled(constraint);
}

static void read_type(struct xlsform *form, struct xlsform_item *made, const struct xlsform_type *type,
                      const struct xlsform_list **list)
{
    made->valid_if = filled(cell(form, KEY_CONSTRAINT));
    switch (type->kind) {
    case KIND_TEXT: read_text_type(form, made); break;
    case KIND_INTEGER:
    case KIND_DECIMAL:
    case KIND_PERCENT:
    case KIND_RANGE: read_number_type(form, made, type); break;
    case KIND_DATE: read_date_type(form, made); break;
    case KIND_NOTE: set_type(made, "note"); break;
    case KIND_CONSENT: set_type(made, "consent"); break;
    case KIND_CALCULATE:
        set_type(made, "calculated");
        made->value = filled(cell(form, KEY_CALCULATION));
        break;
    case KIND_SELECT_ONE:
    case KIND_SELECT_MULTIPLE:
    case KIND_RANK: read_select(form, made, type, list); break;
    case KIND_KEPT: keep(form, made, type->reason); break;
    case KIND_UNKNOWN:
    case KIND_LEFT_OUT:
    case KIND_BEGIN_GROUP:
    case KIND_BEGIN_REPEAT:
    case KIND_BEGIN_LOOP:
    case KIND_END:
    case KIND_INCLUDE: break;
    }
}

/* Label, else hint, else name: every item says something. */
static void read_texts(struct xlsform *form, struct xlsform_item *made)
{
    struct item *item = &made->item;
    bool labelled = xlsform_text(form, &form->survey, form->row, KEY_LABEL, NULL, &item->label);
    bool hinted = xlsform_text(form, &form->survey, form->row, KEY_HINT, NULL, &item->hint);
    if (!labelled && hinted) {
        item->label = item->hint;
        item->hint = (struct text){ { NULL } };
    } else if (!labelled) {
        if (item->type->kind != QTYPE_NONE || strcmp(item->type->id, "note") == 0)
            xlsform_lose(form, N_("its name"), N_("the question has no text"));
        if (strcmp(item->type->id, "calculated") != 0)
            xlsform_plain(form, made->name, &item->label);
    }
    if (made->valid_if != NULL || form->native)
        (void)xlsform_text(form, &form->survey, form->row, KEY_CONSTRAINT_MESSAGE, NULL, &item->valid_text);
}

static void read_required(struct xlsform *form, struct item *item)
{
    const char *required = cell(form, KEY_REQUIRED);
    bool asked = item->type->kind != QTYPE_NONE;
    item->required = asked && xlsform_yes(required);
    if (asked && !item->required && strpbrk(required, "${=<>") != NULL)
        xlsform_lose(form, N_("the question can be left out"), N_("required only under a condition: %.200s"), required);
    item->shuffle = item->option_count > 0 && strstr(cell(form, KEY_PARAMETERS), "randomize=true") != NULL;
}

/* A text question behind a choice "other". */
static void add_companion(struct xlsform *form, const struct xlsform_item *made)
{
    struct xlsform_item *text = xlsform_add(form, made->row);
    if (text == NULL)
        return;
    const char *name = arena_format(form->arena, "%s_other", made->name);
    const char *show_if = arena_format(form->arena, "%s = \"%s\"", made->item.id, made->other);
    if (name == NULL || show_if == NULL) {
        xlsform_full(form);
        return;
    }
    text->name = name;
    text->item.id = xlsform_id(form, arena_format(form->arena, "%s_%s", made->item.id, made->other));
    text->item.type = qtype_find("text");
    text->item.detached = true;
    text->item.off = !form->form->free_text;
    text->item.lines = 1;
    text->native_show_if = show_if;
    form->texts_off += text->item.off ? 1 : 0;
    xlsform_word(form, N_("Something else, namely"), &text->item.label);
    xlsform_know(form, text);
}

void xlsform_read_item(struct xlsform *form, const struct xlsform_type *type, const char *name)
{
    const struct xlsform_list *list = NULL;
    struct xlsform_item *made = xlsform_add(form, form->row);
    if (made == NULL)
        return;
    made->name = name;
    made->item.id = xlsform_id(form, name);
    if (!form->native || native(form, "type")[0] == '\0')
        read_type(form, made, type, &list);
    else
        set_type(made, native(form, "type"));
    if (made->item.type == NULL) /* a list that is missing: reported */
        set_type(made, "note");
    read_texts(form, made);
    made->show_if[1] = filled(cell(form, KEY_RELEVANT));
    read_required(form, &made->item);
    if (form->native)
        xlsform_read_native(form, made);
    if (made->item.type->complete != NULL &&
        made->item.type->complete(form->arena, form->form, &made->item, NULL) != STATUS_OK)
        xlsform_full(form);
    if (!made->kept && !form->native)
        xlsform_default(form, cell(form, KEY_DEFAULT), list, &made->item);
    xlsform_know(form, made);
    if (made->other != NULL)
        add_companion(form, made);
}

/* What LimeSurvey has no place for, as JSON (limesurvey_native.h says how it is read back). */
#include <stdlib.h>
#include <string.h>

#include "forms/limesurvey_write.h"
#include "forms/qtype.h"

/* The document as text in the arena; NULL when it is empty. Takes it. */
static const char *text_of(struct layout *layout, json_t *document)
{
    const char *kept = NULL;
    if (json_object_size(document) > 0 || json_array_size(document) > 0) {
        char *text = json_dumps(document, JSON_COMPACT);
        kept = text != NULL ? arena_string(layout->arena, text) : NULL;
        layout->failed = layout->failed || kept == NULL;
        free(text);
    }
    json_decref(document);
    return kept;
}

static void set_text(const struct form *form, json_t *object, const char *key, const struct text *text)
{
    json_t *texts = json_object();
    for (size_t i = 0; i < form->language_count; i++)
        if (text->in[i] != NULL)
            json_object_set_new(texts, form->languages[i], json_string(text->in[i]));
    if (json_object_size(texts) > 0)
        json_object_set(object, key, texts);
    json_decref(texts);
}

static void set_flag(json_t *object, const char *key, bool value)
{
    if (value)
        json_object_set_new(object, key, json_true());
}

static void set_expression(json_t *object, const char *key, struct put_expression expression)
{
    if (expression.ours != NULL)
        json_object_set_new(object, key, json_pack("[ss]", expression.ours, expression.theirs));
}

static json_t *not_with(const struct item *item, const struct option *option)
{
    json_t *others = json_array();
    for (size_t i = 0; i < item->option_count && i < FORM_SET_MAX; i++)
        if ((option->not_with >> i & 1) != 0)
            json_array_append_new(others, json_string(item->options[i].code));
    return others;
}

/* Options that are not what their code and label say already. */
static void set_options(struct layout *layout, json_t *object, size_t position)
{
    const struct item *item = &layout->form->items[position];
    json_t *options = json_array();
    for (size_t i = 0; i < item->option_count; i++) {
        const struct option *option = &item->options[i];
        const char *as = layout->options[position][i].text;
        json_t *entry = json_object();
        json_t *others = not_with(item, option);
        if (strcmp(as, option->code) != 0)
            json_object_set_new(entry, "changed", json_true());
        set_flag(entry, "missing", option->missing);
        set_flag(entry, "exclusive", option->exclusive);
        if (option->points >= 0)
            json_object_set_new(entry, "points", json_integer(option->points));
        if (json_array_size(others) > 0)
            json_object_set(entry, "not_with", others);
        json_decref(others);
        if (json_object_size(entry) > 0) {
            json_object_del(entry, "changed");
            json_object_set_new(entry, "as", json_string(as));
            json_object_set_new(entry, "code", json_string(option->code));
            json_array_append(options, entry);
        }
        json_decref(entry);
    }
    if (json_array_size(options) > 0)
        json_object_set(object, "options", options);
    json_decref(options);
}

static void set_bounds(json_t *object, const struct item *item)
{
    struct put_bounds bounds;
    if (put_bounds(item, &bounds))
        json_object_set_new(object, "bounds",
                            json_pack("{s[ss]s[ss]sIsIsIsisi}", "low", bounds.low_name, bounds.low, "high",
                                      bounds.high_name, bounds.high, "min", (json_int_t)item->min, "max",
                                      (json_int_t)item->max, "step", (json_int_t)item->step, "decimals",
                                      (int)item->decimals, "grain", (int)item->grain));
}

/* Types whose options LimeSurvey can show in random order. */
static bool ordered(const struct item *item)
{
    return item->type->kind == QTYPE_CHOICE || item->type->kind == QTYPE_SET || item->type->kind == QTYPE_ORDER;
}

static json_t *item_of(struct layout *layout, size_t position)
{
    const struct form *form = layout->form;
    const struct item *item = &form->items[position];
    json_t *object = json_object();
    bool text = item->type->kind == QTYPE_TEXT;
    json_object_set_new(object, "code", json_string(layout_name(layout, position)));
    json_object_set_new(object, "id", json_string(item->id));
    json_object_set_new(object, "type", json_string(item->type->id));
    set_options(layout, object, position);
    set_bounds(object, item);
    set_expression(object, "show_if", put_show_if(layout, position));
    const struct put_expression valid = put_valid_if(layout, position);
    set_expression(object, "valid_if", valid);
    if (valid.theirs[0] == '\0')
        set_text(form, object, "valid_text", &item->valid_text);
    set_expression(object, "value", put_value(layout, position));
    set_flag(object, "sensitive", item->sensitive);
    set_flag(object, "shuffle", item->shuffle && !ordered(item));
    set_flag(object, "required", item->required && item->type->kind == QTYPE_NONE);
    set_flag(object, "detached", item->detached && !text);
    set_flag(object, "off", item->off && (!text || form->free_text));
    if (item->detached_with != NULL)
        json_object_set_new(object, "detached_with", json_string(item->detached_with));
    if (item->options_from != NULL)
        json_object_set_new(object, "options_from", json_string(item->options_from));
    if (item->options_list != NULL)
        json_object_set_new(object, "list", json_string(item->options_list));
    if (item->initial != NULL && !put_default_fits(item))
        json_object_set_new(object, "initial", json_string(item->initial));
    if (text && item->lines > 1)
        json_object_set_new(object, "lines", json_integer(item->lines));
    set_text(form, object, "low", &item->low);
    set_text(form, object, "high", &item->high);
    return object;
}

const char *native_items(struct layout *layout, const struct put *put)
{
    json_t *list = json_array();
    for (size_t i = 0; i < (put->rows > 0 ? put->rows : 1); i++)
        json_array_append_new(list, item_of(layout, put->item + i));
    return text_of(layout, list);
}

const char *native_page(struct layout *layout, size_t position)
{
    const struct page *page = &layout->form->pages[position];
    json_t *object = json_object();
    json_object_set_new(object, "id", json_string(page->id));
    if (page->rotate > 0)
        json_object_set_new(object, "rotate", json_integer(page->rotate));
    set_flag(object, "shuffle", page->shuffle);
    set_flag(object, "matrix", page->matrix);
    set_expression(object, "show_if", put_page_show_if(layout, position));
    return text_of(layout, object);
}

static json_t *scale_of(const struct form *form, const struct scale *scale)
{
    json_t *object = json_pack("{sssi}", "id", scale->id, "answered_min", (int)scale->answered_min);
    json_t *items = json_array();
    for (size_t i = 0; i < scale->item_count; i++) {
        char name[FORM_ID_MAX + 2];
        snprintf(name, sizeof name, "%s%.64s", scale->reversed[i] ? "-" : "", form->items[scale->items[i]].id);
        json_array_append_new(items, json_string(name));
    }
    json_object_set_new(object, "items", items);
    set_text(form, object, "title", &scale->title);
    return object;
}

/* LimeSurvey has a place for the body of three of them. */
static json_t *notice_of(const struct form *form, const struct notice *notice)
{
    static const char *const known[] = { "welcome", "privacy", "closing" };
    json_t *object = json_pack("{ss}", "id", notice->id);
    bool placed = false;
    for (size_t i = 0; i < COUNT(known); i++)
        placed = placed || strcmp(known[i], notice->id) == 0;
    set_text(form, object, "title", &notice->title);
    if (!placed)
        set_text(form, object, "body", &notice->body);
    return object;
}

const char *native_form(struct layout *layout)
{
    const struct form *form = layout->form;
    json_t *object = json_pack("{ssss}", "id", form->id, "version", form->version);
    json_t *drafts = json_array();
    json_t *notices = json_array();
    json_t *scales = json_array();
    for (size_t i = 0; i < form->language_count; i++)
        if (form->draft[i])
            json_array_append_new(drafts, json_string(form->languages[i]));
    for (size_t i = 0; i < form->notice_count; i++)
        json_array_append_new(notices, notice_of(form, &form->notices[i]));
    for (size_t i = 0; i < form->scale_count; i++)
        json_array_append_new(scales, scale_of(form, &form->scales[i]));
    set_flag(object, "free_text", form->free_text);
    if (form->key_raters > 0)
        json_object_set_new(object, "key_raters", json_integer(form->key_raters));
    json_object_set_new(object, "drafts", drafts);
    json_object_set_new(object, "notices", notices);
    json_object_set_new(object, "scales", scales);
    return text_of(layout, object);
}

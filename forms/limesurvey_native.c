/* Reads what limesurvey_write.c keeps for the way back. Everything is checked again: the file may have been anywhere.
 */
#include "forms/limesurvey_native.h"

#include <string.h>

json_t *lime_native_load(struct lime *lime, const struct lime_question *question, const char *name)
{
    const char *value = lime_attribute(question, name);
    json_error_t error;
    if (value[0] == '\0')
        return NULL;
    json_t *document = json_loads(value, JSON_REJECT_DUPLICATES, &error);
    if (document == NULL)
        lime_lose(lime, NULL, N_("The setting %s cannot be read."), name);
    return document;
}

const json_t *lime_native_item(const struct lime *lime, const char *code)
{
    for (size_t i = 0; i < json_array_size(lime->native); i++) {
        const json_t *object = json_array_get(lime->native, i);
        if (strcmp(lime_native_string(object, "code", ""), code) == 0)
            return object;
    }
    return NULL;
}

const char *lime_native_string(const json_t *object, const char *key, const char *otherwise)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : otherwise;
}

static const char *copy(struct lime *lime, const char *string)
{
    const char *kept = string != NULL ? arena_string(lime->arena, string) : NULL;
    if (string != NULL && kept == NULL)
        lime_fail(lime);
    return kept;
}

const char *lime_native_expression(struct lime *lime, const json_t *object, const char *key, const char *theirs)
{
    const json_t *pair = json_object_get(object, key);
    const char *ours = json_string_value(json_array_get(pair, 0));
    const char *written = json_string_value(json_array_get(pair, 1));
    return ours != NULL && written != NULL && strcmp(written, theirs) == 0 ? copy(lime, ours) : NULL;
}

void lime_native_text(struct lime *lime, const json_t *object, const char *key, struct text *text)
{
    const json_t *texts = json_object_get(object, key);
    for (size_t i = 0; i < lime->form->language_count && json_is_object(texts); i++) {
        const char *value = json_string_value(json_object_get(texts, lime->form->languages[i]));
        if (value != NULL)
            text->in[i] = copy(lime, value);
    }
}

static int64_t number(const json_t *object, const char *key, int64_t low, int64_t high, int64_t otherwise)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value) || json_integer_value(value) < low || json_integer_value(value) > high)
        return otherwise;
    return json_integer_value(value);
}

static bool flag(const json_t *object, const char *key)
{
    return json_is_true(json_object_get(object, key));
}

/* Bounds hold as long as nobody has changed those LimeSurvey knows. */
static void read_bounds(const struct lime_question *question, const json_t *object, struct item *item)
{
    const json_t *bounds = json_object_get(object, "bounds");
    static const char *const names[] = { "low", "high" };
    for (size_t i = 0; i < COUNT(names); i++) {
        const json_t *pair = json_object_get(bounds, names[i]);
        const char *attribute = json_string_value(json_array_get(pair, 0));
        const char *value = json_string_value(json_array_get(pair, 1));
        if (attribute == NULL || value == NULL || strcmp(lime_attribute(question, attribute), value) != 0)
            return;
    }
    const int64_t most = (int64_t)NUMBER_MAX * 1000000;
    item->decimals = (unsigned)number(bounds, "decimals", 0, NUMBER_DECIMALS_MAX, item->decimals);
    item->min = number(bounds, "min", -most, most, item->min);
    item->max = number(bounds, "max", -most, most, item->max);
    item->step = number(bounds, "step", 0, most, item->step);
    item->grain = (enum date_grain)number(bounds, "grain", DATE_YEAR, DATE_MONTH, item->grain);
}

/* Options that exclude each other, by their codes. */
static void read_pairs(struct lime *lime, const json_t *object, struct item *item)
{
    const json_t *options = json_object_get(object, "options");
    struct option *all = NULL;
    for (size_t i = 0; i < json_array_size(options); i++) {
        const json_t *entry = json_array_get(options, i);
        const json_t *others = json_object_get(entry, "not_with");
        int option = item_option(item, lime_native_string(entry, "code", ""));
        for (size_t j = 0; option >= 0 && option < FORM_SET_MAX && j < json_array_size(others); j++) {
            const char *code = json_string_value(json_array_get(others, j));
            int other = code != NULL ? item_option(item, code) : -1;
            if (other < 0 || other >= FORM_SET_MAX)
                continue;
            if (all == NULL) {
                all = lime_new(lime, item->option_count, sizeof *all);
                if (all == NULL)
                    return;
                memcpy(all, item->options, item->option_count * sizeof *all);
                item->options = all;
            }
            all[option].not_with |= UINT32_C(1) << other;
        }
    }
}

void lime_native_finish(struct lime *lime, const struct lime_question *question, struct lime_item *place)
{
    const json_t *object = lime_native_item(lime, place->code);
    struct item *item = &place->item;
    if (object == NULL)
        return;
    const char *with = lime_native_string(object, "detached_with", NULL);
    const char *list = lime_native_string(object, "options_from", NULL);
    const char *shared = lime_native_string(object, "list", NULL);
    const char *initial = lime_native_string(object, "initial", NULL);
    if (place->valid_if == NULL) /* of a type whose checks LimeSurvey does not have */
        place->valid_if = lime_native_expression(lime, object, "valid_if", lime_attribute(question, "em_validation_q"));
    read_bounds(question, object, item);
    read_pairs(lime, object, item);
    item->sensitive = flag(object, "sensitive");
    item->shuffle = item->shuffle || flag(object, "shuffle");
    item->required = item->required || flag(object, "required");
    item->detached = item->detached || flag(object, "detached");
    if (with != NULL && form_id_fits(with))
        item->detached_with = copy(lime, with);
    if (list != NULL && form_id_fits(list))
        item->options_from = copy(lime, list);
    if (shared != NULL && form_id_fits(shared))
        item->options_list = copy(lime, shared);
    if (initial != NULL)
        item->initial = copy(lime, initial);
    item->off = flag(object, "off") || (item->type->kind == QTYPE_TEXT && !lime->form->free_text);
    if (item->type->kind == QTYPE_TEXT)
        item->lines = (unsigned)number(object, "lines", 0, 100, item->lines);
    lime_native_text(lime, object, "low", &item->low);
    lime_native_text(lime, object, "high", &item->high);
    lime_native_text(lime, object, "unit", &item->unit);
    lime_native_text(lime, object, "valid_text", &item->valid_text);
}

void lime_native_page(struct lime *lime, const json_t *object, struct lime_page *page)
{
    const char *id = lime_native_string(object, "id", "");
    bool used = !form_id_fits(id);
    for (size_t i = 0; i < lime->page_count && !used; i++)
        used = &lime->pages[i] != page && strcmp(lime->pages[i].page.id, id) == 0;
    if (!used)
        page->page.id = copy(lime, id);
    page->page.rotate = (unsigned)number(object, "rotate", 0, (int64_t)page->page.item_count, 0);
    page->page.shuffle = page->page.shuffle || flag(object, "shuffle");
    page->page.matrix = flag(object, "matrix");
}

static void read_notices(struct lime *lime, const json_t *list)
{
    struct form *form = lime->form;
    size_t count = json_array_size(list);
    struct notice *notices = lime_new(lime, count, sizeof *notices);
    size_t kept = 0;
    for (size_t i = 0; notices != NULL && i < count; i++) {
        const json_t *object = json_array_get(list, i);
        const char *id = lime_native_string(object, "id", "");
        if (!form_id_fits(id))
            continue;
        struct notice notice = { .id = copy(lime, id) };
        const struct notice *found = form_notice(form, id);
        if (found != NULL) /* one LimeSurvey has a place for */
            notice.body = found->body;
        lime_native_text(lime, object, "title", &notice.title);
        lime_native_text(lime, object, "body", &notice.body);
        if (lime_has_text(&notice.body))
            notices[kept++] = notice;
    }
    form->notices = notices;
    form->notice_count = notices != NULL ? kept : 0;
}

void lime_native_form(struct lime *lime, const json_t *object)
{
    struct form *form = lime->form;
    const char *id = lime_native_string(object, "id", "");
    const char *version = lime_native_string(object, "version", "");
    const json_t *drafts = json_object_get(object, "drafts");
    if (form_id_fits(id))
        form->id = copy(lime, id);
    if (version[0] != '\0')
        form->version = copy(lime, version);
    form->free_text = flag(object, "free_text");
    json_int_t raters = json_integer_value(json_object_get(object, "key_raters"));
    form->key_raters = raters > 0 && raters <= FORM_RATERS_MAX ? (unsigned)raters : 0;
    for (size_t i = 0; i < json_array_size(drafts); i++)
        for (size_t j = 0; j < form->language_count; j++) {
            const char *code = json_string_value(json_array_get(drafts, i));
            form->draft[j] = form->draft[j] || (code != NULL && strcmp(code, form->languages[j]) == 0);
        }
    if (json_is_array(json_object_get(object, "notices")))
        read_notices(lime, json_object_get(object, "notices"));
}

/* False when one of the items is gone: a scale of other items would be another scale. */
static bool read_scale(struct lime *lime, const json_t *object, const struct form *form, struct scale *scale)
{
    const json_t *list = json_object_get(object, "items");
    size_t count = json_array_size(list);
    size_t *items = lime_new(lime, count, sizeof *items);
    bool *reversed = lime_new(lime, count, sizeof *reversed);
    const char *id = lime_native_string(object, "id", "");
    if (items == NULL || reversed == NULL || count == 0 || count > form->item_count || !form_id_fits(id))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_array_get(list, i));
        if (name == NULL)
            return false;
        reversed[i] = name[0] == '-';
        const struct item *item = form_item(form, name + (reversed[i] ? 1 : 0));
        if (item == NULL)
            return false;
        items[i] = (size_t)(item - form->items);
    }
    *scale = (struct scale){ .id = copy(lime, id), .items = items, .reversed = reversed, .item_count = count };
    scale->answered_min = (unsigned)number(object, "answered_min", 1, (int64_t)count, 1);
    lime_native_text(lime, object, "title", &scale->title);
    return true;
}

void lime_native_scales(struct lime *lime, const json_t *object, struct form *form)
{
    const json_t *list = json_object_get(object, "scales");
    size_t count = json_array_size(list);
    if (count == 0 || count > FORM_ITEM_MAX)
        return;
    struct scale *scales = lime_new(lime, count, sizeof *scales);
    for (size_t i = 0; scales != NULL && i < count; i++)
        if (read_scale(lime, json_array_get(list, i), form, &scales[form->scale_count]))
            form->scale_count++;
        else
            lime_lose(lime, NULL, N_("The scale %s names questions that are no longer there."),
                      lime_native_string(json_array_get(list, i), "id", ""));
    form->scales = scales;
}

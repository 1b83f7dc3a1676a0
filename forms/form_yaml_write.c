/* Writes a form: head, notices, pages, items and scales; options are in form_yaml_write_options.c. */
#include "forms/form_yaml_write.h"

#include <string.h>

#include "forms/expression.h"
#include "forms/measure.h"
#include "forms/qtype.h"
#include "forms/write.h"

/* [de, en]: those that are wanted. */
static void write_languages(struct write *write, const char *key, const bool wanted[])
{
    const struct form *form = write->form;
    struct buf list;
    buf_init(&list, 16 * FORM_LANGUAGE_MAX);
    for (size_t i = 0; i < form->language_count; i++)
        if (wanted == NULL || wanted[i])
            buf_format(&list, "%s%s", list.length == 0 ? "[" : ", ", form->languages[i]);
    buf_add_string(&list, list.length == 0 ? "" : "]");
    if (list.length > 0)
        yaml_write_word(&write->yaml, key, list.bytes);
    buf_free(&list);
}

static void write_notices(struct write *write)
{
    const struct form *form = write->form;
    if (form->notice_count == 0)
        return;
    yaml_write_open(&write->yaml, "notices");
    for (size_t i = 0; i < form->notice_count; i++) {
        yaml_write_entry(&write->yaml);
        yaml_write_string(&write->yaml, "id", form->notices[i].id);
        write_text(write, "title", &form->notices[i].title);
        write_text(write, "body", &form->notices[i].body);
        yaml_write_end(&write->yaml);
    }
    yaml_write_end(&write->yaml);
}

static void write_expression(struct write *write, const char *key, const struct expression *expression)
{
    struct buf text;
    if (expression == NULL)
        return;
    buf_init(&text, 64 * 1024);
    expression_write_text(expression, &text);
    yaml_write_string(&write->yaml, key, text.bytes);
    write->yaml.out->failed = write->yaml.out->failed || text.failed;
    buf_free(&text);
}

static void write_amount(struct write *write, const char *key, const struct item *item, int64_t amount,
                         int64_t supplied)
{
    struct buf text;
    if (amount == supplied)
        return;
    buf_init(&text, NUMBER_TEXT_ROOM);
    if (item->type->kind == QTYPE_DATE)
        date_write(amount, item->grain, &text);
    else
        number_write(amount, item->decimals, &text);
    yaml_write_word(&write->yaml, key, text.bytes != NULL ? text.bytes : "0");
    buf_free(&text);
}

/* bare: the item with nothing but what its type brings. */
static void write_measure(struct write *write, const struct item *item, const struct item *bare)
{
    static const char *const grains[] = { "year", "quarter", "month" };
    struct yaml_writer *yaml = &write->yaml;
    if (item->type->kind == QTYPE_DATE)
        yaml_write_string(yaml, "grain", grains[item->grain]);
    yaml_write_number(yaml, "decimals", item->decimals);
    write_amount(write, "min", item, item->min, bare->min);
    write_amount(write, item->type->kind == QTYPE_AMOUNTS ? "total" : "max", item, item->max, bare->max);
    write_amount(write, "step", item, item->step, bare->step);
    write_text(write, "unit", &item->unit);
    write_text(write, "low", &item->low);
    write_text(write, "high", &item->high);
    yaml_write_number(yaml, "lines", item->lines);
    yaml_write_number(yaml, "length_max", item->length_max);
}

static void write_item(struct write *write, const struct item *item)
{
    struct yaml_writer *yaml = &write->yaml;
    struct item bare;
    write_bare(write, item, &bare);
    yaml_write_entry(yaml);
    yaml_write_string(yaml, "id", item->id);
    yaml_write_string(yaml, "type", item->type->id);
    write_text(write, "text", &item->label);
    write_text(write, "hint", &item->hint);
    write_expression(write, "show_if", item->show_if);
    write_expression(write, "value", item->value);
    yaml_write_string(yaml, "options_from", item->options_from);
    write_options(write, item);
    write_measure(write, item, &bare);
    yaml_write_number(yaml, "choose_min", item->choose_min);
    yaml_write_number(yaml, "choose_max", item->choose_max);
    write_expression(write, "valid_if", item->valid_if);
    write_text(write, "valid_text", &item->valid_text);
    yaml_write_string(yaml, "initial", item->initial);
    yaml_write_flag(yaml, "required", item->required);
    yaml_write_flag(yaml, "shuffle", item->shuffle);
    yaml_write_flag(yaml, "sensitive", item->sensitive);
    yaml_write_flag(yaml, "detached", item->detached);
    yaml_write_string(yaml, "detached_with", item->detached_with);
    yaml_write_flag(yaml, "off", item->off && (item->type->kind != QTYPE_TEXT || write->form->free_text));
    yaml_write_end(yaml);
}

static void write_pages(struct write *write)
{
    const struct form *form = write->form;
    yaml_write_open(&write->yaml, "pages");
    for (size_t i = 0; i < form->page_count; i++) {
        const struct page *page = &form->pages[i];
        yaml_write_entry(&write->yaml);
        yaml_write_string(&write->yaml, "id", page->id);
        write_text(write, "title", &page->title);
        write_text(write, "intro", &page->intro);
        write_expression(write, "show_if", page->show_if);
        yaml_write_number(&write->yaml, "rotate", page->rotate);
        yaml_write_flag(&write->yaml, "shuffle", page->shuffle);
        yaml_write_flag(&write->yaml, "matrix", page->matrix);
        yaml_write_open(&write->yaml, "items");
        for (size_t k = page->item_first; k < page->item_first + page->item_count; k++)
            if (!write->is_companion[k])
                write_item(write, &form->items[k]);
        yaml_write_end(&write->yaml);
        yaml_write_end(&write->yaml);
    }
    yaml_write_end(&write->yaml);
}

static void write_scales(struct write *write)
{
    const struct form *form = write->form;
    if (form->scale_count == 0)
        return;
    yaml_write_open(&write->yaml, "scales");
    for (size_t i = 0; i < form->scale_count; i++) {
        const struct scale *scale = &form->scales[i];
        yaml_write_entry(&write->yaml);
        yaml_write_string(&write->yaml, "id", scale->id);
        write_text(write, "title", &scale->title);
        struct buf items;
        buf_init(&items, FORM_ITEM_MAX * (FORM_ID_MAX + 4));
        for (size_t k = 0; k < scale->item_count; k++)
            buf_format(&items, "%s%s%s", k == 0 ? "[" : ", ", scale->reversed[k] ? "-" : "",
                       form->items[scale->items[k]].id);
        buf_add_byte(&items, ']');
        yaml_write_word(&write->yaml, "items", items.bytes);
        buf_free(&items);
        yaml_write_number(&write->yaml, "answered_min", scale->answered_min);
        yaml_write_end(&write->yaml);
    }
    yaml_write_end(&write->yaml);
}

enum status form_write_yaml(const struct form *form, struct buf *out, struct fail *fail)
{
    struct arena arena;
    struct write write = { .form = form, .yaml = { .out = out }, .arena = &arena };
    arena_init(&arena, 8 << 20);
    enum status status = write_find_lists(&write, fail);
    if (status == STATUS_OK) {
        yaml_write_string(&write.yaml, "form", form->id);
        yaml_write_string(&write.yaml, "version", form->version);
        write_languages(&write, "languages", NULL);
        write_languages(&write, "drafts", form->draft);
        write_text(&write, "title", &form->title);
        yaml_write_flag(&write.yaml, "free_text", form->free_text);
        if (form->key_raters > 0)
            yaml_write_word(&write.yaml, "key_raters", arena_format(&arena, "%u", form->key_raters));
        write_lists(&write);
        write_notices(&write);
        write_pages(&write);
        write_scales(&write);
        status = buf_status(out, form->id, fail);
    }
    arena_free(&arena);
    return status;
}

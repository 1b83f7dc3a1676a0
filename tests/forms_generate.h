/* Makes forms at random that are valid and as awkward as a form may be: texts that look like YAML, missing translations,
 * shared lists, conditions. Every form comes from its seed. */
#ifndef TESTS_FORMS_GENERATE_H
#define TESTS_FORMS_GENERATE_H

#include "forms_fixture.h"

#include "base/env.h"
#include "forms/expression.h"
#include "forms/measure.h"
#include "forms/qtype.h"

struct generator {
    struct arena *arena;
    struct seeded seeded;
    struct form *form;
    const struct option *lists[3]; /* shared by items */
    size_t list_counts[3];
};

static inline unsigned any(struct generator *generator, unsigned below)
{
    return (unsigned)seeded_below(&generator->seeded, below);
}

/* Never empty, never with a blank at its end: the reader takes those off. */
static inline const char *any_string(struct generator *generator)
{
    static const char *const pieces[] = {
        "no",   "yes",   "1",     "0x1F", "~",    "null", ": ",       " #",       "- ",   "? ",   "| ",     "> ",    "%",
        "@",    "`",     "\"",    "'",    "\\",   "\n",   "\n\n",     "\n   ",    "  ",   "\t",   "\r",     "{de: ", "}",
        "[",    "]",     ",",     "&a",   "*a",   "!!x",  "---",      "...",      "Ü",    "ß",    "العربية", "\x01",  "\x7f",
        "\xC2\x85", "\xE2\x80\xA8", "\xEF\xBB\xBF", "\xF0\x9F\x98\x80", "**fett**", "{{", "word", "Word two", "=", "<b>", "\xC2\xA0",
    };
    struct buf text;
    buf_init(&text, 4096);
    for (unsigned n = any(generator, 6); n > 0; n--)
        buf_add_string(&text, pieces[any(generator, COUNT(pieces))]);
    buf_add_string(&text, pieces[any(generator, 6)]);
    if (any(generator, 3) == 0)
        buf_add_string(&text, "x");
    while (text.length > 0 && strchr("\n ", text.bytes[text.length - 1]) != NULL)
        text.bytes[--text.length] = '\0';
    const char *kept = text.length > 0 ? arena_string(generator->arena, text.bytes) : "x";
    buf_free(&text);
    return kept;
}

static inline struct text any_text(struct generator *generator)
{
    struct text text = { .in = { any_string(generator) } };
    for (size_t i = 1; i < generator->form->language_count; i++)
        if (any(generator, 3) > 0)
            text.in[i] = any_string(generator);
    return text;
}

static inline const struct option *any_options(struct generator *generator, size_t *count, bool set)
{
    *count = 2 + any(generator, 6);
    struct option *options = ARENA_NEW(generator->arena, struct option, *count);
    for (size_t i = 0; i < *count; i++)
        options[i] = (struct option){ .code = arena_format(generator->arena, any(generator, 2) ? "%zu" : "a%zu-.", i),
                                      .label = any_text(generator),
                                      .points = -1,
                                      .missing = i > 1 && any(generator, 4) == 0,
                                      .exclusive = set && any(generator, 4) == 0 };
    return options;
}

static inline const struct expression *any_rule(struct generator *generator, const char *source)
{
    const struct expression *expression = NULL;
    size_t column = 0;
    assert_int_equal(expression_parse(generator->arena, source, &expression, &column, NULL), STATUS_OK);
    return expression;
}

static inline void any_measure(struct generator *generator, struct item *item)
{
    if (item->type->kind == QTYPE_NUMBER) {
        item->decimals = any(generator, NUMBER_DECIMALS_MAX + 1);
        item->min = (int64_t)any(generator, 2000) - 1000;
        item->step = any(generator, 20);
        item->max = item->min + (item->step > 0 ? item->step : 1) * (1 + any(generator, 40));
        if (any(generator, 2) == 0)
            item->unit = any_text(generator);
    } else if (item->type->kind == QTYPE_DATE) {
        item->grain = (enum date_grain)any(generator, 3);
        item->min = (1950 + any(generator, 20)) * date_parts(item->grain);
        item->max = item->min + any(generator, 200);
    } else if (item->type->kind == QTYPE_AMOUNTS) {
        item->max = 1 + any(generator, 200);
    }
    if (strcmp(item->type->id, "slider") == 0 || strcmp(item->type->id, "nps") == 0) {
        item->low = any_text(generator);
        item->high = any_text(generator);
    }
    item->required = any(generator, 4) == 0;
    if (item->type->kind == QTYPE_NUMBER && any(generator, 2) == 0) {
        item->valid_if = any_rule(generator, "value > 3 and (value != 7 or value < 2 * 10)");
        item->valid_text = any_text(generator);
    }
}

/* Text behind an option, as a write_in of the file makes it. */
static inline bool any_write_in(struct generator *generator, const struct item *item, struct item *text)
{
    if (item->option_count == 0 || item->type->kind == QTYPE_AMOUNTS || any(generator, 6) > 0)
        return false;
    const char *code = item->options[any(generator, (unsigned)item->option_count)].code;
    *text = (struct item){ .id = arena_format(generator->arena, "%s_%s", item->id, code), .type = qtype_find("text"),
                           .label = any_text(generator), .lines = 1, .detached = true,
                           .off = !generator->form->free_text };
    const char *condition = arena_format(generator->arena, "%s = \"%s\"", item->id, code);
    text->show_if = any_rule(generator, condition);
    return form_id_fits(text->id);
}

static inline void any_item(struct generator *generator, struct item *item, size_t position)
{
    static const char *const types[] = { "single", "scale", "multiple", "text", "situation", "yesno", "nps", "number",
                                         "slider", "date", "ranking", "sum", "consent", "note", "calculated" };
    *item = (struct item){ .id = arena_format(generator->arena, "Q%zu", position),
                           .type = qtype_find(types[any(generator, COUNT(types))]),
                           .label = any_text(generator) };
    if (any(generator, 3) == 0)
        item->hint = any_text(generator);
    item->sensitive = any(generator, 4) == 0;
    if (item->type->kind == QTYPE_TEXT) {
        item->detached = true;
        item->off = !generator->form->free_text;
        item->lines = any(generator, 3);
        item->length_max = any(generator, 3) * 100;
        return;
    }
    if (strcmp(item->type->id, "calculated") == 0) {
        item->value = any_rule(generator, position > 0 && generator->form->items[0].option_count > 0 ? "if(answered(Q0), 1 + 2 * 3, round(7 / 2))"
                                                                                        : "1 - -2");
        item->sensitive = false;
        return;
    }
    any_measure(generator, item);
    if (item->type->complete != NULL && (item->type->kind != QTYPE_CHOICE || any(generator, 2) == 0))
        assert_int_equal(item->type->complete(generator->arena, generator->form, item, NULL), STATUS_OK);
    if (item->type->kind == QTYPE_NONE || item->type->kind == QTYPE_NUMBER || item->type->kind == QTYPE_DATE ||
        item->option_count > 0)
        return;
    if (strcmp(item->type->id, "consent") == 0) {
        item->options = any_options(generator, &item->option_count, false);
        item->option_count = 1;
        return;
    }
    const unsigned list = any(generator, 4);
    if (item->type->points || item->type->kind == QTYPE_SET || list == 3) {
        item->options = any_options(generator, &item->option_count, item->type->kind == QTYPE_SET);
    } else {
        item->options = generator->lists[list];
        item->option_count = generator->list_counts[list];
    }
    for (size_t i = 0; item->type->points && i < item->option_count; i++) {
        struct option *option = ARENA_NEW(generator->arena, struct option, item->option_count);
        memcpy(option, item->options, item->option_count * sizeof *option);
        option[i].points = option[i].missing ? -1 : (int8_t)any(generator, 4);
        item->options = option;
    }
    item->shuffle = any(generator, 4) == 0;
    if (item->type->kind == QTYPE_CHOICE && item->option_count > 0 && any(generator, 4) == 0)
        item->initial = arena_format(generator->arena, "\"%s\"", item->options[0].code);
    if (item->type->kind == QTYPE_SET && item->option_count > 2 && any(generator, 2) == 0) {
        struct option *options = ARENA_NEW(generator->arena, struct option, item->option_count);
        memcpy(options, item->options, item->option_count * sizeof *options);
        options[0].not_with = 1U << 2;
        options[2].not_with = 1U << 0;
        item->options = options;
    }
    if (item->type->kind == QTYPE_SET)
        item->choose_max = any(generator, (unsigned)item->option_count + 1);
    item->off = any(generator, 8) == 0;
    if (any(generator, 6) == 0)
        item->options_from = "units";
}

/* One of the earlier questions with options, in a small expression. */
static inline const struct expression *any_condition(struct generator *generator, size_t before)
{
    const struct item *item = &generator->form->items[any(generator, (unsigned)before)];
    if (item->option_count == 0)
        return NULL;
    const char *code = item->options[any(generator, (unsigned)item->option_count)].code;
    const char *expression = NULL;
    switch (any(generator, 4)) {
    case 0: expression = arena_format(generator->arena, "%s = \"%s\"", item->id, code); break;
    case 1: expression = arena_format(generator->arena, "not %s != %s", item->id, code); break;
    case 2:
        expression = arena_format(generator->arena, "answered(%s) or (%s = %s and %s != %s)", item->id, item->id, code,
                                  item->id, code);
        break;
    default:
        expression = arena_format(generator->arena, "%s in (%s, %s) and not (answered(%s) or %s = %s)", item->id, code,
                                  code, item->id, item->id, code);
        break;
    }
    return any_rule(generator, expression);
}

/* The form lives in the arena. */
static inline const struct form *generate_form(struct arena *arena, uint64_t seed)
{
    enum { ITEM_MOST = 12 };
    struct generator generator = { .arena = arena, .form = ARENA_NEW(arena, struct form, 1) };
    struct form *form = generator.form;
    seeded_init(&generator.seeded, seed);
    static const char *const codes[] = { "de", "en", "no", "ar", "de-simple" };
    form->language_count = 1 + any(&generator, COUNT(codes));
    for (size_t i = 0; i < form->language_count; i++)
        form->languages[i] = codes[i];
    form->id = "generated";
    form->free_text = any(&generator, 2) == 0;
    form->key_raters = any(&generator, 2) == 0 ? 0 : (unsigned)any(&generator, FORM_RATERS_MAX);
    for (size_t i = 1; i < form->language_count; i++)
        form->draft[i] = any(&generator, 3) == 0;
    form->version = any_string(&generator);
    form->title = any_text(&generator);
    for (size_t i = 0; i < COUNT(generator.lists); i++)
        generator.lists[i] = any_options(&generator, &generator.list_counts[i], false);
    struct item *items = ARENA_NEW(arena, struct item, ITEM_MOST);
    form->items = items;
    const size_t wanted = 1 + any(&generator, ITEM_MOST - 1);
    for (size_t i = 0; i < wanted; i++) {
        any_item(&generator, &items[i], i);
        if (i > 0 && any(&generator, 3) == 0)
            items[i].show_if = any_condition(&generator, i);
        form->item_count = i + 1;
        if (form->item_count < wanted && any_write_in(&generator, &items[i], &items[i + 1]))
            form->item_count = ++i + 1;
    }
    struct page *pages = ARENA_NEW(arena, struct page, ITEM_MOST);
    form->pages = pages;
    for (size_t i = 0; i < form->item_count;) {
        size_t count = 1 + any(&generator, (unsigned)(form->item_count - i));
        while (i + count < form->item_count && strchr(items[i + count].id, '_') != NULL)
            count++; /* a write-in stands on the page of its question */
        pages[form->page_count] = (struct page){ .id = arena_format(arena, "P%zu", i),
                                                 .title = any_text(&generator),
                                                 .item_first = i,
                                                 .item_count = count };
        if (any(&generator, 2) == 0)
            pages[form->page_count].intro = any_text(&generator);
        pages[form->page_count].shuffle = any(&generator, 4) == 0;
        if (i > 0 && any(&generator, 3) == 0)
            pages[form->page_count].show_if = any_condition(&generator, i);
        for (size_t k = i; k < i + count; k++)
            items[k].page = form->page_count;
        pages[form->page_count].rotate =
            any(&generator, (unsigned)page_drawable(form, &pages[form->page_count]) + 1);
        form->page_count++;
        i += count;
    }
    struct notice *notices = ARENA_NEW(arena, struct notice, 2);
    form->notice_count = any(&generator, 3);
    for (size_t i = 0; i < form->notice_count; i++)
        notices[i] = (struct notice){ .id = i == 0 ? "welcome" : "closing", .body = any_text(&generator) };
    form->notices = notices;
    return form;
}

#endif

/* Whether two forms are the same questionnaire, whatever files they came from: all but places, hashes and list names. */
#ifndef TESTS_FORMS_EQUAL_H
#define TESTS_FORMS_EQUAL_H

#include "forms_fixture.h"

#include "forms/expression.h"
#include "forms/qtype.h"

static inline void equal_string(const char *one, const char *other, const char *what)
{
    if (strcmp(one != NULL ? one : "", other != NULL ? other : "") != 0)
        fail_msg("%s: “%s” became “%s”", what, one != NULL ? one : "NULL", other != NULL ? other : "NULL");
}

static inline void equal_text(const struct text *one, const struct text *other, const char *what)
{
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++)
        equal_string(one->in[i], other->in[i], what);
}

static inline void equal_condition(const struct expression *one, const struct expression *other, const char *what)
{
    struct buf texts[2];
    buf_init(&texts[0], 1 << 16);
    buf_init(&texts[1], 1 << 16);
    if (one != NULL)
        expression_write(one, &texts[0]);
    if (other != NULL)
        expression_write(other, &texts[1]);
    equal_string(texts[0].bytes, texts[1].bytes, what);
    buf_free(&texts[0]);
    buf_free(&texts[1]);
}

static inline void equal_item(const struct item *one, const struct item *other)
{
    equal_string(one->id, other->id, "id");
    assert_ptr_equal(one->type, other->type);
    equal_text(&one->label, &other->label, one->id);
    equal_text(&one->hint, &other->hint, one->id);
    equal_text(&one->valid_text, &other->valid_text, one->id);
    equal_text(&one->unit, &other->unit, one->id);
    equal_text(&one->low, &other->low, one->id);
    equal_text(&one->high, &other->high, one->id);
    equal_string(one->options_from, other->options_from, one->id);
    equal_string(one->detached_with, other->detached_with, one->id);
    equal_string(one->initial, other->initial, one->id);
    equal_condition(one->show_if, other->show_if, one->id);
    equal_condition(one->valid_if, other->valid_if, one->id);
    equal_condition(one->value, other->value, one->id);
    equal_condition(one->valid_if, other->valid_if, one->id);
    equal_condition(one->value, other->value, one->id);
    assert_int_equal(one->option_count, other->option_count);
    for (size_t i = 0; i < one->option_count; i++) {
        equal_string(one->options[i].code, other->options[i].code, one->id);
        equal_text(&one->options[i].label, &other->options[i].label, one->id);
        assert_int_equal(one->options[i].points, other->options[i].points);
        assert_int_equal(one->options[i].missing, other->options[i].missing);
        assert_int_equal(one->options[i].exclusive, other->options[i].exclusive);
        assert_int_equal(one->options[i].not_with, other->options[i].not_with);
    }
    assert_int_equal(one->choose_min, other->choose_min);
    assert_int_equal(one->choose_max, other->choose_max);
    assert_int_equal(one->min, other->min);
    assert_int_equal(one->max, other->max);
    assert_int_equal(one->step, other->step);
    assert_int_equal(one->decimals, other->decimals);
    assert_int_equal(one->grain, other->grain);
    assert_int_equal(one->lines, other->lines);
    assert_int_equal(one->length_max, other->length_max);
    assert_int_equal(one->required, other->required);
    assert_int_equal(one->shuffle, other->shuffle);
    assert_int_equal(one->sensitive, other->sensitive);
    assert_int_equal(one->detached, other->detached);
    assert_int_equal(one->off, other->off);
    assert_int_equal(one->page, other->page);
}

static inline void equal_form(const struct form *one, const struct form *other)
{
    equal_string(one->id, other->id, "form");
    equal_string(one->version, other->version, "version");
    equal_text(&one->title, &other->title, "title");
    assert_int_equal(one->free_text, other->free_text);
    assert_int_equal(one->key_raters, other->key_raters);
    assert_int_equal(one->language_count, other->language_count);
    for (size_t i = 0; i < one->language_count; i++) {
        equal_string(one->languages[i], other->languages[i], "languages");
        assert_int_equal(one->draft[i], other->draft[i]);
    }
    assert_int_equal(one->page_count, other->page_count);
    for (size_t i = 0; i < one->page_count; i++) {
        equal_string(one->pages[i].id, other->pages[i].id, "page");
        equal_text(&one->pages[i].title, &other->pages[i].title, "title of a page");
        equal_text(&one->pages[i].intro, &other->pages[i].intro, "intro");
        assert_int_equal(one->pages[i].item_first, other->pages[i].item_first);
        assert_int_equal(one->pages[i].item_count, other->pages[i].item_count);
        equal_condition(one->pages[i].show_if, other->pages[i].show_if, one->pages[i].id);
        assert_int_equal(one->pages[i].rotate, other->pages[i].rotate);
        assert_int_equal(one->pages[i].shuffle, other->pages[i].shuffle);
        assert_int_equal(one->pages[i].matrix, other->pages[i].matrix);
    }
    assert_int_equal(one->item_count, other->item_count);
    for (size_t i = 0; i < one->item_count; i++)
        equal_item(&one->items[i], &other->items[i]);
    assert_int_equal(one->scale_count, other->scale_count);
    for (size_t i = 0; i < one->scale_count; i++) {
        equal_string(one->scales[i].id, other->scales[i].id, "scale");
        equal_text(&one->scales[i].title, &other->scales[i].title, "title of a scale");
        assert_int_equal(one->scales[i].answered_min, other->scales[i].answered_min);
        assert_int_equal(one->scales[i].item_count, other->scales[i].item_count);
        for (size_t k = 0; k < one->scales[i].item_count; k++) {
            assert_int_equal(one->scales[i].items[k], other->scales[i].items[k]);
            assert_int_equal(one->scales[i].reversed[k], other->scales[i].reversed[k]);
        }
    }
    assert_int_equal(one->notice_count, other->notice_count);
    for (size_t i = 0; i < one->notice_count; i++) {
        equal_string(one->notices[i].id, other->notices[i].id, "notice");
        equal_text(&one->notices[i].title, &other->notices[i].title, "title of a notice");
        equal_text(&one->notices[i].body, &other->notices[i].body, "body");
    }
}

#endif

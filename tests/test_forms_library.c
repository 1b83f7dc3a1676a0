/* The shipped questionnaire against the project's own list of items: no text, option, filter or reversal is lost. */
#include "forms_fixture.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "forms/expression.h"
#include "forms/form_check.h"
#include "forms/qtype.h"

enum { COLUMNS = 10, ROWS_MAX = 100 };

/* item_id scale key response_type sensitive cannot_judge filter text_de text_en options */
struct line {
    char *cell[COLUMNS];
};

static struct shared {
    struct fixture fixture;
    struct buf bytes;
    struct line lines[ROWS_MAX];
    size_t count;
} shared;

static char *next_field(char **rest, const char *separator)
{
    char *field = *rest;
    char *end = strstr(field, separator);
    *rest = end != NULL ? end + strlen(separator) : field + strlen(field);
    if (end != NULL)
        *end = '\0';
    return field;
}

static int open_all(void **state)
{
    (void)state;
    fixture_open(&shared.fixture, "open_administration");
    return 0;
}

static void read_lines(void)
{
    buf_init(&shared.bytes, 1 << 20);
    struct fail fail = { 0 };
    if (buf_read_file(&shared.bytes, SOURCE_DIR "/tests/data/items.tsv", &fail) != STATUS_OK)
        return;
    char *rest = shared.bytes.bytes;
    (void)next_field(&rest, "\n");
    while (*rest != '\0' && shared.count < ROWS_MAX) {
        char *line = next_field(&rest, "\n");
        for (size_t i = 0; i < COLUMNS; i++)
            shared.lines[shared.count].cell[i] = next_field(&line, "\t");
        shared.count++;
    }
}

static int close_all(void **state)
{
    (void)state;
    arena_free(&shared.fixture.arena);
    buf_free(&shared.bytes);
    return 0;
}

static const char *type_of(const char *response)
{
    static const char *const types[][2] = { { "single", "single" }, { "ZUT", "scale" },      { "FRQ", "scale" },
                                            { "sjt", "situation" }, { "multi", "multiple" }, { "matrix", "multiple" },
                                            { "text", "text" } };
    for (size_t i = 0; i < COUNT(types); i++)
        if (strcmp(types[i][0], response) == 0)
            return types[i][1];
    return "";
}

static void check_option(const struct item *item, size_t position, char *cell)
{
    assert_true(position < item->option_count);
    const struct option *option = &item->options[position];
    assert_string_equal(option->code, next_field(&cell, "|"));
    assert_string_equal(option->label.in[0], next_field(&cell, "|"));
    assert_string_equal(option->label.in[1], next_field(&cell, "|"));
    assert_int_equal(option->points, *cell != '\0' ? atoi(cell) : -1);
    bool refuses = strstr(option->label.in[0], "öchte ich nicht sagen") != NULL ||
                   strstr(option->label.in[0], "nicht beurteilen") != NULL ||
                   strcmp(option->label.in[0], "keine Angabe") == 0;
    assert_int_equal(option->missing, refuses);
}

static void check_options(const struct line *line, const struct item *item)
{
    char cells[4000];
    snprintf(cells, sizeof cells, "%s", line->cell[9]);
    char *rest = cells;
    size_t count = 0;
    while (*rest != '\0') {
        char *cell = next_field(&rest, " ;; ");
        if (strncmp(cell, "…|", strlen("…|")) == 0)
            assert_string_equal(item->options_from, "units");
        else
            check_option(item, count++, cell);
    }
    if (strcmp(line->cell[5], "1") == 0) {
        assert_string_equal(item->options[count].code, "98");
        assert_true(item->options[count++].missing);
    }
    assert_int_equal(item->option_count, count);
}

/* "KP1≠5 und KP2≠1", "DI1∈{2,3}" in prefix JSON. */
static void check_filter(const char *filter, const struct item *item)
{
    static const char *const filters[][2] = {
        { "KP1≠5", "[\"ne\",\"KP1\",[\"n\",\"5\"]]" },
        { "KP1≠5 und KP2≠1", "[\"and\",[\"ne\",\"KP1\",[\"n\",\"5\"]],[\"ne\",\"KP2\",[\"n\",\"1\"]]]" },
        { "SP1≠4", "[\"ne\",\"SP1\",[\"n\",\"4\"]]" },
        { "DI1∈{2,3}", "[\"in\",\"DI1\",[\"n\",\"2\"],[\"n\",\"3\"]]" },
    };
    if (filter[0] == '\0') {
        assert_null(item->show_if);
        return;
    }
    assert_non_null(item->show_if);
    struct buf out;
    buf_init(&out, 1000);
    expression_write(item->show_if, &out);
    bool found = false;
    for (size_t i = 0; i < COUNT(filters); i++)
        found = found || (strcmp(filters[i][0], filter) == 0 && strcmp(filters[i][1], out.bytes) == 0);
    buf_free(&out);
    assert_true(found);
}

static void check_key(const struct line *line, const struct form *form, const struct item *item)
{
    const struct scale *scale = form_scale(form, line->cell[1]);
    if (line->cell[2][0] == '\0') {
        assert_null(scale);
        return;
    }
    assert_non_null(scale);
    for (size_t i = 0; i < scale->item_count; i++) {
        if (&form->items[scale->items[i]] != item)
            continue;
        assert_int_equal(scale->reversed[i], strcmp(line->cell[2], "-") == 0);
        return;
    }
    fail_msg("%s is not in scale %s", item->id, scale->id);
}

static void check_line(void **state)
{
    const struct line *line = *state;
    const struct form *form = shared.fixture.form;
    const struct item *item = form_item(form, line->cell[0]);
    assert_non_null(item);
    assert_string_equal(item->type->id, type_of(line->cell[3]));
    assert_string_equal(form_text(form, &item->label, "de"), line->cell[7]);
    assert_string_equal(form_text(form, &item->label, "en"), line->cell[8]);
    assert_int_equal(item->sensitive, strcmp(line->cell[4], "1") == 0);
    check_filter(line->cell[6], item);
    check_key(line, form, item);
    check_options(line, item);
}

static void check_whole(void **state)
{
    (void)state;
    const struct form *form = shared.fixture.form;
    struct form_counts counts;
    form_check(form, NULL, NULL, NULL, &counts);
    assert_int_equal(counts.faults, 0);
    assert_int_equal(counts.warnings, 0); /* every text in both languages */
    assert_int_equal(form->item_count, shared.count);
    assert_int_equal(form->item_count, 60);
    assert_int_equal(form->page_count, 15);
    for (size_t i = 0; i < form->page_count; i++)
        assert_int_equal(form->pages[i].id[0], 'A' + (int)i);
    for (size_t i = 0; i < form->item_count; i++) /* order of the list is the order of the questionnaire */
        assert_string_equal(form->items[i].id, shared.lines[i].cell[0]);
}

/* questionnaire.md, section 0: sizes, reversals, and at least 60 % answered. */
static void check_scales(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        size_t items, reversed;
        unsigned answered_min;
    } expected[] = { { "HM", 5, 2, 3 }, { "WI", 4, 2, 3 }, { "RE", 4, 2, 3 },
                     { "VH", 5, 2, 3 }, { "ST", 7, 3, 5 }, { "IK", 6, 3, 4 } };
    const struct form *form = shared.fixture.form;
    assert_int_equal(form->scale_count, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        const struct scale *scale = form_scale(form, expected[i].id);
        assert_non_null(scale);
        size_t reversed = 0;
        for (size_t j = 0; j < scale->item_count; j++) {
            reversed += scale->reversed[j] ? 1 : 0;
            const struct item *item = &form->items[scale->items[j]];
            for (size_t k = 0; k < 5; k++) {
                char code[2] = { (char)('1' + k), '\0' };
                assert_int_equal(item_option(item, code), k);
            }
        }
        assert_int_equal(scale->item_count, expected[i].items);
        assert_int_equal(reversed, expected[i].reversed);
        assert_int_equal(scale->answered_min, expected[i].answered_min);
    }
}

static void check_rules(void **state)
{
    (void)state;
    const struct form *form = shared.fixture.form;
    const struct item *languages_item = form_item(form, "D8");
    const struct item *needs = form_item(form, "FB2");
    assert_true(languages_item->detached && form_item(form, "DI2")->detached && form_item(form, "OF1")->detached);
    assert_string_equal(languages_item->detached_with, "D1");
    assert_null(form_item(form, "OF1")->detached_with);
    assert_null(form_item(form, "DI2")->detached_with);
    assert_true(form_item(form, "OF1")->off);
    assert_int_equal(needs->choose_max, 3);
    assert_true(needs->options[item_option(needs, "0")].exclusive);
    assert_false(needs->options[0].exclusive);
    assert_true(languages_item->options[item_option(languages_item, "deu")].exclusive);
    assert_true(languages_item->options[item_option(languages_item, "9")].exclusive);
    assert_int_equal(form->pages[6].rotate, 2);
    static const char *const notices[] = { "welcome", "privacy", "staff_council_approved", "terms", "closing" };
    for (size_t i = 0; i < COUNT(notices); i++)
        assert_non_null(form_notice(form, notices[i]));
    /* Wording that must never come in: nothing is absolutely anonymous. */
    for (size_t i = 0; i < form->notice_count; i++)
        for (size_t j = 0; j < form->language_count; j++)
            assert_null(strstr(form->notices[i].body.in[j], "100 %"));
}

int main(void)
{
    struct CMUnitTest tests[ROWS_MAX + 3];
    size_t count = 0;
    read_lines();
    for (size_t i = 0; i < shared.count; i++)
        tests[count++] = (struct CMUnitTest){ shared.lines[i].cell[0], check_line, NULL, NULL, &shared.lines[i] };
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_whole);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_scales);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_rules);
    return _cmocka_run_group_tests("library", tests, count, open_all, close_all);
}

/* The sections over releases made by hand: everything shown, everything secret, nothing delivered; German and English.
 * Each report must build, be well formed, hold no leftover of a format, and speak one language. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reports/section.h"
#include "reports/tell.h"
#include "tests/release_fixture.h"
#include "tests/xml_check.h"

static void check_figures(const struct doc *doc)
{
    for (const struct doc_block *block = doc->first; block != NULL; block = block->next)
        if (block->kind == DOC_FIGURE && strlen(block->figure->alternative) < 40)
            fail_msg("alternative text too short: %s", block->figure->alternative);
}

static void check_text(const char *text)
{
    static const char *const leftovers[] = { "%s", "%zu", "%u", "(null)", " nan", ">nan", "NaN", "  .", ". ." };
    for (size_t i = 0; i < COUNT(leftovers); i++)
        if (strstr(text, leftovers[i]) != NULL)
            fail_msg("leftover '%s': %.80s", leftovers[i], strstr(text, leftovers[i]));
}

static struct buf build(const struct language *language, struct doc *doc)
{
    struct buf out;
    struct fail fail = { 0 };
    doc_init(doc, &world.arena, language);
    report_build(&world.release, NULL, doc);
    buf_init(&out, 8 << 20);
    if (doc_status(doc, &fail) != STATUS_OK || doc_write_html(doc, &out, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    xml_check(out.bytes);
    check_figures(doc);
    check_text(out.bytes);
    return out;
}

static const char *const english_words[] = { " the ", " staff", " answers", " with ", " range ", "Survey", " share " };
static const char *const german_words[] = { " der ", " die ", " und ", "Bereich", "Befragung", " nicht " };

/* The catalogue of other layers (descriptors of the indicators) may lag behind: only blocks of the sections count. */
static void check_language(const struct doc *doc, const char *const words[], size_t count)
{
    for (const struct doc_block *block = doc->first; block != NULL; block = block->next) {
        bool own = block->kind == DOC_HEADING || block->kind == DOC_PARAGRAPH || block->kind == DOC_STATEMENT;
        for (size_t i = 0; own && i < count; i++)
            if (strstr(block->text, words[i]) != NULL)
                fail_msg("wrong language ('%s'): %s", words[i], block->text);
    }
}

static struct report_case {
    const char *name;
    enum fill fill;
    const char *language;
    enum release_word word;
} cases[] = {
    { "all shown, German, higher", FILL_SHOWN, "de", WORD_HIGHER },
    { "all shown, German, undecided", FILL_SHOWN, "de", WORD_UNDECIDED },
    { "all shown, English, equal", FILL_SHOWN, "en", WORD_EQUAL },
    { "all shown, English, no word", FILL_SHOWN, "en", WORD_NONE },
    { "all secret, German", FILL_SECRET, "de", WORD_NONE },
    { "all secret, English", FILL_SECRET, "en", WORD_NONE },
    { "nothing delivered, German", FILL_NOTHING, "de", WORD_NONE },
    { "nothing delivered, English", FILL_NOTHING, "en", WORD_NONE },
};

static void check_report(void **state)
{
    const struct report_case *row = *state;
    const struct language *language = language_find(row->language, NULL);
    bool german = strcmp(row->language, "de") == 0;
    struct doc doc;
    make_release(row->fill, row->word);
    struct buf out = build(language, &doc);
    check_language(&doc, german ? english_words : german_words, german ? COUNT(english_words) : COUNT(german_words));
    assert_non_null(strstr(out.bytes, german ? "Demodaten" : "Demo data"));
    assert_non_null(strstr(out.bytes, german ? "Vielfaltsbericht 2025" : "Diversity report 2025"));
    if (row->fill == FILL_SHOWN) {
        assert_true(doc.figure_count >= 7 && doc.table_count >= 25);
        assert_non_null(strstr(out.bytes, german ? "17,8\u00A0%" : "17.8%"));
    }
    if (row->fill != FILL_SHOWN)
        assert_int_equal(doc.figure_count, 0); /* nothing shown, nothing drawn */
    if (row->fill == FILL_SECRET)
        assert_null(strstr(out.bytes, "17,8\u00A0% der"));
    if (row->fill == FILL_NOTHING)
        assert_non_null(strstr(out.bytes, german ? "Noch nicht vorhanden:" : "Not yet available:"));
    buf_free(&out);
    arena_free(&world.arena);
}

/* DOMAIN 4.3: figure, range, base, response rate, comparison word with size and range. */
static void statement_follows_the_grammar(void **state)
{
    (void)state;
    struct doc doc;
    make_release(FILL_SHOWN, WORD_SLIGHTLY_LOWER);
    struct buf out = build(language_default, &doc);
    const struct doc_block *block = doc.first;
    while (block != NULL && block->kind != DOC_STATEMENT)
        block = block->next;
    if (block == NULL) { /* says what gcc cannot know of assert_non_null */
        fail_msg("the summary has no statement");
        return;
    }
    assert_string_equal(block->figure_text, "17,8\u00A0%");
    assert_non_null(strstr(block->text, "(Bereich 16,3–20,3\u00A0%; 1.284 Antworten, Rücklauf 19,8\u00A0%)"));
    assert_non_null(strstr(block->text, "−0,9 Prozentpunkte, Bereich −2,4 bis +1,6"));
    const char *word = release_word(WORD_SLIGHTLY_LOWER, language_default);
    assert_non_null(strstr(block->text, word));
    buf_free(&out);
    arena_free(&world.arena);
}

static void signs_stand_before_the_first_table(void **state)
{
    (void)state;
    struct doc doc;
    make_release(FILL_SECRET, WORD_NONE);
    struct buf out = build(NULL, &doc);
    bool explained = false;
    for (const struct doc_block *block = doc.first; block != NULL; block = block->next) {
        explained = explained || (block->kind == DOC_HEADING && strcmp(block->anchor, "signs") == 0);
        if (block->kind == DOC_TABLE)
            assert_true(explained);
    }
    assert_true(explained);
    buf_free(&out);
    arena_free(&world.arena);
}

static bool has_heading(const struct doc *doc, const char *anchor)
{
    for (const struct doc_block *block = doc->first; block != NULL; block = block->next)
        if (block->kind == DOC_HEADING && strcmp(block->anchor, anchor) == 0)
            return true;
    return false;
}

/* Tables of many departments stand in the annex; a city of few has none. */
static void long_tables_stand_in_the_annex(void **state)
{
    (void)state;
    const size_t units[] = { 5, 200 };
    for (size_t i = 0; i < COUNT(units); i++) {
        struct doc doc;
        make_release_of(&(struct world_shape){ .units = units[i] });
        struct buf out = build(language_default, &doc);
        size_t long_tables = 0;
        bool annex = false;
        for (const struct doc_block *block = doc.first; block != NULL; block = block->next) {
            annex = annex || (block->kind == DOC_HEADING && strcmp(block->anchor, "annex") == 0);
            bool is_long = block->kind == DOC_TABLE && block->table->row_count > 40;
            assert_true(!is_long || annex);
            long_tables += is_long ? 1 : 0;
        }
        assert_int_equal(annex, units[i] == 200);
        assert_true(units[i] == 5 || long_tables >= 4);
        buf_free(&out);
        arena_free(&world.arena);
    }
}

/* An indicator of which no section says more appears in its chapter; one without data is named in one line. */
static void chapters_tell_what_there_is(void **state)
{
    (void)state;
    struct doc doc;
    make_release(FILL_SHOWN, WORD_EQUAL);
    struct buf out = build(NULL, &doc);
    assert_true(has_heading(&doc, "recruitment-p1") && has_heading(&doc, "measures-o6"));
    assert_false(has_heading(&doc, "recruitment-p2"));
    assert_non_null(strstr(out.bytes, "From stage to stage of the selection, The same standards for all"));
    assert_null(strstr(out.bytes, "Share among applicants, "));
    buf_free(&out);
    arena_free(&world.arena);
}

/* Two surveys are a slope, more are a line with all their values in the alternative text. */
static void many_surveys_are_a_line(void **state)
{
    (void)state;
    for (size_t waves = 2; waves <= 3; waves++) {
        struct doc doc;
        size_t lines = 0;
        size_t slopes = 0;
        make_release_of(&(struct world_shape){ .waves = waves });
        struct buf out = build(NULL, &doc);
        for (const struct doc_block *block = doc.first; block != NULL; block = block->next) {
            if (block->kind != DOC_FIGURE)
                continue;
            slopes += block->figure->chart->form == CHART_SLOPE ? 1 : 0;
            if (block->figure->chart->form != CHART_LINES)
                continue;
            lines++;
            assert_non_null(strstr(block->figure->alternative, "wave.2023 "));
            assert_non_null(strstr(block->figure->alternative, "wave.2025 "));
        }
        assert_int_equal(lines, waves - 2);
        assert_int_equal(slopes, 3 - waves);
        buf_free(&out);
        arena_free(&world.arena);
    }
}

static void missing_memory_is_reported(void **state)
{
    (void)state;
    struct doc whole;
    make_release(FILL_SHOWN, WORD_HIGHER);
    size_t before = world.arena.used;
    doc_init(&whole, &world.arena, language_default);
    report_build(&world.release, NULL, &whole);
    size_t needed = world.arena.used - before;
    arena_free(&world.arena);
    for (size_t step = 1; step < 40; step++) {
        struct arena small;
        struct doc doc;
        size_t room = needed * step / 40;
        make_release(FILL_SHOWN, WORD_HIGHER);
        arena_init(&small, room);
        doc_init(&doc, &small, language_default);
        report_build(&world.release, NULL, &doc);
        assert_int_equal(doc_status(&doc, NULL), STATUS_MEMORY);
        arena_free(&small);
        arena_free(&world.arena);
    }
}

static void sections_are_complete(void **state)
{
    (void)state;
    for (size_t i = 0; sections[i] != NULL; i++) {
        assert_ptr_equal(section_find(sections[i]->id), sections[i]);
        assert_string_not_equal(tr(language_default, sections[i]->title), sections[i]->title);
    }
    assert_null(section_find("nonsense"));
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 7];
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){ cases[i].name, check_report, NULL, NULL, &cases[i] };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(statement_follows_the_grammar),
        cmocka_unit_test(signs_stand_before_the_first_table),
        cmocka_unit_test(long_tables_stand_in_the_annex),
        cmocka_unit_test(chapters_tell_what_there_is),
        cmocka_unit_test(many_surveys_are_a_line),
        cmocka_unit_test(missing_memory_is_reported),
        cmocka_unit_test(sections_are_complete),
    };
    memcpy(tests + COUNT(cases), others, sizeof others);
    return cmocka_run_group_tests_name("sections", tests, NULL, NULL);
}

/* Texts of the office: what is refused, what the little Markdown becomes, and where it stands in the report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reports/place.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 8 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void typed_text_is_checked(void **state)
{
    (void)state;
    const char *text = NULL;
    assert_int_equal(remark_check(&arena, " \r\n one\r\ntwo\rthree \n\n", &text, NULL), STATUS_OK);
    assert_string_equal(text, "one\ntwo\nthree");
    assert_int_equal(remark_check(&arena, " \n\t", &text, NULL), STATUS_OK);
    assert_string_equal(text, "");
    struct fail fail = { 0 };
    assert_int_equal(remark_check(&arena, "good\nbad\x07", &text, &fail), STATUS_INPUT);
    assert_non_null(strstr(fail.what, "line 2"));
    assert_int_equal(remark_check(&arena, "\xFF", &text, NULL), STATUS_INPUT);
    char *large = arena_get(&arena, REMARK_MAX + 2, 1);
    assert_non_null(large);
    memset(large, 'x', REMARK_MAX);
    assert_int_equal(remark_check(&arena, large, &text, NULL), STATUS_OK);
    large[REMARK_MAX] = 'x';
    assert_int_equal(remark_check(&arena, large, &text, NULL), STATUS_LIMIT);
}

static void check_block(const struct doc_block **block, enum doc_kind kind, const char *text)
{
    assert_non_null(*block);
    assert_int_equal((*block)->kind, kind);
    assert_string_equal(kind == DOC_LIST ? (*block)->items[(*block)->item_count - 1] : (*block)->text, text);
    *block = (*block)->next;
}

static void markdown(void **state)
{
    (void)state;
    struct doc doc;
    doc_init(&doc, &arena, language_default);
    doc_heading(&doc, 1, "top", "Top");
    remark_write(&doc, 2, "x",
                 "first\nline\n\nsecond <b>\n- a\n- b\n  goes on\n\n- c\n## Head\n* star\nlast **strong\n\n#\n\nend");
    assert_int_equal(doc_status(&doc, NULL), STATUS_OK);
    const struct doc_block *block = doc.first->next;
    check_block(&block, DOC_PARAGRAPH, "first line");
    check_block(&block, DOC_PARAGRAPH, "second <b>");
    assert_int_equal(block->item_count, 3);
    assert_string_equal(block->items[1], "b goes on");
    check_block(&block, DOC_LIST, "c");
    assert_string_equal(block->anchor, "x-1");
    assert_int_equal(block->level, 2);
    check_block(&block, DOC_HEADING, "Head");
    check_block(&block, DOC_LIST, "star last **strong");
    check_block(&block, DOC_PARAGRAPH, "end");
    assert_null(block);
}

/* Whatever is typed makes a document: nothing empty, no heading that skips a level, not more than fits. */
static void anything_makes_a_document(void **state)
{
    (void)state;
    static const char letters[] = "ab -*#\n\n ";
    uint32_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        char text[64];
        struct arena room;
        struct doc doc;
        for (size_t i = 0; i + 1 < sizeof text; i++) {
            seed = seed * 1664525 + 1013904223;
            text[i] = letters[(seed >> 24) % (sizeof letters - 1)];
        }
        text[sizeof text - 1] = '\0';
        arena_init(&room, 1 << 20);
        doc_init(&doc, &room, language_default);
        doc_heading(&doc, 1, "top", "Top");
        remark_write(&doc, 2, "x", text);
        assert_int_equal(doc_status(&doc, NULL), STATUS_OK);
        arena_free(&room);
    }
}

static void long_lists(void **state)
{
    (void)state;
    struct doc doc;
    char text[5 * 450 + 1] = "";
    size_t points = 0;
    for (int i = 0; i < 450; i++)
        memcpy(text + (ptrdiff_t)5 * i, "- xy\n", 6);
    doc_init(&doc, &arena, language_default);
    remark_write(&doc, 2, "x", text);
    assert_int_equal(doc_status(&doc, NULL), STATUS_OK);
    for (const struct doc_block *block = doc.first; block != NULL; block = block->next)
        points += block->item_count;
    assert_int_equal(points, 450);
}

static const struct doc_block *heading(const struct doc *doc, const char *anchor)
{
    for (const struct doc_block *block = doc->first; block != NULL; block = block->next)
        if (block->kind == DOC_HEADING && strcmp(block->anchor, anchor) == 0)
            return block;
    return NULL;
}

static const char *text_below(const struct doc *doc, const char *anchor)
{
    const struct doc_block *found = heading(doc, anchor);
    return found == NULL || found->next == NULL ? "nothing" : found->next->text;
}

static void stands_in_the_report(void **state)
{
    (void)state;
    static const struct remark rows[] = { { "workforce", "de", "Ein Wort." },
                                          { "said", "de", "# Kopf\nGesagt." },
                                          { "climate", "en", "English only." } };
    struct remarks remarks = { rows, COUNT(rows), "" };
    const struct release release = { .city = "X", .wave = "2025", .year = 2025 };
    struct doc doc;
    doc_init(&doc, &arena, language_default);
    report_build(&release, &remarks, &doc);
    assert_int_equal(doc_status(&doc, NULL), STATUS_OK);
    assert_string_equal(text_below(&doc, "workforce-comment"), "Ein Wort.");
    assert_string_equal(text_below(&doc, "said"), "Kopf");
    assert_null(heading(&doc, "climate-comment"));
    assert_non_null(strstr(doc.footer, "Entwurf"));
    bool elsewhere = false;
    bool missing = false;
    for (const struct doc_block *block = doc.first; block != NULL; block = block->next) {
        elsewhere = elsewhere || (block->kind == DOC_NOTE && strstr(block->text, "English") != NULL);
        assert_true(block->text == NULL || strstr(block->text, "English only.") == NULL);
    }
    for (const struct doc_block *block = heading(&doc, "advice"); block != NULL && !missing; block = block->next)
        missing = block->kind == DOC_PARAGRAPH && strstr(block->text, "Noch nicht vorhanden") != NULL;
    assert_true(elsewhere);
    assert_true(missing);
    remarks.frozen = "2025-12-01";
    doc_init(&doc, &arena, language_default);
    report_build(&release, &remarks, &doc);
    assert_null(strstr(doc.footer, "Entwurf"));
}

static void places_are_complete(void **state)
{
    (void)state;
    struct place room;
    struct place again;
    size_t count = 0;
    for (; place_at(count, &room) != NULL; count++) {
        const struct place *place = place_at(count, &room);
        assert_string_equal(place_find(place->id, &again)->id, place->id);
        assert_string_not_equal(tr(language_default, place->hint), place->hint);
    }
    assert_true(count > 10);
    assert_null(place_find("cover.nothing", &again));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(typed_text_is_checked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(markdown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(anything_makes_a_document, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_lists, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stands_in_the_report, set_up, tear_down),
        cmocka_unit_test_setup_teardown(places_are_complete, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

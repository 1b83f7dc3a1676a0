/* HTML of a document: escaped, well formed, heads with scope, figures with title and description, no style or script
 * that the Content-Security-Policy would refuse. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reports/doc.h"
#include "tests/xml_check.h"

static struct arena arena;
static struct buf out;

static void write_document(struct doc *doc)
{
    struct fail fail = { 0 };
    buf_init(&out, 4 << 20);
    if (doc_write_html(doc, &out, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    xml_check(out.bytes);
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 16 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    buf_free(&out);
    arena_free(&arena);
    return 0;
}

static void add_figure(struct doc *doc, const char *caption)
{
    const struct chart_datum data[] = {
        { .label = "A <b> & \"c\"", .value = 10, .text = "10 %", .reference = (double)NAN },
        { .label = "B", .value = (double)NAN, .text = "g", .reference = (double)NAN },
    };
    const struct chart chart = { .form = CHART_BARS, .data = data, .count = 2, .lowest = (double)NAN,
                                 .highest = (double)NAN };
    doc_figure(doc, caption, "Bars of A & B", &chart, false);
}

static void add_table(struct doc *doc)
{
    const char *heads[] = { "Department", "Share in %" };
    const bool numeric[] = { false, true };
    const bool total[] = { false, true };
    const struct doc_cell cells[] = { { "I <Zentral>", NULL }, { "g", "geheim gehalten" }, { "All", NULL },
                                      { "44,6", NULL } };
    doc_table(doc, &(struct doc_table){ .caption = "Shares", .heads = heads, .numeric = numeric, .column_count = 2,
                                        .cells = cells, .total = total, .row_count = 2 });
}

static void everything(struct doc *doc, const struct language *language)
{
    const char *const items[] = { "one", "**two** & <three>" };
    doc_init(doc, &arena, language);
    doc->title = "Report <2025>";
    doc->banner = "Demo & \"data\"";
    doc->author = "Town";
    doc_contents(doc, LISTED_HEADINGS);
    doc_heading(doc, 1, "first", "First & foremost");
    doc_paragraph(doc, "a **strong** word, a lone ** star, 1 < 2 & 3");
    doc_list(doc, items, 2);
    doc_heading(doc, 2, "deeper", "Deeper");
    add_table(doc);
    add_figure(doc, "Figure one");
    doc_note(doc, "small");
    doc_break(doc);
    doc_heading(doc, 1, "second", "Second");
    doc_statement(doc, "17,8 %", "of all");
    add_figure(doc, "Figure two");
}

static void is_well_formed(void **state)
{
    (void)state;
    struct doc doc;
    everything(&doc, language_default);
    write_document(&doc);
    assert_non_null(strstr(out.bytes, "<section class=\"report\" lang=\"de\">"));
    assert_string_equal(out.bytes + out.length - strlen("</section>\n"), "</section>\n");
}

static void texts_are_escaped(void **state)
{
    (void)state;
    struct doc doc;
    everything(&doc, NULL);
    write_document(&doc);
    assert_non_null(strstr(out.bytes, "1 &lt; 2 &amp; 3"));
    assert_non_null(strstr(out.bytes, "A &lt;b&gt; &amp; &quot;c&quot;"));
    assert_non_null(strstr(out.bytes, "Demo &amp; &quot;data&quot;"));
    assert_null(strstr(out.bytes, "<b>"));
}

static void strong_is_the_only_markup(void **state)
{
    (void)state;
    struct doc doc;
    everything(&doc, NULL);
    write_document(&doc);
    assert_non_null(strstr(out.bytes, "a <strong>strong</strong> word, a lone ** star"));
    assert_non_null(strstr(out.bytes, "<li><strong>two</strong> &amp; &lt;three&gt;</li>"));
}

static void tables_have_heads(void **state)
{
    (void)state;
    struct doc doc;
    everything(&doc, language_default);
    write_document(&doc);
    assert_non_null(strstr(out.bytes, "<caption id=\"table-1\">Tabelle 1: Shares</caption>"));
    assert_non_null(strstr(out.bytes, "<th scope=\"col\" class=\"numeric\">Share in %</th>"));
    assert_non_null(strstr(out.bytes, "<th scope=\"row\">I &lt;Zentral&gt;</th>"));
    assert_non_null(strstr(out.bytes, "<span aria-hidden=\"true\">g</span>"
                                      "<span class=\"visually-hidden\">geheim gehalten</span>"));
}

static void figures_speak(void **state)
{
    (void)state;
    struct doc doc;
    everything(&doc, language_default);
    write_document(&doc);
    assert_non_null(strstr(out.bytes, "<figcaption id=\"figure-2-caption\">Abbildung 2: Figure two</figcaption>"));
    assert_non_null(strstr(out.bytes, "role=\"img\" aria-labelledby=\"figure-2-title figure-2-desc\""));
    assert_non_null(strstr(out.bytes, "<title id=\"figure-1-title\">Figure one</title>"));
    assert_non_null(strstr(out.bytes, "<desc id=\"figure-2-desc\">Bars of A &amp; B</desc>"));
}

static void policy_holds(void **state)
{
    (void)state;
    struct doc doc;
    everything(&doc, NULL);
    write_document(&doc);
    assert_null(strstr(out.bytes, "style="));
    assert_null(strstr(out.bytes, "<style"));
    assert_null(strstr(out.bytes, "<script"));
    assert_null(strstr(out.bytes, " on"
                                  "click"));
}

static void same_bytes_twice(void **state)
{
    (void)state;
    struct doc doc;
    everything(&doc, NULL);
    write_document(&doc);
    struct buf first = out;
    everything(&doc, NULL);
    write_document(&doc);
    assert_int_equal(first.length, out.length);
    assert_memory_equal(first.bytes, out.bytes, out.length);
    buf_free(&first);
}

static void small_buffer_is_refused(void **state)
{
    (void)state;
    struct doc doc;
    struct fail fail = { 0 };
    everything(&doc, NULL);
    buf_init(&out, 500);
    assert_int_equal(doc_write_html(&doc, &out, &fail), STATUS_LIMIT);
}

static void failed_document_is_refused(void **state)
{
    (void)state;
    struct doc doc;
    struct fail fail = { 0 };
    everything(&doc, NULL);
    doc_paragraph(&doc, "");
    buf_init(&out, 1 << 20);
    assert_int_equal(doc_write_html(&doc, &out, &fail), STATUS_INPUT);
    assert_int_equal(out.length, 0);
}

/* The page in one file: its policy allows its own style sheet and nothing else, and every figure has its numbers. */
static void one_file_needs_no_other(void **state)
{
    (void)state;
    struct doc doc;
    struct fail fail = { 0 };
    doc_init(&doc, &arena, NULL);
    doc.title = "Report <1>";
    doc_contents(&doc, LISTED_HEADINGS);
    doc_heading(&doc, 1, "one", "One");
    doc_heading(&doc, 2, "two", "Two");
    add_figure(&doc, "Shares");
    doc_heading(&doc, 1, "three", "Three");
    buf_init(&out, 4 << 20);
    assert_int_equal(doc_write_page(&doc, &out, &fail), STATUS_OK);
    xml_check(out.bytes + strlen("<!DOCTYPE html>\n"));
    assert_non_null(strstr(out.bytes, "default-src 'none'; style-src 'sha256-"));
    assert_non_null(strstr(out.bytes, "<h1>Report &lt;1&gt;</h1>"));
    assert_non_null(strstr(out.bytes, "<a href=\"#two\">Two</a></li>\n</ul></li>\n<li><a href=\"#three\">"));
    assert_non_null(strstr(out.bytes, "<summary>Numbers of this figure</summary>"));
    assert_non_null(strstr(out.bytes, "<td class=\"numeric\">g</td>"));
    assert_null(strstr(out.bytes, "src=\""));
    assert_null(strstr(out.bytes, "<script"));
    assert_null(strstr(out.bytes, " style=\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(is_well_formed, setup, teardown),
        cmocka_unit_test_setup_teardown(texts_are_escaped, setup, teardown),
        cmocka_unit_test_setup_teardown(strong_is_the_only_markup, setup, teardown),
        cmocka_unit_test_setup_teardown(tables_have_heads, setup, teardown),
        cmocka_unit_test_setup_teardown(figures_speak, setup, teardown),
        cmocka_unit_test_setup_teardown(policy_holds, setup, teardown),
        cmocka_unit_test_setup_teardown(one_file_needs_no_other, setup, teardown),
        cmocka_unit_test_setup_teardown(same_bytes_twice, setup, teardown),
        cmocka_unit_test_setup_teardown(small_buffer_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(failed_document_is_refused, setup, teardown),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}

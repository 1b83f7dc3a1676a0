/* The backends one goes on writing with: OpenDocument and Markdown. Every kind of block, hostile texts, same bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/unzip.h"
#include "base/xml_tree.h"
#include "reports/cover.h"

static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void fill(struct doc *doc)
{
    static const char *const points[] = { "one", "**two** & <three>" };
    const char *heads[] = { "Name | x", "Number" };
    const bool numeric[] = { false, true };
    const bool total[] = { false, true };
    const struct doc_cell cells[] = { { "a_b", NULL }, { "g", "kept secret" }, { "All", NULL }, { "1.234", NULL } };
    struct chart_datum data[] = { { .label = "Staff", .value = 17.8, .text = "17,8" } };
    const struct chart chart = { .form = CHART_BARS, .data = data, .count = 1, .lowest = 0, .highest = 100 };
    doc_init(doc, &arena, language_default);
    doc->title = "Titel";
    doc_heading(doc, 1, "top", "Top #1");
    doc_paragraph(doc, "12. a *star* and a [link](x) and **strong**.");
    doc_list(doc, points, 2);
    doc_table(doc, &(struct doc_table){ .caption = "Cap", .heads = heads, .numeric = numeric, .column_count = 2, .cells = cells,
                                        .total = total, .row_count = 2 });
    doc_figure(doc, "Shares", "Bars: staff 17.8.", &chart, false);
    doc_note(doc, "Source: none.");
    doc_statement(doc, "17,8 %", "of all.");
    doc_break(doc);
    doc_contents(doc, LISTED_HEADINGS);
}

static void markdown(void **state)
{
    (void)state;
    struct doc doc;
    struct buf out;
    fill(&doc);
    buf_init(&out, 1 << 20);
    assert_int_equal(doc_write_markdown(&doc, &out, NULL), STATUS_OK);
    assert_string_equal(out.bytes, "# Titel\n\n"
                                   "## Top \\#1\n\n"
                                   "12\\. a \\*star\\* and a \\[link\\](x) and **strong**.\n\n"
                                   "- one\n- **two** & \\<three\\>\n\n"
                                   "Tabelle 1: Cap\n\n"
                                   "| Name \\| x | Number |\n|---|--:|\n| a\\_b | g |\n| **All** | **1.234** |\n\n"
                                   "Abbildung 1: Shares\n\nBars: staff 17.8.\n\n"
                                   "> Source: none.\n\n"
                                   "**17,8 %** of all.\n\n");
    buf_free(&out);
}

struct reading {
    size_t headings, head_rows, pictures;
    char text[8192];
};

static void read_content(const struct buf *bytes, struct reading *reading)
{
    static const char *const wanted[] = { "text:outline-level=\"1\"", "<table:table-header-rows>", "draw:image" };
    size_t *counts[] = { &reading->headings, &reading->head_rows, &reading->pictures };
    for (size_t i = 0; i < COUNT(wanted); i++)
        for (const char *at = bytes->bytes; (at = strstr(at, wanted[i])) != NULL; at++)
            (*counts[i])++;
    snprintf(reading->text, sizeof reading->text, "%s", bytes->bytes);
}

static void opendocument(void **state)
{
    (void)state;
    static const char *const entries[] = { "mimetype",   "styles.xml",     "meta.xml", "META-INF/manifest.xml",
                                           "content.xml", "Pictures/1.svg" };
    struct doc doc;
    struct buf out[2];
    struct buf part;
    struct unzip *archive = NULL;
    const struct xml_node *root = NULL;
    struct reading reading = { 0 };
    for (size_t i = 0; i < COUNT(out); i++) {
        fill(&doc);
        buf_init(&out[i], 1 << 20);
        assert_int_equal(doc_write_odt(&doc, &out[i], NULL), STATUS_OK);
    }
    assert_int_equal(out[0].length, out[1].length);
    assert_memory_equal(out[0].bytes, out[1].bytes, out[0].length);
    /* A reader knows the kind by the bytes at 30: the first entry, stored, without an extra field. */
    assert_memory_equal(out[0].bytes + 30, "mimetypeapplication/vnd.oasis.opendocument.text", 47);
    assert_int_equal(unzip_open("x.odt", out[0].bytes, out[0].length, 1 << 22, &archive, NULL), STATUS_OK);
    for (size_t i = 0; i < COUNT(entries); i++) {
        buf_init(&part, 1 << 20);
        assert_int_equal(unzip_read(archive, entries[i], &part, NULL), STATUS_OK);
        if (i > 0)
            assert_int_equal(xml_tree_read(&arena, entries[i], part.bytes, part.length, &root, NULL), STATUS_OK);
        if (strcmp(entries[i], "content.xml") == 0)
            read_content(&part, &reading);
        buf_free(&part);
    }
    assert_int_equal(reading.headings, 1);
    assert_int_equal(reading.head_rows, 1);
    assert_int_equal(reading.pictures, 1);
    assert_non_null(strstr(reading.text, "kept secret"));
    assert_non_null(strstr(reading.text, "&lt;three&gt;"));
    assert_non_null(strstr(reading.text, "<svg:desc>Bars: staff 17.8.</svg:desc>"));
    unzip_close(archive);
    for (size_t i = 0; i < COUNT(out); i++)
        buf_free(&out[i]);
}

static const char *cover(const struct remarks *remarks, struct buf *out)
{
    const struct release release = { .city = "X", .wave = "2025", .year = 2025, .fingerprint = "0123456789abcdef0123" };
    struct doc doc;
    doc_init(&doc, &arena, language_default);
    cover_build(&release, remarks, &doc);
    buf_init(out, 1 << 20);
    assert_int_equal(doc_write_markdown(&doc, out, NULL), STATUS_OK);
    return out->bytes;
}

/* Nothing written: the paper asks to be filled in. Written: it stands there, and a crooked line breaks nothing. */
static void cover_paper(void **state)
{
    (void)state;
    static const struct remark rows[] = {
        { "cover.committees", "de", "\nAusschuss ; Vorberatung;2. 12.\n\n;;;;zu viel\nRat" },
        { "cover.decision", "de", "Der Rat beschließt **viel**." },
        { "advice", "de", "- mehr" },
    };
    const struct remarks remarks = { rows, COUNT(rows), "" };
    struct buf out;
    const char *text = cover(NULL, &out);
    assert_non_null(strstr(text, "| Nummer der Vorlage | \\[bitte ergänzen\\] |"));
    assert_non_null(strstr(text, "| Rat | Kenntnisnahme | – | – |"));
    assert_non_null(strstr(text, "Der Rat nimmt den Bericht zur Kenntnis."));
    assert_non_null(strstr(text, "Prüfsumme seiner Zahlen 0123456789abcdef\n"));
    buf_free(&out);
    text = cover(&remarks, &out);
    assert_non_null(strstr(text, "| Ausschuss | Vorberatung | 2. 12. | – |\n| – | – | – | – |\n| Rat | – | – | – |\n"));
    assert_non_null(strstr(text, "Der Rat beschließt **viel**."));
    assert_non_null(strstr(text, "### Empfehlungen an den Rat\n\n- mehr\n"));
    buf_free(&out);
}

static void no_room(void **state)
{
    (void)state;
    struct doc doc;
    struct buf out;
    fill(&doc);
    buf_init(&out, 100);
    assert_int_equal(doc_write_odt(&doc, &out, NULL), STATUS_LIMIT);
    assert_int_equal(doc_write_markdown(&doc, &out, NULL), STATUS_LIMIT);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(markdown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(opendocument, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cover_paper, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_room, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What lies under the PDF: where words are divided, how lines are broken, and pages with awkward content. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "reports/doc.h"
#include "reports/hyphen.h"
#include "reports/layout.h"

enum { OUT_MAX = 64 * 1024 * 1024 };

/* Divisions by the rules of 2006 (Duden); Gleich-stellungs-beauf-tragte and the like come from the pattern file. */
static struct hyphen_case {
    const char *name, *language, *word, *divided;
} hyphen_cases[] = {
    { "compound at its seam", "de", "Gleichstellungsbeauftragte", "Gleich-stel-lungs-be-auf-trag-te" },
    { "umlauts are letters", "de", "Beschäftigte", "Be-schäf-tig-te" },
    { "punctuation stays outside", "de", "(Verwaltung),", "(Ver-wal-tung)," },
    { "short words stay whole", "de", "Stadt", "Stadt" },
    { "capitals inside stay whole", "de", "BesoldungsG", "BesoldungsG" },
    { "digits stay whole", "de", "Tarif2025plus", "Tarif2025plus" },
    { "English patterns", "en", "representation", "rep-re-sen-ta-tion" },
    { "another language has no patterns", "tr", "Belediyesi", "Belediyesi" },
};

static void check_hyphen(void **state)
{
    const struct hyphen_case *row = *state;
    struct hyphen hyphen;
    size_t breaks[HYPHEN_WORD_MAX];
    char divided[200] = "";
    size_t done = 0;
    hyphen_init(&hyphen, row->language);
    size_t count = hyphen_breaks(&hyphen, row->word, strlen(row->word), breaks);
    for (size_t i = 0; i < count; i++) {
        strncat(divided, row->word + done, breaks[i] - done);
        strncat(divided, "-", 2);
        done = breaks[i];
    }
    strncat(divided, row->word + done, sizeof divided - strlen(divided) - 1);
    assert_string_equal(divided, row->divided);
    hyphen_free(&hyphen);
}

/* Every character is one unit wide; "bar" may be divided before its b and nothing else. */
static double width_of(void *context, const char *text, size_t length, bool strong)
{
    (void)context;
    (void)text;
    return (double)length + (strong ? 1.0 : 0.0);
}

static size_t breaks_of(void *context, const char *text, size_t length, size_t *positions, size_t room)
{
    (void)context;
    for (size_t i = 1; i + 3 <= length && room > 0; i++)
        if (memcmp(text + i, "bar", 3) == 0) {
            positions[0] = i;
            return 1;
        }
    return 0;
}

static struct layout_case {
    const char *name, *text;
    double width;
    const char *lines;
} layout_cases[] = {
    { "blanks break", "eins zwei drei", 9, "eins zwei|drei" },
    { "a text that fits stays", "eins zwei", 9, "eins zwei" },
    { "nothing gives one empty line", "", 9, "" },
    { "a far word is divided", "eins zweibar da", 11, "eins zwei-|bar da" },
    { "the last word of a paragraph is not", "eins zweibar", 11, "eins|zweibar" },
    { "a long code is cut", "abcdefghij", 4, "abcd|efgh|ij" },
    { "a hyphen may end a line", "Alters-Teilzeit", 9, "Alters-|Teilzeit" },
    { "strong words carry no marks", "ein **dickes** Wort", 30, "ein dickes Wort" },
    { "glued parts stay together", "a **bb**, cc", 7, "a bb,|cc" },
    { "a slash may end a line", "Bürgerin/Bürger", 11, "Bürgerin/|Bürger" },
};

static void check_layout(void **state)
{
    const struct layout_case *row = *state;
    const struct layout_metrics metrics = { NULL, width_of, breaks_of };
    struct arena arena;
    struct layout layout;
    char lines[400] = "";
    arena_init(&arena, 1 << 20);
    assert_int_equal(layout_text(&arena, row->text, row->width, true, &metrics, &layout, NULL), STATUS_OK);
    for (const struct layout_line *line = layout.first; line != NULL; line = line->next) {
        if (line != layout.first)
            strncat(lines, "|", 2);
        for (size_t i = 0; i < line->count; i++) {
            const struct layout_piece *piece = &line->pieces[i];
            strncat(lines, piece->blank ? " " : "", 2);
            strncat(lines, piece->text, piece->length);
            strncat(lines, piece->hyphen ? "-" : "", 2);
        }
    }
    assert_string_equal(lines, row->lines);
    arena_free(&arena);
}

static void add_wide_table(struct doc *doc, size_t columns, size_t rows, const char *head)
{
    const char *heads[20];
    struct doc_cell cells[20 * 20];
    bool numeric[20];
    for (size_t i = 0; i < columns; i++) {
        heads[i] = i == 0 ? "Merkmal" : head;
        numeric[i] = i > 0;
        for (size_t row = 0; row < rows; row++)
            cells[row * columns + i] = (struct doc_cell){ i == 0 ? "Einwanderungsgeschichte" : "12.345,6", NULL };
    }
    const struct doc_table table = { .caption = "Viele Spalten und ein langer Titel, der über eine Zeile hinausgeht "
                                                "und deshalb umbrochen wird: Beschäftigte nach Merkmal",
                                     .heads = heads, .numeric = numeric, .column_count = columns, .cells = cells,
                                     .row_count = rows };
    doc_table(doc, &table);
}

static void build_odd(struct doc *doc)
{
    static const struct chart_datum datum = { .label = "Eins", .value = 50.0, .low = 40.0, .high = 60.0,
                                              .reference = 70.0, .text = "50", .reference_text = "70" };
    static const struct chart chart = { .form = CHART_SLOPE, .data = &datum, .count = 1, .lowest = 0.0,
                                        .highest = 100.0, .key_value = "2025", .key_reference = "2020" };
    doc->title = "Ein Titel mit & < > \" und „Anführung“";
    doc_paragraph(doc, "Text vor jeder Überschrift.");
    doc_heading(doc, 1, "a", "Eine Überschrift, die so lang ist, dass sie über mehrere Zeilen läuft und trotzdem "
                             "ordentlich aussehen soll");
    doc_heading(doc, 2, "b", "Unmittelbar darunter die nächste");
    doc_heading(doc, 3, "c", "Und noch eine");
    add_wide_table(doc, 2, 3, "Anteil");
    add_wide_table(doc, 12, 4, "Beschäftigte mit Einwanderungsgeschichte");
    add_wide_table(doc, 18, 2, "Teilzeitbeschäftigte");
    doc_figure(doc, "Halbe Abbildung allein", "Ein Wert: 50.", &chart, true);
    doc_statement(doc, "1.234.567 Beschäftigte", "sind es.");
    doc_paragraph(doc, "https://www.beispielstadt.example/verwaltung/personal/vielfalt/bericht/2025/anlagen/"
                       "eine-sehr-lange-adresse-ohne-leerzeichen_die_niemand_teilen_kann_weil_sie_zu_lang_ist.html");
    for (size_t i = 0; i < 40; i++)
        doc_paragraph(doc, "Dieser Absatz hat vier Zeilen und wird so oft wiederholt, dass er an jeder Stelle der "
                           "Seite einmal steht; kein Blatt darf mit einer einzelnen Zeile beginnen oder enden, weil "
                           "das Auge sonst den Zusammenhang verliert. Donaudampfschifffahrtsgesellschaftskapitänsmütze "
                           "passt nicht immer in die Zeile und wird geteilt.");
}

static void check_odd(void **state)
{
    (void)state;
    struct arena arena;
    struct doc doc;
    struct buf out;
    struct fail fail = { 0 };
    size_t pages = 0;
    arena_init(&arena, OUT_MAX);
    buf_init(&out, OUT_MAX);
    doc_init(&doc, &arena, language_default);
    build_odd(&doc);
    enum status status = doc_write_pdf(&doc, &out, &pages, &fail);
    assert_string_equal(fail.what, "");
    assert_int_equal(status, STATUS_OK);
    assert_true(pages > 3);
    assert_int_equal(buf_write_file(&out, BINARY_DIR "/report-odd.pdf", 0644, &fail), STATUS_OK);
    assert_int_equal(system("qpdf --version >/dev/null 2>&1 || exit 0; qpdf --check '" BINARY_DIR "/report-odd.pdf' >"
                            "/dev/null 2>&1"), 0);
    buf_free(&out);
    arena_free(&arena);
}

/* A head of two lines is balanced, but never by cutting its longest word ("Befragu-ng" in a narrow column). */
static void check_heads_whole(void **state)
{
    (void)state;
    const char *heads[] = { "Merkmal", "Befragung in %", "Positiv in %" };
    const bool numeric[] = { false, true, true };
    const struct doc_cell cells[] = { { "Ein sehr langer Zeilenkopf, der die ganze Breite der Tabelle haben will und "
                                        "deshalb umbrochen wird", NULL }, { "1", NULL }, { "2", NULL } };
    const struct doc_table table = { .caption = "Köpfe", .heads = heads, .numeric = numeric, .column_count = 3,
                                     .cells = cells, .row_count = 1 };
    struct arena arena;
    struct doc doc;
    struct buf out;
    arena_init(&arena, OUT_MAX);
    buf_init(&out, OUT_MAX);
    doc_init(&doc, &arena, language_default);
    doc.title = "Köpfe";
    doc_table(&doc, &table);
    assert_int_equal(doc_write_pdf(&doc, &out, NULL, NULL), STATUS_OK);
    assert_int_equal(buf_write_file(&out, BINARY_DIR "/report-heads.pdf", 0644, NULL), STATUS_OK);
    assert_int_equal(system("pdftotext -v >/dev/null 2>&1 || exit 0; pdftotext '" BINARY_DIR "/report-heads.pdf' - | "
                            "tr '\\n' ' ' | grep 'Befragung in %' | grep -q 'Positiv in %'"), 0);
    buf_free(&out);
    arena_free(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(hyphen_cases) + COUNT(layout_cases) + 2];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(hyphen_cases); i++)
        tests[count++] =
            (struct CMUnitTest){ hyphen_cases[i].name, check_hyphen, NULL, NULL, &hyphen_cases[i] };
    for (size_t i = 0; i < COUNT(layout_cases); i++)
        tests[count++] =
            (struct CMUnitTest){ layout_cases[i].name, check_layout, NULL, NULL, &layout_cases[i] };
    tests[count++] = (struct CMUnitTest){ "heads of tables keep their words whole", check_heads_whole, NULL, NULL, NULL };
    tests[count] = (struct CMUnitTest){ "awkward content is set", check_odd, NULL, NULL, NULL };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The PDF backend: a document with every kind of block in German and English. The files stay in the build folder, so
 * that a person (or veraPDF, through .ci/verapdf.sh) can look at them. */
#include <math.h>
#include <time.h>

#include "reports/doc.h"
#include "tests/pdf_check.h"

#define NONE ((double)NAN) /* NAN is a float */

enum { OUT_MAX = 64 * 1024 * 1024, ROWS = 64, COLUMNS = 5 };

static const struct chart_datum bars[] = {
    { .label = "IV Bildung und Jugend", .value = 68.8, .low = NONE, .high = NONE, .reference = NONE, .text = "68,8 %" },
    { .label = "VIII Kultur", .value = 52.6, .low = NONE, .high = NONE, .reference = NONE, .text = "52,6 %" },
    { .label = "Stadt insgesamt", .value = 44.6, .low = NONE, .high = NONE, .reference = NONE, .text = "44,6 %",
      .accent = true },
    { .label = "VII Umwelt, Klima", .value = 24.3, .low = NONE, .high = NONE, .reference = NONE, .text = "24,3 %" },
    { .label = "Stabsstellen", .value = NONE, .low = NONE, .high = NONE, .reference = NONE, .text = "g" },
};
static const struct chart chart_bars = { .form = CHART_BARS, .data = bars, .count = COUNT(bars), .lowest = NONE,
                                         .highest = NONE };

static const struct chart_datum dots[] = {
    { .label = "Gesamte Belegschaft", .value = 17.8, .low = 15.9, .high = 19.8, .reference = 38.9, .text = "17,8 %",
      .reference_text = "38,9 %", .accent = true },
    { .label = "Führung", .value = 9.1, .low = 6.0, .high = 13.5, .reference = 38.9, .text = "9,1 %",
      .reference_text = "38,9 %" },
};
static const struct chart chart_dots = { .form = CHART_DOTS, .data = dots, .count = COUNT(dots), .lowest = NONE,
                                         .highest = NONE, .key_value = "Beschäftigte", .key_reference = "Bevölkerung" };

static const struct chart_datum slopes[] = {
    { .label = "gehobener Dienst", .value = 57.6, .low = NONE, .high = NONE, .reference = 55.1, .text = "57,6",
      .reference_text = "55,1" },
    { .label = "Frauen in Führung", .value = 44.6, .low = NONE, .high = NONE, .reference = 38.2, .text = "44,6",
      .reference_text = "38,2", .accent = true },
    { .label = "Amtsleitung", .value = 30.2, .low = NONE, .high = NONE, .reference = 24.4, .text = "30,2",
      .reference_text = "24,4" },
};
static const struct chart chart_slope = { .form = CHART_SLOPE, .data = slopes, .count = COUNT(slopes), .lowest = NONE,
                                          .highest = NONE, .key_value = "2025", .key_reference = "2020" };

static const struct chart_datum funnels[] = {
    { .label = "Jugendamt", .value = 29.5, .low = NONE, .high = NONE, .reference = 610, .text = "29,5 %",
      .accent = true },
    { .label = "Amt 2", .value = 19.0, .low = NONE, .high = NONE, .reference = 250, .text = "19,0 %" },
    { .label = "Bauamt", .value = 8.0, .low = NONE, .high = NONE, .reference = 300, .text = "8,0 %", .accent = true },
    { .label = "Amt 4", .value = 22.0, .low = NONE, .high = NONE, .reference = 90, .text = "22,0 %" },
};
static const struct chart chart_funnel = { .form = CHART_FUNNEL, .data = funnels, .count = COUNT(funnels),
                                           .lowest = NONE, .highest = NONE, .axis = "Beschäftigte je Amt",
                                           .centre = 0.193 };

static const double parts_one[] = { 8.0, 14.0, 22.0, 36.0, 20.0 };
static const double parts_two[] = { 18.0, 24.0, 28.0, 20.0, 10.0 };
static const char *const part_labels[] = { "stimme gar nicht zu", "stimme eher nicht zu", "teils, teils",
                                           "stimme eher zu", "stimme voll zu" };
static const struct chart_datum stacks[] = {
    { .label = "Ich werde fair behandelt", .value = 56.0, .low = NONE, .high = NONE, .reference = NONE,
      .text = "n = 812", .parts = parts_one },
    { .label = "Aufstieg steht allen offen", .value = 30.0, .low = NONE, .high = NONE, .reference = NONE,
      .text = "n = 806", .parts = parts_two },
};
static const struct chart chart_stack = { .form = CHART_DIVERGING, .data = stacks, .count = COUNT(stacks),
                                          .lowest = NONE, .highest = NONE, .part_labels = part_labels,
                                          .part_count = 5 };

static const char *const body =
    "Tabelle 1 zeigt die Belegschaft nach Dezernat, Geschlecht und Führungsebene. Zum Schutz Einzelner sind Werte "
    "unter fünf Personen geheim gehalten (g), dazu ein zweiter Wert, damit sie sich nicht zurückrechnen lassen. "
    "**Jede sechste beschäftigte Person** hat eine Einwanderungsgeschichte; in der Bevölkerung sind es 38,9\u00A0%. "
    "Die Gleichstellungsbeauftragte, die Schwerbehindertenvertretung und der Gesamtpersonalrat haben mitgewirkt.";

static void add_long_table(struct doc *doc)
{
    static char texts[ROWS][COLUMNS][40];
    struct doc_cell cells[ROWS * COLUMNS];
    bool total[ROWS] = { false };
    const bool numeric[COLUMNS] = { false, true, true, true, true };
    const char *heads[COLUMNS] = { "Organisationseinheit", "Beschäftigte", "Frauen", "Frauen in %",
                                   "Frauen in Führung in %" };
    for (size_t row = 0; row < ROWS; row++)
        for (size_t i = 0; i < COLUMNS; i++) {
            struct doc_cell *cell = &cells[row * COLUMNS + i];
            char *text = texts[row][i];
            if (i == 0)
                snprintf(text, 40, row + 1 == ROWS ? "Insgesamt" : "Amt %02zu Beispielverwaltung", row + 1);
            else
                snprintf(text, 40, "%zu,%zu", row * 7 + i, i);
            *cell = (struct doc_cell){ .text = text };
            if (row % 9 == 4 && i > 2)
                *cell = (struct doc_cell){ .text = "g", .spoken = "geheim gehalten" };
        }
    total[ROWS - 1] = true;
    const struct doc_table table = { .caption = "Beschäftigte und Führungskräfte nach Organisationseinheit",
                                     .heads = heads, .numeric = numeric, .column_count = COLUMNS, .cells = cells,
                                     .total = total, .row_count = ROWS };
    doc_table(doc, &table);
    doc_note(doc, "g = geheim gehalten, u = nicht sicher genug. Quelle: Personalverwaltungssystem, eigene Auswertung. "
                  "Abweichungen in den Summen durch Runden.");
}

static void add_text_table(struct doc *doc)
{
    const char *heads[] = { "Maßnahme", "Zuständig", "Stand" };
    const struct doc_cell cells[] = {
        { "Anonymisierte Bewerbungsverfahren erproben", NULL },
        { "Personal- und Organisationsamt, Gleichstellungsbeauftragte", NULL },
        { "begonnen", NULL },
        { "Stellenausschreibungen in einfacher Sprache veröffentlichen und in Netzwerken bekannt machen", NULL },
        { "Presseamt", NULL },
        { "geplant", NULL },
    };
    const struct doc_table table = { .caption = "Maßnahmen", .heads = heads, .column_count = 3, .cells = cells,
                                     .row_count = 2 };
    doc_table(doc, &table);
}

static void add_figures(struct doc *doc)
{
    doc_heading(doc, 2, "figures", "In Bau und Umwelt ist nicht einmal jede dritte Führungskraft eine Frau");
    doc_figure(doc, "Frauenanteil in der Führung nach Dezernat", "Balkendiagramm. Bildung 68,8 %, Kultur 52,6 %, …",
               &chart_bars, false);
    doc_figure(doc, "Frauenanteil seit 2020, Prozent", "Steigungsdiagramm: 38,2 auf 44,6 %.", &chart_slope, true);
    doc_figure(doc, "Einwanderungsgeschichte je Amt, Prozent", "Trichterdiagramm.", &chart_funnel, true);
    doc_note(doc, "Grenzen: exakte Binomialverteilung, 95 und 99,8 %.");
    doc_figure(doc, "Repräsentation", "Punktpaare: Belegschaft 17,8 %, Bevölkerung 38,9 %.", &chart_dots, false);
    doc_figure(doc, "Was die Beschäftigten sagen", "Gestapelte Balken.", &chart_stack, false);
}

static void build(struct doc *doc, struct arena *arena, const char *code, size_t chapters)
{
    static const char *const items[] = {
        "Stellen in den Netzwerken der Migrantenorganisationen ausschreiben.",
        ("Auswahlgespräche nach **einheitlichem Leitfaden** führen; dazu Schulungen für alle, die Personal auswählen, "
         "und eine jährliche Auswertung der Bewerbungsverfahren durch das Personal- und Organisationsamt."),
        "Berichtspflicht an den Rat.",
    };
    doc_init(doc, arena, language_find(code, language_default));
    doc->title = "Vielfalt in der Stadtverwaltung 2025";
    doc->subtitle = "Bericht zur interkulturellen Öffnung für den Rat der Stadt";
    doc->author = "Stadt Musterstadt";
    doc->footer = "Stadt Musterstadt · Vielfaltsbericht 2025";
    doc->banner = "Beispiel mit erfundenen Daten – nicht zur Veröffentlichung";
    doc->year = 2025;
    doc->month = 12;
    doc->day = 31;
    doc_contents(doc, LISTED_HEADINGS);
    doc_break(doc);
    doc_heading(doc, 1, "summary", "Das Wichtigste auf einer Seite");
    doc_paragraph(doc, body);
    doc_statement(doc, "17,8\u00A0%", "der Beschäftigten haben eine **Einwanderungsgeschichte**, in der Bevölkerung "
                                      "sind es 38,9\u00A0%.");
    doc_statement(doc, "\u221221,1", "Prozentpunkte beträgt der Abstand.");
    doc_paragraph(doc, body);
    doc_list(doc, items, COUNT(items));
    doc_heading(doc, 2, "units", "Beschäftigte nach Dezernat");
    doc_paragraph(doc, body);
    add_long_table(doc);
    add_figures(doc);
    doc_heading(doc, 3, "measures", "Maßnahmen");
    doc_paragraph(doc, body);
    add_text_table(doc);
    for (size_t i = 0; i < chapters; i++) {
        char anchor[32];
        snprintf(anchor, sizeof anchor, "annex%zu", i);
        doc_break(doc);
        doc_heading(doc, 1, anchor, "Anhang: Wie die Zahlen entstanden sind");
        for (size_t k = 0; k < 4; k++)
            doc_paragraph(doc, body);
        doc_figure(doc, "Frauenanteil in der Führung nach Dezernat", "Balkendiagramm.", &chart_bars, false);
        add_long_table(doc);
    }
}

static void write_pdf(const char *code, size_t chapters, struct buf *out, size_t *pages)
{
    struct arena arena;
    struct doc doc;
    struct fail fail = { 0 };
    arena_init(&arena, OUT_MAX);
    build(&doc, &arena, code, chapters);
    buf_init(out, OUT_MAX);
    enum status status = doc_write_pdf(&doc, out, pages, &fail);
    if (status != STATUS_OK)
        print_message("%s\n", fail.what);
    assert_int_equal(status, STATUS_OK);
    arena_free(&arena);
}

static void check_same_bytes(void **state)
{
    struct buf one;
    struct buf two;
    write_pdf(*state, 0, &one, NULL);
    write_pdf(*state, 0, &two, NULL);
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.bytes, two.bytes, one.length);
    buf_free(&one);
    buf_free(&two);
}

static const char *const wanted[] = {
    "/S/H1",     "/S/H2",   "/S/H3",       "/S/Table",     "/S/THead",        "/S/TBody",     "/S/TH",
    "/S/Figure", "/S/L/",   "/S/LBody",    "/S/Note",      "/S/Caption",      "/S/TOC/",      "/S/Link",
    "/Alt<FEFF", "/OBJR",   "/ParentTree", "/IDTree",      "/Scope/Row",      "/Scope/Column", "/ActualText<FEFF",
    "/Tabs/S",   "/Lang(de)", "/PageLabels", "/GTS_PDFA1", "pdfuaid:part>1<", "/Marked true", "/DisplayDocTitle true",
};

static void check_tags(void **state)
{
    (void)state;
    struct buf out;
    write_pdf("de", 0, &out, NULL);
    assert_memory_equal(out.bytes, "%PDF-1.7", 8);
    pdf_unpack(&out);
    for (size_t i = 0; i < COUNT(wanted); i++) {
        if (!pdf_contains(&out, wanted[i]))
            print_message("missing: %s\n", wanted[i]);
        assert_true(pdf_contains(&out, wanted[i]));
    }
    buf_free(&out);
}

static void check_missing_sign(void **state)
{
    (void)state;
    struct arena arena;
    struct doc doc;
    struct fail fail = { 0 };
    struct buf out;
    arena_init(&arena, OUT_MAX);
    buf_init(&out, OUT_MAX);
    doc_init(&doc, &arena, language_default);
    doc.title = "Titel";
    doc_paragraph(&doc, "Ein Zeichen ohne Schrift: \u4E2D.");
    assert_int_equal(doc_write_pdf(&doc, &out, NULL, &fail), STATUS_INPUT);
    assert_non_null(strstr(fail.what, "U+4E2D"));
    assert_int_equal(out.length, 0);
    buf_free(&out);
    arena_free(&arena);
}

static void check_refused(void **state)
{
    (void)state;
    struct arena arena;
    struct doc doc;
    struct buf out;
    arena_init(&arena, OUT_MAX);
    buf_init(&out, OUT_MAX);
    doc_init(&doc, &arena, language_default);
    doc.title = "Titel";
    doc_heading(&doc, 1, "a", "Eins");
    doc_heading(&doc, 3, "b", "Drei");
    assert_int_equal(doc_write_pdf(&doc, &out, NULL, NULL), STATUS_INPUT);
    buf_free(&out);
    arena_free(&arena);
}

static void check_tools(void **state)
{
    const char *code = *state;
    char path[400];
    struct buf out;
    size_t pages;
    write_pdf(code, 0, &out, &pages);
    assert_true(pages >= 5);
    snprintf(path, sizeof path, "%s/report-%s.pdf", BINARY_DIR, code);
    pdf_keep(&out, path);
    buf_free(&out);
    pdf_check(path);
}

static void check_long(void **state)
{
    (void)state;
    struct buf out;
    size_t pages = 0;
    clock_t start = clock();
    write_pdf("de", 18, &out, &pages);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    print_message("%zu pages, %zu bytes, %.3f s CPU\n", pages, out.length, seconds);
    pdf_keep(&out, BINARY_DIR "/report-long.pdf");
    assert_true(pages >= 50);
    buf_free(&out);
}

int main(void)
{
    static char german[] = "de";
    static char english[] = "en";
    const struct CMUnitTest tests[] = {
        { "the same document gives the same bytes", check_same_bytes, NULL, NULL, german },
        { "the same bytes in English", check_same_bytes, NULL, NULL, english },
        { "every kind of block has its tags", check_tags, NULL, NULL, NULL },
        { "a character without a glyph is named", check_missing_sign, NULL, NULL, NULL },
        { "a heading that skips a level is refused", check_refused, NULL, NULL, NULL },
        { "qpdf and the checker accept the German file", check_tools, NULL, NULL, german },
        { "qpdf and the checker accept the English file", check_tools, NULL, NULL, english },
        { "a long report is set", check_long, NULL, NULL, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

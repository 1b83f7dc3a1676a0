/* ./dev bench report: the benchmark document of the report (30 chapters, each a chart, a table of 20 rows and text; about
 * 60 pages) written again and again: CPU time (median), bytes, memory, beside the targets. All chart forms take turns, so
 * the file is also a sheet of samples to look at. Not a test: nothing here fails because the machine is slow.
 * Usage: bench_report [--json] [--runs N] [--output FILE] */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/env.h"
#include "reports/doc.h"

#define NONE ((double)NAN)

enum { CHAPTERS = 30, ROWS = 20, COLUMNS = 6, DATA = 8, STEPS = 5, RUNS_MAX = 1000, OUT_MAX = 64 << 20 };
static const double target_seconds = 0.30;
enum { TARGET_BYTES = 600 * 1000, TARGET_MEGABYTES = 60 };

static const char *const units[DATA] = { "Jugend und Familie", "Soziales", "Bürgerdienste", "Stadtentwicklung und Bauen",
                                         "Öffentliche Ordnung und Sicherheit", "Kultur und Weiterbildung", "Gesundheit",
                                         "Stadtgrün" };
static const char *const steps[STEPS] = { "trifft gar nicht zu", "trifft wenig zu", "teils, teils", "trifft ziemlich zu",
                                          "trifft voll zu" };
static const char *const years[STEPS] = { "2021", "2022", "2023", "2024", "2025" };
static const char *const body =
    "Von den Beschäftigten, die geantwortet haben, haben **17,8\u00A0%** eine Einwanderungsgeschichte (Bereich "
    "15,9–19,8\u00A0%; 1.284 Antworten). Die Bevölkerung im erwerbsfähigen Alter kommt nach derselben Begriffsbestimmung "
    "auf 36\u00A0%. Der Unterschied ist größer als der Zufall erklärt; ob er seit der vorigen Befragung kleiner wurde, ist "
    "mit diesen Daten nicht entscheidbar. Die Gleichstellungsbeauftragte, die Schwerbehindertenvertretung und der "
    "Gesamtpersonalrat haben an der Auswertung mitgewirkt. Werte aus weniger als zehn Antworten werden nicht gezeigt, "
    "damit niemand erkannt wird; ein zweiter Wert wird mit verborgen, damit sich der erste nicht zurückrechnen lässt.";

struct sample {
    struct chart chart;
    struct chart_datum data[DATA];
    double parts[DATA][STEPS];
    char texts[DATA][2][24];
};

static void fill_parts(struct sample *sample, size_t i, double share, struct seeded *seeded)
{
    for (size_t j = 0; j < STEPS; j++)
        sample->parts[i][j] = sample->chart.form == CHART_LINES ? share + (double)j + 4 * seeded_unit(seeded) : 20;
    sample->parts[i][0] -= share / 4;
    sample->parts[i][STEPS - 1] += share / 4;
}

/* Form number `which`, with data like those of a city. */
static void make_sample(struct sample *sample, enum chart_form form, struct seeded *seeded)
{
    *sample = (struct sample){ 0 };
    sample->chart = (struct chart){ .form = form, .data = sample->data, .count = DATA, .lowest = NONE, .highest = NONE,
                                    .key_value = "Beschäftigte", .key_reference = "Bevölkerung", .part_count = STEPS,
                                    .part_labels = form == CHART_LINES ? years : steps, .centre = 0.18 };
    if (form == CHART_SLOPE || form == CHART_LINES)
        sample->chart.count = 4;
    if (form == CHART_FUNNEL)
        sample->chart.axis = "Beschäftigte";
    if (form == CHART_LINES || form == CHART_FAN)
        sample->chart.axis = "Anteil in Prozent";
    if (form == CHART_FAN) {
        sample->chart.centre = 36;
        sample->chart.known = 3;
    }
    for (size_t i = 0; i < DATA; i++) {
        struct chart_datum *datum = &sample->data[i];
        double share = form == CHART_FAN ? 15 + (double)i : 10 + 30 * seeded_unit(seeded);
        double wide = form == CHART_FAN ? 0.4 * (double)i : 4;
        double other = form == CHART_FUNNEL ? 100 + 600 * seeded_unit(seeded) : share + 12 * seeded_unit(seeded);
        fill_parts(sample, i, share, seeded);
        share = form == CHART_LINES ? sample->parts[i][STEPS - 1] : share;
        snprintf(sample->texts[i][0], 24, "%.0f,%u\u00A0%%", share, (unsigned)seeded_below(seeded, 10));
        snprintf(sample->texts[i][1], 24, "%.0f\u00A0%%", other);
        *datum = (struct chart_datum){ .label = form == CHART_FAN ? "" : units[i], .value = share, .low = share - wide,
                                       .high = share + wide, .reference = other, .text = sample->texts[i][0],
                                       .reference_text = sample->texts[i][1], .parts = sample->parts[i],
                                       .accent = form != CHART_FAN && i == 2 };
    }
    for (size_t i = 0; form == CHART_FAN && i < DATA; i++) {
        static const char *const ahead[DATA] = { "2023", "2024", "2025", "2026", "2027", "2028", "2029", "2030" };
        sample->data[i].label = ahead[i];
        sample->data[i].reference_text = "(20–25\u00A0%)";
    }
}

static void add_table(struct doc *doc, size_t chapter)
{
    static const char *const heads[COLUMNS] = { "Fachbereich", "Beschäftigte", "ohne deutsche Staatsangehörigkeit",
                                                "Anteil in %", "Führungskräfte", "Rücklauf in %" };
    static const bool numeric[COLUMNS] = { false, true, true, true, true, true };
    struct doc_cell cells[ROWS * COLUMNS];
    char texts[ROWS * COLUMNS][40];
    bool total[ROWS] = { false };
    total[ROWS - 1] = true;
    for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++) {
        size_t row = i / COLUMNS;
        if (i % COLUMNS == 0)
            snprintf(texts[i], sizeof texts[i], row + 1 == ROWS ? "Insgesamt" : "%s %zu", units[row % DATA], row + 1);
        else
            snprintf(texts[i], sizeof texts[i], "%zu,%zu", (chapter * 37 + i * 13) % 900 + 10, i % 10);
        cells[i] = i % 23 == 9 ? (struct doc_cell){ "g", "geheim gehalten" } : (struct doc_cell){ texts[i], NULL };
    }
    doc_table(doc, &(struct doc_table){ .caption = "Beschäftigte nach Fachbereich und Staatsangehörigkeit",
                                        .heads = (const char **)(uintptr_t)heads, .numeric = numeric,
                                        .column_count = COLUMNS, .cells = cells, .total = total, .row_count = ROWS });
    doc_note(doc, "g = geheim gehalten. Quelle: Personalverwaltungssystem, Stand 30. Juni 2025, auf 5 gerundet.");
}

static void build(struct doc *doc)
{
    struct seeded seeded;
    seeded_init(&seeded, 7);
    doc->title = "Messbericht";
    doc->author = "Musterstadt";
    doc->footer = "Musterstadt · Messbericht";
    doc_contents(doc, LISTED_HEADINGS);
    doc_break(doc);
    for (size_t chapter = 0; chapter < CHAPTERS; chapter++) {
        struct sample sample;
        char text[120];
        make_sample(&sample, (enum chart_form)(chapter % (CHART_FAN + 1)), &seeded);
        snprintf(text, sizeof text, "chapter-%zu", chapter);
        doc_heading(doc, 1, text, "Wer arbeitet in der Verwaltung der Stadt?");
        doc_paragraph(doc, body);
        doc_figure(doc, "Anteil der Beschäftigten mit Einwanderungsgeschichte",
                   "Diagramm mit erfundenen Anteilen nach Fachbereich; alle Werte stehen in der Tabelle.", &sample.chart,
                   false);
        doc_paragraph(doc, body);
        doc_paragraph(doc, body);
        snprintf(text, sizeof text, "table-%zu", chapter);
        doc_heading(doc, 2, text, "Nach Fachbereichen geordnet");
        doc_paragraph(doc, body);
        add_table(doc, chapter);
        doc_paragraph(doc, body);
        doc_break(doc);
    }
}

static double cpu_seconds(void)
{
    struct timespec now = { 0 };
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a;
    const double *y = b;
    return (*x > *y) - (*x < *y);
}

static enum status run_once(struct buf *out, size_t *pages, double *seconds, struct fail *fail)
{
    struct arena arena;
    struct doc doc;
    double start = cpu_seconds();
    arena_init(&arena, (size_t)256 << 20);
    doc_init(&doc, &arena, language_default);
    build(&doc);
    buf_clear(out);
    enum status status = doc_write_pdf(&doc, out, pages, fail);
    arena_free(&arena);
    *seconds = cpu_seconds() - start;
    return status;
}

static void print(bool json, size_t runs, double seconds, size_t pages, size_t bytes)
{
    struct rusage usage = { 0 };
    getrusage(RUSAGE_SELF, &usage);
    double megabytes = (double)usage.ru_maxrss / 1024;
    if (json)
        printf("{\"name\":\"report\",\"runs\":%zu,\"cpu_seconds\":%.4f,\"peak_mb\":%.1f,\"pages\":%zu,\"bytes\":%zu,"
               "\"targets\":{\"cpu_seconds\":%.2f,\"peak_mb\":%d,\"bytes\":%d}}\n",
               runs, seconds, megabytes, pages, bytes, target_seconds, TARGET_MEGABYTES, TARGET_BYTES);
    else
        printf("30 tables of 20 rows, 30 charts: %zu pages, %.1f KB (target %d), %.3f s CPU (median of %zu, target "
               "%.2f), %.1f MB (target %d)\n",
               pages, (double)bytes / 1000, TARGET_BYTES / 1000, seconds, runs, target_seconds, megabytes,
               TARGET_MEGABYTES);
}

int main(int count, char **words)
{
    static double seconds[RUNS_MAX];
    size_t runs = 5;
    const char *path = NULL;
    bool json = false;
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--json") == 0)
            json = true;
        else if (strcmp(words[i], "--runs") == 0 && i + 1 < count)
            runs = (size_t)strtoul(words[++i], NULL, 10);
        else if (strcmp(words[i], "--output") == 0 && i + 1 < count)
            path = words[++i];
    }
    runs = runs < 1 ? 1 : runs > RUNS_MAX ? RUNS_MAX : runs;
    struct buf out;
    struct fail fail = { 0 };
    size_t pages = 0;
    enum status status = STATUS_OK;
    buf_init(&out, OUT_MAX);
    for (size_t i = 0; i < runs && status == STATUS_OK; i++)
        status = run_once(&out, &pages, &seconds[i], &fail);
    if (status == STATUS_OK && path != NULL)
        status = buf_write_file(&out, path, 0644, &fail);
    qsort(seconds, runs, sizeof seconds[0], by_size);
    if (status == STATUS_OK)
        print(json, runs, seconds[runs / 2], pages, out.length);
    else
        fprintf(stderr, "%s\n", fail.what);
    buf_free(&out);
    return status == STATUS_OK ? 0 : 1;
}

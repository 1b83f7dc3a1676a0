/* Geometry of the charts: whatever the data, no text leaves the drawing and no two texts overlap; hidden values leave
 * no trace of their size. Widths are those of the SVG backend. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/env.h"
#include "reports/chart.h"
#include "reports/chart_draw.h"
#include "reports/svg.h"

enum { DATA_MAX = 30, ROUNDS = 120, PARTS = 5 };
static const double nothing = (double)NAN;

static const char *const labels[] = {
    "Amt", "Fachbereich Jugend und Familie",
    "Ein Fachbereich mit einem sehr langen Namen, der bis an die Grenze von neunzig Zeichen reicht!",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsverwaltung", "Größe & Maß <x>",
};

static struct mark_box {
    double left, top, right, bottom;
} box_of(const struct mark *mark)
{
    double width = svg_measure(NULL, mark->text, mark->size, mark->strong);
    double before = mark->align == MARK_LEFT ? 0 : mark->align == MARK_MIDDLE ? width / 2 : width;
    double left = mark->x - before;
    return (struct mark_box){ left, mark->y - mark->size * 0.72, left + width, mark->y + mark->size * 0.2 };
}

static void check_drawing(const struct drawing *drawing)
{
    const double spare = 0.02;
    for (size_t i = 0; i < drawing->count; i++) {
        const struct mark *mark = &drawing->marks[i];
        assert_true(isfinite(mark->x) && isfinite(mark->y) && isfinite(mark->width) && isfinite(mark->height));
        if (mark->kind == MARK_RECT) {
            assert_true(mark->width >= 0 && mark->x >= -spare && mark->x + mark->width <= drawing->width + spare);
            assert_true(mark->y >= -spare && mark->y + mark->height <= drawing->height + spare);
        }
        if (mark->kind != MARK_TEXT)
            continue;
        struct mark_box box = box_of(mark);
        if (box.left < -spare || box.right > drawing->width + spare || box.top < -spare ||
            box.bottom > drawing->height + spare)
            fail_msg("'%s' leaves the drawing: %.1f..%.1f of %.1f, %.1f..%.1f of %.1f", mark->text, box.left, box.right,
                     drawing->width, box.top, box.bottom, drawing->height);
        for (size_t j = 0; j < i; j++) {
            if (drawing->marks[j].kind != MARK_TEXT)
                continue;
            struct mark_box other = box_of(&drawing->marks[j]);
            if (box.left < other.right - spare && other.left < box.right - spare && box.top < other.bottom - spare &&
                other.top < box.bottom - spare)
                fail_msg("'%s' overlaps '%s'", mark->text, drawing->marks[j].text);
        }
    }
}

static double draw_value(struct seeded *seeded)
{
    switch (seeded_below(seeded, 6)) {
    case 0:
        return 0;
    case 1:
        return 100;
    case 2:
        return nothing;
    case 3:
        return 50;
    default:
        return seeded_unit(seeded) * 100;
    }
}

static struct drawing layout(struct arena *arena, const struct chart *chart, double width)
{
    struct drawing drawing;
    struct fail fail = { 0 };
    assert_int_equal(chart_layout(arena, chart, width, svg_measure, NULL, &drawing, &fail), STATUS_OK);
    return drawing;
}

static void random_round(enum chart_form form, uint64_t seed)
{
    struct seeded seeded;
    struct arena arena;
    struct chart_datum data[DATA_MAX];
    double parts[DATA_MAX][PARTS];
    char texts[DATA_MAX][2][32];
    static const char *const steps[] = { "trifft gar nicht zu", "trifft wenig zu", "trifft teils zu",
                                         "trifft ziemlich zu", "trifft voll zu" };
    seeded_init(&seeded, seed);
    arena_init(&arena, 16 << 20);
    size_t count = 1 + seeded_below(&seeded, DATA_MAX);
    for (size_t i = 0; i < count; i++) {
        double value = draw_value(&seeded);
        double reference = form == CHART_FUNNEL ? seeded_unit(&seeded) * 900 : draw_value(&seeded);
        snprintf(texts[i][0], sizeof texts[i][0], isnan(value) ? "g" : "%.1f %%", value);
        snprintf(texts[i][1], sizeof texts[i][1], isnan(reference) ? "u" : "%.1f %%", reference);
        data[i] = (struct chart_datum){ .label = labels[seeded_below(&seeded, COUNT(labels))], .value = value,
                                        .low = fmax(0, value - 8), .high = fmin(100, value + 9), .reference = reference,
                                        .text = texts[i][0], .reference_text = texts[i][1], .parts = parts[i],
                                        .accent = seeded_below(&seeded, 4) == 0 };
        double rest = 100;
        for (size_t j = 0; j < PARTS; j++) {
            parts[i][j] = j + 1 == PARTS ? rest : seeded_below(&seeded, 3) == 0 ? 0 : rest * seeded_unit(&seeded);
            rest -= parts[i][j];
        }
    }
    const struct chart chart = { .form = form, .data = data, .count = count, .lowest = nothing, .highest = nothing,
                                 .part_labels = steps, .part_count = PARTS,
                                 .centre = form != CHART_FAN ? 0.18 : seed % 4 == 0 ? nothing : draw_value(&seeded),
                                 .known = count / 2, .axis = labels[2],
                                 .key_value = seed % 2 == 0 ? labels[2] : "2025", .key_reference = labels[1] };
    struct drawing drawing = layout(&arena, &chart, seed % 3 == 0 ? 221 : 468);
    check_drawing(&drawing);
    arena_free(&arena);
}

static void check_form(void **state)
{
    const enum chart_form *form = *state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++)
        random_round(*form, seed);
}

/* Two charts that differ only in what a hidden datum would be must be the same drawing. */
static void hidden_leaves_no_trace(void **state)
{
    const enum chart_form *form = *state;
    struct arena arena;
    arena_init(&arena, 16 << 20);
    struct drawing drawings[2];
    const double parts[2][PARTS] = { { 20, 20, 20, 20, 20 }, { 1, 1, 1, 1, 96 } };
    for (size_t i = 0; i < 2; i++) {
        struct chart_datum data[] = {
            { .label = "A", .value = 40, .low = 30, .high = 50, .reference = 35, .text = "40", .reference_text = "35",
              .parts = parts[0] },
            { .label = "B", .value = nothing, .low = i == 0 ? 1 : 90, .high = i == 0 ? 2 : 99, .reference = 35,
              .text = "g", .reference_text = "35", .parts = parts[i] },
        };
        const struct chart chart = { .form = *form, .data = data, .count = 2, .lowest = nothing, .highest = nothing,
                                     .part_count = PARTS, .centre = 0.4 };
        drawings[i] = layout(&arena, &chart, 468);
        check_drawing(&drawings[i]);
    }
    assert_int_equal(drawings[0].count, drawings[1].count);
    assert_true(drawings[0].height >= drawings[1].height && drawings[0].height <= drawings[1].height);
    for (size_t i = 0; i < drawings[0].count; i++) {
        const struct mark *a = &drawings[0].marks[i];
        const struct mark *b = &drawings[1].marks[i];
        assert_true(fabs(a->x - b->x) + fabs(a->y - b->y) + fabs(a->width - b->width) < 1e-9);
    }
    arena_free(&arena);
}

static void bars_are_sorted_from_zero(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct chart_datum data[] = {
        { .label = "small", .value = 10, .text = "10" }, { .label = "hidden", .value = nothing, .text = "g" },
        { .label = "large", .value = 40, .text = "40" }, { .label = "none", .value = 0, .text = "0" },
    };
    const struct chart chart = { .form = CHART_BARS, .data = data, .count = 4, .lowest = nothing, .highest = nothing };
    struct drawing drawing = layout(&arena, &chart, 468);
    double widths[4];
    size_t count = 0;
    const char *last = "";
    for (size_t i = 0; i < drawing.count; i++) {
        if (drawing.marks[i].kind == MARK_RECT)
            widths[count++] = drawing.marks[i].width;
        if (drawing.marks[i].kind == MARK_TEXT)
            last = drawing.marks[i].text;
    }
    assert_int_equal(count, 3);
    assert_true(fabs(widths[0] / widths[1] - 4) < 1e-6);
    assert_true(widths[2] < 1);
    assert_string_equal(last, "g");
    arena_free(&arena);
}

/* Spiegelhalter's interpolation by hand: n = 2, p = 0.5; P(R ≤ 0) = 0.25, P(R ≤ 1) = 0.75. For 0.5 the integer is 1,
 * alpha = (0.75 − 0.5) / 0.5 = 0.5, so the limit is 0.5 / 2 = 0.25. For 0.975 it is 2, alpha = 0.025 / 0.25 = 0.1. */
static void limits_by_hand(void **state)
{
    (void)state;
    const double wanted[] = { 0.5, 0.975 };
    double limits[2];
    binomial_limits(2, 0.5, wanted, limits, 2);
    assert_true(fabs(limits[0] - 0.25) < 1e-9);
    assert_true(fabs(limits[1] - 0.95) < 1e-9);
}

/* For large n the limits approach the normal ones, and they narrow with n. */
static void limits_narrow(void **state)
{
    (void)state;
    const double wanted[] = { 0.001, 0.025, 0.975, 0.999 };
    double before = 1;
    for (unsigned n = 50; n <= 51200; n *= 4) {
        double limits[4];
        binomial_limits(n, 0.18, wanted, limits, 4);
        assert_true(limits[0] <= limits[1] && limits[1] < 0.18 && 0.18 < limits[2] && limits[2] <= limits[3]);
        assert_true(limits[3] - limits[0] < before);
        before = limits[3] - limits[0];
        if (n >= 3200)
            assert_true(fabs(limits[2] - (0.18 + 1.96 * sqrt(0.18 * 0.82 / n))) < 0.6 / n + 1e-3);
    }
}

static void refuses_nothing(void **state)
{
    (void)state;
    struct arena arena;
    struct drawing drawing;
    struct chart_datum datum = { .label = "A", .value = 1, .text = "1" };
    arena_init(&arena, 1 << 20);
    const struct chart empty = { .form = CHART_BARS };
    const struct chart narrow = { .form = CHART_BARS, .data = &datum, .count = 1 };
    assert_int_equal(chart_layout(&arena, &empty, 468, svg_measure, NULL, &drawing, NULL), STATUS_INPUT);
    assert_int_equal(chart_layout(&arena, &narrow, 20, svg_measure, NULL, &drawing, NULL), STATUS_INPUT);
    struct arena small;
    arena_init(&small, 200);
    assert_int_equal(chart_layout(&small, &narrow, 468, svg_measure, NULL, &drawing, NULL), STATUS_MEMORY);
    arena_free(&small);
    arena_free(&arena);
}

int main(void)
{
    static enum chart_form forms[] = { CHART_DOTS, CHART_BARS, CHART_DIVERGING, CHART_SLOPE, CHART_FUNNEL,
                                       CHART_LINES, CHART_NEED, CHART_FAN };
    const struct CMUnitTest tests[] = {
        { "dots: texts apart and inside", check_form, NULL, NULL, &forms[0] },
        { "bars: texts apart and inside", check_form, NULL, NULL, &forms[1] },
        { "diverging: texts apart and inside", check_form, NULL, NULL, &forms[2] },
        { "slope: texts apart and inside", check_form, NULL, NULL, &forms[3] },
        { "funnel: texts apart and inside", check_form, NULL, NULL, &forms[4] },
        { "lines: texts apart and inside", check_form, NULL, NULL, &forms[5] },
        { "need: texts apart and inside", check_form, NULL, NULL, &forms[6] },
        { "fan: texts apart and inside", check_form, NULL, NULL, &forms[7] },
        { "dots: a hidden value leaves no trace", hidden_leaves_no_trace, NULL, NULL, &forms[0] },
        { "bars: a hidden value leaves no trace", hidden_leaves_no_trace, NULL, NULL, &forms[1] },
        { "diverging: a hidden value leaves no trace", hidden_leaves_no_trace, NULL, NULL, &forms[2] },
        { "slope: a hidden value leaves no trace", hidden_leaves_no_trace, NULL, NULL, &forms[3] },
        { "lines: a hidden value leaves no trace", hidden_leaves_no_trace, NULL, NULL, &forms[5] },
        { "need: a hidden value leaves no trace", hidden_leaves_no_trace, NULL, NULL, &forms[6] },
        { "fan: a hidden value leaves no trace", hidden_leaves_no_trace, NULL, NULL, &forms[7] },
        cmocka_unit_test(bars_are_sorted_from_zero),
        cmocka_unit_test(limits_by_hand),
        cmocka_unit_test(limits_narrow),
        cmocka_unit_test(refuses_nothing),
    };
    return cmocka_run_group_tests_name("charts", tests, NULL, NULL);
}

/* Figures as pictures for slides: each as SVG and PNG under a name of its own, letters as outlines, the description with
 * it, the same bytes for the same release. Charts for languages from right to left are turned round in SVG as well. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/unzip.h"
#include "reports/figures.h"
#include "reports/section.h"
#include "reports/svg.h"
#include "tests/release_fixture.h"
#include "tests/xml_check.h"

enum { OUT_MAX = 64 << 20 };

static void write_all(struct buf *archive)
{
    struct fail fail = { 0 };
    buf_init(archive, OUT_MAX);
    if (figures_write(&world.release, language_default, archive, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
}

static void read_entry(struct unzip *unzip, const char *name, struct buf *bytes)
{
    struct fail fail = { 0 };
    buf_init(bytes, OUT_MAX);
    if (unzip_read(unzip, name, bytes, &fail) != STATUS_OK)
        fail_msg("%s: %s", name, fail.what);
}

static unsigned big_endian(const char *bytes)
{
    const unsigned char *at = (const unsigned char *)bytes;
    return (unsigned)at[0] << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 | at[3];
}

/* The index names every PNG in a line of its own; its SVG has the same name. */
static void check_pictures(void **state)
{
    (void)state;
    struct buf archive, again, index, picture;
    struct unzip *unzip = NULL;
    struct fail fail = { 0 };
    struct doc doc;
    size_t count = 0;
    make_release(FILL_SHOWN, WORD_SLIGHTLY_LOWER);
    write_all(&archive);
    write_all(&again);
    assert_int_equal(archive.length, again.length);
    assert_memory_equal(archive.bytes, again.bytes, archive.length);
    assert_int_equal(unzip_open("figures", archive.bytes, archive.length, OUT_MAX, &unzip, &fail), STATUS_OK);
    read_entry(unzip, "index.txt", &index);
    for (char *line = strtok(index.bytes, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char *ending = strstr(line, ".png");
        if (ending == NULL || ending[4] != '\0')
            continue;
        read_entry(unzip, line, &picture);
        assert_memory_equal(picture.bytes, "\x89PNG\r\n\x1a\n", 8);
        assert_int_equal(big_endian(picture.bytes + 16), 1920);
        assert_true(big_endian(picture.bytes + 20) >= 1080);
        buf_free(&picture);
        memcpy(ending, ".svg", 4);
        read_entry(unzip, line, &picture);
        assert_non_null(strstr(picture.bytes, "<title id=\"title\">Abbildung "));
        assert_non_null(strstr(picture.bytes, "<desc id=\"description\">"));
        assert_null(strstr(picture.bytes, "<text")); /* looks the same without our fonts */
        assert_null(strstr(picture.bytes, "font-family"));
        buf_free(&picture);
        count++;
    }
    doc_init(&doc, &world.arena, language_default);
    report_build(&world.release, NULL, &doc);
    assert_true(count > 3);
    assert_int_equal(count, doc.figure_count); /* none left out */
    unzip_close(unzip);
    buf_free(&index);
    buf_free(&archive);
    buf_free(&again);
    arena_free(&world.arena);
}

/* Nothing shown, nothing drawn: said in a sentence instead of an empty archive. */
static void check_nothing(void **state)
{
    (void)state;
    struct buf archive;
    struct fail fail = { 0 };
    make_release(FILL_SECRET, WORD_NONE);
    buf_init(&archive, OUT_MAX);
    assert_int_equal(figures_write(&world.release, language_default, &archive, &fail), STATUS_MISSING);
    assert_int_equal(archive.length, 0);
    buf_free(&archive);
    arena_free(&world.arena);
}

static void draw_arabic(struct arena *arena, bool mirrored, struct drawing *drawing)
{
    static const struct chart_datum data[] = {
        { .label = "قسم الشباب", .value = 62, .low = 55, .high = 70, .reference = 40, .text = "62%",
          .reference_text = "40%" },
        { .label = "Office 365 في المدينة", .value = 20, .low = 12, .high = 31, .reference = 40, .text = "20%",
          .reference_text = "40%" },
    };
    const struct chart chart = { .form = CHART_DOTS, .data = data, .count = COUNT(data), .lowest = 0, .highest = 100,
                                 .key_value = "الموظفون", .key_reference = "السكان", .axis = "بالمئة" };
    struct fail fail = { 0 };
    assert_int_equal(chart_layout(arena, &chart, 468, svg_measure, NULL, drawing, &fail), STATUS_OK);
    if (mirrored)
        assert_int_equal(chart_mirror(arena, drawing, &fail), STATUS_OK);
}

static void check_arabic(void **state)
{
    (void)state;
    struct arena arena;
    struct drawing plain, turned;
    struct html page = { 0 };
    arena_init(&arena, 8 << 20);
    draw_arabic(&arena, false, &plain);
    draw_arabic(&arena, true, &turned);
    assert_int_equal(plain.count, turned.count);
    for (size_t i = 0; i < plain.count; i++) {
        const struct mark *one = &plain.marks[i];
        const struct mark *other = &turned.marks[i];
        double width = one->kind == MARK_RECT || one->kind == MARK_LINE ? one->width : 0;
        double far = one->kind == MARK_LINE ? other->x + other->width : other->x;
        assert_true(fabs(far - (plain.width - one->x - width)) < 1e-9);
        assert_true(fabs(other->y - one->y) < 1e-9);
        if (one->kind == MARK_TEXT && one->align != MARK_MIDDLE)
            assert_true(one->align != other->align);
    }
    buf_init(&page.out, 1 << 20);
    svg_write(&page, &turned, "figure", "قسم", "وصف");
    assert_non_null(strstr(page.out.bytes, " direction=\"rtl\""));
    xml_check(page.out.bytes);
    /* Labels of the rows end at the plot's right side and run to the right edge: they start at their right end. */
    const char *label = strstr(page.out.bytes, "قسم الشباب");
    assert_non_null(label);
    const char *start = label;
    while (strncmp(start, "<text", 5) != 0)
        start--;
    const char *x = strstr(start, " x=\"");
    assert_true(x != NULL && x < label && atof(x + 4) > 234);
    buf_free(&page.out);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "every figure as SVG and PNG", check_pictures, NULL, NULL, NULL },
        { "a release without a figure is told so", check_nothing, NULL, NULL, NULL },
        { "a chart in Arabic is turned round in SVG", check_arabic, NULL, NULL, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

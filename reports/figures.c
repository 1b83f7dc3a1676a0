/* Pictures for slides: the charts of the report, laid out for the width of a slide. Drawing is picture.c; what a chart
 * shows, chart*.c. */
#include "reports/figures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/language.h"
#include "base/zip.h"
#include "reports/chart_draw.h"
#include "reports/picture.h"
#include "reports/section.h"

#define SLIDE_WIDTH 480.0 /* points: with 8.8 point letters as large on a slide as texts there must be */
#define SLIDE_LEAST 270.0 /* height: 16 to 9; a longer chart makes a higher picture */
#define SLIDE_EDGE 16.0
#define CAPTION_SIZE 13.0
#define CAPTION_LEADING 17.0
#define NOTE_SIZE 7.8
#define NOTE_LEADING 10.6

enum { SLIDE_PIXELS = 1920, FIGURES_MAX = 200, NOTES_MAX = 4, PICTURES_MEMORY_MAX = 512 << 20, PICTURE_MAX = 16 << 20 };

struct studio {
    const struct doc *doc;
    struct arena *arena; /* of the pictures */
    struct pdf_texts texts;
    const struct release *release;
    bool rtl;
    struct zip_entry entries[2 * FIGURES_MAX + 1];
    struct buf bytes[2 * FIGURES_MAX + 1];
    size_t count;
    struct buf index;
};

/* A signed cell in the chart is explained on the picture itself: a slide has no page of signs. */
static const char *signs_of(const struct studio *studio, const struct chart *chart)
{
    static const enum release_sign all[] = { SIGN_SECRET, SIGN_UNSAFE, SIGN_VOID, SIGN_PENDING };
    const struct language *language = studio->doc->language;
    const char *text = "";
    for (size_t i = 0; i < COUNT(all); i++) {
        bool found = false;
        for (size_t j = 0; j < chart->count; j++) {
            const struct chart_datum *datum = &chart->data[j];
            found = found || (isnan(datum->value) && datum->text != NULL &&
                              strcmp(datum->text, release_sign(all[i])) == 0) ||
                    (datum->reference_text != NULL && strcmp(datum->reference_text, release_sign(all[i])) == 0);
        }
        if (found && text != NULL)
            text = arena_format(studio->arena, "%s%s%s = %s", text, *text == '\0' ? "" : "; ", release_sign(all[i]),
                                release_sign_text(all[i], language));
    }
    return text;
}

static size_t notes_of(struct studio *studio, const struct doc_figure *figure, const char *notes[NOTES_MAX])
{
    const struct doc *doc = studio->doc;
    const char *signs = signs_of(studio, figure->chart);
    size_t count = 0;
    if (figure->base != NULL)
        notes[count++] = figure->base;
    if (signs == NULL || *signs != '\0')
        notes[count++] = signs;
    notes[count++] = arena_format(studio->arena, tr(doc->language, N_("Source: %s, %s; figures %.12s")), doc->author,
                                  doc->title, studio->release->fingerprint);
    if (doc->banner != NULL)
        notes[count++] = doc->banner;
    return count;
}

/* Captions and notes are set by the painter of the charts: lines of their own below one another. */
static void set_lines(struct painter *painter, const char *text, double size, double leading, bool strong,
                      uint32_t colour, double *y)
{
    const struct wrapped lines = wrap_text(painter, text, painter->width, size, strong);
    for (size_t i = 0; i < lines.count; i++) {
        paint_text(painter, SLIDE_EDGE, *y + leading / 2, lines.lines[i], size, strong, colour, MARK_LEFT);
        *y += leading;
    }
}

static void take_marks(struct painter *painter, const struct drawing *chart, double y)
{
    for (size_t i = 0; i < chart->count; i++) {
        struct mark mark = chart->marks[i];
        double *points = mark.point_count == 0 ? NULL : ARENA_NEW(painter->arena, double, 2 * mark.point_count);
        mark.x += SLIDE_EDGE;
        mark.y += y;
        for (size_t j = 0; points != NULL && j < mark.point_count; j++) {
            points[2 * j] = mark.points[2 * j] + SLIDE_EDGE;
            points[2 * j + 1] = mark.points[2 * j + 1] + y;
        }
        painter->failed = painter->failed || (points == NULL && mark.point_count > 0);
        mark.points = points;
        paint_mark(painter, &mark);
    }
}

static enum status lay_out(struct studio *studio, const struct doc_figure *figure, struct drawing *slide,
                           struct fail *fail)
{
    struct painter painter = { .arena = studio->arena, .chart = figure->chart, .width = SLIDE_WIDTH - 2 * SLIDE_EDGE,
                               .measure = picture_measure, .context = &studio->texts };
    const char *notes[NOTES_MAX];
    struct drawing chart;
    enum status status = chart_layout(studio->arena, figure->chart, painter.width, picture_measure, &studio->texts,
                                      &chart, fail);
    if (status != STATUS_OK)
        return status;
    const size_t count = notes_of(studio, figure, notes);
    double y = SLIDE_EDGE;
    set_lines(&painter, figure->caption, CAPTION_SIZE, CAPTION_LEADING, true, COLOUR_INK, &y);
    y += 8;
    take_marks(&painter, &chart, y);
    y += chart.height + 10;
    const size_t above = painter.count;
    for (size_t i = 0; i < count; i++)
        set_lines(&painter, notes[i], NOTE_SIZE, NOTE_LEADING, false,
                  notes[i] == studio->doc->banner ? COLOUR_ACCENT_TEXT : COLOUR_GREY, &y);
    const double height = fmax(SLIDE_LEAST, y + SLIDE_EDGE);
    for (size_t i = above; i < painter.count; i++) /* notes stand at the foot of the picture */
        painter.marks[i].y += height - SLIDE_EDGE - y;
    if (painter.failed)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    *slide = (struct drawing){ .width = SLIDE_WIDTH, .height = height, .marks = painter.marks, .count = painter.count };
    return studio->rtl ? chart_mirror(studio->arena, slide, fail) : STATUS_OK;
}

/* "r3", a second one of the same table "r3-2". */
static const char *file_name(const struct studio *studio, const struct doc_block *block, const char *ending)
{
    const char *name = block->figure->name;
    unsigned before = 0;
    for (const struct doc_block *other = studio->doc->first; other != block; other = other->next)
        before += other->kind == DOC_FIGURE && strcmp(other->figure->name, name) == 0;
    return before == 0 ? arena_format(studio->arena, "%s.%s", name, ending)
                       : arena_format(studio->arena, "%s-%u.%s", name, before + 1, ending);
}

/* packed: PNG is compressed already. */
static enum status add_entry(struct studio *studio, const char *name, bool packed, enum status status, struct fail *fail)
{
    struct buf *bytes = &studio->bytes[studio->count];
    if (status == STATUS_OK)
        status = name == NULL ? FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use")
                              : buf_status(bytes, name, fail);
    studio->entries[studio->count++] = (struct zip_entry){ .name = name, .bytes = bytes->bytes,
                                                           .length = bytes->length, .stored = packed };
    return status;
}

static enum status add_figure(struct studio *studio, const struct doc_block *block, size_t number, struct fail *fail)
{
    const struct doc_figure *figure = block->figure;
    const char *caption = doc_caption(studio->doc, true, number, figure->caption);
    struct drawing slide;
    enum status status = lay_out(studio, figure, &slide, fail);
    if (status != STATUS_OK)
        return status;
    struct buf *svg = &studio->bytes[studio->count];
    buf_init(svg, PICTURE_MAX);
    status = picture_svg(&studio->texts, &slide, caption, figure->alternative, svg, fail);
    status = add_entry(studio, file_name(studio, block, "svg"), false, status, fail);
    if (status != STATUS_OK)
        return status;
    struct buf *png = &studio->bytes[studio->count];
    buf_init(png, PICTURE_MAX);
    status = picture_png(&studio->texts, &slide, SLIDE_PIXELS, png, fail);
    status = add_entry(studio, file_name(studio, block, "png"), true, status, fail);
    if (status == STATUS_OK)
        buf_format(&studio->index, "%s\n%s\n%s\n\n", studio->entries[studio->count - 1].name, caption,
                   figure->alternative);
    return status;
}

static enum status add_figures(struct studio *studio, struct fail *fail)
{
    size_t number = 0;
    enum status status = STATUS_OK;
    for (const struct doc_block *block = studio->doc->first; block != NULL && status == STATUS_OK; block = block->next)
        if (block->kind == DOC_FIGURE && number < FIGURES_MAX)
            status = add_figure(studio, block, ++number, fail);
    if (status == STATUS_OK && number == 0)
        status = FAIL(fail, STATUS_MISSING, "this release has no figure to draw: deliver data first (querschnitt import)");
    if (status != STATUS_OK)
        return status;
    studio->bytes[studio->count] = studio->index;
    studio->index = (struct buf){ 0 };
    return add_entry(studio, "index.txt", false, STATUS_OK, fail);
}

enum status figures_write(const struct release *release, const struct language *language, struct buf *out,
                          struct fail *fail)
{
    struct arena arena;
    struct doc doc;
    arena_init(&arena, PICTURES_MEMORY_MAX);
    doc_init(&doc, &arena, language);
    report_build(release, NULL, &doc);
    struct studio *studio = ARENA_NEW(&arena, struct studio, 1);
    enum status status = doc_status(&doc, fail);
    if (status == STATUS_OK && studio == NULL)
        status = FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    if (status == STATUS_OK) {
        studio->doc = &doc;
        studio->arena = &arena;
        studio->release = release;
        studio->rtl = strcmp(language_direction(language_code(language)), "rtl") == 0;
        buf_init(&studio->index, PICTURE_MAX);
        status = pdf_texts_open(&arena, &studio->texts, fail);
        if (status == STATUS_OK)
            status = add_figures(studio, fail);
        if (status == STATUS_OK)
            status = zip_write(studio->entries, studio->count, out, fail);
        for (size_t i = 0; i < COUNT(studio->bytes); i++)
            buf_free(&studio->bytes[i]);
        buf_free(&studio->index);
        pdf_texts_close(&studio->texts);
    }
    arena_free(&arena);
    return status;
}

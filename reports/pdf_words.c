/* Text on pages: lines, single texts, the gaps that are filled later. */
#include <assert.h>
#include <string.h>

#include "base/bidi.h"
#include "reports/pdf_canvas.h"

/* A text object being written: the font that is set in it. */
struct writer {
    struct pdf_canvas *canvas;
    struct buf *out;
    const struct pdf_style *style;
    enum pdf_face face;
};

static void use_face(struct writer *writer, enum pdf_face face)
{
    if (writer->face == face)
        return;
    writer->face = face;
    buf_add_string(writer->out, "/F");
    buf_add_byte(writer->out, (char)('1' + (int)face));
    buf_add_byte(writer->out, ' ');
    pdf_number(writer->out, writer->style->size * pdf_face_scale(face));
    buf_add_string(writer->out, " Tf\n");
}

static void move_to(struct writer *writer, double x, double y)
{
    buf_add_string(writer->out, "1 0 0 1 ");
    pdf_add_pair(writer->out, x, writer->canvas->height - y, " Tm\n");
}

/* Runs without markup are cut at blanks, so that words come from the cache. */
struct run {
    const char *at;
    size_t length;
    bool blank;
};

static bool next_run(struct run *run)
{
    const char *at = run->at + run->length;
    run->blank = *at == ' ';
    at += run->blank;
    run->at = at;
    run->length = strcspn(at, " ");
    return run->length > 0 || run->blank;
}

double pdf_text_width(struct pdf_texts *texts, const struct pdf_style *style, const char *text)
{
    int64_t em = 0;
    struct run run = { .at = text };
    while (next_run(&run))
        em += (run.blank ? pdf_space(texts, style->face) : 0) +
              pdf_text_em(texts, style->face, style->tabular, run.at, run.length);
    return pdf_points(em, style->size);
}

/* The order of sight in a paragraph; a text with both directions follows the page it stands on. */
static bool runs_left(const struct pdf_canvas *canvas, enum bidi bidi)
{
    return bidi == BIDI_RTL || (bidi == BIDI_MIXED && canvas->mirrored);
}

/* x: left edge on the page. blank: behind the last word, which keeps it apart from what follows. */
static void show_line(struct writer *writer, const struct pdf_line *line, double x, double y, bool rtl, bool blank)
{
    struct pdf_texts *texts = writer->canvas->texts;
    const enum pdf_face face = writer->style->face;
    const bool before = blank && rtl;
    move_to(writer, before ? x - pdf_points(pdf_space(texts, face), writer->style->size) : x, y);
    if (before) {
        use_face(writer, face);
        pdf_blank_show(texts, writer->out, face);
    }
    for (size_t i = 0; i < line->count; i++) {
        const struct pdf_word *word = line->sights[i].word;
        use_face(writer, word->face);
        if (line->sights[i].hyphen)
            pdf_hyphen_show(texts, writer->out, word->face);
        else
            pdf_word_show(texts, writer->out, word, false, writer->style->size);
    }
    if (blank && !rtl) {
        use_face(writer, face);
        pdf_blank_show(texts, writer->out, face);
    }
}

static bool order_text(struct pdf_canvas *canvas, const struct pdf_style *style, const char *text, enum bidi bidi,
                       struct pdf_line *line)
{
    const struct pdf_part part = { .text = text, .length = strlen(text), .face = style->face };
    return bidi != BIDI_LTR && pdf_line(canvas->texts, &part, 1, style->tabular, runs_left(canvas, bidi), line);
}

void pdf_canvas_show(struct pdf_canvas *canvas, struct buf *out, double x, double y, const struct pdf_style *style,
                     const char *text, bool blank)
{
    struct writer writer = { canvas, out, style, PDF_FACE_COUNT };
    const enum bidi bidi = bidi_of(text, strlen(text));
    struct pdf_line line;
    buf_add_string(out, "BT\n");
    if (order_text(canvas, style, text, bidi, &line)) {
        show_line(&writer, &line, x, y, runs_left(canvas, bidi), blank);
        buf_add_string(out, "ET\n");
        return;
    }
    use_face(&writer, style->face);
    move_to(&writer, x, y);
    struct run run = { .at = text };
    while (next_run(&run)) {
        const struct pdf_word *word = pdf_word(canvas->texts, style->face, style->tabular, false, run.at, run.length);
        pdf_word_show(canvas->texts, out, word, run.blank, style->size);
    }
    if (blank)
        pdf_blank_show(canvas->texts, out, style->face);
    buf_add_string(out, "ET\n");
}

static void draw_text(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style, const char *text,
                      enum mark_align align, bool blank)
{
    assert(canvas->marked);
    double width = pdf_text_width(canvas->texts, style, text);
    if (align != MARK_LEFT)
        x -= align == MARK_RIGHT ? width : width / 2.0;
    struct buf *out = pdf_canvas_content(canvas);
    pdf_canvas_fill(canvas, style->colour);
    pdf_canvas_show(canvas, out, pdf_canvas_left(canvas, x, width), y, style, text, blank);
    buf_add_string(&canvas->spoken, text);
    if (blank)
        buf_add_byte(&canvas->spoken, ' ');
}

void pdf_draw_text(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style, const char *text,
                   enum mark_align align)
{
    draw_text(canvas, x, y, style, text, align, false);
}

void pdf_draw_word(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style, const char *text,
                   enum mark_align align)
{
    draw_text(canvas, x, y, style, text, align, true);
}

static void show_piece(struct writer *writer, const struct layout_piece *piece)
{
    struct pdf_texts *texts = writer->canvas->texts;
    const struct pdf_style *style = writer->style;
    const enum pdf_face face = piece->strong ? style->strong : style->face;
    const struct pdf_word *word = pdf_word(texts, face, style->tabular, false, piece->text, piece->length);
    use_face(writer, face);
    pdf_word_show(texts, writer->out, word, piece->blank, style->size);
    if (piece->hyphen)
        pdf_hyphen_show(texts, writer->out, face);
}

static void speak_pieces(struct buf *spoken, const struct layout_line *line, bool blank)
{
    for (size_t i = 0; i < line->count; i++) {
        if (line->pieces[i].blank)
            buf_add_byte(spoken, ' ');
        buf_add(spoken, line->pieces[i].text, line->pieces[i].length);
    }
    if (blank)
        buf_add_byte(spoken, ' ');
}

/* False: nothing of the line's paragraph runs from right to left, or memory failed. */
static bool order_pieces(struct pdf_canvas *canvas, const struct pdf_style *style, const struct layout_line *line,
                         struct pdf_line *ordered)
{
    if (line->bidi == BIDI_LTR)
        return false;
    struct pdf_part *parts = ARENA_NEW(canvas->arena, struct pdf_part, line->count + 1);
    if (parts == NULL) {
        canvas->failed = true;
        return false;
    }
    for (size_t i = 0; i < line->count; i++) {
        const struct layout_piece *piece = &line->pieces[i];
        parts[i] = (struct pdf_part){ .text = piece->text,
                                      .length = piece->length,
                                      .blank = piece->blank,
                                      .hyphen = piece->hyphen,
                                      .face = piece->strong ? style->strong : style->face };
    }
    return pdf_line(canvas->texts, parts, line->count, style->tabular, runs_left(canvas, line->bidi), ordered);
}

void pdf_draw_lines(struct pdf_canvas *canvas, double x, double y, const struct pdf_style *style,
                    const struct layout_line *first, size_t count, enum mark_align align, double measure, bool last)
{
    assert(canvas->marked); /* nothing is drawn outside a mark */
    struct writer writer = { canvas, pdf_canvas_content(canvas), style, PDF_FACE_COUNT };
    pdf_canvas_fill(canvas, style->colour);
    buf_add_string(writer.out, "BT\n");
    use_face(&writer, style->face);
    for (const struct layout_line *line = first; line != NULL && count > 0; line = line->next, count--) {
        struct pdf_line ordered;
        const bool turned = order_pieces(canvas, style, line, &ordered);
        const double width = turned ? pdf_points(ordered.width, style->size) : line->width;
        const double left = pdf_canvas_left(canvas, align == MARK_RIGHT ? x + measure - width : x, width);
        const bool hyphen = line->count > 0 && line->pieces[line->count - 1].hyphen;
        const bool blank = !hyphen && (line->next != NULL || !last);
        speak_pieces(&canvas->spoken, line, blank);
        if (turned) {
            show_line(&writer, &ordered, left, y, runs_left(canvas, line->bidi), blank);
        } else {
            move_to(&writer, left, y);
            for (size_t i = 0; i < line->count; i++)
                show_piece(&writer, &line->pieces[i]);
            if (blank)
                pdf_blank_show(canvas->texts, writer.out, writer.face);
        }
        y += style->leading;
    }
    buf_add_string(writer.out, "ET\n");
}

/* Shaped words as operators of a page's content. */
#include <stdio.h>

#include "reports/pdf_text.h"

static void add_glyph(struct buf *out, unsigned glyph)
{
    static const char digits[] = "0123456789ABCDEF";
    char hex[4] = { digits[glyph >> 12 & 15], digits[glyph >> 8 & 15], digits[glyph >> 4 & 15], digits[glyph & 15] };
    buf_add(out, hex, sizeof hex);
}

static void add_glyphs(struct buf *out, const struct pdf_word *word)
{
    for (size_t i = 0; i < word->count; i++) {
        add_glyph(out, word->glyphs[i].id);
        if (word->glyphs[i].adjust == 0 || i + 1 == word->count)
            continue;
        buf_add_byte(out, '>');
        pdf_number(out, -word->glyphs[i].adjust / 10.0);
        buf_add_byte(out, '<');
    }
}

void pdf_blank_show(struct pdf_texts *texts, struct buf *out, enum pdf_face face)
{
    const struct pdf_word *blank = pdf_word(texts, face, false, false, " ", 1);
    if (blank == NULL)
        return;
    buf_add_byte(out, '<');
    add_glyphs(out, blank);
    buf_add_string(out, ">Tj\n");
}

void pdf_hyphen_show(struct pdf_texts *texts, struct buf *out, enum pdf_face face)
{
    const struct pdf_word *hyphen = pdf_word(texts, face, false, false, "-", 1);
    if (hyphen == NULL)
        return;
    buf_add_string(out, "/Span<</ActualText<FEFF00AD>>>BDC\n<");
    add_glyphs(out, hyphen);
    buf_add_string(out, ">Tj\nEMC\n");
}

/* "[…]TJ" is open before and after; a text of its own, or a rise, closes it. */
static void show_placed(struct buf *out, const struct pdf_word *word, double size)
{
    char own[64 + 1];
    bool inside = false;
    buf_add_string(out, "[");
    for (size_t i = 0; i < word->count; i++) {
        const struct pdf_glyph *glyph = &word->glyphs[i];
        const bool begins = glyph->actual && glyph->span > 0;
        if (begins || glyph->rise != 0) {
            buf_add_string(out, "]TJ\n");
            if (begins) {
                snprintf(own, sizeof own, "%.*s", (int)glyph->span, word->text + glyph->cluster);
                buf_add_string(out, "/Span<</ActualText");
                pdf_text_string(out, own);
                buf_add_string(out, ">>BDC\n");
                inside = true;
            }
            if (glyph->rise != 0) {
                pdf_number(out, pdf_points(glyph->rise, size));
                buf_add_string(out, " Ts ");
            }
            buf_add_byte(out, '[');
        }
        if (glyph->shift != 0)
            pdf_number(out, -glyph->shift / 10.0);
        buf_add_byte(out, '<');
        add_glyph(out, glyph->id);
        buf_add_byte(out, '>');
        if (glyph->adjust != glyph->shift)
            pdf_number(out, (glyph->shift - glyph->adjust) / 10.0);
        const bool ends = inside && (i + 1 == word->count || word->glyphs[i + 1].span > 0);
        if (glyph->rise != 0 || ends) {
            buf_add_string(out, glyph->rise != 0 ? "]TJ 0 Ts\n" : "]TJ\n");
            if (ends)
                buf_add_string(out, "EMC\n");
            inside = inside && !ends;
            buf_add_byte(out, '[');
        }
    }
    buf_add_string(out, "]TJ\n");
}

void pdf_word_show(struct pdf_texts *texts, struct buf *out, const struct pdf_word *word, bool blank, double size)
{
    if (word == NULL || word->count == 0)
        return;
    if (word->placed) {
        show_placed(out, word, size * pdf_face_scale(word->face));
        return;
    }
    if (word->actual) {
        if (blank)
            pdf_blank_show(texts, out, word->face);
        buf_add_string(out, "/Span <</ActualText ");
        pdf_text_string(out, word->text);
        buf_add_string(out, ">> BDC\n");
    }
    buf_add_string(out, "[<");
    if (blank && !word->actual) {
        const struct pdf_word *space = pdf_word(texts, word->face, false, false, " ", 1);
        if (space != NULL)
            add_glyphs(out, space);
    }
    add_glyphs(out, word);
    buf_add_string(out, ">]TJ\n");
    if (word->actual)
        buf_add_string(out, "EMC\n");
}

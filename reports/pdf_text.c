/* Shaping with a cache of words. */
#include "reports/pdf_text.h"

#include <string.h>

#include "base/utf8.h"

enum { SLOT_COUNT = 1 << 14, GLYPHS_MAX = 4096 };

enum status pdf_texts_open(struct arena *arena, struct pdf_texts *texts, struct fail *fail)
{
    static const char *const assets_of_faces[PDF_FACE_COUNT] = {
        [PDF_REGULAR] = "fonts/Inter-Regular.otf",
        [PDF_SEMIBOLD] = "fonts/Inter-SemiBold.otf",
        [PDF_BOLD] = "fonts/Inter-Bold.otf",
        [PDF_ITALIC] = "fonts/Inter-Italic.otf",
        [PDF_CODE] = "fonts/Inter-SemiBold.otf",
    };
    *texts = (struct pdf_texts){ .arena = arena };
    texts->slots = ARENA_NEW(arena, struct pdf_word *, SLOT_COUNT);
    texts->buffer = hb_buffer_create();
    if (texts->slots == NULL || !hb_buffer_allocation_successful(texts->buffer))
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    enum status status = STATUS_OK;
    for (size_t i = 0; i < PDF_FACE_COUNT && status == STATUS_OK; i++)
        status = pdf_font_open(arena, &texts->fonts[i], assets_of_faces[i], fail);
    return status;
}

void pdf_texts_close(struct pdf_texts *texts)
{
    for (size_t i = 0; i < PDF_FACE_COUNT; i++)
        pdf_font_close(&texts->fonts[i]);
    hb_buffer_destroy(texts->buffer);
    texts->buffer = NULL;
}

/* Fowler, Noll, Vo (1991), hash FNV-1a, 32 bit. */
static size_t slot_of(enum pdf_face face, bool tabular, const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    hash = (hash ^ ((uint32_t)face * 2u + tabular)) * 16777619u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash % SLOT_COUNT;
}

/* Blanks that the font draws with the glyph of U+0020: a reader gets a plain blank and loses nothing. */
static bool is_blank(int32_t point)
{
    return point == ' ' || point == 0xA0 || point == 0x202F || point == 0x2009;
}

/* One glyph for one character keeps extraction exact; anything else makes the word carry ActualText. */
static void remember(struct pdf_texts *texts, struct pdf_word *word, const hb_glyph_info_t *infos, unsigned count)
{
    struct pdf_font *font = &texts->fonts[word->face];
    size_t points = 0;
    for (size_t i = 0; i < word->length; i++)
        points += ((unsigned char)word->text[i] & 0xC0) != 0x80;
    word->actual = points != count;
    for (unsigned i = 0; i < count; i++) {
        uint32_t glyph = infos[i].codepoint;
        int32_t point;
        utf8_next(word->text + infos[i].cluster, &point);
        if (glyph == 0 && texts->missing == 0)
            texts->missing = point;
        if (is_blank(point))
            point = ' ';
        if (font->point[glyph] == 0)
            font->point[glyph] = point;
        else if (font->point[glyph] != point)
            word->actual = true;
    }
}

static bool shape(struct pdf_texts *texts, struct pdf_word *word)
{
    const bool code = word->face == PDF_CODE;
    const hb_feature_t features[] = {
        { HB_TAG('z', 'e', 'r', 'o'), code, 0, UINT32_MAX },
        { HB_TAG('t', 'n', 'u', 'm'), word->tabular, 0, UINT32_MAX }, { HB_TAG('l', 'i', 'g', 'a'), 0, 0, UINT32_MAX },
        { HB_TAG('c', 'l', 'i', 'g'), 0, 0, UINT32_MAX },             { HB_TAG('c', 'a', 'l', 't'), 0, 0, UINT32_MAX },
    };
    struct pdf_font *font = &texts->fonts[word->face];
    hb_buffer_t *buffer = texts->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_add_utf8(buffer, word->text, (int)word->length, 0, (int)word->length);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
    hb_shape(font->font, buffer, features, COUNT(features));
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    if (!hb_buffer_allocation_successful(buffer) || count > GLYPHS_MAX)
        return false;
    word->glyphs = ARENA_NEW(texts->arena, struct pdf_glyph, count + 1u);
    if (word->glyphs == NULL)
        return false;
    word->count = (uint16_t)count;
    for (unsigned i = 0; i < count; i++) {
        int32_t advance = pdf_font_scale(font, positions[i].x_advance);
        int32_t own = pdf_font_width(font, infos[i].codepoint);
        /* TJ counts in thousandths: kerning is rounded so that our pen stands where the reader's pen stands. */
        int32_t adjust = (advance - own) / 10 * 10;
        word->glyphs[i] = (struct pdf_glyph){ (uint16_t)infos[i].codepoint, adjust };
        word->width += own + adjust;
    }
    remember(texts, word, infos, count);
    return true;
}

const struct pdf_word *pdf_word(struct pdf_texts *texts, enum pdf_face face, bool tabular, const char *text,
                                size_t length)
{
    size_t slot = slot_of(face, tabular, text, length);
    for (const struct pdf_word *word = texts->slots[slot]; word != NULL; word = word->next)
        if (word->length == length && word->face == face && word->tabular == tabular &&
            memcmp(word->text, text, length) == 0)
            return word;
    struct pdf_word *word = length > GLYPHS_MAX ? NULL : ARENA_NEW(texts->arena, struct pdf_word, 1);
    char *own = word == NULL ? NULL : arena_copy(texts->arena, text, length);
    if (own == NULL) {
        texts->failed = true;
        return NULL;
    }
    *word = (struct pdf_word){ .text = own, .length = length, .face = face, .tabular = tabular };
    if (!shape(texts, word)) {
        texts->failed = true;
        return NULL;
    }
    word->next = texts->slots[slot];
    texts->slots[slot] = word;
    texts->word_count++;
    return word;
}

int32_t pdf_space(struct pdf_texts *texts, enum pdf_face face)
{
    const struct pdf_word *word = pdf_word(texts, face, false, " ", 1);
    return word == NULL ? 0 : word->width;
}

double pdf_points(int64_t em, double size)
{
    return (double)em * size / PDF_EM;
}

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
    const struct pdf_word *blank = pdf_word(texts, face, false, " ", 1);
    if (blank == NULL)
        return;
    buf_add_byte(out, '<');
    add_glyphs(out, blank);
    buf_add_string(out, ">Tj\n");
}

void pdf_hyphen_show(struct pdf_texts *texts, struct buf *out, enum pdf_face face)
{
    const struct pdf_word *hyphen = pdf_word(texts, face, false, "-", 1);
    if (hyphen == NULL)
        return;
    buf_add_string(out, "/Span<</ActualText<FEFF00AD>>>BDC\n<");
    add_glyphs(out, hyphen);
    buf_add_string(out, ">Tj\nEMC\n");
}

void pdf_word_show(struct pdf_texts *texts, struct buf *out, const struct pdf_word *word, bool blank)
{
    if (word == NULL || word->count == 0)
        return;
    if (word->actual) {
        if (blank)
            pdf_blank_show(texts, out, word->face);
        buf_add_string(out, "/Span <</ActualText ");
        pdf_text_string(out, word->text);
        buf_add_string(out, ">> BDC\n");
    }
    buf_add_string(out, "[<");
    if (blank && !word->actual) {
        const struct pdf_word *space = pdf_word(texts, word->face, false, " ", 1);
        if (space != NULL)
            add_glyphs(out, space);
    }
    add_glyphs(out, word);
    buf_add_string(out, ">]TJ\n");
    if (word->actual)
        buf_add_string(out, "EMC\n");
}

enum status pdf_texts_status(const struct pdf_texts *texts, struct fail *fail)
{
    if (texts->failed)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    if (texts->missing == 0)
        return STATUS_OK;
    char sign[5] = { 0 };
    uint32_t point = (uint32_t)texts->missing;
    if (point < 0x80) {
        sign[0] = (char)point;
    } else if (point < 0x800) {
        sign[0] = (char)(0xC0 | point >> 6);
        sign[1] = (char)(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        sign[0] = (char)(0xE0 | point >> 12);
        sign[1] = (char)(0x80 | (point >> 6 & 0x3F));
        sign[2] = (char)(0x80 | (point & 0x3F));
    } else {
        sign[0] = (char)(0xF0 | point >> 18);
        sign[1] = (char)(0x80 | (point >> 12 & 0x3F));
        sign[2] = (char)(0x80 | (point >> 6 & 0x3F));
        sign[3] = (char)(0x80 | (point & 0x3F));
    }
    return FAIL(fail, STATUS_INPUT, "The report's fonts have no sign for \"%s\" (U+%04X). Replace it in the text.",
                sign, (unsigned)point);
}

/* Shaping with a cache of words. How shaped words are written into a page is pdf_show.c. */
#include "reports/pdf_text.h"

#include <math.h>
#include <string.h>

#include "base/bidi.h"
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
        [PDF_ARABIC] = "fonts/NotoNaskhArabic-Regular.ttf",
        [PDF_ARABIC_BOLD] = "fonts/NotoNaskhArabic-Bold.ttf",
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
static size_t slot_of(enum pdf_face face, bool tabular, bool rtl, const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    hash = (hash ^ ((uint32_t)face * 4u + rtl * 2u + tabular)) * 16777619u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash % SLOT_COUNT;
}

/* Blanks that the font draws with the glyph of U+0020: a reader gets a plain blank and loses nothing. */
static bool is_blank(int32_t point)
{
    return point == ' ' || point == 0xA0 || point == 0x202F || point == 0x2009;
}

/* The part of the word a cluster stands for: clusters fall from right to left and rise from left to right, so the next
 * one's begin is this one's end. */
static size_t cluster_end(const struct pdf_word *word, const hb_glyph_info_t *infos, unsigned glyph)
{
    size_t end = word->length;
    for (unsigned i = 0; i < word->count; i++)
        if (infos[i].cluster > infos[glyph].cluster && infos[i].cluster < end)
            end = infos[i].cluster;
    return end;
}

/* Lam and alef come as two glyphs in one cluster: each has its own character, the last one leftmost. */
static void part_cluster(struct pdf_word *word, unsigned first, unsigned count, size_t from, size_t end)
{
    size_t points = 0;
    for (size_t i = from; i < end; i++)
        points += ((unsigned char)word->text[i] & 0xC0) != 0x80;
    const bool apart = word->rtl && points == count;
    size_t at = from;
    for (unsigned i = 0; i < count; i++) {
        struct pdf_glyph *glyph = &word->glyphs[apart ? first + count - 1 - i : first + i];
        int32_t point;
        size_t step = apart ? utf8_next(word->text + at, &point) : i == 0 ? end - from : 0;
        glyph->cluster = (uint16_t)at;
        glyph->span = (uint16_t)step;
        at += apart ? step : 0;
    }
}

/* Gives glyphs their characters. One glyph for one character keeps extraction exact. Anything else makes a word from left
 * to right carry ActualText as a whole; from right to left each such glyph carries its own, because readers turn
 * round what they find in a longer one. */
static void remember(struct pdf_texts *texts, struct pdf_word *word, const hb_glyph_info_t *infos)
{
    struct pdf_font *font = &texts->fonts[word->face];
    for (unsigned i = 0, end; i < word->count; i = end) {
        for (end = i + 1; end < word->count && infos[end].cluster == infos[i].cluster;)
            end++;
        part_cluster(word, i, end - i, infos[i].cluster, cluster_end(word, infos, i));
    }
    for (unsigned i = 0; i < word->count; i++) {
        struct pdf_glyph *glyph = &word->glyphs[i];
        int32_t point;
        size_t step = utf8_next(word->text + glyph->cluster, &point);
        if (glyph->id == 0 && texts->missing == 0)
            texts->missing = point;
        if (is_blank(point))
            point = ' ';
        if (font->point[glyph->id] == 0)
            font->point[glyph->id] = point;
        const bool own = font->point[glyph->id] == point && glyph->span == step;
        glyph->actual = word->rtl && !own;
        word->actual = word->actual || (!word->rtl && !own);
        word->placed = word->placed || glyph->actual;
    }
    for (unsigned i = word->count; i-- > 1;) /* one ActualText for all glyphs of a cluster */
        if (word->glyphs[i].actual && word->glyphs[i].span == 0)
            word->glyphs[i - 1].actual = true;
}

static hb_script_t script_of(const struct pdf_word *word)
{
    int32_t point;
    if (word->face >= PDF_ARABIC)
        return HB_SCRIPT_ARABIC;
    utf8_next(word->text, &point);
    return point >= 0x400 && point < 0x530 ? HB_SCRIPT_CYRILLIC : HB_SCRIPT_LATIN;
}

/* Lam and alef stay two glyphs, so that each keeps its character. */
static void shape_buffer(struct pdf_texts *texts, const struct pdf_word *word)
{
    const bool code = word->face == PDF_CODE;
    const hb_feature_t features[] = {
        { HB_TAG('z', 'e', 'r', 'o'), code, 0, UINT32_MAX },
        { HB_TAG('t', 'n', 'u', 'm'), word->tabular, 0, UINT32_MAX }, { HB_TAG('l', 'i', 'g', 'a'), 0, 0, UINT32_MAX },
        { HB_TAG('c', 'l', 'i', 'g'), 0, 0, UINT32_MAX },             { HB_TAG('c', 'a', 'l', 't'), 0, 0, UINT32_MAX },
        { HB_TAG('d', 'l', 'i', 'g'), 0, 0, UINT32_MAX },
    };
    hb_buffer_t *buffer = texts->buffer;
    hb_buffer_clear_contents(buffer);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
    hb_buffer_set_flags(buffer, word->face >= PDF_ARABIC ? HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES
                                                         : HB_BUFFER_FLAG_DEFAULT);
    hb_buffer_add_utf8(buffer, word->text, (int)word->length, 0, (int)word->length);
    hb_buffer_set_direction(buffer, word->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, script_of(word));
    hb_shape(texts->fonts[word->face].font, buffer, features, COUNT(features));
}

static bool shape(struct pdf_texts *texts, struct pdf_word *word)
{
    struct pdf_font *font = &texts->fonts[word->face];
    hb_buffer_t *buffer = texts->buffer;
    shape_buffer(texts, word);
    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    if (!hb_buffer_allocation_successful(buffer) || count > GLYPHS_MAX)
        return false;
    word->glyphs = ARENA_NEW(texts->arena, struct pdf_glyph, count + 1u);
    if (word->glyphs == NULL)
        return false;
    word->count = (uint16_t)count;
    int64_t width = 0;
    for (unsigned i = 0; i < count; i++) {
        int32_t advance = pdf_font_scale(font, positions[i].x_advance);
        int32_t own = pdf_font_width(font, infos[i].codepoint);
        /* TJ counts in thousandths: kerning is rounded so that our pen stands where the reader's pen stands. */
        int32_t adjust = (advance - own) / 10 * 10;
        word->glyphs[i] = (struct pdf_glyph){ .id = (uint16_t)infos[i].codepoint, .adjust = adjust };
        width += own + adjust;
        if (word->face < PDF_ARABIC || (positions[i].x_offset == 0 && positions[i].y_offset == 0))
            continue;
        word->glyphs[i].shift = pdf_font_scale(font, positions[i].x_offset) / 10 * 10;
        word->glyphs[i].rise = pdf_font_scale(font, positions[i].y_offset);
        word->placed = true;
    }
    word->width = (int32_t)lround((double)width * pdf_face_scale(word->face));
    remember(texts, word, infos);
    return true;
}

const struct pdf_word *pdf_word(struct pdf_texts *texts, enum pdf_face face, bool tabular, bool rtl, const char *text,
                                size_t length)
{
    size_t slot = slot_of(face, tabular, rtl, text, length);
    for (const struct pdf_word *word = texts->slots[slot]; word != NULL; word = word->next)
        if (word->length == length && word->face == face && word->tabular == tabular &&
            word->rtl == rtl && memcmp(word->text, text, length) == 0)
            return word;
    struct pdf_word *word = length > GLYPHS_MAX ? NULL : ARENA_NEW(texts->arena, struct pdf_word, 1);
    char *own = word == NULL ? NULL : arena_copy(texts->arena, text, length);
    if (own == NULL) {
        texts->failed = true;
        return NULL;
    }
    *word = (struct pdf_word){ .text = own, .length = length, .face = face, .tabular = tabular,
                               .rtl = rtl };
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
    const struct pdf_word *word = pdf_word(texts, face, false, false, " ", 1);
    return word == NULL ? 0 : word->width;
}

enum pdf_face pdf_face_of(const struct pdf_texts *texts, enum pdf_face wanted, int32_t point)
{
    hb_codepoint_t glyph;
    if (point < 0x590 || hb_font_get_nominal_glyph(texts->fonts[wanted].font, (hb_codepoint_t)point, &glyph))
        return wanted;
    const enum pdf_face other = wanted == PDF_REGULAR || wanted == PDF_ITALIC ? PDF_ARABIC : PDF_ARABIC_BOLD;
    return hb_font_get_nominal_glyph(texts->fonts[other].font, (hb_codepoint_t)point, &glyph) ? other : wanted;
}

double pdf_face_scale(enum pdf_face face)
{
    return face < PDF_ARABIC ? 1.0 : 1.14;
}

int32_t pdf_text_em(struct pdf_texts *texts, enum pdf_face face, bool tabular, const char *text, size_t length)
{
    int32_t em = 0;
    for (size_t at = 0; at < length;) {
        int32_t point;
        size_t end = at + utf8_next(text + at, &point);
        const enum pdf_face own = pdf_face_of(texts, face, point);
        const bool skipped = bidi_control(point);
        while (end < length) {
            size_t step = utf8_next(text + end, &point);
            if (pdf_face_of(texts, face, point) != own || bidi_control(point) != skipped)
                break;
            end += step;
        }
        const struct pdf_word *word = skipped ? NULL
                                              : pdf_word(texts, own, tabular, own >= PDF_ARABIC, text + at, end - at);
        em += word == NULL ? 0 : word->width;
        at = end;
    }
    return em;
}

double pdf_points(int64_t em, double size)
{
    return (double)em * size / PDF_EM;
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

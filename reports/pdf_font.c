/* Fonts in the file: Type 0 with Identity-H; of a HarfBuzz subset that keeps glyph numbers the bare CFF table, or the
 * whole file with TrueType outlines.
 * Source of the form: ISO 32000-1:2008, 9.6 to 9.10; ISO 19005-2:2011, 6.2.11. */
#include "reports/pdf_font.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <stdio.h>
#include <string.h>

#include "base/asset.h"

enum { TEXT_MAX = 4 * 1024 * 1024 };

enum status pdf_font_open(struct arena *arena, struct pdf_font *font, const char *asset, struct fail *fail)
{
    const struct asset *file = asset_find(asset);
    if (file == NULL || file->length > UINT32_MAX)
        return FAIL(fail, STATUS_MISSING, "%s is not built into the program", asset);
    hb_blob_t *blob = hb_blob_create((const char *)file->bytes, (unsigned)file->length, HB_MEMORY_MODE_READONLY, NULL,
                                     NULL);
    font->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    font->font = hb_font_create(font->face);
    font->upem = hb_face_get_upem(font->face);
    font->glyph_count = hb_face_get_glyph_count(font->face);
    font->point = ARENA_NEW(arena, int32_t, font->glyph_count + 1u);
    const char *slash = strrchr(asset, '/');
    font->name = slash == NULL ? asset : slash + 1;
    font->slant = strstr(asset, "Italic") == NULL ? 0.0 : -9.4;
    if (font->point == NULL || font->glyph_count == 0)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    return STATUS_OK;
}

void pdf_font_close(struct pdf_font *font)
{
    hb_font_destroy(font->font);
    hb_face_destroy(font->face);
    *font = (struct pdf_font){ 0 };
}

int32_t pdf_font_scale(const struct pdf_font *font, int32_t design)
{
    int64_t twice = (int64_t)design * PDF_EM * 2 / (int64_t)font->upem;
    return (int32_t)((twice + (twice < 0 ? -1 : 1)) / 2);
}

int32_t pdf_font_width(const struct pdf_font *font, uint32_t glyph)
{
    return pdf_font_scale(font, hb_font_get_glyph_h_advance(font->font, glyph));
}

bool pdf_font_used(const struct pdf_font *font)
{
    for (unsigned glyph = 0; glyph < font->glyph_count; glyph++)
        if (font->point[glyph] != 0)
            return true;
    return false;
}

static hb_face_t *subset(const struct pdf_font *font)
{
    static const hb_tag_t dropped[] = { HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
                                        HB_TAG('G', 'D', 'E', 'F'), HB_TAG('n', 'a', 'm', 'e'),
                                        HB_TAG('p', 'o', 's', 't'), HB_TAG('O', 'S', '/', '2'),
                                        HB_TAG('c', 'm', 'a', 'p'), HB_TAG('D', 'S', 'I', 'G'),
                                        HB_TAG('g', 'a', 's', 'p') };
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (input == NULL)
        return NULL;
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING |
                                         HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < COUNT(dropped); i++)
        hb_set_add(drop, dropped[i]);
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (unsigned glyph = 0; glyph < font->glyph_count; glyph++)
        if (font->point[glyph] != 0)
            hb_set_add(glyphs, glyph);
    bool complete = hb_set_allocation_successful(glyphs) && hb_set_allocation_successful(drop);
    hb_face_t *face = complete ? hb_subset_or_fail(font->face, input) : NULL;
    hb_subset_input_destroy(input);
    return face;
}

/* hb-subset drops outlines without a word when memory ends: every glyph used must be as large as in the whole font. */
static bool is_complete(const struct pdf_font *font, hb_face_t *face)
{
    hb_font_t *reduced = hb_font_create(face);
    bool complete = true;
    for (unsigned glyph = 0; glyph < font->glyph_count && complete; glyph++) {
        hb_glyph_extents_t own = { 0 };
        hb_glyph_extents_t other = { 0 };
        if (font->point[glyph] == 0 || !hb_font_get_glyph_extents(font->font, glyph, &own))
            continue;
        complete = hb_font_get_glyph_extents(reduced, glyph, &other) && own.width == other.width &&
                   own.height == other.height;
    }
    hb_font_destroy(reduced);
    return complete;
}

static void add_widths(struct buf *text, const struct pdf_font *font)
{
    buf_add_string(text, "/W [");
    unsigned last = UINT32_MAX - 1;
    for (unsigned glyph = 0; glyph < font->glyph_count; glyph++) {
        if (font->point[glyph] == 0)
            continue;
        if (glyph != last + 1)
            buf_format(text, "%s%u [", last == UINT32_MAX - 1 ? "" : "]\n", glyph);
        else
            buf_add_byte(text, ' ');
        pdf_number(text, pdf_font_width(font, glyph) / 10.0);
        last = glyph;
    }
    buf_add_string(text, "]]\n");
}

static void add_mapping(struct buf *text, unsigned glyph, int32_t point)
{
    if (point >= 0x10000)
        buf_format(text, "<%04X> <%04X%04X>\n", glyph, 0xD800u + (((unsigned)point - 0x10000u) >> 10),
                   0xDC00u + (((unsigned)point - 0x10000u) & 0x3FFu));
    else
        buf_format(text, "<%04X> <%04X>\n", glyph, (unsigned)point);
}

static struct pdf_object *write_unicode(const struct pdf_font *font, struct pdf_file *file, struct buf *text)
{
    enum { BLOCK = 100 }; /* the most entries one beginbfchar may have */
    buf_clear(text);
    buf_add_string(text, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                         "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                         "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                         "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    unsigned count = 0;
    for (unsigned glyph = 0; glyph < font->glyph_count; glyph++)
        count += font->point[glyph] != 0;
    unsigned done = 0;
    for (unsigned glyph = 0; glyph < font->glyph_count; glyph++) {
        if (font->point[glyph] == 0)
            continue;
        if (done % BLOCK == 0)
            buf_format(text, "%u beginbfchar\n", count - done < BLOCK ? count - done : (unsigned)BLOCK);
        add_mapping(text, glyph, font->point[glyph]);
        done++;
        if (done % BLOCK == 0 || done == count)
            buf_add_string(text, "endbfchar\n");
    }
    buf_add_string(text, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    if (text->failed)
        pdf_file_fail(file);
    return pdf_stream_new(file, text->bytes, text->length, true);
}

static double metric(const struct pdf_font *font, hb_ot_metrics_tag_t tag, double fallback)
{
    hb_position_t position;
    return hb_ot_metrics_get_position(font->font, tag, &position) ? pdf_font_scale(font, position) / 10.0 : fallback;
}

static void add_box(struct buf *text, const struct pdf_font *font)
{
    hb_blob_t *head = hb_face_reference_table(font->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned length;
    const unsigned char *bytes = (const unsigned char *)hb_blob_get_data(head, &length);
    buf_add_string(text, "/FontBBox [");
    for (unsigned i = 36; i < 44 && length >= 44; i += 2) {
        pdf_number(text, pdf_font_scale(font, (int16_t)(bytes[i] << 8 | bytes[i + 1])) / 10.0);
        buf_add_byte(text, ' ');
    }
    buf_add_string(text, "]\n");
    hb_blob_destroy(head);
}

/* "ABCDEF+Inter-Regular": six letters that depend on the glyphs alone. */
static void add_name(struct buf *text, const struct pdf_font *font, const uint8_t digest[16])
{
    for (size_t i = 0; i < 6; i++)
        buf_add_byte(text, (char)('A' + digest[i] % 26));
    buf_format(text, "+%.*s", (int)strcspn(font->name, "."), font->name);
}

struct parts {
    struct pdf_object *program, *descriptor, *descendant, *unicode, *type0;
    uint8_t digest[16];
    bool truetype;
};

static void write_dictionaries(const struct pdf_font *font, struct pdf_file *file, const struct parts *parts,
                               struct buf *text)
{
    buf_clear(text);
    buf_add_string(text, "/Type /FontDescriptor /FontName /");
    add_name(text, font, parts->digest);
    buf_add_string(text, " /Flags 4 /StemV 80 /ItalicAngle ");
    pdf_number(text, font->slant);
    buf_add_string(text, " /Ascent ");
    pdf_number(text, metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, 970));
    buf_add_string(text, " /Descent ");
    pdf_number(text, metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -240));
    buf_add_string(text, " /CapHeight ");
    pdf_number(text, metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, 727));
    buf_add_byte(text, '\n');
    add_box(text, font);
    buf_format(text, parts->truetype ? "/FontFile2 %u 0 R\n" : "/FontFile3 %u 0 R\n", pdf_object_id(parts->program));
    pdf_object_add_text(file, parts->descriptor, text);

    buf_clear(text);
    buf_add_string(text, parts->truetype ? "/Type /Font /Subtype /CIDFontType2 /CIDToGIDMap /Identity /BaseFont /"
                                         : "/Type /Font /Subtype /CIDFontType0 /BaseFont /");
    add_name(text, font, parts->digest);
    buf_format(text, " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>\n"
                     "/FontDescriptor %u 0 R /DW 0\n", pdf_object_id(parts->descriptor));
    add_widths(text, font);
    pdf_object_add_text(file, parts->descendant, text);

    buf_clear(text);
    buf_add_string(text, "/Type /Font /Subtype /Type0 /BaseFont /");
    add_name(text, font, parts->digest);
    buf_format(text, " /Encoding /Identity-H /DescendantFonts [%u 0 R] /ToUnicode %u 0 R\n",
               pdf_object_id(parts->descendant), pdf_object_id(parts->unicode));
    pdf_object_add_text(file, parts->type0, text);
}

enum status pdf_font_write(const struct pdf_font *font, struct pdf_file *file, struct pdf_object **object,
                           struct fail *fail)
{
    hb_face_t *face = subset(font);
    if (face != NULL && !is_complete(font, face)) {
        hb_face_destroy(face);
        face = NULL;
    }
    if (face == NULL)
        return FAIL(fail, STATUS_MEMORY, "the font %s could not be reduced to the characters used", font->name);
    struct parts parts = { 0 };
    hb_blob_t *program = hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' '));
    parts.truetype = hb_blob_get_length(program) == 0;
    if (parts.truetype) {
        hb_blob_destroy(program);
        program = hb_face_reference_blob(face);
    }
    hb_face_destroy(face);
    unsigned length;
    const char *bytes = hb_blob_get_data(program, &length);
    pdf_digest(bytes, length, parts.digest);
    struct buf text;
    buf_init(&text, TEXT_MAX);
    parts.program = pdf_stream_new(file, bytes, length, true);
    char entries[40];
    snprintf(entries, sizeof entries, parts.truetype ? "/Length1 %u\n" : "/Subtype /CIDFontType0C\n", length);
    pdf_object_add(file, parts.program, entries, strlen(entries));
    parts.unicode = write_unicode(font, file, &text);
    parts.descriptor = pdf_object_new(file);
    parts.descendant = pdf_object_new(file);
    parts.type0 = pdf_object_new(file);
    write_dictionaries(font, file, &parts, &text);
    enum status status = length == 0 ? FAIL(fail, STATUS_INPUT, "the font %s has no outlines", font->name)
                                     : buf_status(&text, font->name, fail);
    buf_free(&text);
    hb_blob_destroy(program);
    *object = parts.type0;
    return status;
}

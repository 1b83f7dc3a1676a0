/* The file behind the objects: header, streams, bundles of other objects (ISO 32000-1, 7.5.7), cross-reference stream
 * (7.5.8). libharu writes the value of each object; order, numbers and offsets are ours. */
#include "reports/pdf_save.h"

#include <hpdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

enum { BUNDLE = 200, BUNDLE_BYTES_MAX = 64 << 20, ENTRY_BYTES = 7 };

/* Where an object stands: at an offset of the file, or at an index of a bundle. */
enum place_kind { PLACE_FREE, PLACE_OFFSET, PLACE_BUNDLE };
struct place {
    enum place_kind kind;
    size_t at; /* offset, or number of the bundle's object */
    size_t index;
};

struct writer {
    HPDF_Doc doc;
    struct buf *out;
    size_t start; /* of the file in out */
    struct buf bundle, heads;
    HPDF_Stream values, bundled; /* what libharu writes goes to out, or to the bundle */
    struct place *places;
    size_t count, room; /* objects numbered so far; places */
    size_t bundle_count;
    bool failed;
};

static HPDF_STATUS write_bytes(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT length)
{
    struct buf *out = stream->attr;
    buf_add(out, bytes, length);
    return out->failed ? HPDF_FAILD_TO_ALLOC_MEM : HPDF_OK;
}

static void *object_of(const struct writer *writer, size_t number)
{
    HPDF_XrefEntry entry = HPDF_List_ItemAt(writer->doc->xref->entries, (HPDF_UINT)number);
    return entry == NULL ? NULL : entry->obj;
}

static bool is_dictionary(const void *object)
{
    const HPDF_Obj_Header *header = object;
    return header != NULL && (header->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT;
}

static bool is_stream(const void *object)
{
    return is_dictionary(object) && ((const HPDF_Dict_Rec *)object)->stream != NULL;
}

static void write_object(struct writer *writer, size_t number, void *object)
{
    writer->places[number] = (struct place){ .kind = PLACE_OFFSET, .at = writer->out->length - writer->start };
    buf_format(writer->out, "%zu 0 obj\n", number);
    if (HPDF_Obj_WriteValue(object, writer->values, NULL) != HPDF_OK)
        writer->failed = true;
    buf_add_string(writer->out, "\nendobj\n");
}

/* bytes as a stream object of our own, compressed. */
static void write_packed(struct writer *writer, size_t number, const char *entries, const struct buf *bytes)
{
    uLongf length = compressBound((uLong)bytes->length);
    Bytef *room = malloc(length);
    if (room == NULL || compress2(room, &length, (const Bytef *)bytes->bytes, (uLong)bytes->length, 6) != Z_OK) {
        free(room);
        writer->failed = true;
        return;
    }
    writer->places[number] = (struct place){ .kind = PLACE_OFFSET, .at = writer->out->length - writer->start };
    buf_format(writer->out, "%zu 0 obj\n<<%s/Filter/FlateDecode/Length %lu>>\nstream\n", number, entries,
               (unsigned long)length);
    buf_add(writer->out, room, length);
    buf_add_string(writer->out, "\nendstream\nendobj\n");
    free(room);
}

static void end_bundle(struct writer *writer)
{
    char entries[96];
    if (writer->bundle_count == 0)
        return;
    size_t number = writer->count++;
    snprintf(entries, sizeof entries, "/Type/ObjStm/N %zu/First %zu", writer->bundle_count, writer->heads.length);
    buf_add(&writer->heads, writer->bundle.bytes, writer->bundle.length);
    if (writer->heads.failed || writer->bundle.failed)
        writer->failed = true;
    else
        write_packed(writer, number, entries, &writer->heads);
    buf_clear(&writer->heads);
    buf_clear(&writer->bundle);
    writer->bundle_count = 0;
}

static void bundle_object(struct writer *writer, size_t number, void *object)
{
    writer->places[number] = (struct place){ .kind = PLACE_BUNDLE, .at = writer->count, .index = writer->bundle_count };
    buf_format(&writer->heads, "%zu %zu ", number, writer->bundle.length);
    if (HPDF_Obj_WriteValue(object, writer->bundled, NULL) != HPDF_OK)
        writer->failed = true;
    buf_add_byte(&writer->bundle, '\n');
    if (++writer->bundle_count == BUNDLE)
        end_bundle(writer);
}

static void write_objects(struct writer *writer)
{
    size_t own = writer->count;
    /* Streams first: writing one sets the number object that holds its length. */
    for (size_t i = 1; i < own && !writer->failed; i++)
        if (is_stream(object_of(writer, i)))
            write_object(writer, i, object_of(writer, i));
    for (size_t i = 1; i < own && !writer->failed; i++) {
        void *object = object_of(writer, i);
        if (object == NULL || is_stream(object))
            continue;
        if (is_dictionary(object))
            bundle_object(writer, i, object);
        else
            write_object(writer, i, object);
    }
    end_bundle(writer);
}

static void add_field(struct buf *table, size_t value, unsigned bytes)
{
    while (bytes-- > 0)
        buf_add_byte(table, (char)(unsigned char)(value >> 8 * bytes & 0xFF));
}

/* One line an object: kind, offset or bundle, index in the bundle. */
static void write_references(struct writer *writer, const uint8_t id[16])
{
    const size_t number = writer->count++;
    const size_t start = writer->out->length - writer->start;
    char digits[33];
    char entries[256];
    writer->places[number] = (struct place){ .kind = PLACE_OFFSET, .at = start };
    buf_clear(&writer->bundle);
    for (size_t i = 0; i < writer->count; i++) {
        const struct place *place = &writer->places[i];
        add_field(&writer->bundle, place->kind, 1);
        add_field(&writer->bundle, place->at, 4);
        add_field(&writer->bundle, i == 0 ? 65535 : place->index, 2);
    }
    for (size_t i = 0; i < 16; i++)
        snprintf(digits + 2 * i, 3, "%02X", id[i]);
    int length = snprintf(entries, sizeof entries, "/Type/XRef/W[1 4 2]/Size %zu/Root %u 0 R/ID[<%s><%s>]",
                          writer->count, writer->doc->catalog->header.obj_id & 0x00FFFFFFu, digits, digits);
    if (writer->doc->info != NULL && length > 0 && (size_t)length < sizeof entries)
        snprintf(entries + length, sizeof entries - (size_t)length, "/Info %u 0 R",
                 writer->doc->info->header.obj_id & 0x00FFFFFFu);
    write_packed(writer, number, entries, &writer->bundle);
    buf_format(writer->out, "startxref\n%zu\n%%%%EOF\n", start);
}

static void write_all(struct writer *writer, const uint8_t id[16])
{
    buf_add_string(writer->out, "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n");
    write_objects(writer);
    write_references(writer, id);
    if (writer->bundle.failed || writer->heads.failed)
        writer->failed = true;
}

enum status pdf_save(HPDF_Doc doc, const uint8_t id[16], struct buf *out, struct fail *fail)
{
    struct writer writer = { .doc = doc, .out = out, .start = out->length };
    writer.count = doc->xref->entries->count;
    writer.room = writer.count + writer.count / BUNDLE + 3;
    writer.places = calloc(writer.room, sizeof *writer.places);
    buf_init(&writer.bundle, BUNDLE_BYTES_MAX);
    buf_init(&writer.heads, BUNDLE_BYTES_MAX);
    writer.values = HPDF_CallbackWriter_New(doc->mmgr, write_bytes, out);
    writer.bundled = HPDF_CallbackWriter_New(doc->mmgr, write_bytes, &writer.bundle);
    enum status status = STATUS_OK;
    if (writer.places == NULL || writer.values == NULL || writer.bundled == NULL)
        status = FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    else
        write_all(&writer, id);
    if (status == STATUS_OK)
        status = buf_status(out, "PDF", fail);
    if (status == STATUS_OK && (writer.failed || HPDF_GetError(doc) != HPDF_OK))
        status = FAIL(fail, STATUS_IO, "libharu could not write the PDF (error 0x%04lX)", HPDF_GetError(doc));
    if (writer.values != NULL)
        HPDF_Stream_Free(writer.values);
    if (writer.bundled != NULL)
        HPDF_Stream_Free(writer.bundled);
    buf_free(&writer.bundle);
    buf_free(&writer.heads);
    free(writer.places);
    if (status != STATUS_OK)
        out->length = writer.start;
    return status;
}

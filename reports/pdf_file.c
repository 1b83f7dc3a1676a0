/* PDF objects over libharu's object model. */
#include "reports/pdf_file.h"

#include <hpdf.h>
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "reports/pdf_save.h"

struct pdf_object {
    struct pdf_object *next;
    HPDF_Dict dict;
    struct buf entries; /* text of the dictionary besides libharu's own entries */
};

struct pdf_file {
    struct arena *arena;
    HPDF_Doc doc;
    struct pdf_object *first, *last;
    struct pdf_object *catalog, *info;
    HPDF_MD5_CTX digest; /* of streams; entries follow when saving */
    bool failed;
};

enum { ENTRIES_MAX = 16 * 1024 * 1024 };

static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct pdf_object *object = dict->attr;
    if (object->entries.length == 0)
        return HPDF_OK;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)object->entries.bytes, (HPDF_UINT)object->entries.length);
}

static struct pdf_object *wrap(struct pdf_file *file, HPDF_Dict dict)
{
    struct pdf_object *object = dict == NULL || file->failed ? NULL : ARENA_NEW(file->arena, struct pdf_object, 1);
    if (object == NULL) {
        file->failed = true;
        return NULL;
    }
    object->dict = dict;
    buf_init(&object->entries, ENTRIES_MAX);
    if (file->last == NULL)
        file->first = object;
    else
        file->last->next = object;
    file->last = object;
    return object;
}

/* For dictionaries whose attr is free: everything but libharu's pages. */
static struct pdf_object *adopt(struct pdf_file *file, HPDF_Dict dict)
{
    struct pdf_object *object = wrap(file, dict);
    if (object != NULL) {
        dict->attr = object;
        dict->write_fn = write_entries;
    }
    return object;
}

enum status pdf_file_open(struct arena *arena, struct pdf_file **out, struct fail *fail)
{
    struct pdf_file *file = ARENA_NEW(arena, struct pdf_file, 1);
    HPDF_Doc doc = file == NULL ? NULL : HPDF_New(NULL, NULL);
    if (doc == NULL)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    file->arena = arena;
    file->doc = doc;
    doc->pdf_version = HPDF_VER_17;
    HPDF_SetCompressionMode(doc, HPDF_COMP_ALL);
    HPDF_MD5Init(&file->digest);
    file->catalog = adopt(file, doc->catalog);
    file->info = doc->info == NULL ? NULL : adopt(file, doc->info);
    *out = file;
    return STATUS_OK;
}

void pdf_file_close(struct pdf_file *file)
{
    if (file == NULL)
        return;
    for (struct pdf_object *object = file->first; object != NULL; object = object->next)
        buf_free(&object->entries);
    HPDF_Free(file->doc);
    file->doc = NULL;
}

struct pdf_object *pdf_object_new(struct pdf_file *file)
{
    HPDF_Dict dict = HPDF_Dict_New(file->doc->mmgr);
    if (dict != NULL && HPDF_Xref_Add(file->doc->xref, dict) != HPDF_OK)
        dict = NULL;
    return adopt(file, dict);
}

struct pdf_object *pdf_stream_new(struct pdf_file *file, const void *bytes, size_t length, bool compress)
{
    HPDF_Dict dict = HPDF_DictStream_New(file->doc->mmgr, file->doc->xref);
    struct pdf_object *object = adopt(file, dict);
    if (object == NULL)
        return NULL;
    if (compress)
        dict->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
    if (length > UINT32_MAX || HPDF_Stream_Write(dict->stream, bytes, (HPDF_UINT)length) != HPDF_OK)
        file->failed = true;
    HPDF_MD5Update(&file->digest, bytes, (HPDF_UINT32)length);
    return object;
}

/* libharu keeps its own attributes on a page, so our object is found through the page's content stream. */
static HPDF_STATUS write_page(HPDF_Dict dict, HPDF_Stream stream)
{
    HPDF_Dict contents = HPDF_Dict_GetItem(dict, "Contents", HPDF_OCLASS_DICT);
    const struct pdf_object *object = contents == NULL ? NULL : contents->attr;
    if (object == NULL || object->entries.length == 0)
        return HPDF_OK;
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)object->entries.bytes, (HPDF_UINT)object->entries.length);
}

struct pdf_object *pdf_page_new(struct pdf_file *file, double width, double height, const struct pdf_object *resources)
{
    HPDF_Page page = HPDF_AddPage(file->doc);
    struct pdf_object *object = wrap(file, page);
    if (object == NULL || resources == NULL)
        return NULL;
    HPDF_PageAttr attr = page->attr;
    attr->contents->attr = object;
    page->write_fn = write_page;
    HPDF_Page_SetWidth(page, (HPDF_REAL)width);
    HPDF_Page_SetHeight(page, (HPDF_REAL)height);
    HPDF_Dict_Add(page, "Resources", resources->dict);
    return object;
}

void pdf_page_content(struct pdf_file *file, struct pdf_object *page, const struct buf *content)
{
    if (page == NULL || content->length == 0)
        return;
    HPDF_PageAttr attr = page->dict->attr;
    if (content->failed || content->length > UINT32_MAX ||
        HPDF_Stream_Write(attr->stream, (const HPDF_BYTE *)content->bytes, (HPDF_UINT)content->length) != HPDF_OK)
        file->failed = true;
    HPDF_MD5Update(&file->digest, (const HPDF_BYTE *)content->bytes, (HPDF_UINT32)content->length);
}

uint32_t pdf_object_id(const struct pdf_object *object)
{
    return object == NULL ? 0 : object->dict->header.obj_id & 0x00FFFFFFu;
}

void pdf_object_add(struct pdf_file *file, struct pdf_object *object, const char *entries, size_t length)
{
    if (object == NULL)
        return;
    buf_add(&object->entries, entries, length);
    if (object->entries.failed)
        file->failed = true;
}

void pdf_file_fail(struct pdf_file *file)
{
    file->failed = true;
}

void pdf_object_add_text(struct pdf_file *file, struct pdf_object *object, const struct buf *text)
{
    if (text->failed)
        pdf_file_fail(file);
    else
        pdf_object_add(file, object, text->bytes, text->length);
}

void pdf_catalog_add(struct pdf_file *file, const struct buf *text)
{
    pdf_object_add_text(file, file->catalog, text);
}

void pdf_info_add(struct pdf_file *file, const struct buf *text)
{
    pdf_object_add_text(file, file->info, text);
}

void pdf_digest(const void *bytes, size_t length, uint8_t digest[16])
{
    HPDF_MD5_CTX context;
    HPDF_MD5Init(&context);
    HPDF_MD5Update(&context, bytes, (HPDF_UINT32)length);
    HPDF_MD5Final(digest, &context);
}

static void add_unit(struct buf *buf, uint32_t unit)
{
    static const char digits[] = "0123456789ABCDEF";
    char hex[4] = { digits[unit >> 12 & 15], digits[unit >> 8 & 15], digits[unit >> 4 & 15], digits[unit & 15] };
    buf_add(buf, hex, sizeof hex);
}

void pdf_text_string(struct buf *buf, const char *text)
{
    buf_add_string(buf, "<FEFF");
    int32_t point;
    for (size_t length = utf8_next(text, &point); length > 0; length = utf8_next(text += length, &point)) {
        uint32_t unit = (uint32_t)point;
        if (point == '*' && text[1] == '*') {
            length = 2;
            continue;
        }
        if (unit >= 0x10000) {
            add_unit(buf, 0xD800u + ((unit - 0x10000u) >> 10));
            unit = 0xDC00u + ((unit - 0x10000u) & 0x3FFu);
        }
        add_unit(buf, unit);
    }
    buf_add_byte(buf, '>');
}

/* printf is the hot spot of a long report, so numbers are written by hand. */
void pdf_number(struct buf *buf, double number)
{
    if (!isfinite(number) || fabs(number) > 1e6) {
        buf->failed = true;
        return;
    }
    long value = lround(number * 1000.0);
    char digits[24];
    size_t i = sizeof digits;
    unsigned long rest = (unsigned long)(value < 0 ? -value : value);
    unsigned long fraction = rest % 1000;
    for (unsigned place = 0; place < 3; place++, fraction /= 10)
        if (fraction % 10 != 0 || i != sizeof digits)
            digits[--i] = (char)('0' + fraction % 10);
    if (i != sizeof digits)
        digits[--i] = '.';
    rest /= 1000;
    do
        digits[--i] = (char)('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (value < 0)
        digits[--i] = '-';
    buf_add(buf, digits + i, sizeof digits - i);
}

enum status pdf_file_save(struct pdf_file *file, struct buf *out, struct fail *fail)
{
    for (const struct pdf_object *object = file->first; object != NULL; object = object->next)
        if (object->entries.length > 0)
            HPDF_MD5Update(&file->digest, (const HPDF_BYTE *)object->entries.bytes,
                           (HPDF_UINT32)object->entries.length);
    uint8_t id[16];
    HPDF_MD5Final(id, &file->digest);
    if (file->failed)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    return pdf_save(file->doc, id, out, fail);
}

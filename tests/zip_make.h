/* Writes ZIP archives byte by byte, honest and lying ones, for the tests of their readers. */
#ifndef TESTS_ZIP_MAKE_H
#define TESTS_ZIP_MAKE_H

#define ZLIB_CONST
#include <stdint.h>
#include <string.h>
#include <zlib.h>

#include "base/buf.h"

struct zip_make {
    struct buf out;
    struct buf directory;
    unsigned entries;
};

static inline void zip_make_init(struct zip_make *zip)
{
    buf_init(&zip->out, 64 << 20);
    buf_init(&zip->directory, 32 << 20);
    zip->entries = 0;
}

static inline void zip_make_number(struct buf *out, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_add_byte(out, (char)(number >> (8 * i) & 0xFF));
}

/* What the entry says of itself: version, flags, method, time, date, CRC, packed and unpacked size, length of name. */
static inline void zip_make_head(struct buf *out, const char *name, int method, uint32_t crc, size_t packed,
                                 uint32_t size)
{
    zip_make_number(out, 20, 2);
    zip_make_number(out, 0, 2);
    zip_make_number(out, (uint32_t)method, 2);
    zip_make_number(out, 0, 2);
    zip_make_number(out, 0x21, 2);
    zip_make_number(out, crc, 4);
    zip_make_number(out, (uint32_t)packed, 4);
    zip_make_number(out, size, 4);
    zip_make_number(out, (uint32_t)strlen(name), 2);
}

/* bytes are already packed when method is 8 (deflate). */
static inline void zip_make_raw(struct zip_make *zip, const char *name, const char *bytes, size_t packed, int method,
                                uint32_t crc, uint32_t size)
{
    uint32_t place = (uint32_t)zip->out.length;
    buf_add(&zip->out, "PK\3\4", 4);
    zip_make_head(&zip->out, name, method, crc, packed, size);
    zip_make_number(&zip->out, 0, 2);
    buf_add_string(&zip->out, name);
    buf_add(&zip->out, bytes, packed);
    buf_add(&zip->directory, "PK\1\2", 4);
    zip_make_number(&zip->directory, 20, 2);
    zip_make_head(&zip->directory, name, method, crc, packed, size);
    zip_make_number(&zip->directory, 0, 2); /* extra */
    zip_make_number(&zip->directory, 0, 4); /* comment, disk */
    zip_make_number(&zip->directory, 0, 2);
    zip_make_number(&zip->directory, 0, 4);
    zip_make_number(&zip->directory, place, 4);
    buf_add_string(&zip->directory, name);
    zip->entries++;
}

static inline void zip_make_add(struct zip_make *zip, const char *name, const char *bytes, size_t length)
{
    uint32_t crc = (uint32_t)crc32(0, (const unsigned char *)bytes, (uInt)length);
    zip_make_raw(zip, name, bytes, length, 0, crc, (uint32_t)length);
}

/* block as often as said, packed; size: what the archive claims, 0 for the truth. */
static inline void zip_make_packed(struct zip_make *zip, const char *name, const char *begin, const char *block,
                                   size_t times, uint32_t size)
{
    unsigned char room[256 * 1024];
    struct buf packed;
    buf_init(&packed, 32 << 20);
    const char *parts[] = { begin, block };
    for (size_t part = 0; part < 2; part++) {
        z_stream stream = { .next_in = (const unsigned char *)parts[part], .avail_in = (uInt)strlen(parts[part]) };
        (void)deflateInit2(&stream, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
        stream.next_out = room;
        stream.avail_out = sizeof room;
        (void)deflate(&stream, Z_FULL_FLUSH); /* blocks that can be repeated */
        for (size_t i = 0; i < (part == 0 ? 1 : times); i++)
            buf_add(&packed, room, sizeof room - stream.avail_out);
        deflateEnd(&stream);
    }
    buf_add(&packed, "\x03\0", 2); /* an empty last block */
    uint64_t truth = strlen(begin) + (uint64_t)strlen(block) * times;
    zip_make_raw(zip, name, packed.bytes, packed.length, 8, 0, size != 0 ? size : (uint32_t)truth);
    buf_free(&packed);
}

static inline void zip_make_end(struct zip_make *zip)
{
    uint32_t place = (uint32_t)zip->out.length;
    buf_add(&zip->out, zip->directory.bytes, zip->directory.length);
    buf_add(&zip->out, "PK\5\6", 4);
    zip_make_number(&zip->out, 0, 4);
    zip_make_number(&zip->out, zip->entries, 2);
    zip_make_number(&zip->out, zip->entries, 2);
    zip_make_number(&zip->out, (uint32_t)zip->directory.length, 4);
    zip_make_number(&zip->out, place, 4);
    zip_make_number(&zip->out, 0, 2);
    buf_free(&zip->directory);
}

/* The parts of a workbook that every test needs; the sheet itself is added by the test as "xl/worksheets/sheet1.xml".
 */
static inline void zip_make_workbook(struct zip_make *zip, const char *strings, const char *styles)
{
    static const char root[] =
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='r1' "
        "Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' "
        "Target='xl/workbook.xml'/></Relationships>";
    static const char workbook[] =
        "<workbook xmlns:r='u'><sheets><sheet name='survey' sheetId='1' r:id='rId1'/></sheets></workbook>";
    static const char relations[] = "<Relationships><Relationship Id='rId1' Type='x/worksheet' "
                                    "Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='x/sharedStrings' "
                                    "Target='/xl/sharedStrings.xml'/><Relationship Id='rId3' Type='x/styles' "
                                    "Target='styles.xml'/></Relationships>";
    zip_make_init(zip);
    zip_make_add(zip, "_rels/.rels", root, sizeof root - 1);
    zip_make_add(zip, "xl/workbook.xml", workbook, sizeof workbook - 1);
    zip_make_add(zip, "xl/_rels/workbook.xml.rels", relations, sizeof relations - 1);
    if (strings != NULL)
        zip_make_add(zip, "xl/sharedStrings.xml", strings, strlen(strings));
    if (styles != NULL)
        zip_make_add(zip, "xl/styles.xml", styles, strlen(styles));
}

#endif

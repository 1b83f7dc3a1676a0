/* Encodings at the border, on utf8proc. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "base/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Bytes at the start that are below first: 0x80 (ASCII) or more. Eight at a time: files are mostly ASCII, and large. */
static size_t length_below(const char *bytes, size_t length, unsigned char first)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones * 0x80;
    const uint64_t distance = ones * (uint64_t)(0x100 - first); /* carries the lower seven bits into the eighth */
    size_t i = 0;
    for (uint64_t word = 0; i + sizeof word <= length; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        if ((word & ((word & ~high) + distance) & high) != 0)
            break;
    }
    while (i < length && (unsigned char)bytes[i] < first)
        i++;
    return i;
}

static size_t ascii_length(const char *bytes, size_t length)
{
    return length_below(bytes, length, 0x80);
}

/* Before U+0300 (0xCC 0x80), the first combining character, nothing composes and everything is in NFC already. Source: Unicode
 * Standard Annex 15, section 9, NFC_Quick_Check. */
static size_t inert_length(const char *bytes, size_t length)
{
    return length_below(bytes, length, 0xCC);
}

bool utf8_valid(const char *bytes, size_t length)
{
    if (length > 0 && memchr(bytes, '\0', length) != NULL)
        return false;
    for (size_t i = ascii_length(bytes, length); i < length; i += ascii_length(bytes + i, length - i)) {
        utf8proc_int32_t point;
        utf8proc_ssize_t step =
            utf8proc_iterate((const utf8proc_uint8_t *)bytes + i, (utf8proc_ssize_t)(length - i), &point);
        if (step <= 0)
            return false;
        i += (size_t)step;
    }
    return true;
}

size_t utf8_count(const char *string)
{
    size_t count = 0;
    for (; *string != '\0'; string++)
        count += ((unsigned char)*string & 0xC0u) != 0x80u;
    return count;
}

size_t utf8_next(const char *string, int32_t *point)
{
    if (*string == '\0')
        return 0;
    utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)string, -1, point);
    return step > 0 ? (size_t)step : 0;
}

const char *encoding_name(enum encoding encoding)
{
    switch (encoding) {
    case ENCODING_UTF8: return "UTF-8";
    case ENCODING_UTF8_BOM: return "UTF-8 (BOM)";
    case ENCODING_WINDOWS_1252: return "Windows-1252";
    case ENCODING_UTF16LE: return "UTF-16LE";
    }
    return "";
}

void utf8_add(struct buf *out, int32_t point)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t length = utf8proc_encode_char(point, bytes);
    buf_add(out, bytes, (size_t)length);
}

/* 0x80..0x9F of Windows-1252; 0 where undefined. Source: Unicode mapping table CP1252.TXT */
static const uint16_t high_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static enum status from_1252(const char *bytes, size_t length, struct buf *out, struct fail *fail)
{
    for (size_t i = 0; i < length; i++) {
        const size_t plain = ascii_length(bytes + i, length - i);
        const size_t good = plain == 0 || memchr(bytes + i, '\0', plain) == NULL ? plain : strlen(bytes + i);
        buf_add(out, bytes + i, good);
        i += good;
        if (i == length)
            break;
        unsigned char byte = (unsigned char)bytes[i];
        int32_t point = byte >= 0x80 && byte < 0xA0 ? high_1252[byte - 0x80] : byte;
        if (point == 0)
            return FAIL(fail, STATUS_INPUT, "byte %zu is neither UTF-8 nor Windows-1252: save the file as UTF-8",
                        i + 1);
        utf8_add(out, point);
    }
    return STATUS_OK;
}

/* The code point at bytes[*at], which is moved behind it; 0 for what is none. */
static inline int32_t next_utf16le(const unsigned char *bytes, size_t length, size_t *at)
{
    int32_t point = bytes[*at] | bytes[*at + 1] << 8;
    *at += 2;
    if (point < 0xD800)
        return point;
    if (point >= 0xD800 && point < 0xDC00 && *at + 1 < length) {
        int32_t low = bytes[*at] | bytes[*at + 1] << 8;
        if (low >= 0xDC00 && low < 0xE000) {
            point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
            *at += 2;
        }
    }
    return point >= 0xD800 && point < 0xE000 ? 0 : point;
}

static enum status from_utf16le(const char *bytes, size_t length, struct buf *out, struct fail *fail)
{
    for (size_t i = 0; i + 1 < length;) {
        size_t begin = i;
        int32_t point = next_utf16le((const unsigned char *)bytes, length, &i);
        if (point == 0)
            return FAIL(fail, STATUS_INPUT, "byte %zu is not valid UTF-16: save the file as UTF-8", begin + 1);
        utf8_add(out, point);
    }
    return length % 2 == 0 ? STATUS_OK : FAIL(fail, STATUS_INPUT, "the UTF-16 file ends in the middle of a character");
}

bool utf8_replace_utf16(struct buf *own)
{
    utf8proc_uint8_t encoded[4];
    unsigned char *bytes = (unsigned char *)own->bytes;
    size_t length = own->length;
    if (length < 4 || length % 2 != 0 || memcmp(bytes, "\xFF\xFE", 2) != 0)
        return false;
    for (size_t i = 2, room = 0; i < length;) { /* what is written never overtakes what is read */
        int32_t point = next_utf16le(bytes, length, &i);
        room += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
        if (point == 0 || room > i)
            return false;
    }
    size_t made = 0;
    for (size_t i = 2; i < length;) {
        const int32_t point = next_utf16le(bytes, length, &i);
        if (point < 0x80) {
            bytes[made++] = (unsigned char)point;
            continue;
        }
        utf8proc_ssize_t step = utf8proc_encode_char(point, encoded);
        memcpy(bytes + made, encoded, (size_t)step);
        made += (size_t)step;
    }
    explicit_bzero(bytes + made, length - made); /* it may have been about persons */
    char *shorter = realloc(own->bytes, made + 1);
    if (shorter != NULL) {
        own->bytes = shorter;
        own->room = made + 1;
    }
    own->length = made;
    own->bytes[made] = '\0';
    return true;
}

static enum status normalise_line(const char *line, size_t length, struct buf *out, struct fail *fail)
{
    utf8proc_uint8_t *normal = NULL;
    utf8proc_ssize_t made = utf8proc_map((const utf8proc_uint8_t *)line, (utf8proc_ssize_t)length, &normal,
                                         UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (made < 0)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to read the file");
    buf_add(out, normal, (size_t)made);
    free(normal);
    return STATUS_OK;
}

/* Line by line, because a whole file would be held as code points, four bytes each; nothing composes across the end of a line,
 * and what is inert stays what it is. */
static enum status normalise(const char *bytes, size_t length, struct buf *out, struct fail *fail)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < length && status == STATUS_OK && !out->failed;) {
        size_t plain = inert_length(bytes + i, length - i);
        size_t end = i + plain;
        while (plain > 0 && end < length && end > i && bytes[end - 1] != '\n')
            end--; /* the line of the first other character is normalised whole */
        buf_add(out, bytes + i, end - i);
        const char *stop = end < length ? memchr(bytes + end, '\n', length - end) : NULL;
        i = stop == NULL ? length : (size_t)(stop - bytes) + 1;
        if (end < i)
            status = normalise_line(bytes + end, i - end, out, fail);
    }
    if (status == STATUS_OK && out->failed)
        status = FAIL(fail, STATUS_LIMIT, "the file is larger than %zu bytes", out->limit);
    return status;
}

bool utf8_is_normal(const char *bytes, size_t length)
{
    struct buf line;
    if (ascii_length(bytes, length) == length)
        return memchr(bytes, '\0', length) == NULL;
    bool same = utf8_valid(bytes, length) && (length < 3 || memcmp(bytes, "\xEF\xBB\xBF", 3) != 0);
    buf_init(&line, length * 4 + 16);
    for (size_t i = 0; i < length && same;) {
        const char *stop = memchr(bytes + i, '\n', length - i);
        const size_t end = stop == NULL ? length : (size_t)(stop - bytes) + 1;
        buf_clear(&line);
        if (inert_length(bytes + i, end - i) < end - i)
            same = normalise_line(bytes + i, end - i, &line, NULL) == STATUS_OK && line.length == end - i &&
                   memcmp(line.bytes, bytes + i, end - i) == 0;
        i = end;
    }
    if (line.bytes != NULL)
        explicit_bzero(line.bytes, line.room); /* it may have been about persons */
    buf_free(&line);
    return same;
}

enum status utf8_import(const char *bytes, size_t length, struct buf *out, enum encoding *encoding,
                        struct fail *fail)
{
    struct buf raw;
    buf_init(&raw, out->limit);
    enum status status = STATUS_OK;
    const char *text = bytes;
    size_t size = length;
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        *encoding = ENCODING_UTF8_BOM;
        text += 3;
        size -= 3;
        if (!utf8_valid(text, size))
            status = FAIL(fail, STATUS_INPUT, "the file says it is UTF-8 but is not: save it again as UTF-8");
    } else if (length >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0) {
        *encoding = ENCODING_UTF16LE;
        status = from_utf16le(bytes + 2, length - 2, &raw, fail);
    } else if (utf8_valid(bytes, length)) {
        *encoding = ENCODING_UTF8;
    } else {
        *encoding = ENCODING_WINDOWS_1252;
        status = from_1252(bytes, length, &raw, fail);
    }
    if (status == STATUS_OK && (*encoding == ENCODING_UTF16LE || *encoding == ENCODING_WINDOWS_1252)) {
        text = raw.bytes == NULL ? "" : raw.bytes;
        size = raw.length;
        status = raw.failed ? FAIL(fail, STATUS_LIMIT, "the file is larger than %zu bytes", raw.limit) : STATUS_OK;
    }
    if (status == STATUS_OK && text == raw.bytes && out->bytes == NULL && utf8_is_normal(text, size)) {
        *out = raw; /* no second copy of a large file */
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = normalise(text, size, out, fail);
    if (raw.bytes != NULL)
        explicit_bzero(raw.bytes, raw.length); /* it may have been about persons */
    buf_free(&raw);
    return status;
}

enum status utf8_import_own(struct buf *own, enum encoding *encoding, size_t *skip, struct fail *fail)
{
    enum { LONGER = 4 }; /* NFC can lengthen text */
    struct buf text;
    const bool marked = own->length >= 3 && memcmp(own->bytes, "\xEF\xBB\xBF", 3) == 0;
    const bool wide = utf8_replace_utf16(own);
    *skip = marked ? 3 : 0;
    *encoding = wide ? ENCODING_UTF16LE : marked ? ENCODING_UTF8_BOM : ENCODING_UTF8;
    if (own->bytes == NULL || utf8_is_normal(own->bytes + *skip, own->length - *skip))
        return STATUS_OK;
    buf_init(&text, own->length * LONGER + 16);
    enum status status = wide ? normalise(own->bytes, own->length, &text, fail) /* it is UTF-8 already */
                              : utf8_import(own->bytes, own->length, &text, encoding, fail);
    *skip = 0;
    explicit_bzero(own->bytes, own->length); /* it may have been about persons */
    buf_free(own);
    *own = text;
    return status;
}

#include "base/png.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { CHANNELS = 3, FILTER_UP = 2, LEVEL = 4, PART = 65536, TYPE = 4 };

/* Z_RLE below: a line like the one above is all zeros, and longer searches find little more: a quarter less time for a sixth
 * more bytes. */

static void put_number(unsigned char bytes[4], uint32_t number)
{
    for (unsigned i = 0; i < 4; i++)
        bytes[i] = (unsigned char)(number >> (24 - 8 * i));
}

/* Length, type, content, check sum over type and content. */
static void add_chunk(struct buf *out, const char type[TYPE + 1], const unsigned char *content, size_t length)
{
    unsigned char number[4];
    put_number(number, (uint32_t)length);
    buf_add(out, (const char *)number, sizeof number);
    buf_add(out, type, TYPE);
    if (length > 0)
        buf_add(out, (const char *)content, length);
    uLong sum = crc32(0, (const unsigned char *)type, TYPE);
    if (length > 0)
        sum = crc32(sum, content, (uInt)length);
    put_number(number, (uint32_t)sum);
    buf_add(out, (const char *)number, sizeof number);
}

/* One line: which filter, then the difference of each byte to the one above. above NULL: the first line. */
static void filter_row(const uint32_t *row, const uint32_t *above, size_t width, unsigned char *line)
{
    line[0] = FILTER_UP;
    for (size_t i = 0; i < width; i++) {
        const uint32_t now = row[i];
        const uint32_t before = above == NULL ? 0 : above[i];
        for (unsigned c = 0; c < CHANNELS; c++)
            line[1 + CHANNELS * i + c] = (unsigned char)((now >> (16 - 8 * c)) - (before >> (16 - 8 * c)));
    }
}

/* Packs what lies in the stream and adds a chunk for each part that is full; with Z_FINISH also the last one. */
static bool pack(z_stream *stream, int flush, unsigned char *part, struct buf *out)
{
    int state = Z_OK;
    do {
        if (stream->avail_out == 0) {
            add_chunk(out, "IDAT", part, PART);
            stream->next_out = part;
            stream->avail_out = PART;
        }
        state = deflate(stream, flush);
    } while (state == Z_OK && stream->avail_out == 0);
    if (state == Z_STREAM_END)
        add_chunk(out, "IDAT", part, PART - stream->avail_out);
    return state == Z_OK || state == Z_BUF_ERROR || state == Z_STREAM_END;
}

static bool add_rows(const uint32_t *pixels, size_t width, size_t height, size_t stride, struct buf *out)
{
    z_stream stream = { 0 };
    const size_t length = 1 + CHANNELS * width;
    unsigned char *line = malloc(length);
    unsigned char *part = malloc(PART);
    bool good = line != NULL && part != NULL && deflateInit2(&stream, LEVEL, Z_DEFLATED, MAX_WBITS, MAX_MEM_LEVEL, Z_RLE) == Z_OK;
    const bool open = good;
    stream.next_out = part;
    stream.avail_out = PART;
    for (size_t y = 0; y < height && good; y++) {
        filter_row(pixels + y * stride, y == 0 ? NULL : pixels + (y - 1) * stride, width, line);
        stream.next_in = line;
        stream.avail_in = (uInt)length;
        good = pack(&stream, y + 1 == height ? Z_FINISH : Z_NO_FLUSH, part, out);
    }
    if (open)
        (void)deflateEnd(&stream);
    free(line);
    free(part);
    return good;
}

enum status png_write(const uint32_t *pixels, size_t width, size_t height, size_t stride, struct buf *out, struct fail *fail)
{
    static const char signature[] = "\x89PNG\r\n\x1A\n";
    unsigned char header[13] = { [8] = 8 /* bits a channel */, [9] = 2 /* RGB */ };
    struct buf whole;
    if (width == 0 || height == 0 || width > PNG_SIDE_MAX || height > PNG_SIDE_MAX || stride < width)
        return FAIL(fail, STATUS_INPUT, "a picture of %zu × %zu pixels cannot be written as PNG", width, height);
    buf_init(&whole, out->limit);
    put_number(header, (uint32_t)width);
    put_number(header + 4, (uint32_t)height);
    buf_add(&whole, signature, sizeof signature - 1);
    add_chunk(&whole, "IHDR", header, sizeof header);
    const bool good = add_rows(pixels, width, height, stride, &whole);
    add_chunk(&whole, "IEND", NULL, 0);
    if (good)
        return buf_move(out, &whole, "the picture", fail);
    buf_free(&whole);
    return FAIL(fail, STATUS_MEMORY, "out of memory");
}

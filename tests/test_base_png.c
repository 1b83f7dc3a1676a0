/* PNG: what is written unpacks to the pixels, every chunk's check sum is right, sides are bounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/png.h"

enum { STRIDE = 500, ROWS = 300, OUT_MAX = 4 << 20 };

static uint32_t number_at(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Even areas and noise, the highest byte set: it must not be seen. */
static uint32_t pixel(size_t x, size_t y)
{
    const uint32_t noise = (uint32_t)(x * 2654435761u ^ y * 40503u) * 2246822519u;
    return 0xAB000000u | (y % 100 < 50 ? 0x0072B2u : noise & 0xFFFFFFu);
}

/* All IDAT chunks one behind the other; checks the sums of all chunks. */
static void gather(const struct buf *file, struct buf *packed)
{
    const unsigned char *at = (const unsigned char *)file->bytes + 8;
    const unsigned char *end = (const unsigned char *)file->bytes + file->length;
    buf_init(packed, OUT_MAX);
    assert_memory_equal(file->bytes, "\x89PNG\r\n\x1A\n", 8);
    while (at < end) {
        const uint32_t length = number_at(at);
        assert_true(length + 12 <= (size_t)(end - at));
        assert_int_equal(number_at(at + 8 + length), crc32(0, at + 4, length + 4));
        if (memcmp(at + 4, "IDAT", 4) == 0)
            buf_add(packed, (const char *)at + 8, length);
        if (memcmp(at + 4, "IEND", 4) == 0)
            assert_int_equal(end - at, 12);
        at += length + 12;
    }
    assert_ptr_equal(at, end);
}

static struct size {
    const char *name;
    size_t width, height;
} sizes[] = {
    { "one pixel", 1, 1 },
    { "one line", STRIDE, 1 },
    { "narrower than its rows, many chunks", STRIDE - 1, ROWS },
};

static void check_pixels(void **state)
{
    static uint32_t pixels[STRIDE * ROWS];
    const struct size *size = *state;
    const size_t line = 1 + 3 * size->width;
    uLongf length = (uLongf)(line * size->height);
    unsigned char *rows = malloc(length);
    struct fail fail = { 0 };
    struct buf file, packed;
    for (size_t i = 0; i < STRIDE * ROWS; i++)
        pixels[i] = pixel(i % STRIDE, i / STRIDE);
    buf_init(&file, OUT_MAX);
    if (png_write(pixels, size->width, size->height, STRIDE, &file, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    gather(&file, &packed);
    assert_non_null(rows);
    assert_int_equal(uncompress(rows, &length, (const unsigned char *)packed.bytes, (uLong)packed.length), Z_OK);
    assert_int_equal(length, line * size->height);
    for (size_t y = 0; y < size->height; y++) {
        assert_int_equal(rows[y * line], 2); /* the difference to the line above */
        for (size_t i = 1; i < line; i++) {
            rows[y * line + i] = (unsigned char)(rows[y * line + i] + (y == 0 ? 0 : rows[(y - 1) * line + i]));
            assert_int_equal(rows[y * line + i], pixels[y * STRIDE + (i - 1) / 3] >> (16 - 8 * ((i - 1) % 3)) & 255);
        }
    }
    free(rows);
    buf_free(&packed);
    buf_free(&file);
}

static void check_refused(void **state)
{
    (void)state;
    static const size_t sides[][3] = { { 0, 1, 1 }, { 1, 0, 1 }, { PNG_SIDE_MAX + 1, 1, PNG_SIDE_MAX + 1 }, { 2, 1, 1 } };
    const uint32_t pixels[2] = { 0 };
    struct buf file;
    buf_init(&file, OUT_MAX);
    for (size_t i = 0; i < COUNT(sides); i++)
        assert_int_equal(png_write(pixels, sides[i][0], sides[i][1], sides[i][2], &file, NULL), STATUS_INPUT);
    assert_int_equal(file.length, 0);
    buf_free(&file);
    buf_init(&file, 20); /* a full buffer is left as it was */
    assert_int_not_equal(png_write(pixels, 1, 1, 1, &file, NULL), STATUS_OK);
    assert_int_equal(file.length, 0);
    buf_free(&file);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(sizes) + 1];
    for (size_t i = 0; i < COUNT(sizes); i++)
        tests[i] = (struct CMUnitTest){ sizes[i].name, check_pixels, NULL, NULL, &sizes[i] };
    tests[COUNT(sizes)] = (struct CMUnitTest){ "sides out of bounds", check_refused, NULL, NULL, NULL };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

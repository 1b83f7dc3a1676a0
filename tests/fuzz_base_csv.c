/* Arbitrary bytes as a CSV file: never a crash, never an unbounded allocation. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void ignore(void *context, uint32_t line, const char *message)
{
    (void)context;
    (void)line;
    (void)message;
}

/* Both ways of reading see the same rows, and every field ends inside the text. */
static void check_same(const struct csv *copied, const struct csv *own)
{
    if (copied->row_count != own->row_count || copied->column_count != own->column_count)
        abort();
    for (size_t row = 0; row < own->row_count; row++)
        for (size_t column = 0; column < own->column_count; column++) {
            const char *field = csv_field(own, row, column);
            if (field < own->text || field + strlen(field) > own->text + own->text_length ||
                strcmp(field, csv_field(copied, row, column)) != 0)
                abort();
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct csv copied, own;
    struct buf cut;
    buf_init(&cut, 1 << 20);
    buf_add(&cut, bytes, length);
    arena_init(&arena, 64 << 20);
    enum status first = csv_read(&arena, (const char *)bytes, length, &copied, ignore, NULL, NULL);
    enum status second = csv_read_own(&arena, &cut, &own, ignore, NULL, NULL);
    if (first != second)
        abort();
    if (first == STATUS_OK || first == STATUS_INPUT)
        check_same(&copied, &own);
    arena_free(&arena);
    buf_free(&cut);
    return 0;
}

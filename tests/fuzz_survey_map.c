/* Fuzz: a column map, and a file read through it. The first part, up to a NUL, is the map. */
#include <stdlib.h>
#include <string.h>

#include "survey/import_private.h"

static void ignore(void *context, uint32_t line, const char *message)
{
    (void)context;
    (void)line;
    (void)message;
}

/* Every field can be read to its end. */
static void look_at(const struct csv *csv)
{
    size_t sum = 0;
    for (size_t row = 0; row < csv->row_count; row++)
        for (size_t column = 0; column < csv->column_count; column++)
            sum += strlen(csv_field(csv, row, column));
    if (sum == SIZE_MAX)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const uint8_t *end = memchr(bytes, '\0', length);
    size_t first = end == NULL ? length : (size_t)(end - bytes);
    struct arena arena;
    struct import_map map;
    struct csv csv, mapped;
    struct buf named;
    const char *missing = NULL;
    arena_init(&arena, 64 << 20);
    buf_init(&named, 1 << 20);
    if (import_map_read(&arena, (const char *)bytes, first, &map, NULL) == STATUS_OK && end != NULL) {
        const char *file = (const char *)end + 1;
        size_t rest = length - first - 1;
        enum status status = import_map_date(&map, map.asks ? "2026-06-30" : NULL, NULL);
        const struct import_file fixed = { .kind = map.kind, .bytes = file, .length = rest, .map = &map };
        if (status == STATUS_OK && map.headless && !map.fixed) {
            status = import_map_names(file, rest, &named, NULL);
            buf_add(&named, file, rest);
            file = named.bytes;
            rest = named.length;
        }
        if (status == STATUS_OK)
            status = map.fixed ? import_fixed_read(&arena, &fixed, &csv, NULL) : csv_read(&arena, file, rest, &csv, ignore, NULL, NULL);
        if (status == STATUS_OK && import_map_apply(&arena, &map, &csv, &mapped, &missing, NULL) == STATUS_OK)
            look_at(&mapped);
    }
    buf_free(&named);
    arena_free(&arena);
    return 0;
}

/* Fuzz: a column map, and a file read through it. The first part, up to a NUL, is the map. */
#include <string.h>

#include "survey/import_map.h"

static void ignore(void *context, uint32_t line, const char *message)
{
    (void)context;
    (void)line;
    (void)message;
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
        enum status status = STATUS_OK;
        if (map.headless) {
            status = import_map_name(file, rest, &named, NULL);
            file = named.bytes;
            rest = named.length;
        }
        if (status == STATUS_OK && csv_read(&arena, file, rest, &csv, ignore, NULL, NULL) == STATUS_OK)
            (void)import_map_apply(&arena, &map, &csv, &mapped, &missing, NULL);
    }
    buf_free(&named);
    arena_free(&arena);
    return 0;
}

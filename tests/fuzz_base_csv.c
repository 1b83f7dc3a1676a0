/* Arbitrary bytes as a CSV file: never a crash, never an unbounded allocation. */
#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void ignore(void *context, uint32_t line, const char *message)
{
    (void)context;
    (void)line;
    (void)message;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct csv csv;
    arena_init(&arena, 64 << 20);
    (void)!csv_read(&arena, (const char *)bytes, length, &csv, ignore, NULL, NULL);
    arena_free(&arena);
    return 0;
}

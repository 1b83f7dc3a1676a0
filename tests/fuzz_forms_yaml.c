/* Arbitrary bytes as a questionnaire. */
#include "forms/form_yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void ignore(void *context, const char *where, const char *message)
{
    (void)context;
    (void)where;
    (void)message;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    const struct form *form = NULL;
    arena_init(&arena, 64 << 20);
    (void)!form_parse_yaml(&arena, "fuzz.yaml", (const char *)bytes, length, &form, ignore, NULL, NULL);
    arena_free(&arena);
    return 0;
}

/* Arbitrary bytes as a LimeSurvey file. */
#include "forms/format.h"

extern const struct format format_limesurvey;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void ignore(void *context, const char *where, const char *what, const char *instead)
{
    (void)context;
    (void)where;
    (void)what;
    (void)instead;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    const struct form *form = NULL;
    const struct form_hooks hooks = { .lost = ignore };
    arena_init(&arena, 64 << 20);
    (void)!format_limesurvey.read(&arena, "fuzz.lss", (const char *)bytes, length, &form, &hooks, NULL);
    arena_free(&arena);
    return 0;
}

/* Arbitrary bytes as an XLSForm in CSV and in Markdown: never a crash, and a form that is read can be checked. */
#include "forms/form_check.h"
#include "forms/format.h"

extern const struct format format_xlsform;

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void ignore_loss(void *context, const char *where, const char *what, const char *instead)
{
    (void)context;
    (void)where;
    (void)what;
    (void)instead;
}

static void read_as(const char *name, const uint8_t *bytes, size_t length)
{
    struct arena arena;
    const struct form *form = NULL;
    struct form_hooks hooks = { .lost = ignore_loss };
    struct fail fail = { 0 };
    arena_init(&arena, 32 << 20);
    if (format_xlsform.read(&arena, name, (const char *)bytes, length, &form, &hooks, &fail) == STATUS_OK)
        form_check(form, NULL, NULL, NULL, NULL);
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    read_as("fuzz.csv", bytes, length);
    read_as("fuzz.md", bytes, length);
    return 0;
}

/* Small helpers of the tests of forms/. */
#ifndef TESTS_FORMS_FIXTURE_H
#define TESTS_FORMS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "forms/format.h"

struct fixture {
    struct arena arena;
    const struct form *form;
};

static inline void fixture_print(void *context, const char *where, const char *message)
{
    (void)context;
    print_error("%s: %s\n", where, message);
}

/* path: of a file, or the name of a shipped form. */
static inline void fixture_open(struct fixture *fixture, const char *path)
{
    arena_init(&fixture->arena, 32 << 20);
    struct fail fail = { 0 };
    if (form_read(&fixture->arena, path, &fixture->form, fixture_print, NULL, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
}

#define SMALL_FORM SOURCE_DIR "/tests/data/forms/small.yaml"

#endif

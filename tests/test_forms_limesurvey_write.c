/* A form to LimeSurvey and back is the same form, or the report says what is not. */
#include "forms_fixture.h"

#include <stdio.h>

#include "forms/form_check.h"
#include "forms/form_yaml_write.h"
#include "forms/format.h"
#include "forms/qtype.h"

extern const struct format format_limesurvey;

static void collect(void *context, const char *where, const char *what, const char *instead)
{
    buf_format(context, "%s: %s [%s]\n", where, what, instead != NULL ? instead : "");
}

static void print_difference(const char *left, const char *right)
{
    while (*left != '\0' && *left == *right) {
        left++;
        right++;
    }
    print_error("ours:\n%.300s\n--- back:\n%.300s\n", left, right);
}

static void check_there_and_back(const struct form *form, const char *name)
{
    struct arena arena;
    struct fail fail = { 0 };
    struct buf lss, first, second, lost;
    const struct form *back = NULL;
    arena_init(&arena, 128 << 20);
    buf_init(&lss, 32 << 20);
    buf_init(&first, 8 << 20);
    buf_init(&second, 8 << 20);
    buf_init(&lost, 8 << 20);
    buf_add_string(&lost, "");
    const struct form_hooks hooks = { .lost = collect, .context = &lost };
    if (format_limesurvey.write(form, NULL, &lss, &fail) != STATUS_OK ||
        format_limesurvey.read(&arena, name, lss.bytes, lss.length, &back, &hooks, &fail) != STATUS_OK ||
        form_write_yaml(form, &first, &fail) != STATUS_OK || form_write_yaml(back, &second, &fail) != STATUS_OK)
        fail_msg("%s: %s", name, fail.what);
    if (strcmp(first.bytes, second.bytes) != 0) {
        print_difference(first.bytes, second.bytes);
        fail_msg("%s is not the same after LimeSurvey:\n%s", name, lost.bytes);
    }
    buf_free(&lss);
    buf_free(&first);
    buf_free(&second);
    buf_free(&lost);
    arena_free(&arena);
}

static const char *files[] = { "open_administration", SMALL_FORM, SOURCE_DIR "/tests/data/forms/paper.yaml",
                                     SOURCE_DIR "/tests/data/forms/all_types.yaml",
                                     SOURCE_DIR "/tests/data/forms/rtl.yaml" };

static void check_file(void **state)
{
    const char **file = *state;
    struct fixture fixture = { 0 };
    fixture_open(&fixture, *file);
    check_there_and_back(fixture.form, *file);
    arena_free(&fixture.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(files)];
    for (size_t i = 0; i < COUNT(files); i++)
        tests[i] = (struct CMUnitTest){ files[i], check_file, NULL, NULL, &files[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

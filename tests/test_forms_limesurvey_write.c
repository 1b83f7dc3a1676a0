/* A form to LimeSurvey and back is the same form, or the report says what is not. */
#include "forms_generate.h"

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
    print_error("ours:\n%.100s\n--- back:\n%.100s\n", left, right);
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
                               SOURCE_DIR "/tests/data/forms/all_types.yaml", SOURCE_DIR "/tests/data/forms/rtl.yaml" };

static void check_file(void **state)
{
    const char **file = *state;
    struct fixture fixture = { 0 };
    fixture_open(&fixture, *file);
    check_there_and_back(fixture.form, *file);
    arena_free(&fixture.arena);
}

/* What LimeSurvey does not act on stands in the report: conditions of pages and questions, checks, values. */
static void check_report(void **state)
{
    (void)state;
    struct fixture fixture = { 0 };
    struct buf lss, lost;
    fixture_open(&fixture, SOURCE_DIR "/tests/data/forms/branches.yaml");
    buf_init(&lss, 32 << 20);
    buf_init(&lost, 1 << 20);
    const struct form_hooks hooks = { .lost = collect, .context = &lost };
    struct fail fail = { 0 };
    if (format_limesurvey.write(fixture.form, &hooks, &lss, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    static const char *const places[] = { "\nB: A condition", "\nQ2: A condition", "\nN1: A condition",
                                          "\nK1: A condition" };
    struct buf report;
    buf_init(&report, 1 << 20);
    buf_format(&report, "\n%s", lost.bytes);
    for (size_t i = 0; i < COUNT(places); i++)
        if (strstr(report.bytes, places[i]) == NULL)
            fail_msg("the report lacks %s:%s", places[i] + 1, report.bytes);
    assert_null(strstr(report.bytes, "\nA: "));
    buf_free(&report);
    buf_free(&lss);
    buf_free(&lost);
    arena_free(&fixture.arena);
}

/* LimeSurvey's file is XML, which has no control characters: the report says so, the test leaves them out. */
static void clean(const struct text *text)
{
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++)
        for (char *at = (char *)(uintptr_t)text->in[i]; at != NULL && *at != '\0'; at++)
            if ((unsigned char)*at < ' ' && *at != '\n' && *at != '\t')
                *at = 'c';
}

static const struct form *cleaned(const struct form *form)
{
    clean(&form->title);
    for (size_t i = 0; i < form->page_count; i++) {
        clean(&form->pages[i].title);
        clean(&form->pages[i].intro);
    }
    for (size_t i = 0; i < form->notice_count; i++)
        clean(&form->notices[i].body);
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        const struct text *texts[] = { &item->label, &item->hint, &item->unit,
                                       &item->low,   &item->high, &item->valid_text };
        for (size_t j = 0; j < COUNT(texts); j++)
            clean(texts[j]);
        for (size_t j = 0; j < item->option_count; j++)
            clean(&item->options[j].label);
    }
    return form;
}

/* Forms at random, as awkward as a form may be. */
static void check_generated(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct arena arena;
        char name[32];
        arena_init(&arena, 32 << 20);
        snprintf(name, sizeof name, "seed %u", (unsigned)seed);
        check_there_and_back(cleaned(generate_form(&arena, seed)), name);
        arena_free(&arena);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(files) + 2];
    for (size_t i = 0; i < COUNT(files); i++)
        tests[i] = (struct CMUnitTest){ files[i], check_file, NULL, NULL, &files[i] };
    tests[COUNT(files)] = (struct CMUnitTest){ "generated forms", check_generated, NULL, NULL, NULL };
    tests[COUNT(files) + 1] = (struct CMUnitTest){ "the report", check_report, NULL, NULL, NULL };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* What is written as XLSForm reads back as the same questionnaire: forms made at random, and the shipped ones. */
#include "forms_equal.h"
#include "forms_generate.h"

#include "forms/format.h"

extern const struct format format_xlsform;

struct seen {
    struct buf lost;
    size_t faults;
};

static void on_fault(void *context, const char *where, const char *message)
{
    struct seen *seen = context;
    print_error("%s: %s\n", where, message);
    seen->faults++;
}

static void on_lost(void *context, const char *where, const char *what, const char *instead)
{
    struct seen *seen = context;
    buf_format(&seen->lost, "%s: %s (%s)\n", where, what, instead != NULL ? instead : "-");
}

/* lost: what the writer reports; the reader of a file that this program wrote reports nothing. */
static void round_trip(struct arena *arena, const struct form *form, const struct form **again, struct buf *lost)
{
    struct seen writing = { 0 };
    struct seen reading = { 0 };
    struct fail fail = { 0 };
    struct buf bytes;
    buf_init(&bytes, 16 << 20);
    buf_init(&writing.lost, 1 << 20);
    buf_init(&reading.lost, 1 << 20);
    buf_add(&writing.lost, "", 0);
    struct form_hooks hooks = { on_fault, on_lost, &writing };
    if (format_xlsform.write(form, &hooks, &bytes, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    hooks.context = &reading;
    if (format_xlsform.read(arena, "written.xlsx", bytes.bytes, bytes.length, again, &hooks, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    if (lost != NULL)
        buf_add_string(lost, writing.lost.bytes);
    else if (reading.lost.length > 0)
        fail_msg("%s", reading.lost.bytes);
    buf_free(&bytes);
    buf_free(&writing.lost);
    buf_free(&reading.lost);
}

/* What no cell of a spreadsheet keeps, which the writer says: blanks around a text and control characters. */
static void clean(struct text *text)
{
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++) {
        char *string = (char *)(uintptr_t)text->in[i]; /* the generator's own memory */
        if (string == NULL)
            continue;
        for (char *c = string; *c != '\0'; c++)
            if ((unsigned char)*c < ' ' && *c != '\n' && *c != '\t')
                *c = 'c';
        while (*string != '\0' && strchr(" \t\n", *string) != NULL)
            *string++ = 'b';
        string = (char *)(uintptr_t)text->in[i];
        if (strncmp(string, "\xC2\xA0", 2) == 0)
            memcpy(string, "nb", 2);
        size_t length = strlen(string);
        for (; length > 0 && strchr(" \t\n", string[length - 1]) != NULL; length--)
            string[length - 1] = 'b';
        length = strlen(string);
        if (length >= 2 && memcmp(string + length - 2, "\xC2\xA0", 2) == 0)
            memcpy(string + length - 2, "nb", 2);
    }
}

static void clean_form(const struct form *form)
{
    struct form *own = (struct form *)(uintptr_t)form;
    struct text version = { .in = { form->version } };
    clean(&own->title);
    clean(&version);
    for (size_t i = 0; i < form->page_count; i++) {
        struct page *page = (struct page *)(uintptr_t)&form->pages[i];
        clean(&page->title);
        clean(&page->intro);
    }
    for (size_t i = 0; i < form->notice_count; i++)
        clean(&((struct notice *)(uintptr_t)&form->notices[i])->body);
    for (size_t i = 0; i < form->item_count; i++) {
        struct item *item = (struct item *)(uintptr_t)&form->items[i];
        struct text *texts[] = { &item->label, &item->hint, &item->unit, &item->low, &item->high,
                                 &item->valid_text };
        for (size_t j = 0; j < COUNT(texts); j++)
            clean(texts[j]);
        for (size_t j = 0; j < item->option_count; j++)
            clean((struct text *)(uintptr_t)&item->options[j].label);
    }
}

static void random_forms(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct arena arena;
        const struct form *again = NULL;
        arena_init(&arena, 64 << 20);
        const struct form *form = generate_form(&arena, seed);
        clean_form(form);
        round_trip(&arena, form, &again, NULL);
        equal_form(form, again);
        arena_free(&arena);
    }
}

static void shipped_forms(void **state)
{
    static const char *const forms[] = { "open_administration", SMALL_FORM, SOURCE_DIR "/tests/data/forms/paper.yaml" };
    (void)state;
    for (size_t i = 0; i < COUNT(forms); i++) {
        struct fixture fixture;
        const struct form *again = NULL;
        fixture_open(&fixture, forms[i]);
        round_trip(&fixture.arena, fixture.form, &again, NULL);
        equal_form(fixture.form, again);
        arena_free(&fixture.arena);
    }
}

static void losses_are_said(void **state)
{
    (void)state;
    struct arena arena;
    struct buf lost;
    const struct form *again = NULL;
    arena_init(&arena, 64 << 20);
    buf_init(&lost, 1 << 20);
    const struct form *form = generate_form(&arena, 7);
    struct form own = *form;
    own.title = (struct text){ .in = { " around\x01 " } };
    round_trip(&arena, &own, &again, &lost);
    assert_string_equal(again->title.in[0], "around");
    assert_non_null(strstr(lost.bytes, "generated: blanks and line ends around texts"));
    assert_non_null(strstr(lost.bytes, "generated: control characters in texts"));
    buf_free(&lost);
    arena_free(&arena);
}

/* The same form is the same file, whenever it is written. */
static void same_bytes(void **state)
{
    (void)state;
    struct fixture fixture;
    struct buf files[2];
    fixture_open(&fixture, SMALL_FORM);
    for (size_t i = 0; i < COUNT(files); i++) {
        buf_init(&files[i], 1 << 20);
        assert_int_equal(format_xlsform.write(fixture.form, NULL, &files[i], NULL), STATUS_OK);
    }
    assert_int_equal(files[0].length, files[1].length);
    assert_memory_equal(files[0].bytes, files[1].bytes, files[0].length);
    buf_free(&files[0]);
    buf_free(&files[1]);
    arena_free(&fixture.arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_forms),
        cmocka_unit_test(random_forms),
        cmocka_unit_test(losses_are_said),
        cmocka_unit_test(same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Golden text: what each section says of a release made by hand, in German and English, word for word as Markdown.
 * Renewed on purpose with QUERSCHNITT_GOLDEN=write; the difference is then read before it is committed. How it looks is
 * the business of the tests of the PDF. */
#include "tests/pdf_check.h"

#include "reports/section.h"
#include "tests/release_fixture.h"

enum { CASES_MAX = 96 };

static struct golden_case {
    char name[48];
    const struct section *section;
    const char *language;
} cases[CASES_MAX];

static void check_section(void **state)
{
    const struct golden_case *row = *state;
    const struct language *language = language_find(row->language, NULL);
    struct fail fail = { 0 };
    struct doc doc;
    struct buf text;
    char golden[400];
    assert_non_null(language);
    make_release(FILL_SHOWN, WORD_SLIGHTLY_LOWER);
    doc_init(&doc, &world.arena, language);
    row->section->build(&world.release, &doc);
    buf_init(&text, 1 << 20);
    if (doc_status(&doc, &fail) != STATUS_OK || doc_write_markdown(&doc, &text, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    buf_add_string(&text, doc.first == NULL ? "\n" : ""); /* nothing to say without the city's texts */
    snprintf(golden, sizeof golden, "%s/tests/data/sections/%s.md", SOURCE_DIR, row->name);
    pdf_golden(&text, golden);
    buf_free(&text);
    arena_free(&world.arena);
}

int main(void)
{
    static const char *const spoken[] = { "de", "en" };
    struct CMUnitTest tests[CASES_MAX];
    size_t count = 0;
    for (size_t i = 0; sections[i] != NULL; i++)
        for (size_t j = 0; j < COUNT(spoken) && count < CASES_MAX; j++) {
            struct golden_case *row = &cases[count];
            *row = (struct golden_case){ .section = sections[i], .language = spoken[j] };
            snprintf(row->name, sizeof row->name, "%s-%s", sections[i]->id, spoken[j]);
            tests[count++] = (struct CMUnitTest){ row->name, check_section, NULL, NULL, row };
        }
    return _cmocka_run_group_tests("golden text of the sections", tests, count, NULL, NULL);
}

/* The whole report of cities as they may come: tiny and huge, five and two hundred departments, names of ninety
 * characters, everything secret, nobody answered, one wave and ten. Each file must be valid and look right on every
 * page (tests/layout_check.py). */
#include "tests/pdf_check.h"
#include "tests/release_fixture.h"

static struct city {
    const char *name;
    struct world_shape shape;
    const char *language;
    size_t pages_most; /* a report that nobody reads is a fault too */
} cities[] = {
    { "small", { .word = WORD_UNDECIDED, .units = 5, .waves = 1, .staff = 300 }, "de", 30 },
    { "large", { .word = WORD_HIGHER, .units = 200, .waves = 2, .staff = 60000, .long_names = true }, "de", 120 },
    { "large", { .word = WORD_HIGHER, .units = 200, .waves = 2, .staff = 60000, .long_names = true }, "en", 120 },
    { "history", { .word = WORD_SLIGHTLY_LOWER, .units = 24, .waves = 10, .long_names = true }, "de", 40 },
    { "history", { .word = WORD_SLIGHTLY_LOWER, .units = 24, .waves = 10 }, "en", 40 },
    { "secret", { .fill = FILL_SECRET, .units = 24, .waves = 2 }, "de", 30 },
    { "secret", { .fill = FILL_SECRET, .units = 24, .waves = 2 }, "en", 30 },
    { "nobody", { .fill = FILL_NOTHING }, "de", 12 },
    { "nobody", { .fill = FILL_NOTHING }, "en", 12 },
};

/* Every fault the typographer's eye finds, where its tools are installed. */
static void look(const char *path, const char *option)
{
    char command[1200];
    struct buf found;
    if (system("/usr/bin/python3 -c 'import pikepdf' >/dev/null 2>&1") != 0)
        return;
    snprintf(command, sizeof command, "/usr/bin/python3 '%s/tests/layout_check.py' %s '%s' || true", SOURCE_DIR, option,
             path);
    pdf_output(command, &found);
    if (found.length > 0)
        fail_msg("%.3000s", found.bytes);
    buf_free(&found);
}

static void check_city(void **state)
{
    const struct city *city = *state;
    struct doc doc;
    struct buf out;
    struct fail fail = { 0 };
    char path[1024];
    size_t pages = 0;
    make_release_of(&city->shape);
    doc_init(&doc, &world.arena, language_find(city->language, NULL));
    report_build(&world.release, NULL, &doc);
    buf_init(&out, 64 << 20);
    if (doc_status(&doc, &fail) != STATUS_OK || doc_write_pdf(&doc, &out, &pages, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    snprintf(path, sizeof path, "%s/report-%s.%s.pdf", BINARY_DIR, city->name, city->language);
    pdf_keep(&out, path);
    buf_free(&out);
    arena_free(&world.arena);
    print_message("%zu pages\n", pages);
    assert_true(pages >= 2 && pages <= city->pages_most);
    pdf_sound(path);
    look(path, "");
}

/* The eye itself: faults planted into a report that has none. */
static void check_eye(void **state)
{
    (void)state;
    look(BINARY_DIR "/report-small.de.pdf", "--selftest");
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cities) + 1];
    char names[COUNT(cities)][40];
    for (size_t i = 0; i < COUNT(cities); i++) {
        snprintf(names[i], sizeof names[i], "%s, %s", cities[i].name, cities[i].language);
        tests[i] = (struct CMUnitTest){ names[i], check_city, NULL, NULL, &cities[i] };
    }
    tests[COUNT(cities)] = (struct CMUnitTest){ "planted faults are found", check_eye, NULL, NULL, NULL };
    return cmocka_run_group_tests_name("reports of all cities", tests, NULL, NULL);
}

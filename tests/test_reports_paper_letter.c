/* Letters of invitation: reading order, one page each, QR codes, languages, limits. */
#include "tests/paper_fixture.h"

static struct paper_letter letter_of(struct arena *arena, size_t position, const char *language)
{
    return (struct paper_letter){ .code = paper_code_of(arena, position),
                                  .recipient = { "Dr. Beate Beispiel-Özdemir", "Amt für Jugend und Familie",
                                                 "Hauspost 4711", NULL },
                                  .language = language_find(language, language_default) };
}

static enum status print(const struct paper_wave *wave, const struct paper_letter letters[], size_t count,
                         struct buf *out, struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, 64 << 20);
    buf_init(out, 256 << 20);
    enum status status = paper_letters(&arena, wave, letters, count, out, fail);
    arena_free(&arena);
    return status;
}

static void check_text(void **state)
{
    const char *language = *state;
    char path[400];
    char golden[400];
    struct arena arena;
    struct buf out;
    struct fail fail = { 0 };
    arena_init(&arena, 1 << 20);
    const struct paper_wave wave = paper_wave_of(language);
    const struct paper_letter letter = letter_of(&arena, 0, language);
    snprintf(path, sizeof path, "%s/paper-letter-%s.pdf", BINARY_DIR, language);
    snprintf(golden, sizeof golden, "%s/tests/data/paper/letter-%s.txt", SOURCE_DIR, language);
    if (print(&wave, &letter, 1, &out, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    pdf_keep(&out, path);
    buf_free(&out);
    pdf_check(path);
    paper_text(path, language, &out);
    pdf_golden(&out, golden);
    buf_free(&out);
    arena_free(&arena);
}

/* Two letters of two languages: two pages, each with its own code, in both writings. */
static void check_pages(void **state)
{
    (void)state;
    const char *path = BINARY_DIR "/paper-letters.pdf";
    struct arena arena;
    struct buf out;
    struct buf found;
    arena_init(&arena, 1 << 20);
    const struct paper_wave wave = paper_wave_of("de");
    const struct paper_letter letters[] = { letter_of(&arena, 0, "de"), letter_of(&arena, 1, "en") };
    assert_int_equal(print(&wave, letters, COUNT(letters), &out, NULL), STATUS_OK);
    pdf_keep(&out, path);
    buf_free(&out);
    pdf_check(path);
    for (size_t i = 0; i < COUNT(letters); i++) {
        char command[700];
        snprintf(command, sizeof command,
                 "cd '%s' && pdftotext -f %zu -l %zu paper-letters.pdf - && pdftoppm -f %zu -l %zu -r 120 -singlefile "
                 "-png paper-letters.pdf paper-letters && zbarimg --nodbus --quiet --raw paper-letters.png",
                 BINARY_DIR, i + 1, i + 1, i + 1, i + 1);
        pdf_output(command, &found);
        assert_non_null(strstr(found.bytes, letters[i].code.code));
        assert_non_null(strstr(found.bytes, letters[i].code.link));
        assert_null(strstr(found.bytes, letters[1 - i].code.code));
        assert_non_null(strstr(found.bytes, i == 0 ? "Was wir versprechen" : "What we promise"));
        buf_free(&found);
    }
    arena_free(&arena);
}

/* Fonts once, whatever the number of letters; the same letters, the same bytes. */
static void check_many(void **state)
{
    (void)state;
    enum { MANY = 200 };
    struct arena arena;
    struct buf one;
    struct buf two;
    arena_init(&arena, 16 << 20);
    const struct paper_wave wave = paper_wave_of("de");
    struct paper_letter letters[MANY];
    for (size_t i = 0; i < MANY; i++)
        letters[i] = letter_of(&arena, i, i % 2 == 0 ? "de" : "en");
    assert_int_equal(print(&wave, letters, MANY, &one, NULL), STATUS_OK);
    assert_int_equal(print(&wave, letters, MANY, &two, NULL), STATUS_OK);
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.bytes, two.bytes, one.length);
    assert_true(one.length < 100000 + MANY * 10000);
    buf_free(&one);
    buf_free(&two);
    arena_free(&arena);
}

static char long_text[2001];

static struct refusal {
    const char *name;
    const char *city, *line, *council, *closes;
    size_t count;
    enum status status;
    const char *what;
} refusals[] = {
    { "no letter", NULL, NULL, NULL, NULL, 0, STATUS_INPUT, "no letter" },
    { "too many letters", NULL, NULL, NULL, NULL, 10001, STATUS_LIMIT, "10000" },
    { "a city of 2,000 characters", long_text, NULL, NULL, NULL, 1, STATUS_LIMIT, "city" },
    { "an address line of 2,000 characters", NULL, long_text, NULL, NULL, 1, STATUS_LIMIT, "postal address" },
    { "an office of 2,000 characters", NULL, NULL, long_text, NULL, 1, STATUS_LIMIT, "questions" },
    { "a day that does not exist", NULL, NULL, NULL, "2026-02-30", 1, STATUS_INPUT, "2026-02-30" },
    { "a name in letters no font has", NULL, "\u05D3\u05E0\u05D4", NULL, NULL, 1, STATUS_INPUT, "U+05D3" },
};

static void check_refused(void **state)
{
    const struct refusal *row = *state;
    struct paper_wave wave = paper_wave_of("en");
    struct arena arena;
    struct buf out;
    struct fail fail = { 0 };
    memset(long_text, 'W', sizeof long_text - 1);
    arena_init(&arena, 1 << 20);
    struct paper_letter letter = letter_of(&arena, 0, "en");
    letter.recipient[0] = row->line == NULL ? letter.recipient[0] : row->line;
    wave.city = row->city == NULL ? wave.city : row->city;
    wave.staff_council = row->council == NULL ? wave.staff_council : row->council;
    wave.closes = row->closes == NULL ? wave.closes : row->closes;
    assert_int_equal(print(&wave, &letter, row->count, &out, &fail), row->status);
    if (strstr(fail.what, row->what) == NULL)
        fail_msg("“%s” does not say “%s”", fail.what, row->what);
    assert_int_equal(out.length, 0);
    buf_free(&out);
    arena_free(&arena);
}

int main(void)
{
    static char german[] = "de";
    static char english[] = "en";
    static char arabic[] = "ar";
    struct CMUnitTest tests[5 + COUNT(refusals)] = {
        { "a German letter reads in order", check_text, NULL, NULL, german },
        { "an English letter reads in order", check_text, NULL, NULL, english },
        { "an Arabic letter reads in order", check_text, NULL, NULL, arabic },
        { "one page a letter, in its own language", check_pages, NULL, NULL, NULL },
        { "many letters share the fonts", check_many, NULL, NULL, NULL },
    };
    for (size_t i = 0; i < COUNT(refusals); i++)
        tests[5 + i] = (struct CMUnitTest){ refusals[i].name, check_refused, NULL, NULL, &refusals[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

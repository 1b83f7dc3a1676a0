/* Anonymous cards: reading order, QR codes, tags, limits. */
#include "tests/paper_fixture.h"

enum { CARDS = 12 };

static enum status print(const struct paper_wave *wave, size_t count, struct buf *out, struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, 64 << 20);
    struct paper_code *codes = ARENA_NEW(&arena, struct paper_code, count + 1);
    assert_non_null(codes);
    for (size_t i = 0; i < count; i++)
        codes[i] = paper_code_of(&arena, i);
    buf_init(out, 64 << 20);
    enum status status = paper_cards(&arena, wave, codes, count, out, fail);
    arena_free(&arena);
    return status;
}

static void print_file(const char *language, size_t count, const char *path)
{
    const struct paper_wave wave = paper_wave_of(language);
    struct fail fail = { 0 };
    struct buf out;
    if (print(&wave, count, &out, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    pdf_keep(&out, path);
    buf_free(&out);
}

static void check_text(void **state)
{
    char path[400];
    char golden[400];
    struct buf text;
    snprintf(path, sizeof path, "%s/paper-cards-%s.pdf", BINARY_DIR, (const char *)*state);
    snprintf(golden, sizeof golden, "%s/tests/data/paper/cards-%s.txt", SOURCE_DIR, (const char *)*state);
    print_file(*state, CARDS, path);
    pdf_check(path);
    paper_text(path, *state, &text);
    pdf_golden(&text, golden);
    buf_free(&text);
}

/* Every card opens with its own code, and no QR code is torn by a cut. */
static void check_qr(void **state)
{
    (void)state;
    const char *path = BINARY_DIR "/paper-cards-qr.pdf";
    struct arena arena;
    struct buf found;
    arena_init(&arena, 1 << 20);
    print_file("de", CARDS, path);
    pdf_output("cd '" BINARY_DIR "' && rm -f paper-qr-*.png && pdftoppm -r 150 -png paper-cards-qr.pdf paper-qr && "
               "zbarimg --nodbus --quiet --raw paper-qr-*.png",
               &found);
    size_t lines = 0;
    for (const char *at = found.bytes; (at = strchr(at, '\n')) != NULL; at++)
        lines++;
    assert_int_equal(lines, CARDS);
    for (size_t i = 0; i < CARDS; i++)
        assert_non_null(strstr(found.bytes, paper_code_of(&arena, i).link));
    buf_free(&found);
    arena_free(&arena);
}

static void check_same_bytes(void **state)
{
    (void)state;
    const struct paper_wave wave = paper_wave_of("de");
    struct buf one;
    struct buf two;
    assert_int_equal(print(&wave, CARDS, &one, NULL), STATUS_OK);
    assert_int_equal(print(&wave, CARDS, &two, NULL), STATUS_OK);
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.bytes, two.bytes, one.length);
    buf_free(&one);
    buf_free(&two);
}

/* A card must not say which one it is: but for code and QR code all ten say the same. */
static void check_alike(void **state)
{
    (void)state;
    const char *path = BINARY_DIR "/paper-cards-alike.pdf";
    struct arena arena;
    struct buf text;
    arena_init(&arena, 1 << 20);
    print_file("de", 10, path);
    pdf_text(path, &text);
    const size_t length = text.length / 10;
    assert_int_equal(text.length % 10, 0);
    for (size_t i = 0; i < 10; i++) {
        char *card = text.bytes + i * length;
        char *code = strstr(card, paper_code_of(&arena, i).code);
        assert_non_null(code);
        assert_true((size_t)(code - card) < length);
        memset(code, '#', 25);
        assert_memory_equal(card, text.bytes, length);
    }
    buf_free(&text);
    arena_free(&arena);
}

static char long_text[2001];

static struct refusal {
    const char *name;
    const char *city, *title, *address, *check, *demo;
    size_t count;
    enum status status;
    const char *what;
} refusals[] = {
    { "no card", NULL, NULL, NULL, NULL, NULL, 0, STATUS_INPUT, "no card" },
    { "too many cards", NULL, NULL, NULL, NULL, NULL, 20001, STATUS_LIMIT, "20000" },
    { "a city without a name", "", NULL, NULL, NULL, NULL, 1, STATUS_INPUT, "missing" },
    { "a title of 2,000 characters", NULL, long_text, NULL, NULL, NULL, 1, STATUS_LIMIT, "shorten" },
    { "an address of 2,000 characters", NULL, NULL, long_text, NULL, NULL, 1, STATUS_LIMIT, "Address" },
    { "a check code of 2,000 characters", NULL, NULL, NULL, long_text, NULL, 1, STATUS_LIMIT, "Check code" },
    { "a demo mark of 2,000 characters", NULL, NULL, NULL, NULL, long_text, 1, STATUS_LIMIT, "shorten" },
    { "an emoji", NULL, "Offen \U0001F600", NULL, NULL, NULL, 1, STATUS_INPUT, "U+1F600" },
    { "letters of no font", "\u05E2\u05D9\u05E8", NULL, NULL, NULL, NULL, 1, STATUS_INPUT, "U+05E2" },
};

static void check_refused(void **state)
{
    const struct refusal *row = *state;
    struct paper_wave wave = paper_wave_of("en");
    struct fail fail = { 0 };
    struct buf out;
    memset(long_text, 'W', sizeof long_text - 1);
    wave.city = row->city == NULL ? wave.city : row->city;
    wave.title = row->title == NULL ? wave.title : row->title;
    wave.address = row->address == NULL ? wave.address : row->address;
    wave.check = row->check == NULL ? wave.check : row->check;
    wave.demo = row->demo;
    assert_int_equal(print(&wave, row->count, &out, &fail), row->status);
    if (strstr(fail.what, row->what) == NULL)
        fail_msg("“%s” does not say “%s”", fail.what, row->what);
    assert_int_equal(out.length, 0);
    buf_free(&out);
}

/* A link that makes a QR code too fine for a camera is refused, not printed. */
static void check_long_link(void **state)
{
    (void)state;
    static char link[1000];
    const struct paper_wave wave = paper_wave_of("en");
    struct paper_code code = { "XXXXX-XXXXX-XXXXX-XXXXX-U", link };
    struct arena arena;
    struct fail fail = { 0 };
    struct buf out;
    memset(link, 'x', sizeof link - 1);
    arena_init(&arena, 1 << 20);
    buf_init(&out, 1 << 20);
    assert_int_equal(paper_cards(&arena, &wave, &code, 1, &out, &fail), STATUS_LIMIT);
    assert_non_null(strstr(fail.what, "QR code"));
    buf_free(&out);
    arena_free(&arena);
}

int main(void)
{
    static char german[] = "de";
    static char english[] = "en";
    static char arabic[] = "ar";
    struct CMUnitTest tests[7 + COUNT(refusals)] = {
        { "a German sheet reads in order", check_text, NULL, NULL, german },
        { "an English sheet reads in order", check_text, NULL, NULL, english },
        { "an Arabic sheet reads in order", check_text, NULL, NULL, arabic },
        { "every QR code opens its link", check_qr, NULL, NULL, NULL },
        { "the same cards give the same bytes", check_same_bytes, NULL, NULL, NULL },
        { "cards are alike but for their codes", check_alike, NULL, NULL, NULL },
        { "a link too long for a camera", check_long_link, NULL, NULL, NULL },
    };
    for (size_t i = 0; i < COUNT(refusals); i++)
        tests[7 + i] = (struct CMUnitTest){ refusals[i].name, check_refused, NULL, NULL, &refusals[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

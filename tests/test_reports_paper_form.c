/* The questionnaire on paper: reading order, every option of the shipped form, hostile forms. */
#include "forms/format.h"
#include "forms/paper_order.h"
#include "forms/qtype.h"
#include "tests/paper_fixture.h"

static const struct form *read_form(struct arena *arena, const char *path)
{
    static const struct listed units[] = { { "u1", "Amt für Jugend und Familie" }, { "u2", "Bauhof" },
                                           { "u3", "Kindertagesstätten" } };
    const struct form *form = NULL;
    struct fail fail = { 0 };
    enum status status = form_read(arena, path, &form, NULL, NULL, &fail);
    if (status == STATUS_OK)
        status = form_bind(arena, form, "units", units, COUNT(units), &form, &fail);
    if (status != STATUS_OK)
        fail_msg("%s", fail.what);
    return form;
}

static enum status print(const struct paper_wave *wave, const struct form *form, const char *language, struct buf *out,
                         struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, 64 << 20);
    buf_init(out, 64 << 20);
    enum status status = paper_form(&arena, wave, form, language, out, fail);
    arena_free(&arena);
    return status;
}

/* Prints to a file and reads its text back. */
static void print_text(const struct form *form, const char *language, const char *path, struct buf *text)
{
    const struct paper_wave wave = paper_wave_of(language);
    struct fail fail = { 0 };
    struct buf out;
    if (print(&wave, form, language, &out, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    pdf_keep(&out, path);
    buf_free(&out);
    pdf_check(path);
    pdf_text(path, text);
}

/* The hash of the file changes with every comment in it. */
static void hide_hash(struct buf *text, const char *hash)
{
    char start[9];
    snprintf(start, sizeof start, "%.8s", hash);
    for (char *at = strstr(text->bytes, start); at != NULL; at = strstr(at, start))
        memset(at, '0', strlen(start));
}

static void check_text(void **state)
{
    const char *const *row = *state;
    const char *language = row[1];
    char path[400];
    char golden[400];
    char form[400];
    struct arena arena;
    struct buf text;
    arena_init(&arena, 32 << 20);
    snprintf(form, sizeof form, "%s/tests/data/forms/%s.yaml", SOURCE_DIR, row[0]);
    snprintf(path, sizeof path, "%s/paper-%s-%s.pdf", BINARY_DIR, row[0], language);
    snprintf(golden, sizeof golden, "%s/tests/data/paper/%s-%s.txt", SOURCE_DIR, row[2], language);
    const struct form *read = read_form(&arena, form);
    print_text(read, language, path, &text);
    hide_hash(&text, read->sha256);
    pdf_golden(&text, golden);
    buf_free(&text);
    arena_free(&arena);
}

static void add_squeezed(struct buf *out, const char *text)
{
    for (; *text != '\0'; text++)
        if (*text != ' ' && *text != '\n')
            buf_add_byte(out, *text);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        count++;
    return count;
}

/* What must stand in the text, without white space: a list question's boxes and labels, or a row of a matrix. */
static void expect(const struct form *form, const struct item *item, const char *language, struct buf *out)
{
    const struct page *page = &form->pages[item->page];
    buf_clear(out);
    if (page->matrix) {
        buf_format(out, "%u", paper_number(form, item));
        add_squeezed(out, form_text(form, &item->label, language));
    }
    for (size_t i = 0; i < item->option_count; i++) {
        buf_format(out, "%u", paper_option_number(item, i));
        if (!page->matrix)
            add_squeezed(out, form_text(form, &item->options[i].label, language));
    }
}

/* The shipped form is a booklet of eight pages: two sheets of A3, folded. */
static void check_booklet(const char *path)
{
    struct buf found;
    char command[600];
    snprintf(command, sizeof command, "pdfinfo '%s'", path);
    pdf_output(command, &found);
    assert_non_null(strstr(found.bytes, "Pages:           8\n"));
    assert_non_null(strstr(found.bytes, "Tagged:          yes"));
    buf_free(&found);
}

/* Every option of every question of the shipped form stands once below its question, in order and with its number. */
static void check_options(void **state)
{
    const char *language = *state;
    char path[400];
    struct arena arena;
    struct buf text;
    struct buf wanted;
    arena_init(&arena, 32 << 20);
    buf_init(&wanted, 1 << 20);
    const struct form *form = read_form(&arena, "open_administration");
    snprintf(path, sizeof path, "%s/paper-open-administration-%s.pdf", BINARY_DIR, language);
    print_text(form, language, path, &text);
    check_booklet(path);
    pdf_squeeze(&text);
    const char *at = text.bytes;
    size_t options = 0;
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        if (item->off)
            continue;
        const bool matrix = form->pages[item->page].matrix;
        buf_clear(&wanted);
        buf_format(&wanted, "%u", paper_number(form, item));
        add_squeezed(&wanted, form_text(form, &item->label, language));
        assert_int_equal(count_of(text.bytes, wanted.bytes), 1);
        const char *question = strstr(at, wanted.bytes);
        assert_non_null(question); /* in the order of the numbers */
        expect(form, item, language, &wanted);
        const char *found = strstr(question, wanted.bytes);
        if (found == NULL)
            fail_msg("%s: %s is not printed", item->id, wanted.bytes);
        /* Between the question and its boxes stands at most a condition, a hint and a remark. */
        assert_true(matrix ? found == question : found - question < 500);
        options += item->option_count;
        at = question;
    }
    assert_true(options > 250);
    buf_free(&wanted);
    buf_free(&text);
    arena_free(&arena);
}

static void check_numbers(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 32 << 20);
    const struct form *form = read_form(&arena, SOURCE_DIR "/tests/data/forms/all_types.yaml");
    unsigned last = 0;
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        unsigned number = paper_number(form, item);
        size_t option;
        const struct item *owner = paper_owner(form, item, &option);
        assert_int_equal(number, !paper_asked(item) ? 0 : owner != NULL ? last : last + 1);
        last = number == 0 ? last : number;
        if (paper_asked(item))
            assert_ptr_equal(paper_item(form, number), owner != NULL ? owner : item);
        if (owner != NULL)
            assert_ptr_equal(paper_write_in(form, owner, option), item);
        for (size_t k = 0; k < item->option_count; k++)
            assert_int_equal(paper_option(item, paper_option_number(item, k)), k);
        assert_int_equal(paper_option(item, 0), strcmp(item->type->id, "nps") == 0 ? 0 : -1);
        assert_int_equal(paper_option(item, paper_option_number(item, item->option_count)), -1);
    }
    assert_null(paper_item(form, 0));
    assert_null(paper_item(form, last + 1));
    arena_free(&arena);
}

/* The same bytes, also for a form that belongs to no wave. */
static void check_same_bytes(void **state)
{
    (void)state;
    const struct paper_wave wave = { .language = language_find("de", language_default) };
    struct arena arena;
    struct buf one;
    struct buf two;
    arena_init(&arena, 32 << 20);
    const struct form *form = read_form(&arena, SOURCE_DIR "/tests/data/forms/paper.yaml");
    assert_int_equal(print(&wave, form, "de", &one, NULL), STATUS_OK);
    assert_int_equal(print(&wave, form, "de", &two, NULL), STATUS_OK);
    assert_int_equal(one.length, two.length);
    assert_memory_equal(one.bytes, two.bytes, one.length);
    buf_free(&one);
    buf_free(&two);
    arena_free(&arena);
}

/* A form of one page whose labels are as long as told. */
struct hostile {
    const char *name;
    const char *type;
    size_t label, option, options;
    const char *filler; /* what labels are made of */
    bool matrix;
    enum status status;
};

static struct hostile hostiles[] = {
    { "labels of 2,000 characters", "single", 2000, 2000, 3, "Wort ", false, STATUS_OK },
    { "words of 2,000 characters", "single", 2000, 2000, 3, "W", false, STATUS_OK },
    { "a matrix of 2,000 characters", "scale", 2000, 20, 5, "Wort ", true, STATUS_OK },
    { "a matrix with long heads becomes a list", "scale", 20, 2000, 3, "Wort ", true, STATUS_OK },
    { "250 options over several pages", "single", 60, 90, 250, "Wort ", false, STATUS_OK },
    { "250 options in a matrix", "scale", 60, 20, 250, "Wort ", true, STATUS_OK },
    { "an option longer than a page", "single", 60, 40000, 2, "Wort ", false, STATUS_LIMIT },
    { "a statement longer than a page", "scale", 40000, 20, 5, "Wort ", true, STATUS_LIMIT },
    { "a question over several pages", "single", 40000, 20, 2, "Wort ", false, STATUS_OK },
    { "an emoji", "single", 20, 20, 2, "\U0001F600 ", false, STATUS_INPUT },
    { "letters of no font", "multiple", 20, 20, 2, "\u05D3\u05E0 ", false, STATUS_INPUT },
    { "marks of strong text that never end", "single", 200, 200, 3, "**", false, STATUS_OK },
};

static void fill(struct buf *out, const char *filler, size_t length)
{
    buf_add_byte(out, '"');
    for (size_t written = 0; written < length; written += strlen(filler))
        buf_add_string(out, filler);
    buf_add_byte(out, '"');
}

static void check_hostile(void **state)
{
    const struct hostile *row = *state;
    const struct paper_wave wave = paper_wave_of("de");
    struct arena arena;
    struct buf yaml;
    struct buf out;
    struct fail fail = { 0 };
    const struct form *form = NULL;
    arena_init(&arena, 128 << 20);
    buf_init(&yaml, 4 << 20);
    buf_format(&yaml, "form: hostile\nversion: \"1\"\ntitle: {de: Titel}\nlanguages: [de]\npages:\n  - id: A\n"
                      "    title: {de: Seite}\n%s    items:\n", row->matrix ? "    matrix: yes\n" : "");
    for (unsigned item = 0; item < 2; item++) {
        buf_format(&yaml, "      - id: Q%u\n        type: %s\n        text: {de: ", item, row->type);
        fill(&yaml, row->filler, row->label);
        buf_add_string(&yaml, "}\n        options:\n");
        for (size_t i = 0; i < row->options; i++) {
            buf_format(&yaml, "          - {code: \"%zu\", de: ", i);
            fill(&yaml, row->filler, row->option);
            buf_add_string(&yaml, "}\n");
        }
    }
    if (form_parse_yaml(&arena, "hostile", yaml.bytes, yaml.length, &form, NULL, NULL, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    assert_int_equal(print(&wave, form, "de", &out, &fail), row->status);
    assert_true((row->status == STATUS_OK) == (out.length > 0));
    assert_true((row->status == STATUS_OK) == (fail.what[0] == '\0'));
    if (row->status == STATUS_OK) {
        pdf_keep(&out, BINARY_DIR "/paper-hostile.pdf");
        pdf_sound(BINARY_DIR "/paper-hostile.pdf");
    }
    buf_free(&out);
    buf_free(&yaml);
    arena_free(&arena);
}

int main(void)
{
    static char german[] = "de";
    static char english[] = "en";
    static const char *texts[][3] = {
        { "paper", "de", "form" },
        { "paper", "en", "form" },
        { "all_types", "de", "types" },
        { "all_types", "en", "types" },
        { "branches", "de", "branches" },
    };
    enum { FIRST = 9 };
    struct CMUnitTest tests[FIRST + COUNT(hostiles)] = {
        { "a German form reads in order", check_text, NULL, NULL, texts[0] },
        { "an English form reads in order", check_text, NULL, NULL, texts[1] },
        { "all types of questions, German", check_text, NULL, NULL, texts[2] },
        { "all types of questions, English", check_text, NULL, NULL, texts[3] },
        { "pages with a condition, earlier answers in texts", check_text, NULL, NULL, texts[4] },
        { "every option of the shipped form, German", check_options, NULL, NULL, german },
        { "every option of the shipped form, English", check_options, NULL, NULL, english },
        { "numbers lead to questions and back", check_numbers, NULL, NULL, NULL },
        { "the same form gives the same bytes", check_same_bytes, NULL, NULL, NULL },
    };
    for (size_t i = 0; i < COUNT(hostiles); i++)
        tests[FIRST + i] = (struct CMUnitTest){ hostiles[i].name, check_hostile, NULL, NULL, &hostiles[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

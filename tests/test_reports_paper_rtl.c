/* Questionnaires in Arabic: the file gives its text back in the order of reading, boxes stand at the right, and the
 * structure carries each text for those who hear it. */
#include "base/utf8.h"
#include "forms/format.h"
#include "tests/paper_fixture.h"

static void print(const char *language, const char *path)
{
    struct arena arena;
    struct buf out;
    struct fail fail = { 0 };
    const struct form *form = NULL;
    const struct paper_wave wave = paper_wave_of(language);
    arena_init(&arena, 64 << 20);
    buf_init(&out, 16 << 20);
    if (form_read(&arena, SOURCE_DIR "/tests/data/forms/rtl.yaml", &form, NULL, NULL, &fail) != STATUS_OK ||
        paper_form(&arena, &wave, form, language, &out, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    pdf_keep(&out, path);
    pdf_check(path);
    buf_free(&out);
    arena_free(&arena);
}

/* Without white space: extractors move blanks where a line changes its direction. */
static void check_lines(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "1هلتستخدمبرنامجMicrosoftOffice365فيعملك؟اخترإجابةواحدة(فقط).", /* Latin letters, figures, brackets */
        "الأسئلةالتاليةتخصعملكفيالمدينة.",
        "لاأستطيعالحكم", /* lam and alef stay two letters */
        "أيلغاتتتكلممعالزبائن؟",
        "العربيةالألمانية",
        "الفارسية(پارسی،گچ،ژاله)",
        "التركية–Türkçe",
        "أشعربالاحترامفيفريقي.",
    };
    const char *path = BINARY_DIR "/paper-rtl-ar.pdf";
    struct buf text;
    print("ar", path);
    pdf_output("pdftotext -f 2 -enc UTF-8 -nopgbrk '" BINARY_DIR "/paper-rtl-ar.pdf' -", &text);
    paper_plain(&text);
    pdf_squeeze(&text);
    for (size_t i = 0; i < COUNT(lines); i++)
        if (strstr(text.bytes, lines[i]) == NULL)
            fail_msg("%s is not in\n%s", lines[i], text.bytes);
    /* What stands behind the end of an isolate is not lost; on which side of a figure it is found is the extractor's. */
    assert_true(strstr(text.bytes, "إلى40.") != NULL || strstr(text.bytes, "إلى.40") != NULL);
    buf_free(&text);
}

/* Where a word of the first page of questions stands: its left edge in points. */
static double left_of(const char *path, const char *word)
{
    char command[700];
    double left = -1.0;
    struct buf text;
    snprintf(command, sizeof command,
             "pdftotext -f 2 -bbox '%s' - | grep -m1 -F '>%s</word>' | sed 's/.*xMin=\"\\([0-9.]*\\).*/\\1/'", path,
             word);
    pdf_output(command, &text);
    if (text.bytes == NULL || sscanf(text.bytes, "%lf", &left) != 1)
        fail_msg("%s is not on the page", word);
    buf_free(&text);
    return left;
}

static void check_sides(void **state)
{
    (void)state;
    const char *arabic = BINARY_DIR "/paper-rtl-ar.pdf";
    const char *german = BINARY_DIR "/paper-rtl-de.pdf";
    print("ar", arabic);
    print("de", german);
    assert_true(left_of(german, "1") < 100.0);
    assert_true(left_of(arabic, "1") > 480.0); /* numbers of questions and boxes at the right */
    assert_true(left_of(german, "ja") < left_of(german, "nein"));
    assert_true(left_of(arabic, "معن") > left_of(arabic, "ال")); /* columns from right to left, words as seen */
}

static void add_units(struct buf *out, const char *text)
{
    int32_t point;
    for (size_t length = utf8_next(text, &point); length > 0; length = utf8_next(text += length, &point))
        buf_format(out, "%04X", (unsigned)point);
}

/* The structure tree says texts in the order of reading, also where an element holds a number and a text. */
static void check_spoken(void **state)
{
    (void)state;
    static const char *const texts[] = { "1 هل تستخدم برنامج Microsoft Office 365 في عملك؟", "لا أستطيع الحكم",
                                         "3 أشعر بالاحترام في فريقي." };
    struct buf bytes;
    struct buf wanted;
    struct fail fail = { 0 };
    print("ar", BINARY_DIR "/paper-rtl-ar.pdf");
    buf_init(&bytes, 16 << 20);
    buf_init(&wanted, 1 << 16);
    assert_int_equal(buf_read_file(&bytes, BINARY_DIR "/paper-rtl-ar.pdf", &fail), STATUS_OK);
    pdf_unpack(&bytes);
    for (size_t i = 0; i < COUNT(texts); i++) {
        buf_clear(&wanted);
        buf_add_string(&wanted, "/ActualText<FEFF");
        add_units(&wanted, texts[i]);
        buf_add_byte(&wanted, '>');
        if (!pdf_contains(&bytes, wanted.bytes))
            fail_msg("%s is not in the structure", texts[i]);
    }
    buf_free(&wanted);
    buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "lines read in order", check_lines, NULL, NULL, NULL },
        { "the page is mirrored", check_sides, NULL, NULL, NULL },
        { "the structure speaks in order", check_spoken, NULL, NULL, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

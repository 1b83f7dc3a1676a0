/* The sections over releases made by hand: everything shown, everything secret, nothing delivered; German and English.
 * Each report must build, be well formed, hold no leftover of a format, and speak one language. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reports/section.h"
#include "reports/tell.h"
#include "tests/xml_check.h"

enum { ROWS_MAX = 12, COLUMNS_MAX = 7, TABLES_MAX = 60 };
enum fill { FILL_SHOWN, FILL_SECRET, FILL_NOTHING };

/* Tables as docs/tables.md lists them: id, rows, a letter a column (C count, % per cent, P points, S score, R ratio). */
static const struct plan {
    const char *id, *rows, *columns;
} plans[] = {
    { "dq1.unit", "total unit.51 unit.52", "CC%" },
    { "dq1.band", "band.0 band.1 band.2 band.3 band.4", "%%P" },
    { "dq1.age", "age.1 age.2 age.3 age.4 age.5", "%%P" },
    { "dq1.sex", "sex.w sex.m", "%%P" },
    { "dq1.items", "item.HM1 item.HM2", "%%" },
    { "dq3", "wave pooled", "%%R" },
    { "dq3.anchored", "wave pooled", "%%" },
    { "dq4", "r.0.50 r.0.67 r.0.80 r.1.00 r.1.25 r.1.50 r.2.00", "%" },
    { "r1", "total", "%" },
    { "r1.definition", "STAATSANG TINTG_2012 TINTG_2021", "%" },
    { "r1.wave", "wave.2024 wave.2025", "%" },
    { "r1.change", "total", "%%P" },
    { "r1.unit", "total unit.51 unit.52 unit.53 unit.54 unit.55", "%" },
    { "r2", "total unit.51 unit.52", "CC%" },
    { "r2.band", "total band.0 band.1", "CC%" },
    { "r2.wave", "wave.2024 wave.2025", "%" },
    { "r3", "STAATSANG TINTG_2021", "%%PR" },
    { "r3.reference", "STAATSANG TINTG_2021", "%CC" },
    { "r6", "total band.0 band.1 band.2 band.3 band.4", "%" },
    { "r7", "total leaders others", "%" },
    { "r7.ratio", "all age tenure", "%%R" },
    { "r11", "total", "SSC" },
    { "k1", "total", "S%" },
    { "k1.contact", "total contact no_contact", "S" },
    { "k1.compare", "contact lead", "P" },
    { "k1.items", "item.HM1 item.HM2", "%%%%%%%" },
    { "k1.change", "total", "SSP" },
    { "c1", "total", "S%" },
    { "c1.items", "item.HM1 item.HM2", "%%%%%%%" },
    { "c1.unit", "total unit.51 unit.52", "S" },
    { "c1.change", "total", "SSP" },
    { "c2", "total with without", "S" },
    { "c2.gap", "history sex lead", "PP" },
    { "c3", "experienced observed", "%" },
    { "c3.experienced", "no once several refused", "%" },
    { "c3.observed", "no colleagues residents both refused", "%" },
    { "c3.source", "option.1 option.2 option.3 option.4 option.9", "%" },
    { "c3.change", "experienced observed", "%%P" },
    { "o1", "total", "S%" },
    { "o1.items", "item.HM1 item.HM2", "%%%%%%%" },
    { "dq5", "scale.HM scale.WI", "RR%S" },
};

static struct world {
    struct arena arena;
    struct release release;
    struct release_table tables[TABLES_MAX];
    struct form form;
    struct item items[2];
    struct option options[5];
} world;

static enum release_unit unit_of(char letter)
{
    return letter == 'C' ? RELEASE_COUNT : letter == '%' ? RELEASE_PERCENT : letter == 'P' ? RELEASE_POINTS
           : letter == 'S' ? RELEASE_SCORE                                                 : RELEASE_RATIO;
}

static struct released cell_of(enum fill fill, enum release_unit unit, size_t at, enum release_word word)
{
    if (fill == FILL_SECRET)
        return (struct released){ .sign = SIGN_SECRET, .value = (double)NAN, .low = (double)NAN, .high = (double)NAN };
    double value = unit == RELEASE_COUNT ? 1235 : unit == RELEASE_POINTS ? -0.9 : 17.84 + (double)(at % 7);
    return (struct released){ .sign = SIGN_SHOWN, .ranged = unit != RELEASE_COUNT, .value = value, .low = value - 1.5,
                              .high = value + 2.5, .base = 1284, .decimals = 1,
                              .word = unit == RELEASE_POINTS || unit == RELEASE_RATIO ? word : WORD_NONE };
}

static void add_table(const struct plan *plan, enum fill fill, enum release_word word)
{
    struct release_table *table = &world.tables[world.release.table_count++];
    struct release_row *rows = ARENA_NEW(&world.arena, struct release_row, ROWS_MAX);
    struct release_column *columns = ARENA_NEW(&world.arena, struct release_column, COLUMNS_MAX);
    struct released *cells = ARENA_NEW(&world.arena, struct released, ROWS_MAX * COLUMNS_MAX);
    size_t row_count = 0;
    for (const char *at = plan->rows; *at != '\0';) {
        size_t length = strcspn(at, " ");
        char *id = arena_copy(&world.arena, at, length);
        rows[row_count++] = (struct release_row){ .id = id, .total = strcmp(id, "total") == 0,
                                                  .label = { .name = strcmp(id, "unit.51") == 0 ? "Amt <&> %d" : id } };
        at += length;
        at += strspn(at, " ");
    }
    size_t column_count = strlen(plan->columns);
    for (size_t i = 0; i < column_count; i++)
        columns[i] = (struct release_column){ .label = { .name = "Wert" }, .unit = unit_of(plan->columns[i]) };
    for (size_t i = 0; i < row_count * column_count; i++)
        cells[i] = cell_of(fill, columns[i % column_count].unit, i, word);
    *table = (struct release_table){ .id = plan->id, .title = { .name = "Titel" }, .wave = "2025", .rows = rows,
                                     .row_count = row_count, .columns = columns, .column_count = column_count,
                                     .cells = cells };
}

static void make_release(enum fill fill, enum release_word word)
{
    static const char *const steps[] = { "gar nicht", "wenig", "teils", "ziemlich", "voll" };
    memset(&world, 0, sizeof world);
    arena_init(&world.arena, 32 << 20);
    for (size_t i = 0; i < 5; i++)
        world.options[i] = (struct option){ .code = "1", .label = { .in = { steps[i] } }, .points = -1 };
    for (size_t i = 0; i < 2; i++)
        world.items[i] = (struct item){ .id = i == 0 ? "HM1" : "HM2", .options = world.options, .option_count = 5 };
    world.form = (struct form){ .id = "f", .version = "1", .languages = { "de" }, .language_count = 1,
                                .items = world.items, .item_count = 2 };
    world.release = (struct release){ .city = "Musterstadt", .demo = true, .wave = "2025", .year = 2025,
                                      .cube_year = 2025, .cube_month = 6, .cube_day = 30, .form = &world.form,
                                      .tables = world.tables, .planned = 200, .suppressed = 15, .answers_min = 10,
                                      .heads_min = 5, .seed = 42, .fingerprint = "abc" };
    for (size_t i = 0; i < COUNT(plans) && fill != FILL_NOTHING; i++)
        add_table(&plans[i], fill, word);
}

static void check_figures(const struct doc *doc)
{
    for (const struct doc_block *block = doc->first; block != NULL; block = block->next)
        if (block->kind == DOC_FIGURE && strlen(block->figure->alternative) < 40)
            fail_msg("alternative text too short: %s", block->figure->alternative);
}

static void check_text(const char *text)
{
    static const char *const leftovers[] = { "%s", "%zu", "%u", "(null)", " nan", ">nan", "NaN", "  .", ". ." };
    for (size_t i = 0; i < COUNT(leftovers); i++)
        if (strstr(text, leftovers[i]) != NULL)
            fail_msg("leftover '%s': %.80s", leftovers[i], strstr(text, leftovers[i]));
}

static struct buf build(const struct language *language, struct doc *doc)
{
    struct buf out;
    struct fail fail = { 0 };
    doc_init(doc, &world.arena, language);
    report_build(&world.release, NULL, doc);
    buf_init(&out, 8 << 20);
    if (doc_status(doc, &fail) != STATUS_OK || doc_write_html(doc, &out, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    xml_check(out.bytes);
    check_figures(doc);
    check_text(out.bytes);
    return out;
}

static const char *const english_words[] = { " the ", " staff", " answers", " with ", " range ", "Survey", " share " };
static const char *const german_words[] = { " der ", " die ", " und ", "Bereich", "Befragung", " nicht " };

/* The catalogue of other layers (descriptors of the indicators) may lag behind: only blocks of the sections count. */
static void check_language(const struct doc *doc, const char *const words[], size_t count)
{
    for (const struct doc_block *block = doc->first; block != NULL; block = block->next) {
        bool own = block->kind == DOC_HEADING || block->kind == DOC_PARAGRAPH || block->kind == DOC_STATEMENT;
        for (size_t i = 0; own && i < count; i++)
            if (strstr(block->text, words[i]) != NULL)
                fail_msg("wrong language ('%s'): %s", words[i], block->text);
    }
}

static struct report_case {
    const char *name;
    enum fill fill;
    const char *language;
    enum release_word word;
} cases[] = {
    { "all shown, German, higher", FILL_SHOWN, "de", WORD_HIGHER },
    { "all shown, German, undecided", FILL_SHOWN, "de", WORD_UNDECIDED },
    { "all shown, English, equal", FILL_SHOWN, "en", WORD_EQUAL },
    { "all shown, English, no word", FILL_SHOWN, "en", WORD_NONE },
    { "all secret, German", FILL_SECRET, "de", WORD_NONE },
    { "all secret, English", FILL_SECRET, "en", WORD_NONE },
    { "nothing delivered, German", FILL_NOTHING, "de", WORD_NONE },
    { "nothing delivered, English", FILL_NOTHING, "en", WORD_NONE },
};

static void check_report(void **state)
{
    const struct report_case *row = *state;
    const struct language *language = language_find(row->language, NULL);
    bool german = strcmp(row->language, "de") == 0;
    struct doc doc;
    make_release(row->fill, row->word);
    struct buf out = build(language, &doc);
    check_language(&doc, german ? english_words : german_words, german ? COUNT(english_words) : COUNT(german_words));
    assert_non_null(strstr(out.bytes, german ? "Demodaten" : "Demo data"));
    assert_non_null(strstr(out.bytes, german ? "Vielfaltsbericht 2025" : "Diversity report 2025"));
    if (row->fill == FILL_SHOWN) {
        assert_true(doc.figure_count >= 7 && doc.table_count >= 25);
        assert_non_null(strstr(out.bytes, german ? "17,8\u00A0%" : "17.8%"));
    }
    if (row->fill != FILL_SHOWN)
        assert_int_equal(doc.figure_count, 0); /* nothing shown, nothing drawn */
    if (row->fill == FILL_SECRET)
        assert_null(strstr(out.bytes, "17,8\u00A0% der"));
    if (row->fill == FILL_NOTHING)
        assert_non_null(strstr(out.bytes, german ? "Noch nicht vorhanden:" : "Not yet available:"));
    buf_free(&out);
    arena_free(&world.arena);
}

/* DOMAIN 4.3: figure, range, base, response rate, comparison word with size and range. */
static void statement_follows_the_grammar(void **state)
{
    (void)state;
    struct doc doc;
    make_release(FILL_SHOWN, WORD_SLIGHTLY_LOWER);
    struct buf out = build(language_default, &doc);
    const struct doc_block *block = doc.first;
    while (block != NULL && block->kind != DOC_STATEMENT)
        block = block->next;
    if (block == NULL) { /* says what gcc cannot know of assert_non_null */
        fail_msg("the summary has no statement");
        return;
    }
    assert_string_equal(block->figure_text, "17,8\u00A0%");
    assert_non_null(strstr(block->text, "(Bereich 16,3–20,3\u00A0%; 1.284 Antworten, Rücklauf 19,8\u00A0%)"));
    assert_non_null(strstr(block->text, "−0,9 Prozentpunkte, Bereich −2,4 bis +1,6"));
    const char *word = release_word(WORD_SLIGHTLY_LOWER, language_default);
    assert_non_null(strstr(block->text, word));
    buf_free(&out);
    arena_free(&world.arena);
}

static void signs_stand_before_the_first_table(void **state)
{
    (void)state;
    struct doc doc;
    make_release(FILL_SECRET, WORD_NONE);
    struct buf out = build(NULL, &doc);
    bool explained = false;
    for (const struct doc_block *block = doc.first; block != NULL; block = block->next) {
        explained = explained || (block->kind == DOC_HEADING && strcmp(block->anchor, "signs") == 0);
        if (block->kind == DOC_TABLE)
            assert_true(explained);
    }
    assert_true(explained);
    buf_free(&out);
    arena_free(&world.arena);
}

static void missing_memory_is_reported(void **state)
{
    (void)state;
    struct doc whole;
    make_release(FILL_SHOWN, WORD_HIGHER);
    size_t before = world.arena.used;
    doc_init(&whole, &world.arena, language_default);
    report_build(&world.release, NULL, &whole);
    size_t needed = world.arena.used - before;
    arena_free(&world.arena);
    for (size_t step = 1; step < 40; step++) {
        struct arena small;
        struct doc doc;
        size_t room = needed * step / 40;
        make_release(FILL_SHOWN, WORD_HIGHER);
        arena_init(&small, room);
        doc_init(&doc, &small, language_default);
        report_build(&world.release, NULL, &doc);
        assert_int_equal(doc_status(&doc, NULL), STATUS_MEMORY);
        arena_free(&small);
        arena_free(&world.arena);
    }
}

static void sections_are_complete(void **state)
{
    (void)state;
    for (size_t i = 0; sections[i] != NULL; i++) {
        assert_ptr_equal(section_find(sections[i]->id), sections[i]);
        assert_string_not_equal(tr(language_default, sections[i]->title), sections[i]->title);
    }
    assert_null(section_find("nonsense"));
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 4];
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){ cases[i].name, check_report, NULL, NULL, &cases[i] };
    const struct CMUnitTest others[] = {
        cmocka_unit_test(statement_follows_the_grammar),
        cmocka_unit_test(signs_stand_before_the_first_table),
        cmocka_unit_test(missing_memory_is_reported),
        cmocka_unit_test(sections_are_complete),
    };
    memcpy(tests + COUNT(cases), others, sizeof others);
    return cmocka_run_group_tests_name("sections", tests, NULL, NULL);
}

/* The staff council's package: what it says word for word, in German and English; and as PDF. */
#include "forms/format.h"
#include "reports/package.h"
#include "tests/pdf_check.h"

enum { PACKAGE_ARENA = 64 << 20 };

static const char *const columns_shares[] = { N_("Staff"), N_("Answers") };
static const char *const columns_items[] = { "", "" };

static const struct package_table tables[] = {
    { "k1.items", N_("Response and questions left out"), N_("Response and questions left out"), columns_items, 2 },
    { "dq1.unit", N_("Response and questions left out"), N_("Answers"), columns_shares, 2 },
};

static const struct package_threshold thresholds[] = {
    { N_("Answers behind every published figure, at least"), 1000 },
    { N_("Answers for a decimal place, at least"), 200 },
};

static void add_notice(const void *context, struct doc *doc)
{
    doc_heading(doc, 2, "notice-deleting", context);
    doc_paragraph(doc, "30 June 2026");
}

static const struct package_case {
    const char *name, *language;
    bool bare; /* frozen before there were lists, city not entered, no demo; tables beyond the list */
} cases[] = {
    { "package-de", "de", false },
    { "package-en", "en", false },
    { "package-bare-de", "de", true },
    { "package-bare-en", "en", true },
};

static void build(struct arena *arena, const struct package_case *row, struct doc *doc)
{
    const struct package_fact facts[] = { { "Check code", "7QX2 0M4K 9ZB1" }, { "Rehearsed", "no" } };
    struct fail fail = { 0 };
    struct package package = {
        .wave = "2026", .facts = facts, .fact_count = COUNT(facts), .in_force = thresholds, .promised = thresholds,
        .threshold_count = COUNT(thresholds), .notice = add_notice, .notice_context = "Deleting", .tables_hash = "0f1e",
    };
    if (row->bare)
        package.beyond = "k1.unit";
    else {
        package.city = "Stadt Musterstadt";
        package.demo = true;
        package.tables = tables;
        package.table_count = COUNT(tables);
        package.tables_fixed = true;
    }
    doc_init(doc, arena, language_find(row->language, NULL));
    if (form_read(arena, SOURCE_DIR "/tests/data/forms/package.yaml", &package.form, NULL, NULL, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    package_front(&package, doc);
    package_build(&package, doc);
    if (doc_status(doc, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
}

static void check_words(void **state)
{
    const struct package_case *row = *state;
    struct arena arena;
    struct doc doc;
    struct buf text;
    char golden[400];
    struct fail fail = { 0 };
    arena_init(&arena, PACKAGE_ARENA);
    build(&arena, row, &doc);
    buf_init(&text, 1 << 20);
    if (doc_write_markdown(&doc, &text, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    snprintf(golden, sizeof golden, "%s/tests/data/sections/%s.md", SOURCE_DIR, row->name);
    pdf_golden(&text, golden);
    buf_free(&text);
    arena_free(&arena);
}

static void check_file(void **state)
{
    const struct package_case *row = *state;
    struct arena arena;
    struct doc doc;
    struct buf file, again;
    size_t pages = 0;
    char path[400];
    struct fail fail = { 0 };
    arena_init(&arena, PACKAGE_ARENA);
    build(&arena, row, &doc);
    buf_init(&file, 16 << 20);
    buf_init(&again, 16 << 20);
    if (doc_write_pdf(&doc, &file, &pages, &fail) != STATUS_OK || doc_write_pdf(&doc, &again, &pages, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    assert_int_equal(file.length, again.length);
    assert_memory_equal(file.bytes, again.bytes, file.length);
    snprintf(path, sizeof path, "%s/%s.pdf", BINARY_DIR, row->name);
    pdf_keep(&file, path);
    pdf_check(path);
    buf_free(&file);
    buf_free(&again);
    arena_free(&arena);
}

int main(void)
{
    struct CMUnitTest tests[2 * COUNT(cases)];
    for (size_t i = 0; i < COUNT(cases); i++) {
        union {
            const struct package_case *row;
            void *state;
        } row = { &cases[i] };
        tests[2 * i] = (struct CMUnitTest){ cases[i].name, check_words, NULL, NULL, row.state };
        tests[2 * i + 1] = (struct CMUnitTest){ cases[i].name, check_file, NULL, NULL, row.state };
    }
    return _cmocka_run_group_tests("staff council's package", tests, COUNT(tests), NULL, NULL);
}

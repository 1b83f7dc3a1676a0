/* The respondent's pages, called as plain functions on a real instance: what they say in every state and language, and
 * that nothing of a person is in them. That they work in a browser: tests/browser.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "survey/page_privacy.h"

enum { PAGE_BYTES_MAX = 4 << 20 };

struct stage {
    char dir[64];
    struct store *store;
    struct wave_cache *waves;
};

static const struct page_case {
    const char *name;
    handler *handler;
    const char *part, *language; /* what stands for {}, ?lang= */
    enum status status;
    const char *has[4], *lacks;
} cases[] = {
    { "open wave: questions, entry and texts in German",
      page_survey,
      "open",
      "de",
      STATUS_OK,
      { "data-page=\"survey\"", "lang=\"de\"", "id=\"item-KP1\"", "Soziales &amp; Wohnen" },
      "100 %" },
    { "open wave: the whole page in English",
      page_survey,
      "open",
      "en",
      STATUS_OK,
      { "lang=\"en\"", "How often", "Take part", "below 10 people" },
      "Teilnehmen" },
    { "unknown language: German",
      page_survey,
      "open",
      "xx",
      STATUS_OK,
      { "lang=\"de\"", "Teilnehmen" },
      "lang=\"xx\"" },
    { "frozen wave: not open yet, no entry",
      page_survey,
      "frozen",
      "de",
      STATUS_OK,
      { "noch nicht begonnen", "data-page=\"closed\"" },
      "id=\"code\"" },
    { "closed wave: says so and leads to the receipts",
      page_survey,
      "closed",
      "de",
      STATUS_OK,
      { "beendet", "href=\"receipt?lang=de\"" },
      "id=\"code\"" },
    { "unknown wave", page_survey, "nowhere", "de", STATUS_MISSING, { NULL }, NULL },
    { "result page before the count: says when it will be, asks for nothing",
      page_receipt,
      "closed",
      "de",
      STATUS_OK,
      { "data-page=\"receipt\"", "noch nicht", "30. Juni 2030" },
      "id=\"receipt-input\"" },
    { "receipt page of an unknown wave shows no path",
      page_receipt,
      "nowhere",
      "de",
      STATUS_MISSING,
      { NULL },
      "/tmp" },
    { "kiosk: a card's code, the notice in full, no choice of device",
      page_kiosk,
      "open",
      "de",
      STATUS_OK,
      { "data-page=\"kiosk\"", "Der Code auf Ihrer Karte", "<details>", "Ohne JavaScript" },
      "id=\"device\"" },
    { "kiosk: nothing leads to another page", page_kiosk, "open", "de", STATUS_OK, { "kiosk" }, "href=\"receipt" },
    { "kiosk of a closed wave", page_kiosk, "closed", "de", STATUS_OK, { "beendet" }, "href=\"receipt" },
    { "entry: paper order with printed numbers, the condition as printed",
      page_entry,
      "open",
      "de",
      STATUS_OK,
      { "data-page=\"entry\"", "id=\"label-KP2\" for=\"quick-KP2\"><b>2</b>", "Nur beantworten, wenn Sie bei Frage 1",
        "id=\"KP1-5\" name=\"KP1\" value=\"5\" data-number=\"5\"" },
      "href=\"receipt" },
    { "entry: in English, and questions that are switched off are not there",
      page_entry,
      "open",
      "en",
      STATUS_OK,
      { "Type in paper questionnaires", "data-rotate=\"2\"", "data-max=\"3\"", "Answer only if in question 1" },
      "OF1" },
    { "entry of a closed wave", page_entry, "closed", "de", STATUS_OK, { "beendet", "client.js" }, "entry.js" },
    { "entry of an unknown wave", page_entry, "nowhere", "de", STATUS_MISSING, { NULL }, "/tmp" },
    { "privacy notice on its own page, with the check code",
      page_privacy,
      "open",
      "de",
      STATUS_OK,
      { "Prüfcode", "30. Juni 2030", "liegt auf dem Server", "href=\"./?lang=de\"" },
      "<script" },
    { "privacy notice of an unknown wave", page_privacy, "nowhere", "de", STATUS_MISSING, { NULL }, "/tmp" },
    { "list: the open wave and no other", page_waves, "", "de", STATUS_OK, { "href=\"/w/open/\"" }, "/w/closed/" },
    { "asset: the script is there", page_asset, "client.js", "de", STATUS_OK, { NULL }, NULL },
    { "asset: another folder of the program is not", page_asset, "..", "de", STATUS_MISSING, { NULL }, NULL },
};

#define OK(call)                                                                                                       \
    do {                                                                                                               \
        if ((call) != STATUS_OK) {                                                                                     \
            fprintf(stderr, "%s: %s\n", #call, fail.what);                                                             \
            return -1;                                                                                                 \
        }                                                                                                              \
    } while (0)

static int set_up(struct stage *stage)
{
    static const struct unit units[] = {
        { .id = "S", .name = "Musterstadt", .level = UNIT_CITY, .parent = -1, .reported = true },
        { .id = "FB50", .name = "Soziales & Wohnen", .level = UNIT_DEPARTMENT, .parent = 0, .reported = true },
    };
    static const char *const parents[] = { "", "S" };
    static const char *const names[] = { "frozen", "open", "closed" };
    struct fail fail = { 0 };
    snprintf(stage->dir, sizeof stage->dir, "/tmp/querschnitt-page-XXXXXX");
    if (mkdtemp(stage->dir) == NULL)
        return -1;
    OK(store_open(stage->dir, STORE_WRITE, &stage->store, &fail));
    OK(wave_cache_open(&stage->waves, &fail));
    OK(store_units(stage->store, units, parents, COUNT(units), &fail));
    for (size_t i = 0; i < COUNT(names); i++) {
        struct wave_plan plan = { .name = names[i],
                                  .year = 2025,
                                  .form = "open_administration",
                                  .closes = "2030-06-30",
                                  .issue_origin = "http://127.0.0.1:1",
                                  .collect_origin = "http://127.0.0.1:2",
                                  .passphrase = "twelve or more characters" };
        OK(wave_freeze(stage->store, stage->dir, &plan, &fail));
        const char *unit[] = { "FB50" };
        char code[1][CODE_TEXT_ROOM];
        OK(wave_invite(stage->store, names[i], unit, 1, code, &fail));
        OK(wave_rehearse_here(stage->dir, names[i], plan.passphrase, &fail));
        if (i > 0)
            OK(wave_open(stage->store, stage->dir, names[i], &fail));
    }
    OK(wave_close(stage->store, stage->dir, "closed", &fail));
    return 0;
}

static int tear_down(struct stage *stage)
{
    char command[128];
    wave_cache_close(stage->waves);
    store_close(stage->store);
    snprintf(command, sizeof command, "rm -rf %s", stage->dir);
    return system(command);
}

struct page_test {
    const struct page_case *row;
    const struct stage *stage;
};

static void check_page(void **state)
{
    const struct page_test *test = *state;
    const struct page_case *row = test->row;
    const struct stage *stage = test->stage;
    struct service service = { .dir = stage->dir, .faces = FACE_ISSUE, .store = stage->store, .waves = stage->waves };
    struct arena arena;
    arena_init(&arena, 16 << 20);
    const struct field field = { "lang", row->language };
    struct request request = { .arena = &arena,
                               .method = METHOD_GET,
                               .parts = { row->part },
                               .fields = &field,
                               .field_count = 1,
                               .language = language_find(row->language, language_default) };
    struct response response = { 0 };
    struct fail fail = { .language = request.language };
    buf_init(&response.page.out, PAGE_BYTES_MAX);
    assert_int_equal(row->handler(&service, &request, &response, &fail), row->status);
    const char *text =
        row->status == STATUS_OK && response.page.out.bytes != NULL ? response.page.out.bytes : fail.what;
    for (size_t i = 0; i < COUNT(row->has) && row->has[i] != NULL; i++)
        if (strstr(text, row->has[i]) == NULL)
            fail_msg("the page lacks %s", row->has[i]);
    if (row->lacks != NULL && strstr(text, row->lacks) != NULL)
        fail_msg("the page has %s", row->lacks);
    assert_false(response.page.out.failed);
    buf_free(&response.page.out);
    arena_free(&arena);
}

/* Read once, and again when the folder was made anew; a full cache still answers. */
static void forms_are_kept(void **state)
{
    const struct stage *stage = ((const struct page_test *)*state)->stage;
    const struct frozen *first = NULL;
    const struct frozen *second = NULL;
    char path[WAVE_PATH_ROOM];
    struct arena arena;
    struct buf bytes;
    arena_init(&arena, 64 << 20);
    buf_init(&bytes, 64 * 1024);
    assert_int_equal(wave_cache_find(stage->waves, &arena, stage->dir, "open", &first, NULL), STATUS_OK);
    assert_int_equal(wave_cache_find(stage->waves, &arena, stage->dir, "open", &second, NULL), STATUS_OK);
    assert_ptr_equal(first, second);
    wave_path(path, stage->dir, "open", "manifest");
    assert_int_equal(buf_read_file(&bytes, path, NULL), STATUS_OK);
    for (size_t i = 0; i < WAVE_CACHE_MAX + 2; i++) {
        assert_int_equal(unlink(path), 0);
        assert_int_equal(buf_write_file(&bytes, path, 0644, NULL), STATUS_OK);
        assert_int_equal(wave_cache_find(stage->waves, &arena, stage->dir, "open", &second, NULL), STATUS_OK);
        assert_ptr_not_equal(first, second);
        assert_string_equal(second->manifest.wave, "open");
        assert_int_equal(second->form->item_count, first->form->item_count);
    }
    assert_int_equal(wave_cache_find(stage->waves, &arena, stage->dir, "../open", &second, NULL), STATUS_MISSING);
    buf_free(&bytes);
    arena_free(&arena);
}

/* For browsers that take gzip the page is written once, until somebody changes a fact. */
static void pages_are_kept(void **state)
{
    const struct stage *stage = ((const struct page_test *)*state)->stage;
    struct service service = { .dir = stage->dir, .faces = FACE_ISSUE, .store = stage->store, .waves = stage->waves };
    struct buf pages[4] = { 0 };
    struct store *other = NULL;
    assert_int_equal(store_open(stage->dir, STORE_WRITE, &other, NULL), STATUS_OK);
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct arena arena;
        arena_init(&arena, 16 << 20);
        struct request request = { .arena = &arena,
                                   .method = METHOD_GET,
                                   .parts = { i == 3 ? "closed" : "open" },
                                   .language = language_default,
                                   .accept_encoding = "gzip, deflate" };
        struct response response = { 0 };
        buf_init(&response.page.out, PAGE_BYTES_MAX);
        if (i == 2)
            assert_int_equal(store_fact_set(other, "city", "Neustadt an der Probe", NULL), STATUS_OK);
        assert_int_equal(page_survey(&service, &request, &response, NULL), STATUS_OK);
        assert_true(response.packed);
        assert_string_equal(response.connect_to, "http://127.0.0.1:2");
        pages[i] = response.page.out;
        arena_free(&arena);
    }
    assert_int_equal(pages[0].length, pages[1].length);
    assert_memory_equal(pages[0].bytes, pages[1].bytes, pages[0].length);
    for (size_t i = 2; i < COUNT(pages); i++)
        assert_true(pages[i].length != pages[0].length || memcmp(pages[i].bytes, pages[0].bytes, pages[0].length) != 0);
    for (size_t i = 0; i < COUNT(pages); i++)
        buf_free(&pages[i]);
    store_close(other);
}

int main(void)
{
    struct stage stage = { 0 };
    struct page_test rows[COUNT(cases)];
    struct CMUnitTest tests[COUNT(cases) + 2];
    for (size_t i = 0; i < COUNT(cases); i++) {
        rows[i] = (struct page_test){ &cases[i], &stage };
        tests[i] = (struct CMUnitTest){ cases[i].name, check_page, NULL, NULL, &rows[i] };
    }
    tests[COUNT(cases) + 1] = (struct CMUnitTest){ "pages are written once", pages_are_kept, NULL, NULL, &rows[0] };
    tests[COUNT(cases)] = (struct CMUnitTest){ "forms are read once", forms_are_kept, NULL, NULL, &rows[0] };
    if (set_up(&stage) != 0)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    return tear_down(&stage) != 0 || failed != 0;
}

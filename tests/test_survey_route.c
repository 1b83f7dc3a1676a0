/* Routes: matching, hostile paths, and the rules every row of the table must keep. Manifest: written, read, changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "survey/route.h"
#include "survey/wave.h"

static struct uri_case {
    const char *uri;
    bool good;
} uris[] = {
    { "/", true },
    { "/w/2025/manifest?lang=de", true },
    { "/assets/Inter-Regular.otf", true },
    { "/search?q=%2e%2e%2f", true },
    { "/../etc/passwd", false },
    { "/w/../../etc/passwd", false },
    { "/w/%2e%2e/manifest", false },
    { "/w/%2E%2E/manifest", false },
    { "/w/a%2fb/manifest", false },
    { "/w/2025%00/manifest", false },
    { "/w/2025/manifest?x=%00", false },
    { "/.git/config", false },
    { "//evil.example/", false },
    { "/w/a\\b", false },
    { "/w/ a", false },
    { "/w/\xc3\xa4", false },
    { "http://evil.example/", false },
    { "*", false },
    { "", false },
};

static void check_uri(void **state)
{
    const struct uri_case *row = *state;
    assert_int_equal(route_uri_ok(row->uri), row->good);
}

static void check_long_uri(void **state)
{
    (void)state;
    char uri[URI_MAX + 2];
    memset(uri, 'a', sizeof uri);
    uri[0] = '/';
    uri[URI_MAX] = '\0';
    assert_true(route_uri_ok(uri));
    uri[URI_MAX] = 'a';
    uri[URI_MAX + 1] = '\0';
    assert_false(route_uri_ok(uri));
}

static enum status nothing(struct service *service, const struct request *request, struct response *response,
                           struct fail *fail)
{
    (void)service, (void)request, (void)response, (void)fail;
    return STATUS_OK;
}

static const struct route rows[] = {
    { METHOD_GET, "/", FACE_ISSUE, ROLE_PUBLIC, 0, 0, nothing },
    { METHOD_GET, "/w/{}/", FACE_ISSUE, ROLE_PUBLIC, 0, 0, nothing },
    { METHOD_POST, "/w/{}/draw", FACE_ISSUE, ROLE_PUBLIC, 0, 10, nothing },
    { METHOD_GET, "/a/{}/b/{}", FACE_OFFICE, ROLE_ADMIN, 0, 0, nothing },
};

static struct match_case {
    const char *path;
    enum face face;
    enum method method;
    int row; /* -1: none */
    bool other_method;
    const char *first, *second;
} matches[] = {
    { "/", FACE_ISSUE, METHOD_GET, 0, false, NULL, NULL },
    { "/", FACE_COLLECT, METHOD_GET, -1, false, NULL, NULL },
    { "/w/2025/", FACE_ISSUE, METHOD_GET, 1, false, "2025", NULL },
    { "/w/2025", FACE_ISSUE, METHOD_GET, -1, false, NULL, NULL },
    { "/w//", FACE_ISSUE, METHOD_GET, -1, false, NULL, NULL },
    { "/w/2025/draw", FACE_ISSUE, METHOD_POST, 2, false, "2025", NULL },
    { "/w/2025/draw", FACE_ISSUE, METHOD_GET, -1, true, NULL, NULL },
    { "/w/2025/drawn", FACE_ISSUE, METHOD_POST, -1, false, NULL, NULL },
    { "/w/.hidden/draw", FACE_ISSUE, METHOD_POST, -1, false, NULL, NULL },
    { "/w/a b/draw", FACE_ISSUE, METHOD_POST, -1, false, NULL, NULL },
    { "/a/x.pdf/b/~y@z", FACE_OFFICE, METHOD_GET, 3, false, "x.pdf", "~y@z" },
    { "/a/x/b/", FACE_OFFICE, METHOD_GET, -1, false, NULL, NULL },
};

static void check_match(void **state)
{
    const struct match_case *row = *state;
    char parts[PATH_PART_MAX][PATH_PART_ROOM] = { "" };
    size_t part_count = 0;
    bool other_method = false;
    const struct route *found =
        route_find(rows, COUNT(rows), row->face, row->method, row->path, parts, &part_count, &other_method);
    assert_ptr_equal(found, row->row < 0 ? NULL : &rows[row->row]);
    assert_int_equal(other_method, row->other_method);
    assert_int_equal(part_count, row->row < 0 ? 0 : (size_t)(row->first != NULL) + (row->second != NULL));
    if (row->first != NULL)
        assert_string_equal(parts[0], row->first);
    if (row->second != NULL)
        assert_string_equal(parts[1], row->second);
}

/* Rules of the real table: no address twice on a face, posts have a limit, posts of people with a role carry the token,
 * the respondents' faces know no role. */
static void check_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_count; i++) {
        const struct route *row = &routes[i];
        assert_true(row->path[0] == '/' && row->handler != NULL && row->faces != 0);
        if (row->method == METHOD_POST) {
            assert_true(row->body_max > 0);
            assert_true(row->roles == ROLE_PUBLIC || (row->flags & ROUTE_CSRF) != 0);
        } else {
            assert_int_equal(row->body_max, 0);
        }
        if (row->faces & (FACE_ISSUE | FACE_COLLECT))
            assert_int_equal(row->roles, ROLE_PUBLIC);
        if (row->roles != ROLE_PUBLIC) /* signing in is looked up under the lock */
            assert_int_equal(row->flags & ROUTE_UNLOCKED, 0);
        for (size_t k = 0; k < i; k++)
            assert_false(routes[k].method == row->method && (routes[k].faces & row->faces) != 0 &&
                         strcmp(routes[k].path, row->path) == 0);
    }
}

static void make(struct manifest *manifest)
{
    *manifest = (struct manifest){ .wave = "2025", .closes = "2025-09-30", .issuer = "https://survey.example",
                                   .collector = "https://box.example", .slot = 8192, .smallest_group = 10,
                                   .key = "server", .deletes = "2026-09-30" };
    memset(manifest->n, 0xab, sizeof manifest->n);
    memset(manifest->box, 4, sizeof manifest->box);
    memset(manifest->receipt, 5, sizeof manifest->receipt);
    memset(manifest->form, 'a', sizeof manifest->form - 1);
    memset(manifest->client, 'b', sizeof manifest->client - 1);
}

static void check_manifest(void **state)
{
    (void)state;
    struct manifest manifest, read, other;
    struct buf bytes;
    char printed[48];
    make(&manifest);
    buf_init(&bytes, 8192);
    assert_int_equal(manifest_write(&manifest, &bytes, NULL), STATUS_OK);
    assert_int_equal(manifest_read(bytes.bytes, bytes.length, &read, NULL), STATUS_OK);
    assert_string_equal(read.wave, "2025");
    assert_string_equal(read.collector, "https://box.example");
    assert_memory_equal(read.n, manifest.n, sizeof read.n);
    manifest_print(&read, printed);
    assert_int_equal(strlen(printed), 39);
    for (size_t i = 0; i < bytes.length; i += 7) { /* whatever is changed: another fingerprint or no manifest */
        char kept = bytes.bytes[i];
        bytes.bytes[i] = kept == '1' ? '2' : '1';
        if (manifest_read(bytes.bytes, bytes.length, &other, NULL) == STATUS_OK)
            assert_memory_not_equal(other.fingerprint, read.fingerprint, 32);
        bytes.bytes[i] = kept;
    }
    buf_add_byte(&bytes, '\n'); /* not canonical */
    assert_int_equal(manifest_read(bytes.bytes, bytes.length, &other, NULL), STATUS_INPUT);
    assert_int_equal(manifest_read("{}", 2, &other, NULL), STATUS_INPUT);
    snprintf(manifest.tables, sizeof manifest.tables, "%064x", 7u); /* a wave with a list of tables, too */
    buf_clear(&bytes);
    assert_int_equal(manifest_write(&manifest, &bytes, NULL), STATUS_OK);
    assert_int_equal(manifest_read(bytes.bytes, bytes.length, &read, NULL), STATUS_OK);
    assert_string_equal(read.tables, manifest.tables);
    manifest.tables[3] = 'g';
    assert_int_equal(manifest_write(&manifest, &bytes, NULL), STATUS_INPUT);
    manifest.tables[0] = '\0';
    manifest.n[0] = 0x7f; /* 3071 bits */
    buf_clear(&bytes);
    assert_int_equal(manifest_write(&manifest, &bytes, NULL), STATUS_OK);
    assert_int_equal(manifest_read(bytes.bytes, bytes.length, &other, NULL), STATUS_INPUT);
    snprintf(manifest.wave, sizeof manifest.wave, "../etc");
    assert_int_equal(manifest_write(&manifest, &bytes, NULL), STATUS_INPUT);
    buf_free(&bytes);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(uris) + COUNT(matches) + 3] = {
        cmocka_unit_test(check_long_uri),
        cmocka_unit_test(check_table),
        cmocka_unit_test(check_manifest),
    };
    for (size_t i = 0; i < COUNT(uris); i++)
        tests[i + 3] = (struct CMUnitTest){ uris[i].uri, check_uri, NULL, NULL, &uris[i] };
    for (size_t i = 0; i < COUNT(matches); i++)
        tests[i + 3 + COUNT(uris)] = (struct CMUnitTest){ matches[i].path, check_match, NULL, NULL, &matches[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The office through its handlers: signing in, waiting after failures, sessions, CSRF, who may see which page, an
 * upload. The clock and the randomness are the test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "survey/office.h"

static const char password[] = "correct horse battery";

struct fixture {
    char dir[64];
    struct service service;
    struct env env;
    int64_t clock;
    unsigned char noise;
    struct arena arena;
    struct response response;
};

static int64_t fake_now(void *state)
{
    return ((struct fixture *)state)->clock;
}

static void fake_random(void *state, void *bytes, size_t length)
{
    struct fixture *fixture = state;
    for (size_t i = 0; i < length; i++)
        ((unsigned char *)bytes)[i] = fixture->noise++;
}

static void add_account(struct fixture *fixture, const char *name, unsigned roles)
{
    struct account account = { .roles = roles };
    snprintf(account.name, sizeof account.name, "%s", name);
    assert_int_equal(session_hash_password(password, &account, NULL), STATUS_OK);
    assert_int_equal(store_account_put(fixture->service.store, &account, NULL), STATUS_OK);
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    snprintf(fixture->dir, sizeof fixture->dir, "/tmp/querschnitt-office-XXXXXX");
    assert_non_null(mkdtemp(fixture->dir));
    fixture->clock = 1750000000;
    fixture->env = (struct env){ fixture, fake_now, fake_random };
    fixture->service = (struct service){ .dir = fixture->dir, .faces = FACE_OFFICE, .env = &fixture->env };
    pthread_mutex_init(&fixture->service.lock, NULL);
    arena_init(&fixture->arena, 256 << 20);
    assert_int_equal(store_open(fixture->dir, STORE_WRITE, &fixture->service.store, NULL), STATUS_OK);
    assert_int_equal(office_open(&fixture->service, NULL), STATUS_OK);
    add_account(fixture, "boss", ROLE_ADMIN);
    add_account(fixture, "council", ROLE_COUNCIL);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char path[128];
    office_close(&fixture->service);
    store_close(fixture->service.store);
    arena_free(&fixture->arena);
    buf_free(&fixture->response.page.out);
    pthread_mutex_destroy(&fixture->service.lock);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", fixture->dir);
    unlink(path);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite-journal", fixture->dir);
    unlink(path);
    rmdir(fixture->dir);
    free(fixture);
    return 0;
}

static enum status call(struct fixture *fixture, handler *handle, struct request *request)
{
    buf_free(&fixture->response.page.out);
    fixture->response = (struct response){ 0 };
    buf_init(&fixture->response.page.out, 16 << 20);
    request->arena = &fixture->arena;
    request->path = request->path == NULL ? "/" : request->path;
    return handle(&fixture->service, request, &fixture->response, NULL);
}

/* The token of a new session, NULL when the password was refused. */
static const char *sign_in(struct fixture *fixture, const char *name, const char *word)
{
    const struct field fields[] = { { "name", name }, { "password", word } };
    struct request request = { .method = METHOD_POST, .fields = fields, .field_count = 2 };
    assert_int_equal(call(fixture, page_login_post, &request), STATUS_OK);
    if (fixture->response.status != 303)
        return NULL;
    assert_non_null(strstr(fixture->response.set_cookie, "; HttpOnly; SameSite=Strict; Path=/"));
    assert_memory_equal(fixture->response.set_cookie, "session=", 8);
    char *token = arena_copy(&fixture->arena, fixture->response.set_cookie + 8, 64);
    assert_non_null(token);
    return token;
}

static struct request authenticated(struct fixture *fixture, const char *token)
{
    struct request request = { .session = token, .arena = &fixture->arena };
    session_authenticate(&fixture->service, &request);
    return request;
}

static void passwords(void **state)
{
    struct fixture *fixture = *state;
    assert_null(sign_in(fixture, "boss", "wrong password"));
    assert_int_equal(fixture->response.status, 403);
    char *first = arena_string(&fixture->arena, fixture->response.page.out.bytes);
    assert_null(sign_in(fixture, "nobody", "wrong password"));
    assert_int_equal(fixture->response.status, 403);
    assert_non_null(strstr(first, "role=\"alert\""));
    assert_null(strstr(fixture->response.page.out.bytes, "wrong password")); /* never sent back */
    assert_non_null(sign_in(fixture, "boss", password));
}

static void waiting(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < FREE_FAILURES; i++)
        assert_null(sign_in(fixture, "boss", "wrong password"));
    assert_null(sign_in(fixture, "boss", password)); /* even the right one has to wait */
    assert_int_equal(fixture->response.status, 429);
    fixture->clock += WAIT_MAX + 1;
    assert_non_null(sign_in(fixture, "boss", password));
}

/* The clock jumps a year ahead and back: nobody is locked out for a year, no session lives for a year. */
static void clock_jumps(void **state)
{
    struct fixture *fixture = *state;
    const int64_t year = 365 * 86400;
    fixture->clock += year;
    for (int i = 0; i < FREE_FAILURES; i++)
        assert_null(sign_in(fixture, "boss", "wrong password"));
    const char *token = sign_in(fixture, "council", password);
    assert_non_null(token);
    assert_non_null(authenticated(fixture, token).user);
    fixture->clock -= year;
    assert_non_null(sign_in(fixture, "boss", password));
    assert_null(authenticated(fixture, token).user);
    /* An unknown name costs as much as a known one. */
    assert_int_equal(crypto_pwhash_str_needs_rehash(fixture->service.office->nobody, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                                    crypto_pwhash_MEMLIMIT_INTERACTIVE), 0);
}

static void sessions_end(void **state)
{
    struct fixture *fixture = *state;
    const char *token = sign_in(fixture, "boss", password);
    assert_string_equal(authenticated(fixture, token).user, "boss");
    fixture->clock += SESSION_IDLE;
    assert_non_null(authenticated(fixture, token).user); /* and begins its half hour anew */
    fixture->clock += SESSION_IDLE + 1;
    assert_null(authenticated(fixture, token).user);
    token = sign_in(fixture, "boss", password);
    struct request request = authenticated(fixture, token);
    assert_int_equal(call(fixture, page_logout_post, &request), STATUS_OK);
    assert_null(authenticated(fixture, token).user);
    token = sign_in(fixture, "council", password);
    assert_int_equal(store_account_remove(fixture->service.store, "council", NULL), STATUS_OK);
    assert_null(authenticated(fixture, token).user);
    assert_null(authenticated(fixture, NULL).user);
    assert_null(authenticated(fixture, "0000000000000000000000000000000000000000000000000000000000000000").user);
}

static void tokens_of_forms(void **state)
{
    struct fixture *fixture = *state;
    struct request one = authenticated(fixture, sign_in(fixture, "boss", password));
    struct request other = authenticated(fixture, sign_in(fixture, "council", password));
    struct field field = { "csrf", one.csrf };
    one.fields = other.fields = &field;
    one.field_count = other.field_count = 1;
    assert_true(session_csrf_ok(&one));
    assert_false(session_csrf_ok(&other)); /* another session's token */
    field.value = "";
    assert_false(session_csrf_ok(&one));
    one.field_count = 0;
    assert_false(session_csrf_ok(&one));
}

static void routes_ask_for_roles(void **state)
{
    (void)state;
    for (size_t i = 0; i < route_count; i++) {
        if ((routes[i].faces & FACE_OFFICE) == 0)
            continue;
        bool open = strcmp(routes[i].path, "/login") == 0 || strncmp(routes[i].path, "/assets", 7) == 0;
        if (!open && routes[i].roles == ROLE_PUBLIC)
            fail_msg("%s is open to everybody", routes[i].path);
        if (!open && routes[i].method == METHOD_POST && (routes[i].flags & ROUTE_CSRF) == 0)
            fail_msg("%s takes posts without a token", routes[i].path);
        if (routes[i].handler == page_users || routes[i].handler == page_users_post)
            assert_int_equal(routes[i].roles, ROLE_ADMIN);
        if (routes[i].handler == page_imports_post)
            assert_int_equal(routes[i].roles & ROLE_COUNCIL, 0);
    }
}

static void pages_have_landmarks(void **state)
{
    struct fixture *fixture = *state;
    static handler *const pages[] = { page_dashboard, page_results, page_figures, page_imports, page_users, page_audit, page_wave,
                                      page_texts, page_missing };
    const char *token = sign_in(fixture, "boss", password);
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct request request = authenticated(fixture, token);
        assert_int_equal(call(fixture, pages[i], &request), STATUS_OK);
        const char *html = fixture->response.page.out.bytes;
        static const char *const wanted[] = { "class=\"skip\"", "<main id=\"main\"", "<nav ",
                                              "<h1>",           "</html>",           "lang=\"en\"" };
        for (size_t k = 0; k < COUNT(wanted); k++)
            if (strstr(html, wanted[k]) == NULL)
                fail_msg("page %zu has no %s", i, wanted[k]);
        assert_null(strstr(html, "<script"));
        assert_null(strstr(html, " style="));
        const char *title = strstr(html, "<h1>");
        assert_null(strstr(title + 4, "<h1>"));
    }
}

static void accounts_by_hand(void **state)
{
    struct fixture *fixture = *state;
    struct account account;
    const struct field add[] = { { "add", "<b>new" }, { "role", "analyst" }, { "password", "at least twelve" } };
    const struct field weak[] = { { "add", "weak" }, { "role", "analyst" }, { "password", "short" } };
    const struct field self[] = { { "remove", "boss" } };
    const char *token = sign_in(fixture, "boss", password);
    struct request request = authenticated(fixture, token);
    request.fields = add;
    request.field_count = COUNT(add);
    assert_int_equal(call(fixture, page_users_post, &request), STATUS_OK);
    assert_int_equal(store_account_find(fixture->service.store, "<b>new", &account, NULL), STATUS_OK);
    assert_int_equal(account.roles, ROLE_ANALYST);
    assert_int_equal(call(fixture, page_users_post, &request), STATUS_CONFLICT);
    request.fields = weak;
    assert_int_equal(call(fixture, page_users_post, &request), STATUS_INPUT);
    request.fields = self;
    request.field_count = 1;
    assert_int_equal(call(fixture, page_users_post, &request), STATUS_INPUT);
    request = authenticated(fixture, token);
    assert_int_equal(call(fixture, page_users, &request), STATUS_OK);
    assert_null(strstr(fixture->response.page.out.bytes, "<b>new"));
    assert_non_null(strstr(fixture->response.page.out.bytes, "&lt;b&gt;new"));
}

static void upload(void **state)
{
    struct fixture *fixture = *state;
    static const char wrong[] = "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\nS;Geheimname;AMT;X;7;1\n";
    static const char right[] = "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\nS;Stadt;STADT;;0;1\n";
    static const char person[] = "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\n"
                                 "S;Geheimname;STADT;DE89370400440532013000;0;1\n";
    const struct field fields[] = { { "kind", "units" } };
    struct upload file = { "file", "units.csv", wrong, sizeof wrong - 1 };
    struct request request = authenticated(fixture, sign_in(fixture, "boss", password));
    request.fields = fields;
    request.field_count = 1;
    request.files = &file;
    request.file_count = 1;
    assert_int_equal(call(fixture, page_imports_post, &request), STATUS_OK);
    assert_int_equal(fixture->response.status, 422);
    assert_non_null(strstr(fixture->response.page.out.bytes, "V06"));
    const char *findings = strstr(fixture->response.page.out.bytes, "id=\"findings\"");
    assert_non_null(findings);
    assert_null(strstr(findings, "Geheimname")); /* values are never repeated there */
    assert_non_null(strstr(fixture->response.page.out.bytes, "<td>Geheimname</td>")); /* only in the first rows */
    file.bytes = person;
    file.length = sizeof person - 1;
    assert_int_equal(call(fixture, page_imports_post, &request), STATUS_OK);
    assert_non_null(strstr(fixture->response.page.out.bytes, "V03"));
    assert_null(strstr(fixture->response.page.out.bytes, "Geheimname"));
    file.bytes = right;
    file.length = sizeof right - 1;
    assert_int_equal(call(fixture, page_imports_post, &request), STATUS_OK);
    assert_int_equal(fixture->response.status, 200);
    assert_non_null(strstr(fixture->response.page.out.bytes, "class=\"success\""));
    assert_non_null(strstr(fixture->response.page.out.bytes, "name=\"delivery\" value=\"1\""));
    /* What the page did not show is not taken back; what it showed is, once. */
    const struct field stale[] = { { "delivery", "7" } };
    const struct field shown[] = { { "delivery", "1" } };
    request = authenticated(fixture, sign_in(fixture, "boss", password));
    request.fields = stale;
    request.field_count = 1;
    assert_int_equal(call(fixture, page_imports_undo, &request), STATUS_CONFLICT);
    request.fields = shown;
    assert_int_equal(call(fixture, page_imports_undo, &request), STATUS_OK);
    assert_int_equal(fixture->response.status, 303);
    assert_int_equal(call(fixture, page_imports_undo, &request), STATUS_MISSING);
    request.parts[0] = "beschwerde";
    assert_int_equal(call(fixture, page_imports_template, &request), STATUS_OK);
    assert_string_equal(fixture->response.download, "beschwerde.csv");
    assert_memory_equal(fixture->response.page.out.bytes, "jahr;anzahl\r\n", 13);
    request.parts[0] = "recommendations";
    buf_clear(&fixture->response.page.out);
    assert_int_equal(call(fixture, page_imports_template, &request), STATUS_OK);
    assert_non_null(strstr(fixture->response.page.out.bytes, "\r\nE05;Interkulturelle"));
    assert_non_null(strstr(fixture->response.page.out.bytes, "\r\nE08;;;\r\n")); /* not invented */
}

/* Warnings are shown with a box to tick; ticked, the file is stored. */
static void warnings_are_accepted(void **state)
{
    struct fixture *fixture = *state;
    static const char old[] = "mass_id;emp_id;titel;org_id;beginn_soll;ende_soll;budget_eur;indikator_id;zielwert;"
                              "zielwert_begruendung\nM1;E1;Tun;;;;;r1;30;\n";
    static const char list[] = "emp_id;titel;beschluss_datum;vorlage_nr\nE1;Etwas;;\n";
    const struct field fields[] = { { "kind", "recommendations" } };
    const struct field measures[] = { { "kind", "measures" }, { "accept", "1" } };
    struct upload file = { "file", "a.csv", list, sizeof list - 1 };
    struct request request = authenticated(fixture, sign_in(fixture, "boss", password));
    request.fields = fields;
    request.field_count = 1;
    request.files = &file;
    request.file_count = 1;
    assert_int_equal(call(fixture, page_imports_post, &request), STATUS_OK);
    assert_null(strstr(fixture->response.page.out.bytes, "name=\"accept\""));
    file.bytes = old;
    file.length = sizeof old - 1;
    request.fields = measures;
    assert_int_equal(call(fixture, page_imports_post, &request), STATUS_OK);
    assert_int_equal(fixture->response.status, 422);
    assert_non_null(strstr(fixture->response.page.out.bytes, "name=\"accept\""));
    request.field_count = 2;
    assert_int_equal(call(fixture, page_imports_post, &request), STATUS_OK);
    assert_int_equal(fixture->response.status, 200);
}

static void add_wave(struct fixture *fixture)
{
    const struct wave wave = { .name = "2026", .year = 2026, .closes = "2026-06-30" };
    int64_t id = 0;
    assert_int_equal(store_wave_add(fixture->service.store, &wave, &id, NULL), STATUS_OK);
}

/* A text is previewed, refused, saved, undone, frozen; what was typed comes back whatever happens. */
static void texts_of_the_report(void **state)
{
    struct fixture *fixture = *state;
    struct field fields[] = { { "wave", "2026" }, { "place", "said" },    { "text_language", "de" },
                              { "text", "- <b>" }, { "action", "preview" }, { "sure", "1" } };
    struct request request = authenticated(fixture, sign_in(fixture, "boss", password));
    assert_int_equal(call(fixture, page_texts, &request), STATUS_OK); /* no wave yet */
    request.fields = fields;
    request.field_count = 5;
    assert_int_equal(call(fixture, page_texts_post, &request), STATUS_MISSING);
    add_wave(fixture);
    assert_int_equal(call(fixture, page_texts_post, &request), STATUS_OK);
    assert_non_null(strstr(fixture->response.page.out.bytes, "<li>&lt;b&gt;</li>"));
    assert_non_null(strstr(fixture->response.page.out.bytes, "- &lt;b&gt;</textarea>"));
    fields[4].value = "save";
    fields[3].value = "one\x01";
    assert_int_equal(call(fixture, page_texts_post, &request), STATUS_OK);
    assert_int_equal(fixture->response.status, 422);
    assert_non_null(strstr(fixture->response.page.out.bytes, "role=\"alert\""));
    static const char *const typed[] = { "one", "two" };
    for (size_t i = 0; i < COUNT(typed); i++) {
        fields[3].value = typed[i];
        assert_int_equal(call(fixture, page_texts_post, &request), STATUS_OK);
        assert_string_equal(fixture->response.location, "/texts?wave=2026&told=saved");
    }
    fields[4].value = "undo";
    assert_int_equal(call(fixture, page_texts_post, &request), STATUS_OK);
    request.field_count = 3;
    assert_int_equal(call(fixture, page_texts, &request), STATUS_OK);
    assert_non_null(strstr(fixture->response.page.out.bytes, "\none</textarea>"));
    fields[4].value = "freeze";
    request.field_count = 5;
    assert_int_equal(call(fixture, page_texts_post, &request), STATUS_INPUT); /* the box is not ticked */
    request.field_count = 6;
    assert_int_equal(call(fixture, page_texts_post, &request), STATUS_OK);
    fields[4].value = "save";
    assert_int_equal(call(fixture, page_texts_post, &request), STATUS_CONFLICT);
    request.field_count = 1;
    assert_int_equal(call(fixture, page_texts, &request), STATUS_OK);
    assert_null(strstr(fixture->response.page.out.bytes, "<form method=\"post\" action=\"/texts\""));
    fields[1].value = "nonsense";
    request.field_count = 3;
    assert_int_equal(call(fixture, page_texts, &request), STATUS_MISSING);
}

/* Both days or none of them; a refused one changes nothing. */
static void days_of_publication(void **state)
{
    struct fixture *fixture = *state;
    struct field fields[] = { { "wave", "2026" }, { "to_staff", "2026-08-12" }, { "to_council", "2026-09-30" } };
    struct request request = authenticated(fixture, sign_in(fixture, "boss", password));
    static const char *const wrong[] = { "2026-06-29", "2026-09-31", "30.09.2026", "2036-01-01", "2026-09-301" };
    request.fields = fields;
    request.field_count = 3;
    assert_int_equal(call(fixture, page_publication_post, &request), STATUS_MISSING);
    add_wave(fixture);
    assert_int_equal(call(fixture, page_publication_post, &request), STATUS_OK);
    assert_string_equal(fixture->response.location, "/texts?wave=2026&told=days");
    for (size_t i = 0; i < COUNT(wrong); i++) {
        fields[2].value = wrong[i];
        assert_int_equal(call(fixture, page_publication_post, &request), STATUS_INPUT);
    }
    request.field_count = 1;
    assert_int_equal(call(fixture, page_texts, &request), STATUS_OK);
    assert_non_null(strstr(fixture->response.page.out.bytes, "name=\"to_staff\" value=\"2026-08-12\""));
    assert_non_null(strstr(fixture->response.page.out.bytes, "name=\"to_council\" value=\"2026-09-30\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(passwords, set_up, tear_down),
        cmocka_unit_test_setup_teardown(waiting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(clock_jumps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sessions_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tokens_of_forms, set_up, tear_down),
        cmocka_unit_test_setup_teardown(routes_ask_for_roles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pages_have_landmarks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(accounts_by_hand, set_up, tear_down),
        cmocka_unit_test_setup_teardown(upload, set_up, tear_down),
        cmocka_unit_test_setup_teardown(warnings_are_accepted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_of_the_report, set_up, tear_down),
        cmocka_unit_test_setup_teardown(days_of_publication, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

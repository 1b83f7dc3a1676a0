/* The server over real sockets: hostile requests, limits, methods, security headers, early refusals; and what the
 * collector's sources must not contain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/buf.h"
#include "survey/service.h"

struct place {
    char dir[48];
    struct service *service;
};

static int begin(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    struct fail fail = { 0 };
    snprintf(place->dir, sizeof place->dir, "/tmp/querschnitt-http-XXXXXX");
    assert_non_null(mkdtemp(place->dir));
    const struct service_options options = { place->dir, FACE_ISSUE | FACE_COLLECT, 0, "127.0.0.1", NULL, NULL, NULL };
    if (service_start(&options, &place->service, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    *state = place;
    return 0;
}

static int end(void **state)
{
    struct place *place = *state;
    char command[96];
    service_stop(place->service);
    snprintf(command, sizeof command, "rm -r %s", place->dir);
    int removed = system(command);
    free(place);
    return removed;
}

/* Sends the head (and body_length zeros, as far as the server takes them) and reads until the server hangs up. */
static void ask(const struct place *place, enum face face, const char *head, size_t body_length, struct buf *answer)
{
    static const char zeros[4096];
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    const struct timeval patience = { .tv_sec = 10 };
    char block[4096];
    address.sin_port = htons((uint16_t)service_port(place->service, face));
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(connection >= 0);
    assert_int_equal(connect(connection, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    assert_true(send(connection, head, strlen(head), MSG_NOSIGNAL) > 0);
    for (size_t sent = 0; sent < body_length; sent += sizeof zeros)
        if (send(connection, zeros, sizeof zeros, MSG_NOSIGNAL) <= 0)
            break;
    buf_init(answer, 1 << 20);
    for (ssize_t got = 1; got > 0;) {
        got = recv(connection, block, sizeof block, 0);
        if (got > 0)
            buf_add(answer, block, (size_t)got);
    }
    close(connection);
    buf_add_byte(answer, '\0');
}

#define TAIL " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"

static struct http_case {
    const char *name;
    enum face face;
    const char *head;
    size_t body;
    const char *status, *part;
} cases[] = {
    { "path upwards", FACE_ISSUE, "GET /../etc/passwd" TAIL "\r\n", 0, "400", NULL },
    { "path upwards, encoded", FACE_ISSUE, "GET /%2e%2e/etc/passwd" TAIL "\r\n", 0, "400", NULL },
    { "NUL in the path", FACE_ISSUE, "GET /w/2025%00/manifest" TAIL "\r\n", 0, "400", NULL },
    { "nothing there", FACE_ISSUE, "GET /nothing" TAIL "\r\n", 0, "404", "Content-Security-Policy: default-src 'none'" },
    { "office addresses are not on this face", FACE_ISSUE, "GET /login" TAIL "\r\n", 0, "404", NULL },
    { "submissions only at the collector", FACE_ISSUE, "POST /w/2025/submit" TAIL "Content-Length: 0\r\n\r\n", 0, "404",
      NULL },
    { "draws only at the issuer", FACE_COLLECT, "POST /w/2025/draw" TAIL "Content-Length: 0\r\n\r\n", 0, "404", NULL },
    { "wrong method", FACE_ISSUE, "DELETE /w/2025/draw" TAIL "\r\n", 0, "405", NULL },
    { "reading what is written to", FACE_ISSUE, "GET /w/2025/draw" TAIL "\r\n", 0, "405", NULL },
    { "no such wave", FACE_ISSUE, "GET /w/2025/manifest" TAIL "\r\n", 0, "404", "{\"error\":\"missing\"" },
    { "a wave's name is no path", FACE_COLLECT, "GET /w/-.-/manifest" TAIL "\r\n", 0, "404", "unknown-wave" },
    { "a draw that is no JSON", FACE_ISSUE, "POST /w/2025/draw" TAIL "Content-Length: 2\r\n\r\n{}", 0, "400",
      "{\"error\":\"malformed\"" },
    { "a submission to no wave", FACE_COLLECT, "POST /w/2025/submit" TAIL "Content-Length: 2\r\n\r\n{}", 0, "404",
      "unknown-wave" },
    { "a hundred megabytes announced are refused unread", FACE_COLLECT,
      "POST /w/2025/submit" TAIL "Content-Length: 100000000\r\n\r\n", 0, "413", "too-large" },
    { "ten megabytes sent without announcing", FACE_COLLECT,
      "POST /w/2025/submit" TAIL "Transfer-Encoding: chunked\r\n\r\n98968\r\n", 625000, NULL, NULL },
    { "bytes that are no HTTP", FACE_ISSUE, "\x16\x03\x01\x02\r\n\r\n", 0, NULL, NULL },
    { "the language asked for", FACE_ISSUE, "GET /w/x/manifest?lang=en" TAIL "\r\n", 0, "404", "not published" },
    { "the language of the browser", FACE_ISSUE, "GET /w/x/manifest" TAIL "Accept-Language: de\r\n\r\n", 0, "404",
      "noch" },
    { "query that is no UTF-8", FACE_ISSUE, "GET /w/x/manifest?lang=%ff%fe" TAIL "\r\n", 0, "400", NULL },
};

static struct place *shared;

static void check_http(void **state)
{
    const struct http_case *row = *state;
    struct buf answer;
    ask(shared, row->face, row->head, row->body, &answer);
    if (row->status != NULL) {
        assert_int_equal(strncmp(answer.bytes, "HTTP/1.1 ", 9), 0);
        assert_int_equal(strncmp(answer.bytes + 9, row->status, 3), 0);
        assert_non_null(strstr(answer.bytes, "Referrer-Policy: no-referrer"));
        assert_non_null(strstr(answer.bytes, "X-Content-Type-Options: nosniff"));
        assert_null(strstr(answer.bytes, "Set-Cookie"));
    }
    if (row->part != NULL)
        assert_non_null(strstr(answer.bytes, row->part));
    buf_free(&answer);
    /* and the server lives on */
    ask(shared, FACE_COLLECT, "GET /w/x/manifest" TAIL "\r\n", 0, &answer);
    assert_int_equal(strncmp(answer.bytes, "HTTP/1.1 404", 12), 0);
    buf_free(&answer);
}

static int begin_all(void **state)
{
    void *place = NULL;
    (void)state;
    int result = begin(&place);
    shared = place;
    return result;
}

static int end_all(void **state)
{
    (void)state;
    void *place = shared;
    return end(&place);
}

/* What would record when or by whom a ballot came has no place in these files (PRIVACY 6, LAH-0 d). */
static void check_sources(void **state)
{
    static const char *const files[] = { "collect.c", "slotbox.c", "slotbox_file.c", "slotbox_make.c", "slotbox_read.c" };
    static const char *const banned[] = { " time(",   "(time(",  "clock_gettime", "gettimeofday", "env_system", "O_APPEND",
                                          "fprintf(", " printf(", " rand(",       "random(",      "seeded",     "syslog" };
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        char path[512];
        struct buf text;
        buf_init(&text, 1 << 20);
        snprintf(path, sizeof path, SOURCE_DIR "/survey/%s", files[i]);
        assert_int_equal(buf_read_file(&text, path, NULL), STATUS_OK);
        for (size_t k = 0; k < COUNT(banned); k++)
            if (strstr(text.bytes, banned[k]) != NULL)
                fail_msg("%s contains %s", files[i], banned[k]);
        if (strcmp(files[i], "slotbox.c") == 0)
            assert_non_null(strstr(text.bytes, "RAND_priv_bytes"));
        buf_free(&text);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 1] = { cmocka_unit_test(check_sources) };
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i + 1] = (struct CMUnitTest){ cases[i].name, check_http, NULL, NULL, &cases[i] };
    return cmocka_run_group_tests(tests, begin_all, end_all);
}

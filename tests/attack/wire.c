/* LAH-4, as far as the server alone can show it: the longest and the empty answers look the same on the wire, in both
 * directions; no cookie is set; nothing may be kept. The browser's side is tests/attack_browser.sh. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attack.h"
#include "base/buf.h"

enum { PEOPLE = 6 };

struct lengths {
    size_t request, head, body;
};

static void replace_answers(const struct place *place, struct person *person, size_t filling)
{
    struct buf json;
    buf_init(&json, 64 * 1024);
    buf_format(&json, "{\"form\":\"%s\",\"answers\":{", place->manifest.form);
    if (filling > 0) {
        buf_add_string(&json, "\"OF1\":\"");
        while (json.length < filling)
            buf_add_byte(&json, 'x');
        buf_add_byte(&json, '"');
    }
    buf_add_string(&json, "}}");
    free(person->json);
    person->json = json.bytes;
    person->json_length = json.length;
}

static struct lengths send_one(const struct place *place, const struct server *server, struct person *person,
                               struct buf *head)
{
    char path[64];
    struct buf answer;
    unsigned status = 0;
    buf_init(&answer, 1 << 16);
    buf_clear(head);
    person_seal(place, person);
    snprintf(path, sizeof path, "/w/%s/submit", place->wave);
    const struct question question = { .port = server->collector, .method = "POST", .path = path, .type = "text/plain",
                                       .body = person->ballot, .length = person->ballot_length };
    if (!ask(&question, &status, &answer, head, NULL) || status != 200)
        die("a submission was refused with %u", status);
    const struct lengths lengths = { person->ballot_length, head->length, answer.length };
    buf_free(&answer);
    return lengths;
}

unsigned part_wire(const struct options *options)
{
    char parent[PATH_ROOM];
    struct place place;
    struct person people[PEOPLE];
    struct lengths lengths[PEOPLE];
    struct buf head;
    unsigned failed = 0;
    report_part("wire", "what an observer of the network sees of a submission (LAH-4)");
    buf_init(&head, 1 << 16);
    place_make(&place, options, world_folder(options->disk, parent), PEOPLE);
    struct server server = { .binary = options->binary, .role = "all", .dir = place.dir, .port = options->port };
    server_run(&server);
    bool same = true;
    for (unsigned i = 0; i < PEOPLE; i++) {
        person_prepare(&place, &people[i], place.codes[i], options->seed + i);
        replace_answers(&place, &people[i], i * (place.manifest.slot - 200) / (PEOPLE - 1));
        if (!person_draw(&place, &server, &people[i]))
            die("the issuer gave no answer");
        lengths[i] = send_one(&place, &server, &people[i], &head);
        same = same && memcmp(&lengths[i], &lengths[0], sizeof lengths[0]) == 0;
    }
    failed += report_check(same, "answers of %zu to %zu bytes: request %zu, answer %zu + %zu bytes, always",
                           people[0].json_length, people[PEOPLE - 1].json_length, lengths[0].request, lengths[0].head,
                           lengths[0].body);
    failed += report_check(strcasestr(head.bytes, "Set-Cookie") == NULL, "the collector sets no cookie");
    failed += report_check(strcasestr(head.bytes, "Cache-Control: no-store") != NULL &&
                               strcasestr(head.bytes, "Connection: close") != NULL &&
                               strcasestr(head.bytes, "Referrer-Policy: no-referrer") != NULL,
                           "the answer may not be kept, and its connection ends with it");
    failed += report_check(strcasestr(head.bytes, "Alt-Svc") == NULL && strcasestr(head.bytes, "Strict-Transport") == NULL &&
                               strcasestr(head.bytes, "ETag") == NULL,
                           "nothing in the answer lets a browser be recognised later");
    server_end(&server, SIGTERM);
    for (unsigned i = 0; i < PEOPLE; i++)
        person_free(&people[i]);
    buf_free(&head);
    place_free(&place);
    world_remove(parent);
    return failed;
}

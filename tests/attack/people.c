/* Respondents whose every secret the harness keeps, and the instance they take part in. They follow docs/protocol.md step
 * by step, with the program's own cryptography, over connections of their own. */
#include "attack.h"

#include <arpa/inet.h>
#include <errno.h>
#include <jansson.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/sha.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "survey/boxkey.h"
#include "survey/merkle.h"
#include "survey/respond.h"

enum { NUMBER = 1 + 32 + 32 + RSA_BYTES, HEAD = NUMBER + 1 + 32, ANSWER_MAX = 1 << 20, WAIT_SECONDS = 20 };

/* --- the instance --- */

static void read_line(const char *dir, const char *wave, const char *name, struct buf *text)
{
    char path[WAVE_PATH_ROOM];
    struct fail fail = { 0 };
    wave_path(path, dir, wave, name);
    buf_init(text, 64 << 20);
    if (buf_read_file(text, path, &fail) != STATUS_OK)
        die("%s", fail.what);
}

static void read_codes(struct place *place)
{
    struct buf text;
    read_line(place->dir, place->wave, "rehearsal-codes.txt", &text);
    place->codes = calloc(place->count + 1, sizeof *place->codes);
    const char *line = text.bytes;
    for (size_t i = 0; i < place->count; i++) {
        size_t length = strcspn(line, "\n");
        if (length == 0 || length >= CODE_ROOM || place->codes == NULL)
            die("the rehearsal has fewer than %zu codes", place->count);
        memcpy(place->codes[i], line, length);
        line += length + 1;
    }
    buf_free(&text);
}

/* Codes and passphrase of a rehearsal lie in its folder for everybody's convenience; a real wave has neither. */
static void forget_files(struct place *place)
{
    char path[WAVE_PATH_ROOM];
    struct buf text;
    struct fail fail = { 0 };
    read_line(place->dir, place->wave, "rehearsal-passphrase.txt", &text);
    text.bytes[strcspn(text.bytes, "\n")] = '\0';
    wave_path(path, place->dir, place->wave, "box.key");
    if (boxkey_open(path, text.bytes, place->box_secret, &fail) != STATUS_OK)
        die("%s", fail.what);
    buf_free(&text);
    wave_path(path, place->dir, place->wave, "rehearsal-codes.txt");
    if (unlink(path) != 0)
        die("%s: %s", path, strerror(errno));
}

void place_make(struct place *place, const struct options *options, const char *parent, size_t people)
{
    char invited[24];
    struct buf out;
    struct fail fail = { 0 };
    *place = (struct place){ .count = people };
    snprintf(place->dir, sizeof place->dir, "%.*s/instance", PATH_ROOM - 32, parent);
    snprintf(invited, sizeof invited, "%zu", people);
    buf_init(&out, 64 * 1024);
    const char *const init[] = { options->binary, "init", place->dir, "--city", "Musterstadt", NULL };
    const char *const open[] = { options->binary, "wave",  "open",     "--rehearsal", "--invited",
                                 invited,         "--dir", place->dir, "--json",      NULL };
    run_program(init, &out);
    buf_clear(&out);
    run_program(open, &out);
    json_t *root = json_loadb(out.bytes, out.length, 0, NULL);
    const char *wave = json_string_value(json_object_get(root, "wave"));
    if (wave == NULL)
        die("wave open --rehearsal --json printed no wave");
    snprintf(place->wave, sizeof place->wave, "%s", wave);
    json_decref(root);
    buf_free(&out);
    read_codes(place);
    forget_files(place);
    arena_init(&place->arena, 64 << 20);
    if (wave_manifest(place->dir, place->wave, &place->manifest, &fail) != STATUS_OK ||
        blind_key_public(place->manifest.n, sizeof place->manifest.n, &place->key, &fail) != STATUS_OK ||
        wave_form(&place->arena, place->dir, place->wave, &place->form, &fail) != STATUS_OK)
        die("%s", fail.what);
}

void place_free(struct place *place)
{
    blind_key_free(place->key);
    arena_free(&place->arena);
    free(place->codes);
}

/* --- a person --- */

void person_prepare(const struct place *place, struct person *person, const char *code, uint64_t seed)
{
    struct seeded random;
    struct fail fail = { 0 };
    struct buf json;
    *person = (struct person){ 0 };
    seeded_init(&random, seed);
    snprintf(person->code, sizeof person->code, "%s", code);
    for (size_t i = 0; i < sizeof person->seed; i++)
        person->seed[i] = (unsigned char)seeded_next(&random);
    buf_init(&json, 64 * 1024);
    if (credential_derive(person->seed, place->manifest.fingerprint, place->manifest.n, &person->credential, &fail) !=
            STATUS_OK ||
        respond_random(place->form, seed, &json, &fail) != STATUS_OK)
        die("%s", fail.what);
    person->json = json.bytes;
    person->json_length = json.length;
    memcpy(person->message, person->credential.prefix, 32);
    memcpy(person->message + 32, person->credential.serial, 32);
    if (blind_blind(place->key, person->message, sizeof person->message, person->credential.salt, person->credential.r,
                    person->blinded, &fail) != STATUS_OK)
        die("%s", fail.what);
}

void person_free(struct person *person)
{
    free(person->json);
    free(person->ballot);
    free(person->change);
    *person = (struct person){ 0 };
}

void draw_body(const struct person *person, struct buf *body)
{
    char hex[2 * RSA_BYTES + 1];
    sodium_bin2hex(hex, sizeof hex, person->blinded, sizeof person->blinded);
    buf_init(body, 2048);
    buf_format(body, "{\"code\":\"%s\",\"blinded\":\"%s\"}", person->code, hex);
}

/* The server's word of refusal, for the message of a failing run. */
static void refused(const char *what, unsigned status, const struct buf *answer)
{
    die("%s was refused: %u %.*s", what, status, (int)answer->length, answer->bytes == NULL ? "" : answer->bytes);
}

bool person_draw(const struct place *place, const struct server *server, struct person *person)
{
    char path[64];
    struct buf body;
    struct buf answer;
    unsigned status = 0;
    size_t length = 0;
    struct fail fail = { 0 };
    buf_init(&answer, ANSWER_MAX);
    draw_body(person, &body);
    snprintf(path, sizeof path, "/w/%s/draw", place->wave);
    const struct question question = { .port = server->issuer, .method = "POST", .path = path,
                                       .type = "application/json", .body = body.bytes, .length = body.length,
                                       .address = person->address, .agent = person->agent };
    bool came = ask(&question, &status, &answer, NULL, &person->ports[0]);
    if (came && status != 200)
        refused("a draw", status, &answer);
    if (came) {
        json_t *root = json_loadb(answer.bytes, answer.length, 0, NULL);
        const char *hex = json_string_value(json_object_get(root, "signature"));
        if (hex == NULL || sodium_hex2bin(person->blind_signature, RSA_BYTES, hex, strlen(hex), NULL, &length, NULL) != 0 ||
            length != RSA_BYTES ||
            blind_finalise(place->key, person->message, sizeof person->message, person->credential.r,
                           person->blind_signature, person->signature, &fail) != STATUS_OK)
            die("a draw was answered with a signature that does not hold");
        json_decref(root);
        person->drawn = true;
        person->times[0] = time(NULL);
    }
    buf_free(&body);
    buf_free(&answer);
    return came;
}

static void seal(const struct place *place, const struct person *person, unsigned char *out)
{
    struct fail fail = { 0 };
    const struct hpke_context context = { HPKE_AES_256_GCM, place->manifest.fingerprint,
                                          sizeof place->manifest.fingerprint, person->credential.serial, 32 };
    size_t slot = place->manifest.slot;
    unsigned char *plain = calloc(1, slot);
    if (plain == NULL || person->json_length + 1 > slot)
        die("no memory for a ballot, or the answers are too long");
    memcpy(plain, person->json, person->json_length);
    plain[person->json_length] = 0x80;
    if (hpke_seal(place->manifest.box, &context, plain, slot, NULL, out, &fail) != STATUS_OK)
        die("%s", fail.what);
    free(plain);
}

static unsigned char *begin_body(const struct person *person, unsigned char kind, size_t length)
{
    unsigned char *body = malloc(length);
    if (body == NULL)
        die("no memory");
    body[0] = kind;
    memcpy(body + 1, person->message, sizeof person->message);
    memcpy(body + 65, person->signature, RSA_BYTES);
    body[NUMBER] = 0;
    randombytes_buf(body + NUMBER + 1, 32);
    return body;
}

/* The leaf of the receipt. */
static void make_leaf(const struct person *person, const unsigned char *sealed, size_t length, unsigned char leaf[LEAF])
{
    unsigned char content[64];
    memcpy(content, person->credential.serial, 32);
    SHA256(sealed, length, content + 32);
    merkle_leaf(content, sizeof content, leaf);
}

void person_seal(const struct place *place, struct person *person)
{
    size_t sealed = HPKE_PUBLIC + place->manifest.slot + HPKE_TAG;
    person->ballot_length = HEAD + sealed;
    person->ballot = begin_body(person, 1, person->ballot_length);
    seal(place, person, person->ballot + HEAD);
    make_leaf(person, person->ballot + HEAD, sealed, person->leaf);
}

void person_make_change(const struct place *place, struct person *person, bool withdraw)
{
    size_t sealed = HPKE_PUBLIC + place->manifest.slot + HPKE_TAG;
    person->change_length = HEAD + sealed;
    person->change = begin_body(person, withdraw ? 3 : 2, person->change_length);
    person->change[NUMBER] = 1;
    memcpy(person->change + NUMBER + 1, person->credential.edit_keys[1], 32);
    if (withdraw)
        randombytes_buf(person->change + HEAD, sealed);
    else
        seal(place, person, person->change + HEAD);
}

static bool send_body(const struct place *place, const struct server *server, struct person *person,
                      const unsigned char *body, size_t length, const unsigned char leaf[LEAF])
{
    char path[64];
    char hex[2 * LEAF + 1];
    struct buf answer;
    unsigned status = 0;
    buf_init(&answer, ANSWER_MAX);
    snprintf(path, sizeof path, "/w/%s/submit", place->wave);
    const struct question question = { .port = server->collector, .method = "POST", .path = path,
                                       .type = "text/plain", .body = body, .length = length,
                                       .address = person->address, .agent = person->agent };
    bool came = ask(&question, &status, &answer, NULL, &person->ports[1]);
    if (came && status != 200)
        refused("a submission", status, &answer);
    sodium_bin2hex(hex, sizeof hex, leaf, LEAF);
    if (came && strstr(answer.bytes, hex) == NULL)
        die("a submission was answered with another receipt");
    person->times[1] = time(NULL);
    buf_free(&answer);
    return came;
}

bool person_submit(const struct place *place, const struct server *server, struct person *person)
{
    if (person->ballot == NULL)
        person_seal(place, person);
    bool came = send_body(place, server, person, person->ballot, person->ballot_length, person->leaf);
    person->acknowledged = person->acknowledged || came;
    return came;
}

bool person_change(const struct place *place, const struct server *server, struct person *person)
{
    unsigned char leaf[LEAF];
    make_leaf(person, person->change + HEAD, person->change_length - HEAD, leaf);
    return send_body(place, server, person, person->change, person->change_length, leaf);
}

/* --- the wire --- */

static int dial(const struct question *question, unsigned *port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)question->port) };
    struct sockaddr_in from = { .sin_family = AF_INET };
    socklen_t length = sizeof from;
    const struct timeval patience = { .tv_sec = WAIT_SECONDS };
    const int on = 1;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int end = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (end < 0)
        return -1;
    (void)setsockopt(end, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)setsockopt(end, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    (void)setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    bool bound = question->address == NULL || question->address[0] == '\0' ||
                 (inet_pton(AF_INET, question->address, &from.sin_addr) == 1 &&
                  bind(end, (struct sockaddr *)&from, sizeof from) == 0);
    if (!bound || connect(end, (struct sockaddr *)&to, sizeof to) != 0) {
        close(end);
        return -1;
    }
    if (port != NULL && getsockname(end, (struct sockaddr *)&from, &length) == 0)
        *port = ntohs(from.sin_port);
    return end;
}

static bool send_all(int end, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(end, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0 && errno != EINTR)
            return false;
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
    }
    return true;
}

/* Reads to the end of the connection; whole when the body is as long as its head says. */
static bool receive(int end, unsigned *status, struct buf *answer, struct buf *head)
{
    struct buf in;
    char block[16 * 1024];
    ssize_t got;
    buf_init(&in, ANSWER_MAX);
    while ((got = recv(end, block, sizeof block, 0)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0)
            buf_add(&in, block, (size_t)got);
    char *blank = in.bytes == NULL ? NULL : strstr(in.bytes, "\r\n\r\n");
    bool whole = blank != NULL && !in.failed && strncmp(in.bytes, "HTTP/1.1 ", 9) == 0;
    if (whole) {
        size_t begin = (size_t)(blank - in.bytes) + 4;
        *status = (unsigned)strtoul(in.bytes + 9, NULL, 10);
        blank[2] = '\0';
        char *length = strcasestr(in.bytes, "\r\nContent-Length:");
        whole = length != NULL && in.length - begin == strtoul(length + 17, NULL, 10);
        buf_add(answer, in.bytes + begin, in.length - begin);
        if (head != NULL)
            buf_add(head, in.bytes, begin - 2);
    }
    buf_free(&in);
    return whole;
}

bool ask(const struct question *question, unsigned *status, struct buf *answer, struct buf *head, unsigned *port)
{
    struct buf text;
    int end = dial(question, port);
    if (end < 0)
        return false;
    buf_init(&text, 16 * 1024);
    buf_format(&text, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n", question->method, question->path,
               question->port);
    if (question->agent != NULL && question->agent[0] != '\0')
        buf_format(&text, "User-Agent: %s\r\n", question->agent);
    if (question->type != NULL)
        buf_format(&text, "Content-Type: %s\r\nContent-Length: %zu\r\n", question->type, question->length);
    buf_format(&text, "%s\r\n", question->more == NULL ? "" : question->more);
    bool came = send_all(end, text.bytes, text.length) &&
                (question->length == 0 || send_all(end, question->body, question->length)) &&
                receive(end, status, answer, head);
    buf_free(&text);
    close(end);
    return came;
}

/* The count and its public verification, without a server: ballots are drawn, sealed and put into a box here. The same
 * ballots in any order give the same bytes; whatever is changed in a published file is noticed, with file and line; a count
 * on another machine comes back only whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "survey/ballot.h"
#include "survey/boxkey.h"
#include "survey/count.h"
#include "survey/respond.h"
#include "survey/verify.h"

enum { INVITED = 30, DRAWN = 24, SENT = 21, WITHDRAWN = 3, BALLOTS = SENT - WITHDRAWN };

static const char passphrase[] = "twelve or more characters";
static const char *const outputs[] = { "answers.txt", "detached-D8.txt", "detached-DI2.txt", "leaves.txt",
                                       "withdrawn.txt", "credentials.txt", "drawn.txt", "issuer.pem", "result.json",
                                       "count.sha256" };
static const char *const published[] = { "manifest",        "tables.txt",  "issuer.pem", "result.json", "leaves.txt",
                                         "withdrawn.txt",   "credentials.txt", "drawn.txt" };

#define OK(call) \
    do { \
        struct fail *told = &fail; \
        enum status status_of_call = (call); \
        if (status_of_call != STATUS_OK) \
            fail_msg("%s: %s", #call, told->what); \
    } while (0)

struct polling {
    char dir[64], folder[128];
    struct store *store;
    struct manifest manifest;
    unsigned char secret[HPKE_PRIVATE];
    char codes[INVITED][CODE_TEXT_ROOM];
    unsigned char *bodies[SENT]; /* as submitted: version, prefix, serial, signature, sealed */
    size_t body_length;
    struct count_result result;
};

/* cmocka hands a test its row or the group's state, not both. */
static struct polling *group;

static void path_of(const struct polling *polling, const char *file, char path[WAVE_PATH_ROOM])
{
    folder_path(path, polling->folder, file);
}

static void read_file(const char *folder, const char *file, struct buf *bytes)
{
    char path[WAVE_PATH_ROOM];
    folder_path(path, folder, file);
    buf_init(bytes, 1 << 24);
    if (buf_read_file(bytes, path, NULL) != STATUS_OK)
        fail_msg("%s cannot be read", path);
}

static void write_file(const char *folder, const char *file, const void *bytes, size_t length)
{
    char path[WAVE_PATH_ROOM];
    folder_path(path, folder, file);
    FILE *stream = fopen(path, "w"); /* without the sync of buf_write_file: hundreds of them */
    assert_non_null(stream);
    if (length > 0)
        assert_int_equal(fwrite(bytes, 1, length, stream), length);
    assert_int_equal(fclose(stream), 0);
}

/* What browser and issuer do together, without HTTP. */
static unsigned char *take_part(struct polling *polling, const struct blind_key *issuer, const struct form *form,
                                unsigned who)
{
    struct fail fail = { 0 };
    struct credential credential;
    struct buf json;
    unsigned char seed[SEED_BYTES] = { (unsigned char)who, 77 };
    unsigned char message[64], blinded[RSA_BYTES], signature[RSA_BYTES];
    unsigned char *body = NULL;
    buf_init(&json, 1 << 16);
    OK(credential_derive(seed, polling->manifest.fingerprint, polling->manifest.n, &credential, &fail));
    memcpy(message, credential.prefix, 32);
    memcpy(message + 32, credential.serial, 32);
    OK(blind_blind(issuer, message, sizeof message, credential.salt, credential.r, blinded, &fail));
    OK(blind_sign(issuer, blinded, signature, &fail));
    OK(blind_finalise(issuer, message, sizeof message, credential.r, signature, signature, &fail));
    OK(respond_random(form, who, &json, &fail));
    if (who == 0) /* sealed and signed well, but no answers: counted as invalid */
        buf_clear(&json);
    OK(ballot_make(&polling->manifest, &credential, signature, who == 0 ? "{}" : json.bytes, who == 0 ? 2 : json.length,
                   &body, &polling->body_length, &fail));
    buf_free(&json);
    return body;
}

/* The last WITHDRAWN bodies stand in the box as taken back. */
static void fill_box(struct polling *polling, size_t step, uint32_t slots)
{
    struct fail fail = { 0 };
    char path[WAVE_PATH_ROOM];
    struct slotbox *box = NULL;
    path_of(polling, "ballots.box", path);
    (void)unlink(path);
    OK(slotbox_create(path, slots, (uint32_t)(polling->body_length - BALLOT_HEAD), polling->manifest.fingerprint, 0, &fail));
    OK(slotbox_open(path, polling->manifest.fingerprint, &box, &fail));
    for (size_t i = 0; i < SENT; i++) {
        size_t who = (i + 1) * step % SENT;
        const unsigned char *body = polling->bodies[who];
        const struct ballot ballot = { .prefix = body + 1, .serial = body + 33, .signature = body + 65,
                                       .sealed = body + BALLOT_HEAD,
                                       .sealed_length = polling->body_length - BALLOT_HEAD,
                                       .version = who < BALLOTS ? 1 : BOX_WITHDRAWN | 2 };
        enum box_result result = BOX_FULL;
        OK(slotbox_put(box, &ballot, &result, &fail));
        assert_int_equal(result, BOX_NEW);
    }
    slotbox_close(box);
}

static int begin(void **state)
{
    (void)state;
    struct fail fail = { 0 };
    struct polling *polling = calloc(1, sizeof *polling);
    const char *units[INVITED];
    struct arena arena;
    struct buf pem;
    struct wave wave;
    char path[WAVE_PATH_ROOM];
    const struct form *form = NULL;
    struct blind_key *issuer = NULL;
    const struct wave_plan plan = { .name = "2025", .year = 2025, .form = "open_administration", .closes = "2099-09-30",
                                    .issue_origin = "http://127.0.0.1:1", .collect_origin = "http://127.0.0.1:2",
                                    .passphrase = passphrase, .rehearsal = true };
    snprintf(polling->dir, sizeof polling->dir, "/tmp/querschnitt-count-XXXXXX");
    assert_non_null(mkdtemp(polling->dir));
    snprintf(polling->folder, sizeof polling->folder, "%s/waves/2025", polling->dir);
    arena_init(&arena, 64 << 20);
    buf_init(&pem, 1 << 16);
    for (size_t i = 0; i < INVITED; i++)
        units[i] = "";
    OK(store_open(polling->dir, STORE_WRITE, &polling->store, &fail));
    OK(wave_freeze(polling->store, polling->dir, &plan, &fail));
    OK(wave_invite(polling->store, "2025", units, INVITED, polling->codes, &fail));
    OK(wave_open(polling->store, polling->dir, "2025", &fail));
    OK(wave_manifest(polling->dir, "2025", &polling->manifest, &fail));
    OK(wave_form(&arena, polling->dir, "2025", &form, &fail));
    OK(store_wave_find(polling->store, "2025", &wave, &fail));
    path_of(polling, "issuer.key", path);
    OK(buf_read_file(&pem, path, &fail));
    OK(blind_key_read(pem.bytes, pem.length, &issuer, &fail));
    for (unsigned i = 0; i < DRAWN; i++) {
        struct draw draw = { .wave = wave.id, .blinded_hash = { (unsigned char)(i + 1) } };
        char code[CODE_LENGTH + 1];
        OK(code_read(polling->codes[i], code, &fail));
        code_hash(code, draw.code_hash);
        OK(store_draw(polling->store, &draw, &fail));
        assert_int_equal(draw.result, DRAW_NEW);
        if (i < SENT)
            polling->bodies[i] = take_part(polling, issuer, form, i);
    }
    fill_box(polling, 1, SENT);
    OK(wave_close(polling->store, polling->dir, "2025", &fail));
    path_of(polling, "box.key", path);
    OK(boxkey_open(path, passphrase, polling->secret, &fail));
    OK(count_wave(polling->store, polling->dir, "2025", passphrase, &polling->result, &fail));
    blind_key_free(issuer);
    buf_free(&pem);
    arena_free(&arena);
    group = polling;
    return 0;
}

static int end(void **state)
{
    struct polling *polling = group;
    (void)state;
    char command[128];
    for (size_t i = 0; i < SENT; i++)
        free(polling->bodies[i]);
    store_close(polling->store);
    snprintf(command, sizeof command, "rm -r %s", polling->dir);
    int removed = system(command);
    free(polling);
    return removed;
}

static void check_numbers(void **state)
{
    const struct polling *polling = group;
    (void)state;
    const struct count_result *result = &polling->result;
    assert_int_equal(result->invited, INVITED);
    assert_int_equal(result->drawn, DRAWN);
    assert_int_equal(result->ballots, BALLOTS);
    assert_int_equal(result->invalid, 1);
    assert_int_equal(result->withdrawn, WITHDRAWN);
}

static void read_all(const struct polling *polling, struct buf *all)
{
    buf_clear(all);
    for (size_t i = 0; i < COUNT(outputs); i++) {
        char path[WAVE_PATH_ROOM];
        path_of(polling, outputs[i], path);
        if (buf_read_file(all, path, NULL) != STATUS_OK)
            fail_msg("%s was not written", path);
    }
}

static void any_order(void **state)
{
    struct polling *polling = group;
    (void)state;
    struct fail fail = { 0 };
    struct buf before, after;
    buf_init(&before, 1 << 24);
    buf_init(&after, 1 << 24);
    read_all(polling, &before);
    for (size_t order = 0; order < 5; order++) {
        static const size_t steps[] = { 1, 20, 2, 11, 17 }; /* no factor in common with 21: every ballot is reached */
        struct count_result result;
        struct wave wave;
        fill_box(polling, steps[order], (uint32_t)(SENT + 40 * order));
        const struct count_job job = { .folder = polling->folder, .secret = polling->secret,
                                       .threads = (unsigned)order + 1 };
        OK(store_wave_find(polling->store, "2025", &wave, &fail));
        OK(count_turnout(polling->store, polling->dir, &wave, &fail));
        OK(count_folder(&job, &result, &fail));
        read_all(polling, &after);
        assert_int_equal(before.length, after.length);
        assert_memory_equal(before.bytes, after.bytes, before.length);
    }
    buf_free(&before);
    buf_free(&after);
}

/* --- verification --- */

static enum status verify_quietly(const char *folder, struct verified *verified, struct fail *fail)
{
    const struct verify verify = { .folder = folder, .tables = true };
    return verify_files(&verify, verified, fail);
}

/* A folder with nothing but what is published. */
static void publish(const struct polling *polling, char folder[160])
{
    snprintf(folder, 160, "%s/published", polling->dir);
    (void)mkdir(folder, 0700);
    for (size_t i = 0; i < COUNT(published); i++) {
        struct buf bytes;
        read_file(polling->folder, published[i], &bytes);
        write_file(folder, published[i], bytes.bytes == NULL ? "" : bytes.bytes, bytes.length);
        buf_free(&bytes);
    }
}

static void count_say(void *context, const char *sentence)
{
    size_t *said = context;
    assert_true(strlen(sentence) > 10);
    ++*said;
}

static void published_files_suffice(void **state)
{
    struct polling *polling = group;
    (void)state;
    struct fail fail = { 0 };
    struct verified verified;
    char folder[160], receipt[80] = "";
    size_t said = 0;
    struct buf leaves;
    publish(polling, folder);
    read_file(folder, "leaves.txt", &leaves);
    snprintf(receipt, sizeof receipt, "%.20s %.44s", leaves.bytes + 65, leaves.bytes + 85);
    struct verify verify = { .folder = folder, .tables = true, .answers = true, .receipt = receipt, .code = polling->codes[0],
                             .say = count_say, .context = &said };
    OK(verify_files(&verify, &verified, &fail));
    assert_true(said >= 8);
    assert_int_equal(verified.receipt, FOUND_COUNTED);
    assert_int_equal(verified.code, FOUND_COUNTED);
    buf_free(&leaves);
    read_file(folder, "withdrawn.txt", &leaves);
    snprintf(receipt, sizeof receipt, "%.64s", leaves.bytes);
    verify.code = polling->codes[INVITED - 1];
    OK(verify_files(&verify, &verified, &fail));
    assert_int_equal(verified.receipt, FOUND_WITHDRAWN);
    assert_int_equal(verified.code, FOUND_ABSENT);
    receipt[5] = receipt[5] == '0' ? '1' : '0';
    OK(verify_files(&verify, &verified, &fail));
    assert_int_equal(verified.receipt, FOUND_ABSENT);
    receipt[63] = '\0';
    assert_int_equal(verify_files(&verify, &verified, NULL), STATUS_INPUT);
    buf_free(&leaves);
}

/* Every byte of the short files and many of the long ones: whatever one is changed, the verification says no. */
static void every_byte_counts(void **state)
{
    struct polling *polling = group;
    (void)state;
    char folder[160];
    publish(polling, folder);
    for (size_t i = 0; i < COUNT(published); i++) {
        struct buf bytes;
        read_file(folder, published[i], &bytes);
        size_t stride = bytes.length / 97 + 1;
        for (size_t at = 0; at < bytes.length; at += at + stride < bytes.length ? stride : 1) {
            struct verified verified;
            char kept = bytes.bytes[at];
            bytes.bytes[at] = kept == '0' ? '1' : kept == 'a' ? 'b' : (char)(kept ^ 1);
            write_file(folder, published[i], bytes.bytes, bytes.length);
            if (verify_quietly(folder, &verified, NULL) == STATUS_OK)
                fail_msg("byte %zu of %s can be changed unnoticed", at, published[i]);
            bytes.bytes[at] = kept;
            if (at + stride >= bytes.length && at + 3 < bytes.length)
                at = bytes.length - 3; /* the last bytes, too */
        }
        write_file(folder, published[i], bytes.bytes, bytes.length);
        buf_free(&bytes);
    }
}

enum manipulation { DROP, DOUBLE, SWAP, CUT, EXTRA };

static struct line_case {
    const char *name, *file;
    enum manipulation manipulation;
    const char *told; /* part of the sentence */
} line_cases[] = {
    { "leaves: line dropped", "leaves.txt", DROP, "leaves.txt has 17 lines" },
    { "leaves: line doubled", "leaves.txt", DOUBLE, "leaves.txt:5:" },
    { "leaves: lines swapped", "leaves.txt", SWAP, "leaves.txt:5:" },
    { "leaves: cut off", "leaves.txt", CUT, "leaves.txt:18:" },
    { "leaves: line added", "leaves.txt", EXTRA, "leaves.txt:19:" },
    { "withdrawn: line dropped", "withdrawn.txt", DROP, "withdrawn.txt has 2 lines" },
    { "withdrawn: line doubled", "withdrawn.txt", DOUBLE, "withdrawn.txt:3:" },
    { "withdrawn: lines swapped", "withdrawn.txt", SWAP, "withdrawn.txt:3:" },
    { "withdrawn: cut off", "withdrawn.txt", CUT, "withdrawn.txt:3:" },
    { "withdrawn: line added", "withdrawn.txt", EXTRA, "withdrawn.txt:4:" },
    { "credentials: line dropped", "credentials.txt", DROP, "credentials.txt has 17 lines" },
    { "credentials: line doubled", "credentials.txt", DOUBLE, "counted two times" },
    { "credentials: lines swapped", "credentials.txt", SWAP, "credentials.txt:5:" },
    { "credentials: cut off", "credentials.txt", CUT, "credentials.txt:18:" },
    { "drawn: line dropped", "drawn.txt", DROP, "drawn.txt has 23 lines" },
    { "drawn: line doubled", "drawn.txt", DOUBLE, "drawn.txt:5:" },
    { "drawn: lines swapped", "drawn.txt", SWAP, "drawn.txt:5:" },
    { "drawn: line added", "drawn.txt", EXTRA, "drawn.txt:25:" },
};

/* Line 4 (or 2 of a short list) is what is dropped, doubled or changes places with the next. */
static void change_lines(const char *folder, const char *file, enum manipulation manipulation)
{
    struct buf bytes, changed;
    size_t width = strcmp(file, "credentials.txt") == 0 ? 964 : 65;
    read_file(folder, file, &bytes);
    buf_init(&changed, 1 << 24);
    size_t at = bytes.length / width > 5 ? 3 : 1;
    size_t rest = (at + 1) * width;
    buf_add(&changed, bytes.bytes, at * width);
    switch (manipulation) {
    case DROP: break;
    case DOUBLE:
        buf_add(&changed, bytes.bytes + at * width, width);
        buf_add(&changed, bytes.bytes + at * width, width);
        break;
    case SWAP:
        buf_add(&changed, bytes.bytes + rest, width);
        buf_add(&changed, bytes.bytes + at * width, width);
        rest += width;
        break;
    case CUT:
    case EXTRA: buf_add(&changed, bytes.bytes + at * width, width); break;
    }
    buf_add(&changed, bytes.bytes + rest, bytes.length - rest - (manipulation == CUT ? 7 : 0));
    for (size_t i = 0; manipulation == EXTRA && i < width; i++)
        buf_add_byte(&changed, i == width - 1 ? '\n' : 'f');
    write_file(folder, file, changed.bytes, changed.length);
    buf_free(&bytes);
    buf_free(&changed);
}

static void lines_count(void **state)
{
    const struct line_case *row = *state;
    struct fail fail = { 0 };
    struct verified verified;
    char folder[160];
    publish(group, folder);
    change_lines(folder, row->file, row->manipulation);
    assert_int_not_equal(verify_quietly(folder, &verified, &fail), STATUS_OK);
    if (strstr(fail.what, row->told) == NULL)
        fail_msg("expected something about \"%s\", got: %s", row->told, fail.what);
}

/* Numbers changed by somebody who knows how to make the check code of the result hold again. */
static void numbers_count(void **state)
{
    (void)state;
    char folder[160];
    for (int i = 0; i < 6; i++) {
        struct count_result result = group->result;
        struct verified verified;
        struct fail fail = { 0 };
        struct buf json;
        publish(group, folder);
        result.ballots += i == 0 ? 1 : i == 1 ? (uint64_t)-1 : 0;
        result.drawn += i == 2 ? (uint64_t)-1 : i == 3 ? 1 : 0;
        result.withdrawn += i == 4 ? 1 : 0;
        result.invited = i == 5 ? DRAWN - 1 : result.invited;
        buf_init(&json, 4096);
        count_result_write(&result, &json);
        buf_add_byte(&json, '\n');
        write_file(folder, "result.json", json.bytes, json.length);
        buf_free(&json);
        if (verify_quietly(folder, &verified, &fail) == STATUS_OK)
            fail_msg("changed number %d was not noticed", i);
    }
}

/* More ballots than were drawn: a forged ballot is noticed by its signature, before any list agrees with it. */
static void forged_ballot(void **state)
{
    (void)state;
    struct fail fail = { 0 };
    struct verified verified;
    struct buf bytes;
    char folder[160];
    publish(group, folder);
    read_file(folder, "credentials.txt", &bytes);
    bytes.bytes[964 * 6 + 200] = bytes.bytes[964 * 6 + 200] == '0' ? '1' : '0';
    write_file(folder, "credentials.txt", bytes.bytes, bytes.length);
    assert_int_equal(verify_quietly(folder, &verified, &fail), STATUS_CRYPTO);
    assert_non_null(strstr(fail.what, "credentials.txt:7:"));
    buf_free(&bytes);
}

/* --- counted on another machine --- */

static void copy_for_counting(char folder[160], const char *name)
{
    static const char *const needed[] = { "manifest",     "form.yaml", "units.tsv", "ballots.box",
                                          "turnout.json", "drawn.txt" };
    snprintf(folder, 160, "%s/%s", group->dir, name);
    (void)mkdir(folder, 0700);
    for (size_t i = 0; i < COUNT(needed); i++) {
        struct buf bytes;
        read_file(group->folder, needed[i], &bytes);
        write_file(folder, needed[i], bytes.bytes, bytes.length);
        buf_free(&bytes);
    }
}

static void elsewhere(void **state)
{
    (void)state;
    struct fail fail = { 0 };
    struct count_result result, taken;
    struct buf before, after;
    char folder[160], path[WAVE_PATH_ROOM];
    buf_init(&before, 1 << 24);
    buf_init(&after, 1 << 24);
    read_all(group, &before);
    copy_for_counting(folder, "laptop");
    const struct count_job job = { .folder = folder, .secret = group->secret, .threads = 2 };
    OK(count_folder(&job, &result, &fail));
    assert_memory_equal(&result, &group->result, sizeof result);
    for (size_t i = 0; i < COUNT(outputs); i++) { /* nothing of the first count is there any more */
        path_of(group, outputs[i], path);
        assert_int_equal(unlink(path), 0);
    }
    OK(count_take(group->store, group->dir, "2025", folder, NULL, &taken, &fail));
    assert_string_equal(taken.check, group->result.check);
    for (size_t i = 0; i < COUNT(outputs) - 1; i++) {
        path_of(group, outputs[i], path);
        OK(buf_read_file(&after, path, &fail));
    }
    assert_memory_equal(before.bytes, after.bytes, after.length);
    buf_free(&before);
    buf_free(&after);
}

static void elsewhere_refused(void **state)
{
    (void)state;
    static const char *const files[] = { "answers.txt", "detached-D8.txt", "leaves.txt", "credentials.txt",
                                         "withdrawn.txt", "result.json", "issuer.pem", "manifest", "count.sha256" };
    struct fail fail = { 0 };
    struct count_result result;
    char folder[160];
    copy_for_counting(folder, "laptop");
    const struct count_job job = { .folder = folder, .secret = group->secret };
    OK(count_folder(&job, &result, &fail));
    for (size_t i = 0; i < COUNT(files); i++) {
        struct buf bytes;
        read_file(folder, files[i], &bytes);
        bytes.bytes[40] ^= 1;
        write_file(folder, files[i], bytes.bytes, bytes.length);
        if (count_take(group->store, group->dir, "2025", folder, NULL, &result, NULL) == STATUS_OK)
            fail_msg("%s was changed on the way and taken all the same", files[i]);
        bytes.bytes[40] ^= 1;
        write_file(folder, files[i], bytes.bytes, bytes.length);
        buf_free(&bytes);
    }
    OK(count_take(group->store, group->dir, "2025", folder, NULL, &result, &fail));
    unsigned char wrong[HPKE_PRIVATE];
    memcpy(wrong, group->secret, sizeof wrong);
    wrong[31] ^= 1;
    const struct count_job other = { .folder = folder, .secret = wrong };
    assert_int_equal(count_folder(&other, &result, NULL), STATUS_CRYPTO);
}

/* Another box than the server's: one ballot less was counted elsewhere. */
static void another_box(void **state)
{
    (void)state;
    struct fail fail = { 0 };
    struct count_result result;
    char folder[160];
    copy_for_counting(folder, "laptop");
    const struct count_job job = { .folder = folder, .secret = group->secret };
    OK(count_folder(&job, &result, &fail));
    unsigned char *last = group->bodies[0];
    group->bodies[0] = group->bodies[1]; /* the server's box has this one only once */
    char path[WAVE_PATH_ROOM];
    struct slotbox *box = NULL;
    path_of(group, "ballots.box", path);
    assert_int_equal(unlink(path), 0);
    group->bodies[0] = last;
    OK(slotbox_create(path, SENT, (uint32_t)(group->body_length - BALLOT_HEAD), group->manifest.fingerprint, 0, &fail));
    OK(slotbox_open(path, group->manifest.fingerprint, &box, &fail));
    for (size_t i = 1; i < SENT; i++) {
        enum box_result put = BOX_FULL;
        const unsigned char *body = group->bodies[i];
        const struct ballot ballot = { .prefix = body + 1, .serial = body + 33, .signature = body + 65,
                                       .sealed = body + BALLOT_HEAD, .sealed_length = group->body_length - BALLOT_HEAD,
                                       .version = i < BALLOTS ? 1 : BOX_WITHDRAWN | 2 };
        OK(slotbox_put(box, &ballot, &put, &fail));
    }
    slotbox_close(box);
    assert_int_equal(count_take(group->store, group->dir, "2025", folder, NULL, &result, NULL), STATUS_CONFLICT);
    fill_box(group, 1, SENT);
}

static bool stop_soon(void *context, const char *label, size_t done, size_t total)
{
    size_t *left = context;
    (void)label, (void)done, (void)total;
    return (*left)-- > 1;
}

/* Wherever it is stopped: the old files stay, nothing half-written remains. */
static void stopped(void **state)
{
    (void)state;
    struct buf before, after;
    buf_init(&before, 1 << 24);
    buf_init(&after, 1 << 24);
    read_all(group, &before);
    for (size_t at = 1; at < SENT * 2; at += 9) {
        size_t left = at;
        struct count_result result;
        const struct steps steps = { stop_soon, &left };
        const struct count_job job = { .folder = group->folder, .secret = group->secret, .steps = &steps };
        assert_int_equal(count_folder(&job, &result, NULL), STATUS_DENIED);
        for (size_t i = 0; i < COUNT(outputs); i++) {
            char path[WAVE_PATH_ROOM], beside[WAVE_PATH_ROOM + 8];
            path_of(group, outputs[i], path);
            snprintf(beside, sizeof beside, "%s.new", path);
            assert_int_equal(access(beside, F_OK), -1);
        }
    }
    read_all(group, &after);
    assert_int_equal(before.length, after.length);
    assert_memory_equal(before.bytes, after.bytes, before.length);
    buf_free(&before);
    buf_free(&after);
}

int main(void)
{
    const struct CMUnitTest fixed[] = {
        { "numbers of a count", check_numbers, NULL, NULL, NULL },
        { "any order, any number of threads: the same bytes", any_order, NULL, NULL, NULL },
        { "the published files suffice", published_files_suffice, NULL, NULL, NULL },
        { "every byte of every file counts", every_byte_counts, NULL, NULL, NULL },
        { "numbers with a new check code are noticed", numbers_count, NULL, NULL, NULL },
        { "a forged ballot is noticed by its line", forged_ballot, NULL, NULL, NULL },
        { "a stopped count changes nothing", stopped, NULL, NULL, NULL },
        { "counted elsewhere and taken: the same bytes", elsewhere, NULL, NULL, NULL },
        { "changed on the way: nothing is taken", elsewhere_refused, NULL, NULL, NULL },
        { "another box was counted: nothing is taken", another_box, NULL, NULL, NULL },
    };
    struct CMUnitTest tests[COUNT(fixed) + COUNT(line_cases)];
    memcpy(tests, fixed, sizeof fixed);
    for (size_t i = 0; i < COUNT(line_cases); i++)
        tests[COUNT(fixed) + i] = (struct CMUnitTest){ line_cases[i].name, lines_count, NULL, NULL, &line_cases[i] };
    return cmocka_run_group_tests(tests, begin, end);
}

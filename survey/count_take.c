/* The strong mode's way back: the box key never came to the server, so the results come to it. Everything that can be
 * checked without the key is checked before a file or a row changes. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "survey/count.h"
#include "survey/count_file.h"
#include "survey/slotbox.h"
#include "survey/verify.h"

enum { SUMS_MAX = 64 * 1024, TAKEN_MAX = 80, BLOCK = 64 * 1024 };

struct taken { /* one line of count.sha256 */
    char name[96];
    char sha256[COUNT_HEX];
};

struct taking {
    const char *from;
    struct taken files[TAKEN_MAX];
    size_t file_count;
    struct count_file copies[TAKEN_MAX];
    size_t copied;
};

/* Names the count gives its files; nothing with a slash or a dot in front. */
static bool name_ok(const char *name)
{
    static const char *const fixed[] = { "credentials.txt", "leaves.txt",  "withdrawn.txt",
                                         "issuer.pem",      "result.json", "answers.txt" };
    for (size_t i = 0; i < COUNT(fixed); i++)
        if (strcmp(name, fixed[i]) == 0)
            return true;
    size_t length = strlen(name);
    return length > 13 && strncmp(name, "detached-", 9) == 0 && strcmp(name + length - 4, ".txt") == 0 &&
           strspn(name + 9, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_") == length - 13;
}

static enum status read_sums(struct taking *taking, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct buf text;
    buf_init(&text, SUMS_MAX);
    folder_path(path, taking->from, "count.sha256");
    enum status status = buf_read_file(&text, path, fail);
    for (const char *line = text.bytes; status == STATUS_OK && line != NULL && *line != '\0';) {
        struct taken *taken = &taking->files[taking->file_count];
        size_t length = strcspn(line, "\n");
        int used = 0;
        if (taking->file_count == TAKEN_MAX || line[length] != '\n' || length > 66 + 95 ||
            sscanf(line, "%64[0-9a-f]  %95[A-Za-z0-9_.-]%n", taken->sha256, taken->name, &used) != 2 ||
            (size_t)used != length || strlen(taken->sha256) != 64 || !name_ok(taken->name))
            status = FAIL(fail, STATUS_INPUT, "%s is damaged: copy the counted folder again", path);
        taking->file_count++;
        line += length + 1;
    }
    buf_free(&text);
    return status;
}

/* Copies beside the wave's own files; the hash is made of what was written. */
static enum status copy_file(struct taking *taking, const struct taken *taken, const char *folder, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    char block[BLOCK];
    bool secret = strncmp(taken->name, "answers", 7) == 0 || strncmp(taken->name, "detached", 8) == 0;
    struct count_file *copy = &taking->copies[taking->copied++];
    folder_path(path, taking->from, taken->name);
    FILE *stream = fopen(path, "re");
    if (stream == NULL)
        return fail_errno(fail, "open", path);
    enum status status = count_file_open(copy, folder, taken->name, secret ? 0600 : 0644, fail);
    for (size_t length = 1; status == STATUS_OK && length > 0;) {
        length = fread(block, 1, sizeof block, stream);
        count_file_add(copy, block, length);
    }
    if (status == STATUS_OK && ferror(stream))
        status = fail_errno(fail, "read", path);
    (void)fclose(stream);
    if (status == STATUS_OK)
        status = count_file_close(copy, fail);
    if (status == STATUS_OK && strcmp(copy->sha256, taken->sha256) != 0)
        status = FAIL(fail, STATUS_INPUT, "%s is not as it was counted: copy the counted folder again", path);
    return status;
}

/* --- the instance's own box, which needs no key to be read --- */

struct own_box { /* the box in the order of serials is credentials.txt, line by line */
    crypto_hash_sha256_state credentials;
    unsigned char (*withdrawn)[32];
    size_t withdrawn_count, withdrawn_room;
    bool out_of_memory;
};

static bool add_withdrawn(struct own_box *own, const unsigned char leaf[32])
{
    if (own->withdrawn_count == own->withdrawn_room) {
        size_t room = own->withdrawn_room == 0 ? 256 : own->withdrawn_room * 2;
        void *larger = realloc(own->withdrawn, room * sizeof *own->withdrawn);
        own->out_of_memory = larger == NULL;
        if (own->out_of_memory)
            return false;
        own->withdrawn = larger;
        own->withdrawn_room = room;
    }
    memcpy(own->withdrawn[own->withdrawn_count++], leaf, 32);
    return true;
}

static bool add_ballot(void *context, const struct ballot *ballot)
{
    struct own_box *own = context;
    char line[COUNT_CREDENTIAL_ROOM];
    unsigned char hash[32];
    unsigned char leaf[32];
    crypto_hash_sha256(hash, ballot->sealed, ballot->sealed_length);
    if (ballot->version & BOX_WITHDRAWN) {
        count_leaf(ballot->serial, hash, leaf);
        return add_withdrawn(own, leaf);
    }
    count_credential_line(ballot->serial, ballot->prefix, ballot->signature, hash, line);
    crypto_hash_sha256_update(&own->credentials, (const unsigned char *)line, strlen(line));
    return true;
}

static int by_leaf(const void *left, const void *right)
{
    return memcmp(left, right, 32);
}

static void finish_hash(crypto_hash_sha256_state *state, char hex[COUNT_HEX])
{
    unsigned char hash[32];
    crypto_hash_sha256_final(state, hash);
    sodium_bin2hex(hex, COUNT_HEX, hash, sizeof hash);
}

/* The other machine counted this box: the same credentials, the same ballots taken back. */
static enum status compare_box(const char *folder, const struct manifest *manifest, const struct count_result *result,
                               const struct steps *steps, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    char credentials[COUNT_HEX];
    char withdrawn[COUNT_HEX];
    struct own_box own = { .withdrawn = NULL };
    crypto_hash_sha256_state list;
    crypto_hash_sha256_init(&own.credentials);
    crypto_hash_sha256_init(&list);
    folder_path(path, folder, "ballots.box");
    enum status status = slotbox_scan(path, manifest->fingerprint, steps, add_ballot, &own, fail);
    if (status == STATUS_OK && own.out_of_memory)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the ballot box %s", path);
    if (status == STATUS_OK && own.withdrawn_count > 0)
        qsort(own.withdrawn, own.withdrawn_count, sizeof *own.withdrawn, by_leaf);
    for (size_t i = 0; status == STATUS_OK && i < own.withdrawn_count; i++) {
        char line[66];
        sodium_bin2hex(line, sizeof line, own.withdrawn[i], 32);
        line[64] = '\n';
        crypto_hash_sha256_update(&list, (const unsigned char *)line, 65);
    }
    finish_hash(&own.credentials, credentials);
    finish_hash(&list, withdrawn);
    free(own.withdrawn);
    if (status == STATUS_OK && (strcmp(credentials, result->credentials_sha256) != 0 ||
                                strcmp(withdrawn, result->withdrawn_sha256) != 0))
        status = FAIL(fail, STATUS_CONFLICT,
                      "%s holds other ballots than were counted elsewhere: copy it after closing, and count again", path);
    return status;
}

/* --- taking --- */

/* Invited, drawn and the list of codes must be those of the database. */
static enum status compare_turnout(const char *folder, const struct count_result *result, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    char hex[COUNT_HEX];
    struct buf text;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    buf_init(&text, (size_t)BALLOTS_MAX * 65);
    folder_path(path, folder, "drawn.txt");
    enum status status = buf_read_file(&text, path, fail);
    if (status == STATUS_OK && text.length > 0)
        crypto_hash_sha256_update(&state, (const unsigned char *)text.bytes, text.length);
    finish_hash(&state, hex);
    if (status == STATUS_OK && (strcmp(hex, result->drawn_sha256) != 0 || text.length != result->drawn * 65))
        status = FAIL(fail, STATUS_CONFLICT, "%s lists other codes than were counted elsewhere: copy it after closing, "
                                             "and count again", path);
    buf_free(&text);
    return status;
}

static bool has_file(const struct taking *taking, const char *name)
{
    for (size_t i = 0; i < taking->file_count; i++)
        if (strcmp(taking->files[i].name, name) == 0)
            return true;
    return false;
}

static enum status check(struct store *store, const char *dir, const struct wave *wave, struct taking *taking,
                         const struct steps *steps, struct verified *verified, struct fail *fail)
{
    char folder[WAVE_PATH_ROOM];
    struct manifest own;
    const struct verify verify = { .folder = taking->from, .answers = true, .steps = steps };
    wave_folder(folder, dir, wave->name);
    enum status status = wave_manifest(dir, wave->name, &own, fail);
    if (status == STATUS_OK)
        status = read_sums(taking, fail);
    if (status == STATUS_OK && (!has_file(taking, "answers.txt") || !has_file(taking, "result.json")))
        status = FAIL(fail, STATUS_INPUT, "%s/count.sha256 is damaged: copy the counted folder again", taking->from);
    if (status == STATUS_OK)
        status = verify_files(&verify, verified, fail);
    if (status == STATUS_OK && memcmp(own.fingerprint, verified->manifest.fingerprint, sizeof own.fingerprint) != 0)
        status = FAIL(fail, STATUS_CONFLICT, "%s is not the count of the wave %s: its manifest is another one",
                      taking->from, wave->name);
    if (status == STATUS_OK)
        status = count_turnout(store, dir, wave, fail);
    if (status == STATUS_OK)
        status = compare_turnout(folder, &verified->result, fail);
    return status == STATUS_OK ? compare_box(folder, &own, &verified->result, steps, fail) : status;
}

static enum status take(struct taking *taking, const char *folder, struct fail *fail)
{
    enum status status = STATUS_OK;
    size_t result = 0;
    for (size_t i = 0; i < taking->file_count && status == STATUS_OK; i++) {
        status = copy_file(taking, &taking->files[i], folder, fail);
        if (strcmp(taking->files[i].name, "result.json") == 0)
            result = i;
    }
    for (size_t i = 0; i < taking->copied && status == STATUS_OK; i++)
        if (i != result)
            status = count_file_keep(&taking->copies[i], fail);
    return status == STATUS_OK ? count_file_keep(&taking->copies[result], fail) : status;
}

enum status count_take(struct store *store, const char *dir, const char *name, const char *from,
                       const struct steps *steps, struct count_result *result, struct fail *fail)
{
    char folder[WAVE_PATH_ROOM];
    struct wave wave;
    struct verified verified;
    struct taking *taking = calloc(1, sizeof *taking);
    if (taking == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to count");
    taking->from = from;
    wave_folder(folder, dir, name);
    enum status status = count_closed(store, dir, name, &wave, fail);
    if (status == STATUS_OK)
        status = check(store, dir, &wave, taking, steps, &verified, fail);
    if (status == STATUS_OK)
        status = take(taking, folder, fail);
    if (status == STATUS_OK)
        status = count_keep(store, dir, &wave, &verified.result, fail);
    if (status == STATUS_OK)
        *result = verified.result;
    for (size_t i = 0; i < taking->copied; i++)
        count_file_drop(&taking->copies[i]);
    free(taking);
    return status;
}

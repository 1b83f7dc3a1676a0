/* The count: every ballot is checked, opened, parsed, and only its content goes on, sorted. No file relates a ballot to its
 * answers. Ballots come in the order of their serials, a batch at a time, and several threads open a batch.
 *
 * Memory: about 40 bytes a slot, 32 a ballot, and the answers themselves (some 600 bytes each) twice while they grow. */
#include "survey/count.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "survey/ballot.h"
#include "survey/count_lines.h"
#include "survey/merkle.h"

enum { BATCH = 512, ANSWERS_MEMORY = 1 << 20, DETACHED_MAX = 64, FORM_MEMORY = 64 << 20, SMALL_FILE = 64 * 1024 };

struct held { /* a ballot of the batch */
    unsigned char serial[BOX_SERIAL], prefix[BOX_PREFIX], signature[BOX_SIGNATURE];
    unsigned char sealed_hash[32], leaf[32];
    bool valid;
};

struct leaves {
    unsigned char (*list)[32];
    size_t count, room;
};

enum { FILE_CREDENTIALS, FILE_LEAVES, FILE_WITHDRAWN, FILE_ISSUER, FILE_RESULT, FILE_SUMS, FILE_ANSWERS };
enum { FILES_MAX = FILE_ANSWERS + 1 + DETACHED_MAX };

struct counting {
    const struct count_job *job;
    struct manifest manifest;
    const struct form *form;
    struct blind_key *key;
    size_t sealed_length;
    unsigned threads;
    struct held *batch;
    unsigned char *sealed; /* BATCH times sealed_length */
    unsigned char *plain;  /* one slot a thread */
    size_t batched;
    struct count_lines *lines;
    struct leaves leaves, withdrawn;
    uint64_t invalid;
    bool out_of_memory;
    struct count_file files[FILES_MAX];
    size_t file_count;
};

static bool add_leaf(struct leaves *leaves, const unsigned char leaf[32])
{
    if (leaves->count == leaves->room) {
        size_t room = leaves->room == 0 ? 1024 : leaves->room * 2;
        void *larger = realloc(leaves->list, room * sizeof *leaves->list);
        if (larger == NULL)
            return false;
        leaves->list = larger;
        leaves->room = room;
    }
    memcpy(leaves->list[leaves->count++], leaf, 32);
    return true;
}

static bool open_ballot(struct counting *counting, const struct held *held, const unsigned char *sealed,
                        unsigned thread)
{
    unsigned char *plain = counting->plain + (size_t)thread * counting->manifest.slot;
    const struct ballot ballot = { .serial = held->serial,
                                   .prefix = held->prefix,
                                   .signature = held->signature,
                                   .sealed = sealed,
                                   .sealed_length = counting->sealed_length };
    struct arena arena;
    struct answers answers;
    size_t length = 0;
    if (ballot_open(&counting->manifest, counting->key, counting->job->secret, &ballot, plain, &length, NULL) !=
        STATUS_OK)
        return false;
    arena_init(&arena, ANSWERS_MEMORY);
    bool good = answers_parse(&arena, counting->form, (const char *)plain, length, &answers, NULL, NULL, NULL) ==
                STATUS_OK;
    if (good)
        count_lines_add(counting->lines, thread, &answers);
    arena_free(&arena);
    sodium_memzero(plain, counting->manifest.slot);
    return good;
}

static void open_one(void *context, size_t i, unsigned thread)
{
    struct counting *counting = context;
    struct held *held = &counting->batch[i];
    const unsigned char *sealed = counting->sealed + i * counting->sealed_length;
    crypto_hash_sha256(held->sealed_hash, sealed, counting->sealed_length);
    count_leaf(held->serial, held->sealed_hash, held->leaf);
    held->valid = open_ballot(counting, held, sealed, thread);
}

/* serial, prefix, signature, SHA-256(sealed): everything a stranger needs to check the ballot, nothing about a person. */
static void write_credential(struct count_file *file, const struct held *held)
{
    char line[COUNT_CREDENTIAL_ROOM];
    count_credential_line(held->serial, held->prefix, held->signature, held->sealed_hash, line);
    count_file_add(file, line, strlen(line));
}

static void finish_batch(struct counting *counting)
{
    share_out(counting->batched, counting->threads, open_one, counting);
    for (size_t i = 0; i < counting->batched; i++) {
        const struct held *held = &counting->batch[i];
        write_credential(&counting->files[FILE_CREDENTIALS], held);
        if (!add_leaf(&counting->leaves, held->leaf))
            counting->out_of_memory = true;
        if (!held->valid)
            counting->invalid++;
    }
    counting->batched = 0;
}

static bool visit(void *context, const struct ballot *ballot)
{
    struct counting *counting = context;
    if (ballot->version & BOX_WITHDRAWN) { /* its bytes are random: nothing to open, only to say that it was taken back */
        unsigned char hash[32];
        unsigned char leaf[32];
        crypto_hash_sha256(hash, ballot->sealed, ballot->sealed_length);
        count_leaf(ballot->serial, hash, leaf);
        counting->out_of_memory |= !add_leaf(&counting->withdrawn, leaf);
        return !counting->out_of_memory;
    }
    if (counting->sealed == NULL) { /* the box's size, which need not be the manifest's when it was tampered with */
        counting->sealed_length = ballot->sealed_length;
        counting->sealed = malloc(BATCH * ballot->sealed_length);
        counting->out_of_memory |= counting->sealed == NULL;
        if (counting->out_of_memory)
            return false;
    }
    struct held *held = &counting->batch[counting->batched];
    memcpy(held->serial, ballot->serial, BOX_SERIAL);
    memcpy(held->prefix, ballot->prefix, BOX_PREFIX);
    memcpy(held->signature, ballot->signature, BOX_SIGNATURE);
    memcpy(counting->sealed + counting->batched * counting->sealed_length, ballot->sealed, ballot->sealed_length);
    if (++counting->batched == BATCH)
        finish_batch(counting);
    return !counting->out_of_memory;
}

static int by_leaf(const void *left, const void *right)
{
    return memcmp(left, right, 32);
}

static void write_leaves(struct leaves *leaves, struct count_file *file)
{
    if (leaves->count > 0)
        qsort(leaves->list, leaves->count, sizeof *leaves->list, by_leaf);
    for (size_t i = 0; i < leaves->count; i++)
        count_file_hash(file, leaves->list[i]);
}

/* Invited and drawn, and the hash of drawn.txt as it was made at closing. */
static enum status read_turnout(const char *folder, struct count_result *result, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    unsigned char hash[32];
    struct buf text;
    buf_init(&text, (size_t)BALLOTS_MAX * 65);
    folder_path(path, folder, "turnout.json");
    enum status status = buf_read_file(&text, path, fail);
    if (status == STATUS_OK && sscanf(text.bytes == NULL ? "" : text.bytes, "{\"invited\":%9" SCNu64 ",\"drawn\":%9" SCNu64 "}",
                                      &result->invited, &result->drawn) != 2)
        status = FAIL(fail, STATUS_INPUT, "%s is damaged: it holds the numbers invited and drawn", path);
    buf_clear(&text);
    folder_path(path, folder, "drawn.txt");
    if (status == STATUS_OK)
        status = buf_read_file(&text, path, fail);
    if (status == STATUS_OK && text.length != result->drawn * 65)
        status = FAIL(fail, STATUS_INPUT, "%s does not have one line for each of the %llu codes drawn", path,
                      (unsigned long long)result->drawn);
    crypto_hash_sha256(hash, (const unsigned char *)(text.bytes == NULL ? "" : text.bytes), text.length);
    sodium_bin2hex(result->drawn_sha256, sizeof result->drawn_sha256, hash, sizeof hash);
    buf_free(&text);
    return status;
}

static enum status prepare(struct counting *counting, struct arena *arena, struct fail *fail)
{
    const char *folder = counting->job->folder;
    unsigned char public[HPKE_PUBLIC];
    enum status status = folder_manifest(folder, &counting->manifest, fail);
    if (status == STATUS_OK)
        status = folder_form(arena, folder, &counting->form, fail);
    if (status == STATUS_OK && strcmp(counting->form->sha256, counting->manifest.form) != 0)
        status = FAIL(fail, STATUS_CONFLICT, "the form of the wave %s was changed after it was frozen",
                      counting->manifest.wave);
    if (status == STATUS_OK)
        status = hpke_key_public(counting->job->secret, public, fail);
    if (status == STATUS_OK && memcmp(public, counting->manifest.box, sizeof public) != 0)
        status = FAIL(fail, STATUS_CRYPTO, "this is the key of another ballot box than the one of %s",
                      counting->manifest.wave);
    if (status == STATUS_OK)
        status = blind_key_public(counting->manifest.n, sizeof counting->manifest.n, &counting->key, fail);
    if (status == STATUS_OK)
        status = count_lines_create(counting->form, counting->threads, &counting->lines, fail);
    if (status != STATUS_OK)
        return status;
    counting->plain = malloc(counting->threads * (size_t)counting->manifest.slot);
    counting->batch = calloc(BATCH, sizeof *counting->batch);
    if (counting->plain == NULL || counting->batch == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to count");
    return STATUS_OK;
}

/* All files at once, so that a full disk is noticed before the first of them replaces anything. */
static enum status open_files(struct counting *counting, struct fail *fail)
{
    static const struct {
        const char *name;
        unsigned mode;
    } fixed[] = { [FILE_CREDENTIALS] = { "credentials.txt", 0644 }, [FILE_LEAVES] = { "leaves.txt", 0644 },
                  [FILE_WITHDRAWN] = { "withdrawn.txt", 0644 },     [FILE_ISSUER] = { "issuer.pem", 0644 },
                  [FILE_RESULT] = { "result.json", 0644 },          [FILE_SUMS] = { "count.sha256", 0600 } };
    enum status status = STATUS_OK;
    size_t answers = count_lines_files(counting->lines);
    if (answers > DETACHED_MAX + 1)
        return FAIL(fail, STATUS_LIMIT, "the questionnaire has more than %d detached questions", (int)DETACHED_MAX);
    for (size_t i = 0; i < FILE_ANSWERS + answers && status == STATUS_OK; i++) {
        char name[96];
        if (i >= FILE_ANSWERS)
            count_lines_name(counting->lines, i - FILE_ANSWERS, name);
        status = count_file_open(&counting->files[i], counting->job->folder, i < FILE_ANSWERS ? fixed[i].name : name,
                                 i < FILE_ANSWERS ? fixed[i].mode : 0600, fail);
        counting->file_count = i + 1;
    }
    return status;
}

static enum status write_lists(struct counting *counting, struct count_result *result, struct fail *fail)
{
    struct buf pem;
    unsigned char root[32];
    buf_init(&pem, SMALL_FILE);
    write_leaves(&counting->leaves, &counting->files[FILE_LEAVES]);
    write_leaves(&counting->withdrawn, &counting->files[FILE_WITHDRAWN]);
    enum status status = blind_key_publish(counting->key, &pem, fail);
    if (status == STATUS_OK)
        status = buf_status(&pem, "issuer.pem", fail);
    if (status == STATUS_OK)
        count_file_add(&counting->files[FILE_ISSUER], pem.bytes, pem.length);
    buf_free(&pem);
    for (size_t i = FILE_ANSWERS; i < counting->file_count && status == STATUS_OK; i++)
        status = count_lines_write(counting->lines, i - FILE_ANSWERS, &counting->files[i], fail);
    for (size_t i = 0; i < counting->file_count && status == STATUS_OK; i++)
        if (i != FILE_RESULT && i != FILE_SUMS)
            status = count_file_close(&counting->files[i], fail);
    merkle_root(counting->leaves.list == NULL ? NULL : counting->leaves.list[0], counting->leaves.count, root);
    sodium_bin2hex(result->root, sizeof result->root, root, sizeof root);
    sodium_bin2hex(result->fingerprint, sizeof result->fingerprint, counting->manifest.fingerprint, 32);
    memcpy(result->credentials_sha256, counting->files[FILE_CREDENTIALS].sha256, COUNT_HEX);
    memcpy(result->withdrawn_sha256, counting->files[FILE_WITHDRAWN].sha256, COUNT_HEX);
    memcpy(result->answers_sha256, counting->files[FILE_ANSWERS].sha256, COUNT_HEX);
    result->ballots = counting->leaves.count;
    result->invalid = counting->invalid;
    result->withdrawn = counting->withdrawn.count;
    return status;
}

/* result.json, and the sums of all files in the format of sha256sum: what a copy on a stick is held against. */
static enum status write_result(struct counting *counting, struct count_result *result, struct fail *fail)
{
    struct count_file *sums = &counting->files[FILE_SUMS];
    struct buf json;
    buf_init(&json, SMALL_FILE);
    count_result_write(result, &json);
    buf_add_byte(&json, '\n');
    enum status status = buf_status(&json, "result.json", fail);
    if (status == STATUS_OK) {
        count_file_add(&counting->files[FILE_RESULT], json.bytes, json.length);
        status = count_file_close(&counting->files[FILE_RESULT], fail);
    }
    buf_free(&json);
    for (size_t i = 0; i < counting->file_count && status == STATUS_OK; i++) {
        if (i == FILE_SUMS)
            continue;
        count_file_add(sums, counting->files[i].sha256, 64);
        count_file_add(sums, "  ", 2);
        count_file_add(sums, counting->files[i].name, strlen(counting->files[i].name));
        count_file_add(sums, "\n", 1);
    }
    return status == STATUS_OK ? count_file_close(sums, fail) : status;
}

/* result.json last: whoever sees it finds everything else. */
static enum status keep_files(struct counting *counting, struct fail *fail)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < counting->file_count && status == STATUS_OK; i++)
        if (i != FILE_RESULT)
            status = count_file_keep(&counting->files[i], fail);
    return status == STATUS_OK ? count_file_keep(&counting->files[FILE_RESULT], fail) : status;
}

static void clean_up(struct counting *counting)
{
    for (size_t i = 0; i < counting->file_count; i++)
        count_file_drop(&counting->files[i]);
    count_lines_free(counting->lines);
    blind_key_free(counting->key);
    free(counting->batch);
    free(counting->sealed);
    free(counting->plain);
    free(counting->leaves.list);
    free(counting->withdrawn.list);
    free(counting);
}

enum status count_folder(const struct count_job *job, struct count_result *result, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct count_result made = { 0 };
    struct arena arena;
    struct counting *counting = calloc(1, sizeof *counting);
    if (counting == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to count");
    counting->job = job;
    counting->threads = job->threads == 0 ? share_threads() : job->threads;
    arena_init(&arena, FORM_MEMORY);
    enum status status = prepare(counting, &arena, fail);
    if (status == STATUS_OK)
        status = read_turnout(job->folder, &made, fail);
    if (status == STATUS_OK)
        status = open_files(counting, fail);
    folder_path(path, job->folder, "ballots.box");
    if (status == STATUS_OK)
        status = slotbox_scan(path, counting->manifest.fingerprint, job->steps, visit, counting, fail);
    if (status == STATUS_OK && !counting->out_of_memory)
        finish_batch(counting);
    if (status == STATUS_OK && counting->out_of_memory)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory to count");
    if (status == STATUS_OK && !steps_go(job->steps, N_("Sorting and writing"), 0, 1))
        status = FAIL(fail, STATUS_DENIED, "stopped; nothing was changed");
    if (status == STATUS_OK)
        status = write_lists(counting, &made, fail);
    if (status == STATUS_OK)
        status = write_result(counting, &made, fail);
    if (status == STATUS_OK)
        status = keep_files(counting, fail);
    if (status == STATUS_OK)
        *result = made;
    clean_up(counting);
    arena_free(&arena);
    return status;
}

/* Reads each published file once, line by line; keeps the leaves (32 bytes a ballot) and nothing else. The signatures are
 * checked by several threads, a batch at a time; the first fault in the order of the lines is the one that is told. */
#include "survey/verify.h"

#include <errno.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/share.h"
#include "survey/blind.h"
#include "survey/credential.h"
#include "survey/merkle.h"
#include "survey/wave_tables.h"

enum { BATCH = 512, SENTENCE_MAX = 512, HEX_LINE = 64, CREDENTIAL_LINE = 963, PEM_MAX = 64 * 1024, LIST_MEMORY = 16 << 20 };

struct checking {
    const struct verify *verify;
    struct verified *verified;
    struct fail *fail;
    unsigned char (*leaves)[32];
    struct blind_key *key;
    unsigned char receipt[32], code[32]; /* what is looked for */
};

static void say(const struct checking *checking, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(const struct checking *checking, const char *format, ...)
{
    char sentence[SENTENCE_MAX];
    va_list values;
    if (checking->verify->say == NULL)
        return;
    va_start(values, format);
    vsnprintf(sentence, sizeof sentence, tr(checking->fail->language, format), values);
    va_end(values);
    checking->verify->say(checking->verify->context, sentence);
}

/* --- lists --- */

struct list {
    const char *name;
    FILE *stream;
    size_t line; /* read last, from 1 */
    crypto_hash_sha256_state hash;
    char text[CREDENTIAL_LINE + 3];
};

static enum status list_open(struct list *list, const struct checking *checking, const char *name)
{
    char path[WAVE_PATH_ROOM];
    *list = (struct list){ .name = name };
    folder_path(path, checking->verify->folder, name);
    list->stream = fopen(path, "re");
    if (list->stream == NULL)
        return errno == ENOENT ? FAIL(checking->fail, STATUS_MISSING, "%s: there is no such file", path)
                               : fail_errno(checking->fail, "open", path);
    crypto_hash_sha256_init(&list->hash);
    return STATUS_OK;
}

/* The next line of exactly length digits (blanks between the four fields of a credential); *end at the end of the file. */
static enum status list_next(struct list *list, size_t length, bool *end, struct fail *fail)
{
    list->line++;
    *end = fgets(list->text, sizeof list->text, list->stream) == NULL;
    if (*end)
        return ferror(list->stream) ? fail_errno(fail, "read", list->name) : STATUS_OK;
    bool good = strlen(list->text) == length + 1 && list->text[length] == '\n';
    for (size_t i = 0; i < length && good; i++)
        good = i == 64 || i == 129 || i == 898 ? list->text[i] == ' '
                                               : strchr("0123456789abcdef", list->text[i]) != NULL;
    if (!good)
        return FAIL(fail, STATUS_INPUT, "%s:%zu: this is no line of such a list", list->name, list->line);
    crypto_hash_sha256_update(&list->hash, (const unsigned char *)list->text, length + 1);
    return STATUS_OK;
}

static void unhex(const char *hex, unsigned char *bytes, size_t length)
{
    (void)sodium_hex2bin(bytes, length, hex, 2 * length, NULL, NULL, NULL); /* list_next looked at the digits */
}

static enum status list_close(struct list *list, size_t expected, const char *sha256, struct fail *fail)
{
    unsigned char hash[32];
    char hex[COUNT_HEX];
    if (list->line - 1 != expected)
        return FAIL(fail, STATUS_INPUT, "%s has %zu lines, but result.json says %zu", list->name, list->line - 1,
                    expected);
    crypto_hash_sha256_final(&list->hash, hash);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    if (sha256 != NULL && strcmp(hex, sha256) != 0)
        return FAIL(fail, STATUS_INPUT, "%s is not the file that was counted: its SHA-256 is not the one in result.json",
                    list->name);
    return STATUS_OK;
}

static enum status not_ascending(const struct list *list, int order, struct fail *fail)
{
    return order == 0 ? FAIL(fail, STATUS_INPUT, "%s:%zu: this line stands there twice", list->name, list->line)
                      : FAIL(fail, STATUS_INPUT, "%s:%zu: this line is not in sorted order", list->name, list->line);
}

typedef enum status take_hash(struct checking *checking, const struct list *list, const unsigned char hash[32]);

/* A file of hashes in ascending order, none twice. */
static enum status check_hashes(struct checking *checking, const char *name, size_t expected, const char *sha256,
                                take_hash *take)
{
    struct list list;
    unsigned char before[32] = { 0 };
    unsigned char hash[32];
    bool end = false;
    enum status status = list_open(&list, checking, name);
    while (status == STATUS_OK && !end) {
        status = list_next(&list, HEX_LINE, &end, checking->fail);
        if (status != STATUS_OK || end)
            break;
        unhex(list.text, hash, sizeof hash);
        int order = list.line == 1 ? -1 : memcmp(before, hash, sizeof hash);
        if (order >= 0)
            status = not_ascending(&list, order, checking->fail);
        else if (list.line > expected)
            status = FAIL(checking->fail, STATUS_INPUT, "%s:%zu: result.json says that the list has %zu lines", name,
                          list.line, expected);
        else
            status = take(checking, &list, hash);
        memcpy(before, hash, sizeof before);
    }
    if (status == STATUS_OK)
        status = list_close(&list, expected, sha256, checking->fail);
    if (list.stream != NULL)
        (void)fclose(list.stream);
    return status;
}

static int by_hash(const void *left, const void *right)
{
    return memcmp(left, right, 32);
}

static bool in_leaves(const struct checking *checking, const unsigned char leaf[32])
{
    return checking->verified->result.ballots > 0 &&
           bsearch(leaf, checking->leaves, checking->verified->result.ballots, 32, by_hash) != NULL;
}

static enum status take_leaf(struct checking *checking, const struct list *list, const unsigned char hash[32])
{
    memcpy(checking->leaves[list->line - 1], hash, 32);
    if (memcmp(checking->receipt, hash, 32) == 0 && checking->verified->receipt != FOUND_NOT_ASKED)
        checking->verified->receipt = FOUND_COUNTED;
    return STATUS_OK;
}

static enum status take_withdrawn(struct checking *checking, const struct list *list, const unsigned char hash[32])
{
    if (in_leaves(checking, hash))
        return FAIL(checking->fail, STATUS_INPUT, "%s:%zu: a ballot that was taken back stands in leaves.txt too",
                    list->name, list->line);
    if (memcmp(checking->receipt, hash, 32) == 0 && checking->verified->receipt != FOUND_NOT_ASKED)
        checking->verified->receipt = FOUND_WITHDRAWN;
    return STATUS_OK;
}

static enum status take_drawn(struct checking *checking, const struct list *list, const unsigned char hash[32])
{
    (void)list;
    if (memcmp(checking->code, hash, 32) == 0 && checking->verified->code != FOUND_NOT_ASKED)
        checking->verified->code = FOUND_COUNTED;
    return STATUS_OK;
}

/* --- head: manifest, key, result --- */

static enum status check_manifest(struct checking *checking)
{
    struct manifest *manifest = &checking->verified->manifest;
    char hex[65];
    char printed[48];
    enum status status = folder_manifest(checking->verify->folder, manifest, checking->fail);
    if (status != STATUS_OK)
        return status;
    sodium_bin2hex(hex, sizeof hex, manifest->fingerprint, sizeof manifest->fingerprint);
    manifest_print(manifest, printed);
    say(checking, N_("Wave %s. Its check code must be the one on the notice board: %s"), manifest->wave, printed);
    say(checking, N_("The same in full: %s"), hex);
    return blind_key_public(manifest->n, sizeof manifest->n, &checking->key, checking->fail);
}

static enum status check_issuer(struct checking *checking)
{
    char path[WAVE_PATH_ROOM];
    struct buf pem;
    struct buf wanted;
    buf_init(&pem, PEM_MAX);
    buf_init(&wanted, PEM_MAX);
    folder_path(path, checking->verify->folder, "issuer.pem");
    enum status status = buf_read_file(&pem, path, checking->fail);
    if (status == STATUS_OK)
        status = blind_key_publish(checking->key, &wanted, checking->fail);
    if (status == STATUS_OK && (pem.length != wanted.length || memcmp(pem.bytes, wanted.bytes, pem.length) != 0))
        status = FAIL(checking->fail, STATUS_CRYPTO, "issuer.pem is not the key that stands in the manifest");
    if (status == STATUS_OK)
        say(checking, N_("issuer.pem is the key of the manifest."));
    buf_free(&pem);
    buf_free(&wanted);
    return status;
}

static enum status check_tables(struct checking *checking)
{
    char path[WAVE_PATH_ROOM];
    struct arena arena;
    struct wave_tables tables;
    if (!checking->verify->tables)
        return STATUS_OK;
    arena_init(&arena, (size_t)LIST_MEMORY);
    folder_path(path, checking->verify->folder, TABLES_FILE);
    enum status status =
        tables_of_manifest(&arena, path, &checking->verified->manifest, &tables, checking->fail);
    if (status == STATUS_OK && tables.fixed)
        say(checking, N_("tables.txt is the list that was fixed before the first answer: %zu tables, none twice."),
            tables.plan.count);
    arena_free(&arena);
    return status;
}

static enum status check_result(struct checking *checking)
{
    struct count_result *result = &checking->verified->result;
    char hex[65];
    char printed[48];
    unsigned char check[32];
    enum status status = count_result_file(checking->verify->folder, result, checking->fail);
    if (status != STATUS_OK)
        return status;
    sodium_bin2hex(hex, sizeof hex, checking->verified->manifest.fingerprint, 32);
    if (strcmp(hex, result->fingerprint) != 0)
        return FAIL(checking->fail, STATUS_CONFLICT, "result.json belongs to another wave than the manifest");
    if (result->invalid > result->ballots || result->ballots > BALLOTS_MAX ||
        result->ballots + result->withdrawn > result->drawn || result->drawn > result->invited)
        return FAIL(checking->fail, STATUS_INPUT,
                    "the numbers do not fit: %llu ballots and %llu taken back, %llu credentials drawn, %llu people "
                    "invited; none may be larger than the next",
                    (unsigned long long)result->ballots, (unsigned long long)result->withdrawn,
                    (unsigned long long)result->drawn, (unsigned long long)result->invited);
    say(checking, N_("%llu ballots (%llu of them invalid) and %llu taken back, %llu drawn, %llu invited: the numbers fit."),
        (unsigned long long)result->ballots, (unsigned long long)result->invalid,
        (unsigned long long)result->withdrawn, (unsigned long long)result->drawn, (unsigned long long)result->invited);
    unhex(result->check, check, sizeof check);
    check_code_print(check, printed);
    say(checking, N_("The check code of the result must be the one that was made public after the count: %s"), printed);
    say(checking, N_("The same in full: %s"), result->check);
    return STATUS_OK;
}

static enum status check_leaves(struct checking *checking)
{
    const struct count_result *result = &checking->verified->result;
    unsigned char root[32];
    char hex[COUNT_HEX];
    checking->leaves = calloc((size_t)result->ballots + 1, 32);
    if (checking->leaves == NULL)
        return FAIL(checking->fail, STATUS_MEMORY, "not enough memory for %zu ballots", (size_t)result->ballots);
    enum status status = check_hashes(checking, "leaves.txt", (size_t)result->ballots, NULL, take_leaf);
    if (status != STATUS_OK)
        return status;
    merkle_root(checking->leaves[0], (size_t)result->ballots, root);
    sodium_bin2hex(hex, sizeof hex, root, sizeof root);
    if (strcmp(hex, result->root) != 0)
        return FAIL(checking->fail, STATUS_INPUT,
                    "leaves.txt is not the list that was counted: its root is %s, result.json says %s", hex,
                    result->root);
    say(checking, N_("leaves.txt has %zu lines, sorted, none twice; its root is the published one: %s"),
        (size_t)result->ballots, hex);
    return STATUS_OK;
}

/* --- credentials --- */

struct credential_line {
    size_t line;
    unsigned char message[64]; /* prefix, serial: what is signed */
    unsigned char signature[RSA_BYTES];
    unsigned char sealed_hash[32];
    bool genuine, listed;
};

struct batch {
    const struct checking *checking;
    struct credential_line lines[BATCH];
    size_t count;
};

static void check_one(void *context, size_t i, unsigned thread)
{
    struct batch *batch = context;
    struct credential_line *line = &batch->lines[i];
    unsigned char leaf[32];
    (void)thread;
    line->genuine = blind_verify(batch->checking->key, line->message, sizeof line->message, line->signature, NULL) ==
                    STATUS_OK;
    count_leaf(line->message + 32, line->sealed_hash, leaf);
    line->listed = in_leaves(batch->checking, leaf);
}

static enum status check_batch(struct batch *batch)
{
    const struct checking *checking = batch->checking;
    unsigned threads = checking->verify->threads == 0 ? share_threads() : checking->verify->threads;
    share_out(batch->count, threads, check_one, batch);
    for (size_t i = 0; i < batch->count; i++) {
        if (!batch->lines[i].genuine)
            return FAIL(checking->fail, STATUS_CRYPTO,
                        "credentials.txt:%zu: the signature does not hold: the key of this wave did not sign this ballot",
                        batch->lines[i].line);
        if (!batch->lines[i].listed)
            return FAIL(checking->fail, STATUS_INPUT, "credentials.txt:%zu: the leaf of this ballot is not in leaves.txt",
                        batch->lines[i].line);
    }
    size_t done = batch->count == 0 ? 0 : batch->lines[batch->count - 1].line;
    batch->count = 0;
    if (!steps_go(checking->verify->steps, N_("Checking the signatures"), done, (size_t)checking->verified->result.ballots))
        return FAIL(checking->fail, STATUS_DENIED, "stopped before everything was checked");
    return STATUS_OK;
}

static enum status take_credential(struct batch *batch, const struct list *list, unsigned char before[32])
{
    struct credential_line *line = &batch->lines[batch->count++];
    line->line = list->line;
    unhex(list->text, line->message + 32, 32);
    unhex(list->text + 65, line->message, 32);
    unhex(list->text + 130, line->signature, RSA_BYTES);
    unhex(list->text + 899, line->sealed_hash, 32);
    int order = list->line == 1 ? -1 : memcmp(before, line->message + 32, 32);
    memcpy(before, line->message + 32, 32);
    if (order >= 0)
        return order == 0 ? FAIL(batch->checking->fail, STATUS_INPUT,
                                 "credentials.txt:%zu: this serial stands there twice: one ballot was counted two times",
                                 list->line)
                          : not_ascending(list, order, batch->checking->fail);
    return batch->count == BATCH ? check_batch(batch) : STATUS_OK;
}

/* Distinct serials have distinct leaves, so as many lines as leaves, each of them listed, is the same set. */
static enum status check_credentials(struct checking *checking)
{
    const struct count_result *result = &checking->verified->result;
    struct list list;
    unsigned char before[32] = { 0 };
    bool end = false;
    struct batch *batch = calloc(1, sizeof *batch);
    if (batch == NULL)
        return FAIL(checking->fail, STATUS_MEMORY, "not enough memory for %zu ballots", (size_t)BATCH);
    batch->checking = checking;
    enum status status = list_open(&list, checking, "credentials.txt");
    while (status == STATUS_OK && !end) {
        status = list_next(&list, CREDENTIAL_LINE, &end, checking->fail);
        if (status == STATUS_OK && !end)
            status = take_credential(batch, &list, before);
    }
    if (status == STATUS_OK)
        status = check_batch(batch);
    if (status == STATUS_OK)
        status = list_close(&list, (size_t)result->ballots, result->credentials_sha256, checking->fail);
    if (list.stream != NULL)
        (void)fclose(list.stream);
    free(batch);
    if (status == STATUS_OK)
        say(checking, N_("credentials.txt: %zu signatures hold, no serial stands there twice, and their leaves are exactly "
                         "those of leaves.txt."), (size_t)result->ballots);
    return status;
}

/* --- what else --- */

static enum status check_others(struct checking *checking)
{
    const struct count_result *result = &checking->verified->result;
    enum status status = check_hashes(checking, "withdrawn.txt", (size_t)result->withdrawn, result->withdrawn_sha256,
                                      take_withdrawn);
    if (status != STATUS_OK)
        return status;
    say(checking, N_("withdrawn.txt has %zu lines; none of them was counted."), (size_t)result->withdrawn);
    status = check_hashes(checking, "drawn.txt", (size_t)result->drawn, result->drawn_sha256, take_drawn);
    if (status == STATUS_OK)
        say(checking, N_("drawn.txt has %zu lines, one for each credential drawn."), (size_t)result->drawn);
    return status;
}

static enum status check_answers(struct checking *checking)
{
    const struct count_result *result = &checking->verified->result;
    char path[WAVE_PATH_ROOM];
    char block[64 * 1024];
    char hex[COUNT_HEX];
    unsigned char hash[32];
    size_t lines = 0;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    folder_path(path, checking->verify->folder, "answers.txt");
    FILE *stream = fopen(path, "re");
    if (stream == NULL) /* not published: only those who analyse have it */
        return errno == ENOENT ? STATUS_OK : fail_errno(checking->fail, "open", path);
    for (size_t length = fread(block, 1, sizeof block, stream); length > 0;
         length = fread(block, 1, sizeof block, stream)) {
        crypto_hash_sha256_update(&state, (const unsigned char *)block, length);
        for (size_t i = 0; i < length; i++)
            lines += block[i] == '\n' ? 1 : 0;
    }
    bool failed = ferror(stream) != 0;
    (void)fclose(stream);
    if (failed)
        return fail_errno(checking->fail, "read", path);
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    if (strcmp(hex, result->answers_sha256) != 0 || lines != result->ballots - result->invalid)
        return FAIL(checking->fail, STATUS_INPUT, "answers.txt is not what was counted: its SHA-256 is not the one in result.json");
    say(checking, N_("answers.txt has %zu lines and the published SHA-256."), lines);
    return STATUS_OK;
}

/* What is looked for is read before the long work, so that a typing error is told at once. */
static enum status read_questions(struct checking *checking)
{
    const struct verify *verify = checking->verify;
    char code[CODE_LENGTH + 1];
    size_t length = 0;
    if (verify->receipt != NULL) {
        const char *end = NULL;
        if (sodium_hex2bin(checking->receipt, sizeof checking->receipt, verify->receipt, strlen(verify->receipt), " -",
                           &length, &end) != 0 || length != sizeof checking->receipt || *end != '\0')
            return FAIL(checking->fail, STATUS_INPUT, "a receipt has 64 characters: digits and the letters a to f");
        checking->verified->receipt = FOUND_ABSENT;
    }
    if (verify->code != NULL) {
        enum status status = code_read(verify->code, code, checking->fail);
        if (status != STATUS_OK)
            return status;
        code_hash(code, checking->code);
        count_drawn(checking->code, checking->code);
        sodium_memzero(code, sizeof code);
        checking->verified->code = FOUND_ABSENT;
    }
    return STATUS_OK;
}

enum status verify_files(const struct verify *verify, struct verified *verified, struct fail *fail)
{
    static enum status (*const checks[])(struct checking *checking) = {
        read_questions, check_manifest, check_tables, check_issuer, check_result, check_leaves, check_credentials, check_others,
    };
    struct fail own = { 0 };
    struct checking checking = { .verify = verify, .verified = verified, .fail = fail == NULL ? &own : fail };
    *verified = (struct verified){ 0 };
    if (sodium_init() < 0)
        return FAIL(fail, STATUS_CRYPTO, "the system gives no random bytes");
    enum status status = STATUS_OK;
    for (size_t i = 0; i < COUNT(checks) && status == STATUS_OK; i++)
        status = checks[i](&checking);
    if (status == STATUS_OK && verify->answers)
        status = check_answers(&checking);
    blind_key_free(checking.key);
    free(checking.leaves);
    return status;
}

/* result.json: written and read in one exact form, so that its hash is the check code of the result. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "survey/count.h"
#include "survey/merkle.h"

enum { RESULT_MAX = 4096 };

void count_leaf(const unsigned char serial[32], const unsigned char sealed_hash[32], unsigned char leaf[32])
{
    unsigned char content[64];
    memcpy(content, serial, 32);
    memcpy(content + 32, sealed_hash, 32);
    merkle_leaf(content, sizeof content, leaf);
}

void count_credential_line(const unsigned char serial[32], const unsigned char prefix[32],
                           const unsigned char signature[384], const unsigned char sealed_hash[32],
                           char line[COUNT_CREDENTIAL_ROOM])
{
    sodium_bin2hex(line, 65, serial, 32);
    sodium_bin2hex(line + 65, 65, prefix, 32);
    sodium_bin2hex(line + 130, 769, signature, 384);
    sodium_bin2hex(line + 899, 65, sealed_hash, 32);
    line[64] = line[129] = line[898] = ' ';
    line[963] = '\n';
    line[964] = '\0';
}

void count_drawn(const unsigned char code_hash[32], unsigned char hash[32])
{
    unsigned char content[5 + 32] = { 'd', 'r', 'a', 'w', 'n' };
    memcpy(content + 5, code_hash, 32);
    crypto_hash_sha256(hash, content, sizeof content);
}

void count_result_write(struct count_result *result, struct buf *out)
{
    size_t start = out->length;
    unsigned char hash[32];
    buf_format(out,
               "{\"invited\":%" PRIu64 ",\"drawn\":%" PRIu64 ",\"ballots\":%" PRIu64 ",\"invalid\":%" PRIu64
               ",\"withdrawn\":%" PRIu64 ",\"root\":\"%s\",\"answers_sha256\":\"%s\",\"credentials_sha256\":\"%s\""
               ",\"withdrawn_sha256\":\"%s\",\"drawn_sha256\":\"%s\",\"fingerprint\":\"%s\"",
               result->invited, result->drawn, result->ballots, result->invalid, result->withdrawn, result->root,
               result->answers_sha256, result->credentials_sha256, result->withdrawn_sha256, result->drawn_sha256,
               result->fingerprint);
    if (out->failed)
        return;
    crypto_hash_sha256(hash, (const unsigned char *)out->bytes + start, out->length - start);
    sodium_bin2hex(result->check, sizeof result->check, hash, sizeof hash);
    buf_format(out, ",\"check\":\"%s\"}", result->check);
}

enum status count_result_read(const char *text, size_t length, struct count_result *result, struct fail *fail)
{
    struct count_result made = { 0 };
    char check[COUNT_HEX] = "";
    struct buf again;
    buf_init(&again, RESULT_MAX);
    bool good = length < RESULT_MAX && memchr(text, '\0', length) == NULL &&
                sscanf(text,
                       "{\"invited\":%9" SCNu64 ",\"drawn\":%9" SCNu64 ",\"ballots\":%9" SCNu64 ",\"invalid\":%9" SCNu64
                       ",\"withdrawn\":%9" SCNu64 ",\"root\":\"%64[0-9a-f]\",\"answers_sha256\":\"%64[0-9a-f]\","
                       "\"credentials_sha256\":\"%64[0-9a-f]\",\"withdrawn_sha256\":\"%64[0-9a-f]\","
                       "\"drawn_sha256\":\"%64[0-9a-f]\",\"fingerprint\":\"%64[0-9a-f]\",\"check\":\"%64[0-9a-f]\"}",
                       &made.invited, &made.drawn, &made.ballots, &made.invalid, &made.withdrawn, made.root,
                       made.answers_sha256, made.credentials_sha256, made.withdrawn_sha256, made.drawn_sha256,
                       made.fingerprint, check) == 12;
    if (good) {
        count_result_write(&made, &again);
        buf_add_byte(&again, '\n');
        good = again.length == length && memcmp(again.bytes, text, length) == 0;
    }
    buf_free(&again);
    if (!good)
        return FAIL(fail, STATUS_INPUT,
                    "result.json is not as a count writes it, or was changed afterwards: its check code does not hold");
    *result = made;
    return STATUS_OK;
}

enum status count_result_file(const char *folder, struct count_result *result, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct buf text;
    buf_init(&text, RESULT_MAX);
    folder_path(path, folder, "result.json");
    enum status status = buf_read_file(&text, path, fail);
    if (status == STATUS_OK)
        status = count_result_read(text.bytes == NULL ? "" : text.bytes, text.length, result, fail);
    buf_free(&text);
    return status;
}

/* The count: every ballot is checked, opened, parsed, and only its content goes on, sorted. What is written depends on the
 * set of ballots alone, not on their order or place; no file relates a ballot to its answers. */
#include "survey/count.h"

#include <openssl/sha.h>
#include <sodium.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/answers.h"
#include "survey/ballot.h"
#include "survey/boxkey.h"
#include "survey/merkle.h"

enum { LINES_MAX = 1 << 30, ANSWERS_MEMORY = 1 << 20 };

/* Lines of one output file; item NULL for the answers. Offsets first, since the bytes move while they grow. */
struct lines {
    const struct item *item;
    struct buf bytes; /* each line with a final NUL */
    char **list;      /* made by sort_lines */
    size_t count;
};

struct counting {
    struct manifest manifest;
    const struct form *form;
    struct blind_key *key;
    unsigned char secret[HPKE_PRIVATE];
    unsigned char *plain;
    struct lines *lines; /* answers, then one a detached item */
    size_t line_files;
    unsigned char (*leaves)[32];
    size_t leaf_count, leaf_room;
    uint64_t invalid;
    bool out_of_memory;
};

static bool add_leaf(struct counting *counting, const struct ballot *ballot)
{
    unsigned char content[64];
    if (counting->leaf_count == counting->leaf_room) {
        size_t room = counting->leaf_room == 0 ? 1024 : counting->leaf_room * 2;
        void *larger = realloc(counting->leaves, room * sizeof *counting->leaves);
        if (larger == NULL)
            return false;
        counting->leaves = larger;
        counting->leaf_room = room;
    }
    memcpy(content, ballot->serial, 32);
    SHA256(ballot->sealed, ballot->sealed_length, content + 32);
    merkle_leaf(content, sizeof content, counting->leaves[counting->leaf_count++]);
    return true;
}

/* The lines of one person's answers go to the files of the answers and of each detached item. */
static void add_lines(struct counting *counting, const struct answers *answers)
{
    struct lines *main_lines = &counting->lines[0];
    answers_write_part(answers, ANSWERS_ATTACHED, &main_lines->bytes);
    buf_add_byte(&main_lines->bytes, '\0');
    main_lines->count++;
    for (size_t i = 1; i < counting->line_files; i++) {
        struct lines *detached = &counting->lines[i];
        if (answers_write_detached(answers, (size_t)(detached->item - counting->form->items), &detached->bytes)) {
            buf_add_byte(&detached->bytes, '\0');
            detached->count++;
        }
    }
}

static bool open_ballot(struct counting *counting, const struct ballot *ballot)
{
    struct arena arena;
    struct answers answers;
    size_t length = 0;
    if (ballot_open(&counting->manifest, counting->key, counting->secret, ballot, counting->plain, &length, NULL) !=
        STATUS_OK)
        return false;
    arena_init(&arena, ANSWERS_MEMORY);
    bool good = answers_parse(&arena, counting->form, (const char *)counting->plain, length, &answers, NULL, NULL,
                              NULL) == STATUS_OK;
    if (good)
        add_lines(counting, &answers);
    arena_free(&arena);
    sodium_memzero(counting->plain, counting->manifest.slot);
    return good;
}

static bool visit(void *context, const struct ballot *ballot)
{
    struct counting *counting = context;
    if (!add_leaf(counting, ballot)) {
        counting->out_of_memory = true;
        return false;
    }
    if (!open_ballot(counting, ballot))
        counting->invalid++;
    return true;
}

static int by_bytes(const void *left, const void *right)
{
    char *const *a = left;
    char *const *b = right;
    return strcmp(*a, *b); /* strcmp compares bytes, not by any language */
}

static int by_leaf(const void *left, const void *right)
{
    return memcmp(left, right, 32);
}

static enum status sort_lines(struct lines *lines, struct fail *fail)
{
    enum status status = buf_status(&lines->bytes, "the answers", fail);
    if (status != STATUS_OK)
        return status;
    lines->list = calloc(lines->count + 1, sizeof *lines->list);
    if (lines->list == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to sort %zu answers", lines->count);
    char *line = lines->bytes.bytes;
    for (size_t i = 0; i < lines->count; i++) {
        lines->list[i] = line;
        line += strlen(line) + 1;
    }
    qsort(lines->list, lines->count, sizeof *lines->list, by_bytes);
    return STATUS_OK;
}

static void hex_of(const unsigned char hash[32], char hex[65])
{
    sodium_bin2hex(hex, 65, hash, 32);
}

static enum status write_lines(const struct lines *lines, const char *dir, const char *wave, char sha256[65],
                               struct fail *fail)
{
    char name[128];
    char path[WAVE_PATH_ROOM];
    unsigned char hash[32];
    struct buf out;
    buf_init(&out, LINES_MAX);
    for (size_t i = 0; i < lines->count; i++) {
        buf_add_string(&out, lines->list[i]);
        buf_add_byte(&out, '\n');
    }
    snprintf(name, sizeof name, lines->item == NULL ? "answers.txt" : "detached-%.64s.txt",
             lines->item == NULL ? "" : lines->item->id);
    wave_path(path, dir, wave, name);
    SHA256((const unsigned char *)(out.bytes == NULL ? "" : out.bytes), out.length, hash);
    if (sha256 != NULL)
        hex_of(hash, sha256);
    enum status status = buf_status(&out, path, fail);
    if (status == STATUS_OK)
        status = buf_write_file(&out, path, 0600, fail);
    buf_free(&out);
    return status;
}

static enum status write_leaves(struct counting *counting, const char *dir, const char *wave, char root_hex[65],
                                struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    char hex[65];
    unsigned char root[32];
    struct buf out;
    buf_init(&out, LINES_MAX);
    if (counting->leaf_count > 0)
        qsort(counting->leaves, counting->leaf_count, sizeof *counting->leaves, by_leaf);
    for (size_t i = 0; i < counting->leaf_count; i++) {
        hex_of(counting->leaves[i], hex);
        buf_format(&out, "%s\n", hex);
    }
    merkle_root(counting->leaves == NULL ? NULL : counting->leaves[0], counting->leaf_count, root);
    hex_of(root, root_hex);
    wave_path(path, dir, wave, "leaves.txt");
    enum status status = buf_status(&out, path, fail);
    if (status == STATUS_OK)
        status = buf_write_file(&out, path, 0644, fail);
    buf_free(&out);
    return status;
}

static enum status totals(struct store *store, int64_t wave, struct count_result *result, struct fail *fail)
{
    struct arena arena;
    const struct unit everybody = { .id = "", .name = "", .level = UNIT_CITY, .parent = -1 };
    const struct participation *rows = NULL;
    size_t count = 0;
    arena_init(&arena, 1 << 20);
    enum status status = store_participation(store, &arena, wave, &everybody, 1, &rows, &count, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        result->invited += rows[i].invited;
        result->drawn += rows[i].drawn;
    }
    arena_free(&arena);
    return status;
}

/* Lines into the database, result beside the box. */
static enum status keep(struct counting *counting, struct store *store, const char *dir, const struct wave *wave,
                        struct count_result *result, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct buf json;
    size_t total = 0;
    size_t next = 0;
    for (size_t i = 0; i < counting->line_files; i++)
        total += counting->lines[i].count;
    struct counted *rows = calloc(total + 1, sizeof *rows);
    if (rows == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to keep %zu answers", total);
    for (size_t i = 0; i < counting->line_files; i++)
        for (size_t k = 0; k < counting->lines[i].count; k++)
            rows[next++] = (struct counted){ .item = i == 0 ? NULL : counting->lines[i].item->id,
                                             .line = counting->lines[i].list[k] };
    buf_init(&json, 1024);
    buf_format(&json,
               "{\"invited\":%" PRIu64 ",\"drawn\":%" PRIu64 ",\"ballots\":%" PRIu64 ",\"invalid\":%" PRIu64
               ",\"root\":\"%s\",\"answers_sha256\":\"%s\"}",
               result->invited, result->drawn, result->ballots, result->invalid, result->root, result->answers_sha256);
    enum status status = store_count(store, wave->id, rows, total, json.bytes, fail);
    buf_add_byte(&json, '\n');
    wave_path(path, dir, wave->name, "result.json");
    if (status == STATUS_OK)
        status = buf_write_file(&json, path, 0644, fail);
    buf_free(&json);
    free(rows);
    return status;
}

static enum status prepare(struct counting *counting, struct arena *arena, const char *dir, const char *wave,
                           const char *passphrase, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    unsigned char public[HPKE_PUBLIC];
    enum status status = wave_manifest(dir, wave, &counting->manifest, fail);
    if (status == STATUS_OK)
        status = wave_form(arena, dir, wave, &counting->form, fail);
    if (status == STATUS_OK && strcmp(counting->form->sha256, counting->manifest.form) != 0)
        status = FAIL(fail, STATUS_CONFLICT, "the form of the wave %s was changed after it was frozen", wave);
    wave_path(path, dir, wave, "box.key");
    if (status == STATUS_OK)
        status = boxkey_open(path, passphrase, counting->secret, fail);
    if (status == STATUS_OK)
        status = hpke_key_public(counting->secret, public, fail);
    if (status == STATUS_OK && memcmp(public, counting->manifest.box, sizeof public) != 0)
        status = FAIL(fail, STATUS_CRYPTO, "%s is the key of another ballot box", path);
    if (status == STATUS_OK)
        status = blind_key_public(counting->manifest.n, sizeof counting->manifest.n, &counting->key, fail);
    if (status != STATUS_OK)
        return status;
    counting->plain = malloc(counting->manifest.slot);
    counting->lines = calloc(counting->form->item_count + 1, sizeof *counting->lines);
    if (counting->plain == NULL || counting->lines == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to count");
    buf_init(&counting->lines[0].bytes, LINES_MAX);
    counting->line_files = 1;
    for (size_t i = 0; i < counting->form->item_count; i++)
        if (counting->form->items[i].detached && !counting->form->items[i].off) {
            counting->lines[counting->line_files].item = &counting->form->items[i];
            buf_init(&counting->lines[counting->line_files++].bytes, LINES_MAX);
        }
    return STATUS_OK;
}

static void clean_up(struct counting *counting)
{
    for (size_t i = 0; i < counting->line_files; i++) {
        buf_free(&counting->lines[i].bytes);
        free(counting->lines[i].list);
    }
    free(counting->lines);
    free(counting->plain);
    free(counting->leaves);
    blind_key_free(counting->key);
    sodium_memzero(counting->secret, sizeof counting->secret);
}

enum status count_wave(struct store *store, const char *dir, const char *name, const char *passphrase,
                       struct count_result *result, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct counting counting = { 0 };
    struct count_result made = { 0 };
    struct arena arena;
    struct wave wave;
    arena_init(&arena, 64 << 20);
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status == STATUS_OK && wave.state != WAVE_CLOSED && wave.state != WAVE_COUNTED)
        status = FAIL(fail, STATUS_CONFLICT, "close the wave %s before counting it", name);
    if (status == STATUS_OK)
        status = prepare(&counting, &arena, dir, name, passphrase, fail);
    wave_path(path, dir, name, "ballots.box");
    if (status == STATUS_OK)
        status = slotbox_read(path, counting.manifest.fingerprint, visit, &counting, fail);
    if (status == STATUS_OK && counting.out_of_memory)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory to count");
    for (size_t i = 0; i < counting.line_files && status == STATUS_OK; i++) {
        status = sort_lines(&counting.lines[i], fail);
        if (status == STATUS_OK)
            status = write_lines(&counting.lines[i], dir, name, i == 0 ? made.answers_sha256 : NULL, fail);
    }
    if (status == STATUS_OK)
        status = write_leaves(&counting, dir, name, made.root, fail);
    made.ballots = counting.leaf_count;
    made.invalid = counting.invalid;
    if (status == STATUS_OK)
        status = totals(store, wave.id, &made, fail);
    if (status == STATUS_OK)
        status = keep(&counting, store, dir, &wave, &made, fail);
    if (status == STATUS_OK)
        *result = made;
    clean_up(&counting);
    arena_free(&arena);
    return status;
}

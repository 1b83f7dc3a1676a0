/* Rehearsals: a throw-away wave whose codes are kept in its folder, so that simulate and curious people can use them.
 * A real wave never keeps codes. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "survey/commands/commands.h"
#include "survey/wave.h"

enum { CODES_FILE_MAX = 64 << 20 };

/* Invitations spread over the departments in turn, so that the rehearsal looks like the wave. */
static enum status choose_units(struct arena *arena, struct store *store, size_t count, const char ***chosen,
                                struct fail *fail)
{
    const struct unit *units = NULL;
    size_t unit_count = 0;
    enum status status = store_unit_list(store, arena, &units, &unit_count, fail);
    if (status != STATUS_OK)
        return status;
    const char **ids = ARENA_NEW(arena, const char *, count);
    if (ids == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu invitations", count);
    size_t next = 0;
    for (size_t i = 0; i < count; i++) {
        ids[i] = "";
        for (size_t tried = 0; tried < unit_count; tried++) {
            const struct unit *unit = &units[next++ % unit_count];
            if (unit->level == UNIT_DEPARTMENT) {
                ids[i] = unit->id;
                break;
            }
        }
    }
    *chosen = ids;
    return STATUS_OK;
}

static enum status keep_codes(const char *dir, const char *wave, char (*codes)[CODE_TEXT_ROOM], size_t count,
                              struct fail *fail)
{
    char path[4096];
    struct buf text;
    buf_init(&text, CODES_FILE_MAX);
    for (size_t i = 0; i < count; i++)
        buf_format(&text, "%s\n", codes[i]);
    snprintf(path, sizeof path, "%s/waves/%s/rehearsal-codes.txt", dir, wave);
    enum status status = buf_write_file(&text, path, 0600, fail);
    buf_free(&text);
    return status;
}

static enum status free_name(struct store *store, char name[33], struct fail *fail)
{
    for (int i = 1; i < 1000; i++) {
        struct wave wave;
        struct fail missing = { 0 };
        snprintf(name, 33, "probe-%d", i);
        enum status status = store_wave_find(store, name, &wave, &missing);
        if (status == STATUS_MISSING)
            return STATUS_OK;
        if (status != STATUS_OK)
            return FAIL(fail, status, "%s", missing.what);
    }
    return FAIL(fail, STATUS_LIMIT, "there are 999 rehearsals already");
}

enum status rehearsal_open(struct store *store, const char *dir, const char *form, size_t invited,
                           const char *issue_origin, const char *collect_origin, struct wave *wave, struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, (size_t)512 << 20);
    char name[33];
    unsigned char noise[24];
    char passphrase[sizeof noise * 2 + 1];
    /* Nobody opens a rehearsal's ballots twice: its passphrase is random and stands beside the codes. */
    randombytes_buf(noise, sizeof noise);
    sodium_bin2hex(passphrase, sizeof passphrase, noise, sizeof noise);
    struct wave_plan plan = { .name = name,
                              .year = 2000,
                              .form = form != NULL ? form : "open_administration",
                              .closes = "2099-12-31",
                              .issue_origin = issue_origin,
                              .collect_origin = collect_origin,
                              .passphrase = passphrase,
                              .rehearsal = true };
    const char **units = NULL;
    char(*codes)[CODE_TEXT_ROOM] = arena_get(&arena, invited, sizeof *codes);
    struct buf secret;
    buf_init(&secret, 256);
    enum status status = codes == NULL ? FAIL(fail, STATUS_MEMORY, "not enough memory for %zu invitations", invited)
                                       : free_name(store, name, fail);
    if (status == STATUS_OK)
        status = choose_units(&arena, store, invited, &units, fail);
    if (status == STATUS_OK)
        status = wave_freeze(store, dir, &plan, fail);
    if (status == STATUS_OK)
        status = wave_rehearse_here(dir, name, passphrase, fail);
    if (status == STATUS_OK)
        status = wave_invite(store, name, units, invited, codes, fail);
    if (status == STATUS_OK)
        status = keep_codes(dir, name, codes, invited, fail);
    if (status == STATUS_OK) {
        char path[4096];
        snprintf(path, sizeof path, "%s/waves/%s/rehearsal-passphrase.txt", dir, name);
        buf_format(&secret, "%s\n", passphrase);
        status = buf_write_file(&secret, path, 0600, fail);
    }
    if (status == STATUS_OK)
        status = wave_open(store, dir, name, fail);
    if (status == STATUS_OK)
        status = store_wave_find(store, name, wave, fail);
    buf_free(&secret);
    arena_free(&arena);
    return status;
}

enum status rehearsal_take(struct arena *arena, const char *dir, const char *wave, size_t count, const char **codes,
                           size_t *taken, struct fail *fail)
{
    char path[4096];
    struct buf text;
    struct buf rest;
    buf_init(&text, CODES_FILE_MAX);
    buf_init(&rest, CODES_FILE_MAX);
    snprintf(path, sizeof path, "%s/waves/%s/rehearsal-codes.txt", dir, wave);
    enum status status = buf_read_file(&text, path, fail);
    size_t found = 0;
    const char *line = text.bytes;
    while (status == STATUS_OK && line != NULL && *line != '\0') {
        size_t length = strcspn(line, "\n");
        if (found < count) {
            codes[found] = arena_copy(arena, line, length);
            if (codes[found++] == NULL)
                status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu codes", count);
        } else {
            buf_add(&rest, line, length);
            buf_add_byte(&rest, '\n');
        }
        line += length + (line[length] == '\n');
    }
    if (status == STATUS_OK)
        status = buf_write_file(&rest, path, 0600, fail);
    *taken = found;
    buf_free(&text);
    buf_free(&rest);
    return status;
}

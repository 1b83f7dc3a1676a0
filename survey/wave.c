/* Life of a frozen wave: inviting, opening, closing, each step leaving folder and database in agreement. Freezing is
 * wave_freeze.c, the rehearsal wave_rehearse.c, the end erase.c. */
#include "survey/wave.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/env.h"
#include "survey/count.h"
#include "survey/credential.h"
#include "survey/hpke.h"
#include "survey/minutes.h"
#include "survey/shred.h"
#include "survey/slotbox.h"

enum { SPARE_SLOTS = 64 };

/* Codes and hashes; row order[i] of the database belongs to unit i, so that it tells nothing about the list given. */
static enum status make_invitations(const char *const units[], size_t count, const size_t order[],
                                    struct invitation invitations[], char (*codes)[CODE_TEXT_ROOM], struct fail *fail)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        char code[CODE_LENGTH + 1];
        struct invitation *invitation = &invitations[order[i]];
        status = code_make(codes[i], fail);
        if (status == STATUS_OK)
            status = code_read(codes[i], code, fail);
        if (status == STATUS_OK)
            code_hash(code, invitation->code_hash);
        invitation->unit = units[i];
        sodium_memzero(code, sizeof code);
    }
    return status;
}

enum status wave_invite(struct store *store, const char *name, const char *const units[], size_t count,
                        char (*codes)[CODE_TEXT_ROOM], struct fail *fail)
{
    struct wave wave;
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status != STATUS_OK || count == 0)
        return status;
    if (wave.state != WAVE_FROZEN && wave.state != WAVE_OPEN)
        return FAIL(fail, STATUS_CONFLICT, "invitations are made after freezing and before closing the wave %s", name);
    size_t *order = calloc(count, sizeof *order);
    struct invitation *invitations = calloc(count, sizeof *invitations);
    if (order == NULL || invitations == NULL || sodium_init() < 0 || count > UINT32_MAX)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu invitations", count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) { /* Fisher and Yates, inside out */
        size_t j = randombytes_uniform((uint32_t)(i + 1));
        order[i] = order[j];
        order[j] = i;
    }
    if (status == STATUS_OK)
        status = make_invitations(units, count, order, invitations, codes, fail);
    if (status == STATUS_OK)
        status = store_invite(store, wave.id, invitations, count, fail);
    free(invitations);
    free(order);
    return status;
}

/* Slots for everybody who has a code or is on the list, one in twenty more, and some for cards made later. */
static enum status slot_count(struct store *store, int64_t wave, uint32_t *slots, struct fail *fail)
{
    uint64_t invited = 0;
    enum status status = store_expected(store, wave, &invited, fail);
    if (status == STATUS_OK && invited == 0)
        status = FAIL(fail, STATUS_CONFLICT, "nobody is invited yet: make the invitations before opening the wave");
    *slots = (uint32_t)(invited + invited / 20 + SPARE_SLOTS);
    return status;
}

enum status wave_open(struct store *store, const char *dir, const char *name, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct wave wave;
    struct manifest manifest;
    struct rehearsal rehearsal = { .done = false };
    uint32_t slots = 0;
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status == STATUS_OK && wave.state != WAVE_FROZEN)
        status = FAIL(fail, STATUS_CONFLICT, "only a frozen wave can be opened; %s is not, or was opened before", name);
    if (status == STATUS_OK)
        status = wave_manifest(dir, name, &manifest, fail);
    if (status == STATUS_OK)
        wave_rehearsed(dir, &manifest, &rehearsal);
    if (status == STATUS_OK && !wave.rehearsal && !rehearsal.done)
        status = FAIL(fail, STATUS_CONFLICT,
                      "the wave %s was not rehearsed: querschnitt wave rehearse %s proves first that the key of the "
                      "ballot box opens what browsers seal",
                      name, name);
    if (status == STATUS_OK)
        status = slot_count(store, wave.id, &slots, fail);
    wave_path(path, dir, name, "ballots.box");
    if (status == STATUS_OK)
        status = slotbox_create(path, slots, HPKE_PUBLIC + manifest.slot + HPKE_TAG, manifest.fingerprint,
                                env_system.now(env_system.state), fail);
    return status == STATUS_OK ? store_wave_state(store, wave.id, WAVE_OPEN, fail) : status;
}

enum status wave_room(struct store *store, const char *dir, const struct wave *wave, size_t more, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct manifest manifest;
    uint64_t expected = 0;
    uint32_t ballots = 0;
    if (wave->state != WAVE_OPEN)
        return STATUS_OK;
    enum status status = wave_manifest(dir, wave->name, &manifest, fail);
    if (status == STATUS_OK)
        status = store_expected(store, wave->id, &expected, fail);
    wave_path(path, dir, wave->name, "ballots.box");
    if (status == STATUS_OK && access(path, F_OK) != 0)
        return STATUS_OK; /* the box is on the collector's machine */
    if (status == STATUS_OK)
        status = slotbox_capacity(path, manifest.fingerprint, &ballots, fail);
    if (status == STATUS_OK && expected + more > ballots)
        status = FAIL(fail, STATUS_LIMIT,
                      "the ballot box of %s was made for %u ballots, and %llu codes are made or due: %zu more do not fit. "
                      "Lists and cards have to be ready before a wave is opened",
                      wave->name, (unsigned)ballots, (unsigned long long)expected, more);
    return status;
}

enum status wave_close(struct store *store, const char *dir, const char *name, struct fail *fail)
{
    char path[WAVE_PATH_ROOM];
    struct wave wave;
    struct buf marker;
    enum status status = store_wave_find(store, name, &wave, fail);
    wave_path(path, dir, name, MINUTES_CLOSING);
    bool unfinished = status == STATUS_OK && wave.state == WAVE_CLOSED && access(path, F_OK) != 0;
    if (status == STATUS_OK && wave.state != WAVE_OPEN && !unfinished)
        status = FAIL(fail, STATUS_CONFLICT, "only an open wave can be closed; %s is not open", name);
    buf_init(&marker, 64);
    buf_add_string(&marker, "closed\n");
    wave_path(path, dir, name, "closed"); /* what a collector without database looks for */
    if (status == STATUS_OK)
        status = buf_write_file(&marker, path, 0644, fail);
    buf_free(&marker);
    wave_path(path, dir, name, "issuer.key");
    if (status == STATUS_OK)
        status = shred(path, fail);
    if (status == STATUS_OK && !unfinished)
        status = store_wave_state(store, wave.id, WAVE_CLOSED, fail);
    wave.state = WAVE_CLOSED;
    if (status == STATUS_OK) /* from now on nobody draws: who did not take part can see that nobody else did in their name */
        status = count_turnout(store, dir, &wave, fail);
    if (status == STATUS_OK) /* nobody is reminded any more */
        status = store_recipients_forget(store, wave.id, fail);
    /* Last, because it says that all this has happened; what is missing after a kill is written the next time. */
    return status == STATUS_OK ? minutes_closing(store, dir, &wave, fail) : status;
}

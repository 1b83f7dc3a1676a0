/* Life of a wave: new, freeze (form bound to the city's units, keys, manifest), invite, open, close. The folder
 * DIR/waves/NAME holds form.yaml, manifest, issuer.key (0600), box.key (0600, passphrase), receipt.key, ballots.box. */
#ifndef SURVEY_WAVE_H
#define SURVEY_WAVE_H

#include "survey/store.h"

enum { UNIT_HEADS_MIN = 30, SLOT_BYTES = 8192, CODE_TEXT_ROOM = 32 };

struct wave_plan {
    const char *name;
    int year;
    const char *form; /* path or name of a shipped form */
    const char *closes; /* ISO date */
    const char *issue_origin, *collect_origin;
    const char *deletes; /* ISO date of the end of the objection period; NULL: 90 days after closes */
    unsigned delay;      /* minutes, 0..60: the browser waits up to so long before it sends */
    const char *passphrase; /* of the box key; at least 12 characters */
    bool rehearsal;
};

/* Makes the folder, keys, manifest and form; state FROZEN. */
MUST_USE enum status wave_freeze(struct store *store, const char *dir, const struct wave_plan *plan, struct fail *fail);
/* Makes count codes for units[i]; stores hashes in random order; codes_out[i] (CODE_TEXT_ROOM each) belongs to units[i]. */
MUST_USE enum status wave_invite(struct store *store, const char *wave, const char *const units[], size_t count,
                                 char (*codes)[CODE_TEXT_ROOM], struct fail *fail);
MUST_USE enum status wave_open(struct store *store, const char *dir, const char *wave, struct fail *fail);
/* Destroys the issuer's private key; state CLOSED. */
MUST_USE enum status wave_close(struct store *store, const char *dir, const char *wave, struct fail *fail);

/* Writes the list of units the form of a new wave offers, one "id TAB name" a line, to path. */
MUST_USE enum status wave_units_write(struct store *store, const char *path, struct fail *fail);

/* The form of a frozen wave with the city's units, from the wave's folder alone (the collector knows no database). */
MUST_USE enum status wave_form(struct arena *arena, const char *dir, const char *wave, const struct form **form,
                               struct fail *fail);

/* a-z, 0-9, "-"; 1 to 32 characters: safe as part of a path and an address. */
bool wave_name_ok(const char *name);
/* DIR/waves/WAVE/FILE; path is empty when it does not fit, so that opening it fails. */
enum { WAVE_PATH_ROOM = 4096 };
void wave_path(char path[WAVE_PATH_ROOM], const char *dir, const char *wave, const char *file);
/* The form file of a plan: bytes of the shipped form or of the file. */
MUST_USE enum status wave_form_bytes(const char *form, struct buf *out, struct fail *fail);

struct manifest {
    char wave[33];
    char form[65];
    unsigned char n[384];
    unsigned char box[65];
    unsigned char receipt[32];
    char closes[11];
    char issuer[128], collector[128];
    char client[97];
    unsigned slot;
    unsigned smallest_group;
    char key[8];      /* where the box key lies: "server" (locked by the passphrase), "council", "split" (two halves) */
    char deletes[11]; /* day from which ballots, keys and codes are deleted */
    unsigned delay;   /* minutes, 0..60 */
    unsigned char fingerprint[32]; /* SHA-256 of the canonical bytes */
};
MUST_USE enum status manifest_write(const struct manifest *manifest, struct buf *out, struct fail *fail);
MUST_USE enum status manifest_read(const char *bytes, size_t length, struct manifest *manifest, struct fail *fail);
/* The manifest of a frozen wave, from its folder. STATUS_MISSING when there is no such wave. */
MUST_USE enum status wave_manifest(const char *dir, const char *wave, struct manifest *manifest, struct fail *fail);
void manifest_print(const struct manifest *manifest, char printed[48]); /* 8 × 4 characters with blanks */

#endif

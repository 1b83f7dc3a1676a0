/* Life of a wave: freeze (form bound to the city's units, keys, manifest), rehearse, invite, open, close; erase.h ends it.
 * The folder DIR/waves/NAME is described in docs/protocol.md. */
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
    const char *box_key;    /* file with the public half of a key made elsewhere (boxkey.h); NULL: a new key here */
    const char *passphrase; /* of a new box key; at least 12 characters */
    bool rehearsal;
};

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
    char tables[65];  /* SHA-256 of the list of tables (wave_tables.h); "": frozen before there were lists */
    unsigned char fingerprint[32]; /* SHA-256 of the canonical bytes */
};

/* Makes the folder, keys, manifest and form; state FROZEN. */
MUST_USE enum status wave_freeze(struct store *store, const char *dir, const struct wave_plan *plan, struct fail *fail);
/* Makes count codes for units[i]; stores hashes in random order; codes_out[i] (CODE_TEXT_ROOM each) belongs to units[i]. */
MUST_USE enum status wave_invite(struct store *store, const char *wave, const char *const units[], size_t count,
                                 char (*codes)[CODE_TEXT_ROOM], struct fail *fail);
/* STATUS_CONFLICT for a real wave that was not rehearsed. */
MUST_USE enum status wave_open(struct store *store, const char *dir, const char *wave, struct fail *fail);
/* STATUS_LIMIT when the box of an open wave has no room for the ballots of so many more codes. */
MUST_USE enum status wave_room(struct store *store, const char *dir, const struct wave *wave, size_t more,
                               struct fail *fail);
/* Destroys the issuer's private key and writes the minutes; state CLOSED. Killed half-way it can be repeated. */
MUST_USE enum status wave_close(struct store *store, const char *dir, const char *wave, struct fail *fail);

/* --- the rehearsal: a real wave opens only when its key has opened what a browser sealed to it --- */
struct rehearsal {
    bool done;
    bool by_answer; /* the key is not on the server: its holders answered the challenge */
    char day[11];   /* ISO */
};
/* done is false also when the manifest is another one than was rehearsed. */
void wave_rehearsed(const char *dir, const struct manifest *manifest, struct rehearsal *rehearsal);
/* Draws, seals, opens and reads one ballot as browser and count do, with the box's private key. */
MUST_USE enum status wave_rehearse(const char *dir, const char *wave, const unsigned char secret[32],
                                   struct fail *fail);
/* The same with the key in the wave's folder. */
MUST_USE enum status wave_rehearse_here(const char *dir, const char *wave, const char *passphrase, struct fail *fail);
/* With a key that is elsewhere: everything but opening, then the file DIR/waves/WAVE/challenge (challenge.h). */
MUST_USE enum status wave_challenge(const char *dir, const char *wave, struct fail *fail);
/* What the holders of the key read out. STATUS_DENIED: it is not the answer. */
MUST_USE enum status wave_challenge_answer(const char *dir, const char *wave, const char *typed, struct fail *fail);

/* Writes the list of units the form of a new wave offers, one "id TAB name" a line, to path. */
MUST_USE enum status wave_units_write(struct store *store, const char *path, struct fail *fail);

/* The department a unit belongs to, or the unit itself above departments: invitations, response rates and the question on the
 * unit stop there. */
const char *wave_department(const struct unit units[], size_t unit);

/* The form of a frozen wave with the city's units, from the wave's folder alone (the collector knows no database). */
MUST_USE enum status wave_form(struct arena *arena, const char *dir, const char *wave, const struct form **form,
                               struct fail *fail);

/* a-z, 0-9, "-"; 1 to 32 characters: safe as part of a path and an address. */
bool wave_name_ok(const char *name);
/* DIR/waves/WAVE/FILE; path is empty when it does not fit, so that opening it fails. */
enum { WAVE_PATH_ROOM = 4096 };
void wave_path(char path[WAVE_PATH_ROOM], const char *dir, const char *wave, const char *file);
/* DIR/waves/WAVE, and a file in a folder that may lie anywhere: a copy of a wave's folder on another machine. */
void wave_folder(char folder[WAVE_PATH_ROOM], const char *dir, const char *wave);
void folder_path(char path[WAVE_PATH_ROOM], const char *folder, const char *file);
MUST_USE enum status folder_form(struct arena *arena, const char *folder, const struct form **form, struct fail *fail);
/* The native text of a plan's form: a shipped form with all its languages, or a file of any format (forms/format.h). */
MUST_USE enum status wave_form_bytes(const char *form, struct buf *out, struct fail *fail);

MUST_USE enum status manifest_write(const struct manifest *manifest, struct buf *out, struct fail *fail);
MUST_USE enum status manifest_read(const char *bytes, size_t length, struct manifest *manifest, struct fail *fail);
/* The manifest of a frozen wave, from its folder. STATUS_MISSING when there is no such wave. */
MUST_USE enum status folder_manifest(const char *folder, struct manifest *manifest, struct fail *fail);
MUST_USE enum status wave_manifest(const char *dir, const char *wave, struct manifest *manifest, struct fail *fail);
void check_code_print(const unsigned char hash[32], char printed[48]); /* first 160 bits: 8 × 4 characters with blanks */
void manifest_print(const struct manifest *manifest, char printed[48]); /* the fingerprint's */

#endif

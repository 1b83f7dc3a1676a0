/* Everything kept in the database: units, invitations, waves, counted answers, HR figures, office accounts, audit rows.
 * Never: sealed ballots (slotbox.h), keys (files of the wave's folder), times of taking part.
 *
 * One connection a thread. Every change is one transaction. SQL stands in statements.def only. */
#ifndef SURVEY_STORE_H
#define SURVEY_STORE_H

#include "analysis/inputs.h"
#include "reports/remark.h"

struct store;

enum store_access {
    STORE_WRITE,   /* everything */
    STORE_ANALYSE, /* read-only; the invitation and account tables are prohibited by an authorizer */
};

/* dir is the instance; opens dir/querschnitt.sqlite and brings it to the newest migration. */
MUST_USE enum status store_open(const char *dir, enum store_access access, struct store **store, struct fail *fail);
void store_close(struct store *store); /* accepts NULL */

/* --- waves --- */
enum wave_state { WAVE_NEW, WAVE_FROZEN, WAVE_OPEN, WAVE_CLOSED, WAVE_COUNTED };
struct wave {
    int64_t id;
    char name[33]; /* "2025" */
    int year;
    enum wave_state state;
    bool rehearsal;
    char closes[11]; /* ISO date: last day for answers */
    char erased[11]; /* day on which its ballots, keys and codes were deleted; "" before */
};
MUST_USE enum status store_wave_add(struct store *store, const struct wave *wave, int64_t *id, struct fail *fail);
MUST_USE enum status store_wave_find(struct store *store, const char *name, struct wave *wave, struct fail *fail);
MUST_USE enum status store_waves(struct store *store, struct arena *arena, const struct wave **waves, size_t *count,
                                 struct fail *fail); /* oldest first */
MUST_USE enum status store_wave_state(struct store *store, int64_t wave, enum wave_state state, struct fail *fail);

/* --- invitations: only the hash of the code; rows are inserted in the order given (the caller shuffles) --- */
struct invitation {
    unsigned char code_hash[32];
    const char *unit; /* org_id; "" for a card */
    bool card;        /* anonymous, on a card */
};
MUST_USE enum status store_invite(struct store *store, int64_t wave, const struct invitation invitations[],
                                  size_t count, struct fail *fail);
enum draw_result { DRAW_NEW, DRAW_REPEAT, DRAW_CONFLICT, DRAW_UNKNOWN, DRAW_TAKEN, DRAW_PERSONAL };
/* One transaction: marks the code as drawn with this blinded message (its SHA-256), or tells that it was. */
struct draw {
    int64_t wave;
    unsigned char code_hash[32], blinded_hash[32];
    bool card_only; /* asked at a kiosk: a personal code is DRAW_PERSONAL */
    enum draw_result result; /* DRAW_TAKEN: the person was handed a card instead */
    char unit[64]; /* written for NEW and REPEAT */
};
MUST_USE enum status store_draw(struct store *store, struct draw *draw, struct fail *fail);
/* Several draws in one transaction: durable together when STATUS_OK is returned, none of them otherwise. */
MUST_USE enum status store_draw_many(struct store *store, struct draw *const draws[], size_t count, struct fail *fail);
/* How many codes a wave has, and the hashes of those that were drawn, in the order of the hashes. */
MUST_USE enum status store_drawn(struct store *store, struct arena *arena, int64_t wave, uint64_t *invited,
                                 unsigned char (**code_hashes)[32], size_t *count, struct fail *fail);
/* Per unit: invited and drawn. */
MUST_USE enum status store_participation(struct store *store, struct arena *arena, int64_t wave,
                                         const struct unit *units, size_t unit_count,
                                         const struct participation **rows, size_t *count, struct fail *fail);

/* Everybody together; after the wave was erased as it stood at the count. */
MUST_USE enum status store_turnout(struct store *store, int64_t wave, uint64_t *invited, uint64_t *drawn,
                                   struct fail *fail);

/* --- the end of a wave: its invitations go, invited and drawn per unit stay, with an audit row, in one transaction.
 *     Does nothing to a wave that is erased already. --- */
MUST_USE enum status store_erase(struct store *store, const struct wave *wave, const char *day, const char *person,
                                 struct fail *fail);

/* --- cards: a person gets one for the personal code, which then can no longer be drawn --- */
enum card_result { CARD_TAKEN, CARD_BEFORE, CARD_DRAWN, CARD_UNKNOWN, CARD_NONE_LEFT, CARD_ALL_USED };
struct cards {
    uint64_t made, handed_out; /* handed out: against a personal code */
    uint64_t used;             /* drawn, whoever holds them */
};
/* CARD_BEFORE: handed out earlier; CARD_DRAWN: the person takes part online; CARD_UNKNOWN: no personal code of the wave;
 * CARD_NONE_LEFT: as many were handed out as were made. */
MUST_USE enum status store_card_take(struct store *store, int64_t wave, const unsigned char code_hash[32],
                                     enum card_result *result, struct fail *fail);
/* The card came back unused: the personal code is valid again. CARD_UNKNOWN when none was handed out for it; CARD_ALL_USED
 * when as many cards were used as handed out, so that the person could take part twice. */
MUST_USE enum status store_card_back(struct store *store, int64_t wave, const unsigned char code_hash[32],
                                     enum card_result *result, struct fail *fail);
MUST_USE enum status store_cards(struct store *store, int64_t wave, struct cards *cards, struct fail *fail);

/* --- recipients: people invited by name, until the wave closes --- */
struct recipient {
    unsigned char id[32]; /* random: the order of rows says nothing */
    uint32_t line;        /* in the file they came from: names them in messages without naming them */
    const char *unit, *language;
    const char *email;   /* "" when there is none */
    const char *address; /* lines ended by LF; "" when there is none */
};
MUST_USE enum status store_recipients_add(struct store *store, int64_t wave, const struct recipient recipients[],
                                          size_t count, struct fail *fail);
MUST_USE enum status store_recipient_count(struct store *store, int64_t wave, uint64_t *count, struct fail *fail);
/* Whether addresses of a wave are stored now. */
MUST_USE enum status store_recipients_kept(struct store *store, const char *wave, bool *kept, struct fail *fail);
/* Codes a wave has or will have: one for each person on the list who has none yet is counted too. */
MUST_USE enum status store_expected(struct store *store, int64_t wave, uint64_t *codes, struct fail *fail);
/* Personal codes a wave has; cards are not counted. */
MUST_USE enum status store_personal(struct store *store, int64_t wave, uint64_t *codes, struct fail *fail);
/* Those to whom the newest code has not gone out, by line. */
MUST_USE enum status store_recipients_due(struct store *store, struct arena *arena, int64_t wave,
                                          const struct recipient **recipients, size_t *count, struct fail *fail);
/* Reminder: everybody who has neither drawn nor taken a card becomes due again. */
MUST_USE enum status store_recipients_again(struct store *store, int64_t wave, struct fail *fail);
/* One transaction: the new code takes the place of the old one. *given is false, and nothing changes, when the old one was
 * drawn or exchanged for a card meanwhile: so never two codes of a person are valid, and never none. */
MUST_USE enum status store_recipient_code(struct store *store, int64_t wave, const struct recipient *recipient,
                                          const unsigned char code_hash[32], bool *given, struct fail *fail);
MUST_USE enum status store_recipient_sent(struct store *store, const struct recipient *recipient, struct fail *fail);
MUST_USE enum status store_recipients_forget(struct store *store, int64_t wave, struct fail *fail);

/* --- counted answers: canonical lines in canonical order, replaced as a whole --- */
struct counted {
    const char *item; /* NULL: the answers; else the detached item of this line */
    const char *line;
};
MUST_USE enum status store_count(struct store *store, int64_t wave, const struct counted lines[], size_t count,
                                 const char *result_json, struct fail *fail);

/* --- HR data; each import replaces the delivery of the same kind and date, with an audit row --- */
MUST_USE enum status store_units(struct store *store, const struct unit units[], const char *const parents[],
                                 size_t count, struct fail *fail);
/* When a unit is valid and which one follows it, for units whose file has dates. Days are year * 10000 + month * 100 + day. */
enum { SPAN_OPEN = 99991231 };
struct unit_span {
    const char *id;
    const char *next; /* id of the unit that follows, "" for none */
    int from, until;  /* both included; 0 and SPAN_OPEN where the file names none */
};
struct unit_spans {
    const struct unit_span *rows;
    size_t count;
};
/* Only inside an import of units: they belong to its delivery. */
MUST_USE enum status store_spans(struct store *store, const struct unit_span spans[], size_t count, struct fail *fail);
MUST_USE enum status store_span_list(struct store *store, struct arena *arena, struct unit_spans *spans,
                                     struct fail *fail);
/* The unit that stands in the place of this one today; id itself when none follows. */
const char *unit_follow(const struct unit_spans *spans, const char *id);
/* Whether a span covers the day; a unit without dates is always valid. */
bool unit_valid(const struct unit_spans *spans, const char *id, int day);

MUST_USE enum status store_cube(struct store *store, const struct cube *cube, const char *const unit_ids[],
                                struct fail *fail); /* unit_ids[row]: org_id or "*" */
MUST_USE enum status store_references(struct store *store, const struct reference rows[], size_t count,
                                      struct fail *fail);
MUST_USE enum status store_unit_list(struct store *store, struct arena *arena, const struct unit **units,
                                     size_t *count, struct fail *fail); /* parents before children */

/* Heads per unit in the newest cube (rows where everything but the unit is "all"), as invited; leaf rows only. */
MUST_USE enum status store_heads(struct store *store, struct arena *arena, const struct unit *units,
                                 size_t unit_count, const struct participation **rows, size_t *count,
                                 struct fail *fail);

/* --- everything the analysis needs: all counted waves that are no rehearsals up to and including the named one
 *     (NULL: the newest) --- */
MUST_USE enum status store_inputs(struct store *store, struct arena *arena, const char *wave,
                                  struct inputs *inputs, struct fail *fail);

/* --- what may be published of a wave: protected once, never changed; the newest version is in force (migration 0007) --- */
struct stored_release {
    int64_t version;
    char created[11];      /* ISO date */
    const char *policy;    /* the thresholds it was protected with */
    char data[65];         /* of store_release_data when it was made */
    char fingerprint[65];
    const char *document;  /* release_json.h */
    const char *basis;     /* written only: basis_json.h */
    uint64_t seed;         /* written only */
};
/* STATUS_MISSING: none has been made yet, or there is no such wave. */
MUST_USE enum status store_release(struct store *store, struct arena *arena, const char *wave,
                                   struct stored_release *release, struct fail *fail);
/* With an audit row. after: the version it takes the place of, 0 for the first; when another one has come meanwhile nothing is
 * stored, and that one is in force. */
MUST_USE enum status store_release_add(struct store *store, const char *wave, const struct stored_release *release,
                                       int64_t after, const char *user, struct fail *fail);
/* Whether the chained log names this fingerprint for this version. STATUS_CRYPTO: it does not, or its chain does not hold. */
MUST_USE enum status store_release_logged(struct store *store, const char *wave, int64_t version, const char *fingerprint,
                                          struct fail *fail);
/* Bases of all releases of other waves, oldest first. */
MUST_USE enum status store_release_others(struct store *store, struct arena *arena, const char *wave,
                                          const char ***bases, size_t *count, struct fail *fail);
/* A hash of what is delivered and counted now, as far as the wave's release is made of it; hex. */
MUST_USE enum status store_release_data(struct store *store, const char *wave, char hex[65], struct fail *fail);
/* The newest counted wave that is no rehearsal. STATUS_MISSING: none yet. */
MUST_USE enum status store_wave_newest(struct store *store, char name[33], struct fail *fail);

/* --- texts of a report; STATUS_CONFLICT once they are frozen, STATUS_MISSING without such a wave --- */
MUST_USE enum status store_remarks(struct store *store, struct arena *arena, const char *wave,
                                   struct remarks *remarks, struct fail *fail);
/* text "" takes it out. The text before stays for one step back. */
MUST_USE enum status store_remark_put(struct store *store, const char *wave, const struct remark *remark,
                                      struct fail *fail);
/* Exchanges the text with the one before: twice is where it was. remark->text is not looked at. */
MUST_USE enum status store_remark_undo(struct store *store, const char *wave, const struct remark *remark,
                                       struct fail *fail);
MUST_USE enum status store_remark_before(struct store *store, const char *wave, const struct remark *remark,
                                         bool *before, struct fail *fail); /* is there something to go back to? */
MUST_USE enum status store_remarks_freeze(struct store *store, const char *wave, const char *day, struct fail *fail);

/* --- the instance's facts: "city", "demo", … --- */
MUST_USE enum status store_fact_set(struct store *store, const char *name, const char *value, struct fail *fail);
MUST_USE enum status store_fact(struct store *store, const char *name, char *value, size_t room, struct fail *fail);

/* A number that changes when another connection has changed the database. */
MUST_USE enum status store_version(struct store *store, int64_t *version, struct fail *fail);

/* --- office accounts and sessions --- */
struct account {
    char name[65];
    unsigned roles;
    char password_hash[128]; /* crypto_pwhash_str, Argon2id */
};
MUST_USE enum status store_account_put(struct store *store, const struct account *account, struct fail *fail);
MUST_USE enum status store_account_find(struct store *store, const char *name, struct account *account,
                                        struct fail *fail);
MUST_USE enum status store_account_remove(struct store *store, const char *name, struct fail *fail);
MUST_USE enum status store_accounts(struct store *store, struct arena *arena, const struct account **accounts,
                                    size_t *count, struct fail *fail);

/* --- audit log: chained by hash; what administrators do, never what respondents do --- */
struct audit_row {
    const char *day; /* ISO */
    const char *user, *action, *detail;
};
MUST_USE enum status store_audit_add(struct store *store, const char *user, const char *action, const char *detail,
                                     struct fail *fail);
MUST_USE enum status store_audit(struct store *store, struct arena *arena, const struct audit_row **rows,
                                 size_t *count, bool *intact, struct fail *fail);

#endif

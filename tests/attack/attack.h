/* What the parts of the attack harness share: the program under attack as a child process, people whose every secret is
 * known, and the small tools. A harness may stop at the first surprise: die() ends the servers it started and removes its
 * folders. Not responsible for the statistics (statistics.h) or the adversaries (adversary.h). */
#ifndef ATTACK_H
#define ATTACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/env.h"
#include "forms/answers.h"
#include "survey/blind.h"
#include "survey/credential.h"
#include "survey/hpke.h"
#include "survey/wave.h"

enum { PATH_ROOM = 512, LEAF = 32 };

struct options {
    const char *binary;
    unsigned runs;    /* of each linkage profile and each control */
    unsigned people;  /* invited in a run */
    unsigned port;    /* first of eight; 0: the system chooses */
    uint64_t seed;
    const char *only; /* name of one part; NULL: all */
    const char *disk, *memory; /* folders on a real disk and on tmpfs */
    unsigned long submissions, kills; /* of the durability part */
    bool json;
};

/* --- world.c: ends and folders --- */
void die(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
void world_start(void);           /* atexit and signal handlers */
bool world_interrupted(void);
char *world_folder(const char *parent, char path[PATH_ROOM]); /* made; removed at the end */
void world_remove(const char *path);
void world_copy(const char *from, const char *to); /* cp -a */
void run_program(const char *const words[], struct buf *out); /* dies unless it ends with 0; out may be NULL */
double now_ms(void);
void sleep_ms(double ms);
void note(const char *format, ...) __attribute__((format(printf, 1, 2))); /* progress, to standard error */

/* --- server.c: the program under attack --- */
struct server {
    pid_t pid; /* 0: not running */
    unsigned issuer, collector; /* ports */
    const char *binary, *role, *dir;
    unsigned port;
    const char *const *wrap; /* words before the binary (strace), or NULL */
};
void server_run(struct server *server); /* returns when it listens; its output is appended to DIR/log/server.log */
void server_end(struct server *server, int signal);


/* --- people.c: respondents with known secrets --- */
struct person {
    char code[CODE_ROOM];
    unsigned char seed[SEED_BYTES];
    struct credential credential;
    unsigned char message[64];
    unsigned char blinded[RSA_BYTES], blind_signature[RSA_BYTES], signature[RSA_BYTES];
    char *json;     /* answers */
    size_t json_length;
    unsigned char *ballot; /* body of the submission; made once, repeated as it is */
    size_t ballot_length;
    unsigned char *change; /* body of the first change or withdrawal */
    size_t change_length;
    unsigned char leaf[LEAF];
    bool drawn, acknowledged;
    char address[16];    /* where the person's connections come from; "" any */
    char agent[48];      /* User-Agent; "" none */
    unsigned ports[2];   /* source ports of draw and submission */
    int64_t times[2];    /* seconds since 1970 of the answers */
};
struct place { /* an instance with an open rehearsal */
    char dir[PATH_ROOM];
    char wave[33];
    struct manifest manifest;
    struct blind_key *key;
    unsigned char box_secret[HPKE_PRIVATE];
    char (*codes)[CODE_ROOM];
    size_t count;
    struct arena arena;
    const struct form *form;
};
/* Makes the instance in parent/NAME, reads the codes and deletes their file. */
void place_make(struct place *place, const struct options *options, const char *parent, size_t people);
void place_free(struct place *place);
void person_prepare(const struct place *place, struct person *person, const char *code, uint64_t seed);
void person_free(struct person *person);

/* One request on a connection of its own. False: no (whole) answer came. */
struct question {
    unsigned port;
    const char *method, *path, *type;
    const void *body;
    size_t length;
    const char *address, *agent, *more; /* more: further header lines, each with CRLF, or NULL */
};
bool ask(const struct question *question, unsigned *status, struct buf *answer, struct buf *head, unsigned *port);

/* Both repeat nothing: false when no answer came. They die when the answer is a refusal or does not hold. */
bool person_draw(const struct place *place, const struct server *server, struct person *person);
bool person_submit(const struct place *place, const struct server *server, struct person *person);
void person_seal(const struct place *place, struct person *person); /* makes the ballot, once drawn */
/* The first change or withdrawal, made once and repeated as it is; the ballot's answers are sealed anew. */
void person_make_change(const struct place *place, struct person *person, bool withdraw);
bool person_change(const struct place *place, const struct server *server, struct person *person);
void draw_body(const struct person *person, struct buf *body);

/* --- unmask.c: what somebody sees in a box who knows the program --- */
struct box_view {
    size_t slots, room; /* 0: no box */
};
/* Reads the head of a box; records of bytes that begin with their key are then uncovered in place, torn ones too. */
struct box_view box_uncover(unsigned char *bytes, size_t length);

/* --- the parts: each prints its lines and returns how many checks failed --- */
unsigned part_canonical(const struct options *options);  /* LAH-0 a */
unsigned part_canary(const struct options *options);     /* LAH-0 b */
unsigned part_trace(const struct options *options);      /* LAH-0 c */
unsigned part_linkage(const struct options *options);    /* LAH-1 */
bool linkage_profile(const char *name);                 /* whether a profile is called so; NULL: no */
unsigned part_control(const struct options *options);    /* LAH-1, power */
unsigned part_durable(const struct options *options);    /* LAH-2 */
unsigned part_once(const struct options *options);       /* LAH-3 */
unsigned part_wire(const struct options *options);       /* LAH-4, what the server can show */

/* --- report.c --- */
void report_json(bool on);
void report_part(const char *name, const char *title);
unsigned report_check(bool good, const char *format, ...) __attribute__((format(printf, 2, 3))); /* 0 or 1 */
void report_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
void report_row(const char *json); /* one object for the JSON document */
void report_end(unsigned failed);

#endif

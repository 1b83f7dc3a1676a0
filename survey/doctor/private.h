/* Between the doctor's parts: what look.c found out, and how a check speaks. Checks are pure: facts in, findings out,
 * so that a test can make the facts up. Only survey/doctor/ and its tests include it. */
#ifndef SURVEY_DOCTOR_PRIVATE_H
#define SURVEY_DOCTOR_PRIVATE_H

#include "base/i18n.h"
#include "survey/doctor/doctor.h"
#include "survey/doctor/nginx.h"
#include "survey/wave.h"

enum { FACT_FILE_MAX = 4096, FACT_WAVE_MAX = 256, FACT_SWAP_MAX = 32, FACT_TEXT = 128 };

struct file_fact {
    const char *path; /* below the instance: "waves/2025/issuer.key" */
    unsigned mode;    /* permission bits */
    unsigned owner;
    bool folder;
    bool codes; /* an invitation code stands in its first bytes */
};

struct wave_fact {
    struct wave wave; /* state WAVE_NEW and no closes when the database does not know it */
    bool known;       /* to the database */
    bool has_manifest;
    struct manifest manifest;
    uint64_t invited;
};

struct swap_fact {
    char device[FACT_TEXT];
    bool encrypted;
    bool memory; /* zram: nothing reaches a disk */
};

struct facts {
    const char *dir;
    bool database;  /* false: a collector on its own */
    unsigned owner; /* of the folder */
    unsigned mode;
    char today[11];        /* ISO */
    char newest_audit[11]; /* ISO; "" without one */
    /* disk */
    char file_system[FACT_TEXT]; /* as in mountinfo: "ext4"; "" unknown */
    char source[FACT_TEXT];      /* "/dev/sda1" */
    bool journals_data;          /* ext4 data=journal */
    bool encrypted, thin, virtual_machine;
    uint64_t free_bytes;
    /* machine */
    struct swap_fact swaps[FACT_SWAP_MAX];
    size_t swap_count;
    char core_pattern[FACT_TEXT];
    unsigned long openssl; /* OPENSSL_VERSION_NUMBER form */
    int sqlite;            /* 3040001 */
    char openssl_text[FACT_TEXT], sqlite_text[FACT_TEXT];
    size_t servers_as_root; /* running processes of this program with user id 0 */
    bool audit_daemon;
    /* instance */
    const struct file_fact *files;
    size_t file_count;
    bool files_cut; /* more than FACT_FILE_MAX */
    const struct wave_fact *waves;
    size_t wave_count;
    const char *store_problem; /* NULL, or why the database cannot be read */
    /* proxy */
    const struct nginx_tree *trees;
    size_t tree_count;
    const char *const *nginx_problems; /* a sentence for each file that cannot be read */
    size_t nginx_problem_count;
    bool nginx_given; /* the person named the files */
    unsigned port;
};

/* format is an English literal marked N_(). What a check has said already is not said again. */
void found(struct findings *findings, enum level level, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The same with "FILE:LINE: " before it. */
void found_at(struct findings *findings, enum level level, const char *file, unsigned line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Whether the running check has said anything worse than good. */
bool found_worse(const struct findings *findings);

typedef void check_run(const struct facts *facts, struct findings *findings);
#define CHECK(name, title) check_run check_##name;
#include "survey/doctor/checks.def"
#undef CHECK

/* Fills in everything of *facts. */
MUST_USE enum status doctor_look(const struct doctor_options *options, struct arena *arena, struct facts *facts,
                                 struct fail *fail);
/* The part of facts about the disk under path; the machine's part. */
void look_at_disk(const char *path, struct facts *facts);
void look_at_machine(struct facts *facts);

#endif

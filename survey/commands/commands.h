/* The functions behind commands.def, and what several of them need. */
#ifndef SURVEY_COMMANDS_H
#define SURVEY_COMMANDS_H

#include "base/buf.h"
#include "survey/command.h"
#include "survey/store.h"

#define COMMAND(function, name, words, fewest, most, options, help) command_run run_##function;
#include "survey/commands.def"
#undef COMMAND

/* A secret: first line of the file, else of the environment's variable, else asked for on the terminal, with the echo
 * off (a new one twice). STATUS_INPUT when there is none. The caller wipes it (sodium_memzero). */
struct secret_question {
    const char *label;    /* N_() */
    const char *option;   /* name of the option that names the file, for the refusal */
    const char *file;     /* NULL: not given */
    const char *variable; /* NULL: none */
    bool twice;
};
MUST_USE enum status command_secret(const struct language *language, const struct secret_question *question,
                                    char *secret, size_t room, struct fail *fail);
/* Passphrases of keys and accounts: --passphrase-file and QUERSCHNITT_PASSPHRASE; for the second half of a split key
 * --second-passphrase-file and QUERSCHNITT_SECOND_PASSPHRASE. */
enum passphrase { PASSPHRASE, PASSPHRASE_NEW, PASSPHRASE_SECOND, PASSPHRASE_SECOND_NEW };
MUST_USE enum status command_passphrase(const struct arguments *arguments, enum passphrase which, char *passphrase,
                                        size_t room, struct fail *fail);

struct paper_wave;
/* What stands on all paper of a frozen wave (reports/paper.h), the title of the survey apart; texts live in the arena. */
MUST_USE enum status command_paper_wave(struct arena *arena, struct store *store, const char *dir, const char *name,
                                        const struct language *language, struct paper_wave *wave, struct fail *fail);
/* "form print", called by run_form. */
MUST_USE enum status print_form(const struct arguments *arguments, struct fail *fail);

/* Makes a folder with mode 0700 unless it exists. */
MUST_USE enum status command_folder(const char *path, struct fail *fail);

/* Opens the instance of --dir for writing; a clear sentence when there is none. */
MUST_USE enum status command_store(const struct arguments *arguments, struct store **store, struct fail *fail);

/* Name of the wave given, else of the newest one of the wanted state or later. STATUS_MISSING when there is none. */
MUST_USE enum status command_find_wave(struct store *store, const char *given, enum wave_state least, bool rehearsal,
                                  struct wave *wave, struct fail *fail);

/* Opens a rehearsal wave with so many invitations and keeps its codes in the wave's folder (rehearsals only). form: a
 * file or the name of a shipped one; NULL: open_administration. */
MUST_USE enum status rehearsal_open(struct store *store, const char *dir, const char *form, size_t invited,
                                    const char *issue_origin, const char *collect_origin, struct wave *wave,
                                    struct fail *fail);
/* Takes up to count unused codes of a rehearsal out of its folder. codes[i] live in the arena. */
MUST_USE enum status rehearsal_take(struct arena *arena, const char *dir, const char *wave, size_t count,
                                    const char **codes, size_t *taken, struct fail *fail);

#endif

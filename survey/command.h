/* The command line: one line a command in commands.def, one line an option in options.def; parsing, --help and usage
 * errors come from these tables. Exit codes: 0 done, 2 wrong usage, 1 anything else, with one sentence. */
#ifndef SURVEY_COMMAND_H
#define SURVEY_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/i18n.h"

enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_NUMBER };

#define OPTION(id, name, kind, value, fallback, lowest, highest, help) OPT_##id,
enum option_id {
#include "survey/options.def"
    OPT_COUNT
};
#undef OPTION

enum { WORD_MAX = 4 };

struct command;

struct arguments {
    const struct command *command;
    const struct language *language;
    const char *words[WORD_MAX]; /* what stands behind the command: a file, a sub-command */
    size_t word_count;
    const char *texts[OPT_COUNT]; /* NULL when neither given nor defaulted */
    int64_t numbers[OPT_COUNT];
    bool given[OPT_COUNT];
};

/* Prints its result itself; a failure is left in fail and printed by the caller. */
typedef enum status command_run(const struct arguments *arguments, struct fail *fail);

struct command {
    const char *name;
    const char *words; /* "KIND FILE"; capitals stand for values, [ ] for what may be left out */
    size_t word_min, word_max;
    uint64_t options; /* bits 1 << OPT_… */
    const char *help; /* English, N_() */
    command_run *run;
};

/* Reads the words by the table, runs the command, prints a failure. Returns the exit code. */
int command_main(const struct command commands[], size_t command_count, int count, char *const words[]);

/* Wrong usage that only the command itself finds out: says how it is used. */
enum status command_usage(const struct arguments *arguments, struct fail *fail);

#endif

/* Outcome of everything that can fail, and the sentence that explains the first failure.
 *
 * Fallible functions return enum status and take struct fail * last (may be NULL). The sentence says what is wrong,
 * where, and how to mend it; it is written in the language the struct fail was opened with.
 * Not responsible for logging or for printing. */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <stddef.h>

#define MUST_USE __attribute__((warn_unused_result))
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct language;

enum status {
    STATUS_OK,
    STATUS_INPUT,    /* something from outside is wrong; nothing was changed */
    STATUS_DENIED,   /* allowed input, but a rule forbids the answer (too few cases, wrong role, spent code) */
    STATUS_MISSING,  /* the thing named does not exist */
    STATUS_CONFLICT, /* contradicts what is stored already */
    STATUS_LIMIT,    /* larger than the bound */
    STATUS_MEMORY,
    STATUS_IO,       /* the operating system refused; what says which call and which path */
    STATUS_CRYPTO,   /* a signature, a seal or a key does not hold */
    STATUS_USAGE,    /* the command line is wrong: exit code 2 */
};

enum { FAIL_WHAT_MAX = 512 };

/* First failure. Zero-initialise for English; set language for another. */
struct fail {
    const struct language *language;
    enum status status;
    char what[FAIL_WHAT_MAX];
};

/* Records the first failure (later ones are ignored) and returns status, so that
 *     return FAIL(fail, STATUS_INPUT, "%s: no questions", path);
 * reads as one line. format is an English literal and the key of its translation. */
enum status fail_set(struct fail *fail, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#define FAIL(fail, status, ...) fail_set((fail), (status), __VA_ARGS__)

/* Like FAIL with STATUS_IO; appends the text of errno. Takes the call and the path. */
enum status fail_errno(struct fail *fail, const char *call, const char *path);

#endif

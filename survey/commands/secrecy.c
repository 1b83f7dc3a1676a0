/* protect and attack: disclosure control and its auditor on any set of tables. Both run in a process of their own, because
 * the solver ends its process on an internal error: then nothing is written, and the caller says so. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "survey/commands/commands.h"
#include "base/share.h"
#include "survey/commands/job.h"
#include "survey/lattice_json.h"

enum { FULL_INTERVALS_MAX = 5000, STARTS = 2 };

static const size_t memory_max = (size_t)8 << 30;

struct errand {
    void (*piece)(void *context, size_t i);
    void *context;
};

static void do_piece(void *context, size_t i, unsigned thread)
{
    struct errand *errand = context;
    (void)thread;
    errand->piece(errand->context, i);
}

static void do_both(size_t count, void (*piece)(void *context, size_t i), void *context)
{
    struct errand errand = { piece, context };
    share_out(count, share_threads(), do_piece, &errand);
}

/* A job looks for a hand that stops it at every 64th step: here every step is a long one. */
enum { LONG_STEP = 64 };

static bool step_protect(void *context, size_t done, size_t total)
{
    return steps_go(context, N_("protecting the tables"), LONG_STEP * done, LONG_STEP * total);
}

static bool step_attack(void *context, size_t done, size_t total)
{
    return steps_go(context, N_("playing the intruder"), LONG_STEP * done, LONG_STEP * total);
}

/* Until the child has ended; who stops the parent stops the child. The signals wait in line: no handler, nothing is lost. */
static int wait_for(pid_t child, const sigset_t *awaited)
{
    int ended = 0, signal = 0;
    while (waitpid(child, &ended, WNOHANG) != child)
        if (sigwait(awaited, &signal) == 0 && signal != SIGCHLD)
            kill(child, SIGTERM);
    return ended;
}

/* The child goes on; the parent leaves with its exit code, or says that the solver ended it. */
static enum status own_process(struct fail *fail)
{
    sigset_t awaited, before;
    sigemptyset(&awaited);
    sigaddset(&awaited, SIGINT);
    sigaddset(&awaited, SIGTERM);
    sigaddset(&awaited, SIGCHLD);
    fflush(stdout);
    fflush(stderr);
    sigprocmask(SIG_BLOCK, &awaited, &before);
    pid_t child = fork();
    if (child < 0)
        return fail_errno(fail, "fork", "");
    if (child == 0) {
        sigprocmask(SIG_SETMASK, &before, NULL);
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        return STATUS_OK;
    }
    const int ended = wait_for(child, &awaited);
    if (WIFEXITED(ended))
        _exit(WEXITSTATUS(ended));
    if (WTERMSIG(ended) == SIGTERM || WTERMSIG(ended) == SIGINT)
        return FAIL(fail, STATUS_LIMIT, "stopped before the end; nothing was written");
    return FAIL(fail, STATUS_CONFLICT, "the solver ended with an internal error; nothing was written");
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static enum status audit(struct job *job, struct arena *arena, const struct lattice *lattice, json_t *document,
                         const struct lattice_proofs *proofs, struct attack_result *result, struct fail *fail)
{
    struct interval *found = ARENA_NEW(arena, struct interval, lattice->cell_count);
    struct attack_options options = { .full = lattice->cell_count <= FULL_INTERVALS_MAX, .step = step_attack,
                                      .context = &job->steps, .proofs = proofs };
    if (found == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    enum status status = attack(lattice, &options, found, result, fail);
    if (status == STATUS_OK)
        lattice_json_audit(document, lattice, found, result);
    return status;
}

static enum status write_document(const json_t *document, const char *path, struct fail *fail)
{
    struct buf buf;
    char *text = json_dumps(document, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    buf_init(&buf, (size_t)1 << 30);
    buf_add_string(&buf, text != NULL ? text : "");
    buf_add_byte(&buf, '\n');
    enum status status = text == NULL ? FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis")
                                      : buf_status(&buf, path, fail);
    if (status == STATUS_OK)
        status = buf_write_file(&buf, path, 0600, fail);
    buf_free(&buf);
    free(text);
    return status;
}

static enum status protect(const struct arguments *arguments, struct job *job, struct arena *arena, json_t *document,
                           struct lattice *lattice, struct fail *fail)
{
    struct suppress_result done = { 0 };
    struct attack_result result;
    struct suppress_options options = { .seed = (uint64_t)arguments->numbers[OPT_seed], .starts = STARTS,
                                        .work = suppress_work(lattice), .both = do_both, .step = step_protect,
                                        .context = &job->steps, .arena = arena };
    double began = now();
    enum status status = suppress(lattice, &options, &done, fail);
    if (status != STATUS_OK)
        return status;
    lattice_json_mark(document, lattice);
    status = audit(job, arena, lattice, document, &done.proofs, &result, fail);
    if (status == STATUS_OK && result.leak != lattice->cell_count)
        status = FAIL(fail, STATUS_DENIED, "the audit found %zu cells that can be found out; nothing was written",
                      result.exact + result.inadequate);
    if (status != STATUS_OK)
        return status;
    double seconds = now() - began;
    json_t *told = json_pack("{s:I,s:f,s:b,s:f,s:I}", "secondary", (json_int_t)done.added, "cost", done.cost, "optimal",
                             done.optimal, "seconds", seconds, "seed", (json_int_t)options.seed);
    json_object_set_new(document, "result", told);
    status = write_document(document, arguments->texts[OPT_output], fail);
    if (status != STATUS_OK)
        return status;
    if (arguments->given[OPT_json]) {
        json_t *both = json_pack("{s:O,s:O}", "result", told, "audit", json_object_get(document, "audit"));
        json_dumpf(both, stdout, JSON_COMPACT | JSON_REAL_PRECISION(15));
        putchar('\n');
        json_decref(both);
        return STATUS_OK;
    }
    printf(tr(arguments->language, N_("%zu cells hidden in addition, cost %.10g; the audit of %zu protected cells found "
                                      "nothing\n")), done.added, done.cost, result.asked);
    if (result.unasked > 0)
        printf(tr(arguments->language, N_("%zu protected cells ask for no interval at all; %zu of them can be computed: give "
                                          "them protect_up or protect_down\n")), result.unasked, result.unasked_exact);
    return STATUS_OK;
}

/* What both commands share: a process of their own, the document, the progress bar. */
static enum status open_document(const struct arguments *arguments, struct arena *arena, json_t **document,
                                 struct lattice *lattice, struct fail *fail)
{
    enum status status = own_process(fail);
    if (status == STATUS_OK)
        status = lattice_json_read(arena, arguments->words[0], document, lattice, fail);
    return status;
}

enum status run_protect(const struct arguments *arguments, struct fail *fail)
{
    struct arena arena;
    struct lattice lattice;
    struct job job;
    json_t *document = NULL;
    if (!arguments->given[OPT_output])
        return command_usage(arguments, fail);
    arena_init(&arena, memory_max);
    enum status status = open_document(arguments, &arena, &document, &lattice, fail);
    if (status == STATUS_OK) {
        job_begin(&job, arguments->language);
        status = protect(arguments, &job, &arena, document, &lattice, fail);
        job_end(&job);
    }
    json_decref(document);
    arena_free(&arena);
    return status;
}

static void tell_leaks(const struct arguments *arguments, const json_t *document, const struct attack_result *result)
{
    const json_t *cells = json_object_get(document, "cells");
    for (size_t i = 0; i < json_array_size(cells); i++) {
        const json_t *cell = json_array_get(cells, i);
        if (json_is_false(json_object_get(cell, "safe")))
            printf(tr(arguments->language, N_("cell %s: the intruder finds %.10g to %.10g\n")),
                   json_string_value(json_object_get(cell, "id")), json_number_value(json_object_get(cell, "found_low")),
                   json_number_value(json_object_get(cell, "found_high")));
    }
    printf(tr(arguments->language, N_("%zu protected cells: %zu can be computed, %zu too closely\n")), result->asked,
           result->exact, result->inadequate);
}

enum status run_attack(const struct arguments *arguments, struct fail *fail)
{
    struct arena arena;
    struct lattice lattice;
    struct attack_result result;
    struct job job;
    json_t *document = NULL;
    arena_init(&arena, memory_max);
    enum status status = open_document(arguments, &arena, &document, &lattice, fail);
    if (status == STATUS_OK) {
        job_begin(&job, arguments->language);
        status = audit(&job, &arena, &lattice, document, NULL, &result, fail);
        job_end(&job);
    }
    if (status == STATUS_OK && arguments->given[OPT_json]) {
        json_dumpf(document, stdout, JSON_COMPACT | JSON_REAL_PRECISION(15));
        putchar('\n');
    } else if (status == STATUS_OK) {
        tell_leaks(arguments, document, &result);
    }
    if (status == STATUS_OK && result.leak != lattice.cell_count)
        status = FAIL(fail, STATUS_DENIED, "%s: %zu cells can be found out", arguments->words[0],
                      result.exact + result.inadequate);
    json_decref(document);
    arena_free(&arena);
    return status;
}

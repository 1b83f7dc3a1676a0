/* The power of the harness: stores that are known to leak, with the same number of people, kills and snapshots. One that is
 * not recognised means that the harness is blind. */
#include "control.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attack.h"
#include "schedule.h"
#include "verdict.h"
#include "world.h"

#define POWER_P -9.0 /* log10 */

#define CONTROL(name) extern const struct control control_##name;
#include "controls.def"
#undef CONTROL
#define CONTROL(name) &control_##name,
static const struct control *const controls[] = {
#include "controls.def"
};
#undef CONTROL

struct child {
    pid_t pid;
    int ask, answer;
};

struct letter {
    unsigned char serial[32];
    unsigned char sealed[CONTROL_SEALED];
};

static void serve(const struct control *control, const char *dir, uint64_t seed, int in, int out)
{
    struct seeded random;
    struct letter letter;
    seeded_init(&random, seed);
    void *store = control->open(dir, &random);
    if (write(out, "r", 1) != 1)
        _exit(0);
    for (;;) {
        size_t got = 0;
        while (got < sizeof letter) {
            ssize_t part = read(in, (unsigned char *)&letter + got, sizeof letter - got);
            if (part <= 0)
                _exit(0);
            got += (size_t)part;
        }
        control->put(store, letter.serial, letter.sealed, sizeof letter.sealed);
        if (write(out, "a", 1) != 1)
            _exit(0);
    }
}

static void start(struct child *child, const struct control *control, const char *dir, uint64_t seed)
{
    int ask_ends[2];
    int answer_ends[2];
    char ready;
    if (pipe(ask_ends) != 0 || pipe(answer_ends) != 0)
        die("pipe: %s", strerror(errno));
    fflush(NULL);
    child->pid = fork();
    if (child->pid < 0)
        die("fork: %s", strerror(errno));
    if (child->pid == 0) {
        (void)setpgid(0, 0);
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ask_ends[1]);
        close(answer_ends[0]);
        serve(control, dir, seed, ask_ends[0], answer_ends[1]);
        _exit(0);
    }
    world_child(child->pid, true);
    close(ask_ends[0]);
    close(answer_ends[1]);
    child->ask = ask_ends[1];
    child->answer = answer_ends[0];
    if (read(child->answer, &ready, 1) != 1)
        die("the control %s does not start", control->name);
}

static void stop(struct child *child)
{
    (void)kill(child->pid, SIGKILL);
    while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    world_child(child->pid, false);
    close(child->ask);
    close(child->answer);
}

static bool send_letter(struct child *child, const struct letter *letter)
{
    char answer;
    return write(child->ask, letter, sizeof *letter) == (ssize_t)sizeof *letter && read(child->answer, &answer, 1) == 1;
}

static void keep(struct snapshot *snapshot, const struct letter *letter, unsigned truth)
{
    struct stolen *item = &snapshot->items[snapshot->count++];
    *item = (struct stolen){ .sealed_length = sizeof letter->sealed, .truth = truth };
    memcpy(item->serial, letter->serial, 32);
    item->sealed = malloc(sizeof letter->sealed);
    item->content = calloc(1, 1);
    if (item->sealed == NULL || item->content == NULL)
        die("no memory");
    memcpy(item->sealed, letter->sealed, sizeof letter->sealed);
}

static int by_serial(const void *left, const void *right)
{
    const struct stolen *a = left;
    const struct stolen *b = right;
    return memcmp(a->sealed, b->sealed, 32);
}

/* Like a run of the product, every submission a request. */
static void play(const struct options *options, const struct control *control, const char *dir, uint64_t seed,
                 bool recovered, struct schedule *schedule, struct bench *bench)
{
    static struct snapshot snapshot;
    struct seeded random;
    struct child child;
    uint64_t starts = seed * 17;
    bool final = false;
    seeded_init(&random, seed);
    schedule_draw(schedule, &random, options->people);
    start(&child, control, dir, ++starts);
    for (unsigned i = 0; i < options->people && !final; i++) {
        struct letter letter;
        bool came = false;
        for (size_t k = 0; k < sizeof letter; k++)
            ((unsigned char *)&letter)[k] = (unsigned char)seeded_next(&random);
        for (size_t k = 0; k < KILLS && !final; k++)
            if (schedule->kills[k] == i) {
                struct killer killer;
                killer_start(&killer, child.pid, schedule_delay(schedule, &random));
                came = send_letter(&child, &letter);
                killer_wait(&killer);
                stop(&child);
                final = k == KILLS - 1;
                if (!final)
                    start(&child, control, dir, ++starts);
            }
        double begin = now_ms();
        if (!came && !final) {
            came = send_letter(&child, &letter);
            schedule_took(schedule, now_ms() - begin);
        }
        if (came)
            keep(&snapshot, &letter, i);
    }
    if (recovered) {
        start(&child, control, dir, ++starts);
        stop(&child);
    }
    qsort(snapshot.items, snapshot.count, sizeof snapshot.items[0], by_serial); /* by content: no order of arrival */
    snapshot_read(&snapshot, dir);
    bench_add(bench, &snapshot, seed);
    snapshot_free(&snapshot);
}

static unsigned run_control(const struct options *options, const struct control *control, size_t number)
{
    char parent[PATH_ROOM];
    char dir[PATH_ROOM];
    struct bench bench = { 0 };
    struct schedule schedule = { .time_count = 0 };
    world_folder(options->memory, parent);
    for (unsigned i = 0; i < options->runs && !world_interrupted(); i++) {
        note("control %s: run %u of %u", control->name, i + 1, options->runs);
        snprintf(dir, sizeof dir, "%.*s/run", PATH_ROOM - 32, parent);
        if (mkdir(dir, 0700) != 0)
            die("%s: %s", dir, strerror(errno));
        play(options, control, dir, options->seed * 7777 + number * 100000 + i, i % 2 == 1, &schedule, &bench);
        world_remove(dir);
    }
    note("%s", "");
    world_remove(parent);
    const char *name = "";
    struct score best;
    double p = verdict_strongest(&bench, &name, &best);
    bench_free(&bench);
    unsigned failed = report_check(p < POWER_P, "%-50s seen by \"%s\": T1 %u, tau %.3f, T3 %u of %u, p 1e%.0f",
                                   control->words, name, best.exact, score_tau(&best), best.newest, best.runs, p);
    score_free(&best);
    return failed;
}

unsigned part_control(const struct options *options)
{
    unsigned failed = 0;
    report_part("control", "stores that leak must be seen, each with p < 1e-9 (LAH-1)");
    for (size_t i = 0; i < COUNT(controls) && !world_interrupted(); i++)
        failed += run_control(options, controls[i], i);
    return failed;
}

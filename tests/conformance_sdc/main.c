/* conformance_sdc INSTANCE.jj… [--seed S] [--work UNITS] [--starts N] [--one-thread] [--cells-max N]
 * [--max-gap PERCENT]: protects each
 * instance, audits it with the independent auditor, prints a line, then "N passed, N failed". An instance passes when no
 * interval that is asked for is exact or too short. The best known cost and whether it is proven come from index.tsv beside
 * the instance; with --max-gap PERCENT an instance also fails when it costs so much more than that, or misses a proven
 * optimum, and the whole run fails when the sum of the costs is above the sum of the best. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "analysis/attack.h"
#include "analysis/lattice_jj.h"
#include "analysis/suppress.h"
#include "base/buf.h"
#include "conformance_sdc/pair.h"

enum { FILE_MAX = 256 << 20, LINE_COLUMNS = 6 };

struct settings {
    uint64_t seed, work;
    unsigned starts;
    bool one_thread, work_given;
    double max_gap; /* percent; negative: cost is only told */
    size_t cells_max;
};

struct tally {
    size_t passed, failed, skipped;
    double cost, best;
};

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Column best_cost of the row of the instance; 0 when there is none. *proven: column optimal says yes. */
static double best_known(const char *path, bool *proven)
{
    char index[1024], name[256];
    const char *slash = strrchr(path, '/');
    const char *file = slash != NULL ? slash + 1 : path;
    snprintf(index, sizeof index, "%.*sindex.tsv", slash != NULL ? (int)(slash + 1 - path) : 0, path);
    snprintf(name, sizeof name, "%.*s\t", (int)(strlen(file) > 3 ? strlen(file) - 3 : 0), file);
    struct buf buf;
    double best = 0;
    *proven = false;
    buf_init(&buf, 1 << 20);
    if (buf_read_file(&buf, index, NULL) == STATUS_OK)
        for (const char *line = buf.bytes; line != NULL && *line != '\0'; line = strchr(line, '\n'), line += line != NULL)
            if (strncmp(line, name, strlen(name)) == 0) {
                for (int tabs = 0; tabs < 4 && line != NULL; tabs++)
                    line = strchr(line, '\t'), line += line != NULL;
                best = line != NULL ? strtod(line, NULL) : 0;
                for (int tabs = 0; tabs < 3 && line != NULL; tabs++)
                    line = strchr(line, '\t'), line += line != NULL;
                *proven = line != NULL && strncmp(line, "yes", 3) == 0;
                break;
            }
    buf_free(&buf);
    return best;
}

static enum status read_instance(struct arena *arena, const char *path, struct lattice *lattice, struct fail *fail)
{
    struct buf buf;
    buf_init(&buf, FILE_MAX);
    enum status status = buf_read_file(&buf, path, fail);
    if (status == STATUS_OK)
        status = jj_read(arena, buf.bytes, buf.length, path, lattice, fail);
    buf_free(&buf);
    return status;
}

static enum status run(struct arena *arena, const char *path, const struct settings *settings, struct tally *tally,
                       struct fail *fail)
{
    struct lattice lattice;
    struct suppress_result done = { 0 };
    struct attack_result audit;
    struct attack_options verdict = { .full = false };
    enum status status = read_instance(arena, path, &lattice, fail);
    if (status != STATUS_OK)
        return status;
    if (settings->cells_max > 0 && lattice.cell_count > settings->cells_max) {
        tally->skipped++;
        return STATUS_OK;
    }
    struct suppress_options options = { .seed = settings->seed, .starts = settings->starts,
                                        .work = settings->work_given ? settings->work : suppress_work(&lattice),
                                        .both = settings->one_thread ? NULL : run_pair, .arena = arena };
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    status = suppress(&lattice, &options, &done, fail);
    wall = seconds(CLOCK_MONOTONIC) - wall;
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    struct interval *found = ARENA_NEW(arena, struct interval, lattice.cell_count);
    if (status == STATUS_OK && found == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    verdict.proofs = &done.proofs;
    double audit_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (status == STATUS_OK)
        status = attack(&lattice, &verdict, found, &audit, fail);
    audit_cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - audit_cpu;
    if (status != STATUS_OK)
        return status;
    bool proven = false;
    double best = best_known(path, &proven);
    bool safe = audit.leak == lattice.cell_count;
    bool cheap = settings->max_gap < 0 || !(best > 0) ||
                 done.cost <= best * (1 + (proven ? 1e-6 : settings->max_gap / 100));
    const char *slash = strrchr(path, '/');
    printf("%-26s %7zu cells %6zu secondary  cost %12.10g  best known %12.10g %+7.2f %%%s  %6.1f s (cpu %.1f s, audit "
           "%.1f s, %zu programs)  exact %zu inadequate %zu  unasked %zu (%zu exact)  %s\n",
           slash != NULL ? slash + 1 : path, lattice.cell_count, done.added, done.cost, best,
           best > 0 ? 100 * (done.cost / best - 1) : 0, done.optimal ? " optimal" : "        ", wall, cpu, audit_cpu,
           done.programs, audit.exact, audit.inadequate, audit.unasked, audit.unasked_exact, !safe ? "FAIL: not safe" : cheap ? "pass" : "FAIL: too dear");
    fflush(stdout);
    tally->passed += safe && cheap;
    tally->failed += !safe || !cheap;
    tally->cost += done.cost;
    tally->best += best > 0 ? best : done.cost;
    return STATUS_OK;
}

static void run_instance(const char *path, const struct settings *settings, struct tally *tally)
{
    struct arena arena;
    struct fail fail = { 0 };
    arena_init(&arena, (size_t)2047 << 20);
    if (run(&arena, path, settings, tally, &fail) != STATUS_OK) {
        printf("%s FAIL: %s\n", path, fail.what);
        tally->failed++;
    }
    arena_free(&arena);
}

int main(int count, char **words)
{
    struct settings settings = { .seed = 1, .starts = 2, .max_gap = -1 };
    struct tally tally = { 0 };
    for (int i = 1; i < count; i++) {
        const char *value = i + 1 < count ? words[i + 1] : "0";
        if (strcmp(words[i], "--one-thread") == 0)
            settings.one_thread = true;
        else if (strcmp(words[i], "--seed") == 0)
            settings.seed = strtoull(value, NULL, 10), i++;
        else if (strcmp(words[i], "--starts") == 0)
            settings.starts = (unsigned)strtoul(value, NULL, 10), i++;
        else if (strcmp(words[i], "--cells-max") == 0)
            settings.cells_max = strtoul(value, NULL, 10), i++;
        else if (strcmp(words[i], "--max-gap") == 0)
            settings.max_gap = strtod(value, NULL), i++;
        else if (strcmp(words[i], "--work") == 0)
            settings.work = strtoull(value, NULL, 10), settings.work_given = true, i++;
        else
            run_instance(words[i], &settings, &tally);
    }
    if (tally.skipped > 0)
        printf("%zu larger instances left out\n", tally.skipped);
    printf("sum of costs %.12g, of best known %.12g (%+.2f %%)\n", tally.cost, tally.best,
           tally.best > 0 ? 100 * (tally.cost / tally.best - 1) : 0);
    printf("%zu passed, %zu failed\n", tally.passed, tally.failed);
    bool dear = settings.max_gap >= 0 && tally.cost > tally.best * (1 + 1e-9);
    return tally.failed == 0 && tally.passed > 0 && !dear ? 0 : 1;
}

/* ./dev bench analysis: answers of a million people to 40 Likert items, from a CSV file to means, frequencies,
 * correlations, reliability and scale means of units, at three sizes, beside R, numpy/pandas and PSPP where they are
 * installed (PSPP takes minutes and must be asked for). Floors are measured in the same run. All results are compared
 * with those of the peers. Not a test: nothing here fails because the machine is slow. Usage: bench_analysis [--json]
 * [--rows N] [--threads N] [--no-peers] [--pspp] [--folder FOLDER OF THE PEERS' PROGRAMS] */
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "analysis/stat_matrix.h"
#include "analysis/stat_steps_block.h"
#include "analysis/stat_steps_units.h"
#include "base/csv_digits.h"
#include "base/env.h"
#include "base/share.h"

enum { ITEMS = 40, LEVELS = 5, RUNS = 11, SIZES = 3, PEERS = 3, ROOM = 512 << 20 };
enum { CSV, MEANS, CORRELATION, ALPHA, UNITS_200, UNITS_10000, WORKS };
static const struct {
    const char *name, *says;
    double target; /* seconds at 1,000,000 rows */
} works[WORKS] = {
    { "csv", "read the CSV file into columns", 0.3 },
    { "means", "means, sd and frequencies", 0.02 },
    { "correlation", "correlation matrix", 0.06 },
    { "alpha", "alpha, with every item deleted", 0.06 },
    { "units_200", "scale mean, sd, interval of 200 units", 0.02 },
    { "units_10000", "the same of 10,000 units", 0.03 },
};
static const char *const peers[PEERS] = { "R", "pandas", "PSPP" };

struct times {
    double wall, cpu;
};
struct bench {
    unsigned threads;
    char path[64];
    struct digits digits;
    uint16_t *unit[2];
    double value[WORKS]; /* one number of each result, to be held against the peers' */
    struct times time[SIZES][WORKS];
    struct times floor_memory, floor_products, floor_read;
    struct times peer[PEERS][WORKS];
    double peer_peak[PEERS], psych, peak;
    bool peer_there[PEERS];
    unsigned differing;
};

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef void measured(struct bench *bench);

static struct times median_of(struct bench *bench, measured *work, int runs)
{
    double wall[RUNS], cpu[RUNS];
    for (int i = 0; i < runs; i++) {
        wall[i] = seconds_of(CLOCK_MONOTONIC);
        cpu[i] = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
        work(bench);
        wall[i] = seconds_of(CLOCK_MONOTONIC) - wall[i];
        cpu[i] = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu[i];
    }
    qsort(wall, (size_t)runs, sizeof *wall, by_size);
    qsort(cpu, (size_t)runs, sizeof *cpu, by_size);
    return (struct times){ wall[runs / 2], cpu[runs / 2] };
}

static void stop(const char *what)
{
    fprintf(stderr, "bench_analysis: %s\n", what);
    exit(1);
}

/* Items that share a common part, so that alpha is that of a usual scale. */
static void write_csv(const struct bench *bench, size_t rows)
{
    struct seeded seeded;
    FILE *file = fopen(bench->path, "w");
    if (file == NULL)
        stop("the temporary file cannot be written");
    seeded_init(&seeded, 1);
    for (int k = 0; k < ITEMS; k++)
        fprintf(file, "q%d%c", k + 1, k + 1 < ITEMS ? ',' : '\n');
    for (size_t i = 0; i < rows; i++) {
        char line[2 * ITEMS];
        uint64_t bits = seeded_next(&seeded);
        unsigned mood = (unsigned)(bits % 5);
        for (int k = 0; k < ITEMS; k++) {
            if (k % 12 == 0)
                bits = seeded_next(&seeded);
            unsigned own = (unsigned)(bits & 31) % 5;
            bits >>= 5;
            line[2 * k] = (char)('1' + (own + mood + 1) / 2);
            line[2 * k + 1] = k + 1 < ITEMS ? ',' : '\n';
        }
        if (fwrite(line, 1, sizeof line, file) != sizeof line)
            stop("the temporary file cannot be written");
    }
    if (fclose(file) != 0)
        stop("the temporary file cannot be written");
}

static struct steps steps_of(const struct bench *bench)
{
    return (struct steps){ .rows = bench->digits.row_count,
                           .items = ITEMS,
                           .levels = LEVELS + 1, /* the file holds 1..5: level 0 is never used */
                           .column = (const uint8_t *const *)bench->digits.column,
                           .first = 0 };
}

static void run_csv(struct bench *bench)
{
    struct arena arena;
    struct digits digits;
    arena_init(&arena, ROOM);
    if (digits_read(&arena, bench->path, bench->threads, &digits, NULL, NULL, NULL) != STATUS_OK)
        stop("the CSV file cannot be read");
    bench->value[CSV] = (double)digits.row_count;
    arena_free(&arena);
}

static void count(struct bench *bench, struct arena *arena, unsigned parts, struct steps_counts *counts)
{
    struct steps steps = steps_of(bench);
    arena_init(arena, ROOM);
    if (steps_count(arena, &steps, parts, bench->threads, counts, NULL) != STATUS_OK)
        stop("the answers cannot be counted");
}

static void run_means(struct bench *bench)
{
    struct arena arena;
    struct steps_counts counts;
    count(bench, &arena, STEPS_FREQUENCIES, &counts);
    for (size_t k = ITEMS; k-- > 0;)
        bench->value[MEANS] = steps_moments(&counts, k).sd;
    arena_free(&arena);
}

static void run_correlation(struct bench *bench)
{
    struct arena arena;
    struct steps_counts counts;
    double matrix[ITEMS * ITEMS];
    count(bench, &arena, STEPS_PRODUCTS, &counts);
    steps_covariance(&counts, matrix);
    correlation_from(matrix, ITEMS, matrix);
    bench->value[CORRELATION] = matrix[ITEMS];
    arena_free(&arena);
}

static void run_alpha(struct bench *bench)
{
    struct arena arena;
    struct steps_counts counts;
    struct consistency scale;
    count(bench, &arena, STEPS_PRODUCTS, &counts);
    if (steps_consistency(&arena, &counts, &scale, NULL) != STATUS_OK)
        stop("the scale cannot be computed");
    bench->value[ALPHA] = scale.alpha;
    arena_free(&arena);
}

static void run_units(struct bench *bench, size_t which, size_t units)
{
    struct arena arena;
    struct steps steps = steps_of(bench);
    struct steps_units by = { bench->unit[which], units, ITEMS / 2, NULL };
    arena_init(&arena, ROOM);
    struct unit_score *scores = ARENA_NEW(&arena, struct unit_score, units);
    if (scores == NULL || steps_by_unit(&arena, &steps, &by, bench->threads, scores, NULL) != STATUS_OK)
        stop("the units cannot be computed");
    bench->value[UNITS_200 + which] = scores[0].range.low;
    arena_free(&arena);
}

static void run_units_200(struct bench *bench)
{
    run_units(bench, 0, 200);
}

static void run_units_10000(struct bench *bench)
{
    run_units(bench, 1, 10000);
}

/* Floors: reading all answers from memory once; the multiplications alone, on a block that stays in the cache; reading
 * the file once. */
struct sums {
    const struct bench *bench;
    uint64_t sum[SHARE_MAX];
};

static void sum_column(void *context, size_t column, unsigned thread)
{
    struct sums *sums = context;
    const uint8_t *bytes = sums->bench->digits.column[column];
    uint64_t a = 0, b = 0, c = 0, d = 0;
    for (size_t i = 0; i + 32 <= sums->bench->digits.row_count; i += 32) {
        uint64_t words[4];
        memcpy(words, bytes + i, sizeof words);
        a += words[0];
        b += words[1];
        c += words[2];
        d += words[3];
    }
    sums->sum[thread] += a + b + c + d;
}

static volatile uint64_t sink;

static void run_floor_memory(struct bench *bench)
{
    struct sums sums = { .bench = bench };
    share_out(ITEMS, bench->threads, sum_column, &sums);
    sink = sums.sum[0];
}

enum { PADDED = (ITEMS + 1 + 3) / 4 * 4 };
static void multiply(void *context, size_t block, unsigned thread)
{
    static uint8_t clean[SHARE_MAX][PADDED * BLOCK_ROWS];
    uint64_t product[(ITEMS + 1) * (ITEMS + 1)] = { 0 };
    (void)context;
    (void)block;
    block_products(block_wide(), clean[thread], ITEMS + 1, PADDED, product);
}

static void run_floor_products(struct bench *bench)
{
    share_out(bench->digits.row_count / BLOCK_ROWS, bench->threads, multiply, NULL);
}

static void run_floor_read(struct bench *bench)
{
    static char buffer[1 << 20];
    FILE *file = fopen(bench->path, "r");
    if (file == NULL)
        stop("the temporary file cannot be read");
    setvbuf(file, NULL, _IONBF, 0);
    while (fread(buffer, 1, sizeof buffer, file) == sizeof buffer)
        ;
    fclose(file);
}

static void measure_size(struct bench *bench, size_t rows, size_t size)
{
    static measured *const run[WORKS] = {
        run_csv, run_means, run_correlation, run_alpha, run_units_200, run_units_10000
    };
    struct arena arena;
    write_csv(bench, rows);
    arena_init(&arena, ROOM);
    bench->time[size][CSV] = median_of(bench, run_csv, 5);
    if (digits_read(&arena, bench->path, bench->threads, &bench->digits, NULL, NULL, NULL) != STATUS_OK)
        stop("the CSV file cannot be read");
    for (size_t u = 0; u < 2; u++) {
        bench->unit[u] = ARENA_NEW(&arena, uint16_t, rows);
        for (size_t i = 0; bench->unit[u] != NULL && i < rows; i++)
            bench->unit[u][i] = (uint16_t)(i * 7919 % (u == 0 ? 200 : 10000));
    }
    for (size_t work = MEANS; work < WORKS; work++)
        bench->time[size][work] = median_of(bench, run[work], RUNS);
    bench->floor_memory = median_of(bench, run_floor_memory, RUNS);
    bench->floor_products = median_of(bench, run_floor_products, RUNS);
    bench->floor_read = median_of(bench, run_floor_read, 5);
    arena_free(&arena);
}

static double peak_mb(int who)
{
    struct rusage usage = { 0 };
    getrusage(who, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void keep_line(struct bench *bench, size_t peer, const char *line)
{
    char name[32];
    struct times times;
    double value = 0;
    if (sscanf(line, "%31s %lf %lf %lf", name, &times.wall, &times.cpu, &value) != 4)
        return;
    if (strcmp(name, "peak_mb") == 0)
        bench->peer_peak[peer] = times.wall;
    if (strcmp(name, "alpha_psych") == 0)
        bench->psych = times.wall;
    for (size_t work = 0; work < WORKS; work++) {
        if (strcmp(name, works[work].name) != 0)
            continue;
        bench->peer[peer][work] = times;
        double allowed = peer == 1 && work >= UNITS_200 ? 1e-3 : 1e-9; /* its interval is the normal one */
        if (!(fabs(value - bench->value[work]) <= allowed * fabs(value))) {
            fprintf(stderr, "%s of %s: %.15g here, %.15g there\n", works[work].name, peers[peer], bench->value[work],
                    value);
            bench->differing++;
        }
    }
}

static void run_peer(struct bench *bench, size_t peer, const char *command)
{
    char line[256];
    FILE *pipe = popen(command, "r");
    if (pipe == NULL)
        return;
    while (fgets(line, sizeof line, pipe) != NULL)
        keep_line(bench, peer, line);
    bench->peer_there[peer] = pclose(pipe) == 0 && bench->peer[peer][CSV].wall > 0;
}

/* PSPP times nothing itself: one run a procedure, less the run that only reads. */
static double pspp_seconds(const struct bench *bench, const char *procedure, double *cpu)
{
    char path[80], command[200];
    struct rusage before = { 0 }, after = { 0 };
    snprintf(path, sizeof path, "%s.sps", bench->path);
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return NAN;
    fprintf(file, "GET DATA /TYPE=TXT /FILE='%s' /FIRSTCASE=2 /DELIMITERS=',' /VARIABLES=", bench->path);
    for (int k = 0; k < ITEMS; k++)
        fprintf(file, "q%d F1 ", k + 1);
    fprintf(file, ".\n%s\n", procedure);
    fclose(file);
    snprintf(command, sizeof command, "timeout 300 pspp -o /dev/null -O format=txt %s >/dev/null 2>&1", path);
    getrusage(RUSAGE_CHILDREN, &before);
    double start = seconds_of(CLOCK_MONOTONIC);
    int code = system(command);
    double wall = seconds_of(CLOCK_MONOTONIC) - start;
    getrusage(RUSAGE_CHILDREN, &after);
    *cpu = (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
           (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6;
    unlink(path);
    return code == 0 ? wall : (double)NAN;
}

static void run_pspp(struct bench *bench)
{
    static const struct {
        size_t work;
        const char *procedure;
    } list[] = {
        { CSV, "DESCRIPTIVES q1." },
        { MEANS, "FREQUENCIES q1 TO q40 /FORMAT=NOTABLE /STATISTICS=MEAN STDDEV." },
        { CORRELATION, "CORRELATIONS q1 TO q40." },
        { ALPHA, "RELIABILITY /VARIABLES=q1 TO q40 /SUMMARY=TOTAL." },
    };
    if (system("command -v pspp >/dev/null 2>&1") != 0)
        return;
    for (size_t i = 0; i < COUNT(list); i++) {
        struct times *times = &bench->peer[2][list[i].work];
        times->wall = pspp_seconds(bench, list[i].procedure, &times->cpu);
        if (i > 0) {
            times->wall -= bench->peer[2][CSV].wall;
            times->cpu -= bench->peer[2][CSV].cpu;
        }
    }
    bench->peer_there[2] = bench->peer[2][CSV].wall > 0;
}

static double floor_of(const struct bench *bench, size_t work, const char **says)
{
    static const char *const floors[] = { "reading the file", "one pass over memory", "the multiplications alone" };
    size_t which = work == CSV ? 0 : work == CORRELATION || work == ALPHA ? 2 : 1;
    *says = floors[which];
    return which == 0 ? bench->floor_read.wall : which == 1 ? bench->floor_memory.wall : bench->floor_products.wall;
}

static double growth(const struct bench *bench, size_t work)
{
    return log(bench->time[SIZES - 1][work].wall / bench->time[0][work].wall) / log(100);
}

static void print_text(const struct bench *bench, size_t rows)
{
    printf("%zu people, %d items; %u threads%s; seconds are medians\n", rows, ITEMS, bench->threads,
           block_wide() ? ", AVX2" : "");
    printf("%-38s %8s %8s %7s %6s   %s\n", "", "wall", "CPU", "target", "growth", "floor");
    for (size_t work = 0; work < WORKS; work++) {
        const char *says = NULL;
        double least = floor_of(bench, work, &says);
        const struct times *own = &bench->time[SIZES - 1][work];
        printf("%-38s %8.4f %8.4f %7.2f %6.2f   %.4f %s: x%.1f\n", works[work].says, own->wall, own->cpu,
               works[work].target, growth(bench, work), least, says, own->wall / least);
        for (size_t peer = 0; peer < PEERS; peer++)
            if (bench->peer_there[peer] && bench->peer[peer][work].wall > 0)
                printf("    %-34s %8.4f %8.4f   %.0f times the wall, %.0f times the CPU\n", peers[peer],
                       bench->peer[peer][work].wall, bench->peer[peer][work].cpu,
                       bench->peer[peer][work].wall / own->wall, bench->peer[peer][work].cpu / own->cpu);
        if (work == ALPHA && bench->psych > 0)
            printf("    %-34s %8.4f            %.0f times\n", "psych::alpha", bench->psych, bench->psych / own->wall);
    }
    printf("peak memory of all of it: %.0f MB (target 80)", bench->peak);
    for (size_t peer = 0; peer < PEERS; peer++)
        if (bench->peer_peak[peer] > 0)
            printf("; %s %.0f MB", peers[peer], bench->peer_peak[peer]);
    printf("\n");
    for (size_t peer = 0; peer < PEERS; peer++)
        if (!bench->peer_there[peer])
            printf("%s: not installed or not asked for (--pspp, --no-peers)\n", peers[peer]);
}

static void print_json(const struct bench *bench, size_t rows)
{
    printf("{\"name\":\"analysis\",\"rows\":%zu,\"items\":%d,\"threads\":%u,\"peak_mb\":%.1f,\"measurements\":[", rows,
           (int)ITEMS, bench->threads, bench->peak);
    for (size_t work = 0; work < WORKS; work++) {
        const char *says = NULL;
        const char *comma = "";
        double least = floor_of(bench, work, &says);
        const struct times *own = &bench->time[SIZES - 1][work];
        printf("%s{\"name\":\"%s\",\"seconds\":%.6f,\"cpu_seconds\":%.6f,\"growth\":%.3f,\"floor\":{\"what\":\"%s\","
               "\"seconds\":%.6f},\"peers\":{",
               work == 0 ? "" : ",", works[work].name, own->wall, own->cpu, growth(bench, work), says, least);
        for (size_t peer = 0; peer < PEERS; peer++) {
            if (!bench->peer_there[peer] || !(bench->peer[peer][work].wall > 0))
                continue;
            printf("%s\"%s\":{\"seconds\":%.6f,\"cpu_seconds\":%.6f,\"ratio\":%.1f}", comma, peers[peer],
                   bench->peer[peer][work].wall, bench->peer[peer][work].cpu, bench->peer[peer][work].wall / own->wall);
            comma = ",";
        }
        printf("}}");
    }
    printf("],\"peers_peak_mb\":{\"R\":%.1f,\"pandas\":%.1f}}\n", bench->peer_peak[0], bench->peer_peak[1]);
}

int main(int count, char **words)
{
    static struct bench bench;
    size_t rows = 1000000;
    bool json = false, alone = false, pspp = false;
    const char *folder = "tests/bench";
    char command[512];
    bench.threads = share_threads();
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--json") == 0)
            json = true;
        else if (strcmp(words[i], "--no-peers") == 0)
            alone = true;
        else if (strcmp(words[i], "--pspp") == 0)
            pspp = true;
        else if (strcmp(words[i], "--rows") == 0 && i + 1 < count)
            rows = (size_t)strtoul(words[++i], NULL, 10);
        else if (strcmp(words[i], "--threads") == 0 && i + 1 < count)
            bench.threads = (unsigned)strtoul(words[++i], NULL, 10);
        else if (strcmp(words[i], "--folder") == 0 && i + 1 < count)
            folder = words[++i];
    }
    if (rows < 1000 || rows > 10000000 || bench.threads < 1 || bench.threads > SHARE_MAX || strlen(folder) > 200)
        stop("--rows from 1000 to 10000000, --threads from 1 to 16");
    gsl_set_error_handler_off();
    strcpy(bench.path, "/tmp/bench_analysis_XXXXXX");
    int file = mkstemp(bench.path);
    if (file < 0)
        stop("the temporary file cannot be written");
    close(file);
    measure_size(&bench, rows / 100, 0);
    measure_size(&bench, rows / 10, 1);
    measure_size(&bench, rows, 2);
    bench.peak = peak_mb(RUSAGE_SELF);
    if (!alone) {
        snprintf(command, sizeof command, "timeout 600 Rscript --vanilla '%s/peer.R' %s 2>/dev/null", folder,
                 bench.path);
        run_peer(&bench, 0, command);
        snprintf(command, sizeof command, "timeout 600 /usr/bin/python3 '%s/peer.py' %s 2>/dev/null", folder,
                 bench.path);
        run_peer(&bench, 1, command);
        if (pspp)
            run_pspp(&bench);
    }
    unlink(bench.path);
    if (json)
        print_json(&bench, rows);
    else
        print_text(&bench, rows);
    return bench.differing > 0;
}

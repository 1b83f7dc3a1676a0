/* ./dev bench import: a file of personnel records checked as `import records --dry-run` does it, in the encodings that exports have and
 * through a column map. Each run is a process of its own, so that its CPU and its peak of memory are its own. The floor is
 * reading the bytes of the file once. Not a test: nothing here fails because the machine is slow; what is refused does.
 * Usage: bench_import [--json] [--rows N] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/env.h"
#include "survey/import.h"

enum { ROWS = 1000000, UNITS = 40, RUNS = 3, FILE_ROOM = 512 << 20 };
#define HEAD \
    "stichtag;pers_hash;vertrag_nr;org_id;besch_art;einstufung_roh;fuehrung;vzae;befristet;status;eintritt_jahr;geburtsjahr;" \
    "geschlecht;deutsch;bemerkung\n"
#define SAME(name) "{\"to\":\"" name "\",\"from\":\"" name "\"},"
#define MAP \
    "{\"map\":\"bench\",\"version\":\"1\",\"kind\":\"records\",\"columns\":[" SAME("stichtag") SAME("pers_hash") SAME("vertrag_nr") \
        SAME("org_id") SAME("einstufung_roh") SAME("fuehrung") SAME("vzae") SAME("befristet") SAME("status") SAME("eintritt_jahr") \
            SAME("geburtsjahr") SAME("geschlecht") SAME("deutsch") \
                "{\"to\":\"besch_art\",\"from\":\"besch_art\",\"codes\":{\"T\":\"T\",\"B\":\"B\",\"A\":\"A\"}}]}"

enum writing { WRITE_UTF8, WRITE_1252, WRITE_UTF16 };
static const struct variant {
    const char *name, *says;
    enum writing writing;
    bool mapped;
} variants[] = {
    { "utf8", "UTF-8", WRITE_UTF8, false },
    { "windows-1252", "Windows-1252", WRITE_1252, false },
    { "utf16", "UTF-16", WRITE_UTF16, false },
    { "map", "UTF-8 through a column map", WRITE_UTF8, true },
};

struct measured {
    double seconds, cpu, peak, floor;
};

static void stop(const char *what)
{
    fprintf(stderr, "bench_import: %s\n", what);
    exit(1);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Text of ASCII and Latin-1 letters, given as Latin-1. */
static void put(FILE *file, enum writing writing, const char *latin)
{
    for (; *latin != '\0'; latin++) {
        const unsigned char c = (unsigned char)*latin;
        if (writing == WRITE_UTF8 && c >= 0x80)
            fputc(0xC0 | c >> 6, file);
        fputc(writing == WRITE_UTF8 && c >= 0x80 ? 0x80 | (c & 0x3F) : c, file);
        if (writing == WRITE_UTF16)
            fputc(0, file);
    }
}

/* People with the grades, shares and ages that staff has; every fiftieth with two contracts, a word with an umlaut in every third. */
static void write_file(const char *path, enum writing writing, size_t rows)
{
    static const char *const grades[] = { "E 5", "E 8", "E 9a", "EG 9b", "E 11", "S 8b", "S 12", "E 13", "E 6", "E 2" };
    static const char *const remarks[] = { "", "Vollzeit", "B\xFCro", "" };
    FILE *file = fopen(path, "wb");
    char line[256];
    struct seeded seeded;
    uint64_t person[2] = { 0, 0 };
    unsigned born = 1980, contract = 1, sex = 0, german = 0;
    seeded_init(&seeded, 1);
    if (file == NULL)
        stop("the file cannot be written");
    if (writing == WRITE_UTF16)
        fwrite("\xFF\xFE", 1, 2, file);
    put(file, writing, HEAD);
    for (size_t i = 0; i < rows; i++) {
        contract = i % 50 == 49 ? 2 : 1;
        if (contract == 1) {
            for (size_t k = 0; k < 2; k++)
                person[k] = (uint64_t)seeded_below(&seeded, UINT32_MAX) << 32 | seeded_below(&seeded, UINT32_MAX);
            born = 1962 + seeded_below(&seeded, 43);
            sex = seeded_below(&seeded, 100);
            german = seeded_below(&seeded, 100);
        }
        snprintf(line, sizeof line, "30.06.2026;%016llx%016llx;%u;FB%02u;T;%s;0;0,5;%u;aktiv;%u;%u;%s;%u;%s\n",
                 (unsigned long long)person[0], (unsigned long long)person[1], contract, (unsigned)seeded_below(&seeded, UNITS),
                 grades[seeded_below(&seeded, COUNT(grades))], (unsigned)(i % 10 == 0), born + 20, born, sex < 60 ? "w" : "m",
                 (unsigned)(german >= 12), remarks[i % 3]);
        put(file, writing, line);
    }
    if (fclose(file) != 0)
        stop("the file cannot be written");
}

static void import_units(struct store *store)
{
    struct buf text;
    struct arena arena;
    struct import_report report;
    buf_init(&text, 1 << 16);
    arena_init(&arena, 1 << 24);
    buf_add_string(&text, "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\nS;Stadt;STADT;;0;1\n");
    for (int i = 0; i < UNITS; i++)
        buf_format(&text, "FB%02d;Bereich %d;FB;S;0;1\n", i, i);
    const struct import_file file = { .kind = "units", .bytes = text.bytes, .length = text.length, .user = "bench" };
    if (import_bytes(store, &arena, &file, &report, NULL) != STATUS_OK)
        stop("the units are refused");
    arena_free(&arena);
    buf_free(&text);
}

/* What the command does, in this process. */
static void import_file(const char *dir, const char *path, const struct variant *variant, size_t rows)
{
    struct buf bytes;
    struct arena arena;
    struct store *store = NULL;
    struct import_map map;
    struct import_report report;
    struct fail fail = { 0 };
    buf_init(&bytes, FILE_ROOM);
    arena_init(&arena, (size_t)4 << 30);
    if (store_open(dir, STORE_WRITE, &store, &fail) != STATUS_OK || buf_read_file(&bytes, path, &fail) != STATUS_OK ||
        import_map_read(&arena, MAP, sizeof MAP - 1, &map, &fail) != STATUS_OK)
        stop(fail.what);
    const struct import_file file = { .kind = "records", .bytes = bytes.bytes, .length = bytes.length, .own = &bytes, .user = "bench",
                                      .dry_run = true, .map = variant->mapped ? &map : NULL };
    if (import_bytes(store, &arena, &file, &report, &fail) != STATUS_OK || report.rows != rows || report.errors > 0)
        stop(fail.what[0] == '\0' ? "another number of rows" : fail.what);
    store_close(store);
    buf_free(&bytes);
    arena_free(&arena);
}

static double read_once(const char *path)
{
    static uint64_t block[8192];
    const double begun = now();
    volatile uint64_t sum = 0; /* so that the bytes are looked at */
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        stop("the file cannot be read");
    for (size_t got = fread(block, 1, sizeof block, file); got > 0; got = fread(block, 1, sizeof block, file)) {
        uint64_t part = 0;
        for (size_t i = 0; i < got / 8; i++)
            part += block[i];
        sum += part;
    }
    fclose(file);
    return now() - begun;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* The best of some runs. */
static struct measured measure(const char *dir, const struct variant *variant, size_t rows)
{
    struct measured best = { .seconds = 1e9, .cpu = 1e9, .floor = 1e9 };
    char path[128];
    snprintf(path, sizeof path, "%s/records.csv", dir);
    write_file(path, variant->writing, rows);
    for (int run = 0; run < RUNS; run++) {
        struct rusage before, after;
        int status = 0;
        fflush(NULL);
        const double floor = read_once(path), begun = now();
        getrusage(RUSAGE_CHILDREN, &before);
        const pid_t child = fork();
        if (child == 0) {
            import_file(dir, path, variant, rows);
            _exit(0);
        }
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
            stop("a run failed");
        const double seconds = now() - begun;
        getrusage(RUSAGE_CHILDREN, &after);
        const double cpu = seconds_of(after.ru_utime) + seconds_of(after.ru_stime) - seconds_of(before.ru_utime) -
                           seconds_of(before.ru_stime);
        best.seconds = seconds < best.seconds ? seconds : best.seconds;
        best.cpu = cpu < best.cpu ? cpu : best.cpu;
        best.floor = floor < best.floor ? floor : best.floor;
        best.peak = (double)after.ru_maxrss / 1000; /* of all children so far: variants are run in processes of their own, below */
    }
    unlink(path);
    return best;
}

static void print_one(const struct variant *variant, const struct measured *found, size_t rows, bool json, bool first)
{
    if (json)
        printf("%s{\"name\":\"%s\",\"seconds\":%.3f,\"cpu_seconds\":%.3f,\"peak_mb\":%.1f,\"floor\":{\"what\":\"reading the bytes "
               "once\",\"seconds\":%.4f}}",
               first ? "" : ",", variant->name, found->seconds, found->cpu, found->peak, found->floor);
    else
        printf("%-28s %8zu rows: %.2f s, CPU %.2f s (best of %d), peak %.0f MB; floor %.3f s: reading the bytes once\n", variant->says,
               rows, found->seconds, found->cpu, RUNS, found->peak, found->floor);
    fflush(stdout);
}

static void run_all(const char *dir, size_t rows, bool json)
{
    if (json)
        printf("{\"name\":\"import\",\"rows\":%zu,\"measurements\":[", rows);
    for (size_t i = 0; i < COUNT(variants); i++) {
        int status = 0;
        fflush(NULL);
        const pid_t child = fork(); /* the peak of its children is that of this variant alone */
        if (child == 0) {
            const struct measured found = measure(dir, &variants[i], rows);
            print_one(&variants[i], &found, rows, json, i == 0);
            _exit(0);
        }
        if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
            stop("a variant failed");
    }
    if (json)
        printf("]}\n");
}

int main(int count, char **words)
{
    size_t rows = ROWS;
    bool json = false, wrong = false;
    char dir[] = "/tmp/bench_import_XXXXXX", path[128];
    struct store *store = NULL;
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--json") == 0)
            json = true;
        else if (strcmp(words[i], "--rows") == 0 && i + 1 < count)
            rows = (size_t)strtoul(words[++i], NULL, 10);
        else
            wrong = true;
    }
    if (wrong || rows < 100 || rows > 2000000) {
        fprintf(stderr, "bench_import [--json] [--rows N], N from 100 to 2000000\n");
        return 2;
    }
    if (mkdtemp(dir) == NULL || store_open(dir, STORE_WRITE, &store, NULL) != STATUS_OK)
        stop("no folder for the database");
    import_units(store);
    store_close(store);
    run_all(dir, rows, json);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir);
    unlink(path);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite-journal", dir);
    unlink(path);
    rmdir(dir);
    return 0;
}

/* ./dev bench frame: counted answers of a million people to 60 items, from the database into the frame of the analysis:
 * seconds, CPU, memory, and how the time grows. The floor is reading the database's bytes. Not a test.
 * Usage: bench_frame [--rows N] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "analysis/frame.h"
#include "base/env.h"
#include "forms/answers.h"
#include "forms/form_yaml.h"
#include "survey/store_private.h"

enum { ITEMS = 60, LINES = 5000, RUNS = 3 };

static void stop(const struct fail *fail)
{
    fprintf(stderr, "bench_frame: %s\n", fail->what);
    exit(1);
}

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static const struct form *make_form(struct arena *arena)
{
    struct buf text;
    const struct form *form = NULL;
    struct fail fail = { 0 };
    buf_init(&text, 1 << 20);
    buf_add_string(&text, "form: bench\nversion: \"1\"\ntitle: {de: B}\nlanguages: [de]\noptions:\n  agree:\n");
    for (int code = 1; code <= 5; code++)
        buf_format(&text, "    - {code: \"%d\", de: Stufe %d}\n", code, code);
    buf_add_string(&text, "    - {code: \"98\", de: kann ich nicht beurteilen, missing: true}\npages:\n  - id: P\n    "
                          "title: {de: S}\n    items:\n");
    for (int i = 0; i < ITEMS; i++)
        buf_format(&text, "      - {id: Q%02d, type: scale, text: {de: Wie ist es?}, options: agree}\n", i);
    if (form_parse_yaml(arena, "bench", text.bytes, text.length, &form, NULL, NULL, &fail) != STATUS_OK)
        stop(&fail);
    buf_free(&text);
    return form;
}

/* Some thousand different people, repeated. */
static void fill(struct store *store, struct arena *arena, const struct form *form, size_t rows, int64_t wave)
{
    static const char *line[LINES];
    struct seeded seeded;
    struct fail fail = { 0 };
    struct answers answers;
    seeded_init(&seeded, 1);
    if (answers_create(arena, form, &answers, &fail) != STATUS_OK)
        stop(&fail);
    for (size_t k = 0; k < LINES; k++) {
        struct buf out;
        buf_init(&out, 1 << 16);
        for (size_t i = 0; i < ITEMS; i++)
            answers.items[i].choice = seeded_below(&seeded, 20) == 0 ? ANSWER_NONE : (uint8_t)seeded_below(&seeded, 6);
        answers_write(&answers, &out);
        line[k] = arena_copy(arena, out.bytes, out.length);
        buf_free(&out);
    }
    struct counted *counted = calloc(rows, sizeof *counted);
    for (size_t i = 0; counted != NULL && i < rows; i++)
        counted[i].line = line[i % LINES];
    if (counted == NULL || store_count(store, wave, counted, rows, "{}", &fail) != STATUS_OK)
        stop(&fail);
    free(counted);
}

static double megabytes(void)
{
    struct rusage usage = { 0 };
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void measure(size_t rows)
{
    char dir[] = "/tmp/bench_frame_XXXXXX", path[64];
    struct wave wave = { .name = "2025", .year = 2025, .state = WAVE_OPEN, .closes = "2025-06-30" };
    struct arena arena;
    struct store *store = NULL;
    struct fail fail = { 0 };
    int64_t id = 0;
    double wall = 1e9, cpu = 1e9;
    size_t used = 0;
    arena_init(&arena, (size_t)64 << 20);
    if (mkdtemp(dir) == NULL || store_open(dir, STORE_WRITE, &store, &fail) != STATUS_OK ||
        store_wave_add(store, &wave, &id, &fail) != STATUS_OK)
        stop(&fail);
    const struct form *form = make_form(&arena);
    fill(store, &arena, form, rows, id);
    double before = megabytes();
    for (int run = 0; run < RUNS; run++) {
        struct arena own;
        struct frame frame;
        arena_init(&own, (size_t)512 << 20);
        double begun = seconds_of(CLOCK_MONOTONIC), spent = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
        if (store_frame(store, &own, id, form, &frame, &fail) != STATUS_OK)
            stop(&fail);
        begun = seconds_of(CLOCK_MONOTONIC) - begun;
        spent = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - spent;
        wall = begun < wall ? begun : wall;
        cpu = spent < cpu ? spent : cpu;
        used = own.used;
        arena_free(&own);
    }
    printf(
        "%8zu people, %d items: %.3f s, CPU %.3f s (best of %d; target 1 s at 1,000,000), frame %.1f MB, process grows "
        "by %.0f MB\n",
        rows, ITEMS, wall, cpu, RUNS, (double)used / 1e6, megabytes() - before);
    store_close(store);
    arena_free(&arena);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir);
    unlink(path);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite-journal", dir);
    unlink(path);
    rmdir(dir);
}

int main(int count, char **words)
{
    size_t rows = count == 3 && strcmp(words[1], "--rows") == 0 ? (size_t)strtoul(words[2], NULL, 10) : 1000000;
    if (rows < 100 || rows > 2000000) {
        fprintf(stderr, "bench_frame: --rows from 100 to 2000000\n");
        return 2;
    }
    measure(rows / 100);
    measure(rows / 10);
    measure(rows);
    return 0;
}

/* invite, simulate: who may take part, and who pretends to. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/progress.h"
#include "survey/commands/commands.h"
#include "survey/simulate.h"
#include "survey/wave.h"

static void step(void *context, size_t done, size_t total)
{
    progress_step(context, done, total);
}

static void print_simulation(const struct arguments *arguments, const struct simulate_result *result)
{
    double rate = result->seconds > 0 ? (double)result->completed / result->seconds : 0;
    if (arguments->given[OPT_json])
        printf("{\"respondents\":%" PRIu64 ",\"completed\":%" PRIu64 ",\"lost\":%" PRIu64
               ",\"seconds\":%.3f,\"submissions_per_second\":%.1f,"
               "\"draw\":{\"p50_ms\":%.2f,\"p99_ms\":%.2f},\"submit\":{\"p50_ms\":%.2f,\"p99_ms\":%.2f}}\n",
               result->respondents, result->completed, result->lost, result->seconds, rate, result->draw_p50,
               result->draw_p99, result->submit_p50, result->submit_p99);
    else
        printf(tr(arguments->language, N_("%llu of %llu completed, %llu lost, %.1f a second\n")),
               (unsigned long long)result->completed, (unsigned long long)result->respondents,
               (unsigned long long)result->lost, rate);
}

/* Receipts of the completed participations, one hex line each: what a test holds against the published list. */
static enum status write_leaves(const char *path, const struct simulate_result *result, struct fail *fail)
{
    static const unsigned char none[32];
    struct buf text;
    buf_init(&text, (size_t)1 << 30);
    for (uint64_t i = 0; i < result->respondents; i++) {
        char hex[65];
        if (memcmp(result->leaves[i], none, sizeof none) == 0)
            continue;
        sodium_bin2hex(hex, sizeof hex, result->leaves[i], 32);
        buf_format(&text, "%s\n", hex);
    }
    enum status status = buf_write_file(&text, path, 0600, fail);
    buf_free(&text);
    return status;
}

/* The wave's codes as respondents without prepared answers. */
static enum status load_respondents(struct arena *arena, const struct arguments *arguments, const char *wave,
                                    struct respondent **respondents, size_t *count, struct fail *fail)
{
    size_t wanted = (size_t)arguments->numbers[OPT_respondents];
    const char **codes = ARENA_NEW(arena, const char *, wanted);
    *respondents = ARENA_NEW(arena, struct respondent, wanted);
    if (codes == NULL || *respondents == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu respondents", wanted);
    enum status status = rehearsal_take(arena, arguments->texts[OPT_dir], wave, wanted, codes, count, fail);
    for (size_t i = 0; i < *count && status == STATUS_OK; i++)
        (*respondents)[i].code = codes[i];
    if (status == STATUS_OK && *count < wanted)
        status = FAIL(fail, STATUS_INPUT, "the rehearsal has %zu unused codes left: open another one", *count);
    return status;
}

enum status run_simulate(const struct arguments *arguments, struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, (size_t)1 << 30);
    struct store *store = NULL;
    struct wave wave;
    struct respondent *respondents = NULL;
    size_t count = 0;
    const struct form *form = NULL;
    struct progress progress;
    struct simulate_result result = { 0 };
    char origin[128];
    snprintf(origin, sizeof origin, "http://127.0.0.1:%" PRId64, arguments->numbers[OPT_port]);
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK)
        status = command_find_wave(store, arguments->texts[OPT_wave], WAVE_OPEN, true, &wave, fail);
    store_close(store);
    if (status == STATUS_OK && !wave.rehearsal)
        status = FAIL(fail, STATUS_DENIED, "%s is a real wave: simulate takes part in rehearsals only", wave.name);
    if (status == STATUS_OK)
        status = wave_form(&arena, arguments->texts[OPT_dir], wave.name, &form, fail);
    if (status == STATUS_OK)
        status = load_respondents(&arena, arguments, wave.name, &respondents, &count, fail);
    if (status == STATUS_OK) {
        progress_start(&progress, tr(arguments->language, N_("Taking part")));
        struct simulate_options options = { .issue_origin = origin,
                                            .wave = wave.name,
                                            .form = form,
                                            .clients = (unsigned)arguments->numbers[OPT_clients],
                                            .seed = (uint64_t)arguments->numbers[OPT_seed],
                                            .change = (unsigned)arguments->numbers[OPT_change],
                                            .withdraw = (unsigned)arguments->numbers[OPT_withdraw],
                                            .retry = arguments->given[OPT_retry],
                                            .progress = step,
                                            .context = &progress };
        status = simulate(respondents, count, &options, &result, fail);
        progress_end(&progress);
    }
    if (status == STATUS_OK && arguments->texts[OPT_output] != NULL)
        status = write_leaves(arguments->texts[OPT_output], &result, fail);
    if (status == STATUS_OK)
        print_simulation(arguments, &result);
    if (status == STATUS_OK && result.completed < result.respondents)
        status = FAIL(fail, STATUS_IO, "not everybody could complete: is the server running on port %d?",
                      (int)arguments->numbers[OPT_port]);
    free(result.leaves);
    arena_free(&arena);
    return status;
}

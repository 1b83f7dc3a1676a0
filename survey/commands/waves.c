/* wave, invite, count, simulate: a survey wave from freezing to counting. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "survey/commands/commands.h"
#include "survey/wave.h"

static const char *state_name(enum wave_state state)
{
    switch (state) {
    case WAVE_NEW: return N_("new");
    case WAVE_FROZEN: return N_("frozen");
    case WAVE_OPEN: return N_("open");
    case WAVE_CLOSED: return N_("closed");
    case WAVE_COUNTED: return N_("counted");
    }
    return "";
}

static enum status read_manifest(const char *dir, const char *wave, struct manifest *manifest, struct fail *fail)
{
    char path[4096];
    struct buf bytes;
    buf_init(&bytes, 64 * 1024);
    snprintf(path, sizeof path, "%s/waves/%s/manifest", dir, wave);
    enum status status = buf_read_file(&bytes, path, fail);
    if (status == STATUS_OK)
        status = manifest_read(bytes.bytes, bytes.length, manifest, fail);
    buf_free(&bytes);
    return status;
}

static enum status wave_status(const struct arguments *arguments, struct store *store, struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, 1 << 20);
    const struct wave *waves = NULL;
    size_t count = 0;
    enum status status = store_waves(store, &arena, &waves, &count, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        printf("%s\t%d\t%s%s\n", waves[i].name, waves[i].year, tr(arguments->language, state_name(waves[i].state)),
               waves[i].rehearsal ? tr(arguments->language, N_(" (rehearsal)")) : "");
    arena_free(&arena);
    return status;
}

static enum status wave_rehearse(const struct arguments *arguments, struct store *store, struct fail *fail)
{
    struct wave wave;
    struct manifest manifest;
    const char *dir = arguments->texts[OPT_dir];
    enum status status = rehearsal_open(store, dir, (size_t)arguments->numbers[OPT_invited],
                                        arguments->texts[OPT_issue_origin], arguments->texts[OPT_collect_origin],
                                        &wave, fail);
    if (status == STATUS_OK)
        status = read_manifest(dir, wave.name, &manifest, fail);
    if (status != STATUS_OK)
        return status;
    char fingerprint[65];
    sodium_bin2hex(fingerprint, sizeof fingerprint, manifest.fingerprint, sizeof manifest.fingerprint);
    if (arguments->given[OPT_json])
        printf("{\"wave\":\"%s\",\"invited\":%" PRId64 ",\"fingerprint\":\"%s\",\"codes\":\"%s/waves/%s/rehearsal-codes.txt\"}\n",
               wave.name, arguments->numbers[OPT_invited], fingerprint, dir, wave.name);
    else
        printf(tr(arguments->language,
                  N_("The rehearsal %s is open. Its codes stand in %s/waves/%s/rehearsal-codes.txt; a link is "
                     "%s/w/%s/#CODE.%s\n")),
               wave.name, dir, wave.name, manifest.issuer, wave.name, fingerprint);
    return STATUS_OK;
}

static enum status freeze(const struct arguments *arguments, struct store *store, const char *name, struct fail *fail)
{
    char passphrase[256] = "";
    if (!arguments->given[OPT_year] || !arguments->given[OPT_closes])
        return FAIL(fail, STATUS_USAGE, "a wave needs --year and --closes, like --year 2026 --closes 2026-06-30");
    enum status status = command_passphrase(arguments, PASSPHRASE_NEW, passphrase, sizeof passphrase, fail);
    struct wave_plan plan = { .name = name,
                              .year = (int)arguments->numbers[OPT_year],
                              .form = arguments->texts[OPT_form],
                              .closes = arguments->texts[OPT_closes],
                              .issue_origin = arguments->texts[OPT_issue_origin],
                              .collect_origin = arguments->texts[OPT_collect_origin],
                              .passphrase = passphrase };
    if (status == STATUS_OK)
        status = wave_freeze(store, arguments->texts[OPT_dir], &plan, fail);
    sodium_memzero(passphrase, sizeof passphrase);
    struct manifest manifest;
    if (status == STATUS_OK)
        status = read_manifest(arguments->texts[OPT_dir], name, &manifest, fail);
    if (status == STATUS_OK) {
        char printed[48];
        manifest_print(&manifest, printed);
        printf(tr(arguments->language, N_("The wave %s is frozen. Its check code for the notice board: %s\n")), name,
               printed);
    }
    return status;
}

static enum status wave_life(const struct arguments *arguments, struct store *store, struct fail *fail)
{
    const char *verb = arguments->words[0];
    const char *name = arguments->word_count == 2 ? arguments->words[1] : NULL;
    const char *dir = arguments->texts[OPT_dir];
    if (strcmp(verb, "status") == 0)
        return wave_status(arguments, store, fail);
    if (strcmp(verb, "open") == 0 && arguments->given[OPT_rehearsal])
        return wave_rehearse(arguments, store, fail);
    if (name == NULL)
        return command_usage(arguments, fail);
    if (strcmp(verb, "freeze") == 0)
        return freeze(arguments, store, name, fail);
    if (strcmp(verb, "open") == 0)
        return wave_open(store, dir, name, fail);
    if (strcmp(verb, "close") == 0)
        return wave_close(store, dir, name, fail);
    return command_usage(arguments, fail);
}

enum status run_wave(const struct arguments *arguments, struct fail *fail)
{
    struct store *store = NULL;
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK)
        status = wave_life(arguments, store, fail);
    store_close(store);
    return status;
}

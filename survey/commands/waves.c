/* wave: freeze, open, close and, in files of their own, rehearse and status; erase. */
#include <inttypes.h>
#include <pwd.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/env.h"
#include "survey/commands/waves.h"
#include "survey/erase.h"
#include "survey/minutes.h"
#include "survey/publication.h"
#include "survey/release_make.h"
#include "survey/results.h"
#include "survey/wave_view.h"

/* What has to happen next, in one line: after every step and in `wave status`. */
static enum status print_next(const struct arguments *arguments, struct store *store, const char *name,
                              struct fail *fail)
{
    char today[11];
    struct wave wave;
    struct wave_view view;
    struct buf next;
    env_local_day(env_system.now(env_system.state), today);
    buf_init(&next, 1024);
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status == STATUS_OK)
        status = wave_view(store, arguments->texts[OPT_dir], &wave, today, &view, fail);
    if (status == STATUS_OK) {
        wave_view_next(&view, arguments->language, &next);
        printf("%s: %s\n", tr(arguments->language, N_("Next")), next.bytes);
    }
    buf_free(&next);
    return status;
}

static enum status open_rehearsal(const struct arguments *arguments, struct store *store, struct fail *fail)
{
    struct wave wave;
    struct manifest manifest;
    const char *dir = arguments->texts[OPT_dir];
    enum status status = rehearsal_open(store, dir, arguments->texts[OPT_form],
                                        (size_t)arguments->numbers[OPT_invited], arguments->texts[OPT_issue_origin], arguments->texts[OPT_collect_origin],
                                        &wave, fail);
    if (status == STATUS_OK)
        status = wave_manifest(dir, wave.name, &manifest, fail);
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
    enum status status = STATUS_OK;
    if (arguments->texts[OPT_box_key] == NULL)
        status = command_passphrase(arguments, PASSPHRASE_NEW, passphrase, sizeof passphrase, fail);
    struct wave_plan plan = { .name = name,
                              .year = (int)arguments->numbers[OPT_year],
                              .form = arguments->texts[OPT_form],
                              .closes = arguments->texts[OPT_closes],
                              .issue_origin = arguments->texts[OPT_issue_origin],
                              .collect_origin = arguments->texts[OPT_collect_origin],
                              .deletes = arguments->texts[OPT_deletes],
                              .delay = (unsigned)arguments->numbers[OPT_delay],
                              .box_key = arguments->texts[OPT_box_key],
                              .passphrase = passphrase };
    if (status == STATUS_OK)
        status = wave_freeze(store, arguments->texts[OPT_dir], &plan, fail);
    sodium_memzero(passphrase, sizeof passphrase);
    struct manifest manifest;
    if (status == STATUS_OK)
        status = wave_manifest(arguments->texts[OPT_dir], name, &manifest, fail);
    if (status == STATUS_OK)
        status = store_audit_add(store, "command line", "wave freeze", name, fail);
    if (status != STATUS_OK)
        return status;
    char printed[48];
    manifest_print(&manifest, printed);
    printf(tr(arguments->language, N_("The wave %s is frozen. Its check code for the notice board: %s\n")), name,
           printed);
    printf(tr(arguments->language, N_("Key of the ballot box: %s.\nLast day for answers %s, deletion from %s.\n")),
           tr(arguments->language, wave_key_place(&manifest)), manifest.closes, manifest.deletes);
    puts(tr(arguments->language, N_("The steps from here: rehearse, invite, open; it closes by itself; then count and, "
                                    "when the objection period is over, erase.")));
    return print_next(arguments, store, name, fail);
}

/* The days are looked at here and not in wave_open: the demo opens waves of past years. */
static enum status open_wave(const struct arguments *arguments, struct store *store, const char *name,
                             struct fail *fail)
{
    char today[11];
    struct wave wave;
    env_local_day(env_system.now(env_system.state), today);
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status == STATUS_OK && wave_over(wave.closes, today))
        status = FAIL(fail, STATUS_CONFLICT, "the last day for answers of the wave %s was %s: freeze a new wave", name,
                      wave.closes);
    if (status == STATUS_OK)
        status = wave_open(store, arguments->texts[OPT_dir], name, fail);
    if (status == STATUS_OK)
        status = store_audit_add(store, "command line", "wave open", name, fail);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("The wave %s is open until the end of %s.\n")), name, wave.closes);
    return status;
}

static enum status close_wave(const struct arguments *arguments, struct store *store, const char *name,
                              struct fail *fail)
{
    char today[11];
    struct wave wave;
    const char *dir = arguments->texts[OPT_dir];
    env_local_day(env_system.now(env_system.state), today);
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status == STATUS_OK && wave.state == WAVE_OPEN && !wave.rehearsal && !wave_over(wave.closes, today) &&
        !arguments->given[OPT_yes])
        status = FAIL(fail, STATUS_DENIED,
                      "the wave %s runs until the end of %s; closing destroys the issuer's key and cannot be undone. "
                      "Add --yes to close it now",
                      name, wave.closes);
    if (status == STATUS_OK)
        status = wave_close(store, dir, name, fail);
    if (status == STATUS_OK)
        status = store_audit_add(store, "command line", "wave close", name, fail);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("The wave %s is closed. Minutes to sign: %s/waves/%s/%s\n")), name, dir, name,
               MINUTES_CLOSING);
    return status == STATUS_OK ? print_next(arguments, store, name, fail) : status;
}

/* The first time, and again after late data. */
static enum status protect_wave(const struct arguments *arguments, struct store *store, const char *name,
                                struct fail *fail)
{
    struct results results = { 0 };
    struct wave wave;
    const char *dir = arguments->texts[OPT_dir];
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status == STATUS_OK && wave.state != WAVE_COUNTED)
        status = FAIL(fail, STATUS_CONFLICT, "the wave %s has not been counted: there is nothing to protect yet", name);
    if (status == STATUS_OK)
        status = release_renew(dir, name, "command line", fail);
    if (status == STATUS_OK)
        status = results_open(&results, dir, name, fail);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("Wave %s: %zu tables protected together, %zu of %zu cells kept secret; version %lld, "
                                          "fingerprint %s\n")), name, results.release->table_count,
               results.release->suppressed, results.release->planned, (long long)results.version,
               results.release->fingerprint);
    results_close(&results);
    return status;
}

/* Prints the days when none is given. A day that is not given stays. */
static enum status publish_wave(const struct arguments *arguments, struct store *store, const char *name,
                                struct fail *fail)
{
    struct wave wave;
    struct publication publication;
    const struct {
        int option;
        char *day;
    } days[] = { { OPT_to_staff, publication.staff }, { OPT_to_council, publication.council } };
    enum status status = store_wave_find(store, name, &wave, fail);
    if (status == STATUS_OK)
        status = publication_read(store, name, &publication, fail);
    bool given = false;
    for (size_t i = 0; i < COUNT(days) && status == STATUS_OK; i++) {
        if (!arguments->given[days[i].option])
            continue;
        const char *text = arguments->texts[days[i].option];
        given = true;
        if (strlen(text) >= DAY_ROOM)
            return FAIL(fail, STATUS_INPUT, "\"%s\" is no date like 2026-06-30", text);
        snprintf(days[i].day, DAY_ROOM, "%s", text);
    }
    if (status == STATUS_OK && given)
        status = publication_write(store, &wave, &publication, "command line", fail);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("Results of the wave %s: to staff %s, to the council %s.\n")), name,
               publication.staff[0] == '\0' ? "–" : publication.staff, publication.council[0] == '\0' ? "–" : publication.council);
    return status;
}

static enum status wave_life(const struct arguments *arguments, struct store *store, struct fail *fail)
{
    static const struct {
        const char *verb;
        enum status (*run)(const struct arguments *arguments, struct store *store, const char *name,
                           struct fail *fail);
    } verbs[] = { { "freeze", freeze },
                  { "rehearse", wave_rehearse_verb },
                  { "open", open_wave },
                  { "close", close_wave },
                  { "protect", protect_wave },
                  { "publish", publish_wave } };
    const char *verb = arguments->words[0];
    const char *name = arguments->word_count == 2 ? arguments->words[1] : NULL;
    if (strcmp(verb, "status") == 0)
        return wave_status_verb(arguments, store, name, fail);
    if (strcmp(verb, "tables") == 0)
        return wave_tables_verb(arguments, store, name, fail);
    if (strcmp(verb, "open") == 0 && arguments->given[OPT_rehearsal])
        return open_rehearsal(arguments, store, fail);
    if (strcmp(verb, "new") == 0)
        return FAIL(fail, STATUS_USAGE,
                    "a wave needs no preparation: querschnitt wave freeze NAME makes it, with form, keys and manifest");
    for (size_t i = 0; i < COUNT(verbs) && name != NULL; i++)
        if (strcmp(verbs[i].verb, verb) == 0)
            return verbs[i].run(arguments, store, name, fail);
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

/* The account of the machine, when no name is given. */
static const char *person(const struct arguments *arguments)
{
    if (arguments->texts[OPT_by] != NULL)
        return arguments->texts[OPT_by];
    const struct passwd *account = getpwuid(getuid());
    return account == NULL ? "command line" : account->pw_name;
}

enum status run_erase(const struct arguments *arguments, struct fail *fail)
{
    const char *dir = arguments->texts[OPT_dir];
    char path[WAVE_PATH_ROOM];
    char today[11];
    struct store *store = NULL;
    env_local_day(env_system.now(env_system.state), today);
    const struct erase_order order = { .wave = arguments->words[0],
                                       .person = person(arguments),
                                       .today = today,
                                       .uncounted = arguments->given[OPT_yes] };
    for (const char *c = order.person; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20)
            return FAIL(fail, STATUS_INPUT, "the name behind --by is one line of text");
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir);
    enum status status = STATUS_OK;
    /* A collector on its own has waves but no database. */
    struct manifest manifest;
    if (access(path, F_OK) == 0 || wave_manifest(dir, order.wave, &manifest, NULL) != STATUS_OK)
        status = command_store(arguments, &store, fail);
    if (status == STATUS_OK)
        status = wave_erase(store, dir, &order, fail);
    store_close(store);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("Ballots, keys and codes of the wave %s are deleted. Protocol to sign: "
                                          "%s/waves/%s/%s\n")),
               order.wave, dir, order.wave, DELETION_PROTOCOL);
    return status;
}

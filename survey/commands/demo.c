/* demo: builds the fictional city, runs its two waves through the real protocol, writes the report, serves everything.
 * Not responsible for who the people are (demo_city.h) or how they take part (simulate.h). */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/day.h"
#include "base/env.h"
#include "base/progress.h"
#include "survey/commands/commands.h"
#include "survey/commands/folder.h"
#include "survey/count.h"
#include "survey/demo_city.h"
#include "survey/demo_texts.h"
#include "survey/import.h"
#include "survey/publication.h"
#include "survey/results.h"
#include "survey/service.h"
#include "survey/simulate.h"

enum { DEMO_MEMORY_MAX = 1 << 30, DEMO_CLIENTS = 16, PASSWORD_ROOM = 20 };

/* Everything one run needs, so that the steps below stay short. */
struct demo {
    const struct arguments *arguments;
    const struct language *language;
    const char *dir;
    unsigned port;
    struct arena arena;
    struct demo_city city;
    struct store *store;
    char issue[128], collect[128];
    char password[PASSWORD_ROOM]; /* of all three demo logins */
    char link[512];               /* into the open rehearsal */
};

static enum status write_file(struct demo *demo, const char *name, const struct buf *bytes, struct fail *fail)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", demo->dir, name);
    return buf_write_file(bytes, path, 0600, fail);
}

/* Writes HR's file beside the instance, so that everybody can look at it, and imports it like any other. */
static enum status import_file(struct demo *demo, const char *kind, const char *name, const struct buf *bytes,
                               struct fail *fail)
{
    struct arena arena;
    struct import_report report = { 0 };
    arena_init(&arena, DEMO_MEMORY_MAX);
    enum status status = write_file(demo, name, bytes, fail);
    if (status == STATUS_OK)
        status = import_bytes(demo->store, &arena,
                              &(const struct import_file){ .kind = kind,
                                                           .bytes = bytes->bytes,
                                                           .length = bytes->length,
                                                           .user = "demo",
                                                           .accept_warnings = true,
                                                           .language = demo->language },
                              &report, fail);
    for (size_t i = 0; i < report.finding_count && status != STATUS_OK; i++)
        if (report.findings[i].severity == SEVERITY_ERROR)
            fprintf(stderr, "%s:%" PRIu32 ": %s %s\n", name, report.findings[i].line, report.findings[i].rule,
                    report.findings[i].message);
    arena_free(&arena);
    return status;
}

static enum status import_year(struct demo *demo, int year, struct fail *fail)
{
    char name[64];
    struct buf bytes;
    buf_init(&bytes, DEMO_MEMORY_MAX);
    demo_units_csv(&demo->city, year, &bytes);
    snprintf(name, sizeof name, "files/org_einheit_%d.csv", year);
    enum status status = import_file(demo, "units", name, &bytes, fail);
    buf_clear(&bytes);
    if (status == STATUS_OK)
        status = demo_workforce_csv(&demo->arena, &demo->city, year, &bytes, fail);
    snprintf(name, sizeof name, "files/workforce_cube_%d.csv", year);
    if (status == STATUS_OK)
        status = import_file(demo, "workforce", name, &bytes, fail);
    buf_free(&bytes);
    return status;
}

static enum status import_tables(struct demo *demo, struct fail *fail)
{
    char name[64];
    struct buf bytes;
    enum status status = STATUS_OK;
    buf_init(&bytes, DEMO_MEMORY_MAX);
    for (const struct demo_file *file = demo_files; file->kind != NULL && status == STATUS_OK; file++) {
        buf_clear(&bytes);
        file->write(&demo->arena, &demo->city, &bytes);
        snprintf(name, sizeof name, "files/%s.csv", file->file);
        status = import_file(demo, file->kind, name, &bytes, fail);
    }
    buf_free(&bytes);
    return status;
}

static enum status prepare(struct demo *demo, struct fail *fail)
{
    static const char *const folders[] = { "", "/waves", "/files" };
    char path[4096];
    char seed[32];
    struct buf bytes;
    buf_init(&bytes, 1 << 20);
    enum status status = folder_renew(demo->dir, fail);
    for (size_t i = 0; i < COUNT(folders) && status == STATUS_OK; i++) {
        snprintf(path, sizeof path, "%s%s", demo->dir, folders[i]);
        status = command_folder(path, fail);
    }
    if (status == STATUS_OK)
        status = folder_mark(demo->dir, fail);
    if (status == STATUS_OK)
        status = store_open(demo->dir, STORE_WRITE, &demo->store, fail);
    snprintf(seed, sizeof seed, "%" PRIu64, demo->city.seed);
    const char *const facts[][2] = { { "city", DEMO_CITY_NAME },
                                     { "demo", "1" },
                                     { "seed", seed },
                                     { "results_date", "1. Dezember 2025" },
                                     { "staff_council", "Personalrat, Rathaus, Zimmer 12 (erfunden)" },
                                     { "complaints_office", "Beschwerdestelle, Rathaus, Zimmer 14 (erfunden)" },
                                     { "equality_office", "Gleichstellungsbüro, Rathaus, Zimmer 16 (erfunden)" } };
    for (size_t i = 0; i < COUNT(facts) && status == STATUS_OK; i++)
        status = store_fact_set(demo->store, facts[i][0], facts[i][1], fail);
    for (int i = 0; i < DEMO_YEAR_COUNT && status == STATUS_OK; i++)
        status = import_year(demo, demo->city.years[i].year, fail);
    demo_population_csv(&bytes);
    if (status == STATUS_OK)
        status = import_file(demo, "population", "files/bevoelkerung_referenz.csv", &bytes, fail);
    if (status == STATUS_OK)
        status = import_tables(demo, fail);
    buf_clear(&bytes);
    demo_truth_json(&demo->city, &bytes);
    if (status == STATUS_OK)
        status = write_file(demo, "truth.json", &bytes, fail);
    buf_free(&bytes);
    return status;
}

static enum status add_logins(struct demo *demo, struct fail *fail)
{
    static const struct account logins[] = { { .name = "admin", .roles = ROLE_ADMIN },
                                             { .name = "analyst", .roles = ROLE_ANALYST },
                                             { .name = "council-staff", .roles = ROLE_COUNCIL } };
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    for (size_t i = 0; i + 1 < sizeof demo->password; i++)
        demo->password[i] = letters[randombytes_uniform(sizeof letters - 1)];
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(hash, demo->password, strlen(demo->password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to hash the password");
    enum status status = STATUS_OK;
    for (size_t i = 0; i < COUNT(logins) && status == STATUS_OK; i++) {
        struct account account = logins[i];
        memcpy(account.password_hash, hash, sizeof hash);
        status = store_account_put(demo->store, &account, fail);
    }
    return status;
}

/* The department a person belongs to: response rates and the question on the unit stop there. */
static const char *department(const struct demo_city *city, size_t unit)
{
    size_t at = unit;
    while (city->units[at].level != UNIT_DEPARTMENT && city->units[at].parent >= 0)
        at = (size_t)city->units[at].parent;
    return city->units[at].level == UNIT_DEPARTMENT ? city->units[at].id : city->units[unit].id;
}

static enum status invite_everybody(struct demo *demo, const struct demo_year *year, const char *wave,
                                    char (**codes)[CODE_TEXT_ROOM], struct fail *fail)
{
    const char **units = ARENA_NEW(&demo->arena, const char *, year->person_count);
    *codes = arena_get(&demo->arena, year->person_count, CODE_TEXT_ROOM);
    if (units == NULL || *codes == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu invitations", year->person_count);
    for (size_t i = 0; i < year->person_count; i++)
        units[i] = department(&demo->city, year->persons[i].unit);
    return wave_invite(demo->store, wave, units, year->person_count, *codes, fail);
}

/* Everybody who responds, with code and canonical answers. */
static enum status load_respondents(struct demo *demo, const struct demo_year *year, const struct form *form,
                                    char (*codes)[CODE_TEXT_ROOM], struct respondent **respondents, size_t *count,
                                    struct fail *fail)
{
    *count = 0;
    *respondents = ARENA_NEW(&demo->arena, struct respondent, year->person_count);
    if (*respondents == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu respondents", year->person_count);
    struct buf json;
    buf_init(&json, 1 << 20);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < year->person_count && status == STATUS_OK; i++) {
        if (!demo_responds(&demo->city, year->year, i))
            continue;
        struct answers answers;
        buf_clear(&json);
        status = demo_answers(&demo->city, year->year, form, i, &demo->arena, &answers, fail);
        if (status != STATUS_OK)
            break;
        answers_write(&answers, &json);
        struct respondent *respondent = &(*respondents)[(*count)++];
        *respondent = (struct respondent){ .code = codes[i],
                                           .json = arena_copy(&demo->arena, json.bytes, json.length),
                                           .length = json.length };
        if (respondent->json == NULL || json.failed)
            status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu respondents", year->person_count);
    }
    buf_free(&json);
    return status;
}

static void step(void *context, size_t done, size_t total)
{
    progress_step(context, done, total);
}

/* The demo's waves lie in the past: they are played on a day on which they were open. */
static int64_t demo_now(void *state)
{
    return *(const int64_t *)state;
}

/* Serves the wave and plays its respondents over HTTP. */
static enum status take_part(struct demo *demo, const char *wave, const char *closes, const struct respondent respondents[], size_t count,
                             struct simulate_result *result, struct fail *fail)
{
    struct service *service = NULL;
    int64_t day = 0;
    (void)day_read(closes, &day);
    int64_t noon = day * DAY_SECONDS + DAY_SECONDS / 2;
    const struct env env = { .state = &noon, .now = demo_now, .random = env_system.random };
    struct service_options serving = { .dir = demo->dir,
                                       .faces = FACE_ISSUE | FACE_COLLECT,
                                       .port = demo->port,
                                       .address = "127.0.0.1",
                                       .env = &env };
    char label[128];
    struct progress progress;
    enum status status = service_start(&serving, &service, fail);
    if (status != STATUS_OK)
        return status;
    snprintf(label, sizeof label, tr(demo->language, N_("Wave %s: %zu people take part")), wave, count);
    progress_start(&progress, label);
    struct simulate_options options = { .issue_origin = demo->issue,
                                        .wave = wave,
                                        .clients = DEMO_CLIENTS,
                                        .seed = demo->city.seed,
                                        .progress = step,
                                        .context = &progress };
    status = simulate(respondents, count, &options, result, fail);
    progress_end(&progress);
    service_stop(service);
    if (status == STATUS_OK && result->completed != count)
        status = FAIL(fail, STATUS_IO, "only %llu of %zu people could take part",
                      (unsigned long long)result->completed, count);
    return status;
}

/* Staff six weeks after the end, the council a month later. */
static enum status give_out(struct demo *demo, const char *name, struct fail *fail)
{
    enum { STAFF_DAYS = 43, COUNCIL_DAYS = 72 };
    struct wave wave;
    struct publication publication;
    int64_t closes = 0;
    enum status status = store_wave_find(demo->store, name, &wave, fail);
    if (status != STATUS_OK || !day_read(wave.closes, &closes))
        return status;
    day_write(closes + STAFF_DAYS, publication.staff);
    day_write(closes + COUNCIL_DAYS, publication.council);
    return publication_write(demo->store, &wave, &publication, "demo", fail);
}

static enum status play_wave(struct demo *demo, const struct demo_year *year, const char *passphrase, struct fail *fail)
{
    char wave[16];
    char closes[16];
    snprintf(wave, sizeof wave, "%d", year->year);
    snprintf(closes, sizeof closes, "%d-09-30", year->year);
    const struct wave_plan plan = { .name = wave,
                                    .year = year->year,
                                    .form = "open_administration",
                                    .closes = closes,
                                    .issue_origin = demo->issue,
                                    .collect_origin = demo->collect,
                                    .passphrase = passphrase };
    char(*codes)[CODE_TEXT_ROOM] = NULL;
    const struct form *form = NULL;
    struct respondent *respondents = NULL;
    size_t count = 0;
    struct simulate_result taken = { 0 };
    struct count_result counted;
    enum status status = wave_freeze(demo->store, demo->dir, &plan, fail);
    if (status == STATUS_OK)
        status = wave_rehearse_here(demo->dir, wave, passphrase, fail);
    if (status == STATUS_OK)
        status = invite_everybody(demo, year, wave, &codes, fail);
    if (status == STATUS_OK)
        status = wave_open(demo->store, demo->dir, wave, fail);
    if (status == STATUS_OK)
        status = wave_form(&demo->arena, demo->dir, wave, &form, fail);
    if (status == STATUS_OK)
        status = load_respondents(demo, year, form, codes, &respondents, &count, fail);
    if (status == STATUS_OK)
        status = take_part(demo, wave, closes, respondents, count, &taken, fail);
    free(taken.leaves);
    if (status == STATUS_OK)
        status = wave_close(demo->store, demo->dir, wave, fail);
    if (status == STATUS_OK)
        status = count_wave(demo->store, demo->dir, wave, passphrase, &counted, fail);
    if (status == STATUS_OK)
        printf(tr(demo->language, N_("Wave %s: %llu invited, %llu took part, %llu ballots counted, %llu invalid.\n")),
               wave, (unsigned long long)counted.invited, (unsigned long long)counted.drawn,
               (unsigned long long)counted.ballots, (unsigned long long)counted.invalid);
    fflush(stdout);
    return status == STATUS_OK ? give_out(demo, wave, fail) : status;
}

static enum status run_waves(struct demo *demo, struct fail *fail)
{
    unsigned char noise[24];
    char passphrase[sizeof noise * 2 + 1];
    randombytes_buf(noise, sizeof noise);
    sodium_bin2hex(passphrase, sizeof passphrase, noise, sizeof noise);
    enum status status = STATUS_OK;
    for (int i = 0; i < DEMO_YEAR_COUNT && status == STATUS_OK; i++)
        status = play_wave(demo, &demo->city.years[i], passphrase, fail);
    sodium_memzero(passphrase, sizeof passphrase);
    char newest[16];
    snprintf(newest, sizeof newest, "%d", demo->city.years[DEMO_YEAR_COUNT - 1].year);
    return status == STATUS_OK ? demo_texts(demo->store, newest, fail) : status;
}

/* A rehearsal that stays open, so that visitors can click through the survey. */
static enum status open_probe(struct demo *demo, struct fail *fail)
{
    struct wave wave;
    struct manifest manifest;
    const char *code = NULL;
    size_t taken = 0;
    char fingerprint[65];
    enum status status = rehearsal_open(demo->store, demo->dir, NULL, 50, demo->issue, demo->collect, &wave, fail);
    if (status == STATUS_OK)
        status = rehearsal_take(&demo->arena, demo->dir, wave.name, 1, &code, &taken, fail);
    if (status == STATUS_OK)
        status = wave_manifest(demo->dir, wave.name, &manifest, fail);
    if (status == STATUS_OK) {
        sodium_bin2hex(fingerprint, sizeof fingerprint, manifest.fingerprint, sizeof manifest.fingerprint);
        snprintf(demo->link, sizeof demo->link, "%s/w/%s/#%s.%s", demo->issue, wave.name, code, fingerprint);
    }
    return status;
}

static enum status write_reports(struct demo *demo, struct fail *fail)
{
    struct results results;
    enum status status = results_open(&results, demo->dir, NULL, fail);
    for (const struct language *language = language_staff_next(NULL); language != NULL && status == STATUS_OK;
         language = language_staff_next(language)) {
        struct report_facts facts;
        char path[4096];
        bool main_language = language == language_default;
        snprintf(path, sizeof path, "%s/report%s%s.pdf", demo->dir, main_language ? "" : ".",
                 main_language ? "" : language_code(language));
        status = results_report(&results, language, path, &facts, fail);
        if (status == STATUS_OK)
            printf("%s: %s (%zu %s, %zu KB, %.2f s)\n", tr(demo->language, N_("Report")), path, facts.pages,
                   tr_plural(demo->language, "page", "pages", facts.pages), facts.bytes / 1024, facts.seconds);
    }
    results_close(&results);
    return status;
}

static enum status serve_demo(struct demo *demo, struct fail *fail)
{
    struct service *service = NULL;
    struct service_options options = { .dir = demo->dir,
                                       .faces = FACE_ISSUE | FACE_COLLECT | FACE_OFFICE,
                                       .port = demo->port,
                                       .address = "127.0.0.1" };
    enum status status = service_start(&options, &service, fail);
    if (status != STATUS_OK)
        return status;
    printf("%s: %s/   %s: admin, analyst, council-staff   %s: %s\n", tr(demo->language, N_("Office")),
           service->office_origin, tr(demo->language, N_("logins")), tr(demo->language, N_("password")), demo->password);
    printf("%s: %s\n", tr(demo->language, N_("Take part in the rehearsal")), demo->link);
    printf(tr(demo->language, N_("More codes for it: %s/waves/probe-1/rehearsal-codes.txt\nStop with Ctrl-C.\n")),
           demo->dir);
    fflush(stdout);
    service_wait(service);
    service_stop(service);
    return STATUS_OK;
}

enum status run_demo(const struct arguments *arguments, struct fail *fail)
{
    struct demo demo = { .arguments = arguments,
                         .language = arguments->language,
                         .dir = arguments->given[OPT_dir] ? arguments->texts[OPT_dir] : "./demo-data",
                         .port = (unsigned)arguments->numbers[OPT_port] };
    if (demo.port == 0)
        return FAIL(fail, STATUS_USAGE, "the demo needs a fixed --port: it stands in the invitation links");
    snprintf(demo.issue, sizeof demo.issue, "http://127.0.0.1:%u", demo.port);
    snprintf(demo.collect, sizeof demo.collect, "http://127.0.0.1:%u", demo.port + 1);
    arena_init(&demo.arena, DEMO_MEMORY_MAX);
    enum status status = demo_city_create(&demo.arena, (size_t)arguments->numbers[OPT_staff],
                                          (uint64_t)arguments->numbers[OPT_seed], &demo.city, fail);
    if (status == STATUS_OK)
        status = prepare(&demo, fail);
    if (status == STATUS_OK)
        status = add_logins(&demo, fail);
    if (status == STATUS_OK)
        status = run_waves(&demo, fail);
    if (status == STATUS_OK)
        status = open_probe(&demo, fail);
    store_close(demo.store);
    if (status == STATUS_OK)
        status = write_reports(&demo, fail);
    if (status == STATUS_OK && !arguments->given[OPT_no_serve])
        status = serve_demo(&demo, fail);
    sodium_memzero(demo.password, sizeof demo.password);
    arena_free(&demo.arena);
    return status;
}

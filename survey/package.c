/* Not responsible for how the package is worded and laid out (reports/package.c) or for the state of the survey, which
 * changes from day to day (page_office_package.c). */
#include "survey/package.h"

#include <assert.h>
#include <sodium.h>
#include <stddef.h>
#include <string.h>

#include "reports/package.h"
#include "survey/page_privacy.h"
#include "survey/policy.h"
#include "survey/wave_view.h"

enum { PACKAGE_MEMORY = 256 << 20, FACTS_MAX = 12, THRESHOLDS = 4, HASH_GROUP = 16, CITY_ROOM = 256 };

static const struct threshold {
    const char *text;
    size_t at; /* in struct policy */
} thresholds[THRESHOLDS] = {
    { N_("Answers behind every published figure, at least"), offsetof(struct policy, answers_min) },
    { N_("Heads behind every published figure of the personnel office, at least"), offsetof(struct policy, heads_min) },
    { N_("Answers for a percentage, at least"), offsetof(struct policy, percent_base) },
    { N_("Answers for a decimal place, at least"), offsetof(struct policy, decimal_base) },
};

/* What one package is read into. */
struct gathered {
    struct arena *arena;
    const struct language *language;
    struct manifest manifest;
    struct rehearsal rehearsal;
    struct wave_tables tables;
    struct privacy privacy;
    struct package_fact facts[FACTS_MAX];
    struct package_threshold in_force[THRESHOLDS], promised[THRESHOLDS];
    char city[CITY_ROOM];
    struct package package;
    bool short_of_memory;
};

enum status package_wave(struct store *store, struct arena *arena, const char *name, const struct wave **wave,
                         struct fail *fail)
{
    const struct wave *waves = NULL;
    const struct wave *found = NULL;
    size_t count = 0;
    enum status status = store_waves(store, arena, &waves, &count, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        bool wanted = name == NULL ? !waves[i].rehearsal : strcmp(waves[i].name, name) == 0;
        if (wanted && waves[i].state != WAVE_NEW)
            found = &waves[i];
    }
    if (found == NULL && name != NULL)
        return FAIL(fail, STATUS_MISSING, "there is no frozen survey %s: querschnitt wave status shows those there are", name);
    if (found == NULL)
        return FAIL(fail, STATUS_MISSING, "no survey has been frozen yet: querschnitt wave freeze does it");
    *wave = found;
    return STATUS_OK;
}

/* --- what is fixed --- */

static void add_fact(struct gathered *to, const char *label, const char *value)
{
    assert(to->package.fact_count < FACTS_MAX);
    if (value == NULL)
        to->short_of_memory = true;
    else
        to->facts[to->package.fact_count++] = (struct package_fact){ tr(to->language, label), value };
}

static void add_day(struct gathered *to, const char *label, const char *iso)
{
    char day[DATE_ROOM];
    privacy_date(to->language, iso, day);
    add_fact(to, label, arena_string(to->arena, day));
}

/* In groups, so that people can read it out and a line can break. */
static void add_hash(struct gathered *to, const char *label, const char *hash)
{
    const char *text = "";
    for (size_t at = 0; text != NULL && at < strlen(hash); at += HASH_GROUP)
        text = arena_format(to->arena, "%s%s%.*s", text, at == 0 ? "" : " ", (int)HASH_GROUP, hash + at);
    add_fact(to, label, text);
}

static void add_facts(struct gathered *to)
{
    const struct manifest *manifest = &to->manifest;
    char check[48], fingerprint[65];
    manifest_print(manifest, check);
    sodium_bin2hex(fingerprint, sizeof fingerprint, manifest->fingerprint, sizeof manifest->fingerprint);
    add_fact(to, N_("Check code"), arena_string(to->arena, check));
    add_fact(to, N_("Key of the ballot box"), tr(to->language, wave_key_place(manifest)));
    if (to->rehearsal.done)
        add_day(to, N_("Rehearsed"), to->rehearsal.day);
    else
        add_fact(to, N_("Rehearsed"), tr(to->language, N_("no")));
    add_day(to, N_("Last day for answers"), manifest->closes);
    add_day(to, N_("To be deleted from"), manifest->deletes);
    add_fact(to, N_("Address of the survey"), arena_string(to->arena, manifest->issuer));
    add_fact(to, N_("Address of the ballot box"), arena_string(to->arena, manifest->collector));
    add_hash(to, N_("Manifest (SHA-256)"), fingerprint);
    add_hash(to, N_("Questionnaire (SHA-256)"), manifest->form);
    add_hash(to, N_("List of tables (SHA-256)"), manifest->tables[0] == '\0' ? "–" : manifest->tables);
    add_hash(to, N_("Program in the browser (SHA-384)"), manifest->client);
}

static void add_thresholds(const struct policy *policy, struct package_threshold rows[THRESHOLDS])
{
    for (size_t i = 0; i < THRESHOLDS; i++)
        rows[i] = (struct package_threshold){ thresholds[i].text,
                                              *(const unsigned *)((const char *)policy + thresholds[i].at) };
}

static void add_tables(struct gathered *to)
{
    const struct plan *plan = &to->tables.plan;
    struct package_table *tables = ARENA_NEW(to->arena, struct package_table, plan->count + 1);
    for (size_t i = 0; tables != NULL && i < plan->count; i++)
        tables[i] = (struct package_table){ plan->tables[i].id, plan->tables[i].indicator, plan->tables[i].title,
                                            plan->tables[i].columns, plan->tables[i].column_count };
    to->short_of_memory = to->short_of_memory || tables == NULL;
    to->package.tables = tables;
    to->package.table_count = plan->count;
    to->package.tables_fixed = to->tables.fixed;
    to->package.tables_hash = to->manifest.tables;
    add_thresholds(&to->tables.least, to->promised);
}

static void add_notice(const void *context, struct doc *doc)
{
    privacy_build(context, 2, doc);
}

/* --- the whole --- */

enum status package_beyond(struct arena *arena, const struct wave_tables *tables, const struct form *form,
                           const struct language *language, const char **text, struct fail *fail)
{
    struct plan beyond = { 0 };
    enum status status = tables_beyond(arena, form, tables, &beyond, fail);
    if (status != STATUS_OK)
        return status;
    const char *said = tr(language, N_("The program could make further tables of this questionnaire. They are not on the list that was "
                                       "fixed before the survey opened and are therefore not published, whoever asks; the next "
                                       "survey can have them:"));
    for (size_t i = 0; i < beyond.count && said != NULL; i++)
        said = arena_format(arena, "%s %s", said, beyond.tables[i].id);
    if (said == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the list of tables");
    *text = beyond.count == 0 ? NULL : said;
    return STATUS_OK;
}

static enum status gather(struct store *store, const char *dir, const struct wave *wave, struct gathered *to,
                          struct fail *fail)
{
    struct policy policy;
    char demo[8] = "";
    struct package *package = &to->package;
    enum status status = wave_manifest(dir, wave->name, &to->manifest, fail);
    if (status == STATUS_OK)
        status = policy_read(store, &policy, fail);
    if (status == STATUS_OK)
        status = wave_form(to->arena, dir, wave->name, &package->form, fail);
    if (status == STATUS_OK)
        status = wave_tables(to->arena, dir, wave->name, &to->tables, fail);
    if (status == STATUS_OK)
        status = package_beyond(to->arena, &to->tables, package->form, to->language, &package->beyond, fail);
    if (status != STATUS_OK)
        return status;
    wave_rehearsed(dir, &to->manifest, &to->rehearsal);
    privacy_read(store, &to->manifest, package->form, &to->privacy);
    add_facts(to);
    add_thresholds(&policy, to->in_force);
    add_tables(to);
    if (store_fact(store, "city", to->city, sizeof to->city, NULL) == STATUS_OK && to->city[0] != '\0')
        package->city = to->city;
    package->demo = store_fact(store, "demo", demo, sizeof demo, NULL) == STATUS_OK && strcmp(demo, "1") == 0;
    return to->short_of_memory ? FAIL(fail, STATUS_MEMORY, "not enough memory for %s", wave->name) : STATUS_OK;
}

enum status package_add(struct store *store, const char *dir, const struct wave *wave, struct doc *doc, struct fail *fail)
{
    struct gathered gathered = { .arena = doc->arena, .language = doc->language };
    enum status status = gather(store, dir, wave, &gathered, fail);
    if (status != STATUS_OK)
        return status;
    struct package *package = &gathered.package;
    package->wave = wave->name;
    package->facts = gathered.facts;
    package->in_force = gathered.in_force;
    package->promised = gathered.promised;
    package->threshold_count = THRESHOLDS;
    package->notice = add_notice;
    package->notice_context = &gathered.privacy;
    package_front(package, doc);
    package_build(package, doc);
    return doc_status(doc, fail);
}

enum status package_pdf(struct store *store, const char *dir, const char *name, const struct language *language,
                        struct buf *out, struct fail *fail)
{
    struct arena arena;
    struct doc doc;
    const struct wave *wave = NULL;
    size_t pages = 0;
    arena_init(&arena, PACKAGE_MEMORY);
    doc_init(&doc, &arena, language);
    enum status status = package_wave(store, &arena, name, &wave, fail);
    if (status == STATUS_OK)
        status = package_add(store, dir, wave, &doc, fail);
    if (status == STATUS_OK)
        status = doc_write_pdf(&doc, out, &pages, fail);
    arena_free(&arena);
    return status;
}

/* wave tables: what a survey publishes, or the next one would, and what that list hides in the figures of the last one. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "forms/format.h"
#include "survey/commands/waves.h"
#include "survey/tables_trial.h"

enum { MEMORY = 1 << 30 };

static void print_table(const struct arguments *arguments, const struct planned_table *table, const struct trial *trial)
{
    struct signs signs;
    printf("%-16s %s: %s", table->id, tr(arguments->language, table->indicator), tr(arguments->language, table->title));
    if (trial_signs(trial, table->id, &signs))
        printf(tr(arguments->language, N_(" (shown %zu, kept secret %zu)")), signs.shown, signs.secret);
    putchar('\n');
}

static void print_list(const struct arguments *arguments, const struct wave_tables *tables, const struct plan *beyond,
                       const struct trial *trial)
{
    const struct language *language = arguments->language;
    char thresholds[POLICY_TEXT];
    policy_print(&tables->least, thresholds);
    for (size_t i = 0; i < tables->plan.count; i++)
        print_table(arguments, &tables->plan.tables[i], trial);
    printf(tr(language, N_("%zu tables, the same for everybody who may read them; thresholds: %s.\n")), tables->plan.count,
           thresholds);
    if (beyond->count > 0) {
        printf("%s", tr(language, N_("Not on the list, so not published:")));
        for (size_t i = 0; i < beyond->count; i++)
            printf(" %s", beyond->tables[i].id);
        putchar('\n');
    }
    if (trial->release == NULL)
        return;
    printf(tr(language, N_("Tried with the figures of %s: %zu shown, %zu kept secret, %zu without a value; %.1f seconds. Nothing was "
                           "stored.\n")), trial->wave, trial->signs.shown, trial->signs.secret,
           trial->signs.other, trial->seconds);
}

static void print_json(const struct wave_tables *tables, const struct plan *beyond, const struct trial *trial)
{
    json_t *list = json_array(), *without = json_array();
    for (size_t i = 0; i < tables->plan.count; i++) {
        const struct planned_table *table = &tables->plan.tables[i];
        json_t *entry = json_pack("{s:s,s:s,s:s}", "id", table->id, "indicator", table->indicator, "title", table->title);
        struct signs signs;
        if (trial_signs(trial, table->id, &signs)) {
            json_object_set_new(entry, "shown", json_integer((json_int_t)signs.shown));
            json_object_set_new(entry, "secret", json_integer((json_int_t)signs.secret));
        }
        json_array_append_new(list, entry);
    }
    for (size_t i = 0; i < beyond->count; i++)
        json_array_append_new(without, json_string(beyond->tables[i].id));
    json_t *document = json_pack("{s:b,s:o,s:o,s:s,s:f}", "fixed", tables->fixed, "tables", list, "not_published", without,
                                 "tried_with", trial->wave, "seconds", trial->seconds);
    json_dumpf(document, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
    putchar('\n');
    json_decref(document);
}

enum status wave_tables_verb(const struct arguments *arguments, struct store *store, const char *name, struct fail *fail)
{
    struct arena arena;
    const char *dir = arguments->texts[OPT_dir];
    const struct form *form = NULL;
    struct wave_tables tables = { .fixed = false };
    struct plan beyond = { 0 };
    struct trial trial = { .release = NULL };
    arena_init(&arena, MEMORY);
    enum status status = name == NULL ? format_read(&arena, arguments->texts[OPT_form], &form, NULL, NULL, fail)
                                      : wave_form(&arena, dir, name, &form, fail);
    if (status == STATUS_OK)
        status = name == NULL ? tables_next(store, &arena, form, &tables, fail) : wave_tables(&arena, dir, name, &tables, fail);
    if (status == STATUS_OK && !tables.fixed)
        status = FAIL(fail, STATUS_MISSING, "the survey %s was frozen before lists of tables were fixed: all tables are published",
                      name);
    if (status == STATUS_OK)
        status = tables_beyond(&arena, form, &tables, &beyond, fail);
    if (status == STATUS_OK && name == NULL)
        status = tables_try(&arena, dir, &tables, &trial, fail);
    if (status == STATUS_OK && arguments->given[OPT_json])
        print_json(&tables, &beyond, &trial);
    else if (status == STATUS_OK)
        print_list(arguments, &tables, &beyond, &trial);
    arena_free(&arena);
    return status;
}

/* form print: a questionnaire as PDF for paper, of a file or of a frozen wave. */
#include <string.h>

#include "forms/format.h"
#include "reports/paper.h"
#include "survey/commands/commands.h"
#include "survey/wave.h"

enum { FACT_ROOM = 512, CHECK_ROOM = 48 };

/* A fact of the instance; NULL when nobody entered it. */
static const char *find_fact(struct arena *arena, struct store *store, const char *name)
{
    char value[FACT_ROOM] = "";
    if (store_fact(store, name, value, sizeof value, NULL) != STATUS_OK || value[0] == '\0')
        return NULL;
    return arena_string(arena, value);
}

enum status command_paper_wave(struct arena *arena, struct store *store, const char *dir, const char *name,
                               const struct language *language, struct paper_wave *wave, struct fail *fail)
{
    struct manifest manifest;
    char check[CHECK_ROOM];
    enum status status = wave_manifest(dir, name, &manifest, fail);
    if (status != STATUS_OK)
        return status;
    manifest_print(&manifest, check);
    const char *demo = find_fact(arena, store, "demo");
    *wave = (struct paper_wave){ .language = language, .city = find_fact(arena, store, "city"),
                                 .wave = arena_string(arena, name), .check = arena_string(arena, check),
                                 .closes = arena_string(arena, manifest.closes),
                                 .address = arena_format(arena, "%s/w/%s/", manifest.issuer, name),
                                 .staff_council = find_fact(arena, store, "staff_council"),
                                 .results_date = find_fact(arena, store, "results_date"),
                                 .complaints_office = find_fact(arena, store, "complaints_office"),
                                 .equality_office = find_fact(arena, store, "equality_office") };
    if (demo != NULL && strcmp(demo, "1") == 0)
        wave->demo = tr(language, N_("Demo with invented data"));
    if (wave->wave == NULL || wave->check == NULL || wave->closes == NULL || wave->address == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %s", name);
    return STATUS_OK;
}

/* Without a wave: no check code, no closing day, no list of units. */
static enum status find_form(const struct arguments *arguments, struct arena *arena, struct paper_wave *wave,
                             const struct form **form, struct fail *fail)
{
    const char *name = arguments->texts[OPT_wave];
    wave->language = language_find(arguments->texts[OPT_language], arguments->language);
    if (name == NULL)
        return form_read(arena, arguments->words[1], form, NULL, NULL, fail);
    struct store *store = NULL;
    struct wave known;
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK)
        status = store_wave_find(store, name, &known, fail);
    if (status == STATUS_OK)
        status = wave_form(arena, arguments->texts[OPT_dir], name, form, fail);
    if (status == STATUS_OK)
        status = command_paper_wave(arena, store, arguments->texts[OPT_dir], name, wave->language, wave, fail);
    store_close(store);
    return status;
}

/* The form's language is the one asked for, even when the program does not speak it. */
enum status print_form(const struct arguments *arguments, struct fail *fail)
{
    if (arguments->texts[OPT_output] == NULL)
        return FAIL(fail, STATUS_USAGE, "say where to write the questionnaire: --output questionnaire.pdf");
    struct arena arena;
    struct buf out;
    struct paper_wave wave = { 0 };
    const struct form *form = NULL;
    const char *asked = arguments->texts[OPT_language];
    arena_init(&arena, 256 << 20);
    buf_init(&out, 256 << 20);
    enum status status = find_form(arguments, &arena, &wave, &form, fail);
    if (status == STATUS_OK)
        status = paper_form(&arena, &wave, form, asked != NULL ? asked : language_code(arguments->language), &out, fail);
    if (status == STATUS_OK)
        status = buf_write_file(&out, arguments->texts[OPT_output], 0644, fail);
    buf_free(&out);
    arena_free(&arena);
    return status;
}

/* doctor: prints what survey/doctor found. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "survey/commands/commands.h"
#include "survey/doctor/doctor.h"

enum { MEMORY = 256 << 20 };

static const char *const level_ids[] = { "good", "look", "must" };

static const char *level_name(enum level level)
{
    switch (level) {
    case LEVEL_GOOD: return N_("good");
    case LEVEL_LOOK: return N_("look at it");
    case LEVEL_MUST: return N_("must be mended");
    }
    return "";
}

static size_t count_level(const struct findings *findings, enum level level)
{
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += findings->rows[i].level == level ? 1 : 0;
    return count;
}

static enum status print_json(const struct findings *findings, struct fail *fail)
{
    json_t *list = json_array();
    for (size_t i = 0; i < findings->count; i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "check", findings->rows[i].check, "level",
                                              level_ids[findings->rows[i].level], "text", findings->rows[i].text));
    json_t *all = json_pack("{s:i, s:i, s:i, s:o}", "good", (int)count_level(findings, LEVEL_GOOD), "look",
                            (int)count_level(findings, LEVEL_LOOK), "must", (int)count_level(findings, LEVEL_MUST),
                            "findings", list);
    char *text = all == NULL ? NULL : json_dumps(all, JSON_INDENT(1));
    if (text != NULL)
        puts(text);
    json_decref(all);
    enum status status = text == NULL ? FAIL(fail, STATUS_MEMORY, "not enough memory for the result") : STATUS_OK;
    free(text);
    return status;
}

static void print_text(const struct findings *findings)
{
    const char *title = NULL;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *row = &findings->rows[i];
        if (row->title != title)
            printf("%s\n", tr(findings->language, row->title));
        title = row->title;
        printf("  [%s] %s\n", tr(findings->language, level_name(row->level)), row->text);
    }
    printf(tr(findings->language, N_("\n%zu to mend, %zu to look at, %zu good\n")), count_level(findings, LEVEL_MUST),
           count_level(findings, LEVEL_LOOK), count_level(findings, LEVEL_GOOD));
}

enum status run_doctor(const struct arguments *arguments, struct fail *fail)
{
    struct arena arena;
    struct doctor_options options = { .dir = arguments->texts[OPT_dir],
                                      .port = (unsigned)arguments->numbers[OPT_port] };
    if (arguments->given[OPT_nginx])
        options.nginx[options.nginx_count++] = arguments->texts[OPT_nginx];
    for (size_t i = 0; i < arguments->word_count && options.nginx_count < DOCTOR_NGINX_MAX; i++)
        options.nginx[options.nginx_count++] = arguments->words[i];
    arena_init(&arena, MEMORY);
    struct findings *findings = ARENA_NEW(&arena, struct findings, 1);
    if (findings == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the result");
    *findings = (struct findings){ .language = arguments->language, .arena = &arena };
    enum status status = doctor_run(&options, findings, fail);
    if (status == STATUS_OK && arguments->given[OPT_json])
        status = print_json(findings, fail);
    else if (status == STATUS_OK)
        print_text(findings);
    if (status == STATUS_OK && count_level(findings, LEVEL_MUST) > 0)
        status = FAIL(fail, STATUS_DENIED, "something must be mended before people take part");
    arena_free(&arena);
    return status;
}

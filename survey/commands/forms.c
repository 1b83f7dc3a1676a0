/* form: checks a questionnaire and says what is in it. Printing is paper.c. */
#include <stdio.h>
#include <string.h>

#include "forms/form_check.h"
#include "forms/form_yaml.h"
#include "survey/commands/commands.h"

enum { MESSAGE_MAX = 500 };

struct messages {
    struct arena *arena;
    struct form_message errors[MESSAGE_MAX], warnings[MESSAGE_MAX];
    size_t error_count, warning_count;
};

static void keep(struct messages *messages, bool error, const char *where, const char *message)
{
    size_t *count = error ? &messages->error_count : &messages->warning_count;
    if (*count == MESSAGE_MAX)
        return;
    struct form_message *kept = &(error ? messages->errors : messages->warnings)[(*count)++];
    kept->where = arena_string(messages->arena, where);
    kept->message = arena_string(messages->arena, message);
    if (kept->where == NULL || kept->message == NULL)
        (*count)--;
}

static void keep_fault(void *context, const char *where, const char *message)
{
    keep(context, true, where, message);
}

static void keep_finding(void *context, const struct form_finding *finding)
{
    char where[256];
    if (finding->line == 0)
        snprintf(where, sizeof where, "%s", finding->where);
    else
        snprintf(where, sizeof where, "%u:%u (%s)", finding->line, finding->column, finding->where);
    keep(context, finding->kind == FINDING_FAULT, where, finding->message);
}

static void print_people(const struct arguments *arguments, const struct messages *messages,
                         const struct form_counts *counts)
{
    const struct language *language = arguments->language;
    for (size_t i = 0; i < messages->error_count; i++)
        fprintf(stderr, "%s: %s: %s\n", messages->errors[i].where, tr(language, N_("error")),
                messages->errors[i].message);
    for (size_t i = 0; i < messages->warning_count; i++)
        fprintf(stderr, "%s: %s: %s\n", messages->warnings[i].where, tr(language, N_("warning")),
                messages->warnings[i].message);
    printf(tr(language, N_("%zu pages, %zu questions, %zu answers; %zu errors, %zu warnings\n")), counts->pages,
           counts->questions, counts->answers, messages->error_count, messages->warning_count);
}

static enum status check_form(const struct arguments *arguments, struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, 256 << 20);
    struct messages *messages = ARENA_NEW(&arena, struct messages, 1);
    if (messages == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to read the file");
    messages->arena = &arena;
    const struct form *form = NULL;
    struct form_counts counts = { 0 };
    enum status status = form_read(&arena, arguments->words[1], &form, keep_fault, messages, fail);
    if (status == STATUS_OK)
        form_check(form, keep_finding, messages, arguments->language, &counts);
    else if (messages->error_count == 0 && fail != NULL)
        keep(messages, true, arguments->words[1], fail->what);
    if (arguments->given[OPT_json]) {
        struct buf out;
        buf_init(&out, 16 << 20);
        form_check_json("yaml", status == STATUS_OK ? form : NULL, &counts, messages->errors, messages->error_count,
                        messages->warnings, messages->warning_count, &out);
        fwrite(out.bytes, 1, out.length, stdout);
        putchar('\n');
        buf_free(&out);
    } else {
        print_people(arguments, messages, &counts);
    }
    if (status == STATUS_OK && messages->error_count > 0)
        status = FAIL(fail, STATUS_INPUT, "%s cannot be used: mend the errors above", arguments->words[1]);
    arena_free(&arena);
    return status;
}

enum status run_form(const struct arguments *arguments, struct fail *fail)
{
    const bool file = arguments->word_count == 2;
    if (strcmp(arguments->words[0], "check") == 0 && file)
        return check_form(arguments, fail);
    if (strcmp(arguments->words[0], "print") == 0 && file != arguments->given[OPT_wave])
        return print_form(arguments, fail);
    return command_usage(arguments, fail);
}

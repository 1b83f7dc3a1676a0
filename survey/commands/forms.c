/* form: checks a questionnaire of any format and says what is in it, or writes it in another format. Printing is
 * paper.c. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "forms/form_check.h"
#include "forms/format.h"
#include "survey/commands/commands.h"

enum { MESSAGE_MAX = 2000, CONVERTED_MAX = 32 << 20 };

/* What reading, checking and writing say; the texts live in the arena. */
struct messages {
    struct arena *arena;
    struct form_message errors[MESSAGE_MAX], warnings[MESSAGE_MAX];
    struct form_loss losses[MESSAGE_MAX];
    struct form_report report;
    bool lines; /* lines of the file mean something to its reader: it is native and one file */
};

static void keep(struct messages *messages, bool error, const char *where, const char *message)
{
    size_t *count = error ? &messages->report.error_count : &messages->report.warning_count;
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

static void keep_loss(void *context, const char *where, const char *what, const char *instead)
{
    struct messages *messages = context;
    if (messages->report.loss_count == MESSAGE_MAX)
        return;
    struct form_loss *kept = &messages->losses[messages->report.loss_count++];
    kept->where = arena_string(messages->arena, where);
    kept->what = arena_string(messages->arena, what);
    kept->instead = instead != NULL ? arena_string(messages->arena, instead) : NULL;
    if (kept->where == NULL || kept->what == NULL)
        messages->report.loss_count--;
}

static void keep_finding(void *context, const struct form_finding *finding)
{
    const struct messages *messages = context;
    char where[256];
    if (finding->line == 0 || !messages->lines)
        snprintf(where, sizeof where, "%s", finding->where);
    else
        snprintf(where, sizeof where, "%u:%u (%s)", finding->line, finding->column, finding->where);
    keep(context, finding->kind == FINDING_FAULT, where, finding->message);
}

static void print_messages(const struct language *language, const struct messages *messages)
{
    const struct form_report *report = &messages->report;
    for (size_t i = 0; i < report->error_count; i++)
        fprintf(stderr, "%s: %s: %s\n", report->errors[i].where, tr(language, N_("error")), report->errors[i].message);
    for (size_t i = 0; i < report->warning_count; i++)
        fprintf(stderr, "%s: %s: %s\n", report->warnings[i].where, tr(language, N_("warning")),
                report->warnings[i].message);
    for (size_t i = 0; i < report->loss_count; i++)
        fprintf(stderr, "%s: %s: %s%s%s\n", report->losses[i].where, tr(language, N_("not taken over")),
                report->losses[i].what, report->losses[i].instead != NULL ? "; " : "",
                report->losses[i].instead != NULL ? report->losses[i].instead : "");
}

static void print_languages(const struct language *language, const struct form_report *report)
{
    for (size_t i = 0; report->form != NULL && i < report->form->language_count; i++) {
        const char *code = report->form->languages[i];
        if (report->form->draft[i])
            printf(tr(language, N_("%s: a draft, no native speaker has checked it yet\n")), code);
        if (report->counts.missing[i] > 0)
            printf(tr(language, N_("%s: %zu of %zu texts are missing; another language stands there\n")), code,
                   report->counts.missing[i], report->counts.texts);
    }
}

static void print_report(const struct arguments *arguments, const struct messages *messages)
{
    const struct form_report *report = &messages->report;
    if (arguments->given[OPT_json]) {
        struct buf out;
        buf_init(&out, CONVERTED_MAX);
        form_check_json(report, &out);
        fwrite(out.bytes, 1, out.length, stdout);
        putchar('\n');
        buf_free(&out);
        return;
    }
    print_messages(arguments->language, messages);
    print_languages(arguments->language, report);
    printf(tr(arguments->language,
              N_("%zu pages, %zu questions, %zu answers; %zu errors, %zu warnings, %zu not taken over\n")),
           report->counts.pages, report->counts.questions, report->counts.answers, report->error_count,
           report->warning_count, report->loss_count);
}

/* Reads and checks the form; its native text goes to yaml. */
static enum status read_form(const struct arguments *arguments, struct messages *messages, struct buf *yaml,
                             struct fail *fail)
{
    const char *path = arguments->words[1];
    const struct form *form = NULL;
    const struct format *format = strpbrk(path, "./") != NULL ? format_find(path) : NULL;
    const struct form_hooks hooks = { .fault = keep_fault, .lost = keep_loss, .context = messages };
    messages->report.format = format != NULL ? format->id : formats[0]->id;
    messages->lines = strpbrk(path, "./") != NULL && strcmp(messages->report.format, formats[0]->id) == 0;
    enum status status = format_read(messages->arena, path, &form, yaml, &hooks, fail);
    if (status == STATUS_OK) {
        messages->report.form = form;
        form_check(form, keep_finding, messages, arguments->language, &messages->report.counts);
    } else if (messages->report.error_count == 0 && fail != NULL) {
        keep(messages, true, path, fail->what);
    }
    messages->report.errors = messages->errors;
    messages->report.warnings = messages->warnings;
    messages->report.losses = messages->losses;
    return status;
}

static enum status check_form(const struct arguments *arguments, struct messages *messages, struct fail *fail)
{
    enum status status = read_form(arguments, messages, NULL, fail);
    print_report(arguments, messages);
    if (status == STATUS_OK && messages->report.error_count > 0)
        status = FAIL(fail, STATUS_INPUT, "%s cannot be used: mend the errors above", arguments->words[1]);
    return status;
}

static enum status find_target(const struct arguments *arguments, const struct format **format, struct fail *fail)
{
    const char *path = arguments->words[2];
    *format = format_find(path);
    if (*format != NULL && (*format)->write != NULL && (arguments->given[OPT_yes] || access(path, F_OK) != 0))
        return STATUS_OK;
    if (*format != NULL && (*format)->write != NULL)
        return FAIL(fail, STATUS_CONFLICT, "%s exists already; --yes writes over it", path);
    struct buf names;
    buf_init(&names, FAIL_WHAT_MAX / 2);
    for (size_t i = 0; formats[i] != NULL; i++)
        if (formats[i]->write != NULL)
            buf_format(&names, "%s%.*s", names.length > 0 ? ", " : "", (int)strcspn(formats[i]->extensions, " "),
                       formats[i]->extensions);
    enum status status = FAIL(fail, STATUS_USAGE, "%s: this format cannot be written; the name must end in one of %s",
                              path, names.bytes);
    buf_free(&names);
    return status;
}

static enum status convert_form(const struct arguments *arguments, struct messages *messages, struct fail *fail)
{
    const char *path = arguments->words[2];
    const struct format *format = NULL;
    const struct form_hooks hooks = { .fault = keep_fault, .lost = keep_loss, .context = messages };
    struct buf yaml;
    struct buf made;
    buf_init(&yaml, CONVERTED_MAX);
    buf_init(&made, CONVERTED_MAX);
    enum status status = find_target(arguments, &format, fail);
    if (status == STATUS_OK) {
        status = read_form(arguments, messages, &yaml, fail);
        if (status == STATUS_OK && format != formats[0]) /* a native file stays as its author wrote it */
            status = format->write(messages->report.form, &hooks, &made, fail);
        if (status == STATUS_OK)
            status = buf_write_file(format != formats[0] ? &made : &yaml, path, 0644, fail);
        print_report(arguments, messages);
    }
    if (status == STATUS_OK && !arguments->given[OPT_json])
        printf(tr(arguments->language, N_("Written: %s\n")), path);
    buf_free(&yaml);
    buf_free(&made);
    return status;
}

enum status run_form(const struct arguments *arguments, struct fail *fail)
{
    const char *word = arguments->words[0];
    const bool check = strcmp(word, "check") == 0 && arguments->word_count == 2;
    const bool convert = strcmp(word, "convert") == 0 && arguments->word_count == 3;
    if (strcmp(word, "print") == 0 && arguments->word_count < 3 &&
        (arguments->word_count == 2) != arguments->given[OPT_wave])
        return print_form(arguments, fail);
    if (!check && !convert)
        return command_usage(arguments, fail);
    struct arena arena;
    arena_init(&arena, 256 << 20);
    struct messages *messages = ARENA_NEW(&arena, struct messages, 1);
    if (messages == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to read the file");
    messages->arena = &arena;
    enum status status = convert ? convert_form(arguments, messages, fail) : check_form(arguments, messages, fail);
    arena_free(&arena);
    return status;
}

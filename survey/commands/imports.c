/* import: a file of the personnel office in, the last one out again, and what may stand in which file. */
#include <inttypes.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "survey/commands/commands.h"
#include "survey/commands/job.h"
#include "survey/import.h"

enum { IMPORT_FILE_MAX = 256 << 20 };

static const char *severity_name(enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR: return N_("error");
    case SEVERITY_WARNING: return N_("warning");
    case SEVERITY_INFO: return N_("note");
    }
    return "";
}

static void print_findings(const struct arguments *arguments, const char *file, const struct import_report *report)
{
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct finding *finding = &report->findings[i];
        fputs(file, stderr);
        if (finding->line > 0)
            fprintf(stderr, ":%" PRIu32, finding->line);
        fprintf(stderr, "%s%s: %s %s: %s\n", finding->column == NULL ? "" : ":",
                finding->column == NULL ? "" : finding->column,
                tr(arguments->language, severity_name(finding->severity)), finding->rule, finding->message);
        if (finding->more > 0)
            fprintf(stderr, tr(arguments->language, N_("    … and %zu more like this\n")), finding->more);
    }
}

static void print_import_json(const struct import_report *report)
{
    json_t *findings = json_array();
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct finding *finding = &report->findings[i];
        json_array_append_new(findings,
                              json_pack("{s:s,s:s,s:i,s:s?,s:s,s:I}", "severity", severity_name(finding->severity), "rule",
                                        finding->rule, "line", (int)finding->line, "column", finding->column, "message",
                                        finding->message, "more", (json_int_t)finding->more));
    }
    json_t *document =
        json_pack("{s:s,s:s,s:I,s:I,s:I,s:b,s:o}", "kind", report->kind, "encoding", encoding_name(report->encoding),
                  "rows", (json_int_t)report->rows, "errors", (json_int_t)report->errors, "warnings",
                  (json_int_t)report->warnings, "stored", report->stored, "findings", findings);
    json_dumpf(document, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(document);
}

/* Before anything is stored: how the file was read. */
static void print_sample(const struct arguments *arguments, const struct import_report *report)
{
    const struct import_sample *sample = &report->sample;
    const struct language *language = arguments->language;
    if (sample->columns == 0)
        return;
    if (report->header_line == 0)
        printf(tr(language, N_("Read as %s, columns divided by %s, without names of the columns:\n")), encoding_name(report->encoding),
               tr(language, import_delimiter(report->delimiter)));
    else
        printf(tr(language, N_("Read as %s, columns divided by %s, names of the columns in line %u:\n")),
               encoding_name(report->encoding), tr(language, import_delimiter(report->delimiter)), (unsigned)report->header_line);
    for (size_t row = 0; row <= sample->rows && sample->columns > 0; row++) {
        printf("    ");
        for (size_t column = 0; column < sample->columns; column++)
            printf("%s%s", column == 0 ? "" : " | ", sample->cells[row * sample->columns + column]);
        putchar('\n');
    }
}

static void print_report(const struct arguments *arguments, const struct import_report *report, enum status status)
{
    const struct language *language = arguments->language;
    if (arguments->given[OPT_dry_run] && !arguments->given[OPT_json])
        print_sample(arguments, report);
    print_findings(arguments, arguments->words[1], report);
    if (arguments->given[OPT_json])
        print_import_json(report);
    else if (status == STATUS_OK)
        printf(tr(language, N_("%zu rows (%s), %zu warnings: %s\n")), report->rows, encoding_name(report->encoding), report->warnings,
               tr(language, report->stored ? N_("stored") : N_("checked, not stored")));
    fflush(stdout); /* a signal that came too late to stop the import ends the program now */
}

static enum status import_one(const struct arguments *arguments, struct fail *fail)
{
    const char *file = arguments->words[1];
    struct job job;
    struct arena arena;
    struct buf bytes;
    struct store *store = NULL;
    struct import_report report = { 0 };
    struct import_map map;
    const char *mode = arguments->texts[OPT_mode];
    if (strcmp(mode, "B") != 0 && strcmp(mode, "C") != 0)
        return FAIL(fail, STATUS_USAGE, "--mode is B or C");
    arena_init(&arena, (size_t)4 << 30);
    buf_init(&bytes, IMPORT_FILE_MAX);
    job_begin(&job, arguments->language);
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK)
        status = buf_read_file(&bytes, file, fail);
    if (status == STATUS_OK && arguments->given[OPT_map])
        status = import_map_open(&arena, arguments->texts[OPT_map], &map, fail);
    if (status == STATUS_OK)
        status = import_map_date(arguments->given[OPT_map] ? &map : NULL, arguments->texts[OPT_date], fail);
    if (status == STATUS_OK) {
        const struct import_file delivered = { .kind = arguments->words[0],
                                               .bytes = bytes.bytes == NULL ? "" : bytes.bytes,
                                               .length = bytes.length,
                                               .own = &bytes,
                                               .user = "command line",
                                               .mode = mode[0],
                                               .map = arguments->given[OPT_map] ? &map : NULL,
                                               .dry_run = arguments->given[OPT_dry_run],
                                               .accept_warnings = arguments->given[OPT_accept_warnings],
                                               .language = arguments->language,
                                               .steps = &job.steps };
        status = import_bytes(store, &arena, &delivered, &report, fail);
        job_bar_end(&job);
        if (!report.stopped)
            print_report(arguments, &report, status);
    }
    store_close(store);
    if (bytes.bytes != NULL)
        sodium_memzero(bytes.bytes, bytes.length); /* it may have been about persons; its unused room is left alone */
    buf_free(&bytes);
    arena_free(&arena);
    job_end(&job);
    return status;
}

static enum status undo(const struct arguments *arguments, struct fail *fail)
{
    struct store *store = NULL;
    struct delivery undone;
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK)
        status = import_undo(store, "command line", &undone, fail);
    if (status == STATUS_OK && arguments->given[OPT_json])
        printf("{\"undone\":\"%s\",\"rows\":%zu,\"day\":\"%s\"}\n", undone.kind, undone.rows, undone.day);
    else if (status == STATUS_OK)
        printf(tr(arguments->language, N_("Undone: %s, %zu rows, stored on %s.\n")), undone.kind, undone.rows,
               undone.day);
    store_close(store);
    return status;
}

static void print_columns(const struct arguments *arguments, const struct import_kind *kind, FILE *out)
{
    struct import_column column;
    for (size_t i = 0; import_column_at(kind, i, arguments->language, &column); i++)
        fprintf(out, "    %-30s %s%s\n", column.name, column.what,
                column.optional ? tr(arguments->language, N_(" (may be missing)")) : "");
}

static enum status list_kinds(const struct arguments *arguments)
{
    struct import_kind kind;
    for (size_t i = 0; import_kind_at(i, &kind); i++) {
        printf("%s%s (%s): %s\n", i == 0 ? "" : "\n", kind.kind, kind.file, tr(arguments->language, kind.title));
        print_columns(arguments, &kind, stdout);
    }
    return STATUS_OK;
}

/* The template to standard output, so that it can go into a file; the explanation beside it. */
static enum status print_template(const struct arguments *arguments, struct fail *fail)
{
    struct import_kind kind;
    struct buf text;
    enum status status = import_kind_find(arguments->words[1], &kind, fail);
    if (status != STATUS_OK)
        return status;
    buf_init(&text, 64 * 1024);
    import_template(&kind, &text);
    status = buf_status(&text, "template", fail);
    if (status == STATUS_OK)
        fputs(text.bytes, stdout);
    buf_free(&text);
    if (status != STATUS_OK || fflush(stdout) != 0)
        return status == STATUS_OK ? fail_errno(fail, "write", "template") : status;
    fprintf(stderr, "%s (%s): %s\n", kind.kind, kind.file, tr(arguments->language, kind.title));
    print_columns(arguments, &kind, stderr);
    return STATUS_OK;
}

enum status run_import(const struct arguments *arguments, struct fail *fail)
{
    const char *what = arguments->words[0];
    bool alone = arguments->word_count == 1;
    if (alone && strcmp(what, "undo") == 0)
        return undo(arguments, fail);
    if (alone && strcmp(what, "kinds") == 0)
        return list_kinds(arguments);
    if (!alone && strcmp(what, "template") == 0)
        return print_template(arguments, fail);
    return alone ? command_usage(arguments, fail) : import_one(arguments, fail);
}

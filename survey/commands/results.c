/* import, indicators, report, export: files in, figures and the council's PDF out. Every figure comes from a release. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "survey/commands/commands.h"
#include "survey/import.h"
#include "survey/results.h"

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
        fprintf(stderr, "%s:%" PRIu32 "%s%s: %s %s: %s\n", file, finding->line, finding->column == NULL ? "" : ":",
                finding->column == NULL ? "" : finding->column,
                tr(arguments->language, severity_name(finding->severity)), finding->rule, finding->message);
    }
}

static void print_import_json(const struct import_report *report)
{
    json_t *findings = json_array();
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct finding *finding = &report->findings[i];
        json_array_append_new(findings,
                              json_pack("{s:s,s:s,s:i,s:s?,s:s}", "severity", severity_name(finding->severity), "rule",
                                        finding->rule, "line", (int)finding->line, "column", finding->column,
                                        "message", finding->message));
    }
    json_t *document = json_pack("{s:s,s:s,s:I,s:I,s:I,s:b,s:o}", "kind", report->kind, "encoding",
                                 encoding_name(report->encoding), "rows", (json_int_t)report->rows, "errors",
                                 (json_int_t)report->errors, "warnings", (json_int_t)report->warnings, "stored",
                                 report->stored, "findings", findings);
    json_dumpf(document, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(document);
}

enum status run_import(const struct arguments *arguments, struct fail *fail)
{
    const char *file = arguments->words[1];
    struct arena arena;
    struct buf bytes;
    struct store *store = NULL;
    struct import_report report = { 0 };
    arena_init(&arena, (size_t)4 << 30);
    buf_init(&bytes, IMPORT_FILE_MAX);
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK)
        status = buf_read_file(&bytes, file, fail);
    if (status == STATUS_OK) {
        status = import_bytes(store, &arena, arguments->words[0], bytes.bytes == NULL ? "" : bytes.bytes, bytes.length,
                              arguments->given[OPT_dry_run], "command line", arguments->language, &report, fail);
        print_findings(arguments, file, &report);
        if (arguments->given[OPT_json])
            print_import_json(&report);
        else if (status == STATUS_OK)
            printf(tr(arguments->language, N_("%zu rows (%s), %zu warnings: %s\n")), report.rows,
                   encoding_name(report.encoding), report.warnings,
                   tr(arguments->language, report.stored ? N_("stored") : N_("checked, not stored")));
    }
    store_close(store);
    buf_free(&bytes);
    arena_free(&arena);
    return status;
}

enum status run_indicators(const struct arguments *arguments, struct fail *fail)
{
    struct results results;
    enum status status = results_open(&results, arguments->texts[OPT_dir], arguments->texts[OPT_wave], fail);
    if (status == STATUS_OK && arguments->given[OPT_json])
        status = results_json(results.release, stdout, fail);
    else if (status == STATUS_OK)
        results_print(results.release, arguments->language, stdout);
    results_close(&results);
    return status;
}

static enum status verify_report(const struct arguments *arguments, const struct results *results, struct fail *fail)
{
    const char *path = arguments->texts[OPT_verify];
    const struct language *language = NULL;
    enum verdict verdict = VERDICT_FOREIGN;
    enum status status = results_verify(results, path, &verdict, &language, fail);
    if (status != STATUS_OK)
        return status;
    switch (verdict) {
    case VERDICT_SAME:
        printf(tr(arguments->language, N_("%s: the report on %s, unchanged to the last byte (%s)\n")), path,
               results->release->wave, language_name(language));
        return STATUS_OK;
    case VERDICT_FIGURES:
        return FAIL(fail, STATUS_INPUT, "%s: names the figures of %s, but it is not the file this program makes of them: "
                                        "it was changed, or made with other texts or by another version", path,
                    results->release->wave);
    case VERDICT_OTHER:
        return FAIL(fail, STATUS_INPUT, "%s: a report of other figures than those of %s; name the survey with --wave",
                    path, results->release->wave);
    case VERDICT_FOREIGN:
        break;
    }
    return FAIL(fail, STATUS_INPUT, "%s: no report of this program, or one whose description was removed", path);
}

enum status run_report(const struct arguments *arguments, struct fail *fail)
{
    const char *path = arguments->texts[OPT_output] == NULL ? "report.pdf" : arguments->texts[OPT_output];
    struct results results;
    struct report_facts facts;
    const struct language *language =
        arguments->given[OPT_language] ? arguments->language : language_default;
    enum status status = results_open(&results, arguments->texts[OPT_dir], arguments->texts[OPT_wave], fail);
    if (status == STATUS_OK && arguments->texts[OPT_verify] != NULL) {
        status = verify_report(arguments, &results, fail);
        results_close(&results);
        return status;
    }
    if (status == STATUS_OK)
        status = results_report(&results, language, path, &facts, fail);
    if (status == STATUS_OK && arguments->given[OPT_json])
        printf("{\"pages\":%zu,\"sha256\":\"%s\",\"seconds\":%.3f,\"suppressed\":%zu}\n", facts.pages, facts.sha256,
               facts.seconds, results.release->suppressed);
    else if (status == STATUS_OK && facts.pages == 0)
        printf(tr(arguments->language, N_("Written: %s\n")), path);
    else if (status == STATUS_OK)
        printf(tr(arguments->language, N_("%s: %zu pages\n")), path, facts.pages);
    results_close(&results);
    return status;
}

enum status run_export(const struct arguments *arguments, struct fail *fail)
{
    bool cover = strcmp(arguments->words[0], "cover") == 0;
    const char *path = arguments->texts[OPT_output];
    const struct language *language =
        arguments->given[OPT_language] ? arguments->language : language_default;
    struct results results;
    if (!cover && strcmp(arguments->words[0], "tables") != 0)
        return FAIL(fail, STATUS_USAGE, "export knows: cover, tables");
    if (path == NULL)
        path = cover ? "cover.odt" : "tables.xlsx";
    enum status status = results_open(&results, arguments->texts[OPT_dir], arguments->texts[OPT_wave], fail);
    if (status == STATUS_OK)
        status = cover ? results_cover(&results, language, path, fail) : results_tables(&results, language, path, fail);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("Written: %s\n")), path);
    results_close(&results);
    return status;
}

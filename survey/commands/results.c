/* indicators, report, export: figures and the council's PDF. Every figure comes from a release. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "survey/commands/commands.h"
#include "survey/package.h"
#include "survey/results.h"

enum { PACKAGE_MAX = 64 << 20 };

/* On standard error: what is printed or written stays what it is. */
static void tell_late(const struct arguments *arguments, const struct results *results)
{
    if (results->late)
        fprintf(stderr, tr(arguments->language, N_("Data came in after the figures of %s were protected on %s; they are not in "
                                                   "them. querschnitt wave protect %s protects all tables again\n")),
                results->release->wave, results->created, results->release->wave);
}

/* Any command that gives figures out. */
static enum status open_results(const struct arguments *arguments, struct results *results, struct fail *fail)
{
    enum status status = results_open(results, arguments->texts[OPT_dir], arguments->texts[OPT_wave], fail);
    if (status == STATUS_OK)
        tell_late(arguments, results);
    return status;
}

enum status run_indicators(const struct arguments *arguments, struct fail *fail)
{
    struct results results;
    enum status status = open_results(arguments, &results, fail);
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
    enum status status = open_results(arguments, &results, fail);
    if (status == STATUS_OK && arguments->texts[OPT_verify] != NULL) {
        status = verify_report(arguments, &results, fail);
        results_close(&results);
        return status;
    }
    if (status == STATUS_OK)
        status = results_report(&results, language, path, &facts, fail);
    if (status == STATUS_OK && arguments->given[OPT_json])
        printf("{\"pages\":%zu,\"sha256\":\"%s\",\"seconds\":%.3f,\"suppressed\":%zu,\"fingerprint\":\"%s\"}\n",
               facts.pages, facts.sha256, facts.seconds, results.release->suppressed, results.release->fingerprint);
    else if (status == STATUS_OK && facts.pages == 0)
        printf(tr(arguments->language, N_("Written: %s\n")), path);
    else if (status == STATUS_OK)
        printf(tr(arguments->language, N_("%s: %zu pages, figures %s\n")), path, facts.pages, results.release->fingerprint);
    results_close(&results);
    return status;
}

/* It needs no figures, only a frozen survey. */
static enum status export_package(const struct arguments *arguments, const struct language *language, struct fail *fail)
{
    const char *path = arguments->texts[OPT_output] == NULL ? "package.pdf" : arguments->texts[OPT_output];
    struct store *store = NULL;
    struct buf bytes;
    buf_init(&bytes, PACKAGE_MAX);
    enum status status = command_store(arguments, &store, fail);
    if (status == STATUS_OK)
        status = package_pdf(store, arguments->texts[OPT_dir], arguments->texts[OPT_wave], language, &bytes, fail);
    if (status == STATUS_OK)
        status = buf_write_file(&bytes, path, 0644, fail);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("Written: %s\n")), path);
    store_close(store);
    buf_free(&bytes);
    return status;
}

enum status run_export(const struct arguments *arguments, struct fail *fail)
{
    static const struct {
        const char *word, *path;
        enum export_kind kind;
    } kinds[] = { { "short", "short.pdf", EXPORT_SHORT },
                  { "cover", "cover.odt", EXPORT_COVER },
                  { "tables", "tables.xlsx", EXPORT_TABLES },
                  { "figures", "figures.zip", EXPORT_FIGURES } };
    const struct language *language =
        arguments->given[OPT_language] ? arguments->language : language_default;
    struct results results;
    size_t kind = 0;
    if (strcmp(arguments->words[0], "package") == 0)
        return export_package(arguments, language, fail);
    while (kind < COUNT(kinds) && strcmp(arguments->words[0], kinds[kind].word) != 0)
        kind++;
    if (kind == COUNT(kinds))
        return FAIL(fail, STATUS_USAGE, "export knows: short, cover, tables, figures, package");
    const char *path = arguments->texts[OPT_output] == NULL ? kinds[kind].path : arguments->texts[OPT_output];
    enum status status = open_results(arguments, &results, fail);
    if (status == STATUS_OK)
        status = results_export(&results, kinds[kind].kind, language, path, fail);
    if (status == STATUS_OK)
        printf(tr(arguments->language, N_("Written: %s\n")), path);
    results_close(&results);
    return status;
}

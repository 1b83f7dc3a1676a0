/* Keeps what an import has to say: rule, place, sentence. Of a file full of faults the first thousand, then one of every kind
 * with the number of those like it. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "survey/import_private.h"

static bool is_personal(const struct import_report *report, uint32_t line, const char *column)
{
    for (size_t i = 0; report->persons && column != NULL && i < report->finding_count; i++) {
        const struct finding *finding = &report->findings[i];
        if (finding->line == line && finding->column != NULL && strcmp(finding->rule, "V03") == 0 &&
            strcasecmp(finding->column, column) == 0)
            return true;
    }
    return false;
}

static bool same_kind(const struct finding *finding, const char *rule, const char *column)
{
    return strcmp(finding->rule, rule) == 0 && (finding->column == NULL) == (column == NULL) &&
           (column == NULL || strcmp(finding->column, column) == 0);
}

/* Of a full list: whether one of its kind stands at the end already, which then counts this one too. */
static bool counted_with_its_kind(struct import_report *report, const char *rule, const char *column)
{
    for (size_t i = FINDING_MAX; i < report->finding_count; i++)
        if (same_kind(&report->findings[i], rule, column)) {
            report->findings[i].more++;
            return true;
        }
    return report->finding_count == FINDING_MAX + FINDING_KINDS;
}

void import_finding(struct import_report *report, struct arena *arena, const struct language *language,
                    enum severity severity, const char *rule, uint32_t line, const char *column, const char *format,
                    ...)
{
    char message[400];
    va_list arguments;
    if (is_personal(report, line, column))
        return;
    report->persons |= strcmp(rule, "V03") == 0;
    report->errors += severity == SEVERITY_ERROR;
    report->warnings += severity == SEVERITY_WARNING;
    if (report->findings == NULL)
        report->findings = ARENA_NEW(arena, struct finding, FINDING_MAX + FINDING_KINDS);
    if (report->findings == NULL ||
        (report->finding_count >= FINDING_MAX && counted_with_its_kind(report, rule, column)))
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, tr(language, format), arguments);
    va_end(arguments);
    const char *kept = arena_string(arena, message);
    if (column != NULL) /* the file may be wiped before the finding is read */
        column = arena_string(arena, column);
    report->findings[report->finding_count++] = (struct finding){
        .severity = severity, .rule = rule, .line = line, .column = column, .message = kept == NULL ? "" : kept
    };
}

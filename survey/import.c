/* Frame of every import: reads the CSV, looks for personal data, drops sum rows, runs the importer of the kind, and
 * writes the audit row in the same transaction. Not responsible for the meaning of columns (import_units.c …). */
#include "survey/import.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "survey/import_private.h"
#include "survey/store_private.h"
#include "survey/table.h"

extern const struct importer importer_units, importer_workforce, importer_population;
static const struct importer *const importers[] = { &importer_units, &importer_workforce, &importer_population };

/* One of the two. */
struct chosen {
    const struct importer *importer;
    const struct table *table;
};

struct faults {
    struct import_report *report;
    struct arena *arena;
    const struct language *language;
};

static void take_fault(void *context, uint32_t line, const char *message)
{
    struct faults *faults = context;
    import_finding(faults->report, faults->arena, faults->language, SEVERITY_ERROR, "V01", line, NULL, "%s", message);
}

/* Exports end with a line of totals; it is no unit and no group. */
static void drop_totals(struct csv *csv, struct import_report *report, struct arena *arena,
                        const struct language *language)
{
    size_t kept = 0;
    for (size_t row = 0; row < csv->row_count; row++) {
        const char **fields = csv->fields + row * csv->column_count;
        bool total = false;
        for (size_t column = 0; column < csv->column_count && column < 3; column++)
            total = total || strncasecmp(fields[column], "summe", 5) == 0 ||
                    strcasecmp(fields[column], "gesamt") == 0 || strcasecmp(fields[column], "gesamtsumme") == 0;
        if (total) {
            import_finding(report, arena, language, SEVERITY_INFO, "V20", csv->lines[row], NULL,
                           N_("a line of totals was left out"));
            continue;
        }
        memmove(csv->fields + kept * csv->column_count, fields, csv->column_count * sizeof *fields);
        csv->lines[kept++] = csv->lines[row];
    }
    csv->row_count = kept;
}

static int compare_findings(const void *first, const void *second)
{
    const struct finding *a = first;
    const struct finding *b = second;
    if (a->line != b->line)
        return a->line < b->line ? -1 : 1;
    return strcmp(a->rule, b->rule);
}

static enum status write_audit(struct store *store, const struct import_report *report, const char *bytes,
                               size_t length, const char *user, struct fail *fail)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    char hex[sizeof hash * 2 + 1];
    char detail[256];
    crypto_hash_sha256(hash, (const unsigned char *)bytes, length);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    snprintf(detail, sizeof detail, "%s rows=%zu warnings=%zu sha256=%s", report->kind, report->rows, report->warnings,
             hex);
    return store_audit_add(store, user, "import", detail, fail);
}

bool import_kind_at(size_t i, struct import_kind *kind)
{
    if (i < COUNT(importers)) {
        *kind = (struct import_kind){ importers[i]->kind, importers[i]->file, importers[i]->title };
        return true;
    }
    const struct table *table = tables[i - COUNT(importers)]; /* asked in order, so never past the NULL */
    if (table == NULL)
        return false;
    *kind = (struct import_kind){ table->kind, table->file, table->title };
    return true;
}

static enum status choose(struct arena *arena, const char *kind, struct chosen *chosen, struct fail *fail)
{
    struct import_kind known;
    const char *list = "";
    *chosen = (struct chosen){ .table = table_find(kind) };
    for (size_t i = 0; i < COUNT(importers); i++)
        if (strcmp(importers[i]->kind, kind) == 0 || strcmp(importers[i]->file, kind) == 0)
            chosen->importer = importers[i];
    if (chosen->table != NULL || chosen->importer != NULL)
        return STATUS_OK;
    for (size_t i = 0; import_kind_at(i, &known) && list != NULL; i++)
        list = arena_format(arena, "%s%s%s", list, i == 0 ? "" : ", ", known.kind);
    return FAIL(fail, STATUS_MISSING, "there is no import %s; the kinds are %s", kind, list == NULL ? "" : list);
}

static enum status run(struct store *store, struct arena *arena, const struct chosen *chosen, const struct csv *csv,
                       bool dry_run, const char *bytes, size_t length, const char *user,
                       const struct language *language, struct import_report *report, struct fail *fail)
{
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK && chosen->table != NULL)
        status = table_import(chosen->table, store, arena, csv, report, dry_run, language, fail);
    else if (status == STATUS_OK)
        status = chosen->importer->run(store, arena, csv, report, dry_run, language, fail);
    if (report->finding_count > 0) /* people mend a file from its top */
        qsort(report->findings, report->finding_count, sizeof *report->findings, compare_findings);
    if (status == STATUS_OK && report->errors > 0)
        status = FAIL(fail, STATUS_INPUT, "the file has %zu errors; nothing was stored", report->errors);
    if (status == STATUS_OK && !dry_run)
        status = write_audit(store, report, bytes, length, user, fail);
    status = store_end(store, status, fail);
    report->stored = status == STATUS_OK && !dry_run;
    return status;
}

enum status import_bytes(struct store *store, struct arena *arena, const char *kind, const char *bytes, size_t length,
                         bool dry_run, const char *user, const struct language *language, struct import_report *report,
                         struct fail *fail)
{
    struct csv csv;
    struct faults faults = { report, arena, language };
    struct fail shape = { .language = language };
    *report = (struct import_report){ .kind = kind };
    struct chosen chosen;
    enum status status = choose(arena, kind, &chosen, fail);
    if (status != STATUS_OK)
        return status;
    report->kind = chosen.table != NULL ? chosen.table->kind : chosen.importer->kind;
    status = csv_read(arena, bytes, length, &csv, take_fault, &faults, &shape);
    report->encoding = csv.encoding;
    report->delimiter = csv.delimiter;
    if (status != STATUS_OK && report->errors == 0)
        import_finding(report, arena, language, SEVERITY_ERROR, "V01", 0, NULL, "%s", shape.what);
    if (status != STATUS_OK && status != STATUS_INPUT)
        return FAIL(fail, status, "%s", shape.what);
    if (csv.column_count == 0 || csv.fields == NULL)
        return FAIL(fail, STATUS_INPUT, "the file has %zu errors; nothing was stored", report->errors);
    import_find_persons(&csv, report, arena, language);
    drop_totals(&csv, report, arena, language);
    report->rows = csv.row_count;
    if (csv.row_count == 0)
        import_finding(report, arena, language, SEVERITY_ERROR, "V01", 0, NULL,
                       N_("the file has a header but no rows"));
    return run(store, arena, &chosen, &csv, dry_run, bytes, length, user, language, report, fail);
}

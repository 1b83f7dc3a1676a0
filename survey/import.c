/* Frame of every import: reads the CSV, looks for personal data, drops sum rows, and runs the importer of the kind,
 * with delivery and audit row in one transaction (import_delivery.c). Not responsible for the meaning of columns
 * (import_units.c …). */
#include "survey/import.h"

#include <openssl/evp.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "survey/import_private.h"
#include "survey/store_private.h"
#include "survey/table.h"

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

#define STOPPED N_("stopped; nothing was stored")

/* Exports end with a line of totals; it is no unit and no group. */
static bool is_total(const struct csv *csv, size_t row)
{
    for (size_t column = 0; column < csv->column_count && column < 3; column++) {
        const char *field = csv_field(csv, row, column);
        if (strncasecmp(field, "summe", 5) == 0 || strcasecmp(field, "gesamt") == 0 ||
            strcasecmp(field, "gesamtsumme") == 0)
            return true;
    }
    return false;
}

/* The first look at every row: for persons, and for totals, which are left out. */
static void look_through(struct csv *csv, const struct import_file *file, struct import_report *report, struct arena *arena)
{
    const struct language *language = file->language;
    enum personal_place places[CSV_COLUMN_MAX];
    size_t kept = 0;
    import_personal_columns(csv, report, arena, language, places);
    for (size_t row = 0; row < csv->row_count && import_go(file->steps, report, N_("Looking for personal data"), row, csv->row_count);
         row++) {
        import_personal_row(csv, row, places, report, arena, language);
        if (is_total(csv, row)) {
            import_finding(report, arena, language, SEVERITY_INFO, "V20", csv->lines[row], NULL,
                           N_("a line of totals was left out"));
            continue;
        }
        if (kept != row)
            csv_move_row(csv, kept, row);
        kept++;
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

static enum status check_and_store(struct store *store, struct arena *arena, const struct import_kind *kind,
                                   const struct csv *csv, const struct import_file *file, struct import_report *report,
                                   struct fail *fail)
{
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK && !file->dry_run)
        status = import_delivery(store, report, fail);
    if (status == STATUS_OK && kind->table != NULL)
        status = table_import(kind->table, store, arena, csv, file, report, fail);
    else if (status == STATUS_OK)
        status = kind->importer->run(store, arena, csv, file, report, fail);
    if (status == STATUS_OK && (report->stopped || !import_go(file->steps, report, N_("Storing"), 0, 1)))
        status = FAIL(fail, STATUS_DENIED, STOPPED);
    if (status == STATUS_OK && csv->cursor != NULL && csv->cursor->failed)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the file");
    if (report->finding_count > 0) /* people mend a file from its top */
        qsort(report->findings, report->finding_count, sizeof *report->findings, compare_findings);
    if (status == STATUS_OK && report->errors > 0)
        status = FAIL(fail, STATUS_INPUT, "the file has %zu errors; nothing was stored", report->errors);
    report->unaccepted = status == STATUS_OK && report->warnings > 0 && !file->accept_warnings && !file->dry_run;
    if (report->unaccepted)
        status = FAIL(fail, STATUS_INPUT,
                      "the file has %zu warnings; nothing was stored. Read them; when they are right, accept them "
                      "(--accept-warnings)",
                      report->warnings);
    if (status == STATUS_OK && !file->dry_run)
        status = import_audit(store, file, report, fail);
    status = store_end(store, status, fail);
    report->stored = status == STATUS_OK && !file->dry_run;
    return status;
}

/* V02 when the map takes a column that is not there. */
static enum status map_columns(struct arena *arena, struct csv *csv, const struct import_file *file,
                               struct import_report *report, struct fail *fail)
{
    struct csv mapped;
    const char *missing = NULL;
    enum status status = import_map_apply(arena, file->map, csv, &mapped, &missing, fail);
    if (missing != NULL)
        import_finding(report, arena, file->language, SEVERITY_ERROR, "V02", csv->header_line, missing,
                       N_("the map takes this column, and the file does not have it; correct the map"));
    if (status == STATUS_OK)
        *csv = mapped;
    return status;
}

static enum status import_csv(struct store *store, struct arena *arena, const struct import_kind *kind, struct csv *csv,
                              const struct import_file *file, struct import_report *report, struct fail *fail)
{
    const struct language *language = file->language;
    size_t errors = report->errors;
    import_hide_names(csv, file, kind, arena);
    look_through(csv, file, report, arena);
    if (report->stopped)
        return FAIL(fail, STATUS_DENIED, STOPPED);
    if (report->errors == errors) /* of a file about persons not a line is shown */
        import_sample(csv, file, kind, report, arena);
    report->rows = csv->row_count;
    enum status status = file->map == NULL ? STATUS_OK : map_columns(arena, csv, file, report, fail);
    if (status != STATUS_OK)
        return status;
    if (csv->row_count == 0 && report->errors == 0)
        import_finding(report, arena, language, SEVERITY_ERROR, "V01", 0, NULL,
                       N_("the file has a header but no rows"));
    return check_and_store(store, arena, kind, csv, file, report, fail);
}

static enum status hash_file(const struct import_file *file, char hex[65], struct fail *fail)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    if (EVP_Digest(file->bytes, file->length, hash, &length, EVP_sha256(), NULL) != 1 || length != 32)
        return FAIL(fail, STATUS_CRYPTO, "the fingerprint of the file cannot be computed");
    sodium_bin2hex(hex, 65, hash, length);
    return STATUS_OK;
}

enum status import_bytes(struct store *store, struct arena *arena, const struct import_file *file,
                         struct import_report *report, struct fail *fail)
{
    const struct language *language = file->language;
    struct csv csv;
    struct faults faults = { report, arena, language };
    struct fail shape = { .language = language };
    *report = (struct import_report){ .kind = file->kind, .mode = 'A', .map = "-" };
    struct import_kind kind;
    enum status status = hash_file(file, report->sha256, fail); /* before its bytes are cut */
    if (status == STATUS_OK)
        status = import_kind_find(file->kind, &kind, fail);
    if (status != STATUS_OK)
        return status;
    report->kind = kind.kind;
    if (file->map != NULL) {
        struct import_kind meant;
        status = import_kind_find(file->map->kind, &meant, fail);
        if (status == STATUS_OK && strcmp(meant.kind, kind.kind) != 0)
            status = FAIL(fail, STATUS_INPUT, "the map %s is made for %s, the file was announced as %s", file->map->name,
                          meant.kind, kind.kind);
        report->map = arena_format(arena, "%s %s", file->map->name, file->map->version);
        if (status == STATUS_OK && report->map == NULL)
            status = FAIL(fail, STATUS_MEMORY, "not enough memory for the map");
        if (status != STATUS_OK)
            return status;
    }
    if (kind.importer != NULL && kind.importer->persons)
        report->mode = file->mode == 'C' ? 'C' : 'B';
    status = import_read(arena, file, &csv, take_fault, &faults, &shape);
    report->encoding = csv.encoding;
    report->delimiter = csv.delimiter;
    report->header_line = csv.header_line;
    if (status != STATUS_OK && report->errors == 0)
        import_finding(report, arena, language, SEVERITY_ERROR, "V01", 0, NULL, "%s", shape.what);
    if (status != STATUS_OK && status != STATUS_INPUT)
        status = FAIL(fail, status, "%s", shape.what);
    else if (csv.column_count == 0 || csv.lines == NULL)
        status = FAIL(fail, STATUS_INPUT, "the file has %zu errors; nothing was stored", report->errors);
    else
        status = import_csv(store, arena, &kind, &csv, file, report, fail);
    if (report->mode != 'A' && csv.text != NULL) /* it was about persons, whatever became of it */
        sodium_memzero(csv.text, csv.text_length);
    return status;
}

/* Frame of every import: reads the CSV, looks for personal data, drops sum rows, runs the importer of the kind, and writes
 * the audit row in the same transaction. Not responsible for the meaning of columns (import_units.c …). */
#include "survey/import.h"

#include <ctype.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "survey/import_private.h"
#include "survey/store_private.h"

extern const struct importer importer_units, importer_workforce, importer_population;
const struct importer *const importers[] = { &importer_units, &importer_workforce, &importer_population, NULL };

void import_finding(struct import_report *report, struct arena *arena, const struct language *language,
                    enum severity severity, const char *rule, uint32_t line, const char *column, const char *format,
                    ...)
{
    char message[400];
    va_list arguments;
    report->errors += severity == SEVERITY_ERROR;
    report->warnings += severity == SEVERITY_WARNING;
    if (report->findings == NULL)
        report->findings = ARENA_NEW(arena, struct finding, FINDING_MAX);
    if (report->findings == NULL || report->finding_count == FINDING_MAX)
        return;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, tr(language, format), arguments);
    va_end(arguments);
    const char *kept = arena_string(arena, message);
    report->findings[report->finding_count++] = (struct finding){
        .severity = severity, .rule = rule, .line = line, .column = column, .message = kept == NULL ? "" : kept
    };
}

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

static bool looks_like_mail(const char *text)
{
    const char *at = strchr(text, '@');
    return at != NULL && at > text && strchr(at, '.') != NULL;
}

/* Two letters, two digits, 11 to 30 more letters or digits; blanks between them are common. */
static bool looks_like_iban(const char *text)
{
    char packed[40];
    size_t length = 0;
    for (; *text != '\0' && length < sizeof packed - 1; text++)
        if (*text != ' ')
            packed[length++] = *text;
    packed[length] = '\0';
    if (length < 15 || length > 34 || !isupper((unsigned char)packed[0]) || !isupper((unsigned char)packed[1]) ||
        !isdigit((unsigned char)packed[2]) || !isdigit((unsigned char)packed[3]))
        return false;
    size_t digits = 0;
    for (size_t i = 4; i < length; i++) {
        if (!isdigit((unsigned char)packed[i]) && !isupper((unsigned char)packed[i]))
            return false;
        digits += isdigit((unsigned char)packed[i]) != 0;
    }
    return digits >= 8;
}

/* German social insurance number: 8 digits, the first letter of the name at birth, 3 digits. */
static bool looks_like_insurance(const char *text)
{
    if (strlen(text) != 12 || !isupper((unsigned char)text[8]))
        return false;
    for (size_t i = 0; i < 12; i++)
        if (i != 8 && !isdigit((unsigned char)text[i]))
            return false;
    return true;
}

/* "Muster, Erika": capital, letters, comma, blank, capital. Only where no names of units are expected. */
static bool looks_like_name(const char *text)
{
    const char *comma = strstr(text, ", ");
    return isupper((unsigned char)text[0]) && comma != NULL && comma - text >= 2 &&
           isupper((unsigned char)comma[2]) && islower((unsigned char)comma[3]) && strpbrk(text, "0123456789") == NULL;
}

static bool is_title_column(const char *name)
{
    return strcasecmp(name, "bezeichnung") == 0 || strcasecmp(name, "gebiet_name") == 0 ||
           strcasecmp(name, "quelle") == 0;
}

static void look_for_persons(const struct csv *csv, struct import_report *report, struct arena *arena,
                             const struct language *language)
{
    static const char *const personal[] = { "name",           "vorname", "nachname", "familienname", "personalnummer",
                                            "geburtsdatum",   "strasse", "straße",   "anschrift",    "email",
                                            "e-mail",         "iban",    "telefon",  "sv_nummer",    "sozialversicherungsnummer",
                                            "pers_nr",        "konto" };
    for (size_t column = 0; column < csv->column_count; column++)
        for (size_t i = 0; i < COUNT(personal); i++)
            if (strcasecmp(csv->header[column], personal[i]) == 0)
                import_finding(report, arena, language, SEVERITY_ERROR, "V03", csv->row_count > 0 ? csv->lines[0] - 1 : 1,
                               csv->header[column],
                               N_("this column is for personal data; export the file again without it"));
    for (size_t row = 0; row < csv->row_count; row++)
        for (size_t column = 0; column < csv->column_count; column++) {
            const char *text = csv->fields[row * csv->column_count + column];
            if (text[0] == '\0' || text[1] == '\0')
                continue;
            if (looks_like_mail(text) || looks_like_iban(text) || looks_like_insurance(text) ||
                (!is_title_column(csv->header[column]) && looks_like_name(text)))
                import_finding(report, arena, language, SEVERITY_ERROR, "V03", csv->lines[row], csv->header[column],
                               N_("this looks like personal data (a name, an address, a number of a person); remove it "
                                  "from the export"));
        }
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
            total = total || strncasecmp(fields[column], "summe", 5) == 0 || strcasecmp(fields[column], "gesamt") == 0 ||
                    strcasecmp(fields[column], "gesamtsumme") == 0;
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

static const struct importer *find_importer(const char *kind)
{
    for (size_t i = 0; importers[i] != NULL; i++)
        if (strcmp(importers[i]->kind, kind) == 0)
            return importers[i];
    return NULL;
}

static enum status run(struct store *store, struct arena *arena, const struct importer *importer, const struct csv *csv,
                       bool dry_run, const char *bytes, size_t length, const char *user,
                       const struct language *language, struct import_report *report, struct fail *fail)
{
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK)
        status = importer->run(store, arena, csv, report, dry_run, language, fail);
    if (status == STATUS_OK && report->errors > 0)
        status = FAIL(fail, STATUS_INPUT, "the file has %zu errors; nothing was stored", report->errors);
    if (status == STATUS_OK && !dry_run)
        status = write_audit(store, report, bytes, length, user, fail);
    status = store_end(store, status, fail);
    report->stored = status == STATUS_OK && !dry_run;
    return status;
}

enum status import_bytes(struct store *store, struct arena *arena, const char *kind, const char *bytes, size_t length,
                         bool dry_run, const char *user, const struct language *language,
                         struct import_report *report, struct fail *fail)
{
    struct csv csv;
    struct faults faults = { report, arena, language };
    struct fail shape = { .language = language };
    *report = (struct import_report){ .kind = kind };
    const struct importer *importer = find_importer(kind);
    if (importer == NULL)
        return FAIL(fail, STATUS_MISSING, "there is no import %s; the kinds are units, workforce, population", kind);
    report->kind = importer->kind;
    enum status status = csv_read(arena, bytes, length, &csv, take_fault, &faults, &shape);
    report->encoding = csv.encoding;
    report->delimiter = csv.delimiter;
    if (status != STATUS_OK && report->errors == 0)
        import_finding(report, arena, language, SEVERITY_ERROR, "V01", 0, NULL, "%s", shape.what);
    if (status != STATUS_OK && status != STATUS_INPUT)
        return FAIL(fail, status, "%s", shape.what);
    if (csv.column_count == 0 || csv.fields == NULL)
        return FAIL(fail, STATUS_INPUT, "the file has %zu errors; nothing was stored", report->errors);
    look_for_persons(&csv, report, arena, language);
    drop_totals(&csv, report, arena, language);
    report->rows = csv.row_count;
    if (csv.row_count == 0)
        import_finding(report, arena, language, SEVERITY_ERROR, "V01", 0, NULL, N_("the file has a header but no rows"));
    return run(store, arena, importer, &csv, dry_run, bytes, length, user, language, report, fail);
}

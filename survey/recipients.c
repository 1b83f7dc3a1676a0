/* Reads the list of recipients. An address is looked at for its shape only: whether it exists the mail server will tell. */
#include "survey/recipients.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "survey/import_private.h"
#include "survey/wave.h"

enum { ORG_ID, LANGUAGE, EMAIL, NAME, LINE1, LINE2, LINE3, LINE4, COLUMN_COUNT };
enum { EMAIL_MAX = 254, LINE_MAX_BYTES = 120 };

static const struct wanted wanted[COLUMN_COUNT] = {
    [ORG_ID] = { "org_id", false, NULL }, [LANGUAGE] = { "sprache", true, NULL }, [EMAIL] = { "email", true, NULL },
    [NAME] = { "name", true, NULL },      [LINE1] = { "zeile1", true, NULL },     [LINE2] = { "zeile2", true, NULL },
    [LINE3] = { "zeile3", true, NULL },   [LINE4] = { "zeile4", true, NULL },
};

struct reading {
    struct import import;
    const struct unit *units;
    size_t unit_count;
};

bool mail_address_ok(const char *text)
{
    size_t length = strlen(text);
    const char *at = strchr(text, '@');
    if (length < 3 || length > EMAIL_MAX || at == NULL || at == text || at[1] == '\0' || strchr(at + 1, '@') != NULL)
        return false;
    for (; *text != '\0'; text++)
        if ((unsigned char)*text <= 0x20 || (unsigned char)*text >= 0x7f || strchr("<>()[]\\,;:\"", *text) != NULL)
            return false;
    return true;
}

/* Text that is printed: no control characters, not too long for a line. */
static bool printable(const char *text)
{
    for (const char *t = text; *t != '\0'; t++)
        if ((unsigned char)*t < 0x20 || *t == 0x7f)
            return false;
    return strlen(text) <= LINE_MAX_BYTES;
}

static const char *find_unit(struct reading *reading)
{
    const char *id = import_cell(&reading->import, ORG_ID);
    for (size_t i = 0; i < reading->unit_count; i++)
        if (strcmp(reading->units[i].id, id) == 0)
            return wave_department(reading->units, i);
    IMPORT_ERROR(&reading->import, "V06", ORG_ID, N_("there is no unit with this id; import the units first"));
    return "";
}

static const char *read_language(struct reading *reading)
{
    const char *code = import_cell(&reading->import, LANGUAGE);
    if (*code == '\0')
        return language_code(language_default);
    const struct language *language = language_exact(code);
    if (language != NULL)
        return language_code(language);
    IMPORT_ERROR(&reading->import, "CODE", LANGUAGE, N_("this is no language of the survey; use a code like de or en"));
    return "";
}

static const char *read_address(struct reading *reading)
{
    struct import *import = &reading->import;
    struct buf lines;
    buf_init(&lines, (size_t)ADDRESS_LINES * (LINE_MAX_BYTES + 1));
    for (int column = NAME; column <= LINE4; column++) {
        const char *text = import_cell(import, column);
        if (!printable(text))
            IMPORT_ERROR(import, "CODE", column, N_("a line of an address has at most %d bytes and no control characters"),
                         (int)LINE_MAX_BYTES);
        else if (*text != '\0')
            buf_format(&lines, "%s\n", text);
    }
    const char *address = arena_copy(import->arena, lines.bytes == NULL ? "" : lines.bytes, lines.length);
    buf_free(&lines);
    return address;
}

static bool read_row(struct reading *reading, struct recipient *recipient)
{
    struct import *import = &reading->import;
    recipient->line = import->csv->lines[import->row];
    recipient->unit = find_unit(reading);
    recipient->language = read_language(reading);
    recipient->email = import_cell(import, EMAIL);
    recipient->address = read_address(reading);
    randombytes_buf(recipient->id, sizeof recipient->id);
    if (recipient->address == NULL)
        return false;
    if (*recipient->email != '\0' && !mail_address_ok(recipient->email))
        IMPORT_ERROR(import, "CODE", EMAIL, N_("this is no e-mail address like name@example.org"));
    if (*recipient->email == '\0' && (*import_cell(import, NAME) == '\0' || *import_cell(import, LINE1) == '\0'))
        IMPORT_ERROR(import, "V02", EMAIL, N_("a person needs an e-mail address, or a name and an address for the letter"));
    return true;
}

static int by_email(const void *left, const void *right)
{
    const struct recipient *const *a = left;
    const struct recipient *const *b = right;
    int order = strcasecmp((*a)->email, (*b)->email);
    return order != 0 ? order : (*a)->line < (*b)->line ? -1 : (*a)->line > (*b)->line;
}

/* Twice the same address would be two codes for one person. */
static bool find_doubles(struct reading *reading, struct recipient *list, size_t count)
{
    struct recipient **sorted = calloc(count + 1, sizeof *sorted);
    if (sorted == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        sorted[i] = &list[i];
    qsort(sorted, count, sizeof *sorted, by_email);
    for (size_t i = 1; i < count; i++)
        if (sorted[i]->email[0] != '\0' && strcasecmp(sorted[i]->email, sorted[i - 1]->email) == 0)
            import_finding(reading->import.report, reading->import.arena, reading->import.language, SEVERITY_ERROR, "V19",
                           sorted[i]->line, "email", N_("this address stands in line %u already; everybody is invited once"),
                           (unsigned)sorted[i - 1]->line);
    free(sorted);
    return true;
}

static void shuffle(struct recipient *list, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = randombytes_uniform((uint32_t)i);
        struct recipient held = list[i - 1];
        list[i - 1] = list[k];
        list[k] = held;
    }
}

static void take_fault(void *context, uint32_t line, const char *message)
{
    struct import *import = context;
    import_finding(import->report, import->arena, import->language, SEVERITY_ERROR, "V01", line, NULL, "%s", message);
}

enum status recipients_read(struct arena *arena, const struct unit units[], size_t unit_count, const char *bytes,
                            size_t length, const struct language *language, struct recipient **recipients,
                            struct import_report *report, struct fail *fail)
{
    struct csv csv;
    const char *names[COLUMN_COUNT];
    *report = (struct import_report){ .kind = "recipients" };
    struct reading reading = { .import = { .arena = arena, .csv = &csv, .report = report, .language = language },
                               .units = units,
                               .unit_count = unit_count };
    enum status status = csv_read(arena, bytes, length, &csv, take_fault, &reading.import, fail);
    if (status != STATUS_OK)
        return status;
    report->encoding = csv.encoding;
    report->delimiter = csv.delimiter;
    report->rows = csv.row_count;
    if (csv.row_count == 0 || csv.row_count > RECIPIENT_MAX)
        return FAIL(fail, STATUS_INPUT, "a list of recipients has 1 to %d rows", (int)RECIPIENT_MAX);
    struct recipient *list = ARENA_NEW(arena, struct recipient, csv.row_count);
    bool memory = list != NULL;
    if (memory && import_columns(&reading.import, wanted, names, COLUMN_COUNT)) {
        for (size_t row = 0; row < csv.row_count && memory; row++) {
            reading.import.row = row;
            memory = read_row(&reading, &list[row]);
        }
        memory = memory && find_doubles(&reading, list, csv.row_count);
    }
    if (!memory)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu recipients", csv.row_count);
    if (report->errors > 0)
        return FAIL(fail, STATUS_INPUT, "the file has %zu errors; nothing was stored", report->errors);
    shuffle(list, csv.row_count);
    *recipients = list;
    return STATUS_OK;
}

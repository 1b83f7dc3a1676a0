/* CSV reader: converts to UTF-8 once, then cuts the text in place. Not responsible for what the fields mean. */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include "base/csv.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"

enum { TEXT_FACTOR = 4 /* NFC can lengthen text; a file is bounded by the arena anyway */ };

struct reader {
    struct arena *arena;
    struct csv *csv;
    char *next; /* first byte not read yet */
    uint32_t line;
    char *fields[CSV_COLUMN_MAX];
    size_t lengths[CSV_COLUMN_MAX];
    size_t field_count;
    csv_fault *fault;
    void *context;
    struct fail *fail;
    enum status status; /* first failure */
};

static void report(struct reader *reader, uint32_t line, const char *message)
{
    if (reader->fault != NULL)
        reader->fault(reader->context, line, message);
    if (reader->status == STATUS_OK)
        reader->status = FAIL(reader->fail, STATUS_INPUT, "line %u: %s", (unsigned)line, message);
}

static const struct language *language_of(const struct reader *reader)
{
    return reader->fail == NULL ? language_default : reader->fail->language;
}

/* Bytes of the blank at the start of text: ASCII blank, tab or U+00A0; 0 for anything else. */
static size_t blank_length(const char *text)
{
    if (*text == ' ' || *text == '\t')
        return 1;
    return (unsigned char)text[0] == 0xC2 && (unsigned char)text[1] == 0xA0 ? 2 : 0;
}

/* *length: of text, then of what is left of it. */
static char *trim(char *text, size_t *length)
{
    char *end = text + *length;
    for (size_t step = blank_length(text); step > 0; step = blank_length(text))
        text += step;
    while (end > text) {
        if (end[-1] == ' ' || end[-1] == '\t')
            end--;
        else if (end - text > 1 && blank_length(end - 2) == 2)
            end -= 2;
        else
            break;
    }
    *end = '\0';
    *length = (size_t)(end - text);
    return text;
}

/* Takes the quotation marks out of a field that begins with one; *in: behind it, then what ended it. Returns where its text ends. */
static char *unquote(struct reader *reader, char **in)
{
    const uint32_t begun = reader->line;
    char *at = *in + 1;
    char *out = *in;
    bool open = true;
    for (; *at != '\0'; at++) {
        if (open && *at == '"' && at[1] == '"')
            at++;
        else if (open && *at == '"') {
            open = false;
            continue;
        } else if (!open && (*at == reader->csv->delimiter || *at == '\n'))
            break;
        reader->line += *at == '\n';
        *out++ = *at;
    }
    if (open)
        report(reader, begun, tr(language_of(reader), N_("a quotation mark is opened here and never closed")));
    *in = at;
    return out;
}

/* One field up to its delimiter or line end; *end is what ended it: the delimiter, '\n' or NUL. */
static char *read_field(struct reader *reader, size_t *length, char *end)
{
    const uint32_t begun = reader->line;
    const char delimiter = reader->csv->delimiter;
    char *field = reader->next;
    char *in = field;
    char *out = NULL;
    if (*in == '"') {
        out = unquote(reader, &in);
    } else {
        while (*in != delimiter && *in != '\n' && *in != '\0')
            in++;
        out = in;
    }
    *end = *in;
    reader->next = *in == '\0' ? in : in + 1;
    if (out > field && out[-1] == '\r')
        out--;
    *out = '\0';
    *length = (size_t)(out - field);
    if (*length > CSV_FIELD_MAX && reader->status == STATUS_OK)
        reader->status = FAIL(reader->fail, STATUS_LIMIT, "line %u: a field is longer than %d bytes", (unsigned)begun,
                              (int)CSV_FIELD_MAX);
    return trim(field, length);
}

/* The next line as fields; false at the end of the file. *line is where it began. */
static bool read_row(struct reader *reader, uint32_t *line)
{
    char end = reader->csv->delimiter;
    if (*reader->next == '\0')
        return false;
    *line = reader->line;
    reader->field_count = 0;
    while (end == reader->csv->delimiter && end != '\0') {
        size_t length = 0;
        char *field = read_field(reader, &length, &end);
        if (reader->field_count == CSV_COLUMN_MAX && *field != '\0' && reader->status == STATUS_OK)
            reader->status = FAIL(reader->fail, STATUS_LIMIT, "line %u has more than %d columns", (unsigned)*line,
                                  (int)CSV_COLUMN_MAX);
        if (reader->field_count < CSV_COLUMN_MAX) {
            reader->lengths[reader->field_count] = length;
            reader->fields[reader->field_count++] = field;
        }
    }
    reader->line += end == '\n';
    return true;
}

static bool is_blank_row(const struct reader *reader)
{
    for (size_t i = 0; i < reader->field_count; i++)
        if (reader->fields[i][0] != '\0')
            return false;
    return true;
}

static size_t count_in_line(const char *text, char wanted)
{
    size_t count = 0;
    for (; *text != '\0' && *text != '\n'; text++)
        count += *text == wanted;
    return count;
}

enum { LOOKED_AT = 20 }; /* lines in which the header is looked for */

struct seen {
    char *text;
    uint32_t line;
    char delimiter;
    size_t count, filled; /* delimiters; fields that are not empty */
};

static size_t count_filled(const char *text, char delimiter)
{
    size_t filled = 0;
    bool empty = true;
    for (; *text != '\0' && *text != '\n'; text++) {
        if (*text == delimiter) {
            empty = true;
        } else if (empty && *text != ' ' && *text != '\r' && *text != '"') {
            filled++;
            empty = false;
        }
    }
    return filled;
}

static size_t look(const struct reader *reader, struct seen seen[LOOKED_AT])
{
    size_t count = 0;
    uint32_t line = 1;
    for (char *text = reader->next; *text != '\0' && count < LOOKED_AT; line++) {
        /* A comma may stand in a number, the others hardly anywhere. */
        char best = count_in_line(text, ';') > 0 ? ';' : count_in_line(text, '\t') > 0 ? '\t' : ',';
        seen[count++] = (struct seen){ text, line, best, count_in_line(text, best), count_filled(text, best) };
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return count;
}

/* How many of the lines are divided like this one. */
static size_t alike(const struct seen seen[], size_t count, size_t at)
{
    size_t same = 0;
    for (size_t i = 0; i < count; i++)
        same += seen[i].count == seen[at].count && seen[i].delimiter == seen[at].delimiter ? 1 : 0;
    return same;
}

/* Exports put title lines above the header; a spreadsheet fills them up with delimiters. So the header is divided as most lines
 * are, and none of those has more fields that are filled. */
static bool find_header(struct reader *reader)
{
    struct seen seen[LOOKED_AT];
    size_t count = look(reader, seen);
    for (size_t least = 2; least > 0; least--) {
        const struct seen *best = NULL;
        size_t most = 0;
        for (size_t i = 0; i < count; i++) {
            size_t same = alike(seen, count, i);
            if (seen[i].count >= least && (same > most || (same == most && seen[i].filled > best->filled &&
                                                           seen[i].count == best->count))) {
                best = &seen[i];
                most = same;
            }
        }
        if (best != NULL) {
            reader->csv->delimiter = best->delimiter;
            reader->next = best->text;
            reader->line = best->line;
            return true;
        }
    }
    return false;
}

static enum status report_no_header(struct reader *reader)
{
    report(reader, 1, tr(language_of(reader), N_("there is no header line with columns divided by ; , or tab")));
    return reader->status;
}

static enum status keep_header(struct reader *reader)
{
    uint32_t line = 0;
    if (!read_row(reader, &line))
        return FAIL(reader->fail, STATUS_INPUT, "the file has no header line");
    reader->csv->header_line = line;
    while (reader->field_count > 0 && reader->fields[reader->field_count - 1][0] == '\0')
        reader->field_count--; /* trailing delimiters */
    reader->csv->column_count = reader->field_count;
    if (reader->field_count == 0) /* nothing but delimiters */
        return report_no_header(reader);
    reader->csv->header = ARENA_NEW(reader->arena, const char *, reader->field_count + 1);
    if (reader->csv->header == NULL)
        return FAIL(reader->fail, STATUS_LIMIT, "the file is too large");
    for (size_t i = 0; i < reader->field_count; i++)
        reader->csv->header[i] = reader->fields[i];
    return reader->status;
}

/* Column heads repeated on every printed page are no data. */
static bool is_repeated_header(const struct reader *reader)
{
    for (size_t i = 0; i < reader->csv->column_count; i++)
        if (i >= reader->field_count || strcmp(reader->fields[i], reader->csv->header[i]) != 0)
            return false;
    return true;
}

static void keep_row(struct reader *reader, uint32_t line)
{
    struct csv *csv = reader->csv;
    while (reader->field_count > csv->column_count && reader->fields[reader->field_count - 1][0] == '\0')
        reader->field_count--;
    if (reader->field_count != csv->column_count) {
        char message[160];
        snprintf(message, sizeof message,
                 tr(language_of(reader), N_("the row has %zu columns, the header has %zu; look for a missing or extra "
                                            "delimiter")),
                 reader->field_count, csv->column_count);
        report(reader, line, message);
        return;
    }
    char *end = reader->fields[0];
    csv->begins[csv->row_count] = (uint32_t)(end - csv->text);
    for (size_t i = 0; i < csv->column_count; i++) { /* close up what quotation marks and blanks left open */
        const size_t length = reader->lengths[i] + 1;
        if (end != reader->fields[i])
            memmove(end, reader->fields[i], length);
        end += length;
    }
    csv->lines[csv->row_count++] = line;
}

static enum status read_rows(struct reader *reader)
{
    struct csv *csv = reader->csv;
    size_t lines = 1;
    for (const char *c = reader->next; *c != '\0'; c++)
        lines += *c == '\n';
    csv->begins = ARENA_NEW(reader->arena, uint32_t, lines + 1);
    csv->lines = ARENA_NEW(reader->arena, uint32_t, lines + 1);
    csv->cursor = ARENA_NEW(reader->arena, struct csv_cursor, 1);
    if (csv->begins == NULL || csv->lines == NULL || csv->cursor == NULL)
        return FAIL(reader->fail, STATUS_LIMIT, "the file is too large");
    uint32_t line = 0;
    while ((reader->status == STATUS_OK || reader->status == STATUS_INPUT) && read_row(reader, &line))
        if (!is_blank_row(reader) && !is_repeated_header(reader))
            keep_row(reader, line);
    return reader->status;
}

static enum status read_text(struct arena *arena, struct csv *csv, csv_fault *fault, void *context, struct fail *fail)
{
    struct reader reader = { .arena = arena, .csv = csv, .next = csv->text, .line = 1, .fault = fault, .context = context,
                             .fail = fail };
    if (csv->text_length >= UINT32_MAX)
        return FAIL(fail, STATUS_LIMIT, "the file is too large");
    enum status status = find_header(&reader) ? keep_header(&reader) : report_no_header(&reader);
    return status == STATUS_OK || (status == STATUS_INPUT && csv->column_count > 0) ? read_rows(&reader) : status;
}

enum status csv_read(struct arena *arena, const char *bytes, size_t length, struct csv *csv, csv_fault *fault,
                     void *context, struct fail *fail)
{
    struct buf text;
    *csv = (struct csv){ 0 };
    buf_init(&text, length * TEXT_FACTOR + 16);
    enum status status = utf8_import(bytes, length, &text, &csv->encoding, fail);
    if (status == STATUS_OK) {
        csv->text = arena_copy(arena, text.bytes == NULL ? "" : text.bytes, text.length);
        csv->text_length = text.length;
        if (csv->text == NULL)
            status = FAIL(fail, STATUS_LIMIT, "the file is too large");
    }
    if (text.bytes != NULL)
        explicit_bzero(text.bytes, text.length); /* it may have been about persons */
    buf_free(&text);
    return status == STATUS_OK ? read_text(arena, csv, fault, context, fail) : status;
}

enum status csv_read_own(struct arena *arena, struct buf *own, struct csv *csv, csv_fault *fault, void *context,
                         struct fail *fail)
{
    if (own->bytes == NULL)
        return csv_read(arena, "", 0, csv, fault, context, fail);
    size_t skip = 0;
    *csv = (struct csv){ 0 };
    enum status status = utf8_import_own(own, &csv->encoding, &skip, fail);
    csv->text = own->bytes == NULL ? NULL : own->bytes + skip;
    csv->text_length = own->length - skip;
    if (status == STATUS_OK && csv->text == NULL)
        return csv_read(arena, "", 0, csv, fault, context, fail);
    return status == STATUS_OK ? read_text(arena, csv, fault, context, fail) : status;
}

void csv_open_row(const struct csv *csv, size_t row)
{
    struct csv_cursor *cursor = csv->cursor;
    const char *at = csv->make == NULL ? csv->text + csv->begins[row] : NULL;
    if (csv->make != NULL)
        csv->make(csv->make_context, csv, row, cursor->fields);
    for (size_t i = 0; i < csv->column_count && at != NULL; i++) {
        cursor->fields[i] = at;
        at += strlen(at) + 1;
    }
    cursor->row = row;
    cursor->open = true;
}

void csv_move_row(struct csv *csv, size_t to, size_t from)
{
    if (csv->fields != NULL)
        memmove(csv->fields + to * csv->column_count, csv->fields + from * csv->column_count,
                csv->column_count * sizeof *csv->fields);
    else
        csv->begins[to] = csv->begins[from];
    csv->lines[to] = csv->lines[from];
    if (csv->cursor != NULL)
        csv->cursor->open = false;
}

int csv_column(const struct csv *csv, const char *name)
{
    for (size_t i = 0; i < csv->column_count; i++)
        if (strcasecmp(csv->header[i], name) == 0)
            return (int)i;
    return -1;
}

/* Two passes over the file in chunks: the first counts line ends, so that each chunk knows the row it begins with; the
 * second fills the columns. A chunk owns the lines that begin behind one of its own line ends. When something is wrong,
 * a third pass in the order of the file says what. */
#include "base/csv_digits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/share.h"

enum { CHUNK = 1 << 20, BUFFER = CHUNK + DIGITS_LINE_MAX + 2 };

enum fault_kind { FAULT_NONE, FAULT_COLUMNS, FAULT_CELL, FAULT_LINE, FAULT_READ };

struct chunk {
    size_t ends;  /* line ends in it: at most so many rows begin in it */
    size_t first; /* line ends before it, from the header's on: the row it begins with unless lines are blank */
    size_t rows;  /* found */
    enum fault_kind fault;
};

struct reading {
    int file;
    size_t size;  /* of the file */
    size_t begin; /* where the line end of the header stands: the first chunk begins here */
    struct digits *digits;
    struct chunk *chunks;
    size_t chunk_count;
    char *buffers;     /* one of BUFFER bytes a thread */
    csv_fault *report; /* third pass only */
    void *context;
    const struct language *language;
};

/* Bytes of the file from position on; fewer than asked for only at its end. False when it cannot be read. */
static bool read_at(const struct reading *reading, size_t position, size_t length, char *to, size_t *got)
{
    *got = 0;
    while (*got < length) {
        ssize_t step = pread(reading->file, to + *got, length - *got, (off_t)(position + *got));
        if (step < 0 && errno == EINTR)
            continue;
        if (step < 0)
            return false;
        if (step == 0)
            break;
        *got += (size_t)step;
    }
    return true;
}

static size_t chunk_length(const struct reading *reading, size_t i)
{
    size_t start = reading->begin + i * CHUNK;
    return reading->size - start < CHUNK ? reading->size - start : CHUNK;
}

static void count_ends(void *context, size_t i, unsigned thread)
{
    const struct reading *reading = context;
    struct chunk *chunk = &reading->chunks[i];
    char *buffer = reading->buffers + (size_t)thread * BUFFER;
    size_t got = 0;
    size_t length = chunk_length(reading, i);
    if (!read_at(reading, reading->begin + i * CHUNK, length, buffer, &got) || got != length) {
        chunk->fault = FAULT_READ;
        return;
    }
    for (size_t block = 0; block < length;
         block += 128) { /* a byte holds the sum of 128: the compiler makes vectors of it */
        uint8_t ends = 0;
        size_t stop = length - block < 128 ? length - block : 128;
        if (stop == 128)
            for (size_t k = 0; k < 128; k++)
                ends = (uint8_t)(ends + (buffer[block + k] == '\n'));
        else
            for (size_t k = 0; k < stop; k++)
                ends = (uint8_t)(ends + (buffer[block + k] == '\n'));
        chunk->ends += ends;
    }
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\r';
}

/* One cell in its general form: blanks, quotation marks, up to three digits, NA or nothing. Returns what stands behind
 * it (delimiter or line end), or NULL. */
static const char *read_cell(const char *text, char delimiter, uint8_t *value)
{
    unsigned number = 0, count = 0;
    while (is_blank(*text))
        text++;
    bool quoted = *text == '"';
    text += quoted;
    while (quoted && *text == ' ')
        text++;
    for (; *text >= '0' && *text <= '9' && count < 4; count++)
        number = number * 10 + (unsigned)(*text++ - '0');
    if (count == 0 && text[0] == 'N' && text[1] == 'A')
        text += 2;
    while (quoted && *text == ' ')
        text++;
    if (quoted && *text++ != '"')
        return NULL;
    while (is_blank(*text))
        text++;
    *value = count == 0 ? DIGITS_NONE : (uint8_t)number;
    return (*text == delimiter || *text == '\n') && number <= DIGITS_MAX ? text : NULL;
}

/* A row of one-digit cells, the usual one, is read without a branch a cell; its length is known beforehand. */
static bool read_plain(const char *line, const struct digits *digits, size_t row)
{
    unsigned wrong = 0;
    const size_t last = digits->column_count - 1;
    const unsigned char delimiter = (unsigned char)digits->delimiter;
    uint8_t *const *column = digits->column;
    const unsigned char *cell = (const unsigned char *)line;
    for (size_t c = 0; c < last; c++)
        wrong |= (unsigned)((uint8_t)(cell[2 * c] - '0') > 9) | (unsigned)(cell[2 * c + 1] ^ delimiter);
    wrong |= (unsigned)((uint8_t)(cell[2 * last] - '0') > 9);
    for (size_t c = 0; c <= last; c++)
        column[c][row] = (uint8_t)(cell[2 * c] - '0');
    return wrong == 0;
}

static enum fault_kind read_line(const char *line, const char *end, const struct digits *digits, size_t row,
                                 size_t *cell)
{
    size_t length = (size_t)(end - line) - (end > line && end[-1] == '\r');
    *cell = 0;
    if (length == 2 * digits->column_count - 1 && read_plain(line, digits, row))
        return FAULT_NONE;
    for (size_t c = 0; c < CSV_COLUMN_MAX + 1; c++) {
        uint8_t value = DIGITS_NONE;
        line = read_cell(line, digits->delimiter, &value);
        *cell = c + 1;
        if (line == NULL)
            return FAULT_CELL;
        if (c < digits->column_count)
            digits->column[c][row] = value;
        else if (value != DIGITS_NONE)
            return FAULT_COLUMNS; /* more than empty cells at the end of the line */
        if (*line == '\n')
            return c + 1 < digits->column_count ? FAULT_COLUMNS : FAULT_NONE;
        line++;
    }
    return FAULT_COLUMNS;
}

static void tell(const struct reading *reading, size_t line, enum fault_kind kind, size_t cell)
{
    char message[240];
    switch (kind) {
    case FAULT_NONE: return;
    case FAULT_COLUMNS:
        snprintf(
            message, sizeof message,
            tr(reading->language, N_("the row has another number of columns than the header, which has %zu; look for "
                                     "a missing or extra delimiter")),
            reading->digits->column_count);
        break;
    case FAULT_CELL:
        snprintf(message, sizeof message,
                 tr(reading->language, N_("column %zu does not hold a whole number from 0 to %d; leave missing answers "
                                          "empty")),
                 cell, (int)DIGITS_MAX);
        break;
    case FAULT_LINE:
    case FAULT_READ:
        snprintf(message, sizeof message, tr(reading->language, N_("the line is longer than %d bytes")),
                 (int)DIGITS_LINE_MAX);
        break;
    }
    reading->report(reading->context, (uint32_t)line, message);
}

static bool only_blanks(const char *line, const char *end)
{
    while (line < end && is_blank(*line))
        line++;
    return line == end;
}

static void fill(void *context, size_t i, unsigned thread)
{
    const struct reading *reading = context;
    struct chunk *chunk = &reading->chunks[i];
    char *buffer = reading->buffers + (size_t)thread * BUFFER;
    size_t start = reading->begin + i * CHUNK, got = 0, line = chunk->first + 2; /* the header is line 1 */
    size_t length = chunk_length(reading, i);
    chunk->rows = 0;
    if (!read_at(reading, start, length + DIGITS_LINE_MAX, buffer, &got) || got < length) {
        chunk->fault = FAULT_READ;
        return;
    }
    bool finished = start + got >= reading->size;
    if (finished)
        buffer[got++] = '\n'; /* the last line may lack it */
    const char *begun = memchr(buffer, '\n', length);
    for (; begun != NULL && (size_t)(begun - buffer) < length; line++) {
        begun++;
        size_t left = got - (size_t)(begun - buffer), cell = 0;
        const char *end = left == 0 ? NULL : memchr(begun, '\n', left);
        enum fault_kind kind = FAULT_NONE;
        if ((end == NULL && left > 0) || (end != NULL && end - begun > DIGITS_LINE_MAX))
            kind = FAULT_LINE;
        else if (end != NULL && !only_blanks(begun, end))
            kind = read_line(begun, end, reading->digits, chunk->first + chunk->rows++, &cell);
        if (kind != FAULT_NONE)
            chunk->fault = kind;
        if (kind != FAULT_NONE && reading->report != NULL)
            tell(reading, line, kind, cell);
        begun = end;
    }
}

static enum status read_header(struct arena *arena, struct reading *reading, struct fail *fail)
{
    struct csv csv;
    size_t got = 0;
    if (!read_at(reading, 0, DIGITS_LINE_MAX, reading->buffers, &got))
        return FAIL(fail, STATUS_IO, "the file cannot be read");
    const char *end = memchr(reading->buffers, '\n', got);
    if (end == NULL && reading->size > got)
        return FAIL(fail, STATUS_LIMIT, "the line is longer than %d bytes", (int)DIGITS_LINE_MAX);
    reading->begin = end == NULL ? got : (size_t)(end - reading->buffers);
    enum status status = csv_read(arena, reading->buffers, reading->begin, &csv, NULL, NULL, fail);
    if (status != STATUS_OK)
        return status;
    reading->digits->delimiter = csv.delimiter;
    reading->digits->header = csv.header;
    reading->digits->column_count = csv.column_count;
    return STATUS_OK;
}

static enum status make_room(struct arena *arena, struct reading *reading, unsigned threads, struct fail *fail)
{
    struct digits *digits = reading->digits;
    reading->chunk_count = (reading->size - reading->begin + CHUNK - 1) / CHUNK;
    reading->chunks = ARENA_NEW(arena, struct chunk, reading->chunk_count + 1);
    digits->column = ARENA_NEW(arena, uint8_t *, digits->column_count);
    if (reading->chunks == NULL || digits->column == NULL)
        return FAIL(fail, STATUS_LIMIT, "the file is too large");
    share_out(reading->chunk_count, threads, count_ends, reading);
    size_t rows = 0;
    for (size_t i = 0; i < reading->chunk_count; i++) {
        if (reading->chunks[i].fault == FAULT_READ)
            return FAIL(fail, STATUS_IO, "the file cannot be read");
        reading->chunks[i].first = rows;
        rows += reading->chunks[i].ends;
    }
    for (size_t c = 0; c < digits->column_count; c++)
        if ((digits->column[c] = ARENA_NEW(arena, uint8_t, rows + 1)) == NULL)
            return FAIL(fail, STATUS_LIMIT, "the file is too large");
    return STATUS_OK;
}

/* Blank lines left gaps behind the rows of their chunks. */
static void close_gaps(const struct reading *reading)
{
    struct digits *digits = reading->digits;
    for (size_t i = 0; i < reading->chunk_count; i++) {
        const struct chunk *chunk = &reading->chunks[i];
        for (size_t c = 0; c < digits->column_count && chunk->first != digits->row_count; c++)
            memmove(digits->column[c] + digits->row_count, digits->column[c] + chunk->first, chunk->rows);
        digits->row_count += chunk->rows;
    }
}

static enum status read_rows(struct reading *reading, unsigned threads, csv_fault *fault, void *context,
                             struct fail *fail)
{
    bool good = true;
    share_out(reading->chunk_count, threads, fill, reading);
    for (size_t i = 0; i < reading->chunk_count; i++) {
        if (reading->chunks[i].fault == FAULT_READ)
            return FAIL(fail, STATUS_IO, "the file cannot be read");
        good = good && reading->chunks[i].fault == FAULT_NONE;
    }
    if (good) {
        close_gaps(reading);
        return STATUS_OK;
    }
    reading->report = fault;
    reading->context = context;
    for (size_t i = 0; i < reading->chunk_count && fault != NULL; i++)
        if (reading->chunks[i].fault != FAULT_NONE)
            fill(reading, i, 0);
    return FAIL(fail, STATUS_INPUT, "a row of the file is not as wide as the header, or a cell holds no whole number");
}

enum status digits_read(struct arena *arena, const char *path, unsigned threads, struct digits *digits,
                        csv_fault *fault, void *context, struct fail *fail)
{
    struct digits made = { 0 };
    struct stat facts;
    threads = threads < 1 ? 1 : threads > SHARE_MAX ? SHARE_MAX : threads;
    struct reading reading = { .digits = &made,
                               .language = fail == NULL ? language_default : fail->language,
                               .file = open(path, O_RDONLY | O_CLOEXEC) };
    if (reading.file < 0)
        return errno == ENOENT ? FAIL(fail, STATUS_MISSING, "%s: there is no such file", path) : fail_errno(fail, "open", path);
    enum status status = STATUS_OK;
    if (fstat(reading.file, &facts) != 0 || !S_ISREG(facts.st_mode))
        status = FAIL(fail, STATUS_IO, "the file cannot be read");
    else
        reading.size = (size_t)facts.st_size;
    reading.buffers = malloc((size_t)threads * BUFFER);
    if (status == STATUS_OK && reading.buffers == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory to read the file");
    if (status == STATUS_OK)
        status = read_header(arena, &reading, fail);
    if (status == STATUS_OK)
        status = make_room(arena, &reading, threads, fail);
    if (status == STATUS_OK)
        status = read_rows(&reading, threads, fault, context, fail);
    if (status == STATUS_OK)
        *digits = made;
    free(reading.buffers);
    close(reading.file);
    return status;
}

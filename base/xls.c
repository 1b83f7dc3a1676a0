/* Starts the child, takes what it writes, and serves the rows from there. */
#define _GNU_SOURCE /* memfd_create: libfreexl opens paths only */
#include "base/xls.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/xls_child.h"

struct xls {
    const char *name;
    struct buf records; /* see xls_child.h */
    const char *sheets[SHEET_MAX];
    size_t starts[SHEET_MAX]; /* of the first row of a sheet in records */
    size_t sheet_count;
    struct buf names;
};

bool xls_fits(const char *bytes, size_t length)
{
    return length >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

/* A file without a name that holds the bytes; -1 when the system refuses. */
static int private_file(const char *bytes, size_t length)
{
    int file = memfd_create("xls", 0);
    for (size_t done = 0; file >= 0 && done < length;) {
        ssize_t written = write(file, bytes + done, length - done);
        if (written < 0 && errno != EINTR) {
            close(file);
            return -1;
        }
        done += written > 0 ? (size_t)written : 0;
    }
    return file;
}

static void take_all(struct buf *out, int file)
{
    char bytes[32 * 1024];
    while (!out->failed) {
        ssize_t length = read(file, bytes, sizeof bytes);
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            return;
        buf_add(out, bytes, (size_t)length);
    }
}

static enum status explain(const struct xls *xls, int ended, struct fail *fail)
{
    if (xls->records.failed || (WIFEXITED(ended) && WEXITSTATUS(ended) == XLS_EXIT_LIMIT))
        return FAIL(fail, STATUS_LIMIT, "%s: the spreadsheet is too large; save it as .xlsx", xls->name);
    if (WIFEXITED(ended) && WEXITSTATUS(ended) == XLS_EXIT_OK)
        return STATUS_OK;
    if (WIFEXITED(ended) && WEXITSTATUS(ended) == XLS_EXIT_PROTECTED)
        return FAIL(fail, STATUS_INPUT, "%s: the file is protected by a password: save it without one", xls->name);
    if (WIFSIGNALED(ended) && (WTERMSIG(ended) == SIGXCPU || WTERMSIG(ended) == SIGALRM || WTERMSIG(ended) == SIGKILL))
        return FAIL(fail, STATUS_LIMIT, "%s: reading the spreadsheet takes too long; save it as .xlsx", xls->name);
    return FAIL(fail, STATUS_INPUT, "%s: this is not an .xls spreadsheet, or the file is damaged", xls->name);
}

static enum status run_child(struct xls *xls, int file, struct fail *fail)
{
    int ends[2];
    if (pipe(ends) != 0)
        return fail_errno(fail, "pipe", xls->name);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        xls_child(file, ends[1], XLS_MEMORY_MAX, XLS_SECONDS_MAX);
    }
    close(ends[1]);
    if (child > 0)
        take_all(&xls->records, ends[0]);
    close(ends[0]);
    if (child < 0)
        return fail_errno(fail, "fork", xls->name);
    int ended = 0;
    while (waitpid(child, &ended, 0) < 0)
        if (errno != EINTR)
            return fail_errno(fail, "waitpid", xls->name);
    return explain(xls, ended, fail);
}

struct record {
    char mark;
    uint32_t number;
    const char *text;
    size_t length;
};

static bool take(const struct buf *records, size_t *at, void *bytes, size_t length)
{
    if (length > records->length - *at)
        return false;
    memcpy(bytes, records->bytes + *at, length);
    *at += length;
    return true;
}

/* The record at *at, which moves behind it; false at the end and where the records are not as they should be. */
static bool next_record(const struct buf *records, size_t *at, struct record *record)
{
    uint32_t length = 0;
    *record = (struct record){ .text = "" };
    if (*at > records->length || !take(records, at, &record->mark, 1) || record->mark == 'E')
        return false;
    if (record->mark != 'S' && !take(records, at, &record->number, sizeof record->number))
        return false;
    if (record->mark == 'R')
        return true;
    if (!take(records, at, &length, sizeof length) || length > records->length - *at)
        return false;
    record->text = records->bytes + *at;
    record->length = length;
    *at += length;
    return utf8_valid(record->text, length);
}

static enum status find_sheets(struct xls *xls, struct fail *fail)
{
    size_t names[SHEET_MAX];
    struct record record;
    size_t at = 0;
    while (next_record(&xls->records, &at, &record)) {
        if (record.mark != 'S' || xls->sheet_count == SHEET_MAX)
            continue;
        names[xls->sheet_count] = xls->names.length;
        xls->starts[xls->sheet_count++] = at;
        buf_add(&xls->names, record.text, record.length);
        buf_add(&xls->names, "", 1);
    }
    if (at != xls->records.length || xls->names.failed)
        return FAIL(fail, STATUS_INPUT, "%s: this is not an .xls spreadsheet, or the file is damaged", xls->name);
    for (size_t i = 0; i < xls->sheet_count; i++)
        xls->sheets[i] = xls->names.bytes + names[i];
    return xls->sheet_count > 0 ? STATUS_OK
                                : FAIL(fail, STATUS_INPUT, "%s: there are no sheets in the file", xls->name);
}

enum status xls_open(const char *name, const char *bytes, size_t length, size_t limit, struct xls **xls,
                     struct fail *fail)
{
    if (length > XLS_LENGTH_MAX)
        return FAIL(fail, STATUS_LIMIT, "%s: the spreadsheet is too large; save it as .xlsx", name);
    struct xls *made = calloc(1, sizeof *made);
    if (made == NULL)
        return FAIL(fail, STATUS_MEMORY, "%s: out of memory", name);
    made->name = name;
    buf_init(&made->records, limit);
    buf_init(&made->names, (size_t)SHEET_MAX * 1024);
    int file = private_file(bytes, length);
    enum status status = file >= 0 ? run_child(made, file, fail) : fail_errno(fail, "memfd_create", name);
    if (file >= 0)
        close(file);
    if (status == STATUS_OK)
        status = find_sheets(made, fail);
    if (status == STATUS_OK)
        *xls = made;
    else
        xls_close(made);
    return status;
}

void xls_close(struct xls *xls)
{
    if (xls == NULL)
        return;
    buf_free(&xls->records);
    buf_free(&xls->names);
    free(xls);
}

size_t xls_sheet_count(const struct xls *xls)
{
    return xls->sheet_count;
}

const char *xls_sheet_name(const struct xls *xls, size_t sheet)
{
    return xls->sheets[sheet];
}

static enum status serve(struct xls *xls, size_t at, struct sheet_cells *cells, sheet_row_read *row, void *context,
                         struct fail *fail)
{
    struct record record;
    bool more = next_record(&xls->records, &at, &record);
    enum status status = STATUS_OK;
    while (status == STATUS_OK && more && record.mark == 'R') {
        status = sheet_cells_begin(cells, record.number, fail);
        while (status == STATUS_OK && (more = next_record(&xls->records, &at, &record)) && record.mark == 'C')
            status = sheet_cells_add(cells, record.number, record.text, record.length, fail);
        if (status == STATUS_OK)
            status = sheet_cells_end(cells, row, context, fail);
    }
    return status;
}

enum status xls_rows(struct xls *xls, size_t sheet, sheet_row_read *row, void *context, struct fail *fail)
{
    struct sheet_cells *cells = calloc(1, sizeof *cells);
    if (cells == NULL)
        return FAIL(fail, STATUS_MEMORY, "%s: out of memory", xls->name);
    sheet_cells_init(cells, xls->name);
    enum status status = serve(xls, xls->starts[sheet], cells, row, context, fail);
    sheet_cells_free(cells);
    free(cells);
    return status;
}

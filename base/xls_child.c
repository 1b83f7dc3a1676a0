/* Bounds the process, reads the file by libfreexl, writes rows into a pipe. */
#define _GNU_SOURCE /* close_range */
#include "base/xls_child.h"

#include <errno.h>
#include <fcntl.h>
#include <freexl.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/sheet.h"
#include "base/xlsx_private.h"

enum { OUT_ROOM = 64 * 1024 };

struct out {
    int file;
    size_t length;
    char bytes[OUT_ROOM];
};

static void flush(struct out *out)
{
    for (size_t done = 0; done < out->length;) {
        ssize_t length = write(out->file, out->bytes + done, out->length - done);
        if (length < 0 && errno != EINTR)
            _exit(XLS_EXIT_LIMIT); /* the parent has heard enough */
        done += length > 0 ? (size_t)length : 0;
    }
    out->length = 0;
}

static void put(struct out *out, const void *bytes, size_t length)
{
    if (length > OUT_ROOM - out->length)
        flush(out);
    memcpy(out->bytes + out->length, bytes, length);
    out->length += length;
}

static void put_number(struct out *out, char mark, size_t number)
{
    uint32_t word = (uint32_t)number;
    put(out, &mark, 1);
    put(out, &word, sizeof word);
}

static void put_text(struct out *out, const char *text)
{
    size_t length = strlen(text);
    if (length > SHEET_CELL_MAX - 1)
        _exit(XLS_EXIT_LIMIT);
    uint32_t word = (uint32_t)length;
    put(out, &word, sizeof word);
    for (size_t done = 0; done < length;) {
        size_t portion = length - done < OUT_ROOM ? length - done : OUT_ROOM;
        put(out, text + done, portion);
        done += portion;
    }
}

/* What the file could reach if it took libfreexl over: no connection, database or file of the parent, no file that
 * grows, no new process, no more rights. */
static void shut_in(int *file, int *out)
{
    enum { FILE_AT = 10, OUT_AT = 11, FILES_MAX = 16 };
    struct rlimit none = { 0, 0 };
    struct rlimit files = { FILES_MAX, FILES_MAX };
    int high = fcntl(*out, F_DUPFD, FILE_AT + OUT_AT); /* out of the way of the next line */
    if (high < 0 || dup2(*file, FILE_AT) < 0 || dup2(high, OUT_AT) < 0)
        _exit(XLS_EXIT_LIMIT);
    (void)close_range(3, FILE_AT - 1, 0);
    (void)close_range(OUT_AT + 1, ~0U, 0);
    setrlimit(RLIMIT_NOFILE, &files);
    setrlimit(RLIMIT_NPROC, &none);
    setrlimit(RLIMIT_FSIZE, &none);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    *file = FILE_AT;
    *out = OUT_AT;
}

/* Memory: what the process has anyway, and so much more. */
static void bound(size_t memory_max, unsigned seconds_max)
{
    struct rlimit none = { 0, 0 };
    struct rlimit seconds = { seconds_max, seconds_max };
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_CPU, &seconds);
    signal(SIGALRM, SIG_DFL);
    alarm(seconds_max * 5); /* and one that waits for something forever: a lock held by a thread that is not here */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
    unsigned long pages = 0; /* sanitizers reserve more addresses than any limit allows */
    FILE *file = fopen("/proc/self/statm", "re");
    bool known = file != NULL && fscanf(file, "%lu", &pages) == 1;
    if (file != NULL)
        fclose(file);
    rlim_t most = (rlim_t)memory_max + (known ? (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) : 0);
    struct rlimit memory = { most, most };
    setrlimit(RLIMIT_AS, &memory);
#else
    (void)memory_max;
#endif
}

static const char *text_of(const FreeXL_CellValue *cell, char room[XLSX_NUMBER_ROOM])
{
    switch (cell->type) {
    case FREEXL_CELL_INT: snprintf(room, XLSX_NUMBER_ROOM, "%d", cell->value.int_value); return room;
    case FREEXL_CELL_DOUBLE: {
        char exact[XLSX_NUMBER_ROOM];
        snprintf(exact, sizeof exact, "%.17g", cell->value.double_value);
        xlsx_number(exact, false, false, room);
        return room;
    }
    case FREEXL_CELL_DATETIME:
        snprintf(room, XLSX_NUMBER_ROOM, "%s", cell->value.text_value != NULL ? cell->value.text_value : "");
        if (strlen(room) > 10 && room[10] == ' ')
            room[10] = 'T';
        return room;
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_TIME: return cell->value.text_value != NULL ? cell->value.text_value : "";
    default: return "";
    }
}

static void put_row(struct out *out, const void *workbook, unsigned row, unsigned short columns)
{
    bool begun = false;
    for (unsigned short column = 0; column < columns; column++) {
        FreeXL_CellValue cell = { .type = FREEXL_CELL_NULL };
        char room[XLSX_NUMBER_ROOM];
        if (freexl_get_cell_value(workbook, row, column, &cell) != FREEXL_OK)
            continue;
        const char *text = text_of(&cell, room);
        if (text[0] == '\0')
            continue;
        if (!begun)
            put_number(out, 'R', (size_t)row + 1);
        begun = true;
        put_number(out, 'C', column);
        put_text(out, text);
    }
}

static enum xls_exit put_sheets(struct out *out, const void *workbook)
{
    unsigned sheets = 0;
    if (freexl_get_info(workbook, FREEXL_BIFF_SHEET_COUNT, &sheets) != FREEXL_OK)
        return XLS_EXIT_DAMAGED;
    if (sheets > SHEET_MAX)
        return XLS_EXIT_LIMIT;
    for (unsigned short sheet = 0; sheet < sheets; sheet++) {
        const char *name = NULL;
        unsigned rows = 0;
        unsigned short columns = 0;
        if (freexl_get_worksheet_name(workbook, sheet, &name) != FREEXL_OK || name == NULL ||
            freexl_select_active_worksheet(workbook, sheet) != FREEXL_OK)
            return XLS_EXIT_DAMAGED;
        if (freexl_worksheet_dimensions(workbook, &rows, &columns) != FREEXL_OK)
            rows = 0; /* an empty sheet has none */
        char mark = 'S';
        put(out, &mark, 1);
        put_text(out, name);
        for (unsigned row = 0; row < rows; row++)
            put_row(out, workbook, row, columns);
    }
    char mark = 'E';
    put(out, &mark, 1);
    flush(out);
    return XLS_EXIT_OK;
}

_Noreturn void xls_child(int file, int out, size_t memory_max, unsigned seconds_max)
{
    shut_in(&file, &out);
    bound(memory_max, seconds_max);
    struct out writer = { .file = out };
    char path[64];
    const void *workbook = NULL;
    unsigned password = FREEXL_BIFF_PLAIN;
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    int error = freexl_open(path, &workbook);
    if (workbook != NULL && freexl_get_info(workbook, FREEXL_BIFF_PASSWORD, &password) == FREEXL_OK &&
        password == FREEXL_BIFF_OBFUSCATED)
        _exit(XLS_EXIT_PROTECTED);
    if (error != FREEXL_OK)
        _exit(error == FREEXL_INSUFFICIENT_MEMORY ? XLS_EXIT_LIMIT : XLS_EXIT_DAMAGED);
    _exit((int)put_sheets(&writer, workbook));
}

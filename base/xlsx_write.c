/* libxlsxwriter writes files by path only: here into one without a name, which is read back. */
#define _GNU_SOURCE /* memfd_create */
#include "base/xlsx_write.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { DECIMALS = 4 };
enum { MADE_AT = 946684800 /* 2000-01-01: the same form is the same file whenever it is written */ };

struct xlsx_write {
    int file;
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *head, *body, *numbers[DECIMALS];
    lxw_error error; /* the first */
};

static void free_all(struct xlsx_write *write)
{
    if (write->workbook != NULL)
        lxw_workbook_free(write->workbook);
    if (write->file >= 0)
        close(write->file);
    free(write);
}

enum status xlsx_write_create(struct xlsx_write **write, struct fail *fail)
{
    char path[64];
    struct xlsx_write *made = calloc(1, sizeof *made);
    if (made == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    made->file = memfd_create("xlsx", MFD_CLOEXEC);
    if (made->file < 0) {
        free(made);
        return fail_errno(fail, "memfd_create", "xlsx");
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", made->file);
    lxw_doc_properties properties = { .created = MADE_AT };
    made->workbook = workbook_new(path);
    if (made->workbook != NULL) {
        made->head = workbook_add_format(made->workbook);
        made->body = workbook_add_format(made->workbook);
    }
    static const char *const formats[DECIMALS] = { "#,##0", "#,##0.0", "#,##0.00", "#,##0.000" };
    bool ready = made->head != NULL && made->body != NULL;
    for (size_t i = 0; i < DECIMALS && ready; i++) {
        made->numbers[i] = workbook_add_format(made->workbook);
        ready = made->numbers[i] != NULL;
        if (ready) {
            format_set_num_format(made->numbers[i], formats[i]);
            format_set_align(made->numbers[i], LXW_ALIGN_VERTICAL_TOP);
        }
    }
    if (!ready ||
        workbook_set_properties(made->workbook, &properties) != LXW_NO_ERROR) {
        free_all(made);
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    }
    format_set_bold(made->head);
    format_set_text_wrap(made->body);
    format_set_align(made->body, LXW_ALIGN_VERTICAL_TOP);
    *write = made;
    return STATUS_OK;
}

void xlsx_write_sheet(struct xlsx_write *write, const char *name)
{
    write->sheet = workbook_add_worksheet(write->workbook, name);
    if (write->sheet == NULL)
        write->error = write->error != LXW_NO_ERROR ? write->error : LXW_ERROR_MEMORY_MALLOC_FAILED;
    else
        worksheet_freeze_panes(write->sheet, 1, 0);
}

void xlsx_write_text(struct xlsx_write *write, uint32_t row, uint16_t column, const char *text)
{
    if (write->error == LXW_NO_ERROR)
        write->error = worksheet_write_string(write->sheet, row, column, text, row == 0 ? write->head : write->body);
}

void xlsx_write_number(struct xlsx_write *write, uint32_t row, uint16_t column, double number, unsigned decimals)
{
    decimals = decimals < DECIMALS ? decimals : DECIMALS - 1;
    if (write->error == LXW_NO_ERROR && isfinite(number))
        write->error = worksheet_write_number(write->sheet, row, column, number, write->numbers[decimals]);
}

void xlsx_write_width(struct xlsx_write *write, uint16_t column, double characters)
{
    if (write->error == LXW_NO_ERROR)
        write->error = worksheet_set_column(write->sheet, column, column, characters, NULL);
}

static enum status read_back(int file, struct buf *out, struct fail *fail)
{
    char bytes[32 * 1024];
    off_t at = 0;
    while (!out->failed) {
        ssize_t length = pread(file, bytes, sizeof bytes, at);
        if (length < 0 && errno != EINTR)
            return fail_errno(fail, "pread", "xlsx");
        if (length == 0)
            break;
        at += length > 0 ? length : 0;
        buf_add(out, bytes, length > 0 ? (size_t)length : 0);
    }
    return buf_status(out, "the spreadsheet", fail);
}

enum status xlsx_write_end(struct xlsx_write *write, struct buf *out, struct fail *fail)
{
    if (write == NULL)
        return STATUS_OK;
    lxw_error error = write->error;
    if (error == LXW_NO_ERROR) {
        error = workbook_close(write->workbook); /* frees it, whatever happens */
        write->workbook = NULL;
    }
    enum status status = STATUS_OK;
    if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
        status = FAIL(fail, STATUS_LIMIT, "a text is longer than the %d characters a cell of a spreadsheet holds",
                      (int)XLSX_CELL_MAX);
    else if (error != LXW_NO_ERROR)
        status = FAIL(fail, STATUS_IO, "the spreadsheet cannot be written: %s", lxw_strerror(error));
    else
        status = read_back(write->file, out, fail);
    free_all(write);
    return status;
}

/* Chooses between the two kinds of spreadsheet files. */
#include "base/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/xls.h"
#include "base/xlsx.h"

struct workbook {
    struct xlsx *xlsx; /* one of the two */
    struct xls *xls;
};

enum status workbook_open(const char *name, const char *bytes, size_t length, size_t limit, struct workbook **workbook,
                          struct fail *fail)
{
    struct workbook *made = calloc(1, sizeof *made);
    if (made == NULL)
        return FAIL(fail, STATUS_MEMORY, "%s: out of memory", name);
    enum status status = xls_fits(bytes, length) ? xls_open(name, bytes, length, limit, &made->xls, fail)
                                                 : xlsx_open(name, bytes, length, limit, &made->xlsx, fail);
    if (status == STATUS_OK)
        *workbook = made;
    else
        free(made);
    return status;
}

void workbook_close(struct workbook *workbook)
{
    if (workbook == NULL)
        return;
    xlsx_close(workbook->xlsx);
    xls_close(workbook->xls);
    free(workbook);
}

size_t workbook_sheet_count(const struct workbook *workbook)
{
    return workbook->xls != NULL ? xls_sheet_count(workbook->xls) : xlsx_sheet_count(workbook->xlsx);
}

const char *workbook_sheet_name(const struct workbook *workbook, size_t sheet)
{
    return workbook->xls != NULL ? xls_sheet_name(workbook->xls, sheet) : xlsx_sheet_name(workbook->xlsx, sheet);
}

enum status workbook_rows(struct workbook *workbook, size_t sheet, sheet_row_read *row, void *context,
                          struct fail *fail)
{
    return workbook->xls != NULL ? xls_rows(workbook->xls, sheet, row, context, fail)
                                 : xlsx_rows(workbook->xlsx, sheet, row, context, fail);
}

/* Chooses between the two kinds of spreadsheet files. */
#include "base/spreadsheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/xls.h"
#include "base/xlsx.h"

struct spreadsheet {
    struct xlsx *xlsx; /* one of the two */
    struct xls *xls;
};

enum status spreadsheet_open(const char *name, const char *bytes, size_t length, size_t limit, struct spreadsheet **spreadsheet,
                          struct fail *fail)
{
    struct spreadsheet *made = calloc(1, sizeof *made);
    if (made == NULL)
        return FAIL(fail, STATUS_MEMORY, "%s: out of memory", name);
    enum status status = xls_fits(bytes, length) ? xls_open(name, bytes, length, limit, &made->xls, fail)
                                                 : xlsx_open(name, bytes, length, limit, &made->xlsx, fail);
    if (status == STATUS_OK)
        *spreadsheet = made;
    else
        free(made);
    return status;
}

void spreadsheet_close(struct spreadsheet *spreadsheet)
{
    if (spreadsheet == NULL)
        return;
    xlsx_close(spreadsheet->xlsx);
    xls_close(spreadsheet->xls);
    free(spreadsheet);
}

size_t spreadsheet_sheet_count(const struct spreadsheet *spreadsheet)
{
    return spreadsheet->xls != NULL ? xls_sheet_count(spreadsheet->xls) : xlsx_sheet_count(spreadsheet->xlsx);
}

const char *spreadsheet_sheet_name(const struct spreadsheet *spreadsheet, size_t sheet)
{
    return spreadsheet->xls != NULL ? xls_sheet_name(spreadsheet->xls, sheet) : xlsx_sheet_name(spreadsheet->xlsx, sheet);
}

enum status spreadsheet_rows(struct spreadsheet *spreadsheet, size_t sheet, sheet_row_read *row, void *context,
                          struct fail *fail)
{
    return spreadsheet->xls != NULL ? xls_rows(spreadsheet->xls, sheet, row, context, fail)
                                 : xlsx_rows(spreadsheet->xlsx, sheet, row, context, fail);
}

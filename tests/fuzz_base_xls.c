/* Arbitrary bytes as an old .xls: whatever happens to libfreexl in its process, this one lives and gets an answer. */
#include "base/xls.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static enum status ignore(void *context, const struct sheet_row *row, struct fail *fail)
{
    (void)context;
    (void)row;
    (void)fail;
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct xls *xls = NULL;
    enum status status = xls_open("fuzz", (const char *)bytes, length, 8 << 20, &xls, NULL);
    for (size_t i = 0; status == STATUS_OK && i < xls_sheet_count(xls); i++)
        status = xls_rows(xls, i, ignore, NULL, NULL);
    xls_close(xls);
    return 0;
}

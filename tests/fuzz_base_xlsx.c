/* Arbitrary bytes as a sheet inside an otherwise good .xlsx, and as the whole file: never a crash, never without end.
 */
#include "base/spreadsheet.h"
#include "zip_make.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static enum status ignore(void *context, const struct sheet_row *row, struct fail *fail)
{
    (void)context;
    (void)row;
    (void)fail;
    return STATUS_OK;
}

static void read_file(const char *bytes, size_t length)
{
    struct spreadsheet *spreadsheet = NULL;
    enum status status = spreadsheet_open("fuzz", bytes, length, 8 << 20, &spreadsheet, NULL);
    for (size_t i = 0; status == STATUS_OK && i < spreadsheet_sheet_count(spreadsheet); i++)
        status = spreadsheet_rows(spreadsheet, i, ignore, NULL, NULL);
    spreadsheet_close(spreadsheet);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct zip_make zip;
    size_t first =
        length > 0 ? (size_t)bytes[0] * length / 256 : 0; /* so much for the strings, the rest for the sheet */
    read_file((const char *)bytes, length);
    zip_make_workbook(&zip, NULL, "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>");
    zip_make_add(&zip, "xl/sharedStrings.xml", (const char *)bytes, first);
    zip_make_add(&zip, "xl/worksheets/sheet1.xml", (const char *)bytes + first, length - first);
    zip_make_end(&zip);
    read_file(zip.out.bytes, zip.out.length);
    buf_free(&zip.out);
    return 0;
}

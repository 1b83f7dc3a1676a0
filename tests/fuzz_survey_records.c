/* Fuzz: personnel records, counted into the workforce cube. */
#include "import_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct import_kind kind;
    fuzz_must(import_kind_find("records", &kind, NULL) == STATUS_OK, "no kind");
    if (length > 0)
        fuzz_import(&kind, bytes[0], bytes + 1, length - 1);
    return 0;
}

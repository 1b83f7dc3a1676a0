/* Fuzz: files of every kind but personnel records: units, workforce cube, population and the tables of tables.def. */
#include "import_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct import_kind kind;
    size_t count = 0;
    if (length == 0)
        return 0;
    while (import_kind_at(count, &kind))
        count++;
    fuzz_must(import_kind_at((bytes[0] & 0x3Fu) % count, &kind), "no kind");
    if (strcmp(kind.kind, "records") != 0) /* fuzz_survey_records.c */
        fuzz_import(&kind, bytes[0], bytes + 1, length - 1);
    return 0;
}

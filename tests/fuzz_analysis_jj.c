/* Fuzz: an instance in the format .jj: refused or read whole, with sums that hold. */
#include <assert.h>
#include <string.h>

#include "analysis/lattice_jj.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct lattice lattice;
    struct fail fail = { 0 };
    arena_init(&arena, 64 << 20);
    char *text = arena_copy(&arena, (const char *)bytes, length);
    if (text != NULL && jj_read(&arena, text, length, "tables.jj", &lattice, &fail) == STATUS_OK)
        assert(lattice_check(&lattice, NULL, NULL) == STATUS_OK);
    arena_free(&arena);
    return 0;
}

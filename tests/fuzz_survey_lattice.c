/* Fuzz: tables a statistician brings to protect and attack, as JSON. */
#include <string.h>

#include "survey/lattice_json.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct lattice lattice;
    struct fail fail = { 0 };
    json_t *document = NULL;
    arena_init(&arena, 64 << 20);
    char *text = arena_copy(&arena, (const char *)bytes, length);
    if (text != NULL && lattice_json_parse(&arena, text, length, "tables.json", &document, &lattice, &fail) == STATUS_OK)
        lattice_json_mark(document, &lattice);
    json_decref(document);
    arena_free(&arena);
    return 0;
}

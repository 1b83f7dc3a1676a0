/* Arbitrary bytes as XML: never a crash, never an unbounded tree. */
#include "base/xml_tree.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    const struct xml_node *root = NULL;
    arena_init(&arena, 8 << 20);
    (void)!xml_tree_read(&arena, "fuzz", (const char *)bytes, length, &root, NULL);
    arena_free(&arena);
    return 0;
}

/* The negative control of attack_queries.py: the tables of a wave with the signs of the primary rules alone, no partners hidden.
 * Calls the library directly; no command and no option does this. Usage: attack_bare DIR WAVE > basis.json */
#include <stdio.h>

#include "analysis/disclose.h"
#include "survey/basis_json.h"
#include "survey/store.h"

int main(int count, char **words)
{
    struct policy bare = policy_default;
    struct arena arena;
    struct inputs inputs;
    struct store *store = NULL;
    const struct release *release = NULL;
    struct basis made;
    struct buf out;
    struct fail fail = { 0 };
    if (count != 3)
        return 2;
    bare.no_partners = true;
    arena_init(&arena, (size_t)1 << 30);
    buf_init(&out, 256 << 20);
    enum status status = store_open(words[1], STORE_ANALYSE, &store, &fail);
    if (status == STATUS_OK)
        status = store_inputs(store, &arena, words[2], &inputs, &fail);
    if (status == STATUS_OK)
        status = release_build_beside(&arena, &inputs, &bare, NULL, &release, &made, &fail);
    if (status == STATUS_OK)
        status = basis_json_write(&made, &out, &fail);
    if (status == STATUS_OK)
        puts(out.bytes);
    else
        fprintf(stderr, "%s\n", fail.what);
    store_close(store);
    buf_free(&out);
    arena_free(&arena);
    return status == STATUS_OK ? 0 : 1;
}

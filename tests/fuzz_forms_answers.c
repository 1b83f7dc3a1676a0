/* Arbitrary bytes as sealed answers to a form of every question type: what is taken can be written, is never longer
 * than the slot, and reads again as the same. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/answers.h"
#include "forms/form_yaml.h"
#include "forms/yaml_tree.h"

int LLVMFuzzerInitialize(int *count, char ***words);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct form *form; /* a fuzz target has no other place for it */
static struct arena form_arena;

int LLVMFuzzerInitialize(int *count, char ***words)
{
    struct buf bytes;
    (void)count, (void)words;
    arena_init(&form_arena, 16 << 20);
    buf_init(&bytes, YAML_LENGTH_MAX);
    if (buf_read_file(&bytes, SOURCE_DIR "/tests/data/forms/all_types.yaml", NULL) != STATUS_OK ||
        form_parse_yaml(&form_arena, "all_types", bytes.bytes, bytes.length, &form, NULL, NULL, NULL) != STATUS_OK)
        abort();
    buf_free(&bytes);
    return 0;
}

/* The hash is no part of the search: bytes are what stands between the braces of "answers". */
static void wrap(const uint8_t *bytes, size_t length, struct buf *json)
{
    buf_format(json, "{\"form\":\"%s\",\"answers\":{", form->sha256);
    buf_add(json, bytes, length);
    buf_add_string(json, "}}");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct answers answers;
    struct buf json;
    struct buf first;
    struct buf second;
    arena_init(&arena, 16 << 20);
    (void)!answers_parse(&arena, form, (const char *)bytes, length, &answers, NULL, NULL, NULL);
    buf_init(&json, 256 * 1024);
    buf_init(&first, 256 * 1024);
    buf_init(&second, 256 * 1024);
    wrap(bytes, length, &json);
    if (!json.failed && answers_parse(&arena, form, json.bytes, json.length, &answers, NULL, NULL, NULL) == STATUS_OK) {
        answers_write(&answers, &first);
        assert(!first.failed && first.length <= answers_length_max(form));
        if (answers_parse(&arena, form, first.bytes, first.length, &answers, NULL, NULL, NULL) != STATUS_OK)
            abort();
        answers_write(&answers, &second);
        assert(first.length == second.length && memcmp(first.bytes, second.bytes, first.length) == 0);
    }
    buf_free(&second);
    buf_free(&first);
    buf_free(&json);
    arena_free(&arena);
    return 0;
}

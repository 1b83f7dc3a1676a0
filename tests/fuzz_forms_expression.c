/* Arbitrary bytes as an expression: what is read can be written, is read again as the same, and has a value. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/expression.h"
#include "forms/format.h"

int LLVMFuzzerInitialize(int *count, char ***words);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const struct form *form; /* a fuzz target has no other place for it */
static struct arena form_arena;

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count, (void)words;
    arena_init(&form_arena, 16 << 20);
    if (form_read(&form_arena, SOURCE_DIR "/tests/data/forms/all_types.yaml", &form, NULL, NULL, NULL) != STATUS_OK)
        abort();
    return 0;
}

static void read_again(struct arena *arena, const struct expression *expression)
{
    struct buf text;
    struct buf texts[2];
    size_t column = 0;
    buf_init(&text, 1 << 20);
    expression_write_text(expression, &text);
    for (size_t i = 0; i < COUNT(texts) && text.length <= EXPRESSION_LENGTH_MAX; i++) {
        buf_init(&texts[i], 1 << 20);
        expression_write(expression, &texts[i]);
        if (i == 0 && expression_parse(arena, text.bytes, &expression, &column, NULL) != STATUS_OK)
            abort();
    }
    if (text.length <= EXPRESSION_LENGTH_MAX) {
        assert(strcmp(texts[0].bytes, texts[1].bytes) == 0);
        buf_free(&texts[0]);
        buf_free(&texts[1]);
    }
    buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena arena;
    struct answers answers;
    const struct expression *expression = NULL;
    size_t column = 0;
    arena_init(&arena, 32 << 20);
    const char *source = arena_copy(&arena, (const char *)bytes, length);
    if (source != NULL && expression_parse(&arena, source, &expression, &column, NULL) == STATUS_OK) {
        read_again(&arena, expression);
        bool shown[FORM_ITEM_MAX] = { false };
        struct value calculated[CALCULATED_MAX] = { 0 };
        const struct item *own = &form->items[form->item_count - 1];
        if (answers_create(&arena, form, &answers, NULL) == STATUS_OK &&
            expression_resolve(&arena, form, form->item_count, own, expression, &expression, NULL, NULL, NULL) ==
                STATUS_OK) {
            const struct scope scope = { &answers, shown, calculated, own };
            (void)expression_holds(expression, &scope);
            (void)expression_possible(form, expression);
        }
    }
    arena_free(&arena);
    return 0;
}

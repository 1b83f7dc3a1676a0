/* Random answers for rehearsals and load: valid by the form's own rules. */
#include "base/env.h"
#include "forms/qtype.h"
#include "survey/respond.h"

enum { MEMORY = 1 << 20, SKIP_ONE_IN = 20 };

static void choose_set(const struct item *item, struct seeded *random, struct answer *answer)
{
    unsigned most = item->choose_max == 0 || item->choose_max > 3 ? 3 : item->choose_max;
    unsigned wanted = 1 + seeded_below(random, most);
    for (unsigned i = 0; i < wanted; i++) {
        uint32_t option = seeded_below(random, (uint32_t)item->option_count);
        if (item->options[option].exclusive && answer->set != 0)
            continue;
        answer->set |= UINT32_C(1) << option;
        if (item->options[option].exclusive)
            return;
    }
}

/* A page that rotates shows each person only some of its items, from a random one on. */
static bool drawn(const struct page *page, size_t item, uint32_t offset)
{
    return page->rotate == 0 || (item - page->item_first + offset) % page->item_count < page->rotate;
}

enum status respond_random(const struct form *form, uint64_t seed, struct buf *json, struct fail *fail)
{
    struct seeded random;
    struct arena arena;
    struct answers answers;
    seeded_init(&random, seed);
    arena_init(&arena, MEMORY);
    uint32_t offset = seeded_below(&random, 1000);
    enum status status = answers_create(&arena, form, &answers, fail);
    for (size_t i = 0; i < form->item_count && status == STATUS_OK; i++) {
        const struct item *item = &form->items[i];
        if (item->off || item->option_count == 0 || seeded_below(&random, SKIP_ONE_IN) == 0 ||
            !drawn(&form->pages[item->page], i, offset) || !answers_shown(&answers, i))
            continue;
        switch (item->type->kind) {
        case QTYPE_CHOICE:
            answers.items[i].choice = (uint8_t)seeded_below(&random, (uint32_t)item->option_count);
            break;
        case QTYPE_SET: choose_set(item, &random, &answers.items[i]); break;
        case QTYPE_TEXT: break;
        }
    }
    if (status == STATUS_OK) {
        answers_write(&answers, json);
        status = buf_status(json, "the answers", fail);
    }
    arena_free(&arena);
    return status;
}

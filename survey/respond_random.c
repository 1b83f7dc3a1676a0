/* Random answers for rehearsals and load: valid by the form's own rules. */
#include "base/env.h"
#include "base/utf8.h"
#include "forms/measure.h"
#include "forms/qtype.h"
#include "survey/respond.h"

enum { MEMORY = 1 << 20, SKIP_ONE_IN = 20 };

static void choose_set(const struct item *item, struct seeded *random, struct answer *answer)
{
    unsigned most = item->choose_max == 0 || item->choose_max > 3 ? 3 : item->choose_max;
    unsigned wanted = 1 + seeded_below(random, most);
    if (wanted < item->choose_min)
        wanted = item->choose_min;
    unsigned chosen = 0;
    for (unsigned tries = 0; chosen < wanted && tries < 1000; tries++) {
        uint32_t option = seeded_below(random, (uint32_t)item->option_count);
        const uint32_t bit = UINT32_C(1) << option;
        if ((item->options[option].exclusive && answer->set != 0) ||
            (answer->set & (bit | item->options[option].not_with)))
            continue;
        answer->set |= bit;
        chosen++;
        if (item->options[option].exclusive)
            return;
    }
    if (chosen < item->choose_min)
        answer->set = 0; /* the options exclude each other too much */
}

static void choose_number(const struct item *item, struct seeded *random, struct answer *answer)
{
    const int64_t step = item->step > 0 ? item->step : 1;
    const int64_t steps = (item->max - item->min) / step;
    const uint32_t bound = steps < UINT32_MAX - 1 ? (uint32_t)steps + 1 : UINT32_MAX;
    answer->given = true;
    answer->number = item->min + step * (int64_t)seeded_below(random, bound);
}

static bool choose_date(const struct item *item, struct seeded *random, struct arena *arena, struct answer *answer)
{
    struct buf text;
    buf_init(&text, NUMBER_TEXT_ROOM);
    choose_number(item, random, answer);
    date_write(answer->number, item->grain, &text);
    answer->text = text.bytes != NULL ? arena_string(arena, text.bytes) : NULL;
    buf_free(&text);
    return answer->text != NULL;
}

static bool choose_order(const struct item *item, struct seeded *random, struct arena *arena, struct answer *answer)
{
    size_t most = item->choose_max > 0 ? item->choose_max : item->option_count;
    size_t count = item->choose_min > 0 ? item->choose_min : 1 + seeded_below(random, (uint32_t)most);
    uint8_t *order = ARENA_NEW(arena, uint8_t, item->option_count);
    if (order == NULL)
        return false;
    for (size_t i = 0; i < item->option_count; i++) { /* inside-out shuffle (Durstenfeld 1964, CACM 7:420) */
        size_t other = seeded_below(random, (uint32_t)i + 1);
        order[i] = order[other];
        order[other] = (uint8_t)i;
    }
    answer->order = order;
    answer->order_count = count;
    return true;
}

static bool choose_amounts(const struct item *item, struct seeded *random, struct arena *arena, struct answer *answer)
{
    int64_t *amounts = ARENA_NEW(arena, int64_t, item->option_count);
    if (amounts == NULL)
        return false;
    int64_t left = item->max;
    for (size_t i = 0; i + 1 < item->option_count; i++) {
        amounts[i] = (int64_t)seeded_below(random, (uint32_t)left + 1);
        left -= amounts[i];
    }
    amounts[item->option_count - 1] = left;
    answer->amounts = amounts;
    return true;
}

/* Words with what has to be escaped, and with characters of two and of four bytes. */
static bool choose_text(const struct item *item, struct seeded *random, struct arena *arena, struct answer *answer)
{
    static const char *const words[] = { "Zeit", "für", "Köln", "\"laut\"", "a\\b", "ذ", "😀", "sehr\tgut" };
    struct buf text;
    const size_t most = item->length_max > 0 ? item->length_max : ANSWERS_TEXT_MAX;
    size_t length = 0;
    buf_init(&text, 4 * ANSWERS_TEXT_MAX);
    for (unsigned left = 1 + seeded_below(random, 12); left > 0; left--) {
        const char *word = words[seeded_below(random, COUNT(words))];
        if (length + 1 + utf8_count(word) > most)
            break;
        buf_format(&text, "%s%s", length == 0 ? "" : item->lines == 1 ? " " : "\n", word);
        length += 1 + utf8_count(word);
    }
    answer->text = length > 0 && text.bytes != NULL ? arena_string(arena, text.bytes) : NULL;
    const bool fits = !text.failed && (length == 0 || answer->text != NULL);
    buf_free(&text);
    return fits;
}

/* False when memory is short. */
static bool choose(const struct item *item, struct seeded *random, struct arena *arena, struct answer *answer)
{
    switch (item->type->kind) {
    case QTYPE_CHOICE: answer->choice = (uint8_t)seeded_below(random, (uint32_t)item->option_count); return true;
    case QTYPE_SET: choose_set(item, random, answer); return true;
    case QTYPE_NUMBER: choose_number(item, random, answer); return true;
    case QTYPE_DATE: return choose_date(item, random, arena, answer);
    case QTYPE_ORDER: return choose_order(item, random, arena, answer);
    case QTYPE_AMOUNTS: return choose_amounts(item, random, arena, answer);
    case QTYPE_TEXT: return choose_text(item, random, arena, answer);
    case QTYPE_NONE: return true;
    }
    return true;
}

/* Tries answers until one meets the question's own condition; when none does, the question is skipped. */
static bool choose_valid(struct answers *answers, size_t item, struct seeded *random, struct arena *arena)
{
    enum { TRIES = 50 };
    struct answer *answer = &answers->items[item];
    for (unsigned i = 0; i < TRIES; i++) {
        *answer = (struct answer){ .choice = ANSWER_NONE };
        if (!choose(&answers->form->items[item], random, arena, answer))
            return false;
        if (!answer_given(&answers->form->items[item], answer) || answers_valid(answers, item))
            return true;
    }
    *answer = (struct answer){ .choice = ANSWER_NONE };
    return true;
}

/* A page that rotates shows each person only some of its questions, from a random one on; a write-in text goes with its
 * question. */
static bool drawn(const struct form *form, const struct item *item, uint32_t offset)
{
    const struct page *page = &form->pages[item->page];
    const struct item *leader = item_leader(form, item);
    size_t count = 0;
    size_t position = 0;
    if (page->rotate == 0)
        return true;
    for (const struct item *other = &form->items[page->item_first];
         other < &form->items[page->item_first + page->item_count]; other++) {
        if (other == (leader != NULL ? leader : item))
            position = count;
        count += other->type->kind != QTYPE_NONE && item_leader(form, other) == NULL ? 1 : 0;
    }
    return count > 0 && (position + offset) % count < page->rotate;
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
        if (item->off || seeded_below(&random, SKIP_ONE_IN) == 0 || !drawn(form, item, offset) ||
            !answers_shown(&answers, i))
            continue;
        if (!choose_valid(&answers, i, &random, &arena))
            status = FAIL(fail, STATUS_MEMORY, "out of memory");
    }
    if (status == STATUS_OK) {
        answers_write(&answers, json);
        status = buf_status(json, "the answers", fail);
    }
    arena_free(&arena);
    return status;
}

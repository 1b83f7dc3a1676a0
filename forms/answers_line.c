/* A canonical line names its items in the order of the form, so that one walk along both reads it. */
#include "forms/answers_line.h"

#include <string.h>

#include "forms/qtype.h"

enum { WORD = sizeof(uint64_t), ATTEMPTS = 100 };

/* A text to be found at the beginning of another one; its first eight bytes are compared at once. */
struct pattern {
    const char *text;
    size_t length;
    uint64_t word, mask; /* the first byte lowest */
};

/* Where a code stands, found by its first eight bytes: one multiplication, and no two codes in one place. Small, so that
 * the places of a whole form stay near. */
struct place {
    uint64_t word; /* the code's, with the quotation mark behind; 0 for an empty place */
    uint8_t choice;
};

struct places {
    struct place *place;
    struct pattern *codes; /* of all options, with the quotation mark behind */
    uint64_t multiplier;
    unsigned shift;
};

struct plan_item {
    struct pattern key;      /* "KP1":" as it stands in the line */
    const struct item *item; /* NULL: not for this reader */
    struct places places;
};

struct answers_plan {
    const struct form *form;
    const char *head;
    size_t head_length;
    bool conditions; /* some item is not shown to everybody, or not every answer to it is good */
    struct plan_item *items;
};

/* The first eight bytes of a text that ends at end, zeros behind it; the first byte is the lowest on every machine. */
static inline uint64_t word_at(const char *text, const char *end)
{
    unsigned char bytes[WORD] = { 0 };
    if (end - text >= WORD)
        memcpy(bytes, text, WORD);
    else
        memcpy(bytes, text, (size_t)(end - text));
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16 | (uint64_t)bytes[3] << 24 |
           (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40 | (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

static uint64_t first_bytes(size_t count)
{
    return count >= WORD ? UINT64_MAX : ((uint64_t)1 << (8 * count)) - 1;
}

static bool pattern_make(struct pattern *pattern, const char *text)
{
    if (text == NULL)
        return false;
    *pattern = (struct pattern){ .text = text, .length = strlen(text), .mask = first_bytes(strlen(text)) };
    pattern->word = word_at(text, text + pattern->length);
    return true;
}

/* word: of text, which ends with NUL. */
static bool begins(const struct pattern *pattern, uint64_t word, const char *text)
{
    return (word & pattern->mask) == pattern->word &&
           (pattern->length <= WORD || strncmp(text + WORD, pattern->text + WORD, pattern->length - WORD) == 0);
}

/* Position of the first quotation mark in a word, WORD for none: a byte is zero where subtracting 1 borrows into its
 * highest bit; a borrow can go wrong only behind the first. */
static size_t quotation_mark(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t other = word ^ (ones * '"');
    uint64_t zero = (other - ones) & ~other & (ones * 0x80);
    return zero == 0 ? WORD : (size_t)__builtin_ctzll(zero) / 8;
}

/* Tries one multiplier after the other until every code has a place of its own; false: codes that begin alike. */
static bool codes_apart(struct places *places, size_t count)
{
    places->multiplier = 0x9e3779b97f4a7c15;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        size_t placed = 0;
        memset(places->place, 0, sizeof *places->place << (64 - places->shift));
        for (; placed < count; placed++) {
            struct place *place = &places->place[(places->codes[placed].word * places->multiplier) >> places->shift];
            if (place->word != 0)
                break;
            *place = (struct place){ places->codes[placed].word, (uint8_t)placed };
        }
        if (placed == count)
            return true;
        places->multiplier = places->multiplier * 0x5851f42d4c957f2d + 2;
    }
    return false;
}

static enum status places_make(struct arena *arena, const struct item *item, size_t count, struct places *places,
                               struct fail *fail)
{
    for (places->shift = 60; (size_t)1 << (64 - places->shift) < 2 * count;)
        places->shift--;
    places->place = ARENA_NEW(arena, struct place, (size_t)1 << (64 - places->shift));
    places->codes = ARENA_NEW(arena, struct pattern, count + 1);
    if (places->place == NULL || places->codes == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    for (size_t k = 0; k < count; k++)
        if (!pattern_make(&places->codes[k], arena_format(arena, "%s\"", item->options[k].code)))
            return FAIL(fail, STATUS_MEMORY, "out of memory");
    return STATUS_OK;
}

/* like: the item before, which has the same options more often than not. */
static enum status plan_item(struct arena *arena, const struct item *item, const struct plan_item *like,
                             struct plan_item *planned, struct fail *fail)
{
    enum status status = STATUS_OK;
    size_t count = item->option_count < FORM_OPTION_MAX ? item->option_count : FORM_OPTION_MAX;
    if (!pattern_make(&planned->key, arena_format(arena, "\"%s\":\"", item->id)))
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    if (item->detached || item->type == NULL || item->type->parse != choice_parse || count == 0)
        return STATUS_OK;
    bool known = like != NULL && like->item != NULL && like->item->options == item->options &&
                 like->item->option_count == item->option_count;
    if (known)
        planned->places = like->places;
    else
        status = places_make(arena, item, count, &planned->places, fail);
    if (status == STATUS_OK && (known || codes_apart(&planned->places, count)))
        planned->item = item;
    return status;
}

enum status answers_plan_make(struct arena *arena, const struct form *form, const struct answers_plan **plan,
                              struct fail *fail)
{
    struct answers_plan *made = ARENA_NEW(arena, struct answers_plan, 1);
    struct plan_item *items = ARENA_NEW(arena, struct plan_item, form->item_count);
    if (made == NULL || items == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    *made = (struct answers_plan){ .form = form, .items = items };
    made->head = arena_format(arena, "{\"form\":\"%s\",\"answers\":{", form->sha256);
    if (made->head == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    made->head_length = strlen(made->head);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < form->item_count && status == STATUS_OK; i++) {
        const struct item *item = &form->items[i];
        made->conditions |= item->off || item->show_if != NULL || item->valid_if != NULL;
        made->conditions |= form->pages[item->page].show_if != NULL;
        status = plan_item(arena, item, i == 0 ? NULL : &items[i - 1], &items[i], fail);
    }
    if (status == STATUS_OK)
        *plan = made;
    return status;
}

/* The code from text to its closing quotation mark; returns what stands behind the character after it, or NULL. */
static inline const char *read_code(const struct places *places, const char *text, const char *end, uint8_t *choice)
{
    uint64_t word = word_at(text, end);
    size_t length = quotation_mark(word) + 1;
    uint64_t code = word & first_bytes(length);
    const struct place *place = &places->place[(code * places->multiplier) >> places->shift];
    *choice = place->choice;
    if (place->word != code)
        return NULL;
    if (length > WORD) {
        const struct pattern *whole = &places->codes[place->choice];
        if (!begins(whole, word, text))
            return NULL;
        length = whole->length;
    }
    text += length; /* without waiting for the place */
    return text < end ? text + 1 : NULL;
}

static bool all_good(const struct answers *answers)
{
    bool shown[FORM_ITEM_MAX];
    answers_shown_all(answers, shown, answers->form->item_count);
    for (size_t i = 0; i < answers->form->item_count; i++)
        if (answers->items[i].choice != ANSWER_NONE && (!shown[i] || !answers_valid(answers, i)))
            return false;
    return true;
}

bool answers_line(const struct answers_plan *plan, const char *line, size_t length, struct answers *answers)
{
    size_t items = plan->form->item_count;
    const char *end = line + length;
    char before = '{'; /* the next key */
    if (length < plan->head_length || memcmp(line, plan->head, plan->head_length) != 0)
        return false;
    line += plan->head_length;
    for (size_t i = 0; i < items; i++) {
        const struct plan_item *planned = &plan->items[i];
        answers->items[i].choice = ANSWER_NONE;
        if (!begins(&planned->key, word_at(line, end), line))
            continue;
        if (planned->item == NULL || line[-1] != before)
            return false;
        before = ',';
        line = read_code(&planned->places, line + planned->key.length, end, &answers->items[i].choice);
        if (line == NULL)
            return false;
    }
    bool closed = before == '{' ? strcmp(line, "}}") == 0 : line[-1] == '}' && strcmp(line, "}") == 0;
    return closed && (!plan->conditions || all_good(answers));
}

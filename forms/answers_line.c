/* A canonical line names its items in the order of the form, so that one walk along both reads it. */
#include "forms/answers_line.h"

#include <stdio.h>
#include <string.h>

#include "forms/qtype.h"

enum { WORD = sizeof(uint64_t) };

/* A text to be found at the beginning of another one; its first eight bytes are compared at once. */
struct pattern {
    const char *text;
    size_t length;
    uint64_t word, mask;
};

struct plan_item {
    struct pattern key;      /* "KP1":" as it stands in the line */
    const struct item *item; /* NULL: not for this reader */
    uint8_t of_byte[256];    /* position of the option whose code is this one byte; ANSWER_NONE for none */
    struct pattern *codes;   /* of all options, with the quotation mark behind */
    size_t code_count;
};

struct answers_plan {
    const struct form *form;
    const char *head;
    size_t head_length;
    bool conditions; /* some item is not shown to everybody, or not every answer to it is good */
    struct plan_item *items;
};

static bool pattern_make(struct pattern *pattern, const char *text)
{
    if (text == NULL)
        return false;
    *pattern = (struct pattern){ .text = text, .length = strlen(text) };
    size_t length = pattern->length < WORD ? pattern->length : WORD;
    memset(&pattern->mask, 0xff, length);
    memcpy(&pattern->word, text, length);
    return true;
}

/* Whether the text, which ends with NUL at end, begins with it. */
static bool begins(const struct pattern *pattern, const char *text, const char *end)
{
    uint64_t word;
    if (end - text < WORD)
        return strncmp(text, pattern->text, pattern->length) == 0;
    memcpy(&word, text, WORD);
    return (word & pattern->mask) == pattern->word &&
           (pattern->length <= WORD || strncmp(text + WORD, pattern->text + WORD, pattern->length - WORD) == 0);
}

static enum status plan_item(struct arena *arena, const struct item *item, struct plan_item *planned, struct fail *fail)
{
    memset(planned->of_byte, ANSWER_NONE, sizeof planned->of_byte);
    if (!pattern_make(&planned->key, arena_format(arena, "\"%s\":\"", item->id)))
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    if (item->detached || item->type == NULL || item->type->parse != choice_parse)
        return STATUS_OK;
    planned->item = item;
    planned->code_count = item->option_count < FORM_OPTION_MAX ? item->option_count : FORM_OPTION_MAX;
    planned->codes = ARENA_NEW(arena, struct pattern, planned->code_count + 1);
    for (size_t k = 0; k < planned->code_count; k++)
        if (planned->codes == NULL ||
            !pattern_make(&planned->codes[k], arena_format(arena, "%s\"", item->options[k].code)))
            return FAIL(fail, STATUS_MEMORY, "out of memory");
    for (size_t k = 0; k < planned->code_count; k++)
        if (strlen(item->options[k].code) == 1 &&
            planned->of_byte[(unsigned char)item->options[k].code[0]] == ANSWER_NONE)
            planned->of_byte[(unsigned char)item->options[k].code[0]] = (uint8_t)k;
    return STATUS_OK;
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
        status = plan_item(arena, item, &items[i], fail);
    }
    if (status == STATUS_OK)
        *plan = made;
    return status;
}

/* The code from text to its closing quotation mark; returns what stands behind it, or NULL. */
static const char *read_code(const struct plan_item *planned, const char *text, const char *end, uint8_t *choice)
{
    if (text[0] != '\0' && text[1] == '"') {
        *choice = planned->of_byte[(unsigned char)text[0]];
        return *choice == ANSWER_NONE ? NULL : text + 2;
    }
    for (size_t k = 0; k < planned->code_count; k++)
        if (begins(&planned->codes[k], text, end)) {
            *choice = (uint8_t)k;
            return text + planned->codes[k].length;
        }
    return NULL;
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
    if (length < plan->head_length || memcmp(line, plan->head, plan->head_length) != 0)
        return false;
    line += plan->head_length;
    for (size_t i = 0; i < items; i++) {
        const struct plan_item *planned = &plan->items[i];
        answers->items[i].choice = ANSWER_NONE;
        if (!begins(&planned->key, line, end))
            continue;
        if (planned->item == NULL)
            return false;
        line = read_code(planned, line + planned->key.length, end, &answers->items[i].choice);
        if (line == NULL || !(*line == '}' || (*line == ',' && line[1] == '"')))
            return false;
        line += *line == ',';
    }
    return strcmp(line, "}}") == 0 && (!plan->conditions || all_good(answers));
}

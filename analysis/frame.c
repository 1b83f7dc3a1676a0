/* Fills the columns of a frame. Knows the form, never who answered: rows come in the canonical order of count.
 * Not responsible for the meaning of options (column.h) or for immigration history (recode.h). */
#include "analysis/frame.h"

#include <string.h>

#include "forms/qtype.h"

enum status frame_create(struct arena *arena, const struct form *form, size_t rows, struct frame *frame,
                         struct fail *fail)
{
    struct frame made = { .form = form, .row_count = rows };
    made.choice = ARENA_NEW(arena, uint8_t *, form->item_count);
    made.set = ARENA_NEW(arena, uint32_t *, form->item_count);
    made.detached_count = ARENA_NEW(arena, size_t, form->item_count);
    made.detached_with = ARENA_NEW(arena, uint8_t *, form->item_count);
    made.attached = ARENA_NEW(arena, size_t, form->item_count);
    if (made.attached == NULL || made.choice == NULL || made.set == NULL || made.detached_count == NULL || made.detached_with == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the answers");
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        const bool one = item->type == NULL || item->type->kind == QTYPE_CHOICE;
        if (item->detached || item->option_count == 0 || !(one || item->type->kind == QTYPE_SET))
            continue; /* numbers, rankings and amounts are kept with the answers, but no figure uses them */
        bool several = item->type != NULL && item->type->kind == QTYPE_SET;
        made.choice[i] = several ? NULL : ARENA_NEW(arena, uint8_t, rows + 1);
        made.set[i] = several ? ARENA_NEW(arena, uint32_t, rows + 1) : NULL;
        if (made.choice[i] == NULL && made.set[i] == NULL)
            return FAIL(fail, STATUS_MEMORY, "not enough memory for the answers");
        if (made.choice[i] != NULL)
            memset(made.choice[i], ANSWER_NONE, rows + 1);
        made.attached[made.attached_count++] = i;
    }
    *frame = made;
    return STATUS_OK;
}

void frame_set(struct frame *frame, size_t row, const struct answers *answers)
{
    for (size_t k = 0; k < frame->attached_count; k++) {
        size_t i = frame->attached[k];
        if (frame->choice[i] != NULL)
            frame->choice[i][row] = answers->items[i].choice;
        else
            frame->set[i][row] = answers->items[i].set;
    }
}

static void *copy(struct arena *arena, const void *from, size_t rows, size_t size)
{
    void *to = arena_get(arena, rows + 1, size);
    if (to != NULL && rows > 0)
        memcpy(to, from, rows * size);
    return to;
}

enum status frame_detach(struct arena *arena, struct frame *frame, size_t item, const uint32_t set[],
                         const uint8_t choice[], const uint8_t with[], size_t rows, struct fail *fail)
{
    if (item >= frame->form->item_count)
        return FAIL(fail, STATUS_INPUT, "the questionnaire has no such item");
    uint32_t *sets = set == NULL ? NULL : copy(arena, set, rows, sizeof *set);
    uint8_t *choices = choice == NULL ? NULL : copy(arena, choice, rows, sizeof *choice);
    uint8_t *withs = with == NULL ? NULL : copy(arena, with, rows, sizeof *with);
    if ((set != NULL && sets == NULL) || (choice != NULL && choices == NULL) || (with != NULL && withs == NULL))
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the answers");
    frame->set[item] = sets;
    frame->choice[item] = choices;
    frame->detached_with[item] = withs;
    frame->detached_count[item] = rows;
    return STATUS_OK;
}

static size_t position(const struct form *form, const char *item)
{
    for (size_t i = 0; i < form->item_count; i++)
        if (strcmp(form->items[i].id, item) == 0)
            return i;
    return form->item_count;
}

const uint8_t *frame_choice(const struct frame *frame, const char *item)
{
    size_t i = frame->form == NULL ? 0 : position(frame->form, item);
    return frame->form == NULL || i == frame->form->item_count ? NULL : frame->choice[i];
}

uint8_t frame_code(const struct frame *frame, const char *item, const char *code)
{
    size_t i = position(frame->form, item);
    if (i == frame->form->item_count)
        return ANSWER_NONE;
    const struct item *found = &frame->form->items[i];
    for (size_t k = 0; k < found->option_count && k < FORM_OPTION_MAX; k++)
        if (strcmp(found->options[k].code, code) == 0)
            return (uint8_t)k;
    return ANSWER_NONE;
}

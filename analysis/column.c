/* Maps stored positions to the codes of the questionnaire. */
#include "analysis/column.h"

#include <stdlib.h>
#include <string.h>

static uint8_t number_of(const char *code, size_t position)
{
    char *end = NULL;
    long number = strtol(code, &end, 10);
    bool good = end != code && *end == '\0' && number >= 0 && number <= FORM_OPTION_MAX;
    return (uint8_t)(good ? (size_t)number : position + 1);
}

void column_open(struct column *column, const struct frame *frame, const char *id)
{
    memset(column, 0, sizeof *column);
    memset(column->code, COLUMN_MISSING, sizeof column->code);
    if (frame->form == NULL)
        return;
    for (size_t i = 0; i < frame->form->item_count; i++) {
        if (strcmp(frame->form->items[i].id, id) != 0)
            continue;
        const struct item *item = &frame->form->items[i];
        column->item = item;
        column->choice = item->detached ? NULL : frame->choice[i];
        for (size_t k = 0; k < item->option_count && k < FORM_OPTION_MAX; k++) {
            column->code[k] = item->options[k].missing ? COLUMN_REFUSED : number_of(item->options[k].code, k);
            column->can_refuse = column->can_refuse || item->options[k].missing;
        }
        return;
    }
}

uint8_t column_raw(const struct column *column, size_t row)
{
    return column->choice == NULL ? COLUMN_MISSING : column->code[column->choice[row]];
}

uint8_t column_code(const struct column *column, size_t row)
{
    uint8_t code = column_raw(column, row);
    return code == COLUMN_REFUSED ? COLUMN_MISSING : code;
}

/* Conditions, checks and values of a form in LimeSurvey's words. */
#include "forms/limesurvey_write.h"

#include "forms/condition.h"

struct put_expression put_show_if(struct layout *layout, size_t item)
{
    struct put_expression expression = { .theirs = "1" };
    const struct condition *condition = layout->form->items[item].show_if;
    struct buf text;
    buf_init(&text, 64 * 1024);
    if (condition != NULL) {
        condition_write_text(condition, &text);
        expression.ours = text.failed ? NULL : arena_string(layout->arena, text.bytes);
        layout->failed = layout->failed || expression.ours == NULL;
    }
    buf_free(&text);
    return expression;
}

struct put_expression put_page_show_if(struct layout *layout, size_t page)
{
    (void)layout;
    (void)page;
    return (struct put_expression){ .theirs = "1" };
}

struct put_expression put_valid_if(struct layout *layout, size_t item)
{
    (void)layout;
    (void)item;
    return (struct put_expression){ .theirs = "" };
}

struct put_expression put_value(struct layout *layout, size_t item)
{
    (void)layout;
    (void)item;
    return (struct put_expression){ .theirs = "" };
}

/* Conditions, checks and values of a form in LimeSurvey's words. */
#include "forms/limesurvey_write.h"

#include "forms/expression.h"

/* theirs: what LimeSurvey does when it cannot be said in its words. */
static struct put_expression put(struct layout *layout, const struct expression *expression, const char *theirs)
{
    struct put_expression made = { .theirs = theirs };
    struct buf text;
    if (expression == NULL)
        return made;
    buf_init(&text, 64 * 1024);
    expression_write_text(expression, &text);
    made.ours = text.failed ? NULL : arena_string(layout->arena, text.bytes);
    layout->failed = layout->failed || made.ours == NULL;
    buf_free(&text);
    return made;
}

struct put_expression put_show_if(struct layout *layout, size_t item)
{
    return put(layout, layout->form->items[item].show_if, "1");
}

struct put_expression put_page_show_if(struct layout *layout, size_t page)
{
    return put(layout, layout->form->pages[page].show_if, "1");
}

struct put_expression put_valid_if(struct layout *layout, size_t item)
{
    return put(layout, layout->form->items[item].valid_if, "");
}

struct put_expression put_value(struct layout *layout, size_t item)
{
    return put(layout, layout->form->items[item].value, "");
}

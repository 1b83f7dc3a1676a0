/* Conditions, checks and values of a form in LimeSurvey's words. */
#include "forms/limesurvey_write.h"

#include "forms/condition.h"

struct put_expression put_show_if(struct layout *layout, size_t item)
{
    (void)layout;
    (void)item;
    return (struct put_expression){ .theirs = "1" };
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

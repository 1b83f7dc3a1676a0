/* Makes the tree a foreign expression becomes, and refuses what cannot become one. */
#include <ctype.h>
#include <string.h>

#include "base/i18n.h"
#include "forms/expression_translate.h"

struct term foreign_refuse(struct translator *translator, const char *why)
{
    if (translator->status == STATUS_OK)
        translator->status = FAIL(translator->fail, STATUS_INPUT, "%s",
                                  tr(translator->fail != NULL ? translator->fail->language : NULL, why));
    return (struct term){ 0 };
}

struct expression *foreign_leaf(struct translator *translator, enum expression_operator operator, const char * text)
{
    if (translator->status != STATUS_OK)
        return NULL;
    if (++translator->nodes > EXPRESSION_NODE_MAX) {
        foreign_refuse(translator, N_("the expression has too many parts"));
        return NULL;
    }
    struct expression *node = ARENA_NEW(translator->foreign->arena, struct expression, 1);
    if (node == NULL) {
        translator->status = FAIL(translator->fail, STATUS_MEMORY, "out of memory");
        return NULL;
    }
    node->operator= operator;
    node->position = SIZE_MAX;
    node->text = text;
    return node;
}

struct expression *foreign_node(struct translator *translator, enum expression_operator operator,
                                struct expression * first, struct expression *second, struct expression *third)
{
    struct expression *node = first != NULL ? foreign_leaf(translator, operator, NULL) : NULL;
    if (node == NULL)
        return NULL;
    node->first = first;
    first->next = second;
    if (second != NULL)
        second->next = third;
    return node;
}

bool foreign_is_number(const char *text)
{
    size_t whole = strspn(text, "0123456789");
    const char *end = text + whole;
    if (*end == '.' && isdigit((unsigned char)end[1]))
        end += 1 + strspn(end + 1, "0123456789");
    return whole > 0 && *end == '\0' && end - text <= 30;
}

struct expression *foreign_number(struct translator *translator, const char *digits)
{
    return foreign_leaf(translator, EXPRESSION_NUMBER, digits);
}

/* A text that is a number is one to both of them. */
struct expression *foreign_text(struct translator *translator, const char *text)
{
    if (foreign_is_number(text))
        return foreign_number(translator, text);
    if (strchr(text, '"') != NULL && strchr(text, '\'') != NULL) {
        foreign_refuse(translator, N_("a text with both kinds of quotes cannot be said"));
        return NULL;
    }
    return foreign_leaf(translator, EXPRESSION_TEXT, text);
}

struct expression *foreign_missing(struct translator *translator)
{
    return foreign_node(translator, EXPRESSION_NUMBER_OF, foreign_leaf(translator, EXPRESSION_TEXT, ""), NULL, NULL);
}

static struct term bare(struct translator *translator, const struct foreign_name *name)
{
    const bool own = name->item == translator->foreign->own;
    struct expression *node =
        foreign_leaf(translator, own ? EXPRESSION_VALUE : EXPRESSION_ITEM, own ? NULL : name->item->id);
    return (struct term){ .node = node, .name = *name, .empty_possible = true };
}

struct term foreign_find(struct translator *translator, const char *name)
{
    struct foreign_name found = { 0 };
    if (!translator->foreign->find(translator->foreign->context, name, &found) || found.item == NULL)
        return foreign_refuse(translator, N_("it names something that is no earlier question"));
    return bare(translator, &found);
}

struct term foreign_own(struct translator *translator)
{
    const struct foreign_name name = { .item = translator->foreign->own };
    return name.item == NULL ? foreign_refuse(translator, N_("the answer itself cannot be looked at here"))
                             : bare(translator, &name);
}

struct expression *foreign_again(struct translator *translator, const struct term *term)
{
    return bare(translator, &term->name).node;
}

/* Looks things up in a tree of nginx directives. */
#include <string.h>

#include "survey/doctor/nginx.h"

const struct nginx_directive *nginx_child(const struct nginx_directive *here, const char *name)
{
    for (const struct nginx_directive *child = here->first; child != NULL; child = child->next)
        if (strcmp(child->name, name) == 0)
            return child;
    return NULL;
}

const struct nginx_directive *nginx_again(const struct nginx_directive *found)
{
    for (const struct nginx_directive *next = found->next; next != NULL; next = next->next)
        if (strcmp(next->name, found->name) == 0)
            return next;
    return NULL;
}

const struct nginx_directive *nginx_find(const struct nginx_directive *here, const char *name)
{
    for (; here != NULL; here = here->parent) {
        const struct nginx_directive *found = nginx_child(here, name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

bool nginx_word(const struct nginx_directive *directive, const char *word)
{
    for (size_t i = 0; directive != NULL && i < directive->word_count; i++)
        if (strcmp(directive->words[i], word) == 0)
            return true;
    return false;
}

const struct nginx_directive *nginx_walk(const struct nginx_directive *top, const struct nginx_directive *at)
{
    if (at->first != NULL)
        return at->first;
    while (at != top && at->next == NULL)
        at = at->parent;
    return at == top ? NULL : at->next;
}

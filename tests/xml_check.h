/* Well-formedness of the HTML a test has made: tags nest, attributes are quoted and unique ids are unique, entities are
 * known. Not a validator. */
#ifndef TESTS_XML_CHECK_H
#define TESTS_XML_CHECK_H

#include <stdio.h>
#include <string.h>

enum { XML_DEPTH = 64, XML_IDS = 2000 };

struct xml_name {
    const char *at;
    size_t length;
};

static inline void xml_attributes(const char *at, const char *end, struct xml_name ids[], size_t *id_count)
{
    while (at < end) {
        at += strspn(at, " \n\t");
        if (at >= end || *at == '/')
            return;
        size_t name = strcspn(at, "= >");
        if (at[name] != '=' || at[name + 1] != '"')
            fail_msg("attribute without quotes: %.60s", at);
        const char *value = at + name + 2;
        const char *close = strchr(value, '"');
        if (close == NULL || close > end)
            fail_msg("attribute does not end: %.60s", at);
        if (name == 2 && memcmp(at, "id", 2) == 0) {
            size_t length = (size_t)(close - value);
            for (size_t i = 0; i < *id_count; i++)
                if (ids[i].length == length && memcmp(ids[i].at, value, length) == 0)
                    fail_msg("id twice: %.60s", value);
            if (*id_count < XML_IDS)
                ids[(*id_count)++] = (struct xml_name){ value, length };
        }
        at = close + 1;
    }
}

static inline void xml_entity(const char *at)
{
    static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strncmp(at, known[i], strlen(known[i])) == 0)
            return;
    fail_msg("unknown entity: %.30s", at);
}

static inline void xml_check(const char *text)
{
    static struct xml_name ids[XML_IDS];
    struct xml_name open[XML_DEPTH];
    size_t depth = 0;
    size_t id_count = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '&')
            xml_entity(at);
        if (*at != '<')
            continue;
        const char *end = strchr(at, '>');
        if (end == NULL)
            fail_msg("tag does not end: %.60s", at);
        if (at[1] == '/') {
            size_t length = (size_t)(end - at - 2);
            if (depth == 0 || open[depth - 1].length != length || memcmp(open[depth - 1].at, at + 2, length) != 0)
                fail_msg("closes what is not open: %.60s", at);
            depth--;
        } else {
            size_t length = strcspn(at + 1, " />\n");
            xml_attributes(at + 1 + length, end, ids, &id_count);
            if (end[-1] != '/') {
                if (depth == XML_DEPTH)
                    fail_msg("nested too deep: %.60s", at);
                open[depth++] = (struct xml_name){ at + 1, length };
            }
        }
        at = end;
    }
    if (depth != 0)
        fail_msg("still open at the end: %.30s", open[depth - 1].at);
}

#endif

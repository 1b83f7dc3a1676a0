/* Matching of request paths against the route table, and the strict view of what a path may contain. Not responsible
 * for roles, bodies or answers: server.c. */
#include "survey/route.h"

#include <string.h>

static bool part_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("._~@+-", c) != NULL;
}

/* "%2e" hides a dot, "%2f" a slash: both are refused in any case, nothing of ours needs them in a path. */
static bool hides(const char *escape)
{
    static const char *const forbidden[] = { "%00", "%2e", "%2f", "%5c", "%0a", "%0d" };
    for (size_t i = 0; i < COUNT(forbidden); i++) {
        bool same = true;
        for (size_t k = 0; k < 3 && same; k++) {
            char c = escape[k];
            same = (c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) == forbidden[i][k];
        }
        if (same)
            return true;
    }
    return false;
}

bool route_uri_ok(const char *uri)
{
    if (uri[0] != '/' || strnlen(uri, URI_MAX + 1) > URI_MAX)
        return false;
    bool in_path = true;
    for (const char *c = uri; *c != '\0'; c++) {
        if (*c == '?')
            in_path = false;
        if ((unsigned char)*c <= ' ' || (unsigned char)*c >= 0x7f || *c == '\\')
            return false;
        if (strncmp(c, "%00", 3) == 0)
            return false;
        if (in_path && ((*c == '%' && hides(c)) || strncmp(c, "/.", 2) == 0 || strncmp(c, "//", 2) == 0))
            return false;
    }
    return true;
}

/* One {} of the pattern against the text up to the next slash; returns its length, 0 when it does not fit. */
static size_t match_part(const char *text, char part[PATH_PART_ROOM])
{
    size_t length = strcspn(text, "/");
    if (length == 0 || length >= PATH_PART_ROOM || text[0] == '.')
        return 0;
    for (size_t i = 0; i < length; i++)
        if (!part_char(text[i]))
            return 0;
    memcpy(part, text, length);
    part[length] = '\0';
    return length;
}

static bool match(const char *pattern, const char *path, char parts[PATH_PART_MAX][PATH_PART_ROOM], size_t *part_count)
{
    *part_count = 0;
    while (*pattern != '\0') {
        if (pattern[0] == '{' && pattern[1] == '}') {
            size_t length = *part_count < PATH_PART_MAX ? match_part(path, parts[*part_count]) : 0;
            if (length == 0)
                return false;
            ++*part_count;
            path += length;
            pattern += 2;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == '\0';
}

const struct route *route_find(const struct route rows[], size_t count, unsigned face, enum method method,
                               const char *path, char parts[PATH_PART_MAX][PATH_PART_ROOM], size_t *part_count,
                               bool *other_method)
{
    *other_method = false;
    for (size_t i = 0; i < count; i++) {
        if ((rows[i].faces & face) == 0 || !match(rows[i].path, path, parts, part_count))
            continue;
        if (rows[i].method == method)
            return &rows[i];
        *other_method = true;
    }
    *part_count = 0;
    return NULL;
}

const char *request_field(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->field_count; i++)
        if (strcmp(request->fields[i].name, name) == 0)
            return request->fields[i].value;
    return NULL;
}

const struct upload *request_upload(const struct request *request, const char *field)
{
    for (size_t i = 0; i < request->file_count; i++)
        if (strcmp(request->files[i].field, field) == 0)
            return &request->files[i];
    return NULL;
}

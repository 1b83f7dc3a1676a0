/* Finds the row of routes.c for a path, and refuses paths no honest browser sends. */
#ifndef SURVEY_ROUTE_H
#define SURVEY_ROUTE_H

#include "survey/request.h"

enum { URI_MAX = 2048, PATH_PART_ROOM = 129 };

/* Looks at the raw request target before anything is decoded: length, %00, control characters, backslashes, "..". */
bool route_uri_ok(const char *uri);

/* Row for method, path (decoded) and face; NULL when there is none. parts[i] is filled for each {}; a part is
 * 1..128 characters [A-Za-z0-9._~@+-] and does not start with a dot.
 * *other_method is set when the path exists, but not with this method. */
const struct route *route_find(const struct route rows[], size_t count, unsigned face, enum method method,
                               const char *path, char parts[PATH_PART_MAX][PATH_PART_ROOM], size_t *part_count,
                               bool *other_method);

#endif

/* The files of a wave that everybody may read; both faces serve the same bytes (docs/protocol.md, "Count"). */
#ifndef SURVEY_PUBLISHED_H
#define SURVEY_PUBLISHED_H

#include "survey/service.h"

struct published {
    const char *file, *type;
    const char *about; /* N_(): one sentence for the page that offers it */
};
extern const struct published published[];
extern const size_t published_count;

const struct published *published_find(const char *file); /* NULL when it is none of them */
bool published_exists(struct service *service, const char *wave, const struct published *row);

handler published_file; /* GET /w/{}/FILE */

#endif

/* Answers every face gives alike: error pages, error JSON, the HTTP status of a failure, compression. */
#ifndef SURVEY_REPLY_H
#define SURVEY_REPLY_H

#include "survey/request.h"

enum { REPLY_BODY_MAX = 64 << 20 };

unsigned reply_status(enum status status); /* STATUS_MISSING → 404 … */

/* Small page with the sentence, in the reader's language. */
void reply_page(struct response *response, const struct language *language, unsigned status, const char *sentence);

/* {"error":"WORD","message":"sentence"} */
void reply_json(struct response *response, unsigned status, const char *word, const char *sentence);

/* For handlers: writes the JSON error and returns STATUS_OK, the error being the answer. sentence is an English literal. */
enum status reply_refuse(const struct request *request, struct response *response, unsigned status, const char *word,
                         const char *sentence);

/* gzip with a fixed header (no time, no name). out is initialised by the caller; false when it does not get smaller. */
bool reply_gzip(const void *bytes, size_t length, int level, struct buf *out);

#endif

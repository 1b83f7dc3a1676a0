/* Error pages and error JSON, statuses, gzip. Not responsible for headers: server.c. */
#include "survey/reply.h"

#include <jansson.h>
#include <string.h>
#include <zlib.h>

unsigned reply_status(enum status status)
{
    static const unsigned table[] = {
        [STATUS_OK] = 200,       [STATUS_INPUT] = 400,  [STATUS_DENIED] = 403, [STATUS_MISSING] = 404,
        [STATUS_CONFLICT] = 409, [STATUS_LIMIT] = 413,  [STATUS_MEMORY] = 503, [STATUS_IO] = 500,
        [STATUS_CRYPTO] = 403,
    };
    return (size_t)status < COUNT(table) ? table[status] : 500;
}

void reply_page(struct response *response, const struct language *language, unsigned status, const char *sentence)
{
    buf_free(&response->page.out);
    *response = (struct response){ .status = status };
    buf_init(&response->page.out, REPLY_BODY_MAX);
    struct html *page = &response->page;
    HTML(page, "<!DOCTYPE html>\n<html");
    HTML_ATTR(page, "lang", language_code(language));
    HTML_ATTR(page, "dir", language_direction(language_code(language)));
    HTML(page, "><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width\"/><title>");
    html_number(page, status);
    HTML(page, "</title><link rel=\"stylesheet\" href=\"/assets/survey.css\"/></head><body><main><h1>");
    html_text(page, status == 404 ? tr(language, N_("This page does not exist"))
                                  : tr(language, N_("This did not work")));
    HTML(page, "</h1><p>");
    html_text(page, sentence);
    HTML(page, "</p></main></body></html>\n");
}

void reply_json(struct response *response, unsigned status, const char *word, const char *sentence)
{
    buf_free(&response->page.out);
    const char *allow_origin = response->allow_origin;
    *response = (struct response){ .status = status, .content_type = "application/json", .allow_origin = allow_origin };
    buf_init(&response->page.out, REPLY_BODY_MAX);
    json_t *text = json_string(sentence);
    char *quoted = text == NULL ? NULL : json_dumps(text, JSON_ENCODE_ANY | JSON_COMPACT);
    json_decref(text);
    buf_format(&response->page.out, "{\"error\":\"%s\",\"message\":%s}", word, quoted == NULL ? "\"\"" : quoted);
    free(quoted);
}

enum status reply_refuse(const struct request *request, struct response *response, unsigned status, const char *word,
                         const char *sentence)
{
    reply_json(response, status, word, tr(request->language, sentence));
    return STATUS_OK;
}

bool reply_gzip(const void *bytes, size_t length, int level, struct buf *out)
{
    z_stream stream = { 0 };
    if (length < 512 || length > REPLY_BODY_MAX || deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    unsigned char block[16 * 1024];
    z_const Bytef *input;
    memcpy(&input, &bytes, sizeof input); /* zlib's next_in is not const, though it only reads */
    stream.next_in = input;
    stream.avail_in = (uInt)length;
    int state = Z_OK;
    while (state == Z_OK) {
        stream.next_out = block;
        stream.avail_out = sizeof block;
        state = deflate(&stream, Z_FINISH);
        buf_add(out, block, sizeof block - stream.avail_out);
    }
    deflateEnd(&stream);
    return state == Z_STREAM_END && !out->failed && out->length < length;
}

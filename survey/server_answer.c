/* Sending an answer: body, compression, security headers, error pages. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "survey/reply.h"
#include "survey/route.h"
#include "survey/server_private.h"

enum { GZIP_ASSET_MAX = 2 << 20 };

static const struct buf *compressed_asset(struct server *server, const struct asset *asset)
{
    size_t i = (size_t)(asset - assets);
    if (asset->length > GZIP_ASSET_MAX || i >= asset_count)
        return NULL;
    pthread_mutex_lock(&server->lock);
    struct buf *buf = &server->compressed[i];
    if (buf->limit == 0) {
        buf_init(buf, GZIP_ASSET_MAX);
        if (!reply_gzip(asset->bytes, asset->length, 9, buf))
            buf_clear(buf);
    }
    pthread_mutex_unlock(&server->lock);
    return buf->length > 0 ? buf : NULL;
}

static const char *asset_type(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = { { ".js", "text/javascript; charset=utf-8" },
                  { ".css", "text/css; charset=utf-8" },
                  { ".svg", "image/svg+xml" },
                  { ".otf", "font/otf" },
                  { ".png", "image/png" },
                  { ".html", "text/html; charset=utf-8" },
                  { ".woff2", "font/woff2" },
                  { ".ico", "image/x-icon" } };
    size_t length = strlen(name);
    for (size_t i = 0; i < COUNT(types); i++)
        if (length > strlen(types[i].end) && strcmp(name + length - strlen(types[i].end), types[i].end) == 0)
            return types[i].type;
    return "application/octet-stream";
}

static void header(struct MHD_Response *answer, const char *name, const char *value)
{
    if (value != NULL)
        (void)MHD_add_response_header(answer, name, value); /* refuses line breaks in values */
}

static void add_headers(struct MHD_Response *answer, const struct server *server, const struct response *response)
{
    char policy[512];
    snprintf(policy, sizeof policy,
             "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
             "connect-src 'self'%s%s; form-action 'self'; base-uri 'none'; frame-src 'self'; frame-ancestors %s",
             response->connect_to == NULL ? "" : " ", response->connect_to == NULL ? "" : response->connect_to,
             response->framed ? "'self'" : "'none'");
    header(answer, "Content-Security-Policy", policy);
    if (server->tls) /* else it is the business of the web server in front */
        header(answer, "Strict-Transport-Security", "max-age=31536000");
    header(answer, "Referrer-Policy", "no-referrer");
    header(answer, "X-Content-Type-Options", "nosniff");
    header(answer, "Cross-Origin-Opener-Policy", "same-origin");
    header(answer, "X-Frame-Options", response->framed ? "SAMEORIGIN" : "DENY");
    header(answer, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    header(answer, "Cache-Control", response->cache || response->asset != NULL ? "no-cache" : "no-store");
    header(answer, "Location", response->location);
    header(answer, "Set-Cookie", response->set_cookie);
    header(answer, "Access-Control-Allow-Origin", response->allow_origin);
    if (response->allow_origin != NULL)
        header(answer, "Vary", "Origin");
    char text[256];
    if (response->download != NULL) {
        snprintf(text, sizeof text, "attachment; filename=\"%s\"", response->download);
        header(answer, "Content-Disposition", text);
    }
    const char *etag = response->asset != NULL ? response->asset->etag : response->etag;
    if (etag != NULL) {
        snprintf(text, sizeof text, "\"%s\"", etag);
        header(answer, "ETag", text);
    }
    header(answer, "Content-Type",
           response->content_type != NULL ? response->content_type
           : response->asset != NULL      ? asset_type(response->asset->name)
                                          : "text/html; charset=utf-8");
}

/* Body of the answer; the page's bytes change hands. Pages of a signed-in person are not compressed: their length would
 * tell about the secret token in them (BREACH). */
static struct MHD_Response *make_body(struct server *server, const struct request *request, struct response *response)
{
    bool gzip = request->accept_encoding != NULL && strstr(request->accept_encoding, "gzip") != NULL;
    const struct asset *asset = response->asset;
    if (asset != NULL) {
        const struct buf *small = gzip ? compressed_asset(server, asset) : NULL;
        const void *bytes = small != NULL ? (const void *)small->bytes : asset->bytes;
        void *lent;
        memcpy(&lent, &bytes, sizeof lent); /* libmicrohttpd only reads it, but does not say const */
        struct MHD_Response *answer = MHD_create_response_from_buffer(small != NULL ? small->length : asset->length,
                                                                      lent, MHD_RESPMEM_PERSISTENT);
        if (answer != NULL && small != NULL)
            header(answer, "Content-Encoding", "gzip");
        if (answer != NULL)
            header(answer, "Vary", "Accept-Encoding");
        return answer;
    }
    if (response->from_file) {
        struct MHD_Response *answer = MHD_create_response_from_fd64(response->file_length, response->file);
        response->from_file = answer == NULL; /* the library closes it now */
        return answer;
    }
    struct buf *body = &response->page.out;
    struct buf small = { 0 };
    buf_init(&small, REPLY_BODY_MAX);
    bool packed = !response->packed && gzip && request->session == NULL && response->download == NULL &&
                  reply_gzip(body->bytes, body->length, 4, &small);
    struct buf *sent = packed ? &small : body;
    packed = packed || response->packed;
    struct MHD_Response *answer = MHD_create_response_from_buffer(sent->length, sent->bytes, MHD_RESPMEM_MUST_FREE);
    if (answer != NULL)
        *sent = (struct buf){ 0 };
    if (packed && answer != NULL) {
        header(answer, "Content-Encoding", "gzip");
        header(answer, "Vary", "Accept-Encoding");
    }
    buf_free(&small);
    return answer;
}

static bool not_modified(const struct request *request, const struct response *response)
{
    const char *etag = response->asset != NULL ? response->asset->etag : response->etag;
    return etag != NULL && response->status == 200 && request->if_none_match != NULL &&
           strstr(request->if_none_match, etag) != NULL;
}

enum MHD_Result server_send_answer(struct exchange *exchange, struct MHD_Connection *connection,
                                   struct response *response, bool hang_up)
{
    struct MHD_Response *answer = NULL;
    unsigned status = response->status == 0 ? 200 : response->status;
    response->status = status;
    if (not_modified(&exchange->request, response)) {
        status = 304;
        answer = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    } else {
        answer = make_body(exchange->server, &exchange->request, response);
    }
    buf_free(&response->page.out);
    if (response->from_file) /* not sent */
        close(response->file);
    if (answer == NULL)
        return MHD_NO;
    add_headers(answer, exchange->server, response);
    if (hang_up)
        header(answer, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(connection, status, answer);
    MHD_destroy_response(answer);
    return result;
}

/* Errors before or around the handler. word NULL: chosen by status. */
enum MHD_Result server_send_error(struct exchange *exchange, struct MHD_Connection *connection, unsigned status,
                                  const char *sentence, bool hang_up)
{
    struct response response = { 0 };
    const struct language *language = exchange->request.language;
    if (language == NULL)
        language = language_default;
    if (exchange->route != NULL && (exchange->route->flags & ROUTE_JSON)) {
        response.allow_origin = (exchange->route->faces & FACE_COLLECT) ? "*" : NULL;
        reply_json(&response, status, status == 413   ? "too-large"
                                      : status == 404 ? "missing"
                                      : status >= 500 ? "server"
                                                      : "malformed",
                   sentence);
    } else {
        reply_page(&response, language, status, sentence);
    }
    return server_send_answer(exchange, connection, &response, hang_up);
}

/* HTTP by libmicrohttpd: one thread a connection, so that a submission may simply wait for the group commit and a blind
 * signature for its processor. Collects a request, checks its limits, finds its route, calls its handler, sends the
 * answer with its security headers. Logs nothing: no address, no path, no time. */
#include "survey/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "survey/reply.h"
#include "survey/route.h"
#include "survey/session.h"
#include "survey/wipe.h"

enum {
    CONNECTION_MAX = 512,
    CONNECTION_SECONDS = 20,
    CONNECTION_MEMORY = 32 * 1024,
    CONNECTION_STACK = 512 * 1024,
    REQUEST_MEMORY = 512 << 20,
    GZIP_ASSET_MAX = 2 << 20,
    SWALLOW_MAX = 32 << 20,
    STOP_MS = 5000,
    STOP_PAUSE_MS = 10
};

struct server {
    struct service *service;
    enum face face;
    struct MHD_Daemon *daemon;
    unsigned port;
    pthread_mutex_t lock; /* guards compressed and running */
    struct buf *compressed; /* by asset; made with the first request */
    unsigned running;       /* requests begun and not yet answered */
};

/* One request while it is being received. */
struct exchange {
    struct server *server;
    bool uri_ok, started, too_large, bad_fields;
    struct arena arena;
    struct request request;
    const struct route *route;
    char parts[PATH_PART_MAX][PATH_PART_ROOM];
    struct buf body;
    size_t swallowed; /* bytes beyond the limit, read and dropped so that the answer can be sent */
    struct field fields[FIELD_MAX];
    struct field files[FIELD_MAX];
    size_t file_lengths[FIELD_MAX];
    struct buf values[FIELD_MAX * 2]; /* posted values while they arrive: fields, then files */
};

/* --- receiving --- */

static void count_running(struct server *server, bool more)
{
    pthread_mutex_lock(&server->lock);
    server->running = more ? server->running + 1 : server->running - 1;
    pthread_mutex_unlock(&server->lock);
}

static void *see_uri(void *context, const char *uri, struct MHD_Connection *connection)
{
    (void)connection;
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (exchange == NULL)
        return NULL;
    exchange->server = context;
    count_running(exchange->server, true);
    exchange->uri_ok = route_uri_ok(uri);
    arena_init(&exchange->arena, REQUEST_MEMORY);
    exchange->request.arena = &exchange->arena;
    exchange->request.fields = exchange->fields;
    exchange->request.files = exchange->files;
    exchange->request.file_lengths = exchange->file_lengths;
    return exchange;
}

static void forget(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode code)
{
    (void)context, (void)connection, (void)code;
    struct exchange *exchange = *state;
    if (exchange == NULL)
        return;
    for (size_t i = 0; i < COUNT(exchange->values); i++)
        buf_free(&exchange->values[i]);
    buf_free(&exchange->body);
    arena_free(&exchange->arena);
    count_running(exchange->server, false);
    free(exchange);
    *state = NULL;
    wipe_stack(); /* the handler's variables: codes, blinded messages, ballots */
}

static void add_field(struct exchange *exchange, const char *name, const char *value)
{
    struct request *request = &exchange->request;
    const char *kept_name = arena_string(&exchange->arena, name);
    const char *kept_value = arena_string(&exchange->arena, value);
    if (request->field_count == FIELD_MAX || kept_name == NULL || kept_value == NULL ||
        !utf8_valid(name, strlen(name)) || !utf8_valid(value, strlen(value))) {
        exchange->bad_fields = true;
        return;
    }
    exchange->fields[request->field_count++] = (struct field){ kept_name, kept_value };
}

static enum MHD_Result take_argument(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    add_field(context, name, value == NULL ? "" : value);
    return MHD_YES;
}

/* Posted values may come in several pieces; a piece at offset 0 opens a new one. */
static enum MHD_Result take_posted(void *context, enum MHD_ValueKind kind, const char *key, const char *filename,
                                   const char *type, const char *encoding, const char *data, uint64_t offset,
                                   size_t length)
{
    (void)kind, (void)type, (void)encoding;
    struct exchange *exchange = context;
    struct request *request = &exchange->request;
    bool file = filename != NULL;
    size_t count = file ? request->file_count : request->field_count;
    struct field *list = file ? exchange->files : exchange->fields;
    if (offset == 0) {
        const char *name = arena_string(&exchange->arena, key == NULL ? "" : key);
        if (count == FIELD_MAX || name == NULL || !utf8_valid(name, strlen(name))) {
            exchange->bad_fields = true;
            return MHD_NO;
        }
        list[count++].name = name;
        *(file ? &request->file_count : &request->field_count) = count;
        buf_init(&exchange->values[count - 1 + (file ? FIELD_MAX : 0)], exchange->route->body_max);
    }
    if (count == 0)
        return MHD_NO;
    struct buf *value = &exchange->values[count - 1 + (file ? FIELD_MAX : 0)];
    buf_add(value, data, length);
    list[count - 1].value = value->bytes;
    exchange->file_lengths[count - 1] = file ? value->length : exchange->file_lengths[count - 1];
    if (value->failed)
        exchange->too_large = true;
    return value->failed ? MHD_NO : MHD_YES;
}

static void read_posted(struct exchange *exchange, struct MHD_Connection *connection)
{
    const char *type = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Type");
    if (type == NULL || (strncasecmp(type, "application/x-www-form-urlencoded", 33) != 0 &&
                         strncasecmp(type, "multipart/form-data", 19) != 0))
        return;
    size_t first = exchange->request.field_count;
    struct MHD_PostProcessor *processor = MHD_create_post_processor(connection, 32 * 1024, take_posted, exchange);
    if (processor == NULL) {
        exchange->bad_fields = true;
        return;
    }
    if (exchange->body.length > 0 &&
        MHD_post_process(processor, exchange->body.bytes, exchange->body.length) != MHD_YES)
        exchange->bad_fields = true;
    if (MHD_destroy_post_processor(processor) != MHD_YES)
        exchange->bad_fields = true;
    for (size_t i = first; i < exchange->request.field_count; i++) {
        const struct buf *value = &exchange->values[i];
        if (value->bytes == NULL)
            exchange->fields[i].value = "";
        else if (!utf8_valid(value->bytes, value->length))
            exchange->bad_fields = true;
    }
    for (size_t i = 0; i < exchange->request.file_count; i++)
        if (exchange->files[i].value == NULL)
            exchange->files[i].value = "";
}

static void read_headers(struct exchange *exchange, struct MHD_Connection *connection)
{
    struct request *request = &exchange->request;
    const char *wish = request_field(request, "lang");
    if (wish == NULL)
        wish = MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, "language");
    const char *accepted = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept-Language");
    request->language = accepted == NULL ? language_default : language_find(accepted, language_default);
    if (wish != NULL)
        request->language = language_find(wish, request->language);
    request->session = MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, SESSION_COOKIE);
    request->accept_encoding = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept-Encoding");
    request->if_none_match = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "If-None-Match");
}

/* --- answering --- */

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
    } types[] = { { ".js", "text/javascript; charset=utf-8" }, { ".css", "text/css; charset=utf-8" },
                  { ".svg", "image/svg+xml" },                 { ".otf", "font/otf" },
                  { ".png", "image/png" },                     { ".html", "text/html; charset=utf-8" },
                  { ".woff2", "font/woff2" },                  { ".ico", "image/x-icon" } };
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

static void add_headers(struct MHD_Response *answer, const struct response *response)
{
    char policy[512];
    snprintf(policy, sizeof policy,
             "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
             "connect-src 'self'%s%s; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
             response->connect_to == NULL ? "" : " ", response->connect_to == NULL ? "" : response->connect_to);
    header(answer, "Content-Security-Policy", policy);
    header(answer, "Referrer-Policy", "no-referrer");
    header(answer, "X-Content-Type-Options", "nosniff");
    header(answer, "Cross-Origin-Opener-Policy", "same-origin");
    header(answer, "X-Frame-Options", "DENY");
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
    header(answer, "Content-Type", response->content_type != NULL ? response->content_type
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
        struct MHD_Response *answer = MHD_create_response_from_buffer(
            small != NULL ? small->length : asset->length, lent, MHD_RESPMEM_PERSISTENT);
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
    bool packed = gzip && request->session == NULL && response->download == NULL &&
                  reply_gzip(body->bytes, body->length, 4, &small);
    struct buf *sent = packed ? &small : body;
    struct MHD_Response *answer =
        MHD_create_response_from_buffer(sent->length, sent->bytes, MHD_RESPMEM_MUST_FREE);
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

static enum MHD_Result send_answer(struct exchange *exchange, struct MHD_Connection *connection,
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
    add_headers(answer, response);
    if (hang_up)
        header(answer, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(connection, status, answer);
    MHD_destroy_response(answer);
    return result;
}

/* Errors before or around the handler. word NULL: chosen by status. */
static enum MHD_Result send_error(struct exchange *exchange, struct MHD_Connection *connection, unsigned status,
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
    return send_answer(exchange, connection, &response, hang_up);
}

static enum MHD_Result call_handler(struct exchange *exchange, struct MHD_Connection *connection)
{
    struct service *service = exchange->server->service;
    struct request *request = &exchange->request;
    const struct route *route = exchange->route;
    struct response response = { 0 };
    struct fail fail = { .language = request->language };
    enum status status = STATUS_OK;
    bool locked = (route->flags & ROUTE_UNLOCKED) == 0;
    buf_init(&response.page.out, REPLY_BODY_MAX);
    if (locked)
        service_lock(service);
    if (exchange->server->face == FACE_OFFICE && locked)
        session_authenticate(service, request);
    bool known = route->roles == ROLE_PUBLIC || (request->user != NULL && (request->roles & route->roles) != 0);
    if (!known && request->user == NULL && request->method == METHOD_GET)
        response = (struct response){ .status = 303, .location = "/login", .page = response.page };
    else if (!known)
        status = FAIL(&fail, STATUS_DENIED, "your account may not see this page");
    else if ((route->flags & ROUTE_CSRF) && !session_csrf_ok(request))
        status = FAIL(&fail, STATUS_DENIED, "this form is out of date; go back, reload the page and send it again");
    else
        status = route->handler(service, request, &response, &fail);
    if (locked)
        service_unlock(service);
    if (status == STATUS_OK)
        status = buf_status(&response.page.out, request->path, &fail);
    /* A ballot's connection ends with it: the next one from the same place must not be seen to belong to it. */
    if (status == STATUS_OK)
        return send_answer(exchange, connection, &response,
                           exchange->server->face == FACE_COLLECT && request->method == METHOD_POST);
    buf_free(&response.page.out);
    return send_error(exchange, connection, reply_status(status), fail.what, false);
}

/* First sight of a request, its body not yet read: everything that can be refused early is refused here. */
static enum MHD_Result begin(struct exchange *exchange, struct MHD_Connection *connection, const char *url,
                             const char *method)
{
    struct request *request = &exchange->request;
    exchange->started = true;
    request->language = language_default;
    if (!exchange->uri_ok)
        return send_error(exchange, connection, 400, tr(language_default, N_("This address is not valid.")), true);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, take_argument, exchange);
    read_headers(exchange, connection);
    bool get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    bool other_method = !get && strcmp(method, "POST") != 0;
    size_t part_count = 0;
    request->method = get ? METHOD_GET : METHOD_POST;
    request->path = arena_string(&exchange->arena, url);
    if (request->path == NULL || exchange->bad_fields)
        return send_error(exchange, connection, 400, tr(request->language, N_("This address is not valid.")), true);
    if (!other_method)
        exchange->route = route_find(routes, route_count, exchange->server->face, request->method, url,
                                     exchange->parts, &part_count, &other_method);
    if (exchange->route == NULL)
        return send_error(exchange, connection, other_method ? 405 : 404,
                          other_method ? tr(request->language, N_("This address does not accept such a request."))
                                       : tr(request->language, N_("There is nothing at this address.")),
                          !get);
    for (size_t i = 0; i < part_count; i++)
        request->parts[i] = exchange->parts[i];
    const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
    if (length != NULL && strtoull(length, NULL, 10) > exchange->route->body_max)
        return send_error(exchange, connection, 413, tr(request->language, N_("This is larger than allowed here.")),
                          true);
    buf_init(&exchange->body, exchange->route->body_max);
    return MHD_YES;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *length, void **state)
{
    (void)context, (void)version;
    struct exchange *exchange = *state;
    if (exchange == NULL)
        return MHD_NO;
    if (!exchange->started)
        return begin(exchange, connection, url, method);
    if (*length > 0) { /* without Content-Length the limit shows only here, and no answer may be sent yet */
        buf_add(&exchange->body, data, *length);
        exchange->too_large = exchange->body.failed;
        exchange->swallowed += exchange->too_large ? *length : 0;
        *length = 0;
        return exchange->swallowed > SWALLOW_MAX ? MHD_NO : MHD_YES;
    }
    struct request *request = &exchange->request;
    request->body = exchange->body.bytes == NULL ? "" : exchange->body.bytes;
    request->body_length = exchange->body.length;
    if (request->method == METHOD_POST && !exchange->too_large && (exchange->route->flags & ROUTE_JSON) == 0)
        read_posted(exchange, connection);
    if (exchange->too_large)
        return send_error(exchange, connection, 413, tr(request->language, N_("This is larger than allowed here.")),
                          true);
    if (exchange->bad_fields)
        return send_error(exchange, connection, 400, tr(request->language, N_("This form cannot be read.")), true);
    return call_handler(exchange, connection);
}

/* --- starting and stopping --- */

static void quiet(void *context, const char *format, va_list arguments)
{
    (void)context, (void)format, (void)arguments;
}

static enum status read_address(const char *text, unsigned port, struct sockaddr_storage *address, struct fail *fail)
{
    *address = (struct sockaddr_storage){ 0 };
    struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };
    if (port > 65535)
        return FAIL(fail, STATUS_INPUT, "%u is no port: 1 to 65535", port);
    if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
        memcpy(address, &four, sizeof four);
    else if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1)
        memcpy(address, &six, sizeof six);
    else
        return FAIL(fail, STATUS_INPUT, "%s is no IP address to listen on, like 127.0.0.1", text);
    return STATUS_OK;
}

enum status server_start(struct service *service, enum face face, const char *address, unsigned port,
                         struct server **started, struct fail *fail)
{
    struct sockaddr_storage socket_address;
    enum status status = read_address(address, port, &socket_address, fail);
    if (status != STATUS_OK)
        return status;
    struct server *server = calloc(1, sizeof *server);
    struct buf *compressed = calloc(asset_count + 1, sizeof *compressed);
    if (server == NULL || compressed == NULL) {
        free(server);
        free(compressed);
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the web server");
    }
    server->service = service;
    server->face = face;
    server->compressed = compressed;
    pthread_mutex_init(&server->lock, NULL);
    unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_ITC;
    if (socket_address.ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    errno = 0;
    server->daemon = MHD_start_daemon(
        flags, (uint16_t)port, NULL, NULL, handle, server, MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&socket_address, MHD_OPTION_URI_LOG_CALLBACK, see_uri, server,
        MHD_OPTION_NOTIFY_COMPLETED, forget, NULL, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTION_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY, MHD_OPTION_THREAD_STACK_SIZE, (size_t)CONNECTION_STACK,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, 256u, MHD_OPTION_END);
    if (server->daemon == NULL) {
        int error = errno;
        server_stop(server);
        return FAIL(fail, STATUS_IO, "cannot listen on %s port %u: %s", address, port,
                    error == 0 ? "the port may be in use" : strerror(error));
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info == NULL || info->port == 0 ? port : info->port;
    *started = server;
    return STATUS_OK;
}

unsigned server_port(const struct server *server)
{
    return server->port;
}

/* Whoever has begun gets an answer; who sends a byte a second is not waited for. */
static void wait_running(struct server *server)
{
    const struct timespec pause = { .tv_nsec = STOP_PAUSE_MS * 1000000L };
    for (int waited = 0; waited < STOP_MS; waited += STOP_PAUSE_MS) {
        pthread_mutex_lock(&server->lock);
        bool idle = server->running == 0;
        pthread_mutex_unlock(&server->lock);
        if (idle)
            return;
        (void)nanosleep(&pause, NULL);
    }
}

void server_stop(struct server *server)
{
    if (server == NULL)
        return;
    if (server->daemon != NULL) {
        int listening = MHD_quiesce_daemon(server->daemon); /* takes nobody new */
        wait_running(server);
        MHD_stop_daemon(server->daemon);
        if (listening >= 0)
            close(listening);
    }
    for (size_t i = 0; i < asset_count; i++)
        buf_free(&server->compressed[i]);
    free(server->compressed);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

/* HTTP by libmicrohttpd: one thread a connection, so that a submission may simply wait for the group commit and a blind
 * signature for its processor. Checks a request's limits, finds its route, calls its handler; starts and stops.
 * Reading is server_receive.c, sending server_answer.c. Logs nothing: no address, no path, no time. */
#include "survey/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "survey/certificate.h"
#include "survey/reply.h"
#include "survey/route.h"
#include "survey/server_private.h"
#include "survey/session.h"

enum {
    CONNECTION_MAX = 512,
    CONNECTION_SECONDS = 20,
    CONNECTION_MEMORY = 32 * 1024,
    CONNECTION_STACK = 512 * 1024,
    SWALLOW_MAX = 32 << 20,
    STOP_MS = 5000,
    STOP_PAUSE_MS = 10
};

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
        return server_send_answer(exchange, connection, &response,
                                  exchange->server->face == FACE_COLLECT && request->method == METHOD_POST);
    buf_free(&response.page.out);
    return server_send_error(exchange, connection, reply_status(status), fail.what, false);
}

/* First sight of a request, its body not yet read: everything that can be refused early is refused here. */
static enum MHD_Result begin(struct exchange *exchange, struct MHD_Connection *connection, const char *url,
                             const char *method)
{
    struct request *request = &exchange->request;
    exchange->started = true;
    request->language = language_default;
    if (!exchange->uri_ok)
        return server_send_error(exchange, connection, 400, tr(language_default, N_("This address is not valid.")),
                                 true);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, server_take_argument, exchange);
    server_read_headers(exchange, connection);
    bool get = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    bool other_method = !get && strcmp(method, "POST") != 0;
    size_t part_count = 0;
    request->method = get ? METHOD_GET : METHOD_POST;
    request->path = arena_string(&exchange->arena, url);
    if (request->path == NULL || exchange->bad_fields)
        return server_send_error(exchange, connection, 400, tr(request->language, N_("This address is not valid.")),
                                 true);
    if (!other_method)
        exchange->route = route_find(routes, route_count, exchange->server->face, request->method, url, exchange->parts,
                                     &part_count, &other_method);
    if (exchange->route == NULL)
        return server_send_error(exchange, connection, other_method ? 405 : 404,
                                 other_method
                                     ? tr(request->language, N_("This address does not accept such a request."))
                                     : tr(request->language, N_("There is nothing at this address.")),
                                 !get);
    if (exchange->route->faces == FACE_OFFICE)
        request->language = language_staff(request->language);
    for (size_t i = 0; i < part_count; i++)
        request->parts[i] = exchange->parts[i];
    const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
    /* What is a little too large is read and dropped: a client that is cut off while it sends never sees the answer. */
    if (length != NULL && strtoull(length, NULL, 10) > exchange->route->body_max + SWALLOW_MAX)
        return server_send_error(exchange, connection, 413,
                                 tr(request->language, N_("This is larger than allowed here.")), true);
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
        server_read_posted(exchange, connection);
    if (exchange->too_large)
        return server_send_error(exchange, connection, 413,
                                 tr(request->language, N_("This is larger than allowed here.")), true);
    if (exchange->bad_fields)
        return server_send_error(exchange, connection, 400, tr(request->language, N_("This form cannot be read.")),
                                 true);
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

/* GnuTLS: no tickets, and nothing below TLS 1.3: in TLS 1.2 it gives each connection a session number, which nobody can
 * resume here, but which a browser shows at its next connection. */
#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:%NO_TICKETS"

static struct server *make_server(struct service *service, enum face face)
{
    struct server *server = calloc(1, sizeof *server);
    struct buf *compressed = calloc(asset_count + 1, sizeof *compressed);
    if (server == NULL || compressed == NULL) {
        free(server);
        free(compressed);
        return NULL;
    }
    server->service = service;
    server->face = face;
    server->compressed = compressed;
    pthread_mutex_init(&server->lock, NULL);
    return server;
}

enum status server_start(struct service *service, enum face face, const char *address, unsigned port,
                         const struct certificate *certificate, struct server **started, struct fail *fail)
{
    struct sockaddr_storage socket_address;
    enum status status = read_address(address, port, &socket_address, fail);
    if (status != STATUS_OK)
        return status;
    if (certificate != NULL && MHD_is_feature_supported(MHD_FEATURE_TLS) != MHD_YES)
        return FAIL(fail, STATUS_IO, "this build of libmicrohttpd knows no TLS; put nginx in front");
    struct server *server = make_server(service, face);
    if (server == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the web server");
    unsigned flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_ITC;
    if (socket_address.ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    struct MHD_OptionItem secure[] = { { MHD_OPTION_END, 0, NULL },
                                       { MHD_OPTION_HTTPS_MEM_KEY, 0, NULL },
                                       { MHD_OPTION_HTTPS_PRIORITIES, 0, NULL },
                                       { MHD_OPTION_END, 0, NULL } };
    char priorities[] = TLS_PRIORITIES;
    if (certificate != NULL) {
        flags |= MHD_USE_TLS;
        server->tls = true;
        secure[0] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0, certificate->chain.bytes };
        secure[1].ptr_value = certificate->key.bytes;
        secure[2].ptr_value = priorities;
    }
    errno = 0;
    server->daemon = MHD_start_daemon(
        flags, (uint16_t)port, NULL, NULL, handle, server, MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL,
        MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&socket_address, MHD_OPTION_URI_LOG_CALLBACK, server_see_uri, server,
        MHD_OPTION_NOTIFY_COMPLETED, server_forget, NULL, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTION_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CONNECTION_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY, MHD_OPTION_THREAD_STACK_SIZE, (size_t)CONNECTION_STACK,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, 256u, MHD_OPTION_ARRAY, secure, MHD_OPTION_END);
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

/* Reading a request: its address, headers, cookies, posted fields and files. What is too large or no text is marked,
 * not answered: server.c decides. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "survey/route.h"
#include "survey/server_private.h"
#include "survey/session.h"
#include "survey/wipe.h"

enum { REQUEST_MEMORY = 512 << 20 };

static void count_running(struct server *server, bool more)
{
    pthread_mutex_lock(&server->lock);
    server->running = more ? server->running + 1 : server->running - 1;
    pthread_mutex_unlock(&server->lock);
}

void *server_see_uri(void *context, const char *uri, struct MHD_Connection *connection)
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
    return exchange;
}

void server_forget(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
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

enum MHD_Result server_take_argument(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
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
    if (offset == 0) {
        const char *name = arena_string(&exchange->arena, key == NULL ? "" : key);
        const char *title = arena_string(&exchange->arena, file ? filename : "");
        if (count == FIELD_MAX || name == NULL || title == NULL || !utf8_valid(name, strlen(name)) ||
            !utf8_valid(title, strlen(title))) {
            exchange->bad_fields = true;
            return MHD_NO;
        }
        if (file)
            exchange->files[count++] = (struct upload){ .field = name, .name = title };
        else
            exchange->fields[count++] = (struct field){ .name = name };
        *(file ? &request->file_count : &request->field_count) = count;
        buf_init(&exchange->values[count - 1 + (file ? FIELD_MAX : 0)], exchange->route->body_max);
    }
    if (count == 0)
        return MHD_NO;
    struct buf *value = &exchange->values[count - 1 + (file ? FIELD_MAX : 0)];
    buf_add(value, data, length);
    if (file)
        exchange->files[count - 1].bytes = value->bytes, exchange->files[count - 1].length = value->length;
    else
        exchange->fields[count - 1].value = value->bytes;
    if (value->failed)
        exchange->too_large = true;
    return value->failed ? MHD_NO : MHD_YES;
}

void server_read_posted(struct exchange *exchange, struct MHD_Connection *connection)
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
        if (exchange->files[i].bytes == NULL)
            exchange->files[i].bytes = "";
}

void server_read_headers(struct exchange *exchange, struct MHD_Connection *connection)
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

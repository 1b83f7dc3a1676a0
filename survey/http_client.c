/* Sockets and the few lines of HTTP that our own server speaks. */
#include "survey/http_client.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { WAIT_SECONDS = 20, HEAD_MAX = 16 * 1024 };

enum status http_client_init(struct http_client *client, const char *origin, struct fail *fail)
{
    static const char scheme[] = "http://";
    *client = (struct http_client){ .socket = -1, .port = "80" };
    bool good = strncmp(origin, scheme, sizeof scheme - 1) == 0;
    const char *host = good ? origin + sizeof scheme - 1 : "";
    size_t length = strcspn(host, ":/");
    good = good && length > 0 && length < sizeof client->host;
    if (good)
        memcpy(client->host, host, length);
    if (good && host[length] == ':') {
        size_t digits = strspn(host + length + 1, "0123456789");
        good = digits > 0 && digits < sizeof client->port;
        if (good)
            snprintf(client->port, sizeof client->port, "%.*s", (int)digits, host + length + 1);
    }
    return good ? STATUS_OK
                : FAIL(fail, STATUS_INPUT, "%s is no address like http://127.0.0.1:8700 (simulate speaks plain http)", origin);
}

void http_client_close(struct http_client *client)
{
    if (client->socket >= 0)
        close(client->socket);
    client->socket = -1;
}

static bool open_socket(struct http_client *client)
{
    const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV };
    const struct timeval patience = { .tv_sec = WAIT_SECONDS };
    const int on = 1;
    struct addrinfo *found = NULL;
    if (client->socket >= 0)
        return true;
    if (getaddrinfo(client->host, client->port, &hints, &found) != 0)
        return false;
    for (const struct addrinfo *a = found; a != NULL && client->socket < 0; a = a->ai_next) {
        client->socket = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (client->socket >= 0 && connect(client->socket, a->ai_addr, a->ai_addrlen) != 0)
            http_client_close(client);
    }
    freeaddrinfo(found);
    if (client->socket < 0)
        return false;
    (void)setsockopt(client->socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    (void)setsockopt(client->socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    (void)setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return true;
}

static bool send_all(int to, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(to, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        bytes += sent;
        length -= (size_t)sent;
    }
    return true;
}

/* Reads until the buffer holds at least need bytes, or (need 0) the blank line behind the head. */
static bool receive(int from, struct buf *in, size_t need)
{
    char block[16 * 1024];
    while (need > 0 ? in->length < need : in->bytes == NULL || strstr(in->bytes, "\r\n\r\n") == NULL) {
        if (need == 0 && in->length > HEAD_MAX)
            return false;
        ssize_t got = recv(from, block, sizeof block, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        buf_add(in, block, (size_t)got);
        if (in->failed)
            return false;
    }
    return true;
}

static const char *find_header(const char *head, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = strstr(head, "\r\n"); line != NULL; line = strstr(line + 2, "\r\n"))
        if (strncasecmp(line + 2, name, length) == 0 && line[2 + length] == ':')
            return line + 3 + length + strspn(line + 3 + length, " ");
    return NULL;
}

static bool read_answer(struct http_client *client, unsigned *status, struct buf *answer, bool *keep)
{
    struct buf in;
    bool good = false;
    buf_init(&in, answer->limit + HEAD_MAX);
    if (receive(client->socket, &in, 0) && strncmp(in.bytes, "HTTP/1.", 7) == 0) {
        char *end = strstr(in.bytes, "\r\n\r\n");
        size_t head = (size_t)(end - in.bytes) + 4;
        end[2] = '\0'; /* keeps the CRLF of the last header */
        const char *length_text = find_header(in.bytes, "Content-Length");
        const char *connection = find_header(in.bytes, "Connection");
        unsigned long long length = length_text == NULL ? 0 : strtoull(length_text, NULL, 10);
        *status = (unsigned)strtoul(in.bytes + 9, NULL, 10);
        *keep = connection == NULL || strncasecmp(connection, "close", 5) != 0;
        good = length <= answer->limit && receive(client->socket, &in, head + (size_t)length);
        if (good)
            buf_add(answer, in.bytes + head, (size_t)length);
    }
    buf_free(&in);
    return good;
}

enum status http_ask(struct http_client *client, const struct http_question *question, unsigned *status,
                     struct buf *answer, struct fail *fail)
{
    struct buf head;
    bool keep = false;
    bool done = false;
    buf_init(&head, HEAD_MAX);
    buf_format(&head, "%s %s HTTP/1.1\r\nHost: %s:%s\r\n", question->type == NULL ? "GET" : "POST", question->path,
               client->host, client->port);
    if (question->type != NULL)
        buf_format(&head, "Content-Type: %s\r\nContent-Length: %zu\r\n", question->type, question->length);
    buf_add_string(&head, question->last ? "Connection: close\r\n\r\n" : "\r\n");
    /* A kept connection may have been closed by the server meanwhile: then once more on a new one. All our requests may
     * be repeated. */
    for (int tries = client->socket >= 0 ? 2 : 1; tries > 0 && !done && !head.failed; tries--) {
        buf_clear(answer);
        done = open_socket(client) && send_all(client->socket, head.bytes, head.length) &&
               send_all(client->socket, question->body == NULL ? "" : question->body, question->length) &&
               read_answer(client, status, answer, &keep);
        if (!done || !keep || question->last)
            http_client_close(client);
    }
    buf_free(&head);
    return done ? STATUS_OK : FAIL(fail, STATUS_IO, "no answer from http://%s:%s", client->host, client->port);
}

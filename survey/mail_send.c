/* Hands messages to the mail server. The only file that includes curl. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "survey/mail.h"

enum { CONNECT_SECONDS = 20, SEND_SECONDS = 60 };

struct mail_line {
    CURL *curl;
    char reason[CURL_ERROR_SIZE];
};

struct upload {
    const char *bytes;
    size_t left;
};

static size_t give(char *room, size_t size, size_t count, void *context)
{
    struct upload *upload = context;
    size_t part = size * count < upload->left ? size * count : upload->left;
    memcpy(room, upload->bytes, part);
    upload->bytes += part;
    upload->left -= part;
    return part;
}

/* A server on this machine may be spoken to in the clear. */
static bool local(const char *url)
{
    static const char *const hosts[] = { "://127.0.0.1", "://localhost", "://[::1]" };
    const char *host = strstr(url, "://");
    for (size_t i = 0; i < COUNT(hosts) && host != NULL; i++) {
        size_t length = strlen(hosts[i]);
        if (strncmp(host, hosts[i], length) == 0 && (host[length] == ':' || host[length] == '/' || host[length] == '\0'))
            return true;
    }
    return false;
}

enum status mail_connect(const struct mail_server *server, struct mail_line **opened, struct fail *fail)
{
    if (strncmp(server->url, "smtp://", 7) != 0 && strncmp(server->url, "smtps://", 8) != 0)
        return FAIL(fail, STATUS_INPUT, "a mail server is named like smtps://mail.example.org, not \"%s\"", server->url);
    struct mail_line *line = calloc(1, sizeof *line);
    if (line == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (line->curl = curl_easy_init()) == NULL) {
        free(line);
        return FAIL(fail, STATUS_MEMORY, "not enough memory to send e-mail");
    }
    curl_easy_setopt(line->curl, CURLOPT_URL, server->url);
    curl_easy_setopt(line->curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(line->curl, CURLOPT_USE_SSL, (long)(local(server->url) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    curl_easy_setopt(line->curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (server->user != NULL)
        curl_easy_setopt(line->curl, CURLOPT_USERNAME, server->user);
    if (server->user != NULL && server->password != NULL)
        curl_easy_setopt(line->curl, CURLOPT_PASSWORD, server->password);
    curl_easy_setopt(line->curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(line->curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
    curl_easy_setopt(line->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(line->curl, CURLOPT_ERRORBUFFER, line->reason);
    curl_easy_setopt(line->curl, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(line->curl, CURLOPT_UPLOAD, 1L);
    *opened = line;
    return STATUS_OK;
}

enum status mail_send(struct mail_line *line, const char *from, const char *to, const struct buf *message,
                      struct fail *fail)
{
    struct upload upload = { message->bytes, message->length };
    char sender[300];
    char receiver[300];
    long answer = 0;
    snprintf(sender, sizeof sender, "<%s>", from);
    snprintf(receiver, sizeof receiver, "<%s>", to);
    struct curl_slist *receivers = curl_slist_append(NULL, receiver);
    if (receivers == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to send e-mail");
    curl_easy_setopt(line->curl, CURLOPT_MAIL_FROM, sender);
    curl_easy_setopt(line->curl, CURLOPT_MAIL_RCPT, receivers);
    curl_easy_setopt(line->curl, CURLOPT_READDATA, &upload);
    line->reason[0] = '\0';
    CURLcode code = curl_easy_perform(line->curl);
    (void)curl_easy_getinfo(line->curl, CURLINFO_RESPONSE_CODE, &answer);
    curl_slist_free_all(receivers);
    if (code == CURLE_OK)
        return STATUS_OK;
    /* curl's own words for the failure: the server's may repeat the address. */
    return answer >= 400 ? FAIL(fail, STATUS_IO, "the mail server refused it with code %ld", answer)
                         : FAIL(fail, STATUS_IO, "the mail server cannot be reached: %s", curl_easy_strerror(code));
}

void mail_close(struct mail_line *line)
{
    if (line == NULL)
        return;
    curl_easy_cleanup(line->curl);
    curl_global_cleanup();
    free(line);
}

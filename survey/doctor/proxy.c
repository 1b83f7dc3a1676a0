/* Finds the places that pass requests on, and reads the words nginx gives a meaning: sizes, ports, variables. */
#include "survey/doctor/proxy.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Port of "127.0.0.1:8700/path", "[::1]:8700"; 0 without one. */
static unsigned port_of(const char *address)
{
    const char *from = strrchr(address, ']');
    const char *colon = strchr(from == NULL ? address : from, ':');
    const char *slash = strchr(address, '/');
    if (colon == NULL || (slash != NULL && slash < colon))
        return 0;
    unsigned long port = strtoul(colon + 1, NULL, 10);
    return port > 65535 ? 0 : (unsigned)port;
}

static int role_of(unsigned port, unsigned first_port)
{
    return port >= first_port && port < first_port + SITE_ROLES ? (int)(port - first_port) : -1;
}

/* The upstream block that a host stands for. */
static const struct nginx_directive *upstream(const struct nginx_tree *tree, const char *host)
{
    size_t length = strcspn(host, "/:");
    for (const struct nginx_directive *at = nginx_walk(tree->root, tree->root); at != NULL;
         at = nginx_walk(tree->root, at))
        if (strcmp(at->name, "upstream") == 0 && at->word_count > 0 && strlen(at->words[0]) == length &&
            strncmp(at->words[0], host, length) == 0)
            return at;
    return NULL;
}

static int target_role(const struct nginx_tree *tree, const char *target, unsigned first_port)
{
    const char *host = strstr(target, "://");
    host = host == NULL ? target : host + 3;
    const struct nginx_directive *group = upstream(tree, host);
    if (group == NULL)
        return role_of(port_of(host), first_port);
    for (const struct nginx_directive *server = nginx_child(group, "server"); server != NULL;
         server = nginx_again(server)) {
        int role = server->word_count == 0 ? -1 : role_of(port_of(server->words[0]), first_port);
        if (role >= 0)
            return role;
    }
    return -1;
}

size_t proxy_sites(const struct nginx_tree *tree, unsigned first_port, struct site sites[], size_t room)
{
    size_t count = 0;
    for (const struct nginx_directive *at = nginx_walk(tree->root, tree->root); at != NULL && count < room;
         at = nginx_walk(tree->root, at)) {
        if (strcmp(at->name, "proxy_pass") != 0 || at->word_count == 0)
            continue;
        int role = target_role(tree, at->words[0], first_port);
        const struct nginx_directive *server = at->parent;
        while (server->parent != NULL && strcmp(server->name, "server") != 0)
            server = server->parent;
        if (role >= 0)
            sites[count++] = (struct site){ .role = (enum site_role)role, .pass = at, .server = server, .tree = tree };
    }
    return count;
}

static unsigned listen_port(const struct nginx_directive *listen)
{
    const char *address = listen->word_count == 0 ? "80" : listen->words[0];
    if (strncmp(address, "unix:", 5) == 0)
        return 0;
    unsigned port = port_of(address);
    if (port == 0 && strspn(address, "0123456789") == strlen(address))
        port = (unsigned)strtoul(address, NULL, 10);
    return port == 0 ? 80 : port;
}

bool proxy_share_port(const struct nginx_directive *server, const struct nginx_directive *other)
{
    static const struct nginx_directive plain = { .name = "listen" };
    const struct nginx_directive *first = nginx_child(server, "listen");
    const struct nginx_directive *second = nginx_child(other, "listen");
    for (const struct nginx_directive *one = first == NULL ? &plain : first; one != NULL; one = nginx_again(one))
        for (const struct nginx_directive *two = second == NULL ? &plain : second; two != NULL; two = nginx_again(two))
            if (listen_port(one) == listen_port(two))
                return true;
    return false;
}

unsigned long long proxy_size(const struct nginx_directive *directive, unsigned long long fallback)
{
    char *end = NULL;
    if (directive == NULL || directive->word_count == 0)
        return fallback;
    unsigned long long size = strtoull(directive->words[0], &end, 10);
    if (end == directive->words[0] || size > 1ull << 40)
        return fallback;
    return *end == 'k' || *end == 'K'   ? size << 10
           : *end == 'm' || *end == 'M' ? size << 20
           : *end == 'g' || *end == 'G' ? size << 30
                                        : size;
}

bool proxy_tells_client(const char *word)
{
    static const char *const telling[] = { "remote_addr",
                                           "remote_port",
                                           "binary_remote_addr",
                                           "realip_remote_addr",
                                           "realip_remote_port",
                                           "proxy_protocol_addr",
                                           "proxy_add_x_forwarded_for",
                                           "http_x_forwarded_for",
                                           "http_x_real_ip",
                                           "http_forwarded",
                                           "http_user_agent",
                                           "http_referer",
                                           "remote_user",
                                           "ssl_session_id",
                                           "ssl_client_",
                                           "connection",
                                           "connection_requests",
                                           "request_id",
                                           "time_local",
                                           "time_iso8601",
                                           "msec",
                                           "geoip",
                                           "http_via" };
    for (const char *dollar = strchr(word, '$'); dollar != NULL; dollar = strchr(dollar + 1, '$')) {
        const char *name = dollar + (dollar[1] == '{' ? 2 : 1);
        size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
        for (size_t i = 0; i < COUNT(telling); i++) {
            size_t known = strlen(telling[i]);
            bool family = telling[i][known - 1] == '_' || strcmp(telling[i], "geoip") == 0;
            if (strncasecmp(telling[i], name, known) == 0 && (family || known == length))
                return true;
        }
    }
    return false;
}

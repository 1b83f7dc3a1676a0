/* What nginx may do with the requests of respondents, and what not. One row of rules a rule; each is asked for every
 * place that passes requests on to this program. Settings are looked up as nginx hands them down: location, server,
 * http. */
#include <string.h>
#include <strings.h>

#include "survey/doctor/private.h"
#include "survey/doctor/proxy.h"

static const char *const role_names[SITE_ROLES] = { "issue", "collect", "office" };

/* One place, the tree it is in, and where to say things. */
struct asked {
    const struct site *site;
    const struct site *sites; /* all of them */
    size_t site_count;
    const struct nginx_directive *here; /* block of proxy_pass */
    struct findings *findings;
};

/* Rules protect respondents: of those who work in the office an address may be known. */
static enum level must(const struct asked *asked)
{
    return asked->site->role == SITE_OFFICE ? LEVEL_LOOK : LEVEL_MUST;
}

/* Where to mend: the directive itself, or the server that lacks it. */
static const struct nginx_directive *where(const struct asked *asked, const struct nginx_directive *directive)
{
    return directive == NULL ? asked->site->server : directive;
}

#define SAY(asked, level, directive, ...)                                                                              \
    found_at((asked)->findings, level, where(asked, directive)->file, where(asked, directive)->line, __VA_ARGS__)

static bool first_word(const struct nginx_directive *directive, const char *word)
{
    return directive != NULL && directive->word_count > 0 && strcmp(directive->words[0], word) == 0;
}

/* First directive of that name that is set to something else anywhere in the server, or that is missing altogether. */
static bool all_say(const struct asked *asked, const char *name, const char *word,
                    const struct nginx_directive **otherwise)
{
    const struct nginx_directive *set = nginx_find(asked->site->server, name);
    *otherwise = set;
    for (const struct nginx_directive *one = set; one != NULL; one = nginx_again(one))
        if (!first_word(one, word)) {
            *otherwise = one;
            return false;
        }
    for (const struct nginx_directive *at = asked->site->server; at != NULL; at = nginx_walk(asked->site->server, at))
        if (at->name != NULL && strcmp(at->name, name) == 0 && !first_word(at, word)) {
            *otherwise = at;
            return false;
        }
    return set != NULL;
}

static void access_log(const struct asked *asked)
{
    const struct nginx_directive *other = NULL;
    if (!all_say(asked, "access_log", "off", &other))
        SAY(asked, must(asked), other, N_("requests are written down with address and time. Set \"access_log off;\"."));
}

/* nginx adds "client: ADDRESS" to every line about a connection, whatever its level: a failed handshake is "crit". */
static void error_log(const struct asked *asked)
{
    const struct nginx_directive *other = NULL;
    if (all_say(asked, "error_log", "/dev/null", &other))
        return;
    bool rare = other != NULL && other->word_count > 1 && strstr("crit alert emerg", other->words[1]) != NULL;
    if (asked->site->role != SITE_OFFICE || !rare)
        SAY(asked, must(asked), other,
            N_("lines of the error log hold client addresses, even at the level crit. Set \"error_log /dev/null "
               "emerg;\"."));
}

static bool is_site(const struct asked *asked, const struct nginx_directive *server)
{
    for (size_t i = 0; i < asked->site_count; i++)
        if (asked->sites[i].server == server)
            return true;
    return false;
}

/* What breaks before the host name is known is written by the first server of the port. */
static void neighbours(const struct asked *asked)
{
    const struct nginx_directive *top = asked->site->tree->root;
    if (asked->site->role == SITE_OFFICE)
        return;
    for (const struct nginx_directive *at = nginx_walk(top, top); at != NULL; at = nginx_walk(top, at)) {
        if (strcmp(at->name, "server") != 0 || is_site(asked, at) || nginx_child(at, "listen") == NULL ||
            !proxy_share_port(asked->site->server, at))
            continue;
        if (!first_word(nginx_find(at, "error_log"), "/dev/null"))
            SAY(asked, LEVEL_LOOK, at,
                N_("this server shares a port with the survey and may write the addresses of connections that break "
                   "early. Set \"error_log /dev/null emerg;\" here too."));
    }
}

static void debug_connection(const struct asked *asked)
{
    const struct nginx_directive *events = nginx_child(asked->site->tree->root, "events");
    const struct nginx_directive *set = events == NULL ? NULL : nginx_child(events, "debug_connection");
    if (set != NULL)
        SAY(asked, LEVEL_MUST, set, N_("debug_connection writes down whole requests. Remove it."));
}

static bool speaks_tls(const struct nginx_directive *server)
{
    for (const struct nginx_directive *listen = nginx_child(server, "listen"); listen != NULL;
         listen = nginx_again(listen))
        if (nginx_word(listen, "ssl") || nginx_word(listen, "quic"))
            return true;
    return first_word(nginx_find(server, "ssl"), "on");
}

/* With OpenSSL, tickets and cache off still leave two tickets a TLS 1.3 connection. Nobody can resume with them, but a
 * browser shows them at its next connection, which is thereby known to come from the same place. */
static void sessions(const struct asked *asked)
{
    const struct nginx_directive *server = asked->site->server;
    const struct nginx_directive *protocols = nginx_find(server, "ssl_protocols");
    const struct nginx_directive *other = NULL;
    if (!speaks_tls(server)) {
        SAY(asked, LEVEL_LOOK, NULL,
            N_("this server does not speak TLS. Browsers encrypt answers only on https pages."));
        return;
    }
    if (!all_say(asked, "ssl_session_tickets", "off", &other))
        SAY(asked, must(asked), other,
            N_("session tickets let two connections of one browser be recognised. Set \"ssl_session_tickets off;\"."));
    if (!all_say(asked, "ssl_session_cache", "off", &other))
        SAY(asked, must(asked), other,
            N_("session numbers let two connections of one browser be recognised. Set \"ssl_session_cache off;\"."));
    bool none = protocols != NULL && !nginx_word(protocols, "TLSv1.3");
    for (const struct nginx_directive *set = nginx_find(server, "ssl_conf_command"); set != NULL;
         set = nginx_again(set))
        none = none || (set->word_count == 2 && strcasecmp(set->words[0], "NumTickets") == 0 &&
                        strcmp(set->words[1], "0") == 0);
    if (!none)
        SAY(asked, must(asked), protocols,
            N_("with TLS 1.3 two tickets a connection remain even so. Set \"ssl_conf_command NumTickets 0;\"."));
    if (first_word(nginx_find(server, "ssl_early_data"), "on"))
        SAY(asked, LEVEL_MUST, nginx_find(server, "ssl_early_data"),
            N_("early data needs sessions that are recognised. Set \"ssl_early_data off;\"."));
}

static void request_on_disk(const struct asked *asked)
{
    const struct nginx_directive *kept = nginx_find(asked->here, "client_body_in_file_only");
    if (kept != NULL && !first_word(kept, "off"))
        SAY(asked, LEVEL_MUST, kept,
            N_("what people send is written to a file. Set \"client_body_in_file_only off;\"."));
    unsigned long long largest = proxy_size(nginx_find(asked->here, "client_max_body_size"), 1 << 20);
    unsigned long long memory = proxy_size(nginx_find(asked->here, "client_body_buffer_size"), 16 << 10);
    if (!first_word(nginx_find(asked->here, "proxy_request_buffering"), "off") && (largest == 0 || largest > memory))
        SAY(asked, must(asked), asked->site->pass,
            N_("a larger request is put into a temporary file. Set \"client_body_buffer_size\" as large as "
               "\"client_max_body_size\", or \"proxy_request_buffering off;\"."));
}

static void answer_on_disk(const struct asked *asked)
{
    const struct nginx_directive *size = nginx_find(asked->here, "proxy_max_temp_file_size");
    if (!first_word(nginx_find(asked->here, "proxy_buffering"), "off") && proxy_size(size, 1) != 0)
        SAY(asked, must(asked), size == NULL ? asked->site->pass : size,
            N_("a larger answer is put into a temporary file. Set \"proxy_max_temp_file_size 0;\"."));
    static const char *const stores[] = { "proxy_cache", "proxy_store" };
    for (size_t i = 0; i < COUNT(stores); i++) {
        const struct nginx_directive *set = nginx_find(asked->here, stores[i]);
        if (set != NULL && !first_word(set, "off"))
            SAY(asked, LEVEL_MUST, set, N_("answers are kept on the disk. Remove %s."), stores[i]);
    }
}

static void headers(const struct asked *asked)
{
    static const char *const addresses[] = { "X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP" };
    for (const struct nginx_directive *set = nginx_find(asked->here, "proxy_set_header"); set != NULL;
         set = nginx_again(set)) {
        const char *value = set->word_count > 1 ? set->words[1] : "";
        bool bad = proxy_tells_client(value);
        for (size_t i = 0; i < COUNT(addresses) && set->word_count > 0; i++)
            bad = bad || (strcasecmp(set->words[0], addresses[i]) == 0 && *value != '\0');
        if (bad)
            SAY(asked, must(asked), set, N_("this header tells the program who asks. Remove \"proxy_set_header %s\"."),
                set->words[0]);
    }
    const struct nginx_directive *bind = nginx_find(asked->here, "proxy_bind");
    if (bind != NULL && bind->word_count > 0 && proxy_tells_client(bind->words[0]))
        SAY(asked, must(asked), bind,
            N_("the connection to the program comes from the client's address. Remove proxy_bind."));
    if (asked->site->role != SITE_OFFICE && !first_word(nginx_find(asked->here, "proxy_pass_request_headers"), "off"))
        SAY(asked, LEVEL_LOOK, asked->site->pass,
            N_("every header of the browser is passed on, also addresses that other proxies have added. Set "
               "\"proxy_pass_request_headers off;\" and name the few that are needed."));
}

static void copies(const struct asked *asked)
{
    static const char *const senders[] = { "mirror", "auth_request", "post_action" };
    for (size_t i = 0; i < COUNT(senders); i++) {
        const struct nginx_directive *set = nginx_find(asked->here, senders[i]);
        if (set != NULL && !first_word(set, "off"))
            SAY(asked, must(asked), set, N_("%s tells another program about each request. Remove it."), senders[i]);
    }
}

static void http2(const struct asked *asked)
{
    const struct nginx_directive *top = asked->site->tree->root;
    if (asked->site->role != SITE_COLLECT)
        return;
    for (const struct nginx_directive *at = nginx_walk(top, top); at != NULL; at = nginx_walk(top, at)) {
        bool listen = strcmp(at->name, "listen") == 0 && at->parent != top;
        if (listen && (nginx_word(at, "http2") || nginx_word(at, "quic")) &&
            proxy_share_port(asked->site->server, at->parent))
            SAY(asked, LEVEL_MUST, at,
                N_("HTTP/2 holds one connection for many requests, and holds for every server of the port. Remove it "
                   "where ballots arrive."));
    }
    const struct nginx_directive *set = nginx_find(asked->site->server, "http2");
    if (first_word(set, "on"))
        SAY(asked, LEVEL_MUST, set,
            N_("HTTP/2 holds one connection for many requests, and holds for every server of the port. Remove it where "
               "ballots arrive."));
}

static void keepalive(const struct asked *asked)
{
    const struct nginx_directive *set = nginx_find(asked->here, "keepalive_timeout");
    if (asked->site->role == SITE_COLLECT && proxy_size(set, 1) != 0)
        SAY(asked, LEVEL_MUST, set,
            N_("a connection that stays open shows which requests come from the same browser. Set \"keepalive_timeout "
               "0;\"."));
}

static void rate_limits(const struct asked *asked)
{
    static const char *const limits[][2] = { { "limit_req", "limit_req_zone" }, { "limit_conn", "limit_conn_zone" } };
    const struct nginx_directive *top = asked->site->tree->root;
    if (asked->site->role == SITE_OFFICE)
        return;
    for (size_t i = 0; i < COUNT(limits); i++) {
        const struct nginx_directive *set = nginx_find(asked->here, limits[i][0]);
        for (const struct nginx_directive *at = set == NULL ? NULL : nginx_walk(top, top); at != NULL;
             at = nginx_walk(top, at))
            if (strcmp(at->name, limits[i][1]) == 0 && at->word_count > 0 && proxy_tells_client(at->words[0]))
                SAY(asked, LEVEL_LOOK, set,
                    N_("this limit keeps client addresses in memory. The program needs none here: codes cannot be "
                       "guessed."));
    }
}

static void hsts(const struct asked *asked)
{
    for (const struct nginx_directive *set = nginx_find(asked->here, "add_header"); set != NULL; set = nginx_again(set))
        if (set->word_count > 0 && strcasecmp(set->words[0], "Strict-Transport-Security") == 0)
            return;
    if (speaks_tls(asked->site->server))
        SAY(asked, LEVEL_LOOK, NULL,
            N_("browsers are not told to come by https only. Set \"add_header Strict-Transport-Security "
               "max-age=31536000 always;\"."));
}

static void (*const rules[])(const struct asked *) = { access_log, error_log,       neighbours,     debug_connection,
                                                       sessions,   request_on_disk, answer_on_disk, headers,
                                                       copies,     http2,           keepalive,      rate_limits,
                                                       hsts };

/* Two names and two certificates: else a browser may use one connection for both. */
static void apart(const struct site *issue, const struct site *collect, struct findings *findings)
{
    const struct asked asked = { collect, NULL, 0, collect->pass->parent, findings };
    const struct nginx_directive *one = nginx_find(issue->server, "ssl_certificate");
    const struct nginx_directive *two = nginx_find(collect->server, "ssl_certificate");
    if (issue->server == collect->server) {
        SAY(&asked, LEVEL_MUST, NULL,
            N_("survey and ballot box share a server. Give them two host names and two certificates."));
        return;
    }
    if (one != NULL && two != NULL && one->word_count > 0 && two->word_count > 0 &&
        strcmp(one->words[0], two->words[0]) == 0)
        SAY(&asked, LEVEL_MUST, two,
            N_("survey and ballot box have the same certificate, so a browser may use one connection for both. Get "
               "two, each for one name."));
    const struct nginx_directive *names = nginx_find(issue->server, "server_name");
    const struct nginx_directive *others = nginx_find(collect->server, "server_name");
    for (size_t i = 0; names != NULL && i < names->word_count; i++)
        if (nginx_word(others, names->words[i]))
            SAY(&asked, LEVEL_MUST, others,
                N_("survey and ballot box share the name %s. Give them two host names and two certificates."),
                names->words[i]);
}

static void files(const struct facts *facts, struct findings *findings)
{
    for (size_t i = 0; i < facts->nginx_problem_count; i++)
        found(findings, facts->nginx_given ? LEVEL_MUST : LEVEL_LOOK,
              N_("The configuration of nginx cannot be read: %s"), facts->nginx_problems[i]);
    for (size_t i = 0; i < facts->tree_count; i++)
        for (size_t j = 0; j < facts->trees[i].skipped_count; j++)
            if (strstr(facts->trees[i].skipped[j], "modules-") == NULL)
                found(findings, LEVEL_LOOK,
                      N_("%s is included by nginx but was not read: it is not there or lies outside the folder of the "
                         "first file."),
                      facts->trees[i].skipped[j]);
}

void check_proxy(const struct facts *facts, struct findings *findings)
{
    struct site sites[SITE_MAX];
    size_t count = 0;
    size_t before = findings->count;
    for (size_t i = 0; i < facts->tree_count; i++)
        count += proxy_sites(&facts->trees[i], facts->port, sites + count, SITE_MAX - count);
    if (count == 0 && !facts->nginx_given) {
        found(findings, LEVEL_LOOK,
              N_("No nginx of this machine passes requests to the ports %u to %u. When one on another machine does: "
                 "querschnitt doctor --nginx FILE with its configuration."),
              facts->port, facts->port + SITE_ROLES - 1);
        return;
    }
    files(facts, findings);
    for (size_t i = 0; i < count; i++) {
        const struct asked asked = { &sites[i], sites, count, sites[i].pass->parent, findings };
        bool twice = false; /* a second location of the same server: what belongs to the server was said */
        for (size_t j = 0; j < i; j++)
            twice = twice || sites[j].pass->parent == sites[i].pass->parent;
        for (size_t rule = 0; rule < COUNT(rules) && !twice; rule++)
            rules[rule](&asked);
        for (size_t j = 0; j < count; j++)
            if (sites[i].role == SITE_ISSUE && sites[j].role == SITE_COLLECT)
                apart(&sites[i], &sites[j], findings);
    }
    for (enum site_role role = SITE_ISSUE; role < SITE_ROLES; role++) {
        bool served = false;
        for (size_t i = 0; i < count; i++)
            served = served || sites[i].role == role;
        if (!served)
            found(findings, LEVEL_LOOK,
                  N_("No server of this configuration passes to port %u (serve %s). Does another one?"),
                  facts->port + (unsigned)role, role_names[role]);
    }
    if (findings->count == before)
        found(findings, LEVEL_GOOD, N_("nginx writes nothing about respondents and recognises nobody"));
}

/* The doctor: the shipped nginx configuration is good, each fault in it is seen; hostile files end with a sentence;
 * checks of made-up machines and instances. One row, one rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/language.h"
#include "survey/doctor/private.h"

static const char *const parts[] = { "nginx.conf", "querschnitt/quiet.conf", "querschnitt/issue.conf",
                                     "querschnitt/collect.conf", "querschnitt/office.conf" };

/* --- nginx: one change to the shipped files --- */

static struct fault {
    const char *name, *file, *from, *to;
    enum level level;
    const char *says; /* part of the finding */
} faults[] = {
    { "as shipped nothing is found", "nginx.conf", "", "", LEVEL_GOOD, "recognises nobody" },
    { "an access log is written by default", "querschnitt/quiet.conf", "access_log off;", "", LEVEL_MUST,
      "access_log off" },
    { "an access log in one location", "querschnitt/collect.conf", "location / {",
      "location / { access_log /var/log/a;", LEVEL_MUST, "access_log off" },
    { "an access log under a condition", "querschnitt/issue.conf", "location / {",
      "if ($a) { access_log /b; } location / {", LEVEL_MUST, "access_log off" },
    { "an error log holds addresses even at crit", "querschnitt/quiet.conf", "/dev/null emerg",
      "/var/log/nginx/e.log crit", LEVEL_MUST, "hold client addresses" },
    { "an error log is written by default", "querschnitt/quiet.conf", "error_log /dev/null emerg;", "", LEVEL_MUST,
      "hold client addresses" },
    { "a stranger on the port has a log", "nginx.conf", "ssl_reject_handshake on;", "error_log /var/log/e warn;",
      LEVEL_LOOK, "shares a port" },
    { "debugging of connections", "nginx.conf", "worker_connections 4096;", "debug_connection 10.0.0.0/8;", LEVEL_MUST,
      "debug_connection" },
    { "tickets", "querschnitt/quiet.conf", "ssl_session_tickets off;", "", LEVEL_MUST, "ssl_session_tickets off" },
    { "a session cache", "querschnitt/quiet.conf", "ssl_session_cache off;", "ssl_session_cache shared:a:1m;",
      LEVEL_MUST, "ssl_session_cache off" },
    { "no session cache but numbers", "querschnitt/quiet.conf", "ssl_session_cache off;", "ssl_session_cache none;",
      LEVEL_MUST, "ssl_session_cache off" },
    { "the two tickets of TLS 1.3", "querschnitt/quiet.conf", "ssl_conf_command NumTickets 0;", "", LEVEL_MUST,
      "NumTickets 0" },
    { "another command of the server hides the one above", "querschnitt/collect.conf", "keepalive_timeout 0;",
      "keepalive_timeout 0; ssl_conf_command Options NoRenegotiation;", LEVEL_MUST, "NumTickets 0" },
    { "early data", "querschnitt/quiet.conf", "ssl_early_data off;", "ssl_early_data on;", LEVEL_MUST, "early data" },
    { "a body larger than its buffer", "querschnitt/collect.conf", "client_body_buffer_size 128k;", "", LEVEL_MUST,
      "client_body_buffer_size" },
    { "a body without limit", "querschnitt/issue.conf", "client_max_body_size 128k;", "client_max_body_size 0;",
      LEVEL_MUST, "client_body_buffer_size" },
    { "bodies always in files", "querschnitt/quiet.conf", "client_body_in_file_only off;",
      "client_body_in_file_only clean;", LEVEL_MUST, "client_body_in_file_only" },
    { "answers in files", "querschnitt/quiet.conf", "proxy_max_temp_file_size 0;", "", LEVEL_MUST,
      "proxy_max_temp_file_size 0" },
    { "answers without buffers need no files", "querschnitt/quiet.conf",
      "proxy_buffering on;\nproxy_buffers 32 16k;\nproxy_max_temp_file_size 0;", "proxy_buffering off;", LEVEL_GOOD,
      "recognises nobody" },
    { "a cache", "querschnitt/quiet.conf", "proxy_cache off;", "proxy_cache all;", LEVEL_MUST, "proxy_cache" },
    { "X-Real-IP", "querschnitt/quiet.conf", "proxy_set_header Cookie $http_cookie;",
      "proxy_set_header X-Real-IP $remote_addr;", LEVEL_MUST, "X-Real-IP" },
    { "X-Forwarded-For", "querschnitt/collect.conf", "proxy_set_header Connection close;",
      "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;", LEVEL_MUST, "X-Forwarded-For" },
    { "an address under another name", "querschnitt/collect.conf", "proxy_set_header Connection close;",
      "proxy_set_header X-A \"a=${remote_addr};\";", LEVEL_MUST, "X-A" },
    { "an emptied header is none", "querschnitt/collect.conf", "proxy_set_header Connection close;",
      "proxy_set_header X-Forwarded-For \"\";", LEVEL_GOOD, "recognises nobody" },
    { "all headers of the browser", "querschnitt/quiet.conf", "proxy_pass_request_headers off;", "", LEVEL_LOOK,
      "proxy_pass_request_headers off" },
    { "a transparent connection", "querschnitt/collect.conf", "location / {",
      "location / { proxy_bind $remote_addr transparent;", LEVEL_MUST, "proxy_bind" },
    { "copies of requests", "querschnitt/collect.conf", "location / {", "location / { mirror /copy;", LEVEL_MUST,
      "mirror" },
    { "HTTP/2 on the port of the ballot box", "querschnitt/issue.conf", "listen 443 ssl;", "listen 443 ssl http2;",
      LEVEL_MUST, "HTTP/2" },
    { "HTTP/2 as newer nginx says it", "querschnitt/collect.conf", "keepalive_timeout 0;",
      "keepalive_timeout 0; http2 on;", LEVEL_MUST, "HTTP/2" },
    { "connections that wait", "querschnitt/collect.conf", "keepalive_timeout 0;", "", LEVEL_MUST,
      "keepalive_timeout 0" },
    { "limits by address", "querschnitt/issue.conf", "location / {", "location / { limit_req zone=office_login;",
      LEVEL_LOOK, "in memory" },
    { "no HSTS", "querschnitt/quiet.conf", "add_header Strict-Transport-Security", "add_header X-Other", LEVEL_LOOK,
      "Strict-Transport-Security" },
    { "one certificate for both", "querschnitt/collect.conf", "collect.crt", "issue.crt", LEVEL_MUST,
      "same certificate" },
    { "one name for both", "querschnitt/collect.conf", "server_name box", "server_name survey", LEVEL_MUST,
      "share the name" },
    { "one server for both", "querschnitt/issue.conf", "location / {",
      "location /b { proxy_pass http://127.0.0.1:8701; } location / {", LEVEL_MUST, "share a server" },
    { "no TLS", "querschnitt/issue.conf", "listen 443 ssl;\n    listen [::]:443 ssl;", "listen 8443;", LEVEL_LOOK,
      "does not speak TLS" },
    { "an upstream block is followed", "querschnitt/collect.conf",
      "location / {\n        proxy_pass http://127.0.0.1:8701;\n    }\n}",
      "location / { access_log /a; proxy_pass http://box; } } upstream box { server 127.0.0.1:8701; }", LEVEL_MUST,
      "access_log off" },
    { "a role nobody serves", "nginx.conf", "include querschnitt/office.conf;", "", LEVEL_LOOK, "8702" },
    { "a file outside the folder", "nginx.conf", "include querschnitt/office.conf;", "include /etc/passwd;", LEVEL_LOOK,
      "/etc/passwd" },
    { "a missing brace", "querschnitt/office.conf", "location / {", "location / ", LEVEL_MUST, "cannot be read" },
};

static void replace_once(struct buf *text, const char *from, const char *to)
{
    struct buf changed;
    char *at = strstr(text->bytes, from);
    assert_non_null(at);
    buf_init(&changed, text->limit);
    buf_add(&changed, text->bytes, (size_t)(at - text->bytes));
    buf_add_string(&changed, to);
    buf_add_string(&changed, at + strlen(from));
    buf_free(text);
    *text = changed;
}

static void write_parts(const char *dir, const struct fault *fault)
{
    char path[512];
    snprintf(path, sizeof path, "mkdir %s/querschnitt", dir);
    assert_int_equal(system(path), 0);
    for (size_t i = 0; i < COUNT(parts); i++) {
        struct buf text;
        buf_init(&text, 1 << 20);
        snprintf(path, sizeof path, SOURCE_DIR "/packaging/nginx/%s", parts[i]);
        assert_int_equal(buf_read_file(&text, path, NULL), STATUS_OK);
        if (strcmp(parts[i], fault->file) == 0 && fault->from[0] != '\0')
            replace_once(&text, fault->from, fault->to);
        snprintf(path, sizeof path, "%s/%s", dir, parts[i]);
        assert_int_equal(buf_write_file(&text, path, 0600, NULL), STATUS_OK);
        buf_free(&text);
    }
}

static void remove_folder(const char *dir)
{
    char command[512];
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    assert_int_equal(system(command), 0);
}

static bool says(const struct findings *findings, enum level level, const char *part)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->rows[i].level == level && strstr(findings->rows[i].text, part) != NULL)
            return true;
    for (size_t i = 0; i < findings->count; i++)
        print_message("%d %s\n", (int)findings->rows[i].level, findings->rows[i].text);
    return false;
}

static void check_fault(void **state)
{
    const struct fault *fault = *state;
    char dir[] = "/tmp/doctor.XXXXXX";
    char path[512];
    struct arena arena;
    struct nginx_tree tree;
    struct fail fail = { 0 };
    const char *problem = NULL;
    assert_non_null(mkdtemp(dir));
    write_parts(dir, fault);
    arena_init(&arena, 64 << 20);
    struct findings *findings = ARENA_NEW(&arena, struct findings, 1);
    assert_non_null(findings);
    *findings = (struct findings){ .language = language_find("en", languages[0]), .arena = &arena, .check = "proxy" };
    struct facts facts = { .port = 8700, .nginx_given = true, .trees = &tree };
    snprintf(path, sizeof path, "%s/nginx.conf", dir);
    if (nginx_read(&arena, path, &tree, &fail) == STATUS_OK)
        facts.tree_count = 1;
    problem = fail.what;
    facts.nginx_problems = &problem;
    facts.nginx_problem_count = 1 - facts.tree_count;
    check_proxy(&facts, findings);
    assert_true(says(findings, fault->level, fault->says));
    assert_true(fault->level != LEVEL_GOOD || findings->count == 1);
    arena_free(&arena);
    remove_folder(dir);
}

/* --- nginx: hostile and odd input --- */

static struct text_case {
    const char *name, *text;
    size_t repeat; /* the text so many times; 0: once */
    enum status status;
} texts[] = {
    { "nothing", "", 0, STATUS_OK },
    { "comments only", "# {{{ \" '\n#", 0, STATUS_OK },
    { "quotes keep braces and semicolons", "map \"a;{}\" 'b\\'c' { \"x y\" 1; }", 0, STATUS_OK },
    { "a variable in braces is a word", "set $a ${b}c;", 0, STATUS_OK },
    { "regular expression with braces in quotes", "location ~ \"^/a{2}$\" { return 204; }", 0, STATUS_OK },
    { "Lua with unpaired quotes", "content_by_lua_block { local a = { \"'\" } } user x;", 0, STATUS_OK },
    { "an open block", "http { server {", 0, STATUS_INPUT },
    { "a closing brace too many", "events {} }", 0, STATUS_INPUT },
    { "a directive without end", "user www-data", 0, STATUS_INPUT },
    { "a semicolon missing before a brace", "http { user x }", 0, STATUS_INPUT },
    { "a quote without end", "user \"www-data;\n\n", 0, STATUS_INPUT },
    { "a backslash at the end", "user a\\", 0, STATUS_INPUT },
    { "a block without name", "{ }", 0, STATUS_INPUT },
    { "Lua without end", "content_by_lua_block { {", 0, STATUS_INPUT },
    { "too deep", "a {", 100, STATUS_LIMIT },
    { "too many words", "a ", 2000, STATUS_LIMIT },
    { "too many directives", "a;", 150000, STATUS_LIMIT },
    { "ten megabytes", "abcdefghi\n", 1 << 20, STATUS_LIMIT },
    { "one word of four megabytes", "aaaaaaaa", 1 << 18, STATUS_INPUT },
};

static void check_text(void **state)
{
    const struct text_case *row = *state;
    struct arena arena;
    struct buf text;
    struct nginx_tree tree;
    struct fail fail = { 0 };
    arena_init(&arena, 256 << 20);
    buf_init(&text, 64 << 20);
    for (size_t i = 0; i < (row->repeat == 0 ? 1 : row->repeat); i++)
        buf_add_string(&text, row->text);
    assert_int_equal(nginx_parse(&arena, text.bytes, text.length, &tree, &fail), row->status);
    assert_true((row->status == STATUS_OK) == (fail.what[0] == '\0'));
    buf_free(&text);
    arena_free(&arena);
}

static void check_zero_byte(void **state)
{
    (void)state;
    struct arena arena;
    struct nginx_tree tree;
    arena_init(&arena, 1 << 20);
    assert_int_equal(nginx_parse(&arena, "user a\0b;", 9, &tree, NULL), STATUS_INPUT);
    arena_free(&arena);
}

static void check_includes(void **state)
{
    (void)state;
    char dir[] = "/tmp/doctor.XXXXXX";
    char command[1024];
    struct arena arena;
    struct nginx_tree tree;
    struct fail fail = { 0 };
    assert_non_null(mkdtemp(dir));
    snprintf(
        command, sizeof command,
        "cd %s && echo 'include b; user x;' > a && echo 'include a;' > b && mkdir s && echo 'one 1;' > s/1.conf && "
        "echo 'two 2;' > s/2.conf && ln -s /etc/hostname s/3.conf && echo 'no;' > s/4.txt && "
        "echo 'http { include s/*.conf; include ../*; include /*/*/x; include missing; } three 3;' > c",
        dir);
    assert_int_equal(system(command), 0);
    arena_init(&arena, 64 << 20);
    snprintf(command, sizeof command, "%s/a", dir);
    assert_int_equal(nginx_read(&arena, command, &tree, &fail), STATUS_INPUT);
    assert_non_null(strstr(fail.what, "includes itself"));
    snprintf(command, sizeof command, "%s/c", dir);
    assert_int_equal(nginx_read(&arena, command, &tree, NULL), STATUS_OK);
    const struct nginx_directive *http = nginx_child(tree.root, "http");
    assert_non_null(http);
    assert_non_null(nginx_child(http, "two"));
    assert_non_null(nginx_child(tree.root, "three"));
    assert_null(nginx_child(http, "no"));
    assert_string_equal(nginx_find(nginx_child(http, "two"), "three")->words[0], "3");
    assert_int_equal(tree.skipped_count, 4);
    snprintf(command, sizeof command, "%s/nothing", dir);
    assert_int_equal(nginx_read(&arena, command, &tree, NULL), STATUS_MISSING);
    arena_free(&arena);
    remove_folder(dir);
}

/* --- made-up machines and instances --- */

static struct facts made_up(void)
{
    return (struct facts){ .dir = "/i",
                           .database = true,
                           .owner = 900,
                           .mode = 0700,
                           .today = "2026-11-23",
                           .newest_audit = "2026-11-20",
                           .file_system = "ext4",
                           .source = "/dev/sda1",
                           .encrypted = true,
                           .free_bytes = UINT64_C(100) << 30,
                           .core_pattern = "core",
                           .openssl = 0x30000000UL,
                           .sqlite = 3040001,
                           .openssl_text = "OpenSSL 3.0",
                           .sqlite_text = "3.40.1" };
}

static struct fact_case {
    const char *name;
    check_run *check;
    enum level level;
    const char *says;
    struct {
        const char *file_system, *core_pattern, *today, *swap;
        bool journals, thin, virtual_machine, plain, swap_safe, few_bytes, old, root, audit_daemon;
    } change;
    struct file_fact file; /* one file of the instance; path NULL: none */
    unsigned mode;         /* of the folder; 0: 0700 */
    enum wave_state state; /* of the wave 2026; WAVE_NEW: none */
    const char *key;       /* in its manifest */
} fact_cases[] = {
    { .name = "ext4", .check = check_file_system, .level = LEVEL_GOOD, .says = "ext4" },
    { .name = "btrfs",
      .check = check_file_system,
      .level = LEVEL_MUST,
      .says = "btrfs",
      .change.file_system = "btrfs" },
    { .name = "ZFS", .check = check_file_system, .level = LEVEL_MUST, .says = "zfs", .change.file_system = "zfs" },
    { .name = "bcachefs",
      .check = check_file_system,
      .level = LEVEL_MUST,
      .says = "bcachefs",
      .change.file_system = "bcachefs" },
    { .name = "NFS", .check = check_file_system, .level = LEVEL_MUST, .says = "network", .change.file_system = "nfs4" },
    { .name = "a container's layer",
      .check = check_file_system,
      .level = LEVEL_LOOK,
      .says = "container",
      .change.file_system = "overlay" },
    { .name = "memory",
      .check = check_file_system,
      .level = LEVEL_LOOK,
      .says = "memory",
      .change.file_system = "tmpfs" },
    { .name = "unknown file system",
      .check = check_file_system,
      .level = LEVEL_LOOK,
      .says = "never examined",
      .change.file_system = "jfs" },
    { .name = "ext4 that journals data",
      .check = check_file_system,
      .level = LEVEL_MUST,
      .says = "data=journal",
      .change.journals = true },
    { .name = "encrypted disk", .check = check_disk, .level = LEVEL_GOOD, .says = "encrypted" },
    { .name = "plain disk", .check = check_disk, .level = LEVEL_LOOK, .says = "LUKS", .change.plain = true },
    { .name = "thin volume", .check = check_disk, .level = LEVEL_LOOK, .says = "thin", .change.thin = true },
    { .name = "virtual machine",
      .check = check_disk,
      .level = LEVEL_LOOK,
      .says = "snapshots",
      .change.virtual_machine = true },
    { .name = "room", .check = check_space, .level = LEVEL_GOOD, .says = "102400" },
    { .name = "no room for a frozen wave",
      .check = check_space,
      .level = LEVEL_MUST,
      .says = "Make room",
      .change.few_bytes = true,
      .state = WAVE_FROZEN },
    { .name = "little room", .check = check_space, .level = LEVEL_LOOK, .says = "Only", .change.few_bytes = true },
    { .name = "no swap", .check = check_swap, .level = LEVEL_GOOD, .says = "none" },
    { .name = "plain swap", .check = check_swap, .level = LEVEL_LOOK, .says = "/dev/sda2", .change.swap = "/dev/sda2" },
    { .name = "encrypted swap",
      .check = check_swap,
      .level = LEVEL_GOOD,
      .says = "none",
      .change.swap = "/dev/dm-1",
      .change.swap_safe = true },
    { .name = "core dumps to a collector",
      .check = check_core_dumps,
      .level = LEVEL_LOOK,
      .says = "apport",
      .change.core_pattern = "|/usr/share/apport" },
    { .name = "clock went back",
      .check = check_clock,
      .level = LEVEL_MUST,
      .says = "went back",
      .change.today = "2026-11-01" },
    { .name = "clock of a new machine",
      .check = check_clock,
      .level = LEVEL_MUST,
      .says = "1970",
      .change.today = "1970-01-01" },
    { .name = "clock far ahead",
      .check = check_clock,
      .level = LEVEL_LOOK,
      .says = "ahead",
      .change.today = "2031-01-01" },
    { .name = "libraries", .check = check_libraries, .level = LEVEL_GOOD, .says = "3.40" },
    { .name = "old libraries", .check = check_libraries, .level = LEVEL_MUST, .says = "too old", .change.old = true },
    { .name = "audit daemon",
      .check = check_logging,
      .level = LEVEL_LOOK,
      .says = "audit",
      .change.audit_daemon = true },
    { .name = "server as root", .check = check_root, .level = LEVEL_MUST, .says = "root", .change.root = true },
    { .name = "folder for its owner", .check = check_permissions, .level = LEVEL_GOOD, .says = "owner" },
    { .name = "folder for everybody",
      .check = check_permissions,
      .level = LEVEL_MUST,
      .says = "chmod 700",
      .mode = 0755 },
    { .name = "key for the group",
      .check = check_permissions,
      .level = LEVEL_MUST,
      .says = "chmod 600",
      .file = { .path = "waves/2026/issuer.key", .mode = 0640, .owner = 900 } },
    { .name = "key of another user",
      .check = check_permissions,
      .level = LEVEL_MUST,
      .says = "another user",
      .file = { .path = "waves/2026/issuer.key", .mode = 0600, .owner = 0 } },
    { .name = "file for everybody to write",
      .check = check_permissions,
      .level = LEVEL_MUST,
      .says = "changed",
      .file = { .path = "waves/2026/form.yaml", .mode = 0666, .owner = 900 } },
    { .name = "box key where it was promised",
      .check = check_box_key,
      .level = LEVEL_GOOD,
      .says = "where",
      .file = { .path = "waves/2026/box.key", .mode = 0600, .owner = 900 },
      .state = WAVE_OPEN,
      .key = "server" },
    { .name = "box key that was promised away",
      .check = check_box_key,
      .level = LEVEL_MUST,
      .says = "staff council",
      .file = { .path = "waves/2026/box.key", .mode = 0600, .owner = 900 },
      .state = WAVE_OPEN,
      .key = "council" },
    { .name = "issuer key after closing",
      .check = check_issuer_key,
      .level = LEVEL_MUST,
      .says = "make ballots",
      .file = { .path = "waves/2026/issuer.key", .mode = 0600, .owner = 900 },
      .state = WAVE_CLOSED },
    { .name = "issuer key while open",
      .check = check_issuer_key,
      .level = LEVEL_GOOD,
      .says = "none",
      .file = { .path = "waves/2026/issuer.key", .mode = 0600, .owner = 900 },
      .state = WAVE_OPEN },
    { .name = "codes of an old rehearsal",
      .check = check_leftovers,
      .level = LEVEL_LOOK,
      .says = "rehearsal",
      .file = { .path = "waves/2026/rehearsal-codes.txt", .mode = 0600, .owner = 900, .codes = true },
      .state = WAVE_COUNTED },
    { .name = "codes of a running rehearsal",
      .check = check_leftovers,
      .level = LEVEL_GOOD,
      .says = "nothing",
      .file = { .path = "waves/2026/rehearsal-codes.txt", .mode = 0600, .owner = 900, .codes = true },
      .state = WAVE_OPEN },
    { .name = "a list of codes",
      .check = check_leftovers,
      .level = LEVEL_MUST,
      .says = "invitation codes",
      .file = { .path = "letters.csv", .mode = 0600, .owner = 900, .codes = true } },
    { .name = "open after its last day",
      .check = check_deadlines,
      .level = LEVEL_MUST,
      .says = "should have closed",
      .change.today = "2027-01-01",
      .state = WAVE_OPEN },
    { .name = "not deleted as promised",
      .check = check_deadlines,
      .level = LEVEL_MUST,
      .says = "promised to delete",
      .change.today = "2027-06-01",
      .state = WAVE_COUNTED,
      .key = "server" },
    { .name = "in time",
      .check = check_deadlines,
      .level = LEVEL_GOOD,
      .says = "nothing",
      .state = WAVE_OPEN,
      .key = "server" },
};

static void check_facts(void **state)
{
    const struct fact_case *row = *state;
    struct arena arena;
    struct facts facts = made_up();
    struct wave_fact wave = { .wave = { .name = "2026", .state = row->state, .closes = "2026-12-01" },
                              .known = true,
                              .has_manifest = row->key != NULL,
                              .invited = 200000 };
    arena_init(&arena, 1 << 20);
    struct findings *findings = ARENA_NEW(&arena, struct findings, 1);
    assert_non_null(findings);
    *findings = (struct findings){ .language = language_find("en", languages[0]), .arena = &arena, .check = "x" };
    snprintf(wave.manifest.key, sizeof wave.manifest.key, "%s", row->key == NULL ? "" : row->key);
    snprintf(wave.manifest.deletes, sizeof wave.manifest.deletes, "2027-03-01");
    facts.waves = &wave;
    facts.wave_count = row->state == WAVE_NEW ? 0 : 1;
    facts.files = &row->file;
    facts.file_count = row->file.path == NULL ? 0 : 1;
    facts.mode = row->mode == 0 ? facts.mode : row->mode;
    if (row->change.file_system != NULL)
        snprintf(facts.file_system, sizeof facts.file_system, "%s", row->change.file_system);
    if (row->change.core_pattern != NULL)
        snprintf(facts.core_pattern, sizeof facts.core_pattern, "%s", row->change.core_pattern);
    if (row->change.today != NULL)
        snprintf(facts.today, sizeof facts.today, "%s", row->change.today);
    if (row->change.swap != NULL) {
        snprintf(facts.swaps[0].device, sizeof facts.swaps[0].device, "%s", row->change.swap);
        facts.swaps[0].encrypted = row->change.swap_safe;
        facts.swap_count = 1;
    }
    facts.journals_data = row->change.journals;
    facts.thin = row->change.thin;
    facts.virtual_machine = row->change.virtual_machine;
    facts.encrypted = !row->change.plain;
    facts.free_bytes = row->change.few_bytes ? 1 << 20 : facts.free_bytes;
    facts.openssl = row->change.old ? 0x10101000UL : facts.openssl;
    facts.servers_as_root = row->change.root ? 1 : 0;
    facts.audit_daemon = row->change.audit_daemon;
    row->check(&facts, findings);
    assert_true(says(findings, row->level, row->says));
    assert_true(row->level != LEVEL_GOOD || findings->count == 1);
    arena_free(&arena);
}

int main(void)
{
    static struct CMUnitTest tests[COUNT(faults) + COUNT(texts) + COUNT(fact_cases) + 2];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(faults); i++)
        tests[count++] = (struct CMUnitTest){ faults[i].name, check_fault, NULL, NULL, &faults[i] };
    for (size_t i = 0; i < COUNT(texts); i++)
        tests[count++] = (struct CMUnitTest){ texts[i].name, check_text, NULL, NULL, &texts[i] };
    for (size_t i = 0; i < COUNT(fact_cases); i++)
        tests[count++] = (struct CMUnitTest){ fact_cases[i].name, check_facts, NULL, NULL, &fact_cases[i] };
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_zero_byte);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_includes);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

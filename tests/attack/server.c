/* Starts and ends the program under attack. What it prints goes to a log folder in the instance: an adversary reads
 * that too. */
#include "attack.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "world.h"

enum { START_MS = 20000, WORD_MAX = 32 };

static void become(const struct server *server, const char *log)
{
    char port[16];
    char *words[WORD_MAX] = { NULL };
    (void)setpgid(0, 0); /* Ctrl-C is for the harness, which then ends everything in order */
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* and nothing outlives it */
    size_t count = 0;
    for (size_t i = 0; server->wrap != NULL && server->wrap[i] != NULL && count < WORD_MAX - 8; i++)
        words[count++] = strdup(server->wrap[i]);
    snprintf(port, sizeof port, "%u", server->port);
    const char *const own[] = { server->binary, "serve", server->role, "--dir", server->dir, "--port", port };
    for (size_t i = 0; i < COUNT(own); i++)
        words[count++] = strdup(own[i]);
    int file = open(log, O_WRONLY | O_APPEND | O_CREAT, 0600);
    if (file < 0 || dup2(file, STDOUT_FILENO) < 0 || dup2(file, STDERR_FILENO) < 0)
        _exit(127);
    (void)signal(SIGINT, SIG_DFL);
    (void)signal(SIGTERM, SIG_DFL);
    execvp(words[0], words);
    _exit(127);
}

/* Ports of all addresses printed behind from. */
static size_t read_ports(const char *log, size_t from, unsigned ports[4])
{
    static const char before[] = "http://127.0.0.1:";
    struct buf text;
    size_t count = 0;
    buf_init(&text, 1 << 20);
    if (buf_read_file(&text, log, NULL) == STATUS_OK && text.length > from)
        for (const char *at = strstr(text.bytes + from, before); at != NULL && count < 4; at = strstr(at + 1, before))
            if (strchr(at, '\n') != NULL)
                ports[count++] = (unsigned)strtoul(at + sizeof before - 1, NULL, 10);
    buf_free(&text);
    return count;
}

void server_run(struct server *server)
{
    char folder[PATH_ROOM + 16];
    char log[PATH_ROOM + 32];
    struct stat info;
    snprintf(folder, sizeof folder, "%s/log", server->dir);
    snprintf(log, sizeof log, "%s/server.log", folder);
    (void)mkdir(folder, 0700);
    size_t before = stat(log, &info) == 0 ? (size_t)info.st_size : 0;
    bool all = strcmp(server->role, "all") == 0;
    size_t wanted = all ? 3 : 1;
    unsigned ports[4] = { 0 };
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0)
        die("fork: %s", strerror(errno));
    if (pid == 0)
        become(server, log);
    server->pid = pid;
    world_child(pid, true);
    double begin = now_ms();
    while (read_ports(log, before, ports) < wanted) {
        if (now_ms() - begin > START_MS || waitpid(pid, NULL, WNOHANG) == pid)
            die("the server %s does not start; see %s", server->role, log);
        sleep_ms(2);
    }
    server->issuer = ports[0];
    server->collector = all ? ports[1] : ports[0];
}

void server_end(struct server *server, int signal)
{
    if (server->pid == 0)
        return;
    (void)kill(server->pid, signal);
    while (waitpid(server->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    world_child(server->pid, false);
    server->pid = 0;
}

/* Folders, children and ends of the harness: whatever it started is ended and whatever it made is removed, also when a part
 * gives up or somebody presses Ctrl-C. */
#include "attack.h"

#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "world.h"

enum { FOLDER_MAX = 64, CHILD_MAX = 16 };

static struct {
    char folders[FOLDER_MAX][PATH_ROOM];
    size_t folder_count;
    pid_t children[CHILD_MAX];
    pid_t owner;
} world;
static volatile sig_atomic_t interrupted;

void world_child(pid_t pid, bool running)
{
    for (size_t i = 0; i < CHILD_MAX; i++)
        if (world.children[i] == (running ? 0 : pid)) {
            world.children[i] = running ? pid : 0;
            return;
        }
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info, (void)kind, (void)place;
    return remove(path);
}

void world_remove(const char *path)
{
    (void)nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    for (size_t i = 0; i < world.folder_count; i++)
        if (strcmp(world.folders[i], path) == 0)
            world.folders[i][0] = '\0';
}

static void clean(void)
{
    if (getpid() != world.owner)
        return;
    for (size_t i = 0; i < CHILD_MAX; i++)
        if (world.children[i] != 0) {
            (void)kill(world.children[i], SIGKILL);
            (void)waitpid(world.children[i], NULL, 0);
        }
    for (size_t i = 0; i < world.folder_count; i++)
        if (world.folders[i][0] != '\0')
            (void)nftw(world.folders[i], remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("attack_linkage: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static void interrupt(int number)
{
    (void)number;
    interrupted = 1;
}

bool world_interrupted(void)
{
    return interrupted != 0;
}

void world_start(void)
{
    struct sigaction action = { .sa_handler = interrupt };
    world.owner = getpid();
    (void)atexit(clean);
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

char *world_folder(const char *parent, char path[PATH_ROOM])
{
    size_t i = 0;
    while (i < world.folder_count && world.folders[i][0] != '\0')
        i++;
    if (i == FOLDER_MAX || snprintf(path, PATH_ROOM, "%s/attack-XXXXXX", parent) >= PATH_ROOM || mkdtemp(path) == NULL)
        die("no folder can be made in %s: %s", parent, strerror(errno));
    memcpy(world.folders[i], path, PATH_ROOM);
    if (i == world.folder_count)
        world.folder_count++;
    return path;
}

/* posix_spawn would do, but the child's output is wanted. */
void run_program(const char *const words[], struct buf *out)
{
    int ends[2];
    if (pipe(ends) != 0)
        die("pipe: %s", strerror(errno));
    pid_t pid = fork();
    if (pid < 0)
        die("fork: %s", strerror(errno));
    if (pid == 0) {
        char *list[16] = { NULL };
        (void)setpgid(0, 0);
        for (size_t i = 0; i + 1 < COUNT(list) && words[i] != NULL; i++)
            list[i] = strdup(words[i]);
        if (out != NULL)
            (void)dup2(ends[1], STDOUT_FILENO);
        else
            (void)dup2(STDERR_FILENO, STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execvp(list[0], list);
        _exit(127);
    }
    close(ends[1]);
    char block[4096];
    ssize_t got;
    while ((got = read(ends[0], block, sizeof block)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0 && out != NULL)
            buf_add(out, block, (size_t)got);
    close(ends[0]);
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (status != 0)
        die("%s %s %s: ended with %d", words[0], words[1] == NULL ? "" : words[1],
            words[1] == NULL || words[2] == NULL ? "" : words[2], status);
}

void world_copy(const char *from, const char *to)
{
    const char *const words[] = { "cp", "-a", from, to, NULL };
    run_program(words, NULL);
}

double now_ms(void)
{
    struct timespec now = { 0 };
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void sleep_ms(double ms)
{
    const struct timespec pause = { .tv_sec = (time_t)(ms / 1e3), .tv_nsec = (long)((ms - 1e3 * (double)(long)(ms / 1e3)) * 1e6) };
    (void)nanosleep(&pause, NULL);
}

void note(const char *format, ...)
{
    static bool tried;
    static bool terminal;
    va_list arguments;
    if (!tried)
        terminal = isatty(STDERR_FILENO);
    tried = true;
    if (!terminal)
        return;
    va_start(arguments, format);
    fputs("\r\033[K", stderr);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
}

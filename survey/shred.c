/* Zeros over the whole length, synced; then the name goes, and the folder is synced, too. */
#include "survey/shred.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int overwrite(int file)
{
    static const char zeros[1 << 16];
    struct stat facts;
    if (fstat(file, &facts) != 0)
        return -1;
    for (off_t at = 0; at < facts.st_size;) {
        off_t left = facts.st_size - at;
        ssize_t done = pwrite(file, zeros, left < (off_t)sizeof zeros ? (size_t)left : sizeof zeros, at);
        if (done < 0 && errno != EINTR)
            return -1;
        at += done > 0 ? done : 0;
    }
    return fsync(file);
}

static void sync_folder(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - path), slash == NULL ? "." : path);
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file >= 0) {
        (void)fsync(file);
        close(file);
    }
}

enum status shred(const char *path, struct fail *fail)
{
    int file = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    if (file < 0)
        return errno == ENOENT ? STATUS_OK : fail_errno(fail, "open", path);
    enum status status = overwrite(file) == 0 ? STATUS_OK : fail_errno(fail, "pwrite", path);
    close(file);
    if (status == STATUS_OK && unlink(path) != 0)
        status = fail_errno(fail, "unlink", path);
    if (status == STATUS_OK)
        sync_folder(path);
    return status;
}

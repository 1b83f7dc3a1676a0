/* Empties a demo's folder, and nothing else: the mark is looked for first, links are never followed. */
#include "survey/commands/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

#define MARK "DEMO"
enum { DEPTH_MAX = 4 };

static enum status empty_folder(int parent, const char *name, unsigned depth, struct fail *fail)
{
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = folder < 0 ? NULL : fdopendir(folder);
    if (entries == NULL || depth > DEPTH_MAX) {
        enum status status = entries == NULL ? fail_errno(fail, "open", name)
                                             : FAIL(fail, STATUS_LIMIT, "%s: folders nest too deep for a demo", name);
        if (entries != NULL)
            closedir(entries);
        else if (folder >= 0)
            close(folder);
        return status;
    }
    enum status status = STATUS_OK;
    for (struct dirent *entry = readdir(entries); entry != NULL && status == STATUS_OK; entry = readdir(entries)) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        struct stat facts;
        if (fstatat(folder, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) != 0) {
            status = fail_errno(fail, "stat", entry->d_name);
            break;
        }
        bool inner = S_ISDIR(facts.st_mode);
        if (inner)
            status = empty_folder(folder, entry->d_name, depth + 1, fail);
        if (status == STATUS_OK && unlinkat(folder, entry->d_name, inner ? AT_REMOVEDIR : 0) != 0)
            status = fail_errno(fail, "unlink", entry->d_name);
    }
    closedir(entries);
    return status;
}

enum status folder_renew(const char *dir, struct fail *fail)
{
    char path[4096];
    struct stat facts;
    if (rmdir(dir) == 0 || errno == ENOENT)
        return STATUS_OK;
    snprintf(path, sizeof path, "%s/" MARK, dir);
    if (stat(path, &facts) != 0)
        return FAIL(fail, STATUS_CONFLICT, "%s holds something that no demo made: choose another folder with --dir", dir);
    return empty_folder(AT_FDCWD, dir, 0, fail);
}

enum status folder_mark(const char *dir, struct fail *fail)
{
    char path[4096];
    struct buf text;
    buf_init(&text, 256);
    buf_add_string(&text, "Invented data of a fictional city. querschnitt demo may empty this folder.\n");
    snprintf(path, sizeof path, "%s/" MARK, dir);
    enum status status = buf_write_file(&text, path, 0600, fail);
    buf_free(&text);
    return status;
}

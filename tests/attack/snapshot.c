/* Reads a folder as a thief of the disk finds it: bytes, times, the directory's own order, the blocks on the disk; and
 * marks where pieces of each ballot lie. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "adversary.h"
#include "attack.h"
#include "base/buf.h"
#include "scanner.h"

enum { DEPTH_MAX = 8 };

static void read_extents(int file, struct file_view *view)
{
    struct fiemap *map = calloc(1, sizeof *map + EXTENT_MAX * sizeof(struct fiemap_extent));
    if (map == NULL)
        die("no memory");
    map->fm_length = FIEMAP_MAX_OFFSET;
    map->fm_flags = FIEMAP_FLAG_SYNC;
    map->fm_extent_count = EXTENT_MAX;
    if (ioctl(file, FS_IOC_FIEMAP, map) == 0) /* tmpfs has none */
        view->extent_count = map->fm_mapped_extents;
    for (unsigned i = 0; i < view->extent_count; i++)
        view->extents[i] = (struct extent){ map->fm_extents[i].fe_logical, map->fm_extents[i].fe_physical,
                                            map->fm_extents[i].fe_length };
    free(map);
}

static void read_one(struct snapshot *snapshot, const char *path, const char *name, const struct stat *info)
{
    struct buf bytes;
    if (snapshot->file_count == FILE_MAX)
        die("a snapshot has more than %d files", (int)FILE_MAX);
    struct file_view *view = &snapshot->files[snapshot->file_count];
    *view = (struct file_view){ .info = *info, .position = (unsigned)snapshot->file_count };
    snprintf(view->name, sizeof view->name, "%s", name);
    buf_init(&bytes, 256 << 20);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || buf_read_file(&bytes, path, NULL) != STATUS_OK)
        die("%s: %s", path, strerror(errno));
    read_extents(file, view);
    close(file);
    view->bytes = (unsigned char *)bytes.bytes;
    view->length = bytes.length;
    view->box = box_uncover(view->bytes, view->length);
    snapshot->file_count++;
}

static void read_folder(struct snapshot *snapshot, const char *path, const char *name, int depth)
{
    DIR *folder = opendir(path);
    if (folder == NULL || depth > DEPTH_MAX)
        die("%s: %s", path, strerror(errno));
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char inner[PATH_ROOM * 2];
        char inner_name[NAME_ROOM];
        struct stat info;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) >= (int)sizeof inner ||
            snprintf(inner_name, sizeof inner_name, "%s%s%s", name, name[0] == '\0' ? "" : "/", entry->d_name) >=
                (int)sizeof inner_name ||
            lstat(inner, &info) != 0)
            die("%s/%s: the path is too long or gone", path, entry->d_name);
        if (S_ISDIR(info.st_mode))
            read_folder(snapshot, inner, inner_name, depth + 1);
        else if (S_ISREG(info.st_mode))
            read_one(snapshot, inner, inner_name, &info);
    }
    closedir(folder);
}

struct marking {
    struct snapshot *snapshot;
    size_t file;
};

static void mark(void *context, const struct needle *needle, size_t offset)
{
    struct marking *marking = context;
    struct trace *trace = &marking->snapshot->traces[marking->file][needle->kind][needle->person];
    if (trace->count++ == 0)
        trace->first = offset;
    trace->last = offset;
}

static void add_windows(struct scanner *scanner, unsigned i, const unsigned char *bytes, size_t length)
{
    for (size_t at = 0; at + 16 <= length; at += 64)
        scanner_add(scanner, PIECE_WINDOW, i, "raw", bytes + at, 16);
}

static void find_items(struct snapshot *snapshot)
{
    static const unsigned char none[32];
    struct scanner scanner;
    scanner_init(&scanner);
    for (unsigned i = 0; i < snapshot->count; i++) {
        const struct stolen *item = &snapshot->items[i];
        scanner_add(&scanner, PIECE_SERIAL, i, "raw", item->serial, 32);
        scanner_add(&scanner, PIECE_SEALED, i, "raw", item->sealed + item->sealed_length / 2, 16);
        if (memcmp(item->prefix, none, 32) != 0) {
            add_windows(&scanner, i, item->prefix, 32);
            add_windows(&scanner, i, item->signature, sizeof item->signature);
        }
        add_windows(&scanner, i, item->sealed, item->sealed_length);
    }
    snapshot->traces = calloc(snapshot->file_count, sizeof *snapshot->traces);
    if (snapshot->traces == NULL)
        die("no memory");
    for (size_t file = 0; file < snapshot->file_count; file++) {
        struct marking marking = { snapshot, file };
        scanner_search(&scanner, snapshot->files[file].bytes, snapshot->files[file].length, mark, &marking);
    }
    scanner_free(&scanner);
}

static unsigned holds(const struct snapshot *snapshot, size_t file)
{
    unsigned found = 0;
    for (size_t i = 0; i < snapshot->count; i++)
        found += snapshot->traces[file][PIECE_SERIAL][i].count > 0;
    return found;
}

void snapshot_read(struct snapshot *snapshot, const char *dir)
{
    unsigned most = 0;
    unsigned next = 0;
    read_folder(snapshot, dir, "", 0);
    find_items(snapshot);
    for (size_t file = 0; file < snapshot->file_count; file++) {
        unsigned found = holds(snapshot, file);
        if (found > most) {
            next = most;
            snapshot->second = snapshot->main;
            most = found;
            snapshot->main = file;
        } else if (found > next) {
            next = found;
            snapshot->second = file;
        }
    }
    if (next == 0)
        snapshot->second = snapshot->main;
}

void snapshot_free(struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->file_count; i++)
        free(snapshot->files[i].bytes);
    for (size_t i = 0; i < snapshot->count; i++) {
        free(snapshot->items[i].sealed);
        free(snapshot->items[i].content);
    }
    free(snapshot->traces);
    *snapshot = (struct snapshot){ 0 };
}

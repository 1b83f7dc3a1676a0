/* Files DIR/forms/NAME.yaml and NAME.before, changed by renaming only: a reader sees a whole file or none. */
#include "survey/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/asset.h"

#define SHIPPED "forms/library/"
#define ENDING ".yaml"
#define BEFORE ".before"

static void make_path(char path[SHELF_PATH_ROOM], const char *dir, const char *name, const char *ending)
{
    int length = snprintf(path, SHELF_PATH_ROOM, "%s/forms/%s%s", dir, name, ending);
    if (length < 0 || length >= SHELF_PATH_ROOM)
        path[0] = '\0';
}

static bool exists(const char *path)
{
    return path[0] != '\0' && access(path, R_OK) == 0;
}

static bool is_shipped(const char *name)
{
    char asset[160];
    snprintf(asset, sizeof asset, SHIPPED "%.100s" ENDING, name);
    return asset_find(asset) != NULL;
}

/* A shipped file "NAME.yaml"; "NAME.CODE.yaml" is a translation of it. */
static bool shipped_name(const char *asset, char name[FORM_ID_MAX + 1])
{
    if (strncmp(asset, SHIPPED, strlen(SHIPPED)) != 0)
        return false;
    const char *begin = asset + strlen(SHIPPED);
    size_t length = strcspn(begin, ".");
    if (length == 0 || length > FORM_ID_MAX || strcmp(begin + length, ENDING) != 0)
        return false;
    memcpy(name, begin, length);
    name[length] = '\0';
    return true;
}

static bool own_name(const char *file, const char *ending, char name[FORM_ID_MAX + 1])
{
    size_t length = strlen(file);
    if (length <= strlen(ending) || strcmp(file + length - strlen(ending), ending) != 0)
        return false;
    length -= strlen(ending);
    if (length > FORM_ID_MAX)
        return false;
    memcpy(name, file, length);
    name[length] = '\0';
    return form_id_fits(name);
}

static int by_name(const void *left, const void *right)
{
    const struct shelf_entry *a = left;
    const struct shelf_entry *b = right;
    return strcmp(a->name, b->name);
}

static struct shelf_entry *find(struct shelf_entry *entries, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(entries[i].name, name) == 0)
            return &entries[i];
    return NULL;
}

static enum status add_own(struct arena *arena, DIR *folder, struct shelf_entry *entries, size_t *count,
                           struct fail *fail)
{
    for (struct dirent *file = readdir(folder); file != NULL && *count < SHELF_FORM_MAX; file = readdir(folder)) {
        char name[FORM_ID_MAX + 1];
        bool before = own_name(file->d_name, BEFORE, name);
        if (!before && !own_name(file->d_name, ENDING, name))
            continue;
        struct shelf_entry *entry = find(entries, *count, name);
        if (entry == NULL) {
            entry = &entries[(*count)++];
            *entry = (struct shelf_entry){ .name = arena_string(arena, name) };
            if (entry->name == NULL)
                return FAIL(fail, STATUS_MEMORY, "out of memory");
        }
        entry->before = entry->before || before;
        entry->present = entry->present || !before;
    }
    return STATUS_OK;
}

enum status shelf_list(struct arena *arena, const char *dir, const struct shelf_entry **entries, size_t *count,
                       struct fail *fail)
{
    char path[SHELF_PATH_ROOM];
    struct shelf_entry *all = ARENA_NEW(arena, struct shelf_entry, SHELF_FORM_MAX);
    size_t shipped = 0;
    if (all == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    for (size_t i = 0; i < asset_count && shipped < SHELF_FORM_MAX; i++) {
        char name[FORM_ID_MAX + 1];
        if (!shipped_name(assets[i].name, name))
            continue;
        all[shipped].name = arena_string(arena, name);
        all[shipped].shipped = all[shipped].present = true;
        if (all[shipped++].name == NULL)
            return FAIL(fail, STATUS_MEMORY, "out of memory");
    }
    make_path(path, dir, "", "");
    size_t own = shipped;
    DIR *folder = opendir(path);
    enum status status = STATUS_OK;
    if (folder != NULL) {
        status = add_own(arena, folder, all, &own, fail);
        closedir(folder);
    }
    qsort(all + shipped, own - shipped, sizeof all[0], by_name);
    *entries = all;
    *count = own;
    return status;
}

enum status shelf_path(const char *dir, const char *name, char path[SHELF_PATH_ROOM], struct fail *fail)
{
    if (!form_id_fits(name))
        return FAIL(fail, STATUS_MISSING, "there is no questionnaire of this name");
    make_path(path, dir, name, ENDING);
    if (is_shipped(name))
        snprintf(path, SHELF_PATH_ROOM, "%s", name);
    else if (!exists(path))
        return FAIL(fail, STATUS_MISSING, "there is no questionnaire of this name");
    return STATUS_OK;
}

enum status shelf_keep(const char *dir, const char *name, const struct buf *text, bool replace, struct fail *fail)
{
    char path[SHELF_PATH_ROOM];
    char before[SHELF_PATH_ROOM];
    if (!form_id_fits(name))
        return FAIL(fail, STATUS_INPUT, "the name of a questionnaire is made of letters, digits and “_”");
    if (is_shipped(name))
        return FAIL(
            fail, STATUS_CONFLICT,
            "“%s” is the name of a shipped questionnaire: give the form another id (“form:” in its first lines)", name);
    make_path(path, dir, "", "");
    if (mkdir(path, 0750) != 0 && errno != EEXIST)
        return fail_errno(fail, "make the folder", path);
    make_path(path, dir, name, ENDING);
    make_path(before, dir, name, BEFORE);
    if (exists(path) && !replace)
        return FAIL(fail, STATUS_CONFLICT,
                    "there is a questionnaire “%s” already: tick “replace” to put this in its place", name);
    if (exists(path) && rename(path, before) != 0)
        return fail_errno(fail, "keep the version before of", path);
    return buf_write_file(text, path, 0640, fail);
}

enum status shelf_undo(const char *dir, const char *name, struct fail *fail)
{
    char path[SHELF_PATH_ROOM];
    char before[SHELF_PATH_ROOM];
    char between[SHELF_PATH_ROOM];
    if (!form_id_fits(name))
        return FAIL(fail, STATUS_MISSING, "there is no questionnaire of this name");
    make_path(path, dir, name, ENDING);
    make_path(before, dir, name, BEFORE);
    make_path(between, dir, name, ".new");
    if (!exists(before))
        return FAIL(fail, STATUS_MISSING, "there is no earlier version of this questionnaire");
    bool present = exists(path);
    if (present && rename(path, between) != 0)
        return fail_errno(fail, "move", path);
    if (rename(before, path) != 0)
        return fail_errno(fail, "bring back", path);
    return present && rename(between, before) != 0 ? fail_errno(fail, "move", between) : STATUS_OK;
}

enum status shelf_remove(const char *dir, const char *name, struct fail *fail)
{
    char path[SHELF_PATH_ROOM];
    char before[SHELF_PATH_ROOM];
    if (!form_id_fits(name) || is_shipped(name))
        return FAIL(fail, STATUS_DENIED, "a shipped questionnaire cannot be removed");
    make_path(path, dir, name, ENDING);
    make_path(before, dir, name, BEFORE);
    if (!exists(path))
        return FAIL(fail, STATUS_MISSING, "there is no questionnaire of this name");
    return rename(path, before) == 0 ? STATUS_OK : fail_errno(fail, "remove", path);
}

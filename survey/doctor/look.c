/* Looks at the instance: files, waves, database, nginx. Reads only. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/env.h"
#include "survey/credential.h"
#include "survey/doctor/private.h"

enum { DEPTH_MAX = 4, CODE_LOOK = 64 * 1024, CODE_PRINTED = 25 };

struct looker {
    struct arena *arena;
    struct facts *facts;
    struct file_fact *files;
    const char *dir;
};

/* --- files --- */

/* Whether an invitation code as printed stands in the first bytes of the file. Links carry it too. */
static bool holds_codes(int folder, const char *name)
{
    struct buf bytes;
    char code[CODE_LENGTH + 1];
    char printed[CODE_PRINTED + 1] = "";
    bool holds = false;
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return false;
    buf_init(&bytes, CODE_LOOK);
    char block[4096];
    for (ssize_t length = read(file, block, sizeof block); length > 0 && !bytes.failed;
         length = read(file, block, sizeof block))
        buf_add(&bytes, block, (size_t)length);
    close(file);
    for (size_t i = 0; i + CODE_PRINTED <= bytes.length && !holds; i++) {
        const char *at = bytes.bytes + i;
        if (at[5] != '-' || at[11] != '-' || at[17] != '-' || at[23] != '-')
            continue;
        memcpy(printed, at, CODE_PRINTED);
        holds = strlen(printed) == CODE_PRINTED && code_read(printed, code, NULL) == STATUS_OK;
    }
    buf_free(&bytes);
    return holds;
}

static void look_at_file(struct looker *looker, int folder, const char *name, const char *path)
{
    struct stat facts;
    if (fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    const char *kept = looker->facts->file_count == FACT_FILE_MAX ? NULL : arena_string(looker->arena, path);
    if (kept == NULL) {
        looker->facts->files_cut = true;
        return;
    }
    looker->files[looker->facts->file_count++] =
        (struct file_fact){ .path = kept,
                            .mode = facts.st_mode & 07777,
                            .owner = facts.st_uid,
                            .folder = S_ISDIR(facts.st_mode),
                            .codes = S_ISREG(facts.st_mode) && holds_codes(folder, name) };
}

static void look_at_folder(struct looker *looker, int parent, const char *name, const char *path, unsigned depth)
{
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = folder < 0 ? NULL : fdopendir(folder);
    if (entries == NULL) {
        if (folder >= 0)
            close(folder);
        return;
    }
    for (struct dirent *entry = readdir(entries); entry != NULL && !looker->facts->files_cut;
         entry = readdir(entries)) {
        char inner[4096];
        struct stat facts;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            snprintf(inner, sizeof inner, "%s%s%s", path, path[0] == '\0' ? "" : "/", entry->d_name) >=
                (int)sizeof inner)
            continue;
        look_at_file(looker, folder, entry->d_name, inner);
        if (depth < DEPTH_MAX && fstatat(folder, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0 &&
            S_ISDIR(facts.st_mode))
            look_at_folder(looker, folder, entry->d_name, inner, depth + 1);
    }
    closedir(entries);
}

/* --- waves --- */

static struct wave_fact *wave_of(struct looker *looker, struct wave_fact *waves, const char *name)
{
    for (size_t i = 0; i < looker->facts->wave_count; i++)
        if (strcmp(waves[i].wave.name, name) == 0)
            return &waves[i];
    if (looker->facts->wave_count == FACT_WAVE_MAX)
        return NULL;
    struct wave_fact *added = &waves[looker->facts->wave_count++];
    snprintf(added->wave.name, sizeof added->wave.name, "%s", name);
    return added;
}

static enum status look_at_store(struct looker *looker, struct wave_fact *waves, struct fail *fail)
{
    struct store *store = NULL;
    const struct wave *rows = NULL;
    const struct audit_row *audit = NULL;
    size_t count = 0;
    bool intact = false;
    enum status status = store_open(looker->dir, STORE_ANALYSE, &store, fail);
    if (status == STATUS_OK)
        status = store_waves(store, looker->arena, &rows, &count, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct wave_fact *fact = wave_of(looker, waves, rows[i].name);
        if (fact == NULL)
            break;
        fact->wave = rows[i];
        fact->known = true;
    }
    if (status == STATUS_OK)
        status = store_audit(store, looker->arena, &audit, &count, &intact, fail);
    if (status == STATUS_OK && count > 0)
        snprintf(looker->facts->newest_audit, sizeof looker->facts->newest_audit, "%s", audit[count - 1].day);
    if (status == STATUS_OK && !intact)
        status =
            FAIL(fail, STATUS_CRYPTO, "the log was changed after it was written: its chain of hashes does not hold");
    store_close(store);
    return status;
}

static enum status look_at_waves(struct looker *looker, struct fail *fail)
{
    struct wave_fact *waves = ARENA_NEW(looker->arena, struct wave_fact, FACT_WAVE_MAX);
    struct facts *facts = looker->facts;
    if (waves == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to look at the instance");
    for (size_t i = 0; i < facts->file_count; i++) {
        const char *name = strncmp(facts->files[i].path, "waves/", 6) == 0 ? facts->files[i].path + 6 : "";
        if (facts->files[i].folder && wave_name_ok(name))
            (void)wave_of(looker, waves, name);
    }
    struct fail problem = { .language = fail == NULL ? NULL : fail->language };
    if (facts->database && look_at_store(looker, waves, &problem) != STATUS_OK)
        facts->store_problem = arena_string(looker->arena, problem.what);
    for (size_t i = 0; i < facts->wave_count; i++)
        waves[i].has_manifest = wave_manifest(looker->dir, waves[i].wave.name, &waves[i].manifest, NULL) == STATUS_OK;
    facts->waves = waves;
    return STATUS_OK;
}

/* --- nginx --- */

static enum status look_at_nginx(const struct doctor_options *options, struct arena *arena, struct facts *facts,
                                 struct fail *fail)
{
    static const char *const usual[] = { "/etc/nginx/nginx.conf" };
    const char *const *paths = options->nginx_count > 0 ? options->nginx : usual;
    size_t count = options->nginx_count > 0 ? options->nginx_count : COUNT(usual);
    struct nginx_tree *trees = ARENA_NEW(arena, struct nginx_tree, count);
    const char **problems = ARENA_NEW(arena, const char *, count);
    if (trees == NULL || problems == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to look at the instance");
    facts->nginx_given = options->nginx_count > 0;
    for (size_t i = 0; i < count; i++) {
        struct fail problem = { .language = fail == NULL ? NULL : fail->language };
        if (!facts->nginx_given && access(paths[i], R_OK) != 0)
            continue;
        if (nginx_read(arena, paths[i], &trees[facts->tree_count], &problem) == STATUS_OK)
            facts->tree_count++;
        else
            problems[facts->nginx_problem_count++] = arena_string(arena, problem.what);
    }
    facts->trees = trees;
    facts->nginx_problems = problems;
    return STATUS_OK;
}

enum status doctor_look(const struct doctor_options *options, struct arena *arena, struct facts *facts,
                        struct fail *fail)
{
    char path[4096];
    struct stat folder;
    *facts = (struct facts){ .dir = options->dir, .port = options->port };
    snprintf(path, sizeof path, "%s/waves", options->dir);
    if (stat(options->dir, &folder) != 0 || access(path, F_OK) != 0)
        return FAIL(fail, STATUS_MISSING, "%s is no instance: make one with querschnitt init %s", options->dir,
                    options->dir);
    facts->owner = folder.st_uid;
    facts->mode = folder.st_mode & 07777;
    env_local_day(env_system.now(env_system.state), facts->today);
    look_at_disk(path, facts);
    look_at_machine(facts);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", options->dir);
    facts->database = access(path, F_OK) == 0;
    struct looker looker = {
        .arena = arena, .facts = facts, .dir = options->dir, .files = ARENA_NEW(arena, struct file_fact, FACT_FILE_MAX)
    };
    if (looker.files == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to look at the instance");
    look_at_folder(&looker, AT_FDCWD, options->dir, "", 0);
    facts->files = looker.files;
    enum status status = look_at_waves(&looker, fail);
    return status == STATUS_OK ? look_at_nginx(options, arena, facts, fail) : status;
}

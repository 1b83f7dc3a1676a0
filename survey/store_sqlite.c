/* Opening a SQLite database: settings, migrations, and the connection of the analysis that may not see invitations or
 * accounts. Not responsible for rows (store_wave.c and its neighbours). */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/asset.h"
#include "survey/store_private.h"

enum { BUSY_MILLISECONDS = 15000, PATH_ROOM = 4096 };

/* TRUNCATE and not WAL: a log would keep draws in their order (PRIVACY section 5). secure_delete overwrites what is
 * replaced; temporary tables stay in memory. */
static const char settings_write[] =
    "PRAGMA journal_mode = TRUNCATE; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;"
    "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;";
static const char settings_read[] = "PRAGMA temp_store = MEMORY; PRAGMA query_only = ON; PRAGMA trusted_schema = OFF;";
static const char migration_prefix[] = "survey/migrations/";

static enum status refused(struct store *store, const char *what, struct fail *fail)
{
    return FAIL(fail, STATUS_IO, "%s: %s", what, sqlite3_errmsg(store->db));
}

static int take_version(void *version, int count, char **values, char **names)
{
    (void)names;
    if (count > 0 && values[0] != NULL)
        *(long *)version = strtol(values[0], NULL, 10);
    return 0;
}

static enum status migrate_one(struct store *store, const struct asset *migration, struct fail *fail)
{
    bool good = sqlite3_exec(store->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK;
    long version = 0;
    /* Somebody else may have migrated while we waited for the lock. */
    good = good && sqlite3_exec(store->db, "PRAGMA user_version", take_version, &version, NULL) == SQLITE_OK;
    if (good && version < strtol(migration->name + sizeof migration_prefix - 1, NULL, 10))
        good = sqlite3_exec(store->db, (const char *)migration->bytes, NULL, NULL, NULL) == SQLITE_OK;
    good = good && sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
    if (good)
        return STATUS_OK;
    enum status status = refused(store, migration->name, fail);
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Migrations are assets sorted by name: 0001_…, 0002_…; each sets user_version to its own number. */
static enum status migrate(struct store *store, struct fail *fail)
{
    long version = 0;
    long newest = 0;
    if (sqlite3_exec(store->db, "PRAGMA user_version", take_version, &version, NULL) != SQLITE_OK)
        return refused(store, "user_version", fail);
    for (size_t i = 0; i < asset_count; i++) {
        if (strncmp(assets[i].name, migration_prefix, sizeof migration_prefix - 1) != 0)
            continue;
        newest = strtol(assets[i].name + sizeof migration_prefix - 1, NULL, 10);
        if (newest <= version)
            continue;
        if (store->access != STORE_WRITE)
            return FAIL(fail, STATUS_CONFLICT,
                        "the database is older than this program: start the server once to bring it up to date");
        enum status status = migrate_one(store, &assets[i], fail);
        if (status != STATUS_OK)
            return status;
    }
    return version <= newest
               ? STATUS_OK
               : FAIL(fail, STATUS_CONFLICT,
                      "the database belongs to a newer version of this program (%ld, known is %ld)", version, newest);
}

/* The second lock behind read-only: the analysis cannot even name these tables. */
static int authorize(void *context, int action, const char *first, const char *second, const char *base,
                     const char *trigger)
{
    static const char *const prohibited[] = { "invitation", "account" };
    (void)context;
    (void)second;
    (void)base;
    (void)trigger;
    if (action != SQLITE_READ && action != SQLITE_SELECT && action != SQLITE_FUNCTION && action != SQLITE_TRANSACTION)
        return SQLITE_DENY;
    for (size_t i = 0; action == SQLITE_READ && i < COUNT(prohibited); i++)
        if (first != NULL && sqlite3_stricmp(first, prohibited[i]) == 0)
            return SQLITE_DENY;
    return SQLITE_OK;
}

/* SQLite would create the file with the umask's mode; nobody else may read it from the first byte on. */
static enum status create_private(const char *path, struct fail *fail)
{
    int file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0)
        return fail_errno(fail, "open", path);
    close(file);
    return STATUS_OK;
}

static enum status connect_store(struct store *store, const char *path, struct fail *fail)
{
    bool write = store->access == STORE_WRITE;
    int flags = SQLITE_OPEN_NOMUTEX | (write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    int code = sqlite3_open_v2(path, &store->db, flags, NULL);
    if (code != SQLITE_OK)
        return FAIL(fail, code == SQLITE_CANTOPEN ? STATUS_MISSING : STATUS_IO, "%s: %s", path,
                    store->db == NULL ? "no memory" : sqlite3_errmsg(store->db));
    sqlite3_busy_timeout(store->db, BUSY_MILLISECONDS);
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (sqlite3_exec(store->db, write ? settings_write : settings_read, NULL, NULL, NULL) != SQLITE_OK)
        return refused(store, path, fail);
    enum status status = migrate(store, fail);
    if (status == STATUS_OK && !write)
        sqlite3_set_authorizer(store->db, authorize, NULL);
    return status;
}

static enum status open_sqlite(const char *dir, enum store_access access, struct store **store, struct fail *fail)
{
    char path[PATH_ROOM];
    if (snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir) >= (int)sizeof path)
        return FAIL(fail, STATUS_LIMIT, "the path of the instance is too long");
    struct store *opened = calloc(1, sizeof *opened);
    char *copy = opened == NULL ? NULL : strdup(dir);
    if (copy == NULL) {
        free(opened);
        return FAIL(fail, STATUS_MEMORY, "not enough memory to open the database");
    }
    opened->dir = copy;
    opened->access = access;
    enum status status = access == STORE_WRITE ? create_private(path, fail) : STATUS_OK;
    if (status == STATUS_OK)
        status = connect_store(opened, path, fail);
    if (status != STATUS_OK) {
        store_close(opened);
        return status;
    }
    *store = opened;
    return STATUS_OK;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    for (size_t i = 0; i < SQL_COUNT; i++)
        sqlite3_finalize(store->prepared[i]);
    sqlite3_close_v2(store->db);
    free(store->dir);
    free(store);
}

const struct store_engine store_engine_sqlite = { .name = "sqlite", .open = open_sqlite };

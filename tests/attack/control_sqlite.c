/* A ballot a row, write-ahead log: what most programs would do. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "attack.h"
#include "control.h"

void *control_sqlite_open(const char *dir, const char *schema)
{
    char path[PATH_ROOM + 32];
    sqlite3 *db = NULL;
    snprintf(path, sizeof path, "%s/control.sqlite", dir);
    if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA secure_delete = ON", NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(db, schema, NULL, NULL, NULL) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(db));
    return db;
}

void control_sqlite_put(void *store, const unsigned char serial[32], const unsigned char *sealed, size_t length)
{
    sqlite3_stmt *insert = NULL;
    if (sqlite3_prepare_v2(store, "INSERT OR IGNORE INTO ballot (serial, sealed) VALUES (?1, ?2)", -1, &insert, NULL) !=
            SQLITE_OK ||
        sqlite3_bind_blob(insert, 1, serial, 32, SQLITE_STATIC) != SQLITE_OK ||
        sqlite3_bind_blob(insert, 2, sealed, (int)length, SQLITE_STATIC) != SQLITE_OK || sqlite3_step(insert) != SQLITE_DONE)
        die("%s", sqlite3_errmsg(store));
    sqlite3_finalize(insert);
}

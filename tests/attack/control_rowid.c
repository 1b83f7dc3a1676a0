/* Numbers every ballot. */
#include "control.h"

static void *open_store(const char *dir, struct seeded *random)
{
    (void)random;
    return control_sqlite_open(dir, "CREATE TABLE IF NOT EXISTS ballot (id INTEGER PRIMARY KEY, serial BLOB UNIQUE, sealed BLOB)");
}

extern const struct control control_rowid;
const struct control control_rowid = { "rowid", "SQLite, numbered rows, WAL", open_store, control_sqlite_put };

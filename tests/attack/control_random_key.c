/* The random serial is the key, no number and no time: it looks safe, and the pages tell the order all the same. */
#include "control.h"

static void *open_store(const char *dir, struct seeded *random)
{
    (void)random;
    return control_sqlite_open(dir, "CREATE TABLE IF NOT EXISTS ballot (serial BLOB PRIMARY KEY, sealed BLOB) WITHOUT ROWID");
}

extern const struct control control_random_key;
const struct control control_random_key = { "random_key", "SQLite, random key, WITHOUT ROWID, WAL, secure_delete",
                                            open_store, control_sqlite_put };

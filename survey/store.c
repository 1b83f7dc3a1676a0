/* The table of statements and engines, and queries on a connection. Not responsible for opening (store_sqlite.c) or for
 * the meaning of rows (store_wave.c and its neighbours). */
#include <string.h>

#include "survey/store_private.h"

#define ANALYSE STORE_ANALYSE
#define WRITE STORE_WRITE
#define STATEMENT(name, readers, text) { #name, readers, text },
const struct statement store_statements[SQL_COUNT] = {
#include "survey/statements.def"
};
#undef STATEMENT
#undef WRITE
#undef ANALYSE

#define STORE(name) &store_engine_##name,
const struct store_engine *const store_engines[] = {
#include "survey/stores.def"
    NULL
};
#undef STORE

enum status store_open(const char *dir, enum store_access access, struct store **store, struct fail *fail)
{
    return store_engines[0]->open(dir, access, store, fail);
}

static enum status refused(struct store *store, enum sql sql, int code, struct fail *fail)
{
    enum status status = STATUS_IO;
    if ((code & 0xFF) == SQLITE_CONSTRAINT)
        status = STATUS_CONFLICT;
    else if (code == SQLITE_AUTH || (code & 0xFF) == SQLITE_READONLY)
        status = STATUS_DENIED;
    else if (code == SQLITE_NOMEM)
        status = STATUS_MEMORY;
    else if (code == SQLITE_TOOBIG || code == SQLITE_FULL)
        status = STATUS_LIMIT;
    return FAIL(fail, status, "the database refuses %s: %s", store_statements[sql].name, sqlite3_errmsg(store->db));
}

static bool well(const struct query *query)
{
    return query->status == STATUS_OK;
}

static void check(struct query *query, int code)
{
    if (code != SQLITE_OK && well(query))
        query->status = refused(query->store, query->sql, code, query->fail);
}

void query_open(struct query *query, struct store *store, enum sql sql, struct fail *fail)
{
    *query = (struct query){ .store = store, .sql = sql, .fail = fail };
    if (store->prepared[sql] == NULL)
        check(query, sqlite3_prepare_v3(store->db, store_statements[sql].text, -1, SQLITE_PREPARE_PERSISTENT,
                                        &store->prepared[sql], NULL));
    query->statement = store->prepared[sql];
    if (query->statement != NULL) {
        sqlite3_reset(query->statement);
        sqlite3_clear_bindings(query->statement);
    }
}

void query_bind_number(struct query *query, int place, int64_t value)
{
    if (well(query))
        check(query, sqlite3_bind_int64(query->statement, place, value));
}

void query_bind_real(struct query *query, int place, double value)
{
    if (well(query))
        check(query, sqlite3_bind_double(query->statement, place, value));
}

void query_bind_text(struct query *query, int place, const char *value)
{
    if (well(query))
        check(query, sqlite3_bind_text(query->statement, place, value, -1, SQLITE_TRANSIENT));
}

void query_bind_hash(struct query *query, int place, const unsigned char value[32])
{
    if (well(query))
        check(query, sqlite3_bind_blob(query->statement, place, value, 32, SQLITE_TRANSIENT));
}

bool query_row(struct query *query)
{
    if (!well(query))
        return false;
    int code = sqlite3_step(query->statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        query->status = refused(query->store, query->sql, code, query->fail);
    return code == SQLITE_ROW;
}

int64_t query_number(const struct query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

double query_real(const struct query *query, int column)
{
    return sqlite3_column_double(query->statement, column);
}

const char *query_text(const struct query *query, int column)
{
    const unsigned char *text = sqlite3_column_text(query->statement, column);
    return text == NULL ? "" : (const char *)text;
}

size_t query_length(const struct query *query, int column)
{
    return (size_t)sqlite3_column_bytes(query->statement, column);
}

bool query_hash(const struct query *query, int column, unsigned char hash[32])
{
    const void *bytes = sqlite3_column_blob(query->statement, column);
    if (bytes == NULL || sqlite3_column_bytes(query->statement, column) != 32)
        return false;
    memcpy(hash, bytes, 32);
    return true;
}

enum status query_close(struct query *query)
{
    if (query->statement != NULL)
        sqlite3_reset(query->statement);
    return query->status;
}

enum status query_run(struct query *query)
{
    while (query_row(query))
        continue;
    return query_close(query);
}

enum status query_single(struct query *query, int64_t *number)
{
    bool found = query_row(query);
    if (found)
        *number = query_number(query, 0);
    enum status status = query_close(query);
    return status == STATUS_OK && !found ? STATUS_MISSING : status;
}

enum status store_begin(struct store *store, struct fail *fail)
{
    struct query query;
    if (store->depth > 0) {
        store->depth++;
        return STATUS_OK;
    }
    query_open(&query, store, store->access == STORE_WRITE ? SQL_begin_write : SQL_begin, fail);
    enum status status = query_run(&query);
    store->depth = status == STATUS_OK ? 1 : 0;
    return status;
}

enum status store_end(struct store *store, enum status status, struct fail *fail)
{
    struct query query;
    if (store->depth == 0)
        return status; /* store_begin failed */
    if (--store->depth > 0)
        return status;
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_commit, fail);
        status = query_run(&query);
        if (status == STATUS_OK)
            return STATUS_OK;
    }
    query_open(&query, store, SQL_rollback, NULL);
    if (query_run(&query) != STATUS_OK)
        return status; /* SQLite rolled back by itself already */
    return status;
}

/* Inside of the store: the connection, its prepared statements, and a query whose first failure sticks.
 * Included by store_*.c, import.c (one transaction around rows and audit row) and the store's test only. */
#ifndef SURVEY_STORE_PRIVATE_H
#define SURVEY_STORE_PRIVATE_H

#include <sqlite3.h>
#include <stdio.h>

#include "survey/store.h"

#define STATEMENT(name, readers, text) SQL_##name,
enum sql {
#include "survey/statements.def"
    SQL_COUNT
};
#undef STATEMENT

struct statement {
    const char *name;
    enum store_access readers; /* STORE_ANALYSE: both connections; STORE_WRITE: the full one only */
    const char *text;
};
extern const struct statement store_statements[SQL_COUNT];

struct store_engine {
    const char *name;
    enum status (*open)(const char *dir, enum store_access access, struct store **store, struct fail *fail);
};
extern const struct store_engine store_engine_sqlite;
extern const struct store_engine *const store_engines[]; /* order of stores.def; NULL at the end */

struct store {
    sqlite3 *db;
    enum store_access access;
    unsigned depth; /* of nested transactions; only the outermost reaches the database */
    char *dir;
    sqlite3_stmt *prepared[SQL_COUNT]; /* on first use, kept as long as the connection */
};

struct query {
    struct store *store;
    sqlite3_stmt *statement;
    enum sql sql;
    enum status status; /* first failure; everything after it does nothing */
    struct fail *fail;
};

void query_open(struct query *query, struct store *store, enum sql sql, struct fail *fail);
void query_bind_number(struct query *query, int place, int64_t value);
void query_bind_real(struct query *query, int place, double value);
void query_bind_text(struct query *query, int place, const char *value);
void query_bind_hash(struct query *query, int place, const unsigned char value[32]);
#define query_bind(query, place, value) \
    _Generic((value), char *: query_bind_text, const char *: query_bind_text, double: query_bind_real, \
             unsigned char *: query_bind_hash, const unsigned char *: query_bind_hash, default: query_bind_number)( \
        query, place, value)

bool query_row(struct query *query); /* false at the end and after a failure */
int64_t query_number(const struct query *query, int column);
double query_real(const struct query *query, int column);
const char *query_text(const struct query *query, int column); /* until the next row; never NULL */
size_t query_length(const struct query *query, int column); /* bytes of that text */
bool query_hash(const struct query *query, int column, unsigned char hash[32]);
MUST_USE enum status query_close(struct query *query);
/* One step of a statement that gives no rows, and close. */
MUST_USE enum status query_run(struct query *query);
/* First number of the first row; STATUS_MISSING when there is no row. */
MUST_USE enum status query_single(struct query *query, int64_t *number);

/* status = store_begin(…); … return store_end(store, status, fail): commits when status is STATUS_OK. */
MUST_USE enum status store_begin(struct store *store, struct fail *fail);
MUST_USE enum status store_end(struct store *store, enum status status, struct fail *fail);

/* Room for the counted lines of a wave and item ('' or a detached one): at least as many as there are. */
MUST_USE enum status store_counted_lines(struct store *store, int64_t wave, const char *item, size_t *lines,
                                         struct fail *fail);
/* Everybody's attached answers, in canonical order. */
struct frame;
MUST_USE enum status store_frame(struct store *store, struct arena *arena, int64_t wave, const struct form *form,
                                 struct frame *frame, struct fail *fail);

#endif

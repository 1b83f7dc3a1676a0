/* Facts of the instance, office accounts, and the audit log chained by SHA-256. Not responsible for passwords or
 * sessions (session.c). */
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "base/env.h"
#include "survey/store_private.h"

enum status store_fact_set(struct store *store, const char *name, const char *value, struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_fact_set, fail);
    query_bind(&query, 1, name);
    query_bind(&query, 2, value);
    return query_run(&query);
}

enum status store_fact(struct store *store, const char *name, char *value, size_t room, struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_fact_get, fail);
    query_bind(&query, 1, name);
    bool found = query_row(&query);
    if (found)
        snprintf(value, room, "%s", query_text(&query, 0));
    enum status status = query_close(&query);
    return status == STATUS_OK && !found ? FAIL(fail, STATUS_MISSING, "the instance has no fact %s", name) : status;
}

enum status store_version(struct store *store, int64_t *version, struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_data_version, fail);
    return query_single(&query, version);
}

enum status store_account_put(struct store *store, const struct account *account, struct fail *fail)
{
    struct query query;
    if (account->name[0] == '\0')
        return FAIL(fail, STATUS_INPUT, "an account needs a name");
    query_open(&query, store, SQL_account_put, fail);
    query_bind(&query, 1, account->name);
    query_bind(&query, 2, (int64_t)account->roles);
    query_bind(&query, 3, account->password_hash);
    return query_run(&query);
}

static void read_account(const struct query *query, struct account *account)
{
    memset(account, 0, sizeof *account);
    snprintf(account->name, sizeof account->name, "%s", query_text(query, 0));
    account->roles = (unsigned)query_number(query, 1);
    snprintf(account->password_hash, sizeof account->password_hash, "%s", query_text(query, 2));
}

enum status store_account_find(struct store *store, const char *name, struct account *account, struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_account_find, fail);
    query_bind(&query, 1, name);
    bool found = query_row(&query);
    if (found)
        read_account(&query, account);
    enum status status = query_close(&query);
    return status == STATUS_OK && !found ? FAIL(fail, STATUS_MISSING, "there is no account %s", name) : status;
}

enum status store_account_remove(struct store *store, const char *name, struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_account_remove, fail);
    query_bind(&query, 1, name);
    bool found = query_row(&query);
    enum status status = query_run(&query);
    return status == STATUS_OK && !found ? FAIL(fail, STATUS_MISSING, "there is no account %s", name) : status;
}

enum status store_accounts(struct store *store, struct arena *arena, const struct account **accounts, size_t *count,
                           struct fail *fail)
{
    struct query query;
    int64_t rows = 0;
    query_open(&query, store, SQL_account_count, fail);
    enum status status = query_single(&query, &rows);
    struct account *list = status == STATUS_OK ? ARENA_NEW(arena, struct account, (size_t)rows + 1) : NULL;
    if (status == STATUS_OK && list == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the list of accounts");
    if (status != STATUS_OK)
        return status;
    size_t used = 0;
    query_open(&query, store, SQL_account_all, fail);
    while (used < (size_t)rows && query_row(&query))
        read_account(&query, &list[used++]);
    status = query_close(&query);
    if (status == STATUS_OK) {
        *accounts = list;
        *count = used;
    }
    return status;
}

/* chain = SHA-256(chain before || each field with its final NUL, so that no two rows read alike). */
static void link_row(unsigned char chain[32], const struct audit_row *row)
{
    const char *const fields[] = { row->day, row->user, row->action, row->detail };
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, chain, 32);
    for (size_t i = 0; i < COUNT(fields); i++)
        crypto_hash_sha256_update(&state, (const unsigned char *)fields[i], strlen(fields[i]) + 1);
    crypto_hash_sha256_final(&state, chain);
}

enum status store_audit_add(struct store *store, const char *user, const char *action, const char *detail,
                            struct fail *fail)
{
    char day[16] = "1970-01-01";
    struct tm date;
    time_t now = (time_t)env_system.now(env_system.state);
    if (gmtime_r(&now, &date) != NULL)
        strftime(day, sizeof day, "%Y-%m-%d", &date);
    struct audit_row row = { .day = day, .user = user, .action = action, .detail = detail };
    unsigned char chain[32] = { 0 };
    struct query query;
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK) {
        query_open(&query, store, SQL_audit_last, fail);
        if (query_row(&query) && !query_hash(&query, 0, chain))
            query.status = FAIL(fail, STATUS_CRYPTO, "the last row of the audit log has no hash");
        status = query_close(&query);
    }
    if (status == STATUS_OK) {
        link_row(chain, &row);
        query_open(&query, store, SQL_audit_add, fail);
        query_bind(&query, 1, row.day);
        query_bind(&query, 2, row.user);
        query_bind(&query, 3, row.action);
        query_bind(&query, 4, row.detail);
        query_bind(&query, 5, chain);
        status = query_run(&query);
    }
    return store_end(store, status, fail);
}

enum status store_audit(struct store *store, struct arena *arena, const struct audit_row **rows, size_t *count,
                        bool *intact, struct fail *fail)
{
    struct query query;
    int64_t number = 0;
    query_open(&query, store, SQL_audit_count, fail);
    enum status status = query_single(&query, &number);
    struct audit_row *list = status == STATUS_OK ? ARENA_NEW(arena, struct audit_row, (size_t)number + 1) : NULL;
    if (status == STATUS_OK && list == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the audit log");
    if (status != STATUS_OK)
        return status;
    unsigned char chain[32] = { 0 };
    unsigned char stored[32];
    bool holds = true;
    size_t used = 0;
    query_open(&query, store, SQL_audit_all, fail);
    while (used < (size_t)number && query_row(&query)) {
        struct audit_row *row = &list[used++];
        row->day = arena_string(arena, query_text(&query, 0));
        row->user = arena_string(arena, query_text(&query, 1));
        row->action = arena_string(arena, query_text(&query, 2));
        row->detail = arena_string(arena, query_text(&query, 3));
        if (row->day == NULL || row->user == NULL || row->action == NULL || row->detail == NULL) {
            query.status = FAIL(fail, STATUS_MEMORY, "not enough memory for the audit log");
            break;
        }
        link_row(chain, row);
        holds = holds && query_hash(&query, 4, stored) && memcmp(chain, stored, sizeof chain) == 0;
    }
    status = query_close(&query);
    if (status == STATUS_OK) {
        *rows = list;
        *count = used;
        *intact = holds;
    }
    return status;
}

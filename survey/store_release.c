/* Releases as they were protected once, and a hash that tells whether data came after one. Not responsible for making them
 * (release_make.c) or for what stands in them (release_json.c). */
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "base/env.h"
#include "survey/store_private.h"

enum { OTHERS_MAX = 200, AUDIT_MEMORY = 256 << 20, DETAIL_ROOM = 160 };

static const char logged_as[] = "release protected";

static enum status no_memory(struct fail *fail)
{
    return FAIL(fail, STATUS_MEMORY, "not enough memory for the release");
}

enum status store_release(struct store *store, struct arena *arena, const char *wave, struct stored_release *release,
                          struct fail *fail)
{
    struct query query;
    struct stored_release read = { 0 };
    query_open(&query, store, SQL_release_newest, fail);
    query_bind(&query, 1, wave);
    const bool found = query_row(&query);
    if (found) {
        read.version = query_number(&query, 0);
        snprintf(read.created, sizeof read.created, "%s", query_text(&query, 1));
        read.policy = arena_string(arena, query_text(&query, 2));
        snprintf(read.data, sizeof read.data, "%s", query_text(&query, 3));
        snprintf(read.fingerprint, sizeof read.fingerprint, "%s", query_text(&query, 4));
        read.document = arena_string(arena, query_text(&query, 5));
        if (read.policy == NULL || read.document == NULL)
            query.status = no_memory(fail);
    }
    enum status status = query_close(&query);
    if (status == STATUS_OK && !found)
        return FAIL(fail, STATUS_MISSING, "nothing has been protected yet for the wave %s", wave);
    if (status == STATUS_OK)
        *release = read;
    return status;
}

/* Inside a transaction. */
static enum status newest_version(struct store *store, const char *wave, int64_t *version, struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_release_newest, fail);
    query_bind(&query, 1, wave);
    *version = query_row(&query) ? query_number(&query, 0) : 0;
    return query_close(&query);
}

/* What the log says of a release: name, version, fingerprint. */
static void write_detail(char detail[DETAIL_ROOM], const char *wave, int64_t version, const char *fingerprint)
{
    snprintf(detail, DETAIL_ROOM, "%s version %" PRId64 " %s", wave, version, fingerprint);
}

enum status store_release_logged(struct store *store, const char *wave, int64_t version, const char *fingerprint,
                                 struct fail *fail)
{
    struct arena arena;
    const struct audit_row *rows = NULL;
    char detail[DETAIL_ROOM];
    size_t count = 0;
    bool intact = false, found = false;
    arena_init(&arena, AUDIT_MEMORY);
    write_detail(detail, wave, version, fingerprint);
    enum status status = store_audit(store, &arena, &rows, &count, &intact, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        found = found || (strcmp(rows[i].action, logged_as) == 0 && strcmp(rows[i].detail, detail) == 0);
    arena_free(&arena);
    if (status == STATUS_OK && !intact)
        return FAIL(fail, STATUS_CRYPTO, "the log was changed after it was written: its chain of hashes does not hold");
    if (status == STATUS_OK && !found)
        return FAIL(fail, STATUS_CRYPTO, "the stored figures of %s are not those the log names for version %lld: somebody changed the "
                                         "database. Nothing is shown; bring the instance back from a backup", wave,
                    (long long)version);
    return status;
}

enum status store_release_add(struct store *store, const char *wave, const struct stored_release *release, int64_t after,
                              const char *user, struct fail *fail)
{
    struct query query;
    char seed[24], today[11], detail[DETAIL_ROOM];
    int64_t version = 0;
    env_local_day(env_system.now(env_system.state), today);
    snprintf(seed, sizeof seed, "%" PRIu64, release->seed);
    enum status status = store_begin(store, fail);
    if (status == STATUS_OK)
        status = newest_version(store, wave, &version, fail);
    if (status != STATUS_OK || version != after)
        return store_end(store, status, fail);
    query_open(&query, store, SQL_release_add, fail);
    query_bind(&query, 1, wave);
    query_bind(&query, 2, (const char *)today);
    query_bind(&query, 3, QUERSCHNITT_VERSION);
    query_bind(&query, 4, release->policy);
    query_bind(&query, 5, (const char *)seed);
    query_bind(&query, 6, (const char *)release->data);
    query_bind(&query, 7, (const char *)release->fingerprint);
    query_bind(&query, 8, release->document);
    query_bind(&query, 9, release->basis);
    status = query_single(&query, &version);
    write_detail(detail, wave, version, release->fingerprint);
    if (status == STATUS_OK)
        status = store_audit_add(store, user, logged_as, detail, fail);
    return store_end(store, status, fail);
}

enum status store_release_others(struct store *store, struct arena *arena, const char *wave, const char ***bases,
                                 size_t *count, struct fail *fail)
{
    const char **list = ARENA_NEW(arena, const char *, OTHERS_MAX);
    size_t used = 0;
    struct query query;
    if (list == NULL)
        return no_memory(fail);
    query_open(&query, store, SQL_release_others, fail);
    query_bind(&query, 1, wave);
    while (query_row(&query)) {
        if (used == OTHERS_MAX)
            query.status = FAIL(fail, STATUS_LIMIT, "there are more than %d releases of other waves", (int)OTHERS_MAX);
        else if ((list[used++] = arena_string(arena, query_text(&query, 0))) == NULL)
            query.status = no_memory(fail);
    }
    *bases = list;
    *count = used;
    return query_close(&query);
}

enum status store_release_data(struct store *store, const char *wave, char hex[65], struct fail *fail)
{
    struct query query;
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    query_open(&query, store, SQL_release_data, fail);
    query_bind(&query, 1, wave);
    while (query_row(&query)) {
        const char *line = query_text(&query, 0);
        crypto_hash_sha256_update(&hash, (const unsigned char *)line, strlen(line) + 1);
    }
    crypto_hash_sha256_final(&hash, digest);
    sodium_bin2hex(hex, 65, digest, sizeof digest);
    return query_close(&query);
}

enum status store_wave_newest(struct store *store, char name[33], struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_wave_counted_newest, fail);
    const bool found = query_row(&query);
    if (found)
        snprintf(name, 33, "%s", query_text(&query, 0));
    enum status status = query_close(&query);
    return status == STATUS_OK && !found ? FAIL(fail, STATUS_MISSING, "no wave has been counted yet") : status;
}

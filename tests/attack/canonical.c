/* LAH-0 a: the same sealed ballots in five random orders, with kills on the way; every file of the wave that the count
 * writes must be the same, byte for byte, and so must the counted lines in the database. */
#include "attack.h"

#include <dirent.h>
#include <openssl/sha.h>
#include <signal.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "schedule.h"

enum { PEOPLE = 30, ORDERS = 5, FILES = 64 };

/* Files that may differ: the box, whose slots are drawn, and the minutes, which name its hash and the day. */
static bool compared(const char *name)
{
    return name[0] != '.' && strcmp(name, "ballots.box") != 0 && strcmp(name, "minutes-closing.txt") != 0;
}

struct published {
    char names[FILES][64];
    unsigned char hashes[FILES][32];
    size_t count;
    unsigned char counted[32]; /* lines in the database */
};

static int by_name(const void *left, const void *right)
{
    return strcmp(left, right);
}

static void read_published(const struct place *place, const char *dir, struct published *published)
{
    char path[WAVE_PATH_ROOM];
    *published = (struct published){ 0 };
    snprintf(path, sizeof path, "%s/waves/%s", dir, place->wave);
    DIR *folder = opendir(path);
    if (folder == NULL)
        die("%s cannot be read", path);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        if (compared(entry->d_name) && published->count < FILES)
            snprintf(published->names[published->count++], 64, "%.63s", entry->d_name);
    closedir(folder);
    qsort(published->names, published->count, sizeof published->names[0], by_name);
    for (size_t i = 0; i < published->count; i++) {
        struct buf bytes;
        buf_init(&bytes, 64 << 20);
        wave_path(path, dir, place->wave, published->names[i]);
        if (buf_read_file(&bytes, path, NULL) != STATUS_OK)
            die("%s cannot be read", path);
        SHA256((const unsigned char *)(bytes.bytes == NULL ? "" : bytes.bytes), bytes.length, published->hashes[i]);
        buf_free(&bytes);
    }
}

/* The rows as they are stored: their order on the disk counts too. */
static void read_counted(const char *dir, struct published *published)
{
    char path[PATH_ROOM + 32];
    sqlite3 *db = NULL;
    sqlite3_stmt *rows = NULL;
    crypto_hash_sha256_state hash;
    crypto_hash_sha256_init(&hash);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "SELECT item, position, line FROM counted", -1, &rows, NULL) != SQLITE_OK)
        die("%s: %s", path, sqlite3_errmsg(db));
    while (sqlite3_step(rows) == SQLITE_ROW)
        for (int column = 0; column < 3; column++) {
            const unsigned char *text = sqlite3_column_text(rows, column); /* with its final NUL */
            if (text != NULL)
                crypto_hash_sha256_update(&hash, text, (size_t)sqlite3_column_bytes(rows, column) + 1);
        }
    sqlite3_finalize(rows);
    sqlite3_close(db);
    crypto_hash_sha256_final(&hash, published->counted);
}

static void submit_all(const struct options *options, const struct place *place, struct person people[],
                       const unsigned order[], struct seeded *random)
{
    struct server server = { .binary = options->binary, .role = "collect", .dir = place->dir, .port = options->port };
    size_t kills[2] = { seeded_below(random, PEOPLE), seeded_below(random, PEOPLE) };
    server_run(&server);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct person *person = &people[order[i]];
        for (size_t k = 0; k < COUNT(kills); k++)
            if (kills[k] == i) {
                struct killer killer;
                killer_start(&killer, server.pid, 4 * seeded_unit(random));
                (void)person_submit(place, &server, person);
                killer_wait(&killer);
                server_end(&server, SIGKILL);
                server_run(&server);
            }
        if (!person_submit(place, &server, person))
            die("the collector gave no answer");
    }
    server_end(&server, SIGTERM);
}

static void close_and_count(const struct options *options, const struct place *place)
{
    struct buf out;
    buf_init(&out, 1 << 20);
    const char *const close[] = { options->binary, "wave", "close", place->wave, "--dir", place->dir, NULL };
    const char *const count[] = { options->binary, "count", place->wave, "--dir", place->dir, "--json", NULL };
    run_program(close, &out);
    buf_clear(&out);
    run_program(count, &out);
    char ballots[48];
    snprintf(ballots, sizeof ballots, "\"ballots\":%d,\"invalid\":0", (int)PEOPLE);
    if (strstr(out.bytes, ballots) == NULL)
        die("the count does not hold every ballot: %s", out.bytes);
    buf_free(&out);
}

static unsigned compare(const struct published *first, const struct published *other, size_t order)
{
    unsigned failed = 0;
    if (first->count != other->count || memcmp(first->names, other->names, sizeof first->names) != 0)
        return report_check(false, "order %zu: other files are published than with order 1", order + 1);
    for (size_t i = 0; i < first->count; i++)
        if (memcmp(first->hashes[i], other->hashes[i], 32) != 0)
            failed += report_check(false, "order %zu: %s differs", order + 1, first->names[i]);
    if (memcmp(first->counted, other->counted, 32) != 0)
        failed += report_check(false, "order %zu: the counted lines in the database differ", order + 1);
    return failed;
}

unsigned part_canonical(const struct options *options)
{
    char parent[PATH_ROOM];
    char base[PATH_ROOM];
    struct place place;
    static struct person people[PEOPLE];
    static struct published published[ORDERS];
    struct seeded random;
    unsigned order[PEOPLE];
    unsigned failed = 0;
    report_part("canonical", "the same ballots in five orders, with kills (LAH-0 a)");
    seeded_init(&random, options->seed * 31 + 7);
    place_make(&place, options, world_folder(options->disk, parent), PEOPLE);
    struct server issuer = { .binary = options->binary, .role = "issue", .dir = place.dir, .port = options->port };
    server_run(&issuer);
    for (unsigned i = 0; i < PEOPLE; i++) {
        order[i] = i;
        person_prepare(&place, &people[i], place.codes[i], options->seed * 77 + i);
        if (!person_draw(&place, &issuer, &people[i]))
            die("the issuer gave no answer");
        person_seal(&place, &people[i]);
    }
    server_end(&issuer, SIGTERM);
    snprintf(base, sizeof base, "%s", place.dir);
    for (size_t i = 0; i < ORDERS && !world_interrupted(); i++) {
        snprintf(place.dir, sizeof place.dir, "%.*s/order-%zu", PATH_ROOM - 32, parent, i);
        world_copy(base, place.dir);
        shuffle(order, PEOPLE, &random);
        submit_all(options, &place, people, order, &random);
        close_and_count(options, &place);
        read_published(&place, place.dir, &published[i]);
        read_counted(place.dir, &published[i]);
        if (i > 0)
            failed += compare(&published[0], &published[i], i);
        world_remove(place.dir);
    }
    failed += report_check(failed == 0 && published[0].count >= 6,
                           "%zu files of the wave and the counted lines are the same after %d orders of %d ballots",
                           published[0].count, (int)ORDERS, (int)PEOPLE);
    for (size_t i = 0; i < PEOPLE; i++)
        person_free(&people[i]);
    place_free(&place);
    world_remove(parent);
    return failed;
}

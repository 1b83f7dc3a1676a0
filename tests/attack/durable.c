/* LAH-2: many people at once against a server that is killed again and again. What was acknowledged is there after every
 * kill, after every restart and in the count; what was not acknowledged and not repeated counts once or not at all. */
#include <pthread.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attack.h"
#include "base/buf.h"
#include "schedule.h"
#include "survey/slotbox.h"

enum { ROUND = 250, CLIENTS = 6, PATIENCE_MS = 60000, GIVE_UP_PERCENT = 25 };

struct crowd {
    const struct place *place;
    struct person people[ROUND];
    bool acknowledged[ROUND], given_up[ROUND];
    size_t next, done, acknowledged_count;
    pthread_mutex_t lock; /* guards everything above and the server's ports */
    struct server server;
    struct seeded random;
    double times[TIMES_MAX];
};

static struct server where(struct crowd *crowd)
{
    pthread_mutex_lock(&crowd->lock);
    struct server copy = crowd->server;
    pthread_mutex_unlock(&crowd->lock);
    return copy;
}

/* Repeats the identical request until an answer comes; some people give up after the first silence. */
static bool insist(struct crowd *crowd, struct person *person, bool submit, bool gives_up)
{
    double begin = now_ms();
    while (now_ms() - begin < PATIENCE_MS) {
        const struct server server = where(crowd);
        if (submit ? person_submit(crowd->place, &server, person) : person_draw(crowd->place, &server, person))
            return true;
        if (submit && gives_up)
            return false;
        sleep_ms(5);
    }
    die("the server gave no answer for a minute");
}

static void *client(void *context)
{
    struct crowd *crowd = context;
    pthread_mutex_lock(&crowd->lock);
    while (crowd->next < ROUND && !world_interrupted()) {
        size_t i = crowd->next++;
        bool gives_up = seeded_below(&crowd->random, 100) < GIVE_UP_PERCENT;
        pthread_mutex_unlock(&crowd->lock);
        (void)insist(crowd, &crowd->people[i], false, false);
        bool sent = insist(crowd, &crowd->people[i], true, gives_up);
        pthread_mutex_lock(&crowd->lock);
        crowd->acknowledged[i] = sent;
        crowd->given_up[i] = !sent;
        crowd->acknowledged_count += sent;
        crowd->done++;
    }
    pthread_mutex_unlock(&crowd->lock);
    return NULL;
}

struct presence {
    struct crowd *crowd;
    bool present[ROUND];
};

static bool mark(void *context, const struct ballot *ballot)
{
    struct presence *presence = context;
    for (size_t i = 0; i < ROUND; i++)
        if (memcmp(presence->crowd->people[i].credential.serial, ballot->serial, 32) == 0)
            presence->present[i] = true;
    return true;
}

/* Acknowledged ballots that the box does not hold. */
static unsigned long missing(struct crowd *crowd, const bool acknowledged[])
{
    char path[WAVE_PATH_ROOM];
    static struct presence presence;
    struct fail fail = { 0 };
    unsigned long lost = 0;
    presence = (struct presence){ .crowd = crowd };
    wave_path(path, crowd->place->dir, crowd->place->wave, "ballots.box");
    if (slotbox_read(path, crowd->place->manifest.fingerprint, mark, &presence, &fail) != STATUS_OK)
        die("%s", fail.what);
    for (size_t i = 0; i < ROUND; i++)
        lost += acknowledged[i] && !presence.present[i];
    return lost;
}

static unsigned long kill_once(struct crowd *crowd, double ms)
{
    bool before[ROUND];
    sleep_ms(ms);
    pthread_mutex_lock(&crowd->lock); /* clients wait for the new ports */
    server_end(&crowd->server, SIGKILL);
    memcpy(before, crowd->acknowledged, sizeof before);
    unsigned long lost = missing(crowd, before);
    server_run(&crowd->server);
    lost += missing(crowd, before);
    pthread_mutex_unlock(&crowd->lock);
    return lost;
}

/* Leaves in the published list; each may stand there once. */
static unsigned long occurrences(const struct buf *leaves, const struct person *person)
{
    char hex[2 * LEAF + 1];
    unsigned long found = 0;
    sodium_bin2hex(hex, sizeof hex, person->leaf, LEAF);
    for (const char *at = strstr(leaves->bytes, hex); at != NULL; at = strstr(at + 1, hex))
        found++;
    return found;
}

struct totals {
    unsigned long kills, acknowledged, lost, given_up, given_up_counted, wrong;
};

static void count_round(const struct options *options, struct crowd *crowd, struct totals *totals)
{
    char path[WAVE_PATH_ROOM];
    struct buf out;
    struct buf leaves;
    const struct place *place = crowd->place;
    buf_init(&out, 1 << 20);
    buf_init(&leaves, 64 << 20);
    const char *const close[] = { options->binary, "wave", "close", place->wave, "--dir", place->dir, NULL };
    const char *const count[] = { options->binary, "count", place->wave, "--dir", place->dir, "--json", NULL };
    run_program(close, &out);
    buf_clear(&out);
    run_program(count, &out);
    wave_path(path, place->dir, place->wave, "leaves.txt");
    if (buf_read_file(&leaves, path, NULL) != STATUS_OK)
        die("%s cannot be read", path);
    unsigned long all = 0;
    for (size_t i = 0; i < ROUND; i++) {
        unsigned long found = occurrences(&leaves, &crowd->people[i]);
        all += found;
        totals->lost += crowd->acknowledged[i] && found == 0;
        totals->wrong += found > 1;
        totals->given_up += crowd->given_up[i];
        totals->given_up_counted += crowd->given_up[i] && found == 1;
    }
    char expected[64];
    snprintf(expected, sizeof expected, "\"ballots\":%lu,\"invalid\":0", all);
    totals->wrong += strstr(out.bytes, expected) == NULL;
    totals->acknowledged += crowd->acknowledged_count;
    buf_free(&leaves);
    buf_free(&out);
}

static void play_round(const struct options *options, unsigned long kills, uint64_t seed, struct totals *totals)
{
    char parent[PATH_ROOM];
    struct place place;
    struct crowd *crowd = calloc(1, sizeof *crowd);
    pthread_t threads[CLIENTS];
    if (crowd == NULL)
        die("no memory");
    place_make(&place, options, world_folder(options->disk, parent), ROUND);
    crowd->place = &place;
    crowd->server = (struct server){ .binary = options->binary, .role = "all", .dir = place.dir, .port = options->port };
    pthread_mutex_init(&crowd->lock, NULL);
    seeded_init(&crowd->random, seed);
    for (unsigned i = 0; i < ROUND; i++)
        person_prepare(&place, &crowd->people[i], place.codes[i], seed * 1009 + i);
    server_run(&crowd->server);
    for (size_t i = 0; i < CLIENTS; i++)
        if (pthread_create(&threads[i], NULL, client, crowd) != 0)
            die("no thread can be started");
    struct seeded random; /* not the clients', whose order depends on the moment */
    seeded_init(&random, seed + 1);
    for (unsigned long k = 0; k < kills && !world_interrupted();) {
        pthread_mutex_lock(&crowd->lock);
        bool due = crowd->done * (kills + 1) >= (k + 1) * ROUND || crowd->done == ROUND;
        pthread_mutex_unlock(&crowd->lock);
        if (due) {
            totals->lost += kill_once(crowd, 10 * seeded_unit(&random));
            totals->kills++;
            k++;
        } else {
            sleep_ms(2);
        }
    }
    for (size_t i = 0; i < CLIENTS; i++)
        (void)pthread_join(threads[i], NULL);
    server_end(&crowd->server, SIGTERM);
    if (!world_interrupted())
        count_round(options, crowd, totals);
    for (unsigned i = 0; i < ROUND; i++)
        person_free(&crowd->people[i]);
    pthread_mutex_destroy(&crowd->lock);
    free(crowd);
    place_free(&place);
    world_remove(parent);
}

unsigned part_durable(const struct options *options)
{
    struct totals totals = { 0 };
    unsigned long rounds = (options->submissions + ROUND - 1) / ROUND;
    report_part("durable", "what was acknowledged is never lost (LAH-2)");
    for (unsigned long i = 0; (i < rounds || (totals.acknowledged < options->submissions && i < 2 * rounds)) && !world_interrupted(); i++) {
        note("durable: round %lu of %lu", i + 1, rounds);
        play_round(options, (options->kills + rounds - 1) / rounds, options->seed * 131 + i, &totals);
    }
    note("%s", "");
    if (world_interrupted())
        return 0;
    unsigned failed = report_check(totals.lost == 0, "%lu of %lu acknowledged ballots lost after %lu kills", totals.lost,
                                   totals.acknowledged, totals.kills);
    failed += report_check(totals.wrong == 0, "no ballot counted twice; of %lu people who gave up after silence %lu count once",
                           totals.given_up, totals.given_up_counted);
    return failed + report_check(totals.acknowledged >= options->submissions && totals.kills >= options->kills,
                                 "the part was large enough: at least %lu ballots and %lu kills", options->submissions,
                                 options->kills);
}

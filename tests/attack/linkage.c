/* LAH-1: a wave of N people over HTTP, killed three times; then every adversary reads the folder. The folder is read where
 * it lies, which shows more than a copy: times of change and blocks on the disk. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attack.h"
#include "schedule.h"
#include "survey/slotbox.h"
#include "verdict.h"

enum { RUNS_A_TEMPLATE = 25 };
enum deed { DRAW, SUBMIT, CHANGE };

static const struct profile {
    const char *name;
    size_t sessions;
    bool changes, disk;
    const char *words;
} profiles[] = {
#define PROFILE(name, sessions, changes, disk, words) { name, sessions, changes, disk, words },
#include "profiles.def"
#undef PROFILE
};

struct run {
    const struct options *options;
    const struct profile *profile;
    struct place *place; /* its dir is the run's copy */
    struct server server;
    struct person *people;
    size_t count;
    struct schedule *schedule;
    struct seeded random;
    unsigned drawn[ITEM_MAX]; /* issuance list */
    size_t drawn_count;
    size_t request;
    unsigned long acknowledged, lost;
};

/* One request with its kill, if one is due. False: that was the final kill. */
static bool perform(struct run *run, struct person *person, enum deed deed)
{
    struct schedule *schedule = run->schedule;
    size_t due = 0;
    bool final = false;
    for (size_t i = 0; i < KILLS; i++)
        if (schedule->kills[i] == run->request) {
            due++;
            final = final || i == KILLS - 1;
        }
    run->request++;
    for (;;) {
        struct killer killer;
        if (due > 0)
            killer_start(&killer, run->server.pid, schedule_delay(schedule, &run->random));
        double begin = now_ms();
        bool came = deed == DRAW     ? person_draw(run->place, &run->server, person)
                    : deed == SUBMIT ? person_submit(run->place, &run->server, person)
                                     : person_change(run->place, &run->server, person);
        if (due == 0 && !came)
            die("the server went away by itself");
        if (due == 0) {
            schedule_took(schedule, now_ms() - begin);
            return true;
        }
        killer_wait(&killer);
        server_end(&run->server, SIGKILL);
        due--;
        if (due == 0 && final)
            return false;
        server_run(&run->server);
        if (came && due == 0)
            return true;
    }
}

/* True while somebody is left and no final kill came. */
static bool step(struct run *run, const unsigned order[], unsigned open[], size_t *open_count, size_t *next)
{
    bool draw = *open_count < run->profile->sessions && *next < run->count;
    if (!draw && *open_count == 0)
        return false;
    if (draw) {
        unsigned who = order[(*next)++];
        run->drawn[run->drawn_count++] = who;
        open[(*open_count)++] = who;
        return perform(run, &run->people[who], DRAW);
    }
    size_t k = seeded_below(&run->random, (uint32_t)*open_count);
    unsigned who = open[k];
    struct person *person = &run->people[who];
    bool change = person->acknowledged;
    bool last = change || !run->profile->changes || who % 2 == 0;
    if (last)
        memmove(open + k, open + k + 1, (--*open_count - k) * sizeof *open);
    if (change)
        person_make_change(run->place, person, who % 4 == 1);
    return perform(run, person, change ? CHANGE : SUBMIT);
}

/* --- what the holder of the box key sees --- */

struct opening {
    const struct run *run;
    struct snapshot *snapshot;
};

static bool take_item(void *context, const struct ballot *ballot)
{
    struct opening *opening = context;
    const struct place *place = opening->run->place;
    struct stolen *item = &opening->snapshot->items[opening->snapshot->count++];
    struct fail fail = { 0 };
    const struct hpke_context seal = { HPKE_AES_256_GCM, place->manifest.fingerprint, 32, ballot->serial, 32 };
    *item = (struct stolen){ .sealed_length = ballot->sealed_length };
    memcpy(item->serial, ballot->serial, 32);
    memcpy(item->prefix, ballot->prefix, 32);
    memcpy(item->signature, ballot->signature, sizeof item->signature);
    item->sealed = malloc(ballot->sealed_length);
    item->content = calloc(1, place->manifest.slot + 1);
    if (item->sealed == NULL || item->content == NULL)
        die("no memory");
    memcpy(item->sealed, ballot->sealed, ballot->sealed_length);
    unsigned char *plain = (unsigned char *)item->content;
    if ((ballot->version & BOX_WITHDRAWN) != 0) /* nothing is left to be opened */
        memcpy(plain, "{}", 2);
    else if (hpke_open(place->box_secret, &seal, ballot->sealed, ballot->sealed_length, plain, &fail) != STATUS_OK)
        die("a ballot of the box cannot be opened: %s", fail.what);
    char *end = strrchr(item->content, '}');
    if (end != NULL)
        end[1] = '\0';
    return opening->snapshot->count < ITEM_MAX;
}

static int by_content(const void *left, const void *right)
{
    const struct stolen *a = left;
    const struct stolen *b = right;
    int order = strcmp(a->content, b->content);
    return order != 0 ? order : memcmp(a->serial, b->serial, 32);
}

/* Position of the ballot's person in the list the profile is judged by: who drew when. */
static unsigned arrival(const struct run *run, const struct stolen *item)
{
    unsigned position = 0;
    for (size_t k = 0; k < run->drawn_count; k++) {
        const struct person *person = &run->people[run->drawn[k]];
        if (memcmp(person->credential.serial, item->serial, 32) == 0)
            return position;
        position++;
    }
    die("the box holds a ballot that nobody sent");
}

static void fill_truth(const struct run *run, struct snapshot *snapshot)
{
    unsigned place[ITEM_MAX];
    for (size_t i = 0; i < snapshot->count; i++)
        place[i] = arrival(run, &snapshot->items[i]);
    for (size_t i = 0; i < snapshot->count; i++) {
        snapshot->items[i].truth = 0;
        for (size_t k = 0; k < snapshot->count; k++)
            snapshot->items[i].truth += place[k] < place[i];
    }
}

static void look(struct run *run, struct snapshot *snapshot)
{
    char path[WAVE_PATH_ROOM];
    struct fail fail = { 0 };
    struct opening opening = { run, snapshot };
    wave_path(path, run->place->dir, run->place->wave, "ballots.box");
    if (slotbox_read(path, run->place->manifest.fingerprint, take_item, &opening, &fail) != STATUS_OK)
        die("%s", fail.what);
    qsort(snapshot->items, snapshot->count, sizeof snapshot->items[0], by_content);
    fill_truth(run, snapshot);
    snapshot->drawn = run->drawn;
    snapshot->drawn_count = run->drawn_count;
    snapshot_read(snapshot, run->place->dir);
    for (size_t i = 0; i < snapshot->count; i++)
        if (snapshot->traces[snapshot->main][PIECE_SERIAL][i].count == 0)
            die("the adversaries do not find a ballot in %s: has its format changed?",
                snapshot->files[snapshot->main].name);
    for (size_t i = 0; i < run->count; i++) {
        bool found = false;
        for (size_t k = 0; k < snapshot->count; k++)
            found = found || memcmp(snapshot->items[k].serial, run->people[i].credential.serial, 32) == 0;
        run->acknowledged += run->people[i].acknowledged;
        run->lost += run->people[i].acknowledged && !found;
    }
}

static void play(struct run *run, uint64_t seed, bool recovered, struct bench *bench)
{
    static struct snapshot snapshot; /* large */
    unsigned order[ITEM_MAX];
    unsigned open[ITEM_MAX];
    size_t open_count = 0;
    size_t next = 0;
    seeded_init(&run->random, seed);
    for (unsigned i = 0; i < run->count; i++) {
        person_prepare(run->place, &run->people[i], run->place->codes[i], seed * 1000003 + i);
        order[i] = i;
    }
    shuffle(order, run->count, &run->random);
    schedule_draw(run->schedule, &run->random, 2 * run->count + (run->profile->changes ? run->count / 2 : 0));
    server_run(&run->server);
    while (step(run, order, open, &open_count, &next))
        ;
    server_end(&run->server, SIGKILL);
    if (recovered) {
        server_run(&run->server);
        server_end(&run->server, seeded_below(&run->random, 2) == 0 ? SIGTERM : SIGKILL);
    }
    look(run, &snapshot);
    bench_add(bench, &snapshot, seed);
    snapshot_free(&snapshot);
    for (size_t i = 0; i < run->count; i++)
        person_free(&run->people[i]);
}

static unsigned run_profile(const struct options *options, const struct profile *profile, size_t number)
{
    char parent[PATH_ROOM];
    char original[PATH_ROOM];
    struct bench bench = { 0 };
    struct schedule schedule = { .time_count = 0 };
    struct place place = { 0 };
    unsigned long acknowledged = 0;
    unsigned long lost = 0;
    struct person *people = calloc(options->people, sizeof *people);
    if (people == NULL)
        die("no memory");
    world_folder(profile->disk ? options->disk : options->memory, parent);
    report_part(profile->name, profile->words);
    for (unsigned i = 0; i < options->runs && !world_interrupted(); i++) {
        note("%s: run %u of %u", profile->name, i + 1, options->runs);
        if (i % RUNS_A_TEMPLATE == 0) { /* a key and a box of its own now and then */
            if (i > 0)
                place_free(&place);
            snprintf(original, sizeof original, "%.*s/instance", PATH_ROOM - 32, parent);
            world_remove(original);
            place_make(&place, options, parent, options->people);
        }
        snprintf(place.dir, sizeof place.dir, "%.*s/run", PATH_ROOM - 32, parent);
        world_copy(original, place.dir);
        struct run run = { .options = options, .profile = profile, .place = &place, .people = people,
                           .count = options->people, .schedule = &schedule,
                           .server = { .binary = options->binary, .role = "all", .dir = place.dir,
                                       .port = options->port } };
        play(&run, options->seed * 100000 + number * 10000000 + i, i % 2 == 1, &bench);
        acknowledged += run.acknowledged;
        lost += run.lost;
        world_remove(place.dir);
    }
    note("%s", "");
    unsigned failed = 0;
    if (!world_interrupted()) {
        failed += report_check(lost == 0, "%lu of %lu acknowledged ballots are missing after %u kills", lost, acknowledged,
                               options->runs * KILLS);
        unsigned recognised = verdict_table(profile->name, &bench);
        failed += report_check(recognised == 0, "%u of %zu adversaries recognise an order in %zu runs", recognised,
                               adversary_count + 1, bench.runs);
    }
    place_free(&place);
    bench_free(&bench);
    free(people);
    world_remove(parent);
    return failed;
}

unsigned part_linkage(const struct options *options)
{
    report_part("linkage", "who sent which ballot, from what is on the disk (LAH-1)");
    unsigned failed = verdict_self_check();
    for (size_t i = 0; i < COUNT(profiles) && !world_interrupted(); i++)
        if (!linkage_profile(options->only) || strcmp(options->only, profiles[i].name) == 0)
            failed += run_profile(options, &profiles[i], i);
    return failed;
}

bool linkage_profile(const char *name)
{
    for (size_t i = 0; i < COUNT(profiles) && name != NULL; i++)
        if (strcmp(profiles[i].name, name) == 0)
            return true;
    return false;
}

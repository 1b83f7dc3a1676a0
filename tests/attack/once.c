/* LAH-3: the same code drawn, and the same credential sent, from many sides at the same moment: exactly one succeeds. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attack.h"
#include "base/buf.h"

enum { SIDES = 8, PEOPLE = 20 };

struct side {
    struct question question;
    unsigned status;
    struct buf answer;
    pthread_barrier_t *start;
};

static void *press(void *context)
{
    struct side *side = context;
    (void)pthread_barrier_wait(side->start);
    if (!ask(&side->question, &side->status, &side->answer, NULL, NULL))
        side->status = 0;
    return NULL;
}

/* All at once; returns how many were answered with 200 and counts refusals with 409. */
static unsigned at_once(struct side sides[SIDES], unsigned *refused, unsigned *winner)
{
    pthread_t threads[SIDES];
    pthread_barrier_t start;
    unsigned succeeded = 0;
    pthread_barrier_init(&start, NULL, SIDES);
    for (size_t i = 0; i < SIDES; i++) {
        sides[i].start = &start;
        buf_init(&sides[i].answer, 1 << 16);
        if (pthread_create(&threads[i], NULL, press, &sides[i]) != 0)
            die("no thread can be started");
    }
    for (unsigned i = 0; i < SIDES; i++) {
        (void)pthread_join(threads[i], NULL);
        succeeded += sides[i].status == 200;
        *refused += sides[i].status == 409;
        if (sides[i].status == 200)
            *winner = i;
    }
    pthread_barrier_destroy(&start);
    return succeeded;
}

static void forget(struct side sides[SIDES])
{
    for (size_t i = 0; i < SIDES; i++)
        buf_free(&sides[i].answer);
}

/* The winner asks again: the same bytes come back. */
static bool repeats(const struct side *side)
{
    struct buf again;
    unsigned status = 0;
    buf_init(&again, 1 << 16);
    bool same = ask(&side->question, &status, &again, NULL, NULL) && status == 200 && again.length == side->answer.length &&
                memcmp(again.bytes, side->answer.bytes, again.length) == 0;
    buf_free(&again);
    return same;
}

struct tally {
    unsigned one, none_or_more, refused, repeated;
};

static void add(struct tally *tally, struct side sides[SIDES])
{
    unsigned winner = 0;
    unsigned succeeded = at_once(sides, &tally->refused, &winner);
    tally->one += succeeded == 1;
    tally->none_or_more += succeeded != 1;
    tally->repeated += succeeded == 1 && repeats(&sides[winner]);
    forget(sides);
}

static void contest_draw(const struct place *place, const struct server *server, const char *code, uint64_t seed,
                         struct tally *tally)
{
    struct person people[SIDES];
    struct side sides[SIDES];
    struct buf bodies[SIDES];
    char path[64];
    snprintf(path, sizeof path, "/w/%s/draw", place->wave);
    for (size_t i = 0; i < SIDES; i++) {
        person_prepare(place, &people[i], code, seed * 100 + i);
        draw_body(&people[i], &bodies[i]);
        sides[i] = (struct side){ .question = { .port = server->issuer, .method = "POST", .path = path,
                                                .type = "application/json", .body = bodies[i].bytes,
                                                .length = bodies[i].length } };
    }
    add(tally, sides);
    for (size_t i = 0; i < SIDES; i++) {
        buf_free(&bodies[i]);
        person_free(&people[i]);
    }
}

static void contest_submit(const struct place *place, const struct server *server, const char *code, uint64_t seed,
                           struct tally *tally)
{
    struct person person;
    struct side sides[SIDES];
    unsigned char *bodies[SIDES];
    char path[64];
    person_prepare(place, &person, code, seed);
    if (!person_draw(place, server, &person))
        die("the issuer gave no answer");
    snprintf(path, sizeof path, "/w/%s/submit", place->wave);
    for (size_t i = 0; i < SIDES; i++) {
        free(person.ballot);
        person.ballot = NULL;
        person_seal(place, &person); /* sealed anew: other bytes, same serial */
        bodies[i] = malloc(person.ballot_length);
        if (bodies[i] == NULL)
            die("no memory");
        memcpy(bodies[i], person.ballot, person.ballot_length);
        sides[i] = (struct side){ .question = { .port = server->collector, .method = "POST", .path = path,
                                                .type = "text/plain", .body = bodies[i],
                                                .length = person.ballot_length } };
    }
    add(tally, sides);
    for (size_t i = 0; i < SIDES; i++)
        free(bodies[i]);
    person_free(&person);
}

/* Change number 1, sealed anew for each side. */
static void contest_change(const struct place *place, const struct server *server, const char *code, uint64_t seed,
                           struct tally *tally)
{
    struct person person;
    struct side sides[SIDES];
    unsigned char *bodies[SIDES];
    char path[64];
    person_prepare(place, &person, code, seed);
    if (!person_draw(place, server, &person) || !person_submit(place, server, &person))
        die("the server gave no answer");
    snprintf(path, sizeof path, "/w/%s/submit", place->wave);
    for (size_t i = 0; i < SIDES; i++) {
        person_make_change(place, &person, i % 4 == 3);
        bodies[i] = person.change;
        sides[i] = (struct side){ .question = { .port = server->collector, .method = "POST", .path = path,
                                                .type = "text/plain", .body = bodies[i],
                                                .length = person.change_length } };
    }
    person.change = NULL;
    add(tally, sides);
    for (size_t i = 0; i < SIDES; i++)
        free(bodies[i]);
    person_free(&person);
}

static unsigned tell(const char *what, const struct tally *tally)
{
    unsigned failed = report_check(tally->one == PEOPLE && tally->none_or_more == 0 && tally->refused == PEOPLE * (SIDES - 1),
                                   "%s: %u of %d contests of %d had exactly one winner, %u were refused with 409", what,
                                   tally->one, (int)PEOPLE, (int)SIDES, tally->refused);
    return failed + report_check(tally->repeated == PEOPLE, "%s: the winner's repetition gets the same bytes, %u times", what,
                                 tally->repeated);
}

unsigned part_once(const struct options *options)
{
    char parent[PATH_ROOM];
    struct place place;
    struct tally draws = { 0 };
    struct tally submits = { 0 };
    struct tally changes = { 0 };
    report_part("once", "one code, one credential, many hands (LAH-3)");
    place_make(&place, options, world_folder(options->disk, parent), 3 * PEOPLE);
    struct server server = { .binary = options->binary, .role = "all", .dir = place.dir, .port = options->port };
    server_run(&server);
    for (size_t i = 0; i < PEOPLE && !world_interrupted(); i++) {
        contest_draw(&place, &server, place.codes[i], options->seed * 11 + i, &draws);
        contest_submit(&place, &server, place.codes[PEOPLE + i], options->seed * 13 + 5000 + i, &submits);
        contest_change(&place, &server, place.codes[2 * PEOPLE + i], options->seed * 17 + 9000 + i, &changes);
    }
    server_end(&server, SIGTERM);
    place_free(&place);
    world_remove(parent);
    return tell("draw", &draws) + tell("submission", &submits) + tell("change", &changes);
}

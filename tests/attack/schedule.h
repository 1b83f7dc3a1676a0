/* When a run is killed: three requests, drawn uniformly, the last one final; the moment is uniform in one and a half median
 * requests from the request's beginning. */
#ifndef ATTACK_SCHEDULE_H
#define ATTACK_SCHEDULE_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/env.h"

enum { KILLS = 3, TIMES_MAX = 64 };

struct schedule {
    size_t kills[KILLS]; /* request numbers, ascending */
    double times[TIMES_MAX]; /* of the newest requests, for the median */
    size_t time_count;
};
void schedule_draw(struct schedule *schedule, struct seeded *random, size_t requests);
void schedule_took(struct schedule *schedule, double ms);
double schedule_delay(const struct schedule *schedule, struct seeded *random);

/* Kills pid after a while, from a thread of its own. */
struct killer {
    pthread_t thread;
    pid_t pid;
    double ms;
};
void killer_start(struct killer *killer, pid_t pid, double ms);
void killer_wait(struct killer *killer);

void shuffle(unsigned list[], size_t count, struct seeded *random);

#endif

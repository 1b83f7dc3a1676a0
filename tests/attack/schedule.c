/* Kills at uniform moments. */
#include "schedule.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "attack.h"

static int by_size(const void *left, const void *right)
{
    const size_t *a = left;
    const size_t *b = right;
    return (*a > *b) - (*a < *b);
}

static int by_time(const void *left, const void *right)
{
    const double *a = left;
    const double *b = right;
    return (*a > *b) - (*a < *b);
}

void schedule_draw(struct schedule *schedule, struct seeded *random, size_t requests)
{
    for (size_t i = 0; i < KILLS; i++)
        schedule->kills[i] = seeded_below(random, (uint32_t)requests);
    qsort(schedule->kills, KILLS, sizeof schedule->kills[0], by_size);
}

void schedule_took(struct schedule *schedule, double ms)
{
    schedule->times[schedule->time_count++ % TIMES_MAX] = ms;
}

double schedule_delay(const struct schedule *schedule, struct seeded *random)
{
    double sorted[TIMES_MAX];
    size_t count = schedule->time_count < TIMES_MAX ? schedule->time_count : TIMES_MAX;
    memcpy(sorted, schedule->times, sizeof sorted);
    qsort(sorted, count, sizeof sorted[0], by_time);
    return seeded_unit(random) * 1.5 * (count == 0 ? 4.0 : sorted[count / 2]);
}

static void *strike(void *context)
{
    const struct killer *killer = context;
    sleep_ms(killer->ms);
    (void)kill(killer->pid, SIGKILL);
    return NULL;
}

void killer_start(struct killer *killer, pid_t pid, double ms)
{
    killer->pid = pid;
    killer->ms = ms;
    if (pthread_create(&killer->thread, NULL, strike, killer) != 0)
        die("no thread can be started");
}

void killer_wait(struct killer *killer)
{
    (void)pthread_join(killer->thread, NULL);
}

void shuffle(unsigned list[], size_t count, struct seeded *random)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = seeded_below(random, (uint32_t)i);
        unsigned other = list[k];
        list[k] = list[i - 1];
        list[i - 1] = other;
    }
}

/* Threads live for one call: a batch takes far longer than starting them. */
#include "base/share.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

struct share {
    size_t count;
    atomic_size_t next;
    share_work *work;
    void *context;
};

struct hand {
    struct share *share;
    unsigned thread;
};

unsigned share_threads(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > SHARE_MAX ? SHARE_MAX : (unsigned)online;
}

static void *run(void *context)
{
    const struct hand *hand = context;
    struct share *share = hand->share;
    for (size_t i = atomic_fetch_add(&share->next, 1); i < share->count; i = atomic_fetch_add(&share->next, 1))
        share->work(share->context, i, hand->thread);
    return NULL;
}

void share_out(size_t count, unsigned threads, share_work *work, void *context)
{
    struct share share = { .count = count, .work = work, .context = context };
    struct hand hands[SHARE_MAX];
    pthread_t ids[SHARE_MAX];
    bool started[SHARE_MAX] = { false };
    unsigned used = threads < 1 ? 1 : threads > SHARE_MAX ? SHARE_MAX : threads;
    for (unsigned i = 0; i < used; i++)
        hands[i] = (struct hand){ &share, i };
    for (unsigned i = 1; i < used; i++)
        started[i] = pthread_create(&ids[i], NULL, run, &hands[i]) == 0;
    (void)run(&hands[0]);
    for (unsigned i = 1; i < used; i++)
        if (started[i])
            (void)pthread_join(ids[i], NULL);
}

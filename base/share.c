/* Threads live for one call: a batch takes far longer than starting them. */
#include "base/share.h"

#include <pthread.h>
#include <stdbool.h>
#include <unistd.h>

struct share {
    size_t count;
    unsigned threads, thread;
    share_work *work;
    void *context;
};

unsigned share_threads(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > SHARE_MAX ? SHARE_MAX : (unsigned)online;
}

static void *run(void *context)
{
    const struct share *share = context;
    for (size_t i = share->thread; i < share->count; i += share->threads)
        share->work(share->context, i, share->thread);
    return NULL;
}

void share_out(size_t count, unsigned threads, share_work *work, void *context)
{
    struct share shares[SHARE_MAX];
    pthread_t ids[SHARE_MAX];
    bool started[SHARE_MAX] = { false };
    unsigned used = threads < 1 ? 1 : threads > SHARE_MAX ? SHARE_MAX : threads;
    for (unsigned i = 0; i < used; i++)
        shares[i] = (struct share){ count, used, i, work, context };
    for (unsigned i = 1; i < used; i++)
        started[i] = pthread_create(&ids[i], NULL, run, &shares[i]) == 0;
    for (unsigned i = 0; i < used; i++)
        if (!started[i])
            (void)run(&shares[i]);
    for (unsigned i = 1; i < used; i++)
        if (started[i])
            (void)pthread_join(ids[i], NULL);
}

#include "conformance_sdc/pair.h"

#include <glpk.h>
#include <pthread.h>
#include <stdbool.h>

enum { THREADS_MAX = 8 };

struct errand {
    void (*piece)(void *context, size_t i);
    void *context;
    size_t i;
};

static void *go(void *errand)
{
    struct errand *own = errand;
    own->piece(own->context, own->i);
    glp_free_env(); /* GLPK keeps memory for each thread */
    return NULL;
}

void run_pair(size_t count, void (*piece)(void *context, size_t i), void *context)
{
    pthread_t threads[THREADS_MAX];
    bool started[THREADS_MAX] = { false };
    struct errand errands[THREADS_MAX];
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && i < THREADS_MAX) {
            errands[i] = (struct errand){ piece, context, i };
            started[i] = pthread_create(&threads[i], NULL, go, &errands[i]) == 0;
        }
        if (i > 0 && !(i < THREADS_MAX && started[i]))
            piece(context, i);
    }
    piece(context, 0);
    for (size_t i = 1; i < count && i < THREADS_MAX; i++)
        if (started[i])
            pthread_join(threads[i], NULL);
}

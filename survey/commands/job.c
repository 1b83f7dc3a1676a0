/* A blocked signal is looked for instead of handled: no handler, no global flag. */
#include "survey/commands/job.h"

#include <pthread.h>

static bool step(void *context, const char *label, size_t done, size_t total)
{
    struct job *job = context;
    sigset_t waiting;
    if (label != job->label) {
        if (job->label != NULL)
            progress_end(&job->progress);
        job->label = label;
        progress_start(&job->progress, tr(job->language, label));
    }
    progress_step(&job->progress, done, total);
    return done % 64 != 0 || sigpending(&waiting) != 0 ||
           (sigismember(&waiting, SIGINT) != 1 && sigismember(&waiting, SIGTERM) != 1);
}

void job_begin(struct job *job, const struct language *language)
{
    sigset_t ours;
    *job = (struct job){ .language = language };
    job->steps = (struct steps){ .step = step, .context = job };
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ours, &job->before);
}

void job_end(struct job *job)
{
    if (job->label != NULL)
        progress_end(&job->progress);
    job->label = NULL;
    pthread_sigmask(SIG_SETMASK, &job->before, NULL);
}

/* A blocked signal is looked for instead of handled: no handler, no global flag. */
#include "survey/commands/job.h"

#include <pthread.h>
#include <time.h>

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
    job->stopped |= done % 64 == 0 && sigpending(&waiting) == 0 &&
                   (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1);
    return !job->stopped;
}

static sigset_t signals(void)
{
    sigset_t ours;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    return ours;
}

void job_begin(struct job *job, const struct language *language)
{
    const sigset_t ours = signals();
    *job = (struct job){ .language = language };
    job->steps = (struct steps){ .step = step, .context = job };
    pthread_sigmask(SIG_BLOCK, &ours, &job->before);
}

void job_bar_end(struct job *job)
{
    if (job->stopped)
        job->progress.shown = 100; /* the bar stays where it was */
    if (job->label != NULL)
        progress_end(&job->progress);
    job->label = NULL;
}

void job_end(struct job *job)
{
    const sigset_t ours = signals();
    const struct timespec at_once = { 0 };
    job_bar_end(job);
    while (job->stopped && sigtimedwait(&ours, NULL, &at_once) > 0)
        continue;
    pthread_sigmask(SIG_SETMASK, &job->before, NULL);
}

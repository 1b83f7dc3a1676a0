/* Progress of a long job on the terminal, and how it learns that somebody pressed Ctrl-C: it stops by itself, so that no
 * half-written file stays behind. */
#ifndef SURVEY_COMMANDS_JOB_H
#define SURVEY_COMMANDS_JOB_H

#include <signal.h>

#include "base/i18n.h"
#include "base/progress.h"
#include "survey/steps.h"

struct job {
    struct steps steps; /* hand this on */
    const struct language *language;
    struct progress progress;
    bool stopped;      /* a signal came, and the job was told to stop */
    const char *label; /* of the bar that is shown; NULL: none yet */
    sigset_t before;
};

/* From here on SIGINT and SIGTERM wait. */
void job_begin(struct job *job, const struct language *language);
void job_bar_end(struct job *job); /* before anything is printed */
/* Finishes the bar. The signal by which the job was stopped is taken: the program ends with the sentence of the failure. One that
 * came too late to stop it ends the program here. */
void job_end(struct job *job);

#endif

/* How a long job tells how far it is and learns that it shall stop. */
#ifndef SURVEY_STEPS_H
#define SURVEY_STEPS_H

#include <stdbool.h>
#include <stddef.h>

struct steps {
    /* label: N_(), the same for one stretch of the job. false: stop. */
    bool (*step)(void *context, const char *label, size_t done, size_t total);
    void *context;
};

static inline bool steps_go(const struct steps *steps, const char *label, size_t done, size_t total)
{
    return steps == NULL || steps->step(steps->context, label, done, total);
}

#endif

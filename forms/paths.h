/* The ways through a questionnaire: which questions are asked together, and which answers lead there.
 *
 * Only answers that a condition looks at make a difference. All their combinations are tried while there are few
 * enough, else as many drawn at random (with a fixed seed); complete says which. Rotation and shuffling are not part of
 * it. */
#ifndef FORMS_PATHS_H
#define FORMS_PATHS_H

#include "forms/answers.h"

enum { PATH_MAX_KEPT = 64, PATH_TRIED_MAX = 20000 };

struct path {
    const bool *shown;    /* by item */
    size_t shown_count;   /* without display texts: questions a person is asked */
    struct answers leads; /* the fewest answers found that lead here: all others are not answered */
};

struct paths {
    struct path all[PATH_MAX_KEPT]; /* the longest first */
    size_t count;
    bool complete;       /* every combination was tried, and every path kept */
    const bool *reached; /* by item: shown on some path; items that are switched off never are */
};

MUST_USE enum status paths_find(struct arena *arena, const struct form *form, struct paths *paths, struct fail *fail);

#endif

/* Draws a bar of 30 cells; redraws only when the percentage changes, so it costs nothing in a tight loop. */
#include "base/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { CELLS = 30 };

void progress_start(struct progress *progress, const char *label)
{
    *progress = (struct progress){ .label = label, .visible = isatty(STDERR_FILENO) == 1, .shown = -1 };
    progress_step(progress, 0, 1);
}

void progress_step(struct progress *progress, size_t done, size_t total)
{
    int percent = total == 0 || done >= total ? 100 : (int)(done * 100 / total);
    if (!progress->visible || percent == progress->shown)
        return;
    progress->shown = percent;
    fprintf(stderr, "\r%-44s [", progress->label);
    for (int i = 0; i < CELLS; i++)
        fputc(i * 100 < percent * CELLS ? '#' : '.', stderr);
    fprintf(stderr, "] %3d %%", percent);
    fflush(stderr);
}

void progress_end(struct progress *progress)
{
    if (!progress->visible)
        return;
    progress_step(progress, 1, 1);
    fputc('\n', stderr);
    progress->visible = false;
}

/* Steps down from the smallest p (Holm) or up from the largest (Hochberg and the false discovery rates). */
#include "analysis/stat_adjust.h"

#include <math.h>

#include "analysis/stat_rank.h"

static double factor(enum adjustment adjustment, double place, double n, double harmonic)
{
    switch (adjustment) {
    case ADJUST_BONFERRONI: return n;
    case ADJUST_HOLM:
    case ADJUST_HOCHBERG: return n - place + 1;
    case ADJUST_BH: return n / place;
    case ADJUST_BY: return harmonic * n / place;
    }
    return 1;
}

enum status p_adjust(struct arena *arena, const double p[], size_t n, enum adjustment adjustment, double adjusted[],
                     struct fail *fail)
{
    double *ranks = ARENA_NEW(arena, double, n + 1);
    size_t *order = ARENA_NEW(arena, size_t, n + 1);
    double harmonic = 0;
    if (ranks == NULL || order == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < n; i++) {
        if (!(p[i] >= 0) || !(p[i] <= 1))
            return FAIL(fail, STATUS_INPUT, "a probability must lie between 0 and 1");
        harmonic += 1 / (double)(i + 1);
    }
    enum status status = ranks_make(arena, p, n, ranks, order, NULL, fail);
    if (status != STATUS_OK)
        return status;
    const int down = adjustment == ADJUST_HOLM;
    double last = down ? 0 : 1;
    for (size_t i = 0; i < n; i++) {
        const size_t place = down ? i : n - 1 - i;
        const size_t own = order[place];
        const double value = fmin(1, factor(adjustment, (double)place + 1, (double)n, harmonic) * p[own]);
        last = down ? fmax(last, value) : fmin(last, value);
        adjusted[own] = adjustment == ADJUST_BONFERRONI ? value : last;
    }
    return STATUS_OK;
}

/* Exact tests of independence with fixed margins: 2 × 2 (Fisher) and r × c (Fisher, Freeman and Halton), and the odds
 * ratio of a 2 × 2 table. Pure; memory from the arena. */
#ifndef ANALYSIS_STAT_FISHER_H
#define ANALYSIS_STAT_FISHER_H

#include "analysis/stat_hypergeometric.h"
#include "analysis/stat_table.h"

struct odds_ratio {
    struct range sample;  /* ad/bc with Woolf's range; 0 or infinite with an empty cell, then the range is not finite */
    double log_error;     /* standard error of ln(ad/bc) */
    struct range haldane; /* the same with half a person added to every cell */
    double yule_q;        /* (ad/bc − 1)/(ad/bc + 1) */
};
/* cells: a, b, c, d (rows one after the other). Sources: Woolf (1955); Haldane (1956), Annals of Human Genetics 20. */
struct odds_ratio odds_ratio_of(const double cells[4], double confidence);

/* Of a 2 × 2 table; errors of stat_hypergeometric.h; STATUS_INPUT for another shape. */
MUST_USE enum status fisher_test(struct arena *arena, const struct counts *counts, double confidence,
                                 struct exact *exact, struct fail *fail);

/* Probability of all tables with the same margins that are at most as likely as the observed one (ties within a relative
 * 1e-7). Empty rows and columns change nothing. Work grows with the number of such tables:
 *
 * STATUS_LIMIT  more than FISHER_STORED half tables to keep or FISHER_VISITED to look at: use the chi-square test
 * STATUS_INPUT  counts that are not whole, or more than FISHER_SIDE non-empty lines on both sides
 * STATUS_MEMORY the arena has less than 8 bytes a person
 * Source: Freeman and Halton (1951), Biometrika 38. */
enum { FISHER_SIDE = 16, FISHER_STORED = 2000000, FISHER_VISITED = 300000000 };
MUST_USE enum status fisher_freeman_halton(struct arena *arena, const struct counts *counts, double *p,
                                           struct fail *fail);

#endif

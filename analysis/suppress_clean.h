/* Where a search stands, and how it cleans up after a step. Private to suppress_search.c and suppress_clean.c. */
#ifndef ANALYSIS_SUPPRESS_CLEAN_H
#define ANALYSIS_SUPPRESS_CLEAN_H

#include "analysis/suppress_derive.h"
#include "analysis/suppress_local.h"
#include "analysis/suppress_search.h"

struct search {
    struct plan plan;
    struct local *local;
    struct derive *derive;
    struct seeded seeded;
    const struct search_order *order;
    struct ids removed, added; /* vectors unlinked and linked in this step */
    struct ids open;           /* targets to prove again */
    struct ids around;         /* groups to clean up */
    uint32_t *group_seen, stamp;
    bool *best;
    double best_cost;
    size_t idle, shaken; /* steps since something better was found; steps that are taken whatever they cost */
    double begun;        /* share of the work at which this round began */
    bool started;
    size_t steps;
};

/* Share of the work that is done, 0..1. */
double search_done(const struct search *search);
/* false: somebody said stop. */
bool search_goes_on(const struct search *search, double share);
/* Sorts ids downwards by rank. */
void search_sort(struct search *search, uint32_t ids[], size_t count, double (*rank)(const struct plan *, uint32_t));
/* From the proofs at hand, else by a program; noise NULL: with hidden groups only. */
bool search_prove(struct search *search, uint32_t target, const struct noise *noise, const struct limits *limits);

/* Tries to show every hidden group once, the dearest first, until that share of the work is done. */
void search_sweep(struct search *search, double until);
/* The same with the dearest ones around what was added in this step. */
void search_clean_around(struct search *search);
/* Takes out older vectors whose targets the new ones cover as well. */
void search_prune_around(struct search *search);
/* Drops what was removed in this step: it cannot be undone afterwards. */
void search_forget(struct search *search);

#endif

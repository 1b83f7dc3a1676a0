/* Complementary suppression: hides further groups, as cheaply as it can, until no hidden figure can be found out.
 *
 * Every protected cell and direction needs a proof: another table, consistent with everything shown, in which the cell is
 * as far away as it asks for. Hidden is what some proof moves. The decision whether the result is safe belongs to the
 * auditor (attack.h), which the caller runs afterwards.
 * Not responsible for which groups must be hidden, nor for cells that ask for nothing (lattice_unasked). */
#ifndef ANALYSIS_SUPPRESS_H
#define ANALYSIS_SUPPRESS_H

#include "analysis/lattice.h"
#include "base/arena.h"

enum { SUPPRESS_STARTS_MAX = 8 };

/* Work is counted, not timed: 1,000,000 units are about one second of a 2.5 GHz core. The same lattice, seed and work
 * give the same result on every machine, whatever `both` does. */
struct suppress_options {
    uint64_t seed;
    uint64_t work;   /* for searching after the first pattern is found; 0: only find and prune one */
    unsigned starts; /* independent searches, the cheapest wins; 0 counts as 1 */
    /* Calls piece(context, i) for every i < count, in any order or at the same time; NULL: one after the other. Called
     * several times. */
    void (*both)(size_t count, void (*piece)(void *context, size_t i), void *context);
    bool (*step)(void *context, size_t done, size_t total); /* false: stop. May be NULL; from one thread only */
    void *context;
    struct arena *arena; /* where the proofs go; NULL: none are handed out */
};

struct suppress_result {
    size_t added;    /* groups hidden in addition */
    double cost;     /* sum of their costs */
    size_t unasked;  /* protected cells that ask for nothing */
    size_t targets;  /* cells and directions that need a proof */
    size_t programs; /* linear programs solved */
    bool optimal;    /* proven: no cheaper pattern exists */
    struct lattice_proofs proofs; /* of nearly all targets: saves the auditor work, who checks each of them */
};

/* What is a good number of units for a lattice of that size: about seven seconds up to 4,000 cells. */
uint64_t suppress_work(const struct lattice *lattice);

/* Sets hidden of the partners in lattice->groups on STATUS_OK and changes nothing otherwise. options NULL: seed 1, no
 * search. result may be NULL. STATUS_DENIED when no set of partners protects some cell (publish nothing of it);
 * STATUS_LIMIT when step said stop; STATUS_MEMORY; STATUS_CONFLICT from lattice_check.
 * Source: Fischetti & Salazar (2000), Management Science 46(7), for the model and the exact method. */
MUST_USE enum status suppress(struct lattice *lattice, const struct suppress_options *options,
                              struct suppress_result *result, struct fail *fail);

#endif

/* Units (departments, teams) and their people: how alike the people of a unit are, and means of units drawn towards the mean
 * of all when they rest on few answers. Pure; memory from the arena. */
#ifndef ANALYSIS_STAT_UNITS_H
#define ANALYSIS_STAT_UNITS_H

#include <stdbool.h>

#include "analysis/range.h"
#include "analysis/stat_groups.h"

struct unit_icc {
    double mean_size, searle_size, harmonic_size; /* searle: (N − Σn²/N) / (J − 1) */
    double between, within, f, p;                 /* mean squares */
    double icc1_mean;  /* with the mean size, as R's multilevel */
    struct range icc1; /* with Searle's size: the one to publish; may be negative */
    struct range icc2; /* (MSB − MSW) / MSB, reliability of the units' means */
    double icc2_stepped; /* from icc1 by Spearman–Brown at the mean size */
    double eta2;
};
/* STATUS_DENIED  a single person in every unit, or no variance within the units
 * Sources: Searle (1971), Biometrics 27; Shrout and Fleiss (1979), Psychological Bulletin 86; Bliese (2000), in: Multilevel
 * Theory, Research, and Methods in Organizations; McGraw and Wong (1996), Psychological Methods 1. */
MUST_USE enum status icc_compute(const struct grouped *units, double confidence, struct unit_icc *icc,
                                 struct fail *fail);

struct random_units { /* y = μ + unit + person; arrays in the order of the units */
    double mu, mu_error, tau2, sigma2, log_likelihood;
    double *reliability; /* n·τ² / (n·τ² + σ²) */
    double *shrunk;      /* μ + reliability · (mean − μ) */
    double *sd;          /* √(τ²(1 − reliability)): without the uncertainty of μ */
    double moved;        /* Σ |shrunk − μ| */
};
/* Exact root of the score in τ²/σ²; restricted maximum likelihood unless ml. τ² is 0 when the units differ by no more than chance.
 * STATUS_DENIED  as above. Sources: Robinson (1991), Statistical Science 6; Raudenbush and Bryk (2002), Hierarchical Linear
 * Models, ch. 3. */
MUST_USE enum status random_units_fit(struct arena *arena, const struct grouped *units, bool ml,
                                      struct random_units *fit, struct fail *fail);

struct moment_units { /* from the units' own variances; units of one person or without variance are left out */
    size_t used;
    double q, i2;
    double laird_tau2, laird_mu, laird_error; /* DerSimonian and Laird */
    double paule_tau2, paule_mu;              /* Paule and Mandel */
};
/* STATUS_DENIED  fewer than two units can be used. Sources: DerSimonian and Laird (1986), Controlled Clinical Trials 7; Paule
 * and Mandel (1982), Journal of Research NBS 87; Higgins and Thompson (2002), Statistics in Medicine 21. */
MUST_USE enum status moment_units_fit(struct arena *arena, const struct grouped *units, struct moment_units *fit,
                                      struct fail *fail);

/* Agreement within units on items with equally spaced answers least, least + 1 …; one number a unit, NaN for one person. */
struct agreement_units {
    double null_variance; /* of equally frequent answers: (options² − 1) / 12 */
    double *single;       /* r_wg of the first item; below 0 is 0 */
    double *single_free;  /* the same without the cut */
    double *scale;        /* r_wg(j); below 0 is 0 */
    double *lindell;      /* r*_wg(j), keeps values below 0 */
    double *deviation;    /* mean absolute deviation from the item's mean, averaged over the items */
    double *awg;          /* a_wg averaged over the items whose mean allows it; NaN for none */
};
/* values[person * items + item], complete; unit[person] < unit_count.
 *
 * STATUS_INPUT  no item, options < 2, a unit number out of range
 * Sources: James, Demaree and Wolf (1984), Journal of Applied Psychology 69; Lindell, Brandt and Whitney (1999), Applied
 * Psychological Measurement 23; Burke and Dunlap (2002), Organizational Research Methods 5; Brown and Hauenstein (2005),
 * ibid. 8. */
MUST_USE enum status agreement_compute(struct arena *arena, const double values[], size_t persons, size_t items,
                                       const size_t unit[], size_t unit_count, double options, double least,
                                       struct agreement_units *agreement, struct fail *fail);

#endif

/* Differences and ratios of two independent estimates, and the comparison word. Pure; no memory. */
#ifndef ANALYSIS_STAT_DIFF_H
#define ANALYSIS_STAT_DIFF_H

#include "analysis/range.h"
#include "analysis/release.h"

/* a − b from the two single ranges ("MOVER"); with Wilson ranges this is Newcombe's method 10.
 * Sources: Newcombe (1998), Statistics in Medicine 17, 873–890; Zou & Donner (2008), Statistics in Medicine 27. */
struct range difference(struct range a, struct range b);

/* a / b, log-normal: the widths of the single ranges on the log scale add as squares.
 * All limits must be > 0, else the range is NaN (the value stays).
 * Source: Katz et al. (1978), Biometrics 34; Zou & Donner (2008). */
struct range ratio(struct range a, struct range b);

/* Ratio of two rates from counts, log-normal (Katz). hits ≥ 1 each, else RANGE_NONE. */
struct range ratio_counts(unsigned hits_a, unsigned n_a, unsigned hits_b, unsigned n_b);

/* Word for a difference whose least relevant size is delta (DOMAIN 4.3). NaN range: WORD_TOO_FEW. */
enum release_word difference_word(struct range difference, double delta);
/* The same for a ratio: log scale, factor > 1 is the least relevant one. */
enum release_word ratio_word(struct range ratio, double factor);

#endif

/* Pearson's test of independence of an r × c table, with residuals and measures of association. Pure. */
#ifndef ANALYSIS_STAT_CHI_SQUARE_H
#define ANALYSIS_STAT_CHI_SQUARE_H

#include "analysis/range.h"
#include "analysis/stat_table.h"

struct chi_square {
    double min_expected, small_share;        /* share of the cells whose expected count is below 5 */
    double statistic, degrees, p;            /* without Yates' correction */
    double likelihood_ratio, likelihood_p;   /* G² */
    double linear, linear_p;                 /* Mantel's (N−1)r² of the positions 1, 2, … of rows and columns */
    double *adjusted, *pearson;              /* residuals, row-major: Haberman's with variance 1, and (o−e)/√e */
    struct range cramers_v;                  /* range by the noncentrality of the chi-square, 0..1 or above */
    double cramers_v_corrected;              /* Bergsma: bias removed, not below 0 */
    double contingency, tschuprow;
    double yates, yates_p, phi;              /* 2 × 2 only, else NaN; phi has the sign of the main diagonal */
};

/* confidence: of the range of Cramér's V, in (0, 1). Adjusted residuals are NaN where a margin holds everybody.
 *
 * STATUS_DENIED  an empty row or column: leave it out
 * STATUS_INPUT   confidence out of range
 * Sources: Pearson (1900); Agresti (2013), Categorical Data Analysis, ch. 3; Haberman (1973), Biometrics 29; Bergsma
 * (2013), J. Korean Statistical Society 42; Yates (1934); Steiger and Fouladi (1997) for the range. */
MUST_USE enum status chi_square_test(struct arena *arena, const struct counts *counts, double confidence,
                                     struct chi_square *result, struct fail *fail);

/* The statistic alone; NaN with an empty margin. */
double chi_square_statistic(const struct counts *counts);

#endif

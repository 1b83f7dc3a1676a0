/* How well a confirmatory model fits. Internal to stat_cfa.c. */
#ifndef ANALYSIS_STAT_CFA_INDEX_H
#define ANALYSIS_STAT_CFA_INDEX_H

#include "analysis/stat_cfa.h"

/* value: mean over the persons of log |Σ| + tr(Σ⁻¹S) at the optimum. Fills discrepancy, likelihoods, criteria and indices. */
MUST_USE enum status cfa_indices(struct arena *arena, const struct cfa_model *model, const struct cfa_sample samples[],
                                 double value, struct cfa_fit *fit, struct fail *fail);

#endif

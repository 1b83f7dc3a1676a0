/* Proofs of a pattern, for the auditor. Private to suppress_*.c. */
#ifndef ANALYSIS_SUPPRESS_PROOFS_H
#define ANALYSIS_SUPPRESS_PROOFS_H

#include "analysis/suppress_local.h"

enum { PROOF_STEPS = 2000 };

/* hidden: the groups of the best pattern, primary ones or not. Memory of the arena. The plan only may be closed after it. */
MUST_USE enum status proofs_collect(struct arena *arena, struct plan *plan, struct local *local, const bool hidden[],
                                    struct lattice_proofs *proofs, struct fail *fail);

#endif

/* SHA-256 over everything a release publishes. */
#ifndef ANALYSIS_FINGERPRINT_H
#define ANALYSIS_FINGERPRINT_H

#include "analysis/release.h"

/* hex: 65 bytes. STATUS_CRYPTO when the library refuses. */
MUST_USE enum status release_fingerprint(const struct release *release, char hex[65], struct fail *fail);

#endif

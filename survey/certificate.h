/* Certificate and private key for TLS without a web server in front: read, checked, kept in memory, wiped. */
#ifndef SURVEY_CERTIFICATE_H
#define SURVEY_CERTIFICATE_H

#include "base/buf.h"

struct certificate {
    struct buf chain, key; /* PEM, ending with NUL */
};

/* Refuses with a sentence: no PEM, a key with a passphrase or readable by others, a key of another certificate, a
 * certificate that is not valid at now (seconds since 1970). */
MUST_USE enum status certificate_read(const char *chain_path, const char *key_path, long now,
                                      struct certificate *certificate, struct fail *fail);
void certificate_free(struct certificate *certificate); /* accepts a zeroed struct */

#endif

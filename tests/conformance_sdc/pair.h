/* Runs pieces in as many threads; what suppress_options.both asks for. */
#ifndef CONFORMANCE_SDC_PAIR_H
#define CONFORMANCE_SDC_PAIR_H

#include <stddef.h>

void run_pair(size_t count, void (*piece)(void *context, size_t i), void *context);

#endif

/* Work that falls into equal pieces, done by several threads at once. */
#ifndef BASE_SHARE_H
#define BASE_SHARE_H

#include <stddef.h>

enum { SHARE_MAX = 16 };

unsigned share_threads(void); /* processors of this machine, 1..SHARE_MAX */

/* Calls work(context, i, thread) once for every i < count, the first piece first; thread < threads ≤ SHARE_MAX. Returns when all
 * are done. Who is free takes the next piece: which thread does which must not matter to the result. A thread that cannot be started leaves its share to the caller. */
typedef void share_work(void *context, size_t i, unsigned thread);
void share_out(size_t count, unsigned threads, share_work *work, void *context);

#endif

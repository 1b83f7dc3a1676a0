/* Memory that is given back does not keep what stood in it: bodies of requests, headers, addresses, numbers of the
 * cryptography. Covers this program's memory and that of every library it uses. */
#ifndef SURVEY_WIPE_H
#define SURVEY_WIPE_H

/* From now on free() and realloc() overwrite with zeros what they give back. Called once, before any thread starts. */
void wipe_start(void);

/* Overwrites the next 64 KiB of this thread's stack below the caller: what returned functions have left there. */
void wipe_stack(void);

#endif

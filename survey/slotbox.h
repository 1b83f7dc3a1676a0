/* The ballot box: one preallocated file of equal slots (docs/protocol.md). A ballot goes to a uniformly drawn free slot,
 * in place, and is acknowledged after fdatasync; so the file tells nothing about who came when. Several threads may put
 * at once and share one fdatasync. Knows nothing of credentials or HTTP. */
#ifndef SURVEY_SLOTBOX_H
#define SURVEY_SLOTBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "survey/steps.h"

enum { BOX_HEADER = 4096, BOX_SERIAL = 32, BOX_PREFIX = 32, BOX_SIGNATURE = 384, BOX_RESERVE = 8 };

/* Bit of a version: the ballot was withdrawn. Its record stays, so that the credential stays spent; its sealed bytes are
 * random. Versions are compared without this bit: change i makes version i + 1, and a later change may take a withdrawal
 * back. */
struct ballot { /* borrowed bytes */
    const unsigned char *serial;    /* 32 */
    const unsigned char *prefix;    /* 32 */
    const unsigned char *signature; /* 384 */
    const unsigned char *sealed;
    size_t sealed_length; /* always the box's */
    uint32_t version;     /* 1, or i + 1 after change i; with BOX_WITHDRAWN when withdrawn */
};

#define BOX_WITHDRAWN UINT32_C(0x80000000)

struct slotbox;

/* Writes a new box with every slot filled with random bytes; refuses to replace a file. slots: ballots it takes; the file
 * has BOX_RESERVE more, which only changes of ballots may use. opened: seconds since 1970, the day the file's time stays at.
 * Shows its progress on a terminal when the box is large. STATUS_DENIED: a file system that records the order of writing;
 * STATUS_LIMIT: not enough room on the disk. */
MUST_USE enum status slotbox_create(const char *path, uint32_t slots, uint32_t sealed_length,
                                    const unsigned char fingerprint[32], int64_t opened, struct fail *fail);

/* Takes the box for this process (STATUS_CONFLICT when another has it) and recovers what is in it: pieces of ballots and
 * versions that were replaced are wiped. STATUS_INPUT: damaged header, truncated file, another wave's box. */
MUST_USE enum status slotbox_open(const char *path, const unsigned char fingerprint[32], struct slotbox **box,
                                  struct fail *fail);
void slotbox_close(struct slotbox *box); /* accepts NULL */

enum box_result { BOX_NEW, BOX_CHANGE, BOX_REPEAT, BOX_CONFLICT, BOX_FULL };
/* Returns when the ballot is durable (NEW, CHANGE, REPEAT), or refused: CONFLICT when a record of this or a higher version
 * with other bytes is there. After a CHANGE the version before is wiped, durably. STATUS_IO: the disk refused; the box then
 * takes nothing more until it is opened again. */
MUST_USE enum status slotbox_put(struct slotbox *box, const struct ballot *ballot, enum box_result *result,
                                 struct fail *fail);
/* Version of the record of a serial, with its mark; 0 when there is none. */
uint32_t slotbox_version(struct slotbox *box, const unsigned char serial[BOX_SERIAL]);
bool slotbox_locked(const struct slotbox *box); /* whether its index is kept from the swap file */
uint32_t slotbox_count(struct slotbox *box);
uint32_t slotbox_slots(const struct slotbox *box);
uint32_t slotbox_sealed(const struct slotbox *box);

/* Reads a box (or a copy of it) without taking it; calls visit for every ballot, the newest version of each serial (also a
 * withdrawn one), in the order of serials. visit returns false to stop. */
typedef bool box_visit(void *context, const struct ballot *ballot);
MUST_USE enum status slotbox_read(const char *path, const unsigned char fingerprint[32], box_visit *visit,
                                  void *context, struct fail *fail);
/* Ballots the box takes, full or not, without taking the box. STATUS_MISSING: no such file. */
MUST_USE enum status slotbox_capacity(const char *path, const unsigned char fingerprint[32], uint32_t *ballots,
                                      struct fail *fail);
/* The same as slotbox_read for large boxes. Memory: 40 bytes a slot. STATUS_DENIED: the steps said stop. */
MUST_USE enum status slotbox_scan(const char *path, const unsigned char fingerprint[32], const struct steps *steps,
                                  box_visit *visit, void *context, struct fail *fail);

#endif

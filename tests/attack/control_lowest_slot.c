/* Takes the lowest free slot. */
#include "control.h"

static void *open_store(const char *dir, struct seeded *random)
{
    return control_slots_open(dir, random, 100);
}

extern const struct control control_lowest_slot;
const struct control control_lowest_slot = { "lowest_slot", "box, lowest free slot", open_store, control_slots_put };

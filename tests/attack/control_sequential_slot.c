/* Takes the lowest free slot in 60 of 100 cases and a random one otherwise: a leak that is not plain to see. */
#include "control.h"

static void *open_store(const char *dir, struct seeded *random)
{
    return control_slots_open(dir, random, 60);
}

extern const struct control control_sequential_slot;
const struct control control_sequential_slot = { "sequential_slot", "box, 60 % lowest and 40 % random slots", open_store,
                                                 control_slots_put };

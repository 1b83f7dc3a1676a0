/* Draws that share a transaction: one journal and one sync for all that wait, which is what a busy morning needs. */
#include "survey/store_private.h"

enum status store_draw_many(struct store *store, struct draw *const draws[], size_t count, struct fail *fail)
{
    enum status status = store_begin(store, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = store_draw(store, draws[i]->wave, draws[i]->code_hash, draws[i]->blinded_hash, &draws[i]->result,
                            draws[i]->unit, fail);
    return store_end(store, status, fail);
}

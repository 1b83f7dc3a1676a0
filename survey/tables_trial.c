#include "survey/tables_trial.h"

#include <string.h>
#include <time.h>

#include "survey/release_make.h"

static double now(void)
{
    struct timespec time;
    return clock_gettime(CLOCK_MONOTONIC, &time) == 0 ? (double)time.tv_sec + 1e-9 * (double)time.tv_nsec : 0;
}

static void add_signs(const struct release_table *table, struct signs *signs)
{
    for (size_t i = 0; i < table->row_count * table->column_count; i++) {
        const enum release_sign sign = table->cells[i].sign;
        signs->shown += sign == SIGN_SHOWN;
        signs->secret += sign == SIGN_SECRET;
        signs->other += sign != SIGN_SHOWN && sign != SIGN_SECRET;
    }
}

enum status tables_try(struct arena *arena, const char *dir, const struct wave_tables *tables, struct trial *trial,
                       struct fail *fail)
{
    struct store *reader = NULL;
    const double began = now();
    *trial = (struct trial){ .release = NULL };
    enum status status = store_open(dir, STORE_ANALYSE, &reader, fail);
    if (status == STATUS_OK) {
        status = store_wave_newest(reader, trial->wave, NULL);
        if (status == STATUS_OK)
            status = release_try(reader, arena, dir, trial->wave, tables, &trial->release, fail);
        else if (status == STATUS_MISSING)
            status = STATUS_OK;
    }
    store_close(reader);
    for (size_t t = 0; status == STATUS_OK && trial->release != NULL && t < trial->release->table_count; t++)
        add_signs(&trial->release->tables[t], &trial->signs);
    trial->seconds = now() - began;
    return status;
}

bool trial_signs(const struct trial *trial, const char *id, struct signs *signs)
{
    const struct release_table *table = trial->release == NULL ? NULL : release_table(trial->release, id);
    *signs = (struct signs){ 0 };
    if (table != NULL)
        add_signs(table, signs);
    return table != NULL;
}

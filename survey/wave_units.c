/* Which units the question on the unit offers: large enough that naming one does not point at a person. */
#include <stdio.h>
#include <string.h>

#include "survey/wave.h"

static bool nameable(const struct unit *unit)
{
    return unit->level == UNIT_DEPARTMENT || unit->level == UNIT_ENTERPRISE;
}

/* Heads of every unit with all units below it; all zero when no workforce table was imported yet. */
static enum status count_heads(struct store *store, struct arena *arena, const struct unit units[], size_t count,
                               uint32_t **heads, bool *known, struct fail *fail)
{
    const struct participation *rows = NULL;
    size_t row_count = 0;
    enum status status = store_heads(store, arena, units, count, &rows, &row_count, fail);
    *heads = ARENA_NEW(arena, uint32_t, count + 1);
    if (status == STATUS_OK && *heads == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu units", count);
    for (size_t i = 0; i < row_count && status == STATUS_OK; i++) {
        int at = rows[i].unit;
        for (size_t guard = 0; at >= 0 && guard <= count; guard++) {
            (*heads)[at] += rows[i].invited;
            at = units[at].parent;
        }
    }
    *known = row_count > 0;
    return status;
}

/* Departments and enterprises are what people can name without being recognised; sections and teams are too small. A
 * department below UNIT_HEADS_MIN is not offered, the division above it is instead (questionnaire, item D1). */
static enum status choose_units(struct store *store, struct arena *arena, const struct unit units[], size_t count,
                                bool **offered, struct fail *fail)
{
    uint32_t *heads = NULL;
    bool known = false;
    enum status status = count_heads(store, arena, units, count, &heads, &known, fail);
    *offered = ARENA_NEW(arena, bool, count + 1);
    if (status == STATUS_OK && *offered == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for %zu units", count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        int at = nameable(&units[i]) ? (int)i : -1;
        if (at >= 0 && known && heads[at] < UNIT_HEADS_MIN)
            at = units[at].parent;
        if (at >= 0 && units[at].level != UNIT_CITY && (!known || heads[at] >= UNIT_HEADS_MIN))
            (*offered)[at] = true;
    }
    return status;
}

enum status wave_units_write(struct store *store, const char *path, struct fail *fail)
{
    struct arena arena;
    struct buf text;
    const struct unit *units = NULL;
    bool *offered = NULL;
    size_t count = 0;
    arena_init(&arena, 64 << 20);
    buf_init(&text, 1 << 20);
    enum status status = store_unit_list(store, &arena, &units, &count, fail);
    if (status == STATUS_OK)
        status = choose_units(store, &arena, units, count, &offered, fail);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        if (!offered[i])
            continue;
        if (strpbrk(units[i].name, "\t\n\r") != NULL || strpbrk(units[i].id, "\t\n\r") != NULL)
            status = FAIL(fail, STATUS_INPUT, "the name of the unit %s contains a tab or a line break", units[i].id);
        buf_format(&text, "%s\t%s\n", units[i].id, units[i].name);
    }
    if (status == STATUS_OK)
        status = buf_write_file(&text, path, 0600, fail);
    buf_free(&text);
    arena_free(&arena);
    return status;
}

const char *wave_department(const struct unit units[], size_t unit)
{
    size_t at = unit;
    while (units[at].level != UNIT_DEPARTMENT && units[at].parent >= 0)
        at = (size_t)units[at].parent;
    return units[units[at].level == UNIT_DEPARTMENT ? at : unit].id;
}

/* What in a cube is plausible but worth a question: many people of unknown citizenship (V10), and heads that have
 * changed much since the delivery before (V11). Warnings only. Not responsible for contradictions within a file
 * (import_margins.c). */
#include <stdlib.h>
#include <string.h>

#include "survey/import_cube.h"
#include "survey/store_private.h"

enum {
    UNKNOWN_PERCENT = 5,
    CITY_PERCENT = 10,
    UNIT_PERCENT = 25,
    UNIT_LEAST = 20, /* in smaller units a few people are many per cent */
    TOLD_MAX = 20,
};

void import_check_unknown(struct import *import, const struct cube *cube)
{
    unsigned pattern = 0;
    double all = 0;
    double unknown = 0;
    for (size_t i = 0; i < cube->row_count; i++) { /* one delivery only: each head once */
        const struct cube_row *row = &cube->rows[i];
        if (row->german == CUBE_ALL || (pattern != 0 && cube_row_pattern(row) != pattern))
            continue;
        pattern = cube_row_pattern(row);
        all += row->heads;
        unknown += row->german == 9 ? row->heads : 0;
    }
    if (unknown * 100 > all * UNKNOWN_PERCENT)
        IMPORT_NOTE(import, SEVERITY_WARNING, "V10", 0,
                    N_("the citizenship of more than %d per cent is not known; the share without a German passport is "
                       "uncertain"),
                    (int)UNKNOWN_PERCENT);
}

struct heads {
    double *of; /* by unit */
    bool any;
};

static bool is_margin(const struct cube_row *row, bool frame)
{
    bool rest = row->unit >= 0 && row->employment == '*' && row->leadership == CUBE_ALL &&
                row->fixed_term == CUBE_ALL && row->part_time == CUBE_ALL && row->german == CUBE_ALL;
    bool whole = row->band == CUBE_ALL && row->sex == '*' && row->age == CUBE_ALL;
    bool split = row->band != CUBE_ALL && row->sex != '*' && row->age != CUBE_ALL;
    return rest && (frame ? split : whole);
}

static void add_new(const struct cube *cube, bool frame, struct heads *heads)
{
    for (size_t i = 0; i < cube->row_count; i++)
        if (is_margin(&cube->rows[i], frame)) {
            heads->of[cube->rows[i].unit] += cube->rows[i].heads;
            heads->any = true;
        }
}

static enum status add_old(struct import *import, const char *day, bool frame, const struct unit *units,
                           size_t unit_count, struct heads *heads, struct fail *fail)
{
    struct query query;
    query_open(&query, import->store, frame ? SQL_heads_frame : SQL_heads_margin, fail);
    query_bind(&query, 1, day);
    while (query_row(&query))
        for (size_t i = 0; i < unit_count; i++)
            if (strcmp(units[i].id, query_text(&query, 0)) == 0) {
                heads->of[i] += query_real(&query, 1);
                heads->any = true;
                break;
            }
    return query_close(&query);
}

static bool far(double now, double before, int percent)
{
    double change = now > before ? now - before : before - now;
    return change * 100 > before * percent;
}

static void compare(struct import *import, const char *day, const struct unit *units, size_t unit_count,
                    const struct heads *now, const struct heads *before)
{
    double sums[2] = { 0, 0 };
    size_t told = 0;
    for (size_t i = 0; i < unit_count; i++) {
        sums[0] += now->of[i];
        sums[1] += before->of[i];
        bool large = before->of[i] >= UNIT_LEAST || now->of[i] >= UNIT_LEAST;
        if (large && far(now->of[i], before->of[i], UNIT_PERCENT) && told++ < TOLD_MAX)
            IMPORT_NOTE(import, SEVERITY_WARNING, "V11", 0,
                        N_("unit %s: the heads differ by more than %d per cent from those of %s; please check"),
                        units[i].id, (int)UNIT_PERCENT, day);
    }
    if (told > TOLD_MAX)
        IMPORT_NOTE(import, SEVERITY_WARNING, "V11", 0, N_("%zu more units differ that much"), told - TOLD_MAX);
    if (far(sums[0], sums[1], CITY_PERCENT))
        IMPORT_NOTE(import, SEVERITY_WARNING, "V11", 0,
                    N_("the heads of the whole city differ by more than %d per cent from those of %s; please check"),
                    (int)CITY_PERCENT, day);
}

enum status import_check_change(struct import *import, const struct cube *cube, const struct unit *units,
                                size_t unit_count, struct fail *fail)
{
    struct query query;
    char day[16];
    char before_day[16] = "";
    snprintf(day, sizeof day, "%04d-%02d-%02d", cube->year % 10000, cube->month % 100, cube->day % 100);
    query_open(&query, import->store, SQL_cube_newest, fail);
    query_bind(&query, 1, (const char *)day);
    if (query_row(&query))
        snprintf(before_day, sizeof before_day, "%s", query_text(&query, 0));
    enum status status = query_close(&query);
    bool done = before_day[0] == '\0';
    for (int frame = 0; frame <= 1 && status == STATUS_OK && !done; frame++) {
        struct heads now = { ARENA_NEW(import->arena, double, unit_count + 1), false };
        struct heads before = { ARENA_NEW(import->arena, double, unit_count + 1), false };
        if (now.of == NULL || before.of == NULL)
            return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu units", unit_count);
        add_new(cube, frame == 1, &now);
        status = add_old(import, before_day, frame == 1, units, unit_count, &before, fail);
        done = now.any && before.any;
        if (status == STATUS_OK && done)
            compare(import, before_day, units, unit_count, &now, &before);
    }
    return status;
}

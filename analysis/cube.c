/* Selects one delivery of the cube for a question and adds its lines. */
#include "analysis/cube.h"

#include <string.h>

enum { DIM_UNIT = 1, DIM_BAND = 2, DIM_EMPLOYMENT = 4, DIM_LEADERSHIP = 8, DIM_SEX = 16, DIM_AGE = 32, DIM_TERM = 64,
       DIM_PART = 128, DIM_GERMAN = 256, DIM_END = 512 };

int unit_find(const struct inputs *inputs, const char *id)
{
    for (size_t i = 0; i < inputs->unit_count; i++)
        if (strcmp(inputs->units[i].id, id) == 0)
            return (int)i;
    return -1;
}

int unit_department(const struct inputs *inputs, int unit)
{
    for (int depth = 0; depth < 16 && unit >= 0 && (size_t)unit < inputs->unit_count; depth++) {
        enum unit_level level = inputs->units[unit].level;
        if (level == UNIT_CITY)
            return -1;
        bool named = level == UNIT_DEPARTMENT || level == UNIT_ENTERPRISE || level == UNIT_DIVISION;
        if (inputs->units_offered ? inputs->units[unit].offered : named)
            return unit;
        unit = inputs->units[unit].parent;
    }
    return -1;
}

static unsigned dimensions(const struct cube_row *row)
{
    return (row->unit >= 0 ? DIM_UNIT : 0U) | (row->band != CUBE_ALL ? DIM_BAND : 0U) |
           (row->employment != '*' ? DIM_EMPLOYMENT : 0U) | (row->leadership != CUBE_ALL ? DIM_LEADERSHIP : 0U) |
           (row->sex != '*' ? DIM_SEX : 0U) | (row->age != CUBE_ALL ? DIM_AGE : 0U) |
           (row->fixed_term != CUBE_ALL ? DIM_TERM : 0U) | (row->part_time != CUBE_ALL ? DIM_PART : 0U) |
           (row->german != CUBE_ALL ? DIM_GERMAN : 0U);
}

static unsigned wanted(const struct cube_query *query)
{
    return (query->department >= 0 || query->contact ? DIM_UNIT : 0U) | (query->band != CUBE_ANY ? DIM_BAND : 0U) |
           (query->sex != 0 ? DIM_SEX : 0U) | (query->age != CUBE_ANY ? DIM_AGE : 0U) |
           (query->german != CUBE_ANY ? DIM_GERMAN : 0U) | (query->employment != 0 ? DIM_EMPLOYMENT : 0U) |
           (query->fixed_term != CUBE_ANY ? DIM_TERM : 0U) | (query->part_time != CUBE_ANY ? DIM_PART : 0U);
}

/* The delivery with all wanted dimensions: one without secret lines before others, then the one with the fewest
 * dimensions. DIM_END: none. */
static unsigned delivery(const struct cube *cube, unsigned want)
{
    bool secret[DIM_END] = { false };
    for (size_t i = 0; i < cube->row_count; i++)
        if (cube->rows[i].suppressed)
            secret[dimensions(&cube->rows[i])] = true;
    unsigned best = DIM_END, best_rank = 1000;
    for (size_t i = 0; i < cube->row_count; i++) {
        unsigned have = dimensions(&cube->rows[i]);
        unsigned rank = secret[have] ? 100 : 0;
        for (unsigned bit = 1; bit < DIM_END; bit <<= 1)
            rank += (have & bit) != 0;
        if ((have & want) == want && (rank < best_rank || (rank == best_rank && have < best))) {
            best = have;
            best_rank = rank;
        }
    }
    return best;
}

static bool selected(const struct cube_row *row, const struct cube_query *query)
{
    return (query->band == CUBE_ANY || row->band == query->band) && (query->sex == 0 || row->sex == query->sex) &&
           (query->age == CUBE_ANY || row->age == query->age) &&
           (query->german == CUBE_ANY || row->german == query->german) &&
           (query->employment == 0 || row->employment == query->employment) &&
           (query->fixed_term == CUBE_ANY || row->fixed_term == query->fixed_term) &&
           (query->part_time == CUBE_ANY || row->part_time == query->part_time);
}

bool cube_lines(const struct cube *cube, const struct cube_query *query, bool chosen[])
{
    unsigned have = delivery(cube, wanted(query));
    for (size_t i = 0; i < cube->row_count; i++)
        chosen[i] = have != DIM_END && dimensions(&cube->rows[i]) == have;
    return have != DIM_END;
}

struct cube_sum cube_sum(const struct inputs *inputs, const struct cube *cube, const struct cube_query *query)
{
    struct cube_sum sum = { 0 };
    unsigned have = delivery(cube, wanted(query));
    for (size_t i = 0; i < cube->row_count && have != DIM_END; i++) {
        const struct cube_row *row = &cube->rows[i];
        bool elsewhere = query->department >= 0 && unit_department(inputs, row->unit) != query->department;
        bool apart = query->contact && (row->unit < 0 || !inputs->units[row->unit].contact);
        if (dimensions(row) != have || elsewhere || apart || !selected(row, query))
            continue;
        sum.found = true;
        sum.hidden = sum.hidden || row->suppressed;
        sum.heads += row->suppressed ? 0 : row->heads;
        sum.fte += row->suppressed ? 0 : row->fte;
    }
    /* A group that does not occur has no line in the delivery: that is a count of zero, not a gap. */
    sum.found = sum.found || have != DIM_END;
    return sum;
}

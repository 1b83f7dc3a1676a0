#include "analysis/answered.h"

#include "analysis/column.h"
#include "analysis/cube.h"
#include "analysis/stat_proportion.h"

static bool among(uint32_t codes, uint8_t code)
{
    return code < ANSWERED_CODES && (codes & ANSWERED_CODE(code)) != 0;
}

static bool inside(const struct sample *sample, size_t i, enum answered_part part, size_t department)
{
    bool wanted = part == ANSWERED_ALL || (part == ANSWERED_LEADERS && sample->leader[i] == 1) ||
                  (part == ANSWERED_CONTACT && sample->contact[i] == 1);
    return wanted && (department == WEIGHTS_NONE || sample->department[i] == department);
}

struct answered_count answered_count(const struct sample *sample, const struct answered *answered, enum answered_part part,
                                     size_t department)
{
    struct answered_count count = { .range = RANGE_NONE };
    struct column column;
    struct column with;
    column_open(&column, &sample->wave->frame, answered->item);
    column_open(&with, &sample->wave->frame, answered->with == NULL ? answered->item : answered->with);
    for (size_t i = 0; i < sample->count; i++) {
        uint8_t code = column_code(&column, i);
        if (!inside(sample, i, part, department) || !among(answered->base, code) ||
            (answered->with != NULL && !among(answered->with_base, column_code(&with, i))))
            continue;
        count.base++;
        count.hits += among(answered->hits, code);
    }
    if (count.base == 0)
        return count;
    double population = part != ANSWERED_ALL          ? 0
                        : department == WEIGHTS_NONE ? sample->population
                                                     : sample_staff(sample, sample->departments[department], CUBE_ANY);
    count.range = proportion_wilson((double)count.hits / count.base, count.base, count.base,
                                    population >= count.base ? population : 0);
    return count;
}

void answered_cell(struct raw_cell *cell, const struct answered_count *count, uint32_t least)
{
    cell_answers(cell, range_times(count->range, 100), count->base, smaller(count->hits, count->base - count->hits), least);
}

static void fill_column(struct result *result, const struct sample *sample, struct raw_table *table, size_t column,
                        const struct answered *share, uint32_t least)
{
    struct answered_count rest = answered_count(sample, share, ANSWERED_ALL, WEIGHTS_NONE);
    if (rest.base == 0 || result->status != STATUS_OK)
        return;
    answered_cell(table_cell(table, 0, column), &rest, least);
    for (size_t d = 0; d < sample->department_count; d++) {
        struct answered_count count = answered_count(sample, share, ANSWERED_ALL, d);
        answered_cell(table_cell(table, 1 + d, column), &count, least);
        rest.base -= count.base;
        rest.hits -= count.hits;
    }
    table_partition(table, column, rest.base, smaller(rest.hits, rest.base - rest.hits));
}

void answered_units(struct result *result, const struct sample *sample, const char *id, const char *title,
                    const struct answered shares[], const char *const heads[], size_t count, uint32_t least)
{
    struct raw_table *table = result_table(result, id, title, sample->department_count + 1, count);
    (void)table_total(result, table);
    for (size_t d = 0; d < sample->department_count; d++)
        (void)shared_unit_row(result, table, sample, d);
    for (size_t c = 0; c < count; c++) {
        table_column(table, c, heads[c], RELEASE_PERCENT, FOLLOWS_NONE);
        fill_column(result, sample, table, c, &shares[c], least);
    }
}

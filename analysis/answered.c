#include "analysis/answered.h"

#include "analysis/column.h"
#include "analysis/cube.h"
#include "analysis/stat_proportion.h"

struct tally {
    uint32_t hits, base;
};

static bool among(uint32_t codes, uint8_t code)
{
    return code < ANSWERED_CODES && (codes >> code & 1U) != 0;
}

static struct tally tally_of(const struct sample *sample, const struct answered *answered, enum answered_part part,
                             size_t department)
{
    struct tally tally = { 0 };
    struct column column;
    struct column with;
    column_open(&column, &sample->wave->frame, answered->item);
    column_open(&with, &sample->wave->frame, answered->with == NULL ? answered->item : answered->with);
    for (size_t i = 0; i < sample->count; i++) {
        uint8_t code = column_code(&column, i);
        bool inside = part == ANSWERED_ALL || (part == ANSWERED_LEADERS && sample->leader[i] == 1) ||
                      (part == ANSWERED_CONTACT && sample->contact[i] == 1);
        if (!inside || !among(answered->base, code) || (department != WEIGHTS_NONE && sample->department[i] != department) ||
            (answered->with != NULL && !among(answered->with_base, column_code(&with, i))))
            continue;
        tally.base++;
        tally.hits += among(answered->hits, code);
    }
    return tally;
}

static void fill(struct raw_cell *cell, const struct tally *tally, double population, uint32_t least)
{
    if (tally->base == 0) {
        cell_sign(cell, SIGN_PENDING);
        return;
    }
    struct range range = proportion_wilson((double)tally->hits / tally->base, tally->base, tally->base,
                                           population >= tally->base ? population : 0);
    cell_answers(cell, range_times(range, 100), tally->base, smaller(tally->hits, tally->base - tally->hits), least);
}

void answered_cell(struct raw_cell *cell, const struct sample *sample, const struct answered *answered, enum answered_part part,
                   size_t department, uint32_t least)
{
    struct tally tally = tally_of(sample, answered, part, department);
    double population = part != ANSWERED_ALL          ? 0
                        : department == WEIGHTS_NONE ? sample->population
                                                     : shared_heads(sample, sample->departments[department], CUBE_ANY);
    fill(cell, &tally, population, least);
}

void answered_units(struct result *result, const struct sample *sample, const char *id, const char *title,
                    const struct answered shares[], const char *const heads[], size_t count, uint32_t least)
{
    struct raw_table *table = result_table(result, id, title, sample->department_count + 1, count);
    size_t total = table_total(result, table);
    for (size_t c = 0; c < count; c++) {
        table_column(table, c, heads[c], RELEASE_PERCENT, FOLLOWS_NONE);
        answered_cell(table_cell(table, total, c), sample, &shares[c], ANSWERED_ALL, WEIGHTS_NONE, least);
    }
    struct tally rest[8];
    for (size_t c = 0; c < count && c < COUNT(rest); c++)
        rest[c] = tally_of(sample, &shares[c], ANSWERED_ALL, WEIGHTS_NONE);
    for (size_t d = 0; d < sample->department_count; d++) {
        size_t row = shared_unit_row(result, table, sample, d);
        for (size_t c = 0; c < count && c < COUNT(rest); c++) {
            struct tally tally = tally_of(sample, &shares[c], ANSWERED_ALL, d);
            answered_cell(table_cell(table, row, c), sample, &shares[c], ANSWERED_ALL, d, least);
            rest[c].base -= tally.base;
            rest[c].hits -= tally.hits;
        }
    }
    for (size_t c = 0; c < count && c < COUNT(rest); c++)
        table_partition(table, c, rest[c].base, smaller(rest[c].hits, rest[c].base - rest[c].hits));
}

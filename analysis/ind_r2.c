/* R2: share without German citizenship, a full count of the personnel department. */
#include "analysis/indicator.h"
#include "analysis/shared.h"

struct count {
    double german, foreign;
    bool hidden, found;
};

static struct count count_of(const struct inputs *inputs, const struct cube *cube, int department, uint8_t band)
{
    struct cube_query query = CUBE_CITY;
    query.department = department;
    query.band = band;
    query.german = 1;
    struct cube_sum german = cube_sum(inputs, cube, &query);
    query.german = 0;
    struct cube_sum foreign = cube_sum(inputs, cube, &query);
    return (struct count){ german.heads, foreign.heads, german.hidden || foreign.hidden, foreign.found };
}

static uint32_t heads(double count)
{
    return count > 0 ? (uint32_t)count : 0;
}

static void fill(struct raw_table *table, size_t row, const struct count *count)
{
    if (!count->found)
        return;
    double all = count->german + count->foreign;
    cell_heads(table_cell(table, row, 0), all, false);
    struct raw_cell *cell = table_cell(table, row, 1);
    cell_heads(cell, count->foreign, count->hidden);
    if (cell != NULL)
        cell->outside = heads(count->german);
    cell = table_cell(table, row, 2);
    cell_heads(cell, all > 0 ? 100 * count->foreign / all : NOT_A_NUMBER, count->hidden);
    if (cell != NULL)
        cell->base = heads(all);
}

static struct raw_table *open_table(struct result *result, const char *id, const char *title, size_t rows)
{
    struct raw_table *table = result_table(result, id, title, rows, 3);
    table_column(table, 0, N_("Staff"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("Without German citizenship"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 2, N_("Share"), RELEASE_PERCENT, 1);
    return table;
}

static void close_table(struct raw_table *table, const struct count *all, double german, double foreign)
{
    table_partition(table, 0, heads(all->german + all->foreign - german - foreign), 0);
    table_partition(table, 1, heads(all->german + all->foreign - german - foreign), heads(all->foreign - foreign));
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    const struct cube *cube = &sample.wave->cube;
    struct count all = count_of(inputs, cube, -1, CUBE_ANY);
    double german = 0, foreign = 0;
    struct raw_table *table = open_table(result, "r2", N_("Staff without German citizenship by department"),
                                         sample.department_count + 1);
    fill(table, table_total(result, table), &all);
    for (size_t d = 0; d < sample.department_count; d++) {
        struct count count = count_of(inputs, cube, sample.departments[d], CUBE_ANY);
        fill(table, shared_unit_row(result, table, &sample, d), &count);
        german += count.german;
        foreign += count.foreign;
    }
    close_table(table, &all, german, foreign);

    german = foreign = 0;
    table = open_table(result, "r2.band", N_("Staff without German citizenship by pay band"), 6);
    fill(table, table_total(result, table), &all);
    for (uint8_t band = 0; band < 5; band++) {
        struct count count = count_of(inputs, cube, -1, band);
        fill(table, shared_band_row(result, table, band), &count);
        german += count.german;
        foreign += count.foreign;
    }
    close_table(table, &all, german, foreign);

    table = result_table(result, "r2.wave", N_("Share without German citizenship over the years"), inputs->wave_count,
                         1);
    table_column(table, 0, N_("Share without German citizenship"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t w = 0; w < inputs->wave_count; w++) {
        const char *name = inputs->waves[w].name;
        struct count count = count_of(inputs, &inputs->waves[w].cube, -1, CUBE_ANY);
        double people = count.german + count.foreign;
        size_t row = shared_row_format(result, table, "wave.", name, LABEL_NAME(name));
        if (!count.found || !(people > 0))
            continue;
        struct raw_cell *cell = table_cell(table, row, 0);
        cell_heads(cell, 100 * count.foreign / people, count.hidden || count.foreign < 5);
        if (cell != NULL)
            cell->base = heads(people);
    }
    return STATUS_OK;
}

const struct indicator ind_r2 = {
    .id = "r2",
    .title = N_("Share without German citizenship"),
    .definition = N_("Staff whose personnel record shows no German citizenship."),
    .misreading = N_("Understates immigration history several times over. It falls when people become German, so "
                     "a fall is not a failure."),
    .method = N_("Full count; counts rounded to 5, shares from the unrounded counts."),
    .source = N_("Personnel department"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = 20,
    .compute = compute,
};

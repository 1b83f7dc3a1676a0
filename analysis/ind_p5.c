/* P5: trainees who finished in the regular time and were taken over, by group; three years together. */
#include "analysis/counted.h"
#include "analysis/inputs.h"

enum { LEAST = 20, YEARS = 3 };

struct pool {
    uint32_t started, completed, taken_over;
};

/* group 0, 1 or 9; CUBE_ALL: everybody. */
static struct pool pool_of(const struct inputs *inputs, enum trait trait, uint8_t group)
{
    struct pool pool = { 0 };
    int last = counted_year(inputs);
    for (size_t i = 0; i < inputs->registers.cohort_count; i++) {
        const struct trainee_cohort *cohort = &inputs->registers.cohorts[i];
        if (cohort->trait != trait || cohort->year > last || cohort->year <= last - YEARS ||
            (group != CUBE_ALL && cohort->group != group))
            continue;
        pool.started += cohort->started;
        pool.completed += cohort->completed;
        pool.taken_over += cohort->taken_over;
    }
    return pool;
}

static void fill(struct raw_table *table, size_t row, const struct pool *pool)
{
    if (pool->started == 0)
        return;
    counted_people(table_cell(table, row, 0), pool->started);
    counted_rate(table_cell(table, row, 1), pool->completed, pool->started, LEAST);
    counted_rate(table_cell(table, row, 2), pool->taken_over, pool->completed, LEAST);
}

static void add(struct result *result, const struct inputs *inputs, enum trait trait, const char *id, const char *title,
                const char *const names[3])
{
    static const uint8_t groups[] = { 1, 0, 9 };
    static const char *const ids[] = { "with", "without", "unknown" };
    struct raw_table *table = result_table(result, id, title, COUNT(groups) + 1, 3);
    struct pool all = pool_of(inputs, trait, CUBE_ALL);
    table_sides(table, COUNTED_SIDES);
    table_column(table, 0, N_("Began"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("finished in time"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("of these taken over"), RELEASE_PERCENT, 0);
    fill(table, table_total(result, table), &all);
    for (size_t g = 0; g < COUNT(groups); g++) {
        struct pool pool = pool_of(inputs, trait, groups[g]);
        if (g < 2 || pool.started > 0)
            fill(table, table_row(result, table, ids[g], LABEL_KEY(names[g])), &pool);
    }
    for (size_t c = 0; c < 3; c++)
        table_partition(table, c, 0, 0);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    static const char *const history[] = { N_("with immigration history"), N_("without immigration history"), N_("not stated") };
    static const char *const passport[] = { N_("without German citizenship"), N_("with German citizenship"), N_("not stated") };
    (void)fail;
    add(result, inputs, TRAIT_SELF, "p5", N_("Trainees by immigration history, last three years"), history);
    add(result, inputs, TRAIT_CITIZENSHIP, "p5.citizenship", N_("Trainees by citizenship, last three years"), passport);
    return STATUS_OK;
}

const struct indicator ind_p5 = {
    .id = "p5",
    .title = N_("Training completion and take-over"),
    .definition = N_("Share of trainees who finished in the regular time, and share of these who were taken over, by group; three "
                     "years together."),
    .misreading = N_("Years of training differ in size: a change of one year says little."),
    .method = N_("Wilson's range, from 20 trainees a group; numbers rounded to 5."),
    .source = N_("Personnel department"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};

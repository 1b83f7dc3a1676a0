/* B2: share of external hires still employed after 24 months, by year of hiring and by citizenship. */
#include "analysis/counted.h"
#include "analysis/cube.h"
#include "analysis/stat_survival.h"

/* Only what happened before month 24 decides; whoever was seen longer counts as seen until then. */
enum { LEAST = 30, MONTHS = 24, YEARS = 3 };

struct cohort {
    struct survival_step steps[MONTHS + 1];
    uint32_t people;
};

/* first to last: years of hiring. german 0, 1, 9; CUBE_ANY: everybody. */
static struct cohort cohort_of(const struct inputs *inputs, int first, int last, uint8_t german)
{
    struct cohort cohort = { .people = 0 };
    for (size_t m = 0; m <= MONTHS; m++)
        cohort.steps[m].time = (double)m;
    for (size_t i = 0; i < inputs->registers.hire_count; i++) {
        const struct hire_fate *fate = &inputs->registers.hires[i];
        if (fate->year < first || fate->year > last || fate->months < 0 ||
            (german != CUBE_ANY && fate->german != german))
            continue;
        struct survival_step *step = &cohort.steps[fate->months < MONTHS ? fate->months : MONTHS];
        const bool left = fate->reason != FLOW_NO_REASON && fate->reason != FLOW_TERM_END;
        *(left ? &step->left : &step->censored) += fate->count;
        cohort.people += fate->count;
    }
    return cohort;
}

static void fill(struct raw_table *table, size_t row, const struct cohort *cohort)
{
    struct survival stay;
    if (cohort->people == 0)
        return;
    counted_flow(table_cell(table, row, 0), cohort->people);
    struct raw_cell *cell = table_cell(table, row, 1);
    if (survival_at(cohort->steps, COUNT(cohort->steps), MONTHS - 1, 0.95, &stay, NULL) != STATUS_OK) {
        cell_sign(cell, SIGN_UNSAFE);
        return;
    }
    const uint32_t left = (uint32_t)stay.left;
    cell_answers(cell, range_times(stay.log_log, 100), cohort->people, smaller(left, cohort->people - left), LEAST);
    if (cell != NULL)
        cell->no_base = true;
}

static struct raw_table *open_table(struct result *result, const char *id, const char *title)
{
    struct raw_table *table = result_table(result, id, title, 4, 2);
    table_column(table, 0, N_("New hires"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("still employed after 24 months"), RELEASE_PERCENT, 0);
    table_sides(table, COUNTED_FLOW);
    return table;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    static const uint8_t groups[] = { 0, 1, 9 };
    static const char *const ids[] = { "foreign", "german", "unknown" };
    static const char *const names[] = { N_("without German citizenship"), N_("with German citizenship"),
                                         N_("not stated") };
    const int last = counted_year(inputs) - MONTHS / 12;
    const int first = last - YEARS + 1;
    struct raw_table *table =
        open_table(result, "b2", N_("New hires still employed after 24 months, three years together"));
    struct cohort all = cohort_of(inputs, first, last, CUBE_ANY);
    uint32_t rest = all.people;
    (void)fail;
    fill(table, table_total(result, table), &all);
    for (size_t g = 0; g < COUNT(groups) && all.people > 0; g++) {
        struct cohort cohort = cohort_of(inputs, first, last, groups[g]);
        rest -= cohort.people;
        if (groups[g] != 9 || cohort.people > 0)
            fill(table, table_row(result, table, ids[g], LABEL_KEY(names[g])), &cohort);
    }
    for (size_t c = 0; c < 2; c++)
        table_partition(table, c, rest, 0);
    table = open_table(result, "b2.cohort", N_("New hires still employed after 24 months, by year of hiring"));
    fill(table, table_total(result, table), &all);
    for (int year = first; year <= last && all.people > 0; year++) {
        struct cohort cohort = cohort_of(inputs, year, year, CUBE_ANY);
        const char *name = arena_format(result->arena, "%d", year);
        if (cohort.people > 0 && name != NULL)
            fill(table, shared_row_format(result, table, "hired.", name, LABEL_NAME(name)), &cohort);
    }
    for (size_t c = 0; c < 2; c++)
        table_partition(table, c, 0, 0);
    return STATUS_OK;
}

const struct indicator ind_b2 = {
    .id = "b2",
    .title = N_("Retention after 24 months"),
    .definition = N_(
        "Share of external hires without trainees who are still employed after 24 months, by citizenship; three years "
        "of hiring together, the last one two years before the report."),
    .misreading =
        N_("Fixed terms that end are not counted as leaving. The personnel office does not know immigration histories: "
           "citizenship is all there is."),
    .method = N_("Kaplan and Meier's share with Greenwood's error, range by log(−log); people whose term ended or who "
                 "are not yet "
                 "24 months here count as long as they were seen. From 30 hires; ten must have left and ten stayed."),
    .source = N_("Personnel department"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};

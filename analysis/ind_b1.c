/* B1: exits on own request, per year and staff, by citizenship: the personnel office knows nothing else. */
#include <gsl/gsl_cdf.h>

#include "analysis/cube.h"
#include "analysis/movement.h"

enum { LEAST = 10 };

/* Exact range of a Poisson count over a fixed number, per cent. Source: Garwood (1936), Biometrika 28. */
static struct range rate(double events, double staff)
{
    double low = events > 0 ? gsl_cdf_chisq_Pinv(0.025, 2 * events) / 2 : 0;
    double high = gsl_cdf_chisq_Pinv(0.975, 2 * events + 2) / 2;
    return range_times((struct range){ events, low, high }, 100 / staff);
}

static void fill(struct raw_table *table, size_t row, double exits, double staff)
{
    if (!(staff > 0))
        return;
    counted_flow(table_cell(table, row, 0), (uint32_t)exits);
    counted_people(table_cell(table, row, 1), (uint32_t)(staff + 0.5));
    struct raw_cell *cell = table_cell(table, row, 2);
    cell_answers(cell, rate(exits, staff), (uint32_t)staff, (uint32_t)exits, LEAST);
    if (cell != NULL)
        cell->no_base = true;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct movement_query query = { counted_year(inputs), 1, FLOW_EXIT, FLOW_VOLUNTARY, CUBE_ALL, CUBE_ALL };
    struct raw_table *table = result_table(result, "b1", N_("Exits on own request in the reported year"), 3, 3);
    bool found = false;
    (void)fail;
    table_sides(table, COUNTED_FLOW);
    table_column(table, 0, N_("Exits"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("Staff, mean of two years"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 2, N_("per 100 staff and year"), RELEASE_PERCENT, 0);
    double all = movement_sum(inputs, &query, &found);
    size_t total = table_total(result, table);
    if (!found)
        return STATUS_OK;
    fill(table, total, all, movement_staff(inputs, CUBE_ANY));
    static const char *const names[] = { N_("without German citizenship"), N_("with German citizenship") };
    static const char *const ids[] = { "foreign", "german" };
    double rest = all;
    double rest_staff = movement_staff(inputs, CUBE_ANY);
    for (uint8_t german = 0; german < 2; german++) {
        query.german = german;
        double exits = movement_sum(inputs, &query, NULL);
        rest -= exits;
        rest_staff -= movement_staff(inputs, german);
        fill(table, table_row(result, table, ids[german], LABEL_KEY(names[german])), exits, movement_staff(inputs, german));
    }
    const uint32_t left = (uint32_t)fmax(0, rest);
    const uint32_t others = (uint32_t)fmax(0, rest_staff + 0.5);
    table_partition(table, 0, left, 0);
    table_partition(table, 1, others, 0);
    table_partition(table, 2, others, left);
    return STATUS_OK;
}

const struct indicator ind_b1 = {
    .id = "b1",
    .title = N_("Voluntary exit rate"),
    .definition = N_("Exits on own request in the reported year per 100 staff (mean of two reference days), by citizenship."),
    .misreading = N_("The personnel office does not know immigration histories: citizenship is all there is. Retirements and fixed "
                     "terms that ended are not counted."),
    .method = N_("Exact Poisson range (Garwood), from ten exits; numbers rounded to 5."),
    .source = N_("Personnel department"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};

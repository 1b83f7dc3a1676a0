/* S6: work at the counters for each full-time post: contacts times minutes over the full-time posts of units with
 * client contact. */
#include "analysis/cube.h"
#include "analysis/need.h"
#include "analysis/stat_rank.h"

struct load_of_unit {
    struct load all;
    double needs; /* hours of contacts with a language need */
    double posts; /* full-time posts */
    bool posts_found, few;
};

static struct load_of_unit load_of(const struct needs *needs, size_t department, const char *const tongues[], size_t count)
{
    const struct sample *sample = needs->sample;
    struct cube_query query = CUBE_CITY;
    query.department = sample->departments[department];
    query.contact = true;
    struct cube_sum staff = cube_sum(sample->inputs, &sample->wave->cube, &query);
    struct load_of_unit load = { .all = need_load(needs, (int)department, "*"),
                                 .posts = staff.fte,
                                 .posts_found = staff.found && !staff.hidden && staff.fte > 0,
                                 .few = staff.heads < NEED_PEOPLE_LEAST };
    for (size_t t = 0; t < count; t++)
        load.needs += need_load(needs, (int)department, tongues[t]).hours;
    return load;
}

/* Enough posts and weeks to be told. */
static bool reliable(const struct load_of_unit *load)
{
    return load->posts_found && !load->few && load->all.weeks >= NEED_WEEKS_LEAST;
}

static void sign_row(struct raw_table *table, size_t row, enum release_sign sign)
{
    for (size_t c = 0; c < 4; c++)
        cell_sign(table_cell(table, row, c), sign);
}

static void fill(struct raw_table *table, size_t row, const struct load_of_unit *load, double median)
{
    if (!load->posts_found)
        return;
    if (!reliable(load)) {
        sign_row(table, row, load->few ? SIGN_SECRET : SIGN_UNSAFE);
        return;
    }
    cell_open(table_cell(table, row, 0), load->all.contacts / load->posts);
    if (isnan(load->all.hours))
        return;
    struct raw_cell *cell = table_cell(table, row, 1);
    cell_open(cell, load->all.hours / load->posts);
    if (cell != NULL) {
        cell->ranged = true;
        cell->low = load->all.low / load->posts;
        cell->high = load->all.high / load->posts;
    }
    if (!isnan(load->needs) && load->all.hours > 0)
        cell_open(table_cell(table, row, 2), 100 * fmin(1, load->needs / load->all.hours));
    if (median > 0)
        cell_open(table_cell(table, row, 3), load->all.hours / load->posts / median);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    const char *tongues[NEED_TONGUES];
    struct sample sample;
    struct needs needs;
    enum status status = needs_open(result, &sample, &needs, fail);
    if (status != STATUS_OK)
        return status;
    (void)inputs;
    size_t count = need_tongues(&needs, tongues, NEED_TONGUES);
    struct load_of_unit *loads = ARENA_NEW(result->arena, struct load_of_unit, sample.department_count + 1);
    double *hours = ARENA_NEW(result->arena, double, sample.department_count + 1);
    if (loads == NULL || hours == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    size_t known = 0;
    for (size_t d = 0; d < sample.department_count; d++) {
        loads[d] = load_of(&needs, d, tongues, count);
        const struct load_of_unit *load = &loads[d];
        if (load->all.found && reliable(load) && !isnan(load->all.hours))
            hours[known++] = load->all.hours / load->posts;
    }
    double median = known == 0 ? NOT_A_NUMBER : median_take(hours, known);
    struct raw_table *table = result_table(result, "s6", N_("Work at the counters for each full-time post, a week"),
                                           sample.department_count + 1, 4);
    table_column(table, 0, N_("Contacts"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("Hours"), RELEASE_INDEX, FOLLOWS_NONE);
    table_column(table, 2, N_("of these with a language need"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 3, N_("times the median"), RELEASE_RATIO, FOLLOWS_NONE);
    size_t row = table_row(result, table, "median", LABEL_KEY(N_("Median of the departments")));
    if (known > 0)
        cell_open(table_cell(table, row, 1), median);
    for (size_t c = 0; c < 4; c++)
        if (c != 1)
            cell_sign(table_cell(table, row, c), SIGN_VOID);
    for (size_t d = 0; d < sample.department_count; d++)
        if (loads[d].all.found)
            fill(table, shared_unit_row(result, table, &sample, d), &loads[d], median);
    return STATUS_OK;
}

const struct indicator ind_s6 = {
    .id = "s6",
    .title = N_("Load for each full-time post"),
    .definition = N_("Contacts and hours of contact a week, divided by the full-time posts of units with client "
                     "contact; beside the median "
                     "of the departments."),
    .misreading = N_("It shows where heads alone hide work. It is not a calculation of staffing requirements: work "
                     "without clients is "
                     "not in it."),
    .method = N_("Contacts times mean minutes from the count weeks; the range goes from the least to the most busy "
                 "period. From two "
                 "counted weeks."),
    .source = N_("Count weeks of the departments; personnel department"),
    .unit = RELEASE_RATIO,
    .lowest = 0,
    .highest = 100,
    .answers_min = 10,
    .compute = compute,
};

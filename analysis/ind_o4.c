/* O4: networks: partners outside, and departments that work with them, in the reported year. */
#include <string.h>

#include "analysis/counted.h"
#include "analysis/inputs.h"

enum { ACTIVE = 2 /* activities in a year that make a tie */ };

static bool counts(const struct outreach *outreach, int year)
{
    return outreach->day / 10000 == year && outreach->partner[0] != '\0';
}

/* Activities with the partner of row i; 0 when an earlier row names the same partner. */
static size_t activities(const struct registers *registers, int year, size_t i)
{
    size_t found = 0;
    for (size_t k = 0; k < registers->outreach_count; k++) {
        if (!counts(&registers->outreaches[k], year) ||
            strcmp(registers->outreaches[k].partner, registers->outreaches[i].partner) != 0)
            continue;
        if (k < i)
            return 0;
        found++;
    }
    return found;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    const struct registers *registers = &inputs->registers;
    int year = counted_year(inputs);
    double all = 0;
    double partners = 0;
    double ties = 0;
    double departments = 0;
    for (size_t i = 0; i < registers->outreach_count; i++) {
        size_t found = counts(&registers->outreaches[i], year) ? activities(registers, year, i) : 0;
        all += counts(&registers->outreaches[i], year);
        partners += found > 0;
        ties += found >= ACTIVE;
    }
    for (size_t d = 0; d < sample.department_count; d++)
        for (size_t i = 0; i < registers->outreach_count; i++)
            if (counts(&registers->outreaches[i], year) &&
                counted_department(&sample, registers->outreaches[i].unit) == (int)d) {
                departments++;
                break;
            }
    const struct {
        const char *id, *name;
        double number;
    } rows[] = {
        { "activities", N_("Activities with partners"), all },
        { "partners", N_("Kinds of partners"), partners },
        { "ties", N_("of these with at least two activities"), ties },
        { "departments", N_("Departments with activities of their own"), departments },
        { "all", N_("Departments of the city"), (double)sample.department_count },
    };
    struct raw_table *table = result_table(result, "o4", N_("Networks in the reported year"), COUNT(rows), 1);
    table_column(table, 0, N_("Number"), RELEASE_COUNT, FOLLOWS_NONE);
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t row = table_row(result, table, rows[i].id, LABEL_KEY(rows[i].name));
        if (registers->outreach_count > 0)
            cell_open(table_cell(table, row, 0), rows[i].number);
    }
    return STATUS_OK;
}

const struct indicator ind_o4 = {
    .id = "o4",
    .title = N_("Internal and external networks"),
    .definition = N_("Activities with outside partners in the reported year, partners with at least two of them, and departments "
                     "that held one themselves."),
    .misreading = N_("Activity is counted, not signatures. More activities do not show that somebody was reached."),
    .method = N_("Register of activities, no sample."),
    .source = N_("Register of outreach"),
    .unit = RELEASE_COUNT,
    .lowest = 0,
    .highest = 1e6,
    .answers_min = 10,
    .compute = compute,
};

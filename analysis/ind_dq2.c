/* DQ2: how evenly the staff answered, by department, pay band, sex and age: the R-indicator. */
#include "analysis/cube.h"
#include "analysis/indicator.h"
#include "analysis/shared.h"
#include "analysis/stat_response.h"

enum { LEAST = 200, LEVEL_LEAST = 10 };
enum { BANDS = 5, SEXES = 3, AGES = 5, FACTORS = 4 };

/* HR delivers all four traits together, or at least department and band. */
static const size_t sizes[FACTORS] = { 0, BANDS, SEXES, AGES }; /* departments: as many as there are */

struct staff {
    const struct sample *sample;
    size_t factor_count;
    struct response_cells cells;
};

/* Position of the cell of these traits; SIZE_MAX when one is unknown. sex: 0 w, 1 m, 2 other; age from 0. */
static size_t place(const struct staff *staff, size_t department, size_t band, size_t sex, size_t age)
{
    const size_t levels[FACTORS] = { department, band, sex, age };
    size_t at = 0;
    for (size_t f = 0; f < staff->factor_count; f++) {
        if (levels[f] >= staff->cells.level_count[f])
            return SIZE_MAX;
        at = at * staff->cells.level_count[f] + levels[f];
    }
    return at;
}

static size_t sex_level(char sex)
{
    return sex == 'w' ? 0 : sex == 'm' ? 1 : sex == 'd' || sex == 'x' ? 2 : SIZE_MAX;
}

static void count_staff(struct staff *staff, const bool chosen[], const uint16_t *department_of)
{
    const struct cube *cube = &staff->sample->wave->cube;
    for (size_t i = 0; i < cube->row_count; i++) {
        const struct cube_row *row = &cube->rows[i];
        const int unit = chosen[i] && !row->suppressed ? unit_department(staff->sample->inputs, row->unit) : -1;
        const size_t at =
            unit < 0 ? SIZE_MAX : place(staff, department_of[unit], row->band, sex_level(row->sex), row->age - 1U);
        if (at != SIZE_MAX)
            staff->cells.cells[at].people += row->heads;
    }
}

/* Answers with all traits known; whoever answered beyond the staff of a cell named another trait than HR knows. */
static uint32_t count_answers(struct staff *staff)
{
    const struct sample *sample = staff->sample;
    uint32_t placed = 0;
    for (size_t i = 0; i < sample->count; i++) {
        const size_t at =
            place(staff, sample->department[i], sample->band[i], sample->sex[i] - 1U, sample->age[i] - 1U);
        if (at == SIZE_MAX || staff->cells.cells[at].answered == staff->cells.cells[at].people)
            continue;
        staff->cells.cells[at].answered++;
        placed++;
    }
    return placed;
}

/* Cells without people are left out. found: HR delivered the traits together. */
static enum status fill_cells(struct arena *arena, struct staff *staff, bool *found, uint32_t *placed,
                              struct fail *fail)
{
    const struct sample *sample = staff->sample;
    struct cube_query two = CUBE_CITY;
    two.department = 0;
    two.band = 0;
    struct cube_query all = two;
    all.sex = 'w';
    all.age = 1;
    bool *chosen = ARENA_NEW(arena, bool, sample->wave->cube.row_count + 1);
    uint16_t *department_of = ARENA_NEW(arena, uint16_t, sample->inputs->unit_count + 1);
    if (chosen == NULL || department_of == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    const bool together = cube_lines(&sample->wave->cube, &all, chosen);
    *found = sample->department_count > 0 && (together || cube_lines(&sample->wave->cube, &two, chosen));
    staff->factor_count = staff->cells.factor_count = together ? FACTORS : 2;
    size_t room = 1;
    for (size_t f = 0; f < staff->factor_count; f++) {
        staff->cells.level_count[f] = f == 0 ? sample->department_count : sizes[f];
        room *= staff->cells.level_count[f];
    }
    staff->cells.cells = ARENA_NEW(arena, struct response_cell, room + 1);
    if (staff->cells.cells == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t u = 0; u < sample->inputs->unit_count; u++)
        department_of[u] = WEIGHTS_NONE;
    for (size_t d = 0; d < sample->department_count; d++)
        department_of[sample->departments[d]] = (uint16_t)d;
    count_staff(staff, chosen, department_of);
    *placed = count_answers(staff);
    for (size_t i = 0; i < room; i++) {
        struct response_cell cell = staff->cells.cells[i];
        size_t rest = i;
        for (size_t f = staff->factor_count; f-- > 0; rest /= staff->cells.level_count[f])
            cell.level[f] = (uint16_t)(rest % staff->cells.level_count[f]);
        if (cell.people > 0)
            staff->cells.cells[staff->cells.count++] = cell;
    }
    return STATUS_OK;
}

static void parts(struct raw_table *table, struct result *result, const struct staff *staff,
                  const struct response *response, uint32_t placed)
{
    static const char *const ids[FACTORS] = { "unit", "band", "sex", "age" };
    static const char *const names[FACTORS] = { N_("Department"), N_("Pay band"), N_("Sex"), N_("Age") };
    for (size_t f = 0; f < staff->factor_count; f++) {
        struct raw_cell *cell = table_cell(table, table_row(result, table, ids[f], LABEL_KEY(names[f])), 0);
        if (response == NULL || staff->cells.level_count[f] < 2)
            cell_sign(cell, SIGN_UNSAFE);
        else
            cell_answers_value(cell, 100 * response->part[f], placed, OUTSIDE_NONE, LEAST);
    }
}

static enum status fill(struct result *result, const struct sample *sample, struct raw_table *table,
                        struct raw_table *by, size_t total, struct fail *fail)
{
    struct staff staff = { .sample = sample };
    struct response response;
    bool found = false;
    uint32_t placed = 0;
    enum status status = fill_cells(result->arena, &staff, &found, &placed, fail);
    if (status != STATUS_OK || !found || sample->count == 0)
        return status;
    const uint32_t all = (uint32_t)sample->count;
    cell_answers_value(table_cell(table, total, 1), 100.0 * placed / all, all, smaller(placed, all - placed), 0);
    status = response_join(result->arena, &staff.cells, LEVEL_LEAST, fail);
    if (status != STATUS_OK)
        return status;
    status = response_fit(result->arena, &staff.cells, result->inputs->seed, &response, NULL);
    if (status == STATUS_MEMORY)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    parts(by, result, &staff, status == STATUS_OK ? &response : NULL, placed);
    if (status == STATUS_OK)
        cell_answers(table_cell(table, total, 0), response.indicator, placed, OUTSIDE_NONE, LEAST);
    else
        cell_sign(table_cell(table, total, 0), SIGN_UNSAFE); /* too few on one side, or nothing to tell apart */
    return STATUS_OK;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    (void)inputs;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    struct raw_table *table = result_table(result, "dq2", N_("How evenly the staff answered"), 1, 2);
    table_column(table, 0, N_("R-indicator (1 = all equally often)"), RELEASE_INDEX, FOLLOWS_NONE);
    table_column(table, 1, N_("Answers that tell all traits"), RELEASE_PERCENT, FOLLOWS_NONE);
    size_t total = table_total(result, table);
    struct raw_table *by =
        result_table(result, "dq2.part", N_("How far response rates lie apart, by trait"), FACTORS, 1);
    table_column(by, 0, N_("Standard deviation in points"), RELEASE_SCORE, FOLLOWS_NONE);
    return fill(result, &sample, table, by, total, fail);
}

const struct indicator ind_dq2 = {
    .id = "dq2",
    .title = N_("Representativity of the response"),
    .definition = N_(
        "One minus twice the standard deviation of the chances to answer, by department, pay band, sex and age: 1 when "
        "all groups answered equally often."),
    .misreading = N_(
        "A high value says nothing about origin: whether people with immigration history answered as often as others, "
        "only the anchor check and the sensitivity band show."),
    .method = N_("Logistic model of the response on the counts of the personnel department, without what chance alone "
                 "adds; range from "
                 "500 seeded bootstrap samples; groups with fewer than ten on a side are joined; from 200 answers."),
    .source = N_("Survey and personnel department; Schouten, Cobben and Bethlehem (2009), Survey Methodology 35"),
    .unit = RELEASE_INDEX,
    .lowest = 0,
    .highest = 1,
    .answers_min = LEAST,
    .compute = compute,
};

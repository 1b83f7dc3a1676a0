/* DQ1: response by department, answers against HR's margins, item non-response. */
#include "analysis/indicator.h"
#include "analysis/shared.h"
#include "forms/qtype.h"

enum { RATE_STAFF_LEAST = 10, HEADS_LEAST = 5 };

static double invited(const struct sample *sample, int department)
{
    double sum = 0;
    for (size_t i = 0; i < sample->wave->participation_count; i++) {
        const struct participation *line = &sample->wave->participation[i];
        if (department < 0 || unit_department(sample->inputs, line->unit) == department)
            sum += line->invited;
    }
    return sum > 0 ? sum : sample_staff(sample, department, CUBE_ANY);
}

/* Departments: nearest 5, ends capped: whoever took part stays unknown even where nearly all or nearly nobody did. */
static void rate_cell(struct raw_cell *cell, double answers, double people, bool coarse)
{
    double rate = people > 0 ? fmin(100, 100 * answers / people) : NOT_A_NUMBER;
    cell_answers_value(cell, rate, (uint32_t)answers, OUTSIDE_NONE, 0);
    if (cell != NULL)
        cell->of = (uint32_t)people;
    if (cell == NULL || !coarse)
        return;
    cell->secret = people < RATE_STAFF_LEAST;
    cell->no_base = true;
    cell->cap = rate >= 95 ? CAP_AT_LEAST : rate < 10 ? CAP_BELOW : CAP_NONE;
    cell->value = rate >= 95 ? 95 : rate < 10 ? 10 : round(rate / 5) * 5;
}

static void by_department(struct result *result, const struct sample *sample)
{
    struct raw_table *table =
        result_table(result, "dq1.unit", N_("Response by department"), sample->department_count + 1, 3);
    table_column(table, 0, N_("Staff"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("Answers"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 2, N_("Response rate"), RELEASE_PERCENT, 1);
    double staff = sample_staff(sample, -1, CUBE_ANY), listed = 0;
    uint32_t answered = 0;
    size_t total = table_total(result, table);
    for (size_t d = 0; d < sample->department_count; d++) {
        uint32_t count = 0;
        struct cube_query query = CUBE_CITY;
        query.department = sample->departments[d];
        struct cube_sum heads = cube_sum(sample->inputs, &sample->wave->cube, &query);
        for (size_t i = 0; i < sample->count; i++)
            count += sample->department[i] == d;
        size_t row = shared_unit_row(result, table, sample, d);
        cell_heads(table_cell(table, row, 0), heads.heads, heads.hidden);
        if (!(heads.heads > 0)) /* HR delivers this unit under another name */
            cell_sign(table_cell(table, row, 0), SIGN_PENDING);
        cell_answers_value(table_cell(table, row, 1), count, count, OUTSIDE_NONE, 0);
        rate_cell(table_cell(table, row, 2), count, invited(sample, query.department), true);
        listed += heads.heads;
        answered += count;
    }
    cell_heads(table_cell(table, total, 0), staff, false);
    cell_answers_value(table_cell(table, total, 1), (double)sample->count, (uint32_t)sample->count, OUTSIDE_NONE, 0);
    rate_cell(table_cell(table, total, 2), (double)sample->count, invited(sample, -1), false);
    table_partition(table, 0, staff > listed ? (uint32_t)(staff - listed) : 0, 0);
    table_partition(table, 1, (uint32_t)sample->count - answered, 0);
    if (table != NULL)
        table->columns[1].ballots = true;
}

struct class_row {
    const char *id, *name;
    struct cube_query query;
    uint8_t code;
};

static void against_hr(struct result *result, const struct sample *sample, const char *id, const char *title,
                       const uint8_t codes[], const struct class_row classes[], size_t count)
{
    struct raw_table *table = result_table(result, id, title, count, 3);
    table_column(table, 0, N_("Staff"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 1, N_("Answers"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 2, N_("Difference in points"), RELEASE_POINTS, 1);
    double heads[8] = { 0 }, staff = 0;
    uint32_t answers[8] = { 0 }, known = 0;
    bool few = false; /* one to four heads in a class: shares of the others would give them away */
    for (size_t k = 0; k < count; k++) {
        heads[k] = cube_sum(sample->inputs, &sample->wave->cube, &classes[k].query).heads;
        staff += heads[k];
        few = few || (heads[k] > 0 && heads[k] < HEADS_LEAST);
        for (size_t i = 0; i < sample->count; i++)
            answers[k] += codes[i] == classes[k].code;
        known += answers[k];
    }
    for (size_t k = 0; k < count; k++) {
        size_t row = table_row(result, table, classes[k].id, LABEL_KEY(classes[k].name));
        double of_staff = 100 * heads[k] / staff, of_answers = 100.0 * answers[k] / known;
        if (staff > 0)
            cell_open(table_cell(table, row, 0), round(of_staff * 10) / 10);
        cell_answers_value(table_cell(table, row, 1), of_answers, answers[k], OUTSIDE_NONE, 0);
        if (staff > 0)
            cell_answers_value(table_cell(table, row, 2), of_answers - of_staff, answers[k], OUTSIDE_NONE, 0);
        for (size_t c = 1; table != NULL && c < 3; c++)
            table_cell(table, row, c)->of = known;
        for (size_t c = 0; few && c < 3; c += 2)
            cell_sign(table_cell(table, row, c), SIGN_SECRET);
    }
    table_partition(table, 1, (uint32_t)sample->count - known, 0);
    if (table != NULL)
        table->columns[1].ballots = true;
}

static void margins(struct result *result, const struct sample *sample)
{
    static const char *const band_ids[] = { "band.0", "band.1", "band.2", "band.3", "band.4" };
    static const char *const age_ids[] = { "age.1", "age.2", "age.3", "age.4", "age.5" };
    struct class_row bands[5], ages[5], sexes[2];
    for (uint8_t k = 0; k < 5; k++) {
        bands[k] = (struct class_row){ band_ids[k], band_names[k], CUBE_CITY, k };
        bands[k].query.band = k;
        ages[k] = (struct class_row){ age_ids[k], age_names[k], CUBE_CITY, (uint8_t)(k + 1) };
        ages[k].query.age = (uint8_t)(k + 1);
    }
    sexes[0] = (struct class_row){ "sex.w", N_("Women"), CUBE_CITY, 1 };
    sexes[0].query.sex = 'w';
    sexes[1] = (struct class_row){ "sex.m", N_("Men"), CUBE_CITY, 2 };
    sexes[1].query.sex = 'm';
    against_hr(result, sample, "dq1.band", N_("Answers and staff by pay band"), sample->band, bands, 5);
    against_hr(result, sample, "dq1.age", N_("Answers and staff by age"), sample->age, ages, 5);
    against_hr(result, sample, "dq1.sex", N_("Answers and staff by sex"), sample->sex, sexes, 2);
}

/* What weighting costs: answers that weigh unequally tell as much as fewer equal ones. */
static void weights(struct result *result, const struct sample *sample)
{
    const struct weights *found = &sample->weights;
    uint32_t all = (uint32_t)sample->count;
    double largest = 0;
    for (size_t i = 0; i < sample->count; i++)
        largest = fmax(largest, found->weight[i]);
    struct raw_table *table = result_table(result, "dq1.weights", N_("What the weighting does"), 1, 4);
    table_column(table, 0, N_("Answers"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("Effective answers"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 2, N_("Design effect"), RELEASE_RATIO, FOLLOWS_NONE);
    table_column(table, 3, N_("Largest weight"), RELEASE_RATIO, FOLLOWS_NONE);
    size_t total = table_total(result, table);
    struct raw_table *by =
        result_table(result, "dq1.margins", N_("What the answers are weighted to"), SAMPLE_MARGINS, 2);
    table_column(by, 0, N_("Groups of the staff"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(by, 1, N_("Joined: fewer than five answered"), RELEASE_COUNT, FOLLOWS_NONE);
    if (sample->margin_count == 0)
        return;
    cell_answers_value(table_cell(table, total, 0), all, all, OUTSIDE_NONE, 0);
    cell_answers_value(table_cell(table, total, 1), found->effective, all, OUTSIDE_NONE, 0);
    cell_answers_value(table_cell(table, total, 2), all / found->effective, all, OUTSIDE_NONE, 0);
    cell_answers_value(table_cell(table, total, 3), largest, all, OUTSIDE_NONE, 0);
    for (size_t m = 0; m < sample->margin_count; m++) {
        const struct sample_margin *margin = &sample->margins[m];
        size_t row = table_row(result, by, margin->id, LABEL_KEY(margin->name));
        cell_answers_value(table_cell(by, row, 0), (double)margin->groups, all, OUTSIDE_NONE, 0);
        cell_answers_value(table_cell(by, row, 1), (double)margin->joined, all, OUTSIDE_NONE, 0);
    }
}

static bool seen_by_all(const struct form *form, const struct item *item)
{
    bool choice = item->type == NULL || item->type->kind == QTYPE_CHOICE;
    bool rotated = item->page < form->page_count && form->pages[item->page].rotate > 0;
    return choice && !item->detached && !item->off && item->show_if == NULL && !rotated && item->option_count > 0;
}

static void by_item(struct result *result, const struct sample *sample)
{
    const struct form *form = sample->wave->form;
    struct raw_table *table = result_table(result, "dq1.items", N_("Questions left out"), form->item_count, 2);
    table_column(table, 0, N_("not answered"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 1, N_("prefer not to say or cannot judge"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t k = 0; k < form->item_count; k++) {
        const struct item *item = &form->items[k];
        if (!seen_by_all(form, item))
            continue;
        struct column column;
        column_open(&column, &sample->wave->frame, item->id);
        uint32_t left = 0, refused = 0, all = (uint32_t)sample->count;
        for (size_t i = 0; i < sample->count; i++) {
            uint8_t code = column_raw(&column, i);
            left += code == COLUMN_MISSING;
            refused += code == COLUMN_REFUSED;
        }
        size_t row = shared_row_format(result, table, "item.", item->id, LABEL_TEXT(&item->label));
        double share = all > 0 ? 100.0 / all : NOT_A_NUMBER;
        cell_answers_value(table_cell(table, row, 0), left * share, all, smaller(left, all - left), 0);
        cell_answers_value(table_cell(table, row, 1), refused * share, all, smaller(refused, all - refused), 0);
        if (!column.can_refuse)
            cell_sign(table_cell(table, row, 1), SIGN_VOID);
    }
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    (void)inputs;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    by_department(result, &sample);
    margins(result, &sample);
    weights(result, &sample);
    by_item(result, &sample);
    return STATUS_OK;
}

const struct indicator ind_dq1 = {
    .id = "dq1",
    .title = N_("Response and questions left out"),
    .definition = N_("Answers per invited employee, the mix of the answers beside the mix of the staff, and how "
                     "often each question was left out."),
    .misreading = N_("A low rate in a department says nothing about its quality: departments are not ranked by "
                     "response."),
    .method = N_("Counts. Rates of departments are rounded to 5 and not given below 10 % or from 95 %."),
    .source = N_("Own counts; staff from the personnel department"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = 10,
    .compute = compute,
};

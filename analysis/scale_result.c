/* Scale tables. A score is a group figure: nothing here leaves this layer for a single person. */
#include "analysis/scale_result.h"

#include <string.h>

#include <gsl/gsl_sort_double.h>

#include "analysis/stat_diff.h"
#include "analysis/stat_mean.h"

enum { LEAST = 10, STEPS = 5 };
static const double relevant = 5; /* points of the 0–100 scale, DOMAIN 4.3 */

enum status scale_scores(struct arena *arena, const struct frame *frame, const void *of, double **scores,
                         struct fail *fail)
{
    const struct scale *scale = form_scale(frame->form, of);
    double *made = ARENA_NEW(arena, double, frame->row_count + 1);
    uint8_t *answered = ARENA_NEW(arena, uint8_t, frame->row_count + 1);
    if (made == NULL || answered == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t k = 0; scale != NULL && k < scale->item_count; k++) {
        struct column column;
        column_open(&column, frame, frame->form->items[scale->items[k]].id);
        for (size_t i = 0; i < frame->row_count; i++) {
            uint8_t code = column_code(&column, i);
            if (code < 1 || code > STEPS)
                continue;
            made[i] += scale->reversed[k] ? 6 - code : code;
            answered[i]++;
        }
    }
    for (size_t i = 0; i < frame->row_count; i++) {
        bool enough = scale != NULL && answered[i] > 0 && answered[i] >= scale->answered_min;
        made[i] = enough ? (made[i] / answered[i] - 1) * 25 : NOT_A_NUMBER;
    }
    *scores = made;
    return STATUS_OK;
}

/* Length of the longest run of equal scores; sorted. */
static size_t longest_run(const double values[], size_t n)
{
    size_t longest = 0, run = 0;
    for (size_t i = 0; i < n; i++) {
        run = i > 0 && values[i] - values[i - 1] < 1e-9 ? run + 1 : 1;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static enum status mean_of(struct arena *arena, const struct sample *sample, const double scores[],
                           const uint8_t group[], uint8_t kept, size_t department, double population,
                           struct scored *scored, struct fail *fail)
{
    size_t n = 0;
    double *values = ARENA_NEW(arena, double, sample->count + 1);
    if (values == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < sample->count; i++)
        if (!isnan(scores[i]) && (group == NULL || group[i] == kept) &&
            (department == WEIGHTS_NONE || sample->department[i] == department))
            values[n++] = scores[i];
    if (!(population >= (double)n) && sample->count > 0)
        population = sample->population * (double)n / (double)sample->count;
    *scored = (struct scored){ .range = mean_range(values, n, population), .base = (uint32_t)n };
    gsl_sort(values, 1, n);
    scored->outside = (uint32_t)(n - longest_run(values, n));
    scored->range.low = fmax(0, scored->range.low);
    scored->range.high = fmin(100, scored->range.high);
    if (n < 2)
        scored->range = RANGE_NONE;
    return STATUS_OK;
}

enum status scale_mean(struct arena *arena, const struct sample *sample, const double scores[], const uint8_t group[],
                       uint8_t kept, double population, struct scored *scored, struct fail *fail)
{
    return mean_of(arena, sample, scores, group, kept, WEIGHTS_NONE, population > 0 ? population : NOT_A_NUMBER,
                   scored, fail);
}

void score_cell(struct raw_cell *cell, const struct scored *scored, uint32_t answers_min)
{
    cell_answers(cell, scored->range, scored->base, scored->outside, answers_min);
}

enum status scale_two_groups(struct result *result, const struct sample *sample, const double scores[],
                             const uint8_t group[], const struct two_groups *names, uint32_t answers_min,
                             struct scored both[2], struct raw_table **made, struct fail *fail)
{
    struct scored all;
    struct raw_table *table = result_table(result, names->table, names->title, 3, 1);
    table_column(table, 0, N_("Score"), RELEASE_SCORE, FOLLOWS_NONE);
    *made = table;
    enum status status = scale_mean(result->arena, sample, scores, NULL, 0, sample->population, &all, fail);
    if (status == STATUS_OK)
        status = scale_mean(result->arena, sample, scores, group, 1, 0, &both[1], fail);
    if (status == STATUS_OK)
        status = scale_mean(result->arena, sample, scores, group, 0, 0, &both[0], fail);
    if (status != STATUS_OK)
        return status;
    score_cell(table_cell(table, table_total(result, table), 0), &all, LEAST);
    score_cell(table_cell(table, table_row(result, table, names->id_one, LABEL_KEY(names->name_one)), 0), &both[1],
               answers_min);
    score_cell(table_cell(table, table_row(result, table, names->id_zero, LABEL_KEY(names->name_zero)), 0), &both[0],
               answers_min);
    uint32_t listed = both[0].base + both[1].base, outside = both[0].outside + both[1].outside;
    table_partition(table, 0, all.base - listed, all.outside > outside ? all.outside - outside : 0);
    return STATUS_OK;
}

static enum status by_department(struct result *result, const struct sample *sample, const char *id,
                                 const double scores[], struct fail *fail)
{
    struct scored all;
    struct raw_table *table = result_table(result, id, N_("Score by department"), sample->department_count + 1, 1);
    table_column(table, 0, N_("Score"), RELEASE_SCORE, FOLLOWS_NONE);
    enum status status = scale_mean(result->arena, sample, scores, NULL, 0, sample->population, &all, fail);
    if (status != STATUS_OK)
        return status;
    score_cell(table_cell(table, table_total(result, table), 0), &all, LEAST);
    uint32_t base = 0, outside = 0;
    for (size_t d = 0; d < sample->department_count && status == STATUS_OK; d++) {
        struct scored scored;
        double heads = sample_staff(sample, sample->departments[d], CUBE_ANY);
        status = mean_of(result->arena, sample, scores, NULL, 0, d, heads > 0 ? heads : NOT_A_NUMBER, &scored, fail);
        if (status != STATUS_OK)
            break;
        score_cell(table_cell(table, shared_unit_row(result, table, sample, d), 0), &scored, LEAST);
        base += scored.base;
        outside += scored.outside;
    }
    table_partition(table, 0, all.base - base, all.outside > outside ? all.outside - outside : 0);
    return status;
}

/* Distribution of one item; returns its share of positive answers in percent (NaN without answers). */
static double item_row(struct result *result, struct raw_table *table, const struct sample *sample,
                       const struct item *item, bool reversed, uint32_t *least)
{
    struct column column;
    uint32_t steps[STEPS + 1] = { 0 }, rated = 0, refused = 0, mode = 0;
    column_open(&column, &sample->wave->frame, item->id);
    for (size_t i = 0; i < sample->count; i++) {
        uint8_t code = column_raw(&column, i);
        refused += code == COLUMN_REFUSED;
        if (code < 1 || code > STEPS)
            continue;
        rated++;
        steps[code]++;
    }
    for (size_t k = 1; k <= STEPS; k++)
        mode = steps[k] > mode ? steps[k] : mode;
    size_t row = shared_row_format(result, table, "item.", item->id, LABEL_TEXT(&item->label));
    double unit = rated > 0 ? 100.0 / rated : NOT_A_NUMBER;
    for (size_t k = 1; k <= STEPS; k++)
        cell_answers_value(table_cell(table, row, k - 1), steps[k] * unit, rated, rated - mode, LEAST);
    double positive = (reversed ? steps[1] + steps[2] : steps[4] + steps[5]) * unit;
    cell_answers_value(table_cell(table, row, 5), positive, rated, rated - mode, LEAST);
    double cannot = refused + rated > 0 ? 100.0 * refused / (refused + rated) : NOT_A_NUMBER;
    cell_answers_value(table_cell(table, row, 6), cannot, refused + rated, smaller(refused, rated), LEAST);
    if (!column.can_refuse)
        cell_sign(table_cell(table, row, 6), SIGN_VOID);
    *least = rated < *least ? rated : *least;
    return positive;
}

static void total_and_items(struct result *result, const struct sample *sample, const char *id, const char *items_id,
                            const struct scale *scale, const struct scored *all)
{
    static const char *const steps[STEPS] = { N_("Step 1"), N_("Step 2"), N_("Step 3"), N_("Step 4"), N_("Step 5") };
    struct raw_table *head = result_table(result, id, N_("Score"), 1, 2);
    table_column(head, 0, N_("Score"), RELEASE_SCORE, FOLLOWS_NONE);
    table_column(head, 1, N_("Positive"), RELEASE_PERCENT, 0);
    size_t row = table_total(result, head);
    size_t count = scale == NULL ? 0 : scale->item_count;
    struct raw_table *table = result_table(result, items_id, N_("Answers to the single statements"), count, 7);
    for (size_t k = 0; k < STEPS; k++)
        table_column(table, k, steps[k], RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 5, N_("Positive"), RELEASE_PERCENT, FOLLOWS_NONE);
    table_column(table, 6, N_("Cannot judge"), RELEASE_PERCENT, FOLLOWS_NONE);
    double positive = 0;
    uint32_t least = UINT32_MAX;
    for (size_t k = 0; k < count; k++)
        positive += item_row(result, table, sample, &sample->wave->form->items[scale->items[k]], scale->reversed[k],
                             &least);
    if (count == 0)
        return;
    score_cell(table_cell(head, row, 0), all, LEAST);
    cell_answers_value(table_cell(head, row, 1), positive / (double)count, least, all->outside, LEAST);
}

static void compare_row(struct result *result, struct raw_table *table, const struct raw_table *groups, const char *id,
                        const char *name, const struct scored both[2])
{
    struct range range = difference(both[1].range, both[0].range);
    uint32_t base = smaller(both[1].base, both[0].base);
    struct raw_cell *cell = table_cell(table, table_row(result, table, id, LABEL_KEY(name)), 0);
    cell_answers(cell, range, base, OUTSIDE_NONE, LEAST);
    if (cell != NULL)
        cell->word = difference_word(range, relevant);
    cell_needs(cell, groups);
    if (base == 0)
        cell_sign(cell, SIGN_VOID);
}

/* The same statements, turned the same way. Wording is not looked at: a statement that comes to mean something else takes a
 * new id, a mended typing error does not. */
static bool same_scale(const struct form *one, const struct form *other, const void *of)
{
    const struct scale *a = form_scale(one, of), *b = form_scale(other, of);
    if (a == NULL || b == NULL || a->item_count != b->item_count)
        return false;
    for (size_t k = 0; k < a->item_count; k++) {
        size_t m = 0;
        while (m < b->item_count && strcmp(one->items[a->items[k]].id, other->items[b->items[m]].id) != 0)
            m++;
        if (m == b->item_count || a->reversed[k] != b->reversed[m])
            return false;
    }
    return true;
}

static enum status change(struct result *result, const char *id, const struct scoring *scoring, struct fail *fail)
{
    struct sample before;
    struct scored then;
    double *scores = NULL;
    const struct scored *now = &scoring->all;
    if (result->inputs->wave_count < 2)
        return STATUS_OK;
    enum status status = shared_sample(result, 1, &before, fail);
    if (status == STATUS_OK)
        status = scoring->make(result->arena, &before.wave->frame, scoring->of, &scores, fail);
    if (status == STATUS_OK)
        status = scale_mean(result->arena, &before, scores, NULL, 0, before.population, &then, fail);
    if (status != STATUS_OK)
        return status;
    struct raw_table *table = result_change(result, id, N_("Change since the previous survey"), RELEASE_SCORE, 1);
    if (!scoring->same(before.wave->form, scoring->sample.wave->form, scoring->of)) {
        size_t row = table_row(result, table, "total", LABEL_KEY(N_("Score")));
        for (size_t c = 0; c < 3; c++)
            cell_sign(table_cell(table, row, c), SIGN_VOID);
        return STATUS_OK;
    }
    change_row(result, table, "total", LABEL_KEY(N_("Score")), then.range, then.base, now->range, now->base, relevant,
               LEAST);
    return STATUS_OK;
}

static enum status groups(struct result *result, const struct sample *sample, const char *const ids[],
                          const double scores[], bool contact_only, struct fail *fail)
{
    const struct two_groups contact = { ids[0], N_("Score by contact with residents"), "contact",
                                        N_("with contact"), "no_contact", N_("without contact") };
    const struct two_groups lead = { ids[1], N_("Score by leadership"), "leaders", N_("leaders"), "others",
                                     N_("others") };
    struct scored by_contact[2], by_lead[2];
    struct raw_table *first = NULL, *second = NULL;
    enum status status = scale_two_groups(result, sample, scores, sample->contact, &contact, LEAST, by_contact, &first,
                                          fail);
    if (status == STATUS_OK)
        status = scale_two_groups(result, sample, scores, sample->leader, &lead, LEAST, by_lead, &second, fail);
    if (status != STATUS_OK)
        return status;
    if (contact_only && by_contact[0].base == 0)
        cell_sign(table_cell(first, 2, 0), SIGN_VOID);
    struct raw_table *table = result_table(result, ids[2], N_("Differences between groups"), 2, 1);
    table_column(table, 0, N_("Difference in points"), RELEASE_POINTS, FOLLOWS_NONE);
    compare_row(result, table, first, "contact", N_("with contact − without contact"), by_contact);
    compare_row(result, table, second, "lead", N_("leaders − others"), by_lead);
    if (contact_only)
        cell_sign(table_cell(table, 0, 0), SIGN_VOID);
    return STATUS_OK;
}

enum status scoring_open(struct result *result, score_maker *make, score_same *same, const void *of,
                         struct scoring *scoring, struct fail *fail)
{
    *scoring = (struct scoring){ .make = make, .same = same, .of = of };
    struct sample *sample = &scoring->sample;
    enum status status = shared_sample(result, 0, sample, fail);
    if (status == STATUS_OK)
        status = make(result->arena, &sample->wave->frame, of, &scoring->scores, fail);
    if (status == STATUS_OK)
        status = scale_mean(result->arena, sample, scoring->scores, NULL, 0, sample->population, &scoring->all, fail);
    return status;
}

enum status scoring_tables(struct result *result, const char *id, const struct scoring *scoring, bool contact_only,
                           struct fail *fail)
{
    static const char *const parts[] = { "contact", "lead", "compare", "unit", "change" };
    const char *ids[COUNT(parts)];
    for (size_t k = 0; k < COUNT(parts); k++)
        if ((ids[k] = arena_format(result->arena, "%s.%s", id, parts[k])) == NULL)
            return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    enum status status = by_department(result, &scoring->sample, ids[3], scoring->scores, fail);
    if (status == STATUS_OK)
        status = groups(result, &scoring->sample, ids, scoring->scores, contact_only, fail);
    return status == STATUS_OK ? change(result, ids[4], scoring, fail) : status;
}

enum status scale_tables(struct result *result, const char *id, const char *scale_id, struct fail *fail)
{
    struct scoring scoring;
    enum status status = scoring_open(result, scale_scores, same_scale, scale_id, &scoring, fail);
    const char *items = arena_format(result->arena, "%s.items", id);
    if (status == STATUS_OK && items == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (status != STATUS_OK)
        return status;
    total_and_items(result, &scoring.sample, id, items, form_scale(scoring.sample.wave->form, scale_id), &scoring.all);
    return scoring_tables(result, id, &scoring, scale_id[0] == 'V', fail); /* VH is asked of people with contact only */
}

/* K5: judgement in situations, points of the local experts' key. Reported only when enough of them made the key. */
#include <string.h>

#include "analysis/column.h"
#include "analysis/indicator.h"
#include "analysis/scale_result.h"
#include "forms/qtype.h"

enum { LEAST = 10, RATERS_LEAST = 10 };
static const double answered_share = 0.6; /* of the situations shown, as in the scales */

static bool is_situation(const struct item *item)
{
    return item->type != NULL && item->type->points && !item->off && !item->detached;
}

static int points_most(const struct item *item)
{
    int most = 0;
    for (size_t k = 0; k < item->option_count; k++)
        most = item->options[k].points > most ? item->options[k].points : most;
    return most;
}

/* Each page with situations shows all of them, or as many as it rotates. */
static size_t shown(const struct form *form)
{
    size_t count = 0;
    for (size_t p = 0; p < form->page_count; p++) {
        size_t here = 0;
        for (size_t i = form->pages[p].item_first; i < form->pages[p].item_first + form->pages[p].item_count; i++)
            here += is_situation(&form->items[i]) ? 1 : 0;
        count += form->pages[p].rotate > 0 && form->pages[p].rotate < here ? form->pages[p].rotate : here;
    }
    return count;
}

/* Points of the answer; -1: none. */
static int points_of(const struct item *item, const uint8_t choice[], size_t row)
{
    bool answered = choice != NULL && choice[row] < item->option_count;
    return answered ? item->options[choice[row]].points : -1;
}

static enum status situation_scores(struct arena *arena, const struct frame *frame, const void *of, double **scores,
                                    struct fail *fail)
{
    (void)of;
    const struct form *form = frame->form;
    double *made = ARENA_NEW(arena, double, frame->row_count + 1);
    if (made == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    size_t least = (size_t)ceil(answered_share * (double)shown(form));
    for (size_t row = 0; row < frame->row_count; row++) {
        int points = 0, most = 0;
        size_t answered = 0;
        for (size_t i = 0; i < form->item_count; i++) {
            int here = is_situation(&form->items[i]) ? points_of(&form->items[i], frame->choice[i], row) : -1;
            if (here < 0)
                continue;
            answered++;
            points += here;
            most += points_most(&form->items[i]);
        }
        made[row] = answered > 0 && answered >= least && most > 0 ? 100.0 * points / most : NOT_A_NUMBER;
    }
    *scores = made;
    return STATUS_OK;
}

/* One situation: mean of its points as 0 to 100, and how many chose the best reaction. Unweighted, as the scales are. */
static void item_row(struct result *result, struct raw_table *table, const struct frame *frame, size_t i)
{
    const struct item *item = &frame->form->items[i];
    uint32_t rated = 0, best = 0, often = 0, counts[FORM_OPTION_MAX] = { 0 };
    double points = 0;
    int most = points_most(item);
    for (size_t row = 0; row < frame->row_count; row++) {
        int here = points_of(item, frame->choice[i], row);
        if (here < 0)
            continue;
        uint32_t same = ++counts[frame->choice[i][row]];
        often = same > often ? same : often;
        rated++;
        best += here == most ? 1 : 0;
        points += here;
    }
    size_t row = shared_row_format(result, table, "item.", item->id, LABEL_TEXT(&item->label));
    if (rated == 0 || most == 0)
        return;
    cell_answers_value(table_cell(table, row, 0), 100 * points / (rated * (double)most), rated, rated - often, LEAST);
    cell_answers_value(table_cell(table, row, 1), 100.0 * best / rated, rated, smaller(best, rated - best), LEAST);
}

static void items(struct result *result, const struct frame *frame)
{
    const struct form *form = frame->form;
    struct raw_table *table = result_table(result, "k5.items", N_("The single situations"), form->item_count, 2);
    table_column(table, 0, N_("Score"), RELEASE_SCORE, 1);
    table_column(table, 1, N_("Best reaction"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t i = 0; i < form->item_count; i++)
        if (is_situation(&form->items[i]))
            item_row(result, table, frame, i);
}

static const struct item *same_situation(const struct form *form, const struct item *item)
{
    for (size_t i = 0; i < form->item_count; i++)
        if (strcmp(form->items[i].id, item->id) == 0 && is_situation(&form->items[i]))
            return form->items[i].option_count == item->option_count ? &form->items[i] : NULL;
    return NULL;
}

/* The same situations with the same points, from a key that counts in both. */
static bool same_key(const struct form *one, const struct form *other, const void *of)
{
    size_t counts[2] = { 0 };
    (void)of;
    for (size_t i = 0; i < other->item_count; i++)
        counts[1] += is_situation(&other->items[i]) ? 1 : 0;
    for (size_t i = 0; i < one->item_count; i++) {
        const struct item *item = &one->items[i];
        if (!is_situation(item))
            continue;
        const struct item *match = same_situation(other, item);
        for (size_t k = 0; match != NULL && k < item->option_count; k++)
            if (strcmp(item->options[k].code, match->options[k].code) != 0 ||
                item->options[k].points != match->options[k].points)
                return false;
        if (match == NULL)
            return false;
        counts[0]++;
    }
    return counts[0] == counts[1] && one->key_raters >= RATERS_LEAST && other->key_raters >= RATERS_LEAST;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct scoring scoring;
    enum status status = scoring_open(result, situation_scores, same_key, NULL, &scoring, fail);
    if (status != STATUS_OK)
        return status;
    (void)inputs;
    const struct form *form = scoring.sample.wave->form;
    struct raw_table *table = result_table(result, "k5", N_("Score"), 1, 1);
    table_column(table, 0, N_("Score"), RELEASE_SCORE, FOLLOWS_NONE);
    size_t row = table_total(result, table);
    if (form->key_raters < RATERS_LEAST)
        return STATUS_OK;
    score_cell(table_cell(table, row, 0), &scoring.all, LEAST);
    items(result, &scoring.sample.wave->frame);
    return scoring_tables(result, "k5", &scoring, false, fail);
}

const struct indicator ind_k5 = {
    .id = "k5",
    .title = N_("Judgement in situations"),
    .definition =
        N_("Points that local experts give the chosen reactions, divided by the most that was possible, as 0 to 100. "
           "Reported only when ten experts at least rated all reactions, each alone (key_raters in the questionnaire)."),
    .misreading = N_("The key is a judgement of experts of this city, not a truth. Never for a single person, never "
                     "for decisions about staff."),
    .method = N_("Mean with t range and finite population correction; a person counts who answered at least 60 % of "
                 "the situations shown."),
    .source = N_("Survey; own instrument, not yet validated"),
    .unit = RELEASE_SCORE,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};

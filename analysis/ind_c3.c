/* C3: experienced and observed worse treatment; refusals are a category of their own. */
#include "analysis/indicator.h"
#include "analysis/shared.h"
#include "analysis/stat_proportion.h"

#include <string.h>

enum { LEAST = 30, CLASSES = 4 };
static const double relevant = 3;

struct tally {
    uint32_t code[CLASSES + 1]; /* 1..4 */
    uint32_t refused, rated;
    struct range range; /* share of codes above 1, 0..1 */
};

static struct tally tally_of(const struct sample *sample, const char *id)
{
    struct tally tally = { .range = RANGE_NONE };
    struct column column;
    column_open(&column, &sample->wave->frame, id);
    for (size_t i = 0; i < sample->count; i++) {
        uint8_t code = column_raw(&column, i);
        tally.refused += code == COLUMN_REFUSED;
        if (code < 1 || code > CLASSES)
            continue;
        tally.code[code]++;
        tally.rated++;
    }
    if (tally.rated > 0) {
        double yes = 1 - (double)tally.code[1] / tally.rated;
        tally.range = proportion_wilson(yes, tally.rated, tally.rated, fmax(sample->population, 0));
    }
    return tally;
}

static void main_row(struct result *result, struct raw_table *table, const char *id, const char *name,
                     const struct tally *tally)
{
    struct raw_cell *cell = table_cell(table, table_row(result, table, id, LABEL_KEY(name)), 0);
    cell_answers(cell, range_times(tally->range, 100), tally->rated,
                 smaller(tally->code[1], tally->rated - tally->code[1]), LEAST);
}

static void distribution(struct result *result, const char *id, const char *title, const struct tally *tally,
                         const char *const ids[], const char *const names[], size_t count)
{
    struct raw_table *table = result_table(result, id, title, count + 1, 1);
    table_column(table, 0, N_("Share of answers"), RELEASE_PERCENT, FOLLOWS_NONE);
    uint32_t base = tally->rated + tally->refused, mode = tally->refused;
    for (size_t k = 1; k <= CLASSES; k++)
        mode = tally->code[k] > mode ? tally->code[k] : mode;
    double unit = base > 0 ? 100.0 / base : NOT_A_NUMBER;
    for (size_t k = 0; k < count; k++)
        cell_answers_value(table_cell(table, table_row(result, table, ids[k], LABEL_KEY(names[k])), 0),
                           tally->code[k + 1] * unit, base, base - mode, LEAST);
    size_t row = table_row(result, table, "refused", LABEL_KEY(N_("prefer not to say")));
    cell_answers_value(table_cell(table, row, 0), tally->refused * unit, base, base - mode, LEAST);
}

/* By whom: stored apart from all other answers, so rows of its own. */
static void by_whom(struct result *result, const struct sample *sample)
{
    const struct frame *frame = &sample->wave->frame;
    const struct form *form = sample->wave->form;
    struct raw_table *table = result_table(result, "c3.source", N_("By whom people were treated worse"),
                                           FORM_SET_MAX, 1);
    table_column(table, 0, N_("Share of those with an experience"), RELEASE_PERCENT, FOLLOWS_NONE);
    for (size_t k = 0; k < form->item_count; k++) {
        const struct item *item = &form->items[k];
        if (strcmp(item->id, "DI2") != 0)
            continue;
        size_t rows = item->detached ? frame->detached_count[k] : sample->count;
        uint32_t named[FORM_SET_MAX] = { 0 }, base = 0;
        for (size_t i = 0; frame->set[k] != NULL && i < rows; i++) {
            base += frame->set[k][i] != 0;
            for (size_t o = 0; o < FORM_SET_MAX; o++)
                named[o] += frame->set[k][i] >> o & 1U;
        }
        for (size_t o = 0; o < item->option_count && o < FORM_SET_MAX; o++) {
            size_t row = shared_row_format(result, table, "option.", item->options[o].code,
                                           LABEL_TEXT(&item->options[o].label));
            cell_answers_value(table_cell(table, row, 0), base > 0 ? 100.0 * named[o] / base : NOT_A_NUMBER, base,
                               smaller(named[o], base - named[o]), LEAST);
        }
    }
}

static enum status change(struct result *result, const struct tally now[2], const char *const names[2],
                          struct fail *fail)
{
    struct sample before;
    if (result->inputs->wave_count < 2)
        return STATUS_OK;
    enum status status = shared_sample(result, 1, &before, fail);
    if (status != STATUS_OK)
        return status;
    static const char *const ids[2] = { "experienced", "observed" };
    static const char *const items[2] = { "DI1", "DI3" };
    struct raw_table *table = result_change(result, "c3.change", N_("Change since the previous survey"),
                                            RELEASE_PERCENT, 2);
    for (size_t k = 0; k < 2; k++) {
        struct tally then = tally_of(&before, items[k]);
        change_row(result, table, ids[k], LABEL_KEY(names[k]), range_times(then.range, 100), then.rated,
                   range_times(now[k].range, 100), now[k].rated, relevant, LEAST);
    }
    return STATUS_OK;
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    struct sample sample;
    (void)inputs;
    enum status status = shared_sample(result, 0, &sample, fail);
    if (status != STATUS_OK)
        return status;
    static const char *const names[2] = { N_("treated worse oneself"), N_("seen others treated worse") };
    static const char *const own_ids[] = { "no", "once", "several" };
    static const char *const own[] = { N_("no"), N_("yes, once"), N_("yes, several times") };
    static const char *const seen_ids[] = { "no", "colleagues", "residents", "both" };
    static const char *const seen[] = { N_("no"), N_("yes, colleagues"), N_("yes, residents"), N_("yes, both") };
    struct tally tallies[2] = { tally_of(&sample, "DI1"), tally_of(&sample, "DI3") };
    struct raw_table *table = result_table(result, "c3", N_("Worse treatment in the last 12 months"), 2, 1);
    table_column(table, 0, N_("Share of those who answered"), RELEASE_PERCENT, FOLLOWS_NONE);
    main_row(result, table, "experienced", names[0], &tallies[0]);
    main_row(result, table, "observed", names[1], &tallies[1]);
    distribution(result, "c3.experienced", N_("Treated worse oneself"), &tallies[0], own_ids, own, COUNT(own));
    distribution(result, "c3.observed", N_("Seen others treated worse"), &tallies[1], seen_ids, seen, COUNT(seen));
    by_whom(result, &sample);
    return change(result, tallies, names, fail);
}

const struct indicator ind_c3 = {
    .id = "c3",
    .title = N_("Experienced and observed worse treatment"),
    .definition = N_("Share who were treated worse at work in the last 12 months because of origin, language, "
                     "skin colour or religion, or saw it happen to others."),
    .misreading = N_("What people perceive, not a finding of law. A rise after a campaign can mean more trust."),
    .method = N_("Wilson range with finite population; people who prefer not to say are shown as a category of "
                 "their own."),
    .source = N_("Survey"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};

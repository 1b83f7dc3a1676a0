/* R8: immigration history among the new hires of the year, from the voluntary entry card. */
#include "analysis/counted.h"
#include "analysis/inputs.h"
#include "analysis/stat_proportion.h"

enum { LEAST = 30, BANDS = 5 };

struct cards {
    uint32_t with, without, handed_out;
};

/* band CUBE_ALL: all; trainees (band 0) stand apart and are left out of it. */
static struct cards cards_of(const struct inputs *inputs, int year, uint8_t band)
{
    struct cards cards = { 0 };
    uint32_t handed_out[BANDS] = { 0 };
    for (size_t i = 0; i < inputs->registers.entry_card_count; i++) {
        const struct entry_card *card = &inputs->registers.entry_cards[i];
        if (card->year != year || card->definition != DEFINITION_TINTG_2021 || card->band >= BANDS ||
            (band == CUBE_ALL ? card->band == 0 : card->band != band))
            continue;
        handed_out[card->band] = card->handed_out; /* the same in all lines of a band */
        cards.with += card->group == 1 ? card->count : 0;
        cards.without += card->group == 0 ? card->count : 0;
    }
    for (size_t b = 0; b < BANDS; b++)
        cards.handed_out += handed_out[b];
    return cards;
}

static void fill(struct raw_table *table, size_t row, const struct cards *cards)
{
    uint32_t back = cards->with + cards->without;
    if (cards->handed_out == 0)
        return;
    counted_flow(table_cell(table, row, 0), cards->handed_out);
    counted_rate(table_cell(table, row, 2), back, cards->handed_out, LEAST);
    if (back == 0)
        return;
    struct range range = proportion_wilson((double)cards->with / back, back, back, cards->handed_out >= back ? cards->handed_out : 0);
    struct raw_cell *cell = table_cell(table, row, 1);
    cell_answers(cell, range_times(range, 100), back, smaller(cards->with, cards->without), LEAST);
    if (cell != NULL)
        cell->no_base = true;
}

static void open_table(struct raw_table *table)
{
    table_sides(table, COUNTED_SIDES);
    table_column(table, 0, N_("New hires"), RELEASE_COUNT, FOLLOWS_NONE);
    table_column(table, 1, N_("with immigration history"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("Cards returned"), RELEASE_PERCENT, 0);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    int year = counted_year(inputs);
    (void)fail;
    struct raw_table *table = result_table(result, "r8", N_("Share with immigration history among new hires"), BANDS, 3);
    open_table(table);
    struct cards all = cards_of(inputs, year, CUBE_ALL);
    fill(table, table_total(result, table), &all);
    for (uint8_t band = 1; band < BANDS; band++) {
        struct cards cards = cards_of(inputs, year, band);
        if (cards.handed_out > 0)
            fill(table, shared_band_row(result, table, band), &cards);
    }
    for (size_t c = 0; c < 3; c++)
        table_partition(table, c, 0, 0);
    table = result_table(result, "r8.trainees", N_("Share with immigration history among new trainees"), inputs->wave_count, 3);
    open_table(table);
    for (size_t w = 0; w < inputs->wave_count; w++) {
        const char *name = inputs->waves[w].name;
        struct cards cards = cards_of(inputs, inputs->waves[w].year, 0);
        fill(table, shared_row_format(result, table, "wave.", name, LABEL_NAME(name)), &cards);
    }
    return STATUS_OK;
}

const struct indicator ind_r8 = {
    .id = "r8",
    .title = N_("Share among new hires"),
    .definition = N_("Share with immigration history (Participation Act NRW, 2021 wording) among external hires of the year who "
                     "returned the voluntary entry card; trainees apart."),
    .misreading = N_("A forerunner: the share of all staff follows it slowly. It is not the share of all staff."),
    .method = N_("Wilson's range with the number of hires as population, from 30 cards."),
    .source = N_("Voluntary entry cards"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};

/* R10: fixed-term, part-time and civil-servant rates by citizenship, without trainees. */
#include "analysis/counted.h"
#include "analysis/cube.h"
#include "analysis/stat_diff.h"

enum { LEAST = 30, SIDES = 5, FORMS = 3, FOREIGN = 0, GERMAN = 1 };
static const double relevant_factor = 1.1;

/* Civil servants, tariff, outside tariff, elected: neither apprentices nor trainees. */
static const char employments[] = { 'B', 'T', 'X', 'W' };

static const struct {
    const char *id, *name;
    char employment;    /* or 0 */
    uint8_t fixed_term; /* or CUBE_ANY */
    uint8_t part_time;
} forms[FORMS] = {
    { "fixed_term", N_("fixed-term"), 0, 1, CUBE_ANY },
    { "part_time", N_("part-time"), 0, CUBE_ANY, 1 },
    { "civil_servants", N_("civil servants"), 'B', CUBE_ANY, CUBE_ANY },
};

struct rate {
    uint32_t part, whole;
    bool found;
};

static uint32_t heads(const struct inputs *inputs, const struct cube *cube, uint8_t german, char employment,
                      size_t form, bool *found)
{
    struct cube_query query = CUBE_CITY;
    query.german = german;
    query.employment = employment;
    query.fixed_term = form < FORMS ? forms[form].fixed_term : CUBE_ANY;
    query.part_time = form < FORMS ? forms[form].part_time : CUBE_ANY;
    struct cube_sum sum = cube_sum(inputs, cube, &query);
    *found = *found && sum.found && !sum.hidden;
    return (uint32_t)sum.heads;
}

static struct rate rate_of(const struct inputs *inputs, const struct cube *cube, uint8_t german, size_t form)
{
    struct rate rate = { .found = true };
    for (size_t e = 0; e < COUNT(employments); e++) {
        rate.whole += heads(inputs, cube, german, employments[e], FORMS, &rate.found);
        if (forms[form].employment == 0 || forms[form].employment == employments[e])
            rate.part += heads(inputs, cube, german, employments[e], form, &rate.found);
    }
    rate.found = rate.found && rate.part <= rate.whole;
    return rate;
}

static void ratio_cell(struct raw_cell *cell, const struct rate *foreign, const struct rate *german)
{
    uint32_t outside = smaller(smaller(foreign->part, foreign->whole - foreign->part),
                               smaller(german->part, german->whole - german->part));
    uint32_t base = smaller(foreign->whole, german->whole);
    struct range range = ratio_counts(foreign->part, foreign->whole, german->part, german->whole);
    cell_answers(cell, range, base, outside, LEAST);
    if (cell == NULL)
        return;
    cell->no_base = true;
    cell->word = base < LEAST ? WORD_TOO_FEW : ratio_word(range, relevant_factor);
}

static enum status compute(const struct inputs *inputs, struct result *result, struct fail *fail)
{
    (void)fail;
    struct raw_table *table =
        result_table(result, "r10", N_("Forms of employment by citizenship, without trainees"), FORMS, 3);
    struct raw_table *years = result_table(
        result, "r10.wave", N_("Forms of employment over the years: ratio of the rates"), inputs->wave_count, FORMS);
    table_column(table, 0, N_("without German citizenship"), RELEASE_PERCENT, 1);
    table_column(table, 1, N_("with German citizenship"), RELEASE_PERCENT, 0);
    table_column(table, 2, N_("Ratio"), RELEASE_RATIO, 0); /* with one rate it gives the other */
    table_sides(table, SIDES); /* heads of the personnel office, as in its counts */
    table_sides(years, SIDES);
    for (size_t form = 0; form < FORMS; form++)
        table_column(years, form, forms[form].name, RELEASE_RATIO, FOLLOWS_NONE);
    for (size_t w = 0; w < inputs->wave_count; w++) {
        const char *name = inputs->waves[w].name;
        size_t year = shared_row_format(result, years, "wave.", name, LABEL_NAME(name));
        for (size_t form = 0; form < FORMS; form++) {
            struct rate foreign = rate_of(inputs, &inputs->waves[w].cube, FOREIGN, form);
            struct rate german = rate_of(inputs, &inputs->waves[w].cube, GERMAN, form);
            bool known = foreign.found && german.found;
            if (known)
                ratio_cell(table_cell(years, year, form), &foreign, &german);
            if (w + 1 < inputs->wave_count)
                continue;
            size_t row = table_row(result, table, forms[form].id, LABEL_KEY(forms[form].name));
            if (!known)
                continue;
            counted_rate(table_cell(table, row, 0), foreign.part, foreign.whole, LEAST);
            counted_rate(table_cell(table, row, 1), german.part, german.whole, LEAST);
            ratio_cell(table_cell(table, row, 2), &foreign, &german);
        }
    }
    return STATUS_OK;
}

const struct indicator ind_r10 = {
    .id = "r10",
    .title = N_("Forms of employment"),
    .definition = N_("Fixed-term, part-time and civil-servant rates of staff without divided by those of staff with "
                     "German citizenship; "
                     "apprentices and trainees left out."),
    .misreading = N_("Trainees always have a fixed term: with them the figure says something else. The law ties "
                     "civil-servant status to "
                     "citizenship."),
    .method = N_("Full count; log-normal range of the ratio, as if the staff were one of many possible ones."),
    .source = N_("Personnel department"),
    .unit = RELEASE_PERCENT,
    .lowest = 0,
    .highest = 100,
    .answers_min = LEAST,
    .compute = compute,
};

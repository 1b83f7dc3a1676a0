/* Reads the person variables of a wave once and calibrates the answers to HR's margins.
 * Margins: department × band (cells below 5 answers are merged over departments), sex, age. Where bands by department
 * are not known: department, and band for itself. */
#include "analysis/sample.h"

#include <string.h>

#include "analysis/stat_proportion.h"
#include "base/i18n.h"

enum { CELL_LEAST = 5, BANDS = 5 };
static const double weight_cap = 5;

static uint8_t *bytes(struct arena *arena, size_t count)
{
    uint8_t *made = ARENA_NEW(arena, uint8_t, count + 1);
    if (made != NULL)
        memset(made, NOT_KNOWN, count + 1);
    return made;
}

static void read_codes(const struct frame *frame, const char *id, uint8_t last, uint8_t *out)
{
    struct column column;
    column_open(&column, frame, id);
    for (size_t i = 0; i < frame->row_count && out != NULL; i++) {
        uint8_t code = column_code(&column, i);
        out[i] = code <= last ? code : (uint8_t)NOT_KNOWN;
    }
}

/* 1 → 1, 2 → 0 */
static void yes_no(uint8_t *out, size_t count, uint8_t yes, bool rest_is_no)
{
    for (size_t i = 0; i < count; i++)
        if (out[i] != NOT_KNOWN)
            out[i] = out[i] == yes ? (rest_is_no ? 1 : 0) : (rest_is_no ? 0 : 1);
}

static void read_history(struct sample *sample)
{
    static const char *const ids[] = { "M1", "M2", "M3", "M4", "M5" };
    struct column columns[COUNT(ids)];
    for (size_t k = 0; k < COUNT(ids); k++)
        column_open(&columns[k], &sample->wave->frame, ids[k]);
    for (size_t i = 0; i < sample->count; i++) {
        struct origins origins = { column_code(&columns[0], i), column_code(&columns[1], i),
                                   column_code(&columns[2], i), column_code(&columns[3], i),
                                   column_code(&columns[4], i) };
        enum truth truths[DEFINITION_COUNT];
        recode(&origins, truths);
        for (size_t d = 0; d < DEFINITION_COUNT; d++)
            sample->history[d][i] =
                recode_complete(&origins, (enum definition)d) ? (uint8_t)truths[d] : (uint8_t)TRUTH_UNKNOWN;
    }
}

/* Departments that stand in the report, and the department of every row by the codes of D1 (unit ids). */
static enum status read_departments(struct arena *arena, struct sample *sample, struct fail *fail)
{
    const struct inputs *inputs = sample->inputs;
    int *departments = ARENA_NEW(arena, int, inputs->unit_count + 1);
    uint16_t *index = ARENA_NEW(arena, uint16_t, inputs->unit_count + 1);
    sample->department = ARENA_NEW(arena, uint16_t, sample->count + 1);
    if (departments == NULL || index == NULL || sample->department == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    struct column column;
    column_open(&column, &sample->wave->frame, "D1");
    bool *asked = ARENA_NEW(arena, bool, inputs->unit_count + 1);
    if (asked == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    size_t option_count = column.item == NULL ? 0 : column.item->option_count;
    for (size_t k = 0; k < option_count; k++) {
        int department = unit_department(inputs, unit_find(inputs, column.item->options[k].code));
        if (department >= 0)
            asked[department] = true;
    }
    /* A small department that the question does not offer counts among the rest, not as one without answers. */
    for (size_t u = 0; u < inputs->unit_count; u++) {
        index[u] = WEIGHTS_NONE;
        if (!inputs->units[u].reported || !asked[u])
            continue;
        index[u] = (uint16_t)sample->department_count;
        departments[sample->department_count++] = (int)u;
    }
    uint16_t of_option[256];
    for (size_t k = 0; k < COUNT(of_option); k++)
        of_option[k] = WEIGHTS_NONE;
    for (size_t k = 0; k < option_count && k < FORM_OPTION_MAX; k++) {
        int department = unit_department(inputs, unit_find(inputs, column.item->options[k].code));
        if (department >= 0 && !column.item->options[k].missing)
            of_option[k] = index[department];
    }
    for (size_t i = 0; i < sample->count; i++)
        sample->department[i] = column.choice == NULL ? WEIGHTS_NONE : of_option[column.choice[i]];
    sample->departments = departments;
    return STATUS_OK;
}

double sample_staff(const struct sample *sample, int department, uint8_t band)
{
    struct cube_query query = CUBE_CITY;
    query.department = department;
    query.band = band;
    return cube_sum(sample->inputs, &sample->wave->cube, &query).heads;
}

/* How a department stands in the margin: in its bands, as a whole (its first cell), or not at all. */
enum standing { STANDING_UNKNOWN, STANDING_BANDS, STANDING_WHOLE, STANDINGS };

/* Staff per category before merging; counts the departments of each standing. */
static void cell_targets(const struct sample *sample, double *target, enum standing *standing, size_t counts[STANDINGS])
{
    bool told = false;
    for (size_t i = 0; i < sample->count; i++)
        told = told || sample->band[i] < BANDS;
    for (size_t d = 0; d < sample->department_count; d++) {
        double sum = 0;
        for (uint8_t b = 0; b < BANDS && told; b++)
            sum += target[d * BANDS + b] = sample_staff(sample, sample->departments[d], b);
        standing[d] = STANDING_BANDS;
        if (!(sum > 0)) {
            target[d * BANDS] = sample_staff(sample, sample->departments[d], CUBE_ANY);
            standing[d] = target[d * BANDS] > 0 ? STANDING_WHOLE : STANDING_UNKNOWN;
        }
        counts[standing[d]]++;
    }
}

static uint16_t cell_of(const struct sample *sample, const enum standing standing[], size_t row)
{
    uint16_t department = sample->department[row];
    if (department == WEIGHTS_NONE || standing[department] == STANDING_UNKNOWN)
        return WEIGHTS_NONE;
    if (standing[department] == STANDING_WHOLE)
        return (uint16_t)(department * BANDS);
    return sample->band[row] < BANDS ? (uint16_t)(department * BANDS + sample->band[row]) : (uint16_t)WEIGHTS_NONE;
}

/* Department × band, cells with few answers merged over the departments of a band. apart: a department counts as a
 * whole, or none stands in its bands, so that the band needs a margin of its own. */
static enum status cell_margin(struct arena *arena, struct sample *sample, struct margin *margin, bool *apart,
                               struct fail *fail)
{
    size_t cells = sample->department_count * BANDS, small = cells + BANDS, all = small + 1;
    uint16_t *category = ARENA_NEW(arena, uint16_t, sample->count + 1);
    uint32_t *answers = ARENA_NEW(arena, uint32_t, all);
    double *target = ARENA_NEW(arena, double, all);
    enum standing *standing = ARENA_NEW(arena, enum standing, sample->department_count + 1);
    size_t counts[STANDINGS] = { 0 };
    if (category == NULL || answers == NULL || target == NULL || standing == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    cell_targets(sample, target, standing, counts);
    for (size_t i = 0; i < sample->count; i++)
        if ((category[i] = cell_of(sample, standing, i)) != WEIGHTS_NONE)
            answers[category[i]]++;
    struct sample_margin *told = &sample->margins[sample->margin_count];
    *told = counts[STANDING_BANDS] > 0 ? (struct sample_margin){ .id = "cell", .name = N_("Department and pay band") }
                                       : (struct sample_margin){ .id = "unit", .name = N_("Department") };
    for (size_t c = 0; c < cells; c++) {
        told->groups += target[c] > 0;
        if (answers[c] >= CELL_LEAST)
            continue;
        told->joined += target[c] > 0;
        target[standing[c / BANDS] == STANDING_WHOLE ? small : cells + c % BANDS] += target[c];
        target[c] = 0;
    }
    for (size_t i = 0; i < sample->count; i++)
        if (category[i] != WEIGHTS_NONE && answers[category[i]] < CELL_LEAST)
            category[i] =
                (uint16_t)(standing[sample->department[i]] == STANDING_WHOLE ? small : cells + sample->band[i]);
    sample->margin_count += told->groups > 1;
    *margin = (struct margin){ category, target, all };
    *apart = counts[STANDING_WHOLE] > 0 || counts[STANDING_BANDS] == 0;
    return STATUS_OK;
}

/* A variable of bytes with codes first, first + 1, … */
struct byte_trait {
    const char *id, *name;
    const uint8_t *codes;
    uint8_t first;
    size_t count;
    const struct cube_query *queries;
};

static enum status byte_margin(struct arena *arena, struct sample *sample, const struct byte_trait *trait,
                               struct margin *margin, struct fail *fail)
{
    uint16_t *category = ARENA_NEW(arena, uint16_t, sample->count + 1);
    double *target = ARENA_NEW(arena, double, trait->count);
    bool answered[UINT8_MAX + 1] = { false };
    if (category == NULL || target == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < sample->count; i++) {
        bool known = trait->codes[i] >= trait->first && trait->codes[i] < trait->first + trait->count;
        category[i] = known ? (uint16_t)(trait->codes[i] - trait->first) : WEIGHTS_NONE;
        answered[trait->codes[i]] = true;
    }
    struct sample_margin *told = &sample->margins[sample->margin_count];
    *told = (struct sample_margin){ .id = trait->id, .name = trait->name };
    for (size_t k = 0; k < trait->count; k++) {
        target[k] = cube_sum(sample->inputs, &sample->wave->cube, &trait->queries[k]).heads;
        told->groups += target[k] > 0 && answered[trait->first + k];
    }
    sample->margin_count += told->groups > 1;
    *margin = (struct margin){ category, target, trait->count };
    return STATUS_OK;
}

static enum status calibrate(struct arena *arena, struct sample *sample, struct fail *fail)
{
    struct margin margins[SAMPLE_MARGINS];
    struct cube_query sexes[2] = { CUBE_CITY, CUBE_CITY }, ages[5], bands[BANDS];
    sexes[0].sex = 'w';
    sexes[1].sex = 'm';
    for (uint8_t k = 0; k < COUNT(ages); k++) {
        ages[k] = bands[k] = CUBE_CITY;
        ages[k].age = (uint8_t)(k + 1);
        bands[k].band = k;
    }
    const struct byte_trait traits[] = {
        { "sex", N_("Sex"), sample->sex, 1, COUNT(sexes), sexes },
        { "age", N_("Age"), sample->age, 1, COUNT(ages), ages },
        { "band", N_("Pay band"), sample->band, 0, COUNT(bands), bands },
    };
    bool apart = false;
    enum status status = cell_margin(arena, sample, &margins[0], &apart, fail);
    size_t count = 1;
    for (size_t k = 0; status == STATUS_OK && k < COUNT(traits) - !apart; k++)
        status = byte_margin(arena, sample, &traits[k], &margins[count++], fail);
    if (status != STATUS_OK)
        return status;
    return weights_rake(arena, sample->count, NULL, margins, count, weight_cap, &sample->weights, fail);
}

enum status sample_build(struct arena *arena, const struct inputs *inputs, size_t wave, struct sample *sample,
                         struct fail *fail)
{
    *sample = (struct sample){ .inputs = inputs, .wave = &inputs->waves[wave] };
    const struct frame *frame = &sample->wave->frame;
    sample->count = frame->row_count;
    const struct cube_query everyone = CUBE_CITY;
    struct cube_sum staff = cube_sum(inputs, &sample->wave->cube, &everyone);
    sample->population = staff.heads;
    for (size_t i = 0; i < sample->wave->participation_count && !(staff.heads > 0); i++)
        sample->population += sample->wave->participation[i].invited;
    if (sample->population < (double)sample->count)
        sample->population = 0;

    uint8_t **fields[] = { &sample->band,   &sample->age,     &sample->sex,        &sample->leader,
                           &sample->tenure, &sample->contact, &sample->citizenship };
    bool room = true;
    for (size_t k = 0; k < COUNT(fields); k++)
        room = (*fields[k] = bytes(arena, sample->count)) != NULL && room;
    for (size_t d = 0; d < DEFINITION_COUNT; d++)
        room = (sample->history[d] = bytes(arena, sample->count)) != NULL && room;
    if (!room)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    read_codes(frame, "D2", 4, sample->band);
    read_codes(frame, "D5", 5, sample->age);
    read_codes(frame, "D6", 3, sample->sex);
    read_codes(frame, "D4", 2, sample->leader);
    read_codes(frame, "D3", 4, sample->tenure);
    read_codes(frame, "KP1", 5, sample->contact);
    read_codes(frame, "M1", 3, sample->citizenship);
    yes_no(sample->leader, sample->count, 1, true);
    yes_no(sample->contact, sample->count, 5, false);
    read_history(sample);
    enum status status = read_departments(arena, sample, fail);
    if (status == STATUS_OK && sample->count > 0)
        status = calibrate(arena, sample, fail);
    return status;
}

static struct share share_of(const struct sample *sample, const uint8_t truth[], const uint8_t keep[], uint8_t kept,
                             size_t department, double population)
{
    struct share share = { .range = RANGE_NONE };
    double all = 0, yes = 0, squares = 0;
    for (size_t i = 0; i < sample->count; i++) {
        if ((keep != NULL && keep[i] != kept) || truth[i] > 1 ||
            (department != WEIGHTS_NONE && sample->department[i] != department))
            continue;
        double weight = sample->weights.weight[i];
        share.base++;
        share.yes += truth[i];
        all += weight;
        yes += truth[i] == 1 ? weight : 0;
        squares += weight * weight;
    }
    if (share.base > 0)
        share.range = proportion_wilson(fmin(1, yes / all), all * all / squares, share.base, population);
    return share;
}

struct share sample_share(const struct sample *sample, const uint8_t truth[], const uint8_t keep[], uint8_t kept,
                          double population)
{
    return share_of(sample, truth, keep, kept, WEIGHTS_NONE, population);
}

struct share sample_share_in(const struct sample *sample, const uint8_t truth[], size_t department)
{
    struct cube_query query = CUBE_CITY;
    query.department = sample->departments[department];
    double heads = cube_sum(sample->inputs, &sample->wave->cube, &query).heads;
    struct share share = share_of(sample, truth, NULL, 0, department, 0);
    return heads > share.base ? share_of(sample, truth, NULL, 0, department, heads) : share;
}

struct share sample_r1(const struct sample *sample, enum definition definition)
{
    return sample_share(sample, sample->history[definition], NULL, 0, sample->population);
}

/* From raw results to the release: protects every table, rounds what is shown, leaves nothing else behind.
 * A value is rounded here, so that no more digits than allowed exist outside analysis/. */
#include "analysis/disclose.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "analysis/fingerprint.h"
#include "analysis/inputs.h"
#include "analysis/protect.h"

const struct policy policy_default = { .answers_min = 10, .heads_min = 5, .percent_base = 20, .decimal_base = 200 };

/* A range for fewer people would tell the spread, and with it single answers. */
enum { RANGE_LEAST = 20, TABLES_MAX = 400, HEADS_STEP = 5 };

struct maker {
    struct arena *arena;
    const struct inputs *inputs;
    const struct policy *policy;
    struct release *release;
    struct release_table *tables;
    const struct release_table *answers; /* dq1.unit: ballots of each department */
    const struct basis *known;
    struct raw_table **raw;
    size_t raw_count;
};

static uint8_t decimals_of(enum release_unit unit, const struct raw_cell *cell, const struct policy *policy)
{
    bool many = cell->kind == RAW_OPEN || (cell->of > 0 ? cell->of : cell->base) >= policy->decimal_base;
    switch (unit) {
    case RELEASE_COUNT:
        return 0;
    case RELEASE_PERCENT:
    case RELEASE_POINTS:
    case RELEASE_SCORE:
        return many ? 1 : 0;
    case RELEASE_RATIO:
    case RELEASE_INDEX:
        return many ? 2 : 1;
    }
    return 0;
}

static double rounded(double value, double step)
{
    double result = round(value / step) * step;
    return result + 0.0; /* no minus zero */
}

/* Ballots of the department of that row, 0 when they are not published. */
static uint32_t ballots(const struct maker *maker, const char *row)
{
    const struct release_table *table = maker->answers;
    for (size_t r = 0; table != NULL && r < table->row_count; r++)
        if (strcmp(table->rows[r].id, row) == 0 && table->cells[r * table->column_count + 1].sign == SIGN_SHOWN)
            return (uint32_t)table->cells[r * table->column_count + 1].value;
    return 0;
}

static struct released publish(const struct maker *maker, const struct raw_table *raw, size_t row, size_t column,
                               enum release_sign sign)
{
    const struct raw_cell *cell = &raw->cells[row * raw->column_count + column];
    enum release_unit unit = raw->columns[column].head.unit;
    struct released out = { .sign = sign, .value = NOT_A_NUMBER, .low = NOT_A_NUMBER, .high = NOT_A_NUMBER };
    if (sign != SIGN_SHOWN) {
        out.word = sign == SIGN_UNSAFE && cell->word != WORD_NONE ? WORD_TOO_FEW : WORD_NONE;
        return out;
    }
    static const double steps[] = { 1, 0.1, 0.01 };
    out.decimals = decimals_of(unit, cell, maker->policy);
    double step = cell->kind == RAW_HEADS && unit == RELEASE_COUNT ? HEADS_STEP : steps[out.decimals];
    out.value = rounded(cell->value, step);
    out.ranged = cell->ranged && (cell->kind != RAW_ANSWERS || cell->base >= RANGE_LEAST);
    out.low = out.ranged ? rounded(cell->low, step) : NOT_A_NUMBER;
    out.high = out.ranged ? rounded(cell->high, step) : NOT_A_NUMBER;
    out.word = cell->word;
    out.cap = cell->cap;
    out.base = cell->kind == RAW_HEADS ? (uint32_t)rounded(cell->base, HEADS_STEP) : cell->base;
    if (cell->kind == RAW_OPEN || cell->no_base)
        out.base = 0;
    else if (cell->kind == RAW_ANSWERS && strncmp(raw->rows[row].id, "unit.", 5) == 0)
        out.base = strcmp(raw->id, "dq1.unit") == 0 ? out.base : ballots(maker, raw->rows[row].id);
    return out;
}

static enum status add_table(struct maker *maker, const struct raw_table *raw, struct fail *fail)
{
    struct release *release = maker->release;
    size_t count = raw->row_count * raw->column_count;
    struct released *cells = ARENA_NEW(maker->arena, struct released, count + 1);
    struct release_column *columns = ARENA_NEW(maker->arena, struct release_column, raw->column_count);
    if (cells == NULL || columns == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    size_t secret = 0;
    for (size_t i = 0; i < count; i++) {
        cells[i] = publish(maker, raw, i / raw->column_count, i % raw->column_count, raw->signs[i]);
        secret += raw->signs[i] == SIGN_SECRET;
    }
    for (size_t c = 0; c < raw->column_count; c++)
        columns[c] = raw->columns[c].head;
    struct release_table *table = &maker->tables[release->table_count++];
    *table = (struct release_table){ .id = raw->id, .title = raw->title, .wave = raw->wave, .rows = raw->rows,
                                     .row_count = raw->row_count, .columns = columns,
                                     .column_count = raw->column_count, .cells = cells, .suppressed = secret };
    release->suppressed += secret;
    release->planned += count;
    if (strcmp(raw->id, "dq1.unit") == 0)
        maker->answers = table;
    return STATUS_OK;
}

/* basis: tables to review, NULL for figures about the administration. */
static enum status compute_tables(struct maker *maker, const struct indicator *indicator, const struct basis *basis,
                                  struct fail *fail)
{
    struct result result;
    enum status status = STATUS_OK;
    result_init(&result, maker->arena, maker->inputs);
    if (basis != NULL && indicator->review != NULL)
        status = indicator->review(basis, &result, fail);
    else if (basis == NULL && indicator->compute != NULL)
        status = indicator->compute(maker->inputs, &result, fail);
    if (status == STATUS_OK)
        status = result_status(&result, fail);
    for (size_t i = 0; status == STATUS_OK && i < result.table_count; i++) {
        if (maker->policy->plan != NULL && plan_find(maker->policy->plan, result.tables[i]->id) == NULL)
            continue; /* not promised before the survey opened: as if it had never been computed */
        if (maker->raw_count == TABLES_MAX)
            status = FAIL(fail, STATUS_LIMIT, "there are more tables than a release can hold");
        else
            maker->raw[maker->raw_count++] = result.tables[i];
    }
    return status;
}

/* Figures about the administration, beside what is known of other waves; or about the basis made of those. */
static enum status add_tables(struct maker *maker, const struct basis *basis, struct fail *fail)
{
    size_t first = maker->raw_count;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && indicators[i] != NULL; i++)
        status = compute_tables(maker, indicators[i], basis, fail);
    if (status == STATUS_OK)
        status = protect_tables_beside(maker->arena, &maker->raw[first], maker->raw_count - first,
                                       basis == NULL ? maker->known : NULL, maker->policy, !maker->policy->no_partners, fail);
    for (size_t i = first; status == STATUS_OK && i < maker->raw_count; i++)
        status = add_table(maker, maker->raw[i], fail);
    return status;
}

/* All tables first, then their protection: what one of them shows decides what another one may. */
static enum status make_tables(struct maker *maker, struct fail *fail)
{
    enum status status = add_tables(maker, NULL, fail);
    const struct basis basis = { maker->raw, maker->raw_count };
    return status == STATUS_OK ? add_tables(maker, &basis, fail) : status;
}

enum status release_build(struct arena *arena, const struct inputs *inputs, const struct policy *policy,
                          const struct release **release, struct fail *fail)
{
    struct basis made;
    return release_build_beside(arena, inputs, policy, NULL, release, &made, fail);
}

enum status release_build_beside(struct arena *arena, const struct inputs *inputs, const struct policy *policy,
                                 const struct basis *known, const struct release **release, struct basis *basis,
                                 struct fail *fail)
{
    if (policy->answers_min < 10 || policy->heads_min < 5 || policy->percent_base < 20 || policy->decimal_base < 200)
        return FAIL(fail, STATUS_INPUT, "the thresholds may be raised, not lowered: 10 answers, 5 heads, 20 and 200");
    if (inputs->wave_count == 0)
        return FAIL(fail, STATUS_INPUT, "there is no survey to report on");
    gsl_set_error_handler_off();
    const struct wave_inputs *wave = &inputs->waves[inputs->wave_count - 1];
    struct release *made = ARENA_NEW(arena, struct release, 1);
    struct release_table *tables = ARENA_NEW(arena, struct release_table, TABLES_MAX);
    struct raw_table **raw = ARENA_NEW(arena, struct raw_table *, TABLES_MAX);
    if (made == NULL || tables == NULL || raw == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *made = (struct release){ .city = inputs->city, .demo = inputs->demo, .wave = wave->name, .year = wave->year,
                              .cube_year = wave->cube.year, .cube_month = wave->cube.month, .cube_day = wave->cube.day,
                              .form = wave->form, .tables = tables, .answers_min = policy->answers_min,
                              .heads_min = policy->heads_min, .seed = inputs->seed,
                              .recommendations = inputs->registers.recommendations,
                              .recommendation_count = inputs->registers.recommendation_count,
                              .measures = inputs->registers.measures, .measure_count = inputs->registers.measure_count,
                              .statuses = inputs->registers.statuses, .status_count = inputs->registers.status_count };
    struct maker maker = { .arena = arena, .inputs = inputs, .policy = policy, .release = made, .tables = tables,
                           .raw = raw, .known = known };
    enum status status = make_tables(&maker, fail);
    if (status == STATUS_OK)
        status = release_fingerprint(made, made->fingerprint, fail);
    if (status == STATUS_OK) {
        *release = made;
        *basis = (struct basis){ raw, maker.raw_count };
    }
    return status;
}

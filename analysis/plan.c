/* Lets every indicator work on a survey nobody has answered: tables are made whether or not there is anything in them. One that
 * is made only of delivered data would be missing here and so never be published; tests/test_analysis_indicators.c finds it. */
#include "analysis/plan.h"

#include <gsl/gsl_errno.h>
#include <string.h>

#include "analysis/inputs.h"
#include "analysis/result.h"

enum { PLAN_TABLES_MAX = 400, PLAN_WAVES = 2 };

static enum status add_table(struct arena *arena, const struct indicator *indicator, const struct raw_table *raw,
                             struct planned_table *planned, struct fail *fail)
{
    const char **columns = ARENA_NEW(arena, const char *, raw->column_count + 1);
    if (columns == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the list of tables");
    for (size_t c = 0; c < raw->column_count; c++) {
        const char *head = raw->columns[c].head.label.key;
        columns[c] = head == NULL ? "" : head;
    }
    *planned = (struct planned_table){ .id = raw->id, .indicator = indicator->title, .title = raw->title.key,
                                       .columns = columns, .column_count = raw->column_count };
    return STATUS_OK;
}

static enum status add_indicator(struct arena *arena, const struct indicator *indicator, const struct inputs *inputs,
                                 struct planned_table *tables, size_t *count, struct fail *fail)
{
    static const struct basis nothing = { 0 };
    struct result result;
    enum status status = STATUS_OK;
    result_init(&result, arena, inputs);
    if (indicator->review != NULL)
        status = indicator->review(&nothing, &result, fail);
    else
        status = indicator->compute(inputs, &result, fail);
    if (status == STATUS_OK)
        status = result_status(&result, fail);
    for (size_t i = 0; status == STATUS_OK && i < result.table_count; i++) {
        if (*count == PLAN_TABLES_MAX)
            return FAIL(fail, STATUS_LIMIT, "there are more tables than a release can hold");
        status = add_table(arena, indicator, result.tables[i], &tables[(*count)++], fail);
    }
    return status;
}

enum status plan_build(struct arena *arena, const struct form *form, struct plan *plan, struct fail *fail)
{
    struct wave_inputs *waves = ARENA_NEW(arena, struct wave_inputs, PLAN_WAVES);
    struct planned_table *tables = ARENA_NEW(arena, struct planned_table, PLAN_TABLES_MAX);
    const struct inputs inputs = { .city = "", .waves = waves, .wave_count = PLAN_WAVES };
    size_t count = 0;
    enum status status = STATUS_OK;
    if (waves == NULL || tables == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the list of tables");
    gsl_set_error_handler_off();
    for (size_t w = 0; w < PLAN_WAVES && status == STATUS_OK; w++) {
        waves[w] = (struct wave_inputs){ .name = "", .form = form, .year = 1 + (int)w };
        status = frame_create(arena, form, 0, &waves[w].frame, fail);
    }
    for (size_t i = 0; status == STATUS_OK && indicators[i] != NULL; i++)
        status = add_indicator(arena, indicators[i], &inputs, tables, &count, fail);
    if (status == STATUS_OK)
        *plan = (struct plan){ tables, count };
    return status;
}

const struct planned_table *plan_find(const struct plan *plan, const char *id)
{
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->tables[i].id, id) == 0)
            return &plan->tables[i];
    return NULL;
}

#include "analysis/need.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/inputs.h"
#include "base/day.h"

static int by_period(const void *first, const void *second)
{
    const struct demand *a = *(const struct demand *const *)first, *b = *(const struct demand *const *)second;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    if (a->until != b->until)
        return a->until < b->until ? -1 : 1;
    return strcmp(a->tongue, b->tongue); /* '*' comes before letters */
}

enum status needs_open(struct result *result, struct sample *sample, struct needs *needs, struct fail *fail)
{
    const struct registers *registers = &result->inputs->registers;
    enum status status = shared_sample(result, 0, sample, fail);
    *needs = (struct needs){ .sample = sample,
                             .rows = ARENA_NEW(result->arena, const struct demand *, registers->demand_count + 1) };
    if (status != STATUS_OK)
        return status;
    if (needs->rows == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < registers->demand_count; i++)
        if (registers->demands[i].from / 10000 == counted_year(result->inputs))
            needs->rows[needs->count++] = &registers->demands[i];
    qsort(needs->rows, needs->count, sizeof(needs->rows[0]), by_period);
    return STATUS_OK;
}

static bool all_tongues(const char *tongue)
{
    return strcmp(tongue, "*") == 0;
}

/* One unit in one period: rows begin … end - 1. */
struct period {
    size_t begin, end;
    const struct demand *first;
    bool summed; /* has a row of all languages */
};

static bool next_period(const struct needs *needs, struct period *period)
{
    size_t at = period->end;
    if (at == needs->count)
        return false;
    const struct demand *first = needs->rows[at];
    *period = (struct period){ at, at, first, all_tongues(first->tongue) };
    while (period->end < needs->count && needs->rows[period->end]->unit == first->unit &&
           needs->rows[period->end]->from == first->from && needs->rows[period->end]->until == first->until)
        period->end++;
    return true;
}

static bool belongs(const struct needs *needs, const struct period *period, int department)
{
    return department < 0 || counted_department(needs->sample, period->first->unit) == department;
}

/* Whether the row counts for that language, or for all. */
static bool matches(const struct period *period, const struct demand *row, const char *tongue)
{
    return all_tongues(tongue) && !period->summed ? true : strcmp(row->tongue, tongue) == 0;
}

static void add(struct need *need, const struct demand *row)
{
    need->found = true;
    need->estimated = need->estimated || row->source == DEMAND_ESTIMATED;
    need->contacts += row->contacts;
    need->in_need += row->in_need;
    need->inside += row->solved_inside;
    need->interpreter += row->solved_interpreter;
    need->relatives += row->solved_relatives;
    need->children += row->of_them_children;
    need->app += row->solved_app;
    need->unsolved += row->unsolved;
}

struct need need_of(const struct needs *needs, int department, const char *tongue)
{
    struct need need = { 0 };
    struct period period = { 0 };
    while (next_period(needs, &period)) {
        if (!belongs(needs, &period, department))
            continue;
        for (size_t i = period.begin; i < period.end; i++)
            if (matches(&period, needs->rows[i], tongue))
                add(&need, needs->rows[i]);
    }
    return need;
}

/* A period of Monday to Friday is a week, too. */
static double weeks_of(const struct period *period)
{
    return ceil((double)(day_of(period->first->until) - day_of(period->first->from) + 1) / 7);
}

struct unit_load {
    double contacts, minutes, weeks, low, high; /* low, high: minutes a week */
};

static void add_period(const struct needs *needs, const struct period *period, const char *tongue,
                       struct unit_load *unit)
{
    double minutes = 0;
    for (size_t i = period->begin; i < period->end; i++) {
        const struct demand *row = needs->rows[i];
        double number = all_tongues(tongue) ? row->contacts : row->in_need;
        if (!matches(period, row, tongue) || !(number > 0))
            continue;
        unit->contacts += number;
        minutes += number * (isnan(row->minutes) && period->summed ? period->first->minutes : row->minutes);
    }
    double weeks = weeks_of(period);
    unit->minutes += minutes;
    unit->weeks += weeks;
    unit->low = fmin(unit->low, minutes / weeks);
    unit->high = fmax(unit->high, minutes / weeks);
}

static void add_unit(struct load *load, const struct unit_load *unit)
{
    load->weeks = load->found ? fmin(load->weeks, unit->weeks) : unit->weeks;
    load->found = true;
    load->asked += (uint32_t)unit->contacts;
    load->contacts += unit->contacts / unit->weeks;
    load->hours += unit->minutes / unit->weeks / 60;
    load->low += unit->low / 60;
    load->high += unit->high / 60;
}

struct load need_load(const struct needs *needs, int department, const char *tongue)
{
    const struct unit_load none = { .low = HUGE_VAL };
    struct load load = { 0 };
    struct unit_load unit = none;
    struct period period = { 0 };
    while (next_period(needs, &period)) {
        if (!belongs(needs, &period, department))
            continue;
        add_period(needs, &period, tongue, &unit);
        if (period.end < needs->count && needs->rows[period.end]->unit == period.first->unit)
            continue;
        add_unit(&load, &unit);
        unit = none;
    }
    return load;
}

size_t need_tongues(const struct needs *needs, const char *tongues[], size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < needs->count && count < most; i++) {
        bool known = all_tongues(needs->rows[i]->tongue);
        for (size_t k = 0; k < count && !known; k++)
            known = strcmp(tongues[k], needs->rows[i]->tongue) == 0;
        if (!known)
            tongues[count++] = needs->rows[i]->tongue;
    }
    for (size_t i = 1; i < count; i++) /* few: by need, largest first, then by code */
        for (size_t k = i; k > 0; k--) {
            double here = need_of(needs, -1, tongues[k]).in_need;
            double above = need_of(needs, -1, tongues[k - 1]).in_need;
            if (here < above || (here == above && strcmp(tongues[k], tongues[k - 1]) >= 0))
                break;
            const char *swap = tongues[k];
            tongues[k] = tongues[k - 1];
            tongues[k - 1] = swap;
        }
    return count;
}

struct release_label need_tongue_label(const struct sample *sample, const char *tongue)
{
    const struct item *item = form_item(sample->wave->form, "D8");
    int option = item == NULL ? -1 : item_option(item, tongue);
    return option < 0 ? LABEL_NAME(tongue) : LABEL_TEXT(&item->options[option].label);
}

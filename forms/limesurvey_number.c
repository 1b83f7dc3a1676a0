/* Bounds, steps and units of LimeSurvey's numbers, sliders and dates. A form needs bounds: where LimeSurvey has none,
 * wide ones stand in their place, and the report says so. */
#include "forms/limesurvey_map.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDE = 1000000, DECIMALS_USUAL = 2 };

/* A whole text that is a decimal number, with at most decimals places (more are rounded). */
static bool decimal(const char *text, unsigned decimals, int64_t *number)
{
    char *end = NULL;
    if (strspn(text, "0123456789.-+ ") != strlen(text))
        return false;
    double value = strtod(text, &end);
    if (end == text || end[strspn(end, " ")] != '\0' || !(fabs(value) <= NUMBER_MAX))
        return false;
    *number = llround(value * pow(10.0, decimals));
    return true;
}

static unsigned places(const char *text)
{
    const char *point = strchr(text, '.');
    size_t count = point != NULL ? strspn(point + 1, "0123456789") : 0;
    while (count > 0 && point[count] == '0')
        count--;
    return count < NUMBER_DECIMALS_MAX ? (unsigned)count : NUMBER_DECIMALS_MAX;
}

static unsigned larger(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* The bound of that attribute. An expression becomes part of valid_if where it is the name of an earlier number. */
static bool bound(struct lime *lime, const struct lime_question *question, const char *name, unsigned decimals,
                  int64_t *number)
{
    const char *value = name != NULL ? lime_attribute(question, name) : "";
    if (value[0] == '\0')
        return false;
    if (decimal(value, decimals, number))
        return true;
    struct lime_item *item = &lime->items[lime->item_count - 1];
    const struct lime_name *named = lime_named(lime, value);
    if (named != NULL && named->code == NULL && named->item + 1 < lime->item_count &&
        lime->items[named->item].item.type->kind == QTYPE_NUMBER) {
        const char *id = lime->items[named->item].item.id;
        item->valid_if = lime_and(lime, item->valid_if,
                                  arena_format(lime->arena, "not answered(%s) or value %s %s", id,
                                               strstr(name, "min") != NULL ? ">=" : "<=", id));
        return false;
    }
    lime_lose(lime, NULL, N_("The bound %s=“%.100s” is not a number."), name, value);
    return false;
}

void lime_number_bounds(struct lime *lime, const struct lime_question *question, struct item *item, const char *low,
                        const char *high, const char *step)
{
    struct text suffix;
    unsigned decimals = lime_flag(question, "num_value_int_only") ? 0 : DECIMALS_USUAL;
    if (low != NULL)
        decimals = larger(decimals, places(lime_attribute(question, low)));
    if (high != NULL)
        decimals = larger(decimals, places(lime_attribute(question, high)));
    if (step != NULL && lime_attribute(question, step)[0] != '\0')
        decimals = places(lime_attribute(question, step));
    item->decimals = decimals;
    int64_t wide = WIDE * (int64_t)pow(10.0, decimals);
    bool has_low = bound(lime, question, low, decimals, &item->min);
    bool has_high = bound(lime, question, high, decimals, &item->max);
    if (!has_low)
        item->min = has_high && item->max <= -wide ? item->max - wide : -wide;
    if (!has_high)
        item->max = has_low && item->min >= wide ? item->min + wide : wide;
    if (!has_low || !has_high)
        lime_lose(lime, N_("bounds from -1000000 to 1000000"), N_("The number has no lower or no upper bound."));
    if (item->min >= item->max) {
        lime_lose(lime, N_("bounds from -1000000 to 1000000"), N_("The lower bound is not below the upper one."));
        item->min = -wide;
        item->max = wide;
    }
    int64_t steps = 0;
    if (step != NULL && decimal(lime_attribute(question, step), decimals, &steps) && steps > 0 &&
        (item->max - item->min) % steps == 0)
        item->step = steps;
    else if (steps > 0)
        lime_lose(lime, NULL, N_("The step %s does not fit between the bounds."), lime_attribute(question, step));
    lime_attribute_text(lime->survey, question, "suffix", &suffix);
    if (!lime_has_text(&suffix))
        lime_attribute_text(lime->survey, question, "prefix", &suffix);
    lime_text(lime, &suffix, MARKUP_LINE, false, NULL, &item->unit);
}

/* A slider of LimeSurvey goes from 0 to 100 unless it says otherwise; the texts of its ends are "low|high". */
void lime_slider_bounds(struct lime *lime, const struct lime_question *question, struct item *item)
{
    const char *step = lime_attribute(question, "slider_accuracy");
    unsigned decimals = larger(places(step), larger(places(lime_attribute(question, "slider_min")),
                                                    places(lime_attribute(question, "slider_max"))));
    struct text suffix;
    item->decimals = decimals;
    if (!decimal(lime_attribute(question, "slider_min"), decimals, &item->min))
        item->min = 0;
    if (!decimal(lime_attribute(question, "slider_max"), decimals, &item->max))
        item->max = 100 * (int64_t)pow(10.0, decimals);
    if (item->min >= item->max) {
        lime_lose(lime, N_("bounds from 0 to 100"), N_("The lower bound is not below the upper one."));
        item->min = 0;
        item->max = 100 * (int64_t)pow(10.0, decimals);
    }
    if (!decimal(step, decimals, &item->step) || item->step <= 0)
        item->step = (int64_t)pow(10.0, decimals);
    if ((item->max - item->min) % item->step != 0) {
        lime_lose(lime, NULL, N_("The step %s does not fit between the bounds."), step);
        item->step = 0;
    }
    lime_attribute_text(lime->survey, question, "suffix", &suffix);
    lime_text(lime, &suffix, MARKUP_LINE, false, NULL, &item->unit);
}

/* "2010-03-31", "2010-03", "2010" in years or months since year 0. */
static bool date_bound(struct lime *lime, const struct lime_question *question, const char *name, enum date_grain grain,
                       int64_t *number)
{
    const char *value = lime_attribute(question, name);
    int year = 0;
    int month = 1;
    int end = 0;
    if (value[0] == '\0')
        return false;
    bool read = (sscanf(value, "%4d-%2d-%*2d%n", &year, &month, &end) == 2 && value[end] == '\0' && end > 0) ||
                (sscanf(value, "%4d-%2d%n", &year, &month, &end) == 2 && value[end] == '\0') ||
                (sscanf(value, "%4d%n", &year, &end) == 1 && value[end] == '\0');
    if (!read || year < 1900 || year > 2199 || month < 1 || month > 12) {
        lime_lose(lime, NULL, N_("The bound %s=“%.100s” is not a date from 1900 to 2199."), name, value);
        return false;
    }
    *number = grain == DATE_YEAR ? year : year * 12 + month - 1;
    return true;
}

void lime_date_bounds(struct lime *lime, const struct lime_question *question, struct item *item)
{
    enum { FIRST = 1900, LAST = 2099 };
    const char *format = lime_attribute(question, "date_format");
    bool month = strpbrk(format, "mM") != NULL;
    bool day = format[0] == '\0' || strpbrk(format, "dDjH") != NULL;
    item->grain = month || day ? DATE_MONTH : DATE_YEAR;
    if (day)
        lime_lose(lime, N_("the month"), N_("A full date is not asked: it could name a person."));
    bool has_low = date_bound(lime, question, "date_min", item->grain, &item->min);
    bool has_high = date_bound(lime, question, "date_max", item->grain, &item->max);
    int64_t parts = item->grain == DATE_MONTH ? 12 : 1;
    if (!has_low)
        item->min = FIRST * parts;
    if (!has_high)
        item->max = (LAST + 1) * parts - 1;
    if (item->min > item->max) {
        lime_lose(lime, N_("bounds from 1900 to 2099"), N_("The lower bound is not below the upper one."));
        item->min = FIRST * parts;
        item->max = (LAST + 1) * parts - 1;
    } else if (!has_low || !has_high)
        lime_lose(lime, N_("bounds from 1900 to 2099"), N_("The date has no lower or no upper bound."));
}

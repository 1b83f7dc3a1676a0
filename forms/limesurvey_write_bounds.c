/* Bounds of numbers, sliders and dates as LimeSurvey writes them. */
#include <stdio.h>
#include <string.h>

#include "forms/limesurvey_write.h"
#include "forms/measure.h"
#include "forms/qtype.h"

static bool is(const struct item *item, const char *type)
{
    return strcmp(item->type->id, type) == 0;
}

void put_decimal(int64_t number, unsigned decimals, char out[32])
{
    struct buf text;
    buf_init(&text, 31);
    number_write(number, decimals, &text);
    snprintf(out, 32, "%s", text.bytes != NULL ? text.bytes : "");
    buf_free(&text);
}

/* LimeSurvey's bounds of dates are days: the first of the first, the last that is surely in the last. */
static void date_text(int64_t number, enum date_grain grain, bool last, char out[32])
{
    int64_t parts = grain == DATE_MONTH ? 12 : grain == DATE_QUARTER ? 4 : 1;
    int64_t month = number % parts * (12 / parts) + (last ? 12 / parts : 1);
    snprintf(out, 32, "%04d-%02d-%02d", (int)(number / parts), (int)month, last ? 28 : 1);
}

bool put_bounds(const struct item *item, struct put_bounds *bounds)
{
    *bounds = (struct put_bounds){ 0 };
    if (is(item, "number") || is(item, "slider")) {
        bounds->low_name = is(item, "number") ? "min_num_value_n" : "slider_min";
        bounds->high_name = is(item, "number") ? "max_num_value_n" : "slider_max";
        put_decimal(item->min, item->decimals, bounds->low);
        put_decimal(item->max, item->decimals, bounds->high);
        return true;
    }
    if (!is(item, "date"))
        return false;
    bounds->low_name = "date_min";
    bounds->high_name = "date_max";
    date_text(item->min, item->grain, false, bounds->low);
    date_text(item->max, item->grain, true, bounds->high);
    return true;
}

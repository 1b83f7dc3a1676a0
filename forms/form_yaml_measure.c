/* Ranges, units, ends and grains of numbers, dates, sliders, sums and texts. */
#include <string.h>

#include "base/i18n.h"
#include "forms/map.h"
#include "forms/measure.h"
#include "forms/qtype.h"

static void map_grain(struct map *map, const struct yaml_node *node, struct item *item)
{
    static const char *const grains[] = { "year", "quarter", "month" };
    const char *value = map_string(map, node, "grain", false);
    item->grain = DATE_MONTH;
    for (size_t i = 0; value != NULL && i < COUNT(grains); i++)
        if (strcmp(value, grains[i]) == 0) {
            item->grain = (enum date_grain)i;
            return;
        }
    if (value != NULL)
        map_report(map, yaml_child(node, "grain")->line, yaml_child(node, "grain")->column,
                   N_("“grain” must be year, quarter or month"));
}

static int64_t map_date(struct map *map, const struct yaml_node *node, const char *key, enum date_grain grain)
{
    const char *value = map_string(map, node, key, false);
    int64_t number = 0;
    if (value != NULL && !date_read(value, grain, &number))
        map_report(map, yaml_child(node, key)->line, yaml_child(node, key)->column,
                   N_("“%s” must be a date such as 2024, 2024-Q2 or 2024-05, as “grain” says"), key);
    return number;
}

void map_measure(struct map *map, const struct yaml_node *node, struct item *item)
{
    item->decimals = map_number(map, node, "decimals", NUMBER_DECIMALS_MAX);
    if (item->type->kind == QTYPE_DATE) {
        map_grain(map, node, item);
        item->min = map_date(map, node, "min", item->grain);
        item->max = map_date(map, node, "max", item->grain);
    } else {
        item->min = map_decimal(map, node, "min", item->decimals);
        item->max = map_decimal(map, node, "max", item->decimals);
    }
    item->step = map_decimal(map, node, "step", item->decimals);
    if (yaml_child(node, "total") != NULL)
        item->max = map_decimal(map, node, "total", 0);
    map_text(map, node, "unit", false, &item->unit);
    map_text(map, node, "low", false, &item->low);
    map_text(map, node, "high", false, &item->high);
    item->lines = map_number(map, node, "lines", 40);
    item->length_max = map_number(map, node, "length_max", ANSWERS_TEXT_MAX);
}

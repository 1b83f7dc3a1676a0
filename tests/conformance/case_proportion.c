/* Proportions: ranges at the edges, frequencies of an ordinal item. */
#include <stdio.h>
#include <stdlib.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_proportion.h"
#include "conformance.h"

static void put_ranges(json_t *object, double hits, double n, double confidence)
{
    struct proportion_ranges ranges = proportion_ranges(hits, n, confidence);
    put(object, "count", hits);
    put(object, "proportion", hits / n);
    put_pair(object, "wilson", ranges.wilson.low, ranges.wilson.high);
    put_pair(object, "clopper_pearson", ranges.exact.low, ranges.exact.high);
    put_pair(object, "wilson_continuity_corrected", ranges.wilson_corrected.low, ranges.wilson_corrected.high);
    put_pair(object, "agresti_coull", ranges.agresti_coull.low, ranges.agresti_coull.high);
    put_pair(object, "jeffreys", ranges.jeffreys.low, ranges.jeffreys.high);
}

bool case_proportion_ci_edge(const struct problem *problem, json_t *values)
{
    const json_t *grid = json_object_get(problem->options, "grid");
    for (size_t i = 0; i < json_array_size(grid); i++) {
        char key[128];
        double point[3];
        for (size_t k = 0; k < 3; k++)
            point[k] = json_number_value(json_array_get(json_array_get(grid, i), k));
        snprintf(key, sizeof key, "x=%g,n=%g,conf=%g", point[0], point[1], point[2]);
        put_ranges(put_object(values, key), point[0], point[1], point[2]);
    }
    return true;
}

bool case_likert_frequencies(const struct problem *problem, json_t *values)
{
    size_t name_count = 0;
    size_t level_count = 0;
    const char **names = variable_list(problem, "vars", &name_count);
    const char **levels = option_list(problem, "levels", &level_count);
    double confidence = option_number(problem, "conf", 0.95);
    for (size_t k = 0; k < name_count; k++) {
        size_t column = column_of(problem, names[k]);
        double *counts = ARENA_NEW(problem->arena, double, level_count + 1);
        double n = 0;
        for (size_t i = 0; i < problem->row_count; i++) {
            double number = number_at(problem, problem->rows[i], column);
            if (isnan(number))
                continue;
            n++;
            for (size_t level = 0; level < level_count; level++)
                counts[level] += strtod(levels[level], NULL) == number;
        }
        json_t *item = put_object(values, names[k]);
        put(item, "n", n);
        put(item, "missing", (double)problem->row_count - n);
        json_t *rows = put_object(item, "levels");
        for (size_t level = 0; level < level_count; level++)
            put_ranges(put_object(rows, levels[level]), counts[level], n, confidence);
        double top = counts[level_count - 1] + counts[level_count - 2];
        double bottom = counts[0] + counts[1];
        struct range net = proportion_net(top, bottom, n, confidence);
        put_ranges(put_object(item, "top2"), top, n, confidence);
        put_ranges(put_object(item, "bottom2"), bottom, n, confidence);
        json_t *balance = put_object(item, "net_top2_minus_bottom2");
        put(balance, "value", net.value);
        put(balance, "se", (net.high - net.value) / normal_two_sided(confidence));
        put_pair(balance, "ci_wald", net.low, net.high);
    }
    return true;
}

/* Statistics against reference values of R and SciPy (../shared/reference/stats) and against hand-cited ones. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>
#include <jansson.h>

#include "analysis/stat_diff.h"
#include "analysis/stat_dissimilarity.h"
#include "analysis/stat_mean.h"
#include "analysis/stat_proportion.h"
#include "analysis/stat_reliability.h"
#include "analysis/weights.h"
#include "base/csv.h"

#define REFERENCE SOURCE_DIR "/../shared/reference/stats/"

static void close_to(double found, double wanted, double tolerance)
{
    if (!(fabs(found - wanted) <= tolerance * fmax(1, fabs(wanted))))
        fail_msg("found %.15g, expected %.15g", found, wanted);
}

static json_t *reference(const char *name)
{
    char path[300];
    snprintf(path, sizeof path, "%sref/%s.json", REFERENCE, name);
    return json_load_file(path, 0, NULL);
}

static double at(const json_t *values, const char *key)
{
    return json_number_value(json_object_get(values, key));
}

static double end(const json_t *values, const char *key, size_t which)
{
    return json_number_value(json_array_get(json_object_get(values, key), which));
}

static void load(struct arena *arena, const char *dataset, struct csv *csv)
{
    char path[300];
    struct buf buf;
    snprintf(path, sizeof path, "%sdata/%s.csv", REFERENCE, dataset);
    buf_init(&buf, 64 << 20);
    assert_int_equal(buf_read_file(&buf, path, NULL), STATUS_OK);
    assert_int_equal(csv_read(arena, buf.bytes, buf.length, csv, NULL, NULL, NULL), STATUS_OK);
    buf_free(&buf);
}

static const char *field(const struct csv *csv, size_t row, const char *name)
{
    int column = csv_column(csv, name);
    assert_true(column >= 0);
    return csv_field(csv, row, (size_t)column);
}

static void check_proportion(void **state)
{
    (void)state;
    json_t *cases = reference("proportion_ci_fpc");
    if (cases == NULL)
        skip();
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *values = json_object_get(json_array_get(cases, i), "values");
        double n = at(values, "n");
        struct range range = proportion_wilson(at(values, "x") / n, n, n, at(values, "N"));
        close_to(range.low, end(values, "ci_wilson_fpc_effective_n", 0), 1e-11);
        close_to(range.high, end(values, "ci_wilson_fpc_effective_n", 1), 1e-11);
    }
    json_decref(cases);
}

static void check_exact(void **state)
{
    (void)state;
    json_t *cases = reference("proportion_ci_edge");
    if (cases == NULL)
        skip();
    const json_t *values = json_object_get(json_array_get(cases, 0), "values");
    const char *key;
    json_t *value;
    size_t checked = 0;
    json_object_foreach((json_t *)(uintptr_t)values, key, value)
    {
        double x = 0, n = 0, level = 0;
        if (sscanf(key, "x=%lf,n=%lf,conf=%lf", &x, &n, &level) != 3 || level > 0.951 || level < 0.949)
            continue;
        struct range range = proportion_exact((unsigned)x, (unsigned)n);
        close_to(range.low, end(value, "clopper_pearson", 0), 1e-9);
        close_to(range.high, end(value, "clopper_pearson", 1), 1e-9);
        checked++;
    }
    assert_true(checked >= 8);
    json_decref(cases);
}

static void check_mean(void **state)
{
    (void)state;
    json_t *cases = reference("mean_ci_fpc");
    if (cases == NULL)
        skip();
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *one = json_array_get(cases, i), *values = json_object_get(one, "values");
        const json_t *variables = json_object_get(one, "variables"), *options = json_object_get(one, "options");
        const char *name = json_string_value(json_object_get(variables, "y"));
        if (name == NULL || json_object_get(options, "filter") != NULL || at(options, "conf") > 0.96)
            continue;
        struct arena arena;
        struct csv csv;
        arena_init(&arena, 256U << 20);
        load(&arena, json_string_value(json_object_get(one, "dataset")), &csv);
        double *numbers = ARENA_NEW(&arena, double, csv.row_count);
        assert_non_null(numbers);
        size_t n = 0;
        for (size_t r = 0; r < csv.row_count; r++)
            if (field(&csv, r, name)[0] != '\0')
                numbers[n++] = strtod(field(&csv, r, name), NULL);
        struct range range = mean_range(numbers, n, at(options, "population"));
        close_to(range.value, at(values, "mean"), 1e-11);
        close_to(range.low, end(values, "ci_t", 0), 1e-9);
        close_to(range.high, end(values, "ci_t", 1), 1e-9);
        arena_free(&arena);
    }
    json_decref(cases);
}

static bool reversed_item(const json_t *options, const char *name)
{
    const json_t *items = json_object_get(json_object_get(options, "reverse"), "items");
    for (size_t k = 0; k < json_array_size(items); k++)
        if (strcmp(json_string_value(json_array_get(items, k)), name) == 0)
            return true;
    return false;
}

static size_t listwise(const struct csv *csv, const json_t *items, const json_t *options, double *out)
{
    size_t persons = 0, k = json_array_size(items);
    double turn = at(json_object_get(options, "reverse"), "min_plus_max");
    for (size_t r = 0; r < csv->row_count; r++) {
        bool good = true;
        for (size_t i = 0; i < k; i++) {
            const char *name = json_string_value(json_array_get(items, i)), *text = field(csv, r, name);
            double value = strtod(text, NULL);
            good = good && text[0] != '\0';
            out[persons * k + i] = reversed_item(options, name) ? turn - value : value;
        }
        persons += good;
    }
    return persons;
}

static void check_alpha(void **state)
{
    (void)state;
    json_t *cases = reference("cronbach_alpha");
    size_t checked = 0;
    if (cases == NULL)
        skip();
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *one = json_array_get(cases, i), *values = json_object_get(one, "values");
        const json_t *items = json_object_get(json_object_get(one, "variables"), "items");
        const json_t *options = json_object_get(one, "options");
        size_t k = json_array_size(items);
        if (k < 2 || json_object_get(options, "filter") != NULL)
            continue;
        struct arena arena;
        struct csv csv;
        struct reliability found;
        arena_init(&arena, 512U << 20);
        load(&arena, json_string_value(json_object_get(one, "dataset")), &csv);
        double *numbers = ARENA_NEW(&arena, double, (csv.row_count + 1) * k);
        assert_non_null(numbers);
        size_t persons = listwise(&csv, items, options, numbers);
        assert_int_equal(persons, (size_t)at(values, "n"));
        assert_int_equal(reliability_compute(&arena, numbers, persons, k, &found, NULL), STATUS_OK);
        close_to(found.alpha.value, at(values, "alpha"), 1e-10);
        close_to(found.alpha.low, end(values, "feldt_ci95", 0), 1e-8);
        close_to(found.alpha.high, end(values, "feldt_ci95", 1), 1e-8);
        for (size_t j = 0; j < k; j++) {
            const json_t *item = json_object_get(json_object_get(values, "items"),
                                                 json_string_value(json_array_get(items, j)));
            if (item == NULL)
                continue;
            close_to(found.item_rest[j], at(item, "item_rest_r_corrected"), 1e-10);
            if (k > 2)
                close_to(found.alpha_without[j], at(item, "alpha_if_deleted"), 1e-10);
        }
        checked++;
        arena_free(&arena);
    }
    assert_true(checked >= 5);
    json_decref(cases);
}

/* Raking of apisrs to three margins: effective number and first weights of R's survey package. */
static void check_rake(void **state)
{
    (void)state;
    json_t *cases = reference("rake");
    if (cases == NULL)
        skip();
    const json_t *one = json_array_get(cases, 0), *values = json_object_get(json_object_get(one, "values"), "weights");
    const json_t *targets = json_object_get(json_object_get(one, "options"), "targets");
    static const char *const names[3] = { "stype", "sch.wide", "awards" };
    struct arena arena;
    struct csv csv;
    struct margin margins[3];
    struct weights weights;
    arena_init(&arena, 64U << 20);
    load(&arena, "apisrs", &csv);
    for (size_t m = 0; m < 3; m++) {
        json_t *target = json_object_get(targets, names[m]), *heads;
        const char *key;
        size_t count = 0;
        uint16_t *category = ARENA_NEW(&arena, uint16_t, csv.row_count);
        double *wanted = ARENA_NEW(&arena, double, 4);
        assert_non_null(category);
        assert_non_null(wanted);
        json_object_foreach(target, key, heads)
        {
            wanted[count] = json_number_value(heads);
            for (size_t r = 0; r < csv.row_count; r++)
                if (strcmp(field(&csv, r, names[m]), key) == 0)
                    category[r] = (uint16_t)count;
            count++;
        }
        margins[m] = (struct margin){ category, wanted, count };
    }
    assert_int_equal(weights_rake(&arena, csv.row_count, NULL, margins, 3, 0, &weights, NULL), STATUS_OK);
    assert_true(weights.converged);
    close_to(weights.effective, at(values, "kish_effective_n"), 1e-6);
    for (size_t r = 0; r < 10; r++)
        close_to(weights.weight[r] * at(values, "sum") / at(values, "n"), end(values, "first10", r), 1e-6);
    arena_free(&arena);
    json_decref(cases);
}

/* Weights stay within the bounds after trimming, and a margin that cannot be met is reported. */
static void check_trim(void **state)
{
    (void)state;
    struct arena arena;
    struct weights weights;
    uint16_t category[100];
    for (size_t i = 0; i < 100; i++)
        category[i] = i < 2 ? 0 : 1;
    double target[2] = { 50, 50 };
    struct margin margin = { category, target, 2 };
    arena_init(&arena, 1 << 20);
    assert_int_equal(weights_rake(&arena, 100, NULL, &margin, 1, 5, &weights, NULL), STATUS_OK);
    assert_true(weights.converged);
    assert_int_equal(weights.trimmed, 2);
    assert_true(weights.weight[0] / weights.weight[99] < 25.0 / 0.5);
    assert_int_equal(weights_rake(&arena, 0, NULL, &margin, 1, 5, &weights, NULL), STATUS_INPUT);
    arena_free(&arena);
}

/* Newcombe (1998), table II: 56/70 − 48/80, method 10: 0.0524 to 0.3339; 9/10 − 3/10: 0.1705 to 0.8090;
 * 10/10 − 0/20: 0.6791 to 1. */
static void check_newcombe(void **state)
{
    (void)state;
    static const double rows[3][6] = { { 56, 70, 48, 80, 0.0524, 0.3339 }, { 9, 10, 3, 10, 0.1705, 0.8090 },
                                       { 10, 10, 0, 20, 0.6791, 1.0 } };
    for (size_t i = 0; i < 3; i++) {
        struct range range = difference(proportion_wilson(rows[i][0] / rows[i][1], rows[i][1], rows[i][1], 0),
                                        proportion_wilson(rows[i][2] / rows[i][3], rows[i][3], rows[i][3], 0));
        close_to(range.low, rows[i][4], 5e-5);
        close_to(range.high, rows[i][5], 5e-5);
    }
}

static void check_words(void **state)
{
    (void)state;
    static const struct {
        double low, high;
        enum release_word word;
    } rows[] = { { 3.1, 9, WORD_HIGHER },      { -9, -3.1, WORD_LOWER }, { 0.5, 5, WORD_SLIGHTLY_HIGHER },
                 { -5, -0.5, WORD_SLIGHTLY_LOWER }, { -2, 2, WORD_EQUAL },    { 0.5, 2, WORD_EQUAL },
                 { -1, 4, WORD_UNDECIDED },    { -3, 3, WORD_EQUAL } };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(difference_word((struct range){ 0, rows[i].low, rows[i].high }, 3), rows[i].word);
    assert_int_equal(difference_word(RANGE_NONE, 3), WORD_TOO_FEW);
}

/* DOMAIN DQ4: at 21.6 % r = 0.67 gives 29 %, r = 1.5 gives 16 %. */
static void check_band(void **state)
{
    (void)state;
    assert_int_equal(lround(100 * proportion_band(0.216, 0.67)), 29);
    assert_int_equal(lround(100 * proportion_band(0.216, 1.5)), 16);
    close_to(proportion_band(0.216, 1), 0.216, 1e-12);
}

static void check_nothing(void **state)
{
    (void)state;
    double one = 3;
    assert_true(isnan(mean_range(&one, 1, 0).value));
    assert_true(isnan(proportion_wilson(0.5, 0, 0, 0).value));
    assert_true(isnan(proportion_exact(0, 0).value));
    assert_true(isnan(ratio_counts(0, 10, 1, 10).value));
}

static void check_dissimilarity(void **state)
{
    (void)state;
    struct arena arena;
    struct dissimilarity index, again;
    /* Even spread: chance explains all of it. Full separation: D = 1. */
    static const uint32_t even[4] = { 10, 10, 10, 10 }, apart[4] = { 20, 20, 0, 0 }, rest[4] = { 0, 0, 20, 20 };
    arena_init(&arena, 1 << 20);
    assert_int_equal(dissimilarity_compute(&arena, even, even, 4, 7, &index, NULL), STATUS_OK);
    assert_true(index.raw < 1e-12 && index.corrected < 0);
    assert_int_equal(dissimilarity_compute(&arena, apart, rest, 4, 7, &index, NULL), STATUS_OK);
    close_to(index.raw, 1, 1e-12);
    assert_true(index.corrected > index.chance_95);
    assert_int_equal(dissimilarity_compute(&arena, apart, rest, 4, 7, &again, NULL), STATUS_OK);
    assert_true(memcmp(&index, &again, sizeof index) == 0); /* same seed, same result */
    arena_free(&arena);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        { "Wilson with finite population", check_proportion, NULL, NULL, NULL },
        { "Clopper-Pearson to n = 1,000,000", check_exact, NULL, NULL, NULL },
        { "mean with finite population", check_mean, NULL, NULL, NULL },
        { "alpha, Feldt, item-rest on real data", check_alpha, NULL, NULL, NULL },
        { "raking as R's survey package", check_rake, NULL, NULL, NULL },
        { "trimming and empty input of raking", check_trim, NULL, NULL, NULL },
        { "Newcombe 1998 table II", check_newcombe, NULL, NULL, NULL },
        { "comparison words", check_words, NULL, NULL, NULL },
        { "sensitivity band", check_band, NULL, NULL, NULL },
        { "too few values", check_nothing, NULL, NULL, NULL },
        { "dissimilarity", check_dissimilarity, NULL, NULL, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

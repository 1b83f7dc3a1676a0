/* The demo city's answers: valid for the shipped questionnaire, and as reliable as its planning table says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "forms/format.h"
#include "survey/demo_city.h"

/* Cronbach (1951), Psychometrika 16:297-334: alpha = k/(k-1) (1 - sum of item variances / variance of the sum). */
static void reliability_is_as_planned(void **state)
{
    const struct demo_city *city = *state;
    static const bool reversed[DEMO_SCALE_COUNT][7] = {
        [DEMO_HM] = { 0, 1, 0, 1, 0 }, [DEMO_WI] = { 0, 0, 1, 1 },          [DEMO_RE] = { 0, 1, 0, 1 },
        [DEMO_VH] = { 0, 0, 1, 0, 1 }, [DEMO_ST] = { 0, 1, 0, 0, 1, 1, 0 }, [DEMO_IK] = { 0, 1, 0, 1, 0, 1 },
    };
    const struct demo_year *year = &city->years[1];
    const double n = (double)year->person_count;
    for (int scale = 0; scale < DEMO_SCALE_COUNT; scale++) {
        double sums[8] = { 0.0 }, squares[8] = { 0.0 }; /* the last is the sum of the items */
        size_t items = 0;
        for (size_t i = 0; i < year->person_count; i++) {
            double total = 0.0;
            for (items = 0; items < 8; items++) {
                const unsigned raw = demo_rating(city, year, &year->persons[i], (enum demo_scale)scale, items);
                if (raw == 0)
                    break;
                const double value = reversed[scale][items] ? 6.0 - raw : raw;
                sums[items] += value;
                squares[items] += value * value;
                total += value;
            }
            sums[7] += total;
            squares[7] += total * total;
        }
        double within = 0.0;
        for (size_t item = 0; item < items; item++)
            within += squares[item] / n - sums[item] / n * (sums[item] / n);
        const double k = (double)items;
        const double alpha = k / (k - 1.0) * (1.0 - within / (squares[7] / n - sums[7] / n * (sums[7] / n)));
        print_message("alpha of scale %d, %zu items: %.3f\n", scale, items, alpha);
        assert_true(alpha > 0.62 && alpha < 0.83);
    }
}

static void count_fault(void *context, const char *item, const char *message)
{
    (*(size_t *)context)++;
    print_message("%s: %s\n", item != NULL ? item : "-", message);
}

/* The shipped form with the units of at least 30 heads, as a city would offer them. */
static const struct form *bound_form(struct arena *arena, const struct demo_city *city)
{
    const struct form *form = NULL, *bound = NULL;
    struct fail fail = { 0 };
    const char *path = SOURCE_DIR "/forms/library/open_administration.yaml";
    if (form_read(arena, path, &form, NULL, NULL, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    struct listed offered[200];
    size_t count = 0;
    for (size_t i = 1; i < city->unit_count; i++)
        if (city->units[i].level != UNIT_SECTION || city->units[i].weight >= 30)
            offered[count++] = (struct listed){ city->units[i].id, city->units[i].name };
    if (form_bind(arena, form, "units", offered, count, &bound, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    return bound;
}

static void answers_are_valid(void **state)
{
    const struct demo_city *city = *state;
    struct arena forms;
    arena_init(&forms, (size_t)32 << 20);
    const struct form *form = bound_form(&forms, city);
    const size_t first_situation = (size_t)(form_item(form, "SJ1") - form->items);
    const size_t place = (size_t)(form_item(form, "D1") - form->items);
    size_t faults = 0, written = 0, situations = 0, placed = 0;
    for (size_t i = 0; i < DEMO_YEAR_COUNT; i++) {
        for (size_t person = 0; person < city->years[i].person_count; person++) {
            const int year = city->years[i].year;
            if (!demo_responds(city, year, person))
                continue;
            struct arena arena;
            struct answers answers, again;
            struct buf json;
            arena_init(&arena, 1 << 20);
            buf_init(&json, 1 << 16);
            assert_int_equal(demo_answers(city, year, form, person, &arena, &answers, NULL), STATUS_OK);
            answers_write(&answers, &json);
            assert_int_equal(buf_status(&json, "answers", NULL), STATUS_OK);
            assert_int_equal(answers_parse(&arena, form, json.bytes, json.length, &again, count_fault, &faults, NULL),
                             STATUS_OK);
            size_t seen = 0;
            for (size_t j = first_situation; j < first_situation + 4; j++)
                seen += answers.items[j].choice != ANSWER_NONE;
            assert_true(seen <= 2);
            situations += seen;
            placed += answers.items[place].choice != ANSWER_NONE;
            written++;
            buf_free(&json);
            arena_free(&arena);
        }
    }
    arena_free(&forms);
    assert_int_equal(faults, 0);
    assert_true(written > 2000);
    assert_in_range(situations * 100 / written, 190, 200); /* two of four, rarely skipped */
    assert_in_range(placed * 100 / written, 95, 100);
}

int main(void)
{
    struct arena arena;
    struct demo_city city;
    arena_init(&arena, (size_t)64 << 20);
    if (demo_city_create(&arena, DEMO_STAFF_DEFAULT, DEMO_SEED_DEFAULT, &city, NULL) != STATUS_OK)
        return 1;
    const struct CMUnitTest tests[] = {
        { "alpha lies between .65 and .80", reliability_is_as_planned, NULL, NULL, &city },
        { "every answer set passes answers_parse", answers_are_valid, NULL, NULL, &city },
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}

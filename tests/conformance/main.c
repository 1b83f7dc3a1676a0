/* conformance CASES.json… --data DIR [--implemented] [--verbose]: a line a case, then "N passed, N failed". A statistic
 * without a line in statistics.def prints MISSING and counts as failed, unless only the implemented ones are asked for. */
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "conformance.h"

enum { CASE_MEMORY = 2000 << 20 };

static const struct {
    const char *name;
    statistic_run *run;
} statistics[] = {
#define STATISTIC(name) { #name, case_##name },
#include "statistics.def"
#undef STATISTIC
};

struct tally {
    size_t passed, failed;
    const char *data;
    bool implemented, verbose;
};

static bool kept(const struct problem *problem, size_t row)
{
    const json_t *filter = json_object_get(problem->options, "filter");
    json_t *lent = json_deep_copy(filter);
    bool keep = true;
    for (void *at = json_object_iter(lent); at != NULL; at = json_object_iter_next(lent, at)) {
        const json_t *wanted = json_object_iter_value(at);
        const char *text = text_at(problem, row, column_of(problem, json_object_iter_key(at)));
        size_t count = json_is_array(wanted) ? json_array_size(wanted) : 1;
        bool found = false;
        for (size_t i = 0; i < count; i++) {
            const json_t *one = json_is_array(wanted) ? json_array_get(wanted, i) : wanted;
            const char *string = json_string_value(one);
            found = found || (string != NULL ? strcmp(string, text) == 0
                                             : *text != '\0' && strtod(text, NULL) == json_number_value(one));
        }
        keep = keep && found;
    }
    json_decref(lent);
    return keep;
}

static void run_case(const json_t *entry, struct tally *tally)
{
    struct arena arena;
    struct agreement agreement = { 0 };
    const char *statistic = json_string_value(json_object_get(entry, "statistic"));
    struct problem problem = { .id = json_string_value(json_object_get(entry, "id")),
                               .variables = json_object_get(entry, "variables"),
                               .options = json_object_get(entry, "options"),
                               .expected = json_object_get(entry, "values"),
                               .arena = &arena };
    statistic_run *run = NULL;
    for (size_t i = 0; i < COUNT(statistics) && statistic != NULL; i++)
        if (strcmp(statistics[i].name, statistic) == 0)
            run = statistics[i].run;
    if (run == NULL) {
        if (!tally->implemented) {
            printf("%s MISSING\n", problem.id);
            tally->failed++;
        }
        return;
    }
    arena_init(&arena, CASE_MEMORY);
    problem.table = table_read(&arena, tally->data, json_string_value(json_object_get(entry, "dataset")));
    json_t *values = json_object();
    bool done = problem.table != NULL;
    if (done) {
        problem.rows = ARENA_NEW(&arena, size_t, problem.table->rows + 1);
        for (size_t i = 0; i < problem.table->rows; i++)
            if (kept(&problem, i))
                problem.rows[problem.row_count++] = i;
        done = run(&problem, values);
    }
    if (done)
        compare(statistic, problem.expected, values, json_object_get(entry, "tolerance"),
                json_object_get(entry, "exact_for_double_input"), &agreement);
    bool pass = done && agreement.failed == 0 && agreement.compared > 0;
    printf("%s %s %.1e%s%s\n", problem.id, pass ? "pass" : "FAIL", agreement.worst, pass ? "" : "  ",
           pass ? "" : agreement.where);
    if (tally->verbose && !pass)
        printf("   %zu of %zu values differ\n", agreement.failed, agreement.compared);
    tally->passed += pass;
    tally->failed += !pass;
    json_decref(values);
    arena_free(&arena);
}

int main(int count, char **words)
{
    struct tally tally = { .data = "." };
    gsl_set_error_handler_off();
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], "--data") == 0 && i + 1 < count)
            tally.data = words[++i];
        tally.implemented = tally.implemented || strcmp(words[i], "--implemented") == 0;
        tally.verbose = tally.verbose || strcmp(words[i], "--verbose") == 0;
    }
    for (int i = 1; i < count; i++) {
        json_error_t error;
        if (words[i][0] == '-') {
            i += strcmp(words[i], "--data") == 0;
            continue;
        }
        json_t *cases = json_load_file(words[i], 0, &error);
        if (!json_is_array(cases)) {
            fprintf(stderr, "%s: %s\n", words[i], cases == NULL ? error.text : "a list of cases is expected");
            tally.failed++;
        }
        for (size_t k = 0; k < json_array_size(cases); k++)
            run_case(json_array_get(cases, k), &tally);
        json_decref(cases);
    }
    printf("%zu passed, %zu failed\n", tally.passed, tally.failed);
    return tally.failed == 0 ? 0 : 1;
}

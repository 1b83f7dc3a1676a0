/* Kaplan and Meier's share against R (package survival 3.5-3, survfit with conf.type "log-log" and "plain") and at the
 * edges. The data are the remission times under 6-MP of Freireich et al. (1963), Blood 21. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "analysis/stat_survival.h"

static const struct survival_step remission[] = {
    { 6, 3, 1 },  { 7, 1, 0 },  { 9, 0, 1 },  { 10, 1, 1 }, { 11, 0, 1 }, { 13, 1, 0 }, { 16, 1, 0 }, { 17, 0, 1 },
    { 19, 0, 1 }, { 20, 0, 1 }, { 22, 1, 0 }, { 23, 1, 0 }, { 25, 0, 1 }, { 32, 0, 2 }, { 34, 0, 1 }, { 35, 0, 1 },
};

static struct against_r {
    const char *name;
    double time, share, error, low, high, plain_low, plain_high;
} rows[] = {
    { "after the first time", 6, 0.857142857142857, 0.0763603548321213, 0.619717955265984, 0.951551747646997,
      0.7074793118252, 1 },
    { "with people lost before", 10, 0.752941176470588, 0.0963496529943205, 0.503199510799957, 0.889361835169265,
      0.564099326678788, 0.941783026262388 },
    { "after the last who left", 23, 0.448179271708683, 0.13459145675576, 0.188052005959232, 0.680142628495241,
      0.184384863840613, 0.711973679576754 },
    { "between two times", 30, 0.448179271708683, 0.13459145675576, 0.188052005959232, 0.680142628495241,
      0.184384863840613, 0.711973679576754 },
};

static void close_to(double found, double wanted)
{
    if (!(fabs(found - wanted) <= 1e-12))
        fail_msg("found %.15g, expected %.15g", found, wanted);
}

static void as_r_says(void **state)
{
    const struct against_r *row = *state;
    struct survival found;
    assert_int_equal(survival_at(remission, COUNT(remission), row->time, 0.95, &found, NULL), STATUS_OK);
    close_to(found.people, 21);
    close_to(found.log_log.value, row->share);
    close_to(found.error, row->error);
    close_to(found.log_log.low, row->low);
    close_to(found.log_log.high, row->high);
    close_to(found.plain.low, row->plain_low);
    close_to(found.plain.high, row->plain_high);
}

/* Nobody, one person, everybody lost, everybody gone; wrong counts. */
static struct edge_case {
    const char *name;
    struct survival_step steps[2];
    size_t count;
    double time;
    enum status status;
    double share; /* NaN range where it is 0 or 1 */
} edges[] = {
    { "nobody", { { 0, 0, 0 } }, 0, 24, STATUS_DENIED, 0 },
    { "nobody in two steps", { { 1, 0, 0 }, { 2, 0, 0 } }, 2, 1, STATUS_DENIED, 0 },
    { "one person who stays", { { 24, 0, 1 } }, 1, 23, STATUS_OK, 1 },
    { "one person who is seen until that time", { { 24, 0, 1 } }, 1, 24, STATUS_OK, 1 },
    { "one person who leaves", { { 7, 1, 0 } }, 1, 24, STATUS_OK, 0 },
    { "everybody lost before", { { 3, 0, 2 }, { 5, 0, 1 } }, 2, 24, STATUS_DENIED, 0 },
    { "everybody lost before, nobody later", { { 3, 0, 2 }, { 50, 0, 0 } }, 2, 24, STATUS_DENIED, 0 },
    { "everybody lost later", { { 3, 0, 2 }, { 50, 0, 1 } }, 2, 24, STATUS_OK, 1 },
    { "everybody gone stays gone", { { 3, 2, 0 }, { 5, 1, 0 } }, 2, 24, STATUS_OK, 0 },
    { "some left, the others lost before", { { 3, 1, 0 }, { 5, 0, 4 } }, 2, 24, STATUS_DENIED, 0 },
    { "times descend", { { 5, 1, 0 }, { 3, 1, 0 } }, 2, 24, STATUS_INPUT, 0 },
    { "a time twice", { { 3, 1, 0 }, { 3, 0, 1 } }, 2, 24, STATUS_INPUT, 0 },
    { "a negative count", { { 3, -1, 0 }, { 5, 0, 9 } }, 2, 4, STATUS_INPUT, 0 },
    { "no number", { { 3, 1, (double)NAN }, { 5, 0, 9 } }, 2, 4, STATUS_INPUT, 0 },
};

static void at_the_edge(void **state)
{
    const struct edge_case *row = *state;
    struct survival found;
    assert_int_equal(survival_at(row->steps, row->count, row->time, 0.95, &found, NULL), row->status);
    if (row->status != STATUS_OK)
        return;
    close_to(found.log_log.value, row->share);
    assert_true(isnan(found.log_log.low) && isnan(found.log_log.high));
}

/* Without anybody lost from sight the share and its error are those of a binomial share. */
static void binomial_when_all_are_seen(void **state)
{
    static const struct survival_step steps[] = { { 2, 5, 0 }, { 9, 7, 0 }, { 24, 0, 28 } };
    struct survival found;
    (void)state;
    assert_int_equal(survival_at(steps, COUNT(steps), 23, 0.95, &found, NULL), STATUS_OK);
    close_to(found.log_log.value, 0.7);
    close_to(found.error, sqrt(0.7 * 0.3 / 40));
    close_to(found.left, 12);
    close_to(found.watched, 28);
    assert_int_equal(survival_at(steps, COUNT(steps), 23, 1, &found, NULL), STATUS_INPUT);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(rows) + COUNT(edges) + 1];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        tests[count++] = (struct CMUnitTest){ rows[i].name, as_r_says, NULL, NULL, &rows[i] };
    for (size_t i = 0; i < COUNT(edges); i++)
        tests[count++] = (struct CMUnitTest){ edges[i].name, at_the_edge, NULL, NULL, &edges[i] };
    tests[count] = (struct CMUnitTest){ "binomial when all are seen", binomial_when_all_are_seen, NULL, NULL, NULL };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

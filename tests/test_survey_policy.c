/* Thresholds go up and never down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "survey/policy.h"

static void thresholds_only_rise(void **state)
{
    (void)state;
    static const char *const wrong[] = { "", "9", "0", "-11", "12a", "1e3", "10001", "100000", " 11", "+11" };
    char dir[] = "/tmp/querschnitt-policy-XXXXXX", path[80], text[POLICY_TEXT];
    struct store *store = NULL;
    struct policy policy;
    assert_non_null(mkdtemp(dir));
    assert_int_equal(store_open(dir, STORE_WRITE, &store, NULL), STATUS_OK);
    assert_int_equal(policy_read(store, &policy, NULL), STATUS_OK);
    policy_print(&policy, text);
    assert_string_equal(text, "min_answers=10 min_heads=5 min_percent_base=20 min_decimal_base=200");
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct fail fail = { 0 };
        if (policy_raise(store, "min_answers", wrong[i], &fail) != STATUS_INPUT)
            fail_msg("taken: \"%s\"", wrong[i]);
        assert_non_null(strstr(fail.what, "not lowered"));
    }
    assert_int_equal(policy_raise(store, "min_answers", "15", NULL), STATUS_OK);
    assert_int_equal(policy_raise(store, "min_answers", "14", NULL), STATUS_INPUT); /* nor back to what is still above the default */
    assert_int_equal(policy_raise(store, "min_answers", "15", NULL), STATUS_OK);
    assert_int_equal(policy_raise(store, "min_heads", "7", NULL), STATUS_OK);
    assert_int_equal(policy_raise(store, "city", "7", NULL), STATUS_INPUT);
    assert_int_equal(policy_read(store, &policy, NULL), STATUS_OK);
    policy_print(&policy, text);
    assert_string_equal(text, "min_answers=15 min_heads=7 min_percent_base=20 min_decimal_base=200");
    assert_int_equal(store_fact_set(store, "min_heads", "1", NULL), STATUS_OK); /* by another hand: nothing is released */
    assert_int_equal(policy_read(store, &policy, NULL), STATUS_INPUT);
    store_close(store);
    snprintf(path, sizeof path, "rm -rf %s", dir);
    assert_int_equal(system(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(thresholds_only_rise) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

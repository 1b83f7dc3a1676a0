/* Expressions of XLSForm and LimeSurvey: what becomes of them, and what is refused because its meaning would change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "forms/expression_foreign.h"
#include "forms/qtype.h"

static const struct option options[] = { { .code = "1" }, { .code = "2" }, { .code = "ab" }, { .code = "in" } };

static struct item items[] = {
    { .id = "one", .options = options, .option_count = COUNT(options) },
    { .id = "many", .options = options, .option_count = COUNT(options) },
    { .id = "n", .min = 0, .max = 100 },
    { .id = "m", .min = 0, .max = 100 },
    { .id = "words" },
    { .id = "day" },
    { .id = "note" },
};

static bool find(void *context, const char *name, struct foreign_name *found)
{
    (void)context;
    static const char *const types[] = { "single", "multiple", "number", "number", "text", "date", "note" };
    for (size_t i = 0; i < COUNT(items); i++) {
        items[i].type = qtype_find(types[i]);
        if (strcmp(items[i].id, name) == 0)
            found->item = &items[i];
    }
    if (strcmp(name, "many_1") == 0 || strcmp(name, "many_ab") == 0)
        *found = (struct foreign_name){ &items[1], strcmp(name, "many_1") == 0 ? "1" : "ab" };
    return found->item != NULL;
}

struct translation_case {
    const char *in, *out; /* out NULL: refused */
};

static struct translation_case xlsform_cases[] = {
    { "${one} = 'ab'", "one = ab" },
    { "${one}='1' or ${one} = 2", "one = 1 or one = 2" },
    { "'ab' != ${one}", "one != ab" },
    { "${one} = 'in'", "one = \"in\"" },
    { "${one} = 'other'", NULL },
    { "${one} = ''", "not answered(one)" },
    { "${one} != ''", "answered(one)" },
    { "selected(${many}, 'ab')", "selected(many, \"ab\")" },
    { "selected(${many},1)", "many = 1" },
    { "not(selected(${one}, '2'))", "not one = 2" },
    { "${many} = 'ab'", "many = ab and count(many) = 1" },
    { "${many} != 'ab'", "not (many = ab and count(many) = 1)" },
    { "count-selected(${many}) >= 2", "count(many) >= 2" },
    { "count-selected(.) <= 3 and . != ''", "count(value) <= 3 and answered(value)" },
    { "${n} >= 18 and ${n} <= 65.50", "n >= 18 and n <= 65.50" },
    { "${n} > '5'", "n > 5" },
    { "${n} = ${m}", "n = (m) or not answered(n) and not answered(m)" },
    { "${n} != ${m}", "not (n = (m) or not answered(n) and not answered(m))" },
    { "${n} * 2 - ${m} div 4 mod 3", "n * 2 - m / 4 mod 3" },
    { "(${n} + 1) * -${m} > .5", "(n + 1) * -m > 0.5" },
    { "if(${n} > 3, 'yes', '') ", "if(n > 3, \"yes\", number(\"\"))" },
    { "coalesce(${n}, 0) + int(round(${m}, 2))", "coalesce(n, 0) + int(round(m, 2))" },
    { "string-length(${words}) < 10", "coalesce(length(words), 0) < 10" },
    { "min(${n}, 5)", "if(answered(n), min(n, 5), number(\"\"))" },
    { "true()", "1" },
    { "boolean(${one})", "answered(one)" },
    { "${later} = 1", NULL },
    { "today() > ${day}", NULL },
    { "${day} > '2020-01-01'", NULL },
    { "${day} != ''", "answered(day)" },
    { "regex(., '[a-z]+')", NULL },
    { "${words} = 'secret'", NULL },
    { "jr:choice-name(${one}, '${one}')", NULL },
    { "pulldata('a', 'b', 'c', 'd')", NULL },
    { "once(random())", NULL },
    { "../one = 1", NULL },
    { "/data/one = 1", NULL },
    { "sum(${n})", NULL },
    { "count(${n})", NULL },
    { "${note} = ''", NULL },
    { "${one} = 1 ${one}", NULL },
    { "${n} < 3 < 4", NULL },
    { "${n} = 'a", NULL },
    { "", NULL },
};

static struct translation_case lime_cases[] = {
    { "one.NAOK == \"ab\"", "one = ab" },
    { "one == 'ab' and one.code ne \"1\"", "one = ab and one != 1" },
    { "((one.NAOK == \"1\")) || (one.NAOK == \"2\")", "one = 1 or one = 2" },
    { "many_1.NAOK == \"Y\"", "many = 1" },
    { "many_ab.NAOK != \"Y\"", "not many = ab" },
    { "many_ab == \"\"", "not many = ab" },
    { "is_empty(many_1)", "not many = 1" },
    { "many_1 == 'N'", NULL },
    { "many.NAOK == 'ab'", NULL },
    { "!is_empty(one.NAOK) && n ge 3", "not not answered(one) and n >= 3" },
    { "count(many_1, many_ab) > 1", "if(many = 1, 1, 0) + if(many = ab, 1, 0) > 1" },
    { "sum(n, m) == 100", "coalesce(sum(n, m), 0) = 100" },
    { "n + m > 5", "sum(n, m) > 5" },
    { "n * 2 + m > 5", "n * 2 + coalesce(m, 0) > 5" },
    { "n.value - 1 <= 5", "n - 1 <= 5" },
    { "n < 0", NULL },
    { "n > 0", "n > 0" },
    { "n <= m", "n <= m or not answered(n) and not answered(m)" },
    { "n > \"5\"", NULL },
    { "one.shown == 'Yes'", NULL },
    { "one.relevanceStatus == 1", NULL },
    { "n.shown > 1", NULL },
    { "self.NAOK > 5", "value > 5" },
    { "if(one == '1', n, 0)", "if(one = 1, n, 0)" },
    { "round(n / 3, 1)", "round(n / 3, 1)" },
    { "one", "answered(one)" },
    { "!one", "not answered(one)" },
    { "regexMatch('/a/', words)", NULL },
    { "strlen(words.NAOK) > 3", "coalesce(length(words), 0) > 3" },
    { "one = 1", NULL },
    { "TOKEN:ATTRIBUTE_1 == 'x'", NULL },
    { "n#1 == 2", NULL },
    { "unknown.NAOK == 'A1'", NULL },
    { "one == 'A\\'1'", NULL },
};

static void check_all(const struct translation_case cases[], size_t count,
                      enum status (*translate)(const struct foreign *foreign, const char *source, const char **native,
                                               struct fail *fail))
{
    static const struct option same[] = { { .code = "1" }, { .code = "2" } };
    static struct item own = { .id = "own", .options = same, .option_count = COUNT(same) };
    for (size_t i = 0; i < count; i++) {
        struct arena arena;
        struct fail fail = { 0 };
        const char *native = NULL;
        arena_init(&arena, 1 << 20);
        own.type = qtype_find(strstr(cases[i].in, "count-") != NULL ? "multiple" : "number");
        const struct foreign foreign = { .arena = &arena, .own = &own, .find = find };
        enum status status = translate(&foreign, cases[i].in, &native, &fail);
        if (cases[i].out != NULL && status != STATUS_OK)
            fail_msg("%s: %s", cases[i].in, fail.what);
        if (cases[i].out == NULL && status == STATUS_OK)
            fail_msg("%s: became %s", cases[i].in, native);
        if (cases[i].out != NULL)
            assert_string_equal(native, cases[i].out);
        else
            assert_true(status == STATUS_INPUT && fail.what[0] != '\0');
        arena_free(&arena);
    }
}

static void check_xlsform(void **state)
{
    (void)state;
    check_all(xlsform_cases, COUNT(xlsform_cases), expression_from_xlsform);
}

static void check_limesurvey(void **state)
{
    (void)state;
    check_all(lime_cases, COUNT(lime_cases), expression_from_limesurvey);
}

static void check_bounds(void **state)
{
    (void)state;
    char deep[3000];
    memset(deep, '(', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    const struct translation_case row = { deep, NULL };
    check_all(&row, 1, expression_from_xlsform);
    memset(deep, '-', sizeof deep - 1);
    check_all(&row, 1, expression_from_xlsform);
    memset(deep, '!', sizeof deep - 1);
    check_all(&row, 1, expression_from_limesurvey);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_xlsform),
        cmocka_unit_test(check_limesurvey),
        cmocka_unit_test(check_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

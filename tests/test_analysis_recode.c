/* All 1,728 rows of the migration vectors, every definition; plus named cases. */
#include "tests/analysis_fixture.h"

static void check_vectors(void **state)
{
    (void)state;
    struct buf buf;
    size_t rows = 0;
    buf_init(&buf, 1 << 20);
    assert_int_equal(buf_read_file(&buf, SOURCE_DIR "/tests/data/migration_vectors.tsv", NULL), STATUS_OK);
    char *field[20], *head[20];
    for (char *line = buf.bytes, *end; line != NULL && *line != '\0'; line = end) {
        end = strchr(line, '\n');
        if (end != NULL)
            *end++ = '\0';
        if (line == buf.bytes) {
            assert_int_equal(fixture_split(line, '\t', head, 20), 5 + DEFINITION_COUNT);
            continue;
        }
        assert_int_equal(fixture_split(line, '\t', field, 20), 5 + DEFINITION_COUNT);
        uint8_t m[5];
        for (size_t i = 0; i < 5; i++)
            m[i] = (uint8_t)strtol(field[i], NULL, 10);
        struct origins origins = { m[0], m[1], m[2], m[3], m[4] };
        enum truth truths[DEFINITION_COUNT];
        recode(&origins, truths);
        for (enum definition d = DEFINITION_STAATSANG; d < DEFINITION_COUNT; d++) {
            static const char *const words[] = { "0", "1", "NA" };
            assert_string_equal(head[5 + d], definition_code(d));
            if (strcmp(words[truths[d]], field[5 + d]) != 0)
                fail_msg("%d %d %d %d %d %s: %s, expected %s", m[0], m[1], m[2], m[3], m[4], head[5 + d],
                         words[truths[d]], field[5 + d]);
        }
        rows++;
    }
    assert_int_equal(rows, 1728);
    buf_free(&buf);
}

struct named {
    const char *name;
    struct origins from;
    enum definition definition;
    enum truth truth;
};

static void check_named(void **state)
{
    const struct named *row = *state;
    enum truth truths[DEFINITION_COUNT];
    recode(&row->from, truths);
    assert_int_equal(truths[row->definition], row->truth);
}

int main(void)
{
    static struct named cases[] = {
        { "nothing answered is unknown", { 9, 9, 9, 9, 9 }, DEFINITION_TINTG_2021, TRUTH_UNKNOWN },
        { "codes missing from the form are unknown", { 255, 255, 255, 255, 255 }, DEFINITION_STAATSANG, TRUTH_UNKNOWN },
        { "born abroad decides without the rest", { 9, 2, 9, 9, 9 }, DEFINITION_TINTG_2021, TRUTH_YES },
        { "parents came 1952: counted until 2021", { 1, 1, 3, 3, 3 }, DEFINITION_TINTG_2012, TRUTH_YES },
        { "parents came 1952: not counted since", { 1, 1, 3, 3, 3 }, DEFINITION_TINTG_2021, TRUTH_NO },
        { "expelled parents do not count", { 1, 1, 4, 4, 3 }, DEFINITION_MH_DESTATIS, TRUTH_NO },
    };
    struct CMUnitTest tests[COUNT(cases) + 1] = { { "1,728 vectors", check_vectors, NULL, NULL, NULL } };
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i + 1] = (struct CMUnitTest){ cases[i].name, check_named, NULL, NULL, &cases[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

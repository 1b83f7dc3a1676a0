/* V23: a text from an imported file that a spreadsheet would take for a formula is none any more in what is exported. The files are
 * those of tests/data/import that index.tsv marks "export". */
#include "tests/city_fixture.h"

#include <unistd.h>

#include "base/csv.h"
#include "base/unzip.h"
#include "reports/cells.h"
#include "survey/store_private.h"
#include "survey/table.h"

#define FOLDER SOURCE_DIR "/tests/data/import/"
enum { OUT_MAX = 64 << 20 };

static void load(struct fixture *fixture, const char *kind, const char *name)
{
    char dir[] = "/tmp/querschnitt-export-XXXXXX", path[512];
    struct store *store = NULL;
    struct buf bytes;
    struct import_report report;
    buf_init(&bytes, 1 << 20);
    snprintf(path, sizeof path, FOLDER "%s", name);
    assert_int_equal(buf_read_file(&bytes, path, NULL), STATUS_OK);
    assert_non_null(mkdtemp(dir));
    assert_int_equal(store_open(dir, STORE_WRITE, &store, NULL), STATUS_OK);
    const struct import_file file = { .kind = kind, .bytes = bytes.bytes, .length = bytes.length, .user = "t" };
    assert_int_equal(import_bytes(store, &fixture->arena, &file, &report, NULL), STATUS_OK);
    assert_int_equal(table_load(store, &fixture->arena, fixture->units, fixture->inputs.unit_count, &fixture->inputs.registers,
                                NULL),
                     STATUS_OK);
    store_close(store);
    buf_free(&bytes);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir);
    unlink(path);
    rmdir(dir);
}

/* How many cells of the open data begin with an apostrophe; none may begin with what it keeps away. */
static size_t guarded_cells(const struct release *release, struct arena *arena)
{
    struct buf archive, bytes;
    struct unzip *unzip = NULL;
    struct csv csv;
    size_t guarded = 0;
    buf_init(&archive, OUT_MAX);
    buf_init(&bytes, OUT_MAX);
    assert_int_equal(cells_open_data(release, language_default, &archive, NULL), STATUS_OK);
    assert_int_equal(unzip_open("open", archive.bytes, archive.length, OUT_MAX, &unzip, NULL), STATUS_OK);
    assert_int_equal(unzip_read(unzip, "tables.csv", &bytes, NULL), STATUS_OK);
    unzip_close(unzip);
    assert_int_equal(csv_read(arena, bytes.bytes, bytes.length, &csv, NULL, NULL, NULL), STATUS_OK);
    for (size_t row = 0; row < csv.row_count; row++)
        for (size_t column = 0; column < csv.column_count; column++) {
            const char *field = csv_field(&csv, row, column);
            char *end = NULL;
            (void)strtod(field, &end);
            if (field[0] != '\0' && strchr("=+-@", field[0]) != NULL && (end == field || *end != '\0'))
                fail_msg("line %u: %s", (unsigned)csv.lines[row], field);
            guarded += strncmp(field, "'=", 2) == 0;
        }
    buf_free(&archive);
    buf_free(&bytes);
    return guarded;
}

static void formulas_are_texts(void **state)
{
    char line[512];
    size_t files = 0;
    FILE *index = fopen(FOLDER "index.tsv", "r");
    (void)state;
    assert_non_null(index);
    while (fgets(line, sizeof line, index) != NULL) {
        char *parts[8];
        if (line[0] == '#' || fixture_split(line, '\t', parts, COUNT(parts)) < 4 || strcmp(parts[3], "export") != 0)
            continue;
        struct fixture *fixture = calloc(1, sizeof *fixture);
        const struct release *release = NULL;
        assert_non_null(fixture);
        city(fixture, 3);
        load(fixture, parts[0], parts[1]);
        assert_int_equal(release_build(&fixture->arena, &fixture->inputs, &policy_default, &release, NULL), STATUS_OK);
        assert_true(guarded_cells(release, &fixture->arena) > 0);
        fixture_free(fixture);
        free(fixture);
        files++;
    }
    fclose(index);
    assert_true(files > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(formulas_are_texts) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

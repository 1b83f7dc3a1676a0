/* Personnel records become counts: people with two contracts count once, nothing of a record stays in the store, a
 * spreadsheet gives the same as a CSV file, and undoing brings back what was there. Faults: tests/data/import. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/xlsx_write.h"
#include "survey/import_records.h"

#define UNITS                                                                                                          \
    "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\nS;Stadt;STADT;;0;1\n51;Jugend;FB;S;1;1\n52;Sport;FB;S;1;"   \
    "1\n"
#define HEAD                                                                                                           \
    "stichtag;pers_hash;vertrag_nr;org_id;besch_art;einstufung_roh;fuehrung;vzae;befristet;status;eintritt_jahr;"      \
    "geburtsjahr;geschlecht;deutsch\n"
#define ANNA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define BERT "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
#define CEM "cccccccccccccccccccccccccccccccc"
#define RECORDS                                                                                                        \
    HEAD "30.06.2026;" ANNA ";1;51;T;EG 9b;0;0,30;0;aktiv;2010;1980;w;1\n"                                             \
         "30.06.2026;" BERT ";1;52;B;A 14;3;1,00;0;aktiv;2001;1966;m;0\n"                                              \
         "30.06.2026;" ANNA ";2;52;T;E 5;0;0,50;1;aktiv;2010;1980;w;1\n"                                               \
         "30.06.2026;" CEM ";1;51;A;;0;0,00;1;elternzeit;2024;2004;m;9\n"

struct fixture {
    char dir[64];
    struct store *store;
    struct arena arena;
    struct import_report report;
};

static enum status take(struct fixture *fixture, const char *kind, const char *bytes, size_t length)
{
    const struct import_file file = { kind, bytes, length, .user = "t", .mode = 'C', .accept_warnings = true };
    return import_bytes(fixture->store, &fixture->arena, &file, &fixture->report, NULL);
}

static int begin(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    strcpy(fixture->dir, "/tmp/querschnitt-records-XXXXXX");
    assert_non_null(mkdtemp(fixture->dir));
    arena_init(&fixture->arena, 256 << 20);
    assert_int_equal(store_open(fixture->dir, STORE_WRITE, &fixture->store, NULL), STATUS_OK);
    assert_int_equal(take(fixture, "units", UNITS, sizeof UNITS - 1), STATUS_OK);
    *state = fixture;
    return 0;
}

static int end(void **state)
{
    static const char *const files[] = { "querschnitt.sqlite", "querschnitt.sqlite-journal" };
    struct fixture *fixture = *state;
    char path[128];
    store_close(fixture->store);
    for (size_t i = 0; i < COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", fixture->dir, files[i]);
        unlink(path);
    }
    rmdir(fixture->dir);
    arena_free(&fixture->arena);
    free(fixture);
    return 0;
}

/* Heads of the two departments as the store tells them; 0 without a cube. */
static void heads(struct fixture *fixture, unsigned found[2])
{
    const struct unit *units = NULL;
    const struct participation *rows = NULL;
    size_t unit_count = 0;
    size_t count = 0;
    found[0] = found[1] = 0;
    assert_int_equal(store_unit_list(fixture->store, &fixture->arena, &units, &unit_count, NULL), STATUS_OK);
    assert_int_equal(store_heads(fixture->store, &fixture->arena, units, unit_count, &rows, &count, NULL), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        found[strcmp(units[rows[i].unit].id, "52") == 0] += rows[i].invited;
}

static void counts_people(void **state)
{
    struct fixture *fixture = *state;
    unsigned found[2];
    assert_int_equal(take(fixture, "records", RECORDS, sizeof RECORDS - 1), STATUS_OK);
    assert_int_equal(fixture->report.rows, 4);
    assert_int_equal(fixture->report.mode, 'C');
    heads(fixture, found);
    assert_int_equal(found[0], 1); /* Cem; Anna's larger contract is in 52 */
    assert_int_equal(found[1], 2);
    struct delivery undone;
    assert_int_equal(import_undo(fixture->store, "t", &undone, NULL), STATUS_OK);
    assert_string_equal(undone.kind, "records");
    heads(fixture, found);
    assert_int_equal(found[0] + found[1], 0);
}

static const struct cube_row *find(const struct cube *cube, const struct cube_row *wanted)
{
    for (size_t i = 0; i < cube->row_count; i++) {
        const struct cube_row *row = &cube->rows[i];
        if (row->unit == wanted->unit && row->band == wanted->band && row->employment == wanted->employment &&
            row->leadership == wanted->leadership && row->sex == wanted->sex && row->age == wanted->age &&
            row->fixed_term == wanted->fixed_term && row->part_time == wanted->part_time &&
            row->german == wanted->german)
            return row;
    }
    return NULL;
}

static void makes_four_tables(void **state)
{
    struct fixture *fixture = *state;
    static const struct unit units[] = { { .id = "S", .parent = -1 }, { .id = "51" } };
    static const struct contract contracts[] = {
        { .person = { 1 }, .fte = 0.5, .number = 2, .unit = 1, .band = 2, .age = 3, .german = 1, .employment = 1 },
        { .person = { 1 }, .fte = 0.25, .number = 1, .unit = 0, .band = 3, .age = 3, .german = 1, .employment = 1 },
        { .person = { 2 }, .fte = 1, .number = 1, .unit = 1, .band = 4, .age = 5, .leadership = 3, .sex = 1 },
        { .person = { 3 },
          .fte = 0,
          .number = 1,
          .unit = 1,
          .band = 9,
          .age = 1,
          .german = 9,
          .employment = 2,
          .sex = 3,
          .fixed_term = true },
    };
    struct cube cube = { 0 };
    const char *const *ids = NULL;
    assert_int_equal(records_cube(&fixture->arena, contracts, COUNT(contracts), units, COUNT(units), &cube, &ids, NULL),
                     STATUS_OK);
    static const struct {
        struct cube_row key;
        double fte;
    } wanted[] = {
        { { 1, 2, '*', 255, 'w', 3, 255, 255, 255, 1, 0, false, false }, 0.75 },
        { { 1, 9, '*', 255, 'x', 1, 255, 255, 255, 1, 0, false, false }, 0 },
        { { 1, 255, '*', 255, '*', 255, 255, 255, 0, 1, 0, false, false }, 1 },
        { { -1, 4, '*', 3, '*', 255, 255, 255, 0, 1, 0, false, false }, 1 },
        { { -1, 255, 'T', 255, '*', 255, 0, 1, 1, 1, 0, false, false }, 0.75 },
        { { -1, 255, 'B', 255, '*', 255, 0, 0, 0, 1, 0, false, false }, 1 },
        { { -1, 255, 'A', 255, '*', 255, 1, 0, 9, 1, 0, false, false }, 0 },
    };
    for (size_t i = 0; i < COUNT(wanted); i++) {
        const struct cube_row *row = find(&cube, &wanted[i].key);
        if (row == NULL)
            fail_msg("row %zu is missing", i);
        else
            assert_true(row->heads == wanted[i].key.heads && fabs(row->fte - wanted[i].fte) < 1e-9);
    }
    assert_int_equal(cube.row_count, 12); /* three people, each in four tables */
}

static void stores_no_record(void **state)
{
    struct fixture *fixture = *state;
    char path[128];
    struct buf bytes;
    assert_int_equal(take(fixture, "records", RECORDS, sizeof RECORDS - 1), STATUS_OK);
    store_close(fixture->store);
    fixture->store = NULL;
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", fixture->dir);
    buf_init(&bytes, 64 << 20);
    assert_int_equal(buf_read_file(&bytes, path, NULL), STATUS_OK);
    for (size_t i = 0; i + 32 <= bytes.length; i++)
        assert_true(memcmp(bytes.bytes + i, ANNA, 16) != 0);
    buf_free(&bytes);
}

static void reads_spreadsheets(void **state)
{
    struct fixture *fixture = *state;
    struct xlsx_write *write = NULL;
    struct buf file;
    char text[] = RECORDS;
    unsigned found[2];
    buf_init(&file, 1 << 20);
    assert_int_equal(xlsx_write_create(&write, NULL), STATUS_OK);
    xlsx_write_sheet(write, "Personal");
    xlsx_write_text(write, 0, 0, "Personalbestand; Stand 30.06., Amt 11");
    uint32_t row = 2; /* a title and an empty row above the header */
    uint16_t column = 0;
    for (char *cell = text; *cell != '\0';) {
        size_t length = strcspn(cell, ";\n");
        char end = cell[length];
        cell[length] = '\0';
        xlsx_write_text(write, row, column, cell);
        row += end == '\n';
        column = end == '\n' ? 0 : (uint16_t)(column + 1);
        cell += length + 1;
    }
    assert_int_equal(xlsx_write_end(write, &file, NULL), STATUS_OK);
    assert_int_equal(take(fixture, "records", file.bytes, file.length), STATUS_OK);
    assert_int_equal(fixture->report.rows, 4);
    assert_int_equal(fixture->report.header_line, 3);
    assert_int_equal(fixture->report.delimiter, 0);
    heads(fixture, found);
    assert_int_equal(found[0], 1);
    assert_int_equal(found[1], 2);
    buf_free(&file);
}

/* A file of fixed widths whose map asks for the day: counted, and only what is about nobody is shown. */
static void reads_fixed_widths(void **state)
{
    struct fixture *fixture = *state;
    static const char drawn[] =
        "{\"map\":\"fixed\",\"version\":\"1\",\"kind\":\"records\",\"fixed\":true,\"columns\":["
        "{\"to\":\"stichtag\",\"ask\":\"date\"},{\"to\":\"pers_hash\",\"row\":32},{\"to\":\"vertrag_nr\",\"value\":\"1\"},"
        "{\"to\":\"org_id\",\"from\":[1,2]},{\"to\":\"besch_art\",\"from\":[3,3]},{\"to\":\"einstufung_roh\",\"from\":[4,8]},"
        "{\"to\":\"fuehrung\",\"value\":\"0\"},{\"to\":\"vzae\",\"from\":[9,13],\"percent\":true},"
        "{\"to\":\"befristet\",\"value\":\"0\"},{\"to\":\"status\",\"value\":\"aktiv\"},"
        "{\"to\":\"eintritt_jahr\",\"from\":[14,17]},{\"to\":\"geburtsjahr\",\"from\":[18,21]},"
        "{\"to\":\"geschlecht\",\"from\":[24,24],\"codes\":{\"1\":\"m\",\"2\":\"w\"}},{\"to\":\"deutsch\",\"value\":\"9\"}]}";
    static const char good[] = "51TE 9b 062,520101980xx2\n51TE 5  100,020011990xx1\n52BA 14 100,019991966xx1\n";
    static const char person[] = "51TE 9b 062,520101980xx2\n51TE 5  100,020011990xx1Muster, Erika\n";
    struct import_map map;
    unsigned found[2];
    assert_int_equal(import_map_read(&fixture->arena, drawn, sizeof drawn - 1, &map, NULL), STATUS_OK);
    assert_int_equal(import_map_date(&map, "2026-06-30", NULL), STATUS_OK);
    struct import_file file = { "records", good, sizeof good - 1, .user = "t", .accept_warnings = true, .map = &map };
    assert_int_equal(import_bytes(fixture->store, &fixture->arena, &file, &fixture->report, NULL), STATUS_OK);
    heads(fixture, found);
    assert_int_equal(found[0], 2);
    assert_int_equal(found[1], 1);
    assert_int_equal(fixture->report.delimiter, ' ');
    const struct import_sample *sample = &fixture->report.sample;
    assert_int_equal(sample->columns, 9);
    const char *const *first = sample->cells + sample->columns;
    assert_string_equal(sample->cells[2], "4-8");
    assert_string_equal(first[2], "E 9b");
    assert_string_equal(first[0], "51");
    assert_string_equal(first[5], "•••"); /* the year of birth */
    assert_string_equal(first[6], "•••"); /* what the map does not take */
    assert_string_equal(first[7], "2");
    file.bytes = person;
    file.length = sizeof person - 1;
    assert_int_equal(import_bytes(fixture->store, &fixture->arena, &file, &fixture->report, NULL), STATUS_INPUT);
    assert_string_equal(fixture->report.findings[0].rule, "V03");
    assert_string_equal(fixture->report.findings[0].column, "25-");
    assert_int_equal(fixture->report.findings[0].line, 2);
    assert_int_equal(fixture->report.errors, 1);
}

/* Without names, behind a BOM, read where it stands and from a copy: lines are those of the file. */
static void reads_nameless(void **state)
{
    struct fixture *fixture = *state;
    static const char drawn[] =
        "{\"map\":\"nameless\",\"version\":\"1\",\"kind\":\"complaints\",\"header\":false,\"columns\":["
        "{\"to\":\"jahr\",\"from\":2},{\"to\":\"anzahl\",\"from\":1}]}";
    static const char text[] = "\xEF\xBB\xBF" "3;2024;x\n5;2025;y\n-1;2023;z\n";
    struct import_map map;
    assert_int_equal(import_map_read(&fixture->arena, drawn, sizeof drawn - 1, &map, NULL), STATUS_OK);
    for (int own = 0; own < 2; own++) {
        struct buf bytes;
        buf_init(&bytes, 1 << 20);
        buf_add(&bytes, text, sizeof text - 1);
        struct import_file file = { .kind = "complaints", .bytes = bytes.bytes, .length = bytes.length, .user = "t", .map = &map,
                                    .own = own == 1 ? &bytes : NULL };
        assert_int_equal(import_bytes(fixture->store, &fixture->arena, &file, &fixture->report, NULL), STATUS_INPUT);
        assert_int_equal(fixture->report.rows, 3);
        assert_int_equal(fixture->report.errors, 1);
        assert_int_equal(fixture->report.findings[0].line, 3);
        assert_int_equal(fixture->report.header_line, 0);
        assert_string_equal(fixture->report.sample.cells[0], "#1");
        assert_string_equal(fixture->report.sample.cells[3], "3");
        buf_free(&bytes);
    }
}

/* Records without their line of names: what is taken for names are values, and nothing of them is repeated. */
static void repeats_no_name(void **state)
{
    struct fixture *fixture = *state;
    const char *const files[] = { strchr(RECORDS, '\n') + 1, "51" ANNA "1980wT 0\n52" BERT "1966mT 0,5\n",
                                         "org_id;" ANNA ";1980;30.06.2026;Muster, Erika\n51;x;x;x;x\n" };
    static const char *const secrets[] = { ANNA, BERT, "1980", "1966", "2010", "30.06.2026", "Erika" };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct import_report *report = &fixture->report;
        assert_int_equal(take(fixture, "records", files[i], strlen(files[i])), STATUS_INPUT);
        for (size_t k = 0; k < COUNT(secrets); k++) {
            for (size_t f = 0; f < report->finding_count; f++)
                assert_true(strstr(report->findings[f].message, secrets[k]) == NULL &&
                            (report->findings[f].column == NULL || strstr(report->findings[f].column, secrets[k]) == NULL));
            for (size_t c = 0; c < report->sample.columns * (report->sample.rows + 1); c++)
                assert_null(strstr(report->sample.cells[c], secrets[k]));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(counts_people, begin, end),
        cmocka_unit_test_setup_teardown(makes_four_tables, begin, end),
        cmocka_unit_test_setup_teardown(stores_no_record, begin, end),
        cmocka_unit_test_setup_teardown(reads_spreadsheets, begin, end),
        cmocka_unit_test_setup_teardown(reads_fixed_widths, begin, end),
        cmocka_unit_test_setup_teardown(reads_nameless, begin, end),
        cmocka_unit_test_setup_teardown(repeats_no_name, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

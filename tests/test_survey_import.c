/* Imports: files with several kinds of faults at once, every fault with rule, line and column, nothing stored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "survey/import.h"

#define UNITS_HEAD "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\n"
#define UNITS UNITS_HEAD "S;Stadt;STADT;;0;1\n51;Jugend;FB;S;1;1\n52;Sport;FB;S;1;1\n"
#define UNITS_DATED "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht;gueltig_von;gueltig_bis;nachfolger_id\n"
#define CUBE_HEAD                                                                                                      \
    "stichtag;org_id;band;besch_art;fuehrung;geschlecht;altersband;befristet;teilzeit;deutsch;koepfe;vzae\n"
#define PEOPLE_HEAD "ags;gebiet_name;stichtag;definition;quelle;alter_von;alter_bis;anzahl_gesamt;anzahl_gruppe;bezug\n"
#define ROW "30.06.2025;51;*;*;*;*;*;*;*;*;"

struct expected {
    const char *rule;
    uint32_t line;
    const char *column;
};

static struct import_case {
    const char *name, *kind, *file;
    size_t errors;
    struct expected expected[4]; /* each must be among the findings */
} cases[] = {
    { "good units", "units", UNITS, 0, { { NULL, 0, NULL } } },
    { "three faults in units at once",
      "units",
      UNITS_HEAD "S;Stadt;STADT;;0;1\n51;Jugend;FB;X;1;1\n51;Sport;FB;S;1;1\n52;Bau;AMT;S;1;1\n",
      3,
      { { "V06", 3, "ober_id" }, { "V19", 4, "org_id" }, { "CODE", 5, "ebene" } } },
    { "a department below a department",
      "units",
      UNITS_HEAD "S;Stadt;STADT;;0;1\n51;Jugend;FB;S;1;1\n52;Sport;FB;51;1;1\n",
      1,
      { { "V06", 4, "ebene" } } },
    { "two cities", "units", UNITS_HEAD "S;Stadt;STADT;;0;1\nT;Stadt;STADT;;0;1\n", 1, { { "V06", 3, "ober_id" } } },
    { "a unit that ended and the one that follows",
      "units",
      UNITS_DATED "S;Stadt;STADT;;0;1;;;\n51;Jugend;FB;S;1;1;;;\n40;Schule;FB;S;1;1;2010-01-01;2020-12-31;51\n"
                  "52;Sport;FB;S;1;1;;;\n",
      0,
      { { NULL, 0, NULL } } },
    { "one id at two times",
      "units",
      UNITS_DATED "S;Stadt;STADT;;0;1;;;\n51;Amt;FB;S;1;1;2010-01-01;2020-12-31;\n51;Jugend;FB;S;1;1;2021-01-01;;\n"
                  "52;Sport;FB;S;1;1;;;\n",
      0,
      { { NULL, 0, NULL } } },
    { "one id twice at a time",
      "units",
      UNITS_DATED "S;Stadt;STADT;;0;1;;;\n51;Amt;FB;S;1;1;2010-01-01;2020-12-31;\n51;Jugend;FB;S;1;1;2020-12-31;;\n",
      1,
      { { "V19", 4, "org_id" } } },
    { "faults in the times of units",
      "units",
      UNITS_DATED "S;Stadt;STADT;;0;1;;;\n1;A;FB;S;1;1;2020-01-01;2019-01-01;\n2;B;FB;S;1;1;;;S\n"
                  "3;C;FB;S;1;1;;2020-01-01;9\n",
      3,
      { { "V06", 3, "gueltig_bis" }, { "V06", 4, "gueltig_bis" }, { "V06", 5, "nachfolger_id" } } },
    { "units that follow each other in a circle",
      "units",
      UNITS_DATED "S;Stadt;STADT;;0;1;;;\n1;A;FB;S;1;1;;2019-01-01;2\n2;B;FB;S;1;1;;2019-01-01;1\n",
      2,
      { { "V06", 3, "nachfolger_id" }, { "V06", 4, "nachfolger_id" } } },
    { "below a unit that has ended",
      "units",
      UNITS_DATED "S;Stadt;STADT;;0;1;;;\n1;A;FB;S;1;1;;2019-01-01;S\n2;B;ABT;1;1;1;;;\n",
      1,
      { { "V06", 4, "ober_id" } } },
    { "citizenship of many unknown",
      "workforce",
      CUBE_HEAD "30.06.2025;51;*;*;*;*;*;*;*;0;5;5\n30.06.2025;51;*;*;*;*;*;*;*;1;75;70\n"
                "30.06.2025;51;*;*;*;*;*;*;*;9;6;6\n",
      0,
      { { "V10", 0, NULL } } },
    { "missing and unknown columns",
      "units",
      "org_id;bezeichnung;farbe\nS;Stadt;rot\n",
      4,
      { { "V02", 1, "ebene" }, { "V02", 1, "ober_id" }, { "V02", 1, "farbe" } } },
    { "nothing but delimiters", "units", ";;\n;;\n", 1, { { "V01", 1, NULL } } },
    { "no row of the right width", "units", UNITS_HEAD "S;Stadt\n", 1, { { "V01", 2, NULL } } },
    { "good cube", "workforce", CUBE_HEAD ROW "60;55,5\n", 0, { { NULL, 0, NULL } } },
    { "ISO date and decimal point",
      "workforce",
      CUBE_HEAD "2025-06-30;51;*;*;*;*;*;*;*;*;60;55.5\n",
      0,
      { { NULL, 0, NULL } } },
    { "three faults in the cube at once",
      "workforce",
      CUBE_HEAD "30.06.2025;99;*;*;*;*;*;*;*;*;60;55,5\n" ROW "sechzig;55\n30.06.2024;52;*;*;*;q;*;*;*;*;60;55\n",
      4,
      { { "V05", 2, "org_id" }, { "CODE", 3, "koepfe" }, { "V04", 4, "stichtag" }, { "CODE", 4, "geschlecht" } } },
    { "duplicate beside another fault",
      "workforce",
      CUBE_HEAD ROW "60;55\n" ROW "60;55\n30.06.2025;99;*;*;*;*;*;*;*;*;60;55\n",
      2,
      { { "V19", 3, NULL }, { "V05", 4, "org_id" } } },
    { "margins of two tables disagree",
      "workforce",
      CUBE_HEAD ROW "60;55\n30.06.2025;51;*;*;*;w;*;*;*;*;40;35\n30.06.2025;51;*;*;*;m;*;*;*;*;21;20\n",
      1,
      { { "V12", 2, "koepfe" } } },
    { "margins agree",
      "workforce",
      CUBE_HEAD ROW "60;55\n30.06.2025;51;*;*;*;w;*;*;*;*;40;35\n30.06.2025;51;*;*;*;m;*;*;*;*;20;20\n",
      0,
      { { NULL, 0, NULL } } },
    { "small cells only warn", "workforce", CUBE_HEAD ROW "3;2\n", 0, { { "V21", 0, NULL } } },
    { "day in the future",
      "workforce",
      CUBE_HEAD "30.06.2999;51;*;*;*;*;*;*;*;*;60;55\n",
      1,
      { { "V04", 2, "stichtag" } } },
    { "wrong number of columns and a wrong code",
      "workforce",
      CUBE_HEAD ROW "60\n"
                    "30.06.2025;51;7;*;*;*;*;*;*;*;60;55\n",
      2,
      { { "V01", 2, NULL }, { "CODE", 3, "band" } } },
    { "line of totals left out",
      "workforce",
      CUBE_HEAD ROW "60;55\nSumme;;;;;;;;;;60;55\n",
      0,
      { { "V20", 3, NULL } } },
    { "mail address in a column",
      "workforce",
      CUBE_HEAD "30.06.2025;a.b@stadt.de;*;*;*;*;*;*;*;*;60;55\n",
      1,
      { { "V03", 2, "org_id" } } },
    { "name in a column",
      "workforce",
      CUBE_HEAD "30.06.2025;Muster, Erika;*;*;*;*;*;*;*;*;60;55\n",
      1,
      { { "V03", 2, "org_id" } } },
    { "personal column",
      "units",
      "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht;vorname\nS;Stadt;STADT;;0;1;x\n",
      1,
      { { "V03", 1, "vorname" } } },
    { "IBAN in a column",
      "workforce",
      CUBE_HEAD "30.06.2025;DE89370400440532013000;*;*;*;*;*;*;*;*;60;55\n",
      1,
      { { "V03", 2, "org_id" } } },
    { "good population",
      "population",
      PEOPLE_HEAD "05999000;Ort;31.12.2024;TINTG_2021;Q;15;24;100;40;WOHNBEV\n05999000;Ort;31.12.2024;TINTG_2021;Q;25;"
                  "64;300;90;WOHNBEV\n",
      0,
      { { NULL, 0, NULL } } },
    { "a definition no figure of the staff compares with",
      "population",
      PEOPLE_HEAD "05999000;Stadt;2024-06-30;ZENSUS_EG_U19;ZENSUS2022;*;*;1000;300;WOHNBEV\n"
                  "05999000;Stadt;2024-06-30;TINTG_2021;MZ2024;*;*;1000;300;WOHNBEV\n",
      0,
      { { "V17", 2, NULL } } },
    { "three faults in the population at once",
      "population",
      PEOPLE_HEAD
      "05999000;Ort;31.12.2024;MIGRATION;Q;*;*;100;40;WOHNBEV\n05999;Ort;31.12.2024;TINTG_2021;Q;*;*;100;40;WOHNBEV\n"
      "05999000;Ort;31.12.2024;TINTG_2012;Q;*;*;100;400;WOHNBEV\n",
      3,
      { { "V17", 2, "definition" }, { "V18", 3, "ags" }, { "V16", 4, "anzahl_gruppe" } } },
    { "age bands with a gap",
      "population",
      PEOPLE_HEAD "05999000;Ort;31.12.2024;TINTG_2021;Q;15;24;100;40;WOHNBEV\n05999000;Ort;31.12.2024;TINTG_2021;Q;30;"
                  "64;300;90;WOHNBEV\n",
      1,
      { { "V16", 3, NULL } } },
    { "lost leading zero only warns",
      "population",
      PEOPLE_HEAD "5999000;Ort;31.12.2024;TINTG_2021;Q;*;*;100;40;WOHNBEV\n",
      0,
      { { "V18", 2, "ags" } } },
};

static size_t audit_rows(struct store *store, struct arena *arena)
{
    const struct audit_row *rows = NULL;
    size_t count = 0;
    bool intact = false;
    assert_int_equal(store_audit(store, arena, &rows, &count, &intact, NULL), STATUS_OK);
    assert_true(intact);
    return count;
}

static void look_for(const struct import_report *report, const struct expected *expected)
{
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct finding *finding = &report->findings[i];
        assert_true(finding->message[0] != '\0');
        if (strcmp(finding->rule, expected->rule) == 0 && finding->line == expected->line &&
            (expected->column == NULL || (finding->column != NULL && strcmp(finding->column, expected->column) == 0)))
            return;
    }
    for (size_t i = 0; i < report->finding_count; i++)
        print_message("%s line %u %s: %s\n", report->findings[i].rule, (unsigned)report->findings[i].line,
                      report->findings[i].column == NULL ? "" : report->findings[i].column,
                      report->findings[i].message);
    fail_msg("no finding %s in line %u", expected->rule, (unsigned)expected->line);
}

static void check(void **state)
{
    const struct import_case *row = *state;
    char dir[] = "/tmp/querschnitt-import-XXXXXX";
    char path[128];
    struct store *store = NULL;
    struct arena arena;
    struct import_report report;
    arena_init(&arena, 64 << 20);
    assert_non_null(mkdtemp(dir));
    assert_int_equal(store_open(dir, STORE_WRITE, &store, NULL), STATUS_OK);
    const struct import_file units_file = { "units", UNITS, strlen(UNITS), .user = "t" };
    struct import_file file = {
        row->kind, row->file, strlen(row->file), .user = "t", .accept_warnings = true, .language = language_default
    };
    assert_int_equal(import_bytes(store, &arena, &units_file, &report, NULL), STATUS_OK);
    assert_int_equal(audit_rows(store, &arena), 1);
    enum status status = import_bytes(store, &arena, &file, &report, NULL);
    for (size_t i = 0; i < COUNT(row->expected) && row->expected[i].rule != NULL; i++)
        look_for(&report, &row->expected[i]);
    assert_int_equal(report.errors, row->errors);
    assert_int_equal(status, row->errors == 0 ? STATUS_OK : STATUS_INPUT);
    assert_int_equal(report.stored, row->errors == 0);
    assert_int_equal(audit_rows(store, &arena), row->errors == 0 ? 2 : 1);
    const struct unit *units = NULL;
    size_t count = 0;
    assert_int_equal(store_unit_list(store, &arena, &units, &count, NULL), STATUS_OK);
    assert_int_equal(count, 3); /* as before, or replaced by the same */
    /* A try stores nothing, whatever the file. */
    file.dry_run = true;
    (void)!import_bytes(store, &arena, &file, &report, NULL);
    assert_false(report.stored);
    assert_int_equal(audit_rows(store, &arena), row->errors == 0 ? 2 : 1);
    store_close(store);
    arena_free(&arena);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir);
    unlink(path);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite-journal", dir);
    unlink(path);
    rmdir(dir);
}

struct patience {
    size_t left;
};

static bool lose_patience(void *context, const char *label, size_t done, size_t total)
{
    struct patience *patience = context;
    assert_true(label[0] != '\0' && done <= total);
    return patience->left-- > 0;
}

/* Wherever somebody stops an import, everything is as it was; when nobody does, it is stored. */
static void stopped_anywhere(void **state)
{
    static const char *const files[][2] = { { "workforce", CUBE_HEAD ROW "60;55\n" },
                                            { "complaints", "jahr;anzahl\n2024;3\n2025;5\n" },
                                            { "population", PEOPLE_HEAD "05999000;Ort;31.12.2024;TINTG_2021;Q;*;*;9;4;WOHNBEV\n" } };
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        char dir[] = "/tmp/querschnitt-import-XXXXXX", path[128];
        struct store *store = NULL;
        struct arena arena;
        struct import_report report = { 0 };
        size_t calls = 0;
        arena_init(&arena, 64 << 20);
        assert_non_null(mkdtemp(dir));
        assert_int_equal(store_open(dir, STORE_WRITE, &store, NULL), STATUS_OK);
        const struct import_file units = { "units", UNITS, strlen(UNITS), .user = "t" };
        assert_int_equal(import_bytes(store, &arena, &units, &report, NULL), STATUS_OK);
        for (; calls < 10 && (calls == 0 || report.stopped); calls++) {
            struct patience patience = { calls };
            const struct steps steps = { lose_patience, &patience };
            const struct import_file file = { files[i][0], files[i][1], strlen(files[i][1]), .user = "t",
                                              .accept_warnings = true, .steps = &steps };
            enum status status = import_bytes(store, &arena, &file, &report, NULL);
            assert_int_equal(status, report.stopped ? STATUS_DENIED : STATUS_OK);
            assert_int_equal(report.stored, !report.stopped);
            assert_int_equal(audit_rows(store, &arena), report.stopped ? 1 : 2);
        }
        assert_true(report.stored && calls >= 3);
        store_close(store);
        arena_free(&arena);
        snprintf(path, sizeof path, "%s/querschnitt.sqlite", dir);
        unlink(path);
        rmdir(dir);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases) + 1];
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){ cases[i].name, check, NULL, NULL, &cases[i] };
    tests[COUNT(cases)] = (struct CMUnitTest)cmocka_unit_test(stopped_anywhere);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

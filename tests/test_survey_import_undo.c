/* Taking imports back: after each step the database holds exactly what it held before, whatever the kind; a refused file
 * changes nothing; what a finished report rests on stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "survey/import.h"
#include "survey/store_private.h"

#define UNITS "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\nS;Stadt;STADT;;0;1\n51;Jugend;FB;S;1;1\n"
#define CUBE "stichtag;org_id;band;besch_art;fuehrung;geschlecht;altersband;befristet;teilzeit;deutsch;koepfe;vzae\n"
#define PEOPLE \
    "ags;gebiet_name;stichtag;definition;quelle;alter_von;alter_bis;geschlecht;bildung;anzahl_gesamt;anzahl_gruppe;bezug\n"
#define STATUS "mass_id;jahr;status;nachweis;ausgaben_eur;begruendung\n"

static const struct {
    const char *kind, *file;
} steps[] = {
    { "units", UNITS },
    { "workforce", CUBE "30.06.2025;51;*;*;*;*;*;*;*;*;60;55,123456789012345\n" },
    { "workforce", CUBE "30.06.2025;51;*;*;*;*;*;*;*;*;61;56,5\n30.06.2025;S;*;*;*;*;*;*;*;*;90;80\n" },
    { "workforce", CUBE "30.06.2026;51;*;*;*;*;*;*;*;*;70;60\n" },
    { "population", PEOPLE "05999000;Stadt;2025-12-31;STAATSANG;REG;*;*;*;*;1000;190,5;WOHNBEV\n" },
    { "population", PEOPLE "05999000;Stadt;2025-12-31;STAATSANG;REG;*;*;*;*;1100;200;WOHNBEV\n"
                           "05999000;Stadt;2025-12-31;STAATSANG;REG;*;*;w;*;550;100;WOHNBEV\n"
                           "05999000;Stadt;2025-12-31;STAATSANG;REG;*;*;*;HOCHSCHULE;300;60;ERWERBSPERSONEN\n" },
    { "complaints", "jahr;anzahl\n2024;3\n2025;5\n" },
    { "complaints", "jahr;anzahl\n2025;6\n" },
    { "recommendations", "emp_id;titel;beschluss_datum;vorlage_nr\nE01;Eins;;\n" },
    { "measures", "mass_id;emp_id;titel;org_id;beginn_soll;ende_soll;budget_eur;indikator_id;zielwert;"
                  "zielwert_begruendung\nM1;E01;Tun;;;;;;;\n" },
    { "status", STATUS "M1;2024;GEPLANT;;;\n" },
    { "status", STATUS "M1;2024;GEPLANT;;;\nM1;2025;BEGONNEN;Vermerk;;\n" },
    { "units", UNITS "52;Sport;FB;S;1;1\n" },
};

struct fixture {
    char dir[64];
    struct store *store;
    struct arena arena;
    struct import_report report;
};

static int add_row(void *context, int count, char **values, char **names)
{
    (void)names;
    for (int i = 0; i < count; i++) {
        buf_add_string(context, values[i]);
        buf_add_byte(context, ';');
    }
    buf_add_byte(context, '\n');
    return 0;
}

/* What the analysis can see, value by value. */
static void dump(struct fixture *fixture, struct buf *out)
{
    static const char *const queries[] = {
        "SELECT quote(id), quote(name), level, quote(parent), contact, reported, position FROM unit ORDER BY id",
        "SELECT quote(day), position, quote(unit), heads, quote(fte) FROM cube ORDER BY day, position",
        "SELECT definition, quote(day), quote(sex), quote(education), quote(total), quote(members) FROM reference "
        "ORDER BY sex, education",
    };
    buf_init(out, 1 << 20);
    for (size_t i = 0; i < COUNT(queries); i++)
        assert_int_equal(sqlite3_exec(fixture->store->db, queries[i], add_row, out, NULL), SQLITE_OK);
    static const char *const kinds[] = { "complaints", "recommendations", "measures", "status" };
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct query query;
        query_open(&query, fixture->store, SQL_register_lines, NULL);
        query_bind(&query, 1, kinds[i]);
        while (query_row(&query)) {
            buf_add_string(out, query_text(&query, 0));
            buf_add_byte(out, '\n');
        }
        assert_int_equal(query_close(&query), STATUS_OK);
    }
    buf_add_byte(out, '\0');
    assert_false(out->failed);
}

static enum status take(struct fixture *fixture, const char *kind, const char *file, bool accept)
{
    const struct import_file delivered = { kind, file, strlen(file), .user = "t", .accept_warnings = accept };
    return import_bytes(fixture->store, &fixture->arena, &delivered, &fixture->report, NULL);
}

static int begin(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (fixture == NULL)
        return -1;
    snprintf(fixture->dir, sizeof fixture->dir, "/tmp/querschnitt-undo-XXXXXX");
    arena_init(&fixture->arena, 64 << 20);
    *state = fixture;
    return mkdtemp(fixture->dir) != NULL && store_open(fixture->dir, STORE_WRITE, &fixture->store, NULL) == STATUS_OK ? 0
                                                                                                                   : -1;
}

static int end(void **state)
{
    struct fixture *fixture = *state;
    char path[128];
    store_close(fixture->store);
    snprintf(path, sizeof path, "%s/querschnitt.sqlite", fixture->dir);
    unlink(path);
    rmdir(fixture->dir);
    arena_free(&fixture->arena);
    free(fixture);
    return 0;
}

static void assert_same(struct fixture *fixture, const struct buf *expected)
{
    struct buf now;
    dump(fixture, &now);
    assert_string_equal(now.bytes, expected->bytes);
    buf_free(&now);
}

static void every_step_goes_back(void **state)
{
    struct fixture *fixture = *state;
    struct buf before[COUNT(steps)];
    struct delivery delivery;
    assert_int_equal(import_undo(fixture->store, "t", &delivery, NULL), STATUS_MISSING);
    for (size_t i = 0; i < COUNT(steps); i++) {
        dump(fixture, &before[i]);
        assert_int_equal(take(fixture, steps[i].kind, steps[i].file, true), STATUS_OK);
        struct buf after;
        dump(fixture, &after);
        assert_string_not_equal(before[i].bytes, after.bytes);
        buf_free(&after);
    }
    for (size_t i = COUNT(steps); i > 0; i--) {
        assert_int_equal(import_undo(fixture->store, "hr", &delivery, NULL), STATUS_OK);
        assert_string_equal(delivery.kind, steps[i - 1].kind);
        assert_same(fixture, &before[i - 1]);
        buf_free(&before[i - 1]);
    }
    assert_int_equal(import_undo(fixture->store, "hr", &delivery, NULL), STATUS_MISSING);
    const struct audit_row *rows = NULL;
    size_t count = 0;
    bool intact = false;
    assert_int_equal(store_audit(fixture->store, &fixture->arena, &rows, &count, &intact, NULL), STATUS_OK);
    assert_true(intact);
    assert_int_equal(count, 2 * COUNT(steps));
    assert_string_equal(rows[count - 1].action, "import undone");
    assert_string_equal(rows[count - 1].user, "hr");
    assert_non_null(strstr(rows[0].detail, "units mode=A map=- rows=2 warnings=0 sha256="));
    /* And forward again from there. */
    assert_int_equal(take(fixture, "units", UNITS, false), STATUS_OK);
}

static void refused_files_change_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct buf before;
    for (size_t i = 0; i < COUNT(steps); i++)
        assert_int_equal(take(fixture, steps[i].kind, steps[i].file, true), STATUS_OK);
    dump(fixture, &before);
    assert_int_equal(take(fixture, "complaints", "jahr;anzahl\n2025;7\n2026;x\n", true), STATUS_INPUT);
    assert_int_equal(take(fixture, "units", UNITS "52;Sport;FB;X;1;1\n", true), STATUS_INPUT);
    assert_int_equal(take(fixture, "status", STATUS "M1;2025;UMGESETZT;;;\n", false), STATUS_INPUT);
    assert_true(fixture->report.unaccepted && fixture->report.errors == 0 && fixture->report.warnings == 1);
    assert_same(fixture, &before);
    struct delivery last;
    assert_int_equal(import_last(fixture->store, &last, NULL), STATUS_OK);
    assert_string_equal(last.kind, "units"); /* refused files leave no delivery */
    assert_int_equal(take(fixture, "status", STATUS "M1;2025;UMGESETZT;;;\n", true), STATUS_OK);
    buf_free(&before);
}

static void a_finished_report_stays(void **state)
{
    struct fixture *fixture = *state;
    struct buf before;
    struct delivery delivery;
    static const char *const finish = "INSERT INTO wave (name, year, state, rehearsal, closes) "
                                       "VALUES ('w', 2025, 4, 0, '2025-09-30');"
                                       "UPDATE wave SET written = '2025-12-01' WHERE name = 'w'";
    assert_int_equal(take(fixture, "units", UNITS, false), STATUS_OK);
    assert_int_equal(sqlite3_exec(fixture->store->db, finish, NULL, NULL, NULL), SQLITE_OK);
    dump(fixture, &before);
    assert_int_equal(import_undo(fixture->store, "t", &delivery, NULL), STATUS_CONFLICT);
    assert_same(fixture, &before);
    assert_int_equal(take(fixture, "complaints", "jahr;anzahl\n2025;6\n", false), STATUS_OK);
    assert_int_equal(import_undo(fixture->store, "t", &delivery, NULL), STATUS_OK);
    assert_int_equal(import_undo(fixture->store, "t", &delivery, NULL), STATUS_CONFLICT);
    assert_same(fixture, &before);
    buf_free(&before);
}

/* After a reorganisation figures of earlier days are read under the unit that follows, until that is undone. */
static void figures_follow_their_unit(void **state)
{
    struct fixture *fixture = *state;
    static const char dated[] =
        "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht;gueltig_von;gueltig_bis;nachfolger_id\n"
        "S;Stadt;STADT;;0;1;;;\n51;Jugend;FB;S;1;1;;2025-12-31;55\n55;Familie;FB;S;1;1;2026-01-01;;\n";
    static const char adverts[] = "jahr;org_id;publikum;anzahl;davon_genannt;davon_geprueft\n2025;51;1;3;2;1\n";
    struct unit_spans spans;
    struct delivery delivery;
    assert_int_equal(take(fixture, "units", UNITS, false), STATUS_OK);
    assert_int_equal(take(fixture, "units", dated, false), STATUS_OK);
    assert_int_equal(store_span_list(fixture->store, &fixture->arena, &spans, NULL), STATUS_OK);
    assert_int_equal(spans.count, 2);
    assert_string_equal(unit_follow(&spans, "51"), "55");
    assert_string_equal(unit_follow(&spans, "55"), "55");
    assert_int_equal(take(fixture, "adverts", adverts, false), STATUS_OK);
    /* The unit that ended may be named for a day on which it was there, and only for that. */
    assert_int_equal(take(fixture, "workforce", CUBE "30.06.2025;51;*;*;*;*;*;*;*;*;60;55\n", false), STATUS_OK);
    assert_int_equal(take(fixture, "workforce", CUBE "30.06.2025;55;*;*;*;*;*;*;*;*;60;55\n", true), STATUS_INPUT);
    assert_string_equal(fixture->report.findings[0].rule, "V05");
    assert_int_equal(take(fixture, "workforce", CUBE "30.06.2026;51;*;*;*;*;*;*;*;*;60;55\n", true), STATUS_INPUT);
    assert_string_equal(fixture->report.findings[0].rule, "V05");
    const struct unit *units = NULL;
    const struct participation *heads = NULL;
    size_t count = 0, head_count = 0;
    assert_int_equal(store_unit_list(fixture->store, &fixture->arena, &units, &count, NULL), STATUS_OK);
    assert_int_equal(count, 2);
    assert_int_equal(store_heads(fixture->store, &fixture->arena, units, count, &heads, &head_count, NULL), STATUS_OK);
    assert_int_equal(head_count, 1);
    assert_string_equal(units[heads[0].unit].id, "55");
    assert_int_equal(heads[0].invited, 60);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(import_undo(fixture->store, "t", &delivery, NULL), STATUS_OK);
    assert_int_equal(store_span_list(fixture->store, &fixture->arena, &spans, NULL), STATUS_OK);
    assert_int_equal(spans.count, 0);
}

/* V11: the city by more than 10 per cent, a unit by more than 25. */
static void changes_are_asked_about(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *file;
        size_t warnings;
    } later[] = {
        { CUBE "30.06.2026;51;*;*;*;*;*;*;*;*;110;90\n30.06.2026;S;*;*;*;*;*;*;*;*;400;300\n", 0 },
        { CUBE "30.06.2026;51;*;*;*;*;*;*;*;*;126;90\n30.06.2026;S;*;*;*;*;*;*;*;*;400;300\n", 1 },
        { CUBE "30.06.2026;51;*;*;*;*;*;*;*;*;100;90\n30.06.2026;S;*;*;*;*;*;*;*;*;460;300\n", 1 },
        { CUBE "30.06.2026;51;*;*;*;*;*;*;*;*;30;20\n30.06.2026;S;*;*;*;*;*;*;*;*;250;200\n", 3 },
    };
    static const char first[] =
        CUBE "30.06.2025;51;*;*;*;*;*;*;*;*;100;90\n30.06.2025;S;*;*;*;*;*;*;*;*;400;300\n";
    assert_int_equal(take(fixture, "units", UNITS, false), STATUS_OK);
    assert_int_equal(take(fixture, "workforce", first, false), STATUS_OK);
    for (size_t i = 0; i < COUNT(later); i++) {
        assert_int_equal(take(fixture, "workforce", later[i].file, false),
                         later[i].warnings == 0 ? STATUS_OK : STATUS_INPUT);
        assert_int_equal(fixture->report.warnings, later[i].warnings);
        for (size_t k = 0; k < fixture->report.finding_count; k++)
            assert_string_equal(fixture->report.findings[k].rule, "V11");
    }
}

int main(void)
{
    static const struct CMUnitTest all[] = {
        cmocka_unit_test_setup_teardown(every_step_goes_back, begin, end),
        cmocka_unit_test_setup_teardown(refused_files_change_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_finished_report_stays, begin, end),
        cmocka_unit_test_setup_teardown(figures_follow_their_unit, begin, end),
        cmocka_unit_test_setup_teardown(changes_are_asked_about, begin, end),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}

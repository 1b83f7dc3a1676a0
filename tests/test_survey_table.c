/* Delivered tables: every file of tests/data/import says in index.tsv which rule it breaks where; what is good is stored and
 * loaded again, a later delivery stands before an earlier one, reported states stay. */
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

#include "analysis/recode.h"
#include "survey/store_private.h"
#include "survey/table.h"

#define FOLDER SOURCE_DIR "/tests/data/import/"
#define UNITS \
    "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\nS;Stadt;STADT;;0;1\nFB10;Innere Dienste;FB;S;0;1\nFB50;Soziales;FB;S;1;1\n"

struct fixture {
    char dir[64];
    struct store *store;
    struct arena arena;
    struct import_report report;
};

static enum status take(struct fixture *fixture, const char *kind, const char *bytes, size_t length)
{
    const struct import_file file = { kind, bytes, length, .user = "test", .accept_warnings = true };
    return import_bytes(fixture->store, &fixture->arena, &file, &fixture->report, NULL);
}

static enum status take_file(struct fixture *fixture, const char *kind, const char *file)
{
    char path[512];
    struct buf bytes;
    snprintf(path, sizeof path, "%s%s", FOLDER, file);
    buf_init(&bytes, 1 << 20);
    assert_int_equal(buf_read_file(&bytes, path, NULL), STATUS_OK);
    enum status status = take(fixture, kind, bytes.bytes, bytes.length);
    buf_free(&bytes);
    return status;
}

static void begin(struct fixture *fixture)
{
    *fixture = (struct fixture){ .dir = "/tmp/querschnitt-table-XXXXXX" };
    assert_non_null(mkdtemp(fixture->dir));
    arena_init(&fixture->arena, 256 << 20);
    assert_int_equal(store_open(fixture->dir, STORE_WRITE, &fixture->store, NULL), STATUS_OK);
    assert_int_equal(take(fixture, "units", UNITS, sizeof UNITS - 1), STATUS_OK);
}

static void end(struct fixture *fixture)
{
    static const char *const files[] = { "querschnitt.sqlite", "querschnitt.sqlite-journal" };
    char path[128];
    store_close(fixture->store);
    for (size_t i = 0; i < COUNT(files); i++) {
        snprintf(path, sizeof path, "%s/%s", fixture->dir, files[i]);
        unlink(path);
    }
    rmdir(fixture->dir);
    arena_free(&fixture->arena);
}

static struct registers load(struct fixture *fixture)
{
    struct registers registers;
    const struct unit *units = NULL;
    size_t count = 0;
    assert_int_equal(store_unit_list(fixture->store, &fixture->arena, &units, &count, NULL), STATUS_OK);
    assert_int_equal(table_load(fixture->store, &fixture->arena, units, count, &registers, NULL), STATUS_OK);
    return registers;
}

static size_t rows_of(const struct table *table, const struct registers *registers)
{
    size_t count = 0;
    memcpy(&count, (const char *)registers + table->count, sizeof count);
    return count;
}

/* --- the folder of faults --- */

enum { KIND, FILE_NAME, RULE, SEVERITY, LINE, COLUMN, FAULT, BEFORE, PART_COUNT };
enum { RULE_COUNT = 23 }; /* V24 is seen with every file */

static void split(char *line, char *parts[PART_COUNT])
{
    for (size_t i = 0; i < PART_COUNT; i++) {
        parts[i] = line;
        line += strcspn(line, "\t\n");
        if (*line != '\0')
            *line++ = '\0';
    }
}

static bool is_the_finding(const struct finding *finding, char *const parts[PART_COUNT])
{
    static const char *const severities[] = { "error", "warning", "note" };
    const char *column = finding->column == NULL ? "-" : finding->column;
    return strcmp(finding->rule, parts[RULE]) == 0 && strcmp(severities[finding->severity], parts[SEVERITY]) == 0 &&
           finding->line == (uint32_t)atoi(parts[LINE]) && strcmp(column, parts[COLUMN]) == 0;
}

/* "kind=file", several of them divided by commas. */
static void take_before(struct fixture *fixture, char *files)
{
    for (char *file = strtok(files, ","); file != NULL; file = strtok(NULL, ",")) {
        char *name = strchr(file, '=');
        assert_non_null(name);
        *name = '\0';
        assert_int_equal(take_file(fixture, file, name + 1), STATUS_OK);
    }
}

/* The last line of the audit log that names the fingerprint of the file (V24), or none. */
static bool is_audited(struct fixture *fixture)
{
    const struct audit_row *rows = NULL;
    size_t count = 0;
    bool intact = false;
    assert_int_equal(store_audit(fixture->store, &fixture->arena, &rows, &count, &intact, NULL), STATUS_OK);
    assert_true(intact && count > 0 && strlen(fixture->report.sha256) == 64);
    for (size_t i = 0; i < count; i++)
        if (strstr(rows[i].detail, fixture->report.sha256) != NULL)
            return strcmp(rows[i].user, "test") == 0;
    return false;
}

/* A file that is good today will once be told to be old; nothing else may be said of it. */
static bool has_findings(const struct import_report *report)
{
    for (size_t i = 0; i < report->finding_count; i++)
        if (strcmp(report->findings[i].rule, "V04") != 0 || report->findings[i].severity != SEVERITY_WARNING)
            return true;
    return false;
}

static void check_file(struct fixture *fixture, char *const parts[PART_COUNT])
{
    bool faulty = strcmp(parts[SEVERITY], "error") == 0;
    enum status status = take_file(fixture, parts[KIND], parts[FILE_NAME]);
    bool good = strcmp(parts[RULE], "-") == 0 || strcmp(parts[SEVERITY], "export") == 0; /* test_survey_export.c */
    bool found = good && !has_findings(&fixture->report);
    for (size_t i = 0; i < fixture->report.finding_count; i++)
        found = found || is_the_finding(&fixture->report.findings[i], parts);
    if (!found || fixture->report.errors != (faulty ? 1U : 0U) || status != (faulty ? STATUS_INPUT : STATUS_OK)) {
        for (size_t i = 0; i < fixture->report.finding_count; i++)
            print_error("%s:%u %s\n", fixture->report.findings[i].rule, (unsigned)fixture->report.findings[i].line,
                        fixture->report.findings[i].message);
        fail_msg("%s: not the finding that index.tsv names, or others beside it", parts[FILE_NAME]);
    }
    assert_int_equal(is_audited(fixture), !faulty);
    if (table_find(parts[KIND]) == NULL)
        return;
    const struct registers registers = load(fixture);
    assert_int_equal(rows_of(table_find(parts[KIND]), &registers), faulty ? 0 : fixture->report.rows);
}

static void every_fault_is_found(void **state)
{
    (void)state;
    char line[512];
    char *parts[PART_COUNT];
    size_t files = 0;
    bool seen[RULE_COUNT + 1] = { false };
    FILE *index = fopen(FOLDER "index.tsv", "r");
    assert_non_null(index);
    for (; fgets(line, sizeof line, index) != NULL; files++) {
        struct fixture fixture;
        if (line[0] == '#')
            continue;
        split(line, parts);
        begin(&fixture);
        take_before(&fixture, parts[BEFORE]);
        check_file(&fixture, parts);
        end(&fixture);
        if (parts[RULE][0] == 'V')
            seen[atoi(parts[RULE] + 1)] = true;
    }
    fclose(index);
    assert_true(files > 150);
    for (size_t rule = 1; rule <= RULE_COUNT; rule++)
        if (!seen[rule])
            fail_msg("no file for rule V%02zu", rule);
}

/* --- what is stored --- */

static void rows_come_back(void **state)
{
    (void)state;
    struct fixture fixture;
    begin(&fixture);
    for (size_t i = 0; tables[i] != NULL; i++) {
        char file[64];
        snprintf(file, sizeof file, "%s_good.csv", tables[i]->kind);
        assert_int_equal(take_file(&fixture, tables[i]->file, file), STATUS_OK);
    }
    const struct registers registers = load(&fixture);
    assert_int_equal(registers.flow_count, 3);
    assert_int_equal(registers.flows[1].reason, FLOW_VOLUNTARY);
    assert_int_equal(registers.flows[1].unit, 2);
    assert_int_equal(registers.flows[1].band, CUBE_ALL);
    assert_int_equal(registers.flows[1].tenure_months, 30);
    assert_int_equal(registers.flows[2].unit, -1);
    assert_int_equal(registers.flows[2].sex, '*');
    assert_int_equal(registers.flows[2].tenure_months, -1);
    assert_int_equal(registers.funnels[3].stage, FUNNEL_HIRED);
    assert_int_equal(registers.funnels[4].kind, FUNNEL_TRAINEE);
    assert_int_equal(registers.funnels[4].qualified, -1);
    assert_true(registers.demands[0].minutes > 14.4 && registers.demands[0].minutes < 14.6);
    assert_int_equal(registers.demands[0].from, 20250303);
    assert_true(isnan(registers.demands[1].wait_days));
    assert_int_equal(registers.demands[1].source, DEMAND_ESTIMATED);
    assert_true(registers.supplies[0].pool);
    assert_string_equal(registers.supplies[1].tongue, "ara");
    assert_string_equal(registers.outreaches[1].tongue, "*");
    assert_int_equal(registers.outreaches[1].applications, -1);
    assert_true(registers.documents[0].plain && !registers.documents[0].tested);
    assert_string_equal(registers.documents[0].translations, "tr pl ara");
    assert_int_equal(registers.measures[1].recommendation, 1);
    assert_true(isnan(registers.measures[1].budget));
    assert_int_equal(registers.statuses[1].measure, 1);
    assert_int_equal(registers.statuses[1].state, MEASURE_PAUSED);
    assert_true(registers.adverts[0].contact);
    assert_int_equal(registers.cohorts[0].taken_over, 15);
    assert_int_equal(registers.hires[0].german, 1);
    assert_int_equal(registers.hires[1].reason, FLOW_TERM_END);
    assert_int_equal(registers.hires[2].reason, FLOW_NO_REASON);
    assert_string_equal(registers.service_uses[0].service, "Kita");
    assert_int_equal(registers.complaints[1].count, 5);
    assert_int_equal(registers.entry_cards[0].definition, DEFINITION_TINTG_2021);
    assert_int_equal(registers.entry_cards[1].handed_out, 60);
    end(&fixture);
}

static void a_period_is_replaced(void **state)
{
    (void)state;
    static const char later[] = "jahr;anzahl\n2025;7\n2026;1\n";
    struct fixture fixture;
    begin(&fixture);
    assert_int_equal(take_file(&fixture, "complaints", "complaints_good.csv"), STATUS_OK);
    assert_int_equal(take(&fixture, "complaints", later, sizeof later - 1), STATUS_OK);
    struct registers registers = load(&fixture);
    assert_int_equal(registers.complaint_count, 3);
    assert_int_equal(registers.complaints[0].count, 3); /* 2024 of the first file */
    assert_int_equal(registers.complaints[1].count, 7);
    assert_int_equal(registers.complaints[2].year, 2026);
    /* A unit that is gone counts for the city; a delivery that is undone uncovers the one before. */
    assert_int_equal(take_file(&fixture, "flows", "flows_good.csv"), STATUS_OK);
    static const char fewer[] = "org_id;bezeichnung;ebene;ober_id;publikum;im_bericht\nS;Stadt;STADT;;0;1\n";
    assert_int_equal(take(&fixture, "units", fewer, sizeof fewer - 1), STATUS_OK);
    registers = load(&fixture);
    assert_int_equal(registers.flows[0].unit, 0);
    static const char *const undone[] = { "units", "flows", "complaints" };
    for (size_t i = 0; i < COUNT(undone); i++) {
        struct delivery delivery;
        assert_int_equal(import_undo(fixture.store, "test", &delivery, NULL), STATUS_OK);
        assert_string_equal(delivery.kind, undone[i]);
    }
    registers = load(&fixture);
    assert_int_equal(registers.flow_count, 0);
    assert_int_equal(registers.complaint_count, 2);
    assert_int_equal(registers.complaints[1].count, 5);
    end(&fixture);
}

static void reported_states_stay(void **state)
{
    (void)state;
    static const char more[] = "mass_id;jahr;status;nachweis;ausgaben_eur;begruendung\nM01;2025;BEGONNEN;Protokoll 4/2025;1200;\n"
                               "M01;2026;UMGESETZT;Ratsinfo;;\n";
    static const char other[] = "mass_id;jahr;status;nachweis;ausgaben_eur;begruendung\nM01;2025;BEGONNEN;anders;1200;\n";
    struct fixture fixture;
    begin(&fixture);
    assert_int_equal(take_file(&fixture, "recommendations", "recommendations_good.csv"), STATUS_OK);
    assert_int_equal(take_file(&fixture, "measures", "measures_good.csv"), STATUS_OK);
    assert_int_equal(take_file(&fixture, "status", "status_good.csv"), STATUS_OK);
    assert_int_equal(take(&fixture, "status", more, sizeof more - 1), STATUS_OK);
    assert_int_equal(fixture.report.finding_count, 1); /* stored already */
    assert_int_equal(take(&fixture, "status", other, sizeof other - 1), STATUS_INPUT);
    const struct registers registers = load(&fixture);
    assert_int_equal(registers.status_count, 3);
    assert_string_equal(registers.statuses[0].evidence, "Protokoll 4/2025");
    assert_int_equal(registers.statuses[2].year, 2026);
    end(&fixture);
}

/* Columns fit the members they are written to, and the codes are the ones the analysis knows. */
static void descriptions_hold(void **state)
{
    (void)state;
    for (size_t i = 0; tables[i] != NULL; i++) {
        const struct table *table = tables[i];
        size_t periods = 0;
        assert_true(table->column_count > 0 && table->column_count <= TABLE_COLUMN_MAX);
        assert_ptr_equal(table_find(table->file), table);
        for (size_t k = 0; k < table->column_count; k++) {
            const struct table_column *column = &table->columns[k];
            assert_true(column->offset < table->row_size);
            assert_true(k == 0 || column->offset != table->columns[k - 1].offset);
            periods += (column->flags & COLUMN_PERIOD) != 0;
            if (column->type == COLUMN_TEXT || column->type == COLUMN_WHOLE || column->type == COLUMN_NUMBER)
                assert_true(column->highest > 0);
            for (int code = 0; strcmp(column->name, "definition") == 0 && column->codes[code] != NULL; code++)
                assert_string_equal(column->codes[code], definition_code((enum definition)code));
        }
        assert_true(periods <= 1 && (!table->appends || periods == 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_is_found),  cmocka_unit_test(rows_come_back),
        cmocka_unit_test(a_period_is_replaced),  cmocka_unit_test(reported_states_stay),
        cmocka_unit_test(descriptions_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Releases made by hand for the tests of the report: every table the sections look for, everything shown, everything
 * secret or nothing delivered, in a city as small or as large as wanted. A new table: a line in plans. */
#ifndef TESTS_RELEASE_FIXTURE_H
#define TESTS_RELEASE_FIXTURE_H

#include <math.h>
#include <string.h>

#include "reports/section.h"

enum { ROWS_MAX = 320, COLUMNS_MAX = 7, TABLES_MAX = 120 };
enum fill { FILL_SHOWN, FILL_SECRET, FILL_NOTHING };

/* Tables as docs/tables.md lists them: id, rows, a letter a column (C count, % per cent, P points, S score, R ratio). */
static const struct plan {
    const char *id, *rows, *columns;
} plans[] = {
    { "dq1.unit", "total unit.51 unit.52", "CC%" },
    { "dq1.band", "band.0 band.1 band.2 band.3 band.4", "%%P" },
    { "dq1.age", "age.1 age.2 age.3 age.4 age.5", "%%P" },
    { "dq1.sex", "sex.w sex.m", "%%P" },
    { "dq1.weights", "total", "CCRR" },
    { "dq1.margins", "cell sex age", "CC" },
    { "dq1.items", "item.HM1 item.HM2", "%%" },
    { "dq3", "wave pooled", "%%R" },
    { "dq3.anchored", "wave pooled", "%%" },
    { "dq4", "r.0.50 r.0.67 r.0.80 r.1.00 r.1.25 r.1.50 r.2.00", "%" },
    { "r1", "total", "%" },
    { "r1.definition", "STAATSANG TINTG_2012 TINTG_2021", "%" },
    { "r1.wave", "wave.2024 wave.2025", "%" },
    { "r1.change", "total", "%%P" },
    { "r1.unit", "total unit.51 unit.52 unit.53 unit.54 unit.55", "%" },
    { "r2", "total unit.51 unit.52", "CC%" },
    { "r2.band", "total band.0 band.1", "CC%" },
    { "r2.wave", "wave.2024 wave.2025", "%" },
    { "r3", "STAATSANG TINTG_2021", "%%PR" },
    { "r3.reference", "STAATSANG TINTG_2021", "%CC" },
    { "r6", "total band.0 band.1 band.2 band.3 band.4", "%" },
    { "r7", "total leaders others", "%" },
    { "r7.ratio", "all age tenure", "%%R" },
    { "r11", "total", "SSC" },
    { "k1", "total", "S%" },
    { "k1.contact", "total contact no_contact", "S" },
    { "k1.compare", "contact lead", "P" },
    { "k1.items", "item.HM1 item.HM2", "%%%%%%%" },
    { "k1.change", "total", "SSP" },
    { "c1", "total", "S%" },
    { "c1.items", "item.HM1 item.HM2", "%%%%%%%" },
    { "c1.unit", "total unit.51 unit.52", "S" },
    { "c1.change", "total", "SSP" },
    { "c2", "total with without", "S" },
    { "c2.gap", "history sex lead", "PP" },
    { "c3", "experienced observed", "%" },
    { "c3.experienced", "no once several refused", "%" },
    { "c3.observed", "no colleagues residents both refused", "%" },
    { "c3.source", "option.1 option.2 option.3 option.4 option.9", "%" },
    { "c3.change", "experienced observed", "%%P" },
    { "o1", "total", "S%" },
    { "o1.items", "item.HM1 item.HM2", "%%%%%%%" },
    { "dq5", "scale.HM scale.WI", "RR%S" },
    { "p1", "total trainees", "C%%" },
    { "p3", "total band.1 band.2", "%%R" },
    { "s1", "total unit.51 unit.52", "C%" },
    { "o6", "total E01 E02 E03", "CCCCCCCCC" },
};

/* What a city may be like. */
struct world_shape {
    enum fill fill;
    enum release_word word;
    size_t units, waves; /* 0: as the plan says */
    bool long_names;     /* departments with names of 90 characters, heads as long as the real ones */
    double staff;        /* 0: 1235 in every count */
};

static struct world {
    struct arena arena;
    struct release release;
    struct release_table tables[TABLES_MAX];
    struct form form;
    struct item items[2];
    struct option options[5];
} world;

static inline enum release_unit unit_of(char letter)
{
    return letter == 'C' ? RELEASE_COUNT : letter == '%' ? RELEASE_PERCENT : letter == 'P' ? RELEASE_POINTS
           : letter == 'S' ? RELEASE_SCORE                                                 : RELEASE_RATIO;
}

static inline struct released cell_of(const struct world_shape *shape, enum release_unit unit, size_t at)
{
    if (shape->fill == FILL_SECRET)
        return (struct released){ .sign = SIGN_SECRET, .value = (double)NAN, .low = (double)NAN, .high = (double)NAN };
    double value = unit == RELEASE_COUNT ? shape->staff > 0 ? shape->staff : 1235 : unit == RELEASE_POINTS ? -0.9 : 17.84 + (double)(at % 7);
    return (struct released){ .sign = SIGN_SHOWN, .ranged = unit != RELEASE_COUNT, .value = value, .low = value - 1.5,
                              .high = value + 2.5, .base = 1284, .decimals = 1,
                              .word = unit == RELEASE_POINTS || unit == RELEASE_RATIO ? shape->word : WORD_NONE };
}

/* Rows of the plan; departments and waves as many as the shape wants. */
static inline size_t add_rows(const struct plan *plan, const struct world_shape *shape, struct release_row *rows)
{
    static const char *const tail = "Bürgerdienste, öffentliche Ordnung, Gewerbe- und Verkehrsangelegenheiten der Stadt";
    size_t count = 0;
    size_t seen[2] = { 0, 0 };
    for (const char *at = plan->rows; *at != '\0';) {
        size_t length = strcspn(at, " ");
        bool unit = strncmp(at, "unit.", 5) == 0;
        bool wave = strncmp(at, "wave.", 5) == 0;
        size_t wanted = unit ? shape->units : wave ? shape->waves : 0;
        size_t repeats = wanted == 0 ? 1 : seen[wave]++ > 0 ? 0 : wanted;
        for (size_t i = 0; i < repeats && count < ROWS_MAX; i++) {
            char *id = wanted == 0 ? arena_copy(&world.arena, at, length)
                                   : arena_format(&world.arena, unit ? "unit.%zu" : "wave.%zu",
                                                  i + (unit ? 51 : 2026 - wanted));
            const char *name = unit && shape->long_names ? arena_format(&world.arena, "%zu %s", i + 1, tail)
                               : strcmp(id, "unit.51") == 0 ? "Amt <&> %d"
                                                            : id;
            rows[count++] = (struct release_row){ .id = id, .total = strcmp(id, "total") == 0,
                                                  .label = { .name = name } };
        }
        at += length;
        at += strspn(at, " ");
    }
    return count;
}

static inline void add_table(const struct plan *plan, const struct world_shape *shape)
{
    static const char *const heads[] = { "Beschäftigte", "Anteil mit Einwanderungsgeschichte in %",
                                         "Vergleich mit der vorigen Befragung in Punkten", "Verhältnis" };
    struct release_table *table = &world.tables[world.release.table_count++];
    struct release_row *rows = ARENA_NEW(&world.arena, struct release_row, ROWS_MAX);
    struct release_column *columns = ARENA_NEW(&world.arena, struct release_column, COLUMNS_MAX);
    struct released *cells = ARENA_NEW(&world.arena, struct released, ROWS_MAX * COLUMNS_MAX);
    size_t row_count = add_rows(plan, shape, rows);
    size_t column_count = strlen(plan->columns);
    for (size_t i = 0; i < column_count; i++)
        columns[i] = (struct release_column){ .label = { .name = shape->long_names ? heads[i % COUNT(heads)] : "Wert" },
                                              .unit = unit_of(plan->columns[i]) };
    for (size_t i = 0; i < row_count * column_count; i++)
        cells[i] = cell_of(shape, columns[i % column_count].unit, i);
    *table = (struct release_table){ .id = plan->id, .title = { .name = "Titel" }, .wave = "2025", .rows = rows,
                                     .row_count = row_count, .columns = columns, .column_count = column_count,
                                     .cells = cells };
}

static inline void make_release_of(const struct world_shape *shape)
{
    static const char *const steps[] = { "gar nicht", "wenig", "teils", "ziemlich", "voll" };
    memset(&world, 0, sizeof world);
    arena_init(&world.arena, 128 << 20);
    for (size_t i = 0; i < 5; i++)
        world.options[i] = (struct option){ .code = "1", .label = { .in = { steps[i] } }, .points = -1 };
    for (size_t i = 0; i < 2; i++)
        world.items[i] = (struct item){ .id = i == 0 ? "HM1" : "HM2", .options = world.options, .option_count = 5 };
    world.form = (struct form){ .id = "f", .version = "1", .languages = { "de" }, .language_count = 1,
                                .items = world.items, .item_count = 2 };
    world.release = (struct release){ .city = "Musterstadt", .demo = true, .wave = "2025", .year = 2025,
                                      .cube_year = 2025, .cube_month = 6, .cube_day = 30, .form = &world.form,
                                      .tables = world.tables, .planned = 200, .suppressed = 15, .answers_min = 10,
                                      .heads_min = 5, .seed = 42, .fingerprint = "abc" };
    for (size_t i = 0; i < COUNT(plans) && shape->fill != FILL_NOTHING; i++)
        add_table(&plans[i], shape);
}

static inline void make_release(enum fill fill, enum release_word word)
{
    make_release_of(&(struct world_shape){ .fill = fill, .word = word });
}

#endif

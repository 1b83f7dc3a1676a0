/* Small cities for the tests of analysis/, built from the lines of a vector file (tests/vectors/ind_NAME.csv):
 *
 *     unit;ID;LEVEL;PARENT;CONTACT          LEVEL 0 city … 5 enterprise; PARENT an id or -
 *     ref;DEFINITION;SCOPE;YEAR;AGE_LOW;AGE_HIGH;TOTAL;GROUP;ERROR[;EDUCATION]
 *     wave;NAME;YEAR[;CLOSED;TO_STAFF;TO_COUNCIL]   opens a wave; the following lines belong to it. Days as 20250630
 *     cube;UNIT;BAND;SEX;AGE;GERMAN;HEADS[;POSTS]   * = all; full-time posts: as many as heads
 *     form;EMPLOYMENT;FIXED_TERM;PART_TIME;GERMAN;HEADS   a line of the delivery of forms of employment
 *     part;UNIT;INVITED
 *     key;RATERS;ITEM;CODE=POINTS;…         the item is a situation
 *     people;COUNT;ITEM=CODE;ITEM=CODE;…    COUNT people with the same answers
 *     flow;… document;… and so on           rows of registers.h (registers_fixture.h)
 *     sources;COUNT;CODE,CODE               rows of the detached item DI2
 *     expect;TABLE;ROW;COLUMN;VALUE;LOW;HIGH;TOLERANCE   raw figure (LOW, HIGH: - when not tested)
 *     sign;TABLE;ROW;COLUMN;SIGN            published sign: - shown, g, u, x, …
 *     shown;TABLE;ROW;COLUMN;VALUE          published value
 * The form is made of tests/data/items.tsv, without the YAML reader. */
#ifndef TESTS_ANALYSIS_FIXTURE_H
#define TESTS_ANALYSIS_FIXTURE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/disclose.h"
#include "analysis/inputs.h"
#include "analysis/recode.h"
#include "base/buf.h"
#include "forms/qtype.h"
#include "tests/registers_fixture.h"

enum { FIXTURE_ITEMS = 80, FIXTURE_UNITS = 64, FIXTURE_CUBE = 4000, FIXTURE_WAVES = 4, FIXTURE_REFS = 16 };

struct fixture {
    struct arena arena;
    struct item items[FIXTURE_ITEMS];
    size_t item_count;
    struct scale scales[6];
    struct form form;
    struct page page; /* all items on one */
    struct unit units[FIXTURE_UNITS];
    struct reference references[FIXTURE_REFS];
    struct wave_inputs waves[FIXTURE_WAVES];
    struct cube_row *cubes[FIXTURE_WAVES];
    struct participation *parts[FIXTURE_WAVES];
    size_t row_room[FIXTURE_WAVES];
    struct inputs inputs;
};

/* Splits in place; empty fields are kept. */
static inline size_t fixture_split(char *line, char by, char *out[], size_t room)
{
    size_t count = 0;
    for (char *at = line; at != NULL && count < room; count++) {
        char *end = strchr(at, by);
        out[count] = at;
        if (end != NULL)
            *end++ = '\0';
        at = end;
    }
    return count;
}

static inline char *fixture_read(struct fixture *fixture, const char *path)
{
    struct buf buf;
    buf_init(&buf, 8 << 20);
    assert_int_equal(buf_read_file(&buf, path, NULL), STATUS_OK);
    char *text = arena_copy(&fixture->arena, buf.bytes, buf.length);
    assert_non_null(text);
    buf_free(&buf);
    return text;
}

static inline void fixture_option(struct item *item, const char *code, bool missing)
{
    struct option *options = (struct option *)(uintptr_t)item->options;
    options[item->option_count++] = (struct option){ .code = code, .missing = missing, .points = -1,
                                                     .label = { { code } } };
}

/* One line of items.tsv. */
static inline void fixture_item(struct fixture *fixture, char *line)
{
    char *field[10], *option[40], *part[4];
    if (fixture_split(line, '\t', field, 10) < 10 || strcmp(field[0], "item_id") == 0)
        return;
    struct item *item = &fixture->items[fixture->item_count++];
    *item = (struct item){ .id = field[0], .label = { { field[8] } }, .detached = strcmp(field[0], "DI2") == 0 ||
                           strcmp(field[0], "D8") == 0, .off = strcmp(field[0], "OF1") == 0 };
    item->options = ARENA_NEW(&fixture->arena, struct option, FIXTURE_UNITS + 2);
    assert_non_null(item->options);
    bool unit = strcmp(field[0], "D1") == 0;
    size_t count = field[9][0] == '\0' || unit ? 0 : fixture_split(field[9], ';', option, 40);
    for (size_t k = 0; k < count; k++) {
        char *text = option[k];
        while (*text == ' ')
            text++;
        if (*text == '\0')
            continue;
        fixture_split(text, '|', part, 4);
        fixture_option(item, part[0], strcmp(part[0], "9") == 0);
    }
    if (strcmp(field[5], "1") == 0)
        fixture_option(item, "98", true);
}

static inline void fixture_scales(struct fixture *fixture)
{
    static const struct {
        const char *id, *reversed;
        unsigned least;
    } plan[6] = { { "HM", "-+-+-", 3 }, { "WI", "--++", 3 },  { "RE", "-+-+", 3 },
                  { "VH", "--+-+", 3 }, { "ST", "-+--++-", 5 }, { "IK", "-+-+-+", 4 } };
    for (size_t s = 0; s < 6; s++) {
        size_t count = strlen(plan[s].reversed);
        size_t *items = ARENA_NEW(&fixture->arena, size_t, count);
        bool *reversed = ARENA_NEW(&fixture->arena, bool, count);
        assert_non_null(items);
        assert_non_null(reversed);
        for (size_t k = 0; k < count; k++) {
            reversed[k] = plan[s].reversed[k] == '+';
            for (size_t i = 0; i < fixture->item_count; i++)
                if (strncmp(fixture->items[i].id, plan[s].id, 2) == 0 && fixture->items[i].id[2] == (char)('1' + k))
                    items[k] = i;
        }
        fixture->scales[s] = (struct scale){ .id = plan[s].id, .items = items, .reversed = reversed,
                                             .item_count = count, .answered_min = plan[s].least };
    }
}

static inline void fixture_init(struct fixture *fixture)
{
    memset(fixture, 0, sizeof *fixture);
    arena_init(&fixture->arena, 512U << 20);
    char *text = fixture_read(fixture, SOURCE_DIR "/tests/data/items.tsv");
    for (char *line = text, *end; line != NULL && *line != '\0'; line = end) {
        end = strchr(line, '\n');
        if (end != NULL)
            *end++ = '\0';
        fixture_item(fixture, line);
    }
    assert_true(fixture->item_count > 50);
    fixture_scales(fixture);
    fixture->page = (struct page){ .id = "all", .item_count = fixture->item_count };
    fixture->form = (struct form){ .id = "test", .pages = &fixture->page, .page_count = 1,
                                   .languages = { "de" }, .language_count = 1, .items = fixture->items,
                                   .item_count = fixture->item_count, .scales = fixture->scales, .scale_count = 6 };
    fixture->inputs = (struct inputs){ .city = "Musterstadt", .units = fixture->units, .seed = 42,
                                       .references = fixture->references, .waves = fixture->waves };
}

static inline size_t fixture_position(const struct fixture *fixture, const char *item)
{
    size_t i = 0;
    while (i < fixture->item_count && strcmp(fixture->items[i].id, item) != 0)
        i++;
    assert_true(i < fixture->item_count);
    return i;
}

static inline int fixture_unit(const struct fixture *fixture, const char *id)
{
    for (size_t i = 0; i < fixture->inputs.unit_count; i++)
        if (strcmp(fixture->units[i].id, id) == 0)
            return (int)i;
    return -1;
}

static inline void fixture_add_unit(struct fixture *fixture, const char *id, enum unit_level level, int parent,
                                    bool contact)
{
    fixture->units[fixture->inputs.unit_count++] = (struct unit){
        .id = id, .name = id, .level = level, .parent = parent, .contact = contact, .reported = true
    };
    if (level != UNIT_CITY)
        fixture_option(&fixture->items[fixture_position(fixture, "D1")], id, false);
}

static inline struct wave_inputs *fixture_wave(struct fixture *fixture, const char *name, int year, size_t rows)
{
    size_t w = fixture->inputs.wave_count++;
    struct wave_inputs *wave = &fixture->waves[w];
    *wave = (struct wave_inputs){ .name = name, .year = year, .form = &fixture->form };
    assert_int_equal(frame_create(&fixture->arena, &fixture->form, rows, &wave->frame, NULL), STATUS_OK);
    wave->frame.row_count = 0;
    fixture->row_room[w] = rows;
    fixture->cubes[w] = ARENA_NEW(&fixture->arena, struct cube_row, FIXTURE_CUBE);
    fixture->parts[w] = ARENA_NEW(&fixture->arena, struct participation, FIXTURE_UNITS);
    assert_non_null(fixture->cubes[w]);
    assert_non_null(fixture->parts[w]);
    wave->cube = (struct cube){ .year = year, .month = 6, .day = 30, .rows = fixture->cubes[w] };
    wave->participation = fixture->parts[w];
    return wave;
}

static inline void fixture_cube(struct fixture *fixture, int unit, uint8_t band, char sex, uint8_t age, uint8_t german,
                                uint32_t heads)
{
    size_t w = fixture->inputs.wave_count - 1;
    struct cube *cube = &fixture->waves[w].cube;
    assert_true(cube->row_count < FIXTURE_CUBE);
    fixture->cubes[w][cube->row_count++] = (struct cube_row){ unit, band, '*', CUBE_ALL, sex, age, CUBE_ALL, CUBE_ALL,
                                                              german, heads, heads, false, false };
}

static inline size_t fixture_person(struct fixture *fixture)
{
    size_t w = fixture->inputs.wave_count - 1;
    struct frame *frame = &fixture->waves[w].frame;
    assert_true(frame->row_count < fixture->row_room[w]);
    return frame->row_count++;
}

static inline void fixture_answer(struct fixture *fixture, size_t row, const char *item, const char *code)
{
    struct frame *frame = &fixture->waves[fixture->inputs.wave_count - 1].frame;
    size_t i = fixture_position(fixture, item);
    uint8_t choice = frame_code(frame, item, code);
    assert_int_not_equal(choice, ANSWER_NONE);
    assert_non_null(frame->choice[i]);
    frame->choice[i][row] = choice;
}

static inline uint8_t fixture_number(const char *text)
{
    return text[0] == '*' ? (uint8_t)CUBE_ALL : (uint8_t)strtol(text, NULL, 10);
}

static inline void fixture_sources(struct fixture *fixture, size_t count, char *codes)
{
    struct frame *frame = &fixture->waves[fixture->inputs.wave_count - 1].frame;
    size_t item = fixture_position(fixture, "DI2"), before = frame->detached_count[item], parts;
    uint32_t *sets = ARENA_NEW(&fixture->arena, uint32_t, before + count);
    char *code[8];
    uint32_t set = 0;
    assert_non_null(sets);
    parts = fixture_split(codes, ',', code, 8);
    for (size_t k = 0; k < parts; k++)
        set |= 1U << frame_code(frame, "DI2", code[k]);
    for (size_t i = 0; i < before + count; i++)
        sets[i] = i < before ? frame->set[item][i] : set;
    assert_int_equal(frame_detach(&fixture->arena, frame, item, sets, NULL, NULL, before + count, NULL), STATUS_OK);
}

static inline void fixture_people(struct fixture *fixture, char *field[], size_t fields)
{
    long count = strtol(field[1], NULL, 10);
    for (size_t f = 2; f < fields; f++) {
        char *code = strchr(field[f], '=');
        assert_non_null(code);
        *code = '\0';
    }
    for (long i = 0; i < count; i++) {
        size_t row = fixture_person(fixture);
        for (size_t f = 2; f < fields; f++)
            fixture_answer(fixture, row, field[f], field[f] + strlen(field[f]) + 1);
    }
}

static inline void fixture_reference(struct fixture *fixture, char *field[], size_t fields)
{
    struct reference *reference = &fixture->references[fixture->inputs.reference_count++];
    *reference = (struct reference){ .place = "Musterstadt", .source = "TEST", .scope = field[2], .month = 12,
                                     .day = 31, .definition = DEFINITION_COUNT };
    for (enum definition d = DEFINITION_STAATSANG; d < DEFINITION_COUNT; d++)
        if (strcmp(definition_code(d), field[1]) == 0)
            reference->definition = d;
    reference->year = (int)strtol(field[3], NULL, 10);
    reference->age_low = (int)strtol(field[4], NULL, 10);
    reference->age_high = (int)strtol(field[5], NULL, 10);
    reference->total = strtod(field[6], NULL);
    reference->group = strtod(field[7], NULL);
    reference->relative_error = strtod(field[8], NULL);
    reference->education = fields > 9 ? field[9] : NULL;
}

static inline void fixture_key(struct fixture *fixture, char *field[], size_t fields)
{
    struct item *item = &fixture->items[fixture_position(fixture, field[2])];
    struct option *options = (struct option *)(uintptr_t)item->options;
    fixture->form.key_raters = (unsigned)strtoul(field[1], NULL, 10);
    item->type = qtype_find("situation");
    assert_non_null(item->type);
    for (size_t f = 3; f < fields; f++) {
        char *points = strchr(field[f], '=');
        assert_non_null(points);
        *points++ = '\0';
        int option = item_option(item, field[f]);
        assert_true(option >= 0);
        options[option].points = (int8_t)strtol(points, NULL, 10);
    }
}

/* Applies a line that describes the city; false for a line that expects something. */
static inline bool fixture_line(struct fixture *fixture, char *field[], size_t fields)
{
    if (strcmp(field[0], "unit") == 0) {
        fixture_add_unit(fixture, field[1], (enum unit_level)strtol(field[2], NULL, 10), fixture_unit(fixture, field[3]),
                         field[4][0] == '1');
    } else if (strcmp(field[0], "ref") == 0) {
        fixture_reference(fixture, field, fields);
    } else if (strcmp(field[0], "wave") == 0) {
        struct wave_inputs *wave = fixture_wave(fixture, field[1], (int)strtol(field[2], NULL, 10), 5000);
        int *const days[] = { &wave->closed, &wave->to_staff, &wave->to_council };
        for (size_t i = 3; i < fields && i < 6; i++)
            *days[i - 3] = (int)strtol(field[i], NULL, 10);
    } else if (strcmp(field[0], "cube") == 0) {
        fixture_cube(fixture, fixture_unit(fixture, field[1]), fixture_number(field[2]), field[3][0],
                     fixture_number(field[4]), fixture_number(field[5]), (uint32_t)strtol(field[6], NULL, 10));
        size_t w = fixture->inputs.wave_count - 1;
        if (fields > 7)
            fixture->cubes[w][fixture->waves[w].cube.row_count - 1].fte = strtod(field[7], NULL);
    } else if (strcmp(field[0], "form") == 0) {
        struct cube *cube = &fixture->waves[fixture->inputs.wave_count - 1].cube;
        uint32_t heads = (uint32_t)strtol(field[5], NULL, 10);
        assert_true(cube->row_count < FIXTURE_CUBE);
        fixture->cubes[fixture->inputs.wave_count - 1][cube->row_count++] =
            (struct cube_row){ -1, CUBE_ALL, field[1][0], CUBE_ALL, '*', CUBE_ALL, fixture_number(field[2]),
                               fixture_number(field[3]), fixture_number(field[4]), heads, heads, false, false };
    } else if (strcmp(field[0], "part") == 0) {
        struct wave_inputs *wave = &fixture->waves[fixture->inputs.wave_count - 1];
        fixture->parts[fixture->inputs.wave_count - 1][wave->participation_count++] =
            (struct participation){ fixture_unit(fixture, field[1]), (uint32_t)strtol(field[2], NULL, 10), 0 };
    } else if (strcmp(field[0], "people") == 0) {
        fixture_people(fixture, field, fields);
    } else if (strcmp(field[0], "key") == 0) {
        fixture_key(fixture, field, fields);
    } else if (strcmp(field[0], "sources") == 0) {
        fixture_sources(fixture, (size_t)strtol(field[1], NULL, 10), field[2]);
    } else {
        return register_line(&fixture->arena, &fixture->inputs, field, fields);
    }
    return true;
}

static inline void fixture_free(struct fixture *fixture)
{
    arena_free(&fixture->arena);
}

#endif

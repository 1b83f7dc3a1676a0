/* From contracts to counts: the four tables of the workforce cube that the analysis needs at least. Not responsible for
 * reading or checking the file (import_records.c). */
#include <string.h>

#include "survey/import_records.h"

enum { BANDS = 6, SEXES = 4, AGES = 6, GERMANS = 3, LEADERSHIPS = 4, EMPLOYMENTS = 6, FLAGS = 2 };
enum { FRAME_CELLS = BANDS * SEXES * AGES, LEAD_CELLS = BANDS * GERMANS * LEADERSHIPS };
enum { CONTRACT_CELLS = EMPLOYMENTS * FLAGS * FLAGS * GERMANS };

static const uint8_t bands[BANDS] = { 0, 1, 2, 3, 4, 9 };
static const uint8_t ages[AGES] = { 1, 2, 3, 4, 5, 9 };
static const uint8_t germans[GERMANS] = { 0, 1, 9 };

struct cell {
    uint32_t heads;
    double fte;
};

struct counting {
    struct cell *frame;  /* unit × band × sex × age */
    struct cell *german; /* unit × citizenship */
    struct cell *lead;   /* band × citizenship × leadership */
    struct cell *contract;
    size_t unit_count;
    struct cube_row *rows;
    const char **ids;
    size_t row_count;
    const struct unit *units;
};

static size_t place(const uint8_t values[], size_t count, uint8_t value)
{
    for (size_t i = 0; i + 1 < count; i++)
        if (values[i] == value)
            return i;
    return count - 1;
}

static void add(struct cell *cell, double fte)
{
    cell->heads++;
    cell->fte += fte;
}

static void count_person(struct counting *counting, const struct contract *person, double fte)
{
    size_t unit = (size_t)person->unit;
    size_t band = place(bands, BANDS, person->band);
    size_t age = place(ages, AGES, person->age);
    size_t german = place(germans, GERMANS, person->german);
    size_t part = fte > 0 && fte < 0.995; /* on leave (0) is not part time */
    add(&counting->frame[((unit * BANDS + band) * SEXES + person->sex) * AGES + age], fte);
    add(&counting->german[unit * GERMANS + german], fte);
    add(&counting->lead[(band * GERMANS + german) * LEADERSHIPS + person->leadership], fte);
    add(&counting
             ->contract[(((size_t)person->employment * FLAGS + person->fixed_term) * FLAGS + part) * GERMANS + german],
        fte);
}

static struct cube_row *put(struct counting *counting, const struct cell *cell, int unit)
{
    struct cube_row *row = &counting->rows[counting->row_count];
    counting->ids[counting->row_count++] = unit < 0 ? "*" : counting->units[unit].id;
    *row = (struct cube_row){ .unit = unit,
                              .band = CUBE_ALL,
                              .employment = '*',
                              .leadership = CUBE_ALL,
                              .sex = '*',
                              .age = CUBE_ALL,
                              .fixed_term = CUBE_ALL,
                              .part_time = CUBE_ALL,
                              .german = CUBE_ALL,
                              .heads = cell->heads,
                              .fte = cell->fte };
    return row;
}

static void put_units(struct counting *counting)
{
    for (size_t i = 0; i < counting->unit_count * FRAME_CELLS; i++)
        if (counting->frame[i].heads > 0) {
            struct cube_row *row = put(counting, &counting->frame[i], (int)(i / FRAME_CELLS));
            row->band = bands[i / (SEXES * AGES) % BANDS];
            row->sex = "wmdx"[i / AGES % SEXES];
            row->age = ages[i % AGES];
        }
    for (size_t i = 0; i < counting->unit_count * GERMANS; i++)
        if (counting->german[i].heads > 0)
            put(counting, &counting->german[i], (int)(i / GERMANS))->german = germans[i % GERMANS];
}

static void put_city(struct counting *counting)
{
    for (size_t i = 0; i < LEAD_CELLS; i++)
        if (counting->lead[i].heads > 0) {
            struct cube_row *row = put(counting, &counting->lead[i], -1);
            row->band = bands[i / (GERMANS * LEADERSHIPS)];
            row->german = germans[i / LEADERSHIPS % GERMANS];
            row->leadership = (uint8_t)(i % LEADERSHIPS);
        }
    for (size_t i = 0; i < CONTRACT_CELLS; i++)
        if (counting->contract[i].heads > 0) {
            struct cube_row *row = put(counting, &counting->contract[i], -1);
            row->employment = "BTAPXW"[i / (FLAGS * FLAGS * GERMANS)];
            row->fixed_term = (uint8_t)(i / (FLAGS * GERMANS) % FLAGS);
            row->part_time = (uint8_t)(i / GERMANS % FLAGS);
            row->german = germans[i % GERMANS];
        }
}

static size_t filled(const struct cell cells[], size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += cells[i].heads > 0;
    return found;
}

enum status records_cube(struct arena *arena, const struct contract contracts[], size_t count, const struct unit *units,
                         size_t unit_count, struct cube *cube, const char *const **ids, struct fail *fail)
{
    struct counting counting = { .units = units, .unit_count = unit_count };
    counting.frame = ARENA_NEW(arena, struct cell, unit_count * FRAME_CELLS + 1);
    counting.german = ARENA_NEW(arena, struct cell, unit_count * GERMANS + 1);
    counting.lead = ARENA_NEW(arena, struct cell, LEAD_CELLS);
    counting.contract = ARENA_NEW(arena, struct cell, CONTRACT_CELLS);
    if (counting.frame == NULL || counting.german == NULL || counting.lead == NULL || counting.contract == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu units", unit_count);
    for (size_t i = 0; i < count;) {
        const struct contract *main = &contracts[i];
        double fte = 0;
        for (; i < count && same_person(&contracts[i], main); i++)
            fte += contracts[i].fte;
        count_person(&counting, main, fte);
    }
    size_t rows = filled(counting.frame, unit_count * FRAME_CELLS) + filled(counting.german, unit_count * GERMANS) +
                  filled(counting.lead, LEAD_CELLS) + filled(counting.contract, CONTRACT_CELLS);
    counting.rows = ARENA_NEW(arena, struct cube_row, rows + 1);
    counting.ids = ARENA_NEW(arena, const char *, rows + 1);
    if (counting.rows == NULL || counting.ids == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu rows", rows);
    put_units(&counting);
    put_city(&counting);
    cube->rows = counting.rows;
    cube->row_count = counting.row_count;
    *ids = counting.ids;
    return STATUS_OK;
}

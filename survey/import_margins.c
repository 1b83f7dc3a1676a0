/* Compares the margins of a cube's deliveries (V12). A delivery is the set of rows with the same dimensions filled: for
 * example unit × sex × age. Exports differ in whether the row of a division holds its own staff only or that of the
 * departments below it too; a margin is wrong when it is wrong in both readings. */
#include <stdlib.h>
#include <string.h>

#include "survey/import_cube.h"

enum { DIMENSION_COUNT = 9, DELIVERY_MAX = 32, DIFFERENCE_MAX = 20 };

static void key_of(const struct cube_row *row, int key[DIMENSION_COUNT])
{
    key[0] = row->unit < 0 ? CUBE_ALL : row->unit + 1000; /* past the codes */
    key[1] = row->band;
    key[2] = row->employment == '*' ? CUBE_ALL : row->employment;
    key[3] = row->leadership;
    key[4] = row->sex == '*' ? CUBE_ALL : row->sex;
    key[5] = row->age;
    key[6] = row->fixed_term;
    key[7] = row->part_time;
    key[8] = row->german;
}

static int compare_keys(const int a[], const int b[])
{
    for (size_t i = 0; i < DIMENSION_COUNT; i++)
        if (a[i] != b[i])
            return a[i] < b[i] ? -1 : 1;
    return 0;
}

int cube_row_compare(const struct cube_row *a, const struct cube_row *b)
{
    int left[DIMENSION_COUNT];
    int right[DIMENSION_COUNT];
    key_of(a, left);
    key_of(b, right);
    return compare_keys(left, right);
}

unsigned cube_row_pattern(const struct cube_row *row)
{
    int key[DIMENSION_COUNT];
    unsigned pattern = 0;
    key_of(row, key);
    for (unsigned i = 0; i < DIMENSION_COUNT; i++)
        pattern |= (key[i] != CUBE_ALL ? 1u : 0u) << i;
    return pattern;
}

struct margin {
    int key[DIMENSION_COUNT];
    uint64_t heads;
    uint32_t tolerance; /* 2 per rounded cell */
    uint32_t line;      /* first row of it */
    bool unknown;       /* a cell of it is suppressed */
};

static int compare_margins(const void *first, const void *second)
{
    const struct margin *a = first;
    const struct margin *b = second;
    int order = compare_keys(a->key, b->key);
    return order != 0 ? order : a->line < b->line ? -1 : a->line > b->line;
}

struct deliveries {
    struct import *import;
    const struct cube *cube;
    const struct unit *units;
    size_t unit_count;
    unsigned patterns[DELIVERY_MAX];
    size_t count;
    bool *present; /* [delivery * unit_count + unit] */
    size_t differences;
};

static bool below_present(const struct deliveries *all, size_t delivery, int unit)
{
    size_t guard = 0;
    for (int above = unit < 0 ? -1 : all->units[unit].parent; above >= 0 && guard < all->unit_count; guard++) {
        if (all->present[delivery * all->unit_count + (size_t)above])
            return true;
        above = all->units[above].parent;
    }
    return false;
}

/* Sums of one delivery over everything but the common dimensions, sorted by key. */
static size_t sum_up(const struct deliveries *all, size_t delivery, unsigned common, bool inclusive,
                     struct margin *margins)
{
    size_t count = 0;
    for (size_t i = 0; i < all->cube->row_count; i++) {
        const struct cube_row *row = &all->cube->rows[i];
        if (cube_row_pattern(row) != all->patterns[delivery] ||
            (inclusive && (common & 1) == 0 && below_present(all, delivery, row->unit)))
            continue;
        struct margin *margin = &margins[count++];
        *margin = (struct margin){ .heads = row->heads,
                                   .tolerance = row->rounded ? 2 : 0,
                                   .line = all->import->csv->lines[i],
                                   .unknown = row->suppressed };
        key_of(row, margin->key);
        for (unsigned k = 0; k < DIMENSION_COUNT; k++)
            if ((common >> k & 1) == 0)
                margin->key[k] = CUBE_ALL;
    }
    if (count == 0)
        return 0;
    qsort(margins, count, sizeof *margins, compare_margins);
    size_t kept = 0;
    for (size_t i = 1; i < count; i++) {
        if (compare_keys(margins[kept].key, margins[i].key) != 0) {
            margins[++kept] = margins[i];
            continue;
        }
        margins[kept].heads += margins[i].heads;
        margins[kept].tolerance += margins[i].tolerance;
        margins[kept].unknown = margins[kept].unknown || margins[i].unknown;
    }
    return kept + 1;
}

static void differ(struct deliveries *all, const struct margin *a, const struct margin *b)
{
    if (all->differences++ < DIFFERENCE_MAX)
        import_finding(
            all->import->report, all->import->arena, all->import->language, SEVERITY_ERROR, "V12", a->line,
            all->import->names[10],
            N_("the heads summed from this line on differ from those summed from line %u on, though both tell "
               "the same group; export both tables from the same day"),
            (unsigned)b->line);
}

/* Number of margins that differ; each becomes a finding when told is set. */
static size_t compare_two(struct deliveries *all, const struct margin *a, size_t a_count, const struct margin *b,
                          size_t b_count, bool told)
{
    size_t i = 0;
    size_t k = 0;
    size_t differences = 0;
    while (i < a_count && k < b_count) {
        int order = compare_keys(a[i].key, b[k].key);
        if (order == 0) {
            uint64_t gap = a[i].heads > b[k].heads ? a[i].heads - b[k].heads : b[k].heads - a[i].heads;
            if (!a[i].unknown && !b[k].unknown && gap > (uint64_t)a[i].tolerance + b[k].tolerance) {
                differences++;
                if (told)
                    differ(all, &a[i], &b[k]);
            }
        }
        /* A combination that only one delivery names has no heads in the other one, or is another level of units. */
        i += order <= 0;
        k += order >= 0;
    }
    return differences;
}

static void compare_deliveries(struct deliveries *all, size_t first, size_t second, struct margin *a, struct margin *b)
{
    unsigned common = all->patterns[first] & all->patterns[second];
    static const struct {
        bool inclusive, told;
    } readings[] = { { false, false }, { true, false }, { false, true } };
    for (size_t i = 0; i < COUNT(readings); i++) {
        size_t a_count = sum_up(all, first, common, readings[i].inclusive, a);
        size_t b_count = sum_up(all, second, common, readings[i].inclusive, b);
        if (compare_two(all, a, a_count, b, b_count, readings[i].told) == 0)
            return;
    }
}

static bool collect(struct deliveries *all)
{
    for (size_t i = 0; i < all->cube->row_count; i++) {
        unsigned pattern = cube_row_pattern(&all->cube->rows[i]);
        size_t at = 0;
        while (at < all->count && all->patterns[at] != pattern)
            at++;
        if (at == DELIVERY_MAX)
            return false;
        all->count += at == all->count;
        all->patterns[at] = pattern;
        if (all->cube->rows[i].unit >= 0)
            all->present[at * all->unit_count + (size_t)all->cube->rows[i].unit] = true;
    }
    return true;
}

enum status import_check_margins(struct import *import, const struct cube *cube, const struct unit *units,
                                 size_t unit_count, struct fail *fail)
{
    struct deliveries all = { .import = import, .cube = cube, .units = units, .unit_count = unit_count };
    all.present = ARENA_NEW(import->arena, bool, DELIVERY_MAX *unit_count + 1);
    struct margin *first = ARENA_NEW(import->arena, struct margin, cube->row_count + 1);
    struct margin *second = ARENA_NEW(import->arena, struct margin, cube->row_count + 1);
    if (all.present == NULL || first == NULL || second == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for %zu rows", cube->row_count);
    if (!collect(&all))
        return FAIL(fail, STATUS_LIMIT, "the file mixes more than %d kinds of tables", (int)DELIVERY_MAX);
    for (size_t a = 0; a < all.count; a++)
        for (size_t b = a + 1; b < all.count; b++)
            compare_deliveries(&all, a, b, first, second);
    if (all.differences > DIFFERENCE_MAX)
        IMPORT_NOTE(import, SEVERITY_INFO, "V12", 0, N_("%zu more differences of this kind"),
                    all.differences - DIFFERENCE_MAX);
    return STATUS_OK;
}

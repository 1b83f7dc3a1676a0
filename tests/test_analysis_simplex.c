/* The simplex of the protecting side against GLPK: random small programs, same verdict, same price. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <glpk.h>
#include <math.h>

#include "analysis/suppress_independent.h"
#include "analysis/suppress_simplex.h"
#include "base/env.h"

enum { PROGRAMS = 3000, CELLS_MAX = 40, ROWS_MAX = 20 };

struct program {
    struct lattice lattice;
    struct lattice_cell cells[CELLS_MAX];
    struct lattice_relation relations[ROWS_MAX];
    struct lattice_member members[CELLS_MAX * ROWS_MAX];
    struct simplex_column columns[CELLS_MAX];
    bool usable[CELLS_MAX];
};

static double some(struct seeded *seeded)
{
    return (1 + seeded_below(seeded, 8)) / 4.0;
}

/* Pieces below and above 0, dearer further out; some cells stand still, some may go as far as they like. */
static void random_column(struct seeded *seeded, struct simplex_column *column)
{
    *column = (struct simplex_column){ 0 };
    if (seeded_below(seeded, 6) == 0)
        return;
    uint8_t below = (uint8_t)seeded_below(seeded, 3), above = (uint8_t)(1 + seeded_below(seeded, 2));
    column->zero = below;
    column->pieces = (uint8_t)(below + above);
    for (int p = below - 1; p >= 0; p--) {
        column->knot[p] = column->knot[p + 1] - some(seeded);
        column->slope[p] = (p + 1 < below ? column->slope[p + 1] : 0) - some(seeded);
    }
    for (int p = below; p < below + above; p++) {
        column->knot[p + 1] = column->knot[p] + some(seeded);
        column->slope[p] = (p > below ? column->slope[p - 1] : 0) + some(seeded);
    }
    if (seeded_below(seeded, 5) == 0)
        column->knot[below + above] = HUGE_VAL;
}

/* The sum of the last two relations, as a table with several margins has them. */
static size_t add_sum(struct program *program, size_t rows, size_t cells, size_t at)
{
    double factors[CELLS_MAX] = { 0 };
    for (size_t r = rows - 2; r < rows; r++)
        for (size_t k = 0; k < program->relations[r].count; k++) {
            const struct lattice_member *member = &program->members[program->relations[r].first + k];
            factors[member->cell] += member->factor;
        }
    program->relations[rows].first = at;
    for (uint32_t c = 0; c < cells; c++)
        if (fabs(factors[c]) > 0)
            program->members[at++] = (struct lattice_member){ c, factors[c] };
    program->relations[rows].count = at - program->relations[rows].first;
    return rows + 1;
}

static void random_program(struct seeded *seeded, struct program *program)
{
    *program = (struct program){ 0 };
    size_t cells = 4 + seeded_below(seeded, CELLS_MAX - 4), rows = 1 + seeded_below(seeded, ROWS_MAX - 2), at = 0;
    for (size_t c = 0; c < cells; c++) {
        random_column(seeded, &program->columns[c]);
        program->usable[c] = program->columns[c].pieces > 0 || c == 0;
    }
    for (size_t r = 0; r < rows; r++) {
        program->relations[r].first = at;
        for (uint32_t c = 0; c < cells; c++)
            if (seeded_below(seeded, (uint32_t)cells) < 5)
                program->members[at++] = (struct lattice_member){ c, seeded_below(seeded, 3) == 0 ? -1 : 1 };
        program->relations[r].count = at - program->relations[r].first;
    }
    if (rows > 1 && seeded_below(seeded, 2) == 0)
        rows = add_sum(program, rows, cells, at);
    program->lattice = (struct lattice){ .cells = program->cells, .cell_count = cells, .relations = program->relations,
                                         .relation_count = rows, .members = program->members };
    for (size_t c = 0; c < cells; c++)
        program->cells[c].group = LATTICE_FIXED;
}

static void describe(void *context, uint32_t cell, struct simplex_column *column)
{
    *column = ((const struct program *)context)->columns[cell];
}

/* Price of the cheapest answer, HUGE_VAL when there is none: every piece a column of its own. */
static double by_glpk(const struct program *program)
{
    glp_prob *glpk = glp_create_prob();
    int rows[ROWS_MAX + 1];
    double factors[ROWS_MAX + 1];
    glp_add_rows(glpk, (int)program->lattice.relation_count);
    for (size_t r = 0; r < program->lattice.relation_count; r++)
        glp_set_row_bnds(glpk, (int)r + 1, GLP_FX, 0, 0);
    for (uint32_t c = 0; c < program->lattice.cell_count; c++) {
        int length = 0;
        for (size_t r = 0; r < program->lattice.relation_count; r++)
            for (size_t k = 0; k < program->relations[r].count; k++)
                if (program->members[program->relations[r].first + k].cell == c) {
                    rows[++length] = (int)r + 1;
                    factors[length] = program->members[program->relations[r].first + k].factor;
                }
        const struct simplex_column *column = &program->columns[c];
        for (int p = 0; p < (c == 0 ? 1 : column->pieces); p++) {
            int j = glp_add_cols(glpk, 1);
            double low = p < column->zero ? column->knot[p] - column->knot[p + 1] : 0;
            double high = p < column->zero ? 0 : column->knot[p + 1] - column->knot[p];
            glp_set_mat_col(glpk, j, length, rows, factors);
            glp_set_obj_coef(glpk, j, c == 0 ? 0 : column->slope[p]);
            if (c == 0)
                glp_set_col_bnds(glpk, j, GLP_FX, 1, 1);
            else
                glp_set_col_bnds(glpk, j, isinf(high) ? GLP_LO : GLP_DB, low, isinf(high) ? 0 : high);
        }
    }
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    double price = HUGE_VAL;
    assert_int_equal(glp_simplex(glpk, &options), 0);
    if (glp_get_status(glpk) == GLP_OPT)
        price = glp_get_obj_val(glpk);
    glp_delete_prob(glpk);
    return price;
}

static double price_of(const struct simplex_column *column, double by)
{
    double price = 0;
    for (int p = 0; p < column->pieces; p++) {
        double from = column->knot[p], to = column->knot[p + 1];
        if (p < column->zero && by < to)
            price += column->slope[p] * (fmax(from, by) - to);
        if (p >= column->zero && by > from)
            price += column->slope[p] * (fmin(to, by) - from);
    }
    return price;
}

/* How many relations follow from the others. */
static size_t keep_independent(struct arena *arena, const struct program *program, const struct lattice_index *index,
                               bool kept[])
{
    size_t dropped = 0;
    assert_int_equal(independent_relations(arena, &program->lattice, index, program->usable, kept, NULL), STATUS_OK);
    for (size_t r = 0; r < program->lattice.relation_count; r++)
        dropped += !kept[r];
    return dropped;
}

/* kept NULL: with all relations. */
static enum simplex_state compare(struct arena *arena, struct program *program, const struct lattice_index *index,
                                  const bool kept[], double expected)
{
    struct simplex *simplex = simplex_open(arena, &program->lattice, index, program->usable, kept);
    struct simplex_task task = { .cell = 0, .move = 1, .describe = describe, .context = program,
                                 .steps_most = 10000, .price_most = HUGE_VAL };
    assert_non_null(simplex);
    enum simplex_state found = simplex_solve(simplex, &task);
    double price = 0;
    size_t count = 0;
    const struct simplex_move *moves = simplex_moves(simplex, &count);
    for (size_t m = 0; found == SIMPLEX_BEST && m < count; m++)
        price += price_of(&program->columns[moves[m].cell], moves[m].by);
    if (found != (isinf(expected) ? SIMPLEX_NONE : SIMPLEX_BEST) ||
        (!isinf(expected) && fabs(price - expected) > 1e-6 * fmax(1, expected)))
        fail_msg("state %u, price %.9g instead of %.9g", (unsigned)found, price, expected);
    simplex_close(simplex);
    return found;
}

static void check_glpk(void **state)
{
    (void)state;
    struct seeded seeded;
    size_t best = 0, none = 0, dropped = 0;
    seeded_init(&seeded, 4711);
    for (int round = 0; round < PROGRAMS; round++) {
        static struct program program;
        bool kept[ROWS_MAX];
        struct arena arena;
        struct lattice_index index;
        arena_init(&arena, 4 << 20);
        random_program(&seeded, &program);
        assert_int_equal(lattice_index(&arena, &program.lattice, &index, NULL), STATUS_OK);
        double expected = by_glpk(&program);
        dropped += keep_independent(&arena, &program, &index, kept);
        enum simplex_state found = compare(&arena, &program, &index, NULL, expected);
        assert_int_equal(compare(&arena, &program, &index, kept, expected), found);
        best += found == SIMPLEX_BEST;
        none += found == SIMPLEX_NONE;
        arena_free(&arena);
    }
    assert_true(best > 300 && none > 300 && dropped > 1000);
}

/* A table of 3 × 4 with both margins and the grand total: of its 9 relations one follows from the others. */
static void check_table(void **state)
{
    (void)state;
    enum { ROWS = 4, COLUMNS = 5 };
    static struct program program;
    struct arena arena;
    struct lattice_index index;
    bool kept[ROWS_MAX];
    size_t at = 0, relations = 0;
    program = (struct program){ 0 };
    for (uint32_t line = 0; line < ROWS + COLUMNS; line++) {
        program.relations[relations].first = at;
        for (uint32_t k = 0; k < (line < ROWS ? COLUMNS : ROWS); k++)
            program.members[at++] = (struct lattice_member){ line < ROWS ? line * COLUMNS + k : k * COLUMNS + line - ROWS,
                                                             k == 0 ? -1 : 1 };
        program.relations[relations].count = at - program.relations[relations].first;
        relations++;
    }
    program.lattice = (struct lattice){ .cells = program.cells, .cell_count = ROWS * COLUMNS,
                                        .relations = program.relations, .relation_count = relations,
                                        .members = program.members };
    for (size_t c = 0; c < ROWS * COLUMNS; c++) {
        program.usable[c] = true;
        program.cells[c].group = LATTICE_FIXED;
    }
    arena_init(&arena, 1 << 20);
    assert_int_equal(lattice_index(&arena, &program.lattice, &index, NULL), STATUS_OK);
    assert_int_equal(keep_independent(&arena, &program, &index, kept), 1);
    for (size_t c = 0; c < COLUMNS; c++)
        program.usable[c] = false; /* the first line stands still: nothing changes in what follows from what */
    assert_int_equal(keep_independent(&arena, &program, &index, kept), 2);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "random programs: the verdict and the price of GLPK", check_glpk, NULL, NULL, NULL },
        { "the sums of a table follow from one another", check_table, NULL, NULL, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Deviations d with A d = 0, each as an upward and a downward column ≥ 0: standing still is a feasible start, so the
 * primal simplex begins at once and goes on from where the cell before it ended. Includes glpk.h; nothing of suppress. */
#include "analysis/attack_program.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

struct attack_program {
    glp_prob *glpk;
    const struct lattice *lattice;
    const struct attack_range *range;
    const uint32_t *cells;
    size_t count;
    int rows;
    int *up, *down; /* column of glpk, 0 when there is none */
    double *sums;   /* per row, for checking an answer */
    int *first;     /* matrix of the cells: row and factor */
    int *row;
    double *factor;
};

static void column_bounds(glp_prob *glpk, int column, double most)
{
    if (isinf(most))
        glp_set_col_bnds(glpk, column, GLP_LO, 0, 0);
    else
        glp_set_col_bnds(glpk, column, GLP_DB, 0, most);
}

static void load_cell(struct attack_program *program, size_t i, int *rows, double *factors)
{
    uint32_t cell = program->cells[i];
    int length = program->first[i + 1] - program->first[i];
    for (int sign = 1; sign >= -1; sign -= 2) {
        double most = sign > 0 ? program->range->high[cell] : -program->range->low[cell];
        if (!(most > 0))
            continue;
        int column = glp_add_cols(program->glpk, 1);
        for (int k = 0; k < length; k++) {
            rows[k + 1] = program->row[program->first[i] + k] + 1;
            factors[k + 1] = sign * program->factor[program->first[i] + k];
        }
        glp_set_mat_col(program->glpk, column, length, rows, factors);
        column_bounds(program->glpk, column, most);
        *(sign > 0 ? &program->up[i] : &program->down[i]) = column;
    }
}

/* Rows and factors of every column; row_of is scratch of relation_count entries, all zero before and after. */
static int gather(struct attack_program *program, const struct lattice_index *index, uint32_t *row_of)
{
    int rows = 0, at = 0, longest = 0;
    for (size_t i = 0; i < program->count; i++) {
        program->first[i] = at;
        for (size_t k = index->cell_first[program->cells[i]]; k < index->cell_first[program->cells[i] + 1]; k++) {
            uint32_t *row = &row_of[index->places[k].relation];
            if (*row == 0)
                *row = (uint32_t)++rows;
            program->row[at] = (int)*row - 1;
            program->factor[at++] = index->places[k].factor;
        }
        longest = at - program->first[i] > longest ? at - program->first[i] : longest;
    }
    program->first[program->count] = at;
    for (size_t i = 0; i < program->count; i++)
        for (size_t k = index->cell_first[program->cells[i]]; k < index->cell_first[program->cells[i] + 1]; k++)
            row_of[index->places[k].relation] = 0;
    program->rows = rows;
    return longest;
}

static bool load(struct attack_program *program, int longest)
{
    int *rows = calloc((size_t)longest + 1, sizeof *rows);
    double *factors = calloc((size_t)longest + 1, sizeof *factors);
    program->sums = calloc((size_t)program->rows + 1, sizeof *program->sums);
    bool made = rows != NULL && factors != NULL && program->sums != NULL;
    if (made) {
        if (program->rows > 0)
            glp_add_rows(program->glpk, program->rows);
        for (int r = 1; r <= program->rows; r++)
            glp_set_row_bnds(program->glpk, r, GLP_FX, 0, 0);
        for (size_t i = 0; i < program->count; i++)
            load_cell(program, i, rows, factors);
        glp_set_obj_dir(program->glpk, GLP_MAX);
        glp_std_basis(program->glpk);
    }
    free(rows);
    free(factors);
    return made;
}

struct attack_program *attack_program_make(const struct lattice *lattice, const struct lattice_index *index,
                                           const struct attack_range *range, const uint32_t cells[], size_t count,
                                           uint32_t *row_of)
{
    struct attack_program *program = calloc(1, sizeof *program);
    if (program == NULL)
        return NULL;
    size_t entries = 0;
    for (size_t i = 0; i < count; i++)
        entries += index->cell_first[cells[i] + 1] - index->cell_first[cells[i]];
    *program = (struct attack_program){ .glpk = glp_create_prob(), .lattice = lattice, .range = range, .cells = cells,
                                        .count = count };
    program->up = calloc(count + 1, sizeof *program->up);
    program->down = calloc(count + 1, sizeof *program->down);
    program->first = calloc(count + 1, sizeof *program->first);
    program->row = calloc(entries + 1, sizeof *program->row);
    program->factor = calloc(entries + 1, sizeof *program->factor);
    bool made = program->up != NULL && program->down != NULL && program->first != NULL && program->row != NULL &&
                program->factor != NULL && load(program, gather(program, index, row_of));
    if (!made) {
        attack_program_free(program);
        return NULL;
    }
    return program;
}

void attack_program_free(struct attack_program *program)
{
    if (program == NULL)
        return;
    glp_delete_prob(program->glpk);
    free(program->up);
    free(program->down);
    free(program->sums);
    free(program->first);
    free(program->row);
    free(program->factor);
    free(program);
}

/* An answer counts only if it satisfies every relation and every bound, whatever the solver says of it. */
static bool holds(struct attack_program *program, const double moves[])
{
    double largest = 0;
    bool good = true;
    for (int r = 0; r < program->rows; r++)
        program->sums[r] = 0;
    for (size_t i = 0; i < program->count; i++) {
        uint32_t cell = program->cells[i];
        double slack = 1e-6 * fmax(1, fabs(moves[i]));
        largest = fmax(largest, fabs(moves[i]));
        good = good && moves[i] <= program->range->high[cell] + slack && moves[i] >= program->range->low[cell] - slack;
        for (int k = program->first[i]; k < program->first[i + 1]; k++)
            program->sums[program->row[k]] += program->factor[k] * moves[i];
    }
    for (int r = 0; r < program->rows && good; r++)
        good = fabs(program->sums[r]) <= 1e-6 * fmax(1, largest);
    return good;
}

static int simplex(glp_prob *glpk)
{
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.it_lim = 1000000;
    int code = glp_simplex(glpk, &options);
    if (code == 0 && glp_get_status(glpk) != GLP_UNDEF)
        return glp_get_status(glpk);
    glp_std_basis(glpk); /* a basis that has gone bad: once more from standing still */
    return glp_simplex(glpk, &options) == 0 ? glp_get_status(glpk) : GLP_UNDEF;
}

bool attack_program_solve(struct attack_program *program, size_t column, int direction, double limit, double moves[])
{
    uint32_t cell = program->cells[column];
    int ahead = direction > 0 ? program->up[column] : program->down[column];
    int back = direction > 0 ? program->down[column] : program->up[column];
    double most = direction > 0 ? program->range->high[cell] : -program->range->low[cell];
    for (size_t i = 0; i < program->count; i++)
        moves[i] = 0;
    if (ahead == 0)
        return true;
    column_bounds(program->glpk, ahead, fmin(most, limit));
    glp_set_obj_coef(program->glpk, ahead, 1);
    if (back != 0)
        glp_set_obj_coef(program->glpk, back, -1);
    int state = simplex(program->glpk);
    for (size_t i = 0; i < program->count; i++)
        moves[i] = (program->up[i] != 0 ? glp_get_col_prim(program->glpk, program->up[i]) : 0) -
                   (program->down[i] != 0 ? glp_get_col_prim(program->glpk, program->down[i]) : 0);
    column_bounds(program->glpk, ahead, most);
    glp_set_obj_coef(program->glpk, ahead, 0);
    if (back != 0)
        glp_set_obj_coef(program->glpk, back, 0);
    if (state == GLP_UNBND && isinf(limit)) {
        moves[column] = direction > 0 ? HUGE_VAL : -HUGE_VAL;
        return true;
    }
    return state == GLP_OPT && holds(program, moves);
}

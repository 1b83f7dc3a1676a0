/* Minimum and maximum of each protected cell by the simplex method of GLPK. */
#include "analysis/attack.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

static const double tolerance = 1e-6;

int attack_safe(const struct puzzle_cell *cell, const struct interval *interval)
{
    return interval->low <= cell->reach_low + tolerance && interval->high >= cell->reach_high - tolerance;
}

static bool hidden(const struct puzzle *puzzle, const struct puzzle_cell *cell)
{
    return cell->group != PUZZLE_FIXED && puzzle->groups[cell->group].hidden;
}

static void bounds(glp_prob *program, int column, double low, double high)
{
    if (high - low < 1e-9)
        glp_set_col_bnds(program, column, GLP_FX, low, low);
    else if (isinf(high))
        glp_set_col_bnds(program, column, GLP_LO, low, 0);
    else
        glp_set_col_bnds(program, column, GLP_DB, low, high);
}

static void load(const struct puzzle *puzzle, glp_prob *program, int *columns, double *signs)
{
    glp_add_cols(program, (int)puzzle->cell_count);
    for (size_t c = 0; c < puzzle->cell_count; c++) {
        const struct puzzle_cell *cell = &puzzle->cells[c];
        if (hidden(puzzle, cell))
            bounds(program, (int)c + 1, cell->least, cell->most);
        else
            bounds(program, (int)c + 1, fmax(cell->least, cell->value - cell->slack), cell->value + cell->slack);
    }
    if (puzzle->relation_count > 0)
        glp_add_rows(program, (int)puzzle->relation_count);
    for (size_t r = 0; r < puzzle->relation_count; r++) {
        const struct puzzle_relation *relation = &puzzle->relations[r];
        for (size_t k = 0; k < relation->count; k++) {
            columns[k + 1] = (int)puzzle->members[relation->first + k].cell + 1;
            signs[k + 1] = puzzle->members[relation->first + k].sign;
        }
        glp_set_mat_row(program, (int)r + 1, (int)relation->count, columns, signs);
        glp_set_row_bnds(program, (int)r + 1, GLP_FX, 0, 0);
    }
}

/* One end of the interval; NaN when the program has no solution. */
static double extreme(glp_prob *program, int column, int direction)
{
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.it_lim = 1000000;
    glp_set_obj_dir(program, direction);
    glp_set_obj_coef(program, column, 1);
    int code = glp_simplex(program, &options);
    int state = glp_get_status(program);
    double end = glp_get_obj_val(program);
    glp_set_obj_coef(program, column, 0);
    if (code == 0 && state == GLP_UNBND)
        return direction == GLP_MAX ? HUGE_VAL : -HUGE_VAL;
    return code == 0 && state == GLP_OPT ? end : (double)NAN;
}

enum status attack(const struct puzzle *puzzle, struct interval found[], size_t *leak, struct fail *fail)
{
    size_t widest = 1;
    for (size_t r = 0; r < puzzle->relation_count; r++)
        widest = puzzle->relations[r].count > widest ? puzzle->relations[r].count : widest;
    int *columns = calloc(widest + 1, sizeof *columns);
    double *signs = calloc(widest + 1, sizeof *signs);
    glp_prob *program = glp_create_prob();
    enum status status = STATUS_OK;
    *leak = puzzle->cell_count;
    if (columns == NULL || signs == NULL) {
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
        goto done;
    }
    if (puzzle->cell_count > 0)
        load(puzzle, program, columns, signs);
    for (size_t c = 0; c < puzzle->cell_count; c++) {
        const struct puzzle_cell *cell = &puzzle->cells[c];
        found[c] = (struct interval){ cell->value, cell->value };
        if (!cell->protect || !hidden(puzzle, cell))
            continue;
        found[c] = (struct interval){ extreme(program, (int)c + 1, GLP_MIN), extreme(program, (int)c + 1, GLP_MAX) };
        if (isnan(found[c].low) || isnan(found[c].high)) {
            status = FAIL(fail, STATUS_CONFLICT, "the tables contradict each other; nothing is released");
            goto done;
        }
        if (*leak == puzzle->cell_count && !attack_safe(cell, &found[c]))
            *leak = c;
    }
done:
    glp_delete_prob(program);
    free(columns);
    free(signs);
    return status;
}

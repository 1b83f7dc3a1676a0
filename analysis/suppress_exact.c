/* Benders decomposition: the master program chooses groups, one linear program a target says whether the choice protects
 * it; where not, its dual prices are an inequality for the master. Includes glpk.h.
 * Source: Fischetti & Salazar (2000), Management Science 46(7); reduced-cost fixing as in any branch and cut. */
#include "analysis/suppress_exact.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/suppress_plan.h"

enum { GROUPS_MAX = 700, TARGETS_MAX = 300, ROUND_CUTS = 20, NODES_MAX = 20000, OPEN_MAX = 400, DENSE_MAX = 100000 };

struct exact {
    const struct lattice *lattice;
    const struct lattice_index *index;
    struct plan plan; /* targets and bounds only */
    glp_prob *master, *separator;
    int *column_of;      /* per group: column of the master, 0: none */
    uint32_t *group_of;  /* per column */
    int columns;
    double *chosen;      /* per column, 0..1 */
    double *price;       /* per column, of the cut in hand */
    int *cut_columns;
    double *cut_factors;
    bool *settled; /* per target: no cut found lately */
    uint64_t used, work;
    double bound;  /* cost of the pattern to beat */
    int nodes, seen; /* of the tree in hand: allowed, visited */
};

static bool spent(const struct exact *exact)
{
    return exact->used >= exact->work;
}

static void load_separator(struct exact *exact)
{
    const struct lattice *lattice = exact->lattice;
    glp_prob *separator = exact->separator;
    size_t entries = exact->index->cell_first[lattice->cell_count];
    int *rows = calloc(entries + 1, sizeof *rows), *columns = calloc(entries + 1, sizeof *columns);
    double *factors = calloc(entries + 1, sizeof *factors);
    int entry = 0;
    exact->plan.failed = rows == NULL || columns == NULL || factors == NULL;
    if (!exact->plan.failed) {
        glp_add_cols(separator, (int)lattice->cell_count);
        if (lattice->relation_count > 0)
            glp_add_rows(separator, (int)lattice->relation_count);
        for (size_t r = 0; r < lattice->relation_count; r++) {
            glp_set_row_bnds(separator, (int)r + 1, GLP_FX, 0, 0);
            for (size_t k = 0; k < lattice->relations[r].count; k++) {
                const struct lattice_member *member = &lattice->members[lattice->relations[r].first + k];
                rows[++entry] = (int)r + 1;
                columns[entry] = (int)member->cell + 1;
                factors[entry] = member->factor;
            }
        }
        glp_load_matrix(separator, entry, rows, columns, factors);
        glp_set_obj_dir(separator, GLP_MAX);
        glp_std_basis(separator);
    }
    free(rows);
    free(columns);
    free(factors);
}

/* What a cell may move in units of the need: what is open anyway, and what hiding its group adds. */
static double part(double open, double most, double need, double share)
{
    double cap = 1e3;
    double free_part = fmin(open / need, cap), all = fmin(most / need, cap);
    return free_part + (all - free_part) * share;
}

static double share_of(const struct exact *exact, size_t cell)
{
    int group = exact->lattice->cells[cell].group;
    if (group == LATTICE_FIXED)
        return 0;
    if (exact->plan.primary[group])
        return 1;
    return exact->column_of[group] > 0 ? exact->chosen[exact->column_of[group]]
                                       : exact->lattice->groups[group].movable; /* without a cost: always taken */
}

static int simplex(struct exact *exact, glp_prob *program, int method)
{
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.meth = method;
    options.it_lim = 100000;
    int before = glp_get_it_cnt(program), code = glp_simplex(program, &options);
    uint64_t size = (uint64_t)glp_get_num_rows(program) + (uint64_t)glp_get_num_cols(program);
    size += (uint64_t)glp_get_num_nz(program) / 8; /* cuts are dense */
    exact->used += 20 + size / 3 + (uint64_t)(glp_get_it_cnt(program) - before) * (60 + size) / 40;
    return code == 0 ? glp_get_status(program) : GLP_UNDEF;
}

/* How far the target gets with the choice, in units of its need; NaN when the solver gives up. */
static double reached(struct exact *exact, const struct target *target)
{
    const struct plan *plan = &exact->plan;
    double need = fabs(target->need);
    for (size_t c = 0; c < exact->lattice->cell_count; c++) {
        double share = share_of(exact, c);
        double low = -part(-plan->open_low[c], -plan->low[c], need, share);
        double high = part(plan->open_high[c], plan->high[c], need, share);
        bool self = c == target->cell;
        glp_set_obj_coef(exact->separator, (int)c + 1, !self ? 0 : target->need > 0 ? 1 : -1);
        if (self)
            glp_set_col_bnds(exact->separator, (int)c + 1, GLP_DB, -1e4, 1e4);
        else if (high - low < 1e-12)
            glp_set_col_bnds(exact->separator, (int)c + 1, GLP_FX, 0, 0);
        else
            glp_set_col_bnds(exact->separator, (int)c + 1, GLP_DB, low, high);
    }
    if (simplex(exact, exact->separator, GLP_PRIMAL) == GLP_OPT)
        return glp_get_obj_val(exact->separator);
    glp_std_basis(exact->separator);
    if (simplex(exact, exact->separator, GLP_PRIMAL) == GLP_OPT)
        return glp_get_obj_val(exact->separator);
    return (double)NAN;
}

/* Σ price · chosen ≥ 1 from the dual prices; returns by how much the choice violates it. */
static double make_cut(struct exact *exact, const struct target *target, int *length)
{
    const struct plan *plan = &exact->plan;
    double need = fabs(target->need), right = 1, left = 0;
    *length = 0;
    for (int j = 1; j <= exact->columns; j++)
        exact->price[j] = 0;
    for (size_t c = 0; c < exact->lattice->cell_count; c++) {
        double dual = glp_get_col_dual(exact->separator, (int)c + 1);
        if (c == target->cell || !(fabs(dual) > 1e-12))
            continue;
        int group = exact->lattice->cells[c].group;
        bool up = dual > 0;
        double open = up ? plan->open_high[c] : -plan->open_low[c], most = up ? plan->high[c] : -plan->low[c];
        int column = group == LATTICE_FIXED ? 0 : exact->column_of[group];
        double without = part(open, most, need, column > 0 ? 0 : share_of(exact, c));
        right -= fabs(dual) * without;
        if (column > 0)
            exact->price[column] += fabs(dual) * (part(open, most, need, 1) - without);
    }
    if (!(right > 1e-9))
        return 0;
    for (int j = 1; j <= exact->columns; j++) {
        if (!(exact->price[j] > 1e-10))
            continue;
        exact->cut_columns[++*length] = j;
        exact->cut_factors[*length] = fmin(exact->price[j] / right, 1);
        left += exact->cut_factors[*length] * exact->chosen[j];
    }
    return 1 - left;
}

/* 1 a cut was added, 0 the target is protected, -1 it is not and no cut says so. */
static int separate(struct exact *exact, size_t t, double least)
{
    int length = 0;
    double far = reached(exact, &exact->plan.targets[t]);
    if (far >= 1 - 1e-7)
        return 0;
    if (isnan(far) || !(make_cut(exact, &exact->plan.targets[t], &length) > least) || length == 0)
        return -1;
    int row = glp_add_rows(exact->master, 1);
    glp_set_mat_row(exact->master, row, length, exact->cut_columns, exact->cut_factors);
    glp_set_row_bnds(exact->master, row, GLP_LO, 1, 0);
    return 1;
}

static bool solve_master(struct exact *exact)
{
    bool solved = simplex(exact, exact->master, GLP_DUALP) == GLP_OPT;
    for (int j = 1; solved && j <= exact->columns; j++)
        exact->chosen[j] = glp_get_col_prim(exact->master, j);
    return solved;
}

/* Cuts until the choice in fractions protects every target. */
static bool root(struct exact *exact)
{
    size_t targets = exact->plan.target_count;
    bool swept = false;
    memset(exact->settled, 0, targets * sizeof *exact->settled);
    while (!spent(exact) && glp_get_num_nz(exact->master) < DENSE_MAX) {
        int added = 0;
        for (size_t t = 0; t < targets && !spent(exact); t++) {
            if (exact->settled[t])
                continue;
            if (separate(exact, t, 1e-3) != 1)
                exact->settled[t] = true;
            else if (++added % ROUND_CUTS == 0 && !solve_master(exact))
                return false;
        }
        if (added > 0 && !solve_master(exact))
            return false;
        if (added > 0) {
            swept = false;
            continue;
        }
        if (swept)
            return true;
        memset(exact->settled, 0, targets * sizeof *exact->settled);
        swept = true;
    }
    return false;
}

/* Columns whose reduced cost alone lifts the bound over the known pattern can be settled. */
static int fix_columns(struct exact *exact)
{
    int open = 0;
    double low = glp_get_obj_val(exact->master), slack = 1e-9 * fmax(1, exact->bound);
    for (int j = 1; j <= exact->columns; j++) {
        double dual = glp_get_col_dual(exact->master, j), at = exact->chosen[j];
        if (at < 1e-9 && low + dual > exact->bound + slack)
            glp_set_col_bnds(exact->master, j, GLP_FX, 0, 0);
        else if (at > 1 - 1e-9 && low - dual > exact->bound + slack)
            glp_set_col_bnds(exact->master, j, GLP_FX, 1, 1);
        open += glp_get_col_type(exact->master, j) != GLP_FX;
    }
    return open;
}

/* Nodes are counted, not seconds. */
static void watch(glp_tree *tree, void *context)
{
    struct exact *exact = context;
    int all = 0;
    if (glp_ios_reason(tree) != GLP_ISELECT)
        return;
    glp_ios_tree_size(tree, NULL, NULL, &all);
    exact->seen = all;
    if (all > exact->nodes)
        glp_ios_terminate(tree);
}

/* true: *cost is the cheapest choice under the cuts so far, or HUGE_VAL when there is none below the bound. */
static bool solve_integer(struct exact *exact, double *cost)
{
    glp_iocp options;
    glp_init_iocp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.br_tech = GLP_BR_DTH;
    options.bt_tech = GLP_BT_BLB;
    options.cb_func = watch;
    options.cb_info = exact;
    *cost = HUGE_VAL;
    int state = simplex(exact, exact->master, GLP_DUALP);
    if (state == GLP_NOFEAS)
        return true;
    if (state != GLP_OPT)
        return false;
    if (glp_get_obj_val(exact->master) >= exact->bound - 1e-6)
        return true;
    uint64_t node = (uint64_t)(glp_get_num_nz(exact->master) / 4 + 100);
    uint64_t left = exact->work > exact->used ? exact->work - exact->used : 0;
    exact->nodes = left / node > NODES_MAX ? NODES_MAX : (int)(left / node);
    exact->seen = 0;
    int code = glp_intopt(exact->master, &options);
    exact->used += ((uint64_t)exact->seen + 1) * node;
    if (code != 0)
        return false;
    if (glp_mip_status(exact->master) == GLP_NOFEAS)
        return true;
    if (glp_mip_status(exact->master) != GLP_OPT)
        return false;
    *cost = glp_mip_obj_val(exact->master);
    for (int j = 1; j <= exact->columns; j++)
        exact->chosen[j] = glp_mip_col_val(exact->master, j) > 0.5 ? 1 : 0;
    return true;
}

static void adopt(const struct exact *exact, double cost, struct search_result *result)
{
    for (size_t g = 0; g < exact->lattice->group_count; g++) {
        const struct lattice_group *group = &exact->lattice->groups[g];
        if (exact->column_of[g] > 0)
            result->hidden[g] = exact->chosen[exact->column_of[g]] > 0.5;
        else
            result->hidden[g] = group->hidden || group->movable;
    }
    result->cost = cost;
}

static void finish(struct exact *exact, struct search_result *result, bool *optimal)
{
    if (!root(exact))
        return;
    if (fix_columns(exact) > OPEN_MAX)
        return; /* the tree would be too large to be worth a start */
    for (int j = 1; j <= exact->columns; j++)
        if (glp_get_col_type(exact->master, j) != GLP_FX)
            glp_set_col_kind(exact->master, j, GLP_BV);
    while (!spent(exact)) {
        double cost = 0;
        int added = 0, unsure = 0;
        if (!solve_integer(exact, &cost))
            return;
        if (cost >= exact->bound - 1e-6) {
            *optimal = true;
            return;
        }
        for (size_t t = 0; t < exact->plan.target_count; t++) {
            int found = separate(exact, t, 1e-6);
            added += found == 1;
            unsure += found == -1;
        }
        if (added == 0 && unsure > 0)
            return;
        if (added == 0) {
            adopt(exact, cost, result);
            *optimal = true;
            return;
        }
    }
}

static bool is_choice(const struct lattice_group *group)
{
    return group->movable && !group->hidden && group->cost > 0;
}

static bool prepare(struct exact *exact, struct arena *arena)
{
    const struct lattice *lattice = exact->lattice;
    exact->column_of = ARENA_NEW(arena, int, lattice->group_count + 1);
    exact->group_of = ARENA_NEW(arena, uint32_t, lattice->group_count + 1);
    exact->chosen = ARENA_NEW(arena, double, lattice->group_count + 1);
    exact->price = ARENA_NEW(arena, double, lattice->group_count + 1);
    exact->cut_columns = ARENA_NEW(arena, int, lattice->group_count + 1);
    exact->cut_factors = ARENA_NEW(arena, double, lattice->group_count + 1);
    exact->settled = ARENA_NEW(arena, bool, exact->plan.target_count + 1);
    if (exact->column_of == NULL || exact->group_of == NULL || exact->chosen == NULL || exact->price == NULL ||
        exact->cut_columns == NULL || exact->cut_factors == NULL || exact->settled == NULL)
        return false;
    for (size_t g = 0; g < lattice->group_count; g++)
        if (is_choice(&lattice->groups[g])) {
            exact->column_of[g] = ++exact->columns;
            exact->group_of[exact->columns] = (uint32_t)g;
        }
    if (exact->columns == 0)
        return true;
    glp_add_cols(exact->master, exact->columns);
    for (int j = 1; j <= exact->columns; j++) {
        glp_set_col_bnds(exact->master, j, GLP_DB, 0, 1);
        glp_set_obj_coef(exact->master, j, lattice->groups[exact->group_of[j]].cost);
    }
    glp_set_obj_dir(exact->master, GLP_MIN);
    load_separator(exact);
    return !exact->plan.failed;
}

bool exact_fits(const struct lattice *lattice)
{
    size_t choices = 0;
    for (size_t g = 0; g < lattice->group_count; g++)
        choices += is_choice(&lattice->groups[g]);
    return choices <= GROUPS_MAX && lattice->cell_count <= 4 * GROUPS_MAX;
}

enum status exact_finish(struct arena *arena, const struct lattice *lattice, const struct lattice_index *index,
                         uint64_t work, struct search_result *result, bool *optimal, struct fail *fail)
{
    struct exact exact = { .lattice = lattice, .index = index, .work = work, .bound = result->cost };
    *optimal = !(result->cost > 0);
    if (!exact_fits(lattice) || result->targets > TARGETS_MAX || *optimal)
        return STATUS_OK;
    enum status status = plan_open(&exact.plan, arena, lattice, index, fail);
    if (status != STATUS_OK)
        return status;
    exact.master = glp_create_prob();
    exact.separator = glp_create_prob();
    if (!prepare(&exact, arena))
        status = FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    else if (exact.columns > 0)
        finish(&exact, result, optimal);
    glp_delete_prob(exact.master);
    glp_delete_prob(exact.separator);
    plan_close(&exact.plan);
    return status;
}

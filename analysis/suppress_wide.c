/* The program with GLPK, made small first: cells that stand alone in a row cannot move, cells that can only move together
 * are one column (suppress_classes.h). Deviations d with A d = 0 in units of the need, each an upward and a downward
 * column; prices as in suppress_local.c. Includes glpk.h. */
#include "analysis/suppress_wide.h"

#include <glpk.h>
#include <math.h>

#include "analysis/suppress_classes.h"
#include "analysis/suppress_near.h"

static const double hidden_price = 1e-3; /* of the mean weight */

struct column {
    uint32_t root; /* class, by the position of its root */
    bool down;
};

struct wide {
    struct plan *plan;
    struct near *near;
    glp_prob *glpk;
    uint32_t *cells, *rows; /* of the neighbourhood */
    size_t cell_count, row_count;
    uint32_t *cell_seen, *row_seen; /* stamps */
    uint32_t stamp;
    uint32_t *row_degree;
    struct column *columns; /* of the program, from 1 */
    int *row_of, *column_of;
    double *factors;
    uint32_t *vector_cells; /* the answer */
    double *vector_moves;
    size_t vector_count;
    struct classes classes;
    bool *stepped;     /* per position: known roughly while shown, so its price has steps */
    int *column_first; /* per root */
    int column_count;
    uint64_t work;
    size_t programs;
};

static bool reserve(struct wide *wide, struct arena *arena)
{
    const struct plan *plan = wide->plan;
    size_t cells = plan->lattice->cell_count, rows = plan->lattice->relation_count;
    size_t places = plan->index->cell_first[cells];
    wide->rows = ARENA_NEW(arena, uint32_t, rows + 1);
    wide->cell_seen = ARENA_NEW(arena, uint32_t, cells + 1);
    wide->row_seen = ARENA_NEW(arena, uint32_t, rows + 1);
    wide->row_degree = ARENA_NEW(arena, uint32_t, rows + 1);
    wide->columns = ARENA_NEW(arena, struct column, 4 * cells + 1);
    wide->row_of = ARENA_NEW(arena, int, 4 * places + 1);
    wide->column_of = ARENA_NEW(arena, int, 4 * places + 1);
    wide->factors = ARENA_NEW(arena, double, 4 * places + 1);
    wide->vector_cells = ARENA_NEW(arena, uint32_t, cells + 1);
    wide->vector_moves = ARENA_NEW(arena, double, cells + 1);
    wide->stepped = ARENA_NEW(arena, bool, cells + 1);
    wide->column_first = ARENA_NEW(arena, int, cells + 1);
    return wide->rows != NULL && wide->cell_seen != NULL && wide->row_seen != NULL && wide->row_degree != NULL &&
           wide->columns != NULL && wide->row_of != NULL && wide->column_of != NULL && wide->factors != NULL &&
           wide->vector_cells != NULL && wide->vector_moves != NULL && wide->stepped != NULL &&
           wide->column_first != NULL && classes_open(&wide->classes, arena, plan->lattice);
}

enum status wide_open(struct wide **made, struct plan *plan, struct near *near, struct fail *fail)
{
    struct wide *wide = ARENA_NEW(plan->arena, struct wide, 1);
    *made = NULL;
    if (wide == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *wide = (struct wide){ .plan = plan, .near = near };
    if (!reserve(wide, plan->arena))
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *made = wide;
    return STATUS_OK;
}

uint64_t wide_work(const struct wide *wide)
{
    return wide->work;
}

size_t wide_programs(const struct wide *wide)
{
    return wide->programs;
}

/* Collects the rows; takes out cells that stand alone in a row, again and again. false: the target is one of them. */
static bool peel(struct wide *wide)
{
    const struct plan *plan = wide->plan;
    const struct lattice *lattice = plan->lattice;
    uint32_t stamp = ++wide->stamp;
    size_t left = 0, rows = 0;
    wide->row_count = 0;
    for (size_t i = 0; i < wide->cell_count; i++) {
        uint32_t cell = wide->cells[i];
        wide->cell_seen[cell] = stamp;
        for (size_t k = plan->index->cell_first[cell]; k < plan->index->cell_first[cell + 1]; k++) {
            uint32_t row = plan->index->places[k].relation;
            if (wide->row_seen[row] != stamp) {
                wide->row_seen[row] = stamp;
                wide->row_degree[row] = 0;
                wide->rows[wide->row_count++] = row;
            }
            wide->row_degree[row]++;
        }
    }
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < wide->row_count; i++) {
            uint32_t row = wide->rows[i];
            for (size_t j = 0; j < lattice->relations[row].count && wide->row_degree[row] == 1; j++) {
                uint32_t cell = lattice->members[lattice->relations[row].first + j].cell;
                if (wide->cell_seen[cell] != stamp)
                    continue;
                if (cell == wide->cells[0])
                    return false;
                wide->cell_seen[cell] = 0;
                for (size_t k = plan->index->cell_first[cell]; k < plan->index->cell_first[cell + 1]; k++)
                    wide->row_degree[plan->index->places[k].relation]--;
                again = true;
            }
        }
    }
    for (size_t i = 0; i < wide->cell_count; i++)
        if (wide->cell_seen[wide->cells[i]] == stamp)
            wide->cells[left++] = wide->cells[i];
    wide->cell_count = left;
    for (size_t i = 0; i < wide->row_count; i++)
        if (wide->row_degree[wide->rows[i]] > 0)
            wide->rows[rows++] = wide->rows[i];
    wide->row_count = rows;
    return true;
}

static bool steps_in_price(const struct plan *plan, uint32_t cell)
{
    return plan->open_low[cell] < 0 || plan->open_high[cell] > 0;
}

static double reachable(const struct plan *plan, uint32_t cell, bool down, double need)
{
    return (down ? -plan->low[cell] : plan->high[cell]) / need;
}

static double price(const struct plan *plan, uint32_t cell, double most)
{
    uint32_t group = (uint32_t)plan->lattice->cells[cell].group;
    if (plan->hidden[group])
        return hidden_price * (plan->primary[group] ? 0.2 : 0.7);
    return plan->weight[group] / fmin(1, most);
}

static void add_column(struct wide *wide, uint32_t root, bool down, double most, double cost)
{
    if (!(most > 1e-12))
        return;
    int place = ++wide->column_count;
    wide->columns[place] = (struct column){ root, down };
    glp_add_cols(wide->glpk, 1);
    if (most > 1e6)
        glp_set_col_bnds(wide->glpk, place, GLP_LO, 0, 0);
    else
        glp_set_col_bnds(wide->glpk, place, GLP_DB, 0, most);
    glp_set_obj_coef(wide->glpk, place, cost);
}

/* A cell known only roughly: what is free comes first, what costs second. */
static void add_stepped(struct wide *wide, uint32_t root, bool down, double need)
{
    const struct plan *plan = wide->plan;
    uint32_t cell = wide->cells[root];
    int group = plan->lattice->cells[cell].group;
    double open = (down ? -plan->open_low[cell] : plan->open_high[cell]) / need;
    double most = reachable(plan, cell, down, need);
    bool shown = group == LATTICE_FIXED || !plan->hidden[group] || plan->tabu[group];
    add_column(wide, root, down, shown ? open : most, hidden_price * 0.2);
    if (shown && group != LATTICE_FIXED && plan_may_hide(plan, (uint32_t)group))
        add_column(wide, root, down, most - open, plan->weight[group] / fmin(1, most));
}

/* Up to four columns a class: the range all its members allow, at the price of all of them. */
static void add_class(struct wide *wide, uint32_t root, double need)
{
    const struct classes *classes = &wide->classes;
    wide->column_first[root] = wide->column_count + 1;
    for (int down = 0; down < 2; down++) {
        double range = HUGE_VAL, cost = 0;
        if (wide->stepped[root]) {
            add_stepped(wide, root, down, need);
            continue;
        }
        for (uint32_t i = classes->first[root]; i != class_end; i = classes->next[i]) {
            double ratio = fabs(classes->ratio[i]);
            double most = reachable(wide->plan, wide->cells[i], (classes->ratio[i] < 0) != (down == 1), need);
            range = fmin(range, most / ratio);
            cost += most > 1e-12 ? ratio * price(wide->plan, wide->cells[i], most) : 0;
        }
        add_column(wide, root, down, range, cost);
    }
}

/* Moves of the class of the target; false when one of its cells cannot go so far. */
static bool fix_target(struct wide *wide, const struct target *target, double *moved)
{
    const struct classes *classes = &wide->classes;
    uint32_t root = classes->root[0];
    double need = fabs(target->need);
    if (classes->dead[root])
        return false;
    *moved = (target->need > 0 ? 1 : -1) / classes->ratio[0];
    for (uint32_t i = classes->first[root]; i != class_end; i = classes->next[i]) {
        double move = classes->ratio[i] * *moved;
        if (i != 0 && fabs(move) > reachable(wide->plan, wide->cells[i], move < 0, need) * (1 + 1e-9) + 1e-9)
            return false;
    }
    return true;
}

static int load_rows(struct wide *wide, double moved)
{
    struct classes *classes = &wide->classes;
    int rows = 0, entries = 0;
    for (size_t r = 0; r < wide->row_count; r++) {
        if (classes->row_done[r])
            continue;
        size_t count = classes_row(classes, r);
        double right = 0;
        rows++;
        for (size_t j = 0; j < count; j++) {
            uint32_t root = classes->touched[j];
            double factor = classes->sum[root];
            classes->sum[root] = 0;
            if (root == classes->root[0])
                right = -factor * moved;
            for (int c = wide->column_first[root]; c <= wide->column_count && wide->columns[c].root == root; c++) {
                wide->row_of[++entries] = rows;
                wide->column_of[entries] = c;
                wide->factors[entries] = wide->columns[c].down ? -factor : factor;
            }
        }
        glp_add_rows(wide->glpk, 1);
        glp_set_row_bnds(wide->glpk, rows, GLP_FX, right, right);
    }
    glp_load_matrix(wide->glpk, entries, wide->row_of, wide->column_of, wide->factors);
    return rows;
}

/* false: no need to solve, the target cannot move. *moved: of the target's class. */
static bool load(struct wide *wide, const struct target *target, double *moved)
{
    struct classes *classes = &wide->classes;
    for (size_t i = 0; i < wide->cell_count; i++)
        wide->stepped[i] = steps_in_price(wide->plan, wide->cells[i]);
    classes_tie(classes, wide->plan->lattice, wide->cells, wide->cell_count, wide->rows, wide->row_count,
                wide->stepped);
    if (!fix_target(wide, target, moved))
        return false;
    glp_erase_prob(wide->glpk);
    wide->column_count = 0;
    for (uint32_t i = 0; i < wide->cell_count; i++) {
        wide->column_first[i] = 1 << 30;
        if (classes->root[i] == i && i != classes->root[0] && !classes->dead[i])
            add_class(wide, i, fabs(target->need));
    }
    load_rows(wide, *moved);
    return true;
}

static void add_moves(struct wide *wide, uint32_t root, double by)
{
    const struct classes *classes = &wide->classes;
    for (uint32_t i = classes->first[root]; i != class_end; i = classes->next[i]) {
        wide->vector_cells[wide->vector_count] = wide->cells[i];
        wide->vector_moves[wide->vector_count++] = classes->ratio[i] * by;
    }
}

static void read_answer(struct wide *wide, const struct target *target, double moved)
{
    double need = fabs(target->need);
    wide->vector_count = 0;
    add_moves(wide, wide->classes.root[0], moved * need);
    for (int j = 1; j <= wide->column_count;) {
        uint32_t root = wide->columns[j].root;
        double move = 0;
        for (; j <= wide->column_count && wide->columns[j].root == root; j++)
            move += (wide->columns[j].down ? -1 : 1) * glp_get_col_prim(wide->glpk, j);
        if (fabs(move) > 1e-9)
            add_moves(wide, root, move * need);
    }
    for (size_t i = 0; i < wide->vector_count; i++)
        if (wide->vector_cells[i] == target->cell)
            wide->vector_moves[i] = target->need;
}

static bool simplex(struct wide *wide)
{
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.meth = GLP_DUALP;
    options.it_lim = 20000;
    glp_std_basis(wide->glpk);
    int before = glp_get_it_cnt(wide->glpk), code = glp_simplex(wide->glpk, &options);
    uint64_t steps = (uint64_t)(glp_get_it_cnt(wide->glpk) - before);
    uint64_t size = (uint64_t)glp_get_num_rows(wide->glpk) + (uint64_t)glp_get_num_cols(wide->glpk);
    wide->work += 20 + size / 2 + steps * (60 + size) / 57; /* microseconds where it was measured */
    return code == 0 && glp_get_status(wide->glpk) == GLP_OPT;
}

static bool solve(struct wide *wide, uint32_t t, const struct reach *reach)
{
    const struct target *target = &wide->plan->targets[t];
    near_choose(wide->near, target, reach, &wide->work);
    wide->cells = near_cells(wide->near, &wide->cell_count);
    if (!peel(wide))
        return false;
    wide->vector_count = 0;
    if (wide->row_count == 0) { /* in no relation: moves alone */
        wide->vector_cells[wide->vector_count] = target->cell;
        wide->vector_moves[wide->vector_count++] = target->need;
        return true;
    }
    double moved = 0;
    wide->work += wide->cell_count / 8 + wide->row_count / 4;
    if (!load(wide, target, &moved))
        return false;
    wide->programs++;
    if (glp_get_num_rows(wide->glpk) > 0 && !simplex(wide))
        return false;
    read_answer(wide, target, moved);
    return true;
}

bool wide_certify(struct wide *wide, uint32_t target, uint32_t *vector)
{
    static const struct reach reaches[] = {
        /* Cheap ones only: what they cannot carry near by, they often can a little further away. */
        { 3, SIZE_MAX, 150 }, { 5, SIZE_MAX, 400 },
        /* Nothing cheap carries it, and all would be too many: a few in every relation, some that carry all of it. */
        { 5, 8, 0 }, { 7, 12, 0 }, { 10, 30, 0 }, { SIZE_MAX, SIZE_MAX, 0 },
    };
    bool found = false;
    wide->glpk = glp_create_prob(); /* belongs to the thread; a search may go on in another one */
    for (size_t i = 0; i < COUNT(reaches) && !found; i++)
        found = solve(wide, target, &reaches[i]);
    glp_delete_prob(wide->glpk);
    if (!found)
        return false;
    *vector = plan_vector(wide->plan, wide->vector_cells, wide->vector_moves, wide->vector_count);
    plan_link(wide->plan, *vector);
    return !wide->plan->failed;
}

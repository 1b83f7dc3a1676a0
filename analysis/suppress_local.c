/* The program: deviations d with A d = 0 in units of the need, each an upward and a downward column; the target moves by
 * one unit; groups that are hidden already cost next to nothing (without that little the solver returns dense, fractional
 * vectors), others their weight over the share of the need they can carry. Includes glpk.h. */
#include "analysis/suppress_local.h"

#include "analysis/suppress_classes.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

enum { WIDE_CELLS_MAX = 5000 };

static const double hidden_price = 1e-3; /* of the mean weight */

struct priced {
    double weight;
    uint32_t cell;
};

struct column {
    uint32_t root; /* class, by the position of its root */
    bool down;
};

struct local {
    struct plan *plan;
    glp_prob *glpk;
    uint32_t *cells, *rows;         /* of the neighbourhood */
    size_t cell_count, row_count;
    uint32_t *cell_seen, *row_seen; /* stamps */
    uint32_t stamp;
    uint32_t *row_degree;
    struct priced *priced;
    uint32_t *by_price; /* the cells of each relation, the cheapest first; like the lattice's members */
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

/* How far to look: relations away; per relation how many candidates (0: none, SIZE_MAX: all); of all these the cheapest
 * so many (0: all). Lattices of more than cells_max cells leave it out (0: none does). */
struct reach {
    size_t steps, per_relation, cheapest, cells_max;
};

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

double local_weight(const struct plan *plan, uint32_t group, const struct noise *noise)
{
    if (noise == NULL || !(noise->amplitude > 0))
        return plan->weight[group];
    double unit = (double)(mix(noise->key + UINT64_C(0x9e3779b97f4a7c15) * (group + 1)) >> 11) * 0x1p-53;
    return plan->weight[group] * (1 + noise->amplitude * (unit - 0.5));
}

void local_close(struct local *local)
{
    if (local != NULL)
        glp_delete_prob(local->glpk);
}

uint64_t local_work(const struct local *local)
{
    return local->work;
}

size_t local_programs(const struct local *local)
{
    return local->programs;
}

/* Whether the cell may move at all: candidates says whether groups may be hidden for it. */
static bool usable(const struct plan *plan, uint32_t cell, bool candidates)
{
    int group = plan->lattice->cells[cell].group;
    if (plan->open_low[cell] < 0 || plan->open_high[cell] > 0)
        return true;
    if (!(plan->low[cell] < 0 || plan->high[cell] > 0) || group == LATTICE_FIXED || plan->tabu[group])
        return false;
    return plan->hidden[group] || (candidates && plan->lattice->groups[group].movable);
}

/* Only by hiding its group can the cell move. */
static bool candidate(const struct plan *plan, uint32_t cell)
{
    int group = plan->lattice->cells[cell].group;
    return group != LATTICE_FIXED && !plan->hidden[group];
}

static void visit(struct local *local, uint32_t cell)
{
    local->cell_seen[cell] = local->stamp;
    local->cells[local->cell_count++] = cell;
}

/* Of a relation everything that moves already, and the cheapest candidates: a few, and as many as half of that which carry
 * the whole need upwards, and downwards. */
static void visit_row(struct local *local, uint32_t row, size_t most, double need)
{
    const struct plan *plan = local->plan;
    const struct lattice_relation *relation = &plan->lattice->relations[row];
    const uint32_t *cells = &local->by_price[relation->first];
    local->work += relation->count / 64;
    size_t taken = 0, up = 0, down = 0, half = most == SIZE_MAX ? most : (most + 1) / 2;
    for (size_t j = 0; j < relation->count; j++) {
        uint32_t cell = cells[j];
        bool seen = local->cell_seen[cell] == local->stamp;
        if (!seen && !usable(plan, cell, most > 0))
            continue;
        if (!candidate(plan, cell)) {
            if (!seen)
                visit(local, cell);
            continue;
        }
        bool carries_up = plan->high[cell] >= need, carries_down = -plan->low[cell] >= need;
        if (taken >= most && (!carries_up || up >= half) && (!carries_down || down >= half))
            continue;
        taken++;
        up += carries_up;
        down += carries_down;
        if (!seen)
            visit(local, cell);
    }
}

static void spread(struct local *local, const struct target *target, const struct reach *reach)
{
    const struct plan *plan = local->plan;
    size_t head = 0;
    local->stamp++;
    local->cell_count = 0;
    visit(local, target->cell);
    for (size_t step = 0; step < reach->steps && head < local->cell_count; step++)
        for (size_t end = local->cell_count; head < end; head++) {
            uint32_t cell = local->cells[head];
            for (size_t k = plan->index->cell_first[cell]; k < plan->index->cell_first[cell + 1]; k++) {
                uint32_t row = plan->index->places[k].relation;
                if (local->row_seen[row] == local->stamp)
                    continue;
                local->row_seen[row] = local->stamp;
                visit_row(local, row, reach->per_relation, fabs(target->need));
            }
        }
    local->work += local->cell_count / 5;
}

static int by_weight(const void *left, const void *right)
{
    const struct priced *a = left, *b = right;
    if (a->weight < b->weight || a->weight > b->weight)
        return a->weight < b->weight ? -1 : 1;
    return a->cell < b->cell ? -1 : a->cell > b->cell;
}

/* Keeps the cheapest candidates and everything else. */
static void narrow(struct local *local, size_t most, const struct noise *noise)
{
    const struct plan *plan = local->plan;
    size_t count = 0, kept = 1; /* the target itself stands first and stays */
    for (size_t i = 1; i < local->cell_count; i++)
        if (candidate(plan, local->cells[i]))
            local->priced[count++] = (struct priced){
                local_weight(plan, (uint32_t)plan->lattice->cells[local->cells[i]].group, noise), local->cells[i] };
    if (count <= most)
        return;
    qsort(local->priced, count, sizeof *local->priced, by_weight);
    for (size_t i = most; i < count; i++)
        local->cell_seen[local->priced[i].cell] = 0;
    for (size_t i = 1; i < local->cell_count; i++)
        if (local->cell_seen[local->cells[i]] == local->stamp)
            local->cells[kept++] = local->cells[i];
    local->cell_count = kept;
    local->work += count / 8;
}

static bool sort_members(struct local *local)
{
    const struct lattice *lattice = local->plan->lattice;
    size_t longest = 0;
    for (size_t r = 0; r < lattice->relation_count; r++)
        longest = lattice->relations[r].count > longest ? lattice->relations[r].count : longest;
    struct priced *priced = ARENA_NEW(local->plan->arena, struct priced, longest + 1);
    for (size_t r = 0; r < lattice->relation_count && priced != NULL; r++) {
        const struct lattice_relation *relation = &lattice->relations[r];
        for (size_t k = 0; k < relation->count; k++) {
            uint32_t cell = lattice->members[relation->first + k].cell;
            int group = lattice->cells[cell].group;
            priced[k] = (struct priced){ group != LATTICE_FIXED ? local->plan->weight[group] : 0, cell };
        }
        qsort(priced, relation->count, sizeof *priced, by_weight);
        for (size_t k = 0; k < relation->count; k++)
            local->by_price[relation->first + k] = priced[k].cell;
    }
    return priced != NULL;
}

enum status local_open(struct local **made, struct plan *plan, struct fail *fail)
{
    struct arena *arena = plan->arena;
    size_t cells = plan->lattice->cell_count, rows = plan->lattice->relation_count;
    size_t places = plan->index->cell_first[cells];
    struct local *local = ARENA_NEW(arena, struct local, 1);
    *made = NULL;
    if (local == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *local = (struct local){ .plan = plan };
    local->cells = ARENA_NEW(arena, uint32_t, cells + 1);
    local->rows = ARENA_NEW(arena, uint32_t, rows + 1);
    local->cell_seen = ARENA_NEW(arena, uint32_t, cells + 1);
    local->row_seen = ARENA_NEW(arena, uint32_t, rows + 1);
    local->row_degree = ARENA_NEW(arena, uint32_t, rows + 1);
    local->priced = ARENA_NEW(arena, struct priced, cells + 1);
    local->by_price = ARENA_NEW(arena, uint32_t, places + 1);
    local->columns = ARENA_NEW(arena, struct column, 4 * cells + 1);
    local->row_of = ARENA_NEW(arena, int, 4 * places + 1);
    local->column_of = ARENA_NEW(arena, int, 4 * places + 1);
    local->factors = ARENA_NEW(arena, double, 4 * places + 1);
    local->vector_cells = ARENA_NEW(arena, uint32_t, 4 * cells + 1);
    local->vector_moves = ARENA_NEW(arena, double, 4 * cells + 1);
    local->stepped = ARENA_NEW(arena, bool, cells + 1);
    local->column_first = ARENA_NEW(arena, int, cells + 1);
    if (local->cells == NULL || local->rows == NULL || local->cell_seen == NULL || local->row_seen == NULL ||
        local->row_degree == NULL || local->priced == NULL || local->by_price == NULL || local->columns == NULL ||
        local->row_of == NULL || local->column_of == NULL || local->factors == NULL || local->vector_cells == NULL ||
        local->vector_moves == NULL || local->stepped == NULL || local->column_first == NULL ||
        !classes_open(&local->classes, arena, plan->lattice))
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    if (!sort_members(local))
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    local->glpk = glp_create_prob();
    *made = local;
    return STATUS_OK;
}

/* Collects the rows; takes out cells that stand alone in a row, again and again. false: the target is one of them. */
static bool peel(struct local *local)
{
    const struct plan *plan = local->plan;
    const struct lattice *lattice = plan->lattice;
    uint32_t stamp = ++local->stamp;
    size_t left = 0, rows = 0;
    local->row_count = 0;
    for (size_t i = 0; i < local->cell_count; i++) {
        uint32_t cell = local->cells[i];
        local->cell_seen[cell] = stamp;
        for (size_t k = plan->index->cell_first[cell]; k < plan->index->cell_first[cell + 1]; k++) {
            uint32_t row = plan->index->places[k].relation;
            if (local->row_seen[row] != stamp) {
                local->row_seen[row] = stamp;
                local->row_degree[row] = 0;
                local->rows[local->row_count++] = row;
            }
            local->row_degree[row]++;
        }
    }
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < local->row_count; i++) {
            uint32_t row = local->rows[i];
            for (size_t j = 0; j < lattice->relations[row].count && local->row_degree[row] == 1; j++) {
                uint32_t cell = lattice->members[lattice->relations[row].first + j].cell;
                if (local->cell_seen[cell] != stamp)
                    continue;
                if (cell == local->cells[0])
                    return false;
                local->cell_seen[cell] = 0;
                for (size_t k = plan->index->cell_first[cell]; k < plan->index->cell_first[cell + 1]; k++)
                    local->row_degree[plan->index->places[k].relation]--;
                again = true;
            }
        }
    }
    for (size_t i = 0; i < local->cell_count; i++)
        if (local->cell_seen[local->cells[i]] == stamp)
            local->cells[left++] = local->cells[i];
    local->cell_count = left;
    for (size_t i = 0; i < local->row_count; i++)
        if (local->row_degree[local->rows[i]] > 0)
            local->rows[rows++] = local->rows[i];
    local->row_count = rows;
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

static double price(const struct plan *plan, uint32_t cell, double most, const struct noise *noise)
{
    uint32_t group = (uint32_t)plan->lattice->cells[cell].group;
    if (plan->hidden[group])
        return hidden_price * (plan->primary[group] ? 0.2 : 0.7);
    return local_weight(plan, group, noise) / fmin(1, most);
}

static void add_column(struct local *local, uint32_t root, bool down, double most, double cost)
{
    if (!(most > 1e-12))
        return;
    int place = ++local->column_count;
    local->columns[place] = (struct column){ root, down };
    glp_add_cols(local->glpk, 1);
    if (most > 1e6)
        glp_set_col_bnds(local->glpk, place, GLP_LO, 0, 0);
    else
        glp_set_col_bnds(local->glpk, place, GLP_DB, 0, most);
    glp_set_obj_coef(local->glpk, place, cost);
}

/* A cell known only roughly: what is free comes first, what costs second. */
static void add_stepped(struct local *local, uint32_t root, bool down, double need, const struct noise *noise)
{
    const struct plan *plan = local->plan;
    uint32_t cell = local->cells[root];
    int group = plan->lattice->cells[cell].group;
    double open = (down ? -plan->open_low[cell] : plan->open_high[cell]) / need;
    double most = reachable(plan, cell, down, need);
    bool shown = group == LATTICE_FIXED || !plan->hidden[group] || plan->tabu[group];
    add_column(local, root, down, shown ? open : most, hidden_price * 0.2);
    if (shown && group != LATTICE_FIXED && plan_may_hide(plan, (uint32_t)group))
        add_column(local, root, down, most - open, local_weight(plan, (uint32_t)group, noise) / fmin(1, most));
}

/* Up to four columns a class: the range all its members allow, at the price of all of them. */
static void add_class(struct local *local, uint32_t root, double need, const struct noise *noise)
{
    const struct classes *classes = &local->classes;
    local->column_first[root] = local->column_count + 1;
    for (int down = 0; down < 2; down++) {
        double range = HUGE_VAL, cost = 0;
        if (local->stepped[root]) {
            add_stepped(local, root, down, need, noise);
            continue;
        }
        for (uint32_t i = classes->first[root]; i != class_end; i = classes->next[i]) {
            double ratio = fabs(classes->ratio[i]);
            double most = reachable(local->plan, local->cells[i], (classes->ratio[i] < 0) != (down == 1), need);
            range = fmin(range, most / ratio);
            cost += most > 1e-12 ? ratio * price(local->plan, local->cells[i], most, noise) : 0;
        }
        add_column(local, root, down, range, cost);
    }
}

/* Moves of the class of the target; false when one of its cells cannot go so far. */
static bool fix_target(struct local *local, const struct target *target, double *moved)
{
    const struct classes *classes = &local->classes;
    uint32_t root = classes->root[0];
    double need = fabs(target->need);
    if (classes->dead[root])
        return false;
    *moved = (target->need > 0 ? 1 : -1) / classes->ratio[0];
    for (uint32_t i = classes->first[root]; i != class_end; i = classes->next[i]) {
        double move = classes->ratio[i] * *moved;
        if (i != 0 && fabs(move) > reachable(local->plan, local->cells[i], move < 0, need) * (1 + 1e-9) + 1e-9)
            return false;
    }
    return true;
}

static int load_rows(struct local *local, double moved)
{
    struct classes *classes = &local->classes;
    int rows = 0, entries = 0;
    for (size_t r = 0; r < local->row_count; r++) {
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
            for (int c = local->column_first[root]; c <= local->column_count && local->columns[c].root == root; c++) {
                local->row_of[++entries] = rows;
                local->column_of[entries] = c;
                local->factors[entries] = local->columns[c].down ? -factor : factor;
            }
        }
        glp_add_rows(local->glpk, 1);
        glp_set_row_bnds(local->glpk, rows, GLP_FX, right, right);
    }
    glp_load_matrix(local->glpk, entries, local->row_of, local->column_of, local->factors);
    return rows;
}

/* false: no need to solve, the target cannot move. *moved: of the target's class. */
static bool load(struct local *local, const struct target *target, const struct noise *noise, double *moved)
{
    struct classes *classes = &local->classes;
    for (size_t i = 0; i < local->cell_count; i++)
        local->stepped[i] = steps_in_price(local->plan, local->cells[i]);
    classes_tie(classes, local->plan->lattice, local->cells, local->cell_count, local->rows, local->row_count,
                local->stepped);
    if (!fix_target(local, target, moved))
        return false;
    glp_erase_prob(local->glpk);
    local->column_count = 0;
    for (uint32_t i = 0; i < local->cell_count; i++) {
        local->column_first[i] = 1 << 30;
        if (classes->root[i] == i && i != classes->root[0] && !classes->dead[i])
            add_class(local, i, fabs(target->need), noise);
    }
    load_rows(local, *moved);
    return true;
}

static void add_moves(struct local *local, uint32_t root, double by)
{
    const struct classes *classes = &local->classes;
    for (uint32_t i = classes->first[root]; i != class_end; i = classes->next[i]) {
        local->vector_cells[local->vector_count] = local->cells[i];
        local->vector_moves[local->vector_count++] = classes->ratio[i] * by;
    }
}

static void read_answer(struct local *local, const struct target *target, double moved)
{
    double need = fabs(target->need);
    local->vector_count = 0;
    add_moves(local, local->classes.root[0], moved * need);
    for (int j = 1; j <= local->column_count;) {
        uint32_t root = local->columns[j].root;
        double move = 0;
        for (; j <= local->column_count && local->columns[j].root == root; j++)
            move += (local->columns[j].down ? -1 : 1) * glp_get_col_prim(local->glpk, j);
        if (fabs(move) > 1e-9)
            add_moves(local, root, move * need);
    }
    for (size_t i = 0; i < local->vector_count; i++)
        if (local->vector_cells[i] == target->cell)
            local->vector_moves[i] = target->need;
}

static bool solve(struct local *local, uint32_t t, const struct reach *reach, const struct noise *noise)
{
    const struct target *target = &local->plan->targets[t];
    spread(local, target, reach);
    if (reach->cheapest > 0)
        narrow(local, reach->cheapest, noise);
    if (!peel(local))
        return false;
    local->vector_count = 0;
    if (local->row_count == 0) { /* in no relation: moves alone */
        local->vector_cells[local->vector_count] = target->cell;
        local->vector_moves[local->vector_count++] = target->need;
        return true;
    }
    double moved = 0;
    local->work += local->cell_count / 8 + local->row_count / 4;
    if (!load(local, target, noise, &moved))
        return false;
    local->programs++;
    if (glp_get_num_rows(local->glpk) == 0) {
        read_answer(local, target, moved);
        return true;
    }
    glp_std_basis(local->glpk);
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    options.meth = GLP_DUALP;
    options.it_lim = 20000;
    int before = glp_get_it_cnt(local->glpk), code = glp_simplex(local->glpk, &options);
    uint64_t steps = (uint64_t)(glp_get_it_cnt(local->glpk) - before);
    uint64_t size = (uint64_t)glp_get_num_rows(local->glpk) + (uint64_t)glp_get_num_cols(local->glpk);
    local->work += 20 + size / 2 + steps * (60 + size) / 57; /* microseconds where it was measured */
    if (code != 0 || glp_get_status(local->glpk) != GLP_OPT)
        return false;
    read_answer(local, target, moved);
    return true;
}

static uint32_t adopt(struct local *local)
{
    uint32_t vector = plan_vector(local->plan, local->vector_cells, local->vector_moves, local->vector_count);
    plan_link(local->plan, vector);
    return vector;
}

/* Bounds of the target itself: a target beyond them cannot be met by anything. */
static bool possible(const struct local *local, uint32_t t)
{
    const struct target *target = &local->plan->targets[t];
    double slack = 1e-6 * fmax(1, fabs(target->need));
    return target->need > 0 ? target->need <= local->plan->high[target->cell] + slack
                            : target->need >= local->plan->low[target->cell] - slack;
}

bool local_certify(struct local *local, uint32_t target, const struct noise *noise, uint32_t *vector)
{
    static const struct reach reaches[] = {
        /* Cheap ones only: what they cannot carry near by, they often can a little further away. */
        { 3, SIZE_MAX, 150, 0 }, { 5, SIZE_MAX, 400, 0 }, { 9, SIZE_MAX, 1500, WIDE_CELLS_MAX },
        /* Nothing cheap carries it, and all would be too many: a few in every relation, some that carry all of it. */
        { 5, 8, 0, 0 }, { 7, 12, 0, 0 }, { 10, 30, 0, 0 }, { SIZE_MAX, SIZE_MAX, 0, 0 },
    };
    if (!possible(local, target))
        return false;
    for (size_t i = 0; i < COUNT(reaches); i++)
        if ((reaches[i].cells_max == 0 || local->plan->lattice->cell_count <= reaches[i].cells_max) &&
            solve(local, target, &reaches[i], noise)) {
            *vector = adopt(local);
            return !local->plan->failed;
        }
    return false;
}

bool local_recertify(struct local *local, uint32_t target, unsigned steps, uint32_t *vector)
{
    static const struct reach reaches[] = { { 3, 0, 0, 0 }, { 5, 0, 0, 0 }, { 12, 0, 0, 0 } };
    for (size_t i = 0; i < COUNT(reaches) && i < steps; i++)
        if (solve(local, target, &reaches[i], NULL)) {
            *vector = adopt(local);
            return !local->plan->failed;
        }
    return false;
}

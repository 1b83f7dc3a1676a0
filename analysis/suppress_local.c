/* Prices for the program of suppress_simplex, in units of the need: groups that are hidden already cost next to nothing
 * (without that little the vertices are dense), others their weight over the share of the need they can carry. */
#include "analysis/suppress_local.h"

#include <math.h>

#include "analysis/suppress_twin.h"
#include "analysis/suppress_wide.h"

static const double hidden_price = 1e-3; /* of the mean weight */

struct local {
    struct plan *plan;
    struct twin *twin;
    const struct noise *noise; /* of the program in hand */
    double need;
    bool candidates; /* groups may be hidden for it */
    struct wide *wide;
    bool *usable;
    uint32_t *vector_cells; /* the answer */
    double *vector_moves;
    uint64_t work;
    size_t programs;
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
        twin_close(local->twin);
}

uint64_t local_work(const struct local *local)
{
    return local->work + wide_work(local->wide) + twin_work(local->twin) / NUMBERS_A_UNIT;
}

size_t local_programs(const struct local *local)
{
    return local->programs + wide_programs(local->wide);
}

/* Not those that are always shown, nor those that never leave their value. */
static void set_usable(const struct plan *plan, bool usable[])
{
    const struct lattice *lattice = plan->lattice;
    for (size_t c = 0; c < lattice->cell_count; c++) {
        int group = lattice->cells[c].group;
        bool free = group != LATTICE_FIXED && (plan->primary[group] || lattice->groups[group].movable) &&
                    (plan->low[c] < 0 || plan->high[c] > 0);
        usable[c] = free || plan->open_low[c] < 0 || plan->open_high[c] > 0;
    }
}

enum status local_open(struct local **made, struct plan *plan, struct fail *fail)
{
    size_t cells = plan->lattice->cell_count + 1;
    struct local *local = ARENA_NEW(plan->arena, struct local, 1);
    *made = NULL;
    if (local == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *local = (struct local){ .plan = plan,
                             .usable = ARENA_NEW(plan->arena, bool, cells),
                             .vector_cells = ARENA_NEW(plan->arena, uint32_t, cells),
                             .vector_moves = ARENA_NEW(plan->arena, double, cells) };
    if (local->usable == NULL || local->vector_cells == NULL || local->vector_moves == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    set_usable(plan, local->usable);
    enum status status = twin_open(&local->twin, plan->arena, plan->lattice, plan->index, local->usable, fail);
    if (status != STATUS_OK)
        return status;
    struct near *near = near_open(plan);
    if (near == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *made = local;
    return wide_open(&local->wide, plan, near, fail);
}

/* A piece further out on one side, in front of or behind those the column has. */
static void add_piece(struct simplex_column *column, double length, double price, bool down)
{
    if (!(length > 1e-12))
        return;
    double far = (down ? column->knot[0] : column->knot[column->pieces]) + (down ? -length : length);
    if (down) {
        for (uint8_t p = column->pieces; p > 0; p--) {
            column->knot[p + 1] = column->knot[p];
            column->slope[p] = column->slope[p - 1];
        }
        column->knot[1] = column->knot[0];
        column->zero++;
    }
    column->knot[down ? 0 : column->pieces + 1] = fabs(far) > 1e6 ? copysign(HUGE_VAL, far) : far;
    column->slope[down ? 0 : column->pieces] = down ? -price : price;
    column->pieces++;
}

/* What a cell may move and at what price: known roughly while shown, it moves a little for nothing. */
static void describe(void *context, uint32_t cell, struct simplex_column *column)
{
    const struct local *local = context;
    const struct plan *plan = local->plan;
    int group = plan->lattice->cells[cell].group;
    bool fixed = group == LATTICE_FIXED, hidden = !fixed && plan->hidden[group] && !plan->tabu[group];
    bool may_hide = local->candidates && !fixed && plan_may_hide(plan, (uint32_t)group);
    for (int down = 0; down < 2; down++) {
        double open = (down ? -plan->open_low[cell] : plan->open_high[cell]) / local->need;
        double most = (down ? -plan->low[cell] : plan->high[cell]) / local->need;
        if (hidden) {
            add_piece(column, most, hidden_price * (plan->primary[group] ? 0.2 : 0.7), down);
            continue;
        }
        add_piece(column, open, hidden_price * 0.2, down);
        if (may_hide && most > open)
            add_piece(column, most - open, local_weight(plan, (uint32_t)group, local->noise) / fmin(1, most), down);
    }
}

/* Bounds of the target itself: a target beyond them cannot be met by anything. */
static bool possible(const struct local *local, const struct target *target)
{
    double slack = 1e-6 * fmax(1, fabs(target->need));
    return target->need > 0 ? target->need <= local->plan->high[target->cell] + slack
                            : target->need >= local->plan->low[target->cell] - slack;
}

static bool solve(struct local *local, uint32_t t, const struct limits *limits, uint32_t *vector)
{
    const struct target *target = &local->plan->targets[t];
    size_t count = 0;
    local->need = fabs(target->need);
    struct simplex_task task = { .cell = target->cell, .move = target->need > 0 ? 1 : -1, .describe = describe,
                                 .context = local, .steps_most = limits->steps, .price_most = limits->price };
    if (!possible(local, target))
        return false;
    local->programs++;
    local->work += 30;
    if (twin_solve(local->twin, &task) != SIMPLEX_BEST)
        return false;
    const struct simplex_move *moves = twin_moves(local->twin, &count);
    local->vector_cells[0] = target->cell;
    local->vector_moves[0] = target->need;
    for (size_t m = 0; m < count; m++) {
        local->vector_cells[m + 1] = moves[m].cell;
        local->vector_moves[m + 1] = moves[m].by * local->need;
    }
    *vector = plan_vector(local->plan, local->vector_cells, local->vector_moves, count + 1);
    plan_link(local->plan, *vector);
    return !local->plan->failed;
}

bool local_certify(struct local *local, uint32_t target, const struct noise *noise, const struct limits *limits,
                   uint32_t *vector)
{
    local->noise = noise;
    local->candidates = true;
    return solve(local, target, limits, vector);
}

bool local_certify_near(struct local *local, uint32_t target, uint32_t *vector)
{
    return possible(local, &local->plan->targets[target]) && wide_certify(local->wide, target, vector);
}

bool local_recertify(struct local *local, uint32_t target, size_t steps, uint32_t *vector)
{
    local->noise = NULL;
    local->candidates = false;
    const struct limits limits = { steps, HUGE_VAL };
    return solve(local, target, &limits, vector);
}

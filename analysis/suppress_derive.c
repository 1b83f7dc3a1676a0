#include "analysis/suppress_derive.h"

#include <math.h>

enum { TRIED_MAX = 12, LEARNT_MAX = 24 };

/* What turned an old proof into a new one: new − old, by which others come to do without the cell of a forbidden group. */
struct lesson {
    uint32_t cell;
    uint32_t old, new;
};

struct derive {
    struct plan *plan;
    struct lesson lessons[LEARNT_MAX];
    size_t lesson_count;
    double *sum;      /* per cell */
    bool *listed;     /* per cell */
    uint32_t *cells;  /* listed */
    double *moves;    /* of cells */
    size_t count;
    uint64_t work;
};

struct derive *derive_open(struct plan *plan)
{
    size_t cells = plan->lattice->cell_count + 1;
    struct derive *derive = ARENA_NEW(plan->arena, struct derive, 1);
    if (derive == NULL)
        return NULL;
    *derive = (struct derive){ .plan = plan, .sum = ARENA_NEW(plan->arena, double, cells),
                               .listed = ARENA_NEW(plan->arena, bool, cells),
                               .cells = ARENA_NEW(plan->arena, uint32_t, cells),
                               .moves = ARENA_NEW(plan->arena, double, cells) };
    return derive->sum == NULL || derive->listed == NULL || derive->cells == NULL || derive->moves == NULL ? NULL : derive;
}

uint64_t derive_work(const struct derive *derive)
{
    return derive->work / NUMBERS_A_UNIT;
}

void derive_forget(struct derive *derive)
{
    derive->lesson_count = 0;
}

/* Whether the cell may move so far with what is hidden now. */
static bool within(const struct plan *plan, uint32_t cell, double move)
{
    int group = plan->lattice->cells[cell].group;
    bool hidden = group != LATTICE_FIXED && plan->hidden[group] && !plan->tabu[group];
    double slack = 1e-9 * fmax(1, fabs(move));
    return hidden ? move <= plan->high[cell] + slack && move >= plan->low[cell] - slack
                  : move <= plan->open_high[cell] + slack && move >= plan->open_low[cell] - slack;
}

static bool groups_hidden(const struct plan *plan, const struct vector *vector)
{
    for (uint32_t k = 0; k < vector->group_count; k++)
        if (!plan->hidden[vector->groups[k]] || plan->tabu[vector->groups[k]])
            return false;
    return true;
}

static bool has_target(const struct vector *vector, uint32_t target)
{
    for (uint32_t k = 0; k < vector->target_count; k++)
        if (vector->targets[k] == target)
            return true;
    return false;
}

static double move_of(const struct vector *vector, uint32_t cell)
{
    for (uint32_t k = 0; k < vector->cell_count; k++)
        if (vector->cells[k] == cell)
            return vector->moves[k];
    return 0;
}

static bool scaled(struct derive *derive, uint32_t target, const struct vector *vector, double move)
{
    const struct plan *plan = derive->plan;
    double times = plan->targets[target].need / move;
    for (uint32_t k = 0; k < vector->cell_count; k++) {
        derive->work++;
        if (!within(plan, vector->cells[k], times * vector->moves[k]))
            return false;
    }
    for (uint32_t k = 0; k < vector->cell_count; k++) {
        derive->cells[k] = vector->cells[k];
        derive->moves[k] = times * vector->moves[k];
    }
    derive->count = vector->cell_count;
    return true;
}

static void add(struct derive *derive, const struct vector *vector, double times)
{
    for (uint32_t k = 0; k < vector->cell_count; k++) {
        uint32_t cell = vector->cells[k];
        if (!derive->listed[cell]) {
            derive->listed[cell] = true;
            derive->cells[derive->count++] = cell;
        }
        derive->sum[cell] += times * vector->moves[k];
    }
    derive->work += vector->cell_count;
}

/* The last of removed that proved the target and does not live. */
static const struct vector *lost_proof(const struct plan *plan, uint32_t target, const struct ids *removed,
                                       uint32_t *place)
{
    for (size_t i = removed->count; i-- > 0;) {
        const struct vector *old = plan->vectors[removed->items[i]];
        if (old->alive || !has_target(old, target))
            continue;
        if (place != NULL)
            *place = removed->items[i];
        return old;
    }
    return NULL;
}

/* old as the lesson says, scaled to the need; true: within all bounds. */
static bool taught(struct derive *derive, uint32_t target, const struct vector *old, const struct lesson *lesson)
{
    const struct plan *plan = derive->plan;
    const struct vector *from = plan->vectors[lesson->old], *to = plan->vectors[lesson->new];
    double its = move_of(from, lesson->cell), mine = move_of(old, lesson->cell);
    if (!(fabs(its) > 1e-9) || !(fabs(mine) > 1e-9))
        return false;
    derive->count = 0;
    add(derive, old, 1);
    add(derive, from, -mine / its);
    add(derive, to, mine / its);
    double reached = derive->sum[plan->targets[target].cell], need = plan->targets[target].need;
    double times = reached * need > 0 ? need / reached : 0;
    bool good = times > 1e-6 && times < 1e6;
    size_t kept = 0;
    for (size_t k = 0; k < derive->count; k++) {
        uint32_t cell = derive->cells[k];
        double move = times * derive->sum[cell];
        derive->sum[cell] = 0;
        derive->listed[cell] = false;
        good = good && within(plan, cell, fabs(move) > 1e-9 * fabs(need) ? move : 0);
        derive->cells[kept] = cell;
        derive->moves[kept] = move;
        kept += fabs(move) > 1e-9 * fabs(need);
    }
    derive->count = kept;
    return good;
}

/* One of removed whose groups are all hidden again. */
static bool put_back(struct derive *derive, uint32_t target, const struct ids *removed)
{
    struct plan *plan = derive->plan;
    derive->work += 2 * removed->count;
    for (size_t i = removed->count; i-- > 0;) {
        const struct vector *old = plan->vectors[removed->items[i]];
        if (old->alive || !groups_hidden(plan, old) || !has_target(old, target))
            continue;
        plan_link(plan, removed->items[i]);
        return true;
    }
    return false;
}

/* One that lives and moves the cell: not far enough, or the other way. */
static bool scale_living(struct derive *derive, uint32_t target)
{
    const struct plan *plan = derive->plan;
    const struct uses *movers = &plan->movers[plan->targets[target].cell];
    for (size_t i = 0; i < movers->count && i < TRIED_MAX; i++) {
        const struct vector *mover = plan->vectors[movers->items[i].vector];
        if (scaled(derive, target, mover, mover->moves[mover->moved[movers->items[i].at]]))
            return true;
    }
    return false;
}

static bool follow_lessons(struct derive *derive, uint32_t target, const struct ids *removed)
{
    const struct plan *plan = derive->plan;
    const struct vector *old = lost_proof(plan, target, removed, NULL);
    for (size_t l = derive->lesson_count; l-- > 0 && old != NULL;)
        if (taught(derive, target, old, &derive->lessons[l]))
            return true;
    return false;
}

bool derive_proof(struct derive *derive, uint32_t target, const struct ids *removed, bool *made, uint32_t *vector)
{
    *made = false;
    if (put_back(derive, target, removed))
        return true;
    if (!scale_living(derive, target) && !follow_lessons(derive, target, removed))
        return false;
    *made = true;
    *vector = plan_vector(derive->plan, derive->cells, derive->moves, derive->count);
    plan_link(derive->plan, *vector);
    return !derive->plan->failed;
}

void derive_learn(struct derive *derive, uint32_t target, const struct ids *removed, uint32_t vector)
{
    const struct plan *plan = derive->plan;
    uint32_t place = 0;
    const struct vector *old = lost_proof(plan, target, removed, &place);
    for (uint32_t k = 0; old != NULL && k < old->group_count && derive->lesson_count < LEARNT_MAX; k++) {
        const uint32_t group = old->groups[k];
        const size_t first = plan->index->group_first[group];
        if (!plan->tabu[group] || plan->index->group_first[group + 1] - first != 1)
            continue;
        derive->lessons[derive->lesson_count++] = (struct lesson){ plan->index->members[first], place, vector };
        return;
    }
}

/* Primary rules, then partners for all tables at once, then the auditor's word. */
#include "analysis/protect.h"

#include "analysis/protect_lattice.h"
#include "analysis/suppress.h"

enum release_sign protect_primary(const struct raw_table *table, size_t row, size_t column,
                                  const struct policy *policy)
{
    const struct raw_cell *cell = &table->cells[row * table->column_count + column];
    enum release_unit unit = table->columns[column].head.unit;
    bool apart = cell->outside != OUTSIDE_NONE;
    uint32_t of = cell->of > 0 ? cell->of : cell->base;
    uint32_t heads_min = cell->heads_least > policy->heads_min ? cell->heads_least : policy->heads_min;
    switch (cell->kind) {
    case RAW_EMPTY:
        return cell->sign == SIGN_SHOWN ? SIGN_PENDING : cell->sign;
    case RAW_OPEN:
        break;
    case RAW_HEADS:
        if (cell->secret || (cell->value > 0 && cell->value < heads_min && unit == RELEASE_COUNT) ||
            (apart && cell->outside > 0 && cell->outside < heads_min))
            return SIGN_SECRET;
        if (unit == RELEASE_PERCENT && cell->base < policy->percent_base)
            return SIGN_UNSAFE;
        break;
    case RAW_ANSWERS:
        if (cell->secret || cell->base < policy->answers_min || (apart && cell->outside < table->sides_min))
            return SIGN_SECRET;
        if (cell->base < cell->answers_min || (unit == RELEASE_PERCENT && of < policy->percent_base))
            return SIGN_UNSAFE;
        break;
    }
    return isnan(cell->value) ? SIGN_VOID : SIGN_SHOWN;
}

/* The first own_count tables by the primary rules, the others as they were given out. */
static enum status open_tables(struct arena *arena, struct raw_table *const tables[], size_t count, size_t own_count,
                               const struct policy *policy, struct joint *joint, struct fail *fail)
{
    enum status status = joint_open(arena, tables, count, joint, fail);
    joint->own_count = own_count;
    for (size_t t = own_count; status == STATUS_OK && t < count; t++)
        for (size_t i = 0; i < joint->first[t + 1] - joint->first[t]; i++)
            joint->signs[joint->first[t] + i] = tables[t]->signs[i];
    for (size_t t = 0; status == STATUS_OK && t < own_count; t++)
        for (size_t i = 0; i < joint->first[t + 1] - joint->first[t]; i++)
            joint->signs[joint->first[t] + i] =
                protect_primary(tables[t], i / tables[t]->column_count, i % tables[t]->column_count, policy);
    for (size_t k = 0; status == STATUS_OK && k < joint->column_count; k++)
        joint->columns[k].state = COLUMN_IN;
    return status;
}

/* Hides a cell and every cell of the same people in other tables, but what has been given out. */
static void hide(struct joint *joint, size_t table, size_t cell)
{
    for (size_t t = 0; t < joint->own_count; t++)
        for (size_t i = 0; i < joint->first[t + 1] - joint->first[t]; i++)
            if (joint_same(joint, table, cell, t, i))
                joint->signs[joint->first[t] + i] = SIGN_SECRET;
}

/* Nothing of the column is shown, not even its total. */
static void bare(struct joint *joint, struct joint_column *column)
{
    const struct raw_table *table = joint->tables[column->table];
    column->state = COLUMN_BARE;
    for (size_t r = 0; r < table->row_count; r++)
        if (table->cells[r * table->column_count + column->column].kind != RAW_EMPTY)
            hide(joint, column->table, r * table->column_count + column->column);
}

static bool total_hidden(const struct joint *joint, const struct joint_column *column)
{
    const struct raw_table *table = joint->tables[column->table];
    for (size_t r = 0; r < table->row_count; r++)
        if (table->rows[r].total &&
            joint->signs[joint->first[column->table] + r * table->column_count + column->column] == SIGN_SECRET)
            return true;
    return false;
}

/* A hidden total takes its column with it, and that may hide the total of another one. */
static void settle(struct joint *joint)
{
    for (bool again = true; again;) {
        again = false;
        for (size_t k = 0; k < joint->column_count; k++)
            if (joint->columns[k].state != COLUMN_BARE && total_hidden(joint, &joint->columns[k])) {
                bare(joint, &joint->columns[k]);
                again = true;
            }
    }
}

/* Everything published of a hidden group is hidden: shares of counts, differences, the same people elsewhere. */
static void follow(struct joint *joint, const struct joint_lattice *made)
{
    for (size_t i = 0; i < joint->first[joint->own_count]; i++)
        if (made->group_of[i] != LATTICE_FIXED && made->lattice.groups[made->group_of[i]].hidden)
            joint->signs[i] = SIGN_SECRET;
    for (size_t k = 0; k < joint->column_count; k++) {
        const struct joint_column *column = &joint->columns[k];
        const struct raw_table *table = joint->tables[column->table];
        for (size_t r = 0; r < table->row_count; r++) {
            size_t at = r * table->column_count + column->column;
            if (!table->rows[r].total && table->cells[at].kind != RAW_EMPTY &&
                joint->signs[joint->first[column->table] + at] == SIGN_SECRET)
                hide(joint, column->table, at);
        }
    }
}

/* Columns with sums have been protected as groups; what is left are columns that say something about another one. */
static void followers(const struct raw_table *table, enum release_sign signs[])
{
    for (size_t c = 0; c < table->column_count; c++)
        for (size_t r = 0; table->columns[c].follows != FOLLOWS_NONE && r < table->row_count; r++) {
            enum release_sign leader = signs[r * table->column_count + (size_t)table->columns[c].follows];
            if (leader == SIGN_SECRET && table->cells[r * table->column_count + c].kind != RAW_EMPTY)
                signs[r * table->column_count + c] = SIGN_SECRET;
        }
}

/* Whether a group of that table is hidden. A table not yet protected counts as hidden: the order is a fault then. */
static bool gives_away(const struct raw_table *table)
{
    bool hidden = table->signs == NULL;
    for (size_t i = 0; !hidden && i < table->row_count * table->column_count; i++)
        hidden = table->signs[i] == SIGN_SECRET;
    return hidden;
}

static void hand_out(const struct joint *joint)
{
    for (size_t t = 0; t < joint->own_count; t++) {
        struct raw_table *table = joint->tables[t];
        enum release_sign *signs = &joint->signs[joint->first[t]];
        followers(table, signs);
        for (size_t i = 0; i < table->row_count * table->column_count; i++)
            if (table->cells[i].needs != NULL && gives_away(table->cells[i].needs) && signs[i] != SIGN_PENDING)
                signs[i] = SIGN_SECRET;
        table->signs = signs;
    }
}

static enum status solve(struct arena *arena, const struct joint *joint, const struct policy *policy,
                         struct joint_lattice *made, struct fail *fail)
{
    enum status status = joint_build(arena, joint, policy, made, fail);
    if (status != STATUS_OK)
        return status;
    status = suppress(&made->lattice, NULL, NULL, NULL);
    if (status == STATUS_OK || status == STATUS_DENIED)
        return status;
    return FAIL(fail, status, "the figures of the tables contradict each other; nothing is released");
}

/* No set of partners protects everything: column after column is added, and one that cannot be protected beside those
 * before it is not published at all. */
static enum status solve_stepwise(struct arena *arena, struct joint *joint, const struct policy *policy,
                                  struct joint_lattice *made, struct fail *fail)
{
    enum status status = STATUS_OK;
    for (size_t k = 0; k < joint->column_count; k++)
        if (joint->columns[k].state == COLUMN_IN && joint->columns[k].table < joint->own_count)
            joint->columns[k].state = COLUMN_OUT; /* what has been given out stays known */
    for (size_t k = 0; k < joint->column_count && (status == STATUS_OK || status == STATUS_DENIED); k++) {
        if (joint->columns[k].state == COLUMN_BARE || joint->columns[k].table >= joint->own_count)
            continue;
        joint->columns[k].state = COLUMN_IN;
        status = solve(arena, joint, policy, made, fail);
        if (status != STATUS_DENIED)
            continue;
        bare(joint, &joint->columns[k]);
        settle(joint);
        status = solve(arena, joint, policy, made, fail);
    }
    if (status == STATUS_DENIED)
        return FAIL(fail, status, "no choice of hidden figures protects the small groups; nothing is released");
    return status;
}

static enum status audited(struct arena *arena, const struct joint_lattice *made, struct attack_result *result,
                           struct fail *fail)
{
    static const struct attack_options verdict = { .full = false };
    struct interval *found = ARENA_NEW(arena, struct interval, made->lattice.cell_count + 1);
    if (found == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    return attack(&made->lattice, &verdict, found, result, fail);
}

static enum status audit_tables(struct arena *arena, struct raw_table *const tables[], size_t count, size_t own_count,
                                const struct policy *policy, struct attack_result *result, struct fail *fail)
{
    struct joint joint;
    struct joint_lattice made;
    enum status status = open_tables(arena, tables, count, own_count, policy, &joint, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t t = 0; t < own_count; t++)
        for (size_t i = 0; tables[t]->signs != NULL && i < joint.first[t + 1] - joint.first[t]; i++)
            joint.signs[joint.first[t] + i] = tables[t]->signs[i];
    for (size_t k = 0; k < joint.column_count; k++)
        if (total_hidden(&joint, &joint.columns[k]))
            joint.columns[k].state = COLUMN_BARE;
    status = joint_build(arena, &joint, policy, &made, fail);
    return status == STATUS_OK ? audited(arena, &made, result, fail) : status;
}

/* Hides what is hidden in a release that has been given out. */
static void hide_known(struct joint *joint)
{
    for (size_t t = joint->own_count; t < joint->table_count; t++)
        for (size_t i = 0; i < joint->first[t + 1] - joint->first[t]; i++)
            if (joint->signs[joint->first[t] + i] == SIGN_SECRET)
                hide(joint, t, i);
}

static enum status find_partners(struct arena *arena, struct joint *joint, const struct policy *policy, struct fail *fail)
{
    struct joint_lattice made;
    hide_known(joint);
    settle(joint);
    enum status status = solve(arena, joint, policy, &made, NULL);
    if (status == STATUS_DENIED)
        status = solve_stepwise(arena, joint, policy, &made, fail);
    if (status != STATUS_OK)
        return FAIL(fail, status, "the tables cannot be protected together; nothing is released");
    follow(joint, &made);
    hand_out(joint);
    return STATUS_OK;
}

enum status protect_tables_beside(struct arena *arena, struct raw_table *const tables[], size_t count,
                                  const struct basis *known, const struct policy *policy, bool partners,
                                  struct fail *fail)
{
    struct joint joint;
    struct attack_result audit;
    const size_t all_count = count + (known == NULL ? 0 : known->count);
    struct raw_table **all = ARENA_NEW(arena, struct raw_table *, all_count + 1);
    if (all == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t t = 0; t < all_count; t++)
        all[t] = t < count ? tables[t] : known->tables[t - count];
    enum status status = open_tables(arena, all, all_count, count, policy, &joint, fail);
    if (status == STATUS_OK && !partners)
        hand_out(&joint);
    if (status != STATUS_OK || !partners)
        return status;
    status = find_partners(arena, &joint, policy, fail);
    if (status == STATUS_OK)
        status = audit_tables(arena, all, all_count, count, policy, &audit, fail);
    if (status == STATUS_OK && audit.exact + audit.inadequate > 0)
        status = FAIL(fail, STATUS_DENIED, "a hidden figure can be computed from the others; nothing is released");
    return status;
}

enum status protect_tables(struct arena *arena, struct raw_table *const tables[], size_t count,
                           const struct policy *policy, bool partners, struct fail *fail)
{
    return protect_tables_beside(arena, tables, count, NULL, policy, partners, fail);
}

enum status protect_audit(struct arena *arena, struct raw_table *const tables[], size_t count,
                          const struct policy *policy, struct attack_result *result, struct fail *fail)
{
    return audit_tables(arena, tables, count, count, policy, result, fail);
}

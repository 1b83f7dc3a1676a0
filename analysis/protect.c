/* Turns a column of a table into a lattice, has it protected, audits it again.
 *
 * Per row there are three numbers: n people, y of them outside the modal class (or on the smaller side), z = n − y.
 * Rows and the people in none of the rows ("rest") add up to the total, for n and for y. The total is known to the
 * intruder. For HR counts the sum is known (n of the unit), y is the count, z its complement. */
#include "analysis/protect.h"

#include "analysis/attack.h"
#include "analysis/suppress.h"

enum release_sign protect_primary(const struct raw_table *table, size_t row, size_t column,
                                  const struct policy *policy)
{
    const struct raw_cell *cell = &table->cells[row * table->column_count + column];
    enum release_unit unit = table->columns[column].head.unit;
    bool apart = cell->outside != OUTSIDE_NONE;
    uint32_t of = cell->of > 0 ? cell->of : cell->base;
    switch (cell->kind) {
    case RAW_EMPTY:
        return cell->sign == SIGN_SHOWN ? SIGN_PENDING : cell->sign;
    case RAW_OPEN:
        break;
    case RAW_HEADS:
        if (cell->secret || (cell->value > 0 && cell->value < policy->heads_min && unit == RELEASE_COUNT) ||
            (apart && cell->outside > 0 && cell->outside < policy->heads_min))
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

struct builder {
    struct lattice lattice;
    size_t member_count;
    const struct policy *policy;
    uint32_t sides_min;
    enum raw_kind kind;
    bool apart; /* y and z exist */
};

static size_t add_cell(struct builder *builder, double value, int group, double least, double most)
{
    struct lattice *lattice = &builder->lattice;
    lattice->cells[lattice->cell_count] =
        (struct lattice_cell){ .value = value, .open_low = value, .open_high = value, .group = group, .least = least,
                               .most = most, .reach_low = value, .reach_high = value };
    return lattice->cell_count++;
}

/* Too few for a reliable figure, but not secret: the intruder knows the range until the group is hidden as a partner. */
static void set_open(struct lattice_cell *cell, double low, double high)
{
    cell->open_low = cell->value < low ? cell->value : low;
    cell->open_high = high;
}

static void add_member(struct builder *builder, size_t cell, double sign)
{
    builder->lattice.members[builder->member_count++] = (struct lattice_member){ (uint32_t)cell, sign };
    builder->lattice.relations[builder->lattice.relation_count - 1].count++;
}

static void open_relation(struct builder *builder)
{
    builder->lattice.relations[builder->lattice.relation_count++] =
        (struct lattice_relation){ .first = builder->member_count };
}

/* n, y and z of one group. n of HR counts is published elsewhere (staff of the unit), so it stays fixed. */
static void add_group(struct builder *builder, double n, double y, bool hidden, bool open_n, bool unsafe, double most)
{
    struct lattice *lattice = &builder->lattice;
    int group = (int)lattice->group_count - 1;
    bool heads = builder->kind == RAW_HEADS;
    double least = heads ? 1 : 0;
    size_t first = add_cell(builder, n, open_n ? LATTICE_FIXED : group, n < least ? 0 : least, most);
    struct lattice_cell *cells = lattice->cells;
    if (unsafe && !open_n)
        set_open(&cells[first], heads ? 1 : builder->policy->answers_min, most);
    double floor_n = heads ? builder->policy->heads_min : builder->policy->answers_min;
    if (hidden && n < floor_n && !open_n) {
        cells[first].protect = true;
        cells[first].reach_high = floor_n;
    }
    if (!builder->apart)
        return;
    size_t second = add_cell(builder, y, group, 0, most);
    size_t third = add_cell(builder, n - y, group, 0, most);
    if (unsafe) {
        set_open(&cells[second], 0, most);
        set_open(&cells[third], 0, most);
    }
    double side = heads ? builder->policy->heads_min : builder->sides_min;
    if (hidden && y < side) {
        cells[second].protect = true;
        cells[second].reach_high = side;
    }
    if (hidden && heads && n - y < side) {
        cells[third].protect = true;
        cells[third].reach_high = side;
    }
    /* Whatever its size, a primary group must not be computable. */
    if (hidden && !cells[second].protect && n < floor_n) {
        cells[second].protect = true;
        cells[second].reach_high = y + 1;
    }
    open_relation(builder);
    add_member(builder, first, 1);
    add_member(builder, second, -1);
    add_member(builder, third, -1);
}

/* Sum over groups of the offset-th number of each group equals the total, which is known. */
static void add_sum(struct builder *builder, size_t groups, size_t offset)
{
    size_t width = builder->apart ? 3 : 1;
    double total = 0;
    for (size_t g = 0; g < groups; g++)
        total += builder->lattice.cells[g * width + offset].value;
    size_t known = add_cell(builder, total, LATTICE_FIXED, total, total);
    open_relation(builder);
    for (size_t g = 0; g < groups; g++)
        add_member(builder, g * width + offset, 1);
    add_member(builder, known, -1);
}

static bool reserve(struct arena *arena, struct lattice *lattice, size_t groups)
{
    lattice->cells = ARENA_NEW(arena, struct lattice_cell, groups * 3 + 2);
    lattice->groups = ARENA_NEW(arena, struct lattice_group, groups);
    lattice->relations = ARENA_NEW(arena, struct lattice_relation, groups + 2);
    lattice->members = ARENA_NEW(arena, struct lattice_member, groups * 6 + 2);
    return lattice->cells != NULL && lattice->groups != NULL && lattice->relations != NULL && lattice->members != NULL;
}

static double people(const struct raw_cell *cell, bool apart)
{
    if (cell->kind != RAW_HEADS)
        return cell->base;
    return cell->value + (apart ? (double)cell->outside : 0);
}

/* The lattice of one column; groups are the rows without the total, in order, then the rest. */
static void build(struct builder *builder, const struct raw_table *table, size_t column,
                  const enum release_sign signs[])
{
    const struct raw_column *head = &table->columns[column];
    double most = head->rest;
    for (size_t r = 0; r < table->row_count; r++) {
        const struct raw_cell *cell = &table->cells[r * table->column_count + column];
        if (table->rows[r].total || cell->kind == RAW_EMPTY)
            continue;
        builder->kind = cell->kind;
        builder->apart = cell->outside != OUTSIDE_NONE;
    }
    for (size_t r = 0; r < table->row_count; r++)
        if (!table->rows[r].total)
            most += people(&table->cells[r * table->column_count + column], builder->apart);
    struct lattice *lattice = &builder->lattice;
    for (size_t r = 0; r <= table->row_count; r++) {
        bool rest = r == table->row_count;
        if (!rest && table->rows[r].total)
            continue;
        const struct raw_cell *cell = rest ? NULL : &table->cells[r * table->column_count + column];
        enum release_sign sign = rest ? SIGN_SECRET : signs[r * table->column_count + column];
        double n = rest ? head->rest : people(cell, builder->apart);
        double y = rest ? head->rest_outside : 0;
        if (!rest && builder->apart && cell->kind != RAW_EMPTY)
            y = cell->kind == RAW_HEADS ? cell->value : cell->outside;
        bool secret = sign == SIGN_SECRET && (!rest || n > 0);
        bool unsafe = !rest && sign != SIGN_SHOWN && sign != SIGN_SECRET;
        lattice->groups[lattice->group_count++] = (struct lattice_group){
            .hidden = rest || sign == SIGN_SECRET, .movable = !rest && cell->kind != RAW_EMPTY,
            .cost = unsafe ? 0 : n };
        add_group(builder, n, y, secret, builder->kind == RAW_HEADS && builder->apart, unsafe, most);
    }
}

static void hide_all(const struct raw_table *table, size_t column, enum release_sign signs[])
{
    for (size_t r = 0; r < table->row_count; r++)
        if (table->cells[r * table->column_count + column].kind != RAW_EMPTY)
            signs[r * table->column_count + column] = SIGN_SECRET;
}

static void write_back(const struct lattice *lattice, const struct raw_table *table, size_t column,
                       enum release_sign signs[])
{
    size_t g = 0;
    for (size_t r = 0; r < table->row_count; r++) {
        if (table->rows[r].total)
            continue;
        if (lattice->groups[g].hidden)
            signs[r * table->column_count + column] = SIGN_SECRET;
        g++;
    }
}

static enum status protect_column(struct arena *arena, const struct raw_table *table, size_t column,
                                  const struct policy *policy, enum release_sign signs[], struct fail *fail)
{
    struct builder builder = { .policy = policy, .sides_min = table->sides_min };
    struct attack_result audit;
    size_t groups = table->row_count + 1;
    for (size_t r = 0; r < table->row_count; r++)
        if (table->rows[r].total) {
            groups--;
            if (signs[r * table->column_count + column] == SIGN_SECRET) {
                hide_all(table, column, signs);
                return STATUS_OK;
            }
        }
    struct interval *found = ARENA_NEW(arena, struct interval, groups * 3 + 2);
    if (found == NULL || !reserve(arena, &builder.lattice, groups))
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    build(&builder, table, column, signs);
    add_sum(&builder, groups, 0);
    if (builder.apart)
        add_sum(&builder, groups, 1);
    enum status status = suppress(&builder.lattice, NULL, NULL, NULL);
    if (status == STATUS_DENIED) {
        hide_all(table, column, signs); /* nothing of the column is shown, not even its total */
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return FAIL(fail, status, "%s: the figures contradict each other", table->id);
    status = attack(&builder.lattice, NULL, found, &audit, fail);
    if (status == STATUS_OK && audit.leak != builder.lattice.cell_count)
        status = FAIL(fail, STATUS_DENIED, "%s: a hidden figure can be computed; nothing is released", table->id);
    if (status == STATUS_OK)
        write_back(&builder.lattice, table, column, signs);
    return status;
}

/* Whether a group of that table is hidden. A table not yet protected counts as hidden: the order is a fault then. */
static bool gives_away(const struct raw_table *table)
{
    bool hidden = table->signs == NULL;
    for (size_t i = 0; !hidden && i < table->row_count * table->column_count; i++)
        hidden = table->signs[i] == SIGN_SECRET;
    return hidden;
}

enum status protect_table(struct arena *arena, const struct raw_table *table, const struct policy *policy,
                          bool partners, enum release_sign signs[], struct fail *fail)
{
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->column_count; c++)
            signs[r * table->column_count + c] = protect_primary(table, r, c, policy);
    for (size_t c = 0; partners && table->additive && c < table->column_count; c++) {
        if (table->columns[c].follows != FOLLOWS_NONE)
            continue;
        enum status status = protect_column(arena, table, c, policy, signs, fail);
        if (status != STATUS_OK)
            return status;
    }
    for (size_t c = 0; c < table->column_count; c++)
        for (size_t r = 0; table->columns[c].follows != FOLLOWS_NONE && r < table->row_count; r++) {
            enum release_sign leader = signs[r * table->column_count + (size_t)table->columns[c].follows];
            if (leader == SIGN_SECRET && table->cells[r * table->column_count + c].kind != RAW_EMPTY)
                signs[r * table->column_count + c] = SIGN_SECRET;
        }
    for (size_t i = 0; i < table->row_count * table->column_count; i++)
        if (table->cells[i].needs != NULL && gives_away(table->cells[i].needs) && signs[i] != SIGN_PENDING)
            signs[i] = SIGN_SECRET;
    return STATUS_OK;
}

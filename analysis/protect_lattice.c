/* Builds the lattice of all tables of a wave.
 *
 * Per group there are three numbers: n people, y of them outside the modal class (or on the smaller side), z = n − y.
 * The groups of a column and the people in none of its rows ("rest") add up to its total, for n and for y; the total is
 * known to the intruder. n of HR counts with two sides is published elsewhere, so it stays fixed. */
#include "analysis/protect_lattice.h"

#include <string.h>

enum { RANGE_LEAST = 20 };

struct people {
    size_t table, cell; /* where the group was met first */
    bool rest, heads, apart;
    bool hidden, shown;
    bool known;      /* shown in a release that has been given out: nobody can hide it any more */
    double n, y;
    double most;     /* nobody believes it to be larger */
    double low_high; /* "too few for a reliable figure" means: not more than that */
    double sides_min, heads_min;
    size_t at;       /* its cell n in the lattice; y and z follow */
};

struct builder {
    const struct joint *joint;
    const struct policy *policy;
    struct people *groups;
    size_t group_count, member_count;
    size_t *slots; /* open addressing: position in groups + 1 */
    size_t slot_count;
    struct joint_lattice *made;
};

static const struct raw_cell *cell_at(const struct joint *joint, size_t table, size_t cell)
{
    return &joint->tables[table]->cells[cell];
}

static const char *row_at(const struct joint *joint, size_t table, size_t cell)
{
    return joint->tables[table]->rows[cell / joint->tables[table]->column_count].id;
}

static const char *wave_of(const struct joint *joint, size_t table, size_t cell)
{
    const struct raw_table *of = joint->tables[table];
    const char *wave = of->columns[cell % of->column_count].wave;
    return wave == NULL ? of->wave : wave;
}

static bool equal(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-9;
}

bool joint_same(const struct joint *joint, size_t table_a, size_t cell_a, size_t table_b, size_t cell_b)
{
    const struct raw_cell *a = cell_at(joint, table_a, cell_a), *b = cell_at(joint, table_b, cell_b);
    const bool two_releases = (table_a < joint->own_count) != (table_b < joint->own_count);
    return a->kind == b->kind && a->base == b->base && a->outside == b->outside && equal(a->value, b->value) &&
           strcmp(row_at(joint, table_a, cell_a), row_at(joint, table_b, cell_b)) == 0 &&
           ((two_releases && a->kind == RAW_HEADS) ||
            strcmp(wave_of(joint, table_a, cell_a), wave_of(joint, table_b, cell_b)) == 0);
}

static size_t *slot_of(const struct builder *builder, size_t table, size_t cell)
{
    const struct raw_cell *of = cell_at(builder->joint, table, cell);
    uint64_t hash = 1469598103934665603U ^ of->base ^ (uint64_t)of->kind << 32;
    for (const char *c = row_at(builder->joint, table, cell); *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * 1099511628211U;
    for (size_t i = hash % builder->slot_count;; i = (i + 1) % builder->slot_count) {
        size_t *slot = &builder->slots[i];
        if (*slot == 0)
            return slot;
        const struct people *group = &builder->groups[*slot - 1];
        if (joint_same(builder->joint, group->table, group->cell, table, cell))
            return slot;
    }
}

/* The ballots of the people of that row; NULL when no table tells them. Only where the rows are the ballots' own. */
static struct people *ballots_of(const struct builder *builder, size_t table, size_t cell)
{
    const struct joint *joint = builder->joint;
    for (size_t k = 0; k < joint->column_count; k++) {
        const struct joint_column *column = &joint->columns[k];
        const struct raw_table *from = joint->tables[column->table];
        if (!from->columns[column->column].ballots || column->table == table || column->state == COLUMN_OUT ||
            strcmp(from->wave, joint->tables[table]->wave) != 0)
            continue;
        for (size_t r = 0; r < from->row_count; r++) {
            size_t at = r * from->column_count + column->column;
            int group = builder->made->group_of[joint->first[column->table] + at];
            if (group != LATTICE_FIXED && strcmp(from->rows[r].id, row_at(joint, table, cell)) == 0)
                return &builder->groups[group];
        }
    }
    return NULL;
}

/* Heads of the department whose ballots these are, where the same table shows them. */
static double staff_of(const struct raw_table *table, size_t row)
{
    for (size_t c = 0; c < table->column_count; c++) {
        const struct raw_cell *cell = &table->cells[row * table->column_count + c];
        if (cell->kind == RAW_HEADS && table->columns[c].head.unit == RELEASE_COUNT)
            return cell->value;
    }
    return HUGE_VAL;
}

static double people_of(const struct raw_cell *cell)
{
    if (cell->kind == RAW_EMPTY || cell->kind == RAW_OPEN)
        return 0;
    if (cell->kind == RAW_ANSWERS)
        return cell->base;
    return cell->value + (cell->outside != OUTSIDE_NONE ? (double)cell->outside : 0);
}

static bool rests_on_people(const struct raw_cell *cell)
{
    return cell->kind == RAW_ANSWERS || cell->kind == RAW_HEADS;
}

static void add_people(struct builder *builder, const struct joint_column *column, size_t row, double most)
{
    const struct joint *joint = builder->joint;
    const struct raw_table *table = joint->tables[column->table];
    size_t at = row * table->column_count + column->column;
    const struct raw_cell *cell = &table->cells[at];
    enum release_sign sign = joint->signs[joint->first[column->table] + at];
    size_t *slot = slot_of(builder, column->table, at);
    if (*slot == 0) {
        bool apart = cell->outside != OUTSIDE_NONE;
        double y = !apart ? 0 : cell->kind == RAW_HEADS ? cell->value : cell->outside;
        builder->groups[builder->group_count++] = (struct people){
            .table = column->table, .cell = at, .heads = cell->kind == RAW_HEADS, .apart = apart,
            .n = people_of(cell), .y = y, .most = most, .low_high = HUGE_VAL, .sides_min = table->sides_min };
        *slot = builder->group_count;
    }
    struct people *group = &builder->groups[*slot - 1];
    builder->made->group_of[joint->first[column->table] + at] = (int)(*slot - 1);
    group->hidden = group->hidden || sign == SIGN_SECRET;
    group->shown = group->shown || sign == SIGN_SHOWN;
    group->known = group->known || (sign == SIGN_SHOWN && column->table >= joint->own_count);
    group->most = fmin(group->most, most);
    group->heads_min = fmax(group->heads_min, fmax(cell->heads_least, builder->policy->heads_min));
    if (table->sides_min > group->sides_min)
        group->sides_min = table->sides_min;
    if (sign == SIGN_UNSAFE && cell->kind == RAW_ANSWERS && cell->base < cell->answers_min)
        group->low_high = fmin(group->low_high, cell->answers_min - 1.0);
    if (table->columns[column->column].ballots) {
        double staff = staff_of(table, row);
        if (staff >= group->n)
            group->most = fmin(group->most, staff);
    }
}

static void collect(struct builder *builder)
{
    const struct joint *joint = builder->joint;
    for (size_t k = 0; k < joint->column_count; k++) {
        const struct joint_column *column = &joint->columns[k];
        const struct raw_table *table = joint->tables[column->table];
        if (column->state == COLUMN_OUT)
            continue;
        double most = table->columns[column->column].rest;
        for (size_t r = 0; r < table->row_count; r++)
            if (!table->rows[r].total)
                most += people_of(&table->cells[r * table->column_count + column->column]);
        for (size_t r = 0; r < table->row_count; r++)
            if (!table->rows[r].total && rests_on_people(&table->cells[r * table->column_count + column->column]))
                add_people(builder, column, r, most);
    }
}

static size_t add_cell(struct builder *builder, double value, int group, double least, double most)
{
    struct lattice *lattice = &builder->made->lattice;
    lattice->cells[lattice->cell_count] =
        (struct lattice_cell){ .value = value, .open_low = value, .open_high = value, .group = group, .least = least,
                               .most = most, .reach_low = value, .reach_high = value };
    return lattice->cell_count++;
}

static void open_relation(struct builder *builder)
{
    struct lattice *lattice = &builder->made->lattice;
    lattice->relations[lattice->relation_count++] = (struct lattice_relation){ .first = builder->member_count };
}

static void add_member(struct builder *builder, size_t cell, double sign)
{
    struct lattice *lattice = &builder->made->lattice;
    lattice->members[builder->member_count++] = (struct lattice_member){ (uint32_t)cell, sign };
    lattice->relations[lattice->relation_count - 1].count++;
}

static void ask(struct lattice_cell *cell, double high)
{
    cell->protect = true;
    cell->reach_high = fmax(cell->value, fmin(high, cell->most));
    if (cell->reach_high <= cell->value && cell->value > cell->least)
        cell->reach_low = cell->value - 1; /* everybody knows it is small: but not how small */
}

/* n, y and z of one group. */
static void add_group(struct builder *builder, struct people *people)
{
    struct lattice *lattice = &builder->made->lattice;
    int group = (int)lattice->group_count;
    bool unsafe = !people->rest && !people->shown && !people->hidden;
    bool open_n = people->heads && people->apart;
    bool secret = people->hidden && !people->known && (!people->rest || people->n > 0);
    double least = people->heads && people->n >= 1 ? 1 : 0, most = people->most;
    double floor_n = people->heads ? people->heads_min : builder->policy->answers_min;
    lattice->groups[lattice->group_count++] = (struct lattice_group){
        .hidden = people->rest || (people->hidden && !people->known), .movable = !people->rest && !people->known, .cost = unsafe ? 0 : people->n };
    people->at = add_cell(builder, people->n, open_n ? LATTICE_FIXED : group, least, most);
    struct lattice_cell *cells = lattice->cells;
    if (unsafe && !open_n) {
        cells[people->at].open_low = fmin(people->n, floor_n);
        cells[people->at].open_high = fmax(people->n, fmin(most, people->low_high));
    }
    if (secret && people->n < floor_n && !open_n)
        ask(&cells[people->at], floor_n);
    if (!people->apart)
        return;
    size_t second = add_cell(builder, people->y, group, 0, most);
    size_t third = add_cell(builder, people->n - people->y, group, 0, most);
    for (size_t i = second; unsafe && i <= third; i++) {
        cells[i].open_low = 0;
        cells[i].open_high = most;
    }
    double side = people->heads ? people->heads_min : people->sides_min;
    if (open_n) /* of people everybody can count, no more can be kept open than there are */
        side = fmin(side, people->n);
    if (secret && people->y < side)
        ask(&cells[second], side);
    if (secret && people->heads && people->n - people->y < side)
        ask(&cells[third], side);
    /* Whatever its size, a primary group must not be computable. */
    if (secret && !cells[second].protect && people->n < floor_n)
        ask(&cells[second], people->y + 1);
    open_relation(builder);
    add_member(builder, people->at, 1);
    add_member(builder, second, -1);
    add_member(builder, third, -1);
}

/* The offset-th numbers of the column's groups and of its rest add up to the total. */
static void add_sum(struct builder *builder, const struct joint_column *column, const struct people *rest,
                    size_t offset)
{
    const struct joint *joint = builder->joint;
    const struct raw_table *table = joint->tables[column->table];
    const struct lattice *lattice = &builder->made->lattice;
    double total = lattice->cells[rest->at + offset].value;
    open_relation(builder);
    add_member(builder, rest->at + offset, 1);
    for (size_t r = 0; r < table->row_count; r++) {
        int group = builder->made->group_of[joint->first[column->table] + r * table->column_count + column->column];
        if (group == LATTICE_FIXED || (offset > 0 && !builder->groups[group].apart))
            continue;
        add_member(builder, builder->groups[group].at + offset, 1);
        total += lattice->cells[builder->groups[group].at + offset].value;
    }
    add_member(builder, add_cell(builder, total, LATTICE_FIXED, total, total), -1);
}

static void add_column(struct builder *builder, const struct joint_column *column)
{
    const struct raw_table *table = builder->joint->tables[column->table];
    const struct raw_column *head = &table->columns[column->column];
    struct people rest = { .rest = true, .hidden = true, .n = head->rest, .most = head->rest,
                           .low_high = HUGE_VAL, .sides_min = table->sides_min };
    for (size_t r = 0; r < table->row_count; r++) {
        const struct raw_cell *cell = &table->cells[r * table->column_count + column->column];
        if (table->rows[r].total || !rests_on_people(cell))
            continue;
        rest.most += people_of(cell);
        rest.heads = cell->kind == RAW_HEADS;
        rest.apart = rest.apart || cell->outside != OUTSIDE_NONE;
    }
    rest.y = rest.apart ? head->rest_outside : 0;
    add_group(builder, &rest);
    add_sum(builder, column, &rest, 0);
    if (rest.apart)
        add_sum(builder, column, &rest, 1);
}

/* Least number of answers that a shown figure betrays: by being shown, by its decimals, by its range. */
static double betrayed(const struct builder *builder, const struct raw_table *table, size_t column,
                       const struct raw_cell *cell)
{
    const struct policy *policy = builder->policy;
    bool percent = table->columns[column].head.unit == RELEASE_PERCENT;
    double least = fmax(policy->answers_min, cell->answers_min);
    if (percent)
        least = fmax(least, cell->ranged ? cell->base : policy->percent_base); /* Wilson's range tells n */
    if (cell->ranged && cell->base >= RANGE_LEAST)
        least = fmax(least, RANGE_LEAST);
    if (cell->base >= policy->decimal_base)
        least = fmax(least, policy->decimal_base);
    return fmin(least, cell->base);
}

/* Whoever stands in a table has given a ballot: n + left out = ballots. n is a number of its own here: the tables print
 * the ballots of a department, never how many of them answered the question. */
static void add_links(struct builder *builder, const struct joint_column *column)
{
    const struct joint *joint = builder->joint;
    const struct raw_table *table = joint->tables[column->table];
    for (size_t r = 0; r < table->row_count; r++) {
        size_t at = r * table->column_count + column->column;
        int group = builder->made->group_of[joint->first[column->table] + at];
        const struct raw_cell *cell = &table->cells[at];
        const struct people *ballots =
            group == LATTICE_FIXED || cell->kind != RAW_ANSWERS ? NULL : ballots_of(builder, column->table, at);
        if (ballots == NULL || ballots->n < cell->base)
            continue;
        size_t n = add_cell(builder, cell->base, group, 0, ballots->most);
        struct lattice_cell *known = &builder->made->lattice.cells[n];
        bool shown = joint->signs[joint->first[column->table] + at] == SIGN_SHOWN;
        known->open_low = shown ? betrayed(builder, table, column->column, cell)
                                : fmin(cell->base, builder->policy->answers_min);
        known->open_high = ballots->most;
        size_t left = add_cell(builder, ballots->n - cell->base, LATTICE_FIXED, 0, ballots->most);
        builder->made->lattice.cells[left].open_low = 0;
        builder->made->lattice.cells[left].open_high = ballots->most;
        open_relation(builder);
        add_member(builder, n, 1);
        add_member(builder, left, 1);
        add_member(builder, ballots->at, -1);
    }
}

static bool reserve(struct arena *arena, struct builder *builder)
{
    const struct joint *joint = builder->joint;
    size_t cells = joint->first[joint->table_count], columns = joint->column_count;
    struct lattice *lattice = &builder->made->lattice;
    builder->slot_count = 2 * cells + 1;
    builder->slots = ARENA_NEW(arena, size_t, builder->slot_count);
    builder->groups = ARENA_NEW(arena, struct people, cells + 1);
    builder->made->group_of = ARENA_NEW(arena, int, cells + 1);
    lattice->cells = ARENA_NEW(arena, struct lattice_cell, 5 * cells + 5 * columns + 1);
    lattice->groups = ARENA_NEW(arena, struct lattice_group, cells + columns + 1);
    lattice->relations = ARENA_NEW(arena, struct lattice_relation, 2 * cells + 3 * columns + 1);
    lattice->members = ARENA_NEW(arena, struct lattice_member, 8 * cells + 7 * columns + 1);
    return builder->slots != NULL && builder->groups != NULL && builder->made->group_of != NULL &&
           lattice->cells != NULL && lattice->groups != NULL && lattice->relations != NULL && lattice->members != NULL;
}

enum status joint_build(struct arena *arena, const struct joint *joint, const struct policy *policy,
                        struct joint_lattice *made, struct fail *fail)
{
    *made = (struct joint_lattice){ .group_of = NULL };
    struct builder builder = { .joint = joint, .policy = policy, .made = made };
    if (!reserve(arena, &builder))
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < joint->first[joint->table_count]; i++)
        made->group_of[i] = LATTICE_FIXED;
    collect(&builder);
    for (size_t g = 0; g < builder.group_count; g++)
        add_group(&builder, &builder.groups[g]);
    for (size_t k = 0; k < joint->column_count; k++)
        if (joint->columns[k].state == COLUMN_IN)
            add_column(&builder, &joint->columns[k]);
    for (size_t k = 0; k < joint->column_count; k++)
        if (joint->columns[k].state != COLUMN_OUT)
            add_links(&builder, &joint->columns[k]);
    return STATUS_OK;
}

static bool has_sums(const struct raw_table *table, size_t column)
{
    bool people = false;
    for (size_t r = 0; r < table->row_count; r++)
        people = people || rests_on_people(&table->cells[r * table->column_count + column]);
    return people && table->additive && (table->columns[column].sums || table->columns[column].follows == FOLLOWS_NONE);
}

enum status joint_open(struct arena *arena, struct raw_table *const tables[], size_t count,
                       struct joint *joint, struct fail *fail)
{
    size_t cells = 0, columns = 0;
    *joint = (struct joint){ .tables = tables, .table_count = count, .own_count = count, .first = ARENA_NEW(arena, size_t, count + 1) };
    for (size_t t = 0; joint->first != NULL && t < count; t++) {
        joint->first[t] = cells;
        cells += tables[t]->row_count * tables[t]->column_count;
        columns += tables[t]->column_count;
    }
    joint->signs = ARENA_NEW(arena, enum release_sign, cells + 1);
    joint->columns = ARENA_NEW(arena, struct joint_column, columns + 1);
    if (joint->first == NULL || joint->signs == NULL || joint->columns == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    joint->first[count] = cells;
    for (int ballots = 1; ballots >= 0; ballots--)
        for (size_t t = 0; t < count; t++)
            for (size_t c = 0; c < tables[t]->column_count; c++)
                if (tables[t]->columns[c].ballots == (ballots == 1) && has_sums(tables[t], c))
                    joint->columns[joint->column_count++] = (struct joint_column){ .table = t, .column = c };
    return STATUS_OK;
}

/* Numbers by strtod (nobody calls setlocale), white space as it comes, lines counted for the sentences. */
#include "analysis/lattice_jj.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

struct reader {
    const char *name;
    const char *at, *end;
    size_t line;
    struct lattice *lattice;
    struct arena *arena;
    size_t member_count, member_room;
    uint32_t *seen; /* per cell: 1 + relation it was last seen in */
    struct fail *fail;
    enum status status;
};

static bool refuse(struct reader *reader, const char *what)
{
    reader->status = FAIL(reader->fail, STATUS_INPUT, "%s:%zu: %s", reader->name, reader->line,
                          tr(reader->fail != NULL ? reader->fail->language : NULL, what));
    return false;
}

static void skip(struct reader *reader)
{
    while (reader->at < reader->end && strchr(" \t\r\n", *reader->at) != NULL && *reader->at != '\0')
        reader->line += *reader->at++ == '\n';
}

static bool mark(struct reader *reader, char wanted)
{
    skip(reader);
    if (reader->at == reader->end || *reader->at != wanted)
        return refuse(reader, N_("a sign of the format is missing here (expected like \"0 3 : 1 (-1) 2 (1) 3 (1)\")"));
    reader->at++;
    return true;
}

static bool number(struct reader *reader, bool endless, double *value)
{
    char *after = NULL;
    skip(reader);
    double read = strtod(reader->at, &after);
    if (after == reader->at || after > reader->end || isnan(read))
        return refuse(reader, N_("a number is missing here"));
    if (!(fabs(read) <= LATTICE_NUMBER_MAX) && !(endless && isinf(read)))
        return refuse(reader, N_("a number is too large (at most 1e15)"));
    reader->at = after;
    *value = read;
    return true;
}

static bool whole(struct reader *reader, size_t most, size_t *value)
{
    double read = 0;
    if (!number(reader, false, &read))
        return false;
    if (!(read >= 0) || read > (double)most || read > floor(read))
        return refuse(reader, N_("this must be a whole number within the size of the file"));
    *value = (size_t)read;
    return true;
}

static bool read_cell(struct reader *reader)
{
    struct lattice *lattice = reader->lattice;
    size_t id = 0;
    double value = 0, cost = 0, least = 0, most = 0, lower = 0, upper = 0, sliding = 0;
    if (!whole(reader, lattice->cell_count - 1, &id) || !number(reader, false, &value) || !number(reader, false, &cost))
        return false;
    skip(reader);
    char status = reader->at < reader->end ? *reader->at++ : '\0';
    if (status != 's' && status != 'u' && status != 'z')
        return refuse(reader, N_("the status of a cell is s, u or z"));
    if (!number(reader, true, &least) || !number(reader, true, &most) || !number(reader, false, &lower) ||
        !number(reader, false, &upper) || !number(reader, false, &sliding))
        return false;
    if (reader->seen[id] != 0)
        return refuse(reader, N_("a cell has the id of another one"));
    if (cost < 0 || lower < 0 || upper < 0 || sliding < 0)
        return refuse(reader, N_("costs and protection levels are not negative"));
    reader->seen[id] = 1;
    upper = fmax(upper, sliding - lower);
    lattice->cells[id] = (struct lattice_cell){
        .value = value, .open_low = value, .open_high = value, .least = least, .most = most, .protect = status == 'u',
        .reach_low = value - lower, .reach_high = value + upper, .group = status == 'z' ? LATTICE_FIXED : (int)id };
    lattice->groups[id] = (struct lattice_group){ .hidden = status == 'u', .movable = status == 's', .cost = cost };
    return true;
}

static bool read_relation(struct reader *reader, size_t r)
{
    struct lattice_relation *relation = &reader->lattice->relations[r];
    if (!number(reader, false, &relation->sum) || !whole(reader, reader->lattice->cell_count, &relation->count) ||
        !mark(reader, ':'))
        return false;
    relation->first = reader->member_count;
    for (size_t k = 0; k < relation->count; k++) {
        size_t cell = 0;
        double factor = 0;
        if (!whole(reader, reader->lattice->cell_count - 1, &cell) || !mark(reader, '(') ||
            !number(reader, false, &factor) || !mark(reader, ')'))
            return false;
        if (reader->seen[cell] == r + 2)
            return refuse(reader, N_("a cell stands twice in one relation"));
        if (!(fabs(factor) >= 1e-9))
            return refuse(reader, N_("a factor of 0 says nothing"));
        reader->seen[cell] = (uint32_t)(r + 2);
        if (reader->member_count == reader->member_room)
            return refuse(reader, N_("a sign of the format is missing here (expected like \"0 3 : 1 (-1) 2 (1) 3 (1)\")"));
        reader->lattice->members[reader->member_count++] =
            (struct lattice_member){ (uint32_t)cell, factor };
    }
    return true;
}

static bool reserve_cells(struct reader *reader)
{
    struct lattice *lattice = reader->lattice;
    lattice->group_count = lattice->cell_count;
    lattice->cells = ARENA_NEW(reader->arena, struct lattice_cell, lattice->cell_count);
    lattice->groups = ARENA_NEW(reader->arena, struct lattice_group, lattice->cell_count);
    reader->seen = ARENA_NEW(reader->arena, uint32_t, lattice->cell_count);
    if (lattice->cells != NULL && lattice->groups != NULL && reader->seen != NULL)
        return true;
    reader->status = FAIL(reader->fail, STATUS_MEMORY, "%s: not enough memory for so many cells", reader->name);
    return false;
}

static bool reserve_relations(struct reader *reader)
{
    struct lattice *lattice = reader->lattice;
    for (const char *at = reader->at; at < reader->end; at++)
        reader->member_room += *at == '(';
    lattice->relations = ARENA_NEW(reader->arena, struct lattice_relation, lattice->relation_count + 1);
    lattice->members = ARENA_NEW(reader->arena, struct lattice_member, reader->member_room + 1);
    if (lattice->relations != NULL && lattice->members != NULL)
        return true;
    reader->status = FAIL(reader->fail, STATUS_MEMORY, "%s: not enough memory for so many cells", reader->name);
    return false;
}

/* A count can be no larger than the text has room for. */
static size_t at_most(const struct reader *reader, size_t limit, size_t bytes_each)
{
    size_t room = (size_t)(reader->end - reader->at) / bytes_each;
    return room < limit ? room : limit;
}

static bool read_all(struct reader *reader)
{
    struct lattice *lattice = reader->lattice;
    size_t zero = 0;
    if (!whole(reader, 0, &zero) || !whole(reader, at_most(reader, JJ_CELLS_MAX, 17), &lattice->cell_count))
        return false;
    if (lattice->cell_count == 0)
        return refuse(reader, N_("there are no cells"));
    if (!reserve_cells(reader))
        return false;
    for (size_t i = 0; i < lattice->cell_count; i++)
        if (!read_cell(reader))
            return false;
    if (!whole(reader, at_most(reader, JJ_RELATIONS_MAX, 5), &lattice->relation_count) || !reserve_relations(reader))
        return false;
    for (size_t r = 0; r < lattice->relation_count; r++)
        if (!read_relation(reader, r))
            return false;
    skip(reader);
    return reader->at == reader->end || refuse(reader, N_("there is text after the last relation"));
}

enum status jj_read(struct arena *arena, const char *bytes, size_t length, const char *name, struct lattice *lattice,
                    struct fail *fail)
{
    struct lattice read = { 0 };
    struct lattice_fault fault;
    struct reader reader = { .name = name, .at = bytes, .end = bytes + length, .line = 1, .lattice = &read,
                             .arena = arena, .fail = fail };
    if (!read_all(&reader))
        return reader.status;
    enum status status = lattice_check(&read, &fault, NULL);
    if (fault.kind == LATTICE_BOUNDS)
        return FAIL(fail, status, "%s: the value %.15g of cell %zu lies outside of its bounds %g to %g", name,
                    read.cells[fault.at].value, fault.at, read.cells[fault.at].least, read.cells[fault.at].most);
    if (fault.kind == LATTICE_SUM)
        return FAIL(fail, status, "%s: relation %zu does not add up: it misses by %.15g", name, fault.at + 1,
                    fault.off_by);
    *lattice = read;
    return STATUS_OK;
}

/* Reads {"cells": […], "relations": […]} by a table of members; every id is looked up, every sum is checked. */
#include "survey/lattice_json.h"

#include <math.h>
#include <string.h>

#include "analysis/lattice_jj.h"
#include "base/buf.h"
#include "base/i18n.h"

enum { FILE_MAX = 256 << 20 };

/* missing without the member, NaN for anything but a number of at most LATTICE_NUMBER_MAX. */
static double number(const json_t *object, const char *key, double missing)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL)
        return missing;
    const double read = json_is_number(value) ? json_number_value(value) : (double)NAN;
    return fabs(read) <= LATTICE_NUMBER_MAX ? read : (double)NAN;
}

static const struct {
    const char *name;
    bool hidden, movable;
} states[] = {
    { "open", false, true }, { "primary", true, false }, { "secondary", true, false }, { "fixed", false, false },
};

static bool read_cell(const json_t *entry, size_t i, struct lattice *lattice)
{
    const char *name = json_string_value(json_object_get(entry, "status"));
    double value = number(entry, "value", (double)NAN);
    double down = number(entry, "protect_down", 0), up = number(entry, "protect_up", 0);
    double cost = number(entry, "cost", fabs(value));
    size_t state = 0;
    while (state < COUNT(states) && (name == NULL || strcmp(name, states[state].name) != 0))
        state++;
    if (state == COUNT(states) || !isfinite(value) || !(down >= 0) || !(up >= 0) || !isfinite(down + up) || !(cost >= 0) ||
        !isfinite(cost))
        return false;
    bool fixed = !states[state].hidden && !states[state].movable;
    lattice->cells[i] = (struct lattice_cell){
        .value = value, .open_low = number(entry, "known_low", value), .open_high = number(entry, "known_high", value),
        .least = number(entry, "low", -HUGE_VAL), .most = number(entry, "high", HUGE_VAL),
        .protect = strcmp(states[state].name, "primary") == 0, .reach_low = value - down, .reach_high = value + up,
        .group = fixed ? LATTICE_FIXED : (int)i };
    lattice->groups[i] = (struct lattice_group){ .hidden = states[state].hidden, .movable = states[state].movable,
                                                 .cost = cost };
    return !isnan(lattice->cells[i].least) && !isnan(lattice->cells[i].most);
}

/* A member with another name is refused: a slip of the pen in "protect_up" would switch the protection off. */
static enum status check_members(const json_t *entry, const char *const known[], const char *where, size_t number,
                                 struct fail *fail)
{
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)entry, name, value)
    {
        size_t i = 0;
        while (known[i] != NULL && strcmp(known[i], name) != 0)
            i++;
        if (known[i] == NULL)
            return FAIL(fail, STATUS_INPUT, "%s %zu: there is no member \"%.60s\" (docs/secrecy.md; remarks go into \"note\")",
                        tr(fail == NULL ? NULL : fail->language, where), number, name);
    }
    return STATUS_OK;
}

static enum status read_cells(struct arena *arena, const json_t *cells, json_t *places, struct lattice *lattice,
                              struct fail *fail)
{
    static const char *const known[] = { "id", "value", "cost", "status", "low", "high", "known_low", "known_high",
                                         "protect_up", "protect_down", "found_low", "found_high", "safe", "note", NULL };
    lattice->cell_count = lattice->group_count = json_array_size(cells);
    if (lattice->cell_count == 0 || lattice->cell_count > JJ_CELLS_MAX)
        return FAIL(fail, STATUS_INPUT, "\"cells\" must be a list of 1 to %d cells (docs/secrecy.md)", JJ_CELLS_MAX);
    lattice->cells = ARENA_NEW(arena, struct lattice_cell, lattice->cell_count);
    lattice->groups = ARENA_NEW(arena, struct lattice_group, lattice->cell_count);
    if (lattice->cells == NULL || lattice->groups == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < lattice->cell_count; i++) {
        const json_t *entry = json_array_get(cells, i);
        const char *id = json_string_value(json_object_get(entry, "id"));
        if (id == NULL || json_object_get(places, id) != NULL)
            return FAIL(fail, STATUS_INPUT, "cell %zu: \"id\" must be a text that no other cell has", i + 1);
        enum status status = check_members(entry, known, N_("cell"), i + 1, fail);
        if (status != STATUS_OK)
            return status;
        if (!read_cell(entry, i, lattice))
            return FAIL(fail, STATUS_INPUT, "cell %.200s: value, cost, status or a bound is missing or wrong "
                        "(docs/secrecy.md)", id);
        if (json_object_set_new(places, id, json_integer((json_int_t)i)) != 0)
            return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    }
    return STATUS_OK;
}

/* Members of all relations; STATUS_INPUT where there is no list. */
static enum status count_members(const json_t *relations, size_t *total, struct fail *fail)
{
    *total = 0;
    if (!json_is_array(relations) || json_array_size(relations) > JJ_RELATIONS_MAX)
        return FAIL(fail, STATUS_INPUT, "\"relations\" must be a list of at most %d sums, or an empty one "
                                        "(docs/secrecy.md)", (int)JJ_RELATIONS_MAX);
    for (size_t r = 0; r < json_array_size(relations); r++) {
        const json_t *cells = json_object_get(json_array_get(relations, r), "cells");
        if (!json_is_array(cells))
            return FAIL(fail, STATUS_INPUT, "relation %zu: \"cells\" must be a list of [\"id\", factor]", r + 1);
        *total += json_array_size(cells);
    }
    return STATUS_OK;
}

static enum status read_member(const json_t *member, const json_t *places, size_t r, uint32_t seen[],
                               struct lattice_member *out, struct fail *fail)
{
    const char *id = json_string_value(json_array_get(member, 0));
    const json_t *place = id == NULL ? NULL : json_object_get(places, id), *factor = json_array_get(member, 1);
    const double read = json_is_number(factor) ? json_number_value(factor) : 0;
    if (id != NULL && place == NULL)
        return FAIL(fail, STATUS_INPUT, "relation %zu: there is no cell %.200s", r + 1, id);
    if (place == NULL || !(fabs(read) >= 1e-9) || !(fabs(read) <= LATTICE_NUMBER_MAX))
        return FAIL(fail, STATUS_INPUT, "relation %zu: each cell stands in it as [\"id\", factor]; a factor is a number, not 0 "
                                        "and at most 1e15", r + 1);
    const uint32_t cell = (uint32_t)json_integer_value(place);
    if (seen[cell] == r + 1)
        return FAIL(fail, STATUS_INPUT, "relation %zu: the cell %.200s stands twice in it", r + 1, id);
    seen[cell] = (uint32_t)(r + 1);
    *out = (struct lattice_member){ cell, read };
    return STATUS_OK;
}

static enum status read_relations(struct arena *arena, const json_t *relations, const json_t *places,
                                  struct lattice *lattice, struct fail *fail)
{
    static const char *const known[] = { "sum", "cells", "note", NULL };
    size_t at = 0, total = 0;
    enum status status = count_members(relations, &total, fail);
    if (status != STATUS_OK)
        return status;
    uint32_t *seen = ARENA_NEW(arena, uint32_t, lattice->cell_count);
    lattice->relation_count = json_array_size(relations);
    lattice->relations = ARENA_NEW(arena, struct lattice_relation, lattice->relation_count + 1);
    lattice->members = ARENA_NEW(arena, struct lattice_member, total + 1);
    if (seen == NULL || lattice->relations == NULL || lattice->members == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t r = 0; r < lattice->relation_count && status == STATUS_OK; r++) {
        const json_t *entry = json_array_get(relations, r), *members = json_object_get(entry, "cells");
        struct lattice_relation *relation = &lattice->relations[r];
        *relation = (struct lattice_relation){ .first = at, .count = json_array_size(members), .sum = number(entry, "sum", 0) };
        if (isnan(relation->sum))
            return FAIL(fail, STATUS_INPUT, "relation %zu: \"sum\" must be a number of at most 1e15", r + 1);
        status = check_members(entry, known, N_("relation"), r + 1, fail);
        for (size_t k = 0; k < relation->count && status == STATUS_OK; k++)
            status = read_member(json_array_get(members, k), places, r, seen, &lattice->members[at++], fail);
    }
    return status;
}

static enum status read_document(struct arena *arena, const json_t *document, struct lattice *lattice, struct fail *fail)
{
    struct lattice_fault fault;
    json_t *places = json_object();
    enum status status = read_cells(arena, json_object_get(document, "cells"), places, lattice, fail);
    if (status == STATUS_OK)
        status = read_relations(arena, json_object_get(document, "relations"), places, lattice, fail);
    json_decref(places);
    if (status != STATUS_OK)
        return status;
    status = lattice_check(lattice, &fault, NULL);
    if (fault.kind == LATTICE_BOUNDS)
        return FAIL(fail, status, "cell %.200s: the value lies outside of its own bounds",
                    json_string_value(json_object_get(json_array_get(json_object_get(document, "cells"), fault.at),
                                                      "id")));
    if (fault.kind == LATTICE_SUM)
        return FAIL(fail, status, "relation %zu does not add up: it misses by %g", fault.at + 1, fault.off_by);
    return STATUS_OK;
}

static json_t *cell_document(const struct lattice *lattice, size_t i)
{
    char id[24];
    const struct lattice_cell *cell = &lattice->cells[i];
    const struct lattice_group *group = &lattice->groups[i];
    snprintf(id, sizeof id, "%zu", i);
    json_t *entry = json_pack("{s:s,s:f,s:f,s:s}", "id", id, "value", cell->value, "cost", group->cost, "status",
                              group->hidden ? "primary" : group->movable ? "open" : "fixed");
    if (isfinite(cell->least))
        json_object_set_new(entry, "low", json_real(cell->least));
    if (isfinite(cell->most))
        json_object_set_new(entry, "high", json_real(cell->most));
    if (cell->protect) {
        json_object_set_new(entry, "protect_down", json_real(cell->value - cell->reach_low));
        json_object_set_new(entry, "protect_up", json_real(cell->reach_high - cell->value));
    }
    return entry;
}

static json_t *to_document(const struct lattice *lattice)
{
    json_t *cells = json_array(), *relations = json_array();
    for (size_t i = 0; i < lattice->cell_count; i++)
        json_array_append_new(cells, cell_document(lattice, i));
    for (size_t r = 0; r < lattice->relation_count; r++) {
        json_t *members = json_array();
        for (size_t k = 0; k < lattice->relations[r].count; k++) {
            const struct lattice_member *member = &lattice->members[lattice->relations[r].first + k];
            char id[24];
            snprintf(id, sizeof id, "%u", member->cell);
            json_array_append_new(members, json_pack("[s,f]", id, member->factor));
        }
        json_array_append_new(relations, json_pack("{s:f,s:o}", "sum", lattice->relations[r].sum, "cells", members));
    }
    return json_pack("{s:o,s:o}", "cells", cells, "relations", relations);
}

static bool ends_in_jj(const char *name)
{
    const size_t length = strlen(name);
    return length > 3 && strcmp(name + length - 3, ".jj") == 0;
}

static enum status parse_json(struct arena *arena, const char *bytes, size_t length, const char *name, json_t **document,
                              struct lattice *lattice, struct fail *fail)
{
    json_error_t error;
    *document = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
    if (*document == NULL)
        return FAIL(fail, STATUS_INPUT, "%s:%d: not JSON: %s", name, error.line, error.text);
    return read_document(arena, *document, lattice, fail);
}

enum status lattice_json_parse(struct arena *arena, const char *bytes, size_t length, const char *name,
                               json_t **document, struct lattice *lattice, struct fail *fail)
{
    enum status status = STATUS_OK;
    *document = NULL;
    *lattice = (struct lattice){ 0 };
    if (ends_in_jj(name)) {
        status = jj_read(arena, bytes, length, name, lattice, fail);
        *document = status == STATUS_OK ? to_document(lattice) : NULL;
        if (status == STATUS_OK && *document == NULL)
            status = FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    } else {
        status = parse_json(arena, bytes, length, name, document, lattice, fail);
    }
    if (status != STATUS_OK) {
        json_decref(*document);
        *document = NULL;
    }
    return status;
}

enum status lattice_json_read(struct arena *arena, const char *path, json_t **document, struct lattice *lattice,
                              struct fail *fail)
{
    struct buf buf;
    *document = NULL;
    buf_init(&buf, FILE_MAX);
    enum status status = buf_read_file(&buf, path, fail);
    if (status == STATUS_OK && buf.length == 0)
        status = FAIL(fail, STATUS_INPUT, "%s is empty: it should contain tables (docs/secrecy.md)", path);
    if (status == STATUS_OK)
        status = lattice_json_parse(arena, buf.bytes, buf.length, path, document, lattice, fail);
    buf_free(&buf);
    return status;
}

void lattice_json_mark(json_t *document, const struct lattice *lattice)
{
    json_t *cells = json_object_get(document, "cells");
    for (size_t i = 0; i < lattice->cell_count; i++)
        if (lattice->groups[i].hidden && lattice->groups[i].movable)
            json_object_set_new(json_array_get(cells, i), "status", json_string("secondary"));
}

void lattice_json_audit(json_t *document, const struct lattice *lattice, const struct interval found[],
                        const struct attack_result *result)
{
    json_t *cells = json_object_get(document, "cells");
    for (size_t i = 0; i < lattice->cell_count; i++) {
        json_t *entry = json_array_get(cells, i);
        if (!lattice->cells[i].protect || !lattice->groups[i].hidden)
            continue;
        json_object_set_new(entry, "found_low", isfinite(found[i].low) ? json_real(found[i].low) : json_null());
        json_object_set_new(entry, "found_high", isfinite(found[i].high) ? json_real(found[i].high) : json_null());
        json_object_set_new(entry, "safe", json_boolean(attack_safe(&lattice->cells[i], &found[i])));
    }
    json_object_set_new(document, "audit",
                        json_pack("{s:b,s:I,s:I,s:I,s:I,s:I}", "safe", result->leak == lattice->cell_count, "primary",
                                  (json_int_t)result->asked, "exact", (json_int_t)result->exact, "inadequate",
                                  (json_int_t)result->inadequate, "unasked", (json_int_t)result->unasked,
                                  "unasked_exact", (json_int_t)result->unasked_exact));
}

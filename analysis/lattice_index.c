/* Counting sort of the members by cell, and of the cells by group. */
#include "analysis/lattice_index.h"

static size_t member_count(const struct lattice *lattice)
{
    size_t count = 0;
    for (size_t r = 0; r < lattice->relation_count; r++)
        count += lattice->relations[r].count;
    return count;
}

static void place_members(const struct lattice *lattice, struct lattice_index *index, size_t *next)
{
    for (size_t r = 0; r < lattice->relation_count; r++)
        for (size_t k = 0; k < lattice->relations[r].count; k++)
            index->cell_first[lattice->members[lattice->relations[r].first + k].cell + 1]++;
    for (size_t c = 0; c < lattice->cell_count; c++) {
        index->cell_first[c + 1] += index->cell_first[c];
        next[c] = index->cell_first[c];
    }
    for (size_t r = 0; r < lattice->relation_count; r++)
        for (size_t k = 0; k < lattice->relations[r].count; k++) {
            const struct lattice_member *member = &lattice->members[lattice->relations[r].first + k];
            index->places[next[member->cell]++] = (struct lattice_place){ (uint32_t)r, member->factor };
        }
}

static void place_groups(const struct lattice *lattice, struct lattice_index *index, size_t *next)
{
    for (size_t c = 0; c < lattice->cell_count; c++)
        if (lattice->cells[c].group != LATTICE_FIXED)
            index->group_first[lattice->cells[c].group + 1]++;
    for (size_t g = 0; g < lattice->group_count; g++) {
        index->group_first[g + 1] += index->group_first[g];
        next[g] = index->group_first[g];
    }
    for (size_t c = 0; c < lattice->cell_count; c++)
        if (lattice->cells[c].group != LATTICE_FIXED)
            index->members[next[lattice->cells[c].group]++] = (uint32_t)c;
}

enum status lattice_index(struct arena *arena, const struct lattice *lattice, struct lattice_index *index,
                          struct fail *fail)
{
    size_t most = lattice->cell_count > lattice->group_count ? lattice->cell_count : lattice->group_count;
    size_t *next = ARENA_NEW(arena, size_t, most + 1);
    *index = (struct lattice_index){
        .cell_first = ARENA_NEW(arena, size_t, lattice->cell_count + 1),
        .places = ARENA_NEW(arena, struct lattice_place, member_count(lattice) + 1),
        .group_first = ARENA_NEW(arena, size_t, lattice->group_count + 1),
        .members = ARENA_NEW(arena, uint32_t, lattice->cell_count + 1),
    };
    if (next == NULL || index->cell_first == NULL || index->places == NULL || index->group_first == NULL ||
        index->members == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    place_members(lattice, index, next);
    place_groups(lattice, index, next);
    return STATUS_OK;
}

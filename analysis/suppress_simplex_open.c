/* Room for the programs of one lattice, and its relations as the programs read them. */
#include "analysis/suppress_basis.h"

/* The cells of each relation of the program, the relations of each cell. */
static bool copy_rows(struct simplex *simplex, struct arena *arena, const struct lattice *lattice, const bool usable[],
                      const bool kept[])
{
    size_t count = 0, rows = lattice->relation_count;
    for (size_t r = 0; r < rows; r++)
        count += lattice->relations[r].count;
    simplex->row_first = ARENA_NEW(arena, size_t, rows + 1);
    simplex->members = ARENA_NEW(arena, struct lattice_member, count + 1);
    if (simplex->row_first == NULL || simplex->members == NULL)
        return false;
    count = 0;
    for (size_t r = 0; r < rows; r++) {
        simplex->row_first[r] = count;
        for (size_t k = 0; k < lattice->relations[r].count && (kept == NULL || kept[r]); k++) {
            const struct lattice_member *member = &lattice->members[lattice->relations[r].first + k];
            if (usable[member->cell])
                simplex->members[count++] = *member;
        }
    }
    simplex->row_first[rows] = count;
    return true;
}

static bool copy_places(struct simplex *simplex, struct arena *arena, size_t cells, const bool kept[])
{
    const struct lattice_index *whole = simplex->whole;
    struct lattice_index *index = &simplex->index;
    size_t count = 0;
    *index = *whole;
    if (kept == NULL)
        return true;
    index->cell_first = ARENA_NEW(arena, size_t, cells + 1);
    index->places = ARENA_NEW(arena, struct lattice_place, whole->cell_first[cells] + 1);
    if (index->cell_first == NULL || index->places == NULL)
        return false;
    for (size_t c = 0; c < cells; c++) {
        index->cell_first[c] = count;
        for (size_t k = whole->cell_first[c]; k < whole->cell_first[c + 1]; k++)
            if (kept[whole->places[k].relation])
                index->places[count++] = whole->places[k];
    }
    index->cell_first[cells] = count;
    return true;
}

struct simplex *simplex_open(struct arena *arena, const struct lattice *lattice, const struct lattice_index *index,
                             const bool usable[], const bool kept[])
{
    size_t columns = lattice->cell_count + 1, rows = lattice->relation_count + 1;
    struct simplex *simplex = ARENA_NEW(arena, struct simplex, 1);
    if (simplex == NULL)
        return NULL;
    *simplex = (struct simplex){
        .whole = index, .columns = ARENA_NEW(arena, struct column, columns),
        .rows = ARENA_NEW(arena, struct row, rows), .touched_columns = ARENA_NEW(arena, uint32_t, columns),
        .touched_rows = ARENA_NEW(arena, uint32_t, rows), .waiting = ARENA_NEW(arena, uint32_t, rows),
        .priced = ARENA_NEW(arena, uint32_t, columns),
        .crossings = ARENA_NEW(arena, struct crossing, SIMPLEX_PIECES * columns),
        .passed = ARENA_NEW(arena, struct crossing, SIMPLEX_PIECES * columns), .old = ARENA_NEW(arena, struct row, rows),
        .queue = ARENA_NEW(arena, struct order, columns + rows), .order = ARENA_NEW(arena, uint32_t, rows),
        .nucleus = ARENA_NEW(arena, struct ranked, rows), .moves = ARENA_NEW(arena, struct simplex_move, columns) };
    bool all = simplex->columns != NULL && simplex->rows != NULL && simplex->touched_columns != NULL &&
               simplex->touched_rows != NULL && simplex->waiting != NULL && simplex->priced != NULL &&
               simplex->crossings != NULL && simplex->passed != NULL && simplex->old != NULL && simplex->queue != NULL &&
               simplex->order != NULL && simplex->nucleus != NULL && simplex->moves != NULL &&
               sparse_open(&simplex->pivot_row, arena, rows) && sparse_open(&simplex->enter, arena, rows) &&
               sparse_open(&simplex->turn, arena, rows) && copy_rows(simplex, arena, lattice, usable, kept) &&
               copy_places(simplex, arena, lattice->cell_count, kept);
    return all ? simplex : NULL;
}

void simplex_close(struct simplex *simplex)
{
    if (simplex != NULL)
        inverse_free(&simplex->inverse);
}

/* Chooses partners greedily. The decision whether the result is safe belongs to attack.c alone. */
#include "analysis/suppress.h"

#include "analysis/attack.h"

/* Best partner among the groups that share a relation with a cell: free ones first, then the cheapest. */
static size_t partner(const struct puzzle *puzzle, const bool *near)
{
    size_t best = puzzle->group_count;
    for (size_t g = 0; g < puzzle->group_count; g++) {
        const struct puzzle_group *group = &puzzle->groups[g];
        if (!near[g] || !group->movable || (group->hidden && !group->free))
            continue;
        if (best == puzzle->group_count || (group->free && !puzzle->groups[best].free) ||
            (group->free == puzzle->groups[best].free && group->cost < puzzle->groups[best].cost))
            best = g;
    }
    return best;
}

/* Marks the groups that meet the marked ones in a relation. */
static bool widen(const struct puzzle *puzzle, bool *near)
{
    bool grown = false;
    for (size_t r = 0; r < puzzle->relation_count; r++) {
        const struct puzzle_relation *relation = &puzzle->relations[r];
        bool meets = false;
        for (size_t k = 0; k < relation->count; k++) {
            int group = puzzle->cells[puzzle->members[relation->first + k].cell].group;
            meets = meets || (group != PUZZLE_FIXED && near[group]);
        }
        for (size_t k = 0; meets && k < relation->count; k++) {
            int group = puzzle->cells[puzzle->members[relation->first + k].cell].group;
            if (group != PUZZLE_FIXED && !near[group])
                grown = near[group] = true;
        }
    }
    return grown;
}

/* Lifts the intruder's lower bound of a group hidden for another reason: now it may be empty for all he knows. */
static void hide(struct puzzle *puzzle, size_t group)
{
    puzzle->groups[group].hidden = true;
    puzzle->groups[group].free = false;
    for (size_t c = 0; c < puzzle->cell_count; c++)
        if (puzzle->cells[c].group == (int)group)
            puzzle->cells[c].least = 0;
}

enum status suppress(struct arena *arena, struct puzzle *puzzle, size_t *added, struct fail *fail)
{
    struct interval *found = ARENA_NEW(arena, struct interval, puzzle->cell_count + 1);
    bool *near = ARENA_NEW(arena, bool, puzzle->group_count + 1);
    if (found == NULL || near == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    *added = 0;
    for (size_t step = 0; step <= puzzle->group_count; step++) {
        size_t leak = 0;
        enum status status = attack(puzzle, found, &leak, fail);
        if (status != STATUS_OK || leak == puzzle->cell_count)
            return status;
        for (size_t g = 0; g < puzzle->group_count; g++)
            near[g] = puzzle->cells[leak].group == (int)g;
        size_t best = puzzle->group_count;
        for (bool grown = true; best == puzzle->group_count && grown;) {
            grown = widen(puzzle, near);
            best = partner(puzzle, near);
        }
        if (best == puzzle->group_count)
            break;
        hide(puzzle, best);
        ++*added;
    }
    return FAIL(fail, STATUS_DENIED, "a figure cannot be protected; the table is left out");
}

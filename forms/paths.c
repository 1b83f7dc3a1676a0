/* Tries the answers of the items that conditions look at, and keeps each set of shown items once. */
#include "forms/paths.h"

#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "forms/expression.h"
#include "forms/qtype.h"

enum { GATE_MAX = 64, SEED = 1 };

struct search {
    struct arena *arena;
    const struct form *form;
    struct paths *paths;
    size_t gates[GATE_MAX]; /* items that conditions look at */
    size_t gate_count;
    bool *is_gate; /* by item, like the next two */
    bool *reached;
    bool *shown; /* with the answers being tried */
    struct answers tried;
    size_t candidates[GATE_MAX]; /* which one of each gate is being tried */
    bool cut;                    /* something was left untried */
    bool failed;
};

/* A gate that is computed itself looks at others. */
static void note_gate(void *context, size_t item)
{
    struct search *search = context;
    const struct item *gate = &search->form->items[item];
    if (search->is_gate[item])
        return;
    search->is_gate[item] = true;
    if (gate->value != NULL)
        expression_items(gate->value, note_gate, search);
    else if (search->gate_count == GATE_MAX)
        search->cut = true;
    else
        search->gates[search->gate_count++] = item;
}

static void find_gates(struct search *search)
{
    const struct form *form = search->form;
    for (size_t i = 0; i < form->page_count; i++)
        if (form->pages[i].show_if != NULL)
            expression_items(form->pages[i].show_if, note_gate, search);
    for (size_t i = 0; i < form->item_count; i++)
        if (form->items[i].show_if != NULL)
            expression_items(form->items[i].show_if, note_gate, search);
}

/* How many answers are tried: none, each option, the ends and the middle of a number. */
static size_t candidate_count(const struct item *item)
{
    switch (item->type->kind) {
    case QTYPE_CHOICE:
    case QTYPE_SET: return 1 + item->option_count;
    case QTYPE_NUMBER: return 4;
    case QTYPE_DATE:
    case QTYPE_TEXT:
    case QTYPE_ORDER:
    case QTYPE_AMOUNTS:
    case QTYPE_NONE: return 1;
    }
    return 1;
}

static void answer_with(const struct item *item, size_t candidate, struct answer *answer)
{
    *answer = (struct answer){ .choice = ANSWER_NONE };
    if (candidate == 0)
        return;
    if (item->type->kind == QTYPE_CHOICE) {
        answer->choice = (uint8_t)(candidate - 1);
    } else if (item->type->kind == QTYPE_SET) {
        answer->set = UINT32_C(1) << (candidate - 1);
    } else {
        answer->given = true;
        answer->number = candidate == 1 ? item->min : candidate == 2 ? item->max : (item->min + item->max) / 2;
    }
}

static size_t count_questions(const struct form *form, const bool shown[])
{
    size_t count = 0;
    for (size_t i = 0; i < form->item_count; i++)
        count += shown[i] && form->items[i].type->kind != QTYPE_NONE ? 1 : 0;
    return count;
}

static size_t count_given(const struct search *search, const struct answers *answers)
{
    size_t count = 0;
    for (size_t i = 0; i < search->gate_count; i++) {
        const size_t gate = search->gates[i];
        count += answer_given(&search->form->items[gate], &answers->items[gate]) ? 1 : 0;
    }
    return count;
}

/* An answer to a question that is not asked leads nowhere. */
static void drop_hidden(struct search *search)
{
    for (size_t i = 0; i < search->gate_count; i++)
        if (!search->shown[search->gates[i]])
            search->tried.items[search->gates[i]] = (struct answer){ .choice = ANSWER_NONE };
}

static void keep(struct search *search)
{
    struct paths *paths = search->paths;
    const size_t bytes = search->form->item_count * sizeof(bool);
    size_t i = 0;
    for (size_t k = 0; k < search->form->item_count; k++)
        search->reached[k] = search->reached[k] || search->shown[k];
    while (i < paths->count && memcmp(paths->all[i].shown, search->shown, bytes) != 0)
        i++;
    if (i < paths->count && count_given(search, &paths->all[i].leads) <= count_given(search, &search->tried))
        return;
    if (i == PATH_MAX_KEPT) {
        search->cut = true;
        return;
    }
    struct path *path = &paths->all[i];
    if (i == paths->count) {
        bool *shown = ARENA_NEW(search->arena, bool, search->form->item_count);
        if (shown == NULL || answers_create(search->arena, search->form, &path->leads, NULL) != STATUS_OK) {
            search->failed = true;
            return;
        }
        memcpy(shown, search->shown, bytes);
        path->shown = shown;
        path->shown_count = count_questions(search->form, shown);
        paths->count++;
    }
    memcpy(path->leads.items, search->tried.items, search->form->item_count * sizeof *path->leads.items);
}

static void try_candidates(struct search *search)
{
    for (size_t i = 0; i < search->gate_count; i++)
        answer_with(&search->form->items[search->gates[i]], search->candidates[i],
                    &search->tried.items[search->gates[i]]);
    answers_shown_all(&search->tried, search->shown, search->form->item_count);
    drop_hidden(search);
    keep(search);
}

/* The next combination, like a counter; false after the last. */
static bool advance(struct search *search)
{
    for (size_t i = 0; i < search->gate_count; i++) {
        if (++search->candidates[i] < candidate_count(&search->form->items[search->gates[i]]))
            return true;
        search->candidates[i] = 0;
    }
    return false;
}

static bool few_enough(const struct search *search)
{
    size_t product = 1;
    for (size_t i = 0; i < search->gate_count; i++) {
        product *= candidate_count(&search->form->items[search->gates[i]]);
        if (product > PATH_TRIED_MAX)
            return false;
    }
    return true;
}

static void try_at_random(struct search *search)
{
    struct seeded random;
    seeded_init(&random, SEED);
    search->cut = true;
    for (size_t tries = 0; tries < PATH_TRIED_MAX && !search->failed; tries++) {
        for (size_t i = 0; i < search->gate_count; i++)
            search->candidates[i] =
                seeded_below(&random, (uint32_t)candidate_count(&search->form->items[search->gates[i]]));
        try_candidates(search);
    }
}

static int longest_first(const void *left, const void *right)
{
    const struct path *a = left;
    const struct path *b = right;
    return (a->shown_count < b->shown_count) - (a->shown_count > b->shown_count);
}

enum status paths_find(struct arena *arena, const struct form *form, struct paths *paths, struct fail *fail)
{
    struct search search = { .arena = arena, .form = form, .paths = paths };
    *paths = (struct paths){ .count = 0 };
    search.is_gate = ARENA_NEW(arena, bool, form->item_count);
    search.reached = ARENA_NEW(arena, bool, form->item_count);
    search.shown = ARENA_NEW(arena, bool, form->item_count);
    if (search.is_gate == NULL || search.reached == NULL || search.shown == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    enum status status = answers_create(arena, form, &search.tried, fail);
    if (status != STATUS_OK)
        return status;
    find_gates(&search);
    if (few_enough(&search))
        do
            try_candidates(&search);
        while (!search.failed && advance(&search));
    else
        try_at_random(&search);
    if (search.failed)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    qsort(paths->all, paths->count, sizeof paths->all[0], longest_first);
    paths->reached = search.reached;
    paths->complete = !search.cut;
    return STATUS_OK;
}

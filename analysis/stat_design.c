/* Lays out the columns first, then fills them row by row. */
#include "analysis/stat_design.h"

#include <math.h>
#include <stdint.h>

#include "analysis/stat_gram.h"

static size_t width(const struct design_term terms[], size_t t)
{
    if (terms[t].values != NULL)
        return 1;
    if (terms[t].level != NULL)
        return terms[t].level_count - 1;
    return width(terms, terms[t].left) * width(terms, terms[t].right);
}

static enum status check(size_t rows, const struct design_term terms[], size_t term_count, struct fail *fail)
{
    for (size_t t = 0; t < term_count; t++) {
        const struct design_term *term = &terms[t];
        bool pair = term->values == NULL && term->level == NULL;
        if (pair ? term->left >= t || term->right >= t : term->values == NULL && term->level_count == 0)
            return FAIL(fail, STATUS_INPUT, "term %zu of the model is incomplete", t + 1);
        for (size_t i = 0; i < rows && !pair; i++)
            if (term->values != NULL ? !isfinite(term->values[i]) : term->level[i] >= term->level_count)
                return FAIL(fail, STATUS_INPUT, "term %zu of the model has no valid value in row %zu", t + 1, i + 1);
    }
    return STATUS_OK;
}

static enum status make_room(struct arena *arena, size_t rows, size_t columns, struct design *design, struct fail *fail)
{
    if (rows == 0)
        return FAIL(fail, STATUS_INPUT, "a model needs answers, and there are none");
    if (columns == 0 || columns > GRAM_COLUMNS)
        return FAIL(fail, STATUS_INPUT, "a model has 1 to %d columns, not %zu: join rare categories", GRAM_COLUMNS,
                    columns);
    *design = (struct design){ .rows = rows,
                               .columns = columns,
                               .x = ARENA_NEW(arena, double, rows * columns),
                               .term = ARENA_NEW(arena, size_t, columns),
                               .level = ARENA_NEW(arena, size_t, columns),
                               .parts = ARENA_NEW(arena, size_t, 2 * columns) };
    if (design->x == NULL || design->term == NULL || design->level == NULL || design->parts == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    return STATUS_OK;
}

/* Names the columns of term t from column on. first: first column of each term. */
static void lay_out(const struct design_term terms[], size_t t, const size_t first[], struct design *design)
{
    size_t count = width(terms, t);
    for (size_t k = 0; k < count; k++) {
        size_t column = first[t] + k;
        design->term[column] = t;
        design->level[column] = terms[t].level != NULL ? k + 1 : 0;
        design->parts[2 * column] = design->parts[2 * column + 1] = SIZE_MAX;
        if (terms[t].values == NULL && terms[t].level == NULL) {
            size_t fast = width(terms, terms[t].left);
            design->parts[2 * column] = first[terms[t].left] + k % fast;
            design->parts[2 * column + 1] = first[terms[t].right] + k / fast;
        }
    }
}

enum status design_build(struct arena *arena, size_t rows, bool constant, const struct design_term terms[],
                         size_t term_count, struct design *design, struct fail *fail)
{
    size_t *first = ARENA_NEW(arena, size_t, term_count + 1);
    if (first == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    enum status status = check(rows, terms, term_count, fail);
    if (status != STATUS_OK)
        return status;
    first[0] = constant;
    for (size_t t = 0; t < term_count && first[t] <= GRAM_COLUMNS; t++)
        first[t + 1] = first[t] + width(terms, t);
    status = make_room(arena, rows, first[term_count], design, fail);
    if (status != STATUS_OK)
        return status;
    design->constant = constant;
    if (constant)
        design->term[0] = design->parts[0] = design->parts[1] = SIZE_MAX;
    for (size_t t = 0; t < term_count; t++)
        lay_out(terms, t, first, design);
    for (size_t i = 0; i < rows; i++) {
        double *row = design->x + i * design->columns;
        if (constant)
            row[0] = 1;
        for (size_t column = constant; column < design->columns; column++) {
            const struct design_term *term = &terms[design->term[column]];
            if (design->parts[2 * column] != SIZE_MAX)
                row[column] = row[design->parts[2 * column]] * row[design->parts[2 * column + 1]];
            else
                row[column] = term->values != NULL ? term->values[i] : term->level[i] == design->level[column];
        }
    }
    return STATUS_OK;
}

enum status design_choose(struct arena *arena, const struct design *design, const bool keep[], struct design *chosen,
                          struct fail *fail)
{
    size_t columns = 0;
    for (size_t k = 0; k < design->columns; k++)
        columns += keep[k];
    enum status status = make_room(arena, design->rows, columns, chosen, fail);
    if (status != STATUS_OK)
        return status;
    chosen->constant = design->constant && keep[0];
    size_t column = 0;
    for (size_t k = 0; k < design->columns; k++) {
        if (!keep[k])
            continue;
        chosen->term[column] = design->term[k];
        chosen->level[column] = design->level[k];
        chosen->parts[2 * column] = chosen->parts[2 * column + 1] = SIZE_MAX; /* the parts may not be here */
        for (size_t i = 0; i < design->rows; i++)
            chosen->x[i * columns + column] = design->x[i * design->columns + k];
        column++;
    }
    return STATUS_OK;
}

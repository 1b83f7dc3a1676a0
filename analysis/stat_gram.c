/* Cross products, Cholesky factor and inverse. One pass over the data; everything else is columns³. */
#include "analysis/stat_gram.h"

#define DEPENDENT 1e-26 /* square of the share of a column's length that must remain */

void gram_add(struct wide products[], const double row[], double weight, size_t columns)
{
    for (size_t j = 0; j < columns; j++) {
        if (!(row[j] > 0 || row[j] < 0)) /* dummies are mostly 0 */
            continue;
        struct wide here = wide_product(weight, row[j]);
        for (size_t k = 0; k <= j; k++) {
            struct wide *sum = &products[j * columns + k];
            *sum = wide_add(*sum, wide_times_number(here, row[k]));
        }
    }
}

/* Row by row; a dependent column gets a row of zeros and no part in the later ones. */
static void factorise(struct gram *gram, const struct wide *products)
{
    size_t columns = gram->columns;
    for (size_t j = 0; j < columns; j++) {
        struct wide *row = gram->factor + j * columns;
        struct wide rest = products[j * columns + j];
        for (size_t k = 0; k < j; k++) {
            struct wide sum = products[j * columns + k];
            const struct wide *other = gram->factor + k * columns;
            for (size_t l = 0; l < k; l++)
                sum = wide_subtract(sum, wide_times(row[l], other[l]));
            row[k] = gram->left_out[k] ? (struct wide){ 0, 0 } : wide_divide(sum, other[k]);
            rest = wide_subtract(rest, wide_times(row[k], row[k]));
        }
        gram->left_out[j] = !(rest.high > DEPENDENT * products[j * columns + j].high);
        gram->rank += !gram->left_out[j];
        if (!gram->left_out[j])
            row[j] = wide_root(rest);
        for (size_t k = 0; k < j && gram->left_out[j]; k++)
            row[k] = (struct wide){ 0, 0 };
    }
}

static void substitute(const struct gram *gram, const struct wide right[], struct wide solution[])
{
    size_t columns = gram->columns;
    for (size_t j = 0; j < columns; j++) {
        struct wide sum = right[j];
        for (size_t k = 0; k < j; k++)
            sum = wide_subtract(sum, wide_times(gram->factor[j * columns + k], solution[k]));
        solution[j] = gram->left_out[j] ? (struct wide){ 0, 0 } : wide_divide(sum, gram->factor[j * columns + j]);
    }
    for (size_t j = columns; j-- > 0;) {
        struct wide sum = solution[j];
        for (size_t k = j + 1; k < columns; k++)
            sum = wide_subtract(sum, wide_times(gram->factor[k * columns + j], solution[k]));
        solution[j] = gram->left_out[j] ? (struct wide){ 0, 0 } : wide_divide(sum, gram->factor[j * columns + j]);
    }
}

enum status gram_room(struct arena *arena, size_t columns, struct gram *gram, struct fail *fail)
{
    if (columns == 0 || columns > GRAM_COLUMNS)
        return FAIL(fail, STATUS_INPUT, "a model has 1 to %d columns, not %zu: join rare categories", GRAM_COLUMNS,
                    columns);
    *gram = (struct gram){ .columns = columns,
                           .factor = ARENA_NEW(arena, struct wide, columns * columns),
                           .inverse = ARENA_NEW(arena, struct wide, columns * columns),
                           .left_out = ARENA_NEW(arena, bool, columns),
                           .unit = ARENA_NEW(arena, struct wide, columns) };
    if (gram->factor == NULL || gram->inverse == NULL || gram->left_out == NULL || gram->unit == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    return STATUS_OK;
}

enum status gram_factor(const struct wide products[], struct gram *gram, struct fail *fail)
{
    size_t columns = gram->columns;
    for (size_t j = 0; j < columns; j++)
        if (!isfinite(products[j * columns + j].high))
            return FAIL(fail, STATUS_INPUT, "column %zu of the model holds a value that is no number", j + 1);
    gram->rank = 0;
    factorise(gram, products);
    for (size_t j = 0; j < columns; j++) {
        gram->unit[j] = (struct wide){ gram->left_out[j] ? 0 : 1, 0 };
        substitute(gram, gram->unit, gram->inverse + j * columns);
        gram->unit[j] = (struct wide){ 0, 0 };
    }
    return STATUS_OK;
}

enum status gram_build(struct arena *arena, const double x[], size_t rows, size_t columns, const double weight[],
                       struct gram *gram, struct fail *fail)
{
    enum status status = gram_room(arena, columns, gram, fail);
    if (status != STATUS_OK)
        return status;
    struct wide *products = ARENA_NEW(arena, struct wide, columns * columns);
    if (products == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    for (size_t i = 0; i < rows; i++)
        gram_add(products, x + i * columns, weight == NULL ? 1 : weight[i], columns);
    return gram_factor(products, gram, fail);
}

void gram_moments(const double x[], size_t rows, size_t columns, const double weight[], const double y[],
                  struct wide right[])
{
    for (size_t j = 0; j < columns; j++)
        right[j] = (struct wide){ 0, 0 };
    for (size_t i = 0; i < rows; i++) {
        struct wide here = weight == NULL ? (struct wide){ y[i], 0 } : wide_product(weight[i], y[i]);
        for (size_t j = 0; j < columns; j++)
            right[j] = wide_add(right[j], wide_times_number(here, x[i * columns + j]));
    }
}

void gram_solve(const struct gram *gram, const struct wide right[], struct wide solution[])
{
    substitute(gram, right, solution);
}

struct wide gram_row(const double row[], const struct wide b[], size_t columns)
{
    struct wide sum = { 0, 0 };
    for (size_t j = 0; j < columns; j++)
        sum = wide_add(sum, wide_times_number(b[j], row[j]));
    return sum;
}

double gram_influence(const struct gram *gram, const double row[], double influence[])
{
    struct wide leverage = { 0, 0 };
    for (size_t j = 0; j < gram->columns; j++) {
        struct wide here = gram_row(row, gram->inverse + j * gram->columns, gram->columns);
        influence[j] = wide_value(here);
        leverage = wide_add(leverage, wide_times_number(here, row[j]));
    }
    return wide_value(leverage);
}

/* The group factors' correlations are factored once more; what the general factor leaves of a group factor is its own. */
#include "analysis/stat_hierarchy.h"

#include <math.h>

#include "analysis/stat_factor.h"
#include "analysis/stat_matrix.h"
#include "analysis/stat_rotation.h"

/* Loadings of the group factors on the general one. Three correlations determine three loadings exactly; more groups are
 * fitted by least squares. */
static enum status second_order(struct arena *arena, const double phi[], size_t groups, double loading[],
                                struct fail *fail)
{
    if (groups == 3) {
        double ab = phi[1], ac = phi[2], bc = phi[5];
        const double squares[] = { ab * ac / bc, ab * bc / ac, ac * bc / ab };
        for (size_t k = 0; k < 3; k++) {
            if (!(squares[k] >= 0) || !(squares[k] <= 1))
                return FAIL(fail, STATUS_DENIED, "one common factor does not describe these statements");
            loading[k] = sqrt(squares[k]);
        }
        return STATUS_OK;
    }
    struct factor_solution solution;
    enum status status = factor_extract(arena, phi, groups, 1, FACTOR_MINRES, &solution, fail);
    if (status != STATUS_OK)
        return status;
    factor_order(solution.loading, NULL, groups, 1);
    for (size_t k = 0; k < groups; k++)
        loading[k] = solution.loading[k];
    return STATUS_OK;
}

static void positive_sums(double loading[], double phi[], size_t items, size_t groups)
{
    for (size_t k = 0; k < groups; k++) {
        double sum = 0;
        for (size_t i = 0; i < items; i++)
            sum += loading[i * groups + k];
        for (size_t i = 0; i < items && sum < 0; i++)
            loading[i * groups + k] = -loading[i * groups + k];
        for (size_t j = 0; j < groups && sum < 0; j++) {
            phi[k * groups + j] = -phi[k * groups + j];
            phi[j * groups + k] = -phi[j * groups + k];
        }
    }
}

/* Largest group factor first, with its second-order loading; a negative sum is turned. */
static void order_groups(struct hierarchy *result, size_t items, size_t groups)
{
    for (size_t a = 0; a < groups; a++)
        for (size_t b = a + 1; b < groups; b++) {
            double one = 0, two = 0;
            for (size_t i = 0; i < items; i++) {
                one += result->group[i * groups + a] * result->group[i * groups + a];
                two += result->group[i * groups + b] * result->group[i * groups + b];
            }
            if (two <= one)
                continue;
            for (size_t i = 0; i < items; i++) {
                double keep = result->group[i * groups + a];
                result->group[i * groups + a] = result->group[i * groups + b];
                result->group[i * groups + b] = keep;
            }
            double keep = result->second_order[a];
            result->second_order[a] = result->second_order[b];
            result->second_order[b] = keep;
        }
}

static void shares(struct hierarchy *result, const double correlation[], size_t items, size_t groups)
{
    double total = matrix_sum(correlation, items, items), general = 0, general_squares = 0;
    double groups_sum = 0, group_squares = 0, unique = 0;
    for (size_t i = 0; i < items; i++) {
        general += result->general[i];
        general_squares += result->general[i] * result->general[i];
        unique += result->uniqueness[i];
    }
    for (size_t k = 0; k < groups; k++) {
        double sum = 0;
        for (size_t i = 0; i < items; i++) {
            sum += result->group[i * groups + k];
            group_squares += result->group[i * groups + k] * result->group[i * groups + k];
        }
        groups_sum += sum * sum;
    }
    result->omega = general * general / total;
    result->omega_total = 1 - unique / total;
    result->omega_groups = groups_sum / total;
    result->general_share = general_squares / (general_squares + group_squares);
}

enum status omega_hierarchy(struct arena *arena, const double correlation[], size_t items, size_t groups,
                            struct hierarchy *hierarchy, struct fail *fail)
{
    struct factor_solution solution;
    struct hierarchy result = { 0 };
    if (groups < 3)
        return FAIL(fail, STATUS_INPUT, "a general factor needs at least three group factors");
    enum status status = factor_extract(arena, correlation, items, groups, FACTOR_MINRES, &solution, fail);
    if (status != STATUS_OK)
        return status;
    double *phi = ARENA_NEW(arena, double, groups * groups);
    result.second_order = ARENA_NEW(arena, double, groups);
    result.general = ARENA_NEW(arena, double, items);
    if (phi == NULL || result.second_order == NULL || result.general == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the analysis");
    result.uniqueness = solution.uniqueness;
    result.group = solution.loading;
    status = rotate_oblimin(arena, result.group, items, groups, false, phi, &result.criterion, fail);
    if (status != STATUS_OK)
        return status;
    positive_sums(result.group, phi, items, groups);
    status = second_order(arena, phi, groups, result.second_order, fail);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < items; i++)
        for (size_t k = 0; k < groups; k++) {
            double above = result.second_order[k];
            result.general[i] += result.group[i * groups + k] * above;
            result.group[i * groups + k] *= sqrt(fmax(0, 1 - above * above));
        }
    order_groups(&result, items, groups);
    shares(&result, correlation, items, groups);
    *hierarchy = result;
    return STATUS_OK;
}

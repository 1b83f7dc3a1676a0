/* Least squares and sums of squares: certified values of the NIST Statistical Reference Datasets (public domain) and the
 * edges of the data. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "analysis/stat_distribution.h"
#include "analysis/stat_groups.h"
#include "analysis/stat_regression.h"

static void close_to(double found, double wanted, double tolerance)
{
    if (!(fabs(found - wanted) <= tolerance * fabs(wanted)))
        fail_msg("found %.17g, expected %.17g", found, wanted);
}

/* Polynomial of x, or the columns as they are (count > 1). */
static enum status fit(struct arena *arena, const double *x, size_t rows, size_t count, size_t degree, const double *y,
                       struct regression *regression, struct fail *fail)
{
    struct design_term terms[12] = { { 0 } };
    struct design design;
    size_t columns = count > 1 ? count : degree;
    for (size_t k = 0; k < columns; k++) {
        double *values = ARENA_NEW(arena, double, rows);
        for (size_t i = 0; i < rows; i++)
            values[i] = count > 1 ? x[i * count + k] : (double)powl((long double)x[i], (long double)(k + 1));
        terms[k].values = values;
    }
    enum status status = design_build(arena, rows, true, terms, columns, &design, fail);
    return status != STATUS_OK ? status : regression_fit(arena, &design, y, 0.95, regression, fail);
}

/* Longley.dat, higher difficulty: y, then six columns. */
static const double longley[16][7] = {
    { 60323, 83.0, 234289, 2356, 1590, 107608, 1947 },  { 61122, 88.5, 259426, 2325, 1456, 108632, 1948 },
    { 60171, 88.2, 258054, 3682, 1616, 109773, 1949 },  { 61187, 89.5, 284599, 3351, 1650, 110929, 1950 },
    { 63221, 96.2, 328975, 2099, 3099, 112075, 1951 },  { 63639, 98.1, 346999, 1932, 3594, 113270, 1952 },
    { 64989, 99.0, 365385, 1870, 3547, 115094, 1953 },  { 63761, 100.0, 363112, 3578, 3350, 116219, 1954 },
    { 66019, 101.2, 397469, 2904, 3048, 117388, 1955 }, { 67857, 104.6, 419180, 2822, 2857, 118734, 1956 },
    { 68169, 108.4, 442769, 2936, 2798, 120445, 1957 }, { 66513, 110.8, 444546, 4681, 2637, 121950, 1958 },
    { 68655, 112.6, 482704, 3813, 2552, 123366, 1959 }, { 69564, 114.2, 502601, 3931, 2514, 125368, 1960 },
    { 69331, 115.7, 518173, 4806, 2572, 127852, 1961 }, { 70551, 116.9, 554894, 4007, 2827, 130081, 1962 },
};

static void check_longley(void **state)
{
    (void)state;
    static const double certified[7][2] = {
        { -3482258.63459582, 890420.383607373 },      { 15.0618722713733, 84.9149257747669 },
        { -0.358191792925910e-01, 0.334910077722432e-01 }, { -2.02022980381683, 0.488399681651699 },
        { -1.03322686717359, 0.214274163161675 },     { -0.511041056535807e-01, 0.226073200069370 },
        { 1829.15146461355, 455.478499142212 },
    };
    struct arena arena;
    struct regression found;
    double x[16 * 6];
    double y[16];
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < 16; i++) {
        y[i] = longley[i][0];
        memcpy(x + 6 * i, longley[i] + 1, 6 * sizeof *x);
    }
    assert_int_equal(fit(&arena, x, 16, 6, 0, y, &found, NULL), STATUS_OK);
    for (size_t k = 0; k < 7; k++) {
        close_to(found.coefficients[k].estimate, certified[k][0], 1e-13);
        close_to(found.coefficients[k].se, certified[k][1], 1e-13);
    }
    close_to(found.sigma, 304.854073561965, 1e-13);
    close_to(found.r_squared, 0.995479004577296, 1e-13);
    close_to(found.f, 330.285339234588, 1e-12);
    arena_free(&arena);
}

/* Filip.dat, degree 10, higher difficulty. The powers rounded to doubles allow 8 digits or so: nobody can do better with
 * doubles as input. */
static const double filip[82][2] = {
    { 0.8116, -6.860120914 }, { 0.9072, -4.324130045 }, { 0.9052, -4.358625055 }, { 0.9039, -4.358426747 },
    { 0.8053, -6.955852379 }, { 0.8377, -6.661145254 }, { 0.8667, -6.355462942 }, { 0.8809, -6.118102026 },
    { 0.7975, -7.115148017 }, { 0.8162, -6.815308569 }, { 0.8515, -6.519993057 }, { 0.8766, -6.204119983 },
    { 0.8885, -5.853871964 }, { 0.8859, -6.109523091 }, { 0.8959, -5.79832982 }, { 0.8913, -5.482672118 },
    { 0.8959, -5.171791386 }, { 0.8971, -4.851705903 }, { 0.9021, -4.517126416 }, { 0.909, -4.143573228 },
    { 0.9139, -3.709075441 }, { 0.9199, -3.499489089 }, { 0.8692, -6.300769497 }, { 0.8872, -5.953504836 },
    { 0.89, -5.642065153 }, { 0.891, -5.031376979 }, { 0.8977, -4.680685696 }, { 0.9035, -4.329846955 },
    { 0.9078, -3.928486195 }, { 0.7675, -8.56735134 }, { 0.7705, -8.363211311 }, { 0.7713, -8.107682739 },
    { 0.7736, -7.823908741 }, { 0.7775, -7.522878745 }, { 0.7841, -7.218819279 }, { 0.7971, -6.920818754 },
    { 0.8329, -6.628932138 }, { 0.8641, -6.323946875 }, { 0.8804, -5.991399828 }, { 0.7668, -8.781464495 },
    { 0.7633, -8.663140179 }, { 0.7678, -8.473531488 }, { 0.7697, -8.247337057 }, { 0.77, -7.971428747 },
    { 0.7749, -7.676129393 }, { 0.7796, -7.352812702 }, { 0.7897, -7.072065318 }, { 0.8131, -6.774174009 },
    { 0.8498, -6.478861916 }, { 0.8741, -6.159517513 }, { 0.8061, -6.835647144 }, { 0.846, -6.53165267 },
    { 0.8751, -6.224098421 }, { 0.8856, -5.910094889 }, { 0.8919, -5.598599459 }, { 0.8934, -5.290645224 },
    { 0.894, -4.974284616 }, { 0.8957, -4.64454848 }, { 0.9047, -4.290560426 }, { 0.9129, -3.885055584 },
    { 0.9209, -3.408378962 }, { 0.9219, -3.13200249 }, { 0.7739, -8.726767166 }, { 0.7681, -8.66695597 },
    { 0.7665, -8.511026475 }, { 0.7703, -8.165388579 }, { 0.7702, -7.886056648 }, { 0.7761, -7.588043762 },
    { 0.7809, -7.283412422 }, { 0.7961, -6.995678626 }, { 0.8253, -6.691862621 }, { 0.8602, -6.392544977 },
    { 0.8809, -6.067374056 }, { 0.8301, -6.684029655 }, { 0.8664, -6.378719832 }, { 0.8834, -6.065855188 },
    { 0.8898, -5.752272167 }, { 0.8964, -5.132414673 }, { 0.8963, -4.811352704 }, { 0.9074, -4.098269308 },
    { 0.9119, -3.66174277 }, { 0.9228, -3.2644011 },
};

static void check_filip(void **state)
{
    (void)state;
    static const double certified[11][2] = {
        { -1467.48961422980, 298.084530995537 },        { -2772.17959193342, 559.779865474950 },
        { -2316.37108160893, 466.477572127796 },        { -1127.97394098372, 227.204274477751 },
        { -354.478233703349, 71.6478660875927 },        { -75.1242017393757, 15.2897178747400 },
        { -10.8753180355343, 2.23691159816033 },        { -1.06221498588947, 0.221624321934227 },
        { -0.670191154593408e-01, 0.142363763154724e-01 }, { -0.246781078275479e-02, 0.535617408889821e-03 },
        { -0.402962525080404e-04, 0.896632837373868e-05 },
    };
    struct arena arena;
    struct regression found;
    double x[82];
    double y[82];
    arena_init(&arena, 4 << 20);
    for (size_t i = 0; i < 82; i++) {
        y[i] = filip[i][0];
        x[i] = filip[i][1];
    }
    assert_int_equal(fit(&arena, x, 82, 1, 10, y, &found, NULL), STATUS_OK);
    assert_int_equal(found.rank, 11);
    for (size_t k = 0; k < 11; k++) {
        close_to(found.coefficients[k].estimate, certified[k][0], 1e-7);
        close_to(found.coefficients[k].se, certified[k][1], 1e-7);
    }
    close_to(found.sigma, 0.334801051324544e-02, 1e-9);
    close_to(found.r_squared, 0.996727416185620, 1e-10);
    arena_free(&arena);
}

/* Wampler1: y = 1 + x + … + x⁵; Wampler2: the same of x/10 (its y has five decimals): exact fits over x = 0 … 20. */
static void check_wampler(void **state)
{
    (void)state;
    for (int which = 1; which <= 2; which++) {
        struct arena arena;
        struct regression found;
        double x[21];
        double y[21] = { 0 };
        arena_init(&arena, 1 << 20);
        for (size_t i = 0; i < 21; i++) {
            x[i] = (double)i;
            for (int k = 5; k >= 0; k--)
                y[i] += pow((double)i, k) * (which == 1 ? 1 : pow(10, 5 - k));
            y[i] /= which == 1 ? 1 : 1e5;
        }
        assert_int_equal(fit(&arena, x, 21, 1, 5, y, &found, NULL), STATUS_OK);
        for (int k = 0; k <= 5; k++) {
            close_to(found.coefficients[k].estimate, which == 1 ? 1 : pow(10, -k), 1e-11);
            assert_true(found.coefficients[k].se < 1e-9);
        }
        assert_true(found.sigma < 1e-14);
        close_to(found.r_squared, 1, 1e-14);
        arena_free(&arena);
    }
}

/* Two columns with an offset of 10⁹ and slopes 2 and 3: the offset takes nothing away. */
static void check_offset(void **state)
{
    (void)state;
    struct arena arena;
    struct regression found;
    double x[40];
    double y[20];
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < 20; i++) {
        x[2 * i] = 1e9 + (double)(i % 5);
        x[2 * i + 1] = 1e9 + (double)(i % 3);
        y[i] = 1e9 + 2 * (double)(i % 5) + 3 * (double)(i % 3) + (i % 2 == 0 ? 0.5 : -0.5);
    }
    assert_int_equal(fit(&arena, x, 20, 2, 0, y, &found, NULL), STATUS_OK);
    double shifted[40];
    double near[20];
    struct regression plain;
    for (size_t i = 0; i < 20; i++) {
        shifted[2 * i] = x[2 * i] - 1e9;
        shifted[2 * i + 1] = x[2 * i + 1] - 1e9;
        near[i] = y[i] - 1e9;
    }
    assert_int_equal(fit(&arena, shifted, 20, 2, 0, near, &plain, NULL), STATUS_OK);
    for (size_t k = 1; k < 3; k++) {
        close_to(found.coefficients[k].estimate, plain.coefficients[k].estimate, 1e-13);
        close_to(found.coefficients[k].se, plain.coefficients[k].se, 1e-13);
        close_to(found.coefficients[k].robust, plain.coefficients[k].robust, 1e-11);
    }
    close_to(found.r_squared, plain.r_squared, 1e-13);
    arena_free(&arena);
}

/* A column that repeats another, a constant one and an empty category are left out; the others are as without them. */
static void check_dependent(void **state)
{
    (void)state;
    struct arena arena;
    struct regression found;
    struct regression plain;
    struct design design;
    double x[10], twice[10], same[10], y[10];
    size_t level[10];
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < 10; i++) {
        x[i] = (double)i;
        twice[i] = 2 * x[i] + 1;
        same[i] = 7;
        level[i] = i % 2 == 0 ? 0 : 2;
        y[i] = (double)(i * i % 7);
    }
    const struct design_term terms[] = { { .values = x }, { .values = twice }, { .values = same },
                                         { .level = level, .level_count = 3 } };
    assert_int_equal(design_build(&arena, 10, true, terms, 4, &design, NULL), STATUS_OK);
    assert_int_equal(design.columns, 6);
    assert_int_equal(regression_fit(&arena, &design, y, 0.95, &found, NULL), STATUS_OK);
    assert_int_equal(found.rank, 3);
    assert_true(isnan(found.coefficients[2].estimate) && isnan(found.coefficients[3].estimate));
    assert_true(isnan(found.coefficients[4].estimate));
    const bool keep[] = { true, true, false, false, false, true };
    struct design chosen;
    assert_int_equal(design_choose(&arena, &design, keep, &chosen, NULL), STATUS_OK);
    assert_int_equal(regression_fit(&arena, &chosen, y, 0.95, &plain, NULL), STATUS_OK);
    close_to(found.coefficients[5].estimate, plain.coefficients[2].estimate, 1e-14);
    close_to(found.coefficients[5].robust, plain.coefficients[2].robust, 1e-13);
    close_to(found.f_p, plain.f_p, 1e-13);
    arena_free(&arena);
}

/* An interaction is the product of its columns, those of the left term fastest. */
static void check_interaction(void **state)
{
    (void)state;
    struct arena arena;
    struct design design;
    const double x[4] = { 1, 2, 3, 4 };
    const size_t level[4] = { 0, 1, 2, 2 };
    const struct design_term terms[] = { { .level = level, .level_count = 3 }, { .values = x },
                                         { .left = 0, .right = 1 } };
    arena_init(&arena, 1 << 16);
    assert_int_equal(design_build(&arena, 4, true, terms, 3, &design, NULL), STATUS_OK);
    assert_int_equal(design.columns, 6);
    static const double third[6] = { 1, 0, 1, 3, 0, 3 };
    for (size_t k = 0; k < 6; k++)
        assert_true(design.x[2 * 6 + k] == third[k]);
    const struct design_term wrong[] = { { .left = 0, .right = 0 } };
    assert_int_equal(design_build(&arena, 4, true, wrong, 1, &design, NULL), STATUS_INPUT);
    const size_t beyond[4] = { 0, 1, 2, 3 };
    const struct design_term out[] = { { .level = beyond, .level_count = 3 } };
    assert_int_equal(design_build(&arena, 4, true, out, 1, &design, NULL), STATUS_INPUT);
    arena_free(&arena);
}

static void check_few(void **state)
{
    (void)state;
    struct arena arena;
    struct regression found;
    struct fail fail = { 0 };
    const double x[3] = { 1, 2, 4 };
    const double y[3] = { 5, 5, 5 };
    const double bad[3] = { 1, (double)NAN, 2 };
    arena_init(&arena, 1 << 20);
    assert_int_equal(fit(&arena, x, 0, 1, 1, y, &found, NULL), STATUS_INPUT);
    assert_int_equal(fit(&arena, x, 1, 1, 1, y, &found, &fail), STATUS_DENIED);
    assert_non_null(strstr(fail.what, "too few"));
    assert_int_equal(fit(&arena, x, 2, 1, 1, y, &found, NULL), STATUS_OK); /* no degree of freedom is left */
    assert_true(isnan(found.sigma) && isnan(found.coefficients[1].se) && isnan(found.f));
    assert_int_equal(fit(&arena, x, 3, 1, 1, y, &found, NULL), STATUS_OK); /* y does not vary */
    assert_true(isnan(found.r_squared) && isnan(found.f) && found.sigma < 1e-14);
    assert_int_equal(fit(&arena, x, 3, 1, 1, bad, &found, NULL), STATUS_INPUT);
    assert_int_equal(fit(&arena, bad, 3, 1, 1, y, &found, NULL), STATUS_INPUT);
    arena_free(&arena);
    arena_init(&arena, 100);
    struct design design = { .rows = 3, .columns = 1, .x = (double[]){ 1, 1, 1 }, .constant = true };
    assert_int_equal(regression_fit(&arena, &design, y, 0.95, &found, NULL), STATUS_MEMORY);
    arena_free(&arena);
}

/* Sums of squares: groups without spread, one group, nothing; the mean of NumAcc3-like data. */
static void check_moments(void **state)
{
    (void)state;
    struct arena arena;
    struct grouped grouped;
    double values[1001];
    values[0] = 1000000.2;
    for (size_t i = 1; i < 1001; i++)
        values[i] = i % 2 == 1 ? 1000000.1 : 1000000.3;
    struct moments moments = moments_of(values, 1001); /* NumAcc3 */
    close_to(moments.mean, 1000000.2, 1e-15);
    close_to(moments.sd, 0.1, 1e-9);
    close_to(moments.neighbours, -0.999, 1e-9);
    assert_true(isnan(moments_of(values, 0).mean) && isnan(moments_of(values, 1).sd));
    assert_true(isnan(moments_of((double[]){ 3, 3, 3 }, 3).neighbours));
    arena_init(&arena, 1 << 16);
    const size_t one[4] = { 0, 0, 0, 0 };
    const size_t two[4] = { 0, 0, 1, 1 };
    const double flat[4] = { 1, 1, 4, 4 };
    assert_int_equal(groups_make(&arena, flat, one, 4, 1, &grouped, NULL), STATUS_INPUT);
    assert_int_equal(groups_make(&arena, flat, one, 4, 2, &grouped, NULL), STATUS_DENIED);
    assert_int_equal(groups_make(&arena, flat, two, 4, 2, &grouped, NULL), STATUS_OK);
    struct spread spread = spread_of(&grouped);
    assert_true(isinf(spread.f) && spread.p == 0 && spread.between_degrees == 1 && spread.within_degrees == 2);
    assert_int_equal(groups_make(&arena, (double[]){ 2, 2, 2, 2 }, two, 4, 2, &grouped, NULL), STATUS_OK);
    spread = spread_of(&grouped);
    assert_true(isnan(spread.f) && isnan(spread.p) && isnan(spread.r_squared));
    arena_free(&arena);
}

/* Two-sided p far out: closed forms of 1 and 2 degrees. */
static void check_p(void **state)
{
    (void)state;
    close_to(t_both_tails(2, 1), 0.295167235300866548, 1e-14);       /* 1 − 2/π·atan 2 */
    close_to(t_both_tails(1e6, 1), 6.366197723673691e-07, 1e-12);    /* 2/π·atan 1e-6 */
    close_to(t_both_tails(40, 2), 6.244146721847e-04, 1e-10);        /* 1 − t/√(2 + t²) */
    close_to(t_both_tails(0, 5), 1, 1e-15);
    assert_true(isnan(t_both_tails(1, 0)) && t_both_tails((double)INFINITY, 3) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "Longley agrees with the certified values to 13 digits", check_longley, NULL, NULL, NULL },
        { "Filip (degree 10) to what doubles allow", check_filip, NULL, NULL, NULL },
        { "Wampler 1 and 2 fit exactly", check_wampler, NULL, NULL, NULL },
        { "an offset of 1e9 takes no digits", check_offset, NULL, NULL, NULL },
        { "dependent columns are left out", check_dependent, NULL, NULL, NULL },
        { "interactions are products in order", check_interaction, NULL, NULL, NULL },
        { "too few cases, no variance, no numbers, no memory", check_few, NULL, NULL, NULL },
        { "sums of squares keep their digits", check_moments, NULL, NULL, NULL },
        { "p of Student's t far out", check_p, NULL, NULL, NULL },
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}

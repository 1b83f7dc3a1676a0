/* Names of population sources: codes become words in the language, what is not known stands as it was delivered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "analysis/source_label.h"

static struct label_case {
    const char *name;
    struct reference reference;
    const char *german, *english;
} cases[] = {
    { "code with a year",
      { .place = "Herne", .source = "ZENSUS2022", .scope = "WOHNBEV", .year = 2022, .month = 5, .day = 15 },
      "Herne, Zensus 2022, Wohnbevölkerung, 15. Mai 2022", "Herne, census 2022, all residents, 15 May 2022" },
    { "code without a year, all educations",
      { .place = "Herne", .source = "MELDEREGISTER", .scope = "ERWERBSFAEHIG_15_64", .education = "*", .year = 2023,
        .month = 12, .day = 31 },
      "Herne, Melderegister, Bevölkerung von 15 bis 64 Jahren, 31. Dezember 2023",
      "Herne, population register, residents aged 15 to 64, 31 December 2023" },
    { "education",
      { .place = "Ruhr", .source = "MZ2024", .scope = "EINPENDELREGION", .education = "MASTER", .year = 2024, .month = 6,
        .day = 30 },
      "Ruhr, Mikrozensus 2024, Erwerbspersonen der Region, mit Masterabschluss, 30. Juni 2024",
      "Ruhr, microcensus 2024, labour force of the region, with a Master's degree, 30 June 2024" },
    { "unknown source, education and a number that is no year",
      { .place = "Ruhr", .source = "MZ2024B", .scope = "ERWERBSPERSONEN", .education = "Diplom", .year = 2024,
        .month = 6, .day = 30 },
      "Ruhr, MZ2024B, Erwerbspersonen der Stadt, Diplom, 30. Juni 2024",
      "Ruhr, MZ2024B, labour force of the city, Diplom, 30 June 2024" },
};

static void check_label(void **state)
{
    const struct label_case *row = *state;
    const struct form form = { .languages = { "de", "en" }, .language_count = 2 };
    struct arena arena;
    arena_init(&arena, 1 << 20);
    const struct text *text = source_label(&arena, &form, &row->reference);
    assert_non_null(text);
    assert_string_equal(text->in[0], row->german);
    assert_string_equal(text->in[1], row->english);
    arena_free(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(cases)];
    for (size_t i = 0; i < COUNT(cases); i++)
        tests[i] = (struct CMUnitTest){ cases[i].name, check_label, NULL, NULL, &cases[i] };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

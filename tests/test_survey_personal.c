/* What looks like a person and what does not. All names, accounts and numbers are invented or the issuers' own examples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/status.h"
#include "survey/personal.h"

static const char *const anywhere[] = {
    "erika.muster@stadt.example",
    "DE89 3704 0044 0532 0130 00", /* ISO's example */
    "DE89370400440532013000",
    "NL91ABNA0417164300",
    "NO9386011117947",
    "12190367K006", /* the insurance's example */
    "+49 2323 16-0123",
    "02323/16-0123",
    "(0171) 1234567",
};
static const char *const among_codes[] = { "Muster, Erika", "Öz-Muster, Can", "44623 Herne", "Goethestraße 12", "Am Alten Weg 3a",
                                           "Schulstr. 7" };
static const char *const harmless[] = {
    "AB12C4D5E6F708192A3B4C5D6E7F8091", /* a person's hash, upper case */
    "DE8937040044053201300012345678AB",
    "DE89370400440532013001",           /* wrong check digits */
    "05916000", "5916000", "2025-06-30", "30.06.2025", "01.07.2024", "0,85", "1,00", "1.234.567", "0", "*", "E9b", "E 9 a", "S 8b",
    "A13 LG2.1", "TINTG_2021", "ERWERBSFAEHIG_15_64", "F31.2", "FB 52", "51-2", "2023/0711", "10-3/2024", "0815", "12345",
    "121903670006", "99190367K006x", "tur", "ZAEHLWOCHE", "0/3",
};
static const char *const harmless_words[] = {
    "Bürger, Soziales und Migration",  "Jugend, Schule, Sport", "Umwelt und Stadtgrün",   "Handwerkskammer, Jobcenter",
    "Dienstanweisung vom 12.02.2025",  "Goethestraße 12",       "Haushaltsplan 2026, Teilplan 12", "Bürgeramt Herne-Mitte",
    "Kita Am Alten Weg 3",             "ZENSUS2022",            "Musterstadt an der Emscher",
};

static void each(const char *const texts[], size_t count, enum personal_place place, bool expected)
{
    for (size_t i = 0; i < count; i++)
        if (personal_looks(texts[i], place) != expected)
            fail_msg("%s: %s", expected ? "not found" : "false alarm", texts[i]);
}

static void persons_are_found(void **state)
{
    (void)state;
    each(anywhere, COUNT(anywhere), PERSONAL_CODES, true);
    each(anywhere, COUNT(anywhere), PERSONAL_WORDS, true);
    each(among_codes, COUNT(among_codes), PERSONAL_CODES, true);
}

static void codes_and_units_are_not(void **state)
{
    (void)state;
    each(harmless, COUNT(harmless), PERSONAL_CODES, false);
    each(harmless_words, COUNT(harmless_words), PERSONAL_WORDS, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(persons_are_found), cmocka_unit_test(codes_and_units_are_not) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

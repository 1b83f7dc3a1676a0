/* The eight definitions. Sources: § 4 TIntG NRW (2012 and 2021 wording; cut-off 1 January 1950 and 31 December 1955);
 * MighEV (2010) § 6; Statistisches Bundesamt, quality report of the Mikrozensus, "Migrationshintergrund" (since
 * 2016) and "Einwanderungsgeschichte" (Fachkommission Integrationsfähigkeit 2020); Kleene (1952) § 64 for unknowns. */
#include "analysis/recode.h"

#include "base/i18n.h"

static enum truth truth_or(enum truth a, enum truth b)
{
    if (a == TRUTH_YES || b == TRUTH_YES)
        return TRUTH_YES;
    return a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_NO;
}

static enum truth truth_not(enum truth a)
{
    return a == TRUTH_UNKNOWN ? a : a == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

static enum truth truth_and(enum truth a, enum truth b)
{
    return truth_not(truth_or(truth_not(a), truth_not(b)));
}

/* Whether code is one of the bits; unknown when it is outside 1..last. */
static enum truth among(uint8_t code, uint8_t last, unsigned bits)
{
    if (code < 1 || code > last)
        return TRUTH_UNKNOWN;
    return (bits >> code & 1U) != 0 ? TRUTH_YES : TRUTH_NO;
}

enum { ONE = 1U << 1, TWO = 1U << 2, THREE = 1U << 3, FOUR = 1U << 4, FIVE = 1U << 5 };

/* Expellees: every parent born abroad came before 1950, there is one such parent, and the person is German by birth.
 * Then the parents do not count (Destatis). Unknown stays unknown. */
static enum truth parents_count(const struct origins *from)
{
    enum truth only = truth_and(among(from->mother, 5, ONE | FOUR), among(from->father, 5, ONE | FOUR));
    enum truth any = truth_or(among(from->mother, 5, FOUR), among(from->father, 5, FOUR));
    enum truth expelled = truth_and(truth_and(only, any), among(from->citizenship, 3, ONE));
    return truth_and(among(from->parents_german, 3, TWO | THREE), truth_not(expelled));
}

void recode(const struct origins *from, enum truth out[])
{
    enum truth foreign = among(from->citizenship, 3, THREE);
    enum truth not_by_birth = among(from->citizenship, 3, TWO | THREE);
    enum truth abroad = among(from->born, 2, TWO);
    enum truth mother_1956 = among(from->mother, 5, TWO);
    enum truth father_1956 = among(from->father, 5, TWO);
    enum truth mother_1950 = among(from->mother, 5, TWO | THREE);
    enum truth father_1950 = among(from->father, 5, TWO | THREE);
    enum truth both = truth_or(abroad, truth_and(mother_1950, father_1950));
    enum truth one = truth_or(truth_and(mother_1950, truth_not(father_1950)),
                              truth_and(father_1950, truth_not(mother_1950)));

    out[DEFINITION_STAATSANG] = foreign;
    out[DEFINITION_ZENSUS_EINGEWANDERT] = abroad;
    out[DEFINITION_MELDEREGISTER] = truth_or(not_by_birth, abroad);
    out[DEFINITION_MH_DESTATIS] = truth_or(not_by_birth, parents_count(from));
    out[DEFINITION_EG_DESTATIS] = both;
    out[DEFINITION_EG_EINSEITIG] = truth_and(one, truth_not(both));
    out[DEFINITION_TINTG_2012] = truth_or(truth_or(foreign, abroad), truth_or(mother_1950, father_1950));
    out[DEFINITION_TINTG_2021] = truth_or(truth_or(foreign, abroad), truth_or(mother_1956, father_1956));
}

bool recode_complete(const struct origins *from, enum definition definition)
{
    static const unsigned needed[DEFINITION_COUNT] = {
        [DEFINITION_STAATSANG] = ONE,
        [DEFINITION_ZENSUS_EINGEWANDERT] = TWO,
        [DEFINITION_MELDEREGISTER] = ONE | TWO,
        [DEFINITION_MH_DESTATIS] = ONE | THREE | FOUR | FIVE,
        [DEFINITION_EG_DESTATIS] = TWO | THREE | FOUR,
        [DEFINITION_EG_EINSEITIG] = TWO | THREE | FOUR,
        [DEFINITION_TINTG_2012] = ONE | TWO | THREE | FOUR,
        [DEFINITION_TINTG_2021] = ONE | TWO | THREE | FOUR,
    };
    const uint8_t codes[] = { from->citizenship, from->born, from->mother, from->father, from->parents_german };
    static const uint8_t last[] = { 3, 2, 5, 5, 3 };
    for (size_t i = 0; i < COUNT(codes); i++)
        if ((needed[definition] & 1U << (i + 1)) != 0 && (codes[i] < 1 || codes[i] > last[i]))
            return false;
    return true;
}

static const struct {
    const char *code, *name;
} names[DEFINITION_COUNT] = {
    [DEFINITION_STAATSANG] = { "STAATSANG", N_("No German citizenship") },
    [DEFINITION_ZENSUS_EINGEWANDERT] = { "ZENSUS_EINGEWANDERT", N_("Immigrated themselves (2022 census)") },
    [DEFINITION_MELDEREGISTER] = { "MELDEREGISTER", N_("As derived from the population register") },
    [DEFINITION_MH_DESTATIS] = { "MH_DESTATIS", N_("Migration background (Federal Statistical Office)") },
    [DEFINITION_EG_DESTATIS] = { "EG_DESTATIS", N_("Immigration history (Federal Statistical Office)") },
    [DEFINITION_EG_EINSEITIG] = { "EG_EINSEITIG", N_("One parent immigrated") },
    [DEFINITION_TINTG_2012] = { "TINTG_2012", N_("Participation Act NRW, 2012 wording") },
    [DEFINITION_TINTG_2021] = { "TINTG_2021", N_("Participation Act NRW, 2021 wording") },
};

const char *definition_code(enum definition definition)
{
    return names[definition].code;
}

const char *definition_name(enum definition definition)
{
    return names[definition].name;
}

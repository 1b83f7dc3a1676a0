/* Applications of the demo city by procedure, stage and group, and its advertisements. Shares of applicants and of
 * hired people: domain schema.md section 7 (trainees 32 and 26 per cent, office 24 and 17, day care 30 and 29, fire 13
 * and 8). */
#include "survey/demo_people.h"

struct family {
    const char *name, *unit, *kind;
    int band, procedures;
    unsigned applicants;     /* of one procedure, about */
    unsigned hires;          /* of one procedure */
    unsigned applied, hired; /* per cent with an immigration history, of those whose group is known */
};

static const struct family families[] = {
    { "AUSB", "F12", "AUSB", 0, 3, 260, 24, 32, 26 }, { "BUERO", "F12", "EXT", 2, 8, 60, 5, 24, 17 },
    { "GEHOB", "F12", "EXT", 3, 6, 42, 4, 20, 15 },   { "KITA", "F42", "EXT", 2, 4, 48, 12, 30, 29 },
    { "FEUER", "F34", "EXT", 2, 2, 190, 18, 13, 8 },  { "INTERN", "F12", "INT", 3, 5, 22, 4, 13, 11 },
};

enum { STAGES = 6, GROUPS = 3 };

/* Part of the loss between application and hire that has happened at a stage, per cent: group 1, group 0. */
static const unsigned lost[2][STAGES] = { { 0, 52, 70, 90, 98, 100 }, { 0, 40, 58, 85, 97, 100 } };

struct counts {
    unsigned stage[STAGES][GROUPS]; /* groups 1, 0, 9 */
};

static unsigned share_of(unsigned whole, unsigned percent)
{
    return (whole * percent + 50) / 100;
}

static struct counts draw(struct seeded *seeded, const struct family *family)
{
    struct counts counts;
    const unsigned all = family->applicants * (80 + seeded_below(seeded, 41)) / 100;
    const unsigned unknown = share_of(all, 8 + seeded_below(seeded, 7));
    const unsigned hired_unknown = share_of(family->hires, 8);
    const unsigned applied[GROUPS] = { share_of(all - unknown, family->applied),
                                       all - unknown - share_of(all - unknown, family->applied), unknown };
    /* A share of a few hires comes out over the procedures, not in each. */
    const unsigned known = family->hires - hired_unknown;
    const unsigned with = (known * family->hired + seeded_below(seeded, 100)) / 100;
    const unsigned hired[GROUPS] = { with, known - with, hired_unknown };
    for (size_t group = 0; group < GROUPS; group++)
        for (size_t stage = 0; stage < STAGES; stage++)
            counts.stage[stage][group] =
                applied[group] - (applied[group] - hired[group]) * lost[group == 1 ? 1 : 0][stage] / 100;
    return counts;
}

static void write_procedure(struct buf *out, const struct family *family, int year, int number,
                            const struct counts *counts)
{
    static const char *const groups[GROUPS] = { "1", "0", "9" };
    for (size_t stage = 0; stage < STAGES; stage++)
        for (size_t group = 0; group < GROUPS; group++) {
            const unsigned here = counts->stage[stage][group];
            const unsigned suitable = share_of(counts->stage[0][group], 38);
            const unsigned able = stage == STAGES - 1 ? here - here / 12 : here < suitable ? here : suitable;
            buf_format(out, "%s-%d-%d;%d;%s;%d;%s;%zu;EG_SELBST;%s;%u;%u\r\n", family->name, year, number, year,
                       family->unit, family->band, family->kind, stage + 1, groups[group], here, able);
        }
}

/* Sums of the year that HR knows without a card: citizenship (1 = without the German one) and sex (1 = women). */
static void write_sums(struct buf *out, const char *kind, int year, const char *trait, unsigned percent_applied,
                       unsigned percent_hired, const struct counts *sum)
{
    for (unsigned stage = 0; stage < STAGES; stage++) {
        unsigned all = 0;
        for (size_t group = 0; group < GROUPS; group++)
            all += sum->stage[stage][group];
        const unsigned percent = percent_applied * 100 + stage * 100 * percent_hired / (STAGES - 1) -
                                 stage * 100 * percent_applied / (STAGES - 1);
        const unsigned with = (all * percent + 5000) / 10000;
        buf_format(out, ";%d;*;*;%s;%u;%s;1;%u;\r\n", year, kind, stage + 1, trait, with);
        buf_format(out, ";%d;*;*;%s;%u;%s;0;%u;\r\n", year, kind, stage + 1, trait, all - with);
    }
}

void demo_funnel_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    (void)arena;
    static const char *const kinds[] = { "EXT", "AUSB" };
    buf_add_string(out, "verfahren_id;jahr;org_id;band;art;stufe;gruppe_merkmal;gruppe;anzahl;kriterien_erfuellt\r\n");
    for (int year = DEMO_YEAR_FIRST; year < DEMO_YEAR_FIRST + DEMO_YEAR_COUNT; year++) {
        struct counts sums[COUNT(kinds)] = { { { { 0 } } } };
        for (size_t i = 0; i < COUNT(families); i++)
            for (int number = 1; number <= families[i].procedures; number++) {
                struct seeded seeded;
                demo_generator(&seeded, city->seed, PURPOSE_FUNNEL, (uint64_t)(year * 10000 + number) * 16 + i);
                const struct counts counts = draw(&seeded, &families[i]);
                write_procedure(out, &families[i], year, number, &counts);
                for (size_t kind = 0; kind < COUNT(kinds); kind++)
                    for (size_t cell = 0; cell < STAGES * GROUPS && families[i].kind[0] == kinds[kind][0]; cell++)
                        sums[kind].stage[cell / GROUPS][cell % GROUPS] += counts.stage[cell / GROUPS][cell % GROUPS];
            }
        write_sums(out, "EXT", year, "STAATSANG", 9, 5, &sums[0]);
        write_sums(out, "EXT", year, "GESCHLECHT", 57, 59, &sums[0]);
        write_sums(out, "AUSB", year, "STAATSANG", 13, 9, &sums[1]);
        write_sums(out, "AUSB", year, "GESCHLECHT", 52, 54, &sums[1]);
    }
}

void demo_adverts_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    (void)arena;
    (void)city;
    buf_add_string(out, "jahr;org_id;publikum;anzahl;davon_genannt;davon_geprueft\r\n"
                        "2024;*;1;118;41;14\r\n"
                        "2024;*;0;86;9;2\r\n"
                        "2025;*;1;126;69;31\r\n"
                        "2025;*;0;90;15;4\r\n");
}

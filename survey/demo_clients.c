/* Contacts with clients of the demo city and their languages, the languages its staff speak, its letters, services and
 * fairs. Languages in the order of domain schema.md section 7. All invented. */
#include "survey/demo_people.h"

#include <stdio.h>
#include <string.h>

static const struct tongue {
    const char *code;
    unsigned need;  /* of 1,000 contacts, those in need of this language */
    unsigned staff; /* of 1,000 staff with an immigration history, those who speak it */
} tongues[] = {
    { "tur", 34, 210 }, { "ara", 33, 75 }, { "ron", 22, 40 },  { "pol", 18, 115 }, { "bul", 15, 20 },
    { "ukr", 21, 25 },  { "kur", 9, 55 },  { "rus", 11, 130 }, { "eng", 7, 160 },
};

/* Departments with a counter: contacts in two weeks, minutes of one, need in per cent of the usual. */
static const struct desk {
    const char *unit;
    unsigned contacts, minutes, need;
} desks[] = {
    { "F31", 2900, 9, 70 },   { "F32", 1150, 18, 260 }, { "F33", 620, 12, 60 },
    { "F43", 940, 35, 120 },  { "F42", 1480, 12, 95 },  { "F52", 1260, 24, 140 },
    { "F51", 1340, 28, 130 }, { "F53", 720, 22, 110 },  { "F54", 510, 20, 80 },
};

static bool has_unit(const struct demo_city *city, const char *id)
{
    for (size_t i = 0; i < city->unit_count; i++)
        if (strcmp(city->units[i].id, id) == 0)
            return true;
    return false;
}

/* How a need was met, in per cent: inside, interpreter, relatives, app; the rest was not. In the second year more
 * inside. */
struct ways {
    unsigned inside, interpreter, relatives, app;
};

struct need {
    unsigned all, inside, interpreter, relatives, children, app;
};

static struct need meet(struct seeded *seeded, unsigned need, const struct ways *ways)
{
    struct need met = { .all = need };
    met.inside = need * ways->inside / 100;
    met.interpreter = need * ways->interpreter / 100;
    met.relatives = need * ways->relatives / 100;
    met.app = need * ways->app / 100;
    met.children = met.relatives * (12 + seeded_below(seeded, 14)) / 100;
    return met;
}

static void write_need(struct buf *out, const char *period, const struct desk *desk, const char *tongue,
                       unsigned contacts, const struct need *need, unsigned minutes, unsigned wait)
{
    const unsigned unsolved = need->all - need->inside - need->interpreter - need->relatives - need->app;
    buf_format(out, "%s;%s;%s;%u;%u;%u,%u;%u;%u;%u;%u;%u;%u;%u;ZAEHLWOCHE\r\n", period, desk->unit, tongue, contacts,
               need->all, minutes / 10, minutes % 10, need->inside, need->interpreter, need->relatives, need->children,
               need->app, unsolved, wait);
}

/* The line "*" holds all contacts of the desk, the lines of languages are parts of it. */
static void write_desk(const struct demo_city *city, struct buf *out, const char *period, size_t at, size_t desk,
                       const struct ways *ways)
{
    struct seeded seeded;
    struct need sum = { 0 };
    unsigned contacts[COUNT(tongues)];
    struct need needs[COUNT(tongues)];
    demo_generator(&seeded, city->seed, PURPOSE_CLIENTS, at * 64 + desk);
    const unsigned all = desks[desk].contacts * (92 + seeded_below(&seeded, 17)) / 100;
    for (size_t i = 0; i < COUNT(tongues); i++) {
        const unsigned usual = all * tongues[i].need * desks[desk].need / 100000;
        const unsigned need = usual * (80 + seeded_below(&seeded, 41)) / 100;
        needs[i] = meet(&seeded, need, ways);
        contacts[i] = need + need * (30 + seeded_below(&seeded, 60)) / 100;
        sum.all += needs[i].all;
        sum.inside += needs[i].inside;
        sum.interpreter += needs[i].interpreter;
        sum.relatives += needs[i].relatives;
        sum.children += needs[i].children;
        sum.app += needs[i].app;
    }
    write_need(out, period, &desks[desk], "*", all, &sum, desks[desk].minutes * 10 + seeded_below(&seeded, 10),
               4 + seeded_below(&seeded, 9));
    for (size_t i = 0; i < COUNT(tongues); i++)
        write_need(out, period, &desks[desk], tongues[i].code, contacts[i], &needs[i],
                   desks[desk].minutes * 14 + seeded_below(&seeded, 30), 4 + seeded_below(&seeded, 12));
}

void demo_demand_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    static const char *const periods[] = { "2024-03-04;2024-03-15", "2024-11-04;2024-11-15", "2025-03-03;2025-03-14",
                                           "2025-11-03;2025-11-14" };
    static const struct ways ways[] = { { 24, 10, 31, 9 }, { 25, 10, 30, 11 }, { 31, 12, 26, 12 }, { 34, 13, 24, 13 } };
    (void)arena;
    buf_add_string(out, "zeitraum_von;zeitraum_bis;org_id;sprache;kontakte;kontakte_mit_bedarf;minuten_mittel;"
                        "geloest_intern;geloest_sprachmittlung;geloest_angehoerige;davon_kinder;geloest_app;"
                        "nicht_geloest;wartezeit_median_tage;quelle\r\n");
    for (size_t i = 0; i < COUNT(periods); i++)
        for (size_t desk = 0; desk < COUNT(desks); desk++)
            if (has_unit(city, desks[desk].unit))
                write_desk(city, out, periods[i], i, desk, &ways[i]);
}

/* One source: everybody who said so in the survey, or a few who joined the pool. */
static void write_supply(struct arena *arena, const struct demo_city *city, struct buf *out, const char *day,
                         const char *source, const struct demo_year *staff, double part, unsigned willing_percent)
{
    unsigned(*people)[COUNT(tongues)][2] = arena_get(arena, city->unit_count, sizeof *people);
    if (people == NULL) {
        out->failed = true;
        return;
    }
    memset(people, 0, city->unit_count * sizeof *people);
    for (size_t i = 0; i < staff->person_count; i++) {
        const struct demo_person *person = &staff->persons[i];
        struct seeded seeded;
        demo_generator(&seeded, city->seed, PURPOSE_CLIENTS, (1u << 24) + person->key * 2u + (part < 1.0 ? 1u : 0u));
        for (size_t k = 0; k < COUNT(tongues) && person->migration; k++) {
            const bool speaks = demo_chance(&seeded, tongues[k].staff * part / 1000.0);
            const bool willing = demo_chance(&seeded, willing_percent / 100.0);
            people[demo_department(city, person->unit)][k][0] += speaks;
            people[demo_department(city, person->unit)][k][1] += speaks && willing;
        }
    }
    for (size_t unit = 0; unit < city->unit_count; unit++)
        for (size_t k = 0; k < COUNT(tongues); k++)
            if (people[unit][k][0] > 0)
                buf_format(out, "%s;%s;%s;%u;%u;%u;%s\r\n", day, city->units[unit].id, tongues[k].code,
                           people[unit][k][0], people[unit][k][1], people[unit][k][1] * 5, source);
}

void demo_supply_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    buf_add_string(out, "stichtag;org_id;sprache;personen;davon_bereit;stunden_monat;quelle\r\n");
    for (size_t i = 0; i < DEMO_YEAR_COUNT; i++) {
        char day[16];
        snprintf(day, sizeof day, "%d-09-30", city->years[i].year);
        write_supply(arena, city, out, day, "BEFRAGUNG", &city->years[i], 1.0, 62);
        write_supply(arena, city, out, day, "POOL", &city->years[i], i == 0 ? 0.08 : 0.12, 100);
    }
}

void demo_documents_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    enum { EACH = 7 };
    static const char *const kinds[] = { "BRIEF", "BRIEF", "FORMULAR", "FORMULAR", "WEB", "AUSHANG", "BRIEF" };
    static const char *const languages[] = { "", "", "", "", "en", "tr ar", "tr ar ro pl", "en tr ar uk ru" };
    (void)arena;
    buf_add_string(out, "org_id;dok_id;art;auflage_jahr;einfache_sprache_geprueft;test_mit_nutzern;uebersetzungen;"
                        "stand\r\n");
    for (size_t desk = 0; desk < COUNT(desks); desk++) {
        struct seeded seeded;
        demo_generator(&seeded, city->seed, PURPOSE_CLIENTS, (1u << 20) + desk);
        for (unsigned i = 0; i < EACH && has_unit(city, desks[desk].unit); i++) {
            const unsigned copies = 100 + seeded_below(&seeded, 80) * 100;
            const bool plain = demo_chance(&seeded, 0.36);
            const bool tested = plain && demo_chance(&seeded, 0.3);
            const char *translated = languages[seeded_below(&seeded, COUNT(languages))];
            buf_format(out, "%s;%s-%02u;%s;%u;%d;%d;%s;2025-06-30\r\n", desks[desk].unit, desks[desk].unit, i + 1,
                       kinds[i], copies, plain, tested, translated);
        }
    }
}

/* Group 1 of citizenship: people without the German one. */
void demo_services_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    (void)arena;
    (void)city;
    buf_add_string(out, "jahr;dienst;gruppe_merkmal;gruppe;nutzende;berechtigte\r\n"
                        "2025;Kindertagesbetreuung;STAATSANG;1;1010;1690\r\n"
                        "2025;Kindertagesbetreuung;STAATSANG;0;4720;6120\r\n"
                        "2025;Erziehungsberatung;STAATSANG;1;96;5900\r\n"
                        "2025;Erziehungsberatung;STAATSANG;0;618;21400\r\n"
                        "2025;Stadtbibliothek;STAATSANG;1;2950;31666\r\n"
                        "2025;Stadtbibliothek;STAATSANG;0;17800;130724\r\n"
                        "2025;Pflegeberatung;STAATSANG;1;74;3300\r\n"
                        "2025;Pflegeberatung;STAATSANG;0;1240;31900\r\n"
                        "2025;Volkshochschule;STAATSANG;1;3120;26200\r\n"
                        "2025;Volkshochschule;STAATSANG;0;6480;109800\r\n");
}

void demo_outreach_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    (void)arena;
    (void)city;
    buf_add_string(out,
                   "datum;org_id;art;partner_art;zielgruppe;sprache;personen_erreicht;folge_bewerbungen;kosten_eur\r\n"
                   "2024-02-08;F12;MESSE;Kammer;Schulabgang;*;420;31;3900,00\r\n"
                   "2024-04-18;F12;SCHULE;Gesamtschule;Jahrgang 9 und 10;*;165;12;450,00\r\n"
                   "2024-05-23;F14;MSO;Elternverein;Eltern;tur;58;6;260,00\r\n"
                   "2024-09-12;F12;KAMPAGNE;Verkehrsbetrieb;Berufseinstieg;*;9000;44;12500,00\r\n"
                   "2024-11-14;F14;INFOABEND;Moscheegemeinde;junge Erwachsene;ara;46;5;310,00\r\n"
                   "2025-02-06;F12;MESSE;Kammer;Schulabgang;*;455;38;4100,00\r\n"
                   "2025-03-13;F12;SCHULE;Gesamtschule;Jahrgang 9 und 10;*;190;17;480,00\r\n"
                   "2025-03-27;F12;SCHULE;Berufskolleg;Abschlussklassen;*;140;15;430,00\r\n"
                   "2025-05-15;F14;MSO;Elternverein;Eltern;tur;71;9;280,00\r\n"
                   "2025-06-05;F14;MSO;Kulturverein;junge Erwachsene;ukr;39;7;240,00\r\n"
                   "2025-06-26;F34;INFOABEND;Sportverein;junge Erwachsene;*;84;11;350,00\r\n"
                   "2025-09-11;F12;KAMPAGNE;Soziale Medien;Berufseinstieg;*;14500;61;11800,00\r\n"
                   "2025-10-16;F14;BERATUNG;Jobcenter;Fachkräfte mit ausländischem Abschluss;eng;63;;900,00\r\n");
}

/* Invented counts whose shape follows what is known of German cities (domain schema.md section 7): fewer people with an
 * immigration history among those hired than among those who applied, three languages that are spoken less often in the
 * office than at its counters, measures that are done, paused and dropped. Everything grows with the city. */
#include "survey/demo_registers.h"

#include <stdio.h>
#include <string.h>

#include "survey/demo_people.h"

enum { STAFF = 3345, YEAR_LAST = DEMO_YEAR_FIRST + DEMO_YEAR_COUNT - 1, HISTORY = 3 /* years of movements */ };

struct writer {
    const struct demo_city *city;
    struct seeded seeded;
    struct buf *out;
};

/* A number for this city, some per cent around what a city of 3,345 would have. */
static unsigned some(struct writer *writer, unsigned usual)
{
    double size = (double)writer->city->years[DEMO_YEAR_COUNT - 1].person_count / STAFF;
    double number = usual * size * (0.9 + 0.2 * seeded_unit(&writer->seeded));
    return (unsigned)(number + 0.5);
}

static unsigned part(unsigned whole, unsigned percent)
{
    return (whole * percent + 50) / 100;
}

static void flows(struct writer *writer)
{
    static const struct {
        const char *kind, *reason;
        unsigned german, other; /* in a city of 3,345, per year */
    } rows[] = {
        { "EINTRITT", "", 236, 24 },         { "AUSTRITT", "FREIWILLIG", 78, 8 },
        { "AUSTRITT", "RENTE", 96, 2 },      { "AUSTRITT", "FRIST", 34, 5 },
        { "AUSTRITT", "TOD", 4, 0 },         { "AUSTRITT", "DIENSTHERRNWECHSEL", 17, 1 },
        { "AUSTRITT", "SONST", 11, 1 },      { "BEFOERDERUNG", "", 61, 1 },
        { "HOEHERGRUPPIERUNG", "", 122, 5 }, { "UEBERNAHME", "", 44, 5 },
    };
    buf_add_string(writer->out,
                   "jahr;art;grund;org_id;band;altersband;geschlecht;deutsch;anzahl;betriebszugehoerigkeit_monate\n");
    for (int year = YEAR_LAST - HISTORY + 1; year <= YEAR_LAST; year++)
        for (size_t i = 0; i < COUNT(rows); i++)
            for (int german = 1; german >= 0; german--)
                buf_format(writer->out, "%d;%s;%s;*;*;*;*;%d;%u;\n", year, rows[i].kind, rows[i].reason, german,
                           some(writer, german != 0 ? rows[i].german : rows[i].other));
    /* Retirements by age for the projection, and what became of those hired three years ago. */
    for (int age = 4; age <= 5; age++)
        buf_format(writer->out, "%d;AUSTRITT;RENTE;*;*;%d;*;*;%u;\n", YEAR_LAST, age, some(writer, age == 4 ? 6 : 92));
    static const struct {
        const char *reason;
        unsigned months, german, other;
    } left[] = { { "FREIWILLIG", 5, 6, 1 },        { "FREIWILLIG", 11, 9, 2 }, { "FRIST", 12, 14, 4 },
                 { "FREIWILLIG", 17, 6, 1 },       { "FREIWILLIG", 22, 5, 1 }, { "FRIST", 24, 9, 2 },
                 { "DIENSTHERRNWECHSEL", 9, 3, 0 } };
    for (size_t i = 0; i < COUNT(left); i++)
        for (int german = 1; german >= 0; german--)
            buf_format(writer->out, "%d;AUSTRITT;%s;*;*;*;*;%d;%u;%u\n", YEAR_LAST, left[i].reason, german,
                       some(writer, german != 0 ? left[i].german : left[i].other), left[i].months);
}

static void funnel_row(struct writer *writer, int year, char band, const char *kind, int stage, unsigned group,
                       unsigned people, unsigned qualified)
{
    buf_format(writer->out, ";%d;*;%c;%s;%d;EG_SELBST;%u;%u;%u\n", year, band, kind, stage, group, people, qualified);
}

static void funnel(struct writer *writer)
{
    static const struct {
        const char *kind;
        char band;
        unsigned applied, percent;                              /* per year; with an immigration history among them */
        unsigned suitable[2], interview[2], offer[2], hired[2]; /* per cent of the stage before: without, with */
    } rows[] = {
        { "AUSB", '0', 620, 32, { 66, 61 }, { 48, 44 }, { 44, 40 }, { 88, 87 } },
        { "EXT", '2', 1480, 24, { 62, 56 }, { 40, 36 }, { 38, 36 }, { 90, 90 } },
        { "EXT", '3', 760, 21, { 58, 50 }, { 42, 38 }, { 40, 39 }, { 90, 89 } },
        { "EXT", '4', 190, 18, { 60, 54 }, { 40, 38 }, { 38, 37 }, { 90, 90 } },
    };
    buf_add_string(writer->out,
                   "verfahren_id;jahr;org_id;band;art;stufe;gruppe_merkmal;gruppe;anzahl;kriterien_erfuellt\n");
    for (int year = YEAR_LAST - 1; year <= YEAR_LAST; year++)
        for (size_t i = 0; i < COUNT(rows); i++) {
            unsigned applied = some(writer, rows[i].applied);
            for (unsigned group = 0; group < 2; group++) {
                unsigned carded = part(applied, 78); /* the card is voluntary */
                unsigned people = group == 1 ? part(carded, rows[i].percent) : carded - part(carded, rows[i].percent);
                const unsigned *const steps[] = { rows[i].suitable, rows[i].interview, rows[i].offer, rows[i].hired };
                static const int stages[] = { 2, 4, 5, 6 };
                unsigned qualified = part(people, group == 1 ? 34 : 38);
                funnel_row(writer, year, rows[i].band, rows[i].kind, 1, group, people, qualified);
                for (size_t step = 0; step < COUNT(steps); step++) {
                    people = part(people, steps[step][group]);
                    if (qualified > people)
                        qualified = part(people, stages[step] >= 5 ? 96 : 92);
                    funnel_row(writer, year, rows[i].band, rows[i].kind, stages[step], group, people, qualified);
                }
            }
            buf_format(writer->out, ";%d;*;%c;%s;1;EG_SELBST;9;%u;\n", year, rows[i].band, rows[i].kind,
                       applied - part(applied, 78));
        }
}

/* Departments with counters, with contacts in two count weeks. */
static const struct {
    const char *name;
    unsigned contacts, need; /* need in per cent */
} counters[] = {
    { "Bürgerdienste", 5200, 9 },       { "Migration und Einbürgerung", 2300, 46 },
    { "Soziales", 2900, 18 },           { "Jugend und Familie", 1500, 15 },
    { "Schule und Sport", 1100, 12 },   { "Kindertagesbetreuung", 1700, 14 },
    { "Öffentliche Ordnung", 1900, 8 },
};
static const struct {
    const char *code;
    unsigned share; /* per cent of the contacts with a need */
    unsigned speakers;
} tongues[] = { { "tur", 24, 17 }, { "ara", 22, 8 }, { "ron", 13, 6 }, { "pol", 10, 11 }, { "bul", 9, 3 },
                { "ukr", 8, 5 },   { "kur", 6, 4 },  { "rus", 5, 12 }, { "eng", 3, 38 } };

static const struct demo_unit *department(const struct demo_city *city, const char *name)
{
    for (size_t i = 0; i < city->unit_count; i++)
        if (city->units[i].level == UNIT_DEPARTMENT && strcmp(city->units[i].name, name) == 0)
            return &city->units[i];
    return NULL;
}

static void demand_row(struct writer *writer, const char *period, const char *unit, const char *tongue,
                       unsigned contacts, unsigned need)
{
    unsigned interpreter = part(need, 12);
    unsigned relatives = part(need, 27);
    unsigned app = part(need, 15);
    unsigned unsolved = part(need, 9);
    unsigned inside = need - interpreter - relatives - app - unsolved;
    buf_format(writer->out, "%s;%s;%s;%u;%u;%u,5;%u;%u;%u;%u;%u;%u;%u;ZAEHLWOCHE\n", period, unit, tongue, contacts,
               need, strcmp(tongue, "*") == 0 ? 13U : 21U, inside, interpreter, relatives, part(relatives, 30), app,
               unsolved, interpreter == 0 ? 0U : 4 + need % 6);
}

static void demand(struct writer *writer)
{
    enum { WEEKS = 2 };
    buf_add_string(
        writer->out,
        "zeitraum_von;zeitraum_bis;org_id;sprache;kontakte;kontakte_mit_bedarf;minuten_mittel;geloest_intern;"
        "geloest_sprachmittlung;geloest_angehoerige;davon_kinder;geloest_app;nicht_geloest;wartezeit_median_tage;"
        "quelle\n");
    for (int year = DEMO_YEAR_FIRST; year <= YEAR_LAST; year++)
        for (size_t week = 0; week < WEEKS; week++)
            for (size_t i = 0; i < COUNT(counters); i++) {
                const struct demo_unit *unit = department(writer->city, counters[i].name);
                char period[32];
                if (unit == NULL)
                    continue;
                snprintf(period, sizeof period, "%04d-%s;%04d-%s", year, week == 0 ? "03-03" : "10-13", year,
                         week == 0 ? "03-07" : "10-17");
                unsigned contacts = some(writer, counters[i].contacts) / 2;
                unsigned need = part(contacts, counters[i].need);
                demand_row(writer, period, unit->id, "*", contacts, need);
                for (size_t k = 0; k < COUNT(tongues); k++)
                    demand_row(writer, period, unit->id, tongues[k].code, contacts, part(need, tongues[k].share));
            }
}

static void supply(struct writer *writer)
{
    buf_add_string(writer->out, "stichtag;org_id;sprache;personen;davon_bereit;stunden_monat;quelle\n");
    for (int year = DEMO_YEAR_FIRST; year <= YEAR_LAST; year++)
        for (size_t k = 0; k < COUNT(tongues); k++) {
            unsigned speakers = some(writer, tongues[k].speakers);
            unsigned willing = part(speakers, 70);
            buf_format(writer->out, "%04d-06-30;*;%s;%u;%u;%u;POOL\n", year, tongues[k].code, speakers, willing,
                       willing * 4);
            for (size_t i = 0; i < COUNT(counters); i++) {
                const struct demo_unit *unit = department(writer->city, counters[i].name);
                unsigned here = part(speakers, counters[i].need);
                if (unit != NULL && here > 0)
                    buf_format(writer->out, "%04d-06-30;%s;%s;%u;%u;%u;POOL\n", year, unit->id, tongues[k].code, here,
                               part(here, 70), part(here, 70) * 4);
            }
        }
}

static void outreach(struct writer *writer)
{
    static const struct {
        const char *day, *kind, *partner, *audience, *tongue;
        unsigned reached, applications, cost;
    } rows[] = {
        { "02-12", "MESSE", "Berufsmesse", "Schulabgang", "*", 340, 31, 4200 },
        { "03-05", "SCHULE", "Gesamtschule", "Klasse 10", "*", 120, 14, 300 },
        { "03-19", "SCHULE", "Berufskolleg", "Klasse 12", "*", 95, 12, 300 },
        { "04-23", "MSO", "Migrantenorganisation", "Eltern", "tur", 64, 5, 250 },
        { "05-14", "MSO", "Migrantenorganisation", "Eltern", "ara", 48, 3, 250 },
        { "06-11", "INFOABEND", "Volkshochschule", "Quereinstieg", "*", 70, 9, 400 },
        { "09-01", "KAMPAGNE", "Soziale Medien", "Ausbildung", "*", 5200, 58, 9800 },
        { "10-08", "BERATUNG", "Jobcenter", "Quereinstieg", "*", 82, 11, 0 },
    };
    buf_add_string(writer->out,
                   "datum;org_id;art;partner_art;zielgruppe;sprache;personen_erreicht;folge_bewerbungen;kosten_eur\n");
    for (int year = DEMO_YEAR_FIRST; year <= YEAR_LAST; year++)
        for (size_t i = 0; i < COUNT(rows); i++)
            buf_format(writer->out, "%04d-%s;;%s;%s;%s;%s;%u;%u;%u\n", year, rows[i].day, rows[i].kind, rows[i].partner,
                       rows[i].audience, rows[i].tongue, some(writer, rows[i].reached),
                       some(writer, rows[i].applications), rows[i].cost);
}

static void documents(struct writer *writer)
{
    static const char *const kinds[] = { "BRIEF", "FORMULAR", "WEB", "AUSHANG" };
    static const char *const translations[] = { "", "tr", "", "tr ar uk", "", "", "en", "" };
    buf_add_string(writer->out,
                   "org_id;dok_id;art;auflage_jahr;einfache_sprache_geprueft;test_mit_nutzern;uebersetzungen;stand\n");
    for (size_t i = 0; i < COUNT(counters); i++) {
        const struct demo_unit *unit = department(writer->city, counters[i].name);
        for (unsigned k = 0; unit != NULL && k < 16; k++)
            buf_format(writer->out, "%s;%s-%02u;%s;%u;%d;%d;%s;%04d-0%u-15\n", unit->id, unit->id, k + 1, kinds[k % 4],
                       200 + seeded_below(&writer->seeded, 9000), demo_chance(&writer->seeded, 0.35) ? 1 : 0,
                       demo_chance(&writer->seeded, 0.12) ? 1 : 0, translations[seeded_below(&writer->seeded, 8)],
                       YEAR_LAST, 1 + k % 9);
    }
}

static void recommendations(struct writer *writer)
{
    buf_add_string(writer->out, "emp_id;titel;beschluss_datum;vorlage_nr\n"
                                "E01;Vernetzung nach innen und außen;2024-02-13;2024/0042\n"
                                "E02;Fortbildung für alle mit Publikumskontakt;2024-02-13;2024/0042\n"
                                "E03;Personalgewinnung für eine vielfältige Verwaltung;2024-02-13;2024/0042\n"
                                "E04;Menge und Qualität des Personals nach Bedarf der Kundschaft;2024-02-13;2024/0042\n"
                                "E05;Interkulturelle Kompetenz in Ausschreibungen;2024-02-13;2024/0042\n");
}

static void measures(struct writer *writer)
{
    buf_add_string(
        writer->out,
        "mass_id;emp_id;titel;org_id;beginn_soll;ende_soll;budget_eur;indikator_id;zielwert;zielwert_begruendung\n"
        "M01;E01;Ansprechpersonen in jedem Fachbereich;;2024-04-01;2024-12-31;0;o4;100;Beschluss des Rates\n"
        "M02;E01;Runder Tisch mit Migrantenorganisationen;;2024-06-01;;3000;;;\n"
        "M03;E02;Zwei Schulungstage im Jahr;;2024-09-01;2026-06-30;48000;b4;60;Stand 2024 war ein Drittel\n"
        "M04;E02;Schulung für Führungskräfte;;2025-01-01;2025-12-31;18000;b4;;\n"
        "M05;E03;Werbung an Schulen;;2024-03-01;2026-12-31;12000;o5;;\n"
        "M06;E03;Anonyme Bewerbungen für Ausbildungsplätze;;2024-05-01;2025-05-31;5000;p3;;\n"
        "M07;E04;Pool sprachkundiger Beschäftigter;;2024-07-01;;8000;s2;;\n"
        "M08;E04;Zählwochen an den Schaltern;;2024-03-01;;0;s1;;\n"
        "M09;E05;Baustein für Ausschreibungen;;2024-03-01;2024-09-30;0;p6;80;Alle Stellen mit Publikumskontakt, "
        "mit Übergangszeit\n");
}

static void statuses(struct writer *writer)
{
    buf_add_string(
        writer->out,
        "mass_id;jahr;status;nachweis;ausgaben_eur;begruendung\n"
        "M01;2024;BEGONNEN;Rundschreiben 7/2024;0;\nM01;2025;UMGESETZT;Liste im Intranet;0;\n"
        "M02;2024;BEGONNEN;;900;\nM02;2025;VERSTETIGT;Protokolle 1 bis 4;1800;\n"
        "M03;2024;GEPLANT;;0;\nM03;2025;BEGONNEN;Teilnahmelisten;21000;\n"
        "M04;2025;AUSGESETZT;;2000;Die Dozentin ist ausgefallen, neuer Beginn 2026\n"
        "M05;2024;BEGONNEN;Terminplan;4200;\nM05;2025;BEGONNEN;Terminplan;4300;\n"
        "M06;2024;BEGONNEN;;1000;\nM06;2025;BEENDET_OHNE;Auswertung;3900;Kein Unterschied zu früheren Jahren\n"
        "M07;2024;BEGONNEN;Liste;2500;\nM07;2025;BEGONNEN;Liste;2600;\n"
        "M08;2024;UMGESETZT;Auswertung;0;\nM08;2025;VERSTETIGT;Auswertung;0;\n"
        "M09;2024;UMGESETZT;;0;\n");
}

static void adverts(struct writer *writer)
{
    buf_add_string(writer->out, "jahr;org_id;publikum;anzahl;davon_genannt;davon_geprueft\n");
    for (int year = DEMO_YEAR_FIRST; year <= YEAR_LAST; year++)
        for (int contact = 1; contact >= 0; contact--) {
            unsigned count = some(writer, contact != 0 ? 118 : 92);
            unsigned named = part(count, contact != 0 ? (year == YEAR_LAST ? 64U : 41U) : 22);
            buf_format(writer->out, "%d;;%d;%u;%u;%u\n", year, contact, count, named, part(named, 38));
        }
}

static void cohorts(struct writer *writer)
{
    buf_add_string(writer->out, "jahr;gruppe_merkmal;gruppe;begonnen;abgeschlossen;uebernommen\n");
    for (int year = YEAR_LAST - 2; year <= YEAR_LAST; year++)
        for (int group = 1; group >= 0; group--) {
            unsigned started = some(writer, group != 0 ? 21 : 52);
            unsigned completed = part(started, group != 0 ? 84 : 90);
            buf_format(writer->out, "%d;EG_SELBST;%d;%u;%u;%u\n", year, group, started, completed, part(completed, 91));
        }
}

static void services(struct writer *writer)
{
    static const struct {
        const char *name;
        unsigned users, foreign, eligible, eligible_foreign;
    } rows[] = { { "Stadtbibliothek", 14200, 1650, 126000, 31000 },
                 { "Volkshochschule", 6100, 1900, 109000, 28000 },
                 { "Musikschule", 2300, 160, 24000, 6100 },
                 { "Kindertagesstätten", 5400, 1230, 7600, 2050 } };
    buf_add_string(writer->out, "jahr;dienst;gruppe_merkmal;gruppe;nutzende;berechtigte\n");
    for (size_t i = 0; i < COUNT(rows); i++) {
        buf_format(writer->out, "%d;%s;STAATSANG;1;%u;%u\n", YEAR_LAST, rows[i].name, rows[i].foreign,
                   rows[i].eligible_foreign);
        buf_format(writer->out, "%d;%s;STAATSANG;0;%u;%u\n", YEAR_LAST, rows[i].name, rows[i].users - rows[i].foreign,
                   rows[i].eligible - rows[i].eligible_foreign);
    }
}

static void complaints(struct writer *writer)
{
    buf_add_string(writer->out, "jahr;anzahl\n");
    for (int year = DEMO_YEAR_FIRST; year <= YEAR_LAST; year++)
        buf_format(writer->out, "%d;%u\n", year, some(writer, 7));
}

static void cards(struct writer *writer)
{
    static const unsigned shares[] = { 33, 30, 22, 17, 13 }; /* per cent, by band */
    static const unsigned given[] = { 60, 34, 96, 70, 18 };
    buf_add_string(writer->out, "jahr;band;definition;gruppe;anzahl;ausgegeben\n");
    for (int year = DEMO_YEAR_FIRST; year <= YEAR_LAST; year++)
        for (unsigned band = 0; band < COUNT(shares); band++) {
            unsigned handed_out = some(writer, given[band]);
            unsigned back = part(handed_out, 64);
            unsigned with = part(back, shares[band]);
            buf_format(writer->out, "%d;%u;TINTG_2021;1;%u;%u\n", year, band, with, handed_out);
            buf_format(writer->out, "%d;%u;TINTG_2021;0;%u;%u\n", year, band, back - with, handed_out);
        }
}

static const struct {
    const char *kind;
    void (*write)(struct writer *writer);
} registers[] = {
    { "flows", flows },
    { "funnel", funnel },
    { "demand", demand },
    { "supply", supply },
    { "outreach", outreach },
    { "documents", documents },
    { "recommendations", recommendations },
    { "measures", measures },
    { "status", statuses },
    { "adverts", adverts },
    { "cohorts", cohorts },
    { "services", services },
    { "complaints", complaints },
    { "cards", cards },
};

const char *demo_register_kind(size_t i)
{
    return i < COUNT(registers) ? registers[i].kind : NULL;
}

void demo_register_csv(const struct demo_city *city, const char *kind, struct buf *out)
{
    for (size_t i = 0; i < COUNT(registers); i++) {
        struct writer writer = { .city = city, .out = out };
        if (strcmp(registers[i].kind, kind) != 0)
            continue;
        demo_generator(&writer.seeded, city->seed, PURPOSE_REGISTER, i);
        registers[i].write(&writer);
    }
}

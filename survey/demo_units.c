/* The demo city's organisation: 1 city, 6 divisions, 25 departments and their sections. Names are of the kind found in
 * German cities; no real city is meant. Weights are roughly heads in a city of 3,345. */
#include "survey/demo_people.h"

#include <stdio.h>

/* clang-format off */
const struct demo_profile demo_profiles[PROFILE_COUNT] = {
    /*                     women  bands 1..4             civil 2..4      part  answer  migration */
    [PROFILE_OFFICE]    = { 60, { 2, 40, 47, 11 },    { 22, 42, 50 }, 38, 42, 0.90 },
    [PROFILE_COUNTER]   = { 70, { 2, 63, 31,  4 },    { 20, 40, 50 }, 42, 30, 1.15 },
    [PROFILE_SOCIAL]    = { 72, { 1, 20, 70,  9 },    { 15, 25, 30 }, 44, 36, 1.20 },
    [PROFILE_CARE]      = { 90, { 8, 76, 15,  1 },    {  0,  0,  0 }, 52, 16, 1.25 },
    [PROFILE_FIRE]      = {  9, { 1, 72, 24,  3 },    { 92, 92, 90 },  5, 20, 0.45 },
    [PROFILE_TECHNICAL] = { 46, { 3, 26, 53, 18 },    { 10, 20, 30 }, 28, 34, 0.95 },
    [PROFILE_YARD]      = { 24, { 56, 38, 5, 1 },     {  0, 10, 20 }, 24, 13, 1.05 },
    [PROFILE_CULTURE]   = { 64, { 6, 40, 41, 13 },    {  5, 10, 20 }, 46, 40, 0.90 },
};

/* One line: level (D division, F department, A section), profile, contact, weight of its sections, name. */
static const struct row {
    char level;
    unsigned char profile;
    bool contact;
    unsigned short weight;
    const char *name;
} rows[] = {
    { 'D', PROFILE_OFFICE,  0, 4, "Dezernat I – Oberbürgermeisterin" },
    { 'F', PROFILE_OFFICE,  0, 3, "Büro der Oberbürgermeisterin" },
    { 'A', PROFILE_OFFICE,  0, 9, "Ratsangelegenheiten" },
    { 'A', PROFILE_OFFICE,  0, 11, "Presse und Kommunikation" },
    { 'A', PROFILE_OFFICE,  1, 6, "Repräsentation und Städtepartnerschaften" },
    { 'F', PROFILE_OFFICE,  0, 4, "Personal und Organisation" },
    { 'A', PROFILE_OFFICE,  0, 34, "Personalbetreuung" },
    { 'A', PROFILE_OFFICE,  0, 14, "Personalgewinnung und Ausbildung" },
    { 'A', PROFILE_OFFICE,  0, 13, "Organisationsentwicklung" },
    { 'A', PROFILE_OFFICE,  0, 16, "Bezüge und Beihilfe" },
    { 'A', PROFILE_OFFICE,  0, 8, "Arbeitsschutz und Gesundheit" },
    { 'F', PROFILE_OFFICE,  0, 3, "Rechnungsprüfung" },
    { 'A', PROFILE_OFFICE,  0, 10, "Verwaltungsprüfung" },
    { 'A', PROFILE_TECHNICAL, 0, 7, "Technische Prüfung" },
    { 'F', PROFILE_OFFICE,  1, 3, "Chancengerechtigkeit und Integration" },
    { 'A', PROFILE_SOCIAL,  1, 17, "Kommunales Integrationszentrum" },
    { 'A', PROFILE_SOCIAL,  1, 6, "Gleichstellung" },
    { 'A', PROFILE_SOCIAL,  1, 5, "Teilhabe und Inklusion" },
    { 'D', PROFILE_OFFICE,  0, 3, "Dezernat II – Finanzen und Digitales" },
    { 'F', PROFILE_OFFICE,  0, 4, "Finanzsteuerung" },
    { 'A', PROFILE_OFFICE,  0, 17, "Haushalt und Beteiligungen" },
    { 'A', PROFILE_OFFICE,  0, 21, "Geschäftsbuchhaltung" },
    { 'A', PROFILE_COUNTER, 1, 24, "Steuern und Abgaben" },
    { 'A', PROFILE_COUNTER, 1, 26, "Stadtkasse und Vollstreckung" },
    { 'F', PROFILE_TECHNICAL, 0, 3, "Digitalisierung und Informationstechnik" },
    { 'A', PROFILE_TECHNICAL, 0, 25, "Netze und Rechenzentrum" },
    { 'A', PROFILE_TECHNICAL, 0, 24, "Anwendungen und Fachverfahren" },
    { 'A', PROFILE_TECHNICAL, 0, 19, "Anwenderbetreuung" },
    { 'A', PROFILE_TECHNICAL, 0, 9, "Schul-IT" },
    { 'F', PROFILE_TECHNICAL, 0, 4, "Gebäudemanagement" },
    { 'A', PROFILE_TECHNICAL, 0, 40, "Hochbau und Sanierung" },
    { 'A', PROFILE_TECHNICAL, 0, 24, "Technische Gebäudeausrüstung" },
    { 'A', PROFILE_YARD,    0, 96, "Hausmeisterdienste" },
    { 'A', PROFILE_YARD,    0, 142, "Gebäudereinigung" },
    { 'A', PROFILE_OFFICE,  0, 14, "Liegenschaften und Vermietung" },
    { 'F', PROFILE_OFFICE,  0, 2, "Recht" },
    { 'A', PROFILE_OFFICE,  0, 14, "Rechtsberatung und Prozesse" },
    { 'A', PROFILE_OFFICE,  0, 6, "Vergabestelle" },
    { 'A', PROFILE_OFFICE,  0, 4, "Datenschutz" },
    { 'D', PROFILE_OFFICE,  0, 3, "Dezernat III – Bürgerservice, Ordnung und Sicherheit" },
    { 'F', PROFILE_COUNTER, 1, 3, "Bürgerdienste" },
    { 'A', PROFILE_COUNTER, 1, 52, "Bürgerbüros" },
    { 'A', PROFILE_COUNTER, 1, 19, "Standesamt" },
    { 'A', PROFILE_COUNTER, 1, 20, "Servicecenter 115" },
    { 'A', PROFILE_COUNTER, 1, 11, "Wahlen und Statistik" },
    { 'F', PROFILE_COUNTER, 1, 3, "Migration und Einbürgerung" },
    { 'A', PROFILE_COUNTER, 1, 41, "Ausländerbehörde" },
    { 'A', PROFILE_COUNTER, 1, 13, "Einbürgerung" },
    { 'A', PROFILE_SOCIAL,  1, 18, "Unterbringung und Betreuung Geflüchteter" },
    { 'F', PROFILE_COUNTER, 1, 4, "Öffentliche Ordnung" },
    { 'A', PROFILE_COUNTER, 1, 46, "Kommunaler Ordnungsdienst" },
    { 'A', PROFILE_COUNTER, 1, 31, "Verkehrsüberwachung" },
    { 'A', PROFILE_COUNTER, 1, 17, "Gewerbe und Gaststätten" },
    { 'A', PROFILE_COUNTER, 1, 22, "Bußgeldstelle" },
    { 'A', PROFILE_COUNTER, 1, 33, "Straßenverkehrsamt" },
    { 'F', PROFILE_FIRE,    1, 4, "Feuerwehr und Rettungsdienst" },
    { 'A', PROFILE_FIRE,    1, 148, "Einsatz und Wachen" },
    { 'A', PROFILE_FIRE,    1, 67, "Rettungsdienst" },
    { 'A', PROFILE_FIRE,    0, 27, "Leitstelle" },
    { 'A', PROFILE_FIRE,    0, 19, "Technik und Logistik" },
    { 'A', PROFILE_FIRE,    1, 15, "Vorbeugender Brandschutz" },
    { 'D', PROFILE_OFFICE,  0, 3, "Dezernat IV – Bildung, Jugend und Kultur" },
    { 'F', PROFILE_OFFICE,  1, 4, "Schule und Sport" },
    { 'A', PROFILE_OFFICE,  1, 57, "Schulsekretariate" },
    { 'A', PROFILE_OFFICE,  0, 17, "Schulentwicklung und Schulbetrieb" },
    { 'A', PROFILE_YARD,    1, 38, "Sportstätten und Bäder" },
    { 'A', PROFILE_SOCIAL,  1, 14, "Regionales Bildungsbüro" },
    { 'A', PROFILE_SOCIAL,  1, 15, "Schulpsychologische Beratung" },
    { 'F', PROFILE_CARE,    1, 5, "Kindertagesbetreuung" },
    { 'A', PROFILE_CARE,    1, 132, "Kindertagesstätten Nord" },
    { 'A', PROFILE_CARE,    1, 121, "Kindertagesstätten Mitte" },
    { 'A', PROFILE_CARE,    1, 118, "Kindertagesstätten Süd" },
    { 'A', PROFILE_CARE,    1, 44, "Familienzentren" },
    { 'A', PROFILE_COUNTER, 1, 19, "Kita-Verwaltung und Elternbeiträge" },
    { 'A', PROFILE_SOCIAL,  1, 11, "Kindertagespflege" },
    { 'F', PROFILE_SOCIAL,  1, 4, "Jugend und Familie" },
    { 'A', PROFILE_SOCIAL,  1, 86, "Allgemeiner Sozialer Dienst" },
    { 'A', PROFILE_SOCIAL,  1, 22, "Pflegekinder und Adoption" },
    { 'A', PROFILE_COUNTER, 1, 25, "Unterhalt und Beistandschaften" },
    { 'A', PROFILE_COUNTER, 1, 14, "Wirtschaftliche Jugendhilfe" },
    { 'A', PROFILE_SOCIAL,  1, 33, "Jugendförderung und Jugendzentren" },
    { 'A', PROFILE_SOCIAL,  1, 13, "Frühe Hilfen" },
    { 'F', PROFILE_CULTURE, 1, 3, "Kultur" },
    { 'A', PROFILE_CULTURE, 1, 29, "Stadtbibliothek" },
    { 'A', PROFILE_CULTURE, 1, 31, "Musikschule" },
    { 'A', PROFILE_CULTURE, 1, 16, "Museen und Stadtarchiv" },
    { 'A', PROFILE_CULTURE, 1, 19, "Volkshochschule" },
    { 'A', PROFILE_CULTURE, 1, 8, "Kulturbüro" },
    { 'D', PROFILE_OFFICE,  0, 3, "Dezernat V – Soziales und Gesundheit" },
    { 'F', PROFILE_SOCIAL,  1, 4, "Soziales" },
    { 'A', PROFILE_COUNTER, 1, 44, "Grundsicherung und Hilfe zum Lebensunterhalt" },
    { 'A', PROFILE_COUNTER, 1, 23, "Hilfe zur Pflege" },
    { 'A', PROFILE_SOCIAL,  1, 18, "Eingliederungshilfe" },
    { 'A', PROFILE_SOCIAL,  1, 15, "Betreuungsstelle" },
    { 'A', PROFILE_COUNTER, 1, 16, "Bildung und Teilhabe" },
    { 'F', PROFILE_COUNTER, 1, 4, "Jobcenter (kommunaler Teil)" },
    { 'A', PROFILE_COUNTER, 1, 78, "Leistungsgewährung" },
    { 'A', PROFILE_SOCIAL,  1, 62, "Arbeitsvermittlung und Fallmanagement" },
    { 'A', PROFILE_COUNTER, 1, 20, "Eingangszone" },
    { 'A', PROFILE_OFFICE,  1, 12, "Widerspruchsstelle" },
    { 'F', PROFILE_SOCIAL,  1, 4, "Gesundheit" },
    { 'A', PROFILE_SOCIAL,  1, 20, "Kinder- und Jugendgesundheit" },
    { 'A', PROFILE_SOCIAL,  1, 19, "Sozialpsychiatrischer Dienst" },
    { 'A', PROFILE_TECHNICAL, 1, 13, "Infektionsschutz und Hygiene" },
    { 'A', PROFILE_OFFICE,  1, 9, "Amtsärztlicher Dienst" },
    { 'F', PROFILE_SOCIAL,  1, 3, "Wohnen und Senioren" },
    { 'A', PROFILE_COUNTER, 1, 24, "Wohngeld" },
    { 'A', PROFILE_COUNTER, 1, 11, "Wohnungsnotfallhilfe" },
    { 'A', PROFILE_SOCIAL,  1, 14, "Seniorenberatung und Quartiersarbeit" },
    { 'F', PROFILE_TECHNICAL, 1, 3, "Verbraucherschutz und Veterinärwesen" },
    { 'A', PROFILE_TECHNICAL, 1, 14, "Lebensmittelüberwachung" },
    { 'A', PROFILE_TECHNICAL, 1, 9, "Tiergesundheit und Tierschutz" },
    { 'D', PROFILE_OFFICE,  0, 3, "Dezernat VI – Stadtentwicklung und Umwelt" },
    { 'F', PROFILE_TECHNICAL, 1, 3, "Stadtplanung und Bauordnung" },
    { 'A', PROFILE_TECHNICAL, 1, 18, "Bauleitplanung" },
    { 'A', PROFILE_TECHNICAL, 1, 14, "Stadterneuerung" },
    { 'A', PROFILE_TECHNICAL, 0, 10, "Mobilität und Verkehrsplanung" },
    { 'A', PROFILE_TECHNICAL, 1, 26, "Baugenehmigungen" },
    { 'A', PROFILE_TECHNICAL, 1, 11, "Bauüberwachung" },
    { 'A', PROFILE_TECHNICAL, 1, 6, "Denkmalpflege" },
    { 'F', PROFILE_TECHNICAL, 0, 3, "Vermessung und Kataster" },
    { 'A', PROFILE_TECHNICAL, 1, 16, "Liegenschaftskataster" },
    { 'A', PROFILE_TECHNICAL, 0, 17, "Vermessung" },
    { 'A', PROFILE_TECHNICAL, 0, 10, "Geoinformation" },
    { 'F', PROFILE_TECHNICAL, 0, 4, "Tiefbau und Verkehr" },
    { 'A', PROFILE_TECHNICAL, 0, 25, "Straßenbau" },
    { 'A', PROFILE_YARD,    0, 62, "Straßenunterhaltung" },
    { 'A', PROFILE_TECHNICAL, 0, 13, "Brücken und Ingenieurbau" },
    { 'A', PROFILE_TECHNICAL, 0, 9, "Verkehrstechnik" },
    { 'F', PROFILE_TECHNICAL, 0, 4, "Umwelt und Stadtgrün" },
    { 'A', PROFILE_YARD,    0, 108, "Grünflächenpflege" },
    { 'A', PROFILE_YARD,    1, 41, "Friedhöfe" },
    { 'A', PROFILE_TECHNICAL, 1, 16, "Untere Umweltbehörden" },
    { 'A', PROFILE_TECHNICAL, 0, 7, "Klimaschutz und Klimaanpassung" },
    { 'A', PROFILE_YARD,    1, 12, "Stadtförster und Tiergehege" },
};
/* clang-format on */

static enum unit_level level_of(char level)
{
    return level == 'D' ? UNIT_DIVISION : level == 'F' ? UNIT_DEPARTMENT : UNIT_SECTION;
}

enum status demo_units_make(struct arena *arena, struct demo_city *city, struct fail *fail)
{
    struct demo_unit *units = ARENA_NEW(arena, struct demo_unit, COUNT(rows) + 1);
    if (units == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the demo city");
    units[0] = (struct demo_unit){ .id = "S", .name = DEMO_CITY_NAME, .level = UNIT_CITY, .parent = -1 };
    int division = 0;
    int department = 0;
    unsigned in_division = 0;
    unsigned in_department = 0;
    unsigned divisions = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct row *row = &rows[i];
        struct demo_unit *unit = &units[i + 1];
        *unit = (struct demo_unit){ .name = row->name, .level = level_of(row->level), .contact = row->contact,
                                    .profile = row->profile, .weight = row->weight };
        if (row->level == 'D') {
            division = (int)i + 1;
            in_division = 0;
            snprintf(unit->id, sizeof unit->id, "D%u", ++divisions % 10);
        } else if (row->level == 'F') {
            unit->parent = division;
            department = (int)i + 1;
            in_department = 0;
            snprintf(unit->id, sizeof unit->id, "F%u%u", divisions % 10, ++in_division % 10);
        } else {
            unit->parent = department;
            snprintf(unit->id, sizeof unit->id, "A%u%u%u", divisions % 10, in_division % 10, ++in_department % 10);
        }
    }
    city->units = units;
    city->unit_count = COUNT(rows) + 1;
    return STATUS_OK;
}

int demo_department(const struct demo_city *city, size_t unit)
{
    return city->units[unit].level == UNIT_SECTION ? city->units[unit].parent : (int)unit;
}

/* HR's files of the demo city: units, workforce cube, reference population (schema.md 3.1, 3.3, 3.8).
 * 2024 comes in Windows-1252 with German dates, 2025 in UTF-8 with ISO dates: both ways must be readable. */
#include "base/utf8.h"
#include "survey/demo_people.h"

#include <stdlib.h>
#include <string.h>

static bool old_style(int year)
{
    return year == DEMO_YEAR_FIRST;
}

/* The names of the demo use Latin-1 letters and the en dash only. */
static void add_text(struct buf *out, int year, const char *text)
{
    if (!old_style(year)) {
        buf_add_string(out, text);
        return;
    }
    int32_t point = 0;
    for (size_t length = utf8_next(text, &point); length > 0; length = utf8_next(text, &point)) {
        const int byte = point == 0x2013 ? 0x96 : point < 256 ? point : '?';
        buf_add_byte(out, (char)(unsigned char)byte);
        text += length;
    }
}

static void add_date(struct buf *out, int year, int month, int day, bool german)
{
    if (german)
        buf_format(out, "%02d.%02d.%04d", day, month, year);
    else
        buf_format(out, "%04d-%02d-%02d", year, month, day);
}

void demo_units_csv(const struct demo_city *city, int year, struct buf *out)
{
    static const char *const levels[] = {
        [UNIT_CITY] = "STADT", [UNIT_DIVISION] = "DEZ", [UNIT_DEPARTMENT] = "FB",
        [UNIT_SECTION] = "ABT", [UNIT_TEAM] = "TEAM",   [UNIT_ENTERPRISE] = "EB",
    };
    buf_add_string(out, "org_id;bezeichnung;ebene;ober_id;gueltig_von;gueltig_bis;nachfolger_id;"
                        "publikum;im_bericht\r\n");
    for (size_t i = 0; i < city->unit_count; i++) {
        const struct demo_unit *unit = &city->units[i];
        buf_format(out, "%s;", unit->id);
        add_text(out, year, unit->name);
        buf_format(out, ";%s;%s;", levels[unit->level], unit->parent < 0 ? "" : city->units[unit->parent].id);
        add_date(out, 2020, 1, 1, old_style(year));
        buf_format(out, ";;;%d;1\r\n", unit->contact ? 1 : 0);
    }
}

/* The twelve columns of the cube: ten dimensions as text ("*" for all), heads and hundredths of full-time posts. */
struct cell {
    char unit[DEMO_UNIT_ID_ROOM];
    char band, employment, leadership, sex, age, fixed_term, part_time, german;
    uint32_t heads;
    uint64_t fte;
};

enum delivery { DELIVERY_FRAME, DELIVERY_UNIT_GERMAN, DELIVERY_BAND_GERMAN, DELIVERY_CONTRACT, DELIVERY_COUNT };

static struct cell cell_of(const struct demo_city *city, const struct demo_person *person, enum delivery delivery)
{
    struct cell cell = { "*", '*', '*', '*', '*', '*', '*', '*', '*', 1, person->fte };
    const char german = person->facts[0] == 3 ? '0' : '1';
    if (delivery == DELIVERY_FRAME || delivery == DELIVERY_UNIT_GERMAN)
        memcpy(cell.unit, city->units[person->unit].id, sizeof cell.unit);
    switch (delivery) {
    case DELIVERY_FRAME:
        cell.band = (char)('0' + person->band);
        cell.sex = person->sex;
        cell.age = (char)('0' + demo_age_band(person));
        break;
    case DELIVERY_UNIT_GERMAN:
        cell.german = german;
        break;
    case DELIVERY_BAND_GERMAN:
        cell.band = (char)('0' + person->band);
        cell.german = german;
        cell.leadership = (char)('0' + person->leadership);
        break;
    case DELIVERY_CONTRACT:
        cell.employment = person->employment;
        cell.fixed_term = person->fixed_term ? '1' : '0';
        cell.part_time = person->fte < 100 ? '1' : '0';
        cell.german = german;
        break;
    case DELIVERY_COUNT:
        break;
    }
    return cell;
}

static int compare(const void *first, const void *second)
{
    const struct cell *a = first;
    const struct cell *b = second;
    const int unit = strcmp(a->unit, b->unit);
    if (unit != 0)
        return unit;
    const char left[] = { a->band, a->employment, a->leadership, a->sex,
                          a->age,  a->fixed_term, a->part_time,  a->german };
    const char right[] = { b->band, b->employment, b->leadership, b->sex,
                           b->age,  b->fixed_term, b->part_time,  b->german };
    return memcmp(left, right, sizeof left);
}

static void add_cell(struct buf *out, const struct cell *cell, int year)
{
    add_date(out, year, 6, 30, old_style(year));
    buf_format(out, ";%s;%c;%c;%c;%c;%c;%c;%c;%c;%u;%u,%02u\r\n", cell->unit, cell->band, cell->employment,
               cell->leadership, cell->sex, cell->age, cell->fixed_term, cell->part_time, cell->german, cell->heads,
               (unsigned)(cell->fte / 100), (unsigned)(cell->fte % 100));
}

enum status demo_workforce_csv(struct arena *arena, const struct demo_city *city, int year, struct buf *out,
                               struct fail *fail)
{
    const struct demo_year *staff = demo_year(city, year);
    if (staff == NULL)
        return FAIL(fail, STATUS_INPUT, "the demo city has no data of the year %d", year);
    struct cell *cells = ARENA_NEW(arena, struct cell, staff->person_count);
    if (cells == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the demo city");
    buf_add_string(out, "stichtag;org_id;band;besch_art;fuehrung;geschlecht;altersband;befristet;teilzeit;deutsch;"
                        "koepfe;vzae\r\n");
    for (int delivery = 0; delivery < DELIVERY_COUNT; delivery++) {
        for (size_t i = 0; i < staff->person_count; i++)
            cells[i] = cell_of(city, &staff->persons[i], (enum delivery)delivery);
        qsort(cells, staff->person_count, sizeof *cells, compare);
        struct cell sum = cells[0];
        for (size_t i = 1; i < staff->person_count; i++) {
            if (compare(&sum, &cells[i]) == 0) {
                sum.heads += cells[i].heads;
                sum.fte += cells[i].fte;
                continue;
            }
            add_cell(out, &sum, year);
            sum = cells[i];
        }
        add_cell(out, &sum, year);
    }
    return buf_status(out, "workforce", fail);
}

/* Shares are those of schema.md section 7; persons of the age bands are chosen so that they add up to 34.2 %. */
void demo_population_csv(struct buf *out)
{
    static const struct row {
        const char *date, *definition, *source, *low, *high;
        unsigned total, group;
        const char *error, *scope, *education;
    } rows[] = {
        { "2023-12-31", "STAATSANG", "Demo-Melderegister", "*", "*", 162390, 31666, "", "WOHNBEV", "*" },
        { "2023-12-31", "MELDEREGISTER", "Demo-Melderegister", "*", "*", 162390, 61221, "", "WOHNBEV", "*" },
        { "2022-05-15", "ZENSUS_EINGEWANDERT", "Demo-Zensus 2022", "*", "*", 155446, 34820, "", "WOHNBEV", "*" },
        { "2024-06-30", "TINTG_2021", "Demo-Mikrozensus 2024", "*", "*", 104000, 35577, "0,034", "ERWERBSFAEHIG_15_64", "*" },
        { "2024-06-30", "TINTG_2021", "Demo-Mikrozensus 2024", "15", "24", 16640, 7072, "0,070", "ERWERBSFAEHIG_15_64", "*" },
        { "2024-06-30", "TINTG_2021", "Demo-Mikrozensus 2024", "25", "34", 20800, 7405, "0,073", "ERWERBSFAEHIG_15_64", "*" },
        { "2024-06-30", "TINTG_2021", "Demo-Mikrozensus 2024", "35", "44", 21000, 8295, "0,067", "ERWERBSFAEHIG_15_64", "*" },
        { "2024-06-30", "TINTG_2021", "Demo-Mikrozensus 2024", "45", "54", 19760, 7232, "0,073", "ERWERBSFAEHIG_15_64", "*" },
        { "2024-06-30", "TINTG_2021", "Demo-Mikrozensus 2024", "55", "64", 25800, 5573, "0,093", "ERWERBSFAEHIG_15_64", "*" },
        { "2024-06-30", "TINTG_2021", "Demo-Mikrozensus 2024", "15", "64", 412000, 126900, "0,018", "EINPENDELREGION", "*" },
        { "2024-06-30", "TINTG_2021", "Demo-Mikrozensus 2024", "15", "64", 214000, 55600, "0,027", "EINPENDELREGION", "AUSBILDUNG" },
        { "2024-06-30", "TINTG_2021", "Demo-Mikrozensus 2024", "15", "64", 61000, 13400, "0,055", "EINPENDELREGION", "BACHELOR" },
        { "2024-06-30", "TINTG_2021", "Demo-Mikrozensus 2024", "15", "64", 52000, 11900, "0,058", "EINPENDELREGION", "MASTER" },
    };
    /* 05999000 lies in North Rhine-Westphalia's range and belongs to no municipality. */
    buf_add_string(out, "ags;gebiet_name;stichtag;definition;quelle;alter_von;alter_bis;geschlecht;bildung;"
                        "anzahl_gesamt;anzahl_gruppe;stdfehler_rel;bezug\r\n");
    for (size_t i = 0; i < COUNT(rows); i++)
        buf_format(out, "05999000;" DEMO_CITY_NAME ";%s;%s;%s;%s;%s;*;%s;%u;%u;%s;%s\r\n", rows[i].date,
                   rows[i].definition, rows[i].source, rows[i].low, rows[i].high, rows[i].education, rows[i].total,
                   rows[i].group, rows[i].error, rows[i].scope);
}

/* Entries, exits and promotions of the demo city, its entry cards and its trainees. What happened between the two years
 * is read from the staff itself; what lies before is drawn with the same magnitudes. */
#include "survey/demo_people.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/recode.h"

enum { FLOW_YEAR_FIRST = 2023, MONTHS_YOUNG = 36 };

/* One event of one person; equal ones are counted together. */
struct event {
    int year;
    enum flow_kind kind;
    enum flow_reason reason;
    int unit, band, age, german, months;
    char sex;
};

struct events {
    struct event *rows;
    size_t count, room;
};

static int compare(const void *first, const void *second)
{
    const struct event *a = first;
    const struct event *b = second;
    const int left[] = {
        a->year, (int)a->kind, (int)a->reason, a->unit, a->band, a->age, a->sex, a->german, a->months
    };
    const int right[] = {
        b->year, (int)b->kind, (int)b->reason, b->unit, b->band, b->age, b->sex, b->german, b->months
    };
    for (size_t i = 0; i < COUNT(left); i++)
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    return 0;
}

static void add(const struct demo_city *city, struct events *events, int year, enum flow_kind kind,
                enum flow_reason reason, const struct demo_person *person, int months)
{
    if (events->count == events->room)
        return;
    events->rows[events->count++] = (struct event){ .year = year,
                                                    .kind = kind,
                                                    .reason = reason,
                                                    .unit = demo_department(city, person->unit),
                                                    .band = person->band,
                                                    .age = (int)demo_age_band(person),
                                                    .german = person->facts[0] == 3 ? 0 : 1,
                                                    .months = months,
                                                    .sex = person->sex };
}

static void add_exit(const struct demo_city *city, struct events *events, struct seeded *seeded, int year,
                     const struct demo_person *person)
{
    static const unsigned others[] = { 62, 12, 2, 20, 4 }; /* voluntary, end of term, death, other employer, other */
    static const enum flow_reason reasons[] = { FLOW_VOLUNTARY, FLOW_TERM_END, FLOW_DEATH, FLOW_OTHER_EMPLOYER,
                                                FLOW_OTHER };
    enum flow_reason reason = person->age >= 62 ? FLOW_RETIREMENT : reasons[demo_draw(seeded, others, COUNT(others))];
    if (person->employment == 'A' && reason != FLOW_VOLUNTARY)
        reason = FLOW_TERM_END;
    add(city, events, year, FLOW_EXIT, reason, person,
        person->tenure == 1 ? 2 + (int)seeded_below(seeded, MONTHS_YOUNG - 2) : -1);
}

/* What is drawn for a person who stayed: that she came in an earlier year, rose, was taken over. */
static void add_steps(const struct demo_city *city, struct events *events, struct seeded *seeded, int year,
                      const struct demo_person *person)
{
    const double slower = person->migration ? 0.75 : 1.0;
    const bool trainee = person->employment == 'A' || person->employment == 'P';
    if (!trainee && person->employment != 'W' && person->band < 4 && demo_chance(seeded, 0.04 * slower))
        add(city, events, year, person->employment == 'B' ? FLOW_PROMOTION : FLOW_UPGRADE, FLOW_NO_REASON, person, -1);
    if (person->employment == 'A' && demo_chance(seeded, person->migration ? 0.24 : 0.28))
        add(city, events, year, FLOW_TAKEOVER, FLOW_NO_REASON, person, -1);
}

static double leaving(const struct demo_person *person)
{
    if (person->employment == 'W')
        return 0.0;
    const double young = person->tenure == 1 ? 0.06 : 0.022;
    return (person->age >= 63 ? 0.22 : young) * (person->migration ? 1.25 : 1.0);
}

/* Years before the second staff: drawn from the first one. */
static void draw_year(const struct demo_city *city, struct events *events, int year)
{
    const struct demo_year *staff = &city->years[0];
    for (size_t i = 0; i < staff->person_count; i++) {
        struct seeded seeded;
        const struct demo_person *person = &staff->persons[i];
        demo_generator(&seeded, city->seed, PURPOSE_FLOW, person->key * 16u + (uint64_t)(year - FLOW_YEAR_FIRST));
        const bool entered = demo_chance(&seeded, person->tenure == 1 ? 0.16 : 0.004);
        if (entered)
            add(city, events, year, FLOW_ENTRY, FLOW_NO_REASON, person, -1);
        if (demo_chance(&seeded, leaving(person)))
            add_exit(city, events, &seeded, year, person);
        add_steps(city, events, &seeded, year, person);
    }
}

/* Between the two staffs: who stands on a post with another key has replaced somebody. */
static void read_year(const struct demo_city *city, struct events *events)
{
    const struct demo_year *before = &city->years[0];
    const struct demo_year *now = &city->years[1];
    for (size_t i = 0; i < now->person_count; i++) {
        struct seeded seeded;
        const struct demo_person *person = &now->persons[i];
        demo_generator(&seeded, city->seed, PURPOSE_FLOW, person->key * 16u + 15u);
        const bool stayed = i < before->person_count && before->persons[i].key == person->key;
        if (!stayed)
            add(city, events, now->year, FLOW_ENTRY, FLOW_NO_REASON, person, -1);
        if (!stayed && i < before->person_count)
            add_exit(city, events, &seeded, now->year, &before->persons[i]);
        if (stayed)
            add_steps(city, events, &seeded, now->year, person);
    }
}

static void write_events(const struct demo_city *city, const struct events *events, struct buf *out)
{
    static const char *const kinds[] = { "EINTRITT", "AUSTRITT", "BEFOERDERUNG", "HOEHERGRUPPIERUNG", "UEBERNAHME" };
    static const char *const reasons[] = { "", "FREIWILLIG", "RENTE", "FRIST", "TOD", "DIENSTHERRNWECHSEL", "SONST" };
    size_t same = 0;
    for (size_t i = 0; i < events->count; i++) {
        const struct event *row = &events->rows[i];
        same++;
        if (i + 1 < events->count && compare(row, row + 1) == 0)
            continue;
        buf_format(out, "%d;%s;%s;%s;%d;%d;%c;%d;%zu;", row->year, kinds[row->kind], reasons[row->reason],
                   city->units[row->unit].id, row->band, row->age, row->sex, row->german, same);
        if (row->months >= 0)
            buf_format(out, "%d", row->months);
        buf_add_string(out, "\r\n");
        same = 0;
    }
}

void demo_flows_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    struct events events = { .room = city->years[1].person_count * 2 };
    events.rows = ARENA_NEW(arena, struct event, events.room);
    if (events.rows == NULL) {
        out->failed = true;
        return;
    }
    buf_add_string(out, "jahr;art;grund;org_id;band;altersband;geschlecht;deutsch;anzahl;"
                        "betriebszugehoerigkeit_monate\r\n");
    for (int year = FLOW_YEAR_FIRST; year < city->years[1].year; year++)
        draw_year(city, &events, year);
    read_year(city, &events);
    qsort(events.rows, events.count, sizeof *events.rows, compare);
    write_events(city, &events, out);
}

/* Of those who came between the two years, six in ten send the card back; a few leave a question out. */
void demo_cards_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    enum { YES, NO, UNKNOWN, ANSWERS, BANDS = 5 };
    static const char *const groups[] = { "1", "0", "9" };
    (void)arena;
    const struct demo_year *now = &city->years[1];
    uint32_t handed[BANDS] = { 0 };
    uint32_t counts[DEFINITION_COUNT][BANDS][ANSWERS] = { { { 0 } } };
    for (size_t i = 0; i < now->person_count; i++) {
        struct seeded seeded;
        const struct demo_person *person = &now->persons[i];
        demo_generator(&seeded, city->seed, PURPOSE_FLOW, (1u << 30) + person->key);
        if (person->key < city->years[0].person_count || person->band >= BANDS)
            continue;
        handed[person->band]++;
        if (!demo_chance(&seeded, 0.6))
            continue;
        const bool skipped = demo_chance(&seeded, 0.04);
        for (int d = 0; d < DEFINITION_COUNT; d++)
            counts[d][person->band][skipped ? UNKNOWN : demo_definition(person, (enum definition)d) ? YES : NO]++;
    }
    buf_add_string(out, "jahr;band;definition;gruppe;anzahl;ausgegeben\r\n");
    for (int d = 0; d < DEFINITION_COUNT; d++)
        for (int band = 0; band < BANDS; band++)
            for (int answer = 0; answer < ANSWERS && handed[band] > 0; answer++)
                buf_format(out, "%d;%d;%s;%s;%u;%u\r\n", now->year, band, definition_code((enum definition)d),
                           groups[answer], (unsigned)counts[d][band][answer], (unsigned)handed[band]);
}

void demo_cohorts_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    (void)arena;
    (void)city;
    buf_add_string(out, "jahr;gruppe_merkmal;gruppe;begonnen;abgeschlossen;uebernommen\r\n"
                        "2024;EG_SELBST;1;19;15;12\r\n"
                        "2024;EG_SELBST;0;46;41;37\r\n"
                        "2024;EG_SELBST;9;7;6;5\r\n"
                        "2024;STAATSANG;1;8;6;5\r\n"
                        "2024;STAATSANG;0;64;56;49\r\n"
                        "2025;EG_SELBST;1;24;20;17\r\n"
                        "2025;EG_SELBST;0;47;43;40\r\n"
                        "2025;EG_SELBST;9;6;5;4\r\n"
                        "2025;STAATSANG;1;9;7;6\r\n"
                        "2025;STAATSANG;0;68;61;55\r\n");
}

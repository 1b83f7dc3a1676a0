/* How long the hires of earlier years stayed in the demo city: drawn with the magnitudes of its staff, counted on the
 * day of the second workforce cube. Invented. */
#include "survey/demo_people.h"

#include "analysis/registers.h"

enum {
    YEAR_FIRST = 2021,
    YEARS = 5,
    YEAR_MONTHS = 12,
    MONTHS_MAX = YEARS * YEAR_MONTHS,
    REASONS = FLOW_OTHER + 1,
    KEY = 1 << 29
};

struct fates {
    unsigned counts[YEARS][2][MONTHS_MAX][REASONS]; /* by year, German, months, reason */
};

/* Month by month until the exit, the end of a fixed term, or the day of counting. */
static void draw_fate(struct fates *fates, struct seeded *seeded, const struct demo_person *person, int year, int seen)
{
    static const unsigned others[] = { 68, 22, 10 };
    static const enum flow_reason reasons[] = { FLOW_VOLUNTARY, FLOW_OTHER_EMPLOYER, FLOW_OTHER };
    const double leaving = person->migration ? 0.009 : 0.0065; /* a month in the first year, then two thirds */
    const int term =
        demo_chance(seeded, 0.14) ? (demo_chance(seeded, 0.5) ? YEAR_MONTHS : 2 * YEAR_MONTHS) : MONTHS_MAX;
    enum flow_reason reason = FLOW_NO_REASON;
    int month = 0;
    for (; month < seen && reason == FLOW_NO_REASON; month += reason == FLOW_NO_REASON)
        if (month == term)
            reason = FLOW_TERM_END;
        else if (demo_chance(seeded, month < YEAR_MONTHS ? leaving : leaving * 2 / 3))
            reason = reasons[demo_draw(seeded, others, COUNT(others))];
    fates->counts[year - YEAR_FIRST][person->facts[0] == 3 ? 0 : 1][month][reason]++;
}

static void write_fates(const struct fates *fates, struct buf *out)
{
    static const char *const reasons[] = { "", "FREIWILLIG", "RENTE", "FRIST", "TOD", "DIENSTHERRNWECHSEL", "SONST" };
    buf_add_string(out, "jahr;deutsch;monate;grund;anzahl\r\n");
    for (int y = 0; y < YEARS; y++)
        for (int german = 0; german < 2; german++)
            for (int month = 0; month < MONTHS_MAX; month++)
                for (int reason = 0; reason < REASONS; reason++)
                    if (fates->counts[y][german][month][reason] > 0)
                        buf_format(out, "%d;%d;%d;%s;%u\r\n", YEAR_FIRST + y, german, month, reasons[reason],
                                   fates->counts[y][german][month][reason]);
}

void demo_hires_csv(struct arena *arena, const struct demo_city *city, struct buf *out)
{
    const struct demo_year *staff = &city->years[0];
    struct fates *fates = ARENA_NEW(arena, struct fates, 1);
    if (fates == NULL) {
        out->failed = true;
        return;
    }
    for (int year = YEAR_FIRST; year < YEAR_FIRST + YEARS; year++)
        for (size_t i = 0; i < staff->person_count; i++) {
            struct seeded seeded;
            const struct demo_person *person = &staff->persons[i];
            const bool trainee = person->employment == 'A' || person->employment == 'P' || person->employment == 'W';
            demo_generator(&seeded, city->seed, PURPOSE_FLOW, KEY + person->key * 16u + (uint64_t)(year - YEAR_FIRST));
            const int seen = (city->years[1].year - year) * YEAR_MONTHS + 6 - (int)seeded_below(&seeded, YEAR_MONTHS);
            if (!trainee && seen >= 0 && demo_chance(&seeded, person->tenure == 1 ? 0.16 : 0.004))
                draw_fate(fates, &seeded, person, year, seen < MONTHS_MAX ? seen : MONTHS_MAX - 1);
        }
    write_fates(fates, out);
}

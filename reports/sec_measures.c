/* The recommendations: state and history. The same order and numbering every year; no traffic lights, no per cent of
 * fulfilment; what is paused or dropped stays visible with its reason. */
#include <math.h>
#include <string.h>

#include "reports/tell.h"

enum { YEARS_MAX = 6, MEASURES_MAX = 300 };

static const char *const states[] = {
    [MEASURE_PLANNED] = N_("planned"), [MEASURE_BEGUN] = N_("begun"),   [MEASURE_DONE] = N_("done"),
    [MEASURE_KEPT] = N_("kept for good"), [MEASURE_PAUSED] = N_("paused"), [MEASURE_DROPPED] = N_("ended without result"),
};

static const struct measure_status *reported(const struct release *release, size_t measure, int year)
{
    const struct measure_status *found = NULL;
    for (size_t i = 0; i < release->status_count; i++)
        if (release->statuses[i].measure == (int)measure && release->statuses[i].year == year)
            found = &release->statuses[i];
    return found;
}

static const struct measure_status *newest(const struct release *release, size_t measure)
{
    return measure_newest(release->statuses, release->status_count, measure, release->year);
}

static const char *evidence(const struct tell *tell, const struct measure_status *status)
{
    return status->evidence[0] == '\0' ? tr(tell->language, "reported, not proven") : tr(tell->language, "proven");
}

/* "2 begun, 1 done": the states of a recommendation's measures in a year. */
static const char *in_words(const struct tell *tell, size_t recommendation, int year)
{
    const struct release *release = tell->release;
    const char *text = "";
    for (size_t state = 0; state < COUNT(states); state++) {
        unsigned number = 0;
        for (size_t m = 0; m < release->measure_count; m++) {
            const struct measure_status *status = reported(release, m, year);
            number += release->measures[m].recommendation == (int)recommendation && status != NULL &&
                      (size_t)status->state == state;
        }
        if (number > 0)
            text = tell_format(tell, "%s%s%u %s", text, *text == '\0' ? "" : ", ", number, tr(tell->language, states[state]));
    }
    return *text == '\0' ? "–" : text;
}

static void history(const struct tell *tell)
{
    const struct release *release = tell->release;
    int first = release->year;
    for (size_t i = 0; i < release->status_count; i++)
        if (release->statuses[i].year < first)
            first = release->statuses[i].year;
    size_t years = (size_t)(release->year - first) + 1;
    if (years > YEARS_MAX)
        years = YEARS_MAX;
    const char *heads[YEARS_MAX + 1];
    size_t columns = years + 1;
    struct doc_cell *cells = tell_memory(tell, release->recommendation_count * columns, sizeof *cells);
    if (cells == NULL)
        return;
    heads[0] = tr(tell->language, "Recommendation");
    for (size_t y = 0; y < years; y++)
        heads[y + 1] = tell_format(tell, "%d", release->year - (int)(years - 1 - y));
    for (size_t r = 0; r < release->recommendation_count; r++) {
        cells[r * columns].text = tell_format(tell, "%s %s", release->recommendations[r].id, release->recommendations[r].title);
        for (size_t y = 0; y < years; y++)
            cells[r * columns + y + 1].text = in_words(tell, r, release->year - (int)(years - 1 - y));
    }
    doc_table(tell->doc, &(struct doc_table){ .caption = tr(tell->language, "Recommendations: measures by state and year"),
                                              .heads = heads, .column_count = columns, .cells = cells,
                                              .row_count = release->recommendation_count });
}

static const char *day(const struct tell *tell, int day)
{
    struct buf text;
    if (day == 0)
        return "–";
    buf_init(&text, 200);
    buf_date(&text, tell->language, day / 10000, day / 100 % 100, day % 100);
    const char *own = tell_format(tell, "%s", text.bytes == NULL ? "–" : text.bytes);
    if (text.failed)
        tell->doc->status = STATUS_MEMORY;
    buf_free(&text);
    return own;
}

static const char *money(const struct tell *tell, double euro)
{
    char number[64];
    if (isnan(euro))
        return "–";
    number_format(tell->language, euro, 0, number, sizeof number);
    return tell_format(tell, "%s", number);
}

static void all_measures(const struct tell *tell)
{
    enum { COLUMNS = 6 };
    const struct release *release = tell->release;
    const struct language *language = tell->language;
    const char *heads[COLUMNS] = { tr(language, "Measure"),     tr(language, "State"),          tr(language, "Evidence"),
                                   tr(language, "Planned end"), tr(language, "Budget in euro"), tr(language, "Spent in euro") };
    static const bool numeric[COLUMNS] = { false, false, false, false, true, true };
    struct doc_cell *cells = tell_memory(tell, release->measure_count * COLUMNS, sizeof *cells);
    if (cells == NULL)
        return;
    for (size_t m = 0; m < release->measure_count; m++) {
        const struct measure *measure = &release->measures[m];
        const struct measure_status *status = newest(release, m);
        struct doc_cell *row = &cells[m * COLUMNS];
        double spent = (double)NAN;
        for (size_t i = 0; i < release->status_count; i++)
            if (release->statuses[i].measure == (int)m && release->statuses[i].year <= release->year &&
                !isnan(release->statuses[i].spent))
                spent = (isnan(spent) ? 0 : spent) + release->statuses[i].spent;
        row[0].text = tell_format(tell, "%s %s", measure->id, measure->title);
        row[1].text = status == NULL ? tr(language, "nothing reported")
                                     : tell_format(tell, "%s (%d)", tr(language, states[status->state]), status->year);
        row[2].text = status == NULL ? "–" : evidence(tell, status);
        row[3].text = day(tell, measure->ends);
        row[4].text = money(tell, measure->budget);
        row[5].text = money(tell, spent);
    }
    doc_table(tell->doc, &(struct doc_table){ .caption = tr(language, "Measures with state, evidence and money"),
                                              .heads = heads, .numeric = numeric, .column_count = COLUMNS, .cells = cells,
                                              .row_count = release->measure_count });
}

static void stopped(const struct tell *tell)
{
    enum { COLUMNS = 3 };
    const struct release *release = tell->release;
    const struct language *language = tell->language;
    const char *heads[COLUMNS] = { tr(language, "Measure"), tr(language, "State"), tr(language, "Reason") };
    struct doc_cell *cells = tell_memory(tell, release->measure_count * COLUMNS, sizeof *cells);
    size_t rows = 0;
    for (size_t m = 0; cells != NULL && m < release->measure_count; m++) {
        const struct measure_status *status = newest(release, m);
        if (status == NULL || (status->state != MEASURE_PAUSED && status->state != MEASURE_DROPPED))
            continue;
        struct doc_cell *row = &cells[rows++ * COLUMNS];
        row[0].text = tell_format(tell, "%s %s", release->measures[m].id, release->measures[m].title);
        row[1].text = tell_format(tell, "%s (%d)", tr(language, states[status->state]), status->year);
        row[2].text = status->reason[0] == '\0' ? "–" : status->reason;
    }
    if (rows == 0)
        return;
    doc_heading(tell->doc, 2, "measures-stopped", tr(language, "Paused and ended without result"));
    doc_table(tell->doc, &(struct doc_table){ .caption = tr(language, "Paused and dropped measures with their reasons"),
                                              .heads = heads, .column_count = COLUMNS, .cells = cells, .row_count = rows });
}

static void targets(const struct tell *tell)
{
    const struct release *release = tell->release;
    const char *items[MEASURES_MAX];
    size_t count = 0;
    for (size_t m = 0; m < release->measure_count && count < MEASURES_MAX; m++) {
        const struct measure *measure = &release->measures[m];
        const struct indicator *indicator = indicator_find(measure->indicator);
        char number[64];
        if (isnan(measure->target) || measure->target_reason[0] == '\0')
            continue;
        number_format(tell->language, measure->target, 0, number, sizeof number);
        items[count++] = tell_format(tell, tr(tell->language, "**%s** aims at %s (%s). Reason: %s."), measure->id, number,
                                     indicator == NULL ? measure->indicator : tr(tell->language, indicator->title),
                                     measure->target_reason);
    }
    if (count == 0)
        return;
    doc_heading(tell->doc, 2, "measures-targets", tr(tell->language, "Targets and their reasons"));
    doc_list(tell->doc, items, count);
}

/* Counts only: the states themselves stand in the history below, in words. */
static void state(const struct tell *tell)
{
    enum { COUNTS = 6, COLUMNS = 3 };
    const struct language *language = tell->language;
    if (!tell_delivered(tell, "o6")) {
        tell_missing(tell, tr(language, "Measures and their state"),
                     tr(language, "Needed are the tables of recommendations, of measures and of their state (import)."));
        return;
    }
    doc_heading(tell->doc, 2, "measures-o6", tr(language, "Measures and their state"));
    tell_table(tell, &(struct tell_table){ .id = "o6", .head = tr(language, "Recommendation"), .column_first = COUNTS,
                                           .column_count = COLUMNS });
    tell_note(tell, "o6");
}

static void build(const struct release *release, struct doc *doc)
{
    struct tell tell = tell_open(release, doc);
    const struct language *language = doc->language;
    doc_heading(doc, 1, "measures", tr(language, N_("The recommendations: state and history")));
    state(&tell);
    if (release->recommendation_count == 0 || release->measure_count == 0)
        return;
    doc_heading(doc, 2, "measures-history", tr(language, "Recommendations over the years"));
    doc_paragraph(doc, tr(language, "What was reported stays: the states of earlier years are not changed afterwards. A state "
                                    "without evidence is reported, not proven."));
    history(&tell);
    doc_heading(doc, 2, "measures-all", tr(language, "All measures"));
    all_measures(&tell);
    stopped(&tell);
    targets(&tell);
}

const struct section section_measures = {
    .id = "measures",
    .title = N_("The recommendations: state and history"),
    .build = build,
};

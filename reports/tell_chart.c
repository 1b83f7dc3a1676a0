/* Charts from tables of the release, each with its alternative text. A cell that is not shown becomes a datum without
 * value: the chart draws its sign and nothing else. */
#include <math.h>
#include <string.h>

#include "reports/tell.h"

enum { SPOKEN_MAX = 12, STEPS = 5 };
static const double not_a_number = (double)NAN;

static void append(const struct tell *tell, const char **text, const char *more)
{
    *text = tell_format(tell, "%s%s%s", *text, **text == '\0' ? "" : "; ", more);
}

const char *tell_alternative(const struct tell *tell, const char *kind, const char *caption, const struct chart *chart)
{
    const char *values = "";
    double least = HUGE_VAL;
    double most = -HUGE_VAL;
    for (size_t i = 0; i < chart->count; i++) {
        const struct chart_datum *datum = &chart->data[i];
        least = isnan(datum->value) ? least : fmin(least, datum->value);
        most = isnan(datum->value) ? most : fmax(most, datum->value);
        if (chart->count > SPOKEN_MAX)
            continue;
        if (datum->reference_text != NULL && !isnan(datum->reference))
            append(tell, &values, tell_format(tell, tr(tell->language, "%s: %s, for comparison %s"), datum->label,
                                              datum->text, datum->reference_text));
        else
            append(tell, &values, tell_format(tell, "%s: %s", datum->label, datum->text));
    }
    if (chart->count > SPOKEN_MAX && least <= most) {
        char low[128];
        char high[128];
        number_format(tell->language, least, 0, low, sizeof low);
        number_format(tell->language, most, 0, high, sizeof high);
        values = tell_format(tell, tr(tell->language, "%zu values from %s to %s; the numbers are in the table"),
                             chart->count, low, high);
    }
    return tell_format(tell, "%s. %s. %s.", kind, caption, values);
}

struct chart_datum tell_datum(const struct tell *tell, const char *label, const struct released *cell,
                              enum release_unit unit)
{
    const bool shown = cell->sign == SIGN_SHOWN;
    return (struct chart_datum){ .label = label,
                                 .value = shown ? cell->value : not_a_number,
                                 .low = shown && cell->ranged ? cell->low : not_a_number,
                                 .high = shown && cell->ranged ? cell->high : not_a_number,
                                 .reference = not_a_number,
                                 .text = tell_value(tell, cell, unit),
                                 .range = tell_range(tell, cell, unit) };
}

static struct chart_datum datum_of(const struct tell *tell, const struct release_table *table, size_t row,
                                   const struct tell_chart *wanted)
{
    const struct released *cells = table->cells + row * table->column_count;
    struct chart_datum datum = tell_datum(tell, tell_label(tell, &table->rows[row]), &cells[wanted->value],
                                          table->columns[wanted->value].unit);
    datum.accent = wanted->accent != NULL && strcmp(wanted->accent, table->rows[row].id) == 0;
    if (wanted->reference < table->column_count) {
        const struct released *other = &cells[wanted->reference];
        datum.reference = other->sign == SIGN_SHOWN ? other->value : not_a_number;
        datum.reference_text = tell_value(tell, other, table->columns[wanted->reference].unit);
    }
    return datum;
}

static const char *kind_of(const struct tell *tell, enum chart_form form)
{
    switch (form) {
    case CHART_BARS:
        return tr(tell->language, "Bar chart");
    case CHART_NEED:
        return tr(tell->language, "Bars of the supply in frames of the need");
    case CHART_FAN:
        return tr(tell->language, "Line with a projection and its range");
    case CHART_LINES:
        return tr(tell->language, "Line chart");
    case CHART_DOTS:
    case CHART_DIVERGING:
    case CHART_SLOPE:
    case CHART_FUNNEL:
        break;
    }
    return tr(tell->language, "Dot chart");
}

void tell_chart(const struct tell *tell, const struct tell_chart *wanted)
{
    const struct release_table *table = release_table(tell->release, wanted->id);
    if (table == NULL || wanted->value >= table->column_count || table->row_count == 0)
        return;
    struct chart_datum *data = tell_memory(tell, table->row_count, sizeof *data);
    if (data == NULL)
        return;
    size_t count = 0;
    size_t shown = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        if (wanted->skip != NULL && strcmp(wanted->skip, table->rows[row].id) == 0)
            continue;
        data[count] = datum_of(tell, table, row, wanted);
        shown += isnan(data[count].value) ? 0 : 1;
        count++;
    }
    if (shown == 0)
        return;
    const struct chart chart = { .form = wanted->form, .data = data, .count = count, .lowest = wanted->lowest,
                                 .highest = wanted->highest, .key_value = wanted->key_value,
                                 .key_reference = wanted->key_reference, .axis = wanted->axis,
                                 .known = wanted->known,
                                 .centre = wanted->level > 0 ? wanted->level : not_a_number };
    const char *kind = kind_of(tell, wanted->form);
    doc_figure(tell->doc, wanted->caption, tell_alternative(tell, kind, wanted->caption, &chart), &chart, wanted->half);
    doc_figure_about(tell->doc, wanted->id, tell_bases(tell, wanted->id, wanted->value));
}

void tell_shares(const struct tell *tell, const char *id, size_t column, const char *caption, const char *accent)
{
    tell_chart(tell, &(struct tell_chart){ .id = id, .form = CHART_DOTS, .value = column, .reference = TELL_NO_COLUMN,
                                           .caption = caption, .key_value = tr(tell->language, "share, with range"),
                                           .axis = tr(tell->language, "per cent"), .lowest = 0,
                                           .highest = not_a_number, .accent = accent });
}

/* Names of the steps: options of the first item that are no refusal. */
static bool step_names(const struct tell *tell, const struct release_table *table, const char *names[STEPS])
{
    const char *dot = strchr(table->rows[0].id, '.');
    const struct form *form = tell->release->form;
    const struct item *item = form == NULL || dot == NULL ? NULL : form_item(form, dot + 1);
    size_t count = 0;
    for (size_t i = 0; item != NULL && i < item->option_count; i++)
        if (!item->options[i].missing && count < STEPS)
            names[count++] = form_text(form, &item->options[i].label, language_code(tell->language));
    return count == STEPS;
}

static struct chart_datum item_datum(const struct tell *tell, const struct release_table *table, size_t row,
                                     const double *parts)
{
    const struct released *cells = table->cells + row * table->column_count;
    bool shown = true;
    for (size_t step = 0; step < STEPS; step++)
        shown = shown && cells[step].sign == SIGN_SHOWN;
    char count[128];
    number_format(tell->language, cells[0].base, 0, count, sizeof count);
    const char *text = shown && cells[0].base > 0 ? tell_format(tell, "n\u00A0=\u00A0%s", count)
                       : shown                    ? NULL
                                                  : release_sign(cells[0].sign == SIGN_SHOWN ? SIGN_SECRET
                                                                                             : cells[0].sign);
    return (struct chart_datum){ .label = tell_label(tell, &table->rows[row]), .parts = shown ? parts : NULL,
                                 .value = shown ? cells[3].value + cells[4].value : not_a_number,
                                 .low = not_a_number, .high = not_a_number, .reference = not_a_number, .text = text };
}

/* "item: 10, 20, 30, 25, 15 per cent" of every item. */
static const char *items_alternative(const struct tell *tell, const char *caption, const struct chart *chart)
{
    const char *values = "";
    for (size_t i = 0; i < chart->count && chart->count <= SPOKEN_MAX; i++) {
        const struct chart_datum *datum = &chart->data[i];
        if (datum->parts == NULL)
            append(tell, &values, tell_format(tell, "%s: %s", datum->label, datum->text));
        else
            append(tell, &values, tell_format(tell, "%s: %.0f, %.0f, %.0f, %.0f, %.0f", datum->label, datum->parts[0],
                                              datum->parts[1], datum->parts[2], datum->parts[3], datum->parts[4]));
    }
    return tell_format(tell, tr(tell->language, "Stacked bars around the middle answer. %s. Shares in per cent from "
                                                "“%s” to “%s”: %s."),
                       caption, chart->part_labels[0], chart->part_labels[STEPS - 1], values);
}

void tell_items(const struct tell *tell, const char *id, const char *caption)
{
    const struct release_table *table = release_table(tell->release, id);
    const char *names[STEPS];
    if (table == NULL || table->row_count == 0 || table->column_count < STEPS || !step_names(tell, table, names))
        return;
    struct chart_datum *data = tell_memory(tell, table->row_count, sizeof *data);
    double *parts = tell_memory(tell, table->row_count * STEPS, sizeof *parts);
    if (data == NULL || parts == NULL)
        return;
    size_t shown = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t step = 0; step < STEPS; step++)
            parts[row * STEPS + step] = table->cells[row * table->column_count + step].value;
        data[row] = item_datum(tell, table, row, parts + row * STEPS);
        shown += data[row].parts == NULL ? 0 : 1;
    }
    const struct chart chart = { .form = CHART_DIVERGING, .data = data, .count = table->row_count,
                                 .lowest = not_a_number, .highest = not_a_number, .part_labels = names,
                                 .part_count = STEPS };
    if (shown == 0)
        return;
    doc_figure(tell->doc, caption, items_alternative(tell, caption, &chart), &chart, false);
    doc_figure_about(tell->doc, id, tell_bases(tell, id, 0));
}

/* Values of one line at the waves of the first table; the last one shown is the line's value. */
static struct chart_datum line_datum(const struct tell *tell, const struct release_table *waves,
                                     const struct tell_line *line, double *parts)
{
    struct chart_datum datum = { .label = line->label, .parts = parts, .accent = line->accent };
    datum.value = datum.low = datum.high = datum.reference = not_a_number;
    for (size_t i = 0; i < waves->row_count; i++) {
        const struct released *cell = tell_cell(tell, line->id, waves->rows[i].id, 0);
        parts[i] = cell->sign == SIGN_SHOWN ? cell->value : not_a_number;
        if (cell->sign != SIGN_SHOWN)
            continue;
        datum.value = cell->value;
        datum.low = cell->ranged ? cell->low : not_a_number;
        datum.high = cell->ranged ? cell->high : not_a_number;
        datum.text = tell_value(tell, cell, RELEASE_PERCENT);
    }
    return datum;
}

void tell_lines(const struct tell *tell, const char *caption, const struct tell_line lines[], size_t count)
{
    const struct release_table *waves = count == 0 ? NULL : release_table(tell->release, lines[0].id);
    if (waves == NULL || waves->row_count < 2)
        return;
    struct chart_datum *data = tell_memory(tell, count, sizeof *data);
    double *parts = tell_memory(tell, count * waves->row_count, sizeof *parts);
    const char **names = tell_memory(tell, waves->row_count, sizeof *names);
    if (data == NULL || parts == NULL || names == NULL)
        return;
    const char *values = "";
    size_t shown = 0;
    for (size_t i = 0; i < waves->row_count; i++)
        names[i] = tell_label(tell, &waves->rows[i]);
    for (size_t i = 0; i < count; i++) {
        data[shown] = line_datum(tell, waves, &lines[i], parts + shown * waves->row_count);
        if (isnan(data[shown].value))
            continue;
        append(tell, &values, lines[i].label);
        for (size_t j = 0; j < waves->row_count; j++) {
            const struct released *cell = tell_cell(tell, lines[i].id, waves->rows[j].id, 0);
            values = tell_format(tell, "%s%s %s %s", values, j == 0 ? ":" : ",", names[j],
                                 tell_value(tell, cell, RELEASE_PERCENT));
        }
        shown++;
    }
    if (shown == 0)
        return;
    const struct chart chart = { .form = CHART_LINES, .data = data, .count = shown, .lowest = 0,
                                 .highest = not_a_number, .part_labels = names, .part_count = waves->row_count,
                                 .axis = tr(tell->language, "per cent") };
    doc_figure(tell->doc, caption, tell_format(tell, "%s. %s. %s.", kind_of(tell, CHART_LINES), caption, values),
               &chart, false);
    doc_figure_about(tell->doc, lines[0].id, tell_bases(tell, lines[0].id, 0));
}

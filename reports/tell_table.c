/* A table of the release as a table of the document: units in the heads, ranges in brackets behind their value, words
 * of comparison in a column of their own, signs with their spoken words. */
#include <stdlib.h>
#include <string.h>

#include "reports/tell.h"

enum { PLACES_MAX = 24 };

enum place_kind { PLACE_VALUE, PLACE_WORD, PLACE_BASE };

struct place {
    enum place_kind kind;
    size_t column; /* of the release's table */
};

static const char *head_text(const struct tell *tell, const struct release_column *column)
{
    const char *label = release_label(tell->release, &column->label, tell->language);
    switch (column->unit) {
    case RELEASE_PERCENT:
        return tell_format(tell, tr(tell->language, "%s in %%"), label);
    case RELEASE_POINTS: /* the label says whether of shares or of a scale */
    case RELEASE_COUNT:
    case RELEASE_SCORE:
    case RELEASE_RATIO:
    case RELEASE_INDEX:
        break;
    }
    return *label == '\0' ? tr(tell->language, "Value") : label;
}

static bool has_word(const struct release_table *table, size_t column)
{
    for (size_t row = 0; row < table->row_count; row++)
        if (table->cells[row * table->column_count + column].word != WORD_NONE)
            return true;
    return false;
}

static size_t plan(const struct release_table *table, const struct tell_table *wanted, struct place places[PLACES_MAX])
{
    size_t count = 0;
    size_t end = wanted->column_count == 0 ? table->column_count : wanted->column_first + wanted->column_count;
    for (size_t column = wanted->column_first; column < end && column < table->column_count; column++) {
        if (count + 3 > PLACES_MAX)
            break;
        places[count++] = (struct place){ PLACE_VALUE, column };
        if (has_word(table, column))
            places[count++] = (struct place){ PLACE_WORD, column };
    }
    if (wanted->base && count > 0)
        places[count++] = (struct place){ PLACE_BASE, wanted->column_first };
    return count;
}

static struct doc_cell sign_cell(const struct tell *tell, enum release_sign sign)
{
    return (struct doc_cell){ .text = release_sign(sign), .spoken = release_sign_text(sign, tell->language) };
}

/* In a narrow column a range may go below its value as a whole; in sentences it may break anywhere. */
static const char *unbroken(const struct tell *tell, const char *text)
{
    static const char blank[] = "\xC2\xA0";
    char *whole = tell_memory(tell, 2 * strlen(text) + 1, 1), *end = whole;
    if (whole == NULL)
        return text;
    for (; *text != '\0'; text++) {
        if (*text == ' ')
            end = (char *)memcpy(end, blank, 2) + 2;
        else
            *end++ = *text;
    }
    *end = '\0';
    return whole;
}

static struct doc_cell cell_text(const struct tell *tell, const struct release_table *table, size_t row,
                                 const struct place *place)
{
    const struct released *cell = &table->cells[row * table->column_count + place->column];
    enum release_unit unit = table->columns[place->column].unit;
    if (cell->sign != SIGN_SHOWN)
        return sign_cell(tell, cell->sign);
    struct doc_cell out = { .text = "" };
    switch (place->kind) {
    case PLACE_VALUE: {
        out.text = tell_number(tell, cell, unit);
        /* The unit stands in the head, so the range must not repeat the sign for per cent. */
        const char *range = tell_range(tell, cell, unit == RELEASE_PERCENT ? RELEASE_SCORE : unit);
        if (range != NULL)
            out.text = tell_format(tell, "%s (%s)", out.text, unbroken(tell, range));
        break;
    }
    case PLACE_WORD:
        if (cell->word == WORD_NONE)
            return sign_cell(tell, SIGN_VOID);
        /* The long form would make every row of a table three lines high; the page of signs says what it stands for. */
        out.text = cell->word == WORD_UNDECIDED ? tr(tell->language, "not decidable")
                                                : release_word(cell->word, tell->language);
        break;
    case PLACE_BASE: {
        struct released count = { .sign = SIGN_SHOWN, .value = cell->base };
        if (cell->base == 0)
            return sign_cell(tell, SIGN_SECRET);
        out.text = tell_number(tell, &count, RELEASE_COUNT);
        break;
    }
    }
    return out;
}

static bool kept(const struct release_table *table, const struct tell_table *wanted, size_t row,
                 const struct place places[], size_t count)
{
    if (wanted->total_only)
        return table->rows[row].total;
    if (!wanted->shown_only && !(wanted->least > 0))
        return true;
    for (size_t i = 0; i < count; i++) {
        const struct released *cell = &table->cells[row * table->column_count + places[i].column];
        if (places[i].kind == PLACE_VALUE && cell->sign == SIGN_SHOWN && !(cell->value < wanted->least))
            return true;
    }
    return false;
}

void tell_left_out(const struct tell *tell, size_t count)
{
    char number[128];
    number_format(tell->language, (double)count, 0, number, sizeof number);
    if (count == 0)
        return;
    doc_note(tell->doc,
             tell_format(tell, tr_plural(tell->language, "%s further row has no value that may be shown.",
                                         "%s further rows have no value that may be shown.", count), number));
}

bool tell_departments(const struct release_table *table)
{
    return table->row_count > 1 && table->column_count > 0 &&
           strncmp(table->rows[table->row_count - 1].id, "unit.", 5) == 0;
}

static size_t rows_shown(const struct release_table *table)
{
    size_t shown = 0;
    for (size_t row = 0; row < table->row_count; row++)
        for (size_t column = 0; column < table->column_count; column++)
            if (table->cells[row * table->column_count + column].sign == SIGN_SHOWN) {
                shown++;
                break;
            }
    return shown;
}

/* The council asks who answered and where the others work: these two stand in the chapter up to a page. */
bool tell_long(const struct tell *tell, const char *id)
{
    const size_t page = 40;
    const size_t most = 12;
    const struct release_table *table = release_table(tell->release, id);
    if (table == NULL || !tell_departments(table))
        return false;
    bool asked = strcmp(id, "dq1.unit") == 0 || strcmp(id, "r2") == 0;
    return table->row_count > page || (!asked && rows_shown(table) > most);
}

void tell_units(const struct tell *tell, const struct tell_table *wanted)
{
    if (tell_long(tell, wanted->id))
        doc_paragraph(tell->doc, tr(tell->language, "The figures of the single departments stand in the annex."));
    else
        tell_table(tell, wanted);
}

void tell_table(const struct tell *tell, const struct tell_table *wanted)
{
    const struct release_table *table = release_table(tell->release, wanted->id);
    struct place places[PLACES_MAX];
    size_t count = table == NULL ? 0 : plan(table, wanted, places);
    if (count == 0 || table->row_count == 0)
        return;
    const char *heads[PLACES_MAX + 1] = { wanted->head };
    bool numeric[PLACES_MAX + 1] = { false };
    for (size_t i = 0; i < count; i++) {
        numeric[i + 1] = places[i].kind != PLACE_WORD;
        heads[i + 1] = places[i].kind == PLACE_VALUE  ? head_text(tell, &table->columns[places[i].column])
                       : places[i].kind == PLACE_WORD ? tr(tell->language, "Comparison")
                                                      : tr(tell->language, "Answers");
    }
    struct doc_cell *cells = tell_memory(tell, table->row_count * (count + 1), sizeof *cells);
    bool *total = tell_memory(tell, table->row_count, sizeof *total);
    if (cells == NULL || total == NULL)
        return;
    size_t rows = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        if (!kept(table, wanted, row, places, count))
            continue;
        cells[rows * (count + 1)].text = tell_label(tell, &table->rows[row]);
        total[rows] = table->rows[row].total;
        for (size_t i = 0; i < count; i++)
            cells[rows * (count + 1) + i + 1] = cell_text(tell, table, row, &places[i]);
        rows++;
    }
    if (rows == 0)
        return;
    const char *title = release_label(tell->release, &table->title, tell->language);
    doc_table(tell->doc, &(struct doc_table){ .caption = wanted->caption != NULL ? wanted->caption : title,
                                              .heads = heads, .numeric = numeric, .column_count = count + 1,
                                              .cells = cells, .total = total, .row_count = rows });
    if (wanted->shown_only)
        tell_left_out(tell, table->row_count - rows);
}

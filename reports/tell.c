/* Numbers and sentences: every figure with its unit, range, base and sign in the reader's language.
 * Does not decide what is told (sec_*.c) or what may be shown (analysis). */
#include "reports/tell.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct tell tell_open(const struct release *release, struct doc *doc)
{
    return (struct tell){ .release = release, .doc = doc, .language = doc->language };
}

const char *tell_format(const struct tell *tell, const char *format, ...)
{
    char text[4096];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    char *own = length < 0 ? NULL : arena_string(tell->doc->arena, text);
    if (own == NULL && tell->doc->status == STATUS_OK)
        tell->doc->status = STATUS_MEMORY;
    return own == NULL ? "?" : own;
}

void *tell_memory(const struct tell *tell, size_t count, size_t size)
{
    void *memory = arena_get(tell->doc->arena, count, size);
    if (memory == NULL && tell->doc->status == STATUS_OK)
        tell->doc->status = STATUS_MEMORY;
    return memory;
}

const struct released *tell_cell(const struct tell *tell, const char *table, const char *row, size_t column)
{
    return release_cell(tell->release, table, row, column);
}

bool tell_shown(const struct tell *tell, const char *table, const char *row, size_t column)
{
    return tell_cell(tell, table, row, column)->sign == SIGN_SHOWN;
}

bool tell_delivered(const struct tell *tell, const char *table)
{
    const struct release_table *found = release_table(tell->release, table);
    for (size_t i = 0; found != NULL && i < found->row_count * found->column_count; i++)
        if (found->cells[i].sign != SIGN_PENDING)
            return true;
    return false;
}

static int decimals(const struct released *cell, enum release_unit unit)
{
    switch (unit) {
    case RELEASE_COUNT:
        return 0;
    case RELEASE_PERCENT:
    case RELEASE_POINTS:
    case RELEASE_SCORE:
        return cell->decimals;
    case RELEASE_RATIO:
    case RELEASE_INDEX:
        return 2;
    }
    return 0;
}

/* Digits of one number; differences carry their sign, unless they round to nothing. */
static const char *digits(const struct tell *tell, double number, int places, enum release_unit unit)
{
    char text[128];
    number_format(tell->language, number, places, text, sizeof text);
    bool plus = unit == RELEASE_POINTS && number > 0 && strpbrk(text, "123456789") != NULL;
    return tell_format(tell, "%s%s", plus ? "+" : "", text);
}

static const char *with_unit(const struct tell *tell, const char *number, enum release_unit unit)
{
    if (unit != RELEASE_PERCENT)
        return number;
    /* buf_percent knows the gap of the language, but not how to print "15.9–19.8". */
    struct buf gap;
    buf_init(&gap, 64);
    buf_percent(&gap, tell->language, 0, 0);
    if (gap.bytes == NULL || gap.failed)
        tell->doc->status = STATUS_MEMORY;
    const char *text = tell_format(tell, "%s%s", number, gap.bytes == NULL ? "%" : gap.bytes + 1);
    buf_free(&gap);
    return text;
}

const char *tell_number(const struct tell *tell, const struct released *cell, enum release_unit unit)
{
    if (cell->sign != SIGN_SHOWN)
        return release_sign(cell->sign);
    const char *cap = "";
    switch (cell->cap) {
    case CAP_NONE:
        break;
    case CAP_AT_LEAST:
        cap = "≥\u00A0";
        break;
    case CAP_BELOW:
        cap = "<\u00A0";
        break;
    }
    return tell_format(tell, "%s%s", cap, digits(tell, cell->value, decimals(cell, unit), unit));
}

const char *tell_value(const struct tell *tell, const struct released *cell, enum release_unit unit)
{
    const char *number = tell_number(tell, cell, unit);
    return cell->sign == SIGN_SHOWN ? with_unit(tell, number, unit) : number;
}

const char *tell_range(const struct tell *tell, const struct released *cell, enum release_unit unit)
{
    if (cell->sign != SIGN_SHOWN || !cell->ranged || isnan(cell->low) || isnan(cell->high))
        return NULL;
    int places = decimals(cell, unit);
    const char *low = digits(tell, cell->low, places, unit);
    const char *high = digits(tell, cell->high, places, unit);
    if (unit == RELEASE_POINTS || cell->low < 0)
        return tell_format(tell, tr(tell->language, "%s to %s"), low, high);
    return with_unit(tell, tell_format(tell, "%s–%s", low, high), unit);
}

/* "1,284 answers", joined with what stands before it. */
static const char *join_base(const struct tell *tell, const char *before, const struct released *cell)
{
    if (cell->base == 0)
        return before;
    char count[128];
    number_format(tell->language, cell->base, 0, count, sizeof count);
    const char *base = tell_format(tell, tr_plural(tell->language, "%s answer", "%s answers", cell->base), count);
    return before == NULL ? base : tell_format(tell, "%s; %s", before, base);
}

const char *tell_evidence(const struct tell *tell, const struct released *cell, enum release_unit unit)
{
    const char *range = tell_range(tell, cell, unit);
    const char *text = range == NULL ? NULL : tell_format(tell, tr(tell->language, "range %s"), range);
    text = join_base(tell, text, cell);
    const struct released *rate = tell_cell(tell, "dq1.unit", "total", 2);
    if (rate->sign == SIGN_SHOWN) {
        const char *answered = tell_format(tell, tr(tell->language, "response rate %s"),
                                           tell_value(tell, rate, RELEASE_PERCENT));
        text = text == NULL ? answered : tell_format(tell, "%s, %s", text, answered);
    }
    return text == NULL ? tr(tell->language, "range and base are not published") : text;
}

const char *tell_difference(const struct tell *tell, const struct released *cell, bool percentage)
{
    if (cell->sign != SIGN_SHOWN)
        return tell_format(tell, "**%s** (%s)", release_sign(cell->sign),
                           release_sign_text(cell->sign, tell->language));
    const char *number = tell_number(tell, cell, RELEASE_POINTS);
    const char *range = tell_range(tell, cell, RELEASE_POINTS);
    const char *size = percentage ? tell_format(tell, tr(tell->language, "%s percentage points"), number)
                                  : tell_format(tell, tr(tell->language, "%s points"), number);
    if (range != NULL)
        size = tell_format(tell, tr(tell->language, "%s, range %s"), size, range);
    if (cell->word == WORD_NONE)
        return size;
    return tell_format(tell, "**%s** (%s)", release_word(cell->word, tell->language), size);
}

const char *tell_label(const struct tell *tell, const struct release_row *row)
{
    const char *text = release_label(tell->release, &row->label, tell->language);
    return *text == '\0' ? row->id : text;
}

const char *tell_bases(const struct tell *tell, const char *id, size_t column)
{
    const struct release_table *table = release_table(tell->release, id);
    uint32_t least = UINT32_MAX;
    uint32_t most = 0;
    char low[128], high[128];
    for (size_t row = 0; table != NULL && row < table->row_count && column < table->column_count; row++) {
        const struct released *cell = &table->cells[row * table->column_count + column];
        if (cell->sign != SIGN_SHOWN || cell->base == 0 || table->columns[column].unit == RELEASE_COUNT)
            continue;
        least = cell->base < least ? cell->base : least;
        most = cell->base > most ? cell->base : most;
    }
    if (most == 0)
        return NULL;
    number_format(tell->language, least, 0, low, sizeof low);
    number_format(tell->language, most, 0, high, sizeof high);
    return least == most ? tell_format(tell, tr(tell->language, "Base: n = %s"), high)
                         : tell_format(tell, tr(tell->language, "Base of a value: n = %s to %s"), low, high);
}

void tell_missing(const struct tell *tell, const char *what, const char *how)
{
    doc_paragraph(tell->doc, tell_format(tell, tr(tell->language, "**Not yet available:** %s. %s"), what, how));
}

bool tell_is_reference(const struct release_table *table)
{
    static const char end[] = ".reference";
    const size_t length = strlen(table->id);
    return length > strlen(end) && strcmp(table->id + length - strlen(end), end) == 0;
}

/* Whether an earlier row of the table has the same label: several figures come from one delivery. */
static bool repeated(const struct tell *tell, const struct release_table *table, size_t row)
{
    for (size_t before = 0; before < row; before++)
        if (strcmp(tell_label(tell, &table->rows[before]), tell_label(tell, &table->rows[row])) == 0)
            return true;
    return false;
}

void tell_references(const struct tell *tell, const char *indicator)
{
    const char *list = "";
    const size_t length = strlen(indicator);
    for (size_t t = 0; t < tell->release->table_count; t++) {
        const struct release_table *table = &tell->release->tables[t];
        if (!tell_is_reference(table) || strncmp(table->id, indicator, length) != 0 || table->id[length] != '.')
            continue;
        for (size_t row = 0; row < table->row_count; row++)
            if (!repeated(tell, table, row))
                list = tell_format(tell, tr(tell->language, "%s%s%s (%s persons)"), list, *list == '\0' ? "" : "; ",
                                   tell_label(tell, &table->rows[row]),
                                   tell_value(tell, &table->cells[row * table->column_count + 2], RELEASE_COUNT));
    }
    if (*list != '\0')
        doc_note(tell->doc, tell_format(tell, tr(tell->language, "Compared with: %s."), list));
}

void tell_note(const struct tell *tell, const char *indicator)
{
    const struct indicator *found = indicator_find(indicator);
    if (found == NULL)
        return;
    if (found->source != NULL && found->misreading != NULL)
        doc_note(tell->doc, tell_format(tell, tr(tell->language, "Source: %s. Often misread: %s"),
                                        tr(tell->language, found->source), tr(tell->language, found->misreading)));
}

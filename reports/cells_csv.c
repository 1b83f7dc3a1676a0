/* Open data: one tidy table of all cells, and its description for machines. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/zip.h"
#include "reports/cells.h"

enum { FILE_MAX_BYTES = 256 << 20 };

const char *cells_unit(enum release_unit unit)
{
    switch (unit) {
    case RELEASE_COUNT:
        return "count";
    case RELEASE_PERCENT:
        return "percent";
    case RELEASE_POINTS:
        return "points";
    case RELEASE_SCORE:
        return "score";
    case RELEASE_RATIO:
        return "ratio";
    case RELEASE_INDEX:
        return "index";
    }
    return "";
}

unsigned cells_decimals(const struct released *cell, enum release_unit unit)
{
    if (unit == RELEASE_COUNT)
        return 0;
    return unit == RELEASE_RATIO || unit == RELEASE_INDEX ? 2 : cell->decimals;
}

/* Columns of tables.csv, with what the description says of them. */
static const struct {
    const char *name, *type, *text;
} columns[] = {
    { "table", "string", N_("short name of the table; the part before the dot is the figure") },
    { "title", "string", N_("title of the table") },
    { "wave", "string", N_("survey") },
    { "row", "string", N_("short name of the row") },
    { "row_label", "string", N_("row as the report names it") },
    { "column", "integer", N_("position of the column, from 0") },
    { "column_label", "string", N_("column as the report names it") },
    { "unit", "string", N_("count, percent, points, score (0 to 100), ratio or index") },
    { "value", "decimal", N_("the figure, rounded as in the report; empty when it is not shown") },
    { "limit", "string", N_("at_least or below, when the value is a limit and not the figure") },
    { "low", "decimal", N_("lower end of the 95% range") },
    { "high", "decimal", N_("upper end of the 95% range") },
    { "base", "integer", N_("answers or persons behind the figure; empty when it is not published") },
    { "sign", "string", N_("why there is no figure: g kept secret, u too few answers, x makes no sense, … not delivered") },
    { "comparison", "string", N_("word of comparison, chosen by rule") },
};

static void add_field(struct buf *out, const char *text, bool last)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        buf_add_string(out, text);
    } else {
        buf_add_byte(out, '"');
        for (; *text != '\0'; text++) {
            if (*text == '"')
                buf_add_byte(out, '"');
            buf_add_byte(out, *text);
        }
        buf_add_byte(out, '"');
    }
    buf_add_string(out, last ? "\r\n" : ",");
}

/* Labels come from forms and files: one that a spreadsheet would take for a formula gets an apostrophe (V23). */
static void add_label(struct buf *out, const char *label)
{
    char guarded[1024];
    snprintf(guarded, sizeof guarded, "'%s", label);
    add_field(out, label[0] != '\0' && strchr("=+-@\t", label[0]) != NULL ? guarded : label, false);
}

static void add_number(struct buf *out, double number, unsigned decimals, bool shown)
{
    char text[64] = "";
    if (shown && isfinite(number))
        snprintf(text, sizeof text, "%.*f", (int)decimals, number);
    add_field(out, strcmp(text, "-0") == 0 ? "0" : text, false);
}

static void add_cell(struct buf *out, const struct release *release, const struct language *language,
                     const struct release_table *table, size_t row, size_t column)
{
    static const char *const limits[] = { [CAP_NONE] = "", [CAP_AT_LEAST] = "at_least", [CAP_BELOW] = "below" };
    const struct released *cell = &table->cells[row * table->column_count + column];
    const enum release_unit unit = table->columns[column].unit;
    const unsigned decimals = cells_decimals(cell, unit);
    const bool shown = cell->sign == SIGN_SHOWN;
    add_field(out, table->id, false);
    add_label(out, release_label(release, &table->title, language));
    add_field(out, table->wave == NULL ? "" : table->wave, false);
    add_field(out, table->rows[row].id, false);
    add_label(out, release_label(release, &table->rows[row].label, language));
    add_number(out, (double)column, 0, true);
    add_label(out, release_label(release, &table->columns[column].label, language));
    add_field(out, cells_unit(unit), false);
    add_number(out, cell->value, decimals, shown);
    add_field(out, shown ? limits[cell->cap] : "", false);
    add_number(out, cell->low, decimals, shown && cell->ranged);
    add_number(out, cell->high, decimals, shown && cell->ranged);
    add_number(out, cell->base, 0, shown && cell->base > 0);
    add_field(out, shown ? "" : release_sign(cell->sign), false);
    add_field(out, shown && cell->word != WORD_NONE ? release_word(cell->word, language) : "", true);
}

static void write_table(struct buf *out, const struct release *release, const struct language *language)
{
    for (size_t i = 0; i < COUNT(columns); i++)
        add_field(out, columns[i].name, i + 1 == COUNT(columns));
    for (size_t i = 0; i < release->table_count; i++)
        for (size_t row = 0; row < release->tables[i].row_count; row++)
            for (size_t column = 0; column < release->tables[i].column_count; column++)
                add_cell(out, release, language, &release->tables[i], row, column);
}

static void add_json(struct buf *out, const char *text)
{
    buf_add_byte(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            buf_format(out, "\\%c", *text);
        else if ((unsigned char)*text < 0x20)
            buf_format(out, "\\u%04x", (unsigned)(unsigned char)*text);
        else
            buf_add_byte(out, *text);
    }
    buf_add_byte(out, '"');
}

static void add_member(struct buf *out, const char *name, const char *text)
{
    buf_format(out, "  \"%s\": ", name);
    add_json(out, text);
    buf_add_string(out, ",\n");
}

static void write_description(struct buf *out, const struct release *release, const struct language *language)
{
    buf_add_string(out, "{\n  \"@context\": [\"http://www.w3.org/ns/csvw\", {\"@language\": ");
    add_json(out, language_code(language));
    buf_add_string(out, "}],\n");
    add_member(out, "url", "tables.csv");
    buf_format(out, "  \"dc:title\": \"");
    buf_format(out, tr(language, "Diversity report %d"), release->year);
    buf_add_string(out, "\",\n");
    add_member(out, "dc:publisher", release->city);
    add_member(out, "dc:identifier", release->fingerprint);
    if (release->demo)
        add_member(out, "dc:description",
                   tr(language, "Demo data – invented figures, no figures about a real city"));
    buf_add_string(out, "  \"dialect\": {\"encoding\": \"utf-8\", \"delimiter\": \",\", \"header\": true},\n"
                        "  \"tableSchema\": {\n    \"primaryKey\": [\"table\", \"row\", \"column\"],\n    \"columns\": [\n");
    for (size_t i = 0; i < COUNT(columns); i++) {
        buf_format(out, "      {\"name\": \"%s\", \"datatype\": \"%s\", \"dc:description\": ", columns[i].name,
                   columns[i].type);
        add_json(out, tr(language, columns[i].text));
        buf_add_string(out, i + 1 == COUNT(columns) ? "}\n" : "},\n");
    }
    buf_add_string(out, "    ]\n  }\n}\n");
}

enum status cells_open_data(const struct release *release, const struct language *language, struct buf *out,
                            struct fail *fail)
{
    struct buf table;
    struct buf description;
    buf_init(&table, FILE_MAX_BYTES);
    buf_init(&description, FILE_MAX_BYTES);
    write_table(&table, release, language);
    write_description(&description, release, language);
    enum status status = buf_status(&table, "tables.csv", fail);
    if (status == STATUS_OK)
        status = buf_status(&description, "tables.csv-metadata.json", fail);
    if (status == STATUS_OK) {
        const struct zip_entry entries[] = {
            { .name = "tables.csv", .bytes = table.bytes, .length = table.length },
            { .name = "tables.csv-metadata.json", .bytes = description.bytes, .length = description.length },
        };
        status = zip_write(entries, COUNT(entries), out, fail);
    }
    buf_free(&table);
    buf_free(&description);
    return status;
}

/* The released tables as a workbook: a sheet each, named by the table's short name; ranges and bases in columns of their
 * own, so that they can be computed with. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/xlsx_write.h"
#include "reports/cells.h"

enum { NAME_MAX_CHARACTERS = 31 };

struct sheet {
    struct xlsx_write *write;
    const struct release *release;
    const struct language *language;
    const struct release_table *table;
    uint16_t column;
};

static bool any_range(const struct release_table *table, size_t column)
{
    for (size_t row = 0; row < table->row_count; row++)
        if (table->cells[row * table->column_count + column].ranged)
            return true;
    return false;
}

static bool any_word(const struct release_table *table, size_t column)
{
    for (size_t row = 0; row < table->row_count; row++)
        if (table->cells[row * table->column_count + column].word != WORD_NONE)
            return true;
    return false;
}

static bool any_base(const struct release_table *table)
{
    for (size_t i = 0; i < table->row_count * table->column_count; i++)
        if (table->cells[i].base > 0)
            return true;
    return false;
}

static void add_head(struct sheet *sheet, const char *label, const char *more)
{
    char text[512];
    snprintf(text, sizeof text, "%s%s%s", label, *more == '\0' ? "" : ": ", more);
    xlsx_write_text(sheet->write, 0, sheet->column, text);
    xlsx_write_width(sheet->write, sheet->column++, *more == '\0' ? 18 : 12);
}

/* What the format shows is what the cell holds: no more digits than are published. */
static double rounded(double number, unsigned decimals)
{
    const double scale = pow(10, decimals);
    return round(number * scale) / scale;
}

static void add_value(struct sheet *sheet, uint32_t line, const struct released *cell, enum release_unit unit)
{
    char text[64];
    const unsigned decimals = cells_decimals(cell, unit);
    if (cell->sign != SIGN_SHOWN) {
        xlsx_write_text(sheet->write, line, sheet->column++, release_sign(cell->sign));
    } else if (cell->cap != CAP_NONE) {
        snprintf(text, sizeof text, "%s %.*f", cell->cap == CAP_AT_LEAST ? "≥" : "<", (int)decimals, cell->value);
        xlsx_write_text(sheet->write, line, sheet->column++, text);
    } else {
        xlsx_write_number(sheet->write, line, sheet->column++, rounded(cell->value, decimals), decimals);
    }
}

static void write_heads(struct sheet *sheet, bool base)
{
    const struct release_table *table = sheet->table;
    xlsx_write_text(sheet->write, 0, 0, release_label(sheet->release, &table->title, sheet->language));
    xlsx_write_width(sheet->write, 0, 44);
    sheet->column = 1;
    for (size_t i = 0; i < table->column_count; i++) {
        const char *label = release_label(sheet->release, &table->columns[i].label, sheet->language);
        add_head(sheet, *label == '\0' ? tr(sheet->language, "Value") : label,
                 table->columns[i].unit == RELEASE_PERCENT ? "%" : "");
        if (any_range(table, i)) {
            add_head(sheet, label, tr(sheet->language, N_("from")));
            add_head(sheet, label, tr(sheet->language, N_("to")));
        }
        if (any_word(table, i))
            add_head(sheet, label, tr(sheet->language, "Comparison"));
    }
    if (base)
        add_head(sheet, tr(sheet->language, N_("Base")), "");
}

static void write_row(struct sheet *sheet, size_t row, bool base)
{
    const struct release_table *table = sheet->table;
    const uint32_t line = (uint32_t)row + 1;
    uint32_t most = 0;
    xlsx_write_text(sheet->write, line, 0, release_label(sheet->release, &table->rows[row].label, sheet->language));
    sheet->column = 1;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct released *cell = &table->cells[row * table->column_count + i];
        const enum release_unit unit = table->columns[i].unit;
        const bool shown = cell->sign == SIGN_SHOWN;
        add_value(sheet, line, cell, unit);
        most = shown && cell->base > most ? cell->base : most;
        if (any_range(table, i)) {
            if (shown && cell->ranged) {
                const unsigned decimals = cells_decimals(cell, unit);
                xlsx_write_number(sheet->write, line, sheet->column, rounded(cell->low, decimals), decimals);
                xlsx_write_number(sheet->write, line, (uint16_t)(sheet->column + 1), rounded(cell->high, decimals),
                                  decimals);
            }
            sheet->column = (uint16_t)(sheet->column + 2);
        }
        if (any_word(table, i)) {
            if (shown && cell->word != WORD_NONE)
                xlsx_write_text(sheet->write, line, sheet->column, release_word(cell->word, sheet->language));
            sheet->column++;
        }
    }
    if (base && most > 0)
        xlsx_write_number(sheet->write, line, sheet->column, most, 0);
}

static void sheet_name(const struct release_table *table, char name[NAME_MAX_CHARACTERS + 1])
{
    snprintf(name, NAME_MAX_CHARACTERS + 1, "%s", table->id);
    for (char *at = name; *at != '\0'; at++)
        if (strchr("[]:*?/\\'", *at) != NULL)
            *at = '_';
}

static uint32_t write_fact(struct xlsx_write *write, uint32_t line, const char *name, const char *text)
{
    xlsx_write_text(write, line, 0, name);
    xlsx_write_text(write, line, 1, text == NULL ? "" : text);
    return line + 1;
}

static void write_contents(struct sheet *sheet)
{
    static const enum release_sign signs[] = { SIGN_SECRET, SIGN_UNSAFE, SIGN_VOID, SIGN_PENDING };
    const struct release *release = sheet->release;
    const struct language *language = sheet->language;
    struct xlsx_write *write = sheet->write;
    char title[128];
    uint32_t line = 1;
    snprintf(title, sizeof title, tr(language, "Diversity report %d"), release->year);
    xlsx_write_sheet(write, tr(language, N_("Contents")));
    xlsx_write_width(write, 0, 24);
    xlsx_write_width(write, 1, 90);
    xlsx_write_text(write, 0, 0, title);
    xlsx_write_text(write, 0, 1, release->city);
    if (release->demo)
        line = write_fact(write, line, "", tr(language, "Demo data – invented figures, no figures about a real city"));
    line = write_fact(write, line, tr(language, N_("Survey")), release->wave);
    line = write_fact(write, line, tr(language, N_("Fingerprint of the figures")), release->fingerprint);
    for (size_t i = 0; i < COUNT(signs); i++)
        line = write_fact(write, line, release_sign(signs[i]), release_sign_text(signs[i], language));
    line++;
    for (size_t i = 0; i < release->table_count; i++) {
        char name[NAME_MAX_CHARACTERS + 1];
        sheet_name(&release->tables[i], name);
        line = write_fact(write, line, name, release_label(release, &release->tables[i].title, language));
    }
}

enum status cells_xlsx(const struct release *release, const struct language *language, struct buf *out,
                       struct fail *fail)
{
    struct sheet sheet = { .release = release, .language = language };
    enum status status = xlsx_write_create(&sheet.write, fail);
    if (status != STATUS_OK)
        return status;
    write_contents(&sheet);
    for (size_t i = 0; i < release->table_count; i++) {
        char name[NAME_MAX_CHARACTERS + 1];
        sheet.table = &release->tables[i];
        const bool base = any_base(sheet.table);
        sheet_name(sheet.table, name);
        xlsx_write_sheet(sheet.write, name);
        write_heads(&sheet, base);
        for (size_t row = 0; row < sheet.table->row_count; row++)
            write_row(&sheet, row, base);
    }
    return xlsx_write_end(sheet.write, out, fail);
}

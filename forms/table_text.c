/* Tables that are text: one CSV file with all sheets one below the other (the name of a sheet stands alone in the first
 * column, its rows begin with an empty one), and tables in Markdown of the same layout. */
#include <string.h>

#include "forms/table_private.h"

struct lines {
    struct arena *arena;
    const char *name;
    struct tables *tables;
    struct table *table; /* the one in progress */
    uint32_t line;
    const char *cells[SHEET_COLUMN_MAX];
    size_t count;
};

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n\xC2\xA0")] == '\0';
}

/* What has been gathered is one line: the name of a sheet, or a row without its first cell. */
static enum status take_line(struct lines *lines, struct fail *fail)
{
    while (lines->count > 0 && is_blank(lines->cells[lines->count - 1]))
        lines->count--;
    if (lines->count == 0)
        return STATUS_OK;
    const char *first = lines->cells[0];
    if (!is_blank(first)) {
        if (lines->count > 1)
            return FAIL(fail, STATUS_INPUT,
                        "%s, line %u: the first column holds the name of a sheet such as “survey” and nothing else",
                        lines->name, (unsigned)lines->line);
        first += strspn(first, " \t");
        size_t length = strcspn(first, " \t\r\n");
        lines->table = tables_add(lines->arena, lines->tables, first, length);
        return lines->table != NULL ? STATUS_OK
                                    : FAIL(fail, STATUS_LIMIT, "%s: more than %d sheets", lines->name, (int)SHEET_MAX);
    }
    if (lines->table == NULL)
        return FAIL(fail, STATUS_INPUT,
                    "%s, line %u: the name of a sheet such as “survey” must stand above its rows, in the first column",
                    lines->name, (unsigned)lines->line);
    struct sheet_row row = { lines->line, lines->cells + 1, lines->count - 1 };
    return table_add(lines->arena, lines->name, lines->table, &row, fail);
}

static enum status keep(struct lines *lines, const char *cell, struct fail *fail)
{
    if (lines->count == SHEET_COLUMN_MAX)
        return FAIL(fail, STATUS_LIMIT, "%s: row %u has more than %d columns", lines->name, (unsigned)lines->line,
                    (int)SHEET_COLUMN_MAX);
    lines->cells[lines->count++] = cell;
    return STATUS_OK;
}

/* The comma or semicolon that stands oftener in the file; quotes do not matter for that. */
static char delimiter_of(const char *text)
{
    size_t commas = 0;
    size_t semicolons = 0;
    for (; *text != '\0'; text++) {
        commas += *text == ',';
        semicolons += *text == ';';
    }
    return semicolons > commas ? ';' : ',';
}

enum status tables_read_csv(struct arena *arena, const char *name, char *text, struct tables *tables, struct fail *fail)
{
    struct lines lines = { .arena = arena, .name = name, .tables = tables, .line = 1 };
    char delimiter = delimiter_of(text);
    enum status status = STATUS_OK;
    uint32_t line = 1;
    for (char *in = text; *in != '\0' && status == STATUS_OK;) {
        char *cell = in;
        char *out = in;
        bool open = *in == '"';
        in += open ? 1 : 0;
        for (; *in != '\0' && (open || (*in != delimiter && *in != '\n')); in++) {
            line += *in == '\n';
            if (open && *in == '"' && in[1] != '"') {
                open = false;
                continue;
            }
            in += open && *in == '"' ? 1 : 0;
            *out++ = *in;
        }
        if (open)
            return FAIL(fail, STATUS_INPUT, "%s, line %u: a quotation mark is opened and never closed", name,
                        (unsigned)lines.line);
        char end = *in;
        in += end != '\0' ? 1 : 0;
        out -= out > cell && out[-1] == '\r' ? 1 : 0;
        *out = '\0';
        status = keep(&lines, cell, fail);
        if (status == STATUS_OK && (end == '\n' || end == '\0')) {
            status = take_line(&lines, fail);
            line += end == '\n';
            lines.line = line;
            lines.count = 0;
        }
    }
    if (status == STATUS_OK && lines.count > 0)
        status = take_line(&lines, fail); /* the file ends behind a delimiter */
    return status;
}

/* A cell up to the next bar or the end; "\|" is a bar. Cuts the cell out, blanks around it removed; returns what is
 * behind it. */
static char *cut_cell(char *in, const char **cell)
{
    in += strspn(in, " \t");
    char *out = in;
    *cell = in;
    for (; *in != '\0' && *in != '|'; in++) {
        in += *in == '\\' && in[1] == '|' ? 1 : 0;
        *out++ = *in;
    }
    char *next = *in == '|' ? in + 1 : in;
    while (out > *cell && strchr(" \t\r", out[-1]) != NULL)
        out--;
    *out = '\0';
    return next;
}

/* "|---|:--|": the line below the head of a table in Markdown. */
static bool is_rule(const struct lines *lines)
{
    bool rule = false;
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->cells[i][strspn(lines->cells[i], "-: ")] != '\0')
            return false;
        rule = rule || strchr(lines->cells[i], '-') != NULL;
    }
    return rule;
}

enum status tables_read_md(struct arena *arena, const char *name, char *text, struct tables *tables, struct fail *fail)
{
    struct lines lines = { .arena = arena, .name = name, .tables = tables };
    enum status status = STATUS_OK;
    for (char *in = text; in != NULL && status == STATUS_OK;) {
        char *end = strchr(in, '\n');
        if (end != NULL)
            *end = '\0';
        lines.line++;
        lines.count = 0;
        in += strspn(in, " \t");
        if (*in == '|')
            for (in++; *in != '\0' && status == STATUS_OK;) {
                const char *cell = NULL;
                in = cut_cell(in, &cell);
                status = keep(&lines, cell, fail);
            }
        if (status == STATUS_OK && !is_rule(&lines))
            status = take_line(&lines, fail);
        in = end != NULL ? end + 1 : NULL;
    }
    return status;
}

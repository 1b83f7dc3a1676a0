/* The registry of tables, and one field of a row from text to the row's member. Used alike for a file that arrives and
 * for what is stored. Not responsible for whole files (table_import.c) or for the database (table_store.c). */
#include "survey/table.h"

#include <math.h>
#include <string.h>

#include "survey/table_row.h"

#define TABLE(name) extern const struct table table_##name;
#include "survey/tables.def"
#undef TABLE

const struct table *const tables[] = {
#define TABLE(name) &table_##name,
#include "survey/tables.def"
#undef TABLE
    NULL,
};

enum { YEAR_FIRST = 1950, YEAR_LAST = 2100 };

const struct table *table_find(const char *kind)
{
    for (size_t i = 0; tables[i] != NULL; i++)
        if (strcmp(tables[i]->kind, kind) == 0 || strcmp(tables[i]->file, kind) == 0)
            return tables[i];
    return NULL;
}

static void set_int(void *place, int value)
{
    memcpy(place, &value, sizeof value);
}

static void set_byte(void *place, uint8_t value)
{
    memcpy(place, &value, sizeof value);
}

static void read_year(struct import *import, int column, void *place)
{
    int today[3];
    uint32_t year = 0;
    import_today(today);
    if (!import_whole(import, column, YEAR_LAST, &year))
        return;
    if (year < YEAR_FIRST)
        IMPORT_ERROR(import, "CODE", column, N_("a year like 2025 belongs here"));
    else if ((int)year > today[0])
        IMPORT_ERROR(import, "V04", column, N_("this year lies in the future"));
    set_int(place, (int)year);
}

static void read_day(struct import *import, const struct table_column *column, int at, void *place)
{
    int day[3] = { 0 };
    int today[3];
    if (!import_date(import, at, day))
        return;
    import_today(today);
    if ((column->flags & COLUMN_PAST) != 0 && import_compare_dates(day, today) > 0)
        IMPORT_ERROR(import, "V04", at, N_("this day lies in the future"));
    set_int(place, day[0] * 10000 + day[1] * 100 + day[2]);
}

static int find_unit(const struct table_context *context, const char *id)
{
    for (size_t i = 0; i < context->unit_count; i++)
        if (strcmp(context->units[i].id, id) == 0)
            return (int)i;
    return -1;
}

/* A unit that has ended counts for the one that follows; one that is gone for the whole city, so that its sums stay. */
static void read_unit(struct import *import, const struct table_context *context, int column, void *place)
{
    const char *id = import_cell(import, column);
    if (id[0] == '\0' || strcmp(id, "*") == 0) {
        set_int(place, -1);
        return;
    }
    int unit = find_unit(context, id);
    if (unit < 0)
        unit = find_unit(context, unit_follow(&context->spans, id));
    set_int(place, unit < 0 ? 0 : unit);
    if (unit >= 0)
        return;
    IMPORT_ERROR(import, "V05", column, N_("there is no unit with this id; import the units first or correct it"));
}

static void read_link(struct import *import, const struct table_context *context, const struct table_column *column,
                      int at, void *place)
{
    const struct table *link = column->link;
    const char *id = import_cell(import, at);
    const char *rows = NULL;
    size_t count = 0;
    memcpy(&rows, (const char *)context->registers + link->rows, sizeof rows);
    memcpy(&count, (const char *)context->registers + link->count, sizeof count);
    for (size_t i = 0; i < count; i++) {
        const char *other = NULL;
        memcpy(&other, rows + i * link->row_size + link->columns[0].offset, sizeof other);
        if (strcmp(other, id) == 0) {
            set_int(place, (int)i);
            return;
        }
    }
    set_int(place, -1);
    IMPORT_ERROR(import, "V05", at, N_("the table “%s” has no row with this id; import it first or correct the id"),
                 tr(import->language, link->title));
}

static void read_text(struct import *import, const struct table_column *column, int at, void *place)
{
    const char *text = import_cell(import, at);
    if (strlen(text) > (size_t)column->highest)
        IMPORT_ERROR(import, "CODE", at, N_("this text is longer than %d bytes"), (int)column->highest);
    memcpy(place, &text, sizeof text);
}

static void read_tongue(struct import *import, int column, void *place)
{
    const char *text = import_cell(import, column);
    bool known = strcmp(text, "*") == 0 || (strlen(text) == 3 && strspn(text, "abcdefghijklmnopqrstuvwxyz") == 3);
    if (!known)
        IMPORT_ERROR(
            import, "CODE", column,
            N_("a language is written with the three letters of ISO 639-3, for example tur, ara, ukr; * is all"));
    memcpy(place, &text, sizeof text);
}

static void read_count(struct import *import, const struct table_column *column, int at, void *place)
{
    uint32_t count = 0;
    if (import_whole(import, at, (uint32_t)column->highest, &count))
        memcpy(place, &count, sizeof count);
}

static void read_count_or_none(struct import *import, const struct table_column *column, int at, void *place)
{
    uint32_t count = 0;
    if (import_whole(import, at, (uint32_t)column->highest, &count))
        set_int(place, (int)count);
}

static void read_number(struct import *import, const struct table_column *column, int at, void *place)
{
    double number = 0;
    if (import_decimal(import, at, column->highest, &number))
        memcpy(place, &number, sizeof number);
}

/* An empty field, where it may be empty. */
static void set_empty(const struct table_column *column, void *place)
{
    const double none = (double)NAN;
    const char *const nothing = "";
    const char *const all = "*";
    const uint8_t every = CUBE_ALL;
    switch (column->type) {
    case COLUMN_UNIT:
    case COLUMN_WHOLE_OR_NONE:
    case COLUMN_LINK: set_int(place, -1); break;
    case COLUMN_NUMBER: memcpy(place, &none, sizeof none); break;
    case COLUMN_TEXT: memcpy(place, &nothing, sizeof nothing); break;
    case COLUMN_TONGUE: memcpy(place, &all, sizeof all); break;
    case COLUMN_LETTER: set_byte(place, '*'); break;
    case COLUMN_BYTE: set_byte(place, every); break;
    case COLUMN_YEAR:
    case COLUMN_DAY:
    case COLUMN_CODE:
    case COLUMN_FLAG:
    case COLUMN_WHOLE: break; /* zero */
    }
}

static void read_code(struct import *import, const struct table_column *column, int at, void *place)
{
    static const char *const flags[] = { "0", "1", NULL };
    int code = import_code(import, at, column->codes == NULL ? flags : column->codes);
    if (code < 0)
        return;
    if (column->type == COLUMN_CODE)
        set_int(place, column->first + code); /* enums of registers.h are ints */
    else if (column->type == COLUMN_FLAG)
        set_byte(place, (uint8_t)code);
    else if (column->type == COLUMN_BYTE)
        set_byte(place, column->values[code]);
    else
        set_byte(place, (uint8_t)column->codes[code][0]);
}

void table_read_row(const struct table *table, struct import *import, const struct table_context *context, void *row)
{
    _Static_assert(sizeof(enum flow_kind) == sizeof(int) && sizeof(bool) == 1, "rows are written member by member");
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        char *place = (char *)row + column->offset;
        int at = (int)i;
        set_empty(column, place);
        if (import_cell(import, at)[0] == '\0' && (column->flags & (COLUMN_MAY_EMPTY | COLUMN_MAY_MISS)) != 0)
            continue;
        switch (column->type) {
        case COLUMN_YEAR: read_year(import, at, place); break;
        case COLUMN_DAY: read_day(import, column, at, place); break;
        case COLUMN_UNIT: read_unit(import, context, at, place); break;
        case COLUMN_CODE:
        case COLUMN_BYTE:
        case COLUMN_LETTER:
        case COLUMN_FLAG: read_code(import, column, at, place); break;
        case COLUMN_WHOLE: read_count(import, column, at, place); break;
        case COLUMN_WHOLE_OR_NONE: read_count_or_none(import, column, at, place); break;
        case COLUMN_NUMBER: read_number(import, column, at, place); break;
        case COLUMN_TEXT:
            read_text(import, column, at, place);
            if (import_cell(import, at)[0] == '\0')
                IMPORT_ERROR(import, "CODE", at, N_("this field must not be empty"));
            break;
        case COLUMN_TONGUE: read_tongue(import, at, place); break;
        case COLUMN_LINK: read_link(import, context, column, at, place); break;
        }
    }
}

/* One sheet as rows, while it is being inflated. Only <sheetData> is looked at. */
#include <stdlib.h>
#include <string.h>

#include "base/xlsx_private.h"

enum { LETTERS_MAX = 3, VALUE_MAX = SHEET_CELL_MAX };

struct rows {
    struct xlsx *xlsx;
    struct sheet_cells cells;
    sheet_row_read *read;
    void *context;
    uint64_t column; /* of the cell in progress; from 0 */
    uint64_t next;   /* column of a cell that does not say where it stands */
    char type;       /* 's' shared, 'b' boolean, 'n' number, 't' text as it stands */
    bool date;
    bool in_value;
    struct buf value;
};

/* Column of "AB12" from 0; false unless it is up to three letters and the number of the row. */
static bool read_place(const char *place, uint32_t row, uint64_t *column)
{
    uint64_t read = 0;
    size_t letters = 0;
    for (; place[letters] >= 'A' && place[letters] <= 'Z' && letters <= LETTERS_MAX; letters++)
        read = read * 26 + (uint64_t)(place[letters] - 'A' + 1);
    char *end = NULL;
    const char *digits = place + letters;
    if (letters == 0 || letters > LETTERS_MAX || strspn(digits, "0123456789") == 0 ||
        strtoull(digits, &end, 10) != row || *end != '\0')
        return false;
    *column = read - 1;
    return true;
}

static enum status open_row(struct rows *rows, const struct xml_element *element, struct fail *fail)
{
    const char *number = xml_attribute(element, "r");
    uint64_t row = (uint64_t)rows->cells.row + 1;
    if (number != NULL) {
        char *end = NULL;
        row = strtoull(number, &end, 10);
        if (strspn(number, "0123456789") == 0 || *end != '\0')
            return FAIL(fail, STATUS_INPUT, "%s: the file is damaged: “%.20s” is no number of a row", rows->xlsx->name,
                        number);
    }
    rows->next = 0;
    return sheet_cells_begin(&rows->cells, row, fail);
}

static enum status open_cell(struct rows *rows, const struct xml_element *element, struct fail *fail)
{
    const char *place = NULL;
    const char *type = "n";
    unsigned long style = 0;
    for (size_t i = 0; i < element->attribute_count; i++) {
        const struct xml_attribute *attribute = &element->attributes[i];
        if (strcmp(attribute->name, "r") == 0)
            place = attribute->value;
        else if (strcmp(attribute->name, "t") == 0)
            type = attribute->value;
        else if (strcmp(attribute->name, "s") == 0)
            style = strtoul(attribute->value, NULL, 10);
    }
    rows->column = rows->next;
    if (place != NULL && !read_place(place, rows->cells.row, &rows->column))
        return FAIL(fail, STATUS_INPUT, "%s: the file is damaged: “%.20s” is no cell of row %u", rows->xlsx->name,
                    place, (unsigned)rows->cells.row);
    rows->next = rows->column + 1;
    rows->type = strcmp(type, "s") == 0 ? 's' : strcmp(type, "b") == 0 ? 'b' : strcmp(type, "n") == 0 ? 'n' : 't';
    rows->date = style < rows->xlsx->style_count && rows->xlsx->dates[style];
    buf_clear(&rows->value);
    return STATUS_OK;
}

static enum status on_open(void *context, const struct xml_element *element, bool *within, struct fail *fail)
{
    struct rows *rows = context;
    const char *name = element->name;
    if (strcmp(name, "c") == 0)
        return open_cell(rows, element, fail);
    if (strcmp(name, "row") == 0)
        return open_row(rows, element, fail);
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        rows->in_value = true;
    else if (strcmp(name, "is") != 0 && strcmp(name, "r") != 0 && strcmp(name, "sheetData") != 0 &&
             strcmp(name, "worksheet") != 0)
        *within = false;
    return STATUS_OK;
}

static enum status add_shared(struct rows *rows, struct fail *fail)
{
    const struct xlsx *xlsx = rows->xlsx;
    const char *value = rows->value.bytes;
    char *end = NULL;
    unsigned long long index = strtoull(value, &end, 10);
    if (strspn(value, "0123456789") == 0 || *end != '\0' || index >= xlsx->starts.length / sizeof(uint32_t))
        return FAIL(fail, STATUS_INPUT, "%s: the file is damaged: row %u names the text “%.20s”, which does not exist",
                    xlsx->name, (unsigned)rows->cells.row, value);
    uint32_t start = 0;
    memcpy(&start, xlsx->starts.bytes + index * sizeof start, sizeof start);
    const char *text = xlsx->strings.bytes + start;
    return sheet_cells_add(&rows->cells, rows->column, text, strlen(text), fail);
}

static enum status close_cell(struct rows *rows, struct fail *fail)
{
    struct buf *value = &rows->value;
    if (value->failed)
        return FAIL(fail, STATUS_LIMIT, "%s: row %u holds a cell longer than %d bytes", rows->xlsx->name,
                    (unsigned)rows->cells.row, (int)SHEET_CELL_MAX);
    if (value->length == 0)
        return STATUS_OK;
    if (rows->type == 's')
        return add_shared(rows, fail);
    if (rows->type == 't') {
        value->length = xlsx_unescape(value->bytes, value->length);
        return sheet_cells_add(&rows->cells, rows->column, value->bytes, value->length, fail);
    }
    char text[XLSX_NUMBER_ROOM];
    if (rows->type == 'b')
        memcpy(text, value->bytes[0] == '1' ? "TRUE" : "FALSE", value->bytes[0] == '1' ? 5 : 6);
    else
        xlsx_number(value->bytes, rows->date, rows->xlsx->since_1904, text);
    return sheet_cells_add(&rows->cells, rows->column, text, strlen(text), fail);
}

static enum status on_close(void *context, const char *name, struct fail *fail)
{
    struct rows *rows = context;
    rows->in_value = false;
    if (strcmp(name, "c") == 0)
        return close_cell(rows, fail);
    return strcmp(name, "row") == 0 ? sheet_cells_end(&rows->cells, rows->read, rows->context, fail) : STATUS_OK;
}

static enum status on_text(void *context, const char *text, size_t length, struct fail *fail)
{
    (void)fail;
    struct rows *rows = context;
    if (rows->in_value)
        buf_add(&rows->value, text, length);
    return STATUS_OK;
}

enum status xlsx_rows(struct xlsx *xlsx, size_t sheet, sheet_row_read *row, void *context, struct fail *fail)
{
    static const struct xml_events events = { on_open, on_close, on_text };
    struct rows *rows = calloc(1, sizeof *rows);
    if (rows == NULL)
        return FAIL(fail, STATUS_MEMORY, "%s: out of memory", xlsx->name);
    rows->xlsx = xlsx;
    rows->read = row;
    rows->context = context;
    sheet_cells_init(&rows->cells, xlsx->name);
    buf_init(&rows->value, VALUE_MAX);
    enum status status = xlsx_stream(xlsx, xlsx->entries[sheet], &events, rows, fail);
    sheet_cells_free(&rows->cells);
    buf_free(&rows->value);
    free(rows);
    return status;
}

/* Memory, messages and cells while an XLSForm becomes a form. */
#include "forms/xlsform.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

void xlsform_full(struct xlsform *form)
{
    if (form->status == STATUS_OK || form->status == STATUS_INPUT)
        form->status =
            FAIL(form->fail, STATUS_LIMIT, "%s: the spreadsheet holds more than a questionnaire can", form->name);
}

bool xlsform_stopped(const struct xlsform *form)
{
    return form->status != STATUS_OK && form->status != STATUS_INPUT;
}

void *xlsform_new(struct xlsform *form, size_t count, size_t size)
{
    void *memory = arena_get(form->arena, count > 0 ? count : 1, size);
    if (memory == NULL)
        xlsform_full(form);
    return memory;
}

void xlsform_fault(struct xlsform *form, const char *format, ...)
{
    char what[FAIL_WHAT_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, tr(form->ui, format), arguments);
    va_end(arguments);
    if (form->hooks != NULL && form->hooks->fault != NULL)
        form->hooks->fault(form->hooks->context, form->where, what);
    if (form->status == STATUS_OK)
        form->status = FAIL(form->fail, STATUS_INPUT, "%s: %s", form->where, what);
}

void xlsform_lose(struct xlsform *form, const char *instead, const char *format, ...)
{
    char what[FAIL_WHAT_MAX];
    va_list arguments;
    if (form->hooks == NULL || form->hooks->lost == NULL)
        return;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, tr(form->ui, format), arguments);
    va_end(arguments);
    form->hooks->lost(form->hooks->context, form->where, what, instead != NULL ? tr(form->ui, instead) : NULL);
}

void xlsform_stand_at(struct xlsform *form, const struct xlsform_sheet *sheet, const struct table_row *row,
                      const char *name)
{
    form->row = row;
    if (row == NULL)
        form->where = sheet->name;
    else if (name == NULL || name[0] == '\0')
        form->where = arena_format(form->arena, tr(form->ui, N_("%s, row %u")), sheet->name, (unsigned)row->number);
    else
        form->where =
            arena_format(form->arena, tr(form->ui, N_("%s, row %u (%.60s)")), sheet->name, (unsigned)row->number, name);
    if (form->where == NULL) {
        form->where = sheet->name;
        xlsform_full(form);
    }
}

struct xlsform_item *xlsform_add(struct xlsform *form, const struct table_row *row)
{
    if (form->item_count == FORM_ITEM_MAX) {
        xlsform_fault(form, N_("more than %d questions"), (int)FORM_ITEM_MAX);
        xlsform_full(form);
        return NULL;
    }
    struct xlsform_item *made = xlsform_new(form, 1, sizeof *made);
    if (made == NULL || form->items == NULL)
        return NULL;
    made->row = row;
    made->name = made->item.id = "";
    made->item.line = row->number;
    made->item.page = form->page_count - 1;
    made->item.type = qtype_find("note");
    form->items[form->item_count++] = made;
    form->pages[form->page_count - 1].page.item_count++;
    return made;
}

const char *xlsform_cell(const struct xlsform_sheet *sheet, const struct table_row *row, enum xlsform_key key)
{
    for (size_t i = 0; sheet->table != NULL && i < sheet->table->column_count; i++)
        if (sheet->columns[i].key == key && row->cells[i][0] != '\0')
            return row->cells[i];
    return "";
}

const char *xlsform_native(const struct xlsform_sheet *sheet, const struct table_row *row, const char *key)
{
    for (size_t i = 0; sheet->table != NULL && i < sheet->table->column_count; i++)
        if (sheet->columns[i].key == KEY_NATIVE && sheet->columns[i].language == NULL &&
            strcmp(sheet->columns[i].native, key) == 0)
            return row->cells[i];
    return "";
}

bool xlsform_yes(const char *cell)
{
    static const char *const words[] = { "yes", "true", "true()", "1" };
    for (size_t i = 0; i < COUNT(words); i++)
        if (strcasecmp(cell, words[i]) == 0)
            return true;
    return false;
}

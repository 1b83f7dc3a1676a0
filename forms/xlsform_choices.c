/* Lists of choices, made when a question first names them. */
#include <string.h>

#include "forms/xlsform.h"

static const char *cell_of_list(const struct xlsform_sheet *sheet, const struct table_row *row)
{
    return xlsform_cell(sheet, row, KEY_LIST_NAME);
}

static bool has_code(const struct xlsform_list *list, const char *code)
{
    for (size_t i = 0; i < list->option_count; i++)
        if (strcmp(list->options[i].code, code) == 0)
            return true;
    return false;
}

static bool has_name(const struct xlsform_list *list, const char *name)
{
    for (size_t i = 0; i < list->option_count; i++)
        if (strcmp(list->names[i], name) == 0)
            return true;
    return false;
}

static const char *free_code(struct xlsform *form, const struct xlsform_list *list, const char *name)
{
    const char *code = xlsform_code(form, name);
    for (unsigned n = 2; has_code(list, code) && !xlsform_stopped(form); n++) {
        code = arena_format(form->arena, "%.*s_%u", (int)FORM_CODE_MAX - 6, xlsform_code(form, name), n);
        if (code == NULL) {
            xlsform_full(form);
            code = "x";
        }
    }
    if (strcmp(code, name) != 0)
        xlsform_lose(form, code, N_("the name “%.60s” cannot be used as it is, or is used twice"), name);
    return code;
}

static uint32_t bits_of(const struct xlsform_list *list, const char *codes)
{
    uint32_t bits = 0;
    while (*codes != '\0') {
        codes += strspn(codes, " ,");
        size_t length = strcspn(codes, " ,");
        for (size_t i = 0; i < list->option_count && i < FORM_SET_MAX; i++)
            if (length > 0 && strlen(list->options[i].code) == length &&
                strncmp(list->options[i].code, codes, length) == 0)
                bits |= UINT32_C(1) << i;
        codes += length;
    }
    return bits;
}

static void read_option(struct xlsform *form, const struct xlsform_sheet *sheet, const struct table_row *row,
                        struct xlsform_list *list)
{
    struct option *option = &list->options[list->option_count];
    const char *name = xlsform_cell(sheet, row, KEY_NAME);
    const char *points = xlsform_native(sheet, row, "points");
    xlsform_stand_at(form, sheet, row, name);
    if (name[0] == '\0') {
        xlsform_fault(form, N_("a choice needs a name"));
        return;
    }
    if (has_name(list, name)) {
        xlsform_lose(form, NULL, N_("the name stands twice in the list “%.60s”"), list->name);
        return;
    }
    *option = (struct option){ .code = free_code(form, list, name), .points = -1 };
    if (!xlsform_text(form, sheet, row, KEY_LABEL, NULL, &option->label)) {
        xlsform_lose(form, N_("its name"), N_("the choice has no text"));
        xlsform_plain(form, name, &option->label);
    }
    if (strlen(points) == 1 && points[0] >= '0' && points[0] <= '9')
        option->points = (int8_t)(points[0] - '0');
    option->missing = xlsform_yes(xlsform_native(sheet, row, "missing"));
    option->exclusive = xlsform_yes(xlsform_native(sheet, row, "exclusive"));
    list->names[list->option_count++] = name;
}

/* "not_with" names codes of the list, also later ones. */
static void read_not_with(const struct xlsform_sheet *sheet, struct xlsform_list *list)
{
    const struct table *table = sheet->table;
    for (size_t i = 0; i < table->row_count; i++) {
        const char *codes = table->rows[i].beyond ? "" : xlsform_native(sheet, &table->rows[i], "not_with");
        if (codes[0] == '\0' || strcmp(cell_of_list(sheet, &table->rows[i]), list->name) != 0)
            continue;
        for (size_t j = 0; j < list->option_count; j++)
            if (strcmp(list->names[j], xlsform_cell(sheet, &table->rows[i], KEY_NAME)) == 0)
                list->options[j].not_with = bits_of(list, codes);
    }
}

const struct xlsform_list *xlsform_list(struct xlsform *form, const char *name, bool external)
{
    for (const struct xlsform_list *list = form->lists; list != NULL; list = list->next)
        if (strcmp(list->name, name) == 0)
            return list;
    const struct xlsform_sheet *sheet = external ? &form->external : &form->choices;
    size_t count = 0;
    for (size_t i = 0; sheet->table != NULL && i < sheet->table->row_count; i++)
        count += !sheet->table->rows[i].beyond && strcmp(cell_of_list(sheet, &sheet->table->rows[i]), name) == 0;
    struct xlsform_list *list = count > 0 ? xlsform_new(form, 1, sizeof *list) : NULL;
    if (list == NULL)
        return NULL;
    list->name = name;
    list->options = xlsform_new(form, count, sizeof *list->options);
    list->names = xlsform_new(form, count, sizeof *list->names);
    if (list->options == NULL || list->names == NULL)
        return NULL;
    const struct table_row *row = form->row;
    const char *where = form->where;
    /* One more than any question can have is enough to see that there are too many. */
    for (size_t i = 0; i < sheet->table->row_count && list->option_count <= FORM_OPTION_MAX && !xlsform_stopped(form);
         i++)
        if (!sheet->table->rows[i].beyond && strcmp(cell_of_list(sheet, &sheet->table->rows[i]), name) == 0)
            read_option(form, sheet, &sheet->table->rows[i], list);
    read_not_with(sheet, list);
    form->row = row;
    form->where = where;
    list->next = form->lists;
    form->lists = list;
    return list;
}

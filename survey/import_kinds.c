/* Which files can be imported and which columns each has, for messages, help, templates and the office's page.
 * Not responsible for reading them. */
#include <stdio.h>
#include <string.h>

#include "survey/table.h"

extern const struct importer importer_units, importer_workforce, importer_records, importer_population;
static const struct importer *const importers[] = { &importer_units, &importer_workforce, &importer_records,
                                                   &importer_population };

bool import_kind_at(size_t i, struct import_kind *kind)
{
    if (i < COUNT(importers)) {
        *kind = (struct import_kind){ .kind = importers[i]->kind,
                                      .file = importers[i]->file,
                                      .title = importers[i]->title,
                                      .importer = importers[i] };
        return true;
    }
    const struct table *table = tables[i - COUNT(importers)]; /* asked in order, so never past the NULL */
    if (table == NULL)
        return false;
    *kind = (struct import_kind){ .kind = table->kind, .file = table->file, .title = table->title, .table = table };
    return true;
}

enum status import_kind_find(const char *name, struct import_kind *kind, struct fail *fail)
{
    char list[400] = "";
    struct import_kind known;
    for (size_t i = 0; import_kind_at(i, &known); i++) {
        size_t used = strlen(list);
        if (strcmp(known.kind, name) == 0 || strcmp(known.file, name) == 0) {
            *kind = known;
            return STATUS_OK;
        }
        snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : ", ", known.kind);
    }
    return FAIL(fail, STATUS_MISSING, "there is no import %s; the kinds are %s", name, list);
}

static void list_codes(const struct table_column *column, char *out, size_t room)
{
    static const char *const flags[] = { "0", "1", NULL };
    const char *const *codes = column->codes == NULL ? flags : column->codes;
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; codes[i] != NULL && used < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s%s", i == 0 ? "" : ", ", codes[i]);
}

static const char *type_text(enum column_type type)
{
    switch (type) {
    case COLUMN_YEAR: return N_("year like 2025");
    case COLUMN_DAY: return N_("day like 2025-06-30");
    case COLUMN_UNIT: return N_("id of a unit; * for all");
    case COLUMN_WHOLE:
    case COLUMN_WHOLE_OR_NONE: return N_("whole number");
    case COLUMN_NUMBER: return N_("number");
    case COLUMN_TEXT: return N_("text");
    case COLUMN_TONGUE: return N_("language, three letters of ISO 639-3; * for all");
    case COLUMN_LINK: return N_("id from the table “%s”");
    case COLUMN_CODE:
    case COLUMN_BYTE:
    case COLUMN_LETTER:
    case COLUMN_FLAG: break;
    }
    return NULL;
}

static void describe(const struct table_column *column, const struct language *language, struct import_column *out)
{
    const char *text = type_text(column->type);
    if (text == NULL)
        list_codes(column, out->what, sizeof out->what);
    else if (column->type == COLUMN_LINK)
        snprintf(out->what, sizeof out->what, tr(language, N_("id from the table “%s”")),
                 tr(language, column->link->title));
    else
        snprintf(out->what, sizeof out->what, "%s", tr(language, text));
    size_t used = strlen(out->what);
    if ((column->flags & COLUMN_MAY_EMPTY) != 0)
        snprintf(out->what + used, sizeof out->what - used, "; %s", tr(language, N_("may be empty")));
    out->name = column->name;
    out->optional = (column->flags & COLUMN_MAY_MISS) != 0;
}

bool import_column_at(const struct import_kind *kind, size_t i, const struct language *language,
                      struct import_column *column)
{
    if (kind->table != NULL) {
        if (i >= kind->table->column_count)
            return false;
        describe(&kind->table->columns[i], language, column);
        return true;
    }
    if (i >= kind->importer->column_count)
        return false;
    const struct wanted *wanted = &kind->importer->columns[i];
    column->name = wanted->name;
    column->optional = wanted->optional;
    snprintf(column->what, sizeof column->what, "%s", tr(language, wanted->what));
    return true;
}

void import_template(const struct import_kind *kind, struct buf *out)
{
    struct import_column column;
    for (size_t i = 0; import_column_at(kind, i, NULL, &column); i++) {
        buf_add_string(out, i == 0 ? "" : ";");
        buf_add_string(out, column.name);
    }
    buf_add_string(out, "\r\n");
    for (size_t i = 0; kind->table != NULL && kind->table->slots != NULL && kind->table->slots[i] != NULL; i++) {
        buf_add_string(out, kind->table->slots[i]);
        buf_add_string(out, "\r\n");
    }
}

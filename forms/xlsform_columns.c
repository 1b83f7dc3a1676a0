/* What the heads of columns mean: "label::Deutsch (de)", "bind:jr:constraintMsg", "list name", "querschnitt::off". */
#include <string.h>
#include <strings.h>

#include "forms/xlsform.h"

enum { PARTS_MAX = 5 };

static const struct name {
    const char *name;
    enum xlsform_key key;
} names[] = {
    { "type", KEY_TYPE },
    { "command", KEY_TYPE },
    { "name", KEY_NAME },
    { "value", KEY_NAME },
    { "list_name", KEY_LIST_NAME },
    { "label", KEY_LABEL },
    { "caption", KEY_LABEL },
    { "hint", KEY_HINT },
    { "guidance_hint", KEY_GUIDANCE },
    { "relevant", KEY_RELEVANT },
    { "relevance", KEY_RELEVANT },
    { "constraint", KEY_CONSTRAINT },
    { "constraint_message", KEY_CONSTRAINT_MESSAGE },
    { "constraint_msg", KEY_CONSTRAINT_MESSAGE },
    { "constraining_message", KEY_CONSTRAINT_MESSAGE },
    { "jr:constraintmsg", KEY_CONSTRAINT_MESSAGE },
    { "required", KEY_REQUIRED },
    { "required_message", KEY_REQUIRED_MESSAGE },
    { "requiredmsg", KEY_REQUIRED_MESSAGE },
    { "jr:requiredmsg", KEY_REQUIRED_MESSAGE },
    { "readonly", KEY_READ_ONLY },
    { "read_only", KEY_READ_ONLY },
    { "calculation", KEY_CALCULATION },
    { "calculate", KEY_CALCULATION },
    { "choice_filter", KEY_CHOICE_FILTER },
    { "appearance", KEY_APPEARANCE },
    { "default", KEY_DEFAULT },
    { "parameters", KEY_PARAMETERS },
    { "repeat_count", KEY_REPEAT_COUNT },
    { "jr:count", KEY_REPEAT_COUNT },
    { "image", KEY_MEDIA },
    { "big_image", KEY_MEDIA },
    { "audio", KEY_MEDIA },
    { "video", KEY_MEDIA },
    { "form_title", KEY_TITLE },
    { "title", KEY_TITLE },
    { "set_form_title", KEY_TITLE },
    { "form_id", KEY_FORM_ID },
    { "id_string", KEY_FORM_ID },
    { "set_form_id", KEY_FORM_ID },
    { "version", KEY_VERSION },
    { "default_language", KEY_DEFAULT_LANGUAGE },
    { "style", KEY_IGNORED },
    { "instance_name", KEY_IGNORED },
    { "submission_url", KEY_IGNORED },
    { "public_key", KEY_IGNORED },
    { "auto_send", KEY_IGNORED },
    { "auto_delete", KEY_IGNORED },
    { "xml_root", KEY_IGNORED },
    { "omit_instanceid", KEY_IGNORED },
    { "clean_text_values", KEY_IGNORED },
    { "allow_choice_duplicates", KEY_IGNORED },
    { "rows", KEY_IGNORED },
    { "autoplay", KEY_IGNORED },
    { "disabled", KEY_IGNORED },
    { "sms_field", KEY_IGNORED },
    { "notes", KEY_IGNORED },
    { "comment", KEY_IGNORED },
    { "comments", KEY_IGNORED },
};

static const char *part(struct xlsform *form, const char *from, size_t length)
{
    while (length > 0 && strchr(" \t\n", *from) != NULL) {
        from++;
        length--;
    }
    while (length > 0 && strchr(" \t\n", from[length - 1]) != NULL)
        length--;
    const char *copy = arena_copy(form->arena, from, length);
    if (copy == NULL)
        xlsform_full(form);
    return copy != NULL ? copy : "";
}

/* Cuts at ":" and "::". */
static size_t cut(struct xlsform *form, const char *head, const char *parts[PARTS_MAX])
{
    size_t count = 0;
    while (count < PARTS_MAX) {
        size_t length = strcspn(head, ":");
        parts[count++] = part(form, head, length);
        head += length;
        if (*head == '\0')
            break;
        head += strspn(head, ":");
    }
    return count;
}

static bool is_one_of(const char *part, const char *const words[])
{
    for (size_t i = 0; words[i] != NULL; i++)
        if (strcasecmp(part, words[i]) == 0)
            return true;
    return false;
}

static enum xlsform_key find_key(const char *part, bool jr)
{
    char name[64] = "";
    size_t length = strlen(part);
    size_t start = jr ? 3 : 0;
    if (length + start >= sizeof name)
        return KEY_OTHER;
    memcpy(name, jr ? "jr:" : "", start);
    for (size_t i = 0; i <= length; i++)
        name[start + i] = part[i] == ' ' || part[i] == '-' ? '_' : part[i];
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcasecmp(name, names[i].name) == 0)
            return names[i].key;
    return KEY_OTHER;
}

static struct xlsform_column read_head(struct xlsform *form, const char *head)
{
    static const char *const groups[] = { "bind", "control", "media", NULL };
    const char *parts[PARTS_MAX];
    size_t count = cut(form, head, parts);
    struct xlsform_column column = { .key = KEY_OTHER, .position = -1 };
    size_t i = count > 1 && is_one_of(parts[0], groups) ? 1 : 0;
    if (count > 1 && strcasecmp(parts[0], "querschnitt") == 0) {
        column.key = KEY_NATIVE;
        column.native = parts[i = 1];
    } else {
        bool jr = i + 1 < count && strcasecmp(parts[i], "jr") == 0;
        i += jr ? 1 : 0;
        column.key = parts[i][0] == '\0' ? KEY_NONE : find_key(parts[i], jr);
    }
    if (i + 1 < count && parts[i + 1][0] != '\0')
        column.language = parts[i + 1];
    return column;
}

void xlsform_open_sheet(struct xlsform *form, const char *name, struct xlsform_sheet *sheet)
{
    *sheet = (struct xlsform_sheet){ .name = name, .table = tables_find(&form->tables, name) };
    if (sheet->table == NULL)
        return;
    const struct table *table = sheet->table;
    form->where = name;
    if (table->header == NULL)
        return;
    sheet->columns = xlsform_new(form, table->column_count, sizeof *sheet->columns);
    if (sheet->columns == NULL)
        return;
    for (size_t i = 0; i < table->column_count; i++) {
        sheet->columns[i] = read_head(form, table->header[i]);
        for (size_t j = 0; j < i && table->header[i][0] != '\0'; j++)
            if (strcasecmp(table->header[i], table->header[j]) == 0)
                xlsform_fault(form, N_("the head “%.60s” stands above two columns: give each its own"),
                              table->header[i]);
    }
}

static void report_sheet(struct xlsform *form, const struct xlsform_sheet *sheet)
{
    const struct table *table = sheet->table;
    for (size_t i = 0; table != NULL && i < table->column_count; i++) {
        enum xlsform_key key = sheet->columns[i].key;
        size_t filled = 0;
        for (size_t row = 0; row < table->row_count; row++)
            filled += !table->rows[row].beyond && table->rows[row].cells[i][0] != '\0';
        xlsform_stand_at(form, sheet, NULL, NULL);
        if (filled == 0)
            continue;
        if (key == KEY_MEDIA)
            xlsform_lose(form, NULL, N_("the column “%.60s” (%zu rows): pictures, sound and films are not taken over"),
                         table->header[i], filled);
        else if (key == KEY_GUIDANCE)
            xlsform_lose(form, NULL, N_("the column “%.60s” (%zu rows): guidance for interviewers"), table->header[i],
                         filled);
        else if (key == KEY_OTHER || key == KEY_IGNORED)
            xlsform_lose(form, NULL, N_("the column “%.60s” (%zu rows) has no meaning here"), table->header[i], filled);
    }
    if (table != NULL && table->row_count > 0 && table->rows[table->row_count - 1].beyond) {
        xlsform_stand_at(form, sheet, &table->rows[table->row_count - 1], NULL);
        xlsform_lose(form, NULL, N_("what stands below %d empty rows does not belong to the table"),
                     (int)TABLE_GAP_MAX);
    }
}

void xlsform_report_columns(struct xlsform *form)
{
    report_sheet(form, &form->survey);
    report_sheet(form, &form->settings);
    const struct xlsform_sheet *choices = &form->choices;
    for (size_t i = 0; choices->table != NULL && i < choices->table->column_count; i++)
        if (choices->columns[i].key == KEY_OTHER)
            choices->columns[i].key = KEY_NONE; /* what choice_filter looks at */
    report_sheet(form, choices);
}

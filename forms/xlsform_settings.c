/* The sheet settings, and the two sheets that only files of this program have: notices and scales. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "forms/xlsform.h"

/* The name of the file without folder and end. */
static const char *name_of_file(struct xlsform *form)
{
    const char *slash = strrchr(form->name, '/');
    const char *base = slash != NULL ? slash + 1 : form->name;
    const char *name = arena_copy(form->arena, base, strcspn(base, "."));
    if (name == NULL)
        xlsform_full(form);
    return name != NULL ? name : "";
}

static void read_drafts(struct xlsform *form, const char *list)
{
    while (*list != '\0') {
        list += strspn(list, ", ");
        size_t length = strcspn(list, ", ");
        for (size_t i = 0; i < form->form->language_count; i++)
            if (length > 0 && strlen(form->form->languages[i]) == length &&
                strncmp(form->form->languages[i], list, length) == 0)
                form->form->draft[i] = true;
        list += length;
    }
}

/* Letters, digits and "_"; "form" when nothing of it can be used. */
static const char *form_id(struct xlsform *form, const char *name)
{
    char id[FORM_ID_MAX + 1];
    size_t length = 0;
    for (; *name != '\0' && length < FORM_ID_MAX; name++)
        if (isalnum((unsigned char)*name) || *name == '_')
            id[length++] = *name;
        else if (length > 0 && id[length - 1] != '_')
            id[length++] = '_';
    id[length] = '\0';
    const char *copy = arena_string(form->arena, length > 0 ? id : "form");
    if (copy == NULL)
        xlsform_full(form);
    return copy;
}

void xlsform_read_settings(struct xlsform *form)
{
    const struct xlsform_sheet *sheet = &form->settings;
    const struct table_row *row = sheet->table != NULL && sheet->table->row_count > 0 ? sheet->table->rows : NULL;
    struct form *made = form->form;
    const char *id = row != NULL ? xlsform_cell(sheet, row, KEY_FORM_ID) : "";
    const char *version = row != NULL ? xlsform_cell(sheet, row, KEY_VERSION) : "";
    const char *title = row != NULL ? xlsform_cell(sheet, row, KEY_TITLE) : "";
    xlsform_stand_at(form, row != NULL ? sheet : &form->survey, row, NULL);
    id = id[0] != '\0' ? id : name_of_file(form);
    made->id = form_id(form, id);
    made->version = version[0] != '\0' ? version : "1";
    if (row != NULL && form->native) {
        made->free_text = xlsform_yes(xlsform_native(sheet, row, "free_text"));
        unsigned long raters = strtoul(xlsform_native(sheet, row, "key_raters"), NULL, 10);
        made->key_raters = raters <= FORM_RATERS_MAX ? (unsigned)raters : 0;
        read_drafts(form, xlsform_native(sheet, row, "drafts"));
        if (xlsform_text(form, sheet, row, KEY_NATIVE, "title", &made->title))
            return;
    }
    xlsform_plain(form, title[0] != '\0' ? title : id, &made->title);
}

static void read_notices(struct xlsform *form)
{
    const struct xlsform_sheet *sheet = &form->notices;
    size_t count = sheet->table != NULL ? sheet->table->row_count : 0;
    struct notice *notices = xlsform_new(form, count, sizeof *notices);
    for (size_t i = 0; i < count && notices != NULL; i++) {
        const struct table_row *row = &sheet->table->rows[i];
        struct notice *notice = &notices[form->form->notice_count];
        notice->id = xlsform_cell(sheet, row, KEY_NAME);
        xlsform_stand_at(form, sheet, row, notice->id);
        if (!form_id_fits(notice->id)) {
            xlsform_fault(form, N_("“%.60s” is no name of a notice"), notice->id);
            continue;
        }
        (void)xlsform_text(form, sheet, row, KEY_LABEL, NULL, &notice->title);
        (void)xlsform_text(form, sheet, row, KEY_NATIVE, "body", &notice->body);
        form->form->notice_count++;
    }
    form->form->notices = notices;
}

/* "U1 -U2" into positions of items. */
static void read_scale_items(struct xlsform *form, const char *list, struct scale *scale)
{
    size_t *items = xlsform_new(form, strlen(list) / 2 + 1, sizeof *items);
    bool *reversed = xlsform_new(form, strlen(list) / 2 + 1, sizeof *reversed);
    scale->items = items;
    scale->reversed = reversed;
    while (*list != '\0' && items != NULL && reversed != NULL) {
        char id[FORM_ID_MAX + 2];
        list += strspn(list, " ,");
        size_t length = strcspn(list, " ,");
        bool minus = *list == '-';
        snprintf(id, sizeof id, "%.*s", (int)(length - (minus ? 1 : 0)), list + (minus ? 1 : 0));
        const struct xlsform_item *item = length > 0 ? xlsform_known(form, id) : NULL;
        for (size_t i = 0; item != NULL && i < form->item_count; i++)
            if (form->items[i] == item) {
                reversed[scale->item_count] = minus;
                items[scale->item_count++] = i;
            }
        if (item == NULL && length > 0)
            xlsform_fault(form, N_("there is no question “%s”"), id);
        list += length;
    }
}

static void read_scales(struct xlsform *form)
{
    const struct xlsform_sheet *sheet = &form->scales;
    size_t count = sheet->table != NULL ? sheet->table->row_count : 0;
    struct scale *scales = xlsform_new(form, count, sizeof *scales);
    for (size_t i = 0; i < count && scales != NULL; i++) {
        const struct table_row *row = &sheet->table->rows[i];
        struct scale *scale = &scales[form->form->scale_count];
        scale->id = xlsform_cell(sheet, row, KEY_NAME);
        xlsform_stand_at(form, sheet, row, scale->id);
        if (!form_id_fits(scale->id)) {
            xlsform_fault(form, N_("“%.60s” is no name of a scale"), scale->id);
            continue;
        }
        (void)xlsform_text(form, sheet, row, KEY_LABEL, NULL, &scale->title);
        scale->answered_min = (unsigned)strtoul(xlsform_native(sheet, row, "answered_min"), NULL, 10);
        read_scale_items(form, xlsform_native(sheet, row, "items"), scale);
        form->form->scale_count++;
    }
    form->form->scales = scales;
}

/* Sheets nobody asked for. */
static void report_others(struct xlsform *form)
{
    static const char *const known[] = {
        "survey", "choices", "settings", "external_choices", "querschnitt_notices", "querschnitt_scales"
    };
    for (size_t i = 0; i < form->tables.count; i++) {
        const struct table *table = &form->tables.tables[i];
        bool found = table->row_count == 0;
        for (size_t j = 0; j < COUNT(known); j++)
            found = found || strcasecmp(table->name, known[j]) == 0;
        form->where = table->name;
        if (!found)
            xlsform_lose(form, NULL, N_("this sheet is not part of the questionnaire"));
    }
}

void xlsform_read_extras(struct xlsform *form)
{
    if (form->native) {
        read_notices(form);
        read_scales(form);
    }
    report_others(form);
}

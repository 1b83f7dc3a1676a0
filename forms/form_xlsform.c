/* The format XLSForm (xlsform.org): reads .xlsx, .xls, .csv and .md, writes .xlsx. */
#include <string.h>

#include "forms/xlsform.h"
#include "forms/xlsform_write.h"

extern const struct format format_xlsform;

/* Pages that have questions, and the items in one piece. */
static void compose(struct xlsform *form)
{
    struct form *made = form->form;
    struct page *pages = xlsform_new(form, form->page_count, sizeof *pages);
    struct item *items = xlsform_new(form, form->item_count, sizeof *items);
    if (pages == NULL || items == NULL)
        return;
    for (size_t i = 0; i < form->page_count; i++) {
        if (form->pages[i].page.item_count == 0)
            continue;
        const struct page *page = &form->pages[i].page;
        pages[made->page_count] = *page;
        for (size_t j = 0; j < page->item_count; j++) {
            items[page->item_first + j] = form->items[page->item_first + j]->item;
            items[page->item_first + j].page = made->page_count;
        }
        made->page_count++;
    }
    made->pages = pages;
    made->items = items;
    made->item_count = form->item_count;
}

static void read_sheets(struct xlsform *form)
{
    xlsform_open_sheet(form, "survey", &form->survey);
    xlsform_open_sheet(form, "choices", &form->choices);
    xlsform_open_sheet(form, "external_choices", &form->external);
    xlsform_open_sheet(form, "settings", &form->settings);
    xlsform_open_sheet(form, "querschnitt_notices", &form->notices);
    xlsform_open_sheet(form, "querschnitt_scales", &form->scales);
    form->where = form->name;
    if (form->survey.table == NULL || form->survey.table->row_count == 0) {
        xlsform_fault(form, N_("there is no sheet “survey” with questions: this is not an XLSForm"));
        return;
    }
    if (xlsform_stopped(form))
        return;
    xlsform_languages(form);
    xlsform_read_settings(form);
    xlsform_report_columns(form);
    xlsform_read_survey(form);
    if (!xlsform_stopped(form))
        xlsform_expressions(form);
    if (!xlsform_stopped(form))
        xlsform_read_extras(form);
    form->where = form->name;
    if (form->status == STATUS_OK && form->item_count == 0)
        xlsform_fault(form, N_("there is nothing in the file that a person could be asked"));
    if (form->texts_off > 0 && !form->native)
        xlsform_lose(form, N_("they are switched off; “free_text: yes” in the form switches them on"),
                     N_("%zu questions with free text"), form->texts_off);
    if (!xlsform_stopped(form))
        compose(form);
}

static enum status read(struct arena *arena, const char *name, const char *bytes, size_t length,
                        const struct form **form, const struct form_hooks *hooks, struct fail *fail)
{
    struct xlsform *work = ARENA_NEW(arena, struct xlsform, 1);
    struct form *made = ARENA_NEW(arena, struct form, 1);
    if (work == NULL || made == NULL)
        return FAIL(fail, STATUS_MEMORY, "%s: out of memory", name);
    *work = (struct xlsform){ .arena = arena,
                              .name = name,
                              .hooks = hooks,
                              .ui = fail != NULL ? fail->language : NULL,
                              .fail = fail,
                              .form = made,
                              .where = name };
    enum status status = tables_read(arena, name, bytes, length, &work->tables, fail);
    if (status != STATUS_OK)
        return status;
    read_sheets(work);
    if (work->status == STATUS_OK)
        *form = made;
    return work->status;
}

const struct format format_xlsform = {
    .id = "xlsform",
    .title = N_("XLSForm"),
    .extensions = ".xlsx .xls .csv .md",
    .read = read,
    .write = xlsform_write,
};

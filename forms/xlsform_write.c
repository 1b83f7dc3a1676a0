/* Writes a form as XLSForm: pages become groups, introductions notes, all languages columns. */
#include "forms/xlsform_write.h"

#include <string.h>

enum { ARENA_MAX = 128 << 20 };

static void write_settings(struct xlsform_out *out)
{
    const struct form *form = out->form;
    struct grid *grid = &out->settings;
    struct buf codes;
    struct buf drafts;
    grid_init(grid, &out->arena);
    grid_column(grid, "form_title", true);
    grid_column(grid, "form_id", true);
    grid_column(grid, "version", true);
    grid_column(grid, "default_language", true);
    grid_column(grid, "querschnitt::languages", true);
    grid_column(grid, "querschnitt::drafts", false);
    grid_column(grid, "querschnitt::free_text", false);
    grid_column(grid, "querschnitt::key_raters", false);
    xlsform_text_columns(out, grid, "querschnitt::title");
    grid_row(grid);
    buf_init(&codes, 1024);
    buf_init(&drafts, 1024);
    for (size_t i = 0; i < form->language_count; i++) {
        buf_format(&codes, "%s%s", i > 0 ? ", " : "", form->languages[i]);
        if (form->draft[i])
            buf_format(&drafts, "%s%s", drafts.length > 0 ? ", " : "", form->languages[i]);
    }
    out->where = form->id;
    grid_set(grid, "form_title", form->title.in[0]);
    grid_set(grid, "form_id", form->id);
    grid_set(grid, "version", form->version);
    const char *head = xlsform_head(out, "x", 0);
    grid_set(grid, "default_language", head != NULL ? head + strlen("x::") : NULL);
    grid_set(grid, "querschnitt::languages", arena_string(&out->arena, codes.bytes));
    grid_set(grid, "querschnitt::drafts", drafts.bytes != NULL ? arena_string(&out->arena, drafts.bytes) : NULL);
    xlsform_set_flag(grid, "querschnitt::free_text", form->free_text);
    if (form->key_raters > 0)
        grid_set(grid, "querschnitt::key_raters", arena_format(&out->arena, "%u", form->key_raters));
    xlsform_set_text(out, grid, "querschnitt::title", &form->title);
    buf_free(&codes);
    buf_free(&drafts);
}

static void write_notices(struct xlsform_out *out)
{
    const struct form *form = out->form;
    grid_init(&out->notices, &out->arena);
    grid_column(&out->notices, "name", true);
    xlsform_text_columns(out, &out->notices, "label");
    xlsform_text_columns(out, &out->notices, "querschnitt::body");
    for (size_t i = 0; i < form->notice_count; i++) {
        out->where = form->notices[i].id;
        grid_row(&out->notices);
        grid_set(&out->notices, "name", form->notices[i].id);
        xlsform_set_text(out, &out->notices, "label", &form->notices[i].title);
        xlsform_set_text(out, &out->notices, "querschnitt::body", &form->notices[i].body);
        xlsform_out_lose(out, NULL, N_("other programs do not show this notice"));
    }
}

static const char *scale_items(struct xlsform_out *out, const struct scale *scale)
{
    struct buf list;
    buf_init(&list, 1 << 20);
    for (size_t i = 0; i < scale->item_count; i++)
        buf_format(&list, "%s%s%s", i > 0 ? " " : "", scale->reversed[i] ? "-" : "",
                   out->form->items[scale->items[i]].id);
    const char *copy = list.bytes != NULL ? arena_string(&out->arena, list.bytes) : "";
    buf_free(&list);
    return copy;
}

static void write_scales(struct xlsform_out *out)
{
    const struct form *form = out->form;
    grid_init(&out->scales, &out->arena);
    grid_column(&out->scales, "name", true);
    xlsform_text_columns(out, &out->scales, "label");
    grid_column(&out->scales, "querschnitt::items", true);
    grid_column(&out->scales, "querschnitt::answered_min", true);
    for (size_t i = 0; i < form->scale_count; i++) {
        const struct scale *scale = &form->scales[i];
        out->where = scale->id;
        grid_row(&out->scales);
        grid_set(&out->scales, "name", scale->id);
        xlsform_set_text(out, &out->scales, "label", &scale->title);
        grid_set(&out->scales, "querschnitt::items", scale_items(out, scale));
        xlsform_set_count(out, &out->scales, "querschnitt::answered_min", scale->answered_min);
    }
}

static void write_page(struct xlsform_out *out, const struct page *page)
{
    struct grid *grid = &out->survey;
    out->where = page->id;
    grid_row(grid);
    grid_set(grid, "type", "begin_group");
    grid_set(grid, "name", page->id);
    grid_set(grid, "appearance", page->matrix ? "table-list" : "field-list");
    xlsform_set_text(out, grid, "label", &page->title);
    xlsform_set_count(out, grid, "querschnitt::rotate", page->rotate);
    xlsform_set_flag(grid, "querschnitt::shuffle", page->shuffle);
    xlsform_set_flag(grid, "querschnitt::matrix", page->matrix);
    xlsform_set_expression(out, "querschnitt::show_if", page->show_if);
    if (page->show_if != NULL)
        xlsform_out_lose(out, N_("other programs always show the page"), N_("the condition of the page"));
    if (page->rotate > 0)
        xlsform_out_lose(out, N_("other programs ask all questions"), N_("a part of the questions is drawn at random"));
    else if (page->shuffle)
        xlsform_out_lose(out, NULL, N_("questions in an order drawn at random"));
    if (page->intro.in[0] != NULL) {
        grid_row(grid);
        grid_set(grid, "type", "note");
        grid_set(grid, "name", arena_format(&out->arena, "%s_intro", page->id));
        grid_set(grid, "querschnitt::role", "intro");
        xlsform_set_text(out, grid, "label", &page->intro);
    }
    for (size_t i = 0; i < page->item_count && !grid->full; i++)
        xlsform_write_item(out, page->item_first + i);
    grid_row(grid);
    grid_set(grid, "type", "end_group");
}

static enum status assemble(struct xlsform_out *out, struct buf *bytes)
{
    struct xlsx_write *write = NULL;
    if (out->survey.full || out->choices.full || out->settings.full || out->notices.full || out->scales.full)
        return FAIL(out->fail, STATUS_LIMIT, "the form is too large for a spreadsheet");
    enum status status = xlsx_write_create(&write, out->fail);
    if (status != STATUS_OK)
        return status;
    grid_write(&out->survey, write, "survey");
    grid_write(&out->choices, write, "choices");
    grid_write(&out->settings, write, "settings");
    if (out->form->notice_count > 0)
        grid_write(&out->notices, write, "querschnitt_notices");
    if (out->form->scale_count > 0)
        grid_write(&out->scales, write, "querschnitt_scales");
    return xlsx_write_end(write, bytes, out->fail);
}

enum status xlsform_write(const struct form *form, const struct form_hooks *hooks, struct buf *out, struct fail *fail)
{
    struct xlsform_out work = {
        .form = form, .hooks = hooks, .ui = fail != NULL ? fail->language : NULL, .fail = fail, .where = form->id
    };
    arena_init(&work.arena, ARENA_MAX);
    write_settings(&work);
    xlsform_write_choices(&work);
    xlsform_item_columns(&work);
    for (size_t i = 0; i < form->page_count && !work.survey.full && !work.choices.full; i++)
        write_page(&work, &form->pages[i]);
    write_notices(&work);
    write_scales(&work);
    enum status status = assemble(&work, out);
    arena_free(&work.arena);
    return status;
}

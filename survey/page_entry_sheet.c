/* The questionnaire on the clerk's screen: every printed question in the order of the paper, with the printed numbers,
 * on one page. Not responsible for reading what is typed (survey/entry), nor for the views around it (page_entry.c).
 *
 *   <section class="part matrix" data-rotate="2"><h3>Title</h3>
 *     <div class="line" id="line-KP1" data-item="KP1" data-type="single" data-if="…" data-max="3">
 *       <label class="question" id="label-KP1" for="quick-KP1"><b>7</b> Text of the question</label>
 *       <input class="quick" id="quick-KP1"/>            numbers; <textarea> for free text
 *       <output class="chosen" id="chosen-KP1"></output> what the numbers mean
 *       <p class="fault" id="fault-KP1"></p> <p class="only" id="only-KP1">Answer only if …</p>
 *       <div class="leave">…<button>…</button></div>     when the condition is not met, but something was typed
 *       <div class="choices"><span class="choice"><input type="radio" data-number="1" value="CODE"/><label/></span>…
 *
 * The radio buttons and boxes are for the mouse and for screen readers. The Tab key passes them by: a clerk goes from
 * question to question. */
#include <stdio.h>
#include <string.h>

#include "forms/paper_order.h"
#include "forms/qtype.h"
#include "reports/paper.h"
#include "survey/page_entry.h"

enum { ID_ROOM = 160 };

struct entry_sheet {
    const struct survey_page *page;
    struct arena *arena;
};

/* Closes the open tag and writes a text of the form, marked where it is not in the language of the page. */
static void write_own(const struct survey_page *page, const struct text *text)
{
    const char *found = form_text_language(page->form, text, page->form_language);
    if (strcmp(found, language_code(page->language)) != 0)
        HTML_ATTR(page->html, "lang", found);
    HTML(page->html, ">");
    html_text(page->html, form_text(page->form, text, page->form_language));
}

static const char *joined(char room[ID_ROOM], const char *prefix, const char *id)
{
    snprintf(room, ID_ROOM, "%s-%s", prefix, id);
    return room;
}

static void open_line(const struct survey_page *page, const struct item *item)
{
    struct html *html = page->html;
    char room[ID_ROOM];
    HTML(html, "<div class=\"line\" role=\"group\"");
    HTML_ATTR(html, "id", joined(room, "line", item->id));
    HTML_ATTR(html, "aria-labelledby", joined(room, "label", item->id));
    HTML_ATTR(html, "data-item", item->id);
    HTML_ATTR(html, "data-type", item->type->id);
    item_render_expression("if", item->show_if, html);
    if (item->choose_max > 0)
        buf_format(&html->out, " data-max=\"%u\"", item->choose_max);
    HTML(html, "><label class=\"question\"");
    HTML_ATTR(html, "id", joined(room, "label", item->id));
    HTML_ATTR(html, "for", joined(room, "quick", item->id));
    HTML(html, "><b>");
    html_number(html, paper_number(page->form, item));
    HTML(html, "</b> <span");
    write_own(page, &item->label);
    HTML(html, "</span></label>");
}

static void write_field(const struct survey_page *page, const struct item *item)
{
    struct html *html = page->html;
    char room[ID_ROOM];
    const bool text = item->type->kind == QTYPE_TEXT;
    if (text)
        HTML(html, "<textarea rows=\"2\" maxlength=\"2000\"");
    else
        HTML(html, "<input type=\"text\" inputmode=\"numeric\" maxlength=\"120\"");
    HTML(html, " class=\"quick\" autocomplete=\"off\" spellcheck=\"false\"");
    HTML_ATTR(html, "id", joined(room, "quick", item->id));
    char described[4 * ID_ROOM];
    snprintf(described, sizeof described, "chosen-%s fault-%s%s%s", item->id, item->id,
             item->show_if != NULL ? " only-" : "", item->show_if != NULL ? item->id : "");
    HTML_ATTR(html, "aria-describedby", described);
    if (text)
        HTML(html, "></textarea>");
    else
        HTML(html, "/>");
    HTML(html, "<output class=\"chosen\"");
    HTML_ATTR(html, "id", joined(room, "chosen", item->id));
    HTML_ATTR(html, "for", joined(room, "quick", item->id));
    HTML(html, "></output><p class=\"fault\" aria-live=\"polite\"");
    HTML_ATTR(html, "id", joined(room, "fault", item->id));
    HTML(html, "></p>");
}

static void write_only_if(const struct entry_sheet *sheet, const struct item *item)
{
    const struct survey_page *page = sheet->page;
    struct html *html = page->html;
    char room[ID_ROOM];
    const char *sentence = paper_only_if(sheet->arena, page->form, page->form_language, page->language, item->show_if);
    if (sentence == NULL)
        html->out.failed = true;
    HTML(html, "<p class=\"only\"");
    HTML_ATTR(html, "id", joined(room, "only", item->id));
    HTML(html, ">");
    html_text(html, sentence != NULL ? sentence : "");
    HTML(html, "</p><div class=\"leave\" hidden=\"hidden\"><p>");
    survey_page_text(page, N_("On paper this question should have been passed over."));
    HTML(html, "</p><button type=\"button\" class=\"plain\"");
    HTML_ATTR(html, "aria-describedby", joined(room, "label", item->id));
    HTML(html, ">");
    survey_page_text(page, N_("Leave this answer out"));
    HTML(html, "</button></div>");
}

static void write_choices(const struct survey_page *page, const struct item *item)
{
    struct html *html = page->html;
    HTML(html, "<div class=\"choices\">");
    for (size_t i = 0; i < item->option_count; i++) {
        const struct option *option = &item->options[i];
        char id[ID_ROOM];
        joined(id, item->id, option->code);
        HTML(html, "<span class=\"choice\"><input tabindex=\"-1\"");
        HTML_ATTR(html, "type", item->type->kind == QTYPE_SET ? "checkbox" : "radio");
        HTML_ATTR(html, "id", id);
        HTML_ATTR(html, "name", item->id);
        HTML_ATTR(html, "value", option->code);
        buf_format(&html->out, " data-number=\"%u\"", paper_option_number(item, i));
        if (option->exclusive && item->type->kind == QTYPE_SET)
            HTML_ATTR(html, "data-exclusive", "1");
        HTML(html, "/><label");
        HTML_ATTR(html, "for", id);
        HTML(html, "><b>");
        html_number(html, paper_option_number(item, i));
        HTML(html, "</b> <span");
        write_own(page, &option->label);
        HTML(html, "</span></label></span> ");
    }
    HTML(html, "</div>");
}

static void write_line(const struct entry_sheet *sheet, const struct item *item)
{
    open_line(sheet->page, item);
    write_field(sheet->page, item);
    if (item->show_if != NULL)
        write_only_if(sheet, item);
    if (item->type->kind != QTYPE_TEXT)
        write_choices(sheet->page, item);
    HTML(sheet->page->html, "</div>");
}

/* Above a matrix: what the numbers mean, once. The item with the most options gives them. */
static void write_legend(const struct survey_page *page, const struct page *part)
{
    struct html *html = page->html;
    const struct item *widest = NULL;
    for (size_t i = 0; i < part->item_count; i++) {
        const struct item *item = &page->form->items[part->item_first + i];
        if (!item->off && (widest == NULL || item->option_count > widest->option_count))
            widest = item;
    }
    HTML(html, "<p class=\"legend\" aria-hidden=\"true\">");
    for (size_t i = 0; widest != NULL && i < widest->option_count; i++) {
        HTML(html, "<span><b>");
        html_number(html, paper_option_number(widest, i));
        HTML(html, "</b> <span");
        write_own(page, &widest->options[i].label);
        HTML(html, "</span></span> ");
    }
    HTML(html, "</p>");
}

static bool printed(const struct form *form, const struct page *part)
{
    for (size_t i = 0; i < part->item_count; i++)
        if (!form->items[part->item_first + i].off)
            return true;
    return false;
}

static void write_part(const struct entry_sheet *sheet, const struct page *part)
{
    const struct survey_page *page = sheet->page;
    struct html *html = page->html;
    if (!printed(page->form, part))
        return;
    if (part->matrix)
        HTML(html, "<section class=\"part matrix\"");
    else
        HTML(html, "<section class=\"part\"");
    if (part->rotate > 0)
        buf_format(&html->out, " data-rotate=\"%u\"", part->rotate);
    HTML(html, "><h3");
    write_own(page, &part->title);
    HTML(html, "</h3>");
    if (part->rotate > 0) {
        HTML(html, "<p class=\"hint\">");
        survey_page_text(page,
                         N_("All of these are printed; people answer only some of them. Type whatever is crossed."));
        HTML(html, "</p>");
    }
    if (part->matrix)
        write_legend(page, part);
    for (size_t i = 0; i < part->item_count; i++) {
        const struct item *item = &page->form->items[part->item_first + i];
        if (!item->off)
            write_line(sheet, item);
    }
    HTML(html, "</section>");
}

void entry_write_sheet(const struct survey_page *page, struct arena *arena)
{
    const struct entry_sheet sheet = { page, arena };
    for (size_t i = 0; i < page->form->page_count; i++)
        write_part(&sheet, &page->form->pages[i]);
}

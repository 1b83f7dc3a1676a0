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
 *       <div class="choices"><span class="choice" data-code="CODE" data-number="1"><input type="radio" data-number="1"
 *         value="CODE"/><label/></span>…   ranking and amounts: <span class="choice" …><span>label</span></span>
 *
 * On the line besides data-if, all only where they apply: data-max and data-least (how many may, must be crossed or placed),
 * data-low and data-high (numbers with a decimal point, dates), data-step, data-decimals, data-unit, data-grain, data-total.
 * data-valid and data-invalid as in forms/render.h, data-if also on the part. Between lines stands, for the conditions
 * below, <div class="calculated" hidden data-item data-value data-if>. On a choice: data-exclusive, data-missing, data-not-with="CODE CODE".
 *
 * The radio buttons and boxes are for the mouse and for screen readers. The Tab key passes them by: a clerk goes from
 * question to question. */
#include <stdio.h>
#include <string.h>

#include "forms/measure.h"
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

static void write_numbers(const struct survey_page *page, const struct item *item)
{
    struct html *html = page->html;
    const char *unit = form_text(page->form, &item->unit, page->form_language);
    HTML(html, " data-low=\"");
    number_write(item->min, item->decimals, &html->out);
    HTML(html, "\" data-high=\"");
    number_write(item->max, item->decimals, &html->out);
    HTML(html, "\" data-step=\"");
    number_write(item->step, item->decimals, &html->out);
    buf_format(&html->out, "\" data-decimals=\"%u\"", item->decimals);
    if (unit[0] != '\0')
        HTML_ATTR(html, "data-unit", unit);
}

static void write_dates(const struct survey_page *page, const struct item *item)
{
    static const char *const grains[] = { [DATE_YEAR] = "year", [DATE_QUARTER] = "quarter", [DATE_MONTH] = "month" };
    struct html *html = page->html;
    HTML(html, " data-low=\"");
    date_write(item->min, item->grain, &html->out);
    HTML(html, "\" data-high=\"");
    date_write(item->max, item->grain, &html->out);
    HTML(html, "\"");
    HTML_ATTR(html, "data-grain", grains[item->grain]);
}

/* What may be typed: the script judges by it, the count once more by the form. */
static void write_bounds(const struct survey_page *page, const struct item *item)
{
    struct html *html = page->html;
    if (item->choose_max > 0)
        buf_format(&html->out, " data-max=\"%u\"", item->choose_max);
    if (item->choose_min > 0)
        buf_format(&html->out, " data-least=\"%u\"", item->choose_min);
    if (item->type->kind == QTYPE_NUMBER)
        write_numbers(page, item);
    else if (item->type->kind == QTYPE_DATE)
        write_dates(page, item);
    else if (item->type->kind == QTYPE_AMOUNTS)
        buf_format(&html->out, " data-total=\"%lld\"", (long long)item->max);
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
    item_render_expression("valid", item->valid_if, html);
    const char *invalid = form_text(page->form, &item->valid_text, page->form_language);
    if (item->valid_if != NULL && invalid[0] != '\0')
        HTML_ATTR(html, "data-invalid", invalid);
    write_bounds(page, item);
    HTML(html, "><label class=\"question\"");
    HTML_ATTR(html, "id", joined(room, "label", item->id));
    HTML_ATTR(html, "for", joined(room, "quick", item->id));
    HTML(html, "><b>");
    html_number(html, paper_number(page->form, item));
    size_t option;
    const struct item *owner = paper_owner(page->form, item, &option);
    if (owner != NULL)
        buf_format(&html->out, "·%u", paper_option_number(owner, option));
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
        buf_format(&html->out, "<textarea rows=\"%u\" maxlength=\"%u\"", item->lines == 1 ? 1u : 2u,
                   item->length_max > 0 ? item->length_max : (unsigned)ANSWERS_TEXT_MAX);
    else
        HTML(html, "<input type=\"text\" inputmode=\"numeric\" maxlength=\"1000\"");
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

static void open_choice(const struct survey_page *page, const struct item *item, size_t position)
{
    struct html *html = page->html;
    const struct option *option = &item->options[position];
    const char *between = "";
    HTML(html, "<span class=\"choice\"");
    HTML_ATTR(html, "data-code", option->code);
    buf_format(&html->out, " data-number=\"%u\"", paper_option_number(item, position));
    if (option->exclusive && item->type->kind == QTYPE_SET)
        HTML_ATTR(html, "data-exclusive", "1");
    if (option->missing)
        HTML_ATTR(html, "data-missing", "1");
    if (option->not_with != 0) {
        HTML(html, " data-not-with=\"");
        for (size_t i = 0; i < item->option_count && i < FORM_SET_MAX; i++)
            if ((option->not_with & UINT32_C(1) << i) != 0) {
                buf_format(&html->out, "%s%s", between, item->options[i].code);
                between = " ";
            }
        HTML(html, "\"");
    }
    HTML(html, ">");
}

static void write_option(const struct survey_page *page, const struct item *item, size_t position)
{
    struct html *html = page->html;
    if (item->type->kind == QTYPE_CHOICE || item->type->kind == QTYPE_SET) {
        HTML(html, "<b>");
        html_number(html, paper_option_number(item, position));
        HTML(html, "</b> ");
    }
    HTML(html, "<span");
    write_own(page, &item->options[position].label);
    HTML(html, "</span>");
}

/* Boxes to click where the paper has boxes to cross; else the words beside the boxes to write in. */
static void write_choices(const struct survey_page *page, const struct item *item)
{
    struct html *html = page->html;
    const bool several = item->type->kind == QTYPE_SET;
    HTML(html, "<div class=\"choices\">");
    for (size_t i = 0; i < item->option_count; i++) {
        char id[ID_ROOM];
        open_choice(page, item, i);
        if (!several && item->type->kind != QTYPE_CHOICE) {
            write_option(page, item, i);
            HTML(html, "</span> ");
            continue;
        }
        joined(id, item->id, item->options[i].code);
        HTML(html, "<input tabindex=\"-1\"");
        HTML_ATTR(html, "type", several ? "checkbox" : "radio");
        HTML_ATTR(html, "id", id);
        HTML_ATTR(html, "name", item->id);
        HTML_ATTR(html, "value", item->options[i].code);
        buf_format(&html->out, " data-number=\"%u\"", paper_option_number(item, i));
        HTML(html, "/><label");
        HTML_ATTR(html, "for", id);
        HTML(html, ">");
        write_option(page, item, i);
        HTML(html, "</label></span> ");
    }
    HTML(html, "</div>");
}

static void write_calculated(const struct survey_page *page, const struct item *item)
{
    HTML(page->html, "<div class=\"calculated\" hidden=\"hidden\"");
    HTML_ATTR(page->html, "data-item", item->id);
    item_render_expression("if", item->show_if, page->html);
    item_render_expression("value", item->value, page->html);
    HTML(page->html, "></div>");
}

static void write_line(const struct entry_sheet *sheet, const struct item *item)
{
    open_line(sheet->page, item);
    write_field(sheet->page, item);
    if (item->show_if != NULL)
        write_only_if(sheet, item);
    if (item->option_count > 0)
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
        if (paper_asked(item) && (widest == NULL || item->option_count > widest->option_count))
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
        if (paper_asked(&form->items[part->item_first + i]) || form->items[part->item_first + i].value != NULL)
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
    item_render_expression("if", part->show_if, html);
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
        if (paper_asked(item))
            write_line(sheet, item);
        else if (!item->off && item->value != NULL)
            write_calculated(page, item);
    }
    HTML(html, "</section>");
}

void entry_write_sheet(const struct survey_page *page, struct arena *arena)
{
    const struct entry_sheet sheet = { page, arena };
    for (size_t i = 0; i < page->form->page_count; i++)
        write_part(&sheet, &page->form->pages[i]);
}

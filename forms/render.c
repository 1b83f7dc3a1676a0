/* Writes pages, items and notices as the HTML that render.h promises. */
#include "forms/render.h"

#include <stdio.h>
#include <string.h>

#include "forms/expression.h"
#include "forms/measure.h"
#include "forms/piping.h"
#include "forms/qtype.h"

const char *form_text_language(const struct form *form, const struct text *text, const char *language)
{
    return form->language_count > 0 ? form->languages[form_language_of(form, text, language)] : language;
}

/* A screen reader changes its voice there. */
void item_render_language(const struct form *form, const struct text *text, const char *language, struct html *html)
{
    const char *found = form_text_language(form, text, language);
    if (strcmp(found, language) != 0)
        HTML_ATTR(html, "lang", found);
}

static bool has_text(const struct form *form, const struct text *text)
{
    return form->language_count > 0 && form_text(form, text, form->languages[0])[0] != '\0';
}

static void write_id(const char *prefix, const char *id, struct html *html)
{
    char value[160];
    snprintf(value, sizeof value, "%s-%s", prefix, id);
    HTML_ATTR(html, "id", value);
}

void item_render_ui(const struct language *ui, const char *language, struct html *html)
{
    if (strcmp(language_code(ui), language) != 0)
        HTML_ATTR(html, "lang", language_code(ui));
}

/* What stands between the question and its field, in this order: each a paragraph the field is described by. */
struct remarks {
    bool hint, ends, range;
    const char *note; /* NULL: none */
};

static struct remarks remarks_of(const struct form *form, const struct item *item, const char *note,
                                 const struct language *ui)
{
    return (struct remarks){
        .hint = has_text(form, &item->hint),
        .ends = has_text(form, &item->low) || has_text(form, &item->high),
        .range = item->type->kind == QTYPE_NUMBER,
        .note = note == NULL && item->sensitive ? tr(ui, N_("You can skip this question.")) : note,
    };
}

static void write_described_by(const struct item *item, const struct remarks *remarks, struct html *html)
{
    char value[4 * (FORM_ID_MAX + 8)];
    size_t length = 0;
    const struct {
        bool there;
        const char *prefix;
    } parts[] = { { remarks->hint, "hint" },
                  { remarks->ends, "ends" },
                  { remarks->range, "range" },
                  { remarks->note != NULL, "note" } };
    for (size_t i = 0; i < COUNT(parts); i++)
        if (parts[i].there)
            length += (size_t)snprintf(value + length, sizeof value - length, "%s%s-%s", length > 0 ? " " : "",
                                       parts[i].prefix, item->id);
    if (length > 0)
        HTML_ATTR(html, "aria-describedby", value);
}

void item_render_expression(const char *name, const struct expression *expression, struct html *html)
{
    struct buf json;
    if (expression == NULL)
        return;
    buf_init(&json, 64 * 1024);
    expression_write(expression, &json);
    buf_format(&html->out, " data-%s=\"", name);
    html_text(html, json.failed ? "" : json.bytes);
    HTML(html, "\"");
    if (json.failed)
        html->out.failed = true; /* an item without its condition would be shown to everybody */
    buf_free(&json);
}

static void write_bounds(const struct item *item, struct html *html)
{
    buf_add_string(&html->out, " data-min=\"");
    number_write(item->min, item->decimals, &html->out);
    buf_add_string(&html->out, "\" data-max=\"");
    number_write(item->max, item->decimals, &html->out);
    buf_format(&html->out, "\" data-decimals=\"%u\"", item->decimals);
    if (item->step > 0) {
        buf_add_string(&html->out, " data-step=\"");
        number_write(item->step, item->decimals, &html->out);
        HTML(html, "\"");
    }
}

static void write_date(const char *name, const struct item *item, int64_t number, struct html *html)
{
    buf_format(&html->out, " data-%s=\"", name);
    date_write(number, item->grain, &html->out);
    HTML(html, "\"");
}

static void write_item_data(const struct form *form, const struct item *item, const char *language, struct html *html)
{
    HTML_ATTR(html, "data-item", item->id);
    HTML_ATTR(html, "data-type", item->type->id);
    item_render_expression("if", item->show_if, html);
    item_render_expression("valid", item->valid_if, html);
    item_render_expression("value", item->value, html);
    if (item->type->kind == QTYPE_DATE) {
        static const char *const grains[] = { "year", "quarter", "month" };
        HTML_ATTR(html, "data-grain", grains[item->grain]);
        write_date("min", item, item->min, html);
        write_date("max", item, item->max, html);
    } else if (item->type->kind == QTYPE_NUMBER) {
        write_bounds(item, html);
    } else if (item->type->kind == QTYPE_AMOUNTS) {
        buf_format(&html->out, " data-total=\"%lld\"", (long long)item->max);
    } else if (item->choose_max > 0) {
        buf_format(&html->out, " data-max=\"%u\"", item->choose_max);
    }
    if (item->choose_min > 0)
        buf_format(&html->out, " data-least=\"%u\"", item->choose_min);
    if (item->initial != NULL)
        HTML_ATTR(html, "data-initial", item->initial);
    const struct item *leader = item_leader(form, item);
    if (leader != NULL)
        HTML_ATTR(html, "data-follows", leader->id);
    if (item->required)
        HTML_ATTR(html, "data-required", "1");
    if (item->shuffle)
        HTML_ATTR(html, "data-shuffle", "1");
    if (has_text(form, &item->valid_text))
        HTML_ATTR(html, "data-invalid", form_text(form, &item->valid_text, language));
    if (item->sensitive)
        HTML_ATTR(html, "data-sensitive", "1");
    if (item->options_from != NULL)
        HTML_ATTR(html, "data-list", item->options_from);
    if (item->detached)
        HTML_ATTR(html, "data-detached", "1");
}

static void write_remark(const char *prefix, const struct form *form, const struct item *item, const struct text *text,
                         const char *language, struct html *html)
{
    HTML(html, "<p");
    HTML_ATTR(html, "class", prefix);
    write_id(prefix, item->id, html);
    item_render_language(form, text, language, html);
    HTML(html, ">");
    pipe_render(form, form_text(form, text, language), html);
    HTML(html, "</p>");
}

static void write_end(const struct form *form, const struct text *text, const char *value, const char *language,
                      struct html *html)
{
    if (!has_text(form, text))
        return;
    HTML(html, "<span");
    item_render_language(form, text, language, html);
    HTML(html, ">");
    html_text(html, value);
    HTML(html, " = ");
    html_text(html, form_text(form, text, language));
    HTML(html, "</span> ");
}

/* What the two ends of a slider or of 0 to 10 mean. */
static void write_ends(const struct form *form, const struct item *item, const char *language,
                       const struct language *ui, struct html *html)
{
    struct buf low;
    struct buf high;
    buf_init(&low, 64);
    buf_init(&high, 64);
    if (item->type->kind == QTYPE_NUMBER) {
        number_print(ui, item->min, item->decimals, &low);
        number_print(ui, item->max, item->decimals, &high);
    } else if (item->option_count > 0) {
        buf_add_string(&low, item->options[0].code);
        buf_add_string(&high, item->options[item->option_count - 1].code);
    }
    HTML(html, "<p class=\"ends\"");
    write_id("ends", item->id, html);
    HTML(html, ">");
    write_end(form, &item->low, low.bytes != NULL ? low.bytes : "", language, html);
    write_end(form, &item->high, high.bytes != NULL ? high.bytes : "", language, html);
    HTML(html, "</p>");
    buf_free(&low);
    buf_free(&high);
}

static void write_range(const struct item *item, const char *language, const struct language *ui, struct html *html)
{
    struct buf low;
    struct buf high;
    struct buf line;
    buf_init(&low, 64);
    buf_init(&high, 64);
    buf_init(&line, 512);
    number_print(ui, item->min, item->decimals, &low);
    number_print(ui, item->max, item->decimals, &high);
    buf_format(&line, tr(ui, N_("From %s to %s")), low.bytes != NULL ? low.bytes : "",
               high.bytes != NULL ? high.bytes : "");
    HTML(html, "<p class=\"range\"");
    write_id("range", item->id, html);
    item_render_ui(ui, language, html);
    HTML(html, ">");
    html_text(html, line.bytes != NULL ? line.bytes : "");
    HTML(html, "</p>");
    buf_free(&low);
    buf_free(&high);
    buf_free(&line);
}

void item_render_group(const struct form *form, const struct item *item, const char *tag, struct html *html)
{
    HTML(html, "<");
    html_text(html, tag);
    HTML(html, " class=\"item\"");
    write_id("item", item->id, html);
    write_item_data(form, item, form->languages[0], html);
}

void item_render_open(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                      const char *note, struct html *html)
{
    const struct remarks remarks = remarks_of(form, item, note, ui);
    HTML(html, "<fieldset class=\"item\"");
    write_id("item", item->id, html);
    write_item_data(form, item, language, html);
    write_described_by(item, &remarks, html);
    HTML(html, "><legend");
    write_id("legend", item->id, html);
    item_render_language(form, &item->label, language, html);
    HTML(html, ">");
    pipe_render(form, form_text(form, &item->label, language), html);
    HTML(html, "</legend>");
    if (remarks.hint)
        write_remark("hint", form, item, &item->hint, language, html);
    if (remarks.ends)
        write_ends(form, item, language, ui, html);
    if (remarks.range)
        write_range(item, language, ui, html);
    if (remarks.note != NULL) {
        HTML(html, "<p class=\"note\"");
        write_id("note", item->id, html);
        HTML(html, ">");
        html_text(html, remarks.note);
        HTML(html, "</p>");
    }
}

void item_render_label(const struct form *form, const struct item *item, const struct option *option,
                       const char *language, struct html *html)
{
    char id[160];
    snprintf(id, sizeof id, "%s-%s", item->id, option->code);
    HTML(html, "<label");
    HTML_ATTR(html, "for", id);
    item_render_language(form, &option->label, language, html);
    HTML(html, ">");
    html_text(html, form_text(form, &option->label, language));
    HTML(html, "</label>");
}

static void write_not_with(const struct item *item, const struct option *option, struct html *html)
{
    const char *between = "";
    if (option->not_with == 0)
        return;
    HTML(html, " data-not-with=\"");
    for (size_t i = 0; i < item->option_count && i < FORM_SET_MAX; i++)
        if ((option->not_with & (UINT32_C(1) << i)) != 0) {
            buf_format(&html->out, "%s%s", between, item->options[i].code);
            between = " ";
        }
    HTML(html, "\"");
}

void item_render_options(const struct form *form, const struct item *item, const char *language, bool several,
                         struct html *html)
{
    HTML(html, "<div class=\"options\">");
    for (size_t i = 0; i < item->option_count; i++) {
        const struct option *option = &item->options[i];
        char id[160];
        snprintf(id, sizeof id, "%s-%s", item->id, option->code);
        HTML(html, "<div class=\"option\"");
        if (option->missing)
            HTML_ATTR(html, "data-missing", "1");
        HTML(html, "><input");
        HTML_ATTR(html, "type", several ? "checkbox" : "radio");
        HTML_ATTR(html, "id", id);
        HTML_ATTR(html, "name", item->id);
        HTML_ATTR(html, "value", option->code);
        if (several && option->exclusive)
            HTML_ATTR(html, "data-exclusive", "1");
        if (several)
            write_not_with(item, option, html);
        HTML(html, "/>");
        item_render_label(form, item, option, language, html);
        HTML(html, "</div>");
    }
    HTML(html, "</div>");
}

void item_render_close(const struct item *item, const struct language *ui, bool clear, struct html *html)
{
    if (clear) {
        /* Radio buttons cannot be unchecked, and every question may be skipped: hence a way back. */
        HTML(html, "<button type=\"button\" class=\"clear\"");
        HTML_ATTR(html, "data-clear", item->id);
        char legend[160];
        snprintf(legend, sizeof legend, "legend-%s", item->id);
        HTML_ATTR(html, "aria-describedby", legend);
        HTML(html, " hidden=\"hidden\">");
        html_text(html, tr(ui, N_("Remove the answer")));
        HTML(html, "</button>");
    }
    HTML(html, "</fieldset>");
}

void choice_render(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                   struct html *html)
{
    item_render_open(form, item, language, ui, NULL, html);
    item_render_options(form, item, language, false, html);
    item_render_close(item, ui, true, html);
}

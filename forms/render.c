/* Writes pages, items and notices as the HTML that render.h promises. */
#include "forms/render.h"

#include <stdio.h>
#include <string.h>

#include "forms/condition.h"
#include "forms/qtype.h"

const char *form_text_language(const struct form *form, const struct text *text, const char *language)
{
    return form->language_count > 0 ? form->languages[form_language_of(form, text, language)] : language;
}

/* lang="…" only where the text is not in the language asked for: a screen reader changes its voice there. */
static void write_language(const struct form *form, const struct text *text, const char *language, struct html *html)
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

static void write_described_by(const struct item *item, bool hint, bool note, struct html *html)
{
    if (!hint && !note)
        return;
    char value[320];
    snprintf(value, sizeof value, "%s%s%s%s%s", hint ? "hint-" : "", hint ? item->id : "", hint && note ? " " : "",
             note ? "note-" : "", note ? item->id : "");
    HTML_ATTR(html, "aria-describedby", value);
}

static void write_condition(const struct condition *condition, struct html *html)
{
    struct buf json;
    buf_init(&json, 64 * 1024);
    condition_write(condition, &json);
    if (json.failed)
        html->out.failed = true; /* an item without its condition would be shown to everybody */
    else
        HTML_ATTR(html, "data-if", json.bytes);
    buf_free(&json);
}

static void write_item_data(const struct item *item, struct html *html)
{
    HTML_ATTR(html, "data-item", item->id);
    HTML_ATTR(html, "data-type", item->type->id);
    if (item->show_if != NULL)
        write_condition(item->show_if, html);
    if (item->choose_max > 0)
        buf_format(&html->out, " data-max=\"%u\"", item->choose_max);
    if (item->sensitive)
        HTML_ATTR(html, "data-sensitive", "1");
    if (item->options_from != NULL)
        HTML_ATTR(html, "data-list", item->options_from);
    if (item->detached)
        HTML_ATTR(html, "data-detached", "1");
}

void item_render_open(const struct form *form, const struct item *item, const char *language, const struct language *ui,
                      const char *note, struct html *html)
{
    if (note == NULL && item->sensitive)
        note = tr(ui, N_("You can skip this question."));
    bool hint = has_text(form, &item->hint);
    HTML(html, "<fieldset class=\"item\"");
    write_id("item", item->id, html);
    write_item_data(item, html);
    write_described_by(item, hint, note != NULL, html);
    HTML(html, "><legend");
    write_id("legend", item->id, html);
    write_language(form, &item->label, language, html);
    HTML(html, ">");
    html_text(html, form_text(form, &item->label, language));
    HTML(html, "</legend>");
    if (hint) {
        HTML(html, "<p class=\"hint\"");
        write_id("hint", item->id, html);
        write_language(form, &item->hint, language, html);
        HTML(html, ">");
        html_text(html, form_text(form, &item->hint, language));
        HTML(html, "</p>");
    }
    if (note != NULL) {
        HTML(html, "<p class=\"note\"");
        write_id("note", item->id, html);
        HTML(html, ">");
        html_text(html, note);
        HTML(html, "</p>");
    }
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
        HTML(html, "/><label");
        HTML_ATTR(html, "for", id);
        write_language(form, &option->label, language, html);
        HTML(html, ">");
        html_text(html, form_text(form, &option->label, language));
        HTML(html, "</label></div>");
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

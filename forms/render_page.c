/* Pages with their heading and introduction, and the notices before and after the questions. */
#include <stdio.h>
#include <string.h>

#include "forms/piping.h"
#include "forms/qtype.h"
#include "forms/render.h"

static bool page_shown(const struct form *form, const struct page *page)
{
    for (size_t i = 0; i < page->item_count; i++)
        if (!form->items[page->item_first + i].off)
            return true;
    return false;
}

size_t form_page_shown_count(const struct form *form)
{
    size_t count = 0;
    for (size_t i = 0; i < form->page_count; i++)
        count += page_shown(form, &form->pages[i]) ? 1 : 0;
    return count;
}

/* The item with the most options gives the headings: the others use the same steps, perhaps without "cannot judge". */
static const struct item *widest(const struct form *form, const struct page *page)
{
    const struct item *found = &form->items[page->item_first];
    for (size_t i = 1; i < page->item_count; i++)
        if (form->items[page->item_first + i].option_count > found->option_count)
            found = &form->items[page->item_first + i];
    return found;
}

static void render_matrix_head(const struct form *form, const struct item *item, const char *language,
                               struct html *html)
{
    HTML(html, "<div class=\"matrix-head\" aria-hidden=\"true\"><span class=\"corner\"></span>");
    for (size_t i = 0; i < item->option_count; i++) {
        const struct text *label = &item->options[i].label;
        const char *found = form_text_language(form, label, language);
        HTML(html, "<span");
        if (strcmp(found, language) != 0)
            HTML_ATTR(html, "lang", found);
        HTML(html, ">");
        html_text(html, form_text(form, label, language));
        HTML(html, "</span>");
    }
    HTML(html, "</div>");
}

static void render_head(const struct form *form, const struct page *page, const char *language, struct html *html)
{
    char id[160];
    HTML(html, "<section class=\"page\"");
    HTML_ATTR(html, "data-page", page->id);
    snprintf(id, sizeof id, "page-%s", page->id);
    HTML_ATTR(html, "id", id);
    if (page->rotate > 0)
        buf_format(&html->out, " data-rotate=\"%u\"", page->rotate);
    if (page->shuffle)
        HTML_ATTR(html, "data-shuffle", "1");
    item_render_expression("if", page->show_if, html);
    HTML(html, "><h2");
    snprintf(id, sizeof id, "title-%s", page->id);
    HTML_ATTR(html, "id", id);
    HTML(html, " tabindex=\"-1\"");
    const char *found = form_text_language(form, &page->title, language);
    if (strcmp(found, language) != 0)
        HTML_ATTR(html, "lang", found);
    HTML(html, ">");
    pipe_render(form, form_text(form, &page->title, language), html);
    HTML(html, "</h2>");
    if (form_text(form, &page->intro, language)[0] == '\0')
        return;
    HTML(html, "<div class=\"intro\"");
    found = form_text_language(form, &page->intro, language);
    if (strcmp(found, language) != 0)
        HTML_ATTR(html, "lang", found);
    HTML(html, ">");
    form_render_piped(form, &page->intro, language, html);
    HTML(html, "</div>");
}

void form_render_page(const struct form *form, const struct page *page, const char *language, const struct language *ui,
                      struct html *html)
{
    if (!page_shown(form, page))
        return;
    render_head(form, page, language, html);
    HTML(html, "<div class=\"items");
    if (page->matrix) {
        const struct item *item = widest(form, page);
        buf_format(&html->out, " matrix columns-%zu\">", item->option_count);
        render_matrix_head(form, item, language, html);
    } else {
        HTML(html, "\">");
    }
    for (size_t i = 0; i < page->item_count; i++) {
        const struct item *item = &form->items[page->item_first + i];
        if (!item->off)
            item->type->render(form, item, language, ui, html);
    }
    HTML(html, "</div></section>");
}

void form_render_pages(const struct form *form, const char *language, const struct language *ui, struct html *html)
{
    for (size_t i = 0; i < form->page_count; i++)
        form_render_page(form, &form->pages[i], language, ui, html);
}

static const char *placeholder_value(const char *name, size_t length, const struct placeholder placeholders[],
                                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(placeholders[i].name) == length && memcmp(placeholders[i].name, name, length) == 0)
            return placeholders[i].value;
    return NULL;
}

/* Length of {name} at text including the braces, 0 when there is none before end. */
static size_t placeholder_length(const char *text, const char *end)
{
    if (*text != '{')
        return 0;
    const char *close = memchr(text, '}', (size_t)(end - text));
    return close == NULL || close == text + 1 ? 0 : (size_t)(close - text) + 1;
}

static bool complete(const char *text, const char *end, const struct placeholder placeholders[], size_t count)
{
    while (text < end) {
        size_t length = placeholder_length(text, end);
        if (length > 0) {
            const char *value = placeholder_value(text + 1, length - 2, placeholders, count);
            if (value == NULL || value[0] == '\0')
                return false;
        }
        text += length > 0 ? length : 1;
    }
    return true;
}

bool form_paragraph(const char **at, const struct placeholder placeholders[], size_t count, struct buf *out)
{
    const char *text = *at + strspn(*at, "\n");
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        if (end == NULL)
            end = text + strlen(text);
        *at = end + strspn(end, "\n");
        while (end > text && end[-1] == '\n')
            end--;
        if (!complete(text, end, placeholders, count)) {
            text = *at;
            continue;
        }
        while (text < end) {
            size_t length = placeholder_length(text, end);
            if (length > 0)
                buf_add_string(out, placeholder_value(text + 1, length - 2, placeholders, count));
            else
                buf_add_byte(out, *text);
            text += length > 0 ? length : 1;
        }
        return true;
    }
    *at = text;
    return false;
}

/* text is cut at its marks; form: {ID} stands for an answer, NULL: braces are what they are. */
static void write_part(const struct form *form, const char *text, struct html *html)
{
    if (form != NULL)
        pipe_render(form, text, html);
    else
        html_text(html, text);
}

static void write_paragraph(const struct form *form, char *text, struct html *html)
{
    bool bold = false;
    HTML(html, "<p>");
    for (char *mark = strstr(text, "**"); mark != NULL; mark = strstr(text, "**")) {
        *mark = '\0';
        write_part(form, text, html);
        if (bold)
            HTML(html, "</strong>");
        else
            HTML(html, "<strong>");
        bold = !bold;
        text = mark + 2;
    }
    write_part(form, text, html);
    if (bold)
        HTML(html, "</strong>");
    HTML(html, "</p>");
}

void form_render_text(const struct form *form, const struct text *text, const char *language,
                      const struct placeholder placeholders[], size_t placeholder_count, struct html *html)
{
    const char *at = form_text(form, text, language);
    struct buf paragraph;
    buf_init(&paragraph, html->out.limit);
    while (form_paragraph(&at, placeholders, placeholder_count, &paragraph)) {
        if (paragraph.bytes != NULL)
            write_paragraph(NULL, paragraph.bytes, html);
        html->out.failed = html->out.failed || paragraph.failed;
        buf_clear(&paragraph);
    }
    buf_free(&paragraph);
}

void form_render_piped(const struct form *form, const struct text *text, const char *language, struct html *html)
{
    const char *at = form_text(form, text, language);
    struct buf paragraph;
    buf_init(&paragraph, html->out.limit);
    for (at += strspn(at, "\n"); *at != '\0'; at += strspn(at, "\n")) {
        const char *end = strstr(at, "\n\n");
        const size_t length = end != NULL ? (size_t)(end - at) : strlen(at);
        buf_add(&paragraph, at, length);
        if (!paragraph.failed)
            write_paragraph(form, paragraph.bytes, html);
        html->out.failed = html->out.failed || paragraph.failed;
        buf_clear(&paragraph);
        at += length;
    }
    buf_free(&paragraph);
}

void form_render_notice(const struct form *form, const struct notice *notice, const char *language,
                        const struct placeholder placeholders[], size_t placeholder_count, struct html *html)
{
    const char *found = form_text_language(form, &notice->body, language);
    char id[160];
    snprintf(id, sizeof id, "notice-%s", notice->id);
    HTML(html, "<section class=\"notice\"");
    HTML_ATTR(html, "id", id);
    if (strcmp(found, language) != 0)
        HTML_ATTR(html, "lang", found);
    HTML(html, ">");
    if (form_text(form, &notice->title, language)[0] != '\0') {
        HTML(html, "<h2>");
        html_text(html, form_text(form, &notice->title, language));
        HTML(html, "</h2>");
    }
    form_render_text(form, &notice->body, language, placeholders, placeholder_count, html);
    HTML(html, "</section>");
}

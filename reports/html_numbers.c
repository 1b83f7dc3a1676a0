/* The numbers behind a chart as a table that readers open: same labels, same texts, a sign where a value is hidden.
 * Does not know what the report's own tables hold. */
#include <math.h>

#include "reports/html_body.h"

enum { DECIMALS = 1 };

static void add_number(struct html *page, const struct doc *doc, double number)
{
    char text[64];
    number_format(doc->language, number, DECIMALS, text, sizeof text);
    html_text(page, text);
}

static void add_head(struct html *page, const char *text)
{
    HTML(page, "<th scope=\"col\" class=\"numeric\">");
    html_text(page, text);
    HTML(page, "</th>");
}

static void add_text(struct html *page, const char *text)
{
    HTML(page, "<td class=\"numeric\">");
    html_text(page, text == NULL || *text == '\0' ? "–" : text);
    HTML(page, "</td>");
}

static bool by_parts(const struct chart *chart)
{
    return (chart->form == CHART_DIVERGING || chart->form == CHART_LINES) && chart->part_labels != NULL;
}

static bool any_range(const struct chart *chart)
{
    for (size_t i = 0; i < chart->count; i++)
        if (chart->data[i].range != NULL)
            return true;
    return false;
}

static bool any_reference(const struct chart *chart)
{
    for (size_t i = 0; i < chart->count; i++)
        if (chart->data[i].reference_text != NULL)
            return true;
    return false;
}

static void write_heads(struct html *page, const struct doc *doc, const struct chart *chart)
{
    const struct language *language = doc->language;
    HTML(page, "<thead><tr><td></td>");
    if (by_parts(chart)) {
        for (size_t i = 0; i < chart->part_count; i++)
            add_head(page, chart->part_labels[i]);
    } else {
        add_head(page, chart->key_value != NULL ? chart->key_value : tr(language, N_("Value")));
        if (any_range(chart))
            add_head(page, tr(language, N_("Range")));
        if (any_reference(chart))
            add_head(page, chart->key_reference != NULL ? chart->key_reference : tr(language, N_("For comparison")));
    }
    HTML(page, "</tr></thead>\n<tbody>\n");
}

static void write_parts(struct html *page, const struct doc *doc, const struct chart *chart,
                        const struct chart_datum *datum)
{
    const bool hidden = datum->parts == NULL || isnan(datum->value);
    for (size_t i = 0; i < chart->part_count; i++) {
        if (hidden || isnan(datum->parts[i])) {
            add_text(page, hidden ? datum->text : NULL);
            continue;
        }
        HTML(page, "<td class=\"numeric\">");
        add_number(page, doc, datum->parts[i]);
        HTML(page, "</td>");
    }
}

static void write_values(struct html *page, const struct chart *chart,
                         const struct chart_datum *datum)
{
    add_text(page, datum->text);
    if (any_range(chart))
        add_text(page, datum->range);
    if (any_reference(chart))
        add_text(page, datum->reference_text);
}

void html_numbers(struct html *page, const struct doc *doc, const struct chart *chart, const char *id)
{
    HTML(page, "<details><summary>");
    html_text(page, tr(doc->language, N_("Numbers of this figure")));
    HTML(page, "</summary>\n<div class=\"table-scroll\" role=\"region\" tabindex=\"0\"");
    buf_format(&page->out, " aria-labelledby=\"%s-title\">\n<table class=\"report\">\n", id);
    write_heads(page, doc, chart);
    for (size_t i = 0; i < chart->count; i++) {
        HTML(page, "<tr><th scope=\"row\">");
        html_text(page, chart->data[i].label == NULL ? "" : chart->data[i].label);
        HTML(page, "</th>");
        if (by_parts(chart))
            write_parts(page, doc, chart, &chart->data[i]);
        else
            write_values(page, chart, &chart->data[i]);
        HTML(page, "</tr>\n");
    }
    HTML(page, "</tbody>\n</table>\n</div>\n</details>\n");
}

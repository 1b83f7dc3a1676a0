/* DDI-Codebook 2.5: the questionnaire as the description of the variables its answers make, for data archives.
 *
 * A question that is stored as one value is one variable; several choices, a ranking and a constant sum are a variable
 * an option, kept together by a group. Pages, matrices and scales are groups. Written only; not responsible for the
 * data or their numbers. Element order is that of the schema: a group must stand before all variables. */
#include <stdio.h>
#include <string.h>

#include "base/html.h"
#include "forms/expression.h"
#include "forms/format.h"
#include "forms/measure.h"
#include "forms/qtype.h"

extern const struct format format_ddi;

struct ddi {
    const struct form *form;
    const struct form_hooks *hooks;
    const struct language *ui;
    struct html xml;
};

static bool is(const struct item *item, const char *type)
{
    return strcmp(item->type->id, type) == 0;
}

/* A variable for each option. */
static bool is_several(const struct item *item)
{
    return item->type->kind == QTYPE_SET || item->type->kind == QTYPE_ORDER || item->type->kind == QTYPE_AMOUNTS;
}

static bool is_stored(const struct item *item)
{
    return !item->off && item->type->kind != QTYPE_NONE;
}

static void lose(const struct ddi *ddi, const char *where, const char *what)
{
    if (ddi->hooks != NULL && ddi->hooks->lost != NULL)
        ddi->hooks->lost(ddi->hooks->context, where, tr(ddi->ui, what), NULL);
}

/* <name xml:lang="de">…</name> in every language that has the text. */
static void write_element(struct ddi *ddi, const char *name, const char *attributes, const struct text *text)
{
    for (size_t i = 0; i < ddi->form->language_count; i++) {
        if (text->in[i] == NULL || text->in[i][0] == '\0')
            continue;
        buf_format(&ddi->xml.out, "<%s%s", name, attributes);
        HTML_ATTR(&ddi->xml, "xml:lang", ddi->form->languages[i]);
        HTML(&ddi->xml, ">");
        html_text(&ddi->xml, text->in[i]);
        buf_format(&ddi->xml.out, "</%s>\n", name);
    }
}

static void write_study(struct ddi *ddi)
{
    const struct form *form = ddi->form;
    HTML(&ddi->xml, "<stdyDscr>\n<citation>\n<titlStmt>\n");
    for (size_t i = 0; i < form->language_count; i++) {
        const struct text one = { .in = { [0] = form->title.in[i] } };
        if (one.in[0] == NULL)
            continue;
        const char *name = i == 0 ? "titl" : "parTitl"; /* parallel title: the same in another language */
        buf_format(&ddi->xml.out, "<%s", name);
        HTML_ATTR(&ddi->xml, "xml:lang", form->languages[i]);
        HTML(&ddi->xml, ">");
        html_text(&ddi->xml, one.in[0]);
        buf_format(&ddi->xml.out, "</%s>\n", name);
    }
    HTML(&ddi->xml, "<IDNo>");
    html_text(&ddi->xml, form->id);
    HTML(&ddi->xml, "</IDNo>\n</titlStmt>\n<verStmt><version>");
    html_text(&ddi->xml, form->version);
    HTML(&ddi->xml, "</version></verStmt>\n</citation>\n</stdyDscr>\n");
}

/* IDs of variables: "V_KP1", "V_DI2.a"; a point stands in no id of an item, so the two cannot meet. */
static void write_variable_id(struct ddi *ddi, const struct item *item, const struct option *option)
{
    buf_format(&ddi->xml.out, "V_%s%s%s", item->id, option != NULL ? "." : "", option != NULL ? option->code : "");
}

static void write_members(struct ddi *ddi, const struct item *item, bool first)
{
    for (size_t i = 0; i < (is_several(item) ? item->option_count : 1); i++) {
        buf_add_string(&ddi->xml.out, first && i == 0 ? "" : " ");
        write_variable_id(ddi, item, is_several(item) ? &item->options[i] : NULL);
    }
}

static void open_group(struct ddi *ddi, const char *kind, const char *id, const char *type)
{
    buf_format(&ddi->xml.out, "<varGrp ID=\"%s_%s\" type=\"%s\"", kind, id, type);
    HTML_ATTR(&ddi->xml, "name", id);
    HTML(&ddi->xml, " var=\"");
}

static void write_page_group(struct ddi *ddi, const struct page *page)
{
    const struct item *items = &ddi->form->items[page->item_first];
    size_t written = 0;
    for (size_t i = 0; i < page->item_count; i++) {
        if (!is_stored(&items[i]))
            continue;
        if (written == 0)
            open_group(ddi, "P", page->id, page->matrix ? "grid" : "section");
        write_members(ddi, &items[i], written++ == 0);
    }
    if (written == 0)
        return;
    HTML(&ddi->xml, "\">\n");
    write_element(ddi, "labl", "", &page->title);
    write_element(ddi, "txt", "", &page->intro);
    HTML(&ddi->xml, "</varGrp>\n");
}

static void write_several_group(struct ddi *ddi, const struct item *item)
{
    open_group(ddi, "M", item->id, item->type->kind == QTYPE_SET ? "multipleResp" : "grid");
    write_members(ddi, item, true);
    HTML(&ddi->xml, "\">\n");
    write_element(ddi, "labl", "", &item->label);
    HTML(&ddi->xml, "</varGrp>\n");
}

static void write_scale_group(struct ddi *ddi, const struct scale *scale)
{
    size_t written = 0;
    for (size_t i = 0; i < scale->item_count; i++) {
        if (!is_stored(&ddi->form->items[scale->items[i]]))
            continue;
        if (written == 0)
            open_group(ddi, "S", scale->id, "analysis");
        write_members(ddi, &ddi->form->items[scale->items[i]], written++ == 0);
    }
    if (written == 0)
        return;
    HTML(&ddi->xml, "\">\n");
    write_element(ddi, "labl", "", &scale->title);
    /* How the mean is made: reversed items are part of the definition. */
    HTML(&ddi->xml, "<defntn>mean of");
    for (size_t i = 0; i < scale->item_count; i++)
        buf_format(&ddi->xml.out, "%s %s%s", i > 0 ? "," : "", scale->reversed[i] ? "-" : "",
                   ddi->form->items[scale->items[i]].id);
    buf_format(&ddi->xml.out, "; answered at least %u</defntn>\n</varGrp>\n", scale->answered_min);
}

static const char *domain_of(const struct item *item)
{
    switch (item->type->kind) {
    case QTYPE_TEXT: return "text";
    case QTYPE_DATE: return "datetime";
    case QTYPE_NUMBER:
    case QTYPE_AMOUNTS: return "numeric";
    case QTYPE_SET:
    case QTYPE_ORDER: return "multiple";
    case QTYPE_CHOICE:
    case QTYPE_NONE: break;
    }
    return "category";
}

static void write_question(struct ddi *ddi, const struct item *item)
{
    const struct page *page = &ddi->form->pages[item->page];
    size_t position = (size_t)(item - ddi->form->items);
    buf_format(&ddi->xml.out, "<qstn ID=\"Q_%s\" seqNo=\"%zu\" responseDomainType=\"%s\">\n", item->id, position + 1,
               domain_of(item));
    if (page->matrix || position == page->item_first)
        write_element(ddi, "preQTxt", "", &page->intro);
    write_element(ddi, "qstnLit", "", &item->label);
    write_element(ddi, "ivuInstr", "", &item->hint);
    HTML(&ddi->xml, "</qstn>\n");
}

static void write_range(struct ddi *ddi, const struct item *item)
{
    struct buf low;
    struct buf high;
    buf_init(&low, 64);
    buf_init(&high, 64);
    if (item->type->kind == QTYPE_DATE) {
        date_write(item->min, item->grain, &low);
        date_write(item->max, item->grain, &high);
    } else {
        number_write(item->type->kind == QTYPE_AMOUNTS ? 0 : item->min, item->decimals, &low);
        number_write(item->max, item->decimals, &high);
    }
    buf_format(&ddi->xml.out, "<valrng><range UNITS=\"%s\" min=\"%s\" max=\"%s\"/></valrng>\n",
               item->decimals > 0 ? "REAL" : "INT", low.bytes, high.bytes);
    buf_free(&low);
    buf_free(&high);
}

static void write_condition(struct ddi *ddi, const struct expression *condition)
{
    struct buf text;
    buf_init(&text, 64 * 1024);
    if (condition != NULL) {
        expression_write_text(condition, &text);
        HTML(&ddi->xml, "<universe clusion=\"I\">");
        html_text(&ddi->xml, text.failed ? "" : text.bytes);
        HTML(&ddi->xml, "</universe>\n");
        ddi->xml.out.failed = ddi->xml.out.failed || text.failed;
    }
    buf_free(&text);
}

/* Who is asked: everybody, unless the page or the question has a condition; both must hold. */
static void write_universe(struct ddi *ddi, const struct item *item)
{
    write_condition(ddi, ddi->form->pages[item->page].show_if);
    write_condition(ddi, item->show_if);
}

static void write_category(struct ddi *ddi, const char *value, bool missing, const struct text *label)
{
    HTML(&ddi->xml, "<catgry");
    if (missing)
        HTML_ATTR(&ddi->xml, "missing", "Y");
    HTML(&ddi->xml, "><catValu>");
    html_text(&ddi->xml, value);
    HTML(&ddi->xml, "</catValu>\n");
    write_element(ddi, "labl", "", label);
    HTML(&ddi->xml, "</catgry>\n");
}

static void write_word_category(struct ddi *ddi, const char *value, const char *word)
{
    struct text label = { 0 };
    for (size_t i = 0; i < ddi->form->language_count; i++) {
        const struct language *language = language_find(ddi->form->languages[i], NULL);
        if (language != NULL)
            label.in[i] = tr(language, word);
    }
    write_category(ddi, value, false, &label);
}

static void write_categories(struct ddi *ddi, const struct item *item)
{
    if (item->type->kind == QTYPE_CHOICE)
        for (size_t i = 0; i < item->option_count; i++)
            write_category(ddi, item->options[i].code, item->options[i].missing, &item->options[i].label);
    if (item->type->kind == QTYPE_SET) {
        write_word_category(ddi, "1", N_("chosen"));
        write_word_category(ddi, "0", N_("not chosen"));
    }
}

static void write_concepts(struct ddi *ddi, const struct item *item)
{
    size_t position = (size_t)(item - ddi->form->items);
    for (size_t i = 0; i < ddi->form->scale_count; i++)
        for (size_t j = 0; j < ddi->form->scales[i].item_count; j++)
            if (ddi->form->scales[i].items[j] == position)
                write_element(ddi, "concept", " vocab=\"scale\"", &ddi->form->scales[i].title);
}

static void write_format(struct ddi *ddi, const struct item *item)
{
    bool number = item->type->kind == QTYPE_NUMBER;
    HTML(&ddi->xml, "<varFormat");
    HTML_ATTR(&ddi->xml, "type", number || is_several(item) ? "numeric" : "character");
    if (item->type->kind == QTYPE_DATE)
        HTML_ATTR(&ddi->xml, "category", "date");
    HTML(&ddi->xml, "/>\n");
}

static void open_variable(struct ddi *ddi, const struct item *item, const struct option *option)
{
    bool number = item->type->kind == QTYPE_NUMBER;
    HTML(&ddi->xml, "<var ID=\"");
    write_variable_id(ddi, item, option);
    buf_format(&ddi->xml.out, "\" name=\"%s%s%s\"", item->id, option != NULL ? "." : "",
               option != NULL ? option->code : "");
    if (option != NULL)
        buf_format(&ddi->xml.out, " qstn=\"Q_%s\"", item->id);
    if (number)
        buf_format(&ddi->xml.out, " dcml=\"%u\"", item->decimals);
    HTML_ATTR(&ddi->xml, "intrvl", number ? "contin" : "discrete");
    const char *unit = form_text(ddi->form, &item->unit, ddi->form->languages[0]);
    if (unit[0] != '\0')
        HTML_ATTR(&ddi->xml, "measUnit", unit);
    if (item->type->kind == QTYPE_CHOICE)
        HTML_ATTR(&ddi->xml, "nature", is(item, "scale") || is(item, "nps") ? "ordinal" : "nominal");
    HTML_ATTR(&ddi->xml, "representationType",
              item->type->kind == QTYPE_TEXT                ? "text"
              : item->type->kind == QTYPE_DATE              ? "datetime"
              : number || item->type->kind == QTYPE_AMOUNTS ? "numeric"
                                                            : "code");
    HTML(&ddi->xml, ">\n");
}

/* option: the one this variable is for; NULL when the item is one variable. */
static void write_variable(struct ddi *ddi, const struct item *item, const struct option *option)
{
    open_variable(ddi, item, option);
    write_element(ddi, "labl", "", option != NULL ? &option->label : &item->label);
    if (option == NULL || option == item->options)
        write_question(ddi, item);
    if (item->type->kind == QTYPE_NUMBER || item->type->kind == QTYPE_DATE || item->type->kind == QTYPE_AMOUNTS)
        write_range(ddi, item);
    write_universe(ddi, item);
    write_categories(ddi, item);
    write_concepts(ddi, item);
    write_format(ddi, item);
    HTML(&ddi->xml, "</var>\n");
}

static void write_data(struct ddi *ddi)
{
    const struct form *form = ddi->form;
    HTML(&ddi->xml, "<dataDscr>\n");
    for (size_t i = 0; i < form->page_count; i++)
        write_page_group(ddi, &form->pages[i]);
    for (size_t i = 0; i < form->item_count; i++)
        if (is_stored(&form->items[i]) && is_several(&form->items[i]))
            write_several_group(ddi, &form->items[i]);
    for (size_t i = 0; i < form->scale_count; i++)
        write_scale_group(ddi, &form->scales[i]);
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        if (!is_stored(item)) {
            lose(ddi, item->id,
                 item->off ? N_("The question is switched off: it makes no variable.")
                           : N_("A text or a calculated value is not stored: it makes no variable."));
            continue;
        }
        for (size_t j = 0; j < (is_several(item) ? item->option_count : 1); j++)
            write_variable(ddi, item, is_several(item) ? &item->options[j] : NULL);
    }
    HTML(&ddi->xml, "</dataDscr>\n");
}

static enum status write(const struct form *form, const struct form_hooks *hooks, struct buf *out, struct fail *fail)
{
    struct ddi ddi = { .form = form, .hooks = hooks, .ui = fail != NULL ? fail->language : NULL };
    buf_init(&ddi.xml.out, out->limit);
    HTML(&ddi.xml,
         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<codeBook xmlns=\"ddi:codebook:2_5\" "
         "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"ddi:codebook:2_5 "
         "http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd\" version=\"2.5\"");
    HTML_ATTR(&ddi.xml, "xml:lang", form->languages[0]);
    HTML(&ddi.xml, ">\n");
    write_study(&ddi);
    write_data(&ddi);
    HTML(&ddi.xml, "</codeBook>\n");
    if (!ddi.xml.out.failed)
        buf_add(out, ddi.xml.out.bytes, ddi.xml.out.length);
    out->failed = out->failed || ddi.xml.out.failed;
    buf_free(&ddi.xml.out);
    return buf_status(out, "DDI", fail);
}

const struct format format_ddi = {
    .id = "ddi",
    .title = N_("DDI-Codebook 2.5, for data archives"),
    .extensions = ".ddi.xml .xml",
    .write = write,
};

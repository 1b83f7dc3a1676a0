/* Attributes of LimeSurvey's questions: what a form says that LimeSurvey can follow, and what is kept for the way back.
 */
#include <stdio.h>
#include <string.h>

#include "forms/limesurvey_write.h"
#include "forms/qtype.h"

static bool is(const struct item *item, const char *type)
{
    return strcmp(item->type->id, type) == 0;
}

static void attribute(struct layout *layout, size_t question, const char *name, const char *value)
{
    put_row_open(layout);
    put_number(layout, "qid", question);
    put_field(layout, "attribute", name);
    put_field(layout, "value", value);
    put_field(layout, "language", "");
    put_row_close(layout);
}

static void attribute_text(struct layout *layout, size_t question, const char *name, const struct text *text)
{
    const struct form *form = layout->form;
    for (size_t i = 0; i < form->language_count; i++) {
        if (text->in[i] == NULL)
            continue;
        put_row_open(layout);
        put_number(layout, "qid", question);
        put_field(layout, "attribute", name);
        put_html(layout, "value", text->in[i], PUT_LINE);
        put_field(layout, "language", put_language(form->languages[i]));
        put_row_close(layout);
    }
}

static void attribute_count(struct layout *layout, size_t question, const char *name, unsigned count)
{
    char number[16];
    if (count == 0)
        return;
    snprintf(number, sizeof number, "%u", count);
    attribute(layout, question, name, number);
}

static void write_measure(struct layout *layout, size_t question, const struct item *item)
{
    struct put_bounds bounds;
    char text[32];
    if (put_bounds(item, &bounds)) {
        attribute(layout, question, bounds.low_name, bounds.low);
        attribute(layout, question, bounds.high_name, bounds.high);
    }
    if (is(item, "number"))
        attribute(layout, question, "num_value_int_only", item->decimals == 0 ? "1" : "0");
    if (is(item, "slider")) {
        put_decimal(item->step > 0 ? item->step : 1, item->decimals, text);
        attribute(layout, question, "slider_layout", "1");
        attribute(layout, question, "slider_accuracy", text);
        attribute(layout, question, "slider_separator", "|");
    }
    if (is(item, "date"))
        attribute(layout, question, "date_format", item->grain == DATE_YEAR ? "yyyy" : "mm/yyyy");
    if (is(item, "sum")) {
        put_decimal(item->max, 0, text);
        attribute(layout, question, "equals_num_value", text);
        attribute(layout, question, "num_value_int_only", "1");
        attribute(layout, question, "min_num_value_n", "0");
    }
    attribute_text(layout, question, "suffix", &item->unit);
}

/* Options that exclude all others, as LimeSurvey lists them: "A;B". */
static void write_exclusive(struct layout *layout, size_t question, const struct put *put)
{
    const struct item *item = &layout->form->items[put->item];
    struct buf list;
    buf_init(&list, 4000);
    for (size_t i = 0; i < item->option_count; i++)
        if (item->options[i].exclusive)
            buf_format(&list, "%s%s", list.length > 0 ? ";" : "", layout->options[put->item][i].text);
    if (list.length > 0)
        attribute(layout, question, "exclude_all_others", list.bytes);
    buf_free(&list);
}

static void write_question(struct layout *layout, size_t question, const struct put *put)
{
    const struct item *item = &layout->form->items[put->item];
    const struct page *page = &layout->form->pages[put->page];
    if (put->rows > 0) {
        if (page->shuffle)
            attribute(layout, question, "random_order", "1");
        return;
    }
    if (item->shuffle) {
        attribute(layout, question, "random_order", "1");
        attribute(layout, question, put->type->subquestions ? "subquestion_order" : "answer_order", "random");
    }
    if (item->off)
        attribute(layout, question, "hidden", "1");
    attribute_count(layout, question, "min_answers", item->choose_min);
    attribute_count(layout, question, "max_answers", item->choose_max);
    attribute_count(layout, question, "maximum_chars", item->length_max);
    write_exclusive(layout, question, put);
    write_measure(layout, question, item);
    const struct put_expression valid = put_valid_if(layout, put->item);
    if (valid.theirs[0] != '\0') {
        attribute(layout, question, "em_validation_q", valid.theirs);
        attribute_text(layout, question, "em_validation_q_tip", &item->valid_text);
    }
    const struct put_expression value = put_value(layout, put->item);
    if (value.ours != NULL)
        attribute(layout, question, "equation", value.theirs);
}

void put_attributes(struct layout *layout)
{
    static const char *const fields[] = { "qid", "attribute", "value", "language", NULL };
    put_table_open(layout, "question_attributes", fields);
    for (size_t i = 0; i < layout->count; i++) {
        const struct put *put = &layout->puts[i];
        const char *items = native_items(layout, put);
        const char *page = native_page(layout, put->page);
        write_question(layout, i + 1, put);
        if (items != NULL)
            attribute(layout, i + 1, "querschnitt_items", items);
        if (page != NULL && put->item == layout->form->pages[put->page].item_first)
            attribute(layout, i + 1, "querschnitt_page", page);
        if (i == 0)
            attribute(layout, 1, "querschnitt_form", native_form(layout));
    }
    put_table_close(layout, "question_attributes");
}

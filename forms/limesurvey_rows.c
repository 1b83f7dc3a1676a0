/* Questions of LimeSurvey with rows: arrays, several numbers, several texts. Each row becomes an item, named as
 * LimeSurvey names its answer: "Q5_SQ001". The heading stands on the page (limesurvey_pages.c); a single row gets it in
 * its own text instead. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/limesurvey_native.h"
#include "forms/limesurvey_types.h"

static size_t count_scale(const struct lime_question *question, long scale)
{
    size_t count = 0;
    for (size_t i = 0; i < question->subquestion_count; i++)
        count += question->subquestions[i].scale == scale ? 1 : 0;
    return count;
}

static bool is_grid_of_boxes(const struct lime_question *question)
{
    return question->type == ':' && lime_flag(question, "multiflexible_checkbox");
}

/* A total that is a plain whole number makes one item of all rows. */
static bool total_of(const struct lime_question *question, int64_t *total)
{
    const char *value = lime_attribute(question, "equals_num_value");
    char *end = NULL;
    long number = strtol(value, &end, 10);
    if (question->type != 'K' || end == value || *end != '\0' || number < 1 || number > 1000000)
        return false;
    *total = number;
    return true;
}

size_t lime_row_count(const struct lime_question *question)
{
    int64_t total;
    size_t rows = count_scale(question, 0);
    if (total_of(question, &total))
        return 1;
    if (question->type == '1')
        return 2 * rows;
    if ((question->type == ':' || question->type == ';') && !is_grid_of_boxes(question))
        return rows * count_scale(question, 1);
    return rows;
}

/* "Q1 = "A" or answered(Q2_A)": the row is shown when its twin was chosen. NULL: there is no twin. */
static const char *filter(struct lime *lime, const char *list, const char *code, bool exclude)
{
    const char *condition = NULL;
    while (*list != '\0') {
        char name[2 * FORM_ID_MAX];
        size_t length = strcspn(list, "; ");
        snprintf(name, sizeof name, "%.*s_%.30s", (int)(length < FORM_ID_MAX ? length : FORM_ID_MAX), list, code);
        list += length;
        list += strspn(list, "; ");
        const struct lime_name *twin = lime_named(lime, name);
        if (twin == NULL || twin->item >= lime->item_count)
            continue;
        const char *id = lime->items[twin->item].item.id;
        const char *no = exclude ? "not " : "";
        const char *one = twin->code != NULL ? arena_format(lime->arena, "%s%s = \"%s\"", no, id, twin->code)
                                             : arena_format(lime->arena, "%sanswered(%s)", no, id);
        if (one == NULL)
            lime_fail(lime);
        else if (condition == NULL)
            condition = one;
        else
            condition = arena_format(lime->arena, "%s %s %s", condition, exclude ? "and" : "or", one);
    }
    return condition;
}

static const char *row_condition(struct lime *lime, const struct lime_question *question,
                                 const struct lime_subquestion *row)
{
    const char *show = lime_expression(lime, NULL, row->relevance, N_("shown always"));
    const char *with = filter(lime, lime_attribute(question, "array_filter"), row->code, false);
    const char *without = filter(lime, lime_attribute(question, "array_filter_exclude"), row->code, true);
    return lime_and(lime, lime_and(lime, show, with), without);
}

static struct lime_item *add_row(struct lime *lime, const struct lime_question *question,
                                 const struct lime_subquestion *row, const char *suffix, const char *type)
{
    char code[2 * FORM_ID_MAX];
    snprintf(code, sizeof code, "%.40s_%.30s%.40s", question->code, row->code, suffix);
    const json_t *native = lime_native_item(lime, code);
    const char *show = lime_native_expression(lime, native, "show_if", row->relevance);
    if (show == NULL)
        show = row_condition(lime, question, row);
    size_t number = lime->item_count;
    struct lime_item *item = lime_add(lime, code, type);
    if (item == NULL)
        return NULL;
    lime_text(lime, &row->text, MARKUP_LINE, true, NULL, &item->item.label);
    item->show_if = show;
    if (lime_row_count(question) == 1) {
        struct text heading;
        lime_text(lime, &question->text, MARKUP_LINE, true, NULL, &heading);
        lime_join(lime, &heading, &item->item.label, " – ", &item->item.label);
        lime_text(lime, &question->help, MARKUP_LINE, true, NULL, &item->item.hint);
        item->show_if = lime_and(lime, lime_relevance(lime, question), show);
    }
    if (item->item.label.in[0] == NULL) {
        item->item.label.in[0] = row->code;
        lime_lose(lime, item->item.id, N_("The question has no text."));
    }
    lime_mark(lime, question, item);
    lime_name(lime, code, number, NULL);
    lime_name(lime, lime_sgqa(lime, question, row->code), number, NULL);
    return item;
}

static void give_steps(struct lime *lime, const struct lime_question *question, long scale, struct item *item)
{
    static const char *const answer_codes[] = { "Y", "U", "N" };
    static const char *const answer_words[] = { N_("Yes"), N_("Uncertain"), N_("No") };
    static const char *const change_codes[] = { "I", "S", "D" };
    static const char *const change_words[] = { N_("Increase"), N_("Same"), N_("Decrease") };
    switch (question->type) {
    case 'A': lime_options_steps(lime, 5, item); break;
    case 'B': lime_options_steps(lime, 10, item); break;
    case 'C': lime_options_words(lime, answer_codes, answer_words, 3, item); break;
    case 'E': lime_options_words(lime, change_codes, change_words, 3, item); break;
    default: lime_options_answers(lime, question, scale, item); break;
    }
}

/* One scale of an array; the rows share one list of options. False when there is nothing to choose. */
static bool read_scale(struct lime *lime, const struct lime_question *question, long scale, const char *suffix)
{
    struct item list = { .type = qtype_find(question->type == 'C' ? "single" : "scale") };
    lime->native_item = json_array_get(lime->native, 0);
    give_steps(lime, question, scale, &list);
    if (list.option_count < 2) {
        lime_lose(lime, NULL, N_("The array has fewer than two options: it is left out."));
        return false;
    }
    for (size_t i = 0; i < question->subquestion_count; i++) {
        if (question->subquestions[i].scale != 0)
            continue;
        struct lime_item *item = add_row(lime, question, &question->subquestions[i], suffix, list.type->id);
        if (item == NULL)
            return false;
        item->item.options = list.options;
        item->item.option_count = list.option_count;
    }
    return true;
}

static void report_validation(struct lime *lime, const struct lime_question *question, const char *name)
{
    if (lime_attribute(question, name)[0] != '\0')
        lime_lose(lime, N_("every answer is accepted"), N_("A rule over several rows: “%.200s”."),
                  lime_attribute(question, name));
}

void lime_read_array(struct lime *lime, const struct lime_question *question)
{
    read_scale(lime, question, 0, "");
    report_validation(lime, question, "em_validation_q");
}

/* The second scale is a page of its own: one table with two answers a row cannot be read aloud row by row. */
void lime_read_dual(struct lime *lime, const struct lime_question *question)
{
    static const char *const headings[] = { "dualscale_headerA", "dualscale_headerB" };
    for (long scale = 0; scale < 2; scale++) {
        struct text html;
        struct text heading;
        if (scale == 1) {
            struct page first = lime->pages[lime->page_count - 1].page;
            const char *show_if = lime->pages[lime->page_count - 1].show_if;
            lime_page_open(lime);
            if (lime->status != STATUS_OK)
                return;
            struct lime_page *second = &lime->pages[lime->page_count - 1];
            lime_text(lime, &question->text, MARKUP_PARAGRAPHS, true, NULL, &second->page.intro);
            second->page.matrix = first.matrix;
            second->show_if = show_if;
        }
        lime_attribute_text(lime->survey, question, headings[scale], &html);
        lime_text(lime, &html, MARKUP_LINE, true, NULL, &heading);
        struct page *page = &lime->pages[lime->page_count - 1].page;
        lime_join(lime, &page->intro, &heading, "\n\n", &page->intro);
        read_scale(lime, question, scale, scale == 0 ? "_0" : "_1");
    }
    report_validation(lime, question, "em_validation_q");
}

static void add_cell(struct lime *lime, const struct lime_question *question, const struct lime_subquestion *row,
                     const struct lime_subquestion *column)
{
    char suffix[FORM_ID_MAX];
    struct text heading;
    snprintf(suffix, sizeof suffix, "_%.30s", column->code);
    struct lime_item *item = add_row(lime, question, row, suffix, question->type == ';' ? "text" : "number");
    if (item == NULL)
        return;
    lime_validate(lime, question, "em_validation_sq", item);
    lime_text(lime, &column->text, MARKUP_LINE, true, NULL, &heading);
    lime_join(lime, &item->item.label, &heading, " – ", &item->item.label);
    if (question->type == ';') {
        item->item.lines = 1;
        item->item.length_max = lime_count(lime, question, "maximum_chars", ANSWERS_TEXT_MAX);
        return;
    }
    lime_number_bounds(lime, question, &item->item, "multiflexible_min", "multiflexible_max", "multiflexible_step");
}

void lime_read_grid(struct lime *lime, const struct lime_question *question)
{
    for (size_t i = 0; i < question->subquestion_count && lime->status == STATUS_OK; i++) {
        const struct lime_subquestion *row = &question->subquestions[i];
        if (row->scale != 0)
            continue;
        if (is_grid_of_boxes(question)) {
            struct lime_item *item = add_row(lime, question, row, "", "multiple");
            if (item != NULL)
                lime_options_rows(lime, question, 1, &item->item);
            continue;
        }
        for (size_t j = 0; j < question->subquestion_count; j++)
            if (question->subquestions[j].scale == 1)
                add_cell(lime, question, row, &question->subquestions[j]);
    }
    if (count_scale(question, 1) == 0)
        lime_lose(lime, NULL, N_("The array has no columns: it is left out."));
    report_validation(lime, question, "em_validation_q");
}

static void read_sum(struct lime *lime, const struct lime_question *question, int64_t total)
{
    size_t number = lime->item_count;
    struct lime_item *item = lime_ask(lime, question, "sum");
    if (item == NULL)
        return;
    item->item.max = total;
    lime_options_rows(lime, question, 0, &item->item);
    lime_boxes(lime, question, number);
    if (item->item.option_count < 2) {
        lime_lose(lime, NULL, N_("The question has fewer than two options: it is left out."));
        lime_drop(lime);
    }
}

/* "A|low|high" of a slider: the text and what the ends mean. */
static void split_ends(struct lime *lime, struct item *item)
{
    for (size_t i = 0; i < lime->survey->language_count; i++) {
        char *parts[3] = { NULL };
        char *copy = item->label.in[i] != NULL ? arena_string(lime->arena, item->label.in[i]) : NULL;
        for (size_t j = 0; j < COUNT(parts) && copy != NULL; j++) {
            parts[j] = copy;
            copy = strchr(copy, '|');
            if (copy != NULL)
                *copy++ = '\0';
        }
        if (parts[1] == NULL)
            continue;
        item->label.in[i] = parts[0];
        item->low.in[i] = parts[1];
        item->high.in[i] = parts[2];
    }
}

void lime_read_numbers(struct lime *lime, const struct lime_question *question)
{
    int64_t total;
    bool slider = lime_flag(question, "slider_layout");
    if (total_of(question, &total)) {
        read_sum(lime, question, total);
        return;
    }
    report_validation(lime, question, "equals_num_value");
    report_validation(lime, question, "min_num_value");
    report_validation(lime, question, "max_num_value");
    report_validation(lime, question, "em_validation_q");
    for (size_t i = 0; i < question->subquestion_count; i++) {
        if (question->subquestions[i].scale != 0)
            continue;
        struct lime_item *item = add_row(lime, question, &question->subquestions[i], "", slider ? "slider" : "number");
        if (item == NULL)
            return;
        if (slider) {
            lime_slider_bounds(lime, question, &item->item);
            if (lime->native_item == NULL) /* ours keeps its ends apart from its text */
                split_ends(lime, &item->item);
        } else
            lime_number_bounds(lime, question, &item->item, "min_num_value_n", "max_num_value_n", NULL);
        lime_validate(lime, question, "em_validation_sq", item);
    }
}

void lime_read_texts(struct lime *lime, const struct lime_question *question)
{
    for (size_t i = 0; i < question->subquestion_count; i++) {
        if (question->subquestions[i].scale != 0)
            continue;
        struct lime_item *item = add_row(lime, question, &question->subquestions[i], "", "text");
        if (item == NULL)
            return;
        item->item.lines = 1;
        item->item.length_max = lime_count(lime, question, "maximum_chars", ANSWERS_TEXT_MAX);
        lime_validate(lime, question, "em_validation_sq", item);
    }
    report_validation(lime, question, "em_validation_q");
}

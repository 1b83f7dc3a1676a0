/* One function for each type of question of LimeSurvey: what it becomes. Types with rows are in limesurvey_rows.c. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/limesurvey_native.h"
#include "forms/limesurvey_types.h"

/* "Other: ____" as an option and a text behind the question. */
static void add_other(struct lime *lime, const struct lime_question *question, size_t number)
{
    struct text replaced;
    struct text label;
    lime_attribute_text(lime->survey, question, "other_replace_text", &replaced);
    lime_text(lime, &replaced, MARKUP_LINE, false, NULL, &label);
    if (!lime_has_text(&label))
        lime_word(lime, N_("Other"), &label);
    struct item *item = &lime->items[number].item;
    size_t before = item->option_count;
    lime_option_add(lime, "other", &label, item);
    if (item->option_count == before)
        return;
    const char *code = item->options[before].code;
    const char *show_if = arena_format(lime->arena, "%s = \"%s\"", item->id, code);
    if (show_if == NULL)
        lime_fail(lime);
    lime_companion(lime, number, "other", &label, show_if);
}

/* A question with one box only is a consent; with none it cannot be answered. */
static bool keep_choice(struct lime *lime, size_t number, bool other)
{
    struct item *item = &lime->items[number].item;
    size_t count = item->option_count + (other ? 1 : 0);
    if (lime_native_string(lime->native_item, "options_from", NULL) != NULL)
        return true; /* the city's list comes before them */
    if (count == 0) {
        lime_lose(lime, NULL, N_("The question has no options: it is left out."));
        lime_drop(lime);
        return false;
    }
    if (count == 1) {
        item->type = qtype_find("consent");
        if (strcmp(lime_native_string(lime->native_item, "type", ""), "consent") != 0)
            lime_lose(lime, N_("a single box (consent)"), N_("The question has one option only."));
    }
    return true;
}

/* Position of LimeSurvey's code among the options: ours may be spelled otherwise. -1: there is none. */
static int option_of(const struct lime_question *question, const char *code)
{
    int position = 0;
    for (size_t i = 0; i < question->answer_count; i++) {
        if (question->answers[i].scale != 0)
            continue;
        if (strcmp(question->answers[i].code, code) == 0)
            return position;
        position++;
    }
    return -1;
}

static void give_initial(struct lime *lime, const struct lime_question *question, struct item *item)
{
    for (size_t i = 0; i < question->default_count; i++) {
        const struct lime_default *found = &question->defaults[i];
        int option = option_of(question, found->value);
        if (found->special[0] == '\0' && option >= 0 && (size_t)option < item->option_count)
            item->initial = arena_format(lime->arena, "\"%s\"", item->options[option].code);
        else if (found->value[0] != '\0')
            lime_lose(lime, NULL, N_("The default answer “%.100s” cannot be used."), found->value);
    }
}

static void read_order(const struct lime_question *question, struct item *item)
{
    const char *const names[] = { "answer_order", "subquestion_order" };
    item->shuffle = lime_flag(question, "random_order");
    for (size_t i = 0; i < COUNT(names); i++)
        item->shuffle = item->shuffle || strcmp(lime_attribute(question, names[i]), "random") == 0;
}

static void read_list(struct lime *lime, const struct lime_question *question)
{
    size_t number = lime->item_count;
    struct lime_item *item = lime_ask(lime, question, "single");
    if (item == NULL)
        return;
    lime_options_answers(lime, question, 0, &item->item);
    read_order(question, &item->item);
    lime_validate(lime, question, "em_validation_q", item);
    give_initial(lime, question, &item->item);
    if (!keep_choice(lime, number, question->other))
        return;
    if (question->other)
        add_other(lime, question, number);
    if (question->type == 'O') {
        struct text label;
        lime_word(lime, N_("Comment"), &label);
        const char *show_if = arena_format(lime->arena, "answered(%s)", lime->items[number].item.id);
        lime_companion(lime, number, "comment", &label, show_if);
    }
}

static void read_five(struct lime *lime, const struct lime_question *question)
{
    struct lime_item *item = lime_ask(lime, question, "scale");
    if (item != NULL)
        lime_options_steps(lime, 5, &item->item);
}

static void read_yes(struct lime *lime, const struct lime_question *question)
{
    static const char *const codes[] = { "Y", "N" };
    static const char *const words[] = { N_("Yes"), N_("No") };
    struct lime_item *item = lime_ask(lime, question, "yesno");
    if (item == NULL)
        return;
    lime_options_words(lime, codes, words, 2, &item->item);
    give_initial(lime, question, &item->item);
}

static void read_gender(struct lime *lime, const struct lime_question *question)
{
    static const char *const codes[] = { "F", "M" };
    static const char *const words[] = { N_("Female"), N_("Male") };
    struct lime_item *item = lime_ask(lime, question, "single");
    if (item != NULL)
        lime_options_words(lime, codes, words, 2, &item->item);
}

static void read_exclusive(struct lime *lime, const struct lime_question *question, struct item *item)
{
    const char *list = lime_attribute(question, "exclude_all_others");
    struct option *all = lime_new(lime, item->option_count, sizeof *all);
    if (all == NULL || list[0] == '\0')
        return;
    memcpy(all, item->options, item->option_count * sizeof *all);
    while (*list != '\0') {
        char code[FORM_CODE_MAX + 1];
        size_t length = strcspn(list, ";, ");
        snprintf(code, sizeof code, "%.*s", (int)(length < FORM_CODE_MAX ? length : FORM_CODE_MAX), list);
        int option = item_option(item, code);
        if (option >= 0)
            all[option].exclusive = true;
        else if (length > 0)
            lime_lose(lime, NULL, N_("There is no option “%.40s” that could exclude the others."), code);
        list += length;
        list += strspn(list, ";, ");
    }
    item->options = all;
}

static void read_multiple(struct lime *lime, const struct lime_question *question)
{
    size_t number = lime->item_count;
    struct lime_item *item = lime_ask(lime, question, "multiple");
    if (item == NULL)
        return;
    lime_options_rows(lime, question, 0, &item->item);
    lime_boxes(lime, question, number);
    read_order(question, &item->item);
    if (lime->native_item == NULL) /* ours says it of the option itself */
        read_exclusive(lime, question, &item->item);
    lime_validate(lime, question, "em_validation_q", item);
    item->item.choose_min = lime_count(lime, question, "min_answers", item->item.option_count);
    item->item.choose_max = lime_count(lime, question, "max_answers", item->item.option_count);
    bool other = question->other && item->item.option_count < FORM_SET_MAX;
    if (question->type == 'P')
        lime_lose(lime, NULL, N_("A text field for a comment at each option."));
    lime_boxes_initial(lime, question, &item->item);
    if (keep_choice(lime, number, other) && other)
        add_other(lime, question, number);
}

static void read_number(struct lime *lime, const struct lime_question *question)
{
    struct lime_item *item = lime_ask(lime, question, "number");
    if (item == NULL)
        return;
    lime_number_bounds(lime, question, &item->item, "min_num_value_n", "max_num_value_n", NULL);
    int64_t initial;
    if (question->default_count > 0 && number_read(question->defaults[0].value, item->item.decimals, &initial))
        item->item.initial = question->defaults[0].value;
    else if (question->default_count > 0)
        lime_lose(lime, NULL, N_("The default answer “%.100s” cannot be used."), question->defaults[0].value);
    lime_validate(lime, question, "em_validation_q", item);
}

static void read_text(struct lime *lime, const struct lime_question *question)
{
    struct lime_item *item = lime_ask(lime, question, "text");
    if (item == NULL)
        return;
    item->item.lines = question->type == 'S' ? 1 : 0;
    item->item.length_max = lime_count(lime, question, "maximum_chars", ANSWERS_TEXT_MAX);
    lime_validate(lime, question, "em_validation_q", item);
}

static void read_ranking(struct lime *lime, const struct lime_question *question)
{
    struct lime_item *item = lime_ask(lime, question, "ranking");
    if (item == NULL)
        return;
    lime_options_answers(lime, question, 0, &item->item);
    if (item->item.option_count == 0) /* later versions keep them as subquestions */
        lime_options_rows(lime, question, 0, &item->item);
    read_order(question, &item->item);
    item->item.choose_min = lime_count(lime, question, "min_answers", item->item.option_count);
    item->item.choose_max = lime_count(lime, question, "max_answers", item->item.option_count);
    lime_validate(lime, question, "em_validation_q", item);
    if (item->item.option_count < 2) {
        lime_lose(lime, NULL, N_("There is nothing to rank: the question is left out."));
        lime_drop(lime);
    }
}

static void read_date(struct lime *lime, const struct lime_question *question)
{
    struct lime_item *item = lime_ask(lime, question, "date");
    if (item != NULL)
        lime_date_bounds(lime, question, &item->item);
}

static void read_note(struct lime *lime, const struct lime_question *question)
{
    struct lime_item *item = lime_ask(lime, question, "note");
    if (item == NULL)
        return;
    /* A note is read, not answered: its paragraphs stay. */
    struct text label;
    lime_text(lime, &question->text, MARKUP_PARAGRAPHS, true, NULL, &label);
    if (lime_has_text(&label))
        item->item.label = label;
}

/* The equation stands in an attribute of that name, in older files in the text. */
static void read_equation(struct lime *lime, const struct lime_question *question)
{
    const char *equation = lime_attribute(question, "equation");
    bool placed = equation[0] != '\0';
    const char *value = lime_native_expression(lime, lime_native_item(lime, question->code), "value", equation);
    bool ours = value != NULL;
    if (!placed && question->text.in[0] != NULL)
        equation = question->text.in[0];
    size_t length = strlen(equation);
    if (length >= 2 && equation[0] == '{' && equation[length - 1] == '}') {
        equation = arena_copy(lime->arena, equation + 1, length - 2);
        if (equation == NULL) {
            lime_fail(lime);
            return;
        }
    }
    if (!ours)
        value = lime_expression(lime, NULL, equation, N_("the calculated value is left out"));
    struct lime_item *item = value != NULL ? lime_ask(lime, question, "calculated") : NULL;
    if (item == NULL)
        return;
    item->value = value;
    if (!placed && !ours)
        item->item.label = (struct text){ .in = { question->code } };
}

static void read_nothing(struct lime *lime, const struct lime_question *question)
{
    lime_lose(lime, NULL,
              question->type == '|' ? N_("A file upload is left out: files name people.")
                                    : N_("A choice of language is left out: every page has one."));
}

static const struct lime_type types[] = {
    { 'L', " other_replace_text answer_order random_order ", false, false, read_list },
    { '!', " other_replace_text answer_order random_order ", false, false, read_list },
    { 'O', " answer_order random_order ", false, false, read_list },
    { '5', "", false, false, read_five },
    { 'Y', "", false, false, read_yes },
    { 'G', "", false, false, read_gender },
    { 'M', " other_replace_text random_order subquestion_order exclude_all_others min_answers max_answers ", false,
      false, read_multiple },
    { 'P', " other_replace_text random_order subquestion_order exclude_all_others min_answers max_answers ", false,
      false, read_multiple },
    { 'N', " min_num_value_n max_num_value_n num_value_int_only prefix suffix em_validation_q em_validation_q_tip ",
      false, false, read_number },
    { 'S', " maximum_chars em_validation_q em_validation_q_tip ", false, false, read_text },
    { 'T', " maximum_chars em_validation_q em_validation_q_tip ", false, false, read_text },
    { 'U', " maximum_chars em_validation_q em_validation_q_tip ", false, false, read_text },
    { 'R', " min_answers max_answers random_order answer_order ", false, false, read_ranking },
    { 'D', " date_format date_min date_max ", false, false, read_date },
    { 'X', "", false, false, read_note },
    { '*', " equation ", false, false, read_equation },
    { '|', "", false, false, read_nothing },
    { 'I', "", false, false, read_nothing },
    { 'A', " random_order subquestion_order array_filter array_filter_exclude ", true, true, lime_read_array },
    { 'B', " random_order subquestion_order array_filter array_filter_exclude ", true, true, lime_read_array },
    { 'C', " random_order subquestion_order array_filter array_filter_exclude ", true, true, lime_read_array },
    { 'E', " random_order subquestion_order array_filter array_filter_exclude ", true, true, lime_read_array },
    { 'F', " random_order subquestion_order array_filter array_filter_exclude ", true, true, lime_read_array },
    { 'H', " random_order subquestion_order array_filter array_filter_exclude ", true, true, lime_read_array },
    { '1', " random_order subquestion_order array_filter array_filter_exclude dualscale_headerA dualscale_headerB ",
      true, true, lime_read_dual },
    { ':',
      " random_order subquestion_order array_filter array_filter_exclude multiflexible_min multiflexible_max "
      "multiflexible_step multiflexible_checkbox input_boxes ",
      true, false, lime_read_grid },
    { ';', " random_order subquestion_order array_filter array_filter_exclude maximum_chars ", true, false,
      lime_read_grid },
    { 'K',
      " random_order subquestion_order array_filter array_filter_exclude equals_num_value min_num_value_n "
      "max_num_value_n num_value_int_only prefix suffix slider_layout slider_min slider_max slider_accuracy "
      "em_validation_sq em_validation_sq_tip ",
      true, false, lime_read_numbers },
    { 'Q', " random_order subquestion_order array_filter array_filter_exclude maximum_chars ", true, false,
      lime_read_texts },
};

const struct lime_type *lime_type(char type)
{
    for (size_t i = 0; i < COUNT(types); i++)
        if (types[i].type == type)
            return &types[i];
    return NULL;
}

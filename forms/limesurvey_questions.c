/* Questions of LimeSurvey with their subquestions, answers, attributes, conditions and defaults.
 *
 * Files from strangers may have any number of rows for one question: everything is sorted, nothing is searched for in a
 * list. */
#include "forms/limesurvey_make.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static int compare_number(long a, long b)
{
    return (a > b) - (a < b);
}

static int compare_subquestion(const void *left, const void *right)
{
    const struct lime_subquestion *a = left;
    const struct lime_subquestion *b = right;
    int order = strcmp(a->parent, b->parent);
    if (order == 0)
        order = compare_number(a->scale, b->scale);
    if (order == 0)
        order = compare_number(a->order, b->order);
    return order != 0 ? order : strcmp(a->code, b->code);
}

/* Rows are sorted by qid: rows of several languages stand side by side. */
static void make_subquestions(struct making *making)
{
    const struct lime_sorted *rows = &making->subquestions;
    struct lime_subquestion *all = making_new(making, rows->count, sizeof *all);
    size_t count = 0;
    for (size_t i = 0; all != NULL && i < rows->count; i++) {
        const struct lime_row *row = rows->rows[i];
        if (count == 0 || strcmp(all[count - 1].qid, rows->keys[i]) != 0) {
            all[count++] = (struct lime_subquestion){ .parent = lime_value(row, "parent_qid"),
                                                      .qid = rows->keys[i],
                                                      .code = lime_value(row, "title"),
                                                      .relevance = lime_value(row, "relevance"),
                                                      .scale = lime_number(row, "scale_id", 0),
                                                      .order = lime_number(row, "question_order", 0) };
            making_give_all(making, &making->question_texts, rows->keys[i], "question", &all[count - 1].text);
        }
        making_give(making, row, "question", &all[count - 1].text);
    }
    if (all != NULL)
        qsort(all, count, sizeof *all, compare_subquestion);
    making->all_subquestions = all;
    making->subquestion_count = count;
}

/* The same answer in several languages: same question, scale and code. */
static int compare_code(const void *left, const void *right)
{
    const struct lime_answer *a = left;
    const struct lime_answer *b = right;
    int order = strcmp(a->qid, b->qid);
    if (order == 0)
        order = compare_number(a->scale, b->scale);
    return order != 0 ? order : strcmp(a->code, b->code);
}

static int compare_answer(const void *left, const void *right)
{
    const struct lime_answer *a = left;
    const struct lime_answer *b = right;
    int order = strcmp(a->qid, b->qid);
    if (order == 0)
        order = compare_number(a->scale, b->scale);
    if (order == 0)
        order = compare_number(a->order, b->order);
    return order != 0 ? order : strcmp(a->code, b->code);
}

static void add_texts(struct text *to, const struct text *from)
{
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++)
        if (to->in[i] == NULL)
            to->in[i] = from->in[i];
}

static void make_answers(struct making *making)
{
    const struct lime_sorted *rows = &making->answers;
    struct lime_answer *all = making_new(making, rows->count, sizeof *all);
    for (size_t i = 0; all != NULL && i < rows->count; i++) {
        const struct lime_row *row = rows->rows[i];
        const char *number = lime_value(row, "aid");
        all[i] = (struct lime_answer){ .qid = rows->keys[i],
                                       .code = lime_value(row, "code"),
                                       .scale = lime_number(row, "scale_id", 0),
                                       .order = lime_number(row, "sortorder", 0) };
        if (number[0] != '\0')
            making_give_all(making, &making->answer_texts, number, "answer", &all[i].text);
        making_give(making, row, "answer", &all[i].text);
    }
    if (all == NULL)
        return;
    qsort(all, rows->count, sizeof *all, compare_code);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (count > 0 && compare_code(&all[count - 1], &all[i]) == 0)
            add_texts(&all[count - 1].text, &all[i].text);
        else
            all[count++] = all[i];
    qsort(all, count, sizeof *all, compare_answer);
    making->all_answers = all;
    making->answer_count = count;
}

static void give_subquestions(struct making *making, struct lime_question *question)
{
    size_t low = 0;
    size_t high = making->subquestion_count;
    const struct lime_subquestion *all = making->all_subquestions;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(all[middle].parent, question->qid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (high < making->subquestion_count && strcmp(all[high].parent, question->qid) == 0)
        high++;
    question->subquestions = &all[low];
    question->subquestion_count = high - low;
    making->survey->subquestion_count += high - low;
}

static void give_answers(struct making *making, struct lime_question *question)
{
    size_t low = 0;
    size_t high = making->answer_count;
    const struct lime_answer *all = making->all_answers;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(all[middle].qid, question->qid) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (high < making->answer_count && strcmp(all[high].qid, question->qid) == 0)
        high++;
    question->answers = &all[low];
    question->answer_count = high - low;
    making->survey->answer_count += high - low;
}

static void make_attributes(struct making *making, struct lime_question *question)
{
    size_t first;
    size_t count = lime_rows(&making->attributes, question->qid, &first);
    struct lime_attribute *all = making_new(making, count, sizeof *all);
    for (size_t i = 0; all != NULL && i < count; i++) {
        const struct lime_row *row = making->attributes.rows[first + i];
        all[i] = (struct lime_attribute){ lime_value(row, "attribute"), lime_value(row, "value"),
                                          lime_value(row, "language") };
    }
    question->attributes = all;
    question->attribute_count = all != NULL ? count : 0;
}

static void make_conditions(struct making *making, struct lime_question *question)
{
    size_t first;
    size_t count = lime_rows(&making->conditions, question->qid, &first);
    struct lime_condition *all = making_new(making, count, sizeof *all);
    for (size_t i = 0; all != NULL && i < count; i++) {
        const struct lime_row *row = making->conditions.rows[first + i];
        all[i] =
            (struct lime_condition){ lime_value(row, "cqid"), lime_value(row, "cfieldname"), lime_value(row, "method"),
                                     lime_value(row, "value"), lime_number(row, "scenario", 1) };
    }
    question->conditions = all;
    question->condition_count = all != NULL ? count : 0;
}

/* The default of the base language: a form has one for all. */
static void make_defaults(struct making *making, struct lime_question *question)
{
    size_t first;
    size_t count = lime_rows(&making->defaults, question->qid, &first);
    struct lime_default *all = making_new(making, count, sizeof *all);
    for (size_t i = 0; all != NULL && i < count; i++) {
        const struct lime_row *row = making->defaults.rows[first + i];
        struct text text = { 0 };
        making_give_all(making, &making->default_texts, lime_value(row, "dvid"), "defaultvalue", &text);
        making_give(making, row, "defaultvalue", &text);
        if (text.in[0] != NULL)
            all[question->default_count++] =
                (struct lime_default){ lime_value(row, "sqid"), lime_value(row, "specialtype"), text.in[0] };
    }
    question->defaults = all;
}

static void make_question(struct making *making, const struct lime_row *row, struct lime_question *question)
{
    const char *type = lime_value(row, "type");
    *question = (struct lime_question){ .qid = lime_value(row, "qid"),
                                        .gid = lime_value(row, "gid"),
                                        .code = lime_value(row, "title"),
                                        .relevance = lime_value(row, "relevance"),
                                        .pattern = lime_value(row, "preg"),
                                        .type = type[0],
                                        .other = strcmp(lime_value(row, "other"), "Y") == 0,
                                        .mandatory = strchr("YS", lime_value(row, "mandatory")[0]) != NULL &&
                                                     lime_value(row, "mandatory")[0] != '\0',
                                        .order = lime_number(row, "question_order", 0) };
    making_give_all(making, &making->question_texts, question->qid, "question", &question->text);
    making_give_all(making, &making->question_texts, question->qid, "help", &question->help);
    making_give_all(making, &making->questions, question->qid, "question", &question->text);
    making_give_all(making, &making->questions, question->qid, "help", &question->help);
    struct text script = { 0 };
    making_give_all(making, &making->question_texts, question->qid, "script", &script);
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++)
        question->script = question->script || script.in[i] != NULL;
    give_subquestions(making, question);
    give_answers(making, question);
    make_attributes(making, question);
    make_conditions(making, question);
    make_defaults(making, question);
}

static int compare_question(const void *left, const void *right)
{
    const struct lime_question *a = left;
    const struct lime_question *b = right;
    int order = strcmp(a->gid, b->gid);
    if (order != 0)
        return order;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return strcmp(a->code, b->code);
}

/* Questions of older files may carry their subquestions in the same table. */
static bool is_question(const struct lime_row *row)
{
    const char *parent = lime_value(row, "parent_qid");
    return parent[0] == '\0' || strcmp(parent, "0") == 0;
}

struct lime_question *making_questions(struct making *making)
{
    make_subquestions(making);
    make_answers(making);
    if (making->status != STATUS_OK)
        return NULL;
    const struct lime_sorted *rows = &making->questions;
    struct lime_question *all = making_new(making, rows->count, sizeof *all);
    struct lime_survey *survey = making->survey;
    for (size_t i = 0; all != NULL && i < rows->count && making->status == STATUS_OK; i++)
        if ((i == 0 || strcmp(rows->keys[i], rows->keys[i - 1]) != 0) && is_question(rows->rows[i])) {
            if (survey->question_count == FORM_ITEM_MAX)
                making->status =
                    FAIL(making->fail, STATUS_LIMIT, N_("There are more than %d questions."), (int)FORM_ITEM_MAX);
            else
                make_question(making, rows->rows[i], &all[survey->question_count++]);
        }
    if (all != NULL)
        qsort(all, survey->question_count, sizeof *all, compare_question);
    return all;
}

/* Tables of LimeSurvey to groups, questions, subquestions and answers.
 *
 * Up to version 349 of the database a question, group or answer has one row per language; later ones keep the texts in
 * question_l10ns, group_l10ns, answer_l10ns. Both are read the same way: rows with the same number are one thing, and
 * whatever row carries a text gives it. */
#include "forms/limesurvey_make.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"

static void add_language(struct lime_survey *survey, const char *code)
{
    if (code[0] == '\0' || lime_language(survey, code) >= 0)
        return;
    if (survey->language_count < FORM_LANGUAGE_MAX && form_code_fits(code))
        survey->languages[survey->language_count++] = code;
    else
        survey->language_dropped++;
}

/* The base language is that of the survey; a group or a question alone names it last. */
static void find_languages(struct making *making)
{
    struct lime_survey *survey = making->survey;
    const struct lime_document *document = survey->document;
    if (survey->settings != NULL)
        add_language(survey, lime_value(survey->settings, "language"));
    else if (document->language_count > 0)
        add_language(survey, document->languages[document->language_count - 1]);
    const char *more = survey->settings != NULL ? lime_value(survey->settings, "additional_languages") : "";
    while (*more != '\0') {
        more += strspn(more, " ");
        size_t length = strcspn(more, " ");
        char *code = making_new(making, length + 1, 1);
        if (code == NULL)
            return;
        memcpy(code, more, length);
        add_language(survey, code);
        more += length;
    }
    for (size_t i = 0; i < document->language_count; i++)
        add_language(survey, document->languages[i]);
    if (survey->language_count == 0)
        add_language(survey, "en");
}

static int compare_group(const void *left, const void *right)
{
    const struct lime_group *a = left;
    const struct lime_group *b = right;
    if (a->order != b->order)
        return a->order < b->order ? -1 : 1;
    return strcmp(a->gid, b->gid);
}

static void make_group(struct making *making, const struct lime_row *row, const char *gid, struct lime_group *group)
{
    *group = (struct lime_group){ .gid = gid,
                                  .relevance = row != NULL ? lime_value(row, "grelevance") : "",
                                  .random = row != NULL ? lime_value(row, "randomization_group") : "",
                                  .order = row != NULL ? lime_number(row, "group_order", 0) : 0 };
    making_give_all(making, &making->group_texts, gid, "group_name", &group->name);
    making_give_all(making, &making->group_texts, gid, "description", &group->description);
    making_give_all(making, &making->groups, gid, "group_name", &group->name);
    making_give_all(making, &making->groups, gid, "description", &group->description);
}

/* Groups of the table; a file of one question has none: its questions make one. */
static void make_groups(struct making *making, const struct lime_question *questions)
{
    struct lime_survey *survey = making->survey;
    const struct lime_sorted *rows = &making->groups;
    struct lime_group *all = making_new(making, rows->count + 1, sizeof *all);
    if (all == NULL || questions == NULL)
        return;
    for (size_t i = 0; i < rows->count && survey->group_count < FORM_ITEM_MAX; i++)
        if (i == 0 || strcmp(rows->keys[i], rows->keys[i - 1]) != 0)
            make_group(making, rows->rows[i], rows->keys[i], &all[survey->group_count++]);
    if (survey->group_count == 0 && survey->question_count > 0)
        make_group(making, NULL, questions[0].gid, &all[survey->group_count++]);
    /* Both are in the order of gid here. */
    size_t question = 0;
    for (size_t i = 0; i < survey->group_count; i++) {
        while (question < survey->question_count && strcmp(questions[question].gid, all[i].gid) < 0)
            question++;
        all[i].questions = &questions[question];
        while (question < survey->question_count && strcmp(questions[question].gid, all[i].gid) == 0) {
            question++;
            all[i].question_count++;
        }
    }
    qsort(all, survey->group_count, sizeof *all, compare_group);
    survey->groups = all;
}

static void read_texts(struct making *making)
{
    struct lime_survey *survey = making->survey;
    const struct lime_table *table = lime_table(survey->document, "surveys_languagesettings");
    static const char *const columns[] = { "surveyls_title", "surveyls_description", "surveyls_welcometext",
                                           "surveyls_endtext", "surveyls_policy_notice" };
    struct text *const texts[] = { &survey->title, &survey->description, &survey->welcome, &survey->end,
                                   &survey->policy };
    for (const struct lime_row *row = table != NULL ? table->first : NULL; row != NULL; row = row->next) {
        int language = lime_language(survey, lime_value(row, "surveyls_language"));
        for (size_t i = 0; language >= 0 && i < COUNT(columns); i++)
            if (lime_value(row, columns[i])[0] != '\0')
                texts[i]->in[language] = lime_value(row, columns[i]);
    }
}

enum status lime_survey_read(struct arena *arena, const struct lime_document *document, struct lime_survey *survey,
                             struct fail *fail)
{
    *survey = (struct lime_survey){ .document = document, .sid = "" };
    struct making making = { .arena = arena, .survey = survey, .fail = fail };
    const struct sorting {
        struct lime_sorted *sorted;
        const char *table, *column;
    } sortings[] = {
        { &making.questions, "questions", "qid" },
        { &making.subquestions, "subquestions", "qid" },
        { &making.question_texts, "question_l10ns", "qid" },
        { &making.groups, "groups", "gid" },
        { &making.group_texts, "group_l10ns", "gid" },
        { &making.answers, "answers", "qid" },
        { &making.answer_texts, "answer_l10ns", "aid" },
        { &making.attributes, "question_attributes", "qid" },
        { &making.conditions, "conditions", "qid" },
        { &making.defaults, "defaultvalues", "qid" },
        { &making.default_texts, "defaultvalue_l10ns", "dvid" },
    };
    for (size_t i = 0; i < COUNT(sortings) && making.status == STATUS_OK; i++)
        making.status = lime_sort(arena, document, sortings[i].table, sortings[i].column, sortings[i].sorted, fail);
    const struct lime_table *settings = lime_table(document, "surveys");
    if (settings != NULL && settings->first != NULL) {
        survey->settings = settings->first;
        survey->sid = lime_value(settings->first, "sid");
    }
    if (making.status == STATUS_OK)
        find_languages(&making);
    if (making.status == STATUS_OK) {
        read_texts(&making);
        make_groups(&making, making_questions(&making));
    }
    return making.status;
}

const char *lime_attribute(const struct lime_question *question, const char *name)
{
    for (size_t i = 0; i < question->attribute_count; i++)
        if (strcmp(question->attributes[i].name, name) == 0 && question->attributes[i].language[0] == '\0')
            return question->attributes[i].value;
    return "";
}

void lime_attribute_text(const struct lime_survey *survey, const struct lime_question *question, const char *name,
                         struct text *text)
{
    *text = (struct text){ 0 };
    for (size_t i = 0; i < question->attribute_count; i++) {
        const struct lime_attribute *attribute = &question->attributes[i];
        int language = lime_language(survey, attribute->language);
        if (strcmp(attribute->name, name) != 0 || attribute->value[0] == '\0')
            continue;
        if (language >= 0)
            text->in[language] = attribute->value;
        else if (attribute->language[0] == '\0')
            for (size_t j = 0; j < survey->language_count; j++)
                text->in[j] = text->in[j] != NULL ? text->in[j] : attribute->value;
    }
}

bool lime_flag(const struct lime_question *question, const char *name)
{
    const char *value = lime_attribute(question, name);
    return strcmp(value, "1") == 0 || strcmp(value, "Y") == 0;
}

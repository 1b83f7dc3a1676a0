/* Private to limesurvey_survey.c and limesurvey_questions.c: the tables while a survey is made of them. */
#ifndef FORMS_LIMESURVEY_MAKE_H
#define FORMS_LIMESURVEY_MAKE_H

#include "forms/limesurvey.h"

struct making {
    struct arena *arena;
    struct lime_survey *survey;
    struct lime_sorted questions, subquestions, question_texts, groups, group_texts, answers, answer_texts;
    struct lime_sorted attributes, conditions, defaults, default_texts;
    struct lime_subquestion *all_subquestions; /* by parent, scale, order */
    size_t subquestion_count;
    struct lime_answer *all_answers; /* by qid, scale, order */
    size_t answer_count;
    struct fail *fail;
    enum status status;
};

/* Zeroed; NULL and making->status when memory is short. */
void *making_new(struct making *making, size_t count, size_t size);
/* Position of a language of the survey; -1 when it is none. */
int lime_language(const struct lime_survey *survey, const char *code);
/* The text of a column in the language of the row; the first one given stays. */
void making_give(struct making *making, const struct lime_row *row, const char *column, struct text *text);
/* The same for all rows of that key. */
void making_give_all(struct making *making, const struct lime_sorted *rows, const char *key, const char *column,
                     struct text *text);

/* All questions, by group and order; survey->question_count of them. NULL and making->status otherwise. */
struct lime_question *making_questions(struct making *making);

#endif

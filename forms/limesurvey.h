/* Private to limesurvey*.c: a LimeSurvey questionnaire as its authors see it, whatever version wrote the file.
 *
 * limesurvey_survey.c makes it from the tables; limesurvey_pages.c and limesurvey_items.c make a form from it. Texts
 * are HTML still. Not responsible for rules of the form model (form_check.h). */
#ifndef FORMS_LIMESURVEY_H
#define FORMS_LIMESURVEY_H

#include "forms/format.h"
#include "forms/limesurvey_table.h"

struct lime_attribute {
    const char *name, *value;
    const char *language; /* "" for all */
};

struct lime_answer {
    const char *qid; /* of its question */
    const char *code;
    long scale, order;
    struct text text;
};

struct lime_subquestion {
    const char *parent; /* qid of its question */
    const char *qid, *code, *relevance;
    long scale, order;
    struct text text;
};

struct lime_condition {
    const char *asked;  /* qid of the question it looks at */
    const char *field;  /* "12175X1X7A", "+12175X1X7A" for a box of a multiple choice */
    const char *method; /* "==" "!=" "<" … "RX" */
    const char *value;
    long scenario;
};

struct lime_default {
    const char *subquestion; /* qid, "" or "0" */
    const char *special;     /* "", "other" */
    const char *value;
};

struct lime_question {
    const char *qid, *gid, *code, *relevance, *pattern;
    char type;
    bool other, mandatory, script;
    long order;
    struct text text, help;
    const struct lime_attribute *attributes;
    size_t attribute_count;
    const struct lime_subquestion *subquestions; /* by scale, then order */
    size_t subquestion_count;
    const struct lime_answer *answers; /* by scale, then order */
    size_t answer_count;
    const struct lime_condition *conditions;
    size_t condition_count;
    const struct lime_default *defaults;
    size_t default_count;
};

struct lime_group {
    const char *gid, *relevance, *random;
    long order;
    struct text name, description;
    const struct lime_question *questions; /* in order */
    size_t question_count;
};

struct lime_survey {
    const struct lime_document *document;
    const char *languages[FORM_LANGUAGE_MAX]; /* LimeSurvey's codes, the base language first */
    size_t language_count, language_dropped;
    const char *sid;
    struct text title, description, welcome, end, policy;
    const struct lime_row *settings; /* the row of "surveys"; NULL in a file of a group or a question */
    const struct lime_group *groups;
    size_t group_count;
    size_t question_count, subquestion_count, answer_count; /* as LimeSurvey's own import counts them */
};

MUST_USE enum status lime_survey_read(struct arena *arena, const struct lime_document *document,
                                      struct lime_survey *survey, struct fail *fail);

/* Value of an attribute that belongs to all languages; "" when it is not set. */
const char *lime_attribute(const struct lime_question *question, const char *name);
/* Value of a translated attribute, or of the one for all languages. */
void lime_attribute_text(const struct lime_survey *survey, const struct lime_question *question, const char *name,
                         struct text *text);
bool lime_flag(const struct lime_question *question, const char *name); /* "1" or "Y" */

#endif

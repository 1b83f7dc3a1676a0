/* Settings of LimeSurvey that a form does not have: everything that differs from LimeSurvey's own default is named in
 * the report, so that nobody misses it later. Attributes a type takes over stand in its row of limesurvey_items.c. */
#include <stdio.h>
#include <string.h>

#include "forms/limesurvey_map.h"

/* Taken over for every type, or without meaning outside LimeSurvey. */
static const char taken[] = " hidden random_group array_filter array_filter_exclude em_validation_q "
                            "em_validation_q_tip em_validation_sq em_validation_sq_tip "
                            "equals_num_value min_num_value max_num_value save_as_default clear_default hide_tip "
                            "question_template statistics_showgraph statistics_showmap statistics_graphtype "
                            "public_statistics scale_export printable_survey location_mapheight location_mapwidth "
                            "slider_separator location_mapzoom location_mapservice page_break ";

/* What LimeSurvey writes for a setting nobody touched. */
static bool is_usual(const struct lime_attribute *attribute)
{
    static const struct usual {
        const char *name, *value;
    } usual[] = {
        { "answer_order", "normal" }, { "subquestion_order", "normal" }, { "assessment_value", "1" },
        { "time_limit_action", "1" }, { "display_columns", "1" },        { "show_totals", "X" },
        { "slider_handle", "0" },     { "location_country", "" },        { "encrypted", "N" },
        { "dropdown_dates", "0" },    { "choice_input_columns", "12" },  { "text_input_columns", "12" },
    };
    static const char *const nothing[] = { "", "0", "N", "inherit", "default", "core", "-1" };
    for (size_t i = 0; i < COUNT(nothing); i++)
        if (strcmp(attribute->value, nothing[i]) == 0)
            return true;
    for (size_t i = 0; i < COUNT(usual); i++)
        if (strcmp(usual[i].name, attribute->name) == 0 && strcmp(usual[i].value, attribute->value) == 0)
            return true;
    return false;
}

static bool is_named(const char *list, const char *name)
{
    char padded[128];
    snprintf(padded, sizeof padded, " %.120s ", name);
    return strstr(list, padded) != NULL;
}

static void add(struct buf *list, const char *name, const char *value)
{
    if (list->length < 300)
        buf_format(list, "%s%.60s=%.40s", list->length > 0 ? ", " : "", name, value);
    else if (list->bytes[list->length - 1] != '.')
        buf_add_string(list, ", ...");
}

void lime_attributes_left(struct lime *lime, const struct lime_question *question, const struct lime_type *type)
{
    struct buf left;
    buf_init(&left, 1000);
    for (size_t i = 0; i < question->attribute_count; i++) {
        const struct lime_attribute *attribute = &question->attributes[i];
        if (!is_usual(attribute) && !is_named(taken, attribute->name) &&
            (type == NULL || !is_named(type->taken, attribute->name)) &&
            strncmp(attribute->name, "querschnitt_", 12) != 0)
            add(&left, attribute->name, attribute->value);
    }
    if (left.length > 0)
        lime_lose(lime, NULL, N_("Settings of the question: %s."), left.bytes);
    buf_free(&left);
    /* Filters of options: rows of an array are shown and hidden, options of one question are not. */
    if (type != NULL && !type->rows &&
        (lime_attribute(question, "array_filter")[0] != '\0' ||
         lime_attribute(question, "array_filter_exclude")[0] != '\0'))
        lime_lose(lime, N_("all options are shown"), N_("Options that depend on the answers to another question."));
    if (question->pattern[0] != '\0')
        lime_lose(lime, N_("every answer is accepted"), N_("A pattern for the answer: “%.120s”."), question->pattern);
    if (question->script)
        lime_lose(lime, NULL, N_("A script of the question."));
}

static size_t rows_of(struct lime *lime, const char *name)
{
    const struct lime_table *table = lime_table(lime->survey->document, name);
    return table != NULL ? table->count : 0;
}

static void report_tables(struct lime *lime)
{
    if (rows_of(lime, "quota") > 0)
        lime_lose(lime, NULL, N_("Quotas: %zu."), rows_of(lime, "quota"));
    if (rows_of(lime, "assessments") > 0)
        lime_lose(lime, NULL, N_("Assessments: %zu."), rows_of(lime, "assessments"));
    if (rows_of(lime, "survey_urlparameters") > 0)
        lime_lose(lime, NULL, N_("Parameters of the address: %zu."), rows_of(lime, "survey_urlparameters"));
    if (rows_of(lime, "plugin_settings") > 0)
        lime_lose(lime, NULL, N_("Settings of plugins: %zu."), rows_of(lime, "plugin_settings"));
}

static void report_settings(struct lime *lime, const struct lime_row *row)
{
    static const char *const watched[] = { "datestamp",        "ipaddr",      "refurl",
                                           "savetimings",      "usecookie",   "publicgraphs",
                                           "publicstatistics", "allowsave",   "allowregister",
                                           "printanswers",     "assessments", "alloweditaftercompletion" };
    struct buf list;
    buf_init(&list, 1000);
    for (size_t i = 0; i < COUNT(watched); i++)
        if (strcmp(lime_value(row, watched[i]), "Y") == 0)
            add(&list, watched[i], "Y");
    static const char *const dates[] = { "startdate", "expires" };
    for (size_t i = 0; i < COUNT(dates); i++)
        if (lime_value(row, dates[i])[0] != '\0')
            add(&list, dates[i], lime_value(row, dates[i]));
    if (list.length > 0)
        lime_lose(lime,
                  N_("invitation, saving and deadlines belong to the wave; nobody's address, times or saved pages are "
                     "stored"),
                  N_("Settings of the survey: %s."), list.bytes);
    buf_free(&list);
    if (strcmp(lime_value(row, "anonymized"), "Y") != 0)
        lime_lose(lime, N_("answers are never joined with names"), N_("The survey was not set to anonymous answers."));
    if (strcmp(lime_value(row, "format"), "S") == 0 || strcmp(lime_value(row, "format"), "A") == 0)
        lime_lose(lime, N_("a page for each group"), N_("One question a page, or all on one page."));
}

void lime_settings_left(struct lime *lime)
{
    const struct lime_survey *survey = lime->survey;
    const struct lime_table *texts = lime_table(survey->document, "surveys_languagesettings");
    if (survey->language_dropped > 0)
        lime_lose(lime, NULL, N_("Languages beyond the first %d: %zu."), (int)FORM_LANGUAGE_MAX,
                  survey->language_dropped);
    if (survey->settings != NULL)
        report_settings(lime, survey->settings);
    for (const struct lime_row *row = texts != NULL ? texts->first : NULL; row != NULL; row = row->next)
        if (lime_value(row, "surveyls_url")[0] != '\0') {
            lime_lose(lime, N_("the closing page"), N_("The address to go to at the end: %.120s"),
                      lime_value(row, "surveyls_url"));
            break;
        }
    report_tables(lime);
    if (texts != NULL && texts->first != NULL && lime_value(texts->first, "surveyls_email_invite")[0] != '\0')
        lime_lose(lime, N_("the program's own letters and mails"), N_("The texts of the invitation mails."));
    if (lime->mandatory > 0)
        lime_lose(lime, N_("asked once more when left out, then skipped"), N_("Questions that must be answered: %zu."),
                  lime->mandatory);
    if (lime->texts > 0)
        lime_lose(lime, N_("switched off until the form says “free_text: yes”"),
                  N_("Free texts: %zu. They could name people."), lime->texts);
    if (lime->formats > 0)
        lime_lose(lime, N_("the same words as plain text"),
                  N_("Questions with italics, colours or sizes of letters: %zu."), lime->formats);
}

/* A form as a LimeSurvey survey (.lss) that LimeSurvey 6 imports.
 *
 * What LimeSurvey cannot do is kept in attributes (limesurvey_native.h), and said. Not responsible for the layout
 * (limesurvey_layout.c). */
#include "forms/limesurvey_write.h"

#include <stdio.h>
#include <string.h>

#include "forms/qtype.h"

#define SURVEY "471100" /* LimeSurvey gives another number when it has one of that already */

static void write_head(struct layout *layout)
{
    const struct form *form = layout->form;
    buf_add_string(layout->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document>\n"
                                " <LimeSurveyDocType>Survey</LimeSurveyDocType>\n <DBVersion>600</DBVersion>\n"
                                " <languages>\n");
    for (size_t i = form->language_count; i > 0; i--)
        buf_format(layout->out, "  <language>%s</language>\n", put_language(form->languages[i - 1]));
    buf_add_string(layout->out, " </languages>\n");
}

static void write_answers(struct layout *layout)
{
    static const char *const fields[] = { "aid", "qid", "code", "sortorder", "assessment_value", "scale_id", NULL };
    static const char *const texts[] = { "id", "aid", "answer", "language", NULL };
    const struct form *form = layout->form;
    put_table_open(layout, "answers", fields);
    for (size_t i = 0; i < layout->count; i++)
        for (size_t j = 0; j < put_answer_count(layout, &layout->puts[i]); j++) {
            put_row_open(layout);
            put_number(layout, "aid", layout->puts[i].answer_first + j);
            put_number(layout, "qid", i + 1);
            put_field(layout, "code", layout->options[layout->puts[i].item][j].text);
            put_number(layout, "sortorder", j + 1);
            put_field(layout, "assessment_value", "0");
            put_field(layout, "scale_id", "0");
            put_row_close(layout);
        }
    put_table_close(layout, "answers");
    put_table_open(layout, "answer_l10ns", texts);
    size_t number = 1;
    for (size_t i = 0; i < layout->count; i++)
        for (size_t j = 0; j < put_answer_count(layout, &layout->puts[i]); j++)
            for (size_t k = 0; k < form->language_count; k++) {
                put_row_open(layout);
                put_number(layout, "id", number++);
                put_number(layout, "aid", layout->puts[i].answer_first + j);
                put_html(layout, "answer", form->items[layout->puts[i].item].options[j].label.in[k], PUT_LINE);
                put_field(layout, "language", put_language(form->languages[k]));
                put_row_close(layout);
            }
    put_table_close(layout, "answer_l10ns");
}

static void write_groups(struct layout *layout)
{
    static const char *const fields[] = { "gid", "sid", "group_order", "randomization_group", "grelevance", NULL };
    static const char *const texts[] = { "id", "gid", "group_name", "description", "language", NULL };
    const struct form *form = layout->form;
    put_table_open(layout, "groups", fields);
    for (size_t i = 0; i < form->page_count; i++) {
        put_row_open(layout);
        put_number(layout, "gid", i + 1);
        put_field(layout, "sid", SURVEY);
        put_number(layout, "group_order", i + 1);
        put_field(layout, "randomization_group", "");
        put_field(layout, "grelevance", put_page_show_if(layout, i).theirs);
        put_row_close(layout);
    }
    put_table_close(layout, "groups");
    put_table_open(layout, "group_l10ns", texts);
    for (size_t i = 0; i < form->page_count; i++) {
        bool array = layout->puts[layout->put_of[form->pages[i].item_first]].rows > 0;
        for (size_t k = 0; k < form->language_count; k++) {
            put_row_open(layout);
            put_number(layout, "id", i * form->language_count + k + 1);
            put_number(layout, "gid", i + 1);
            put_html(layout, "group_name", form->pages[i].title.in[k], PUT_LINE_PIPED);
            /* The introduction of an array is its question. */
            put_html(layout, "description", array ? NULL : form->pages[i].intro.in[k], PUT_PARAGRAPHS_PIPED);
            put_field(layout, "language", put_language(form->languages[k]));
            put_row_close(layout);
        }
    }
    put_table_close(layout, "group_l10ns");
}

static const char *const question_fields[] = { "qid",          "parent_qid",     "sid",
                                               "gid",          "type",           "title",
                                               "preg",         "other",          "mandatory",
                                               "encrypted",    "question_order", "scale_id",
                                               "same_default", "relevance",      "question_theme_name",
                                               "modulename",   "same_script",    NULL };

static void write_question(struct layout *layout, size_t number, size_t parent, const struct put *put, const char *code,
                           size_t order, const char *relevance)
{
    const struct item *item = &layout->form->items[put->item];
    bool asked = parent == 0 && item->required && item->type->kind != QTYPE_NONE;
    char type[2] = { parent == 0 ? put->type->type : 'T', '\0' };
    put_row_open(layout);
    put_number(layout, "qid", number);
    put_number(layout, "parent_qid", parent);
    put_field(layout, "sid", SURVEY);
    put_number(layout, "gid", put->page + 1);
    put_field(layout, "type", type);
    put_field(layout, "title", code);
    put_field(layout, "preg", "");
    put_field(layout, "other", "N");
    put_field(layout, "mandatory", asked ? "Y" : "N");
    put_field(layout, "encrypted", "N");
    put_number(layout, "question_order", order);
    put_field(layout, "scale_id", "0");
    put_field(layout, "same_default", "1");
    put_field(layout, "relevance", relevance);
    put_field(layout, "question_theme_name", parent == 0 ? put->type->theme : "");
    put_field(layout, "modulename", "");
    put_field(layout, "same_script", "0");
    put_row_close(layout);
}

static const char *row_code(const struct layout *layout, const struct put *put, size_t row)
{
    if (put->rows > 0)
        return layout->rows[put->item + row].text;
    return put->type->subquestions ? layout->options[put->item][row].text : "1";
}

static void write_questions(struct layout *layout)
{
    put_table_open(layout, "questions", question_fields);
    for (size_t i = 0; i < layout->count; i++) {
        const struct put *put = &layout->puts[i];
        write_question(layout, i + 1, 0, put, put->code.text, i + 1,
                       put->rows > 0 ? "1" : put_show_if(layout, put->item).theirs);
    }
    put_table_close(layout, "questions");
    put_table_open(layout, "subquestions", question_fields);
    for (size_t i = 0; i < layout->count; i++) {
        const struct put *put = &layout->puts[i];
        for (size_t j = 0; j < put_row_count(layout, put); j++)
            write_question(layout, put->row_first + j, i + 1, put, row_code(layout, put, j), j + 1,
                           put->rows > 0 ? put_show_if(layout, put->item + j).theirs : "1");
    }
    put_table_close(layout, "subquestions");
}

static void write_text(struct layout *layout, size_t *id, size_t question, size_t language, const char *text,
                       enum put_text kind, const char *help)
{
    put_row_open(layout);
    put_number(layout, "id", (*id)++);
    put_number(layout, "qid", question);
    put_html(layout, "question", text, kind);
    put_html(layout, "help", help, PUT_LINE_PIPED);
    put_field(layout, "script", "");
    put_field(layout, "language", put_language(layout->form->languages[language]));
    put_row_close(layout);
}

static const char *question_text(const struct layout *layout, const struct put *put, size_t language)
{
    return put->rows > 0 ? layout->form->pages[put->page].intro.in[language]
                         : layout->form->items[put->item].label.in[language];
}

/* Rows of an array are items, those of a multiple choice options; the one row of a slider has no text. */
static const char *row_text(const struct layout *layout, const struct put *put, size_t row, size_t language)
{
    const struct item *item = &layout->form->items[put->item];
    if (put->rows > 0)
        return item[row].label.in[language];
    return put->type->subquestions ? item->options[row].label.in[language] : NULL;
}

static void write_texts(struct layout *layout)
{
    static const char *const fields[] = { "id", "qid", "question", "help", "script", "language", NULL };
    size_t id = 1;
    put_table_open(layout, "question_l10ns", fields);
    for (size_t i = 0; i < layout->count; i++) {
        const struct put *put = &layout->puts[i];
        enum put_text kind = put->rows > 0 || put->type->type == 'X' ? PUT_PARAGRAPHS_PIPED : PUT_LINE_PIPED;
        for (size_t k = 0; k < layout->form->language_count; k++) {
            write_text(layout, &id, i + 1, k, question_text(layout, put, k), kind,
                       put->rows > 0 ? NULL : layout->form->items[put->item].hint.in[k]);
            for (size_t j = 0; j < put_row_count(layout, put); j++)
                write_text(layout, &id, put->row_first + j, k, row_text(layout, put, j, k),
                           put->rows > 0 ? PUT_LINE_PIPED : PUT_LINE, NULL);
        }
    }
    put_table_close(layout, "question_l10ns");
}

/* "\"2\"", "[\"a\",\"c\"]" or "5": whether it names the option. */
static bool names(const char *initial, const char *code)
{
    char quoted[FORM_CODE_MAX + 3];
    snprintf(quoted, sizeof quoted, "\"%.32s\"", code);
    return strstr(initial, quoted) != NULL;
}

static void write_default(struct layout *layout, size_t number, size_t question, size_t row)
{
    put_row_open(layout);
    put_number(layout, "dvid", number);
    put_number(layout, "qid", question);
    put_field(layout, "scale_id", "0");
    put_number(layout, "sqid", row);
    put_field(layout, "specialtype", "");
    put_row_close(layout);
}

static void write_default_text(struct layout *layout, size_t number, const char *value)
{
    put_row_open(layout);
    put_number(layout, "id", number);
    put_number(layout, "dvid", number);
    put_field(layout, "language", put_language(layout->form->languages[0]));
    put_field(layout, "defaultvalue", value);
    put_row_close(layout);
}

/* Both tables in one walk each; texts: the second of them. */
static void write_default_rows(struct layout *layout, bool texts)
{
    size_t number = 0;
    for (size_t i = 0; i < layout->count; i++) {
        const struct put *put = &layout->puts[i];
        const struct item *item = &layout->form->items[put->item];
        if (put->rows > 0 || item->initial == NULL || !put_default_fits(item))
            continue;
        bool plain = item->option_count == 0;
        for (size_t j = 0; j < (plain ? 1 : item->option_count); j++) {
            if (!plain && !names(item->initial, item->options[j].code))
                continue;
            number++;
            if (!texts)
                write_default(layout, number, i + 1, put->type->subquestions ? put->row_first + j : 0);
            else
                write_default_text(layout, number,
                                   plain                     ? item->initial
                                   : put->type->subquestions ? "Y"
                                                             : layout->options[put->item][j].text);
        }
    }
}

static void write_defaults(struct layout *layout)
{
    static const char *const fields[] = { "dvid", "qid", "scale_id", "sqid", "specialtype", NULL };
    static const char *const texts[] = { "id", "dvid", "language", "defaultvalue", NULL };
    put_table_open(layout, "defaultvalues", fields);
    write_default_rows(layout, false);
    put_table_close(layout, "defaultvalues");
    put_table_open(layout, "defaultvalue_l10ns", texts);
    write_default_rows(layout, true);
    put_table_close(layout, "defaultvalue_l10ns");
}

static void write_survey(struct layout *layout)
{
    static const char *const fields[] = {
        "sid",       "gsid",        "admin",       "adminemail",   "anonymized",
        "format",    "savetimings", "template",    "language",     "additional_languages",
        "datestamp", "usecookie",   "allowsave",   "allowprev",    "ipaddr",
        "refurl",    "assessments", "showwelcome", "shownoanswer", NULL
    };
    static const char *const values[] = { SURVEY, "1", "inherit", "inherit", "Y", "G", "N", "inherit", NULL, NULL,
                                          "N",    "N", "N",       "Y",       "N", "N", "N", "Y",       "Y" };
    const struct form *form = layout->form;
    struct buf more;
    buf_init(&more, 1000);
    for (size_t i = 1; i < form->language_count; i++)
        buf_format(&more, "%s%s", i > 1 ? " " : "", put_language(form->languages[i]));
    put_table_open(layout, "surveys", fields);
    put_row_open(layout);
    for (size_t i = 0; fields[i] != NULL; i++)
        put_field(layout, fields[i],
                  strcmp(fields[i], "language") == 0               ? put_language(form->languages[0])
                  : strcmp(fields[i], "additional_languages") == 0 ? more.bytes
                                                                   : values[i]);
    put_row_close(layout);
    put_table_close(layout, "surveys");
    buf_free(&more);
}

static void write_notice(struct layout *layout, const char *field, const char *id, size_t language)
{
    const struct notice *notice = form_notice(layout->form, id);
    put_html(layout, field, notice != NULL ? notice->body.in[language] : NULL, PUT_PARAGRAPHS);
}

static void write_settings(struct layout *layout)
{
    static const char *const fields[] = { "surveyls_survey_id",     "surveyls_language",
                                          "surveyls_title",         "surveyls_description",
                                          "surveyls_welcometext",   "surveyls_endtext",
                                          "surveyls_policy_notice", "surveyls_dateformat",
                                          "surveyls_numberformat",  NULL };
    const struct form *form = layout->form;
    put_table_open(layout, "surveys_languagesettings", fields);
    for (size_t i = 0; i < form->language_count; i++) {
        put_row_open(layout);
        put_field(layout, "surveyls_survey_id", SURVEY);
        put_field(layout, "surveyls_language", put_language(form->languages[i]));
        put_html(layout, "surveyls_title", form->title.in[i], PUT_LINE);
        put_field(layout, "surveyls_description", "");
        write_notice(layout, "surveyls_welcometext", "welcome", i);
        write_notice(layout, "surveyls_endtext", "closing", i);
        write_notice(layout, "surveyls_policy_notice", "privacy", i);
        put_field(layout, "surveyls_dateformat", "1");
        put_field(layout, "surveyls_numberformat", "0");
        put_row_close(layout);
    }
    put_table_close(layout, "surveys_languagesettings");
}

static void report(struct layout *layout)
{
    const struct form *form = layout->form;
    const char *kept = N_("kept in the file for the way back; LimeSurvey does not know it");
    const char *wordless = N_("A condition, a check or a value LimeSurvey has no words for.");
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        bool marked = false;
        for (size_t j = 0; j < item->option_count; j++)
            marked = marked || item->options[j].not_with != 0;
        if ((item->show_if != NULL && strcmp(put_show_if(layout, i).theirs, "1") == 0) ||
            (item->valid_if != NULL && put_valid_if(layout, i).theirs[0] == '\0') ||
            (item->value != NULL && put_value(layout, i).theirs[0] == '\0'))
            layout_lose(layout, item->id, kept, wordless);
        if (item->detached && item->type->kind != QTYPE_TEXT)
            layout_lose(layout, item->id, kept, N_("The answer is stored apart from all others."));
        if (marked)
            layout_lose(layout, item->id, kept, N_("Options that exclude each other."));
        if (item->options_from != NULL)
            layout_lose(layout, item->id, kept, N_("Options that come from the city's list."));
        if (strcmp(item->type->id, "date") == 0 && item->grain == DATE_QUARTER)
            layout_lose(layout, item->id, N_("the month"), N_("Quarters of a year."));
    }
    for (size_t i = 0; i < form->page_count; i++) {
        const struct page *page = &form->pages[i];
        if (page->show_if != NULL && strcmp(put_page_show_if(layout, i).theirs, "1") == 0)
            layout_lose(layout, page->id, kept, wordless);
        if (page->rotate > 0)
            layout_lose(layout, page->id, kept, N_("Only some of the questions, drawn at random."));
    }
    if (layout->controls)
        layout_lose(layout, form->id, NULL, N_("control characters in texts"));
    if (form->scale_count > 0)
        layout_lose(layout, form->id, kept, N_("Scales."));
}

enum status limesurvey_write(const struct form *form, const struct form_hooks *hooks, struct buf *out,
                             struct fail *fail)
{
    struct arena arena;
    arena_init(&arena, 256 << 20);
    struct layout layout = { .form = form, .hooks = hooks, .arena = &arena, .out = out };
    layout.ui = fail != NULL ? fail->language : NULL;
    enum status status = layout_make(&layout, fail);
    if (status != STATUS_OK)
        goto done;
    write_head(&layout);
    write_answers(&layout);
    write_defaults(&layout);
    write_groups(&layout);
    write_questions(&layout);
    write_texts(&layout);
    put_attributes(&layout);
    write_survey(&layout);
    write_settings(&layout);
    buf_add_string(out, "</document>\n");
    report(&layout);
    status = layout.failed ? FAIL(fail, STATUS_MEMORY, "out of memory") : buf_status(out, "LimeSurvey", fail);
done:
    arena_free(&arena);
    return status;
}

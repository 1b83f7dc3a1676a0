/* LimeSurvey files: counts of the tables against LimeSurvey's own import, and what becomes of them. */
#include "forms_fixture.h"

#include <stdio.h>

#include "forms/limesurvey.h"

#define REFERENCE SOURCE_DIR "/../shared/reference/forms/"

struct opened {
    struct buf bytes;
    struct arena arena;
    struct lime_document document;
    struct lime_survey survey;
};

static void open_survey(struct opened *opened, const char *path)
{
    struct fail fail = { 0 };
    buf_init(&opened->bytes, LIME_LENGTH_MAX);
    arena_init(&opened->arena, 64 << 20);
    if (buf_read_file(&opened->bytes, path, &fail) != STATUS_OK ||
        lime_document_read(&opened->arena, path, opened->bytes.bytes, opened->bytes.length, &opened->document, &fail) !=
            STATUS_OK ||
        lime_survey_read(&opened->arena, &opened->document, &opened->survey, &fail) != STATUS_OK)
        fail_msg("%s: %s", path, fail.what);
}

static void close_survey(struct opened *opened)
{
    arena_free(&opened->arena);
    buf_free(&opened->bytes);
}

/* "… LimeSurvey 6.4.2 imports: groups=1 questions=2 subquestions=0 answers=0" behind the name of the file. */
static void check_line(char *line, size_t *checked)
{
    const char *verdict = strstr(line, "groups=");
    char path[512];
    size_t groups, questions, subquestions, answers;
    if (strncmp(line, "lss/", 4) != 0 || verdict == NULL ||
        sscanf(verdict, "groups=%zu questions=%zu subquestions=%zu answers=%zu", &groups, &questions, &subquestions,
               &answers) != 4)
        return;
    struct opened opened;
    line[strcspn(line, "\t")] = '\0';
    snprintf(path, sizeof path, REFERENCE "%s", line);
    open_survey(&opened, path);
    if (opened.survey.group_count != groups || opened.survey.question_count != questions ||
        opened.survey.subquestion_count != subquestions || opened.survey.answer_count != answers)
        fail_msg("%s: groups=%zu questions=%zu subquestions=%zu answers=%zu", line, opened.survey.group_count,
                 opened.survey.question_count, opened.survey.subquestion_count, opened.survey.answer_count);
    close_survey(&opened);
    (*checked)++;
}

/* Where the reference files are not there, our own samples below remain. */
static void check_reference(void **state)
{
    (void)state;
    struct buf index;
    size_t checked = 0;
    buf_init(&index, 1 << 20);
    if (buf_read_file(&index, REFERENCE "index.tsv", NULL) == STATUS_OK) {
        for (char *line = strtok(index.bytes, "\n"); line != NULL; line = strtok(NULL, "\n"))
            check_line(line, &checked);
        assert_true(checked > 20);
    }
    buf_free(&index);
}

static void check_versions(void **state)
{
    (void)state;
    struct opened opened;
    open_survey(&opened, SOURCE_DIR "/tests/data/forms/canteen.lss");
    const struct lime_survey *survey = &opened.survey;
    assert_int_equal(survey->group_count, 3);
    assert_int_equal(survey->question_count, 18);
    assert_int_equal(survey->subquestion_count, 19);
    assert_int_equal(survey->answer_count, 13);
    assert_int_equal(survey->language_count, 2);
    assert_string_equal(survey->languages[0], "de");
    assert_string_equal(survey->groups[0].name.in[1], "Food");
    assert_string_equal(survey->groups[0].questions[0].answers[2].text.in[1], "never");
    close_survey(&opened);
    open_survey(&opened, SOURCE_DIR "/tests/data/forms/canteen_old.lss");
    assert_int_equal(survey->group_count, 1);
    assert_int_equal(survey->question_count, 7);
    assert_int_equal(survey->subquestion_count, 6);
    assert_int_equal(survey->answer_count, 5);
    assert_string_equal(survey->groups[0].questions[1].subquestions[2].text.in[1], "bicycle");
    close_survey(&opened);
    open_survey(&opened, SOURCE_DIR "/tests/data/forms/alone.lsq");
    assert_int_equal(survey->group_count, 1);
    assert_int_equal(survey->question_count, 1);
    close_survey(&opened);
}

static struct refused_case {
    const char *name, *text, *says;
    enum status status;
} refused[] = {
    { "no XML", "form: a\n", "", STATUS_INPUT },
    { "another document", "<html/>", "<document>", STATUS_INPUT },
    { "no questions", "<document><DBVersion>640</DBVersion></document>", "no table", STATUS_INPUT },
    { "an entity bomb", "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><document>&b;</document>", "",
      STATUS_INPUT },
};

static void check_refused(void **state)
{
    const struct refused_case *row = *state;
    struct arena arena;
    struct lime_document document;
    struct fail fail = { 0 };
    arena_init(&arena, 8 << 20);
    assert_int_equal(lime_document_read(&arena, "a.lss", row->text, strlen(row->text), &document, &fail), row->status);
    assert_non_null(strstr(fail.what, row->says));
    arena_free(&arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(refused) + 2];
    for (size_t i = 0; i < COUNT(refused); i++)
        tests[i] = (struct CMUnitTest){ refused[i].name, check_refused, NULL, NULL, &refused[i] };
    tests[COUNT(refused)] = (struct CMUnitTest){ "counts of LimeSurvey's import", check_reference, NULL, NULL, NULL };
    tests[COUNT(refused) + 1] = (struct CMUnitTest){ "old and new tables", check_versions, NULL, NULL, NULL };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

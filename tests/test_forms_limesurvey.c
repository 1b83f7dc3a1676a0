/* LimeSurvey files: counts of the tables against LimeSurvey's own import, and what becomes of them. */
#include "forms_fixture.h"

#include <stdio.h>

#include "forms/form_check.h"
#include "forms/format.h"
#include "forms/limesurvey.h"
#include "forms/qtype.h"

#define REFERENCE SOURCE_DIR "/../shared/reference/forms/"

extern const struct format format_limesurvey;

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

/* What is lost, one line each: "where: what [instead]". */
static void collect(void *context, const char *where, const char *what, const char *instead)
{
    assert_non_null(where);
    buf_format(context, "%s: %s [%s]\n", where, what, instead != NULL ? instead : "");
}

static void refuse_finding(void *context, const struct form_finding *finding)
{
    if (finding->kind == FINDING_FAULT)
        fail_msg("%s: %s: %s", (const char *)context, finding->where, finding->message);
}

/* Reads a file into a form without a fault. lost: cleared, then what was lost. */
static const struct form *import(struct arena *arena, const char *path, struct buf *lost)
{
    struct buf bytes;
    struct fail fail = { 0 };
    const struct form *form = NULL;
    char context[512];
    snprintf(context, sizeof context, "%s", path);
    buf_init(&bytes, LIME_LENGTH_MAX);
    buf_clear(lost);
    buf_add_string(lost, "");
    const struct form_hooks hooks = { .lost = collect, .context = lost };
    if (buf_read_file(&bytes, path, &fail) != STATUS_OK ||
        format_limesurvey.read(arena, path, bytes.bytes, bytes.length, &form, &hooks, &fail) != STATUS_OK)
        fail_msg("%s: %s", path, fail.what);
    buf_free(&bytes);
    form_check(form, refuse_finding, context, NULL, NULL);
    return form;
}

/* Every file of the reference becomes a form without a fault. */
static void check_reference_forms(void **state)
{
    (void)state;
    struct buf index;
    struct buf lost;
    buf_init(&index, 1 << 20);
    buf_init(&lost, 1 << 20);
    if (buf_read_file(&index, REFERENCE "index.tsv", NULL) == STATUS_OK)
        for (char *line = strtok(index.bytes, "\n"); line != NULL; line = strtok(NULL, "\n")) {
            struct arena arena;
            char path[512];
            if (strncmp(line, "lss/", 4) != 0)
                continue;
            line[strcspn(line, "\t")] = '\0';
            snprintf(path, sizeof path, REFERENCE "%s", line);
            arena_init(&arena, 64 << 20);
            assert_true(import(&arena, path, &lost)->item_count > 0);
            arena_free(&arena);
        }
    buf_free(&index);
    buf_free(&lost);
}

static struct item_case {
    const char *file, *id, *type, *label;
    size_t options;
    bool required, off;
} items[] = {
    { "canteen.lss", "often", "single", "Wie oft essen Sie in der Kantine?", 4, true, false },
    { "canteen.lss", "often_other", "text", "anders", 0, false, true },
    { "canteen.lss", "missing", "multiple", "Was fehlt?", 3, false, false },
    { "canteen.lss", "cost", "number", "Was darf ein Essen kosten?", 0, false, false },
    { "canteen.lss", "hint1", "note", "Sie sagten {often}.\n\nDanke …!", 0, false, false },
    { "canteen.lss", "rank", "ranking", "Was ist wichtig?", 3, false, false },
    { "canteen.lss", "judge_s2", "scale", "Es ist laut.", 3, false, false },
    { "canteen.lss", "dual_w2_0", "scale", "Ruhe", 2, false, false },
    { "canteen.lss", "dual_w2_1", "scale", "Ruhe", 2, false, false },
    { "canteen.lss", "again", "yesno", "Kommen Sie wieder?", 2, false, false },
    { "canteen.lss", "share", "sum", "Teilen Sie 100 Punkte auf.", 2, false, false },
    { "canteen.lss", "slide_z", "slider", "Wie zufrieden?", 0, false, false },
    { "canteen.lss", "since", "date", "Seit wann?", 0, false, false },
    { "canteen.lss", "comment", "text", "Anmerkungen?", 0, false, true },
    { "canteen.lss", "parts", "multiple", "Was noch?", 2, false, false },
    { "canteen.lss", "five", "scale", "Schulnote?", 5, false, false },
    { "canteen.lss", "grid_l", "multiple", "spät", 2, false, false },
    { "canteen.lss", "words_2", "text", "Zweites", 0, false, true },
    { "canteen_old.lss", "sex", "single", "Geschlecht?", 2, false, false },
    { "canteen_old.lss", "rate_bike", "scale", "Rad", 2, false, false },
    { "canteen_old.lss", "opinion_comment", "text", "Bemerkung", 0, false, true },
    { "canteen_old.lss", "one", "consent", "Einverstanden?", 1, false, false },
    { "alone.lsq", "alone", "single", "Allein?", 2, false, false },
};

static void check_item(void **state)
{
    const struct item_case *row = *state;
    struct arena arena;
    struct buf lost;
    char path[512];
    snprintf(path, sizeof path, SOURCE_DIR "/tests/data/forms/%s", row->file);
    arena_init(&arena, 16 << 20);
    buf_init(&lost, 1 << 20);
    const struct form *form = import(&arena, path, &lost);
    const struct item *item = form_item(form, row->id);
    assert_non_null(item);
    assert_string_equal(item->type->id, row->type);
    assert_string_equal(item->label.in[0], row->label);
    assert_int_equal(item->option_count, row->options);
    assert_int_equal(item->required, row->required);
    assert_int_equal(item->off, row->off);
    buf_free(&lost);
    arena_free(&arena);
}

static void check_details(void **state)
{
    (void)state;
    struct arena arena;
    struct buf lost;
    arena_init(&arena, 16 << 20);
    buf_init(&lost, 1 << 20);
    const struct form *form = import(&arena, SOURCE_DIR "/tests/data/forms/canteen.lss", &lost);
    assert_string_equal(form->id, "limesurvey_4711");
    assert_string_equal(form->title.in[0], "Kantine & Pause");
    assert_string_equal(form_notice(form, "welcome")->body.in[0], "Guten Tag!\n\nEs dauert **5 Minuten**.");
    assert_string_equal(form_notice(form, "closing")->body.in[0], "Danke. Blume");
    assert_string_equal(form->pages[0].intro.in[0], "Zuerst zum **Essen**.");
    assert_true(form->pages[1].matrix && form->pages[1].shuffle);
    assert_string_equal(form->pages[1].intro.in[0], "Wie urteilen Sie?");
    assert_string_equal(form->pages[3].intro.in[0], "Wichtig und erfüllt?\n\nErfüllung");
    const struct item *often = form_item(form, "often");
    assert_string_equal(often->hint.in[0], "Ungefähr genügt.");
    assert_string_equal(often->options[1].label.in[0], "selten < 1×");
    assert_string_equal(often->initial, "\"2\"");
    const struct item *missing = form_item(form, "missing");
    assert_true(missing->options[2].exclusive && missing->shuffle && missing->choose_max == 2);
    const struct item *cost = form_item(form, "cost");
    assert_true(cost->min == 0 && cost->max == 5050 && cost->decimals == 2);
    assert_string_equal(cost->unit.in[1], "euros");
    assert_int_equal(form_item(form, "rank")->choose_max, 2);
    assert_int_equal(form_item(form, "share")->max, 100);
    assert_int_equal(form_item(form, "slide_z")->max, 10);
    assert_int_equal(form_item(form, "since")->min, 1990 * 12);
    assert_int_equal(form_item(form, "since")->grain, DATE_MONTH);
    assert_int_equal(form_item(form, "comment")->length_max, 500);
    assert_true(form_item(form, "comment")->detached);
    static const char *const losses[] = {
        "often: Scripts, styles",
        "often: Settings of the question: cssclass=wide.",
        "hint1: “{TOKEN:FIRSTNAME}”",
        "since: A full date",
        "parts: A text field for a comment",
        "upload: A file upload",
        "survey: Quotas: 1.",
        "survey: Questions that must be answered: 1.",
        "survey: Free texts: 4.",
        "survey: Pictures",
        "survey: The survey was not set to anonymous",
    };
    for (size_t i = 0; i < COUNT(losses); i++)
        if (strstr(lost.bytes, losses[i]) == NULL)
            fail_msg("not reported: %s\n%s", losses[i], lost.bytes);
    assert_null(strstr(lost.bytes, "alert"));
    form = import(&arena, SOURCE_DIR "/tests/data/forms/canteen_old.lss", &lost);
    const struct item *bike = form_item(form, "rate_bike");
    assert_non_null(bike->show_if); /* array_filter */
    assert_non_null(strstr(lost.bytes, "zero: The question has no options"));
    assert_non_null(strstr(lost.bytes, "opinion: A pattern for the answer: “/^x$/”."));
    buf_free(&lost);
    arena_free(&arena);
}

/* A question whose text is that HTML, and what is asked then. */
static const struct form *import_text(struct arena *arena, const char *html, enum status expected)
{
    struct buf document;
    struct fail fail = { 0 };
    const struct form *form = NULL;
    buf_init(&document, LIME_LENGTH_MAX);
    buf_add_string(&document, "<document><questions><rows><row><qid>1</qid><gid>1</gid><type>T</type><title>Q1</title>"
                              "<language>en</language><question>");
    buf_add_string(&document, html);
    buf_add_string(&document, "</question></row></rows></questions></document>");
    assert_false(document.failed);
    assert_int_equal(format_limesurvey.read(arena, "q.lsq", document.bytes, document.length, &form, NULL, &fail),
                     expected);
    assert_true(expected == STATUS_OK || fail.what[0] != '\0');
    buf_free(&document);
    return form;
}

static void check_hostile(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 64 << 20);
    const struct form *form = import_text(
        &arena, "<![CDATA[&lt;script&gt;x&lt;/script&gt;<script>y</script><b onclick=\"z\">?</b>]]>", STATUS_OK);
    assert_string_equal(form->items[0].label.in[0], "<script>x</script>?");
    form = import_text(&arena, "<![CDATA[<img src=x onerror=alert(1)><svg/onload=alert(1)>a]]>", STATUS_OK);
    assert_string_equal(form->items[0].label.in[0], "a");
    struct buf text;
    buf_init(&text, 1 << 20);
    for (size_t i = 0; i < 100000; i++)
        buf_add_string(&text, "ä");
    form = import_text(&arena, text.bytes, STATUS_OK); /* cut between letters */
    assert_true(strlen(form->items[0].label.in[0]) <= 16 * 1024);
    for (size_t i = 0; i < 100000; i++)
        buf_add_string(&text, "b");
    import_text(&arena, text.bytes, STATUS_LIMIT);
    buf_clear(&text);
    for (size_t i = 0; i < 1000; i++)
        buf_add_string(&text, "<a>");
    import_text(&arena, text.bytes, STATUS_LIMIT);
    buf_free(&text);
    arena_free(&arena);
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
    struct CMUnitTest tests[COUNT(refused) + COUNT(items) + 5];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(refused); i++)
        tests[count++] = (struct CMUnitTest){ refused[i].name, check_refused, NULL, NULL, &refused[i] };
    for (size_t i = 0; i < COUNT(items); i++)
        tests[count++] = (struct CMUnitTest){ items[i].id, check_item, NULL, NULL, &items[i] };
    tests[count++] = (struct CMUnitTest){ "counts of LimeSurvey's import", check_reference, NULL, NULL, NULL };
    tests[count++] = (struct CMUnitTest){ "forms of the reference", check_reference_forms, NULL, NULL, NULL };
    tests[count++] = (struct CMUnitTest){ "old and new tables", check_versions, NULL, NULL, NULL };
    tests[count++] = (struct CMUnitTest){ "bounds, texts, losses", check_details, NULL, NULL, NULL };
    tests[count++] = (struct CMUnitTest){ "hostile texts", check_hostile, NULL, NULL, NULL };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

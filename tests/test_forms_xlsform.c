/* XLSForm: what rows become, what is lost, what is refused; and the files of other programs, where they are at hand. */
#include "forms_fixture.h"

#include <stdio.h>
#include <unistd.h>

#include "forms/form_check.h"
#include "forms/format.h"
#include "forms/qtype.h"

extern const struct format format_xlsform;

struct seen {
    struct buf lost, faults;
    size_t lost_count;
};

static void on_fault(void *context, const char *where, const char *message)
{
    struct seen *seen = context;
    buf_format(&seen->faults, "%s: %s\n", where, message);
}

static void on_lost(void *context, const char *where, const char *what, const char *instead)
{
    struct seen *seen = context;
    buf_format(&seen->lost, "%s: %s (%s)\n", where, what, instead != NULL ? instead : "-");
    seen->lost_count++;
}

struct reading {
    struct arena arena;
    struct seen seen;
    struct fail fail;
    const struct form *form;
    enum status status;
};

static void read_bytes(struct reading *reading, const char *name, const char *bytes, size_t length)
{
    *reading = (struct reading){ 0 };
    arena_init(&reading->arena, 64 << 20);
    buf_init(&reading->seen.lost, 1 << 20);
    buf_init(&reading->seen.faults, 1 << 20);
    buf_add(&reading->seen.lost, "", 0);
    buf_add(&reading->seen.faults, "", 0);
    struct form_hooks hooks = { on_fault, on_lost, &reading->seen };
    reading->status = format_xlsform.read(&reading->arena, name, bytes, length, &reading->form, &hooks, &reading->fail);
}

static void end_reading(struct reading *reading)
{
    buf_free(&reading->seen.lost);
    buf_free(&reading->seen.faults);
    arena_free(&reading->arena);
}

/* "page[id: type …]" of the whole form, one page a line. */
static void describe(const struct form *form, struct buf *out)
{
    for (size_t i = 0; i < form->page_count; i++) {
        const struct page *page = &form->pages[i];
        buf_format(out, "%s%s “%s”:", page->id, page->matrix ? " (matrix)" : "", page->title.in[0]);
        for (size_t j = 0; j < page->item_count; j++) {
            const struct item *item = &form->items[page->item_first + j];
            buf_format(out, " %s=%s%s%s", item->id, item->type->id, item->off ? " off" : "",
                       item->required ? " required" : "");
            if (item->type->kind == QTYPE_NUMBER)
                buf_format(out, " %d..%d/%u", (int)item->min, (int)item->max, item->decimals);
            for (size_t k = 0; k < item->option_count; k++)
                buf_format(out, "%s%s", k == 0 ? " " : ",", item->options[k].code);
            if (item->initial != NULL)
                buf_format(out, " %s", item->initial);
            buf_format(out, " “%s”", item->label.in[0] != NULL ? item->label.in[0] : "");
        }
        buf_add_string(out, "\n");
    }
}

static void find_fault(void *context, const struct form_finding *finding)
{
    (void)context;
    if (finding->kind == FINDING_FAULT)
        print_error("%s: %s\n", finding->where, finding->message);
}

static void check_faultless(const struct form *form)
{
    struct form_counts counts;
    form_check(form, find_fault, NULL, NULL, &counts);
    assert_int_equal(counts.faults, 0);
}

#define CHOICES "|choices|\n||list_name|name|label|\n||c|a|Apple|\n||c|b|Bean|\n||c|x y|Both|\n||one|y|Yes|\n"

static struct sheet_case {
    const char *name, *rows, *form, *lost;
} sheets[] = {
    { "types",
      "|survey|\n||type|name|label|\n||select_one c|q1|One?|\n||select_multiple c|q2|Many?|\n||rank c|q3|Order|\n"
      "||integer|q4|Count|\n||note|q5|Hello|\n||acknowledge|q6|Read?|\n||text|q7|Say|\n" CHOICES,
      "page “f”: q1=single a,b,x_y “One?” q2=multiple a,b,x_y “Many?” q3=ranking a,b,x_y “Order” q4=number "
      "-1000000..1000000/0 “Count” q5=note “Hello” q6=consent 1 “Read?” q7=text off “Say”\n",
      "survey, row 6 (q4): nothing says from where to where the number goes" },
    { "old spellings",
      "|survey|\n||Type|Name|Label|\n||select one from c|q1|1|\n||Select All That Apply from c|q2|2|\n"
      "||q int|q3|3|\n||add text prompt|q4|4|\n" CHOICES,
      "page “f”: q1=single a,b,x_y “1” q2=multiple a,b,x_y “2” q3=number -1000000..1000000/0 “3” q4=text off “4”\n",
      "“x y” cannot be used" },
    { "bounds",
      "|survey|\n||type|name|label|constraint|parameters|\n||integer|a|A|. >= 0 and . <= 120|\n"
      "||integer|b|B|(.>0) and (100 > .)|\n||decimal|c|C|. >= 0.5 and . < 2|\n||range|d|D||start=0 end=1 step=0.25|\n"
      "||integer|e|E|. > today()|\n||percentage|f|F|\n",
      "page “f”: a=number 0..120/0 “A” b=number 1..99/0 “B” c=number 50..199/2 “C” d=slider 0..100/2 “D” "
      "e=number -1000000..1000000/0 “E” f=number 0..100/0 “F”\n",
      "the rule “. > today()” for answers" },
    { "defaults",
      "|survey|\n||type|name|label|default|\n||select_one c|a|A|b|\n||select_multiple c|b|B|b a|\n"
      "||date|c|C|2026-06-30|\n||select_one c|d|D|nobody|\n" CHOICES,
      "page “f”: a=single a,b,x_y \"b\" “A” b=multiple a,b,x_y [\"a\",\"b\"] “B” c=date \"2026-06\" “C” d=single "
      "a,b,x_y "
      "“D”\n",
      "the value “nobody” that stands there at first" },
    { "groups are pages",
      "|survey|\n||type|name|label|\n||note|n|Hi|\n||begin group|g|G|\n||note|n1|1|\n||begin_group|h|H|\n"
      "||note|n2|2|\n||end group|\n||begin group|i||\n||note|n3|3|\n||end group|\n||end_group|\n||note|n4|4|\n",
      "page “f”: n=note “Hi”\ng “G”: n1=note “1”\nh “H”: n2=note “2”\ng_2 “G”: n3=note “3”\npage_2 “f”: n4=note “4”\n",
      "" },
    { "a table",
      "|survey|\n||type|name|label|appearance|\n||begin group|g|G|\n||select_one c|head|How good?|label|\n"
      "||select_one c|a|A|list-nolabel|\n||select_one c|b|B|list-nolabel|\n||select_one c|z|Z|minimal|\n||end "
      "group|\n" CHOICES,
      "g (matrix) “G”: a=single a,b,x_y “A” b=single a,b,x_y “B”\ng_2 “G”: z=single a,b,x_y “Z”\n",
      "a row with the heads of a table (the introduction of the page)" },
    { "a table of several answers is none",
      "|survey|\n||type|name|label|appearance|\n||begin group|g|G|table-list|\n"
      "||select_multiple c|a|A|\n||end group|\n" CHOICES,
      "g “G”: a=multiple a,b,x_y “A”\n", "a table of questions that have different choices or several answers" },
    { "repeats are asked once", "|survey|\n||type|name|label|\n||begin repeat|g|G|\n||note|a|A|\n||end repeat|\n",
      "g “G”: a=note “A”\n", "questions that are repeated (the questions are asked once)" },
    { "something else", "|survey|\n||type|name|label|\n||select_one c or_other|q|Q|\n" CHOICES,
      "page “f”: q=single a,b,x_y,other “Q” q_other=text off “Etwas anderes, und zwar”\n", "free text" },
    { "a single choice is a box", "|survey|\n||type|name|label|\n||select_one one|q|Q|\n" CHOICES,
      "page “f”: q=consent y “Q”\n", "a question with a single choice" },
    { "what cannot be asked",
      "|survey|\n||type|name|label|\n||geopoint|g|Where?|\n||start|s|\n||image|i|Show|\n||note|n|N|\n",
      "page “f”: g=note off “Where?” i=note off “Show” n=note “N”\n",
      "survey, row 4 (s): “start”: it records something" },
    { "names of any script", "|survey|\n||type|name|label|\n||note|größe-1|A|\n||note|größe.1|B|\n||note|in|C|\n",
      "page “f”: gr_e_1=note “A” gr_e_1_2=note “B” Qin=note “C”\n", "the name “in” cannot be used" },
    { "required, hints, no text",
      "|survey|\n||type|name|label|hint|required|\n||select_one c|a|A||yes|\n||select_one c|b||B|"
      "${a} = 'a'|\n||select_one c|d||||\n" CHOICES,
      "page “f”: a=single required a,b,x_y “A” b=single a,b,x_y “B” d=single a,b,x_y “d”\n",
      "required only under a condition: ${a} = 'a'" },
    { "answers in texts",
      "|survey|\n||type|name|label|\n||select_one c|a|A|\n||note|b|You said ${ a }, {not} ${later}|\n"
      "||note|later|L|\n" CHOICES,
      "page “f”: a=single a,b,x_y “A” b=note “You said {a}, {{not} …” later=note “L”\n",
      "the text repeats “${later}”" },
    { "scripts stay text", "|survey|\n||type|name|label|\n||note|a|<script>alert('x')</script>|\n",
      "page “f”: a=note “<script>alert('x')</script>”\n", "" },
};

static void check_sheet(void **state)
{
    const struct sheet_case *row = *state;
    struct reading reading;
    struct buf out;
    buf_init(&out, 1 << 16);
    read_bytes(&reading, "f.md", row->rows, strlen(row->rows));
    if (reading.status != STATUS_OK)
        fail_msg("%s", reading.fail.what);
    describe(reading.form, &out);
    assert_string_equal(out.bytes, row->form);
    if (strstr(reading.seen.lost.bytes, row->lost) == NULL)
        fail_msg("%s", reading.seen.lost.bytes);
    check_faultless(reading.form);
    buf_free(&out);
    end_reading(&reading);
}

static struct refusal {
    const char *name, *rows, *says;
} refusals[] = {
    { "no sheet survey", "|questions|\n||type|name|\n||note|a|\n", "no sheet “survey”" },
    { "an empty sheet", "|survey|\n||type|name|\n", "no sheet “survey”" },
    { "no sheet at all", "just text\n", "no sheet “survey”" },
    { "rows without a sheet", "||type|name|\n", "f.md, line 1: the name of a sheet" },
    { "a head twice", "|survey|\n||type|name|label|label|\n||note|a|A|B|\n", "“label” stands above two columns" },
    { "a type nobody knows", "|survey|\n||type|name|\n||telepathy|a|\n", "the type “telepathy” is not known" },
    { "another file", "|survey|\n||type|name|\n||include|a|\n", "asks for another file" },
    { "no name", "|survey|\n||type|name|\n||text||\n", "survey, row 3: a question or group needs a name" },
    { "no such list", "|survey|\n||type|name|label|\n||select_one zz|a|A|\n", "no choices of the list “zz”" },
    { "a group without end", "|survey|\n||type|name|\n||begin group|g|\n||note|a|\n", "never ends" },
    { "an end without group", "|survey|\n||type|name|\n||note|a|\n||end group|\n", "never began" },
    { "nothing to ask", "|survey|\n||type|name|\n||start|s|\n", "nothing in the file" },
};

static void check_refusal(void **state)
{
    const struct refusal *row = *state;
    struct reading reading;
    read_bytes(&reading, "f.md", row->rows, strlen(row->rows));
    assert_int_equal(reading.status, STATUS_INPUT);
    if (strstr(reading.fail.what, row->says) == NULL)
        fail_msg("%s", reading.fail.what);
    end_reading(&reading);
}

static void check_languages(void **state)
{
    (void)state;
    static const char rows[] =
        "|survey|\n||type|name|label::English (en)|label::Deutsch|hint:tr|label::Klingon|\n"
        "||note|a|Hello|Hallo|Ipucu|nuqneH|\n||note|b||Nur deutsch|\n"
        "|settings|\n||form_title|form_id|default_language|version|\n||Titel|my form!|Deutsch|7|\n";
    struct reading reading;
    read_bytes(&reading, "f.md", rows, sizeof rows - 1);
    assert_int_equal(reading.status, STATUS_OK);
    const struct form *form = reading.form;
    assert_int_equal(form->language_count, 4);
    assert_string_equal(form->languages[0], "de");
    assert_string_equal(form->languages[1], "en");
    assert_string_equal(form->languages[2], "tr");
    assert_string_equal(form->languages[3], "x-klingo");
    assert_string_equal(form->items[0].label.in[0], "Hallo");
    assert_string_equal(form->items[0].label.in[1], "Hello");
    assert_string_equal(form->items[0].hint.in[0], "Ipucu"); /* nothing else is there: better than nothing */
    assert_null(form->items[1].label.in[1]);
    assert_string_equal(form->id, "my_form_");
    assert_string_equal(form->version, "7");
    assert_string_equal(form->title.in[0], "Titel");
    check_faultless(form);
    end_reading(&reading);
}

/* The same sheets as CSV: quotes, semicolons, line breaks in cells. */
static void check_csv(void **state)
{
    (void)state;
    static const char rows[] =
        "\xEF\xBB\xBFsurvey;;;\r\n;type;name;label\r\n;note;a;\"A; \"\"B\"\"\nC\"\r\n\r\nsettings;;\r\n"
        ";form_title;form_id;\r\n;T;f;";
    struct reading reading;
    read_bytes(&reading, "f.csv", rows, sizeof rows - 1);
    if (reading.status != STATUS_OK)
        fail_msg("%s", reading.fail.what);
    assert_string_equal(reading.form->items[0].label.in[0], "A; \"B\"\nC");
    assert_int_equal(reading.form->items[0].line, 3);
    assert_string_equal(reading.form->title.in[0], "T");
    end_reading(&reading);
}

/* Files of other programs: those pyxform refuses are refused, all others have an item or a loss for every row. */
static struct reference {
    const char *file;
    size_t questions; /* all rows but groups, those that only record, and heads of tables */
    const char *refused;
} references[] = {
    { "pyxform__attribute_columns_test.xlsx", 40, NULL },
    { "pyxform__bad_calc.xlsx", 1, NULL },
    { "pyxform__badly_named_choices_sheet.xls", 3, NULL },
    { "pyxform__blank_second_row.xls", 1, NULL },
    { "pyxform__calculate.xls", 4, NULL },
    { "pyxform__case_insensitivity.md", 3, NULL },
    { "pyxform__case_insensitivity.xls", 3, NULL },
    { "pyxform__duplicate_columns.xlsx", 0, "“label” stands above two columns" },
    { "pyxform__extra_columns.xls", 2, NULL },
    { "pyxform__extra_columns.xlsx", 1, NULL },
    { "pyxform__extra_sheet_names.xlsx", 1, NULL },
    { "pyxform__field-list.xlsx", 1, NULL },
    { "pyxform__gps.xls", 1, NULL },
    { "pyxform__group.xlsx", 3, NULL },
    { "pyxform__group_name_test.xls", 0, "row 3: a question or group needs a name" },
    { "pyxform__hidden.xls", 1, NULL },
    { "pyxform__ict_survey_fails.xls", 1, NULL },
    { "pyxform__include.csv", 0, "asks for another file" },
    { "pyxform__include.md", 0, "asks for another file" },
    { "pyxform__include_json.csv", 0, "asks for another file" },
    { "pyxform__include_json.md", 0, "asks for another file" },
    { "pyxform__loop.xls", 3, NULL },
    { "pyxform__repeat_date_test.xls", 5, NULL },
    { "pyxform__sms_info.xls", 8, NULL },
    { "pyxform__specify_other.csv", 2, NULL },
    { "pyxform__specify_other.md", 2, NULL },
    { "pyxform__specify_other.xlsx", 2, NULL },
    { "pyxform__style_settings.xls", 2, NULL },
    { "pyxform__table-list.xls", 5, NULL },
    { "pyxform__text_and_integer.csv", 2, NULL },
    { "pyxform__text_and_integer.md", 2, NULL },
    { "pyxform__text_and_integer.xlsx", 2, NULL },
    { "pyxform__widgets.csv", 21, NULL },
    { "pyxform__xl_date_ambiguous.xlsx", 4, NULL },
    { "pyxform__xl_date_ambiguous_v1.xlsx", 5, NULL },
    { "pyxform__xml_escaping.xls", 3, NULL },
    { "pyxform__yes_or_no_question.xls", 1, NULL },
    { "pyxform__yes_or_no_question.xlsx", 1, NULL },
    { "web-forms__whova_form.xlsx", 527, NULL },
    { "xlsform2lstsv__all_types_survey.xlsx", 34, NULL },
};

/* As a user reads them: through the native text, with all its checks. */
static void check_reference(void **state)
{
    const struct reference *row = *state;
    char path[512];
    struct arena arena;
    struct seen seen = { 0 };
    struct fail fail = { 0 };
    const struct form *form = NULL;
    snprintf(path, sizeof path, SOURCE_DIR "/../shared/reference/forms/xlsform/%s", row->file);
    if (access(path, R_OK) != 0)
        return; /* not ours to ship */
    arena_init(&arena, 64 << 20);
    buf_init(&seen.lost, 1 << 20);
    buf_init(&seen.faults, 1 << 20);
    struct form_hooks hooks = { on_fault, on_lost, &seen };
    enum status status = format_read(&arena, path, &form, NULL, &hooks, &fail);
    if (row->refused != NULL) {
        assert_int_equal(status, STATUS_INPUT);
        assert_non_null(strstr(fail.what, row->refused));
    } else {
        if (status != STATUS_OK)
            fail_msg("%s", fail.what);
        assert_int_equal(form->item_count, row->questions);
        check_faultless(form);
    }
    buf_free(&seen.lost);
    buf_free(&seen.faults);
    arena_free(&arena);
}

/* Thousands of questions and groups of one name, each naming it hundreds of times: each gets an id. */
static void check_many_of_one_name(void **state)
{
    (void)state;
    struct buf rows;
    struct reading reading;
    buf_init(&rows, 8 << 20);
    buf_add_string(&rows, "|survey|\n||type|name|label|\n");
    for (int i = 0; i < 2000; i++) {
        buf_add_string(&rows, "||begin group|n|N|\n||note|n|");
        for (int j = 0; j < 100; j++)
            buf_add_string(&rows, "${n}");
        buf_add_string(&rows, "|\n||end group|\n");
    }
    read_bytes(&reading, "f.md", rows.bytes, rows.length);
    assert_int_equal(reading.status, STATUS_OK);
    assert_int_equal(reading.form->item_count, 2000);
    check_faultless(reading.form);
    buf_free(&rows);
    end_reading(&reading);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(sheets) + COUNT(refusals) + COUNT(references) + 3];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(sheets); i++)
        tests[count++] = (struct CMUnitTest){ sheets[i].name, check_sheet, NULL, NULL, &sheets[i] };
    for (size_t i = 0; i < COUNT(refusals); i++)
        tests[count++] = (struct CMUnitTest){ refusals[i].name, check_refusal, NULL, NULL, &refusals[i] };
    for (size_t i = 0; i < COUNT(references); i++)
        tests[count++] = (struct CMUnitTest){ references[i].file, check_reference, NULL, NULL, &references[i] };
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_languages);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_csv);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_many_of_one_name);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

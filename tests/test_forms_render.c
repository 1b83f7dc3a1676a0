/* The HTML contract of render.h: XML-parsable, every value parses, ids are unique, nothing the CSP forbids. */
#include "forms_fixture.h"

#include <stdio.h>

#include "forms/answers.h"
#include "forms/piping.h"
#include "forms/qtype.h"
#include "forms/render.h"

static struct render_case {
    const char *name, *form, *language;
} cases[] = {
    { "shipped form in German", "open_administration", "de" },
    { "shipped form in English", "open_administration", "en" },
    { "small form in English, partly translated", SMALL_FORM, "en" },
    { "small form in a language it does not have", SMALL_FORM, "fr" },
};

enum { DEPTH_MAX = 64, NAME_MAX_LENGTH = 32 };

/* Length of the attribute list of a tag up to '>' or '/'; -1 when an attribute is not name="value". */
static long attributes_length(const char *at)
{
    const char *start = at;
    while (*at == ' ') {
        at++;
        size_t name = strspn(at, "abcdefghijklmnopqrstuvwxyz-");
        if (name == 0 || at[name] != '=' || at[name + 1] != '"')
            return -1;
        at += name + 2;
        size_t value = strcspn(at, "\"<");
        if (at[value] != '"')
            return -1;
        at += value + 1;
    }
    return at - start;
}

static bool entity_at(const char *at)
{
    static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&#39;" };
    for (size_t i = 0; i < COUNT(known); i++)
        if (strncmp(at, known[i], strlen(known[i])) == 0)
            return true;
    return false;
}

/* A small walk, stricter than XML: elements nest and close, attributes are quoted, & only in known entities. */
static const char *first_fault(const char *html)
{
    char open[DEPTH_MAX][NAME_MAX_LENGTH];
    size_t depth = 0;
    for (const char *at = html; *at != '\0';) {
        if (*at == '&' && !entity_at(at))
            return at;
        if (*at != '<') {
            at++;
            continue;
        }
        const char *tag = at++;
        bool closing = *at == '/';
        at += closing ? 1 : 0;
        size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789");
        if (length == 0 || length >= NAME_MAX_LENGTH)
            return tag;
        const char *name = at;
        at += length;
        long attributes = closing ? 0 : attributes_length(at);
        if (attributes < 0)
            return tag;
        at += attributes;
        bool empty = *at == '/';
        at += empty ? 1 : 0;
        if (*at++ != '>')
            return tag;
        if (closing) {
            if (depth == 0 || strlen(open[depth - 1]) != length || memcmp(open[depth - 1], name, length) != 0)
                return tag;
            depth--;
        } else if (!empty) {
            if (depth == DEPTH_MAX)
                return tag;
            memcpy(open[depth], name, length);
            open[depth++][length] = '\0';
        }
    }
    return depth == 0 ? NULL : html;
}

static void check_page(void **state)
{
    const struct render_case *row = *state;
    struct fixture fixture;
    fixture_open(&fixture, row->form);
    struct html html = { 0 };
    buf_init(&html.out, 1 << 20);
    form_render_pages(fixture.form, row->language, language_default, &html);
    assert_false(html.out.failed);
    const char *fault = first_fault(html.out.bytes);
    if (fault != NULL)
        fail_msg("%.80s", fault);
    static const char *const forbidden[] = { "style=", "<script", "<style", "onclick", "onchange" };
    for (size_t i = 0; i < COUNT(forbidden); i++)
        assert_null(strstr(html.out.bytes, forbidden[i]));
    const char *at = html.out.bytes;
    size_t ids = 0;
    while ((at = strstr(at, " id=\"")) != NULL) { /* every id once */
        char id[200];
        size_t length = strcspn(at + 5, "\"") + 6;
        assert_true(length < sizeof id);
        memcpy(id, at, length);
        id[length] = '\0';
        assert_null(strstr(at + length, id));
        at += length;
        ids++;
    }
    assert_true(ids > 20);
    buf_free(&html.out);
    arena_free(&fixture.arena);
}

/* Every value the browser can send for an item is read without a fault. */
static void check_values(void **state)
{
    const struct render_case *row = *state;
    struct fixture fixture;
    fixture_open(&fixture, row->form);
    size_t values = 0, options = 0;
    for (size_t i = 0; i < fixture.form->item_count; i++) {
        const struct item *item = &fixture.form->items[i];
        struct html html = { 0 };
        buf_init(&html.out, 1 << 20);
        item->type->render(fixture.form, item, row->language, language_default, &html);
        options += item->option_count;
        for (const char *at = html.out.bytes; (at = strstr(at, " value=\"")) != NULL; at += 8) {
            json_t *code = json_stringn(at + 8, strcspn(at + 8, "\""));
            json_t *value = item->type->kind == QTYPE_SET ? json_pack("[O]", code) : json_incref(code);
            struct answer answer = { .choice = ANSWER_NONE };
            assert_int_equal(item->type->parse(&fixture.arena, item, value, &answer, NULL), STATUS_OK);
            assert_true(answer_given(item, &answer));
            json_decref(value);
            json_decref(code);
            values++;
        }
        buf_free(&html.out);
    }
    assert_int_equal(values, options);
    arena_free(&fixture.arena);
}

static void render_small(struct fixture *fixture, struct html *html, const char *language)
{
    fixture_open(fixture, SMALL_FORM);
    *html = (struct html){ 0 };
    buf_init(&html->out, 1 << 20);
    form_render_pages(fixture->form, language, language_find("en", language_default), html);
}

static struct part_case {
    const char *name, *part;
    bool present;
} parts[] = {
    { "page",
      "<section class=\"page\" data-page=\"A\" id=\"page-A\"><h2 id=\"title-A\" tabindex=\"-1\">First page</h2>",
      true },
    { "rotation", "data-page=\"C\" id=\"page-C\" data-rotate=\"1\"", true },
    { "item", "<fieldset class=\"item\" id=\"item-Q1\" data-item=\"Q1\" data-type=\"single\">", true },
    { "radio button",
      "<input type=\"radio\" id=\"Q1-yes\" name=\"Q1\" value=\"yes\"/><label for=\"Q1-yes\">yes</label>", true },
    { "condition", "data-if=\"[&quot;eq&quot;,&quot;Q1&quot;,[&quot;t&quot;,&quot;yes&quot;]]\"", true },
    { "limit", "data-max=\"2\"", true },
    { "exclusive option", "<input type=\"checkbox\" id=\"Q2-0\" name=\"Q2\" value=\"0\" data-exclusive=\"1\"/>", true },
    { "language of an untranslated text", "<label for=\"Q2-ccc\" lang=\"de\">C</label>", true },
    { "matrix", "<div class=\"items matrix columns-3\"><div class=\"matrix-head\" aria-hidden=\"true\">", true },
    { "missing answer", "<div class=\"option\" data-missing=\"1\"><input type=\"radio\" id=\"S2-98\"", true },
    { "textarea", "<textarea id=\"T1-text\" name=\"T1\" maxlength=\"2000\" rows=\"5\" aria-labelledby=\"legend-T1\">",
      true },
    { "warning of the free text", "Please name no people", true },
    { "city's list", "data-list=\"units\"", true },
    { "sensitive", "data-sensitive=\"1\" data-detached=\"1\" aria-describedby=\"note-L1\"", true },
    { "hint",
      "aria-describedby=\"hint-J1\"><legend id=\"legend-J1\">Situation?</legend><p class=\"hint\" id=\"hint-J1\">",
      true },
    { "markup of the introduction is translated, not obeyed", "<p>Only two.</p>", true },
    { "points never leave the server", "points", false },
    { "switched-off item", "X1", false },
};

static void check_part(void **state)
{
    const struct part_case *row = *state;
    struct fixture fixture;
    struct html html;
    render_small(&fixture, &html, "en");
    assert_int_equal(strstr(html.out.bytes, row->part) != NULL, row->present);
    buf_free(&html.out);
    arena_free(&fixture.arena);
}

static struct text_case {
    const char *name, *in, *out;
} texts[] = {
    { "paragraphs", "a\n\nb", "<p>a</p><p>b</p>" },
    { "bold", "a **b** c", "<p>a <strong>b</strong> c</p>" },
    { "bold not closed", "a **b", "<p>a <strong>b</strong></p>" },
    { "escaped", "<b> & \"", "<p>&lt;b&gt; &amp; &quot;</p>" },
    { "placeholder", "bis {date}.", "<p>bis 1. &lt;Mai&gt;.</p>" },
    { "placeholder without value: no paragraph", "a\n\nWenden Sie sich an {office}.", "<p>a</p>" },
    { "placeholder given empty: no paragraph", "x {empty}\n\nb", "<p>b</p>" },
    { "brace that is none", "a { b", "<p>a { b</p>" },
};

static void check_text(void **state)
{
    const struct text_case *row = *state;
    static const struct placeholder placeholders[] = { { "date", "1. <Mai>" }, { "empty", "" } };
    struct form form = { .languages = { "de" }, .language_count = 1 };
    struct text text = { .in = { row->in } };
    struct html html = { 0 };
    buf_init(&html.out, 1000);
    form_render_text(&form, &text, "de", placeholders, COUNT(placeholders), &html);
    assert_string_equal(html.out.bytes, row->out);
    buf_free(&html.out);
}

static void check_off_pages(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture, "open_administration");
    struct html html = { 0 };
    buf_init(&html.out, 1 << 20);
    form_render_page(fixture.form, &fixture.form->pages[11], "de", language_default, &html); /* L: free text, off */
    assert_int_equal(html.out.length, 0);
    assert_int_equal(form_page_shown_count(fixture.form), 14);
    form_render_notice(fixture.form, form_notice(fixture.form, "closing"), "de", NULL, 0, &html);
    assert_null(first_fault(html.out.bytes));
    assert_null(strchr(html.out.bytes, '{'));
    buf_free(&html.out);
    arena_free(&fixture.arena);
}

static struct text_case pipes[] = {
    { "an earlier answer", "Sie sagten {Q1}!", "Sie sagten <span class=\"pipe\" data-pipe=\"Q1\">…</span>!" },
    { "two of them, escaped around", "<{Q1}&{Q2}>",
      "&lt;<span class=\"pipe\" data-pipe=\"Q1\">…</span>&amp;<span class=\"pipe\" data-pipe=\"Q2\">…</span>&gt;" },
    { "no question of that id", "{Q99} {a b} {", "{Q99} {a b} {" },
    { "a brace", "{{Q1}", "{Q1}" },
    { "nothing", "", "" },
};

static void check_pipe(void **state)
{
    const struct text_case *row = *state;
    struct fixture fixture;
    struct html html = { 0 };
    fixture_open(&fixture, SMALL_FORM);
    buf_init(&html.out, 10000);
    pipe_render(fixture.form, row->in, &html);
    assert_string_equal(html.out.bytes != NULL ? html.out.bytes : "", row->out);
    buf_free(&html.out);
    arena_free(&fixture.arena);
}

int main(void)
{
    struct CMUnitTest tests[2 * COUNT(cases) + COUNT(parts) + COUNT(texts) + COUNT(pipes) + 1];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(cases); i++) {
        tests[count++] = (struct CMUnitTest){ cases[i].name, check_page, NULL, NULL, &cases[i] };
        tests[count++] = (struct CMUnitTest){ cases[i].name, check_values, NULL, NULL, &cases[i] };
    }
    for (size_t i = 0; i < COUNT(parts); i++)
        tests[count++] = (struct CMUnitTest){ parts[i].name, check_part, NULL, NULL, &parts[i] };
    for (size_t i = 0; i < COUNT(texts); i++)
        tests[count++] = (struct CMUnitTest){ texts[i].name, check_text, NULL, NULL, &texts[i] };
    for (size_t i = 0; i < COUNT(pipes); i++)
        tests[count++] = (struct CMUnitTest){ pipes[i].name, check_pipe, NULL, NULL, &pipes[i] };
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_off_pages);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

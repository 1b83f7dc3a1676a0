/* HTML of foreign questionnaires to text, and text to HTML and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/env.h"
#include "forms/markup.h"

static void pipe_name(void *context, const char *expression, struct buf *out)
{
    (void)context;
    buf_format(out, "{%.3s}", expression);
}

static struct read_case {
    const char *name, *html, *line, *paragraphs;
} reads[] = {
    { "plain text", "Wie zufrieden?", "Wie zufrieden?", "Wie zufrieden?" },
    { "blanks", "  a \n  b&nbsp;c ", "a b c", "a b c" },
    { "entities", "&auml;&#228;&#xE4; &lt;b&gt; &euro; &amp;amp; &foo; &", "äää <b> € &amp; &foo; &",
      "äää <b> € &amp; &foo; &" },
    { "characters no text may have", "a&#0;b&#xD800;c&#7;d", "abcd", "abcd" },
    { "paragraphs", "<p>a</p><p>b<br/>c</p>", "a b c", "a\n\nb\nc" },
    { "two breaks are a paragraph", "a<br /><br />b", "a b", "a\n\nb" },
    { "bold", "<p>a <strong>b</strong> c</p>", "a b c", "a **b** c" },
    { "bold ends with the paragraph", "<b><p>a</p><p>b</p></b>", "a b", "**a**\n\n**b**" },
    { "bold without letters", "a<b> </b>b", "a b", "a b" },
    { "script", "a<script>alert('</x>')</script>b", "ab", "ab" },
    { "script without end", "a<script>alert(1)", "a", "a" },
    { "handler in a tag", "<img src=x onerror=alert(1) alt=\"Karte\"/> a", "Karte a", "Karte a" },
    { "script written as text", "&lt;script&gt;x&lt;/script&gt;", "<script>x</script>", "<script>x</script>" },
    { "comment", "a<!-- <b> -->b", "ab", "ab" },
    { "less than", "a < b <3", "a < b <3", "a < b <3" },
    { "list", "<ul><li>a</li><li>b</li></ul>", "a b", "– a\n\n– b" },
    { "table", "<table><tr><td>a</td><td>b</td></tr></table>", "a b", "a b" },
    { "link", "<a href=\"https://x.org/?a=1&amp;b=2\">hier</a>.", "hier (https://x.org/?a=1&b=2).",
      "hier (https://x.org/?a=1&b=2)." },
    { "link that says its address", "<a href=\"https://x.org\">https://x.org</a>", "https://x.org", "https://x.org" },
    { "quoted end of a tag", "<span title=\"a>b\">c</span>", "c", "c" },
    { "expression", "a {Q1.shown} b", "a {Q1.} b", "a {Q1.} b" },
    { "braces that are none", "{ a } {b &#123;c&#125;", "{{ a } {{b {{c}", "{{ a } {{b {{c}" },
};

static void check_read(void **state)
{
    const struct read_case *row = *state;
    for (int shape = MARKUP_LINE; shape <= MARKUP_PARAGRAPHS; shape++) {
        struct buf out;
        struct markup_lost lost = { 0 };
        buf_init(&out, MARKUP_TEXT_MAX);
        buf_add_string(&out, "");
        markup_read(row->html, (enum markup_shape)shape, pipe_name, NULL, &out, &lost);
        assert_string_equal(out.bytes, shape == MARKUP_LINE ? row->line : row->paragraphs);
        buf_free(&out);
    }
}

static void check_lost(void **state)
{
    (void)state;
    struct buf out;
    struct markup_lost lost = { 0 };
    buf_init(&out, 8);
    markup_read("<style>p{}</style><i>a</i><img src=\"x\"/><table></table>", MARKUP_LINE, NULL, NULL, &out, &lost);
    assert_int_equal(lost.scripts, 1);
    assert_int_equal(lost.formats, 1);
    assert_int_equal(lost.images, 1);
    assert_int_equal(lost.tables, 1);
    assert_false(lost.cut);
    markup_read("long enough to be cut", MARKUP_LINE, NULL, NULL, &out, &lost);
    assert_true(lost.cut);
    assert_string_equal(out.bytes, "along en");
    buf_free(&out);
}

/* Whatever the text, it comes back. */
static void check_back(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "a", "b",  " ",   "\n", "\n\n",          "**", "*",       "<", ">", "&", "&amp;", "\"", "{{", "}", "{Q1}",
        "ä", "\t", "<b>", "'",  "https://x.org", ".",  "\xC2\xA0"
    };
    struct seeded seeded;
    seeded_init(&seeded, 3);
    for (int round = 0; round < 20000; round++) {
        struct buf text, html, back;
        struct markup_lost lost = { 0 };
        buf_init(&text, 1000);
        buf_init(&html, 10000);
        buf_init(&back, 1000);
        buf_add_string(&text, "");
        buf_add_string(&html, "");
        buf_add_string(&back, "");
        for (uint32_t n = seeded_below(&seeded, 12); n > 0; n--)
            buf_add_string(&text, pieces[seeded_below(&seeded, COUNT(pieces))]);
        enum markup_shape shape = round % 2 == 0 ? MARKUP_LINE : MARKUP_PARAGRAPHS;
        markup_write(text.bytes, shape, pipe_name, NULL, &html);
        markup_read(html.bytes, shape, pipe_name, NULL, &back, &lost);
        if (strcmp(text.bytes, back.bytes) != 0)
            print_error("[%s]\n[%s]\n[%s]\n", text.bytes, html.bytes, back.bytes);
        assert_string_equal(text.bytes, back.bytes);
        buf_free(&text);
        buf_free(&html);
        buf_free(&back);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNT(reads) + 2];
    for (size_t i = 0; i < COUNT(reads); i++)
        tests[i] = (struct CMUnitTest){ reads[i].name, check_read, NULL, NULL, &reads[i] };
    tests[COUNT(reads)] = (struct CMUnitTest){ "what is lost is counted", check_lost, NULL, NULL, NULL };
    tests[COUNT(reads) + 1] = (struct CMUnitTest){ "text comes back from HTML", check_back, NULL, NULL, NULL };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

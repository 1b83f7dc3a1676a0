/* XML reader: what a tree looks like, and everything hostile that must be refused with a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/xml_tree.h"

static enum status read(struct arena *arena, const char *bytes, size_t length, const struct xml_node **root,
                        struct fail *fail)
{
    arena_init(arena, 8 << 20);
    return xml_tree_read(arena, "file", bytes, length, root, fail);
}

static void check_tree(void **state)
{
    (void)state;
    static const char document[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- note -->\n"
                                   "<a:form xmlns:a='u' a:id=\"a &amp; b\" other='&lt;&#228;>'>\n"
                                   "x<row n='1'>first</row>y\n"
                                   "<row n='2'><![CDATA[<b>&amp;</b>]]> end</row><?php echo 1 ?></a:form>\n";
    struct arena arena;
    const struct xml_node *root = NULL;
    assert_int_equal(read(&arena, document, strlen(document), &root, NULL), STATUS_OK);
    assert_string_equal(root->element.name, "form");
    assert_string_equal(xml_attribute(&root->element, "id"), "a & b");
    assert_string_equal(xml_attribute(&root->element, "other"), "<ä>");
    assert_null(xml_attribute(&root->element, "n"));
    assert_string_equal(root->text, "\nxy\n");
    assert_int_equal(root->count, 2);
    const struct xml_node *row = xml_child(root, "row");
    assert_int_equal(row->element.line, 4);
    assert_string_equal(row->text, "first");
    row = xml_next(row, "row");
    assert_string_equal(row->text, "<b>&amp;</b> end");
    assert_string_equal(xml_attribute(&row->element, "n"), "2");
    assert_null(xml_next(row, "row"));
    assert_string_equal(xml_child_text(root, "row"), "first");
    assert_null(xml_child_text(root, "none"));
    assert_null(xml_child_text(NULL, "row"));
    arena_free(&arena);
}

static struct bad_case {
    const char *name, *bytes;
    size_t length; /* 0: a string */
    enum status status;
    const char *says;
} bad[] = {
    { "empty", "", 0, STATUS_INPUT, "empty" },
    { "cut off", "<a><b>text", 0, STATUS_INPUT, "not well-formed" },
    { "two roots", "<a/><b/>", 0, STATUS_INPUT, "not well-formed" },
    { "tags crossed", "<a><b></a></b>", 0, STATUS_INPUT, "line 1" },
    { "no XML", "PK\x03\x04 this is a zip file", 0, STATUS_INPUT, "UTF-8" },
    { "document type", "<!DOCTYPE a><a/>", 0, STATUS_INPUT, "document type" },
    { "entity of another file", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", 0, STATUS_INPUT,
      "document type" },
    { "billion laughs",
      "<?xml version='1.0'?>\n<!DOCTYPE l [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c "
      "'&b;&b;&b;'>]><l>&c;</l>",
      0, STATUS_INPUT, "line 2: a document type" },
    { "parameter entity", "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1/p'> %p;]><a/>", 0, STATUS_INPUT,
      "document type" },
    { "entity nobody defined", "<a>&nbsp;</a>", 0, STATUS_INPUT, "nbsp" },
    { "encoding that iconv would load", "<?xml version='1.0' encoding='ISO-2022-CN-EXT'?><a/>", 0, STATUS_INPUT,
      "UTF-8" },
    { "UTF-32", "<\0\0\0a\0\0\0/\0\0\0>\0\0\0", 16, STATUS_INPUT, "UTF-8" },
    { "bytes that are no UTF-8", "<a>\xC3(</a>", 0, STATUS_INPUT, "line 1" },
    { "NUL", "<a>x\0y</a>", 10, STATUS_INPUT, "line 1" },
    { "attribute twice", "<a x='1' x='2'/>", 0, STATUS_INPUT, "x" },
};

static void check_bad(void **state)
{
    const struct bad_case *row = *state;
    struct arena arena;
    const struct xml_node *root = NULL;
    struct fail fail = { 0 };
    size_t length = row->length == 0 ? strlen(row->bytes) : row->length;
    assert_int_equal(read(&arena, row->bytes, length, &root, &fail), row->status);
    assert_null(root);
    assert_non_null(strstr(fail.what, "file"));
    if (strstr(fail.what, row->says) == NULL)
        fail_msg("%s", fail.what);
    arena_free(&arena);
}

static void add_times(struct buf *buf, const char *text, size_t times)
{
    while (times-- > 0)
        buf_add_string(buf, text);
}

static void check_limit(struct buf *document, const char *says)
{
    struct arena arena;
    const struct xml_node *root = NULL;
    struct fail fail = { 0 };
    assert_false(document->failed);
    assert_int_equal(read(&arena, document->bytes, document->length, &root, &fail), STATUS_LIMIT);
    if (strstr(fail.what, says) == NULL)
        fail_msg("%s", fail.what);
    arena_free(&arena);
    buf_clear(document);
}

static void check_limits(void **state)
{
    (void)state;
    struct buf document;
    buf_init(&document, 64 << 20);
    add_times(&document, "<a>", 100 * 1000);
    check_limit(&document, "inside one another");
    buf_add_string(&document, "<a b='");
    add_times(&document, "0123456789", 1000 * 1000);
    check_limit(&document, "longer than");
    buf_add_string(&document, "<a ");
    for (int i = 0; i < 5000; i++)
        buf_format(&document, "a%d='' ", i);
    buf_add_string(&document, "/>");
    check_limit(&document, "too many attributes");
    buf_add_string(&document, "<a>");
    add_times(&document, "<b/>", 1000 * 1000);
    buf_add_string(&document, "</a>");
    check_limit(&document, "holds more than");
    buf_add_string(&document, "<a>");
    add_times(&document, "0123456789", 1000 * 1000);
    buf_add_string(&document, "</a>");
    check_limit(&document, "holds more than");
    buf_free(&document);
}

static void check_utf16(void **state)
{
    (void)state;
    static const char document[] = "\xFF\xFE<\0a\0>\0\xE4\0<\0/\0a\0>\0";
    struct arena arena;
    const struct xml_node *root = NULL;
    assert_int_equal(read(&arena, document, sizeof document - 1, &root, NULL), STATUS_OK);
    assert_string_equal(root->text, "ä");
    arena_free(&arena);
}

struct seen {
    size_t opened, closed, text;
};

static enum status on_open(void *context, const struct xml_element *element, bool *within, struct fail *fail)
{
    struct seen *seen = context;
    seen->opened++;
    *within = strcmp(element->name, "skip") != 0;
    return strcmp(element->name, "stop") == 0 ? FAIL(fail, STATUS_DENIED, "stop") : STATUS_OK;
}

static enum status on_close(void *context, const char *name, struct fail *fail)
{
    (void)name;
    (void)fail;
    ((struct seen *)context)->closed++;
    return STATUS_OK;
}

static enum status on_text(void *context, const char *text, size_t length, struct fail *fail)
{
    (void)text;
    (void)fail;
    ((struct seen *)context)->text += length;
    return STATUS_OK;
}

static enum status feed(const char *document, struct seen *seen)
{
    static const struct xml_events events = { on_open, on_close, on_text };
    struct xml *xml = NULL;
    assert_int_equal(xml_create("file", &events, seen, &xml, NULL), STATUS_OK);
    enum status status = STATUS_OK;
    for (const char *c = document; *c != '\0' && status == STATUS_OK; c++)
        status = xml_feed(xml, c, 1, NULL);
    if (status == STATUS_OK)
        status = xml_end(xml, NULL);
    xml_destroy(xml);
    return status;
}

static void check_events(void **state)
{
    (void)state;
    struct seen seen = { 0 };
    assert_int_equal(feed("<a>12<skip>345<b>6<skip/></b></skip>7<c/></a>", &seen), STATUS_OK);
    assert_int_equal(seen.opened, 3);
    assert_int_equal(seen.closed, 3);
    assert_int_equal(seen.text, 3);
    seen = (struct seen){ 0 };
    assert_int_equal(feed("<a><stop/><b/></a>", &seen), STATUS_DENIED);
    assert_int_equal(seen.opened, 2);
    xml_destroy(NULL);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(bad) + 4];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(bad); i++)
        tests[count++] = (struct CMUnitTest){ bad[i].name, check_bad, NULL, NULL, &bad[i] };
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_tree);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_limits);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_utf16);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(check_events);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

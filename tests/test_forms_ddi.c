/* DDI-Codebook: element order and content as the schema has them (codebook.xsd of version 2.5: varType, varGrpType,
 * qstnType, citationType), identifiers unique and all references to them good. */
#include "forms_fixture.h"

#include <stdio.h>

#include "base/xml.h"
#include "forms/form_check.h"
#include "forms/format.h"

extern const struct format format_ddi;

/* What may stand in an element, in this order. "|" at the end: in any order. */
static const struct content {
    const char *parent, *children;
} contents[] = {
    { "", " codeBook " },
    { "codeBook", " docDscr stdyDscr fileDscr dataDscr otherMat " },
    { "stdyDscr", " citation stdyInfo method dataAccs " },
    { "citation", " titlStmt rspStmt prodStmt distStmt serStmt verStmt biblCit holdings notes " },
    { "titlStmt", " titl subTitl altTitl parTitl IDNo " },
    { "verStmt", " version verResp notes " },
    { "dataDscr", " varGrp nCubeGrp var nCube notes " },
    { "varGrp", " labl txt concept defntn universe notes " },
    { "var", " location labl imputation security embargo respUnit anlysUnit qstn valrng invalrng undocCod universe "
             "TotlResp sumStat txt stdCatgry catgryGrp catgry codInstr verStmt concept derivation varFormat geoMap "
             "catLevel notes " },
    { "qstn", " preQTxt qstnLit postQTxt forward backward ivuInstr |" },
    { "valrng", " item range key notes " },
    { "catgry", " catValu labl txt catStat mrow " },
};

enum { DEPTH = 16, IDS = 4000 };

struct walk {
    const char *names[DEPTH];
    const char *reached[DEPTH]; /* place in the list of children */
    size_t depth;
    struct arena arena;
    const char *ids[IDS];
    size_t id_count;
    const char *references[IDS];
    size_t reference_count;
    size_t variables, groups, questions, categories, universes;
};

static void add_references(struct walk *walk, const char *list)
{
    while (*list != '\0') {
        size_t length = strcspn(list, " ");
        assert_true(walk->reference_count < IDS && length > 0);
        walk->references[walk->reference_count++] = arena_copy(&walk->arena, list, length);
        list += length;
        list += strspn(list, " ");
    }
}

static void check_attributes(struct walk *walk, const struct xml_element *element)
{
    const char *id = xml_attribute(element, "ID");
    const char *list = xml_attribute(element, "var");
    const char *question = xml_attribute(element, "qstn");
    if (id != NULL) {
        assert_true(walk->id_count < IDS);
        for (size_t i = 0; i < walk->id_count; i++)
            assert_string_not_equal(walk->ids[i], id);
        walk->ids[walk->id_count++] = arena_string(&walk->arena, id);
    }
    if (list != NULL)
        add_references(walk, list);
    if (question != NULL)
        add_references(walk, question);
}

static enum status on_open(void *context, const struct xml_element *element, bool *within, struct fail *fail)
{
    struct walk *walk = context;
    const char *parent = walk->depth > 0 ? walk->names[walk->depth - 1] : "";
    char padded[64];
    (void)within;
    (void)fail;
    snprintf(padded, sizeof padded, " %s ", element->name);
    const struct content *content = NULL;
    for (size_t i = 0; i < COUNT(contents); i++)
        if (strcmp(contents[i].parent, parent) == 0)
            content = &contents[i];
    if (content == NULL)
        fail_msg("<%s> in <%s>, which has text only", element->name, parent);
    bool ordered = strchr(content->children, '|') == NULL;
    const char *from = walk->reached[walk->depth] != NULL && ordered ? walk->reached[walk->depth] : content->children;
    const char *found = strstr(from, padded);
    if (found == NULL)
        fail_msg("<%s> in <%s>, line %u: not there or not in this order", element->name, parent, element->line);
    walk->reached[walk->depth] = found;
    check_attributes(walk, element);
    walk->variables += strcmp(element->name, "var") == 0 ? 1 : 0;
    walk->groups += strcmp(element->name, "varGrp") == 0 ? 1 : 0;
    walk->questions += strcmp(element->name, "qstn") == 0 ? 1 : 0;
    walk->categories += strcmp(element->name, "catgry") == 0 ? 1 : 0;
    walk->universes += strcmp(element->name, "universe") == 0 ? 1 : 0;
    assert_true(walk->depth + 1 < DEPTH);
    walk->names[walk->depth++] = arena_string(&walk->arena, element->name);
    walk->reached[walk->depth] = NULL;
    return STATUS_OK;
}

static enum status on_close(void *context, const char *name, struct fail *fail)
{
    struct walk *walk = context;
    (void)name;
    (void)fail;
    walk->depth--;
    return STATUS_OK;
}

static enum status on_text(void *context, const char *text, size_t length, struct fail *fail)
{
    (void)context;
    (void)text;
    (void)length;
    (void)fail;
    return STATUS_OK;
}

static void walk_form(const struct form *form, struct walk *walk, struct buf *out)
{
    static const struct xml_events events = { .open = on_open, .close = on_close, .text = on_text };
    struct fail fail = { 0 };
    struct xml *xml = NULL;
    memset(walk, 0, sizeof *walk);
    arena_init(&walk->arena, 16 << 20);
    assert_int_equal(format_ddi.write(form, NULL, out, &fail), STATUS_OK);
    assert_int_equal(xml_create("ddi", &events, walk, &xml, &fail), STATUS_OK);
    if (xml_feed(xml, out->bytes, out->length, &fail) != STATUS_OK || xml_end(xml, &fail) != STATUS_OK)
        fail_msg("%s", fail.what);
    xml_destroy(xml);
    for (size_t i = 0; i < walk->reference_count; i++) {
        bool known = false;
        for (size_t j = 0; j < walk->id_count && !known; j++)
            known = strcmp(walk->ids[j], walk->references[i]) == 0;
        if (!known)
            fail_msg("%s is referred to, but not there", walk->references[i]);
    }
    arena_free(&walk->arena);
}

static const char *files[] = { "open_administration", SMALL_FORM, SOURCE_DIR "/tests/data/forms/paper.yaml",
                               SOURCE_DIR "/tests/data/forms/all_types.yaml", SOURCE_DIR "/tests/data/forms/rtl.yaml" };

static void check_file(void **state)
{
    const char **file = *state;
    struct fixture fixture = { 0 };
    struct buf out;
    struct walk *walk = test_malloc(sizeof *walk);
    buf_init(&out, 8 << 20);
    fixture_open(&fixture, *file);
    walk_form(fixture.form, walk, &out);
    assert_true(walk->variables > 0 && walk->groups > 0 && walk->questions > 0);
    test_free(walk);
    buf_free(&out);
    arena_free(&fixture.arena);
}

/* small.yaml, counted by hand where it matters: see the file. */
static void check_content(void **state)
{
    (void)state;
    struct fixture fixture = { 0 };
    struct buf out;
    struct walk *walk = test_malloc(sizeof *walk);
    buf_init(&out, 8 << 20);
    fixture_open(&fixture, "open_administration");
    walk_form(fixture.form, walk, &out);
    size_t stored = 0;
    for (size_t i = 0; i < fixture.form->item_count; i++)
        stored += fixture.form->items[i].off ? 0 : 1;
    assert_int_equal(walk->questions, stored);
    assert_true(walk->universes > 0);
    static const char *const parts[] = {
        "<titl xml:lang=\"de\">",
        "<parTitl xml:lang=\"en\">",
        "<qstnLit xml:lang=\"de\">",
        "<catgry missing=\"Y\">",
        "<concept vocab=\"scale\" xml:lang=\"de\">",
        "type=\"multipleResp\"",
        "type=\"grid\"",
        "<defntn>mean of",
    };
    for (size_t i = 0; i < COUNT(parts); i++)
        if (strstr(out.bytes, parts[i]) == NULL)
            fail_msg("missing: %s", parts[i]);
    test_free(walk);
    buf_free(&out);
    arena_free(&fixture.arena);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(files) + 1];
    for (size_t i = 0; i < COUNT(files); i++)
        tests[i] = (struct CMUnitTest){ files[i], check_file, NULL, NULL, &files[i] };
    tests[COUNT(files)] = (struct CMUnitTest){ "what the shipped form says", check_content, NULL, NULL, NULL };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

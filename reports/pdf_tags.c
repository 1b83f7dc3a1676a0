/* Structure elements, their marks and the trees that lead back from marks and links to elements. */
#include "reports/pdf_tags.h"

#include <string.h>

enum { TREE_TEXT_MAX = 16 * 1024 * 1024 };

struct pdf_kid {
    struct pdf_kid *next;
    const struct pdf_tag *tag;         /* a child element, or */
    const struct pdf_link *link;       /* an annotation, or */
    size_t page, mark;                 /* marked content */
};

void pdf_tags_init(struct pdf_tags *tags, struct arena *arena, struct pdf_file *file)
{
    *tags = (struct pdf_tags){ .arena = arena, .file = file };
}

static struct pdf_kid *add_kid(struct pdf_tags *tags, struct pdf_tag *parent)
{
    struct pdf_kid *kid = parent == NULL ? NULL : ARENA_NEW(tags->arena, struct pdf_kid, 1);
    if (kid == NULL) {
        tags->failed = true;
        return NULL;
    }
    if (parent->last == NULL)
        parent->first = kid;
    else
        parent->last->next = kid;
    parent->last = kid;
    return kid;
}

struct pdf_tag *pdf_tag_new(struct pdf_tags *tags, struct pdf_tag *parent, const char *type)
{
    struct pdf_tag *tag = ARENA_NEW(tags->arena, struct pdf_tag, 1);
    if (tag == NULL) {
        tags->failed = true;
        return NULL;
    }
    *tag = (struct pdf_tag){ .type = type, .parent = parent, .object = pdf_object_new(tags->file) };
    if (tags->last == NULL)
        tags->first = tag;
    else
        tags->last->next = tag;
    tags->last = tag;
    if (parent != NULL) {
        struct pdf_kid *kid = add_kid(tags, parent);
        if (kid != NULL)
            kid->tag = tag;
    }
    return tag;
}

struct pdf_tag *pdf_tag_note(struct pdf_tags *tags, struct pdf_tag *parent)
{
    struct pdf_tag *tag = pdf_tag_new(tags, parent, "Note");
    tags->note_count++;
    /* Fixed width, because the IDTree must be sorted by bytes. */
    if (tag != NULL)
        tag->id = arena_format(tags->arena, "note%06zu", tags->note_count);
    return tag;
}

size_t pdf_tag_mark(struct pdf_tags *tags, struct pdf_tag *tag, struct pdf_owners *owners, size_t page)
{
    if (owners->count == owners->room) {
        size_t room = owners->room == 0 ? 64 : owners->room * 2;
        struct pdf_tag **own = ARENA_NEW(tags->arena, struct pdf_tag *, room);
        if (own == NULL) {
            tags->failed = true;
            return 0;
        }
        if (owners->count > 0)
            memcpy(own, owners->tags, owners->count * sizeof(struct pdf_tag *));
        owners->tags = own;
        owners->room = room;
    }
    owners->tags[owners->count] = tag;
    struct pdf_kid *kid = add_kid(tags, tag);
    if (kid != NULL)
        *kid = (struct pdf_kid){ .page = page, .mark = owners->count };
    return owners->count++;
}

void pdf_tag_speak(struct pdf_tags *tags, struct pdf_tag *tag, const char *text, bool turned)
{
    if (tag == NULL || *text == '\0')
        return;
    tag->spoken = tag->spoken == NULL ? arena_string(tags->arena, text)
                                      : arena_format(tags->arena, "%s %s", tag->spoken, text);
    tag->turned = tag->turned || turned;
    tags->failed = tags->failed || tag->spoken == NULL;
}

/* Not over child elements: their own texts would be lost. */
static const char *text_of(const struct pdf_tag *tag)
{
    if (tag->actual != NULL || !tag->turned || tag->alternative != NULL)
        return tag->actual;
    for (const struct pdf_kid *kid = tag->first; kid != NULL; kid = kid->next)
        if (kid->tag != NULL)
            return NULL;
    return tag->spoken;
}

struct pdf_link *pdf_tag_link(struct pdf_tags *tags, struct pdf_tag *tag, size_t page)
{
    struct pdf_link *link = ARENA_NEW(tags->arena, struct pdf_link, 1);
    struct pdf_kid *kid = link == NULL ? NULL : add_kid(tags, tag);
    if (kid == NULL) {
        tags->failed = true;
        return NULL;
    }
    *link = (struct pdf_link){ .tag = tag, .object = pdf_object_new(tags->file), .page = page };
    kid->link = link;
    kid->page = page;
    if (tags->last_link == NULL)
        tags->first_link = link;
    else
        tags->last_link->next = link;
    tags->last_link = link;
    return link;
}

static void add_number(struct buf *text, size_t number)
{
    pdf_number(text, (double)number);
}

static void add_reference(struct buf *text, const struct pdf_object *object)
{
    add_number(text, pdf_object_id(object));
    buf_add_string(text, " 0 R");
}

/* The page of the first mark goes to /Pg; marks elsewhere name theirs. */
static void add_kids(struct buf *text, const struct pdf_tag *tag, const struct pdf_owners *pages)
{
    size_t home = SIZE_MAX;
    for (const struct pdf_kid *kid = tag->first; kid != NULL && home == SIZE_MAX; kid = kid->next)
        if (kid->tag == NULL)
            home = kid->page;
    if (home != SIZE_MAX) {
        buf_add_string(text, "/Pg ");
        add_reference(text, pages[home].page);
    }
    buf_add_string(text, "/K[");
    for (const struct pdf_kid *kid = tag->first; kid != NULL; kid = kid->next) {
        if (kid != tag->first)
            buf_add_byte(text, ' ');
        if (kid->tag != NULL) {
            add_reference(text, kid->tag->object);
        } else if (kid->link != NULL) {
            buf_add_string(text, "<</Type/OBJR/Obj ");
            add_reference(text, kid->link->object);
            buf_add_string(text, "/Pg ");
            add_reference(text, pages[kid->page].page);
            buf_add_string(text, ">>");
        } else if (kid->page == home) {
            add_number(text, kid->mark);
        } else {
            buf_add_string(text, "<</Type/MCR/Pg ");
            add_reference(text, pages[kid->page].page);
            buf_add_string(text, "/MCID ");
            add_number(text, kid->mark);
            buf_add_string(text, ">>");
        }
    }
    buf_add_byte(text, ']');
}

static void add_tag(struct buf *text, const struct pdf_tag *tag, const struct pdf_owners *pages,
                    const struct pdf_object *root)
{
    buf_add_string(text, "/Type/StructElem/S/");
    buf_add_string(text, tag->type);
    buf_add_string(text, "/P ");
    add_reference(text, tag->parent == NULL ? root : tag->parent->object);
    add_kids(text, tag, pages);
    if (tag->attributes != NULL) {
        buf_add_string(text, "/A<<");
        buf_add_string(text, tag->attributes);
        buf_add_string(text, ">>");
    }
    if (tag->id != NULL) {
        buf_add_string(text, "/ID(");
        buf_add_string(text, tag->id);
        buf_add_byte(text, ')');
    }
    if (tag->language != NULL)
        buf_format(text, "/Lang(%s)", tag->language);
    if (tag->alternative != NULL) {
        buf_add_string(text, "/Alt");
        pdf_text_string(text, tag->alternative);
    }
    const char *actual = text_of(tag);
    if (actual != NULL) {
        buf_add_string(text, "/ActualText");
        pdf_text_string(text, actual);
    }
}

static void add_parent_tree(struct buf *text, struct pdf_tags *tags, const struct pdf_owners *pages,
                            size_t page_count)
{
    buf_add_string(text, "/Nums[");
    for (size_t page = 0; page < page_count; page++) {
        add_number(text, page);
        buf_add_byte(text, '[');
        for (size_t i = 0; i < pages[page].count; i++) {
            add_reference(text, pages[page].tags[i] == NULL ? NULL : pages[page].tags[i]->object);
            buf_add_byte(text, ' ');
        }
        buf_add_string(text, "]\n");
    }
    size_t key = page_count;
    for (struct pdf_link *link = tags->first_link; link != NULL; link = link->next) {
        link->key = key++;
        add_number(text, link->key);
        buf_add_byte(text, ' ');
        add_reference(text, link->tag->object);
        buf_add_byte(text, '\n');
    }
    buf_add_byte(text, ']');
}

static void add_ids(struct buf *text, const struct pdf_tags *tags)
{
    const struct pdf_tag *first = NULL;
    const struct pdf_tag *last = NULL;
    buf_add_string(text, "/Kids[<</Names[");
    for (const struct pdf_tag *tag = tags->first; tag != NULL; tag = tag->next) {
        if (tag->id == NULL)
            continue;
        first = first == NULL ? tag : first;
        last = tag;
        buf_format(text, "(%s) %u 0 R\n", tag->id, pdf_object_id(tag->object));
    }
    if (first != NULL)
        buf_format(text, "]/Limits[(%s)(%s)]>>]", first->id, last->id);
}

enum status pdf_tags_write(struct pdf_tags *tags, const struct pdf_owners *pages, size_t page_count,
                           struct pdf_object **root, struct fail *fail)
{
    struct buf text;
    buf_init(&text, TREE_TEXT_MAX);
    struct pdf_object *tree = pdf_object_new(tags->file);
    struct pdf_object *parents = pdf_object_new(tags->file);
    for (const struct pdf_tag *tag = tags->first; tag != NULL; tag = tag->next) {
        buf_clear(&text);
        add_tag(&text, tag, pages, tree);
        pdf_object_add_text(tags->file, tag->object, &text);
        tags->failed = tags->failed || text.failed;
    }
    buf_clear(&text);
    add_parent_tree(&text, tags, pages, page_count);
    pdf_object_add_text(tags->file, parents, &text);
    tags->failed = tags->failed || text.failed;
    buf_clear(&text);
    buf_format(&text, "/Type/StructTreeRoot/K[%u 0 R]/ParentTree %u 0 R/ParentTreeNextKey %zu",
               pdf_object_id(tags->first == NULL ? NULL : tags->first->object), pdf_object_id(parents),
               page_count + (tags->last_link == NULL ? 0 : tags->last_link->key + 1 - page_count));
    if (tags->note_count > 0) {
        struct pdf_object *ids = pdf_object_new(tags->file);
        buf_format(&text, "/IDTree %u 0 R", pdf_object_id(ids));
        pdf_object_add_text(tags->file, tree, &text);
        buf_clear(&text);
        add_ids(&text, tags);
        pdf_object_add_text(tags->file, ids, &text);
    } else {
        pdf_object_add_text(tags->file, tree, &text);
    }
    bool failed = tags->failed || text.failed;
    buf_free(&text);
    *root = tree;
    return failed ? FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use") : STATUS_OK;
}

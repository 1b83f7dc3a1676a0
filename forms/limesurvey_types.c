/* What the types of LimeSurvey's questions share while they become items: the item itself, its text behind, its boxes,
 * and the page it stands on. */
#include "forms/limesurvey_types.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "forms/limesurvey_native.h"

/* Types with the same answer stand for each other: what is a list to LimeSurvey may be a scale or a consent to us. */
static const struct qtype *native_type(const json_t *native, const struct qtype *type)
{
    const struct qtype *ours = qtype_find(lime_native_string(native, "type", type->id));
    return ours != NULL && (ours == type || (ours->kind == QTYPE_CHOICE && type->kind == QTYPE_CHOICE)) ? ours : type;
}

struct lime_item *lime_add(struct lime *lime, const char *code, const char *type)
{
    if (lime->status != STATUS_OK)
        return NULL;
    if (lime->item_count == FORM_ITEM_MAX) {
        lime->status = FAIL(lime->fail, STATUS_LIMIT, N_("There are more than %d questions."), (int)FORM_ITEM_MAX);
        return NULL;
    }
    if (lime->item_count == lime->item_room) {
        size_t room = lime->item_room > 0 ? 2 * lime->item_room : 64;
        struct lime_item *more = lime_new(lime, room, sizeof *more);
        if (more == NULL)
            return NULL;
        if (lime->item_count > 0)
            memcpy(more, lime->items, lime->item_count * sizeof *more);
        lime->items = more;
        lime->item_room = room;
    }
    struct lime_item *item = &lime->items[lime->item_count++];
    struct lime_page *page = &lime->pages[lime->page_count - 1];
    const json_t *native = lime_native_item(lime, code);
    *item = (struct lime_item){ .item = { .id = lime_id(lime, lime_native_string(native, "id", code)),
                                          .type = native_type(native, qtype_find(type)),
                                          .page = lime->page_count - 1 },
                                .code = arena_string(lime->arena, code) };
    if (item->code == NULL)
        lime_fail(lime);
    lime->native_item = native;
    page->page.item_count++;
    return lime->status == STATUS_OK ? item : NULL;
}

/* What every item of a question has in common. */
void lime_mark(struct lime *lime, const struct lime_question *question, struct lime_item *item)
{
    enum qtype_kind kind = item->item.type->kind;
    item->item.off = lime_flag(question, "hidden");
    if (item->item.off && kind != QTYPE_NONE)
        lime_lose(lime, N_("switched off (off: yes)"), N_("The question is hidden from participants."));
    if (question->mandatory && kind != QTYPE_NONE) {
        item->item.required = true;
        lime->mandatory++;
    }
    if (kind == QTYPE_TEXT) {
        item->item.detached = true;
        item->item.off = true; /* until the city allows free texts: see the report of the form */
        lime->texts++;
    }
}

const char *lime_sgqa(struct lime *lime, const struct lime_question *question, const char *row)
{
    const char *name = arena_format(lime->arena, "%sX%sX%s%s", lime->survey->sid, question->gid, question->qid, row);
    if (name == NULL)
        lime_fail(lime);
    return name != NULL ? name : "";
}

void lime_validate(struct lime *lime, const struct lime_question *question, const char *name, struct lime_item *item)
{
    char tip[64];
    struct text text;
    const char *valid = lime_native_expression(lime, lime->native_item, "valid_if", lime_attribute(question, name));
    if (valid == NULL)
        valid = lime_expression(lime, &item->item, lime_attribute(question, name),
                                N_("every answer within the bounds is accepted"));
    if (valid == NULL)
        return;
    item->valid_if = lime_and(lime, item->valid_if, valid);
    snprintf(tip, sizeof tip, "%s_tip", name);
    lime_attribute_text(lime->survey, question, tip, &text);
    lime_text(lime, &text, MARKUP_LINE, false, NULL, &item->item.valid_text);
}

struct lime_item *lime_ask(struct lime *lime, const struct lime_question *question, const char *type)
{
    size_t number = lime->item_count;
    struct lime_item *item = lime_add(lime, question->code, type);
    if (item == NULL)
        return NULL;
    struct text label;
    struct text hint;
    lime_text(lime, &question->text, MARKUP_LINE, true, NULL, &label);
    lime_text(lime, &question->help, MARKUP_LINE, true, NULL, &hint);
    if (label.in[0] == NULL) {
        label.in[0] = question->code;
        lime_lose(lime, item->item.id, N_("The question has no text."));
    }
    item->item.label = label;
    item->item.hint = hint;
    lime_mark(lime, question, item);
    item->show_if = lime_native_expression(lime, lime->native_item, "show_if", question->relevance);
    if (item->show_if == NULL)
        item->show_if = lime_relevance(lime, question);
    lime_name(lime, question->code, number, NULL);
    lime_name(lime, lime_sgqa(lime, question, ""), number, NULL);
    return item;
}

void lime_drop(struct lime *lime)
{
    lime->item_count--;
    lime->pages[lime->page_count - 1].page.item_count--;
}

void lime_companion(struct lime *lime, size_t of, const char *suffix, const struct text *label, const char *show_if)
{
    const char *code = lime->items[of].item.id;
    char wanted[FORM_ID_MAX + 1];
    snprintf(wanted, sizeof wanted, "%.50s_%.10s", code, suffix);
    size_t number = lime->item_count;
    bool hidden = lime->items[of].item.off;
    struct lime_item *item = lime_add(lime, wanted, "text");
    if (item == NULL)
        return;
    item->item.label = *label;
    item->item.lines = 1;
    item->item.detached = true;
    item->item.off = true;
    item->show_if = show_if;
    if (!hidden)
        lime->texts++;
    lime_name(lime, wanted, number, NULL);
    lime_name(lime, lime_sgqa(lime, lime->question, suffix), number, NULL);
}

unsigned lime_count(struct lime *lime, const struct lime_question *question, const char *name, size_t most)
{
    const char *value = lime_attribute(question, name);
    char *end = NULL;
    long count = strtol(value, &end, 10);
    if (value[0] == '\0' || (*end == '\0' && count <= 0))
        return 0;
    if (*end == '\0' && (size_t)count <= most)
        return (unsigned)count;
    lime_lose(lime, NULL, N_("The setting %s=“%.100s” is no number up to %zu."), name, value, most);
    return 0;
}

/* Boxes are names of their own to LimeSurvey; a box that depends on something is shown always. */
void lime_boxes(struct lime *lime, const struct lime_question *question, size_t number)
{
    const struct item *item = &lime->items[number].item;
    size_t option = 0;
    for (size_t i = 0; i < question->subquestion_count && option < item->option_count; i++) {
        const struct lime_subquestion *row = &question->subquestions[i];
        char name[FORM_ID_MAX + FORM_CODE_MAX];
        if (row->scale != 0)
            continue;
        snprintf(name, sizeof name, "%.64s_%.30s", question->code, row->code);
        lime_name(lime, name, number, item->options[option].code);
        lime_name(lime, lime_sgqa(lime, question, row->code), number, item->options[option].code);
        if (row->relevance[0] != '\0' && strcmp(row->relevance, "1") != 0)
            lime_lose(lime, N_("the option is shown always"), N_("The condition “%.200s” of one option."),
                      row->relevance);
        option++;
    }
}

void lime_boxes_initial(struct lime *lime, const struct lime_question *question, struct item *item)
{
    struct buf chosen;
    buf_init(&chosen, 2000);
    for (size_t i = 0, option = 0; i < question->subquestion_count && option < item->option_count; i++) {
        if (question->subquestions[i].scale != 0)
            continue;
        for (size_t j = 0; j < question->default_count; j++)
            if (strcmp(question->defaults[j].subquestion, question->subquestions[i].qid) == 0 &&
                strcmp(question->defaults[j].value, "Y") == 0)
                buf_format(&chosen, "%s\"%s\"", chosen.length > 0 ? "," : "[", item->options[option].code);
        option++;
    }
    if (chosen.length > 0) {
        buf_add_byte(&chosen, ']');
        item->initial = arena_copy(lime->arena, chosen.bytes, chosen.length);
    }
    buf_free(&chosen);
}

static void page_names(struct lime *lime, struct page *page)
{
    size_t number = 0;
    size_t part = 1;
    for (size_t i = 0; i < lime->survey->group_count; i++)
        if (&lime->survey->groups[i] == lime->group)
            number = i + 1;
    char prefix[32];
    snprintf(prefix, sizeof prefix, "G%zu", number);
    for (size_t i = 0; i + 1 < lime->page_count; i++)
        if (strncmp(lime->pages[i].page.id, prefix, strlen(prefix)) == 0 &&
            strchr("_", lime->pages[i].page.id[strlen(prefix)]) != NULL)
            part++;
    page->id = part == 1 ? arena_string(lime->arena, prefix) : arena_format(lime->arena, "%s_%zu", prefix, part);
    if (page->id == NULL) {
        lime_fail(lime);
        page->id = "G";
    }
}

void lime_page_open(struct lime *lime)
{
    if (lime->page_count > 0 && lime->pages[lime->page_count - 1].page.item_count == 0)
        lime->page_count--; /* nothing came of it */
    if (lime->page_count == lime->page_room) {
        size_t room = lime->page_room > 0 ? 2 * lime->page_room : 16;
        struct lime_page *more = lime_new(lime, room, sizeof *more);
        if (more == NULL)
            return;
        if (lime->page_count > 0)
            memcpy(more, lime->pages, lime->page_count * sizeof *more);
        lime->pages = more;
        lime->page_room = room;
    }
    struct lime_page *page = &lime->pages[lime->page_count++];
    *page = (struct lime_page){ .page = { .item_first = lime->item_count } };
    page_names(lime, &page->page);
    lime_text(lime, &lime->group->name, MARKUP_LINE, true, NULL, &page->page.title);
    if (page->page.title.in[0] == NULL)
        page->page.title = lime->form->title;
    page->show_if = lime->group_show_if;
}

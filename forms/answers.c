/* Reads, writes and measures answers; decides which items a person sees. */
#include "forms/answers.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "forms/expression.h"
#include "forms/qtype.h"

enum { ANSWERS_JSON_MAX = 64 * 1024 };

enum status answers_create(struct arena *arena, const struct form *form, struct answers *answers, struct fail *fail)
{
    struct answer *items = ARENA_NEW(arena, struct answer, form->item_count);
    if (items == NULL)
        return FAIL(fail, STATUS_MEMORY, "out of memory");
    for (size_t i = 0; i < form->item_count; i++)
        items[i].choice = ANSWER_NONE;
    *answers = (struct answers){ form, items };
    return STATUS_OK;
}

void answers_shown_values(const struct answers *answers, bool shown[], struct value *calculated, size_t count)
{
    const struct form *form = answers->form;
    const struct scope scope = { .answers = answers, .shown = shown, .calculated = calculated };
    bool page_shown = true;
    for (size_t i = 0; i < count; i++) {
        const struct item *item = &form->items[i];
        const struct page *page = &form->pages[item->page];
        if (page->item_first == i)
            page_shown = page->show_if == NULL || expression_holds(page->show_if, &scope);
        shown[i] = page_shown && !item->off && (item->show_if == NULL || expression_holds(item->show_if, &scope));
        if (item->value != NULL)
            calculated[item->calculated] = expression_value(item->value, &scope);
    }
}

void answers_shown_all(const struct answers *answers, bool shown[], size_t count)
{
    struct value calculated[CALCULATED_MAX];
    answers_shown_values(answers, shown, calculated, count);
}

bool answers_shown(const struct answers *answers, size_t item)
{
    bool shown[FORM_ITEM_MAX];
    if (item >= answers->form->item_count || item >= FORM_ITEM_MAX)
        return false;
    if (answers->form->items[item].show_if == NULL &&
        answers->form->pages[answers->form->items[item].page].show_if == NULL)
        return !answers->form->items[item].off;
    answers_shown_all(answers, shown, item + 1);
    return shown[item];
}

bool answers_valid(const struct answers *answers, size_t item)
{
    bool shown[FORM_ITEM_MAX];
    struct value calculated[CALCULATED_MAX];
    const struct form *form = answers->form;
    const struct item *own = &form->items[item];
    const struct scope scope = { .answers = answers, .shown = shown, .calculated = calculated, .own = own };
    if (own->valid_if == NULL)
        return true;
    answers_shown_values(answers, shown, calculated, item + 1);
    return expression_holds(own->valid_if, &scope);
}

struct reading {
    struct arena *arena;
    struct answers answers;
    answers_fault *fault;
    void *context;
    struct fail *fail;
    size_t faults;
};

static const struct language *language_of(const struct reading *reading)
{
    return reading->fail != NULL ? reading->fail->language : NULL;
}

/* message is already in the reader's language. */
static void report(struct reading *reading, const char *item, const char *message)
{
    reading->faults++;
    if (reading->fault != NULL)
        reading->fault(reading->context, item, message);
    if (item != NULL)
        (void)FAIL(reading->fail, STATUS_INPUT, "%s: %s", item, message);
    else
        (void)FAIL(reading->fail, STATUS_INPUT, "%s", message);
}

static enum status read_item(struct reading *reading, const char *id, const json_t *value)
{
    const struct form *form = reading->answers.form;
    const struct item *item = form_item(form, id);
    if (item == NULL) {
        /* What was sent is not repeated: it may be anything. */
        report(reading, NULL, tr(language_of(reading), N_("an answer to a question that this form does not have")));
        return STATUS_OK;
    }
    struct fail fail = { .language = language_of(reading) };
    struct answer *answer = &reading->answers.items[item - form->items];
    enum status status = item->type->parse == NULL
                             ? FAIL(&fail, STATUS_INPUT, "this is no question: it cannot be answered")
                             : item->type->parse(reading->arena, item, value, answer, &fail);
    if (status == STATUS_INPUT) {
        report(reading, item->id, fail.what);
        return STATUS_OK;
    }
    return status == STATUS_OK ? STATUS_OK : FAIL(reading->fail, status, "%s: %s", item->id, fail.what);
}

static void check_shown(struct reading *reading)
{
    bool shown[FORM_ITEM_MAX];
    const struct form *form = reading->answers.form;
    answers_shown_all(&reading->answers, shown, form->item_count);
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        if (!answer_given(item, &reading->answers.items[i]))
            continue;
        if (!shown[i])
            report(reading, item->id,
                   tr(language_of(reading), N_("answered, but this question is not shown to this person")));
        else if (!answers_valid(&reading->answers, i))
            report(reading, item->id,
                   tr(language_of(reading), N_("the answer does not meet the condition of the question")));
    }
}

static enum status read_document(struct reading *reading, json_t *document)
{
    const struct language *language = language_of(reading);
    const char *form = json_string_value(json_object_get(document, "form"));
    json_t *items = json_object_get(document, "answers");
    if (form == NULL || !json_is_object(items) || json_object_size(document) != 2) {
        report(reading, NULL, tr(language, N_("exactly the two fields “form” and “answers” are expected")));
        return STATUS_OK;
    }
    if (strcmp(form, reading->answers.form->sha256) != 0)
        report(reading, NULL, tr(language, N_("the answers belong to another form or another version of it")));
    const char *id;
    json_t *value;
    json_object_foreach(items, id, value)
    {
        enum status status = read_item(reading, id, value);
        if (status != STATUS_OK)
            return status;
    }
    check_shown(reading);
    return STATUS_OK;
}

enum status answers_parse(struct arena *arena, const struct form *form, const char *json, size_t length,
                          struct answers *answers, answers_fault *fault, void *context, struct fail *fail)
{
    struct reading reading = { .arena = arena, .fault = fault, .context = context, .fail = fail };
    if (length > ANSWERS_JSON_MAX)
        return FAIL(fail, STATUS_LIMIT, "the answers are larger than %d bytes", (int)ANSWERS_JSON_MAX);
    enum status status = answers_create(arena, form, &reading.answers, fail);
    if (status != STATUS_OK)
        return status;
    json_error_t error;
    json_t *document = json_loadb(json, length, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(document))
        status = read_document(&reading, document);
    else
        report(&reading, NULL, tr(language_of(&reading), N_("the answers are not a JSON object")));
    json_decref(document);
    if (status == STATUS_OK && reading.faults > 0)
        status = STATUS_INPUT;
    if (status == STATUS_OK)
        *answers = reading.answers;
    return status;
}

static void write_items(const struct answers *answers, enum answers_part part, struct buf *out)
{
    const struct form *form = answers->form;
    const char *between = "";
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        if (!answer_given(item, &answers->items[i]) || (part == ANSWERS_ATTACHED && item->detached))
            continue;
        buf_format(out, "%s\"%s\":", between, item->id);
        item->type->write(item, &answers->items[i], out);
        between = ",";
    }
}

void answers_write_part(const struct answers *answers, enum answers_part part, struct buf *out)
{
    buf_format(out, "{\"form\":\"%s\",\"answers\":{", answers->form->sha256);
    write_items(answers, part, out);
    buf_add_string(out, "}}");
}

void answers_write(const struct answers *answers, struct buf *out)
{
    answers_write_part(answers, ANSWERS_ALL, out);
}

bool answers_write_detached(const struct answers *answers, size_t item, struct buf *out)
{
    const struct form *form = answers->form;
    const struct item *detached = &form->items[item];
    if (!detached->detached || !answer_given(detached, &answers->items[item]))
        return false;
    buf_format(out, "{\"%s\":", detached->id);
    detached->type->write(detached, &answers->items[item], out);
    const struct item *with = detached->detached_with != NULL ? form_item(form, detached->detached_with) : NULL;
    if (with != NULL && answer_given(with, &answers->items[with - form->items])) {
        buf_format(out, ",\"%s\":", with->id);
        with->type->write(with, &answers->items[with - form->items], out);
    }
    buf_add_byte(out, '}');
    return true;
}

size_t answers_length_max(const struct form *form)
{
    size_t length = strlen("{\"form\":\"\",\"answers\":{}}") + 64;
    for (size_t i = 0; i < form->item_count; i++) {
        const struct item *item = &form->items[i];
        if (!item->off && item->type->length_max !=
                              NULL) /* conditions are not used to make it shorter: the slot must hold any ballot */
            length += strlen(item->id) + strlen("\"\":,") + item->type->length_max(item);
    }
    return length;
}

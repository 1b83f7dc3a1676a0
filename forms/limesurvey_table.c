/* Rows of a LimeSurvey file from the events of its XML. */
#include "forms/limesurvey_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/xml.h"

/* <document> <questions> <rows> <row> <qid>: deeper elements belong to themes and are passed over. */
enum level { LEVEL_DOCUMENT = 1, LEVEL_TABLE, LEVEL_ROWS, LEVEL_ROW, LEVEL_FIELD };

enum { LANGUAGE_SEEN_MAX = 512 };

struct reading {
    struct arena *arena;
    struct lime_document *document;
    struct lime_table *tables;
    const char *languages[LANGUAGE_SEEN_MAX];
    struct lime_row *row;
    struct buf text;
    size_t depth, row_count;
    bool rows, known; /* within <rows>; the root is <document> */
};

static enum status lack(struct fail *fail)
{
    return FAIL(fail, STATUS_MEMORY, N_("The file is too large for the memory set aside for it."));
}

static enum status add_table(struct reading *reading, const char *name, struct fail *fail)
{
    struct lime_table *table = ARENA_NEW(reading->arena, struct lime_table, 1);
    char *copy = arena_string(reading->arena, name);
    if (table == NULL || copy == NULL)
        return lack(fail);
    *table = (struct lime_table){ .name = copy, .next = reading->tables };
    reading->tables = table;
    return STATUS_OK;
}

static enum status add_row(struct reading *reading, struct fail *fail)
{
    if (++reading->row_count > LIME_ROW_MAX)
        return FAIL(fail, STATUS_LIMIT, N_("The file has more than %d rows."), (int)LIME_ROW_MAX);
    struct lime_row *row = ARENA_NEW(reading->arena, struct lime_row, 1);
    if (row == NULL)
        return lack(fail);
    struct lime_table *table = reading->tables;
    if (table->last != NULL)
        table->last->next = row;
    else
        table->first = row;
    table->last = row;
    table->count++;
    reading->row = row;
    return STATUS_OK;
}

static enum status on_open(void *context, const struct xml_element *element, bool *within, struct fail *fail)
{
    struct reading *reading = context;
    reading->depth++;
    buf_clear(&reading->text);
    switch (reading->depth) {
    case LEVEL_DOCUMENT:
        reading->known = strcmp(element->name, "document") == 0;
        if (!reading->known)
            return FAIL(fail, STATUS_INPUT,
                        N_("This is not a LimeSurvey file: it begins with <%.40s>, not with <document>."),
                        element->name);
        return STATUS_OK;
    case LEVEL_TABLE: return add_table(reading, element->name, fail);
    case LEVEL_ROWS: reading->rows = strcmp(element->name, "rows") == 0; return STATUS_OK;
    case LEVEL_ROW:
        *within = reading->rows && strcmp(element->name, "row") == 0;
        return *within ? add_row(reading, fail) : STATUS_OK;
    default: *within = reading->depth == LEVEL_FIELD; return STATUS_OK;
    }
}

static enum status on_text(void *context, const char *text, size_t length, struct fail *fail)
{
    struct reading *reading = context;
    buf_add(&reading->text, text, length);
    return buf_status(&reading->text, tr(fail != NULL ? fail->language : NULL, N_("A field")), fail);
}

static enum status end_field(struct reading *reading, const char *name, struct fail *fail)
{
    struct lime_field *field = ARENA_NEW(reading->arena, struct lime_field, 1);
    char *copy = arena_string(reading->arena, name);
    char *value = arena_copy(reading->arena, reading->text.length > 0 ? reading->text.bytes : "", reading->text.length);
    if (field == NULL || copy == NULL || value == NULL)
        return lack(fail);
    *field = (struct lime_field){ .name = copy, .value = value, .next = reading->row->fields };
    reading->row->fields = field;
    return STATUS_OK;
}

/* <LimeSurveyDocType>, <DBVersion> and <languages><language> carry their text themselves. */
static enum status end_plain(struct reading *reading, const char *name, struct fail *fail)
{
    const char **place = NULL;
    struct lime_document *document = reading->document;
    if (reading->depth == LEVEL_TABLE && strcmp(name, "LimeSurveyDocType") == 0)
        place = &document->kind;
    else if (reading->depth == LEVEL_TABLE && strcmp(name, "DBVersion") == 0)
        place = &document->version;
    else if (reading->depth == LEVEL_ROWS && strcmp(name, "language") == 0 &&
             document->language_count < LANGUAGE_SEEN_MAX)
        place = &reading->languages[document->language_count++];
    if (place == NULL)
        return STATUS_OK;
    *place = arena_copy(reading->arena, reading->text.length > 0 ? reading->text.bytes : "", reading->text.length);
    return *place != NULL ? STATUS_OK : lack(fail);
}

static enum status on_close(void *context, const char *name, struct fail *fail)
{
    struct reading *reading = context;
    enum status status = STATUS_OK;
    if (reading->depth == LEVEL_FIELD && reading->row != NULL)
        status = end_field(reading, name, fail);
    else if (reading->depth == LEVEL_TABLE || reading->depth == LEVEL_ROWS)
        status = end_plain(reading, name, fail);
    else if (reading->depth == LEVEL_ROW)
        reading->row = NULL;
    buf_clear(&reading->text);
    reading->depth--;
    return status;
}

static enum status finish(struct reading *reading, struct fail *fail)
{
    struct lime_document *document = reading->document;
    const char **named = ARENA_NEW(reading->arena, const char *, document->language_count + 1);
    if (named == NULL)
        return lack(fail);
    memcpy(named, reading->languages, document->language_count * sizeof named[0]);
    document->languages = named;
    document->tables = reading->tables;
    if (document->kind == NULL)
        document->kind = "";
    if (document->version == NULL)
        document->version = "";
    if (lime_table(document, "questions") == NULL)
        return FAIL(fail, STATUS_INPUT, N_("This is not a LimeSurvey questionnaire: there is no table of questions."));
    return STATUS_OK;
}

enum status lime_document_read(struct arena *arena, const char *name, const char *bytes, size_t length,
                               struct lime_document *document, struct fail *fail)
{
    static const struct xml_events events = { .open = on_open, .close = on_close, .text = on_text };
    if (length > LIME_LENGTH_MAX)
        return FAIL(fail, STATUS_LIMIT, N_("The file is larger than %d MB."), LIME_LENGTH_MAX >> 20);
    struct reading *reading = ARENA_NEW(arena, struct reading, 1);
    struct xml *xml = NULL;
    if (reading == NULL)
        return lack(fail);
    *document = (struct lime_document){ 0 };
    reading->arena = arena;
    reading->document = document;
    buf_init(&reading->text, LIME_FIELD_MAX);
    enum status status = xml_create(name, &events, reading, &xml, fail);
    if (status == STATUS_OK)
        status = xml_feed(xml, bytes, length, fail);
    if (status == STATUS_OK)
        status = xml_end(xml, fail);
    if (status == STATUS_OK)
        status = finish(reading, fail);
    xml_destroy(xml);
    buf_free(&reading->text);
    return status;
}

const char *lime_value(const struct lime_row *row, const char *name)
{
    for (const struct lime_field *field = row->fields; field != NULL; field = field->next)
        if (strcmp(field->name, name) == 0)
            return field->value;
    return "";
}

long lime_number(const struct lime_row *row, const char *name, long otherwise)
{
    const char *value = lime_value(row, name);
    char *end = NULL;
    long number = strtol(value, &end, 10);
    return end == value || *end != '\0' || number < -1000000000L || number > 1000000000L ? otherwise : number;
}

const struct lime_table *lime_table(const struct lime_document *document, const char *name)
{
    for (const struct lime_table *table = document->tables; table != NULL; table = table->next)
        if (strcmp(table->name, name) == 0)
            return table;
    return NULL;
}

struct keyed {
    const char *key;
    size_t position;
    const struct lime_row *row;
};

static int compare(const void *left, const void *right)
{
    const struct keyed *a = left;
    const struct keyed *b = right;
    int order = strcmp(a->key, b->key);
    return order != 0 ? order : (a->position > b->position) - (a->position < b->position);
}

enum status lime_sort(struct arena *arena, const struct lime_document *document, const char *table, const char *column,
                      struct lime_sorted *sorted, struct fail *fail)
{
    const struct lime_table *found = lime_table(document, table);
    *sorted = (struct lime_sorted){ 0 };
    if (found == NULL || found->count == 0)
        return STATUS_OK;
    struct keyed *all = ARENA_NEW(arena, struct keyed, found->count);
    sorted->rows = ARENA_NEW(arena, const struct lime_row *, found->count);
    sorted->keys = ARENA_NEW(arena, const char *, found->count);
    if (all == NULL || sorted->rows == NULL || sorted->keys == NULL)
        return lack(fail);
    for (const struct lime_row *row = found->first; row != NULL; row = row->next, sorted->count++)
        all[sorted->count] = (struct keyed){ lime_value(row, column), sorted->count, row };
    qsort(all, sorted->count, sizeof *all, compare);
    for (size_t i = 0; i < sorted->count; i++) {
        sorted->rows[i] = all[i].row;
        sorted->keys[i] = all[i].key;
    }
    return STATUS_OK;
}

size_t lime_rows(const struct lime_sorted *sorted, const char *key, size_t *first)
{
    size_t low = 0;
    size_t high = sorted->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(sorted->keys[middle], key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    while (high < sorted->count && strcmp(sorted->keys[high], key) == 0)
        high++;
    return high - low;
}

/* Thin helpers over jansson. */
#include "survey/document_json.h"

json_t *document_add(json_t *list, json_t *item)
{
    if (json_array_append_new(list, item) == 0)
        return list;
    json_decref(list);
    return NULL;
}

static int take_bytes(const char *bytes, size_t length, void *context)
{
    struct buf *out = context;
    buf_add(out, bytes, length);
    return out->failed ? -1 : 0;
}

enum status document_write(json_t *document, struct buf *out, struct fail *fail)
{
    if (document == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to store the release");
    int code = json_dump_callback(document, take_bytes, out, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
    json_decref(document);
    enum status status = buf_status(out, "the release", fail);
    if (status == STATUS_OK && code != 0)
        return FAIL(fail, STATUS_MEMORY, "not enough memory to store the release");
    return status;
}

json_int_t document_whole(struct document_reader *reader, const json_t *value, json_int_t low, json_int_t high)
{
    const json_int_t found = json_integer_value(value);
    if (json_is_integer(value) && found >= low && found <= high)
        return found;
    reader->wrong = true;
    return low;
}

const char *document_text(struct document_reader *reader, const json_t *value)
{
    const char *text = json_is_string(value) ? arena_string(reader->arena, json_string_value(value)) : NULL;
    reader->wrong = reader->wrong || text == NULL;
    return text == NULL ? "" : text;
}

enum status document_status(const struct document_reader *reader, struct fail *fail)
{
    if (!reader->wrong)
        return STATUS_OK;
    return FAIL(fail, STATUS_INPUT, "the stored release is damaged: bring the database back from the last backup");
}

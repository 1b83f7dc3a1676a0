/* The strings that cells share, as one piece of memory and a list of where each begins. Readings (Japanese "phonetic"
 * hints) are left out, formatted runs are joined. */
#include <string.h>

#include "base/xlsx_private.h"

struct strings {
    struct xlsx *xlsx;
    size_t start; /* of the string that is being read */
    bool in_text;
};

static enum status on_open(void *context, const struct xml_element *element, bool *within, struct fail *fail)
{
    struct strings *strings = context;
    struct xlsx *xlsx = strings->xlsx;
    if (strcmp(element->name, "si") == 0) {
        if (xlsx->starts.length / sizeof(uint32_t) >= XLSX_STRING_MAX || xlsx->strings.length > UINT32_MAX)
            return FAIL(fail, STATUS_LIMIT, "%s: too many different texts", xlsx->name);
        strings->start = xlsx->strings.length;
        uint32_t start = (uint32_t)strings->start;
        buf_add(&xlsx->starts, &start, sizeof start);
    } else if (strcmp(element->name, "t") == 0)
        strings->in_text = true;
    else if (strcmp(element->name, "r") != 0 && strcmp(element->name, "sst") != 0)
        *within = false;
    return STATUS_OK;
}

static enum status on_close(void *context, const char *name, struct fail *fail)
{
    struct strings *strings = context;
    struct buf *out = &strings->xlsx->strings;
    strings->in_text = false;
    if (strcmp(name, "si") != 0)
        return STATUS_OK;
    if (!out->failed && out->length > strings->start)
        out->length = strings->start + xlsx_unescape(out->bytes + strings->start, out->length - strings->start);
    buf_add(out, "", 1);
    return buf_status(out, strings->xlsx->name, fail);
}

static enum status on_text(void *context, const char *text, size_t length, struct fail *fail)
{
    struct strings *strings = context;
    if (strings->in_text)
        buf_add(&strings->xlsx->strings, text, length);
    return buf_status(&strings->xlsx->strings, strings->xlsx->name, fail);
}

enum status xlsx_read_strings(struct xlsx *xlsx, const char *entry, struct fail *fail)
{
    static const struct xml_events events = { on_open, on_close, on_text };
    struct strings strings = { .xlsx = xlsx };
    enum status status = xlsx_stream(xlsx, entry, &events, &strings, fail);
    if (status == STATUS_OK)
        status = buf_status(&xlsx->starts, xlsx->name, fail);
    return status;
}

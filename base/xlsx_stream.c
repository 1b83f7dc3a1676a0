/* From an entry of the archive through the XML reader into a handler; and the escapes of the cells' texts. */
#include <string.h>

#include "base/xlsx_private.h"

static enum status on_portion(void *context, const char *bytes, size_t length, struct fail *fail)
{
    return xml_feed(context, bytes, length, fail);
}

enum status xlsx_stream(struct xlsx *xlsx, const char *entry, const struct xml_events *events, void *context,
                        struct fail *fail)
{
    struct xml *xml = NULL;
    enum status status = xml_create(xlsx->name, events, context, &xml, fail);
    if (status == STATUS_OK)
        status = unzip_stream(xlsx->unzip, entry, on_portion, xml, fail);
    if (status == STATUS_OK)
        status = xml_end(xml, fail);
    xml_destroy(xml);
    return status;
}

static int hex(char digit)
{
    static const char digits[] = "0123456789ABCDEFabcdef";
    const char *found = digit != '\0' ? strchr(digits, digit) : NULL;
    if (found == NULL)
        return -1;
    int value = (int)(found - digits);
    return value < 16 ? value : value - 6;
}

/* The number of an escape "_xHHHH_" at the start of text; -1 when there is none. */
static int escaped(const char *text, size_t length)
{
    if (length < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return -1;
    int value = 0;
    for (int i = 2; i < 6; i++) {
        int digit = hex(text[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

size_t xlsx_unescape(char *text, size_t length)
{
    size_t out = 0;
    for (size_t i = 0; i < length;) {
        int value = escaped(text + i, length - i);
        if (value < 0 || value > 0x7F) { /* spreadsheet programs escape control characters and "_" only */
            text[out++] = text[i++];
            continue;
        }
        if (value >= ' ' || value == '\n' || value == '\t')
            text[out++] = (char)value;
        i += 7;
    }
    return out;
}

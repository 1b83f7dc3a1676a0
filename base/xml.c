/* The push parser of libxml2 behind a few callbacks. libxml2 alone would expand entities, load definitions and take
 * any encoding iconv knows; here a document type stops the reading before it is looked at, and iconv is never asked. */
#include "base/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"

enum { PORTION = 32 * 1024, ATTRIBUTE_MAX = 1024, SNIFFED = 256 };

struct xml {
    const char *name;
    const struct xml_events *events;
    void *context;
    xmlParserCtxtPtr parser; /* NULL until the first bytes are there */
    xmlSAXHandler handler;
    char head[SNIFFED]; /* the first bytes, kept until the encoding is known */
    size_t head_length;
    unsigned depth;
    unsigned hidden_at; /* depth of the element whose inside is left out; 0: none */
    struct buf values;  /* of the attributes of one element, each with its NUL */
    struct xml_attribute attributes[ATTRIBUTE_MAX];
    enum status status; /* first failure; sticks */
    struct fail *fail;  /* of the call in progress */
};

const char *xml_attribute(const struct xml_element *element, const char *name)
{
    for (size_t i = 0; i < element->attribute_count; i++)
        if (strcmp(element->attributes[i].name, name) == 0)
            return element->attributes[i].value;
    return NULL;
}

static void stop(struct xml *xml, enum status status)
{
    if (status == STATUS_OK || xml->status != STATUS_OK)
        return;
    xml->status = status;
    if (xml->parser != NULL)
        xmlStopParser(xml->parser);
}

static unsigned line_of(const struct xml *xml)
{
    int line = xml->parser != NULL && xml->parser->input != NULL ? xml->parser->input->line : 0;
    return line > 0 ? (unsigned)line : 0;
}

/* Five pointers an attribute: name, prefix, address, value, end of the value. Values may stand in the parser's own
 * buffer without a NUL: they are copied together, then cut. attributes is NULL when there are none. */
static bool take_attributes(struct xml *xml, int count, const xmlChar **attributes)
{
    buf_clear(&xml->values);
    for (int i = 0; i < count; i++) {
        const xmlChar *const *one = &attributes[(ptrdiff_t)i * 5];
        buf_add(&xml->values, one[3], (size_t)(one[4] - one[3]));
        buf_add(&xml->values, "", 1);
    }
    if (xml->values.failed) {
        stop(xml, FAIL(xml->fail, STATUS_LIMIT, "%s, line %u: a tag is longer than %d bytes", xml->name, line_of(xml),
                       (int)XML_TAG_MAX));
        return false;
    }
    const char *value = xml->values.bytes;
    for (int i = 0; i < count; i++) {
        const xmlChar *const *one = &attributes[(ptrdiff_t)i * 5];
        xml->attributes[i] = (struct xml_attribute){ (const char *)one[0], value };
        value += one[4] - one[3] + 1;
    }
    return true;
}

static void on_open(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                    const xmlChar **declared, int count, int defaulted, const xmlChar **attributes)
{
    (void)prefix;
    (void)uri;
    (void)declared;
    (void)defaulted;
    struct xml *xml = context;
    if (xml->status != STATUS_OK)
        return;
    if (++xml->depth > XML_DEPTH_MAX) {
        stop(xml, FAIL(xml->fail, STATUS_LIMIT, "%s, line %u: more than %d elements inside one another", xml->name,
                       line_of(xml), (int)XML_DEPTH_MAX));
        return;
    }
    if (count > ATTRIBUTE_MAX || namespaces > XML_NAMESPACE_MAX) {
        stop(xml,
             FAIL(xml->fail, STATUS_LIMIT, "%s, line %u: too many attributes in one tag", xml->name, line_of(xml)));
        return;
    }
    if (xml->hidden_at > 0 || !take_attributes(xml, count, attributes))
        return;
    struct xml_element element = { (const char *)name, xml->attributes, (size_t)count, line_of(xml) };
    bool within = true;
    stop(xml, xml->events->open(xml->context, &element, &within, xml->fail));
    if (!within)
        xml->hidden_at = xml->depth;
}

static void on_close(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix;
    (void)uri;
    struct xml *xml = context;
    if (xml->status != STATUS_OK)
        return;
    if (xml->hidden_at == xml->depth)
        xml->hidden_at = 0;
    xml->depth--;
    if (xml->hidden_at == 0)
        stop(xml, xml->events->close(xml->context, (const char *)name, xml->fail));
}

static void on_text(void *context, const xmlChar *text, int length)
{
    struct xml *xml = context;
    if (xml->status == STATUS_OK && xml->hidden_at == 0 && length > 0)
        stop(xml, xml->events->text(xml->context, (const char *)text, (size_t)length, xml->fail));
}

static void on_document_type(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    struct xml *xml = context;
    stop(xml, FAIL(xml->fail, STATUS_INPUT,
                   "%s, line %u: a document type (<!DOCTYPE …>) is not accepted: it could make the reader expand "
                   "entities without end or open other files",
                   xml->name, line_of(xml)));
}

/* Only the five entities of XML itself. */
static xmlEntityPtr on_entity(void *context, const xmlChar *name)
{
    (void)context;
    return xmlGetPredefinedEntity(name);
}

static void on_error(void *context, xmlErrorPtr error)
{
    struct xml *xml = context;
    if (error->level != XML_ERR_FATAL || xml->status != STATUS_OK || error->code == XML_ERR_USER_STOP)
        return;
    if (error->code == XML_ERR_NO_MEMORY) {
        stop(xml, FAIL(xml->fail, STATUS_MEMORY, "%s: out of memory", xml->name));
        return;
    }
    const char *message = error->message != NULL ? error->message : "";
    stop(xml, FAIL(xml->fail, STATUS_INPUT, "%s, line %d: this is not well-formed XML (%.*s)", xml->name, error->line,
                   (int)strcspn(message, "\n"), message));
}

enum status xml_create(const char *name, const struct xml_events *events, void *context, struct xml **xml,
                       struct fail *fail)
{
    struct xml *made = calloc(1, sizeof *made);
    if (made == NULL)
        return FAIL(fail, STATUS_MEMORY, "%s: out of memory", name);
    made->name = name;
    made->events = events;
    made->context = context;
    buf_init(&made->values, XML_TAG_MAX);
    buf_add(&made->values, "", 0);
    made->handler = (xmlSAXHandler){
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = on_document_type,
        .getEntity = on_entity,
        .startElementNs = on_open,
        .endElementNs = on_close,
        .characters = on_text,
        .cdataBlock = on_text,
        .ignorableWhitespace = on_text,
        .serror = on_error,
    };
    *xml = made;
    return STATUS_OK;
}

void xml_destroy(struct xml *xml)
{
    if (xml == NULL)
        return;
    xmlFreeParserCtxt(xml->parser);
    buf_free(&xml->values);
    free(xml);
}

/* The encoding that the declaration names, for a document that begins like ASCII: UTF-8 or nothing. */
static bool encoding_fits(const struct xml *xml)
{
    char head[SNIFFED + 1] = { 0 };
    memcpy(head, xml->head, xml->head_length);
    if (memcmp(head, "\xFF\xFE", 2) == 0 || memcmp(head, "\xFE\xFF", 2) == 0)
        return true; /* UTF-16: what the declaration says is not heeded */
    const char *start = memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? head + 3 : head;
    if (memchr(start, '\0', 4) != NULL || strchr("< \t\r\n", *start) == NULL)
        return false; /* UTF-32, EBCDIC, no XML at all */
    const char *end = strstr(start, "?>");
    const char *encoding = strncmp(start, "<?xml", 5) == 0 ? strstr(start, "encoding") : NULL;
    if (encoding == NULL || end == NULL || encoding > end)
        return true;
    encoding += strlen("encoding");
    encoding += strspn(encoding, " \t\r\n=\"'");
    size_t length = strcspn(encoding, "\"' \t\r\n?");
    return (length == 5 && strncasecmp(encoding, "utf-8", 5) == 0) ||
           (length == 8 && strncasecmp(encoding, "us-ascii", 8) == 0);
}

/* Opens the parser with the first bytes: it needs them to tell UTF-16. */
static enum status begin(struct xml *xml, struct fail *fail)
{
    if (xml->head_length < 4)
        return FAIL(fail, STATUS_INPUT, "%s: the file is empty", xml->name);
    if (!encoding_fits(xml))
        return FAIL(fail, STATUS_INPUT, "%s: this is not XML in UTF-8: save the file as UTF-8", xml->name);
    xml->parser = xmlCreatePushParserCtxt(&xml->handler, xml, xml->head, (int)xml->head_length, NULL);
    if (xml->parser == NULL)
        return FAIL(fail, STATUS_MEMORY, "%s: out of memory", xml->name);
    /* NOENT: "&amp;" in attributes becomes "&"; there are no other entities. No XML_PARSE_HUGE: libxml2's own bounds
     * stay. */
    (void)xmlCtxtUseOptions(xml->parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC | XML_PARSE_COMPACT);
    return STATUS_OK;
}

/* What the parser has been given and not used yet is one unfinished tag. */
static bool is_stuck(const struct xml *xml)
{
    const xmlParserInput *input = xml->parser->input;
    return input != NULL && input->end - input->cur > XML_TAG_MAX;
}

static void parse(struct xml *xml, const char *bytes, size_t length, bool last)
{
    int error = xmlParseChunk(xml->parser, bytes, (int)length, last);
    if (error != 0 && xml->status == STATUS_OK && xml->parser->wellFormed == 0)
        stop(xml, FAIL(xml->fail, STATUS_INPUT, "%s, line %u: this is not well-formed XML", xml->name, line_of(xml)));
    if (xml->status == STATUS_OK && !last && is_stuck(xml))
        stop(xml, FAIL(xml->fail, STATUS_LIMIT, "%s, line %u: a tag is longer than %d bytes", xml->name, line_of(xml),
                       (int)XML_TAG_MAX));
}

enum status xml_feed(struct xml *xml, const char *bytes, size_t length, struct fail *fail)
{
    xml->fail = fail;
    if (xml->parser == NULL) {
        size_t taken = sizeof xml->head - xml->head_length;
        taken = length < taken ? length : taken;
        if (taken > 0)
            memcpy(xml->head + xml->head_length, bytes, taken);
        xml->head_length += taken;
        bytes += taken;
        length -= taken;
        if (xml->head_length < sizeof xml->head)
            return xml->status;
        if (xml->status == STATUS_OK)
            xml->status = begin(xml, fail);
    }
    while (length > 0 && xml->status == STATUS_OK) {
        size_t portion = length < PORTION ? length : PORTION;
        parse(xml, bytes, portion, false);
        bytes += portion;
        length -= portion;
    }
    return xml->status;
}

enum status xml_end(struct xml *xml, struct fail *fail)
{
    xml->fail = fail;
    if (xml->parser == NULL && xml->status == STATUS_OK)
        xml->status = begin(xml, fail);
    if (xml->status == STATUS_OK)
        parse(xml, NULL, 0, true);
    return xml->status;
}

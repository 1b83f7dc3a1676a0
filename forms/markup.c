/* One pass over the HTML with a handful of states: what is dropped, which break or blank is due, whether bold is on. */
#include "forms/markup.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { NAME_MAX_LENGTH = 15, EXPRESSION_MAX = 4096 };

enum gap { GAP_NONE, GAP_BLANK, GAP_LINE, GAP_PARAGRAPH };

struct reader {
    const char *at;
    enum markup_shape shape;
    markup_expression *expression;
    void *context;
    struct buf *out;
    size_t begin;      /* length of out at the start */
    enum gap gap;      /* due before the next letter */
    bool bold, marked; /* wanted; written */
    struct buf link;   /* address of the link that is open */
    size_t link_from;  /* where its text begins in out */
    struct markup_lost *lost;
};

/* ISO 8859-1 from 161 on, as HTML 4 names them. */
static const char *const latin[] = {
    "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",   "laquo",
    "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",  "para",
    "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute",
    "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",
    "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute", "acirc",
    "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute",
    "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash",
    "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

static const struct entity {
    const char *name;
    int32_t point;
} entities[] = {
    { "nbsp", 0xA0 },     { "amp", '&' },       { "lt", '<' },       { "gt", '>' },        { "quot", '"' },
    { "apos", '\'' },     { "lbrace", '{' },    { "rbrace", '}' },   { "lcub", '{' },      { "rcub", '}' },
    { "OElig", 0x152 },   { "oelig", 0x153 },   { "Scaron", 0x160 }, { "scaron", 0x161 },  { "Yuml", 0x178 },
    { "fnof", 0x192 },    { "ensp", 0x2002 },   { "emsp", 0x2003 },  { "thinsp", 0x2009 }, { "zwnj", 0x200C },
    { "zwj", 0x200D },    { "lrm", 0x200E },    { "rlm", 0x200F },   { "ndash", 0x2013 },  { "mdash", 0x2014 },
    { "lsquo", 0x2018 },  { "rsquo", 0x2019 },  { "sbquo", 0x201A }, { "ldquo", 0x201C },  { "rdquo", 0x201D },
    { "bdquo", 0x201E },  { "dagger", 0x2020 }, { "bull", 0x2022 },  { "hellip", 0x2026 }, { "permil", 0x2030 },
    { "lsaquo", 0x2039 }, { "rsaquo", 0x203A }, { "euro", 0x20AC },  { "trade", 0x2122 },  { "larr", 0x2190 },
    { "rarr", 0x2192 },   { "minus", 0x2212 },  { "ne", 0x2260 },    { "le", 0x2264 },     { "ge", 0x2265 },
    { "check", 0x2713 },
};

static bool is_letter(int32_t point)
{
    return point == '\t' || point == '\n' || (point >= 0x20 && point < 0x7F) || (point > 0x9F && point < 0xD800) ||
           (point > 0xDFFF && point < 0xFFFE) || (point > 0xFFFF && point <= 0x10FFFF && (point & 0xFFFE) != 0xFFFE);
}

/* Bytes of the entity at text, 0 when it is none; *point is 0 for a character no text may have. */
static size_t entity_length(const char *text, int32_t *point)
{
    size_t length = strcspn(text + 1, "; &<>\n\t{}") + 1;
    if (text[length] != ';' || length > NAME_MAX_LENGTH || length < 2)
        return 0;
    *point = 0;
    if (text[1] == '#') {
        bool hex = text[2] == 'x' || text[2] == 'X';
        char *end = NULL;
        if (!isxdigit((unsigned char)text[hex ? 3 : 2]))
            return 0;
        long number = strtol(text + (hex ? 3 : 2), &end, hex ? 16 : 10);
        if (*end != ';')
            return 0;
        *point = number > 0 && number <= 0x10FFFF && is_letter((int32_t)number) ? (int32_t)number : 0;
        return length + 1;
    }
    for (size_t i = 0; i < COUNT(latin) && *point == 0; i++)
        if (strncmp(latin[i], text + 1, length - 1) == 0 && latin[i][length - 1] == '\0')
            *point = (int32_t)i + 161;
    for (size_t i = 0; i < COUNT(entities) && *point == 0; i++)
        if (strncmp(entities[i].name, text + 1, length - 1) == 0 && entities[i].name[length - 1] == '\0')
            *point = entities[i].point;
    return *point != 0 ? length + 1 : 0;
}

static bool any(const struct reader *reader)
{
    return reader->out->length > reader->begin;
}

/* The break or blank that is due, then the mark of bold. */
static void settle(struct reader *reader)
{
    bool paragraphs = reader->shape == MARKUP_PARAGRAPHS;
    if (reader->gap != GAP_NONE && any(reader)) {
        if (reader->gap == GAP_PARAGRAPH && paragraphs && reader->marked) {
            buf_add_string(reader->out, "**"); /* bold ends with its paragraph */
            reader->marked = false;
        }
        buf_add_string(reader->out, reader->gap == GAP_BLANK || !paragraphs ? " "
                                    : reader->gap == GAP_LINE               ? "\n"
                                                                            : "\n\n");
    }
    reader->gap = GAP_NONE;
    if (paragraphs && reader->bold && !reader->marked) {
        buf_add_string(reader->out, "**");
        reader->marked = true;
    }
}

static void end_bold(struct reader *reader)
{
    if (reader->marked)
        buf_add_string(reader->out, "**");
    reader->bold = false;
    reader->marked = false;
}

static void add_letter(struct reader *reader, int32_t point)
{
    settle(reader);
    utf8_add(reader->out, point);
    if (point == '{' && reader->expression != NULL)
        buf_add_byte(reader->out, '{');
}

static void want(struct reader *reader, enum gap gap)
{
    if (gap == GAP_LINE && reader->gap == GAP_LINE)
        gap = GAP_PARAGRAPH; /* two <br/> in a row */
    if (gap > reader->gap)
        reader->gap = gap;
}

/* Name of the tag at text ("<" or "</" before it) in lower case; longer ones are cut: none of ours is. */
static void tag_name(const char *text, char name[NAME_MAX_LENGTH + 1])
{
    size_t length = 0;
    while (length < NAME_MAX_LENGTH && isalnum((unsigned char)text[length])) {
        name[length] = (char)tolower((unsigned char)text[length]);
        length++;
    }
    name[length] = '\0';
}

static bool is_one_of(const char *name, const char *const names[])
{
    for (size_t i = 0; names[i] != NULL; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* Behind the ">" of the tag; quotes may hide one. */
static const char *tag_end(const char *text)
{
    char quote = '\0';
    for (; *text != '\0'; text++) {
        if (quote != '\0')
            quote = *text == quote ? '\0' : quote;
        else if ((*text == '"' || *text == '\'') && text[-1] == '=')
            quote = *text;
        else if (*text == '>')
            return text + 1;
    }
    return text;
}

/* Value of an attribute within the tag, up to MARKUP_TEXT_MAX bytes, entities decoded. */
static bool tag_attribute(const char *tag, const char *end, const char *name, struct buf *value)
{
    size_t length = strlen(name);
    for (const char *at = tag; at + length + 3 < end; at++) {
        if (!isspace((unsigned char)at[0]) || strncmp(at + 1, name, length) != 0 || at[length + 1] != '=' ||
            (at[length + 2] != '"' && at[length + 2] != '\''))
            continue;
        const char *from = at + length + 3;
        const char *to = memchr(from, at[length + 2], (size_t)(end - from));
        for (; to != NULL && from < to;) {
            int32_t point = 0;
            size_t entity = *from == '&' ? entity_length(from, &point) : 0;
            if (entity > 0 && point != 0)
                utf8_add(value, point);
            else if (entity == 0)
                buf_add_byte(value, *from);
            from += entity > 0 ? entity : 1;
        }
        return value->length > 0;
    }
    return false;
}

static void add_text(struct reader *reader, const char *text)
{
    for (; *text != '\0'; text++) {
        if (isspace((unsigned char)*text)) {
            want(reader, GAP_BLANK);
            continue;
        }
        settle(reader);
        buf_add_byte(reader->out, *text);
        if (*text == '{' && reader->expression != NULL)
            buf_add_byte(reader->out, '{');
    }
}

static void read_image(struct reader *reader, const char *tag, const char *end)
{
    struct buf value;
    buf_init(&value, MARKUP_TEXT_MAX);
    reader->lost->images++;
    if (tag_attribute(tag, end, "alt", &value)) {
        want(reader, GAP_BLANK);
        add_text(reader, value.bytes);
        want(reader, GAP_BLANK);
    }
    buf_free(&value);
}

/* The address of a link stands behind its text, unless the text says it. */
static void open_link(struct reader *reader, const char *tag, const char *end)
{
    buf_clear(&reader->link);
    reader->link_from = reader->out->length;
    if (tag_attribute(tag, end, "href", &reader->link) && strncmp(reader->link.bytes, "http", 4) != 0)
        buf_clear(&reader->link);
}

static void close_link(struct reader *reader)
{
    if (reader->link.length > 0 && !reader->out->failed && reader->out->length > reader->link_from &&
        strstr(reader->out->bytes + reader->link_from, reader->link.bytes) == NULL) {
        want(reader, GAP_BLANK);
        settle(reader);
        buf_add_byte(reader->out, '(');
        add_text(reader, reader->link.bytes);
        buf_add_byte(reader->out, ')');
    }
    buf_clear(&reader->link);
}

/* Behind the closing tag of that name. Without one a script goes on to the end, anything else has no content. */
static const char *skip_content(const char *text, const char *name)
{
    char found[NAME_MAX_LENGTH + 1];
    for (const char *at = strstr(text, "</"); at != NULL; at = strstr(at + 2, "</")) {
        tag_name(at + 2, found);
        if (strcmp(found, name) == 0)
            return tag_end(at + 2);
    }
    return strcmp(name, "script") == 0 || strcmp(name, "style") == 0 ? text + strlen(text) : text;
}

static void open_tag(struct reader *reader, const char *name, const char *tag, const char *end)
{
    static const char *const formats[] = { "i", "em", "u", "s", "font", "sup", "sub", "mark", "big", "small", NULL };
    bool strong = strcmp(name, "b") == 0 || strcmp(name, "strong") == 0;
    if (strong && reader->shape == MARKUP_PARAGRAPHS)
        reader->bold = true;
    else if (strong || is_one_of(name, formats) || strstr(name, "span") == name)
        reader->lost->formats++;
    else if (strcmp(name, "a") == 0)
        open_link(reader, tag, end);
    else if (strcmp(name, "img") == 0)
        read_image(reader, tag, end);
    else if (strcmp(name, "table") == 0)
        reader->lost->tables++;
    else if (strcmp(name, "li") == 0 && reader->shape == MARKUP_PARAGRAPHS) {
        want(reader, GAP_PARAGRAPH);
        settle(reader);
        utf8_add(reader->out, 0x2013);
        want(reader, GAP_BLANK);
    }
}

/* Reads the tag at reader->at; false when "<" is a letter there. */
static bool read_tag(struct reader *reader)
{
    static const char *const blocks[] = { "p",       "div",    "ul",         "ol",  "li",  "table", "tr",
                                          "hr",      "h1",     "h2",         "h3",  "h4",  "h5",    "h6",
                                          "dl",      "dt",     "dd",         "pre", "nav", "main",  "section",
                                          "article", "center", "blockquote", NULL };
    static const char *const cells[] = { "td", "th", "option", "button", "label", NULL };
    static const char *const dropped[] = { "script", "style",  "iframe", "object",   "embed",    "video", "audio",
                                           "svg",    "canvas", "select", "template", "noscript", "head",  NULL };
    const char *tag = reader->at + 1;
    if (strncmp(tag, "!--", 3) == 0) {
        const char *end = strstr(tag, "-->");
        reader->at = end != NULL ? end + 3 : tag + strlen(tag);
        return true;
    }
    bool closing = *tag == '/';
    char name[NAME_MAX_LENGTH + 1];
    tag_name(tag + (closing ? 1 : 0), name);
    if (!isalpha((unsigned char)name[0]) && *tag != '!' && *tag != '?')
        return false;
    const char *end = tag_end(tag);
    reader->at = end;
    if (is_one_of(name, blocks))
        want(reader, GAP_PARAGRAPH);
    else if (strcmp(name, "br") == 0)
        want(reader, GAP_LINE);
    else if (is_one_of(name, cells))
        want(reader, GAP_BLANK);
    if (is_one_of(name, dropped) && !closing) {
        reader->lost->scripts++;
        if (end[-1] != '>' || end[-2] != '/')
            reader->at = skip_content(end, name);
    } else if (closing && (strcmp(name, "b") == 0 || strcmp(name, "strong") == 0))
        end_bold(reader);
    else if (closing && strcmp(name, "a") == 0)
        close_link(reader);
    else if (!closing)
        open_tag(reader, name, tag, end);
    return true;
}

/* {…} of LimeSurvey: no blank behind the brace, closed in the same text. False when the brace is a letter. */
static bool read_expression(struct reader *reader)
{
    const char *from = reader->at + 1;
    size_t length = strcspn(from, "{}");
    if (from[length] != '}' || length == 0 || length > EXPRESSION_MAX || isspace((unsigned char)*from))
        return false;
    struct buf inner;
    buf_init(&inner, EXPRESSION_MAX + 1);
    for (size_t i = 0; i < length;) {
        int32_t point = 0;
        size_t entity = from[i] == '&' ? entity_length(from + i, &point) : 0;
        if (entity > 0 && point != 0)
            utf8_add(&inner, point);
        else if (entity == 0)
            buf_add_byte(&inner, from[i]);
        i += entity > 0 ? entity : 1;
    }
    settle(reader);
    if (inner.bytes != NULL && !inner.failed)
        reader->expression(reader->context, inner.bytes, reader->out);
    buf_free(&inner);
    reader->at = from + length + 1;
    return true;
}

void markup_read(const char *html, enum markup_shape shape, markup_expression *expression, void *context,
                 struct buf *out, struct markup_lost *lost)
{
    struct reader reader = { .at = html,
                             .shape = shape,
                             .expression = expression,
                             .context = context,
                             .out = out,
                             .begin = out->length,
                             .lost = lost };
    buf_init(&reader.link, 2000);
    while (*reader.at != '\0' && !out->failed) {
        int32_t point = 0;
        size_t entity = *reader.at == '&' ? entity_length(reader.at, &point) : 0;
        if (entity > 0) {
            bool nbsp = strncmp(reader.at, "&nbsp;", 6) == 0;
            if (nbsp)
                want(&reader, GAP_BLANK);                      /* editors strew it */
            else if (strncmp(reader.at, "&lbrace;", 8) == 0) { /* as markup_write() says a brace that is not doubled */
                settle(&reader);
                buf_add_byte(out, '{');
            } else if (point != 0)
                add_letter(&reader, point);
            reader.at += entity;
        } else if (isspace((unsigned char)*reader.at)) {
            want(&reader, GAP_BLANK);
            reader.at++;
        } else if ((*reader.at == '<' && read_tag(&reader)) ||
                   (*reader.at == '{' && expression != NULL && read_expression(&reader))) {
            continue;
        } else {
            char letter[2] = { *reader.at++, '\0' };
            add_text(&reader, letter);
        }
    }
    end_bold(&reader);
    lost->cut = lost->cut || out->failed;
    buf_free(&reader.link);
}

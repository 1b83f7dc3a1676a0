/* Chooses for every string the plainest way of writing it that survives any YAML reader: the bare word, quotes, a block
 * of lines, or escapes. */
#include "forms/yaml_write.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

static size_t trimmed(const char *value)
{
    size_t length = value == NULL ? 0 : strlen(value);
    while (length > 0 && (value[length - 1] == '\n' || value[length - 1] == ' '))
        length--;
    return length;
}

static void begin_line(struct yaml_writer *writer)
{
    const unsigned steps = writer->depth - (writer->entry ? 1 : 0);
    for (unsigned i = 0; i < steps; i++)
        buf_add_string(writer->out, "  ");
    if (writer->entry)
        buf_add_string(writer->out, "- ");
    writer->entry = false;
}

/* Characters that a YAML file cannot hold as they are, or that some reader takes for the end of a line. */
static bool needs_escape(int32_t character)
{
    return (character < 0x20 && character != '\n') || (character >= 0x7F && character < 0xA0) || character == 0x2028 ||
           character == 0x2029 || character == 0xFEFF || character == 0xFFFE || character == 0xFFFF;
}

struct traits {
    bool lines;   /* more than one */
    bool escapes; /* only double quotes can hold it */
    bool quotes;  /* has " or \ */
};

static struct traits look(const char *value, size_t length)
{
    struct traits traits = { 0 };
    const char *at = value;
    bool blank_line = true; /* nothing but blanks in this line so far */
    bool blanks = false;    /* the line has blanks */
    while (at < value + length) {
        int32_t character = 0;
        at += utf8_next(at, &character);
        traits.escapes = traits.escapes || needs_escape(character);
        traits.quotes = traits.quotes || character == '"' || character == '\\';
        if (character == '\n') { /* a block cannot keep a line of blanks only, nor a first line that is empty */
            traits.escapes = traits.escapes || (blank_line && (blanks || !traits.lines));
            traits.lines = true;
            blank_line = true;
            blanks = false;
        } else if (character == ' ') {
            blanks = true;
        } else {
            blank_line = false;
        }
    }
    traits.escapes = traits.escapes || (traits.lines && value[0] == ' ');
    return traits;
}

/* What YAML 1.1 or a hurried person takes for something else than a text. */
static bool is_special(const char *value, size_t length)
{
    static const char *const words[] = { "y", "n", "yes", "no", "on", "off", "true", "false", "null" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == length && strncasecmp(words[i], value, length) == 0)
            return true;
    return false;
}

static bool is_plain(const char *value, size_t length)
{
    const unsigned char first = (unsigned char)value[0];
    const bool letter = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z') || first >= 0xC3;
    if (!letter || is_special(value, length) || value[length - 1] == ':')
        return false;
    for (size_t i = 0; i + 1 < length; i++)
        if ((value[i] == ':' && value[i + 1] == ' ') || (value[i] == ' ' && value[i + 1] == '#'))
            return false;
    return true;
}

static void write_escaped(struct buf *out, const char *value, size_t length)
{
    const char *at = value;
    buf_add_byte(out, '"');
    while (at < value + length) {
        int32_t character = 0;
        const size_t size = utf8_next(at, &character);
        if (character == '"' || character == '\\')
            buf_format(out, "\\%c", (int)character);
        else if (character == '\n')
            buf_add_string(out, "\\n");
        else if (character == '\t')
            buf_add_string(out, "\\t");
        else if (needs_escape(character))
            buf_format(out, "\\u%04X", (unsigned)character);
        else
            buf_add(out, at, size);
        at += size;
    }
    buf_add_byte(out, '"');
}

static void write_single(struct buf *out, const char *value, size_t length)
{
    buf_add_byte(out, '\'');
    for (size_t i = 0; i < length; i++) {
        if (value[i] == '\'')
            buf_add_byte(out, '\'');
        buf_add_byte(out, value[i]);
    }
    buf_add_byte(out, '\'');
}

static void write_block(struct yaml_writer *writer, const char *value, size_t length)
{
    buf_add_string(writer->out, "|-");
    for (const char *line = value; line <= value + length;) {
        const char *end = memchr(line, '\n', (size_t)(value + length - line));
        const size_t size = (size_t)((end != NULL ? end : value + length) - line);
        buf_add_byte(writer->out, '\n');
        for (unsigned i = 0; size > 0 && i <= writer->depth; i++)
            buf_add_string(writer->out, "  ");
        buf_add(writer->out, line, size);
        line += size + 1;
    }
}

static void write_scalar(struct yaml_writer *writer, const char *value, size_t length)
{
    const struct traits traits = look(value, length);
    if (traits.escapes)
        write_escaped(writer->out, value, length);
    else if (traits.lines)
        write_block(writer, value, length);
    else if (is_plain(value, length))
        buf_add(writer->out, value, length);
    else if (traits.quotes)
        write_single(writer->out, value, length);
    else
        write_escaped(writer->out, value, length); /* nothing in it needs an escape */
}

void yaml_write_string(struct yaml_writer *writer, const char *key, const char *value)
{
    const size_t length = trimmed(value);
    if (length == 0)
        return;
    begin_line(writer);
    if (key != NULL) {
        write_scalar(writer, key, strlen(key));
        buf_add_string(writer->out, ": ");
    }
    write_scalar(writer, value, length);
    buf_add_byte(writer->out, '\n');
}

void yaml_write_word(struct yaml_writer *writer, const char *key, const char *word)
{
    begin_line(writer);
    buf_format(writer->out, "%s: %s\n", key, word);
}

void yaml_write_number(struct yaml_writer *writer, const char *key, unsigned number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    if (number > 0)
        yaml_write_word(writer, key, digits);
}

void yaml_write_flag(struct yaml_writer *writer, const char *key, bool flag)
{
    if (flag)
        yaml_write_word(writer, key, "yes");
}

void yaml_write_open(struct yaml_writer *writer, const char *key)
{
    begin_line(writer);
    write_scalar(writer, key, strlen(key));
    buf_add_string(writer->out, ":\n");
    writer->depth++;
}

void yaml_write_entry(struct yaml_writer *writer)
{
    writer->depth++;
    writer->entry = true;
}

void yaml_write_end(struct yaml_writer *writer)
{
    writer->depth--;
    writer->entry = false;
}

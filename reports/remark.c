#include "reports/remark.h"

#include <string.h>

#include "base/utf8.h"

const char *remark_text(const struct remarks *remarks, const char *place, const struct language *language)
{
    for (size_t i = 0; remarks != NULL && i < remarks->count; i++)
        if (strcmp(remarks->rows[i].place, place) == 0 &&
            strcmp(remarks->rows[i].language, language_code(language)) == 0)
            return remarks->rows[i].text;
    return NULL;
}

const struct language *remark_elsewhere(const struct remarks *remarks, const char *place,
                                        const struct language *language)
{
    for (const struct language *other = language_staff_next(NULL); other != NULL; other = language_staff_next(other))
        if (other != language && remark_text(remarks, place, other) != NULL)
            return other;
    return NULL;
}

/* --- checking --- */

static bool blank(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t';
}

enum status remark_check(struct arena *arena, const char *typed, const char **text, struct fail *fail)
{
    size_t length = strlen(typed);
    if (length > REMARK_MAX)
        return FAIL(fail, STATUS_LIMIT, "the text is longer than %d bytes: shorten it, or put details into an annex",
                    REMARK_MAX);
    if (!utf8_valid(typed, length))
        return FAIL(fail, STATUS_INPUT, "the text is not UTF-8");
    char *own = arena_copy(arena, typed, length);
    if (own == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the text");
    size_t used = 0;
    size_t line = 1;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)typed[i];
        if (byte == '\r' && typed[i + 1] == '\n')
            continue;
        if ((byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') || byte == 0x7F)
            return FAIL(fail, STATUS_INPUT, "line %zu of the text holds a control character: type the line again", line);
        own[used] = byte == '\r' ? '\n' : (char)byte;
        line += own[used++] == '\n';
    }
    while (used > 0 && blank(own[used - 1]))
        used--;
    own[used] = '\0';
    while (blank(*own))
        own++;
    *text = own;
    return STATUS_OK;
}

/* --- writing --- */

enum { ITEM_MAX = 200 };

struct writer {
    struct doc *doc;
    const char *anchor;
    unsigned level, headings;
    const char *items[ITEM_MAX]; /* of the list that is open */
    size_t item_count;
    const char *open; /* paragraph or item that takes the next line, NULL */
    bool open_is_item;
};

static void end_paragraph(struct writer *writer)
{
    if (writer->open != NULL && !writer->open_is_item)
        doc_paragraph(writer->doc, writer->open);
    else if (writer->open != NULL && writer->item_count < ITEM_MAX)
        writer->items[writer->item_count++] = writer->open;
    writer->open = NULL;
}

static void end_list(struct writer *writer)
{
    end_paragraph(writer);
    if (writer->item_count > 0)
        doc_list(writer->doc, writer->items, writer->item_count);
    writer->item_count = 0;
}

static void write_heading(struct writer *writer, const char *text)
{
    end_list(writer);
    text += strspn(text, "# \t");
    if (*text == '\0')
        return;
    const char *anchor = arena_format(writer->doc->arena, "%s-%u", writer->anchor, ++writer->headings);
    doc_heading(writer->doc, writer->level, anchor, text);
}

static void write_line(struct writer *writer, const char *line)
{
    bool item = (line[0] == '-' || line[0] == '*') && line[1] == ' ';
    line += item ? 2 : 0;
    line += strspn(line, " \t");
    if (line[0] == '\0') {
        end_paragraph(writer);
    } else if (!item && line[0] == '#') {
        write_heading(writer, line);
    } else if (item) {
        end_paragraph(writer);
        if (writer->item_count == ITEM_MAX)
            end_list(writer);
        writer->open = line;
        writer->open_is_item = true;
    } else if (writer->open != NULL) {
        writer->open = arena_format(writer->doc->arena, "%s %s", writer->open, line);
    } else {
        end_list(writer);
        writer->open = line;
        writer->open_is_item = false;
    }
}

void remark_write(struct doc *doc, unsigned level, const char *anchor, const char *text)
{
    struct writer writer = { .doc = doc, .anchor = anchor, .level = level };
    char *own = arena_string(doc->arena, text);
    if (own == NULL) {
        doc->status = doc->status == STATUS_OK ? STATUS_MEMORY : doc->status;
        return;
    }
    for (char *line = own; line != NULL;) {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end = '\0';
        write_line(&writer, line);
        line = end == NULL ? NULL : end + 1;
    }
    end_list(&writer);
}

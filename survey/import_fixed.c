/* Files of fixed widths: a line is cut at the characters that the map names. Not responsible for what the columns mean. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "survey/import_map.h"

enum { PIECE_MAX = 2 * IMPORT_MAP_COLUMNS + 1, TEXT_FACTOR = 4 };

/* Characters first to last of a line, from 1; last UINT_MAX: to its end. */
struct piece {
    unsigned first, last;
};

static int compare_pieces(const void *first, const void *second)
{
    const struct piece *a = first;
    const struct piece *b = second;
    return a->first != b->first ? (a->first < b->first ? -1 : 1) : 0;
}

/* The places of the map in order, each once, and what lies between and behind them. */
static size_t make_pieces(const struct import_map *map, struct piece pieces[PIECE_MAX])
{
    struct piece taken[IMPORT_MAP_COLUMNS];
    size_t taken_count = 0, count = 0;
    unsigned next = 1;
    for (size_t i = 0; i < map->column_count; i++)
        if (map->columns[i].first > 0)
            taken[taken_count++] = (struct piece){ map->columns[i].first, map->columns[i].last };
    if (taken_count > 1)
        qsort(taken, taken_count, sizeof *taken, compare_pieces);
    for (size_t i = 0; i < taken_count; i++) {
        if (taken[i].first < next)
            continue; /* taken twice; others do not overlap (import_map.c) */
        if (taken[i].first > next)
            pieces[count++] = (struct piece){ next, taken[i].first - 1 };
        pieces[count++] = taken[i];
        next = taken[i].last + 1;
    }
    pieces[count++] = (struct piece){ next, UINT32_MAX };
    return count;
}

static enum status make_header(struct arena *arena, const struct piece pieces[], size_t count, struct csv *csv)
{
    csv->column_count = count;
    csv->header = ARENA_NEW(arena, const char *, count);
    for (size_t i = 0; csv->header != NULL && i < count; i++) {
        csv->header[i] = pieces[i].last == UINT32_MAX ? arena_format(arena, "%u-", pieces[i].first)
                                                      : arena_format(arena, "%u-%u", pieces[i].first, pieces[i].last);
        if (csv->header[i] == NULL)
            return STATUS_MEMORY;
    }
    return csv->header == NULL ? STATUS_MEMORY : STATUS_OK;
}

/* Bytes of the first so many characters of text, which is valid UTF-8 of length bytes. */
static size_t bytes_of(const char *text, size_t length, size_t characters)
{
    size_t i = 0;
    while (i < length && characters-- > 0)
        for (i++; i < length && ((unsigned char)text[i] & 0xC0) == 0x80;)
            i++;
    return i;
}

static char *copy_trimmed(char *out, const char *text, size_t length)
{
    while (length > 0 && (*text == ' ' || *text == '\t')) {
        text++;
        length--;
    }
    while (length > 0 && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    memcpy(out, text, length);
    out[length] = '\0';
    return out + length + 1;
}

static char *cut_line(const char *line, size_t length, const struct piece pieces[], size_t count, char *out)
{
    for (size_t i = 0; i < count; i++) {
        const size_t own = pieces[i].last == UINT32_MAX ? length : bytes_of(line, length, pieces[i].last - pieces[i].first + 1);
        out = copy_trimmed(out, line, own);
        line += own;
        length -= own;
    }
    return out;
}

static enum status cut(struct arena *arena, const struct buf *text, const struct piece pieces[], size_t count, struct csv *csv)
{
    size_t lines = 1;
    for (size_t i = 0; i < text->length; i++)
        lines += text->bytes[i] == '\n';
    csv->text_length = text->length + lines * count;
    csv->text = arena_get(arena, csv->text_length + 1, 1); /* every field gains its NUL */
    csv->begins = ARENA_NEW(arena, uint32_t, lines);
    csv->lines = ARENA_NEW(arena, uint32_t, lines);
    csv->cursor = ARENA_NEW(arena, struct csv_cursor, 1);
    if (csv->text_length >= UINT32_MAX || csv->text == NULL || csv->begins == NULL || csv->lines == NULL || csv->cursor == NULL)
        return STATUS_MEMORY;
    char *out = csv->text;
    uint32_t line = 1;
    for (size_t i = 0; i < text->length; line++) {
        const char *begin = text->bytes + i;
        const char *stop = memchr(begin, '\n', text->length - i);
        size_t length = stop == NULL ? text->length - i : (size_t)(stop - begin);
        i += length + 1;
        length -= length > 0 && begin[length - 1] == '\r';
        if (length == 0 || strspn(begin, " \t") >= length)
            continue;
        csv->begins[csv->row_count] = (uint32_t)(out - csv->text);
        csv->lines[csv->row_count++] = line;
        out = cut_line(begin, length, pieces, count, out);
    }
    return STATUS_OK;
}

enum status import_fixed_read(struct arena *arena, const struct import_map *map, const char *bytes, size_t length, struct csv *csv,
                              struct fail *fail)
{
    struct piece pieces[PIECE_MAX];
    struct buf text;
    const size_t count = make_pieces(map, pieces);
    *csv = (struct csv){ .delimiter = ' ' };
    buf_init(&text, length * TEXT_FACTOR + 16);
    enum status status = utf8_import(bytes, length, &text, &csv->encoding, fail);
    if (status == STATUS_OK && (make_header(arena, pieces, count, csv) != STATUS_OK || cut(arena, &text, pieces, count, csv) != STATUS_OK))
        status = FAIL(fail, STATUS_LIMIT, "the file is too large");
    if (text.bytes != NULL)
        sodium_memzero(text.bytes, text.length); /* it may have been about persons */
    buf_free(&text);
    return status;
}

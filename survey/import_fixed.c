/* Files of fixed widths: a line is cut at the characters that the map names, when the row is asked for: nothing is copied. Not responsible for what the columns mean. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "survey/import_private.h"

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

/* The lines of the file, and room for the fields of the row opened last; of counts, which are stored when all rows are read, every
 * row is kept. */
struct cutting {
    struct piece pieces[PIECE_MAX];
    char *row;          /* row_room bytes */
    size_t row_room;
    struct arena *keep; /* NULL: not kept */
    struct csv_cursor cursor;
};

static void make_row(void *context, const struct csv *csv, size_t row, const char *fields[])
{
    struct cutting *cutting = context;
    const char *line = csv->text + csv->begins[row];
    size_t length = strcspn(line, "\n");
    char *out = cutting->keep == NULL ? cutting->row : arena_get(cutting->keep, cutting->row_room, 1);
    length -= length > 0 && line[length - 1] == '\r';
    cutting->cursor.failed |= out == NULL;
    for (size_t i = 0; i < csv->column_count; i++) {
        const struct piece *piece = &cutting->pieces[i];
        const size_t own = piece->last == UINT32_MAX ? length : bytes_of(line, length, piece->last - piece->first + 1);
        fields[i] = out == NULL ? "" : out;
        out = out == NULL ? NULL : copy_trimmed(out, line, own);
        line += own;
        length -= own;
    }
}

static enum status find_rows(struct arena *arena, struct csv *csv, struct cutting *cutting)
{
    size_t lines = 1;
    for (size_t i = 0; i < csv->text_length; i++)
        lines += csv->text[i] == '\n';
    csv->begins = ARENA_NEW(arena, uint32_t, lines);
    csv->lines = ARENA_NEW(arena, uint32_t, lines);
    if (csv->text_length >= UINT32_MAX || csv->begins == NULL || csv->lines == NULL)
        return STATUS_MEMORY;
    uint32_t line = 1;
    for (size_t i = 0; i < csv->text_length; line++) {
        const char *begin = csv->text + i;
        const size_t length = strcspn(begin, "\n");
        if (strspn(begin, " \t\r") < length) {
            csv->begins[csv->row_count] = (uint32_t)i;
            csv->lines[csv->row_count++] = line;
            cutting->row_room = length > cutting->row_room ? length : cutting->row_room;
        }
        i += length + 1;
    }
    cutting->row_room += csv->column_count; /* every field gains its NUL */
    cutting->row = arena_get(arena, cutting->row_room, 1);
    return cutting->row == NULL ? STATUS_MEMORY : STATUS_OK;
}

/* UTF-8 that lasts as long as the arena or own. */
static enum status take_text(struct arena *arena, const struct import_file *file, struct csv *csv, struct fail *fail)
{
    struct buf copy;
    size_t skip = 0;
    if (file->own != NULL) {
        enum status status = utf8_import_own(file->own, &csv->encoding, &skip, fail);
        csv->text = file->own->bytes == NULL ? NULL : file->own->bytes + skip;
        csv->text_length = file->own->length - skip;
        return status;
    }
    buf_init(&copy, file->length * TEXT_FACTOR + 16);
    enum status status = utf8_import(file->bytes, file->length, &copy, &csv->encoding, fail);
    csv->text_length = copy.length;
    csv->text = status == STATUS_OK && copy.bytes != NULL ? arena_copy(arena, copy.bytes, copy.length) : NULL;
    if (status == STATUS_OK && copy.length > 0 && csv->text == NULL)
        status = FAIL(fail, STATUS_LIMIT, "the file is too large");
    if (copy.bytes != NULL)
        sodium_memzero(copy.bytes, copy.length); /* it may have been about persons */
    buf_free(&copy);
    return status;
}

enum status import_fixed_read(struct arena *arena, const struct import_file *file, struct csv *csv, struct fail *fail)
{
    struct import_kind kind;
    struct cutting *cutting = ARENA_NEW(arena, struct cutting, 1);
    *csv = (struct csv){ .delimiter = ' ' };
    if (cutting == NULL)
        return FAIL(fail, STATUS_MEMORY, "not enough memory for the file");
    enum status status = import_kind_find(file->map->kind, &kind, fail);
    if (status == STATUS_OK)
        status = take_text(arena, file, csv, fail);
    if (status == STATUS_OK && csv->text == NULL)
        status = FAIL(fail, STATUS_INPUT, "the file is empty");
    if (status != STATUS_OK)
        return status;
    if (kind.importer == NULL || !kind.importer->persons)
        cutting->keep = arena;
    csv->make = make_row;
    csv->make_context = cutting;
    csv->cursor = &cutting->cursor;
    if (make_header(arena, cutting->pieces, make_pieces(file->map, cutting->pieces), csv) != STATUS_OK ||
        find_rows(arena, csv, cutting) != STATUS_OK)
        return FAIL(fail, STATUS_LIMIT, "the file is too large");
    return STATUS_OK;
}

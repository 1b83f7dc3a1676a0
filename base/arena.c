/* Blocks of growing size in a list; allocation is a bump of a pointer. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_ROOM = 64 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t room;
    alignas(max_align_t) unsigned char bytes[];
};

void arena_init(struct arena *arena, size_t limit)
{
    *arena = (struct arena){ .limit = limit };
}

void arena_free(struct arena *arena)
{
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena->blocks = NULL;
    arena->used = 0;
    arena->failed = false;
}

static void *find_room(struct arena *arena, size_t count, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size != 0 && count > (SIZE_MAX - align) / size)
        return NULL;
    size_t length = (count * size + align - 1) / align * align;
    if (length > arena->limit || arena->used > arena->limit - length)
        return NULL;
    struct arena_block *block = arena->blocks;
    if (block == NULL || block->room - block->used < length) {
        size_t room = length > BLOCK_ROOM ? length : BLOCK_ROOM;
        block = malloc(sizeof *block + room);
        if (block == NULL)
            return NULL;
        *block = (struct arena_block){ .next = arena->blocks, .room = room };
        arena->blocks = block;
    }
    void *memory = block->bytes + block->used;
    block->used += length;
    arena->used += length;
    return memset(memory, 0, length);
}

void *arena_get(struct arena *arena, size_t count, size_t size)
{
    void *memory = find_room(arena, count, size);
    arena->failed = arena->failed || memory == NULL;
    return memory;
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    if (length == SIZE_MAX)
        return NULL;
    char *copy = arena_get(arena, length + 1, 1);
    if (copy != NULL && length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_string(struct arena *arena, const char *string)
{
    return arena_copy(arena, string, strlen(string));
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list first;
    va_list second;
    va_start(first, format);
    va_copy(second, first);
    int length = vsnprintf(NULL, 0, format, first);
    va_end(first);
    char *text = length < 0 ? NULL : arena_get(arena, (size_t)length + 1, 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, second);
    va_end(second);
    return text;
}

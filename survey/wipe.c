/* Takes the place of free() and realloc() for the program and its libraries, which the C library allows. Wiping by hand
 * would miss the buffers of libmicrohttpd, OpenSSL and jansson. Sanitizers bring their own free(): there nothing is
 * wiped. Not responsible for memory in use: its owners wipe what they need no longer. */
#include "survey/wipe.h"

#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { STACK_BLOCK = 64 * 1024 };

static bool wiping;

void wipe_start(void)
{
    wiping = true;
}

/* noinline: the block must lie below the caller's frame; the empty assembler keeps the compiler from dropping it. */
__attribute__((noinline)) void wipe_stack(void)
{
    unsigned char block[STACK_BLOCK];
    memset(block, 0, sizeof block);
    __asm__ volatile("" : : "r"(block) : "memory");
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && defined(__GLIBC__) && !defined(__clang_analyzer__)
#if !defined(__has_feature)
#define __has_feature(feature) 0
#endif
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
void __libc_free(void *memory);
void *__libc_realloc(void *memory, size_t size);

void free(void *memory)
{
    if (wiping && memory != NULL) {
        memset(memory, 0, malloc_usable_size(memory));
        __asm__ volatile("" : : "r"(memory) : "memory"); /* the compiler must not drop it */
    }
    __libc_free(memory);
}

/* The C library would give the old place, or the rest behind a shorter one, back without this free(). */
void *realloc(void *memory, size_t size)
{
    if (!wiping || memory == NULL || size == 0)
        return __libc_realloc(memory, size);
    size_t room = malloc_usable_size(memory);
    if (size <= room && size >= room / 2)
        return memory;
    void *moved = malloc(size);
    if (moved == NULL)
        return NULL;
    memcpy(moved, memory, size < room ? size : room);
    free(memory);
    return moved;
}
#endif
#endif

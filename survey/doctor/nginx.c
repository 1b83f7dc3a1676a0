/* Tokens and blocks of nginx's language. A word ends at white space, ";", "{" or "}"; quotes and backslashes keep them
 * together; "${name}" is part of a word. Blocks of Lua code are skipped by counting their braces. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "survey/doctor/nginx.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

struct reader {
    struct arena *arena;
    struct fail *fail;
    const char *folder;                /* resolved; includes must lie in it; NULL: no includes */
    const char *open[NGINX_DEPTH_MAX]; /* files being read, resolved: an include of one of them is a loop */
    size_t open_count;
    size_t bytes, files, directives;
    const char **skipped;
    size_t skipped_count;
};

/* Where in which file; end is one behind the last byte. */
struct cursor {
    const char *file;
    const char *at, *end;
    unsigned line;
};

enum token { TOKEN_END, TOKEN_WORD, TOKEN_SEMICOLON, TOKEN_OPEN, TOKEN_CLOSE, TOKEN_BAD };

static void skip_blanks(struct cursor *cursor)
{
    for (; cursor->at < cursor->end; cursor->at++) {
        if (*cursor->at == '\n')
            cursor->line++;
        else if (*cursor->at == '#')
            while (cursor->at + 1 < cursor->end && cursor->at[1] != '\n')
                cursor->at++;
        else if (strchr(" \t\r", *cursor->at) == NULL || *cursor->at == '\0')
            return;
    }
}

static void take(struct cursor *cursor, struct buf *word)
{
    if (*cursor->at == '\n')
        cursor->line++;
    buf_add_byte(word, *cursor->at++);
}

/* Up to the closing quote; what nginx leaves a backslash before, stays. */
static bool read_quoted(struct cursor *cursor, struct buf *word)
{
    char quote = *cursor->at++;
    while (cursor->at < cursor->end && *cursor->at != quote) {
        if (*cursor->at == '\\' && cursor->at + 1 < cursor->end)
            cursor->at++;
        take(cursor, word);
    }
    if (cursor->at == cursor->end)
        return false;
    cursor->at++;
    return true;
}

static bool read_word(struct cursor *cursor, struct buf *word)
{
    if (*cursor->at == '"' || *cursor->at == '\'')
        return read_quoted(cursor, word);
    bool variable = false;
    while (cursor->at < cursor->end) {
        char byte = *cursor->at;
        if (byte == '{' && word->length > 0 && word->bytes[word->length - 1] == '$')
            variable = true;
        else if (byte == '}' && variable)
            variable = false;
        else if (strchr(" \t\r\n;{", byte) != NULL && byte != '\0')
            break;
        if (byte == '\\' && cursor->at + 1 < cursor->end)
            take(cursor, word);
        take(cursor, word);
    }
    return true;
}

static enum token next_token(struct cursor *cursor, struct buf *word)
{
    skip_blanks(cursor);
    if (cursor->at >= cursor->end)
        return TOKEN_END;
    char byte = *cursor->at;
    if (byte == ';' || byte == '{' || byte == '}') {
        cursor->at++;
        return byte == ';' ? TOKEN_SEMICOLON : byte == '{' ? TOKEN_OPEN : TOKEN_CLOSE;
    }
    buf_clear(word);
    return read_word(cursor, word) && !word->failed &&
                   memchr(word->bytes == NULL ? "" : word->bytes, '\0', word->length) == NULL
               ? TOKEN_WORD
               : TOKEN_BAD;
}

static enum status refuse(struct reader *reader, const struct cursor *cursor, enum token token)
{
    if (token == TOKEN_BAD)
        return FAIL(reader->fail, STATUS_INPUT, "%s:%u: a quoted word does not end, or is no text", cursor->file,
                    cursor->line);
    if (token == TOKEN_END)
        return FAIL(reader->fail, STATUS_INPUT,
                    "%s:%u: the file ends within a directive or a block: a \";\" or a \"}\" is missing", cursor->file,
                    cursor->line);
    return FAIL(reader->fail, STATUS_INPUT, "%s:%u: a \";\", \"{\" or \"}\" too many, or one is missing before it",
                cursor->file, cursor->line);
}

static enum status no_memory(struct reader *reader)
{
    return FAIL(reader->fail, STATUS_MEMORY, "not enough memory to read the nginx configuration");
}

static enum status too_many(struct reader *reader)
{
    return FAIL(reader->fail, STATUS_LIMIT, "an nginx configuration of more than %d files is not read",
                (int)NGINX_FILES_MAX);
}

/* Behind the "{" of *_by_lua_block. */
static bool skip_code(struct cursor *cursor)
{
    size_t depth = 1;
    for (; cursor->at < cursor->end && depth > 0; cursor->at++) {
        if (*cursor->at == '\n')
            cursor->line++;
        depth += *cursor->at == '{' ? 1u : 0u;
        depth -= *cursor->at == '}' ? 1u : 0u;
    }
    return depth == 0;
}

/* A block while it is read. */
struct block {
    struct nginx_directive *owner, *last;
};

static enum status read_file(struct reader *reader, const char *path, struct block *block);

/* --- include --- */

static enum status skip_include(struct reader *reader, const char *pattern)
{
    if (reader->skipped_count == NGINX_FILES_MAX)
        return too_many(reader);
    if (reader->skipped == NULL)
        reader->skipped = ARENA_NEW(reader->arena, const char *, NGINX_FILES_MAX);
    const char *kept = arena_string(reader->arena, pattern);
    if (reader->skipped == NULL || kept == NULL)
        return no_memory(reader);
    reader->skipped[reader->skipped_count++] = kept;
    return STATUS_OK;
}

static bool inside(const char *folder, const char *resolved)
{
    size_t length = strlen(folder);
    return strncmp(folder, resolved, length) == 0 && (resolved[length] == '/' || strcmp(folder, "/") == 0);
}

static enum status include_file(struct reader *reader, const char *path, struct block *block)
{
    char resolved[PATH_MAX];
    if (realpath(path, resolved) == NULL || !inside(reader->folder, resolved))
        return skip_include(reader, path);
    return read_file(reader, resolved, block);
}

static int by_name(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Names of the folder that fit, in the order nginx takes them. */
static enum status list_matches(struct reader *reader, const char *folder, const char *pattern, const char **names,
                                size_t *count)
{
    DIR *entries = opendir(folder);
    *count = 0;
    if (entries == NULL)
        return skip_include(reader, folder);
    enum status status = STATUS_OK;
    for (struct dirent *entry = readdir(entries); entry != NULL && status == STATUS_OK; entry = readdir(entries)) {
        if (fnmatch(pattern, entry->d_name, FNM_PERIOD) != 0)
            continue;
        names[*count] = *count < NGINX_FILES_MAX ? arena_format(reader->arena, "%s/%s", folder, entry->d_name) : NULL;
        if (names[*count] == NULL)
            status = too_many(reader);
        else
            (*count)++;
    }
    closedir(entries);
    qsort(names, *count, sizeof *names, by_name);
    return status;
}

static enum status include(struct reader *reader, const char *pattern, struct block *block)
{
    if (reader->folder == NULL)
        return skip_include(reader, pattern);
    char *path = pattern[0] == '/' ? arena_string(reader->arena, pattern)
                                   : arena_format(reader->arena, "%s/%s", reader->folder, pattern);
    if (path == NULL)
        return no_memory(reader);
    char *slash = strrchr(path, '/');
    if (strpbrk(slash, "*?[") == NULL)
        return include_file(reader, path, block);
    *slash = '\0';
    char resolved[PATH_MAX];
    if (strpbrk(path, "*?[") != NULL || realpath(path, resolved) == NULL ||
        (!inside(reader->folder, resolved) && strcmp(reader->folder, resolved) != 0))
        return skip_include(reader, pattern);
    const char **names = ARENA_NEW(reader->arena, const char *, NGINX_FILES_MAX + 1);
    if (names == NULL)
        return no_memory(reader);
    size_t count = 0;
    enum status status = list_matches(reader, resolved, slash + 1, names, &count);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = include_file(reader, names[i], block);
    return status;
}

/* --- directives --- */

static enum status add_directive(struct reader *reader, const struct cursor *cursor, unsigned line,
                                 const char *const words[], size_t count, struct block *block)
{
    struct nginx_directive *directive = ARENA_NEW(reader->arena, struct nginx_directive, 1);
    const char **kept = ARENA_NEW(reader->arena, const char *, count);
    if (directive == NULL || kept == NULL)
        return no_memory(reader);
    if (++reader->directives > NGINX_DIRECTIVES_MAX)
        return FAIL(reader->fail, STATUS_LIMIT, "an nginx configuration of more than %d directives is not read",
                    (int)NGINX_DIRECTIVES_MAX);
    memcpy(kept, words, count * sizeof *kept);
    *directive = (struct nginx_directive){ .name = kept[0],
                                           .words = kept + 1,
                                           .word_count = count - 1,
                                           .file = cursor->file,
                                           .line = line,
                                           .parent = block->owner };
    *(block->last == NULL ? &block->owner->first : &block->last->next) = directive;
    block->last = directive;
    return STATUS_OK;
}

/* Words up to something that is none: *token. */
static enum status read_words(struct reader *reader, struct cursor *cursor, const char *words[], size_t *count,
                              unsigned *line, enum token *token)
{
    struct buf word;
    enum status status = STATUS_OK;
    buf_init(&word, 256 * 1024);
    *count = 0;
    for (*token = next_token(cursor, &word); *token == TOKEN_WORD && status == STATUS_OK;
         *token = status == STATUS_OK ? next_token(cursor, &word) : TOKEN_BAD) {
        if (*count == 0)
            *line = cursor->line;
        if (*count == NGINX_WORDS_MAX) {
            status = FAIL(reader->fail, STATUS_LIMIT, "%s:%u: a directive of more than %d words is not read",
                          cursor->file, cursor->line, (int)NGINX_WORDS_MAX);
            continue;
        }
        words[*count] = arena_copy(reader->arena, word.bytes == NULL ? "" : word.bytes, word.length);
        if (words[(*count)++] == NULL)
            status = no_memory(reader);
    }
    buf_free(&word);
    return status;
}

/* Directives up to the end of the block (or of the file, when whole), without recursion: blocks stand on a stack. */
static enum status read_directives(struct reader *reader, struct cursor *cursor, struct block *outer,
                                   const char *words[])
{
    struct block stack[NGINX_DEPTH_MAX];
    size_t top = 0;
    enum token token = TOKEN_END;
    stack[0] = *outer;
    for (;;) {
        size_t count = 0;
        unsigned line = cursor->line;
        enum status status = read_words(reader, cursor, words, &count, &line, &token);
        if (status == STATUS_OK && count == 0 && token == TOKEN_END && top == 0)
            break;
        if (status == STATUS_OK && count == 0 && token == TOKEN_CLOSE && top > 0) {
            top--;
            continue;
        }
        if (status == STATUS_OK && (count == 0 || (token != TOKEN_SEMICOLON && token != TOKEN_OPEN)))
            status = refuse(reader, cursor, token);
        if (status == STATUS_OK && token == TOKEN_SEMICOLON && count == 2 && strcmp(words[0], "include") == 0)
            status = include(reader, words[1], &stack[top]);
        else if (status == STATUS_OK)
            status = add_directive(reader, cursor, line, words, count, &stack[top]);
        if (status == STATUS_OK && token == TOKEN_OPEN && strstr(stack[top].last->name, "_by_lua_block") != NULL) {
            status = skip_code(cursor) ? STATUS_OK : refuse(reader, cursor, TOKEN_END);
        } else if (status == STATUS_OK && token == TOKEN_OPEN) {
            if (top + 1 == NGINX_DEPTH_MAX)
                status = FAIL(reader->fail, STATUS_LIMIT, "%s:%u: blocks nest deeper than %d", cursor->file, line,
                              (int)NGINX_DEPTH_MAX);
            else
                stack[top + 1] = (struct block){ .owner = stack[top].last };
            top += status == STATUS_OK ? 1 : 0;
        }
        if (status != STATUS_OK)
            return status;
    }
    outer->last = stack[0].last;
    return STATUS_OK;
}

static enum status read_bytes(struct reader *reader, const char *name, const char *bytes, size_t length,
                              struct block *block)
{
    struct cursor cursor = { .file = name, .at = bytes, .end = bytes + length, .line = 1 };
    const char **words = calloc(NGINX_WORDS_MAX, sizeof *words);
    if (words == NULL)
        return no_memory(reader);
    enum status status = read_directives(reader, &cursor, block, words);
    free(words);
    return status;
}

static enum status read_file(struct reader *reader, const char *path, struct block *block)
{
    for (size_t i = 0; i < reader->open_count; i++)
        if (strcmp(reader->open[i], path) == 0)
            return FAIL(reader->fail, STATUS_INPUT, "%s includes itself", path);
    if (reader->open_count == NGINX_DEPTH_MAX || reader->files++ == NGINX_FILES_MAX)
        return too_many(reader);
    const char *name = arena_string(reader->arena, path);
    if (name == NULL)
        return no_memory(reader);
    struct buf bytes;
    buf_init(&bytes, NGINX_BYTES_MAX - reader->bytes);
    enum status status = buf_read_file(&bytes, path, reader->fail);
    reader->bytes += bytes.length;
    reader->open[reader->open_count++] = name;
    struct block inner = { .owner = block->owner, .last = block->last };
    if (status == STATUS_OK)
        status = read_bytes(reader, name, bytes.bytes == NULL ? "" : bytes.bytes, bytes.length, &inner);
    reader->open_count--;
    block->last = inner.last;
    buf_free(&bytes);
    return status;
}

static enum status begin(struct reader *reader, struct nginx_tree *tree, struct block *block)
{
    tree->root = ARENA_NEW(reader->arena, struct nginx_directive, 1);
    if (tree->root == NULL)
        return no_memory(reader);
    tree->root->file = "";
    *block = (struct block){ .owner = tree->root };
    return STATUS_OK;
}

enum status nginx_read(struct arena *arena, const char *path, struct nginx_tree *tree, struct fail *fail)
{
    struct reader reader = { .arena = arena, .fail = fail };
    struct block block;
    char resolved[PATH_MAX];
    *tree = (struct nginx_tree){ 0 };
    enum status status = begin(&reader, tree, &block);
    if (status == STATUS_OK && realpath(path, resolved) == NULL)
        return errno == ENOENT ? FAIL(fail, STATUS_MISSING, "there is no file %s", path)
                               : fail_errno(fail, "open", path);
    char *folder = status == STATUS_OK ? arena_string(arena, resolved) : NULL;
    if (status == STATUS_OK && folder == NULL)
        return no_memory(&reader);
    if (folder != NULL) {
        *strrchr(folder, '/') = '\0';
        reader.folder = folder;
        status = read_file(&reader, resolved, &block);
    }
    tree->skipped = reader.skipped;
    tree->skipped_count = reader.skipped_count;
    return status;
}

enum status nginx_parse(struct arena *arena, const char *bytes, size_t length, struct nginx_tree *tree,
                        struct fail *fail)
{
    struct reader reader = { .arena = arena, .fail = fail };
    struct block block;
    *tree = (struct nginx_tree){ 0 };
    enum status status = begin(&reader, tree, &block);
    if (status == STATUS_OK && length > NGINX_BYTES_MAX)
        status =
            FAIL(fail, STATUS_LIMIT, "an nginx configuration of more than %d bytes is not read", (int)NGINX_BYTES_MAX);
    if (status == STATUS_OK)
        status = read_bytes(&reader, "nginx.conf", bytes, length, &block);
    tree->skipped = reader.skipped;
    tree->skipped_count = reader.skipped_count;
    return status;
}

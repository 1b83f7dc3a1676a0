/* Each thread adds to bytes of its own, so that nothing is locked; sorting makes the order of arrival disappear. */
#include "survey/count_lines.h"

#include <stdlib.h>
#include <string.h>

/* Of one thread and one file: 8 GiB is far beyond what 400,000 people write. */
static const size_t lines_max = (size_t)8 << 30;

struct pile {
    struct buf bytes; /* each line with a final NUL */
    size_t count;
};

struct count_lines {
    const struct form *form;
    size_t *items; /* items[file]: position of the detached item; not used for file 0 */
    size_t files;
    unsigned threads;
    struct pile *piles; /* piles[thread * files + file] */
};

enum status count_lines_create(const struct form *form, unsigned threads, struct count_lines **lines, struct fail *fail)
{
    struct count_lines *made = calloc(1, sizeof *made);
    if (made != NULL) {
        made->form = form;
        made->threads = threads;
        made->items = calloc(form->item_count + 1, sizeof *made->items);
        made->files = 1;
        for (size_t i = 0; i < form->item_count && made->items != NULL; i++)
            if (form->items[i].detached && !form->items[i].off)
                made->items[made->files++] = i;
        made->piles = calloc(threads * made->files, sizeof *made->piles);
    }
    if (made == NULL || made->items == NULL || made->piles == NULL) {
        count_lines_free(made);
        return FAIL(fail, STATUS_MEMORY, "not enough memory to count");
    }
    for (size_t i = 0; i < threads * made->files; i++)
        buf_init(&made->piles[i].bytes, lines_max);
    *lines = made;
    return STATUS_OK;
}

void count_lines_free(struct count_lines *lines)
{
    if (lines == NULL)
        return;
    for (size_t i = 0; lines->piles != NULL && i < lines->threads * lines->files; i++) {
        if (lines->piles[i].bytes.bytes != NULL)
            sodium_memzero(lines->piles[i].bytes.bytes, lines->piles[i].bytes.length);
        buf_free(&lines->piles[i].bytes);
    }
    free(lines->piles);
    free(lines->items);
    free(lines);
}

static void end_line(struct pile *pile)
{
    buf_add_byte(&pile->bytes, '\0');
    pile->count++;
}

void count_lines_add(struct count_lines *lines, unsigned thread, const struct answers *answers)
{
    struct pile *piles = lines->piles + (size_t)thread * lines->files;
    answers_write_part(answers, ANSWERS_ATTACHED, &piles[0].bytes);
    end_line(&piles[0]);
    for (size_t i = 1; i < lines->files; i++)
        if (answers_write_detached(answers, lines->items[i], &piles[i].bytes))
            end_line(&piles[i]);
}

size_t count_lines_files(const struct count_lines *lines)
{
    return lines->files;
}

void count_lines_name(const struct count_lines *lines, size_t file, char name[96])
{
    if (file == 0)
        snprintf(name, 96, "answers.txt");
    else
        snprintf(name, 96, "detached-%.64s.txt", lines->form->items[lines->items[file]].id);
}

static int by_bytes(const void *left, const void *right)
{
    const char *const *a = left;
    const char *const *b = right;
    return strcmp(*a, *b); /* compares bytes, not by any language */
}

enum status count_lines_write(struct count_lines *lines, size_t file, struct count_file *out, struct fail *fail)
{
    enum status status = STATUS_OK;
    size_t count = 0;
    size_t next = 0;
    for (unsigned i = 0; i < lines->threads && status == STATUS_OK; i++) {
        const struct pile *pile = &lines->piles[i * lines->files + file];
        status = buf_status(&pile->bytes, out->name, fail);
        count += pile->count;
    }
    const char **list = status == STATUS_OK ? calloc(count + 1, sizeof *list) : NULL;
    if (status == STATUS_OK && list == NULL)
        status = FAIL(fail, STATUS_MEMORY, "not enough memory to sort %zu answers", count);
    for (unsigned i = 0; i < lines->threads && status == STATUS_OK; i++) {
        const struct pile *pile = &lines->piles[i * lines->files + file];
        const char *line = pile->bytes.bytes;
        for (size_t k = 0; k < pile->count; k++, line += strlen(line) + 1)
            list[next++] = line;
    }
    if (status == STATUS_OK)
        qsort(list, count, sizeof *list, by_bytes);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        count_file_add(out, list[i], strlen(list[i]));
        count_file_add(out, "\n", 1);
    }
    free(list);
    return status;
}

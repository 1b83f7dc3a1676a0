/* The counted answers of a wave, from the store into a frame: lines come from the database one after the other and are
 * read in batches by several threads. A line the quick reader (answers_line.h) does not know is read the general way.
 * Not responsible for detached items (store_inputs.c). */
#include <stdlib.h>
#include <string.h>

#include "analysis/frame.h"
#include "base/share.h"
#include "forms/answers_line.h"
#include "survey/store_private.h"

enum { BATCH = 4096, SLICE = 256, LINE_MEMORY = 4 << 20 };
static const size_t batch_bytes = (size_t)BATCH * 64 * 1024; /* lines are at most 64 KiB */

struct batch {
    const struct answers_plan *plan;
    struct answers answers[SHARE_MAX]; /* one a thread */
    struct frame *frame;
    struct buf bytes;    /* the lines, each with its NUL */
    size_t begin[BATCH]; /* in bytes */
    bool unknown[BATCH]; /* left to the general reader */
    size_t count, first_row;
};

static void read_slice(void *context, size_t slice, unsigned thread)
{
    struct batch *batch = context;
    size_t end = (slice + 1) * SLICE < batch->count ? (slice + 1) * SLICE : batch->count;
    for (size_t i = slice * SLICE; i < end; i++) {
        size_t next = i + 1 < batch->count ? batch->begin[i + 1] : batch->bytes.length;
        batch->unknown[i] = !answers_line(batch->plan, batch->bytes.bytes + batch->begin[i], next - batch->begin[i] - 1,
                                          &batch->answers[thread]);
        if (!batch->unknown[i])
            frame_set(batch->frame, batch->first_row + i, &batch->answers[thread]);
    }
}

static enum status read_batch(struct batch *batch, unsigned threads, struct fail *fail)
{
    enum status status = buf_status(&batch->bytes, "counted", fail);
    if (status != STATUS_OK)
        return status;
    share_out((batch->count + SLICE - 1) / SLICE, threads, read_slice, batch);
    for (size_t i = 0; i < batch->count && status == STATUS_OK; i++) {
        struct arena scratch; /* one line's memory: 20,000 lines would fill the report's */
        struct answers answers;
        const char *line = batch->bytes.bytes + batch->begin[i];
        if (!batch->unknown[i])
            continue;
        arena_init(&scratch, LINE_MEMORY);
        status = answers_parse(&scratch, batch->frame->form, line, strlen(line), &answers, NULL, NULL, fail);
        if (status == STATUS_OK)
            frame_set(batch->frame, batch->first_row + i, &answers);
        arena_free(&scratch);
    }
    batch->first_row += batch->count;
    batch->count = 0;
    buf_clear(&batch->bytes);
    return status;
}

static enum status read_lines(struct store *store, int64_t wave, struct batch *batch, size_t rows, unsigned threads,
                              struct fail *fail)
{
    struct query query;
    query_open(&query, store, SQL_counted_lines, fail);
    query_bind(&query, 1, wave);
    query_bind(&query, 2, "");
    while (batch->first_row + batch->count < rows && query_row(&query)) {
        const char *line = query_text(&query, 0);
        batch->begin[batch->count++] = batch->bytes.length;
        buf_add(&batch->bytes, line, strlen(line) + 1);
        if (batch->count == BATCH)
            query.status = read_batch(batch, threads, fail);
    }
    enum status status = query_close(&query);
    if (status == STATUS_OK && batch->count > 0)
        status = read_batch(batch, threads, fail);
    if (status == STATUS_OK)
        batch->frame->row_count = batch->first_row;
    return status;
}

enum status store_counted_lines(struct store *store, int64_t wave, const char *item, size_t *lines, struct fail *fail)
{
    struct query query;
    int64_t number = 0;
    query_open(&query, store, SQL_counted_number, fail);
    query_bind(&query, 1, wave);
    query_bind(&query, 2, item);
    enum status status = query_single(&query, &number);
    *lines = (size_t)number;
    return status;
}

enum status store_frame(struct store *store, struct arena *arena, int64_t wave, const struct form *form,
                        struct frame *frame, struct fail *fail)
{
    struct arena scratch;
    size_t rows = 0;
    unsigned threads = share_threads();
    arena_init(&scratch, (size_t)64 << 20);
    struct batch *batch = ARENA_NEW(&scratch, struct batch, 1);
    enum status status = batch == NULL ? FAIL(fail, STATUS_MEMORY, "not enough memory for the answers") : STATUS_OK;
    if (status == STATUS_OK)
        status = answers_plan_make(&scratch, form, &batch->plan, fail);
    for (unsigned i = 0; i < threads && status == STATUS_OK; i++)
        status = answers_create(&scratch, form, &batch->answers[i], fail);
    if (status == STATUS_OK)
        status = store_counted_lines(store, wave, "", &rows, fail);
    if (status == STATUS_OK)
        status = frame_create(arena, form, rows, frame, fail);
    if (status == STATUS_OK) {
        batch->frame = frame;
        buf_init(&batch->bytes, batch_bytes);
        status = read_lines(store, wave, batch, rows, threads, fail);
        buf_free(&batch->bytes);
    }
    arena_free(&scratch);
    return status;
}

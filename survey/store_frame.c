/* The counted answers of a wave, from the store into a frame: lines come from the database one after the other; while one
 * thread fetches a batch, the others read the batch before. A line the quick reader (answers_line.h) does not know is read the general way.
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
    struct buf bytes;        /* the lines, each with its NUL */
    size_t begin[BATCH + 1]; /* in bytes, and the end of the last */
    bool unknown[BATCH];     /* left to the general reader */
    size_t count, first_row;
};

struct filling {
    const struct answers_plan *plan;
    struct answers answers[SHARE_MAX]; /* one a thread */
    struct frame *frame;
    struct query query;
    size_t rows; /* at most */
    bool ended;  /* the query; it would begin again */
    struct batch batches[2], *now, *next;
};

/* Lines of the next batch; none when the query has ended. */
static void fetch(struct filling *filling)
{
    struct batch *batch = filling->next;
    batch->first_row = filling->now->first_row + filling->now->count;
    batch->count = 0;
    buf_clear(&batch->bytes);
    while (batch->count < BATCH && batch->first_row + batch->count < filling->rows && !filling->ended) {
        filling->ended = !query_row(&filling->query);
        if (filling->ended)
            break;
        batch->begin[batch->count++] = batch->bytes.length;
        buf_add(&batch->bytes, query_text(&filling->query, 0), query_length(&filling->query, 0) + 1);
    }
    batch->begin[batch->count] = batch->bytes.length;
}

/* The first piece fetches the next lines, the others read these. */
static void work(void *context, size_t piece, unsigned thread)
{
    struct filling *filling = context;
    struct batch *batch = filling->now;
    if (piece == 0) {
        fetch(filling);
        return;
    }
    size_t end = piece * SLICE < batch->count ? piece * SLICE : batch->count;
    for (size_t i = (piece - 1) * SLICE; i < end; i++) {
        batch->unknown[i] = !answers_line(filling->plan, batch->bytes.bytes + batch->begin[i],
                                          batch->begin[i + 1] - batch->begin[i] - 1, &filling->answers[thread]);
        if (!batch->unknown[i])
            frame_set(filling->frame, batch->first_row + i, &filling->answers[thread]);
    }
}

/* Lines of one batch that the quick reader does not know. */
static enum status read_unknown(const struct batch *batch, struct frame *frame, struct fail *fail)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < batch->count && status == STATUS_OK; i++) {
        struct arena scratch; /* one line's memory: 20,000 lines would fill the report's */
        struct answers answers;
        if (!batch->unknown[i])
            continue;
        arena_init(&scratch, LINE_MEMORY);
        status = answers_parse(&scratch, frame->form, batch->bytes.bytes + batch->begin[i],
                               batch->begin[i + 1] - batch->begin[i] - 1, &answers, NULL, NULL, fail);
        if (status == STATUS_OK)
            frame_set(frame, batch->first_row + i, &answers);
        arena_free(&scratch);
    }
    return status;
}

static enum status read_lines(struct store *store, int64_t wave, struct filling *filling, unsigned threads,
                              struct fail *fail)
{
    enum status status = STATUS_OK;
    query_open(&filling->query, store, SQL_counted_lines, fail);
    query_bind(&filling->query, 1, wave);
    query_bind(&filling->query, 2, "");
    filling->now = &filling->batches[0];
    filling->next = &filling->batches[1];
    do {
        share_out(1 + (filling->now->count + SLICE - 1) / SLICE, threads, work, filling);
        status = read_unknown(filling->now, filling->frame, fail);
        struct batch *done = filling->now;
        filling->now = filling->next;
        filling->next = done;
        if (status == STATUS_OK)
            status = buf_status(&filling->now->bytes, "counted", fail);
    } while (status == STATUS_OK && filling->now->count > 0);
    if (status == STATUS_OK)
        filling->frame->row_count = filling->now->first_row;
    enum status closed = query_close(&filling->query);
    return status == STATUS_OK ? closed : status;
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
    struct filling *filling = ARENA_NEW(&scratch, struct filling, 1);
    enum status status = filling == NULL ? FAIL(fail, STATUS_MEMORY, "not enough memory for the answers") : STATUS_OK;
    if (status == STATUS_OK)
        status = answers_plan_make(&scratch, form, &filling->plan, fail);
    for (unsigned i = 0; i < threads && status == STATUS_OK; i++)
        status = answers_create(&scratch, form, &filling->answers[i], fail);
    if (status == STATUS_OK)
        status = store_counted_lines(store, wave, "", &rows, fail);
    if (status == STATUS_OK)
        status = frame_create(arena, form, rows, frame, fail);
    if (status == STATUS_OK) {
        filling->frame = frame;
        filling->rows = rows;
        for (size_t i = 0; i < COUNT(filling->batches); i++)
            buf_init(&filling->batches[i].bytes, batch_bytes);
        status = read_lines(store, wave, filling, threads, fail);
        for (size_t i = 0; i < COUNT(filling->batches); i++)
            buf_free(&filling->batches[i].bytes);
    }
    arena_free(&scratch);
    return status;
}

/* The adversaries. Each gives a number to every ballot from what a copy of the disk shows; equal numbers are put in an
 * order by a hash, so that an adversary that knows nothing guesses. */
#include <stdlib.h>
#include <string.h>

#include "adversary.h"
#include "attack.h"

enum { PAGE = 4096, BOX_HEAD = 4096 };

static const struct trace *in_main(const struct snapshot *snapshot, enum piece piece, size_t i)
{
    return &snapshot->traces[snapshot->main][piece][i];
}

static void rank_first(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++)
        score[i] = (double)in_main(snapshot, PIECE_SERIAL, i)->first;
}

static void rank_last(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++)
        score[i] = (double)in_main(snapshot, PIECE_SERIAL, i)->last;
}

static void rank_second(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++)
        score[i] = (double)snapshot->traces[snapshot->second][PIECE_SERIAL][i].first;
}

/* Cells of one b-tree page are laid out from its end towards its beginning. */
static void rank_page(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++) {
        size_t at = in_main(snapshot, PIECE_SERIAL, i)->first;
        score[i] = (double)(at / PAGE * PAGE) - (double)(at % PAGE);
    }
}

static void rank_cell(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++)
        score[i] = (double)(in_main(snapshot, PIECE_SERIAL, i)->first % PAGE);
}

static void rank_sealed(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++)
        score[i] = (double)in_main(snapshot, PIECE_SEALED, i)->first;
}

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name);
    size_t tail = strlen(end);
    return length >= tail && strcmp(name + length - tail, end) == 0;
}

static bool is_sqlite(const struct file_view *view)
{
    return view->length >= 100 && memcmp(view->bytes, "SQLite format 3", 16) == 0;
}

/* Overflow pages are taken from the end of the file, or from the freelist, in the order of writing: the place of the
 * answers' middle says more than that of the cell, which moves when a page is split. */
static void rank_sqlite(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++)
        score[i] = 0;
    for (size_t file = 0; file < snapshot->file_count; file++) {
        const struct file_view *view = &snapshot->files[file];
        if (!is_sqlite(view))
            continue;
        for (size_t i = 0; i < snapshot->count; i++) {
            const struct trace *sealed = &snapshot->traces[file][PIECE_SEALED][i];
            const struct trace *serial = &snapshot->traces[file][PIECE_SERIAL][i];
            const struct trace *trace = sealed->count > 0 ? sealed : serial;
            if (trace->count > 0)
                score[i] = (double)(trace->first / PAGE) + 1 - (double)(serial->first % PAGE) / (PAGE * 2.0);
        }
    }
}

/* A log holds a page in each state it had: the first frame with a ballot stands where it came in. What is in no log came
 * before the last checkpoint. */
static void rank_log(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++)
        score[i] = 0;
    for (size_t file = 0; file < snapshot->file_count; file++)
        if (ends_with(snapshot->files[file].name, "-wal") || ends_with(snapshot->files[file].name, "-journal"))
            for (size_t i = 0; i < snapshot->count; i++)
                if (snapshot->traces[file][PIECE_SERIAL][i].count > 0)
                    score[i] = 1 + (double)snapshot->traces[file][PIECE_SERIAL][i].first;
}

static void rank_copies(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++) {
        score[i] = 0;
        for (size_t file = 0; file < snapshot->file_count; file++)
            for (size_t piece = 0; piece < PIECE_COUNT; piece++)
                score[i] += snapshot->traces[file][piece][i].count;
    }
}

/* Distance to the next ballot in the direction; one at the edge has the whole rest of the file. */
static void gaps(const struct snapshot *snapshot, double score[], bool behind)
{
    for (size_t i = 0; i < snapshot->count; i++) {
        size_t at = in_main(snapshot, PIECE_SERIAL, i)->first;
        size_t nearest = behind ? snapshot->files[snapshot->main].length - at : at;
        for (size_t k = 0; k < snapshot->count; k++) {
            size_t other = in_main(snapshot, PIECE_SERIAL, k)->first;
            if (behind && other > at && other - at < nearest)
                nearest = other - at;
            if (!behind && other < at && at - other < nearest)
                nearest = at - other;
        }
        score[i] = (double)nearest;
    }
}

static void rank_gap(const struct snapshot *snapshot, double score[])
{
    gaps(snapshot, score, true);
}

static void rank_gap_before(const struct snapshot *snapshot, double score[])
{
    gaps(snapshot, score, false);
}

static void rank_physical(const struct snapshot *snapshot, double score[])
{
    const struct file_view *view = &snapshot->files[snapshot->main];
    for (size_t i = 0; i < snapshot->count; i++) {
        size_t at = in_main(snapshot, PIECE_SERIAL, i)->first;
        score[i] = 0;
        for (unsigned k = 0; k < view->extent_count; k++)
            if (at >= view->extents[k].logical && at - view->extents[k].logical < view->extents[k].length)
                score[i] = (double)(view->extents[k].physical + (at - view->extents[k].logical));
    }
}

/* For a store with a file for each ballot. */
static size_t own_file(const struct snapshot *snapshot, size_t i)
{
    for (size_t file = 0; file < snapshot->file_count; file++)
        if (snapshot->traces[file][PIECE_SERIAL][i].count > 0)
            return file;
    return snapshot->main;
}

static void rank_times(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++) {
        const struct stat *info = &snapshot->files[own_file(snapshot, i)].info;
        score[i] = (double)info->st_mtim.tv_sec + (double)info->st_mtim.tv_nsec / 1e9 + (double)info->st_ctim.tv_sec +
                   (double)info->st_ctim.tv_nsec / 1e9 + (double)info->st_atim.tv_sec;
    }
}

static void rank_directory(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++)
        score[i] = snapshot->files[own_file(snapshot, i)].position;
}

/* Where the slot of item i begins; 0 when the main file is no box. */
static size_t slot_of(const struct snapshot *snapshot, size_t i)
{
    const struct box_view *box = &snapshot->files[snapshot->main].box;
    size_t at = in_main(snapshot, PIECE_SERIAL, i)->first;
    return box->slots == 0 || at < BOX_HEAD ? 0 : BOX_HEAD + (at - BOX_HEAD) / box->room * box->room;
}

/* A generator that runs on from record to record would show in the random bytes: the key of the mask, or what stands behind
 * the ballot. */
static void rank_random(const struct snapshot *snapshot, double score[])
{
    const struct file_view *view = &snapshot->files[snapshot->main];
    for (size_t i = 0; i < snapshot->count; i++) {
        size_t at = slot_of(snapshot, i);
        if (at == 0)
            at = in_main(snapshot, PIECE_SEALED, i)->first + snapshot->items[i].sealed_length -
                 snapshot->items[i].sealed_length / 2;
        unsigned bits = 0;
        for (size_t k = at; k < at + 32 && k < view->length; k++)
            bits += (unsigned)__builtin_popcount(view->bytes[k]);
        score[i] = bits;
    }
}

/* The key read as a number: a counter would grow. */
static void rank_counter(const struct snapshot *snapshot, double score[])
{
    const struct file_view *view = &snapshot->files[snapshot->main];
    for (size_t i = 0; i < snapshot->count; i++) {
        size_t at = slot_of(snapshot, i);
        score[i] = 0;
        for (size_t k = 0; k < 6; k++)
            score[i] = score[i] * 256 + view->bytes[at + k];
    }
}

/* Knows survey/slotbox*.c (decision 0006). A ballot of which two versions, or pieces outside its own slot, are there was on
 * its way at a kill. A slot that was wiped holds noise of another day than its neighbours: were that visible, it would be in
 * the slots around. Records that are not as they should be: bytes behind the ballot other than zero. */
static void rank_white_box(const struct snapshot *snapshot, double score[])
{
    const struct file_view *view = &snapshot->files[snapshot->main];
    size_t room = view->box.room;
    for (size_t i = 0; i < snapshot->count; i++) {
        const struct trace *windows = in_main(snapshot, PIECE_WINDOW, i);
        size_t begin = slot_of(snapshot, i);
        score[i] = 0;
        if (begin == 0)
            continue;
        bool outside = windows->first < begin || windows->last >= begin + room ||
                       in_main(snapshot, PIECE_SERIAL, i)->count > 1;
        unsigned around = 0; /* zero bytes in the slot behind: as random as a fresh one? */
        for (size_t k = begin + room; k < begin + 2 * room && k < view->length; k++)
            around += view->bytes[k] == 0;
        unsigned tail = 0;
        for (size_t k = begin + 520 + snapshot->items[i].sealed_length; k < begin + room; k++)
            tail += view->bytes[k] != 0;
        score[i] = (outside ? 1e9 : 0) + tail * 1e5 + around;
    }
}

static void rank_serial(const struct snapshot *snapshot, double score[])
{
    for (size_t i = 0; i < snapshot->count; i++)
        score[i] = snapshot->items[i].serial[0] * 65536.0 + snapshot->items[i].serial[1] * 256.0 +
                   snapshot->items[i].serial[2];
}

#define ADVERSARY(name, function, sign) { name, function, sign },
const struct adversary adversaries[] = {
#include "adversaries.def"
};
#undef ADVERSARY
const size_t adversary_count = COUNT(adversaries);

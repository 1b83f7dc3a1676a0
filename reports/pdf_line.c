/* Lines of both directions. Levels are found for the line alone: what a paragraph carries over from the line before (an
 * isolate that is still open) is rare, and authors can repeat it. */
#include "reports/pdf_line.h"

#include "base/bidi.h"
#include "base/utf8.h"

enum { POINTS_MAX = 1 << 16 };

/* One character of the line. */
struct sign {
    const char *at;
    uint16_t length;
    enum pdf_face face;
    uint32_t part;
    bool blank, hyphen, control;
};

struct work {
    struct pdf_texts *texts;
    struct sign *signs;
    int32_t *points;
    uint8_t *levels;
    size_t count;
};

static size_t room_of(const struct pdf_part parts[], size_t count)
{
    size_t room = 1;
    for (size_t i = 0; i < count; i++)
        room += parts[i].length + 2;
    return room;
}

static void add_sign(struct work *work, struct sign sign, int32_t point)
{
    work->points[work->count] = point;
    work->signs[work->count++] = sign;
}

static void add_part(struct work *work, const struct pdf_part *part, uint32_t position)
{
    if (part->blank)
        add_sign(work, (struct sign){ .at = " ", .length = 1, .face = part->face, .part = position, .blank = true },
                 ' ');
    for (size_t at = 0; at < part->length;) {
        int32_t point;
        size_t step = utf8_next(part->text + at, &point);
        if (step == 0)
            break;
        add_sign(work,
                 (struct sign){ .at = part->text + at,
                                .length = (uint16_t)step,
                                .part = position,
                                .face = pdf_face_of(work->texts, part->face, point),
                                .control = bidi_control(point) },
                 point);
        at += step;
    }
    if (part->hyphen)
        add_sign(work, (struct sign){ .at = "-", .length = 1, .face = part->face, .part = position, .hyphen = true },
                 '-');
}

/* The hyphen belongs to the word before it, whatever the line's direction. A blank takes the face of its neighbour,
 * which saves changes of font. */
static void mend(struct work *work)
{
    for (size_t i = 1; i < work->count; i++) {
        if (work->signs[i].hyphen)
            work->levels[i] = work->levels[i - 1];
        if (work->signs[i].blank && i + 1 < work->count)
            work->signs[i].face = work->signs[i - 1].face;
    }
}

static bool together(const struct work *work, size_t one, size_t other)
{
    const struct sign *first = &work->signs[one];
    const struct sign *second = &work->signs[other];
    return first->part == second->part && first->face == second->face && !first->blank && !second->blank &&
           !first->hyphen && !second->hyphen && !first->control && !second->control &&
           work->levels[one] == work->levels[other];
}

static bool collect(struct work *work, bool tabular, struct pdf_line *line)
{
    struct arena *arena = work->texts->arena;
    struct pdf_sight *read = ARENA_NEW(arena, struct pdf_sight, work->count + 1);
    line->sights = ARENA_NEW(arena, struct pdf_sight, work->count + 1);
    uint8_t *levels = ARENA_NEW(arena, uint8_t, work->count + 1);
    size_t *order = ARENA_NEW(arena, size_t, work->count + 1);
    if (read == NULL || line->sights == NULL || levels == NULL || order == NULL)
        return false;
    for (size_t i = 0, end; i < work->count; i = end) {
        const struct sign *sign = &work->signs[i];
        size_t length = sign->length;
        for (end = i + 1; end < work->count && together(work, i, end); end++)
            length += work->signs[end].length;
        if (sign->control)
            continue;
        const bool rtl = (work->levels[i] & 1) != 0 && !sign->blank;
        const struct pdf_word *word = pdf_word(work->texts, sign->face, tabular && !sign->blank, rtl, sign->at, length);
        if (word == NULL)
            return false;
        read[line->count] = (struct pdf_sight){ word, sign->hyphen };
        levels[line->count++] = work->levels[i];
        line->width += word->width;
    }
    bidi_order(levels, line->count, order);
    for (size_t i = 0; i < line->count; i++)
        line->sights[i] = read[order[i]];
    return true;
}

bool pdf_line(struct pdf_texts *texts, const struct pdf_part parts[], size_t count, bool tabular, bool rtl,
              struct pdf_line *line)
{
    *line = (struct pdf_line){ 0 };
    const size_t room = room_of(parts, count);
    struct work work = { .texts = texts };
    bool done = room <= POINTS_MAX;
    if (done) {
        work.signs = ARENA_NEW(texts->arena, struct sign, room);
        work.points = ARENA_NEW(texts->arena, int32_t, room);
        work.levels = ARENA_NEW(texts->arena, uint8_t, room);
        done = work.signs != NULL && work.points != NULL && work.levels != NULL;
    }
    for (size_t i = 0; i < count && done; i++)
        add_part(&work, &parts[i], (uint32_t)i);
    done = done && bidi_levels(work.points, work.count, rtl, work.levels);
    if (done) {
        mend(&work);
        done = collect(&work, tabular, line);
    }
    texts->failed = texts->failed || !done;
    return done;
}

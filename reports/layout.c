/* Greedy breaking, flush left. A word is divided only when the line would end far before the margin, never on more than
 * two lines running, so that hyphens help the eye and do not tire it. */
#include "reports/layout.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

enum { LINE_PIECES_MAX = 200, BREAKS_MAX = 64, HYPHENS_RUNNING = 2 };

/* A gap at the end of the line up to this part of the measure is left rather than hyphenated. */
static const double zone = 0.09;

struct token {
    const char *text;
    size_t length;
    bool strong;
    bool blank; /* stood before it */
    bool loose; /* the line may break before it */
};

struct scan {
    const char *at;
    bool strong;
    bool loose;
};

static bool is_strong_mark(const char *at)
{
    return at[0] == '*' && at[1] == '*';
}

/* After a hyphen or slash inside a word ("Bürgerinnen/Bürger") the line may break. */
static bool breaks_after(const char *at, size_t length)
{
    bool mark = at[0] == '-' || at[0] == '/' || (length == 3 && memcmp(at, "\xE2\x80\x93", 3) == 0);
    const unsigned char next = (unsigned char)at[length];
    return mark && (next >= 0x80 || (next >= 'A' && next <= 'Z') || (next >= 'a' && next <= 'z'));
}

static bool next_token(struct scan *scan, struct token *token)
{
    *token = (struct token){ .loose = scan->loose };
    scan->loose = false;
    for (;;) {
        if (*scan->at == ' ' || *scan->at == '\n') {
            token->blank = token->loose = true;
            scan->at++;
        } else if (is_strong_mark(scan->at)) {
            scan->strong = !scan->strong;
            scan->at += 2;
        } else {
            break;
        }
    }
    token->text = scan->at;
    token->strong = scan->strong;
    while (*scan->at != '\0' && *scan->at != ' ' && *scan->at != '\n' && !is_strong_mark(scan->at)) {
        int32_t point;
        size_t length = utf8_next(scan->at, &point);
        length = length == 0 ? 1 : length; /* a broken character must not stop the walk */
        bool seam = scan->at > token->text && breaks_after(scan->at, length);
        scan->at += length;
        if (seam) {
            scan->loose = true;
            break;
        }
    }
    token->length = (size_t)(scan->at - token->text);
    return token->length > 0;
}

struct breaker {
    struct arena *arena;
    const struct layout_metrics *metrics;
    double width;
    bool hyphenate;
    enum bidi bidi;
    struct layout *layout;
    struct layout_line *last;
    struct layout_piece pieces[LINE_PIECES_MAX];
    size_t count;
    double x;
    size_t hyphens; /* lines running that end in one */
    bool failed;
};

static void end_line(struct breaker *breaker)
{
    struct layout_line *line = ARENA_NEW(breaker->arena, struct layout_line, 1);
    struct layout_piece *pieces = ARENA_NEW(breaker->arena, struct layout_piece, breaker->count + 1);
    if (line == NULL || pieces == NULL) {
        breaker->failed = true;
        return;
    }
    if (breaker->count > 0)
        memcpy(pieces, breaker->pieces, breaker->count * sizeof *pieces);
    *line = (struct layout_line){ .pieces = pieces, .count = breaker->count, .width = breaker->x,
                                   .bidi = breaker->bidi };
    if (breaker->last == NULL)
        breaker->layout->first = line;
    else
        breaker->last->next = line;
    breaker->last = line;
    breaker->layout->line_count++;
    breaker->layout->width = fmax(breaker->layout->width, breaker->x);
    bool hyphen = breaker->count > 0 && pieces[breaker->count - 1].hyphen;
    breaker->hyphens = hyphen ? breaker->hyphens + 1 : 0;
    breaker->count = 0;
    breaker->x = 0.0;
}

static double width_of(const struct breaker *breaker, const struct token *token, size_t length)
{
    return breaker->metrics->width(breaker->metrics->context, token->text, length, token->strong);
}

static double blank_before(const struct breaker *breaker, const struct token *token)
{
    return token->blank && breaker->count > 0
               ? breaker->metrics->width(breaker->metrics->context, " ", 1, token->strong)
               : 0.0;
}

static void place(struct breaker *breaker, const struct token *token, size_t length, bool hyphen)
{
    if (breaker->count == LINE_PIECES_MAX)
        end_line(breaker);
    double blank = blank_before(breaker, token);
    double width = width_of(breaker, token, length);
    if (hyphen)
        width += breaker->metrics->width(breaker->metrics->context, "-", 1, token->strong);
    breaker->pieces[breaker->count++] = (struct layout_piece){ .text = token->text,
                                                               .length = length,
                                                               .strong = token->strong,
                                                               .blank = blank > 0.0,
                                                               .hyphen = hyphen,
                                                               .x = breaker->x };
    breaker->x += blank + width;
}

/* Longest beginning of the token that fits into room with its hyphen; 0 when none. */
static size_t divide(const struct breaker *breaker, const struct token *token, double room)
{
    size_t positions[BREAKS_MAX];
    if (!breaker->hyphenate || breaker->metrics->breaks == NULL)
        return 0;
    size_t count = breaker->metrics->breaks(breaker->metrics->context, token->text, token->length, positions,
                                            BREAKS_MAX);
    double hyphen = breaker->metrics->width(breaker->metrics->context, "-", 1, token->strong);
    while (count > 0 && width_of(breaker, token, positions[count - 1]) + hyphen > room)
        count--;
    return count == 0 ? 0 : positions[count - 1];
}

/* As many characters as fit, at least one: for codes and addresses wider than the measure. */
static size_t squeeze(const struct breaker *breaker, const struct token *token)
{
    size_t fitting = 0;
    for (size_t length = 0; length < token->length;) {
        int32_t point;
        length += utf8_next(token->text + length, &point);
        if (fitting > 0 && width_of(breaker, token, length) > breaker->width)
            break;
        fitting = length;
    }
    return fitting;
}

/* Sets one token that may be broken; tokens glued to it follow on the same line. The last word of a paragraph is not
 * divided when it fits on a line: a syllable alone at the end reads badly. */
static void set_token(struct breaker *breaker, struct token token, double glued, bool final)
{
    const double slack = 0.01; /* rounding must not break a text that was measured to fit */
    while (!breaker->failed) {
        double room = breaker->width - breaker->x - blank_before(breaker, &token) + slack;
        if (width_of(breaker, &token, token.length) + glued <= room) {
            place(breaker, &token, token.length, false);
            return;
        }
        bool empty = breaker->count == 0;
        bool wanted = empty || (room > zone * breaker->width && breaker->hyphens < HYPHENS_RUNNING);
        if (!empty && final && width_of(breaker, &token, token.length) + glued <= breaker->width)
            wanted = false;
        size_t length = wanted ? divide(breaker, &token, room) : 0;
        if (length == 0 && empty && width_of(breaker, &token, token.length) <= room) {
            place(breaker, &token, token.length, false);
            return;
        }
        bool forced = length == 0 && empty;
        if (forced)
            length = squeeze(breaker, &token);
        if (length > 0) {
            place(breaker, &token, length, !forced);
            token.text += length;
            token.length -= length;
            token.blank = false;
            if (token.length == 0)
                return;
        }
        end_line(breaker);
    }
}

enum status layout_text(struct arena *arena, const char *text, double width, bool hyphenate,
                        const struct layout_metrics *metrics, struct layout *layout, struct fail *fail)
{
    *layout = (struct layout){ 0 };
    struct breaker breaker = {
        .arena = arena, .metrics = metrics, .width = width, .hyphenate = hyphenate,
        .bidi = bidi_of(text, strlen(text)), .layout = layout
    };
    struct scan scan = { .at = text };
    struct token token;
    bool more = next_token(&scan, &token);
    while (more && !breaker.failed) {
        struct scan ahead = scan;
        struct token after;
        double glued = 0.0;
        bool follows = next_token(&ahead, &after);
        for (; follows && !after.loose; follows = next_token(&ahead, &after))
            glued += width_of(&breaker, &after, after.length);
        if (token.loose || breaker.count == 0)
            set_token(&breaker, token, glued, !follows);
        else
            place(&breaker, &token, token.length, false);
        more = next_token(&scan, &token);
    }
    if (breaker.count > 0 || layout->line_count == 0)
        end_line(&breaker);
    if (breaker.failed)
        return FAIL(fail, STATUS_MEMORY, "the report needs more memory than it may use");
    return STATUS_OK;
}

double layout_widest(const char *text, const struct layout_metrics *metrics)
{
    struct scan scan = { .at = text };
    struct token token;
    double widest = 0.0;
    double run = 0.0;
    while (next_token(&scan, &token)) {
        double width = metrics->width(metrics->context, token.text, token.length, token.strong);
        run = token.loose ? width : run + width;
        widest = fmax(widest, run);
    }
    return widest;
}

/* What to do with a question, in words: how many boxes, which ones not together, what range. */
#include <string.h>

#include "forms/measure.h"
#include "forms/qtype.h"
#include "reports/paper_question.h"

enum { NOTE_MAX = 64 * 1024 };

struct note {
    const struct questionnaire *paper;
    const struct item *item;
    const struct language *language;
    struct buf out;
};

static const char *label_of(const struct note *note, size_t option)
{
    return question_text(note->paper, &note->item->options[option].label);
}

static void say(struct note *note, const char *sentence)
{
    if (note->out.length > 0)
        buf_add_byte(&note->out, ' ');
    buf_add_string(&note->out, sentence == NULL ? "" : sentence);
}

static void say_count(struct note *note)
{
    struct arena *arena = note->paper->sheet.doc.arena;
    const unsigned least = note->item->choose_min;
    const unsigned most = note->item->choose_max;
    if (least == 0 && most == 0)
        say(note, tr(note->language, N_("You can cross several boxes.")));
    else if (least <= 1)
        say(note, arena_format(arena, tr_plural(note->language, "Please cross at most %u box.",
                                                "Please cross at most %u boxes.", most), most));
    else if (most == 0)
        say(note, arena_format(arena, tr(note->language, N_("Please cross at least %u boxes.")), least));
    else if (most == least)
        say(note, arena_format(arena, tr(note->language, N_("Please cross exactly %u boxes.")), least));
    else
        say(note, arena_format(arena, tr(note->language, N_("Please cross %u to %u boxes.")), least, most));
}

/* What the screen would undo by itself. */
static void say_apart(struct note *note)
{
    struct arena *arena = note->paper->sheet.doc.arena;
    for (size_t i = 0; i < note->item->option_count; i++) {
        const struct option *option = &note->item->options[i];
        if (option->exclusive && !option->missing)
            say(note, arena_format(arena, tr(note->language, N_("If you cross “%s”, please cross nothing else.")),
                                   label_of(note, i)));
        for (size_t k = i + 1; k < note->item->option_count && k < FORM_SET_MAX; k++)
            if ((option->not_with & UINT32_C(1) << k) != 0)
                say(note, arena_format(arena, tr(note->language, N_("Please do not cross both “%s” and “%s”.")),
                                       label_of(note, i), label_of(note, k)));
    }
}

static void say_places(struct note *note)
{
    struct arena *arena = note->paper->sheet.doc.arena;
    const unsigned most = note->item->choose_max;
    say(note, tr(note->language, N_("Please write 1 into the box of what comes first for you, 2 into the box of what "
                                    "comes next, and so on.")));
    if (most > 0 && most < note->item->option_count)
        say(note, arena_format(arena, tr(note->language, N_("Please do not go beyond %u.")), most));
}

/* A number keeps its sign and its parts in order inside a sentence from right to left (U+2066 and U+2069). */
static const char *isolated(const struct note *note, const char *text)
{
    if (strcmp(language_direction(language_code(note->language)), "rtl") != 0)
        return text;
    const char *kept = arena_format(note->paper->sheet.doc.arena, "\u2066%s\u2069", text);
    return kept == NULL ? text : kept;
}

static const char *number_text(const struct note *note, int64_t number)
{
    struct buf text;
    buf_init(&text, 100);
    number_print(note->language, number, note->item->decimals, &text);
    const char *kept = arena_string(note->paper->sheet.doc.arena, text.bytes == NULL ? "" : text.bytes);
    buf_free(&text);
    return isolated(note, kept == NULL ? "" : kept);
}

static void say_range(struct note *note)
{
    struct arena *arena = note->paper->sheet.doc.arena;
    const struct item *item = note->item;
    const char *low = number_text(note, item->min);
    const char *high = number_text(note, item->max);
    if (item->step > 1)
        say(note, arena_format(arena, tr(note->language, N_("Please write a number from %s to %s, in steps of %s.")),
                               low, high, number_text(note, item->step)));
    else
        say(note, arena_format(arena, tr(note->language, N_("Please write a number from %s to %s.")), low, high));
}

static const char *date_text(const struct note *note, int64_t number)
{
    struct arena *arena = note->paper->sheet.doc.arena;
    const int64_t parts = date_parts(note->item->grain);
    if (parts == 1)
        return arena_format(arena, "%lld", (long long)number);
    const char *text = arena_format(arena, parts == 12 ? "%02lld/%lld" : "%lld/%lld", (long long)(number % parts + 1),
                                    (long long)(number / parts));
    return isolated(note, text == NULL ? "" : text);
}

/* The bounds a reader made for itself are nobody's business. */
static void say_dates(struct note *note)
{
    enum { USUAL_FIRST = 1930, USUAL_LAST = 2040 };
    const struct item *item = note->item;
    const int64_t parts = date_parts(item->grain);
    if (item->min / parts <= USUAL_FIRST && item->max / parts >= USUAL_LAST)
        return;
    say(note, arena_format(note->paper->sheet.doc.arena, tr(note->language, N_("Please write a date from %s to %s.")),
                           date_text(note, item->min), date_text(note, item->max)));
}

static void say_total(struct note *note)
{
    say(note, arena_format(note->paper->sheet.doc.arena,
                           tr(note->language, N_("Please write whole amounts. Together they must be exactly %s.")),
                           number_text(note, note->item->max)));
}

static void say_all(struct note *note)
{
    switch (note->item->type->kind) {
    case QTYPE_SET:
        say_count(note);
        say_apart(note);
        break;
    case QTYPE_ORDER: say_places(note); break;
    case QTYPE_NUMBER:
        if (strcmp(note->item->type->id, "slider") != 0 || !steps_fit(note->item))
            say_range(note);
        break;
    case QTYPE_DATE: say_dates(note); break;
    case QTYPE_AMOUNTS: say_total(note); break;
    case QTYPE_TEXT:
        say(note, tr(note->language, N_("Please write in capitals and do not name anybody.")));
        break;
    case QTYPE_CHOICE:
    case QTYPE_NONE: break;
    }
}

const char *question_note(const struct questionnaire *paper, const struct item *item)
{
    struct note note = { .paper = paper, .item = item, .language = paper->sheet.wave->language };
    buf_init(&note.out, NOTE_MAX);
    say_all(&note);
    if (item->sensitive)
        say(&note, tr(note.language, N_("You can skip this question.")));
    const char *kept = note.out.failed || note.out.length == 0 ? NULL
                                                               : arena_string(paper->sheet.doc.arena, note.out.bytes);
    buf_free(&note.out);
    return kept;
}

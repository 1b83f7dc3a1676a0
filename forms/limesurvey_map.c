/* Names, texts and losses while a LimeSurvey questionnaire becomes a form. */
#include "forms/limesurvey_map.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void lime_fail(struct lime *lime)
{
    if (lime->status == STATUS_OK)
        lime->status = FAIL(lime->fail, STATUS_MEMORY, N_("The file is too large for the memory set aside for it."));
}

void *lime_new(struct lime *lime, size_t count, size_t size)
{
    void *memory = arena_get(lime->arena, count > 0 ? count : 1, size);
    if (memory == NULL)
        lime_fail(lime);
    return memory;
}

/* The same sentence about the same question in another language or row is no news. */
static bool said_before(struct lime *lime, const char *what)
{
    for (size_t i = 0; i < lime->said_count; i++)
        if (strcmp(lime->said[i], what) == 0)
            return true;
    if (lime->said_count < LIME_SAID_MAX) {
        lime->said[lime->said_count] = arena_string(lime->arena, what);
        if (lime->said[lime->said_count] == NULL)
            lime_fail(lime);
        else
            lime->said_count++;
    }
    return false;
}

void lime_lose(struct lime *lime, const char *instead, const char *format, ...)
{
    char what[FAIL_WHAT_MAX];
    va_list arguments;
    if (lime->hooks == NULL || lime->hooks->lost == NULL)
        return;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, tr(lime->ui, format), arguments);
    va_end(arguments);
    for (char *at = what; *at != '\0'; at++)
        if (*at == '\n' || *at == '\r' || *at == '\t')
            *at = ' '; /* one loss, one line */
    if (!said_before(lime, what))
        lime->hooks->lost(lime->hooks->context, lime->where, what, instead != NULL ? tr(lime->ui, instead) : NULL);
}

static size_t bucket(const char *name)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash % LIME_BUCKETS;
}

static const struct lime_name *find_name(const struct lime_name *const names[], const char *name)
{
    for (const struct lime_name *found = names[bucket(name)]; found != NULL; found = found->next)
        if (strcmp(found->foreign, name) == 0)
            return found;
    return NULL;
}

static void add_name(struct lime *lime, const struct lime_name *names[], const char *foreign, size_t item,
                     const char *code)
{
    struct lime_name *name = lime_new(lime, 1, sizeof *name);
    char *copy = arena_string(lime->arena, foreign);
    if (name == NULL || copy == NULL) {
        lime_fail(lime);
        return;
    }
    *name = (struct lime_name){ .foreign = copy, .item = item, .code = code, .next = names[bucket(foreign)] };
    names[bucket(foreign)] = name;
}

void lime_name(struct lime *lime, const char *foreign, size_t item, const char *code)
{
    if (find_name(lime->names, foreign) == NULL) /* the first of the name is the one LimeSurvey means */
        add_name(lime, lime->names, foreign, item, code);
}

const struct lime_name *lime_named(const struct lime *lime, const char *foreign)
{
    return find_name(lime->names, foreign);
}

static bool is_word(const char *id)
{
    static const char *const words[] = { "and",      "or",     "not",   "in",  "answered", "selected",
                                         "count",    "sum",    "min",   "max", "round",    "if",
                                         "coalesce", "length", "value", "mod", NULL };
    for (size_t i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], id) == 0)
            return true;
    return false;
}

const char *lime_id(struct lime *lime, const char *wanted)
{
    char id[FORM_ID_MAX + 1];
    size_t length = 0;
    if (!isalpha((unsigned char)wanted[0]) || is_word(wanted))
        id[length++] = 'Q';
    for (const char *at = wanted; *at != '\0' && length < FORM_ID_MAX - 6; at++)
        if (isalnum((unsigned char)*at) || *at == '_')
            id[length++] = *at;
        else if (length > 0 && id[length - 1] != '_')
            id[length++] = '_';
    id[length] = '\0';
    for (unsigned n = 2; find_name(lime->ids, id) != NULL && n < 10000; n++)
        snprintf(id + length, sizeof id - length, "_%u", n);
    add_name(lime, lime->ids, id, 0, NULL);
    char *kept = arena_string(lime->arena, id);
    if (kept == NULL) {
        lime_fail(lime);
        return "Q";
    }
    if (strcmp(id, wanted) != 0)
        lime_lose(lime, kept, N_("The code “%.40s” cannot be used as it is."), wanted);
    return kept;
}

/* "Q1.shown", "Q1.NAOK", "INSERTANS:1X2X3" to the name alone. False when it is more than a name. */
static bool plain_name(const char *expression, char name[FORM_ID_MAX + 1])
{
    static const char *const ends[] = { ".shown", ".NAOK", ".value", ".code", "" };
    if (strncmp(expression, "INSERTANS:", 10) == 0)
        expression += 10;
    expression += strspn(expression, " ");
    size_t length = strspn(expression, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    if (length == 0 || length > FORM_ID_MAX)
        return false;
    memcpy(name, expression, length);
    name[length] = '\0';
    for (size_t i = 0; i < COUNT(ends); i++) {
        size_t end = strlen(ends[i]);
        if (strncmp(expression + length, ends[i], end) == 0 &&
            expression[length + end + strspn(expression + length + end, " ")] == '\0')
            return true;
    }
    return false;
}

/* Whether the answer can be shown to the person who gave it: it is asked, and before. */
static bool can_pipe(const struct lime *lime, const struct lime_name *name)
{
    return name != NULL && name->code == NULL && name->item < lime->item_count && !lime->items[name->item].item.off &&
           strcmp(lime->items[name->item].item.type->id, "note") != 0;
}

static void write_pipe(void *context, const char *expression, struct buf *out)
{
    struct lime *lime = context;
    char name[FORM_ID_MAX + 1];
    const struct lime_name *named = plain_name(expression, name) ? lime_named(lime, name) : NULL;
    if (can_pipe(lime, named)) {
        buf_format(out, "{%s}", lime->items[named->item].item.id);
        return;
    }
    buf_add_string(out, "…");
    lime_lose(lime, "…", N_("“{%.120s}” in a text cannot be filled in."), expression);
}

static void drop_expression(void *context, const char *expression, struct buf *out)
{
    struct lime *lime = context;
    buf_add_string(out, "…");
    lime_lose(lime, "…", N_("“{%.120s}” in a text cannot be filled in."), expression);
}

/* Where nothing is filled in a brace needs no doubling. */
static void single_braces(struct buf *text)
{
    size_t kept = 0;
    for (size_t i = 0; i < text->length; i++) {
        text->bytes[kept++] = text->bytes[i];
        if (text->bytes[i] == '{' && i + 1 < text->length && text->bytes[i + 1] == '{')
            i++;
    }
    text->length = kept;
    if (text->bytes != NULL)
        text->bytes[kept] = '\0';
}

static void report_lost(struct lime *lime)
{
    struct markup_lost *lost = &lime->lost;
    if (lost->scripts > 0)
        lime_lose(lime, NULL, N_("Scripts, styles, videos or embedded pages in the text: %zu."), lost->scripts);
    if (lost->images > 0)
        lime_lose(lime, N_("the description of the picture, where there is one"), N_("Pictures in the text: %zu."),
                  lost->images);
    if (lost->tables > 0)
        lime_lose(lime, N_("the text of the table"), N_("Tables in the text: %zu."), lost->tables);
    if (lost->cut)
        lime_lose(lime, N_("the beginning of the text"), N_("A text is longer than %d characters."),
                  (int)MARKUP_TEXT_MAX);
    lime->formats += lost->formats > 0 ? 1 : 0;
    *lost = (struct markup_lost){ 0 };
}

void lime_text(struct lime *lime, const struct text *html, enum markup_shape shape, bool pipes, const char *otherwise,
               struct text *out)
{
    *out = (struct text){ 0 };
    for (size_t i = 0; i < lime->survey->language_count; i++) {
        if (html->in[i] == NULL)
            continue;
        struct buf text;
        buf_init(&text, MARKUP_TEXT_MAX);
        markup_read(html->in[i], shape, pipes ? write_pipe : drop_expression, lime, &text, &lime->lost);
        if (!pipes)
            single_braces(&text);
        if (text.length > 0) {
            char *kept = arena_copy(lime->arena, text.bytes, text.length);
            if (kept == NULL)
                lime_fail(lime);
            out->in[i] = kept;
        }
        buf_free(&text);
    }
    report_lost(lime);
    if (out->in[0] == NULL && lime_has_text(out)) /* the base language must have every text */
        for (size_t i = 1; i < lime->survey->language_count && out->in[0] == NULL; i++)
            out->in[0] = out->in[i];
    if (out->in[0] == NULL)
        out->in[0] = otherwise;
}

void lime_word(struct lime *lime, const char *english, struct text *out)
{
    *out = (struct text){ 0 };
    for (size_t i = 0; i < lime->survey->language_count; i++) {
        const struct language *language = language_find(lime->form->languages[i], NULL);
        if (language != NULL)
            out->in[i] = tr(language, english);
    }
    if (out->in[0] == NULL)
        out->in[0] = english;
}

bool lime_has_text(const struct text *text)
{
    for (size_t i = 0; i < FORM_LANGUAGE_MAX; i++)
        if (text->in[i] != NULL)
            return true;
    return false;
}

void lime_join(struct lime *lime, const struct text *first, const struct text *second, const char *between,
               struct text *out)
{
    struct text joined = { 0 };
    for (size_t i = 0; i < lime->survey->language_count; i++) {
        const char *left = first->in[i] != NULL ? first->in[i] : second->in[i] != NULL ? first->in[0] : NULL;
        const char *right = second->in[i] != NULL ? second->in[i] : first->in[i] != NULL ? second->in[0] : NULL;
        joined.in[i] = left == NULL || left[0] == '\0' ? right : left;
        if (left != NULL && right != NULL && left[0] != '\0' && right[0] != '\0') {
            joined.in[i] = arena_format(lime->arena, "%s%s%s", left, between, right);
            if (joined.in[i] == NULL)
                lime_fail(lime);
        }
    }
    *out = joined;
}

const char *lime_and(struct lime *lime, const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        return left != NULL ? left : right;
    const char *both = arena_format(lime->arena, "(%s) and (%s)", left, right);
    if (both == NULL)
        lime_fail(lime);
    return both;
}
